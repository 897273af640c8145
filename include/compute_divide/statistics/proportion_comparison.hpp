// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_PROPORTION_COMPARISON_HPP
#define COMPUTE_DIVIDE_STATISTICS_PROPORTION_COMPARISON_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string_view>
#include <utility>

#include <boost/math/tools/roots.hpp>

#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/special_functions.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/proportion.hpp>

/// Two independent shares compared: their difference, their ratio (risk ratio) and their odds ratio.
///
/// All three take the two counts, first against second, and return value, interval and n = n1 + n2. Counts are real
/// numbers; std::invalid_argument unless 0 <= successes <= n in both, both are 0 or in [1e-15, 1e15], and the level in
/// (0, 1). Not enough data: no_data where either n is 0. Below, p = k / n, m = n - k and z is the normal quantile of
/// the level. Checked to 1e-11 against 30-digit constrained likelihoods (tests/reference/proportion_comparison.py),
/// statsmodels and Newcombe's (1998) printed table.
namespace compute_divide::inline v0_2 {

/// Successes among n.
struct share_count {
    double successes = 0;
    double n = 0;

    friend constexpr bool operator==(const share_count&, const share_count&) = default;
};

/// Intervals for p1 - p2; both stay in [-1, 1].
enum class difference_interval {
    newcombe,           ///< square-and-add of the two Wilson intervals (Newcombe 1998, method 10)
    miettinen_nurminen  ///< score interval with variance factor N / (N - 1), N = n1 + n2 (Miettinen, Nurminen 1985)
};
[[nodiscard]] constexpr auto enumerators(difference_interval) {
    using enum difference_interval;
    using entry = named<difference_interval>;
    return std::array{entry{newcombe, "newcombe", "Newcombe"},
                      entry{miettinen_nurminen, "miettinen_nurminen", "Miettinen-Nurminen"}};
}

/// Intervals for p1 / p2.
enum class risk_ratio_interval {
    koopman,  ///< score interval (Koopman 1984)
    katz  ///< exp(ln ratio -+ z sqrt(1/k1 - 1/n1 + 1/k2 - 1/n2)) (Katz and others 1978); needs k1, k2 > 0, not both n
};
[[nodiscard]] constexpr auto enumerators(risk_ratio_interval) {
    using enum risk_ratio_interval;
    using entry = named<risk_ratio_interval>;
    return std::array{entry{koopman, "koopman", "Koopman"}, entry{katz, "katz", "Katz"}};
}

/// Intervals for the odds ratio k1 m2 / (m1 k2).
enum class odds_ratio_interval {
    cornfield,  ///< score interval, without continuity correction (Cornfield 1956)
    woolf,      ///< exp(ln ratio -+ z sqrt(1/k1 + 1/m1 + 1/k2 + 1/m2)) (Woolf 1955); needs four counts above 0
    gart  ///< woolf, value too, after adding 1/2 to each count, zero or not (Haldane 1956, Anscombe 1956, Gart 1966)
};
[[nodiscard]] constexpr auto enumerators(odds_ratio_interval) {
    using enum odds_ratio_interval;
    using entry = named<odds_ratio_interval>;
    return std::array{entry{cornfield, "cornfield", "Cornfield"}, entry{woolf, "woolf", "Woolf"},
                      entry{gart, "gart", "Gart"}};
}

struct difference_options {
    difference_interval interval = difference_interval::newcombe;
    double level = 0.95;
};
struct risk_ratio_options {
    risk_ratio_interval interval = risk_ratio_interval::koopman;
    double level = 0.95;
};
struct odds_ratio_options {
    odds_ratio_interval interval = odds_ratio_interval::cornfield;
    double level = 0.95;
};

/// The score intervals hold the parameters that the score test does not reject. Each is parametrised by the Lagrange
/// multiplier of the constrained likelihood, in which the fitted shares are explicit and the test statistic increases
/// from 0: one root gives the lower end. The upper end is the lower one with the samples exchanged.
namespace detail {

/// Successes k and failures m of both samples, n = k + m, and z^2 of the level.
struct compared_counts {
    double k1, m1, n1, k2, m2, n2, z2;
    static constexpr double largest = 1e15;  // counts of a kind are told apart from those of one more

    compared_counts(share_count first, share_count second, double level, std::string_view function)
        : k1(first.successes),
          m1(first.n - k1),
          n1(first.n),
          k2(second.successes),
          m2(second.n - k2),
          n2(second.n),
          z2(squared_quantile(level, function)) {
        for (const share_count& c : {first, second}) {
            require(c.n == 0 || (c.n >= 1 / largest && c.n <= largest), function, "n of 0, or from 1e-15 to 1e15", c.n);
            require(c.successes >= 0 && c.successes <= c.n, function, "0 <= successes <= n", c.successes);
            require(c.successes == 0 || c.successes >= 1 / largest, function, "successes of 0, or from 1e-15 on",
                    c.successes);
        }
    }
    [[nodiscard]] static double squared_quantile(double level, std::string_view function) {
        require_level(level, function);
        return std::pow(upper_normal_quantile((1 - level) / 2), 2);
    }
    [[nodiscard]] bool empty() const { return n1 == 0 || n2 == 0; }
    [[nodiscard]] compared_counts exchanged() const {
        compared_counts other = *this;
        std::swap(other.k1, other.k2);
        std::swap(other.m1, other.m2);
        std::swap(other.n1, other.n2);
        return other;
    }
};

/// The root in (0, end) of a function that falls through zero and has these values at 0 and `end`.
template <class Function>
[[nodiscard]] double falling_root(const Function& f, double end, double at_0, double at_end) {
    std::uintmax_t steps = 200;
    const boost::math::tools::eps_tolerance<double> close(std::numeric_limits<double>::digits);
    const auto [below, above] =
        boost::math::tools::toms748_solve(f, 0.0, end, at_0, at_end, close, steps, math_policy{});
    return std::midpoint(below, above);
}

/// p and q = 1 - p with k / p - m / q = t, for t > 0.
struct tilted_share {
    double p, q;

    tilted_share(double k, double m, double t) {
        const double n = k + m, root = std::sqrt((n - t) * (n - t) + 4 * t * m);
        p = 2 * k / (n + t + root);
        q = t < n ? 2 * m / (n - t + root) : (t - n + root) / (2 * t);
    }
};

/// k1/p1 - m1/q1 = t = m2/q2 - k2/p2; statistic t^2 (p1 q1 / n1 + p2 q2 / n2).
[[nodiscard]] inline double miettinen_nurminen_lower(const compared_counts& c) {
    if (c.k1 == 0 && c.m2 == 0) return -1;
    const double critical = c.z2 * (c.n1 + c.n2) / (c.n1 + c.n2 - 1);
    const auto excess = [&](double t) {
        const tilted_share first(c.k1, c.m1, t), second(c.m2, c.k2, t);
        return t * t * (first.p * first.q / c.n1 + second.p * second.q / c.n2) - critical;
    };
    const double guess = 2 * std::sqrt(critical * c.n1 * (c.n2 / (c.n1 + c.n2)));
    std::uintmax_t steps = 200;
    const boost::math::tools::eps_tolerance<double> close(std::numeric_limits<double>::digits);
    const auto [below, above] =
        boost::math::tools::bracket_and_solve_root(excess, guess, 2.0, true, close, steps, math_policy{});
    const double t = std::midpoint(below, above);
    return std::max(-1.0, tilted_share(c.k1, c.m1, t).p - tilted_share(c.m2, c.k2, t).q);
}

/// p1 = (k1 - t) / (n1 - t), p2 = (k2 + t) / (n2 + t); statistic t^2 (m1 / (n1 (k1 - t)) + m2 / (n2 (k2 + t))).
[[nodiscard]] inline double koopman_lower(const compared_counts& c) {
    if (c.k1 == 0) return 0;
    if (c.m1 == 0) {  // p1 is 1 up to t = n1; there it leaves 1 if the second sample has not used up z^2
        const double used = c.n1 * c.n1 * c.m2 / (c.n2 * (c.k2 + c.n1));
        const double scaled = c.z2 * c.n2;
        const double t = used < c.z2 ? c.n1 : (scaled + std::sqrt(scaled * (scaled + 4 * c.m2 * c.k2))) / (2 * c.m2);
        return c.n1 / (c.n1 + std::max(c.z2 - used, 0.0)) * ((c.n2 + t) / (c.k2 + t));
    }
    const auto excess = [&](double rest) {  // times rest = k1 - t
        const double t = c.k1 - rest;
        return t * t * (c.m1 / c.n1 + rest / (c.k2 + t) * (c.m2 / c.n2)) - c.z2 * rest;
    };
    const double rest = falling_root(excess, c.k1, c.k1 * c.k1 * (c.m1 / c.n1), -c.z2 * c.k1), t = c.k1 - rest;
    return rest / (rest + c.m1) * ((c.n2 + t) / (c.k2 + t));
}

/// Expected counts k1 - t, m1 + t, k2 + t, m2 - t; statistic t^2 (sum of their inverses).
[[nodiscard]] inline double cornfield_lower(const compared_counts& c) {
    const double end = std::min(c.k1, c.m2), gap = std::fabs(c.k1 - c.m2);
    if (end == 0) return 0;
    const auto excess = [&](double rest) {  // times rest = end - t, the smaller of the two falling counts
        const double t = end - rest, other = gap == 0 ? 1 : rest / (rest + gap);
        return t * t * (1 + other + rest / (c.m1 + t) + rest / (c.k2 + t)) - c.z2 * rest;
    };
    const double rest = falling_root(excess, end, end * end * (gap == 0 ? 2 : 1), -c.z2 * end), t = end - rest;
    return rest / (c.m1 + t) * ((rest + gap) / (c.k2 + t));
}

[[nodiscard]] inline estimate compared(const compared_counts& c, double level, std::string_view method) {
    estimate result;
    result.level = level;
    result.method = method;
    state_sample_size(result, c.n1 + c.n2);
    result.status = c.empty() ? estimate_status::no_data : estimate_status::degenerate;
    return result;
}

/// Fills in a value and value exp(-+ z standard error), unless counts near 0 take them out of the range of a double.
[[nodiscard]] inline estimate log_wald(estimate result, double value, double variance, double z2) {
    const double factor = std::exp(std::sqrt(z2 * variance));
    if (!(value / factor > 0) || !std::isfinite(value * factor)) return result;
    result.value = value;
    result.bounds = {value / factor, value * factor};
    result.status = estimate_status::ok;
    return result;
}

/// Ends that are found by search hold the value: at levels near 0 rounding may put them beyond it.
inline void hold_value(estimate& result, const compared_counts& c) {
    const double value = *result.value;
    result.bounds =
        c.z2 == 0 ? interval{value, value} : interval{std::min(result.lower(), value), std::max(result.upper(), value)};
}

/// Fills in a ratio numerator / denominator with its score interval. Over 0 there is no value, but still a lower end.
[[nodiscard]] inline estimate score_ratio(estimate result, const compared_counts& c, double numerator,
                                          double denominator, double (*lower)(const compared_counts&)) {
    if (numerator == 0 && denominator == 0) return result;
    const double end = lower(c);
    if (!std::isfinite(end)) return result;
    result.bounds = {end, std::numeric_limits<double>::infinity()};
    const double value = numerator / denominator, other_end = 1 / lower(c.exchanged());
    if (denominator == 0 || !std::isfinite(value) || !std::isfinite(other_end)) return result;
    result.bounds->upper = other_end;
    result.value = value;
    hold_value(result, c);
    result.status = estimate_status::ok;
    return result;
}

}  // namespace detail

/// p1 - p2.
///
/// too_few: miettinen_nurminen with n1 + n2 <= 1. Cost: newcombe 30 ns, miettinen_nurminen a microsecond.
[[nodiscard]] inline estimate share_difference(share_count first, share_count second, difference_options options = {}) {
    const detail::compared_counts c(first, second, options.level, "share_difference");
    estimate result = detail::compared(c, options.level, name_of(options.interval));
    if (c.empty()) return result;
    const double p1 = c.k1 / c.n1, p2 = c.k2 / c.n2;
    if (options.interval == difference_interval::newcombe) {
        const auto [l1, u1] = detail::wilson_ends(c.k1, c.m1, c.z2 / 2);
        const auto [l2, u2] = detail::wilson_ends(c.k2, c.m2, c.z2 / 2);
        result.bounds = {std::max(-1.0, p1 - p2 - std::hypot(p1 - l1, u2 - p2)),
                         std::min(1.0, p1 - p2 + std::hypot(u1 - p1, p2 - l2))};
    } else if (c.n1 + c.n2 <= 1) {
        result.status = estimate_status::too_few;
        return result;
    } else {
        result.bounds = {detail::miettinen_nurminen_lower(c), -detail::miettinen_nurminen_lower(c.exchanged())};
    }
    result.value = p1 - p2;
    detail::hold_value(result, c);
    result.status = estimate_status::ok;
    return result;
}

/// p1 / p2, the risk ratio.
///
/// degenerate: koopman where k2 = 0: no value, but the interval [lower, infinity), which the data really leave
/// unbounded; nothing at all where k1 = 0 too. katz where k1 or k2 is 0, or both shares are 1. few_clusters: katz
/// where k1 or k2 is below 5, which covers from .88 on (docs/coverage.md).
[[nodiscard]] inline estimate risk_ratio(share_count first, share_count second, risk_ratio_options options = {}) {
    const detail::compared_counts c(first, second, options.level, "risk_ratio");
    estimate result = detail::compared(c, options.level, name_of(options.interval));
    if (c.empty()) return result;
    if (options.interval == risk_ratio_interval::koopman)
        return detail::score_ratio(result, c, c.k1 / c.n1, c.k2 / c.n2, detail::koopman_lower);
    if (c.k1 == 0 || c.k2 == 0 || (c.m1 == 0 && c.m2 == 0)) return result;
    result = detail::log_wald(result, c.k1 / c.n1 / (c.k2 / c.n2), c.m1 / c.k1 / c.n1 + c.m2 / c.k2 / c.n2, c.z2);
    if (result && std::min(c.k1, c.k2) < 5) result.status = estimate_status::few_clusters;
    return result;
}

/// k1 m2 / (m1 k2), the odds ratio.
///
/// degenerate: cornfield where m1 or k2 is 0: no value, but the interval [lower, infinity); nothing at all where both
/// shares are 0 or both 1. woolf where any of the four counts is 0. gart is always defined.
[[nodiscard]] inline estimate odds_ratio(share_count first, share_count second, odds_ratio_options options = {}) {
    const detail::compared_counts c(first, second, options.level, "odds_ratio");
    estimate result = detail::compared(c, options.level, name_of(options.interval));
    if (c.empty()) return result;
    if (options.interval == odds_ratio_interval::cornfield)
        return detail::score_ratio(result, c, c.k1 * c.m2, c.m1 * c.k2, detail::cornfield_lower);
    const double added = options.interval == odds_ratio_interval::gart ? 0.5 : 0;
    const double k1 = c.k1 + added, m1 = c.m1 + added, k2 = c.k2 + added, m2 = c.m2 + added;
    if (std::min({k1, m1, k2, m2}) == 0) return result;
    return detail::log_wald(result, k1 / m1 * (m2 / k2), 1 / k1 + 1 / m1 + 1 / k2 + 1 / m2, c.z2);
}

}  // namespace compute_divide::inline v0_2

#endif
