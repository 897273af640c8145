// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_LOG_TREND_HPP
#define COMPUTE_DIVIDE_TRENDS_LOG_TREND_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/trends/detail/dated_logs.hpp>
#include <compute_divide/trends/detail/trend_lines.hpp>
#include <compute_divide/trends/growth.hpp>
#include <compute_divide/trends/trend_options.hpp>

/// The exponential trend of a quantity in time: log10(value) on the date by least squares.
///
///     const log_trend trend = fit_log_trend(models, &model::published, &model::training_flop, &model::organization);
///     to_string(trend.growth({.interval = trend_interval::clustered, .level = 0.9}).doubling);
namespace compute_divide::inline v0_2 {

namespace detail {
struct trend_factory;
}
template <label Group>
class log_trends;

/// A fitted trend, from which growth is read with any interval: the fit is made once.
///
/// Where the status is not `ok` there is no trend: `no_data`, `too_few` (fewer than 3 records) or `degenerate` (all on
/// one day). Every estimate below then has that status. So it has where only its interval fails: `too_few` for fewer
/// than 3 clusters, `degenerate` for hc2 and hc3 where a record alone decides its own fitted value, and as
/// bootstrap_distribution, which also throws for too few replicates. All throw std::invalid_argument for a level
/// outside (0, 1), for clusters without a cluster field, and for a delta interval by bootstrap. Cost: O(n); of the
/// bootstraps O(n) a replicate.
class log_trend {
public:
    [[nodiscard]] estimate_status status() const { return line_.line(0).status; }
    [[nodiscard]] explicit operator bool() const { return status() == estimate_status::ok; }
    [[nodiscard]] std::uint64_t n() const { return static_cast<std::uint64_t>(line_.line(0).n); }
    [[nodiscard]] std::uint64_t n_missing() const { return n_missing_; }
    /// Clusters of the records used, or labels where each may have several (a record without one counts as one); 0
    /// without a cluster field.
    [[nodiscard]] std::size_t n_clusters() const { return line_.n_clusters(); }

    /// 1 - residual sum of squares / total sum of squares; nothing where all values are the same.
    [[nodiscard]] std::optional<double> r_squared() const {
        const detail::trend_line& line = line_.line(0);
        if (!(line.tss > 0)) return std::nullopt;
        return 1 - line.rss / line.tss;
    }
    /// Of log10(value), in orders of magnitude: sqrt(residual sum of squares / (n - 2)).
    [[nodiscard]] std::optional<double> residual_sd() const {
        const detail::trend_line& line = line_.line(0);
        if (line.status != estimate_status::ok) return std::nullopt;
        return std::sqrt(line.rss / (line.n - 2));
    }

    /// Slope, growth factor and doubling time. By bootstrap the slope is the statistic, whose interval is transformed.
    [[nodiscard]] compute_divide::growth growth(const trend_options& options = {}) const {
        detail::require_derivable(options, "log_trend::growth");
        estimate slope = line_.interval_of(detail::slope_of(0), options);
        slope.n_missing = n_missing_;
        return growth_of(slope, {.units = options.units, .derived = options.derived});
    }

    /// The replicates of the slope, orders of magnitude a day, drawn once for intervals of every kind and level:
    /// `growth_of(replicates.interval(bootstrap_interval::bca))`. Throws unless `options.interval` is a bootstrap; its
    /// replicates have what bca needs where it is bootstrap_bca.
    [[nodiscard]] bootstrap_distribution bootstrap(const trend_options& options) const {
        detail::require(detail::is_bootstrap(options.interval), "log_trend::bootstrap", "a bootstrap interval",
                        name_of(options.interval));
        bootstrap_distribution replicates = line_.bootstrap_of(detail::slope_of(0), options);
        replicates.n_missing = n_missing_;
        return replicates;
    }

    /// The value of the trend on a date; nothing where there is no trend, or its value is above the largest double.
    template <calendar_time Date>
    [[nodiscard]] std::optional<double> at(const Date& date) const {
        return confidence_band(date).value;
    }

    /// That value with the interval of the trend; `degenerate` above the largest double, without bounds where their
    /// upper end is.
    template <calendar_time Date>
    [[nodiscard]] estimate confidence_band(const Date& date, const trend_options& options = {}) const {
        return band(level(date, "log_trend::confidence_band"), options, 0);
    }

    /// That value with the interval of a single record: the residual variance is added to the trend's. It takes errors
    /// as normal and of one variance, and throws std::invalid_argument for the bootstraps.
    template <calendar_time Date>
    [[nodiscard]] estimate prediction_band(const Date& date, const trend_options& options = {}) const {
        detail::require(!detail::is_bootstrap(options.interval), "log_trend::prediction_band",
                        "an interval by standard error", name_of(options.interval));
        const double sd = residual_sd().value_or(0);
        return band(level(date, "log_trend::prediction_band"), options, sd * sd);
    }

private:
    friend detail::trend_factory;
    log_trend(detail::trend_lines line, std::uint64_t n_missing) : line_(std::move(line)), n_missing_(n_missing) {}

    template <class Date>
    [[nodiscard]] detail::line_contrast level(const Date& date, std::string_view function) const {
        const double day = days_since_1970(date);
        detail::require(is_known(day), function, "a known date", day);
        return line_.level(0, day);
    }
    [[nodiscard]] estimate band(const detail::line_contrast& level, const trend_options& options,
                                double more_variance) const {
        estimate log = line_.interval_of(level, options, more_variance);
        log.n_missing = n_missing_;
        return detail::antilog(log);
    }

    detail::trend_lines line_;
    std::uint64_t n_missing_;
};

namespace detail {

/// Makes trends of lines: the way in for the functions that fit.
struct trend_factory {
    [[nodiscard]] static log_trend trend(trend_lines line, std::uint64_t n_missing) {
        return {std::move(line), n_missing};
    }
    template <label Group>
    [[nodiscard]] static log_trends<Group> trends(std::vector<Group> groups, trend_lines lines,
                                                  std::uint64_t n_missing) {
        return {std::move(groups), std::move(lines), n_missing};
    }
};

}  // namespace detail

/// Fits log10(value) = a + b day + error by least squares. A record whose date or value (or cluster) is not known is
/// counted in n_missing.
///
/// `date`: any calendar_time, see dates.hpp; `value`: of any unit, greater than 0; `cluster`: a label that dependent
/// records share, such as their organisation, or several of which they share any, such as their organisations: see
/// trend_interval::clustered. Throws std::invalid_argument, with the position of the record, for a
/// value that is 0, negative or infinite. Ties in date are fine. One pass over the records, which are kept as 24 bytes
/// each; centred sums in long double. Checked against R's lm, sandwich and boot (tests/reference/log_trend.R).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Value,
          cluster_field_of<Records> Cluster>
[[nodiscard]] log_trend fit_log_trend(Records&& records, Date date, Value value, Cluster cluster) {
    auto clusters = detail::numbered_clusters_of<Records>(cluster);
    const auto logs = detail::read_logs("fit_log_trend", records, date, value, detail::all_one, clusters);
    return detail::trend_factory::trend(detail::trend_lines(logs.records, 1, true, detail::label_sets_of(clusters)),
                                        logs.n_missing);
}

/// Without clusters.
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Value>
[[nodiscard]] log_trend fit_log_trend(Records&& records, Date date, Value value) {
    const auto logs = detail::read_logs("fit_log_trend", records, date, value, detail::all_one, detail::all_one);
    return detail::trend_factory::trend(detail::trend_lines(logs.records, 1, false), logs.n_missing);
}

}  // namespace compute_divide::inline v0_2

#endif
