// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_EVALUATION_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_EVALUATION_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>

/// What the programs that measure readers against labels share.
namespace example {

namespace cd = compute_divide;

/// Which rows count: rules are developed on the even ones, and measured on the odd ones.
enum class row_choice { all, even, odd };
constexpr auto enumerators(row_choice) {
    using enum row_choice;
    return std::array{cd::named<row_choice>{all, "all"}, cd::named<row_choice>{even, "even"},
                      cd::named<row_choice>{odd, "odd"}};
}
inline bool chosen(row_choice rows, std::size_t row) {
    return rows == row_choice::all || (rows == row_choice::odd) == (row % 2 == 1);
}

/// Rows by their text: rules and models are made on the seen ones; the unread third is never looked at, but to say how
/// good they are.
enum class split_choice { all, seen, unread };
constexpr auto enumerators(split_choice) {
    using enum split_choice;
    return std::array{cd::named<split_choice>{all, "all"}, cd::named<split_choice>{seen, "seen"},
                      cd::named<split_choice>{unread, "unread"}};
}
/// FNV-1a of 64 bits, divisible by 3.
inline bool is_unread(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    return hash % 3 == 0;
}
inline bool chosen(split_choice rows, std::string_view text) {
    return rows == split_choice::all || (rows == split_choice::unread) == is_unread(text);
}

/// A share and its interval, as in a table.
inline std::string cell(const cd::estimate& e) {
    return e ? fmt::format("{:.3f} [{:.3f}, {:.3f}]", *e.value, e.lower(), e.upper()) : "none";
}

}  // namespace example

#endif
