// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_STUDENT_T_HPP
#define COMPUTE_DIVIDE_DETAIL_STUDENT_T_HPP

#include <cmath>

#include <compute_divide/detail/beta_quantile.hpp>

namespace compute_divide::inline v0_2::detail {

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

/// The probability that an F variable with `above` and `below` > 0 degrees of freedom, whole or not, is at least f:
/// I_x(below/2, above/2), x = below / (below + above f), to full relative accuracy where it is small. Checked against
/// R's pf.
[[nodiscard]] inline double upper_f_p(double f, double above, double below) {
    const double part = above * f, sum = below + part;
    const unit_point at{below / sum, part / sum};
    if (at.y == 0) return 1;
    // With a parameter of 1 the tail is a power: x^(below/2), or 1 - y^(above/2).
    const auto log_of = [](double part_of_one, double rest) {
        return rest < 0.5 ? std::log1p(-rest) : std::log(part_of_one);
    };
    if (above == 2) return std::exp(below / 2 * log_of(at.x, at.y));
    if (below == 2) return -std::expm1(above / 2 * log_of(at.y, at.x));
    const auto tail = [](beta_shape shape, unit_point to) {
        const double slope = shape.slope(to);
        return std::exp(log_density_scale(shape) + log_density_shape(shape, to, slope)) * mills_ratio(shape, to, slope);
    };
    const beta_shape shape{below / 2, above / 2};
    return shape.slope(at) > 0 ? tail(shape, at) : 1 - tail({above / 2, below / 2}, {at.y, at.x});
}

/// The probability that a Student variable with `degrees` > 0 of freedom is at least as far from 0 as t. Checked
/// against R's pt.
[[nodiscard]] inline double two_sided_t_p(double t, double degrees) {
    return upper_f_p(t * t, 1, degrees);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
