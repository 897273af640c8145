// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_SEGMENTED_FIT_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_SEGMENTED_FIT_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/dates.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/trends/detail/continuous_segments.hpp>
#include <compute_divide/trends/detail/dated_logs.hpp>
#include <compute_divide/trends/detail/discontinuous_segments.hpp>
#include <compute_divide/trends/detail/resampled_segments.hpp>
#include <compute_divide/trends/detail/time_series.hpp>
#include <compute_divide/trends/growth.hpp>
#include <compute_divide/trends/segmented_options.hpp>
#include <compute_divide/trends/segmented_trend.hpp>

/// From records in order of date to a segmented_trend.
namespace compute_divide::inline v0_2::detail {

/// Records that a segment has at least, of n.
[[nodiscard]] inline std::size_t least_records(std::optional<std::size_t> asked_for, std::size_t n) {
    return asked_for.value_or(std::max<std::size_t>(3, n / 20));
}

inline void require_least_records(std::optional<std::size_t> asked_for, std::string_view function) {
    require(asked_for.value_or(3) >= 3, function, "least_records >= 3", asked_for.value_or(3));
}

inline void check(const segmented_options& options, std::string_view function, bool has_clusters) {
    require(options.interval != break_interval::cluster_bootstrap || has_clusters, function,
            "a cluster field for break_interval::cluster_bootstrap", "none");
    require(options.bootstrap.replicates > 0, function, "replicates >= 1", options.bootstrap.replicates);
    require_level(options.level, function);
    require_least_records(options.least_records, function);
    require(options.choice != break_choice::penalty || (options.penalty > 0 && std::isfinite(options.penalty)),
            function, "a finite penalty > 0 for break_choice::penalty", options.penalty);
    require(options.interval != break_interval::delta || options.kind == break_kind::continuous, function,
            "break_interval::profile for discontinuous breaks", name_of(break_interval::delta));
}

/// The RSS and the criteria of the best trend with so many breaks; `effective`: what the records are worth.
[[nodiscard]] inline break_count count_of(const time_series& data, const segmented_fit& fit,
                                          const segmented_options& options, double effective) {
    const double n = effective;
    const auto breaks = static_cast<double>(fit.all.size());
    const double parameters = 2 + (options.kind == break_kind::continuous ? 2 : 3) * breaks;
    break_count count{.breaks = fit.all.size(), .rss = fit.rss + data.pure_error};
    // What is left of an exact trend is rounding, and no reason for breaks.
    const double rounding = std::max(1e-24 * data.tss, std::numeric_limits<double>::min());
    const double mean_square = std::max(count.rss, rounding) / static_cast<double>(data.observations());
    count.bic = n * (std::log(2 * std::numbers::pi * mean_square) + 1) + (parameters + 1) * std::log(n);
    switch (options.choice) {
        case break_choice::bic:
            count.criterion = count.bic;
            break;
        case break_choice::lwz:
            count.criterion =
                std::log(mean_square * n / (n - parameters)) + 0.299 * parameters * std::pow(std::log(n), 2.1) / n;
            break;
        case break_choice::penalty:
            count.criterion = n * std::log(mean_square) + options.penalty * breaks;
            break;
    }
    // More parameters than records are worth: nothing that a criterion could judge.
    if (effective < static_cast<double>(data.observations()) && !(n > parameters))
        count.bic = count.criterion = std::numeric_limits<double>::infinity();
    return count;
}

/// What each record is above the trend with these breaks.
[[nodiscard]] inline std::vector<double> residuals_of(const std::vector<grouped_log>& points, const time_series& data,
                                                      const breakpoints& all, break_kind kind) {
    std::vector<double> residuals;
    for (const fitted_segment& segment : segments_of(data, all, kind))
        for (std::size_t p = segment.first; p < segment.last; ++p)
            for (std::size_t i = data.before[p]; i < data.before[p + 1]; ++i)
                residuals.push_back(points[i].log - data.level - segment.y -
                                    segment.slope * (data.x[p] - data.x[segment.first]));
    return residuals;
}

/// `sample` with value +- margin; degenerate where the margin is infinite.
[[nodiscard]] inline estimate with_margin(estimate sample, double value, double margin) {
    if (!std::isfinite(margin)) {
        sample.status = estimate_status::degenerate;
        return sample;
    }
    sample.value = value;
    sample.bounds = interval{value - margin, value + margin};
    return sample;
}

/// The days of a break, and whether there is room for it beyond them.
struct break_range {
    interval days;
    bool open_before = false, open_after = false;
};

/// The interval of break j, by profile or delta. `rss` is that of all records; `fit` has it less the pure error.
[[nodiscard]] inline break_range range_of(const time_series& data, const segmented_fit& fit, std::size_t j, double rss,
                                          double time_variance, const segmented_options& options) {
    const auto n = static_cast<double>(data.observations());
    const double degrees = n - 2 - 2 * static_cast<double>(fit.all.size());
    const std::size_t least = least_records(options.least_records, data.observations());
    if (options.interval == break_interval::delta) {
        const double day = data.origin + fit.all[j].at;
        const double margin = two_sided_t(options.level, degrees) * std::sqrt(rss / degrees * time_variance);
        return {{day - margin, day + margin}};
    }
    if (options.kind == break_kind::continuous) {
        const double t = two_sided_t(options.level, degrees);
        const double allowed = fit.rss + rss * t * t / degrees;
        const auto first = furthest(data, fit.all, j, least, allowed, true);
        const auto last = furthest(data, fit.all, j, least, allowed, false);
        return {{data.origin + first.at, data.origin + last.at}, first.open, last.open};
    }
    const std::size_t left = j == 0 ? 0 : fit.all[j - 1].position;
    const std::size_t right = j + 1 == fit.all.size() ? data.size() : fit.all[j + 1].position;
    const double more = -2 * std::log1p(-std::sqrt(options.level)) * rss / n;
    const auto range = positions_within(data, left, fit.all[j].position, right, least, more);
    return {
        {data.origin + data.x[range.first - 1], data.origin + data.x[range.last]}, range.open_before, range.open_after};
}

/// `day`: since 1970-01-01; `sample`: all of the estimate but value, bounds and status.
[[nodiscard]] inline trend_break break_on(double day, const break_range& range, estimate sample) {
    trend_break one{.year = sample,
                    .day = day,
                    .date = day_of(day),
                    .open_before = range.open_before,
                    .open_after = range.open_after};
    const interval years{decimal_year(exact(range.days.lower)), decimal_year(exact(range.days.upper))};
    if (!is_known(years.lower) || !is_known(years.upper)) {
        one.year.status = estimate_status::degenerate;
        return one;
    }
    one.year.value = decimal_year(exact(day));
    one.year.bounds = years;
    one.earliest = day_of(range.days.lower);
    one.latest = day_of(range.days.upper);
    return one;
}
/// The same by cluster bootstrap, `years` being its interval.
[[nodiscard]] inline trend_break resampled_break_on(double day, const estimate& years) {
    trend_break one{.year = years, .day = day, .date = day_of(day)};
    if (!years.bounds) return one;
    one.earliest = day_of(days_since_1970(years.bounds->lower));
    one.latest = day_of(days_since_1970(years.bounds->upper));
    return one;
}

/// Fewer clusters than these, and intervals by drawing them are known to be too narrow.
inline constexpr std::size_t enough_clusters_of_breaks = 20;

/// The fit of `points`, in order of date.
[[nodiscard]] inline segmented_trend segmented(const std::vector<grouped_log>& points, std::uint64_t n_missing,
                                               const segmented_options& options, bool has_clusters = false) {
    const bool resampled = options.interval ? options.interval == break_interval::cluster_bootstrap : has_clusters;
    segmented_trend trend{.n = points.size(), .n_missing = n_missing};
    if (points.empty()) return trend;
    trend.status = estimate_status::too_few;
    if (points.size() < 3) return trend;
    const time_series data(points);
    trend.status = estimate_status::degenerate;
    if (data.size() < 2) return trend;
    const auto fits = best_breaks(data, options.kind, options.breaks.value_or(options.most_breaks),
                                  least_records(options.least_records, points.size()));
    const std::size_t least = least_records(options.least_records, points.size());
    auto effective = static_cast<double>(points.size());
    if (has_clusters && !fits.empty()) {
        const point_clusters clusters(points);
        trend.n_clusters = clusters.size();
        const auto breaks = static_cast<double>(fits.back().all.size());
        const double parameters = 2 + (options.kind == break_kind::continuous ? 2 : 3) * breaks;
        effective /= design_effect(residuals_of(points, data, fits.back().all, options.kind), clusters, parameters);
        trend.n_effective = effective;
    }
    for (const segmented_fit& fit : fits) trend.counts.push_back(count_of(data, fit, options, effective));
    const auto smallest = std::ranges::min_element(trend.counts, {}, &break_count::criterion);
    const std::size_t chosen = options.breaks.value_or(smallest->breaks);
    trend.status = estimate_status::too_few;
    if (chosen >= fits.size()) return trend;

    trend.status = estimate_status::ok;
    trend.rss = trend.counts[chosen].rss;
    if (data.tss > 0) trend.r_squared = 1 - trend.rss / data.tss;
    const breakpoints& all = fits[chosen].all;
    const auto segments = segments_of(data, all, options.kind);
    const double degrees = static_cast<double>(points.size()) - 2 * static_cast<double>(segments.size());
    trend.residual_sd = std::sqrt(trend.rss / degrees);
    estimate sample{.level = options.level,
                    .method = "classical",
                    .n_missing = n_missing,
                    .degrees_of_freedom = degrees,
                    .status = estimate_status::ok};
    resampled_segments draws;
    if (resampled) draws = resample_segments(points, data, all, options.kind, least, options.bootstrap);
    const auto read_off = [&](const bootstrap_distribution& distribution, std::uint64_t n) {
        estimate read = distribution.interval(bootstrap_interval::percentile, options.level);
        read.n = n;
        read.n_missing = n_missing;
        if (read.status == estimate_status::ok && trend.n_clusters < enough_clusters_of_breaks)
            read.status = estimate_status::few_clusters;
        return read;
    };
    // Neither is known to cover, whatever the number (docs/coverage.md).
    const bool never_covers =
        options.interval == break_interval::delta || (resampled && options.kind == break_kind::discontinuous);
    for (const fitted_segment& segment : segments) {
        sample.n = data.before[segment.last] - data.before[segment.first];
        const double se = *trend.residual_sd * std::sqrt(segment.slope_variance);
        const estimate slope = resampled ? read_off(draws.slopes[trend.segments.size()], sample.n)
                                         : with_margin(sample, segment.slope, two_sided_t(options.level, degrees) * se);
        const double first = data.origin + data.x[segment.first];
        trend.segments.push_back({.first = day_of(first),
                                  .last = day_of(data.origin + data.x[segment.last - 1]),
                                  .growth = growth_of(slope, {.units = options.units, .derived = options.derived}),
                                  .day = first,
                                  .log10_value = data.level + segment.y,
                                  .log10_per_day = segment.slope});
    }
    sample.method = name_of(options.interval.value_or(break_interval::profile));
    sample.n = points.size();
    if (options.kind == break_kind::discontinuous) sample.degrees_of_freedom.reset();  // its profile is of no t
    for (std::size_t j = 0; j < all.size(); ++j) {
        if (resampled) {
            trend.breaks.push_back(
                resampled_break_on(data.origin + all[j].at, read_off(draws.years[j], points.size())));
        } else {
            const auto range = range_of(data, fits[chosen], j, trend.rss, segments[j + 1].start_variance, options);
            trend.breaks.push_back(break_on(data.origin + all[j].at, range, sample));
        }
        auto& status = trend.breaks.back().year.status;
        if (never_covers && status == estimate_status::ok) status = estimate_status::few_clusters;
    }
    return trend;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
