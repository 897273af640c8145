// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_DETAIL_TEXT_WIDTH_HPP
#define COMPUTE_DIVIDE_REPORT_DETAIL_TEXT_WIDTH_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/utf8.hpp>

/// The width of a text on a terminal, and lines of at most a width.
namespace compute_divide::inline v0_2::detail {

/// Columns of a terminal that a character takes: 0 where it combines with the one before it, 2 of East Asian wide ones
/// and emoji, else 1 (ranges of Unicode 15, East Asian Width W and F, general categories Mn, Me and Cf).
[[nodiscard]] inline std::size_t character_width(char32_t c) {
    if (c < 0x300) return c == 0xAD ? 0 : 1;
    using range = std::pair<char32_t, char32_t>;
    static constexpr std::array none{
        range{0x300, 0x36F},   range{0x483, 0x489},     range{0x591, 0x5BD},    range{0x5BF, 0x5BF},
        range{0x5C1, 0x5C2},   range{0x5C4, 0x5C5},     range{0x610, 0x61A},    range{0x64B, 0x65F},
        range{0x670, 0x670},   range{0x6D6, 0x6DC},     range{0x6DF, 0x6E4},    range{0x6E7, 0x6E8},
        range{0x6EA, 0x6ED},   range{0x900, 0x902},     range{0x93C, 0x93C},    range{0x941, 0x948},
        range{0x94D, 0x94D},   range{0xE31, 0xE31},     range{0xE34, 0xE3A},    range{0xE47, 0xE4E},
        range{0x1AB0, 0x1AFF}, range{0x1DC0, 0x1DFF},   range{0x200B, 0x200D},  range{0x2060, 0x2064},
        range{0x20D0, 0x20FF}, range{0x302A, 0x302D},   range{0x3099, 0x309A},  range{0xFE00, 0xFE0F},
        range{0xFE20, 0xFE2F}, range{0x1F3FB, 0x1F3FF}, range{0xE0000, 0xE0FFF}};
    static constexpr std::array wide{
        range{0x1100, 0x115F},   range{0x231A, 0x231B},   range{0x23E9, 0x23EC},   range{0x23F0, 0x23F0},
        range{0x23F3, 0x23F3},   range{0x25FD, 0x25FE},   range{0x2614, 0x2615},   range{0x2648, 0x2653},
        range{0x267F, 0x267F},   range{0x2693, 0x2693},   range{0x26A1, 0x26A1},   range{0x26AA, 0x26AB},
        range{0x26BD, 0x26BE},   range{0x26C4, 0x26C5},   range{0x26CE, 0x26CE},   range{0x26D4, 0x26D4},
        range{0x26EA, 0x26EA},   range{0x26F2, 0x26F3},   range{0x26F5, 0x26F5},   range{0x26FA, 0x26FA},
        range{0x26FD, 0x26FD},   range{0x2705, 0x2705},   range{0x270A, 0x270B},   range{0x2728, 0x2728},
        range{0x274C, 0x274C},   range{0x274E, 0x274E},   range{0x2753, 0x2755},   range{0x2757, 0x2757},
        range{0x2795, 0x2797},   range{0x27B0, 0x27B0},   range{0x27BF, 0x27BF},   range{0x2B1B, 0x2B1C},
        range{0x2B50, 0x2B50},   range{0x2B55, 0x2B55},   range{0x2E80, 0x303E},   range{0x3041, 0x33FF},
        range{0x3400, 0x4DBF},   range{0x4E00, 0x9FFF},   range{0xA000, 0xA4CF},   range{0xA960, 0xA97F},
        range{0xAC00, 0xD7A3},   range{0xF900, 0xFAFF},   range{0xFE30, 0xFE6F},   range{0xFF00, 0xFF60},
        range{0xFFE0, 0xFFE6},   range{0x16FE0, 0x18AFF}, range{0x1B000, 0x1B2FF}, range{0x1F004, 0x1F004},
        range{0x1F0CF, 0x1F0CF}, range{0x1F18E, 0x1F18E}, range{0x1F191, 0x1F19A}, range{0x1F200, 0x1F265},
        range{0x1F300, 0x1F64F}, range{0x1F680, 0x1F6FF}, range{0x1F7E0, 0x1F7EB}, range{0x1F90C, 0x1F9FF},
        range{0x1FA70, 0x1FAFF}, range{0x20000, 0x3FFFD}};
    const auto in = [c](const auto& ranges) {
        const auto after = std::upper_bound(ranges.begin(), ranges.end(), c,
                                            [](char32_t x, const range& each) { return x < each.first; });
        return after != ranges.begin() && c <= std::prev(after)->second;
    };
    return in(none) ? 0 : in(wide) ? 2 : 1;
}

/// Columns of a terminal that a line takes.
[[nodiscard]] inline std::size_t display_width(std::string_view line) {
    if (is_plain_ascii(line)) return line.size();
    std::size_t width = 0;
    while (!line.empty()) {
        const auto c = first_character(line);
        width += character_width(c.code);
        line.remove_prefix(c.size);
    }
    return width;
}

/// The bytes at the start of a line that fit into a width, at least one character, with what combines with the last.
[[nodiscard]] inline std::size_t bytes_that_fit(std::string_view line, std::size_t width) {
    std::size_t bytes = 0, used = 0;
    while (bytes < line.size()) {
        const auto c = first_character(line.substr(bytes));
        const std::size_t each = character_width(c.code);
        if (used + each > width && bytes > 0) break;
        used += each;
        bytes += c.size;
    }
    return bytes;
}

/// Calls `use` with each part of a text between two separators.
template <class Use>
void for_each_part(std::string_view text, char separator, Use&& use) {
    for (std::size_t begin = 0;;) {
        const std::size_t end = text.find(separator, begin);
        use(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return;
        begin = end + 1;
    }
}

/// The width of a text's widest line.
[[nodiscard]] inline std::size_t widest_line(std::string_view text) {
    std::size_t widest = 0;
    for_each_part(text, '\n', [&](std::string_view line) { widest = std::max(widest, display_width(line)); });
    return widest;
}

/// The width of a text's widest word.
[[nodiscard]] inline std::size_t widest_word(std::string_view text) {
    std::size_t widest = 0;
    for_each_part(text, '\n', [&](std::string_view line) {
        for_each_part(line, ' ', [&](std::string_view word) { widest = std::max(widest, display_width(word)); });
    });
    return widest;
}

/// What the widest sign takes, and so the least width of lines.
inline constexpr std::size_t widest_sign = 2;

/// A visible text in lines of at most `width` columns: broken at spaces, within a word only where it is wider.
[[nodiscard]] inline std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    width = std::max(width, widest_sign);
    for_each_part(text, '\n', [&](std::string_view line) {
        if (display_width(line) <= width) {
            lines.emplace_back(line);
            return;
        }
        std::string current;
        std::size_t used = 0;
        for_each_part(line, ' ', [&](std::string_view word) {
            std::size_t wide = display_width(word);
            if (used > 0 && used + 1 + wide > width) {
                lines.push_back(std::move(current));
                current.clear();
                used = 0;
            }
            while (wide > width) {
                const std::size_t bytes = bytes_that_fit(word, width);
                lines.emplace_back(word.substr(0, bytes));
                word.remove_prefix(bytes);
                wide = display_width(word);
            }
            if (used > 0) {
                current += ' ';
                ++used;
            }
            current += word;
            used += wide;
        });
        lines.push_back(std::move(current));
    });
    return lines;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
