// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_WELCH_HPP
#define COMPUTE_DIVIDE_STATISTICS_WELCH_HPP

#include <cmath>

#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/detail/mean_and_variance.hpp>
#include <compute_divide/statistics/detail/satterthwaite.hpp>
#include <compute_divide/statistics/detail/two_sample_comparison.hpp>
#include <compute_divide/statistics/two_samples.hpp>

/// The means of two samples whose variances may differ.
namespace compute_divide::inline v0_2 {

struct welch_options {
    comparison_scale scale = comparison_scale::difference;
    double level = 0.95;
};

/// Welch's t test: the difference of means, or the ratio of geometric means (from the means of logs), each sample with
/// its own variance. The statistic is Student's t with Satterthwaite's degrees of freedom.
///
/// too_few: a sample of one; degenerate where both are constant; an effect beyond the largest double is degenerate by
/// itself, its test is there. What is computed of values divided by a power of two is the same, so that their size does
/// not matter. Throws std::invalid_argument for a value <= 0 in a
/// ratio, or a level outside (0, 1). O(n). Source: Welch (1947). Checked against R's t.test.
[[nodiscard]] inline two_sample_result welch(const two_samples& samples, const welch_options& options = {}) {
    auto result = detail::with_test(detail::unknown_effect(samples, options.level, "welch", 2));
    auto first = detail::transformed(options.scale, samples.first(), "welch");
    auto second = detail::transformed(options.scale, samples.second(), "welch");
    if (!result) return result;
    const auto n_1 = static_cast<double>(first.size()), n_2 = static_cast<double>(second.size());
    const int unit = detail::divide_by_unit(first, second);
    const detail::mean_and_variance a(first), b(second);
    const detail::satterthwaite_error error(a.variance / n_1, n_1, b.variance / n_2, n_2);
    if (!(error.square > 0)) {
        detail::set_degenerate(result);
        return result;
    }
    detail::set_t_interval_and_test(result, a.mean - b.mean, 0, std::sqrt(error.square), error.degrees);
    detail::multiply_by_unit(result.effect, unit);
    result.effect = detail::back_transformed(options.scale, result.effect);
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
