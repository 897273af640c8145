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

}  // namespace compute_divide::detail

#endif
