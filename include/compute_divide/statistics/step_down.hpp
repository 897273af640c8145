// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_STEP_DOWN_HPP
#define COMPUTE_DIVIDE_STATISTICS_STEP_DOWN_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <ranges>
#include <span>
#include <type_traits>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>

/// Several hypotheses tested at once: p-values that hold for all of them together, whatever their dependence.
namespace compute_divide::inline v0_2 {

/// What the draws of a step-down correction are.
struct step_down_options {
    /// Whether the draws are all that there are, the observed one among them, as all permutations are: p is the share
    /// of draws, #/B. Otherwise they are a sample of those without the observed one: p = (1 + #) / (1 + B).
    bool complete = false;
};

/// Family-wise p-values of m two-sided hypotheses by the step-down of the largest |statistic| (maxT; Westfall and Young
/// 1993; Romano and Wolf 2005, 2016): in descending order of |t|, the share of draws whose largest |t*| over this and
/// the hypotheses after it is at least |t|, made monotone. The chance of a false rejection among those with p <= a is
/// at most a, for whatever dependence the draws have.
///
/// `statistics` are studentised, and `draws` yields B ranges of m numbers, each the same statistics under the null on
/// one draw of the data that all hypotheses share: of a permutation t* itself, of a bootstrap (b* - b) / s*. Equal up
/// to 1e-9 relative counts as at least as large. A NaN among `statistics` is a hypothesis without a test: its p is NaN
/// and it takes no part. A NaN in a draw counts as infinitely large, which only raises p-values.
///
/// Returns m p-values in the order of `statistics`. Throws std::invalid_argument for no draws, or one of another
/// length. O(B m + m log m). Sources: Romano, Wolf (2005), JASA 100:94; (2016), Statistics and Probability Letters
/// 113:38, equation 7. Checked against complete enumeration and R's multtest::mt.maxT.
template <std::ranges::input_range Draws>
requires std::ranges::input_range<std::ranges::range_reference_t<Draws>>
[[nodiscard]] std::vector<double> step_down_p_values(std::span<const double> statistics, Draws&& draws,
                                                     const step_down_options& options = {}) {
    const std::size_t m = statistics.size();
    std::vector<double> p(m, std::numeric_limits<double>::quiet_NaN());
    std::vector<std::size_t> order;  // ascending by |t|
    for (std::size_t i = 0; i < m; ++i)
        if (!std::isnan(statistics[i])) order.push_back(i);
    detail::stable_sort_by(order, [&](std::size_t i) { return std::fabs(statistics[i]); });
    std::vector<std::uint64_t> at_least(m, 0);
    std::vector<double> draw;
    std::uint64_t n_draws = 0;
    for (auto&& each : draws) {
        draw.clear();
        for (const double t : each)
            draw.push_back(std::isnan(t) ? std::numeric_limits<double>::infinity() : std::fabs(t));
        detail::require(draw.size() == m, "step_down_p_values", "draws of as many numbers as there are statistics",
                        draw.size());
        ++n_draws;
        double largest = 0;
        for (const std::size_t i : order) {
            largest = std::max(largest, draw[i]);
            if (largest >= std::fabs(statistics[i]) * (1 - 1e-9)) ++at_least[i];
        }
    }
    detail::require(n_draws > 0, "step_down_p_values", "draws", n_draws);
    const double more = options.complete ? 0 : 1, of = static_cast<double>(n_draws) + more;
    double least = 0;
    for (std::size_t k = order.size(); k-- > 0;)
        p[order[k]] = least = std::max(least, (static_cast<double>(at_least[order[k]]) + more) / of);
    return p;
}

}  // namespace compute_divide::inline v0_2

#endif
