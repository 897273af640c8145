// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_BREAKS_HPP
#define COMPUTE_DIVIDE_TRENDS_BREAKS_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <optional>
#include <ranges>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/trends/detail/continuous_segments.hpp>
#include <compute_divide/trends/detail/dated_logs.hpp>
#include <compute_divide/trends/detail/discontinuous_segments.hpp>
#include <compute_divide/trends/detail/time_series.hpp>
#include <compute_divide/trends/growth.hpp>

/// When growth changed: an exponential trend that breaks at dates which the data decide.
///
///     const segmented_trend trend = fit_segmented_trend(models, &model::published, &model::training_flop);
///     for (const trend_break& one : trend.breaks) to_string(one.year);              // 2010.3 [2008.9, 2011.6] (...)
///     for (const trend_segment& era : trend.segments) to_string(era.growth.doubling);
namespace compute_divide {

/// What happens at a break.
enum class break_kind {
    bend,  ///< the slope changes, the trend is continuous
    jump   ///< slope and level change
};
[[nodiscard]] constexpr auto enumerators(break_kind) {
    using enum break_kind;
    return std::array{named<break_kind>{bend, "bend"}, named<break_kind>{jump, "jump"}};
}

/// What is smallest for the number of breaks that is chosen. n records, k breaks, p parameters: two a line, less one a
/// bend, and the dates of the breaks.
enum class break_choice {
    bic,     ///< n (ln(2 pi RSS / n) + 1) + (p + 1) ln n (Schwarz, 1978; as R's BIC)
    lwz,     ///< ln(RSS / (n - p)) + 0.299 p (ln n)^2.1 / n (Liu, Wu and Zidek, 1997): fewer breaks
    penalty  ///< n ln(RSS / n) + penalty k; bic is a penalty of 2 ln n a bend and 3 ln n a jump
};
[[nodiscard]] constexpr auto enumerators(break_choice) {
    using enum break_choice;
    return std::array{named<break_choice>{bic, "bic"}, named<break_choice>{lwz, "lwz"},
                      named<break_choice>{penalty, "penalty"}};
}

/// Where the interval of a break's date comes from; see also bootstrap_breaks.hpp.
enum class break_interval {
    /// All dates at which the best trend has an RSS not significantly larger, from the first to the last of them. Of a
    /// bend by the F test, RSS (1 + F / (n - p)), F being the `level` quantile of F(1, n - p). Of a jump, whose
    /// neighbours stay, RSS (1 - 2 ln(1 - sqrt(level)) / n): Hansen (2000), Eo and Morley (2015).
    profile,
    delta  ///< of a bend: date +- t standard errors from the linearised model (Muggeo, 2003; as R's segmented)
};
[[nodiscard]] constexpr auto enumerators(break_interval) {
    using enum break_interval;
    return std::array{named<break_interval>{profile, "profile"}, named<break_interval>{delta, "delta"}};
}

struct segmented_options {
    break_kind kind = break_kind::bend;
    std::optional<std::size_t> breaks = {};  ///< their number; else it is chosen, among 0 to `most_breaks`
    std::size_t most_breaks = 5;             ///< as Bai and Perron (2003)
    break_choice choice = break_choice::bic;
    double penalty = 0;                             ///< of break_choice::penalty, greater than 0
    std::optional<std::size_t> least_records = {};  ///< in a segment; else 5 % of all, as R's segmented, and >= 3
    break_interval interval = break_interval::profile;
    double level = 0.95;
    derived_interval derived = derived_interval::fieller;
    growth_units units = {};

    friend bool operator==(const segmented_options&, const segmented_options&) = default;
};

/// A break. A bend may be on any date; a jump is on that of the first record after it.
struct trend_break {
    estimate year;                                       ///< as a decimal year
    double day = 0;                                      ///< in days since 1970-01-01
    std::chrono::sys_days date = {};                     ///< its day
    std::optional<std::chrono::sys_days> earliest = {};  ///< the days of its interval
    std::optional<std::chrono::sys_days> latest = {};
    bool open_before = false;  ///< a profile begins where there is first room for a break: it may be earlier
    bool open_after = false;   ///< the same of its end

    friend bool operator==(const trend_break&, const trend_break&) = default;
};

/// The trend between two breaks.
struct trend_segment {
    std::chrono::sys_days first = {}, last = {};  ///< days of its first and last record
    compute_divide::growth growth;                ///< n: its records; t interval, of the common residual_sd
    double day = 0;                               ///< of its first record, since 1970-01-01
    double log10_value = 0;                       ///< of the trend on that day
    double log10_per_day = 0;                     ///< its slope

    friend bool operator==(const trend_segment&, const trend_segment&) = default;
};

/// The best trend with so many breaks.
struct break_count {
    std::size_t breaks = 0;
    double rss = 0;        ///< sum of squared residuals of log10
    double bic = 0;        ///< as break_choice::bic
    double criterion = 0;  ///< as the break_choice of the options

    friend bool operator==(const break_count&, const break_count&) = default;
};

struct segmented_trend {
    std::vector<trend_break> breaks = {};
    std::vector<trend_segment> segments = {};  ///< one more than breaks
    std::vector<break_count> counts = {};      ///< for 0, 1, ... breaks, as far as there is room
    double rss = 0;
    std::optional<double> residual_sd = {};  ///< sqrt(rss / (n - p)), p: two a line; a bend's date replaces a level
    std::optional<double> r_squared = {};    ///< nothing where all values are the same
    std::size_t n = 0;
    std::uint64_t n_missing = 0;
    estimate_status status = estimate_status::no_data;

    /// The value of the trend on a date, before and after the data by its first and last line; nothing where there is
    /// no trend, the date is not known, or the value is above the largest double.
    template <calendar_time Date>
    [[nodiscard]] std::optional<double> at(const Date& date) const;

    friend bool operator==(const segmented_trend&, const segmented_trend&) = default;
};

namespace detail {

/// In order; which is first among equal dates does not depend on the records' order.
inline void sort_by_date(std::vector<grouped_log>& points) {
    std::ranges::sort(points, [](const grouped_log& a, const grouped_log& b) {
        return a.day < b.day || (a.day == b.day && a.log < b.log);
    });
}

[[nodiscard]] inline std::size_t least_records(const segmented_options& options, std::size_t n) {
    return options.least_records.value_or(std::max<std::size_t>(3, n / 20));
}

inline void check(const segmented_options& options, std::string_view function) {
    require_level(options.level, function);
    require(options.least_records.value_or(3) >= 3, function, "least_records >= 3", options.least_records.value_or(3));
    require(options.choice != break_choice::penalty || (options.penalty > 0 && std::isfinite(options.penalty)),
            function, "a finite penalty > 0 for break_choice::penalty", options.penalty);
    require(options.interval != break_interval::delta || options.kind == break_kind::bend, function,
            "break_interval::profile for jumps", name_of(options.interval));
}

[[nodiscard]] inline std::vector<std::size_t> positions_of(const bends& all) {
    std::vector<std::size_t> positions;
    for (const bend& one : all) positions.push_back(one.position);
    return positions;
}
[[nodiscard]] inline std::vector<fitted_line> lines_of(const time_series& data, const bends& all, break_kind kind) {
    return kind == break_kind::bend ? continuous_lines(data, all) : discontinuous_lines(data, positions_of(all));
}

/// The best 0, 1, ... breaks.
[[nodiscard]] inline std::vector<segmented_fit> best_breaks(const time_series& data, break_kind kind, std::size_t most,
                                                            std::size_t least) {
    if (kind == break_kind::bend) return best_bends(data, most, least);
    std::vector<segmented_fit> fits;
    for (const auto& jumps : best_jumps(data, most, least)) {
        segmented_fit& fit =
            fits.emplace_back(segmented_fit{{}, residual_squares(data, discontinuous_lines(data, jumps))});
        for (const std::size_t jump : jumps) fit.all.push_back({jump, data.x[jump]});
    }
    return fits;
}

[[nodiscard]] inline break_count count_of(const time_series& data, const segmented_fit& fit,
                                          const segmented_options& options) {
    const auto n = static_cast<double>(data.observations());
    const auto breaks = static_cast<double>(fit.all.size());
    const double parameters = 2 + (options.kind == break_kind::bend ? 2 : 3) * breaks;
    break_count count{.breaks = fit.all.size(), .rss = fit.rss + data.within};
    // What is left of an exact line is rounding, and no reason for breaks.
    const double rounding = std::max(1e-24 * data.total, std::numeric_limits<double>::min());
    const double mean_square = std::max(count.rss, rounding) / n;
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
    return count;
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

/// `rss`, of all records; `fit` has it about the mean of each date.
[[nodiscard]] inline break_range range_of(const time_series& data, const segmented_fit& fit, std::size_t j, double rss,
                                          double time_variance, const segmented_options& options) {
    const auto n = static_cast<double>(data.observations());
    const double degrees = n - 2 - 2 * static_cast<double>(fit.all.size());
    const std::size_t least = least_records(options, data.observations());
    if (options.interval == break_interval::delta) {
        const double day = data.origin + fit.all[j].at;
        const double margin = two_sided_t(options.level, degrees) * std::sqrt(rss / degrees * time_variance);
        return {{day - margin, day + margin}};
    }
    if (options.kind == break_kind::bend) {
        const double t = two_sided_t(options.level, degrees);
        const double allowed = fit.rss + rss * t * t / degrees;
        const auto first = furthest(data, fit.all, j, least, allowed, true);
        const auto last = furthest(data, fit.all, j, least, allowed, false);
        return {{data.origin + first.at, data.origin + last.at}, first.open, last.open};
    }
    const std::size_t left = j == 0 ? 0 : fit.all[j - 1].position;
    const std::size_t right = j + 1 == fit.all.size() ? data.size() : fit.all[j + 1].position;
    const double more = -2 * std::log1p(-std::sqrt(options.level)) * rss / n;
    const auto range = jumps_within(data, left, fit.all[j].position, right, least, more);
    return {
        {data.origin + data.x[range.first - 1], data.origin + data.x[range.last]}, range.open_before, range.open_after};
}

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

/// `points` in order of date.
[[nodiscard]] inline segmented_trend segmented(const std::vector<grouped_log>& points, std::uint64_t n_missing,
                                               const segmented_options& options) {
    segmented_trend trend{.n = points.size(), .n_missing = n_missing};
    if (points.empty()) return trend;
    trend.status = estimate_status::too_few;
    if (points.size() < 3) return trend;
    const time_series data(points);
    trend.status = estimate_status::degenerate;
    if (data.size() < 2) return trend;
    const auto fits = best_breaks(data, options.kind, options.breaks.value_or(options.most_breaks),
                                  least_records(options, points.size()));
    for (const segmented_fit& fit : fits) trend.counts.push_back(count_of(data, fit, options));
    const auto smallest = std::ranges::min_element(trend.counts, {}, &break_count::criterion);
    const std::size_t chosen = options.breaks.value_or(smallest->breaks);
    trend.status = estimate_status::too_few;
    if (chosen >= fits.size()) return trend;

    trend.status = estimate_status::ok;
    trend.rss = trend.counts[chosen].rss;
    if (data.total > 0) trend.r_squared = 1 - trend.rss / data.total;
    const bends& all = fits[chosen].all;
    const auto lines = lines_of(data, all, options.kind);
    const double degrees = static_cast<double>(points.size()) - 2 * static_cast<double>(lines.size());
    trend.residual_sd = std::sqrt(trend.rss / degrees);
    estimate sample{
        .level = options.level, .method = "classical", .n_missing = n_missing, .status = estimate_status::ok};
    for (const fitted_line& line : lines) {
        sample.n = data.before[line.last] - data.before[line.first];
        const double se = *trend.residual_sd * std::sqrt(line.slope_variance);
        const estimate slope = with_margin(sample, line.slope, two_sided_t(options.level, degrees) * se);
        const double first = data.origin + data.x[line.first];
        trend.segments.push_back({.first = day_of(first),
                                  .last = day_of(data.origin + data.x[line.last - 1]),
                                  .growth = growth_of(slope, {options.units, options.derived}),
                                  .day = first,
                                  .log10_value = data.level + line.y,
                                  .log10_per_day = line.slope});
    }
    sample.method = name_of(options.interval);
    sample.n = points.size();
    for (std::size_t j = 0; j < all.size(); ++j) {
        const auto range = range_of(data, fits[chosen], j, trend.rss, lines[j + 1].start_variance, options);
        trend.breaks.push_back(break_on(data.origin + all[j].at, range, sample));
    }
    return trend;
}

}  // namespace detail

/// Fits log10(value) on the date by least squares with lines that break, their number chosen or given.
///
/// `date`: any calendar_time, see dates.hpp; `value`: of any unit, greater than 0. All breaks are looked for: one is
/// the best of all, as any number of jumps; for several bends see detail::best_bends. No break is nearer to another, or
/// an end, than `least_records` records and two dates; records of one date stay together. Intervals take errors as
/// independent, normal and of one variance, and the number of breaks as known. That of one bend is exact; those of
/// several follow the profile outward with the other bends between their neighbours.
///
/// Not enough data: no_data; too_few for fewer than 3 records, or without room for the number of breaks that is asked
/// for; degenerate where all are on one day. A break's or slope's estimate is degenerate where the data give it no
/// delta interval. Throws std::invalid_argument for a value that is 0, negative or infinite, with the position of the
/// record, a level outside (0, 1), least_records < 3, break_choice::penalty without a penalty > 0, and delta for jumps.
/// One pass over the records, 24 bytes each. Time for n dates, sorted: one break O(n); more O(n^2).
/// Checked against exhaustive search (tests/reference/breaks.py), and R's segmented and strucchange (breaks.R).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Value>
[[nodiscard]] segmented_trend fit_segmented_trend(Records&& records, Date date, Value value,
                                                  const segmented_options& options = {}) {
    detail::check(options, "fit_segmented_trend");
    auto logs = detail::read_logs("fit_segmented_trend", records, date, value, detail::all_one, detail::all_one);
    detail::sort_by_date(logs.records);
    return detail::segmented(logs.records, logs.n_missing, options);
}

template <calendar_time Date>
std::optional<double> segmented_trend::at(const Date& date) const {
    const double day = days_since_1970(date);
    if (segments.empty() || !is_known(day)) return std::nullopt;
    const auto past = std::ranges::upper_bound(breaks, day, {}, &trend_break::day) - breaks.begin();
    const trend_segment& segment = segments[static_cast<std::size_t>(past)];
    const double value = std::pow(10, segment.log10_value + segment.log10_per_day * (day - segment.day));
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace compute_divide

#endif
