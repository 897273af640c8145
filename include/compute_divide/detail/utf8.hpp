// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_UTF8_HPP
#define COMPUTE_DIVIDE_DETAIL_UTF8_HPP

#include <cstddef>
#include <string>
#include <string_view>

/// Text that comes from anywhere, made safe to write.
namespace compute_divide::inline v0_2::detail {

inline constexpr char32_t replacement_character = 0xFFFD;

struct utf8_character {
    char32_t code = replacement_character;
    std::size_t size = 1;  ///< bytes read
    bool valid = false;
};

/// The first character of a text that is not empty. What is not UTF-8 (a stray or cut-off byte, an overlong form, a
/// surrogate, above U+10FFFF) is a replacement character of the bytes that could have begun one.
[[nodiscard]] constexpr utf8_character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t size = lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (size == 0 || lead < 0xC2) return {};
    char32_t code = lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        const unsigned least = i > 1 ? 0x80u : lead == 0xE0 ? 0xA0u : lead == 0xF0 ? 0x90u : 0x80u;
        const unsigned most = i > 1 ? 0xBFu : lead == 0xED ? 0x9Fu : lead == 0xF4 ? 0x8Fu : 0xBFu;
        if (i >= text.size() || byte(i) < least || byte(i) > most) return {replacement_character, i, false};
        code = code << 6 | (byte(i) & 0x3Fu);
    }
    return {code, size, true};
}

/// Whether a terminal may take it for a command, or a reader be misled by it: C0 and C1 controls, DEL, and those that
/// change the direction of writing.
[[nodiscard]] constexpr bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

[[nodiscard]] constexpr bool is_plain_ascii(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F) return false;
    return true;
}

inline constexpr std::string_view replacement_bytes = "\xEF\xBF\xBD";

/// The same text as valid UTF-8: U+FFFD for each part that is not.
[[nodiscard]] inline std::string valid_utf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size());
    while (!text.empty()) {
        const auto c = first_character(text);
        valid.append(c.valid ? text.substr(0, c.size) : replacement_bytes);
        text.remove_prefix(c.size);
    }
    return valid;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
