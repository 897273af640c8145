// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_EVENT_RATE_HPP
#define COMPUTE_DIVIDE_STATISTICS_EVENT_RATE_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/saddle_point.hpp>
#include <compute_divide/estimate.hpp>

/// How often something happens per unit of time at risk: events over exposure, with the exact interval of a Poisson
/// count.
namespace compute_divide::inline v0_2 {

namespace detail {

/// ln of the probability that a Poisson variable of this mean is `count` >= 1 (Loader 2000: no cancellation).
[[nodiscard]] inline double log_poisson(double count, double mean) {
    return count * log_less(mean / count, (mean - count) / count) - 0.5 * std::log(2 * std::numbers::pi * count) -
           stirling_error(count);
}

/// The integral over s > 0 of exp(-slope s - mean (e^(sign s) - 1 - sign s)).
[[nodiscard]] inline double poisson_tail_integral(double slope, double mean, double sign) {
    return tail_integral([=](double s) { return std::exp(-slope * s - mean * (std::expm1(sign * s) - sign * s)); },
                         slope, mean);
}

/// From here on the integral takes fewer terms than the series.
inline constexpr double many_events = 1500;

/// P(X >= count) / P(X = count) of a Poisson variable of a mean below `count`.
[[nodiscard]] inline double poisson_upper_ratio(double count, double mean) {
    if (count > many_events) return count * poisson_tail_integral(count - mean, mean, -1);
    double sum = 1, term = 1;
    for (double j = 1; term > sum * 1e-17; ++j) sum += term *= mean / (count + j);
    return sum;
}
/// P(X <= count) / P(X = count) of a Poisson variable of a mean above `count`.
[[nodiscard]] inline double poisson_lower_ratio(double count, double mean) {
    if (count > many_events) return mean * poisson_tail_integral(mean - count - 1, mean, 1);
    double sum = 1, term = 1;
    for (double j = 0; j < count && term > sum * 1e-17; ++j) sum += term *= (count - j) / mean;
    return sum;
}

/// The means at which a Poisson count this large or larger, or this small or smaller, has a probability of `tail`. ln P
/// is concave in ln mean, so that Newton's steps converge from anywhere.
[[nodiscard]] inline interval poisson_limits(double count, double tail) {
    if (count == 0) return {0, -std::log(tail)};
    const double log_tail = std::log(tail), z = upper_normal_quantile(tail);
    const auto guess = [](double k, double shift) {  // Wilson, Hilferty (1931)
        const double root = 1 - 1 / (9 * k) + shift / (3 * std::sqrt(k));
        return k * root * root * root;
    };
    interval limits{std::clamp(guess(count, -z), count * 1e-3, count), std::max(count, guess(count + 1, z))};
    const auto solve = [](double& mean, const auto& step) {
        for (int i = 0; i < 100; ++i) {
            const double by = step(mean);
            mean *= std::exp(by);
            if (!(std::fabs(by) > 4 * std::numeric_limits<double>::epsilon())) break;
        }
    };
    if (count == 1)
        limits.lower = -std::log1p(-tail);
    else
        solve(limits.lower, [=](double mean) {
            const double ratio = poisson_upper_ratio(count, mean);
            return (log_tail - log_poisson(count, mean) - std::log(ratio)) * ratio / count;
        });
    solve(limits.upper, [=](double mean) {
        const double ratio = poisson_lower_ratio(count, mean);
        return (log_poisson(count, mean) + std::log(ratio) - log_tail) * ratio / mean;
    });
    return limits;
}

}  // namespace detail

struct event_rate_options {
    double level = 0.95;  ///< in (0, 1)
};

/// Events per unit of exposure (years at risk, hours), with Garwood's exact interval: the rates at which so many events
/// or more, and so many or fewer, have a probability of (1 - level) / 2 each,
///
///   lower = chi2(alpha / 2; 2 k) / (2 T),  upper = chi2(1 - alpha / 2; 2 k + 2) / (2 T);  lower is 0 where k is 0
///
/// It assumes that events are independent and that their number is a Poisson variable; then it covers at no less than
/// its level, at any number of events. Where each unit can have one event at most (the number is binomial) it is
/// wider than it need be. Events that come together (a firm that hires a laboratory) make it too narrow: see
/// statistics/clustered_share.hpp. `n` is the number of events; status no_data where nothing was exposed. Exact to
/// 1e-13 for up to 1e12 events; some microseconds.
///
/// Throws std::invalid_argument for an exposure that is negative or not finite, events without exposure, more than 2^53
/// events, or a level outside (0, 1).
///
/// Source: Garwood (1936), Biometrika 28:437. Checked against sums of exact probabilities in Python
/// (tests/reference/event_rate.py).
[[nodiscard]] inline estimate event_rate(std::uint64_t events, double exposure,
                                         const event_rate_options& options = {}) {
    detail::require_level(options.level, "event_rate");
    detail::require(exposure >= 0 && exposure <= std::numeric_limits<double>::max(), "event_rate",
                    "finite exposure >= 0", exposure);
    detail::require(events == 0 || exposure > 0, "event_rate", "exposure > 0 where there are events", exposure);
    detail::require(events <= std::uint64_t{1} << 53U, "event_rate", "at most 2^53 events", events);
    estimate rate{.level = options.level, .method = "garwood", .n = events};
    if (exposure == 0) return rate;
    const auto count = static_cast<double>(events);
    const interval limits = detail::poisson_limits(count, (1 - options.level) / 2);
    rate.value = count / exposure;
    rate.bounds = {limits.lower / exposure, limits.upper / exposure};
    rate.status = estimate_status::ok;
    return rate;
}

}  // namespace compute_divide::inline v0_2

#endif
