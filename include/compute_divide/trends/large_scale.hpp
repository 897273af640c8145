// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_LARGE_SCALE_HPP
#define COMPUTE_DIVIDE_TRENDS_LARGE_SCALE_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/quantile.hpp>

/// Choosing the large-scale models, by each of the rules the field uses. Which rule Besiroglu et al. (2024) used is not
/// public, and findings move with it: name the rule beside every number.
///
/// Every function here reads its records once, in any order. Training compute that is missing or 0 is not known; a
/// record without compute, or without a date where the rule needs one, is counted in n_missing. Compute that is
/// negative or infinite throws std::invalid_argument with the position of the record. No rule looks at the order of the
/// records: equal records are chosen together or not at all.
namespace compute_divide {

/// The rules. A rule and its function have the same name.
enum class large_scale_rule {
    known_compute,         ///< every model of known compute
    z_score_outliers,      ///< far above the models of the same time
    largest_of_year,       ///< the k largest of each year
    near_running_maximum,  ///< within d orders of magnitude of the largest so far
    above_trend_quantile,  ///< far above the log-linear trend
    above_threshold        ///< above a fixed compute
};
[[nodiscard]] constexpr auto enumerators(large_scale_rule) {
    using enum large_scale_rule;
    return std::array{named<large_scale_rule>{known_compute, "known_compute"},
                      named<large_scale_rule>{z_score_outliers, "z_score_outliers"},
                      named<large_scale_rule>{largest_of_year, "largest_of_year"},
                      named<large_scale_rule>{near_running_maximum, "near_running_maximum"},
                      named<large_scale_rule>{above_trend_quantile, "above_trend_quantile"},
                      named<large_scale_rule>{above_threshold, "above_threshold"}};
}

/// Which records a rule has chosen. `selected.hpp` gives a view of them.
struct selection {
    std::vector<std::size_t> indices = {};  ///< positions of the chosen records in the range, ascending
    std::size_t n = 0;                      ///< records with all the rule needs, chosen or not
    std::uint64_t n_missing = 0;            ///< records left out: compute, or a date that is needed, not known
    large_scale_rule rule = large_scale_rule::known_compute;
    estimate_status status = estimate_status::no_data;  ///< not `ok`: the rule cannot choose, `indices` is empty

    friend bool operator==(const selection&, const selection&) = default;
};

/// Which side of the models of their time. Sevilla et al. remove the low outliers before they fit trends.
enum class outlier_side { high, low };
[[nodiscard]] constexpr auto enumerators(outlier_side) {
    using enum outlier_side;
    return std::array{named<outlier_side>{high, "high"}, named<outlier_side>{low, "low"}};
}

struct z_score_options {
    double half_window_days = 364;  ///< models so many days before or after are of the same time, both ends included
    outlier_side side = outlier_side::high;
    double high = 0.76;                                    ///< high: z above this
    double low = -2;                                       ///< low: z below this
    std::optional<std::chrono::sys_days> only_after = {};  ///< choose only later dates; windows still use all
};

/// One number per rule, for `large_scale`. Only the z-score's and the threshold's defaults are published ones.
struct large_scale_options {
    z_score_options z_score = {};
    std::size_t largest = 5;         ///< k of largest_of_year
    double orders_of_magnitude = 1;  ///< d of near_running_maximum
    double trend_quantile = 0.75;    ///< q of above_trend_quantile
    double threshold_flop = 1e23;    ///< of above_threshold; Epoch AI's "large-scale" since 2024
};

namespace detail {

struct model_point {
    std::size_t position;
    double day;  ///< days since 1970-01-01
    double flop;
    double log_flop;  ///< log10
};

/// Differences of log10 compute below this are rounding: 1e23 is within one order of magnitude of 1e24.
inline constexpr double log_rounding = 1e-12;

/// The usable records as points. `chosen` gets n, n_missing and the status for "there are some".
template <std::ranges::input_range Records, class Day, class Flop>
[[nodiscard]] std::vector<model_point> model_points(Records&& records, Day day, Flop& training_flop,
                                                    selection& chosen) {
    std::vector<model_point> points;
    std::size_t position = 0;
    for (auto&& record : records) {
        const double flop = as_double(std::invoke(training_flop, record));
        const double when = day(record);
        if (flop < 0 || flop > std::numeric_limits<double>::max())
            fail(name_of(chosen.rule), "finite training_flop >= 0 in record " + std::to_string(position), flop);
        if (is_known(flop) && flop != 0 && is_known(when))
            points.push_back({position, when, flop, std::log10(flop)});
        else
            ++chosen.n_missing;
        ++position;
    }
    chosen.n = points.size();
    chosen.status = points.empty() ? estimate_status::no_data : estimate_status::ok;
    return points;
}

template <std::ranges::input_range Records, class Date, class Flop>
[[nodiscard]] std::vector<model_point> dated_points(Records&& records, Date& date, Flop& training_flop,
                                                    selection& chosen) {
    auto points = model_points(
        records, [&date](auto&& record) { return days_since_1970(std::invoke(date, record)); }, training_flop, chosen);
    std::ranges::sort(points, {}, &model_point::day);
    return points;
}

template <std::ranges::input_range Records, class Flop>
[[nodiscard]] std::vector<model_point> undated_points(Records&& records, Flop& training_flop, selection& chosen) {
    return model_points(
        records, [](auto&&) { return 0.0; }, training_flop, chosen);
}

/// Calls use(point) for the points whose log is at most `below` under the largest of their day and before; the
/// points are in order of day.
template <class Points, class Day, class Log, class Use>
void for_each_near_maximum(const Points& points, Day day, Log log, double below, Use use) {
    double maximum = -std::numeric_limits<double>::infinity();
    auto next = points.begin();
    for (const auto& point : points) {
        for (; next != points.end() && std::invoke(day, *next) <= std::invoke(day, point); ++next)
            maximum = std::max(maximum, std::invoke(log, *next));
        if (std::invoke(log, point) >= maximum - below - log_rounding) use(point);
    }
}

/// Number, mean and sum of squared deviations; merged by Chan, Golub and LeVeque (1983), so nothing is ever subtracted
/// from a sum, and values that are all equal have deviation exactly 0.
struct moments {
    double n = 0;
    double mean = 0;
    double squares = 0;

    [[nodiscard]] friend moments operator+(const moments& a, const moments& b) {
        if (b.n == 0) return a;
        const double both = a.n + b.n;
        const double difference = b.mean - a.mean;
        return {both, a.mean + difference * (b.n / both),
                a.squares + b.squares + difference * difference * a.n * (b.n / both)};
    }
};

/// Moments of a first-in, first-out window in O(1) amortised, by two stacks: values come into `newer_`; when the oldest
/// must leave, they move to `older_`, which keeps the moments of each tail of the older half.
class window_moments {
public:
    void push(double x) {
        newer_.push_back(x);
        newer_moments_ = newer_moments_ + moments{1, x, 0};
    }
    void pop() {
        if (older_.empty()) {
            moments tail;
            for (; !newer_.empty(); newer_.pop_back()) {
                tail = moments{1, newer_.back(), 0} + tail;
                older_.push_back(tail);
            }
            newer_moments_ = {};
        }
        older_.pop_back();
    }
    [[nodiscard]] moments result() const { return older_.empty() ? newer_moments_ : older_.back() + newer_moments_; }

private:
    std::vector<moments> older_;
    std::vector<double> newer_;
    moments newer_moments_;
};

/// z of each point of `points`, which are in order of day; nothing where the window has no spread.
[[nodiscard]] inline std::vector<std::optional<double>> window_z_scores(const std::vector<model_point>& points,
                                                                        double half_window_days) {
    std::vector<std::optional<double>> z(points.size());
    window_moments window;
    std::size_t first = 0;
    std::size_t past = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (; past < points.size() && points[past].day - points[i].day <= half_window_days; ++past)
            window.push(points[past].log_flop);
        for (; points[i].day - points[first].day > half_window_days; ++first) window.pop();
        const moments m = window.result();
        if (m.squares > 0) z[i] = (points[i].log_flop - m.mean) / std::sqrt(m.squares / m.n);
    }
    return z;
}

}  // namespace detail

/// z-scores of log10 training compute among the models of the same time, one for each record, in their order:
///
///   z_i = (log10 C_i - mean) / sd   over all j with |date_j - date_i| <= half_window_days; sd with divisor n
///
/// Nothing where date or compute is not known, and where the window holds fewer than 2 models or only equal ones.
/// Throws std::invalid_argument for half_window_days negative or not a number. O(n log n).
/// Checked against numpy (tests/reference/large_scale.py).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Flop>
[[nodiscard]] std::vector<std::optional<double>> z_scores(Records&& records, Date date, Flop training_flop,
                                                          double half_window_days = 364) {
    detail::require(half_window_days >= 0, "z_scores", "half_window_days >= 0", half_window_days);
    selection counted{.rule = large_scale_rule::z_score_outliers};
    const auto points = detail::dated_points(records, date, training_flop, counted);
    const auto z = detail::window_z_scores(points, half_window_days);
    std::vector<std::optional<double>> in_order(counted.n + counted.n_missing);
    for (std::size_t i = 0; i < points.size(); ++i) in_order[points[i].position] = z[i];
    return in_order;
}

/// Every record of known compute; no date is needed. O(n).
template <std::ranges::input_range Records, quantity_field_of<Records> Flop>
[[nodiscard]] selection known_compute(Records&& records, Flop training_flop) {
    selection chosen{.rule = large_scale_rule::known_compute};
    for (const auto& point : detail::undated_points(records, training_flop, chosen))
        chosen.indices.push_back(point.position);
    return chosen;
}

/// The outliers among the models of the same time: `z_scores` strictly above `high`, or below `low`. A model without a
/// z-score is no outlier. Throws as `z_scores`, and for a bound that is not a number.
///
/// Source: Sevilla et al. (2022), section 3 and its published notebook: 364 days, z > 0.76 and date after 2015-09-01
/// are its large-scale models, z < -2 its low outliers. Defaults are those, for all dates. Checked as `z_scores`.
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Flop>
[[nodiscard]] selection z_score_outliers(Records&& records, Date date, Flop training_flop,
                                         const z_score_options& options = {}) {
    detail::require(options.half_window_days >= 0, "z_score_outliers", "half_window_days >= 0",
                    options.half_window_days);
    detail::require(is_known(options.high), "z_score_outliers", "a number for high", options.high);
    detail::require(is_known(options.low), "z_score_outliers", "a number for low", options.low);
    selection chosen{.rule = large_scale_rule::z_score_outliers};
    const auto points = detail::dated_points(records, date, training_flop, chosen);
    const auto z = detail::window_z_scores(points, options.half_window_days);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!z[i] || (options.only_after && points[i].day <= days_since_1970(*options.only_after))) continue;
        if (options.side == outlier_side::high ? *z[i] > options.high : *z[i] < options.low)
            chosen.indices.push_back(points[i].position);
    }
    std::ranges::sort(chosen.indices);
    return chosen;
}

/// The `largest` models of each calendar year; all of a year that has no more. Models as large as the last of them are
/// all chosen, so a year may give more. Throws std::invalid_argument for largest = 0. O(n log n).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Flop>
[[nodiscard]] selection largest_of_year(Records&& records, Date date, Flop training_flop, std::size_t largest = 5) {
    detail::require(largest > 0, "largest_of_year", "largest >= 1", largest);
    selection chosen{.rule = large_scale_rule::largest_of_year};
    auto points = detail::dated_points(records, date, training_flop, chosen);
    const auto year = [](const detail::model_point& point) { return detail::year_of_day(point.day); };
    for (auto first = points.begin(); first != points.end();) {
        const auto last =
            std::find_if(first, points.end(), [&](const auto& point) { return year(point) != year(*first); });
        std::sort(first, last, [](const auto& a, const auto& b) { return a.flop > b.flop; });
        const auto size = static_cast<std::size_t>(last - first);
        const double smallest = first[static_cast<std::ptrdiff_t>(std::min(largest, size) - 1)].flop;
        for (; first != last && first->flop >= smallest; ++first) chosen.indices.push_back(first->position);
        first = last;
    }
    std::ranges::sort(chosen.indices);
    return chosen;
}

/// The models within d orders of magnitude of the largest published up to and on the same day:
///
///   log10 C_i >= max over date_j <= date_i of log10 C_j - d        (compared to 1e-12)
///
/// d = 0 gives the record setters, ties included. Throws std::invalid_argument unless d >= 0. O(n log n).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Flop>
[[nodiscard]] selection near_running_maximum(Records&& records, Date date, Flop training_flop,
                                             double orders_of_magnitude = 1) {
    detail::require(orders_of_magnitude >= 0, "near_running_maximum", "orders_of_magnitude >= 0", orders_of_magnitude);
    selection chosen{.rule = large_scale_rule::near_running_maximum};
    const auto points = detail::dated_points(records, date, training_flop, chosen);
    detail::for_each_near_maximum(points, &detail::model_point::day, &detail::model_point::log_flop,
                                  orders_of_magnitude,
                                  [&](const auto& point) { chosen.indices.push_back(point.position); });
    std::ranges::sort(chosen.indices);
    return chosen;
}

/// The models above the trend by more than the q-quantile of all residuals:
///
///   r_i = log10 C_i - (a + b date_i), a and b by least squares;  chosen where r_i > quantile_q(r)   (to 1e-12)
///
/// The quantile is of type 7 (Hyndman and Fan, 1996; R's and numpy's default). Fewer than 3 models: `too_few`; all on
/// one day: `degenerate`. Throws std::invalid_argument unless 0 <= q <= 1. O(n log n).
/// Checked against numpy (tests/reference/large_scale.py).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Flop>
[[nodiscard]] selection above_trend_quantile(Records&& records, Date date, Flop training_flop, double q = 0.75) {
    detail::require(q >= 0 && q <= 1, "above_trend_quantile", "q in [0, 1]", q);
    selection chosen{.rule = large_scale_rule::above_trend_quantile};
    const auto points = detail::dated_points(records, date, training_flop, chosen);
    if (points.empty()) return chosen;
    if (points.size() < 3) {
        chosen.status = estimate_status::too_few;
        return chosen;
    }
    if (points.front().day == points.back().day) {
        chosen.status = estimate_status::degenerate;
        return chosen;
    }
    detail::moments days;
    detail::moments logs;
    for (const auto& point : points) {
        days = days + detail::moments{1, point.day, 0};
        logs = logs + detail::moments{1, point.log_flop, 0};
    }
    double products = 0;
    for (const auto& point : points) products += (point.day - days.mean) * (point.log_flop - logs.mean);
    const double slope = products / days.squares;

    std::vector<double> residuals;
    residuals.reserve(points.size());
    for (const auto& point : points) residuals.push_back(point.log_flop - logs.mean - slope * (point.day - days.mean));
    const double cut = detail::quantile_of(residuals, q) + detail::log_rounding;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (residuals[i] > cut) chosen.indices.push_back(points[i].position);
    std::ranges::sort(chosen.indices);
    return chosen;
}

/// The models of more than `threshold_flop`; no date is needed. Throws std::invalid_argument unless it is >= 0. O(n).
template <std::ranges::input_range Records, quantity_field_of<Records> Flop>
[[nodiscard]] selection above_threshold(Records&& records, Flop training_flop, double threshold_flop = 1e23) {
    detail::require(threshold_flop >= 0, "above_threshold", "threshold_flop >= 0", threshold_flop);
    selection chosen{.rule = large_scale_rule::above_threshold};
    for (const auto& point : detail::undated_points(records, training_flop, chosen))
        if (point.flop > threshold_flop) chosen.indices.push_back(point.position);
    return chosen;
}

/// The rule by its name: `large_scale(models, &model::published, &model::training_flop,
/// parse_name<large_scale_rule>(s))`. Throws and returns what the rule's own function does.
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Flop>
[[nodiscard]] selection large_scale(Records&& records, Date date, Flop training_flop, large_scale_rule rule,
                                    const large_scale_options& options = {}) {
    switch (rule) {
        using enum large_scale_rule;
        case known_compute:
            return compute_divide::known_compute(records, training_flop);
        case z_score_outliers:
            return compute_divide::z_score_outliers(records, date, training_flop, options.z_score);
        case largest_of_year:
            return compute_divide::largest_of_year(records, date, training_flop, options.largest);
        case near_running_maximum:
            return compute_divide::near_running_maximum(records, date, training_flop, options.orders_of_magnitude);
        case above_trend_quantile:
            return compute_divide::above_trend_quantile(records, date, training_flop, options.trend_quantile);
        case above_threshold:
            return compute_divide::above_threshold(records, training_flop, options.threshold_flop);
    }
    detail::fail("large_scale", "one of the rules", static_cast<int>(rule));
}

}  // namespace compute_divide

#endif
