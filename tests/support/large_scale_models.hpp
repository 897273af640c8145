// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_LARGE_SCALE_MODELS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_LARGE_SCALE_MODELS_HPP

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <compute_divide/trends/selection.hpp>

namespace test_support {

struct model {
    std::chrono::sys_days date;
    double flop;
};
using models = std::vector<model>;

inline std::chrono::sys_days day(int n) {
    return std::chrono::sys_days{std::chrono::days{n}};
}

/// A row of tests/reference/large_scale.csv, written by large_scale.py beside it.
struct large_scale_row {
    std::string vintage;
    std::chrono::year_month_day date;
    double flop;
    std::string category;
    std::optional<double> z, z_categorised;
    std::map<compute_divide::large_scale_rule, bool> chosen;
};

inline std::vector<large_scale_row> large_scale_rows(const std::string& vintage) {
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/large_scale.csv");
    std::vector<large_scale_row> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        const auto cell = [&cells] {
            std::string text;
            std::getline(cells, text, ',');
            return text;
        };
        const auto number = [&cell]() -> std::optional<double> {
            const std::string text = cell();
            return text.empty() ? std::nullopt : std::optional(std::strtod(text.c_str(), nullptr));
        };
        large_scale_row row;
        row.vintage = cell();
        const std::string date = cell();
        row.date = std::chrono::year{std::stoi(date)} / std::stoi(date.substr(5)) / std::stoi(date.substr(8));
        row.flop = *number();
        row.category = cell();
        row.z = number();
        row.z_categorised = number();
        for (const auto rule :
             {compute_divide::large_scale_rule::largest_of_year, compute_divide::large_scale_rule::near_running_maximum,
              compute_divide::large_scale_rule::above_trend_quantile,
              compute_divide::large_scale_rule::above_threshold})
            row.chosen[rule] = *number() == 1;
        if (row.vintage == vintage) rows.push_back(row);
    }
    return rows;
}

template <class Rows>
std::vector<std::size_t> where(const Rows& rows, auto&& holds) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (holds(rows[i])) found.push_back(i);
    return found;
}

/// 400 models over 12 years, two thousandfold spread round a growing trend, some on the same day.
inline models random_models(unsigned seed) {
    std::mt19937 engine(seed);
    models result;
    for (int i = 0; i < 400; ++i) {
        const int when = 14600 + static_cast<int>(engine() % 4380);
        const double spread = static_cast<double>(engine() % 1000) * 0.006;
        result.push_back({day(when), std::pow(10, 12 + 0.0017 * (when - 14600) + spread)});
    }
    return result;
}

}  // namespace test_support

#endif
