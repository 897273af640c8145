// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_LARGE_SCALE_HPP
#define COMPUTE_DIVIDE_TRENDS_LARGE_SCALE_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ranges>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/quantile.hpp>
#include <compute_divide/trends/detail/model_points.hpp>
#include <compute_divide/trends/detail/near_maximum.hpp>
#include <compute_divide/trends/detail/window_moments.hpp>
#include <compute_divide/trends/selection.hpp>
#include <compute_divide/trends/z_scores.hpp>

/// Choosing the large-scale models, by each of the rules the field uses. Which rule Besiroglu et al. (2024) used is not
/// public, and findings move with it: name the rule beside every number.
///
/// Every function here reads its records once, in any order. Training compute that is missing or 0 is not known; a
/// record without compute, or without a date where the rule needs one, is counted in n_missing. Compute that is
/// negative or infinite throws std::invalid_argument with the position of the record. No rule looks at the order of the
/// records: equal records are chosen together or not at all.
namespace compute_divide::inline v0_2 {

/// One number per rule, for `large_scale`. Only the z-score's and the threshold's defaults are published ones.
struct large_scale_options {
    z_score_options z_score = {};
    std::size_t largest = 5;         ///< k of largest_of_year
    double orders_of_magnitude = 1;  ///< d of near_running_maximum
    double trend_quantile = 0.75;    ///< q of above_trend_quantile
    double threshold_flop = 1e23;    ///< of above_threshold; Epoch AI's "large-scale" since 2024
};

/// Every record of known compute; no date is needed. O(n).
template <std::ranges::input_range Records, quantity_field_of<Records> Flop>
[[nodiscard]] selection known_compute(Records&& records, Flop training_flop) {
    selection chosen{.rule = large_scale_rule::known_compute};
    for (const auto& point : detail::undated_points(records, training_flop, chosen))
        chosen.indices.push_back(point.position);
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
    detail::sort(chosen.indices);
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
    detail::sort(chosen.indices);
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
    detail::centred_moments days;
    detail::centred_moments logs;
    for (const auto& point : points) {
        days = days + detail::centred_moments{1, point.day, 0};
        logs = logs + detail::centred_moments{1, point.log_flop, 0};
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
    detail::sort(chosen.indices);
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

}  // namespace compute_divide::inline v0_2

#endif
