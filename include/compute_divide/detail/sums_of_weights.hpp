// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_SUMS_OF_WEIGHTS_HPP
#define COMPUTE_DIVIDE_DETAIL_SUMS_OF_WEIGHTS_HPP

#include <cmath>
#include <cstdint>

/// What loaded states of counts and weights must keep.
namespace compute_divide::detail {

/// Of one accumulator: sums of such counts do not overflow.
inline constexpr std::uint64_t most_records = std::uint64_t{1} << 62;

/// Whether these can be the sums of n weights w >= 0 and of w^2, but for rounding: n sum w^2 >= (sum w)^2 >= sum w^2.
[[nodiscard]] inline bool are_sums_of_weights(std::uint64_t n, double weight, double squares) {
    constexpr double rounding = 1e-6;
    if (n == 0) return weight == 0 && squares == 0;
    if (!(weight >= 0 && squares >= 0) || !std::isfinite(weight) || !std::isfinite(squares)) return false;
    const double root = std::sqrt(squares);
    return root <= weight * (1 + rounding) && weight <= root * std::sqrt(static_cast<double>(n)) * (1 + rounding);
}

}  // namespace compute_divide::detail

#endif
