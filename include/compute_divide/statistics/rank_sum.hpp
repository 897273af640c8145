// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_RANK_SUM_HPP
#define COMPUTE_DIVIDE_STATISTICS_RANK_SUM_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <string_view>
#include <vector>

#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/paired_sample.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/slope_selection.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/detail/rank_sums.hpp>
#include <compute_divide/statistics/detail/satterthwaite.hpp>
#include <compute_divide/statistics/detail/two_sample_comparison.hpp>
#include <compute_divide/statistics/two_samples.hpp>
#include <compute_divide/test_result.hpp>

/// Two samples compared by the ranks of their values: Mann-Whitney, Hodges-Lehmann and Brunner-Munzel.
namespace compute_divide::inline v0_2 {

/// How the p-value of a rank sum, and the interval of a Hodges-Lehmann shift, are found.
enum class rank_sum_method {
    automatic,         ///< as R's wilcox.test: exact for samples below 50 without ties, else normal_continuity; of
                       ///< hodges_lehmann exact with ties too, which does not find an interval in too few pairs
    exact,             ///< all ways to choose the first sample from the values at hand, ties and all
    normal,            ///< normal with the variance that ties leave
    normal_continuity  ///< the same, U moved towards its mean by 1/2
};
[[nodiscard]] constexpr auto enumerators(rank_sum_method) {
    using enum rank_sum_method;
    using entry = named<rank_sum_method>;
    return std::array{entry{automatic, "automatic"}, entry{exact, "exact"}, entry{normal, "normal"},
                      entry{normal_continuity, "normal_continuity"}};
}

struct mann_whitney_options {
    rank_sum_method method = rank_sum_method::automatic;
};
struct hodges_lehmann_options {
    comparison_scale scale = comparison_scale::difference;
    double level = 0.95;
    rank_sum_method method = rank_sum_method::automatic;
};
struct brunner_munzel_options {
    double level = 0.95;
};

namespace detail {

/// Equal values of both samples, and how many values are less.
struct equal_values {
    double first, second, first_below, second_below;

    [[nodiscard]] double size() const { return first + second; }
    [[nodiscard]] double below() const { return first_below + second_below; }
};

/// Calls visit(equal_values) for every value there is, ascending.
template <class Visit>
void for_each_distinct_value(const two_samples& samples, const Visit& visit) {
    const auto &a = samples.first(), &b = samples.second();
    for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
        const std::size_t i_first = i, j_first = j;
        const double x = j == b.size() || (i < a.size() && a[i] < b[j]) ? a[i] : b[j];
        while (i < a.size() && a[i] == x) ++i;
        while (j < b.size() && b[j] == x) ++j;
        visit(equal_values{static_cast<double>(i - i_first), static_cast<double>(j - j_first),
                           static_cast<double>(i_first), static_cast<double>(j_first)});
    }
}

/// U: pairs in which the first sample has the larger value, equal ones counting half.
[[nodiscard]] inline double mann_whitney_u(const two_samples& samples) {
    double u = 0;
    for_each_distinct_value(samples, [&u](const equal_values& t) { u += t.first * (t.second_below + t.second / 2); });
    return u;
}

/// sum k^3 - k over values that occur k times.
template <class Range>
[[nodiscard]] double tie_cubes(const Range& sorted) {
    double sum = 0;
    for_each_tie(sorted, std::identity(), [&sum](double k) { sum += k * (k - 1) * (k + 1); });
    return sum;
}

inline constexpr double most_exact_pairs = 40'000;

inline void require_exact_pairs(const two_samples& samples, std::string_view function) {
    const double pairs = static_cast<double>(samples.first().size()) * static_cast<double>(samples.second().size());
    require(pairs <= most_exact_pairs, function, "at most 40000 pairs for the exact method", pairs);
}

/// Twice the smaller tail of the distribution of U given the values, at U = u.
[[nodiscard]] inline double exact_rank_sum_p(const two_samples& samples, double u, double ties) {
    const bool first_is_smaller = samples.first().size() <= samples.second().size();
    const std::size_t chosen = std::min(samples.first().size(), samples.second().size());
    const std::size_t units = ties > 0 ? 2 : 1;  // ranks are halves where there are ties
    std::vector<std::size_t> scores;
    for_each_distinct_value(samples, [&](const equal_values& t) {
        const double rank = t.below() + (t.size() + 1) / 2;
        scores.insert(scores.end(), static_cast<std::size_t>(t.size()),
                      static_cast<std::size_t>(std::lround(rank * static_cast<double>(units))));
    });
    const auto m = static_cast<double>(chosen);
    const double pairs = m * static_cast<double>(scores.size() - chosen);
    const double rank_sum = (first_is_smaller ? u : pairs - u) + m * (m + 1) / 2;
    const std::size_t smallest =
        std::accumulate(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(chosen), std::size_t{0});
    const auto at = static_cast<std::ptrdiff_t>(std::lround(rank_sum * static_cast<double>(units))) -
                    static_cast<std::ptrdiff_t>(smallest);
    const auto probability = sum_distribution(scores, chosen);
    const double lower = std::accumulate(probability.begin(), probability.begin() + at + 1, 0.0);
    const double upper = std::accumulate(probability.begin() + at, probability.end(), 0.0);
    return std::min(1.0, 2 * std::min(lower, upper));
}

/// What `automatic` stands for.
[[nodiscard]] inline rank_sum_method chosen(rank_sum_method method, const two_samples& samples, double ties) {
    if (method != rank_sum_method::automatic) return method;
    const bool small = std::max(samples.first().size(), samples.second().size()) < 50;
    return small && ties == 0 ? rank_sum_method::exact : rank_sum_method::normal_continuity;
}

[[nodiscard]] inline double pooled_tie_cubes(const two_samples& samples) {
    double sum = 0;
    for_each_distinct_value(samples,
                            [&sum](const equal_values& t) { sum += t.size() * (t.size() - 1) * (t.size() + 1); });
    return sum;
}

}  // namespace detail

/// The Mann-Whitney test (Wilcoxon's rank sum). The statistic is U = #{first > second} + #{equal} / 2 over all pairs
/// (R's W), the effect U / (n_1 n_2), the chance that a value of the first sample exceeds one of the second; it has no
/// interval here: brunner_munzel gives that of the effect, hodges_lehmann that of the shift.
///
/// exact counts all choices of n_1 of the values at hand, so that ties are allowed for, and doubles the smaller tail;
/// it is never swapped for another method. degenerate: all values equal, but for exact (p = 1). Throws
/// std::invalid_argument for exact with more than 40000 pairs. O(n) once sorted; exact O(n_1 n_2 n min(n_1, n_2)).
/// Source: Mann and Whitney (1947), Streitberg and Roehmel (1986). Checked against R's wilcox.test,
/// scipy.stats.mannwhitneyu and, for ties, enumeration.
[[nodiscard]] inline two_sample_result mann_whitney(const two_samples& samples,
                                                    const mann_whitney_options& options = {}) {
    using enum rank_sum_method;
    auto result = detail::with_test(detail::unknown_effect(samples, 0.95, "mann_whitney", 1));
    const double ties = detail::pooled_tie_cubes(samples);
    const auto method = detail::chosen(options.method, samples, ties);
    result.test.method = result.effect.method = method == exact    ? "mann_whitney, exact"
                                                : method == normal ? "mann_whitney, normal"
                                                                   : "mann_whitney, normal_continuity";
    if (method == exact) detail::require_exact_pairs(samples, "mann_whitney");
    if (!result) return result;
    const double u = detail::mann_whitney_u(samples);
    const auto n_1 = static_cast<double>(samples.first().size()), n_2 = static_cast<double>(samples.second().size());
    if (method == exact) {
        result.test.p_value = detail::exact_rank_sum_p(samples, u, ties);
    } else {
        const double deviation = detail::rank_sum_deviation(n_1, n_2, ties);
        if (!(deviation > 0)) {
            detail::set_degenerate(result);
            return result;
        }
        const double distance = std::fabs(u - n_1 * n_2 / 2) - (method == normal_continuity ? 0.5 : 0);
        result.test.p_value = detail::two_sided_normal_p(std::max(distance, 0.0) / deviation);
    }
    result.test.statistic = u;
    result.effect.value = u / (n_1 * n_2);
    return result;
}

/// The Hodges-Lehmann shift: the median of all differences first - second, or of all ratios. Its interval holds what
/// the Mann-Whitney test of the same method does not reject: from the k-th smallest difference to the k-th largest,
///
///   exact: k the quantile of U, 1 - level in both tails (of samples without ties: with ties it is no shorter for it);
///   normal: k = ceil(n_1 n_2 / 2 - c - z s), s^2 with the ties within the samples, c = 1/2 for continuity, or 0.
///
/// No bounds where there are too few pairs for the level. few_clusters: normal, of fewer than 4 values on a side, where
/// its interval covers from .90 on (of 3 and 3, exactly that). degenerate where differences overflow.
/// Throws std::invalid_argument for a value <= 0 in a ratio, a level outside (0, 1), exact with more than 40000 pairs.
/// O(n log n) expected time by randomised selection, exact, always the same result. Source: Hodges and Lehmann (1963),
/// Bauer (1972). Checked against R's wilcox.test(conf.int = TRUE); its normal form searches for the roots (and for the
/// estimate: ours is the median).
[[nodiscard]] inline estimate hodges_lehmann(const two_samples& samples, const hodges_lehmann_options& options = {}) {
    using enum rank_sum_method;
    estimate result = detail::unknown_effect(samples, options.level, "hodges_lehmann", 1);
    const auto method = detail::chosen(options.method, samples, 0);
    result.method = method == exact    ? "hodges_lehmann, exact"
                    : method == normal ? "hodges_lehmann, normal"
                                       : "hodges_lehmann, normal_continuity";
    if (method == exact) detail::require_exact_pairs(samples, "hodges_lehmann");
    const auto first = detail::transformed(options.scale, samples.first(), "hodges_lehmann");
    const auto second = detail::transformed(options.scale, samples.second(), "hodges_lehmann");
    if (!result) return result;
    const double tail = (1 - options.level) / 2;
    std::uint64_t k = 0;
    if (method == exact) {
        k = detail::exact_rank(first.size(), second.size(), tail);
    } else {
        const auto n_1 = static_cast<double>(first.size()), n_2 = static_cast<double>(second.size());
        const double deviation =
            detail::rank_sum_deviation(n_1, n_2, detail::tie_cubes(first) + detail::tie_cubes(second));
        const double lower =
            n_1 * n_2 / 2 - (method == normal_continuity ? 0.5 : 0) - detail::upper_normal_quantile(tail) * deviation;
        k = static_cast<std::uint64_t>(std::max(std::ceil(lower), 0.0));
    }
    // The differences are the slopes from the second sample, put at x = 0, to the first at x = 1.
    std::vector<detail::point> points;
    points.reserve(first.size() + second.size());
    for (const double y : second) points.push_back({0, y});
    for (const double y : first) points.push_back({1, y});
    if (!detail::has_bounded_slopes(points)) {
        result.status = estimate_status::degenerate;
        return result;
    }
    detail::slope_selection difference_of_rank(points);
    const std::uint64_t size = difference_of_rank.size(), last = size - 1;
    const std::uint64_t lower = std::min(k == 0 ? last / 2 : k - 1, last / 2);
    const auto differences = difference_of_rank({lower, last / 2, size / 2, last - lower});
    result.value = std::midpoint(differences[1], differences[2]);
    if (k > 0) {
        result.bounds = interval{differences[0], differences[3]};
        constexpr std::size_t enough = 4;
        if (method == normal && std::min(first.size(), second.size()) < enough)
            result.status = estimate_status::few_clusters;
    }
    return detail::back_transformed(options.scale, result);
}

/// The Brunner-Munzel test that p = P(first > second) + P(equal) / 2 is 1/2, whatever the shapes of the two
/// distributions (Mann-Whitney assumes them equal under its hypothesis). The effect is p, its interval that of
/// Student's t with Satterthwaite's degrees of freedom, cut to [0, 1].
///
/// The statistic is positive where the first sample is larger: scipy's has the other sign. too_few: a sample of one;
/// degenerate where the samples do not overlap, or are constant (the variance is estimated as 0): mann_whitney tells
/// those. Throws std::invalid_argument for a level outside (0, 1). O(n) once sorted. Source: Brunner and Munzel (2000).
/// Checked against scipy.stats.brunnermunzel.
[[nodiscard]] inline two_sample_result brunner_munzel(const two_samples& samples,
                                                      const brunner_munzel_options& options = {}) {
    auto result = detail::with_test(detail::unknown_effect(samples, options.level, "brunner_munzel", 2));
    if (!result) return result;
    const auto n_1 = static_cast<double>(samples.first().size()), n_2 = static_cast<double>(samples.second().size());
    const double u = detail::mann_whitney_u(samples);
    // Placements: for each value the number of the other sample's below, an equal one counting half.
    double squares_1 = 0, squares_2 = 0;
    detail::for_each_distinct_value(samples, [&](const detail::equal_values& t) {
        const double excess_1 = t.second_below + t.second / 2 - u / n_1;
        const double excess_2 = t.first_below + t.first / 2 - (n_1 * n_2 - u) / n_2;
        squares_1 += t.first * excess_1 * excess_1;
        squares_2 += t.second * excess_2 * excess_2;
    });
    const detail::satterthwaite_error error(squares_1 / (n_1 - 1) / (n_1 * n_2 * n_2), n_1,
                                            squares_2 / (n_2 - 1) / (n_2 * n_1 * n_1), n_2);
    if (!(error.square > 0)) {
        detail::set_degenerate(result);
        return result;
    }
    detail::set_t_interval_and_test(result, u / (n_1 * n_2), 0.5, std::sqrt(error.square), error.degrees);
    auto& bounds = *result.effect.bounds;
    bounds = {std::max(bounds.lower, 0.0), std::min(bounds.upper, 1.0)};
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
