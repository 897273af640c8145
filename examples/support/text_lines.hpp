// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TEXT_LINES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TEXT_LINES_HPP

#include <iostream>
#include <string>
#include <string_view>

/// Programs that write a line for each line that they read.
namespace example {

/// Writes line_of(text), a string, for each line of standard input. Returns what the program ends with.
template <class LineOf>
int write_lines(LineOf line_of) {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    for (std::string text; std::getline(std::cin, text);) {
        if (text.ends_with('\r')) text.pop_back();
        std::cout << line_of(std::string_view(text)) << '\n';
    }
    return std::cout.flush() ? 0 : 1;
}

}  // namespace example

#endif
