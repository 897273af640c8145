// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_DETAIL_MEAN_AND_VARIANCE_HPP
#define COMPUTE_DIVIDE_STATISTICS_DETAIL_MEAN_AND_VARIANCE_HPP

#include <vector>

namespace compute_divide::detail {

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

}  // namespace compute_divide::detail

#endif
