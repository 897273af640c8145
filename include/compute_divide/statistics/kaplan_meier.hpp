// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_KAPLAN_MEIER_HPP
#define COMPUTE_DIVIDE_STATISTICS_KAPLAN_MEIER_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>

/// How long until something happens, where for some it has not happened yet: the product-limit estimate of the part
/// that still waits, with its interval, and the time after which half do not (Kaplan and Meier 1958).
namespace compute_divide::inline v0_2 {

/// How long until something happened; where it has not happened, for how long it is known not to have.
struct censored_time {
    double time = 0;        ///< >= 0, any unit
    bool happened = false;  ///< else the time is censored: it is longer than this

    friend constexpr bool operator==(const censored_time&, const censored_time&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<censored_time>) {
    return member_list(member{"time", &censored_time::time}, member{"happened", &censored_time::happened});
}

/// On which scale the interval of a part S that still waits is symmetric. s^2 is the variance of log S.
enum class survival_interval {
    log_log,  ///< S^exp(-+ z s / log S): in [0, 1], and the one that covers best in small samples
    log,      ///< S exp(-+ z s), cut to 1; R's default
    plain,    ///< S -+ z S s, cut to [0, 1]
    logit,    ///< of log(S / (1 - S)) -+ z s / (1 - S)
    arcsine   ///< of arcsin(sqrt S) -+ z s sqrt(S / (1 - S)) / 2
};
[[nodiscard]] constexpr auto enumerators(survival_interval) {
    using enum survival_interval;
    return std::array{named<survival_interval>{log_log, "log_log"}, named<survival_interval>{log, "log"},
                      named<survival_interval>{plain, "plain"}, named<survival_interval>{logit, "logit"},
                      named<survival_interval>{arcsine, "arcsine"}};
}

struct survival_options {
    survival_interval interval = survival_interval::log_log;
    double level = 0.95;
};

/// At a time at which something happened, or a record is censored.
struct survival_step {
    double time = 0;
    std::uint64_t at_risk = 0;                            ///< records that had waited up to it
    std::uint64_t events = 0;                             ///< for which it happened then
    double survival = 1;                                  ///< the part that waits longer
    std::optional<double> standard_error = {};            ///< of it; none at 0
    std::optional<compute_divide::interval> bounds = {};  ///< none at 1, before anything happened, and at 0

    friend bool operator==(const survival_step&, const survival_step&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<survival_step>) {
    using result = survival_step;
    return member_list(member{"time", &result::time}, member{"at_risk", &result::at_risk},
                       member{"events", &result::events}, member{"survival", &result::survival},
                       member{"standard_error", &result::standard_error}, member{"bounds", &result::bounds});
}

/// The part that still waits, as a step function of time.
struct survival_curve {
    std::vector<survival_step> steps = {};  ///< by time
    double level = 0.95;
    std::string_view method = {};  ///< of the intervals
    std::uint64_t n = 0;           ///< records
    std::uint64_t n_events = 0;    ///< for which it happened
    std::uint64_t n_missing = 0;  ///< records of which time or whether it happened is not known: these are not censored
    std::uint64_t n_clusters = 0;  ///< of a clustered variance; else 0
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] explicit operator bool() const { return has_value(status); }

    /// The part that waits longer than a time >= 0, with its interval: 1 before the first step, without an interval;
    /// too_few, without a value, after the last step, unless it is 0 there.
    [[nodiscard]] estimate at(double time) const {
        estimate result{.level = level, .method = method, .n = n, .n_missing = n_missing, .status = status};
        if (!*this) return result;
        const auto past = detail::upper_bound_by(steps, time, &survival_step::time);
        if (past == steps.begin()) {
            result.value = 1;
            return result;
        }
        const survival_step& step = *(past - 1);
        if (past == steps.end() && step.survival > 0 && time > step.time) {
            result.status = estimate_status::too_few;
            return result;
        }
        result.value = step.survival;
        result.bounds = step.bounds;
        return result;
    }

    friend bool operator==(const survival_curve&, const survival_curve&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<survival_curve>) {
    using result = survival_curve;
    return member_list(member{"steps", &result::steps}, member{"level", &result::level},
                       member{"method", &result::method}, member{"n", &result::n},
                       member{"n_events", &result::n_events}, member{"n_missing", &result::n_missing},
                       member{"n_clusters", &result::n_clusters}, member{"status", &result::status});
}

namespace detail {

/// Fewer clusters than these, or worth fewer of one size, and a clustered variance is known to be too small.
inline constexpr double enough_clusters_of_times = 20;

[[nodiscard]] inline std::optional<interval> survival_bounds(double s, double log_variance, double z,
                                                             survival_interval kind) {
    if (!(s > 0 && s < 1) || !std::isfinite(log_variance)) return std::nullopt;
    const double reach = z * std::sqrt(log_variance);
    switch (kind) {
        case survival_interval::plain:
            return interval{std::max(0.0, s - s * reach), std::min(1.0, s + s * reach)};
        case survival_interval::log:
            return interval{s * std::exp(-reach), std::min(1.0, s * std::exp(reach))};
        case survival_interval::log_log: {
            const double power = std::exp(-reach / std::log(s));
            return interval{std::pow(s, power), std::pow(s, 1 / power)};
        }
        case survival_interval::logit: {
            const double middle = std::log(s / (1 - s)), half = reach / (1 - s);
            return interval{1 / (1 + std::exp(half - middle)), 1 / (1 + std::exp(-half - middle))};
        }
        case survival_interval::arcsine: {
            const double middle = std::asin(std::sqrt(s)), half = reach * std::sqrt(s / (1 - s)) / 2;
            constexpr double right = 1.5707963267948966;
            const double lower = std::sin(std::max(0.0, middle - half)),
                         upper = std::sin(std::min(right, middle + half));
            return interval{lower * lower, upper * upper};
        }
    }
    return std::nullopt;
}

/// A record's time, and the number of its cluster.
struct clustered_time {
    double time;
    bool happened;
    std::uint32_t cluster;
};

[[nodiscard]] inline survival_curve survival_of(std::vector<clustered_time> records, std::uint64_t n_missing,
                                                std::uint32_t n_clusters, bool clustered,
                                                const survival_options& options) {
    survival_curve curve{.level = options.level, .method = name_of(options.interval), .n_missing = n_missing};
    curve.n = records.size();
    if (records.empty()) return curve;
    curve.status = estimate_status::ok;
    detail::stable_sort_by(records, &clustered_time::time);
    const double z = clustered && n_clusters > 1 ? two_sided_t(options.level, static_cast<double>(n_clusters) - 1)
                                                 : upper_normal_quantile((1 - options.level) / 2);
    std::vector<double> waiting(clustered ? n_clusters : 0), moved(waiting.size());
    std::vector<std::uint64_t> events_of(waiting.size());
    double squares = 0;
    if (clustered) {
        curve.n_clusters = n_clusters;
        for (const auto& record : records) ++waiting[record.cluster];
        for (const double each : waiting) squares += each * each;
        const auto n = static_cast<double>(records.size());
        if (n_clusters < 2)
            curve.status = estimate_status::too_few;
        else if (n * n / squares < enough_clusters_of_times - 1e-9)
            curve.status = estimate_status::few_clusters;
    }
    double survival = 1, greenwood = 0;
    for (std::size_t first = 0; first < records.size();) {
        std::size_t last = first;
        survival_step step{.time = records[first].time, .at_risk = records.size() - first};
        for (; last < records.size() && records[last].time == step.time; ++last) step.events += records[last].happened;
        const auto r = static_cast<double>(step.at_risk), d = static_cast<double>(step.events);
        survival = step.events == step.at_risk ? 0 : survival * (1 - d / r);
        step.survival = survival;
        greenwood += d / (r * (r - d));
        double log_variance = greenwood;
        if (clustered) {  // what a little more weight of a cluster does to log S (the infinitesimal jackknife)
            for (std::size_t i = first; i < last; ++i) events_of[records[i].cluster] += records[i].happened ? 1U : 0U;
            log_variance = 0;
            const double staying = d / (r * (r - d));
            for (std::size_t g = 0; g < moved.size() && step.events < step.at_risk; ++g) {
                const auto e = static_cast<double>(events_of[g]);
                moved[g] += (waiting[g] - e) * staying - e / r;
                log_variance += moved[g] * moved[g];
            }
            const auto count = static_cast<double>(n_clusters);
            log_variance *= n_clusters > 1 ? count / (count - 1) : 0;
            for (std::size_t i = first; i < last; ++i) {
                events_of[records[i].cluster] = 0;
                --waiting[records[i].cluster];
            }
        }
        const bool has_variance = survival > 0 && curve.status != estimate_status::too_few;
        if (has_variance) {
            step.standard_error = survival * std::sqrt(log_variance);
            step.bounds = survival_bounds(survival, log_variance, z, options.interval);
        }
        curve.n_events += step.events;
        curve.steps.push_back(step);
        first = last;
    }
    return curve;
}

/// Records of known time, not below 0, with numbers of clusters from 0.
template <class Records, class Time, class Happened, class Cluster>
[[nodiscard]] survival_curve read_survival(std::string_view function, Records& records, const Time& time,
                                           const Happened& happened, bool clustered, const Cluster& number,
                                           const survival_options& options) {
    require_level(options.level, function);
    std::vector<clustered_time> read;
    std::uint64_t n_missing = 0, position = 0;
    std::uint32_t n_clusters = 0;
    for (auto&& record : records) {
        const double t = as_double(std::invoke(time, record));
        const auto said = std::invoke(happened, record);
        const std::uint64_t at = position++;
        if (!is_known(t) || !is_known(said)) {
            ++n_missing;
            continue;
        }
        if (!(t >= 0) || std::isinf(t)) fail(function, "a finite time >= 0 in record " + std::to_string(at), t);
        bool yes = false;
        if constexpr (is_optional<std::remove_cvref_t<decltype(said)>>)
            yes = static_cast<bool>(*said);
        else
            yes = static_cast<bool>(said);
        read.push_back({t, yes, number(record, n_clusters)});
    }
    return survival_of(std::move(read), n_missing, n_clusters, clustered, options);
}

}  // namespace detail

/// The part of records for which something has not happened by each time:
///
///   S(t) = product over times t_k <= t of (1 - d_k / r_k),
///
/// d_k events at t_k of r_k records that had waited up to t_k, among them those censored at t_k. Greenwood's (1926)
/// variance of log S, sum d_k / (r_k (r_k - d_k)), gives the interval; records are independent, also of what censors
/// them.
///
/// No record: no_data. At 1 and at 0 there is no interval. A record of unknown time, or of which it is not known
/// whether it happened, is missing, not censored. Throws std::invalid_argument, with the record's position, for a time
/// below 0 or infinite. O(n log n). Checked against R survival::survfit.
template <std::ranges::input_range Records, quantity_field_of<Records> Time, predicate_field_of<Records> Happened>
[[nodiscard]] survival_curve kaplan_meier(Records&& records, Time time, Happened happened,
                                          const survival_options& options = {}) {
    return detail::read_survival(
        "kaplan_meier", records, time, happened, false, [](const auto&, std::uint32_t) { return std::uint32_t{0}; },
        options);
}
template <std::ranges::input_range Records>
requires std::same_as<std::remove_cvref_t<std::ranges::range_value_t<Records>>, censored_time>
[[nodiscard]] survival_curve kaplan_meier(Records&& records, const survival_options& options = {}) {
    return kaplan_meier(records, &censored_time::time, &censored_time::happened, options);
}

/// The same where records of one cluster depend on each other: the variance of log S is that of sums over clusters of
/// what each record's weight does to it (the infinitesimal jackknife), times G / (G - 1) for G clusters, and z is
/// Student's t of G - 1 degrees of freedom. A record whose cluster is not known is one of its own. Worth fewer than 20
/// clusters of one size (n^2 over the sum of their squared sizes): few_clusters; a single one: too_few, a curve without
/// intervals. O(n log n + times * clusters). Checked against R survival::survfit(cluster =), which has no factor.
template <std::ranges::input_range Records, quantity_field_of<Records> Time, predicate_field_of<Records> Happened,
          label_field_of<Records> Cluster>
[[nodiscard]] survival_curve kaplan_meier(Records&& records, Time time, Happened happened,
                                          clusters_of<Cluster> clusters, const survival_options& options = {}) {
    detail::label_numbers<label_storage_t<known_t<field_value_t<Cluster, Records>>>> labels;
    std::vector<std::uint32_t> numbers;  // of the labels; those without one come between
    return detail::read_survival(
        "kaplan_meier", records, time, happened, true,
        [&](const auto& record, std::uint32_t& n_clusters) {
            const auto said = std::invoke(clusters.field, record);
            if (!is_known(said)) return n_clusters++;
            std::uint32_t at = 0;
            if constexpr (detail::is_optional<std::remove_cvref_t<decltype(said)>>)
                at = labels(*said);
            else
                at = labels(said);
            if (at == numbers.size()) numbers.push_back(n_clusters++);
            return numbers[at];
        },
        options);
}

/// The time by which a part of the records does not wait any more.
struct survival_time {
    double probability = 0.5;  ///< of having happened by then
    /// The smallest time at which the part that waits is at most 1 - probability; where it is that exactly, the middle
    /// of the time for which it is (R, SAS). Nothing: it never comes to that within the times observed.
    std::optional<double> time = {};
    /// The times at which the interval of the part that waits holds 1 - probability (Brookmeyer and Crowley 1982).
    /// Nothing for an end that is never reached: the interval is open there.
    std::optional<double> lower = {}, upper = {};
    double level = 0.95;
    std::string_view method = {};
    std::uint64_t n = 0;
    std::uint64_t n_events = 0;
    std::uint64_t n_missing = 0;
    /// That of the curve; of fewer than 6 events few_clusters: the interval is not known to cover.
    estimate_status status = estimate_status::no_data;

    /// Whether the time is finite, as far as was observed.
    [[nodiscard]] bool reached() const { return time.has_value(); }
    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const survival_time&, const survival_time&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<survival_time>) {
    using result = survival_time;
    return member_list(member{"probability", &result::probability}, member{"time", &result::time},
                       member{"lower", &result::lower}, member{"upper", &result::upper},
                       member{"level", &result::level}, member{"method", &result::method}, member{"n", &result::n},
                       member{"n_events", &result::n_events}, member{"n_missing", &result::n_missing},
                       member{"status", &result::status});
}

namespace detail {

/// The smallest time of steps whose value (none: unknown) is at most `part`; on a flat piece of exactly that, its
/// middle.
template <class Value>
[[nodiscard]] std::optional<double> time_of_part(const std::vector<survival_step>& steps, double part,
                                                 const Value& value) {
    constexpr double rounding = 1.5e-8;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::optional<double> here = value(steps[i]);
        if (!here || *here > part + rounding) continue;
        if (*here < part - rounding) return steps[i].time;
        for (std::size_t j = i + 1; j < steps.size(); ++j) {
            const std::optional<double> later = value(steps[j]);
            if (later && *later < part - rounding) return (steps[i].time + steps[j].time) / 2;
        }
        return (steps[i].time + steps.back().time) / 2;
    }
    return std::nullopt;
}

}  // namespace detail

/// The median time of a curve, or another quantile. Throws std::invalid_argument for a probability outside (0, 1).
/// Checked against R's quantile.survfit.
[[nodiscard]] inline survival_time survival_quantile(const survival_curve& curve, double probability = 0.5) {
    detail::require(probability > 0 && probability < 1, "survival_quantile", "a probability in (0, 1)", probability);
    survival_time result{.probability = probability,
                         .level = curve.level,
                         .method = curve.method,
                         .n = curve.n,
                         .n_events = curve.n_events,
                         .n_missing = curve.n_missing,
                         .status = curve.status};
    if (curve.steps.empty()) return result;
    const double part = 1 - probability;
    const auto bound = [](bool upper) {
        return [upper](const survival_step& step) -> std::optional<double> {
            if (step.bounds) return upper ? step.bounds->upper : step.bounds->lower;
            return std::nullopt;
        };
    };
    result.time =
        detail::time_of_part(curve.steps, part, [](const survival_step& step) { return std::optional(step.survival); });
    result.lower = detail::time_of_part(curve.steps, part, bound(false));
    result.upper = detail::time_of_part(curve.steps, part, bound(true));
    constexpr std::uint64_t enough_events = 6;
    if (result.status == estimate_status::ok && curve.n_events < enough_events)
        result.status = estimate_status::few_clusters;
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
