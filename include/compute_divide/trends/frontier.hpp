// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_FRONTIER_HPP
#define COMPUTE_DIVIDE_TRENDS_FRONTIER_HPP

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/trends/detail/dated_logs.hpp>
#include <compute_divide/trends/detail/near_maximum.hpp>
#include <compute_divide/trends/detail/trend_lines.hpp>
#include <compute_divide/trends/growth.hpp>
#include <compute_divide/trends/log_trend.hpp>

/// The largest so far: the running maximum, its record setters, and how fast it grows.
///
/// A record setter is at least as large as everything of its date and before (Sevilla et al., 2022): of one date only
/// the largest, and whoever equals the maximum sets the record too (to 1e-12 in log10). near_running_maximum of
/// large_scale.hpp with 0 orders of magnitude gives their positions.
namespace compute_divide::inline v0_2 {

/// From `date` on the maximum was `value`, until the next step.
struct frontier_step {
    std::chrono::sys_days date = {};
    double day = 0;  ///< the same in days since 1970-01-01, with their fraction
    double value = 0;

    friend bool operator==(const frontier_step&, const frontier_step&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<frontier_step>) {
    return member_list(member{"date", &frontier_step::date}, member{"day", &frontier_step::day},
                       member{"value", &frontier_step::value});
}

/// The running maximum as a step function.
struct frontier {
    std::vector<frontier_step> steps = {};  ///< in order of date, values ascending
    std::uint64_t n = 0;                    ///< records of known date and value
    std::uint64_t n_missing = 0;
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] explicit operator bool() const { return has_value(status); }

    /// The largest value of that date or before; nothing before the first record, or where the date is not known.
    template <calendar_time Date>
    [[nodiscard]] std::optional<double> at(const Date& date) const {
        const auto past = detail::upper_bound_by(steps, days_since_1970(date), &frontier_step::day);
        if (past == steps.begin() || !is_known(days_since_1970(date))) return std::nullopt;
        return (past - 1)->value;
    }

    friend bool operator==(const frontier&, const frontier&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<frontier>) {
    return member_list(member{"steps", &frontier::steps}, member{"n", &frontier::n},
                       member{"n_missing", &frontier::n_missing}, member{"status", &frontier::status});
}

namespace detail {

/// The record setters in order of date.
[[nodiscard]] inline std::vector<grouped_log> record_setters(std::vector<grouped_log> records) {
    detail::stable_sort_by(records, &grouped_log::day);
    std::vector<grouped_log> setters;
    for_each_near_maximum(records, &grouped_log::day, &grouped_log::log, 0,
                          [&](const grouped_log& record) { setters.push_back(record); });
    return setters;
}

}  // namespace detail

/// The running maximum of a quantity.
///
/// A record without date or value is counted in n_missing; no record: no_data. Throws std::invalid_argument, with the
/// position of the record, for a value that is 0, negative or infinite. One pass over the records, O(n log n).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Value>
[[nodiscard]] frontier running_maximum(Records&& records, Date date, Value value) {
    std::vector<double> values;
    const auto numbered = [&](auto&& record) {
        values.push_back(as_double(std::invoke(value, record)));
        return std::optional(static_cast<std::uint32_t>(values.size() - 1));
    };
    const auto logs = detail::read_logs("running_maximum", records, date, value, numbered, detail::all_one);
    frontier result{.n = values.size(), .n_missing = logs.n_missing};
    if (result.n > 0) result.status = estimate_status::ok;
    for (const detail::grouped_log& setter : detail::record_setters(logs.records)) {
        const double reached = values[setter.line];
        if (!result.steps.empty() && reached <= result.steps.back().value) continue;
        if (!result.steps.empty() && setter.day == result.steps.back().day) result.steps.pop_back();
        result.steps.push_back({detail::day_of(setter.day), setter.day, reached});
    }
    return result;
}

/// The exponential trend through the record setters, as a description of them.
struct frontier_trend {
    compute_divide::growth growth = {};    ///< without intervals; its n are the setters
    std::optional<double> r_squared = {};  ///< of the setters' log10
    std::uint64_t n = 0;                   ///< records of known date and value
    std::uint64_t n_missing = 0;
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const frontier_trend&, const frontier_trend&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<frontier_trend>) {
    return member_list(member{"growth", &frontier_trend::growth}, member{"r_squared", &frontier_trend::r_squared},
                       member{"n", &frontier_trend::n}, member{"n_missing", &frontier_trend::n_missing},
                       member{"status", &frontier_trend::status});
}

/// The exponential trend through the record setters: their least-squares line.
///
/// It describes the setters and has no interval: each is larger than those before by construction, so that they are no
/// sample, and between groups alike in all but size the larger has the higher frontier. By simulation the interval of
/// a line through setters excludes a lag of 0 between such groups 42 % of the time. What can be compared is a high
/// quantile: quantile_lag.hpp.
/// Not enough data, which fewer than 3 setters are, as fit_log_trend; throws as running_maximum. One pass over the
/// records, O(n log n). Source: Sevilla et al. (2022), its published notebook. Checked against scipy's linregress on
/// setters found one by one (tests/reference/frontier.py).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Value>
[[nodiscard]] frontier_trend fit_frontier_trend(Records&& records, Date date, Value value,
                                                const growth_units& units = {}) {
    auto logs = detail::read_logs("fit_frontier_trend", records, date, value, detail::all_one, detail::all_one);
    frontier_trend result{.n = logs.records.size(), .n_missing = logs.n_missing};
    const log_trend trend = detail::trend_factory::trend(
        detail::trend_lines(detail::record_setters(std::move(logs.records)), 1, false), logs.n_missing);
    estimate slope = detail::scaled(trend.growth().slope, 1 / growth_units().days_per_year());
    slope.bounds.reset();
    slope.degrees_of_freedom.reset();
    slope.method = "record_setters, descriptive";
    result.growth = growth_of(slope, {.units = units});
    result.r_squared = trend.r_squared();
    result.status = trend.status();
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
