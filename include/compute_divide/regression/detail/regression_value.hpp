// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_REGRESSION_VALUE_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_REGRESSION_VALUE_HPP

#include <string_view>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/require.hpp>

namespace compute_divide::inline v0_2::detail {

/// Sums of two, and of many, are doubles; products are taken in units of powers of two.
inline constexpr double largest_regression_value = 1e300;

/// A mask that is false for NaN, too.
[[nodiscard]] constexpr bool is_regression_value(double x) {
    return absolute(x) <= largest_regression_value;
}

/// Throws for what is neither usable nor missing.
inline void require_regression_value(double x, std::string_view function) {
    require(is_regression_value(x) || !is_known(x), function, "values of at most 1e300 in size", x);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
