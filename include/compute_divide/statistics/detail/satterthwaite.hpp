// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_DETAIL_SATTERTHWAITE_HPP
#define COMPUTE_DIVIDE_STATISTICS_DETAIL_SATTERTHWAITE_HPP

#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/two_samples.hpp>

/// Student's t of a difference whose two parts have variances of their own.
namespace compute_divide::inline v0_2::detail {

/// The interval value -+ t standard errors, and the test that the effect is `null`.
inline void set_t_interval_and_test(two_sample_result& result, double value, double null, double error,
                                    double degrees) {
    const double half_width = two_sided_t(result.effect.level, degrees) * error;
    result.effect.value = value;
    result.effect.bounds = {value - half_width, value + half_width};
    result.test.statistic = (value - null) / error;
    result.test.p_value = two_sided_t_p(*result.test.statistic, degrees);
    result.effect.degrees_of_freedom = result.test.degrees_of_freedom = degrees;
}

/// The squared standard error of a sum of two parts, and Satterthwaite's (1946) degrees of freedom for it.
struct satterthwaite_error {
    double square, degrees;

    satterthwaite_error(double part_1, double n_1, double part_2, double n_2) : square(part_1 + part_2) {
        const double share = part_1 / square;
        degrees = 1 / (share * share / (n_1 - 1) + (1 - share) * (1 - share) / (n_2 - 1));
    }
};

}  // namespace compute_divide::inline v0_2::detail

#endif
