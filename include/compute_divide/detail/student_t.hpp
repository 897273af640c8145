// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_STUDENT_T_HPP
#define COMPUTE_DIVIDE_DETAIL_STUDENT_T_HPP

#include <cmath>

#include <compute_divide/detail/beta_quantile.hpp>

namespace compute_divide::detail {

/// The t that a Student variable with `degrees` > 0 of freedom, whole or not, stays within with probability `level`:
/// |T| < t. T^2 / (degrees + T^2) is a beta(1/2, degrees/2) variable. Checked against R's qt.
[[nodiscard]] inline double two_sided_t(double level, double degrees) {
    if (level < 0.5) {
        const auto square = beta_quantile(level)(0.5, degrees / 2);
        return std::sqrt(degrees * square.x / square.y);
    }
    const auto square = beta_quantile(1 - level)(degrees / 2, 0.5);
    return std::sqrt(degrees * square.y / square.x);
}

/// The probability that a Student variable with `degrees` > 0 of freedom is at least as far from 0 as t: I_x(degrees/2,
/// 1/2), x = degrees / (degrees + t^2), to full relative accuracy where it is small. Checked against R's pt.
[[nodiscard]] inline double two_sided_t_p(double t, double degrees) {
    const double square = t * t, sum = degrees + square;
    const unit_point at{degrees / sum, square / sum};
    if (at.y == 0) return 1;
    const auto tail = [](beta_shape shape, unit_point to) {
        const double slope = shape.slope(to);
        return std::exp(log_density_scale(shape) + log_density_shape(shape, to, slope)) * mills_ratio(shape, to, slope);
    };
    const beta_shape shape{degrees / 2, 0.5};
    return shape.slope(at) > 0 ? tail(shape, at) : 1 - tail({0.5, degrees / 2}, {at.y, at.x});
}

}  // namespace compute_divide::detail

#endif
