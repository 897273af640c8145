// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TEXT_LINES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TEXT_LINES_HPP

#include <iostream>
#include <string>
#include <string_view>

#include <compute_divide/io/csv.hpp>

#include "support/command_line.hpp"

/// Programs that write a line for each text that they read.
namespace example {

/// Where the texts are: lines on standard input, or a column of a CSV file.
struct text_source {
    std::string csv, column;

    /// Where `of_others` is false, --column needs --csv.
    void add_to(command_line& line, bool of_others = false) {
        const option file = line.add("--csv", csv, "a CSV file in place of lines on standard input").existing_file();
        option name = line.add("--column", column, "its column of texts");
        if (!of_others) name.needs(file);
    }
};

/// Writes line_of(text), a string, for each text of the source on standard output. Returns what the program ends with.
template <class LineOf>
int write_lines(const text_source& source, LineOf line_of) {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    if (!source.csv.empty()) {
        auto table = compute_divide::csv_reader::open(source.csv);
        const auto texts = table.column(source.column);
        for (const auto& row : table) std::cout << line_of(row[texts]) << '\n';
    } else {
        for (std::string text; std::getline(std::cin, text);) {
            if (text.ends_with('\r')) text.pop_back();
            std::cout << line_of(std::string_view(text)) << '\n';
        }
    }
    return std::cout.flush() ? 0 : 1;
}

}  // namespace example

#endif
