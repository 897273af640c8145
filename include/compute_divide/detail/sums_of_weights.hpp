// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_SUMS_OF_WEIGHTS_HPP
#define COMPUTE_DIVIDE_DETAIL_SUMS_OF_WEIGHTS_HPP

#include <cmath>
#include <cstdint>

/// What loaded states of counts and weights must keep.
namespace compute_divide::inline v0_2::detail {

/// Of one accumulator: sums of such counts do not overflow.
inline constexpr std::uint64_t most_records = std::uint64_t{1} << 62;

/// Adds numbers of records up; `fits` no more where there are more than can be counted.
struct record_count {
    std::uint64_t all = 0;
    bool fits = true;

    void add(std::uint64_t more) {
        fits = fits && more <= most_records - all;
        all += fits ? more : 0;
    }
};

/// Whether these can be the sums of n weights, each 0 or from 1e-100 to 1e100, and of their squares, but for rounding:
/// n sum w^2 >= (sum w)^2 >= sum w^2.
[[nodiscard]] inline bool are_sums_of_weights(std::uint64_t n, double weight, double squares) {
    constexpr double rounding = 1e-6;
    if (n == 0) return weight == 0 && squares == 0;
    const auto records = static_cast<double>(n);
    if (weight == 0 && squares == 0) return true;
    if (!(weight >= 1e-100 * (1 - rounding) && weight <= 1e100 * records * (1 + rounding))) return false;
    if (!(squares >= 1e-200 * (1 - rounding) && squares <= 1e200 * records * (1 + rounding))) return false;
    const double root = std::sqrt(squares);
    return root <= weight * (1 + rounding) && weight <= root * std::sqrt(records) * (1 + rounding);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
