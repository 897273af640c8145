// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_NEAR_MAXIMUM_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_NEAR_MAXIMUM_HPP

#include <algorithm>
#include <functional>
#include <limits>

namespace compute_divide::inline v0_2::detail {

/// Differences of log10 compute below this are rounding: 1e23 is within one order of magnitude of 1e24.
inline constexpr double log_rounding = 1e-12;

/// Calls use(point) for the points whose log is at most `below` under the largest of their day and before; the
/// points are in order of day.
template <class Points, class Day, class Log, class Use>
void for_each_near_maximum(const Points& points, Day day, Log log, double below, Use use) {
    double maximum = -std::numeric_limits<double>::infinity();
    auto next = points.begin();
    for (const auto& point : points) {
        for (; next != points.end() && std::invoke(day, *next) <= std::invoke(day, point); ++next)
            maximum = std::max(maximum, std::invoke(log, *next));
        if (std::invoke(log, point) >= maximum - below - log_rounding) use(point);
    }
}

}  // namespace compute_divide::inline v0_2::detail

#endif
