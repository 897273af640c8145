// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_PERMUTATION_TEST_HPP
#define COMPUTE_DIVIDE_STATISTICS_PERMUTATION_TEST_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/detail/mean_and_variance.hpp>
#include <compute_divide/statistics/detail/permutations.hpp>
#include <compute_divide/statistics/detail/two_sample_comparison.hpp>
#include <compute_divide/statistics/two_samples.hpp>

/// A comparison of two samples by what happens where their labels are exchanged.
namespace compute_divide::inline v0_2 {

/// Which permutations a permutation test looks at.
enum class permutation_method {
    automatic,   ///< exact where there are at most `permutation_options::replicates`, else monte_carlo
    exact,       ///< every one
    monte_carlo  ///< `replicates` of them, at random
};
[[nodiscard]] constexpr auto enumerators(permutation_method) {
    using enum permutation_method;
    using entry = named<permutation_method>;
    return std::array{entry{automatic, "automatic"}, entry{exact, "exact"}, entry{monte_carlo, "monte_carlo"}};
}

/// What is computed of each permutation.
enum class permutation_statistic {
    studentised,  ///< Welch's t, its variance computed anew: right for equal means whatever the spreads, to first order
    difference    ///< the difference of means: right where the two samples have the same distribution but for a shift
};
[[nodiscard]] constexpr auto enumerators(permutation_statistic) {
    using enum permutation_statistic;
    using entry = named<permutation_statistic>;
    return std::array{entry{studentised, "studentised"}, entry{difference, "difference"}};
}

struct permutation_options {
    comparison_scale scale = comparison_scale::difference;
    double level = 0.95;
    permutation_statistic statistic = permutation_statistic::studentised;
    permutation_method method = permutation_method::automatic;
    std::size_t replicates = 9'999;
    std::uint64_t seed = 1;  ///< the same seed gives the same numbers, whatever the platform and number of threads
    unsigned threads = 1;    ///< 0: as many as the machine has
};

namespace detail {

inline constexpr double most_exact_permutations = 1e7, most_exact_studentised = 1e6;

/// Fills in test and interval of the studentised statistic, of values about their middle.
inline void set_studentised_permutation(two_sample_result& result, std::vector<double> values, std::size_t n_1,
                                        bool every_one, const permutation_options& options) {
    double largest = 0;  // as unit, so that no square overflows
    for (const double x : values) largest = std::max(largest, std::fabs(x));
    for (double& x : values) x /= largest;
    std::vector<exchange> deals;
    if (every_one)
        dealt_exchanges(values, n_1, [&deals](const exchange& deal) { deals.push_back(deal); });
    else
        deals = random_deals(values, n_1, options.replicates, options.seed, options.threads);
    const dealt_welch welch(values, n_1);
    const double more = every_one ? 0 : 1, ways = static_cast<double>(deals.size()) + more;
    const double d = *result.effect.value / largest;
    // The share of deals at least as far out as the samples are, after a shift of the first by -shift.
    const auto p_value = [&](double shift) {
        const double own = welch.square({}, shift);
        const double least = own * (1 - 2e-9);
        double count = more;
        for (const exchange& deal : deals) count += welch.square(deal, shift) >= least ? 1 : 0;
        return count / ways;
    };
    const double own = welch.square({}, 0);
    if (std::isinf(own)) return set_degenerate(result);
    result.test.statistic = std::copysign(std::sqrt(own), d);
    result.test.p_value = p_value(0);
    const double alpha = (1 - options.level) * (1 + 1e-12);
    const auto end = [&](double side) -> std::optional<double> {
        double inside = d, step = 1.0 / 64;
        while (p_value(d + side * step) > alpha) {
            inside = d + side * step;
            step *= 2;
            if (step > 1e6) return std::nullopt;
        }
        double outside = d + side * step;
        for (int halving = 0; halving < 60; ++halving) {
            const double middle = std::midpoint(inside, outside);
            if (std::fabs(outside - inside) <= 1e-12) break;
            (p_value(middle) > alpha ? inside : outside) = middle;
        }
        return inside;
    };
    const auto lower = end(-1), upper = end(1);
    if (lower && upper) result.effect.bounds = {*lower * largest, *upper * largest};
}

}  // namespace detail

/// The permutation test of a difference of means, or of means of logs (told as a ratio): how often is it as large when
/// the values are dealt out anew? Both statistics count the sample as dealt: exact #{>=} / ways, monte_carlo
/// (1 + #{>=}) / (1 + replicates).
///
/// studentised: the statistic is Welch's t, p counts those as far from 0; the interval reaches from the effect to the
/// first shifts found at which the same test, of the first sample shifted, rejects. Exact for samples that are alike
/// but for a shift, and right in large samples for equal means of unequal spread, where `difference` rejects too often
/// or too seldom (Janssen 1997; Chung, Romano 2013, Annals of Statistics 41:484). A permutation without spread in both
/// samples counts as infinitely far, or not at all where the means are equal. too_few: a sample of one. O(100 ways).
///
/// difference: the statistic is that difference, p twice the smaller tail.
/// The interval holds all shifts (ratios) that the same test of the same permutations does not reject: each exchange
/// of k values of the first sample for k of the second stays an excess up to a shift of the former's mean less the
/// latter's, so that order statistics of these are the ends. No bounds where there are too few for the level.
/// degenerate: all values equal, or each sample constant for studentised. Throws std::invalid_argument for exact with
/// more than 10^7 ways (studentised 10^6), monte_carlo without
/// replicates, a value <= 0 in a ratio, or a level outside (0, 1). O(ways) or O(n replicates). Source: Pitman (1937),
/// Tritchler (1984); Phipson and Smyth (2010) for the ones. Checked against scipy.stats.permutation_test and inversion
/// of it; studentised against complete enumeration.
[[nodiscard]] inline two_sample_result permutation_test(const two_samples& samples,
                                                        const permutation_options& options = {}) {
    using enum permutation_method;
    const bool studentised = options.statistic == permutation_statistic::studentised;
    auto result =
        detail::with_test(detail::unknown_effect(samples, options.level, "permutation_test", studentised ? 2 : 1));
    auto first = detail::transformed(options.scale, samples.first(), "permutation_test");
    auto second = detail::transformed(options.scale, samples.second(), "permutation_test");
    const std::size_t n_1 = first.size(), n = n_1 + second.size();
    double ways = detail::permutations(n, std::min(n_1, n - n_1));
    const bool every_one =
        options.method == exact || (options.method == automatic && ways <= static_cast<double>(options.replicates));
    result.test.method = result.effect.method =
        studentised ? (every_one ? "studentised permutation, exact" : "studentised permutation, monte_carlo")
                    : (every_one ? "permutation, exact" : "permutation, monte_carlo");
    if (every_one)
        detail::require(ways <= (studentised ? detail::most_exact_studentised : detail::most_exact_permutations),
                        "permutation_test",
                        studentised ? "at most 10^6 permutations for the exact studentised method"
                                    : "at most 10^7 permutations for the exact method",
                        ways);
    else
        detail::require(options.replicates > 0, "permutation_test", "replicates >= 1", options.replicates);
    if (!result) return result;
    const int unit = detail::divide_by_unit(first, second);
    const double smallest = std::min(first.front(), second.front()), largest = std::max(first.back(), second.back());
    const double range = largest - smallest, middle = std::midpoint(smallest, largest);
    if (!(range > 0)) {
        detail::set_degenerate(result);
        return result;
    }

    std::vector<double> values;  // about their middle, that sums keep their digits
    for (const auto* sample : {&first, &second})
        for (const double x : *sample) values.push_back(x - middle);
    if (studentised) {
        result.effect.value = detail::mean_and_variance(first).mean - detail::mean_and_variance(second).mean;
        detail::set_studentised_permutation(result, values, n_1, every_one, options);
        detail::multiply_by_unit(result.effect, unit);
        result.effect = detail::back_transformed(options.scale, result.effect);
        return result;
    }
    std::vector<double> shifts;
    if (every_one) {
        detail::exchanges(values, n_1, [&shifts](double shift) { shifts.push_back(shift); });
    } else {
        shifts = detail::random_exchanges(values, n_1, options.replicates, options.seed, options.threads);
        ways = static_cast<double>(options.replicates) + 1;
    }
    detail::sort(shifts);
    const double unchanged = ways - static_cast<double>(shifts.size());
    const double rounding = 1e-13 * range;
    const auto up_to = detail::upper_bound(shifts, rounding) - shifts.begin();
    const auto from = shifts.end() - detail::lower_bound(shifts, -rounding);
    result.test.statistic = detail::mean_and_variance(first).mean - detail::mean_and_variance(second).mean;
    result.test.p_value = std::min(1.0, 2 * (unchanged + static_cast<double>(std::min(up_to, from))) / ways);
    result.effect.value = result.test.statistic;
    // A shift d is rejected from below where unchanged + #{shifts <= d} is no more than its share of the ways.
    const double outside = std::floor((1 - options.level) / 2 * ways * (1 + 1e-14)) - unchanged;
    if (outside >= 0) {
        const auto skipped = static_cast<std::size_t>(outside);
        result.effect.bounds = {shifts[skipped], shifts[shifts.size() - 1 - skipped]};
    }
    detail::multiply_by_unit(result.effect, unit);
    result.effect = detail::back_transformed(options.scale, result.effect);
    result.test.statistic = std::ldexp(*result.test.statistic, unit);
    if (!std::isfinite(*result.test.statistic)) result.test.statistic.reset();
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
