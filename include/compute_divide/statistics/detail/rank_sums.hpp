// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_DETAIL_RANK_SUMS_HPP
#define COMPUTE_DIVIDE_STATISTICS_DETAIL_RANK_SUMS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

/// The distribution of a rank sum, that is of Mann and Whitney's U, where both samples are of one population.
namespace compute_divide::inline v0_2::detail {

/// The standard deviation of U.
[[nodiscard]] inline double rank_sum_deviation(double n_1, double n_2, double ties) {
    const double n = n_1 + n_2;
    return std::sqrt(n_1 * n_2 / 12 * (n + 1 - ties / (n * (n - 1))));
}

/// Sums of `chosen` of the scores (ascending whole numbers) drawn without replacement: the probability that the sum is
/// s above the smallest possible one, at s. Adds item after item: all terms are positive, all digits are kept.
[[nodiscard]] inline std::vector<double> sum_distribution(const std::vector<std::size_t>& scores, std::size_t chosen) {
    const std::size_t n = scores.size();
    std::size_t width = 1;
    for (std::size_t i = 0; i < chosen; ++i) width += scores[n - 1 - i] - scores[i];
    // probability[k][s], after some items: k of them were chosen, and the i-th of those, of score x, added x -
    // scores[i]
    std::vector<std::vector<double>> probability(chosen + 1, std::vector<double>(width));
    std::vector<std::size_t> reach(chosen + 1);
    probability[0][0] = 1;
    for (std::size_t item = 0; item < n; ++item) {
        for (std::size_t k = std::min(item + 1, chosen); k-- > 0;) {
            const double next = static_cast<double>(chosen - k) / static_cast<double>(n - item);
            if (next > 1) break;  // too few items are left to choose the rest: nothing is here
            const std::size_t step = scores[item] - scores[k];
            double* from = probability[k].data();
            double* to = probability[k + 1].data() + step;
            const double* const end = from + reach[k] + 1;
            for (; from != end; ++from, ++to) {
                *to += *from * next;
                *from *= 1 - next;
            }
            reach[k + 1] = std::max(reach[k + 1], reach[k] + step);
        }
    }
    return std::move(probability[chosen]);
}

/// The largest k with P(U < k) < tail: the ends of the interval are the k-th smallest difference and the k-th largest;
/// there are none where k is 0.
[[nodiscard]] inline std::uint64_t exact_rank(std::size_t n_1, std::size_t n_2, double tail) {
    std::vector<std::size_t> ranks(n_1 + n_2);
    std::iota(ranks.begin(), ranks.end(), std::size_t{0});
    const auto probability = sum_distribution(ranks, std::min(n_1, n_2));
    std::uint64_t k = 0;
    double below = probability[0];
    while (below < tail * (1 - 1e-14)) below += probability[++k];
    return k;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
