// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_TWO_SAMPLE_HPP
#define COMPUTE_DIVIDE_STATISTICS_TWO_SAMPLE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <ranges>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/paired_sample.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/slope_selection.hpp>
#include <compute_divide/detail/special_functions.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/statistics/detail/permutations.hpp>
#include <compute_divide/statistics/detail/rank_sums.hpp>
#include <compute_divide/test_result.hpp>

/// Is one group's quantity larger than another's, and by how much? Means, medians, ranks and permutations of two
/// independent samples. Of every statistic: an empty sample gives no_data; what is told is the first against the
/// second.
namespace compute_divide {

/// What of the two samples is compared.
enum class comparison_scale {
    difference,  ///< the values: first - second
    ratio        ///< their logs, told as first / second; values must be > 0
};
[[nodiscard]] constexpr auto enumerators(comparison_scale) {
    using enum comparison_scale;
    return std::array{named<comparison_scale>{difference, "difference"}, named<comparison_scale>{ratio, "ratio"}};
}

/// How the p-value of a rank sum, and the interval of a Hodges-Lehmann shift, are found.
enum class rank_sum_method {
    automatic,         ///< as R's wilcox.test: exact for samples below 50 without ties, else normal_continuity
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

struct welch_options {
    comparison_scale scale = comparison_scale::ratio;
    double level = 0.95;
};
struct median_options {
    comparison_scale scale = comparison_scale::ratio;
    double level = 0.95;
    bootstrap_interval interval = bootstrap_interval::percentile;
    bootstrap_options bootstrap = {};
};
struct hodges_lehmann_options {
    comparison_scale scale = comparison_scale::ratio;
    double level = 0.95;
    rank_sum_method method = rank_sum_method::automatic;
};
struct permutation_options {
    comparison_scale scale = comparison_scale::ratio;
    double level = 0.95;
    permutation_method method = permutation_method::automatic;
    std::size_t replicates = 9'999;
    std::uint64_t seed = 1;  ///< the same seed gives the same numbers, whatever the platform and number of threads
    unsigned threads = 1;    ///< 0: as many as the machine has
};

/// How much, and whether it could be chance (two-sided).
struct two_sample_result {
    estimate effect = {};
    test_result test = {};
    std::optional<double> degrees = {};  ///< of freedom, where the reference is Student's t

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(test); }
    friend bool operator==(const two_sample_result&, const two_sample_result&) = default;
};

/// Two independent samples, ready to be compared: read and sorted once. Records whose value (or group) is not known are
/// left out and counted. Throws std::invalid_argument for an infinite value.
class two_samples {
public:
    /// Two ranges, a field of both.
    template <std::ranges::input_range First, std::ranges::input_range Second,
              quantity_field_of<First> Value = std::identity>
    requires quantity_field_of<Value, Second> two_samples(First&& first, Second&& second, Value value = {}) {
        for (auto&& record : first) add(first_, as_double(std::invoke(value, record)));
        for (auto&& record : second) add(second_, as_double(std::invoke(value, record)));
        sort();
    }
    /// One range: `in_first` says yes for a record of the first sample, no for one of the second.
    template <std::ranges::input_range Records, predicate_field_of<Records> Group, quantity_field_of<Records> Value>
    two_samples(Records&& records, Group in_first, Value value) {
        for (auto&& record : records) {
            const field_value_t<Group, Records> group = std::invoke(in_first, record);
            const double x = as_double(std::invoke(value, record));
            if (!is_known(group))
                ++n_missing_;
            else if constexpr (detail::is_optional<field_value_t<Group, Records>>)
                add(*group ? first_ : second_, x);
            else
                add(group ? first_ : second_, x);
        }
        sort();
    }

    /// The known values, ascending.
    [[nodiscard]] const std::vector<double>& first() const { return first_; }
    [[nodiscard]] const std::vector<double>& second() const { return second_; }
    [[nodiscard]] std::uint64_t n_missing() const { return n_missing_; }

private:
    void add(std::vector<double>& sample, double x) {
        detail::require(!std::isinf(x), "two_samples", "finite values", x);
        if (is_known(x))
            sample.push_back(x);
        else
            ++n_missing_;
    }
    void sort() {
        std::ranges::sort(first_);
        std::ranges::sort(second_);
    }

    std::vector<double> first_, second_;
    std::uint64_t n_missing_ = 0;
};

namespace detail {

/// A result without numbers yet; `ok` where each sample has `at_least` values.
[[nodiscard]] inline estimate compared(const two_samples& samples, double level, std::string_view function,
                                       std::size_t at_least) {
    require_level(level, function);
    const auto [fewer, more] = std::minmax({samples.first().size(), samples.second().size()});
    estimate result;
    result.level = level;
    result.method = function;
    result.n = fewer + more;
    result.n_missing = samples.n_missing();
    result.status = fewer == 0         ? estimate_status::no_data
                    : fewer < at_least ? estimate_status::too_few
                                       : estimate_status::ok;
    return result;
}

/// The effect and its test, of one method, sample and status.
[[nodiscard]] inline two_sample_result tested(estimate effect) {
    two_sample_result result;
    result.test.method = effect.method;
    result.test.n = effect.n;
    result.test.n_missing = effect.n_missing;
    result.test.status = effect.status;
    result.effect = effect;
    return result;
}

inline void set_degenerate(two_sample_result& result) {
    result.effect.status = result.test.status = estimate_status::degenerate;
}

/// A sample, or its logs.
[[nodiscard]] inline std::vector<double> on_scale(comparison_scale scale, std::vector<double> values,
                                                  std::string_view function) {
    if (scale == comparison_scale::difference) return values;
    if (!values.empty()) require(values.front() > 0, function, "values > 0 for a ratio", values.front());
    for (auto& x : values) x = std::log(x);
    return values;
}

/// A difference of values, or of logs, as it is told; past the largest double there are no bounds, or no value.
[[nodiscard]] inline estimate told(comparison_scale scale, estimate e) {
    if (scale == comparison_scale::ratio) {
        if (e.value) e.value = std::exp(*e.value);
        if (e.bounds) e.bounds = interval{std::exp(e.bounds->lower), std::exp(e.bounds->upper)};
    }
    if (e.bounds && !(std::isfinite(e.bounds->lower) && std::isfinite(e.bounds->upper))) e.bounds.reset();
    if (e.value && !std::isfinite(*e.value)) {
        e.value.reset();
        e.bounds.reset();
        e.status = estimate_status::degenerate;
    }
    return e;
}

/// value -+ t standard errors, and the test that it is `null`.
inline void set_student(two_sample_result& result, double value, double null, double error, double degrees) {
    const double half_width = two_sided_t(result.effect.level, degrees) * error;
    result.effect.value = value;
    result.effect.bounds = {value - half_width, value + half_width};
    result.test.statistic = (value - null) / error;
    result.test.p_value = two_sided_t_p(*result.test.statistic, degrees);
    result.degrees = degrees;
}

/// The squared standard error of a sum of two parts, and Satterthwaite's (1946) degrees of freedom for it.
struct summed_error {
    double square, degrees;

    summed_error(double part_1, double n_1, double part_2, double n_2) : square(part_1 + part_2) {
        const double share = part_1 / square;
        degrees = 1 / (share * share / (n_1 - 1) + (1 - share) * (1 - share) / (n_2 - 1));
    }
};

struct mean_and_variance {
    double mean = 0, variance = 0;

    explicit mean_and_variance(const std::vector<double>& values) {
        const auto n = static_cast<double>(values.size());
        const double origin = values.front();
        for (const double x : values) mean += x - origin;
        mean = origin + mean / n;
        if (values.back() == origin) return;
        for (const double x : values) variance += (x - mean) * (x - mean);
        variance /= n - 1;
    }
};

/// Equal values of both samples, and how many values are less.
struct pooled_tie {
    double first, second, first_below, second_below;

    [[nodiscard]] double size() const { return first + second; }
    [[nodiscard]] double below() const { return first_below + second_below; }
};

/// Calls visit(pooled_tie) for every value there is, ascending.
template <class Visit>
void for_each_pooled_value(const two_samples& samples, const Visit& visit) {
    const auto &a = samples.first(), &b = samples.second();
    for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
        const std::size_t i_first = i, j_first = j;
        const double x = j == b.size() || (i < a.size() && a[i] < b[j]) ? a[i] : b[j];
        while (i < a.size() && a[i] == x) ++i;
        while (j < b.size() && b[j] == x) ++j;
        visit(pooled_tie{static_cast<double>(i - i_first), static_cast<double>(j - j_first),
                         static_cast<double>(i_first), static_cast<double>(j_first)});
    }
}

/// U: pairs in which the first sample has the larger value, equal ones counting half.
[[nodiscard]] inline double pairs_won(const two_samples& samples) {
    double u = 0;
    for_each_pooled_value(samples, [&u](const pooled_tie& t) { u += t.first * (t.second_below + t.second / 2); });
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
    for_each_pooled_value(samples, [&](const pooled_tie& t) {
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
    for_each_pooled_value(samples, [&sum](const pooled_tie& t) { sum += t.size() * (t.size() - 1) * (t.size() + 1); });
    return sum;
}

inline constexpr double most_exact_permutations = 1e7;

}  // namespace detail

/// Welch's t test: the difference of means, or the ratio of geometric means (from the means of logs), each sample with
/// its own variance. The statistic is Student's t with Satterthwaite's degrees of freedom.
///
/// too_few: a sample of one; degenerate where both are constant. Throws std::invalid_argument for a value <= 0 in a
/// ratio, or a level outside (0, 1). O(n). Source: Welch (1947). Checked against R's t.test.
[[nodiscard]] inline two_sample_result welch(const two_samples& samples, const welch_options& options = {}) {
    auto result = detail::tested(detail::compared(samples, options.level, "welch", 2));
    const auto first = detail::on_scale(options.scale, samples.first(), "welch");
    const auto second = detail::on_scale(options.scale, samples.second(), "welch");
    if (!result) return result;
    const auto n_1 = static_cast<double>(first.size()), n_2 = static_cast<double>(second.size());
    const detail::mean_and_variance a(first), b(second);
    const detail::summed_error error(a.variance / n_1, n_1, b.variance / n_2, n_2);
    if (!(error.square > 0) || !std::isfinite(error.square)) {
        detail::set_degenerate(result);
        return result;
    }
    detail::set_student(result, a.mean - b.mean, 0, std::sqrt(error.square), error.degrees);
    result.effect = detail::told(options.scale, result.effect);
    return result;
}

/// The ratio of the medians, or their difference, with a bootstrap interval: each sample is drawn from itself. There is
/// no bca: the jackknife fails for medians (Efron 1979, section 3).
///
/// too_few: a sample of one. Throws std::invalid_argument for bca, a value <= 0 in a ratio, a level outside (0, 1), and
/// as bootstrap. O(n replicates). Checked against numpy's medians of the same resamples.
[[nodiscard]] inline estimate compare_medians(const two_samples& samples, const median_options& options = {}) {
    detail::require(options.interval != bootstrap_interval::bca, "compare_medians", "interval percentile or basic",
                    name_of(options.interval));
    detail::require(options.bootstrap.replicates > 0, "compare_medians", "replicates >= 1",
                    options.bootstrap.replicates);
    estimate result = detail::compared(samples, options.level, "compare_medians", 2);
    const bool ratio = options.scale == comparison_scale::ratio;
    for (const auto* sample : {&samples.first(), &samples.second()})
        if (ratio && !sample->empty())
            detail::require(sample->front() > 0, "compare_medians", "values > 0 for a ratio", sample->front());
    if (!result) return result;
    std::vector<double> values = samples.first();
    values.insert(values.end(), samples.second().begin(), samples.second().end());
    const std::size_t n_1 = samples.first().size();
    // Both samples are ascending, so that the median of drawn values is at the median of drawn indices.
    const auto compared = [&, scratch = std::vector<std::size_t>()](detail::drawn_indices drawn,
                                                                    random_stream*) mutable {
        scratch.assign(drawn.begin(), drawn.end());
        const auto middle = scratch.begin() + static_cast<std::ptrdiff_t>(n_1);
        const auto median = [&values](auto begin, auto end) {
            const auto upper = begin + (end - begin) / 2;
            std::nth_element(begin, upper, end);
            if ((end - begin) % 2 != 0) return values[*upper];
            return std::midpoint(values[*std::max_element(begin, upper)], values[*upper]);
        };
        const double a = median(scratch.begin(), middle), b = median(middle, scratch.end());
        return std::array{ratio ? a / b : a - b};
    };
    auto bootstrap = options.bootstrap;
    bootstrap.jackknife = false;
    const auto distribution =
        detail::bootstrap_units(detail::two_sample_units{n_1, values.size()}, compared, bootstrap)[0];
    result = distribution.interval(options.interval, options.level);
    result.n_missing = samples.n_missing();
    return result;
}

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
                                                    rank_sum_method method = rank_sum_method::automatic) {
    using enum rank_sum_method;
    auto result = detail::tested(detail::compared(samples, 0.95, "mann_whitney", 1));
    const double ties = detail::pooled_tie_cubes(samples);
    method = detail::chosen(method, samples, ties);
    result.test.method = result.effect.method = method == exact    ? "mann_whitney, exact"
                                                : method == normal ? "mann_whitney, normal"
                                                                   : "mann_whitney, normal_continuity";
    if (method == exact) detail::require_exact_pairs(samples, "mann_whitney");
    if (!result) return result;
    const double u = detail::pairs_won(samples);
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
/// No bounds where there are too few pairs for the level. degenerate where differences overflow.
/// Throws std::invalid_argument for a value <= 0 in a ratio, a level outside (0, 1), exact with more than 40000 pairs.
/// O(n log n) expected time by randomised selection, exact, always the same result. Source: Hodges and Lehmann (1963),
/// Bauer (1972). Checked against R's wilcox.test(conf.int = TRUE); its normal form searches for the roots (and for the
/// estimate: ours is the median).
[[nodiscard]] inline estimate hodges_lehmann(const two_samples& samples, const hodges_lehmann_options& options = {}) {
    using enum rank_sum_method;
    estimate result = detail::compared(samples, options.level, "hodges_lehmann", 1);
    const auto method = detail::chosen(options.method, samples, detail::pooled_tie_cubes(samples));
    result.method = method == exact    ? "hodges_lehmann, exact"
                    : method == normal ? "hodges_lehmann, normal"
                                       : "hodges_lehmann, normal_continuity";
    if (method == exact) detail::require_exact_pairs(samples, "hodges_lehmann");
    const auto first = detail::on_scale(options.scale, samples.first(), "hodges_lehmann");
    const auto second = detail::on_scale(options.scale, samples.second(), "hodges_lehmann");
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
    if (k > 0) result.bounds = interval{differences[0], differences[3]};
    return detail::told(options.scale, result);
}

/// The Brunner-Munzel test that p = P(first > second) + P(equal) / 2 is 1/2, whatever the shapes of the two
/// distributions (Mann-Whitney assumes them equal under its hypothesis). The effect is p, its interval that of
/// Student's t with Satterthwaite's degrees of freedom, cut to [0, 1].
///
/// The statistic is positive where the first sample is larger: scipy's has the other sign. too_few: a sample of one;
/// degenerate where the samples do not overlap, or are constant (the variance is estimated as 0): mann_whitney tells
/// those. Throws std::invalid_argument for a level outside (0, 1). O(n) once sorted. Source: Brunner and Munzel (2000).
/// Checked against scipy.stats.brunnermunzel.
[[nodiscard]] inline two_sample_result brunner_munzel(const two_samples& samples, double level = 0.95) {
    auto result = detail::tested(detail::compared(samples, level, "brunner_munzel", 2));
    if (!result) return result;
    const auto n_1 = static_cast<double>(samples.first().size()), n_2 = static_cast<double>(samples.second().size());
    const double u = detail::pairs_won(samples);
    // Placements: for each value the number of the other sample's below, an equal one counting half.
    double squares_1 = 0, squares_2 = 0;
    detail::for_each_pooled_value(samples, [&](const detail::pooled_tie& t) {
        const double excess_1 = t.second_below + t.second / 2 - u / n_1;
        const double excess_2 = t.first_below + t.first / 2 - (n_1 * n_2 - u) / n_2;
        squares_1 += t.first * excess_1 * excess_1;
        squares_2 += t.second * excess_2 * excess_2;
    });
    const detail::summed_error error(squares_1 / (n_1 - 1) / (n_1 * n_2 * n_2), n_1,
                                     squares_2 / (n_2 - 1) / (n_2 * n_1 * n_1), n_2);
    if (!(error.square > 0)) {
        detail::set_degenerate(result);
        return result;
    }
    detail::set_student(result, u / (n_1 * n_2), 0.5, std::sqrt(error.square), error.degrees);
    auto& bounds = *result.effect.bounds;
    bounds = {std::max(bounds.lower, 0.0), std::min(bounds.upper, 1.0)};
    return result;
}

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
    auto result = detail::tested(detail::compared(samples, options.level, "permutation_test", 1));
    const auto first = detail::on_scale(options.scale, samples.first(), "permutation_test");
    const auto second = detail::on_scale(options.scale, samples.second(), "permutation_test");
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
    result.effect = detail::told(options.scale, result.effect);
    return result;
}

}  // namespace compute_divide

#endif
