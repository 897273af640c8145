// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_BINARY_UNITS_HPP
#define COMPUTE_DIVIDE_DETAIL_BINARY_UNITS_HPP

#include <cmath>

#include <compute_divide/detail/ieee_arithmetic.hpp>

/// Powers of two as units of numbers that are to be squared: dividing by them rounds nothing.
namespace compute_divide::inline v0_2::detail {

/// Whether squares and cubes of numbers of this size, and what rounding takes from them, stay within the doubles.
[[nodiscard]] constexpr bool is_of_ordinary_size(double size) {
    return size >= 0x1p-200 && size <= 0x1p200;
}

/// Lower than the exponent of any unit: of numbers of which none but 0 was seen.
inline constexpr int no_unit = -2000;

/// The exponent of the unit of numbers whose largest is of this size > 0: 0 for an ordinary one, else the multiple of
/// 400 that is nearest to log2(size).
[[nodiscard]] inline int unit_exponent(double size) {
    if (is_of_ordinary_size(size)) return 0;
    return 400 * static_cast<int>(std::lround(std::ilogb(size) / 400.0));
}

/// Whether it is one of those, or none.
[[nodiscard]] constexpr bool is_unit_exponent(int exponent) {
    return exponent == no_unit || (exponent % 400 == 0 && exponent >= -1200 && exponent <= 1200);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
