// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_COMPARE_HPP
#define COMPUTE_DIVIDE_TRENDS_COMPARE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/test_result.hpp>
#include <compute_divide/trends/detail/dated_logs.hpp>
#include <compute_divide/trends/detail/trend_lines.hpp>
#include <compute_divide/trends/log_trend.hpp>
#include <compute_divide/trends/trend_options.hpp>

/// Exponential trends of groups beside each other: by how much one is steeper, by how much higher, and by how many
/// years one is behind.
///
///     const auto trends = fit_log_trends(models, &model::team, &model::published, &model::training_flop,
///                                        &model::organization);
///     trends.lag(team_kind::academia_only, team_kind::industry_only, 2022y,
///                {.interval = trend_interval::clustered}).years;
namespace compute_divide::inline v0_2 {

/// By how much one trend is steeper, or higher, than another.
struct trend_difference {
    estimate difference = {};
    /// That there is none, by the standard error of the interval; nothing for the bootstraps.
    std::optional<test_result> test = {};

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(difference); }
    friend bool operator==(const trend_difference&, const trend_difference&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<trend_difference>) {
    return member_list(member{"difference", &trend_difference::difference}, member{"test", &trend_difference::test});
}

/// By how many years one trend is behind another.
struct trend_lag {
    estimate years = {};
    /// That the trends have the same level on the date, so that neither is behind; positive where the level of `behind`
    /// is the lower one. Nothing for the bootstraps. There is a test also where the slope allows no lag.
    std::optional<test_result> test = {};

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(years); }
    friend bool operator==(const trend_lag&, const trend_lag&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<trend_lag>) {
    return member_list(member{"years", &trend_lag::years}, member{"test", &trend_lag::test});
}

/// The joint fit of a line for each group: log10(value) = a_g + b_g day + error, R's lm(y ~ x * g). The residual
/// variance, and the factors of hc1 to hc3, are those of the joint fit; bootstraps draw from all records of it. What
/// goes by clusters (which may reach over groups) comes from the two groups compared and their clusters alone: other
/// groups change nothing. Groups of fewer than 3 records, or all on one day, take no part.
///
/// An estimate or a test below has as n the records of its two groups, as n_missing those of the whole, and the
/// statuses of log_trend; `too_few` where either group has fewer than 3 clusters. All throw std::invalid_argument for a
/// label that no record had, and as log_trend does.
template <label Group>
class log_trends {
public:
    /// In ascending order.
    [[nodiscard]] std::vector<Group> groups() const {
        auto sorted = groups_;
        std::sort(sorted.begin(), sorted.end());  // std::ranges::sort takes no std::vector<bool>
        return sorted;
    }
    /// Records left out: date, value, group or cluster not known.
    [[nodiscard]] std::uint64_t n_missing() const { return n_missing_; }

    /// The group's own fit: what fit_log_trend gives for its records. n_missing is 0: nobody knows whose they were.
    [[nodiscard]] log_trend of(const Group& group) const {
        return detail::trend_factory::trend(lines_.only(line_of(group, "of")), 0);
    }

    /// Slope of `a` less slope of `b`, in orders of magnitude a year, and the test that they are equal (of the
    /// interaction x * g): t with the degrees of freedom of the interval, or z where the reference is the normal
    /// distribution. O(records + groups) each, whatever the two groups' size, as are level_difference and lag: all
    /// pairs of g groups take g^2 times that.
    [[nodiscard]] trend_difference slope_difference(const Group& a, const Group& b,
                                                    const trend_options& options = {}) const {
        const auto slopes = detail::difference(detail::slope_of(line_of(a, "slope_difference")),
                                               detail::slope_of(line_of(b, "slope_difference")));
        const estimate a_day = lines_.interval_of(slopes, options);
        return {of_whole(detail::scaled(a_day, options.units.days_per_year())), test_of(slopes, options)};
    }

    /// log10 of the value of `a`'s trend over that of `b`'s on a date: orders of magnitude; and the test that they are
    /// equal there.
    template <calendar_time Date>
    [[nodiscard]] trend_difference level_difference(const Group& a, const Group& b, const Date& date,
                                                    const trend_options& options = {}) const {
        const auto gap = levels(a, b, date, "level_difference");
        return {of_whole(lines_.interval_of(gap, options)), test_of(gap, options)};
    }

    /// How many years `behind` is behind `ahead` on a date t: the trend of `ahead` had the level that the trend of
    /// `behind` has at t at t - lag,
    ///
    ///   lag = (y_ahead(t) - y_behind(t)) / b_ahead      negative where `behind` is ahead
    ///
    /// with its interval by Fieller's (1954) theorem, by the delta method (options.derived) or by bootstrap of the
    /// ratio. `degenerate` where the slope of `ahead` is not distinguishable from 0 at the same level and interval:
    /// there is no such date then, or no bound for it. Degrees of freedom that go by contrast (Welch's, those of cr2
    /// and cr3) are those of the ratio's at its estimate. The lag behind a frontier is that behind a group of its
    /// record setters. Checked against R (tests/reference/compare.R).
    template <calendar_time Date>
    [[nodiscard]] trend_lag lag(const Group& behind, const Group& ahead, const Date& date,
                                const trend_options& options = {}) const {
        const auto gap = levels(ahead, behind, date, "lag");
        const estimate days = lines_.ratio_of(gap, detail::slope_of(line_of(ahead, "lag")), options);
        return {of_whole(detail::scaled(days, 1 / options.units.days_per_year())), test_of(gap, options)};
    }

private:
    friend detail::trend_factory;
    log_trends(std::vector<Group> groups, detail::trend_lines lines, std::uint64_t n_missing)
        : groups_(std::move(groups)), lines_(std::move(lines)), n_missing_(n_missing) {}

    [[nodiscard]] std::size_t line_of(const Group& group, std::string_view function) const {
        const auto found = detail::find(groups_, group);
        if (found == groups_.end()) {
            const std::string name = std::string("log_trends::").append(function);
            if constexpr (detail::text_like<Group> || std::is_arithmetic_v<Group>)
                detail::fail(name, "a group of the records", group);
            else if constexpr (named_enum<Group>)
                detail::fail(name, "a group of the records", name_of(group));
            else
                detail::fail(name, "a group of the records", "another");
        }
        return static_cast<std::size_t>(found - groups_.begin());
    }
    template <class Date>
    [[nodiscard]] detail::line_contrast levels(const Group& a, const Group& b, const Date& date,
                                               std::string_view function) const {
        const double day = days_since_1970(date);
        detail::require(is_known(day), std::string("log_trends::").append(function), "a known date", day);
        return detail::difference(lines_.level(line_of(a, function), day), lines_.level(line_of(b, function), day));
    }
    template <class Result>
    [[nodiscard]] Result of_whole(Result result) const {
        result.n_missing = n_missing_;
        return result;
    }
    [[nodiscard]] std::optional<test_result> test_of(const detail::line_contrast& levels,
                                                     const trend_options& options) const {
        const auto test = lines_.test_of(levels, options);
        return test ? std::optional(of_whole(*test)) : std::nullopt;
    }

    std::vector<Group> groups_;  // in the order of their lines
    detail::trend_lines lines_;
    std::uint64_t n_missing_;
};

/// Fits the trends of all groups. `group`: any label, text included; all else, also what is missing and what throws, as
/// for fit_log_trend. Checked against R's lm(y ~ x * g) and sandwich (tests/reference/compare.R).
template <std::ranges::input_range Records, label_field_of<Records> Group, time_field_of<Records> Date,
          quantity_field_of<Records> Value, cluster_field_of<Records> Cluster>
[[nodiscard]] auto fit_log_trends(Records&& records, Group group, Date date, Value value, Cluster cluster) {
    detail::numbered_field<Records, Group> groups{group};
    auto clusters = detail::numbered_clusters_of<Records>(cluster);
    const auto logs = detail::read_logs("fit_log_trends", records, date, value, groups, clusters);
    const auto& labels = groups.numbers.labels();
    return detail::trend_factory::trends(
        labels, detail::trend_lines(logs.records, labels.size(), true, detail::label_sets_of(clusters)),
        logs.n_missing);
}

/// Without clusters.
template <std::ranges::input_range Records, label_field_of<Records> Group, time_field_of<Records> Date,
          quantity_field_of<Records> Value>
[[nodiscard]] auto fit_log_trends(Records&& records, Group group, Date date, Value value) {
    detail::numbered_field<Records, Group> groups{group};
    const auto logs = detail::read_logs("fit_log_trends", records, date, value, groups, detail::all_one);
    const auto& labels = groups.numbers.labels();
    return detail::trend_factory::trends(labels, detail::trend_lines(logs.records, labels.size(), false),
                                         logs.n_missing);
}

}  // namespace compute_divide::inline v0_2

#endif
