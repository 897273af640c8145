// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_DELIMITER_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_DELIMITER_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

/// What delimits a table, told by its first line.
namespace example {

/// The first line with something on it, without a mark of the byte order.
[[nodiscard]] inline std::string_view first_line_of(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
    text = text.substr(0, text.find('\n'));
    return text.substr(0, text.find_last_not_of('\r') + 1);
}

/// Of those that tables have, the one that a line has most of, outside of quotes; a comma where it has none.
[[nodiscard]] inline char delimiter_of(std::string_view line) {
    constexpr std::string_view all = ",;\t|";
    std::array<std::size_t, all.size()> counts{};
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') quoted = !quoted;
        if (const std::size_t which = all.find(c); !quoted && which != std::string_view::npos) ++counts[which];
    }
    return all[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

}  // namespace example

#endif
