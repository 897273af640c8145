// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_DETAIL_MEAN_AND_VARIANCE_HPP
#define COMPUTE_DIVIDE_STATISTICS_DETAIL_MEAN_AND_VARIANCE_HPP

#include <algorithm>
#include <cmath>
#include <vector>

#include <compute_divide/estimate.hpp>

namespace compute_divide::inline v0_2::detail {

/// Of values in ascending order, n >= 1; the variance, with n - 1, is NaN for n = 1 unless it is 0.
struct mean_and_variance {
    double mean = 0, variance = 0;

    explicit mean_and_variance(const std::vector<double>& values) {
        const auto n = static_cast<double>(values.size());
        const double origin = values.front();
        for (const double x : values) mean += x - origin;
        mean = origin + mean / n;
        if (values.back() == origin) return;
        for (const double x : values) variance += (x - mean) * (x - mean);
        variance /= n - 1;
    }
};

/// Divides two samples, not empty and in ascending order, by a power of two, so that their squares, and sums of those,
/// are doubles: the largest value then lies between 1 and 2 in size. Returns its exponent.
[[nodiscard]] inline int divide_by_unit(std::vector<double>& first, std::vector<double>& second) {
    double size = 0;
    for (const auto* sample : {&first, &second})
        size = std::max({size, std::fabs(sample->front()), std::fabs(sample->back())});
    if (size == 0) return 0;
    const int exponent = std::ilogb(size);
    for (auto* sample : {&first, &second})
        for (double& x : *sample) x = std::ldexp(x, -exponent);
    return exponent;
}

/// A value and its interval in the unit as they are.
inline void multiply_by_unit(estimate& e, int exponent) {
    if (e.value) e.value = std::ldexp(*e.value, exponent);
    if (e.bounds) e.bounds = interval{std::ldexp(e.bounds->lower, exponent), std::ldexp(e.bounds->upper, exponent)};
}

}  // namespace compute_divide::inline v0_2::detail

#endif
