// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_COMPARE_MEDIANS_HPP
#define COMPUTE_DIVIDE_STATISTICS_COMPARE_MEDIANS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/statistics/detail/two_sample_comparison.hpp>
#include <compute_divide/statistics/two_samples.hpp>

/// The medians of two samples, by a bootstrap.
namespace compute_divide::inline v0_2 {

struct compare_medians_options {
    comparison_scale scale = comparison_scale::difference;
    double level = 0.95;
    bootstrap_interval interval = bootstrap_interval::percentile;
    bootstrap_options bootstrap = {};
};

namespace detail {

/// How many records both samples need for intervals that cover 0.93 of 0.95 (docs/coverage.md).
[[nodiscard]] constexpr std::size_t fewest_records_of_medians(bootstrap_interval kind) {
    return kind == bootstrap_interval::basic ? 400 : 5;
}

}  // namespace detail

/// The ratio of the medians, or their difference, with a bootstrap interval: each sample is drawn from itself. There is
/// no bca and no studentised interval: the jackknife fails for medians (Efron 1979, section 3). A ratio is bootstrapped
/// as the difference of logs: its basic interval is that of the log, carried back, and positive.
///
/// too_few: a sample of one; few_clusters: a sample of fewer than 5, for basic of fewer than 400. Throws
/// std::invalid_argument for bca, a value <= 0 in a ratio, a level outside (0, 1), and as bootstrap. O(n replicates).
/// Checked against numpy's medians of the same resamples.
[[nodiscard]] inline estimate compare_medians(const two_samples& samples, const compare_medians_options& options = {}) {
    detail::require(options.interval == bootstrap_interval::percentile || options.interval == bootstrap_interval::basic,
                    "compare_medians", "interval percentile or basic", name_of(options.interval));
    detail::require(options.bootstrap.replicates > 0, "compare_medians", "replicates >= 1",
                    options.bootstrap.replicates);
    estimate result = detail::unknown_effect(samples, options.level, "compare_medians", 2);
    const bool ratio = options.scale == comparison_scale::ratio;
    for (const auto* sample : {&samples.first(), &samples.second()})
        if (ratio && !sample->empty())
            detail::require(sample->front() > 0, "compare_medians", "values > 0 for a ratio", sample->front());
    if (!result) return result;
    std::vector<double> values = samples.first();
    values.insert(values.end(), samples.second().begin(), samples.second().end());
    const std::size_t n_1 = samples.first().size();
    // Both samples are ascending, so that the median of drawn values is at the median of drawn indices.
    const auto compared = [&, scratch = std::vector<std::size_t>()](detail::drawn_indices drawn,
                                                                    random_stream*) mutable {
        scratch.assign(drawn.begin(), drawn.end());
        const auto middle = scratch.begin() + static_cast<std::ptrdiff_t>(n_1);
        const auto median = [&values](auto begin, auto end) {
            const auto upper = begin + (end - begin) / 2;
            std::nth_element(begin, upper, end);
            if ((end - begin) % 2 != 0) return values[*upper];
            return std::midpoint(values[*std::max_element(begin, upper)], values[*upper]);
        };
        const double a = median(scratch.begin(), middle), b = median(middle, scratch.end());
        return std::array{ratio ? a / b : a - b};
    };
    auto bootstrap = options.bootstrap;
    bootstrap.jackknife = false;
    const auto distribution =
        detail::bootstrap_units(detail::two_sample_units{n_1, values.size()}, compared, bootstrap)[0];
    result = distribution.interval(options.interval, options.level);
    result.n_missing = samples.n_missing();
    if (ratio && result.bounds && options.interval == bootstrap_interval::basic) {
        // Reverse percentiles of the log of the ratio: positive always.
        const double t = *result.value;
        result.bounds = {t * (t / (2 * t - result.bounds->lower)), t * (t / (2 * t - result.bounds->upper))};
    }
    if (result && std::min(n_1, values.size() - n_1) < detail::fewest_records_of_medians(options.interval))
        result.status = estimate_status::few_clusters;
    else if (result)
        result.status = estimate_status::ok;
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
