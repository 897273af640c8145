// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_VISIBLE_TEXT_HPP
#define COMPUTE_DIVIDE_VISIBLE_TEXT_HPP

#include <cstdio>
#include <string>
#include <string_view>

#include <compute_divide/detail/utf8.hpp>

/// Text from anywhere, safe to show.
namespace compute_divide::inline v0_2 {

/// Valid UTF-8 in which every control character, also those that change the direction of writing, is written out:
/// `\t`, `\r`, `\x1B`, `\u202E`; what is not UTF-8 becomes U+FFFD. A terminal takes nothing in it for a command. Line
/// breaks stay, and a carriage return before one goes.
[[nodiscard]] inline std::string visible_text(std::string_view text) {
    if (detail::is_plain_ascii(text)) return std::string(text);
    std::string visible;
    visible.reserve(text.size() + 8);
    while (!text.empty()) {
        const auto c = detail::first_character(text);
        if (!c.valid) {
            visible += detail::replacement_bytes;
        } else if (!detail::is_control(c.code) || c.code == '\n') {
            visible += text.substr(0, c.size);
        } else if (c.code == '\t') {
            visible += "\\t";
        } else if (c.code == '\r') {
            if (text.size() < 2 || text[1] != '\n') visible += "\\r";
        } else {
            char code[16];
            std::snprintf(code, sizeof code, c.code < 0x100 ? "\\x%02X" : "\\u%04X", static_cast<unsigned>(c.code));
            visible += code;
        }
        text.remove_prefix(c.size);
    }
    return visible;
}

/// The same on one line: line breaks are written out too, as `\n`.
[[nodiscard]] inline std::string visible_line(std::string_view text) {
    std::string line;
    const std::string visible = visible_text(text);
    line.reserve(visible.size());
    for (const char c : visible) c == '\n' ? line.append("\\n") : line.append(1, c);
    return line;
}

}  // namespace compute_divide::inline v0_2

#endif
