// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_MANN_KENDALL_HPP
#define COMPUTE_DIVIDE_TRENDS_MANN_KENDALL_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/inversions.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/paired_sample.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/test_result.hpp>
#include <compute_divide/trends/detail/method_names.hpp>
#include <compute_divide/trends/theil_sen.hpp>

/// Does y rise or fall with time at all? The Mann-Kendall test.
namespace compute_divide::inline v0_2 {

/// How the variance of S is found.
enum class mann_kendall_variance {
    independent,  ///< records are independent of each other; ties allowed for
    /// That, times a factor for autocorrelated series of at least 1: Hamed and Rao's (1998), of short positive lags
    /// only, those before the first autocorrelation that is not above 0.
    hamed_rao,
    /// Their factor as published, of all significant lags and both signs. Chance correlations make it too small:
    /// it rejects .08 of white noise at .05 (docs/coverage.md).
    hamed_rao_original,
    /// Times the factor, at least 1, of a series whose r_k are those of a first-order autoregression, r_1^k, r_1
    /// corrected for its bias as (n r_1 + 2) / (n - 4) (Hamed, 2009): the nearest to nominal where that is its kind.
    first_order
};
[[nodiscard]] constexpr auto enumerators(mann_kendall_variance) {
    using enum mann_kendall_variance;
    return std::array{named<mann_kendall_variance>{independent, "independent"},
                      named<mann_kendall_variance>{hamed_rao, "hamed_rao"},
                      named<mann_kendall_variance>{hamed_rao_original, "hamed_rao_original"},
                      named<mann_kendall_variance>{first_order, "first_order"}};
}

struct mann_kendall_options {
    mann_kendall_variance variance = mann_kendall_variance::independent;
    double lag_level = 0.95;  ///< hamed_rao_original: autocorrelations within such a band around 0 count as 0
    std::optional<std::size_t> max_lag = {};  ///< lags used; where not given sqrt(n) of hamed_rao, else all n - 1
};

/// The test and what it is made of.
struct mann_kendall_result {
    test_result test = {};      ///< statistic: z, positive where y rises
    double s = 0;               ///< pairs that rise less pairs that fall
    double tau = 0;             ///< s / (n (n - 1) / 2)
    double variance = 0;        ///< of s
    double variance_ratio = 1;  ///< the factor for autocorrelation, n / n*, that is in the variance

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(test); }
    friend bool operator==(const mann_kendall_result&, const mann_kendall_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<mann_kendall_result>) {
    return member_list(member{"test", &mann_kendall_result::test}, member{"s", &mann_kendall_result::s},
                       member{"tau", &mann_kendall_result::tau}, member{"variance", &mann_kendall_result::variance},
                       member{"variance_ratio", &mann_kendall_result::variance_ratio});
}

namespace detail {

/// Independent records that an autocorrelated series must be worth for its corrected variance to be known well enough.
inline constexpr double enough_of_series = 30;

/// Kendall's S of points in order of (x, y): pairs less ties less twice the inversions (Knight 1966). `ys` are theirs,
/// which are sorted on the way.
[[nodiscard]] inline double kendall_s(const std::vector<point>& points, std::vector<double>& ys) {
    const auto pairs = [](double k) { return k * (k - 1) / 2; };
    double s = pairs(static_cast<double>(points.size()));
    for_each_tie(points, &point::x, [&](double k) { s -= pairs(k); });
    for_each_tie(points, std::identity(), [&](double k) { s += pairs(k); });
    std::vector<double> scratch;
    const auto inversions = static_cast<double>(sort_counting_inversions(ys, scratch, std::less<>()));
    for_each_tie(ys, std::identity(), [&](double k) { s -= pairs(k); });
    return s - 2 * inversions;
}
[[nodiscard]] inline double kendall_s(const std::vector<point>& points) {
    auto ys = each_of(points, &point::y);
    return kendall_s(points, ys);
}

/// Variance of S under independence, with ties in both variables (Kendall 1970, equation 5.1).
template <class Ys>
[[nodiscard]] double kendall_variance(const std::vector<point>& points, const Ys& sorted_ys) {
    const auto n = static_cast<double>(points.size());
    std::array<double, 2> pairs{}, triples{};
    for_each_tie(points, &point::x, [&](double k) {
        pairs[0] += k * (k - 1);
        triples[0] += k * (k - 1) * (k - 2);
    });
    for_each_tie(sorted_ys, std::identity(), [&](double k) {
        pairs[1] += k * (k - 1);
        triples[1] += k * (k - 1) * (k - 2);
    });
    return (n * (n - 1) * (2 * n + 5) - tie_variance(points, &point::x) - tie_variance(sorted_ys, std::identity())) /
               18 +
           triples[0] * triples[1] / (9 * n * (n - 1) * (n - 2)) + pairs[0] * pairs[1] / (2 * n * (n - 1));
}

/// Ranks from 1; equal values share the mean of theirs.
[[nodiscard]] inline std::vector<double> mean_ranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    detail::sort_by(order, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first;
        while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
        for (std::size_t i = first; i < last; ++i) ranks[order[i]] = static_cast<double>(first + last + 1) / 2;
        first = last;
    }
    return ranks;
}

/// Sums of products of ranks that are `lag` apart, less their mean.
[[nodiscard]] inline double rank_covariance(const std::vector<double>& ranks, std::size_t lag) {
    const double mean = (static_cast<double>(ranks.size()) + 1) / 2;
    double sum = 0;
    for (std::size_t i = lag; i < ranks.size(); ++i) sum += (ranks[i] - mean) * (ranks[i - lag] - mean);
    return sum;
}

/// 1 + 2 / (n (n-1) (n-2)) sum over lags k of (n-k) (n-k-1) (n-k-2) r_k. `correlation(k)` is what counts as r_k;
/// nothing: no more lags.
template <class Correlation>
[[nodiscard]] double autocorrelation_factor(double n, std::size_t max_lag, Correlation correlation) {
    double sum = 0;
    for (std::size_t lag = 1; lag <= max_lag; ++lag) {
        const std::optional<double> r = correlation(lag);
        if (!r) break;
        const double m = n - static_cast<double>(lag);
        if (*r != 0) sum += m * (m - 1) * (m - 2) * *r;
    }
    return 1 + 2 * sum / (n * (n - 1) * (n - 2));
}

/// The factor of `options.variance`, from the autocorrelations r_k of `ranks`.
[[nodiscard]] inline double variance_ratio_of(const std::vector<double>& ranks, const mann_kendall_options& options) {
    using enum mann_kendall_variance;
    const auto n = static_cast<double>(ranks.size());
    const std::size_t all_lags = ranks.size() - 1;
    const auto short_lags = static_cast<std::size_t>(std::sqrt(n));
    const std::size_t max_lag =
        std::min(options.max_lag.value_or(options.variance == hamed_rao ? short_lags : all_lags), all_lags);
    const double variance = rank_covariance(ranks, 0);
    if (!(variance > 0) || options.variance == independent) return 1;
    const auto r = [&](std::size_t lag) { return rank_covariance(ranks, lag) / variance; };
    if (options.variance == hamed_rao_original) {
        const double band = upper_normal_quantile((1 - options.lag_level) / 2) / std::sqrt(n);
        return autocorrelation_factor(n, max_lag, [&](std::size_t lag) {
            const double found = r(lag);
            return std::optional(std::fabs(found) > band ? found : 0.0);
        });
    }
    if (options.variance == hamed_rao)
        return autocorrelation_factor(n, max_lag, [&](std::size_t lag) {
            const double found = r(lag);
            return found > 0 ? std::optional(found) : std::nullopt;
        });
    const double first = n > 4 ? std::clamp((n * r(1) + 2) / (n - 4), 0.0, 0.99) : 0;
    double power = 1;
    return autocorrelation_factor(n, max_lag, [&](std::size_t) { return std::optional(power *= first); });
}

}  // namespace detail

/// The Mann-Kendall test of no monotone trend of y along x:
///
///   S = sum over pairs with x_i < x_j of sign(y_j - y_i),   z = (S - sign S) / sqrt(Var S), 0 where S is 0.
///
/// Ties in y, and in x (records of one date), are allowed for in Var S. The variances for autocorrelated series
/// multiply it by n / n*, from the autocorrelations r_k of the ranks of y less its Theil-Sen trend, records in order of
/// (x, y), one step each: meant for series of equal steps. By simulation at .05, of white noise and first-order series
/// of .3 and .6: 30 records hamed_rao .04, .09, .16 and first_order .03, .06, .10 (independent .05, .15, .32); 120
/// records hamed_rao .04, .05, .07, first_order .04, .05, .05. block_mann_kendall.hpp asks for no model of the
/// dependence. Not enough data: no_data, too_few below 3 records, degenerate where all x or all y are equal, or where
/// hamed_rao_original's variance is not positive (S, tau and variance are there then). few_clusters: the test is there,
/// but not known to keep its level (docs/coverage.md): a series worth fewer than 30 independent records, n / variance
/// ratio, by hamed_rao and first_order; any by hamed_rao_original.
/// Throws std::invalid_argument for an infinite x or y, or a lag_level outside (0, 1).
/// O(n log n); with a factor O(n max_lag). Source: Mann (1945), Kendall (1970), Hamed and Rao (1998). Checked against
/// an independent implementation (tests/reference/mann_kendall.py) and scipy.stats.kendalltau.
template <std::ranges::input_range Records, axis_field_of<Records> X, quantity_field_of<Records> Y>
[[nodiscard]] mann_kendall_result mann_kendall(Records&& records, X x, Y y, const mann_kendall_options& options = {}) {
    detail::require_level(options.lag_level, "mann_kendall");
    const detail::paired_sample sample("mann_kendall", records, x, y);
    const auto& points = sample.points;
    const auto n = static_cast<double>(points.size());

    mann_kendall_result result;
    auto& test = result.test;
    test.method = options.variance == mann_kendall_variance::independent
                      ? "mann_kendall"
                      : detail::prefixed_name<"mann_kendall, ">(options.variance);
    test.n = points.size();
    test.n_missing = sample.n_missing;
    if (points.empty()) return result;
    test.status = estimate_status::too_few;
    if (points.size() < 3) return result;
    test.status = estimate_status::degenerate;
    auto ys = detail::each_of(points, &detail::point::y);
    if (points.front().x == points.back().x || std::ranges::min(ys) == std::ranges::max(ys)) return result;

    result.s = detail::kendall_s(points, ys);
    result.tau = result.s / (n * (n - 1) / 2);
    if (options.variance != mann_kendall_variance::independent) {
        const auto trend = theil_sen(points, &detail::point::x, &detail::point::y);
        if (!trend) return result;
        const auto residuals =
            detail::each_of(points, [slope = *trend.slope.value](const detail::point& p) { return p.y - slope * p.x; });
        result.variance_ratio = detail::variance_ratio_of(detail::mean_ranks(residuals), options);
    }
    result.variance = detail::kendall_variance(points, ys) * result.variance_ratio;
    if (!(result.variance > 0)) return result;
    const double towards_zero = result.s > 0 ? -1 : result.s < 0 ? 1 : 0;
    test.statistic = (result.s + towards_zero) / std::sqrt(result.variance);
    test.p_value = detail::two_sided_normal_p(*test.statistic);
    const bool corrected = options.variance != mann_kendall_variance::independent;
    const bool few = options.variance == mann_kendall_variance::hamed_rao_original ||
                     (corrected && n < detail::enough_of_series * result.variance_ratio);
    test.status = few ? estimate_status::few_clusters : estimate_status::ok;
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
