// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_REFERENCE_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_REFERENCE_HPP

#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace test_support {

/// A line of a reference table: a name, then numbers ("none" is NaN).
struct reference_row {
    std::string name;
    std::vector<double> numbers;
    std::string text;
};

/// tests/reference/NAME.csv without its header line. Throws where the file is missing or a line has another width.
inline std::vector<reference_row> reference_table(const std::string& name, std::size_t numbers_per_row) {
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/" + name + ".csv");
    std::vector<reference_row> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        reference_row row{.name = {}, .numbers = {}, .text = line};
        std::getline(fields, row.name, ',');
        for (std::string field; std::getline(fields, field, ',');)
            row.numbers.push_back(field == "none" ? std::numeric_limits<double>::quiet_NaN()
                                                  : std::strtod(field.c_str(), nullptr));
        if (row.numbers.size() != numbers_per_row) throw std::runtime_error("reference table " + name + ": " + line);
        rows.push_back(row);
    }
    if (rows.empty()) throw std::runtime_error("reference table " + name + " is missing or empty");
    return rows;
}

}  // namespace test_support

#endif
