// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_DETAIL_CURVE_SCORE_HPP
#define COMPUTE_DIVIDE_STATISTICS_DETAIL_CURVE_SCORE_HPP

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/two_samples.hpp>

/// How far an estimate is from a value, as a normal score: what specifications with other degrees of freedom are
/// compared by.
namespace compute_divide::inline v0_2::detail {

[[nodiscard]] inline double on_scale(double x, comparison_scale scale) {
    return scale == comparison_scale::ratio ? std::log(x) : x;
}
[[nodiscard]] inline double off_scale(double x, comparison_scale scale) {
    return scale == comparison_scale::ratio ? std::exp(x) : x;
}

/// The normal score of a two-sided p-value, signed as `direction`; that of 10^-300 for smaller ones.
[[nodiscard]] inline double normal_score(double p, double direction) {
    if (p >= 1 || direction == 0) return 0;
    return std::copysign(upper_normal_quantile(std::max(p, 1e-300) / 2), direction);
}
[[nodiscard]] inline double p_of_score(double score) {
    return std::erfc(std::fabs(score) / std::numbers::sqrt2);
}

/// The normal score of an estimate against `origin`, a value on the scale: t = (value - origin) / s, s being the half
/// of the interval that faces the origin over the quantile that made it; NaN where there is no interval.
[[nodiscard]] inline double score_of_interval(const estimate& e, double origin, comparison_scale scale) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    if (!e || !e.value || !e.bounds) return unknown;
    const double value = on_scale(*e.value, scale), apart = value - origin;
    if (!std::isfinite(value)) return unknown;
    if (apart == 0) return 0;
    const double end = on_scale(apart > 0 ? e.bounds->lower : e.bounds->upper, scale);
    const double half = std::fabs(value - end);  // infinite where the interval is, also by a ratio's end at 0
    if (std::isnan(half)) return 0;              // a ratio whose lower end is below 0
    const bool normal = !e.degrees_of_freedom || !(*e.degrees_of_freedom < 1e9);
    const double reach =
        normal ? upper_normal_quantile((1 - e.level) / 2) : two_sided_t(e.level, *e.degrees_of_freedom);
    if (half == 0) return normal_score(0, apart);
    const double t = apart / half * reach;
    return normal ? std::clamp(t, -normal_score(0, 1), normal_score(0, 1))
                  : normal_score(two_sided_t_p(t, *e.degrees_of_freedom), apart);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
