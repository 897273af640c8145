// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_ASCII_HPP
#define COMPUTE_DIVIDE_DETAIL_ASCII_HPP

namespace compute_divide::inline v0_2::detail {

/// Whatever the locale.
[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_small_letter(char c) {
    return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
