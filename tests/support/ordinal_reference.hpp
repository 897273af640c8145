// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_ORDINAL_REFERENCE_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_ORDINAL_REFERENCE_HPP

#include <array>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/terms.hpp>

#include "support/reference.hpp"

/// The cases of tests/reference/proportional_odds.csv with their data and with what R says of them.
namespace test_support {

struct ordinal_record {
    double y = 0;
    std::array<double, 6> x = {};
    double weight = 1;
    int cluster = 0;
    double offset = 0;
};
struct ordinal_value {
    std::string quantity, term;
    double value = 0;
};
struct ordinal_case {
    std::string name;
    std::vector<std::string> terms;
    std::vector<ordinal_record> records;
    std::vector<ordinal_value> expected;

    [[nodiscard]] double value(const std::string& quantity, const std::string& term) const {
        for (const auto& each : expected)
            if (each.quantity == quantity && each.term == term) return each.value;
        throw std::runtime_error(name + ": no " + quantity + " of " + term);
    }
};

/// A column of a record.
struct ordinal_column {
    std::size_t at = 0;
    double operator()(const ordinal_record& r) const { return r.x[at]; }
};

[[nodiscard]] inline std::vector<ordinal_case> ordinal_cases() {
    std::vector<ordinal_case> cases = {
        {"wine", {"temp", "contact"}, {}, {}},
        {"housing", {"medium", "high", "apartment", "atrium", "terrace", "contact"}, {}, {}},
        {"made", {"year", "firm"}, {}, {}},
        {"made_offset", {"year", "firm"}, {}, {}}};
    for (const auto& row : reference_table("proportional_odds_data", 10))
        for (auto& c : cases) {
            if (c.name.substr(0, c.name.find('_')) != row.name) continue;
            ordinal_record r{.y = row.numbers[0]};
            for (std::size_t i = 0; i < 6; ++i) r.x[i] = row.numbers[1 + i];
            r.weight = row.numbers[7];
            r.cluster = static_cast<int>(row.numbers[8]);
            r.offset = c.name.ends_with("_offset") ? row.numbers[9] : 0;
            c.records.push_back(r);
        }
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/proportional_odds.csv");
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::array<std::string, 4> cells;
        for (auto& cell : cells) std::getline(fields, cell, ',');
        for (auto& c : cases)
            if (c.name == cells[0]) c.expected.push_back({cells[1], cells[2], std::strtod(cells[3].c_str(), nullptr)});
    }
    for (const auto& c : cases)
        if (c.records.empty() || c.expected.empty()) throw std::runtime_error("no reference of " + c.name);
    return cases;
}

[[nodiscard]] inline auto model_of(const ordinal_case& c) {
    namespace cd = compute_divide;
    std::vector<cd::variable<ordinal_column>> columns;
    for (std::size_t i = 0; i < c.terms.size(); ++i) columns.emplace_back(c.terms[i], ordinal_column{i});
    return cd::model_of(&ordinal_record::y)
        .on(columns)
        .weighted_by(&ordinal_record::weight)
        .offset_by(&ordinal_record::offset);
}

}  // namespace test_support

#endif
