// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_CATCH_UP_LAG_HPP
#define COMPUTE_DIVIDE_TRENDS_CATCH_UP_LAG_HPP

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/kaplan_meier.hpp>
#include <compute_divide/trends/frontier.hpp>

/// How long one group needs to reach what another has: open models behind closed ones, academia behind industry.
///
/// The levels that leaders reached last have no answer yet, and those answered late would be left out by looking at
/// answers alone: waiting times are censored at the end of the table, and their distribution is Kaplan and Meier's.
namespace compute_divide::inline v0_2 {

struct catch_up_options {
    /// The last day of the table, to which a level without an answer is known to have waited. None: the latest date of
    /// a record.
    std::optional<std::chrono::sys_days> until = {};
    /// Levels that leaders had before are left out. None: all levels.
    std::optional<std::chrono::sys_days> since = {};
    /// Levels at multiples of it, from the first record's to the highest. None: those at which a leader set a record.
    std::optional<double> spacing = {};
    /// A follower has a level where its own is no more than this below it; below 0, where it is so much above.
    double margin = 0;
    double block = 1;  ///< levels led within as many years depend on each other; several times the lag
    survival_options survival = {};
};

/// A level, and how long followers needed to reach it.
struct level_lag {
    double level = 0;
    std::chrono::sys_days led = {};                      ///< when a leader first had it
    std::optional<std::chrono::sys_days> followed = {};  ///< when a follower did; nothing: not by the end of the table
    double years = 0;          ///< from one to the other, 0 where followers were first; or to the end
    std::uint64_t leader = 0;  ///< position of the record
    std::optional<std::uint64_t> follower = {};

    /// Whether a follower reached the level.
    [[nodiscard]] bool answered() const { return followed.has_value(); }
    friend bool operator==(const level_lag&, const level_lag&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<level_lag>) {
    using result = level_lag;
    return member_list(member{"level", &result::level}, member{"led", &result::led},
                       member{"followed", &result::followed}, member{"years", &result::years},
                       member{"leader", &result::leader}, member{"follower", &result::follower});
}

/// The lags of all levels, in order of level and of the date on which they were led.
struct catch_up_result {
    std::vector<level_lag> lags = {};
    survival_curve curve = {};  ///< the part of levels that still waits, by years
    survival_time median = {};  ///< years; nothing where less than half of the levels have an answer
    frontier leaders = {};      ///< the highest so far
    frontier followers = {};
    std::uint64_t n_ahead = 0;         ///< levels that followers had no later than leaders: lags of 0
    std::uint64_t n_missing = 0;       ///< records of unknown date, level or group
    std::chrono::sys_days until = {};  ///< the end of the table

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(curve); }

    /// For how many years, on a date, leaders have had the highest level that followers have then: 0 where followers
    /// lead, nothing where there is none yet. It has no interval: on one date there is one highest follower.
    template <calendar_time Date>
    [[nodiscard]] std::optional<double> behind_on(const Date& date) const {
        const auto highest = followers.at(date);
        if (!highest) return std::nullopt;
        const double day = days_since_1970(date);
        const auto first = detail::lower_bound_by(leaders.steps, *highest, &frontier_step::value);
        return first == leaders.steps.end() || first->day > day ? 0 : (day - first->day) / 365.25;
    }

    friend bool operator==(const catch_up_result&, const catch_up_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<catch_up_result>) {
    using result = catch_up_result;
    return member_list(member{"lags", &result::lags}, member{"curve", &result::curve},
                       member{"median", &result::median}, member{"leaders", &result::leaders},
                       member{"followers", &result::followers}, member{"n_ahead", &result::n_ahead},
                       member{"n_missing", &result::n_missing}, member{"until", &result::until});
}

/// The part of some levels that still waits, by years: all of them, or those led in some years. Levels that were led
/// near each other wait for the same followers: those of one block of `block` years from the first are a cluster.
/// Throws std::invalid_argument for a block that is not above 0.
[[nodiscard]] inline survival_curve curve_of_lags(std::span<const level_lag> lags, double block = 1,
                                                  const survival_options& options = {}) {
    detail::require(block > 0 && std::isfinite(block), "curve_of_lags", "a block above 0 years", block);
    auto first = lags.empty() ? std::chrono::sys_days() : lags.front().led;
    for (const level_lag& lag : lags) first = std::min(first, lag.led);
    const auto block_of = [&](const level_lag& lag) {
        return std::floor(static_cast<double>((lag.led - first).count()) / (365.25 * block));
    };
    return kaplan_meier(lags, &level_lag::years, &level_lag::answered, clustered_by(block_of), options);
}

namespace detail {

struct level_record {
    double day;
    double level;
    std::uint64_t position;
};

/// The records that are higher than all of their date and before, by date.
[[nodiscard]] inline std::vector<level_record> steps_of(std::vector<level_record> records) {
    detail::sort(records, [](const level_record& a, const level_record& b) {
        return std::tuple(a.day, -a.level, a.position) < std::tuple(b.day, -b.level, b.position);
    });
    std::vector<level_record> steps;
    for (const level_record& record : records)
        if (steps.empty() || record.level > steps.back().level) steps.push_back(record);
    return steps;
}
[[nodiscard]] inline frontier frontier_of(const std::vector<level_record>& steps, std::size_t n,
                                          std::uint64_t n_missing) {
    frontier result{.n = n, .n_missing = n_missing};
    if (n > 0) result.status = estimate_status::ok;
    for (const level_record& step : steps) result.steps.push_back({day_of(step.day), step.day, step.level});
    return result;
}
/// The first step of at least a level.
[[nodiscard]] inline const level_record* first_at(const std::vector<level_record>& steps, double level) {
    const double rounding = 1e-12 * std::fabs(level);
    const auto found = detail::lower_bound_by(steps, level - rounding, &level_record::level);
    return found == steps.end() ? nullptr : &*found;
}

}  // namespace detail

/// How long followers need to reach what leaders have. `follows` says which group a record is of. A level is reached by
/// the first record of a group that is at least as high, and the lag is 0 where followers were no later; where no
/// follower had it by the end of the table, the lag is censored there.
///
/// Levels led near each other wait for the same followers, so that lags depend on each other: intervals are those of
/// clusters, the blocks of `block` years, and of fewer than 20 blocks of one size few_clusters. (Clusters by the record
/// that answered would cover .89 of whatever number, since one answer tells of the next; blocks of 3 to 34 years
/// covered .93 to .96 where levels come evenly.)
///
/// Levels are numbers on any scale on which larger is more; only their order counts, but for `spacing` and `margin`.
/// Records after `until` are left out, and counted as missing. No leader: no_data. No follower: all lags are censored,
/// and the median is not reached. Throws std::invalid_argument for a spacing that is not above 0 or gives more than
/// 100,000 levels, a block that is not, a margin that is not finite, and an infinite level. O(n log n).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Level,
          predicate_field_of<Records> Follows>
[[nodiscard]] catch_up_result catch_up_lag(Records&& records, Date date, Level level, Follows follows,
                                           const catch_up_options& options = {}) {
    constexpr std::string_view function = "catch_up_lag";
    detail::require(std::isfinite(options.margin), function, "a finite margin", options.margin);
    detail::require(!options.spacing || (*options.spacing > 0 && std::isfinite(*options.spacing)), function,
                    "a spacing above 0", options.spacing.value_or(0));
    detail::require_level(options.survival.level, function);
    catch_up_result result;
    std::vector<detail::level_record> of_leaders, of_followers;
    const double end = options.until ? detail::days_of(*options.until) + 1 : 0;
    double latest = 0;
    std::uint64_t position = 0;
    for (auto&& record : records) {
        const std::uint64_t here = position++;
        const double day = days_since_1970(std::invoke(date, record)), x = as_double(std::invoke(level, record));
        const auto said = std::invoke(follows, record);
        if (std::isinf(x)) detail::fail(function, "a finite level in record " + std::to_string(here), x);
        if (!is_known(day) || !is_known(x) || !is_known(said) || (options.until && day >= end)) {
            ++result.n_missing;
            continue;
        }
        bool is_follower = false;
        if constexpr (detail::is_optional<std::remove_cvref_t<decltype(said)>>)
            is_follower = static_cast<bool>(*said);
        else
            is_follower = static_cast<bool>(said);
        latest = of_leaders.empty() && of_followers.empty() ? day : std::max(latest, day);
        (is_follower ? of_followers : of_leaders).push_back({day, x, here});
    }
    const std::size_t n_leaders = of_leaders.size(), n_followers = of_followers.size();
    const auto leaders = detail::steps_of(std::move(of_leaders)), followers = detail::steps_of(std::move(of_followers));
    result.leaders = detail::frontier_of(leaders, n_leaders, result.n_missing);
    result.followers = detail::frontier_of(followers, n_followers, result.n_missing);
    const double last = options.until ? detail::days_of(*options.until) : latest;
    result.until = detail::day_of(last);

    std::vector<double> levels;
    if (!options.spacing) {
        for (const auto& step : leaders) levels.push_back(step.level);
    } else if (!leaders.empty()) {
        constexpr double most = 100'000;
        const double spacing = *options.spacing, from = std::ceil(leaders.front().level / spacing - 1e-9),
                     to = std::floor(leaders.back().level / spacing + 1e-9);
        detail::require(to - from < most, function, "a spacing of at most 100,000 levels", spacing);
        for (double k = from; k <= to; ++k) levels.push_back(k * spacing);
    }
    for (const double each : levels) {
        const detail::level_record* const led = detail::first_at(leaders, each);
        const detail::level_record* const followed = detail::first_at(followers, each - options.margin);
        if (led == nullptr || (options.since && led->day < detail::days_of(*options.since))) continue;
        level_lag lag{.level = each, .led = detail::day_of(led->day), .leader = led->position};
        if (followed != nullptr) {
            lag.followed = detail::day_of(followed->day);
            lag.follower = followed->position;
            lag.years = std::max(0.0, followed->day - led->day) / 365.25;
            if (followed->day <= led->day) ++result.n_ahead;
        } else {
            lag.years = std::max(0.0, last - led->day) / 365.25;
        }
        result.lags.push_back(lag);
    }
    result.curve = curve_of_lags(result.lags, options.block, options.survival);
    result.curve.n_missing = result.n_missing;
    result.median = survival_quantile(result.curve);
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
