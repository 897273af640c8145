// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_CAPTURE_RECAPTURE_HPP
#define COMPUTE_DIVIDE_STATISTICS_CAPTURE_RECAPTURE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <numbers>
#include <optional>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/saddle_point.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/proportion.hpp>

/// How many there are in all, of which two sources each list some: papers with code of which two indices know, say.
///
/// Of the n1 in the first source and the n2 in the second, m are in both; M = n1 + n2 - m were seen at all. Those that
/// neither has are estimated by what each source misses of the other's:
///
///   f = theta (n1 - m) (n2 - m) / m,   N = M + f
///
/// theta is the odds ratio between the sources: 1 where being in one says nothing of being in the other. It cannot be
/// estimated from two sources, and two indices of the same venues, or that both prefer the popular, have theta above 1:
/// N at 1 is then too low, and its interval, which is of the sampling only, covers as little as one pleases. State a
/// range for theta and show what each gives; what both sources see better in one kind of record than in another is
/// no fault of the total where kinds are counted apart (stratified_total).
namespace compute_divide::inline v0_2 {

/// The records of two sources. Real numbers: fractional where records were weighted.
struct capture_counts {
    double first = 0;   ///< n1: in the first source
    double second = 0;  ///< n2: in the second
    double both = 0;    ///< m: in both

    /// Listed by the first source alone.
    [[nodiscard]] constexpr double only_first() const { return first - both; }
    /// Listed by the second source alone.
    [[nodiscard]] constexpr double only_second() const { return second - both; }
    /// Listed by either.
    [[nodiscard]] constexpr double seen() const { return first + second - both; }
    /// What part of all the first source lists, as measured on the second: m / n2. Of independent sources.
    [[nodiscard]] estimate recall_of_first(share_options options = {}) const { return share(both, second, options); }
    /// The same of the second source, as measured on the first: m / n1.
    [[nodiscard]] estimate recall_of_second(share_options options = {}) const { return share(both, first, options); }

    void merge(const capture_counts& more) {
        first += more.first;
        second += more.second;
        both += more.both;
    }
    friend constexpr bool operator==(const capture_counts&, const capture_counts&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<capture_counts>) {
    return member_list(member{"first", &capture_counts::first}, member{"second", &capture_counts::second},
                       member{"both", &capture_counts::both});
}

/// Estimators of the number in all.
enum class capture_estimator {
    chapman,          ///< f with m + 1 for m (Chapman 1951): unbiased where n1 + n2 >= N
    lincoln_petersen  ///< f as above, n1 n2 / m in all
};
[[nodiscard]] constexpr auto enumerators(capture_estimator) {
    using enum capture_estimator;
    return std::array{named<capture_estimator>{chapman, "chapman", "Chapman"},
                      named<capture_estimator>{lincoln_petersen, "lincoln_petersen", "Lincoln-Petersen"}};
}

/// Intervals of the number in all.
enum class capture_interval {
    profile,    ///< {N >= M : 2 log L - 2 log L(N) <= z^2}, L the multinomial likelihood of the three counts and f with
                ///< the sources' recalls at their best (Cormack 1992); at m = 0 without an upper end
    log_normal  ///< [M + f / C, M + f C], C = exp(z sqrt(log(1 + Var / f^2))) (Chao 1987): does not hold N = M, which
                ///< is likely where the sources miss little
};
[[nodiscard]] constexpr auto enumerators(capture_interval) {
    using enum capture_interval;
    return std::array{named<capture_interval>{profile, "profile", "profile likelihood"},
                      named<capture_interval>{log_normal, "log_normal", "log-normal"}};
}

struct capture_options {
    capture_estimator estimator = capture_estimator::chapman;
    capture_interval interval = capture_interval::profile;
    double level = 0.95;    ///< in (0, 1)
    double odds_ratio = 1;  ///< theta > 0, of the sources: assumed, not estimated
};

/// How many there are in all.
struct capture_total {
    estimate total = {};                        ///< n: those seen
    std::optional<double> standard_error = {};  ///< of the total; the sampling of the sources only
    capture_counts counts = {};
    double odds_ratio = 1;  ///< that was assumed

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(total); }
    friend bool operator==(const capture_total&, const capture_total&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<capture_total>) {
    using result = capture_total;
    return member_list(member{"total", &result::total}, member{"standard_error", &result::standard_error},
                       member{"counts", &result::counts}, member{"odds_ratio", &result::odds_ratio});
}

namespace detail {

/// log Gamma(x + 1) - x log x + x, which grows as log x / 2 does.
[[nodiscard]] inline double stirling_rest(double x) {
    if (x == 0) return 0;
    if (x < 10) return std::lgamma(x + 1) - x * std::log(x) + x;
    return std::log(2 * std::numbers::pi * x) / 2 + stirling_error(x);
}

/// The log-likelihood of u >= 0 records that neither source has, both sources' recalls at their best, less what does
/// not depend on u: the multinomial of the four counts, of which each mean is a count more or less the same amount.
/// With N given the best recalls are n1 / N and n2 / N whatever theta is: the margins are the sufficient statistics.
class capture_likelihood {
public:
    capture_likelihood(const capture_counts& c, double odds_ratio) : c_(c), theta_(odds_ratio) {}

    [[nodiscard]] double at(double u) const {
        const double n = u + c_.seen(), more = expected_both(n) - c_.both;  // in both and neither, fewer in one only
        const auto term = [](double count, double difference) {
            return count > 0 ? count * std::log1p(std::max(-1.0, difference / count)) : 0;
        };
        return stirling_rest(n) - stirling_rest(u) + term(u, more) + term(c_.both, more) +
               term(c_.only_first(), -more) + term(c_.only_second(), -more);
    }
    /// Its limit for u without end, where m = 0.
    static constexpr double at_infinity = 0;

private:
    /// e with e (n - n1 - n2 + e) = theta (n1 - e) (n2 - e): the smaller root by the larger one.
    [[nodiscard]] double expected_both(double n) const {
        if (theta_ == 1) return c_.first * (c_.second / n);
        const double a = theta_ - 1, b = n - (c_.first + c_.second) + theta_ * (c_.first + c_.second),
                     product = theta_ * c_.first * c_.second;
        const double root = std::sqrt(std::max(0.0, b * b - 4 * a * product));
        return 2 * product / (b + root);
    }

    capture_counts c_;
    double theta_;
};

/// The numbers u of unseen records whose likelihood is within z^2 / 2 of the best.
[[nodiscard]] inline interval profile_unseen(const capture_counts& c, double odds_ratio, double z) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const capture_likelihood likelihood(c, odds_ratio);
    const double scale = 1 + odds_ratio * c.only_first() * c.only_second() / std::max(c.both, 0.5);
    double best = 0, top = likelihood.at(0);
    if (c.both > 0) {
        double from = 0, to = 2 * scale;
        while (likelihood.at(2 * to) > likelihood.at(to) && to < 1e300) to *= 2;
        to *= 2;
        for (int cut = 0; cut < 200; ++cut) {  // golden section
            const double step = 0.3819660112501051 * (to - from), left = from + step, right = to - step;
            (likelihood.at(left) < likelihood.at(right) ? from : to) =
                likelihood.at(left) < likelihood.at(right) ? left : right;
        }
        if (const double found = likelihood.at((from + to) / 2); found > top) {
            top = found;
            best = (from + to) / 2;
        }
    } else {
        top = std::max(top, capture_likelihood::at_infinity);
        best = infinity;
    }
    const auto within = [&](double u) { return 2 * (top - likelihood.at(u)) <= z * z; };
    const auto end = [&](double inside, double outside) {
        for (int cut = 0; cut < 1100; ++cut) {
            const double middle = inside + (outside - inside) / 2;
            if (middle == inside || middle == outside) break;
            (within(middle) ? inside : outside) = middle;
        }
        return inside;
    };
    const auto upwards = [&](double from, bool until) {  // a place above `from` that is within, or not
        double u = std::max(2 * from, scale);
        while (within(u) != until && u < 1e300) u *= 2;
        return u;
    };
    interval unseen;
    if (!within(0)) unseen.lower = end(best < infinity ? best : upwards(0, true), 0);
    unseen.upper = best < infinity ? end(best, upwards(best, false)) : infinity;
    return unseen;
}

/// Fewer than these in both sources or in one of them only, and profile intervals are not known to cover.
inline constexpr double few_captures = 7;

inline void require_capture(const capture_counts& c, const capture_options& options, std::string_view function) {
    for (const double count : {c.first, c.second, c.both})
        require(count >= 0 && count <= 1e9, function, "counts from 0 to 1e9", count);
    require(c.both <= std::min(c.first, c.second), function, "at most as many in both sources as in either", c.both);
    require_level(options.level, function);
    require(options.odds_ratio > 0 && options.odds_ratio <= 1e6, function, "an odds ratio of the sources in (0, 1e6]",
            options.odds_ratio);
}

}  // namespace detail

/// How many records there are, of which two sources list n1 and n2, m of them both.
///
/// Standard error: Chapman's (n1 + 1) (n2 + 1) (n1 - m) (n2 - m) / ((m + 1)^2 (m + 2)) and for Lincoln-Petersen
/// n1 n2 (n1 - m) (n2 - m) / m^3, the variances of Seber (1982) and of Sekar and Deming (1949); for theta other than 1
/// theta^2 (Var - f) + theta f of these.
///
/// no_data: nothing seen; degenerate: a source without records; m = 0, but for chapman with log_normal: of the profile
/// the lower end remains, [lower, infinity); log_normal where f = 0 (one source inside the other). few_clusters:
/// profile with fewer than 7 in both sources or in one of them only, where it covers from .59 on (a small source,
/// nearly all of it in the other); log_normal with fewer than 10 in both or f below 20, where it covers from .06 on.
/// Above that .93 to .96 (docs/coverage.md), of independent sources and records: where sources have an odds ratio of 3
/// that is taken as 1, down to .18 at 100 records and 0 at 1,000. Throws std::invalid_argument for counts that are
/// negative, above 1e9 or not numbers, m > n1 or m > n2, a level outside (0, 1) or an odds ratio outside (0, 1e6].
/// Cost: profile some 10 us.
///
/// Sources: Seber (1982), The Estimation of Animal Abundance, chapter 3; Chapman (1951); Sekar, Deming (1949), JASA
/// 44:101; Chao (1987), Biometrics 43:783; Cormack (1992), Biometrics 48:567. Checked against 40-digit arithmetic and,
/// for the variances, a log-linear fit of the three counts (tests/reference/capture_recapture.py).
[[nodiscard]] inline capture_total capture_recapture(const capture_counts& counts,
                                                     const capture_options& options = {}) {
    detail::require_capture(counts, options, "capture_recapture");
    capture_total result{.counts = counts, .odds_ratio = options.odds_ratio};
    estimate& total = result.total;
    total.level = options.level;
    total.method = name_of(options.interval);
    const double m = counts.both, first = counts.only_first(), second = counts.only_second(), seen = counts.seen();
    detail::state_sample_size(total, seen);
    if (seen == 0) return result;
    total.status = estimate_status::degenerate;
    if (counts.first == 0 || counts.second == 0) return result;

    const double z = detail::upper_normal_quantile((1 - options.level) / 2), theta = options.odds_ratio;
    const bool chapman = options.estimator == capture_estimator::chapman;
    if (options.interval == capture_interval::profile) {
        const interval unseen = detail::profile_unseen(counts, theta, z);
        total.bounds = {seen + unseen.lower, seen + unseen.upper};
    }
    if (m == 0 && (!chapman || options.interval == capture_interval::profile)) return result;
    const double unseen = chapman ? first * (second / (m + 1)) : first * (second / m);  // of independent sources
    const double sampling =
        chapman ? unseen * ((first + second + unseen - 1) / (m + 2)) : unseen * ((first + second + unseen) / m);
    const double f = theta * unseen, variance = theta * theta * std::max(0.0, sampling) + f;
    if (options.interval == capture_interval::log_normal) {
        if (f == 0) return result;
        const double factor = std::exp(z * std::sqrt(std::log1p(variance / f / f)));
        if (!std::isfinite(f * factor)) return result;  // counts near 0
        total.bounds = {seen + f / factor, seen + f * factor};
    } else {  // Chapman's f, and that of many in a source that has few in the other, may be just beyond an end
        total.bounds = {std::min(total.bounds->lower, seen + f), std::max(total.bounds->upper, seen + f)};
    }
    total.value = seen + f;
    result.standard_error = std::sqrt(variance);
    const bool few = options.interval == capture_interval::profile ? std::min({m, first, second}) < detail::few_captures
                                                                   : m < 10 || f < 20;
    total.status = few ? estimate_status::few_clusters : estimate_status::ok;
    return result;
}

/// A total by strata, and without them.
struct stratified_capture {
    capture_total total = {};    ///< the sum of the strata's
    capture_total pooled = {};   ///< as if all had the same recall
    std::uint64_t n_strata = 0;  ///< with a record

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(total); }
    friend bool operator==(const stratified_capture&, const stratified_capture&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<stratified_capture>) {
    using result = stratified_capture;
    return member_list(member{"total", &result::total}, member{"pooled", &result::pooled},
                       member{"n_strata", &result::n_strata});
}

/// The sum of the totals of strata (Sekar, Deming 1949): right where what differs in recall is told apart, while the
/// pooled total is too low where both sources see the same strata better. Variances add; interval: log_normal as
/// capture_recapture's with the sums M, f and Var, profile by the distances of the strata's ends from their values,
/// squared and summed (MOVER: Zou, Donner 2008, Statistics in Medicine 27:1693).
///
/// A stratum without a record counts as 0. The status is the first of degenerate (a stratum has none or an unbounded
/// total) and few_clusters (strata with few have more than a twentieth of what was seen). Errors as capture_recapture.
template <std::ranges::input_range Strata>
requires std::convertible_to<std::ranges::range_reference_t<Strata>, capture_counts>
[[nodiscard]] stratified_capture stratified_total(Strata&& strata, const capture_options& options = {}) {
    stratified_capture result;
    capture_counts all;
    double sum = 0, variance = 0, below = 0, above = 0, few = 0, f = 0;
    bool lacking = false;
    for (auto&& each : strata) {
        const capture_counts counts = each;
        const capture_total part = capture_recapture(counts, options);
        all.merge(counts);
        if (counts.seen() == 0) continue;
        ++result.n_strata;
        // One source inside the other leaves a log-normal without an interval, but not without the value.
        const bool closed = options.interval == capture_interval::log_normal && counts.both > 0 &&
                            std::min(counts.only_first(), counts.only_second()) == 0;
        if (part.total.status != estimate_status::ok) few += counts.seen();
        if (!part && !closed) {
            lacking = true;
            continue;
        }
        const double value = closed ? counts.seen() : *part.total.value;
        sum += value;
        f += value - counts.seen();
        if (closed) continue;
        variance += *part.standard_error * *part.standard_error;
        below += std::pow(value - part.total.lower(), 2);
        above += std::pow(part.total.upper() - value, 2);
    }
    result.pooled = capture_recapture(all, options);
    capture_total& total = result.total;
    total.counts = all;
    total.odds_ratio = options.odds_ratio;
    total.total.level = options.level;
    total.total.method = name_of(options.interval);
    detail::state_sample_size(total.total, all.seen());
    if (result.n_strata == 0) return result;
    total.total.status = estimate_status::degenerate;
    if (lacking || (options.interval == capture_interval::log_normal && f == 0)) return result;
    if (options.interval == capture_interval::log_normal) {
        const double z = detail::upper_normal_quantile((1 - options.level) / 2);
        const double factor = std::exp(z * std::sqrt(std::log1p(variance / f / f)));
        if (!std::isfinite(f * factor)) return result;
        total.total.bounds = {all.seen() + f / factor, all.seen() + f * factor};
    } else {
        total.total.bounds = {sum - std::sqrt(below), sum + std::sqrt(above)};
    }
    total.total.value = sum;
    total.standard_error = std::sqrt(variance);
    total.total.status = few > all.seen() / 20 ? estimate_status::few_clusters : estimate_status::ok;
    return result;
}

/// Of what a corrected share is.
enum class captured_population {
    process,  ///< of what made the records, of which these n are a sample: as any share of the library
    records   ///< of these n records and no others
};
[[nodiscard]] constexpr auto enumerators(captured_population) {
    using enum captured_population;
    return std::array{named<captured_population>{process, "process"}, named<captured_population>{records, "records"}};
}

struct captured_share_options {
    capture_options capture = {};
    captured_population population = captured_population::process;
};

/// A share of records that have what two sources each list only in part.
struct captured_share_result {
    estimate corrected = {};               ///< within [0, 1]
    std::optional<double> unclamped = {};  ///< its value before it was cut: above 1, the sources list different kinds
    estimate seen = {};                    ///< those in either source, with the Wilson interval
    capture_total total = {};

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(corrected); }
    friend bool operator==(const captured_share_result&, const captured_share_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<captured_share_result>) {
    using result = captured_share_result;
    return member_list(member{"corrected", &result::corrected}, member{"unclamped", &result::unclamped},
                       member{"seen", &result::seen}, member{"total", &result::total});
}

/// The share N / n of n records, in both sources, one of them or neither, that have what the sources list: papers that
/// have code, say; N the total of capture_recapture, or of strata. Interval: that of N, cut to [M, n], over n; for
/// `process` its distances from the value squared and added to those of Wilson's interval of the share (MOVER), since
/// how many of n have it varies too.
///
/// Status: that of the total, no_data for n = 0; coverage as that. Throws std::invalid_argument for n below those seen
/// or not finite.
[[nodiscard]] inline captured_share_result captured_share_of_total(
    const capture_total& total, double n, captured_population population = captured_population::process) {
    detail::require(n >= 0 && n <= 1e9, "captured_share", "n from 0 to 1e9", n);
    detail::require(n >= total.counts.seen(), "captured_share", "n of at least those seen", n);
    captured_share_result result{.total = total};
    const double level = total.total.level;
    result.seen = share(total.counts.seen(), n, {.level = level});
    estimate& corrected = result.corrected;
    corrected.level = level;
    corrected.method = total.total.method;
    corrected.status = n > 0 ? total.total.status : estimate_status::no_data;
    detail::state_sample_size(corrected, n);
    if (!total || n == 0) return result;
    result.unclamped = *total.total.value / n;
    const double value = std::min(1.0, *result.unclamped);
    interval ends{std::min(value, total.total.lower() / n), std::min(1.0, total.total.upper() / n)};
    if (population == captured_population::process) {
        const interval sampled = *share(value * n, n, {.level = level}).bounds;
        ends = {std::max(0.0, value - std::hypot(value - ends.lower, value - sampled.lower)),
                std::min(1.0, value + std::hypot(ends.upper - value, sampled.upper - value))};
    }
    corrected.value = value;
    corrected.bounds = ends;
    return result;
}
/// That of capture_recapture of these counts.
[[nodiscard]] inline captured_share_result captured_share(const capture_counts& counts, double n,
                                                          const captured_share_options& options = {}) {
    return captured_share_of_total(capture_recapture(counts, options.capture), n, options.population);
}

/// How two corrected shares compare.
struct captured_comparison {
    estimate difference = {};       ///< first less second
    estimate odds_ratio = {};       ///< p1 / (1 - p1) over p2 / (1 - p2)
    estimate seen_odds_ratio = {};  ///< of the shares in either source, not corrected; logit interval
    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(difference); }
    friend bool operator==(const captured_comparison&, const captured_comparison&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<captured_comparison>) {
    using result = captured_comparison;
    return member_list(member{"difference", &result::difference}, member{"odds_ratio", &result::odds_ratio},
                       member{"seen_odds_ratio", &result::seen_odds_ratio});
}

/// Two corrected shares of different records: by the distances of their ends, of the shares and of their log odds
/// (MOVER). Status: the worse of the two; degenerate for an odds ratio of a share of 0 or 1. Where an end
/// of a share is 0 or 1 the odds ratio may have no upper end: degenerate, without value, with the lower end. Throws
/// std::invalid_argument where their levels differ.
[[nodiscard]] inline captured_comparison compare_captured_shares(const captured_share_result& first,
                                                                 const captured_share_result& second) {
    detail::require(first.corrected.level == second.corrected.level, "compare_captured_shares", "one level",
                    second.corrected.level);
    const auto compared = [](const estimate& a, const estimate& b, auto scale, auto back) {
        estimate result{.level = a.level, .method = "mover", .n = a.n + b.n};
        result.status = !a ? a.status : b.status;
        if (!a || !b) return result;
        if (a.status == estimate_status::few_clusters) result.status = a.status;
        const double p = scale(*a.value), q = scale(*b.value);
        if (!std::isfinite(p) || !std::isfinite(q)) {
            result.status = estimate_status::degenerate;
            return result;
        }
        result.bounds = {back(p - q - std::hypot(p - scale(a.lower()), scale(b.upper()) - q)),
                         back(p - q + std::hypot(scale(a.upper()) - p, q - scale(b.lower())))};
        if (std::isfinite(result.bounds->upper))
            result.value = back(p - q);
        else
            result.status = estimate_status::degenerate;  // a share's end is 0 or 1: the data leave it unbounded
        return result;
    };
    const auto same = [](double x) { return x; };
    const auto logit = [](double p) { return std::log(p) - std::log1p(-p); };
    const auto back = [](double x) { return std::exp(x); };
    return {.difference = compared(first.corrected, second.corrected, same, same),
            .odds_ratio = compared(first.corrected, second.corrected, logit, back),
            .seen_odds_ratio = compared(first.seen, second.seen, logit, back)};
}

/// The records of a group, and what two sources list of them.
template <label Key>
struct capture_group {
    Key key{};
    std::uint64_t n = 0;  ///< records, in a source or not
    capture_counts counts = {};

    friend bool operator==(const capture_group&, const capture_group&) = default;
};
template <label Key>
[[nodiscard]] constexpr auto members(std::type_identity<capture_group<Key>>) {
    using row = capture_group<Key>;
    return member_list(member{"key", &row::key}, member{"n", &row::n}, member{"counts", &row::counts});
}

/// A range of groups in order of their keys.
template <label Key>
struct capture_groups {
    std::vector<capture_group<Key>> rows = {};
    std::uint64_t n_missing = 0;  ///< records whose group, or whether a source has them, is not known

    [[nodiscard]] auto begin() const { return rows.begin(); }
    [[nodiscard]] auto end() const { return rows.end(); }
    [[nodiscard]] std::size_t size() const { return rows.size(); }
    [[nodiscard]] bool empty() const { return rows.empty(); }

    /// The counts of a key; nothing where it has no record.
    [[nodiscard]] const capture_group<Key>* find(const Key& key) const {
        const auto at = detail::lower_bound_by(rows, key, &capture_group<Key>::key);
        return at != rows.end() && at->key == key ? &*at : nullptr;
    }
    friend bool operator==(const capture_groups&, const capture_groups&) = default;
};
template <label Key>
[[nodiscard]] constexpr auto members(std::type_identity<capture_groups<Key>>) {
    using result = capture_groups<Key>;
    return member_list(member{"rows", &result::rows}, member{"n_missing", &result::n_missing});
}

/// Counts records by group and by whether the first and the second source have them: for captured_share of each row,
/// or, by strata, stratified_total. One pass, any input range; O(n log groups).
template <std::ranges::input_range Records, label_field_of<Records> Group, predicate_field_of<Records> First,
          predicate_field_of<Records> Second>
[[nodiscard]] auto count_captures(Records&& records, Group group, First first, Second second) {
    using key_type = label_storage_t<field_value_t<Group, Records>>;
    const auto yes = [](const auto& answer) -> bool {
        if constexpr (detail::is_optional<std::remove_cvref_t<decltype(answer)>>)
            return static_cast<bool>(*answer);
        else
            return static_cast<bool>(answer);
    };
    std::map<key_type, capture_group<key_type>> groups;
    capture_groups<key_type> result;
    for (auto&& record : records) {
        const field_value_t<Group, Records> key = std::invoke(group, record);
        const field_value_t<First, Records> in_first = std::invoke(first, record);
        const field_value_t<Second, Records> in_second = std::invoke(second, record);
        if (!is_known(key) || !is_known(in_first) || !is_known(in_second)) {
            ++result.n_missing;
            continue;
        }
        const auto stored = [&key]() -> key_type {
            if constexpr (detail::is_optional<field_value_t<Group, Records>>)
                return key_type(*key);
            else
                return key_type(key);
        }();
        auto& row = groups[stored];
        row.key = stored;
        ++row.n;
        const double a = yes(in_first) ? 1 : 0, b = yes(in_second) ? 1 : 0;
        row.counts.merge({.first = a, .second = b, .both = a * b});
    }
    for (auto& [key, row] : groups) result.rows.push_back(std::move(row));
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
