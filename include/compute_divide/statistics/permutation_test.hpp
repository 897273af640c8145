// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_PERMUTATION_TEST_HPP
#define COMPUTE_DIVIDE_STATISTICS_PERMUTATION_TEST_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/detail/mean_and_variance.hpp>
#include <compute_divide/statistics/detail/permutations.hpp>
#include <compute_divide/statistics/detail/two_sample_comparison.hpp>
#include <compute_divide/statistics/two_samples.hpp>

namespace compute_divide {

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

struct permutation_options {
    comparison_scale scale = comparison_scale::difference;
    double level = 0.95;
    permutation_method method = permutation_method::automatic;
    std::size_t replicates = 9'999;
    std::uint64_t seed = 1;  ///< the same seed gives the same numbers, whatever the platform and number of threads
    unsigned threads = 1;    ///< 0: as many as the machine has
};

namespace detail {

inline constexpr double most_exact_permutations = 1e7;

}  // namespace detail

/// The permutation test of a difference of means, or of means of logs (told as a ratio): how often is it as large when
/// the values are dealt out anew? The statistic is that difference, p twice the smaller tail, both counting the sample
/// as dealt: exact #{>=} / ways, monte_carlo (1 + #{>=}) / (1 + replicates).
///
/// The interval holds all shifts (ratios) that the same test of the same permutations does not reject: each exchange
/// of k values of the first sample for k of the second stays an excess up to a shift of the former's mean less the
/// latter's, so that order statistics of these are the ends. No bounds where there are too few for the level.
/// degenerate: all values equal. Throws std::invalid_argument for exact with more than 10^7 ways, monte_carlo without
/// replicates, a value <= 0 in a ratio, or a level outside (0, 1). O(ways) or O(n replicates). Source: Pitman (1937),
/// Tritchler (1984); Phipson and Smyth (2010) for the ones. Checked against scipy.stats.permutation_test and inversion
/// of it.
[[nodiscard]] inline two_sample_result permutation_test(const two_samples& samples,
                                                        const permutation_options& options = {}) {
    using enum permutation_method;
    auto result = detail::with_test(detail::unknown_effect(samples, options.level, "permutation_test", 1));
    const auto first = detail::transformed(options.scale, samples.first(), "permutation_test");
    const auto second = detail::transformed(options.scale, samples.second(), "permutation_test");
    const std::size_t n_1 = first.size(), n = n_1 + second.size();
    double ways = detail::permutations(n, std::min(n_1, n - n_1));
    const bool every_one =
        options.method == exact || (options.method == automatic && ways <= static_cast<double>(options.replicates));
    result.test.method = result.effect.method = every_one ? "permutation, exact" : "permutation, monte_carlo";
    if (every_one)
        detail::require(ways <= detail::most_exact_permutations, "permutation_test",
                        "at most 10^7 permutations for the exact method", ways);
    else
        detail::require(options.replicates > 0, "permutation_test", "replicates >= 1", options.replicates);
    if (!result) return result;
    const double smallest = std::min(first.front(), second.front()), largest = std::max(first.back(), second.back());
    const double range = largest - smallest, middle = std::midpoint(smallest, largest);
    if (!(range > 0) || !std::isfinite(range * static_cast<double>(n))) {
        detail::set_degenerate(result);
        return result;
    }

    std::vector<double> values;  // about their middle, that sums keep their digits
    for (const auto* sample : {&first, &second})
        for (const double x : *sample) values.push_back(x - middle);
    std::vector<double> shifts;
    if (every_one) {
        detail::exchanges(values, n_1, [&shifts](double shift) { shifts.push_back(shift); });
    } else {
        shifts = detail::random_exchanges(values, n_1, options.replicates, options.seed, options.threads);
        ways = static_cast<double>(options.replicates) + 1;
    }
    std::ranges::sort(shifts);
    const double unchanged = ways - static_cast<double>(shifts.size());
    const double rounding = 1e-13 * range;
    const auto up_to = std::ranges::upper_bound(shifts, rounding) - shifts.begin();
    const auto from = shifts.end() - std::ranges::lower_bound(shifts, -rounding);
    result.test.statistic = detail::mean_and_variance(first).mean - detail::mean_and_variance(second).mean;
    result.test.p_value = std::min(1.0, 2 * (unchanged + static_cast<double>(std::min(up_to, from))) / ways);
    result.effect.value = result.test.statistic;
    // A shift d is rejected from below where unchanged + #{shifts <= d} is no more than its share of the ways.
    const double outside = std::floor((1 - options.level) / 2 * ways * (1 + 1e-14)) - unchanged;
    if (outside >= 0) {
        const auto skipped = static_cast<std::size_t>(outside);
        result.effect.bounds = {shifts[skipped], shifts[shifts.size() - 1 - skipped]};
    }
    result.effect = detail::back_transformed(options.scale, result.effect);
    return result;
}

}  // namespace compute_divide

#endif
