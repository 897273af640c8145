// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_PROPORTION_HPP
#define COMPUTE_DIVIDE_STATISTICS_PROPORTION_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include <compute_divide/detail/beta_quantile.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>

/// A share, k successes of n, with its interval. Counts are real numbers: fractional where records were weighted.
namespace compute_divide::inline v0_2 {

/// Intervals for a binomial proportion, k of n; z is the normal quantile of the level, B(p; a, b) that of the beta
/// distribution, alpha = 1 - level.
enum class proportion_interval {
    wilson,             ///< score interval: |k/n - p| = z sqrt(p (1 - p) / n) (Wilson 1927)
    wilson_continuity,  ///< the same with |k/n - p| - 1/(2n) (Newcombe 1998, method 4); 0 at k <= 1/2, 1 at n - k <=
                        ///< 1/2
    clopper_pearson,    ///< exact: B(alpha/2; k, n - k + 1) to B(1 - alpha/2; k + 1, n - k) (Clopper, Pearson 1934)
    jeffreys,           ///< B(alpha/2; k + 1/2, n - k + 1/2) to B(1 - alpha/2; the same), at k = 0 and k = n too
    jeffreys_modified,  ///< jeffreys with lower 0 at k = 0 and upper 1 at k = n (Brown, Cai, DasGupta 2001, eq. 8)
    agresti_coull,      ///< Wald interval of (k + z^2/2) / (n + z^2), cut to [0, 1] (Agresti, Coull 1998)
    logit,              ///< logit(k/n) -+ z sqrt(n / (k (n - k))), carried back; [0, 1], its limit, at k = 0 and k = n
    likelihood,         ///< {p : 2 log L(k/n) - 2 log L(p) <= z^2}, L the binomial likelihood
    arcsine             ///< sin^2(asin sqrt(k/n) -+ z / (2 sqrt n)), the angle cut to [0, pi/2]; with fewer than 5
                        ///< successes or failures the status is few_clusters: it covers from .77 on
};
[[nodiscard]] constexpr auto enumerators(proportion_interval) {
    using enum proportion_interval;
    using entry = named<proportion_interval>;
    return std::array{entry{wilson, "wilson", "Wilson"},
                      entry{wilson_continuity, "wilson_continuity", "Wilson with continuity correction"},
                      entry{clopper_pearson, "clopper_pearson", "Clopper-Pearson (exact)"},
                      entry{jeffreys, "jeffreys", "Jeffreys"},
                      entry{jeffreys_modified, "jeffreys_modified", "Jeffreys, modified at 0 and n"},
                      entry{agresti_coull, "agresti_coull", "Agresti-Coull"},
                      entry{logit, "logit"},
                      entry{likelihood, "likelihood", "likelihood ratio"},
                      entry{arcsine, "arcsine"}};
}

/// What weighted records without a cluster field are worth. Both take them as independent of each other, which weights
/// of one over the number of a paper's institutions are not: those need the paper as cluster (shares/clustered.hpp).
enum class effective_number {
    not_stated,  ///< shares of weighted records throw
    linearised,  ///< p (1 - p) / v, v = n / (n - 1) sum (w (y - p))^2 / (sum w)^2: also where weights go with the
                 ///< answer
    kish         ///< (sum w)^2 / sum w^2 (Kish 1965, section 11.7): where weights do not
};
[[nodiscard]] constexpr auto enumerators(effective_number) {
    using enum effective_number;
    using entry = named<effective_number>;
    return std::array{entry{not_stated, "not_stated", "not stated"}, entry{linearised, "linearised"},
                      entry{kish, "kish", "Kish"}};
}

struct share_options {
    proportion_interval interval = proportion_interval::wilson;
    double level = 0.95;                                        ///< in (0, 1)
    effective_number effective = effective_number::not_stated;  ///< of weighted records; required for those alone
};

namespace detail {

/// The score interval and its neighbour in closed form; k + m = n, h = z^2 / 2. Small ends and small distances from 1
/// keep full relative accuracy: the smaller root of a quadratic comes from the larger one and their product.
[[nodiscard]] inline interval wilson_ends(double k, double m, double h) {
    const double n = k + m, p = k * (1 / n), q = m * (1 / n);  // one division: they are most of the time
    const double root = std::sqrt(h * (2 * k * q + h));
    const bool low = k < m;
    const double lower_sum = k + h + root, fewer_sum = std::min(k, m) + h + root;
    const double numerator = low ? fewer_sum : m * q, denominator = low ? n + 2 * h : fewer_sum;
    const double top = numerator / denominator;
    return {p * (k / lower_sum), low ? top : 1 - top};
}

[[nodiscard]] inline interval agresti_coull_ends(double k, double m, double h) {
    const double n = k + m, trials = n + 2 * h, root = std::sqrt(2 * h * (k + h) * ((m + h) / trials));
    const auto lower = [=](double count, double rest) {
        return (count * n + h * (3 * count - rest)) / trials * ((count + h) / trials) / (count + h + root);
    };
    return {std::max(0.0, lower(k, m)), std::min(1.0, k < m ? (k + h + root) / trials : 1 - lower(m, k))};
}

/// The score interval after moving k / n by 1 / (2n) towards either end.
[[nodiscard]] inline interval wilson_continuity_ends(double k, double m, double h) {
    const double half_k = std::min(k, 0.5), half_m = std::min(m, 0.5);
    return {wilson_ends(k - half_k, m + half_k, h).lower, wilson_ends(k + half_m, m - half_m, h).upper};
}

[[nodiscard]] inline interval logit_ends(double k, double m, double z) {
    if (k == 0 || m == 0) return {0, 1};
    const double odds = k / m, half = z * std::sqrt(1 / k + 1 / m);
    const double at = odds > 0 ? std::log(odds) : std::log(k) - std::log(m);  // where the quotient is below any double
    const auto back = [](double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); };
    return {back(at - half), back(at + half)};
}

/// An interval by its ends, end(k, m, -1) and end(k, m, 1), so that each keeps the digits of the smaller of itself and
/// its distance from 1, which is an end for the failures.
template <class End>
[[nodiscard]] interval mirrored_ends(double k, double m, const End& end) {
    const auto from_nearer = [&](int side) {
        const double direct = end(k, m, side);
        return direct <= 0.5 ? direct : 1 - end(m, k, -side);
    };
    return {from_nearer(-1), from_nearer(1)};
}

[[nodiscard]] inline interval arcsine_ends(double k, double m, double z) {
    return mirrored_ends(k, m, [z](double hits, double rest, int side) {
        const double at = std::atan2(std::sqrt(hits), std::sqrt(rest)), half = z / (2 * std::sqrt(hits + rest));
        return std::pow(std::sin(std::clamp(at + side * half, 0.0, std::asin(1.0))), 2);
    });
}

/// {x : 2 (k log(k / (n x)) + m log(m / (n (1 - x)))) <= limit}, by bisection to the last bit.
[[nodiscard]] inline interval likelihood_ends(double k, double m, double limit) {
    return mirrored_ends(k, m, [limit](double hits, double rest, int side) {
        const double n = hits + rest, p = hits / n, q = rest / n;
        if (hits == 0) return side < 0 ? 0 : -std::expm1(-limit / (2 * n));
        if (rest == 0) return side < 0 ? std::exp(-limit / (2 * n)) : 1;
        const auto beyond = [&](double x) {
            const double step = x - p;
            // log(x / p) and log((1 - x) / q); of the rarest of events these quotients are no doubles.
            constexpr double least = 1e-290;
            const double first = p < least   ? std::log(x) - std::log(hits) + std::log(n)
                                 : x < p / 2 ? std::log(x / p)
                                             : std::log1p(step / p);
            const double second = q < least      ? std::log(1 - x) - std::log(rest) + std::log(n)
                                  : step > q / 2 ? std::log((1 - x) / q)
                                                 : std::log1p(-step / q);
            return -2 * (hits * first + rest * second) > limit;
        };
        double inside = p, outside = side < 0 ? 0 : 1;
        for (int cut = 0; cut < 2200; ++cut) {  // no two doubles are further apart
            const double middle = outside == 0 ? inside / 16 : inside + (outside - inside) / 2;
            if (middle == inside || middle == outside) break;
            (beyond(middle) ? outside : inside) = middle;
        }
        return inside;
    });
}

/// An interval of k of n, by `ends(k, m)`. Beyond 1e80 records it is its value where there are many of both kinds, and
/// a Poisson limit of the rarer.
template <class Ends>
[[nodiscard]] interval ends_of_any_number(double k, double n, const Ends& ends) {
    constexpr double many = 1e80, half_as_many_digits = 1e40;
    const double m = n - k;
    if (n <= many) return ends(k, m);
    if (std::min(k, m) > half_as_many_digits) return {k / n, k / n};
    if (m < k) return {1, 1};
    const interval found = ends(k, many);
    return {found.lower * (many / n), found.upper * (many / n)};
}

/// An interval made to hold the share itself where rounding, or another number of records, leaves it out; but for
/// Jeffreys' interval.
[[nodiscard]] inline interval around_share(proportion_interval method, const interval& found, double value) {
    if (method == proportion_interval::jeffreys)
        return {std::min(found.lower, found.upper), std::max(found.lower, found.upper)};
    return {std::clamp(found.lower, 0.0, value), std::clamp(found.upper, value, 1.0)};
}

}  // namespace detail

/// An interval for proportions, set up once for a method and a level, applied to many counts; const and thread-safe.
///
/// Within [0, 1] always, and around k / n: but for Jeffreys' interval, which as published leaves 0 and 1 out, and other
/// shares at the lowest levels. Exact to some units of the last place for n to 1e12 and levels to 1 - 1e-9 (checked to
/// 1e-13 against 40-digit arithmetic, tests/reference/proportion.py). About 10 ns, for the beta quantiles 0.5
/// microseconds. Throws std::invalid_argument for a level outside (0, 1).
class share_interval {
public:
    explicit share_interval(share_options options = {}) : options_(checked(options)) {}

    /// The interval for k successes of n. Throws std::invalid_argument unless 0 <= successes <= n and 0 < n < infinity.
    [[nodiscard]] interval operator()(double successes, double n) const {
        detail::require(n >= std::numeric_limits<double>::min() && n <= std::numeric_limits<double>::max(),
                        "share_interval", "finite n > 0", n);
        detail::require(successes >= 0 && successes <= n, "share_interval", "0 <= successes <= n", successes);
        return detail::around_share(
            options_.interval,
            detail::ends_of_any_number(successes, n, [this](double k, double m) { return ends(k, m); }), successes / n);
    }

    [[nodiscard]] const share_options& options() const { return options_; }

private:
    [[nodiscard]] static share_options checked(share_options options) {
        detail::require_level(options.level, "share_interval");
        return options;
    }
    [[nodiscard]] double tail() const { return (1 - options_.level) / 2; }

    [[nodiscard]] interval ends(double k, double m) const {
        using enum proportion_interval;
        if (half_z2_ == 0) return {k / (k + m), k / (k + m)};
        // From here on all are the score interval to the last digit.
        constexpr double alike = 1e16;
        switch (std::min(k, m) > alike ? wilson : options_.interval) {
            case wilson:
                return detail::wilson_ends(k, m, half_z2_);
            case wilson_continuity:
                return detail::wilson_continuity_ends(k, m, half_z2_);
            case clopper_pearson:
                return {k == 0 ? 0 : beta_(k, m + 1).x, m == 0 ? 1 : beta_(m, k + 1).y};
            case jeffreys:
                return {beta_(k + 0.5, m + 0.5).x, beta_(m + 0.5, k + 0.5).y};
            case jeffreys_modified:
                return {k == 0 ? 0 : beta_(k + 0.5, m + 0.5).x, m == 0 ? 1 : beta_(m + 0.5, k + 0.5).y};
            case agresti_coull:
                return detail::agresti_coull_ends(k, m, half_z2_);
            case logit:
                return detail::logit_ends(k, m, std::sqrt(2 * half_z2_));
            case likelihood:
                return detail::likelihood_ends(k, m, 2 * half_z2_);
            case arcsine:
                break;
        }
        return detail::arcsine_ends(k, m, std::sqrt(2 * half_z2_));
    }

    share_options options_;
    double half_z2_ = 0.5 * std::pow(detail::upper_normal_quantile(tail()), 2);
    detail::beta_quantile beta_{tail()};
};

/// The share of `successes` among `n`, value k / n, with its interval.
///
/// Not enough data: n = 0 gives the status no_data. Throws std::invalid_argument unless 0 <= successes <= n < infinity.
/// The second form takes the interval ready-made, for many shares.
[[nodiscard]] inline estimate share(double successes, double n, const share_interval& interval) {
    estimate result;
    result.level = interval.options().level;
    result.method = name_of(interval.options().interval);
    if (successes == 0 && n == 0) return result;
    result.bounds = interval(successes, n);
    result.value = successes / n;
    detail::state_sample_size(result, n);
    const bool few =
        interval.options().interval == proportion_interval::arcsine && std::min(successes, n - successes) < 5;
    result.status = few ? estimate_status::few_clusters : estimate_status::ok;
    return result;
}
[[nodiscard]] inline estimate share(double successes, double n, share_options options = {}) {
    return share(successes, n, share_interval(options));
}

}  // namespace compute_divide::inline v0_2

#endif
