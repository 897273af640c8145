// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_EFFICIENCY_HPP
#define COMPUTE_DIVIDE_COMPUTE_EFFICIENCY_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/compute/detail/scored_records.hpp>
#include <compute_divide/compute/scored_compute.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// Is the gain the idea or the tuning? The best of k trials of a method, which grows with k, as a function of the
/// tuning budget, and where two methods' budgets cross.
///
///     const trial_results ours(runs, &run::accuracy), theirs(other_runs, &run::accuracy);
///     ours.expected_best(10);                                          // of ten trials
///     compare_tuning(ours, theirs, {.cost_a = 1e18, .cost_b = 1e17});  // at equal compute
namespace compute_divide::inline v0_2 {

/// How the expected best of k of n trials is estimated. v_(1) to v_(n) are the scores from the worst to the best.
enum class best_of_estimator {
    unbiased,         ///< k without replacement: sum v_(i) C(i-1, k-1) / C(n, k) (Tang et al. 2020); k <= n
    with_replacement  ///< k with replacement: sum v_(i) ((i/n)^k - ((i-1)/n)^k) (Dodge et al. 2019); too low for k > 1
};
[[nodiscard]] constexpr auto enumerators(best_of_estimator) {
    using enum best_of_estimator;
    using entry = named<best_of_estimator>;
    return std::array{entry{unbiased, "unbiased", "best of k without replacement"},
                      entry{with_replacement, "with_replacement", "best of k with replacement"}};
}

/// The interval of an expected best.
enum class best_of_interval {
    /// Estimate -+ t times the jackknife's standard error, which leaves out each trial in turn. The degrees of freedom
    /// are n / k + 1, at most n - 1: the standard error of the best of k is as uncertain as that of the n / k disjoint
    /// sets of k trials that there are.
    jackknife,
    /// The best of k under both ends of the Dvoretzky-Kiefer-Wolfowitz-Massart band of the scores' distribution, F -+
    /// sqrt(log(2 / (1 - level)) / 2n) (Lourie et al. 2024): covers whatever the distribution and n, for all k at once,
    /// and is wide. Needs the range of scores.
    cdf_band
};
[[nodiscard]] constexpr auto enumerators(best_of_interval) {
    using enum best_of_interval;
    using entry = named<best_of_interval>;
    return std::array{entry{jackknife, "jackknife"}, entry{cdf_band, "cdf_band", "band of the distribution"}};
}

/// Options of `trial_results`.
struct best_of_options {
    score_direction direction = score_direction::higher_is_better;
    best_of_estimator estimator = best_of_estimator::unbiased;
    best_of_interval interval = best_of_interval::jackknife;
    double level = 0.95;               ///< of the intervals, in (0, 1)
    std::optional<double> least = {};  ///< score that there can be, for cdf_band
    std::optional<double> most = {};   ///< likewise
};

/// Two methods at one budget.
struct tuning_point {
    double budget = 0;           ///< in the unit of the costs of a trial; trials where these are 1
    std::uint64_t trials_a = 0;  ///< that it buys
    std::uint64_t trials_b = 0;
    estimate difference = {};  ///< expected best of a less that of b, in the scores' unit

    friend bool operator==(const tuning_point&, const tuning_point&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<tuning_point>) {
    using result = tuning_point;
    return member_list(member{"budget", &result::budget}, member{"trials_a", &result::trials_a},
                       member{"trials_b", &result::trials_b}, member{"difference", &result::difference});
}

/// A budget from which the other method is ahead.
struct budget_crossing {
    double budget = 0;
    bool a_ahead = false;  ///< from there on
    /// The last budget before at which the interval of the difference is all on the old side, and the first after at
    /// which it is all on the new: between them the data do not say who is ahead. Nothing where no budget compared is.
    std::optional<double> decided_before = {};
    std::optional<double> decided_from = {};

    friend bool operator==(const budget_crossing&, const budget_crossing&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<budget_crossing>) {
    using result = budget_crossing;
    return member_list(member{"budget", &result::budget}, member{"a_ahead", &result::a_ahead},
                       member{"decided_before", &result::decided_before},
                       member{"decided_from", &result::decided_from});
}

/// Two methods as functions of the tuning budget.
struct tuning_comparison {
    std::vector<tuning_point> points = {};        ///< every budget that buys either one more trial, ascending
    std::vector<budget_crossing> crossings = {};  ///< in order of their budgets
    std::uint64_t n_a = 0;                        ///< trials
    std::uint64_t n_b = 0;
    std::uint64_t n_missing = 0;  ///< trials of both without a score
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] constexpr explicit operator bool() const { return has_value(status); }
    friend bool operator==(const tuning_comparison&, const tuning_comparison&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<tuning_comparison>) {
    using result = tuning_comparison;
    return member_list(member{"points", &result::points}, member{"crossings", &result::crossings},
                       member{"n_a", &result::n_a}, member{"n_b", &result::n_b},
                       member{"n_missing", &result::n_missing}, member{"status", &result::status});
}

/// The scores of all trials of a method, each with its own hyperparameters or seed, drawn independently.
///
/// All trials: of those that are not reported nothing can be said, and the best of a selection is not the best of what
/// was run. A trial that diverged has a score, the worst there is, not a missing one.
class trial_results {
public:
    /// One pass, O(n log n). A trial without a score (an empty optional, NaN) is counted as missing. Throws
    /// std::invalid_argument, with the position of the record, for a score above 1e150 in size; for a level outside
    /// (0, 1); for cdf_band without `least` <= each score <= `most`.
    template <std::ranges::input_range Records, quantity_field_of<Records> Score = std::identity>
    explicit trial_results(Records&& records, Score score = {}, best_of_options options = {}) : options_(options) {
        detail::require_level(options.level, function);
        std::size_t position = 0;
        for (auto&& record : records) {
            const double s = as_double(std::invoke(score, record));
            if (is_known(s)) {
                if (!(std::fabs(s) <= 1e150))
                    detail::fail(function, "a score of at most 1e150 in size in record " + std::to_string(position), s);
                scores_.push_back(detail::sign_of(options.direction) * s);
            } else {
                ++n_missing_;
            }
            ++position;
        }
        detail::sort(scores_);
        if (options.interval != best_of_interval::cdf_band) return;
        const auto range = band_range();
        for (const double s : scores_)
            detail::require(range.lower <= s && s <= range.upper, function, "least <= score <= most",
                            detail::sign_of(options.direction) * s);
    }

    [[nodiscard]] std::size_t size() const { return scores_.size(); }     ///< trials with a score
    [[nodiscard]] std::uint64_t n_missing() const { return n_missing_; }  ///< trials without
    [[nodiscard]] const best_of_options& options() const { return options_; }

    /// The expected best score of k trials. The interval of `jackknife` rests on few of them where k is more than a
    /// quarter: `few_clusters`, and of the unbiased estimator none where k = n. In simulations of 10 to 100 trials it
    /// covered, at 0.95, 0.93 to 0.97 for k = 2 to n / 2 of scores that are bounded above, as accuracies are; 0.88 to
    /// 0.94 for k up to n / 4 of exponential ones, and 0.85 to 0.89 for k = n / 2 of them
    /// (tests/compute/efficiency.test.cpp); cdf_band covers always. More trials than there are, of the unbiased
    /// estimator: too_few. No trial: no_data. Throws std::invalid_argument for k < 1. O(n).
    [[nodiscard]] estimate expected_best(std::uint64_t k) const {
        detail::require(k >= 1, "trial_results::expected_best", "at least 1 trial", k);
        const std::size_t n = scores_.size();
        estimate best{.level = options_.level, .method = name_of(options_.estimator), .n = n, .n_missing = n_missing_};
        if (n == 0) return best;
        best.status = estimate_status::too_few;
        const bool subsets = options_.estimator == best_of_estimator::unbiased;
        if (subsets && k > n) return best;
        const double sign = detail::sign_of(options_.direction);
        const auto put = [&best, sign](double low, double high) {
            best.bounds = sign > 0 ? interval{low, high} : interval{-high, -low};
        };
        best.value = sign * mean(weights(n, k));
        if (options_.interval == best_of_interval::cdf_band) {
            best.status = estimate_status::ok;
            const auto [low, high] = band(k);
            put(low, high);
            return best;
        }
        best.status = estimate_status::few_clusters;
        const auto error = standard_error(k);
        if (!error) return best;
        if (k <= n / 4) best.status = estimate_status::ok;
        best.degrees_of_freedom = degrees_of_freedom(k);
        const double half = detail::two_sided_t(options_.level, *best.degrees_of_freedom) * *error;
        put(sign * *best.value - half, sign * *best.value + half);
        return best;
    }

    /// The expected best of 1, 2, ... trials up to half of them; at least of one, where there is one.
    [[nodiscard]] std::vector<estimate> curve() const {
        std::vector<estimate> all;
        for (std::uint64_t k = 1; k == 1 ? !scores_.empty() : 2 * k <= scores_.size(); ++k)
            all.push_back(expected_best(k));
        return all;
    }

    /// Of the standard error of the expected best of k: n / k + 1, at most n - 1.
    [[nodiscard]] double degrees_of_freedom(std::uint64_t k) const {
        const auto n = static_cast<double>(scores_.size());
        return std::min(n - 1, n / static_cast<double>(k) + 1);
    }
    /// The jackknife's standard error of the expected best; nothing where leaving one out leaves fewer than k.
    [[nodiscard]] std::optional<double> standard_error(std::uint64_t k) const {
        const std::size_t n = scores_.size();
        if (n < 2 || (options_.estimator == best_of_estimator::unbiased && k >= n)) return std::nullopt;
        // Without score i, those above it move down by one rank.
        const std::vector<double> w = weights(n - 1, k);
        double above = 0, total = 0, squares = 0;
        for (std::size_t j = 1; j < n; ++j) above += w[j - 1] * scores_[j];
        std::vector<double> left_out;
        left_out.reserve(n);
        for (std::size_t i = 0;; ++i) {
            left_out.push_back(above);
            total += above;
            if (i + 1 == n) break;
            above += w[i] * (scores_[i] - scores_[i + 1]);
        }
        const double average = total / static_cast<double>(n);
        for (const double each : left_out) squares += (each - average) * (each - average);
        return std::sqrt(static_cast<double>(n - 1) / static_cast<double>(n) * squares);
    }

private:
    static constexpr std::string_view function = "trial_results";

    [[nodiscard]] double mean(const std::vector<double>& w) const {
        double sum = 0;
        for (std::size_t i = 0; i < w.size(); ++i) sum += w[i] * scores_[i];
        return sum;
    }
    /// Of the n scores from the worst on: the probability that it is the best of k.
    [[nodiscard]] std::vector<double> weights(std::size_t n, std::uint64_t k) const {
        std::vector<double> w(n);
        const auto trials = static_cast<double>(k), all = static_cast<double>(n);
        if (options_.estimator == best_of_estimator::unbiased) {
            double next = trials / all;
            for (std::size_t i = n; i >= 1 && next > 0; --i) {
                w[i - 1] = next;
                if (i > 1) next *= std::max(0.0, static_cast<double>(i) - trials) / static_cast<double>(i - 1);
            }
            return w;
        }
        double below = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const double up_to = std::pow(static_cast<double>(i + 1) / all, trials);
            w[i] = up_to - below;
            below = up_to;
        }
        return w;
    }
    /// Least and most, with the better end above.
    [[nodiscard]] interval band_range() const {
        detail::require(options_.least && options_.most && *options_.least <= *options_.most &&
                            std::isfinite(*options_.least) && std::isfinite(*options_.most),
                        function, "finite least <= most for cdf_band", options_.least.value_or(0));
        return options_.direction == score_direction::higher_is_better ? interval{*options_.least, *options_.most}
                                                                       : interval{-*options_.most, -*options_.least};
    }
    /// The best of k under F + eps, which has mass eps at the worst, and under F - eps, which has it at the best.
    [[nodiscard]] std::pair<double, double> band(std::uint64_t k) const {
        const interval range = band_range();
        const auto n = static_cast<double>(scores_.size()), trials = static_cast<double>(k);
        const double eps = std::sqrt(std::log(2 / (1 - options_.level)) / (2 * n));
        const auto power = [trials](double f) { return std::pow(std::clamp(f, 0.0, 1.0), trials); };
        double low = range.lower * power(eps), high = range.upper * (1 - power(1 - eps));
        for (std::size_t i = 0; i < scores_.size(); ++i) {
            const double before = static_cast<double>(i) / n, after = static_cast<double>(i + 1) / n;
            low += scores_[i] * (power(after + eps) - power(before + eps));
            high += scores_[i] * (power(after - eps) - power(before - eps));
        }
        return {low, high};
    }

    best_of_options options_;
    std::vector<double> scores_;  // times -1 where less is better; ascending
    std::uint64_t n_missing_ = 0;
};

/// Options of `compare_tuning`.
struct compare_tuning_options {
    double cost_a = 1;  ///< of a trial, in any unit, such as FLOP: > 0
    double cost_b = 1;
    double level = 0.95;  ///< of the intervals of the difference, in (0, 1)
};

/// Two methods at equal tuning budgets: at each budget that buys either one more trial, up to where one of them has
/// half of its trials left, the expected best of a less that of b, with its interval (jackknife standard errors of
/// both, Welch's degrees of freedom from those of each), and the budgets from which the other one is ahead. A
/// difference of exactly 0 has no leader and is no crossing.
///
/// Intervals are of each budget by itself. Both methods need two trials, or there is too_few; a budget must buy a trial
/// of each. Throws std::invalid_argument for costs that are not finite and > 0, and for methods whose scores have
/// different directions or estimators. O((n_a + n_b)^2).
[[nodiscard]] inline tuning_comparison compare_tuning(const trial_results& a, const trial_results& b,
                                                      compare_tuning_options options = {}) {
    constexpr std::string_view function = "compare_tuning";
    detail::require_level(options.level, function);
    for (const double cost : {options.cost_a, options.cost_b})
        detail::require(cost > 0 && std::isfinite(cost), function, "finite costs > 0", cost);
    detail::require(a.options().direction == b.options().direction, function, "scores of one direction",
                    name_of(b.options().direction));
    detail::require(a.options().estimator == b.options().estimator, function, "one estimator",
                    name_of(b.options().estimator));
    tuning_comparison result{.n_a = a.size(), .n_b = b.size(), .n_missing = a.n_missing() + b.n_missing()};
    if (a.size() == 0 || b.size() == 0) return result;
    result.status = estimate_status::too_few;
    const std::uint64_t most_a = a.size() / 2, most_b = b.size() / 2;
    if (most_a < 1 || most_b < 1) return result;

    std::uint64_t trials_a = 1, trials_b = 1;
    double budget = std::max(options.cost_a, options.cost_b);
    const auto bought = [](double money, double cost) {
        return static_cast<std::uint64_t>(money / cost * (1 + 1e-12));
    };
    if (budget / options.cost_a * (1 + 1e-12) >= static_cast<double>(most_a) + 1 ||
        budget / options.cost_b * (1 + 1e-12) >= static_cast<double>(most_b) + 1)
        return result;
    trials_a = bought(budget, options.cost_a);
    trials_b = bought(budget, options.cost_b);
    while (trials_a <= most_a && trials_b <= most_b) {
        const estimate best_a = a.expected_best(trials_a), best_b = b.expected_best(trials_b);
        const double error_a = a.standard_error(trials_a).value_or(0), error_b = b.standard_error(trials_b).value_or(0);
        estimate difference{.value = *best_a.value - *best_b.value,
                            .level = options.level,
                            .method = name_of(a.options().estimator),
                            .n = a.size() + b.size(),
                            .n_missing = result.n_missing,
                            .status = estimate_status::ok};
        const double error = std::max(error_a, error_b);
        const int unit = error > 0 ? std::ilogb(error) : 0;  // so that its square is a double
        const double ua = std::ldexp(error_a, -unit), ub = std::ldexp(error_b, -unit), va = ua * ua, vb = ub * ub;
        double half = 0;
        if (va + vb > 0) {
            difference.degrees_of_freedom =
                (va + vb) * (va + vb) /
                (va * va / a.degrees_of_freedom(trials_a) + vb * vb / b.degrees_of_freedom(trials_b));
            half = detail::two_sided_t(options.level, *difference.degrees_of_freedom) *
                   std::ldexp(std::sqrt(va + vb), unit);
        }
        difference.bounds = interval{*difference.value - half, *difference.value + half};
        result.points.push_back({budget, trials_a, trials_b, difference});

        const double next_a = static_cast<double>(trials_a + 1) * options.cost_a;
        const double next_b = static_cast<double>(trials_b + 1) * options.cost_b;
        budget = std::min(next_a, next_b);
        if (next_a <= budget * (1 + 1e-12)) ++trials_a;
        if (next_b <= budget * (1 + 1e-12)) ++trials_b;
    }
    result.status = estimate_status::ok;

    const double sign = detail::sign_of(a.options().direction);
    const auto leads = [sign](double difference) { return sign * difference > 0 ? 1 : sign * difference < 0 ? -1 : 0; };
    const auto decided = [&leads](const tuning_point& p) {
        const int low = leads(p.difference.bounds->lower), high = leads(p.difference.bounds->upper);
        return low == high ? low : 0;
    };
    int leader = 0;
    for (std::size_t i = 0; i < result.points.size(); ++i) {
        const int now = leads(*result.points[i].difference.value);
        if (now == 0 || now == leader) continue;
        if (leader != 0) {
            budget_crossing crossing{.budget = result.points[i].budget, .a_ahead = now > 0};
            for (std::size_t j = i; j-- > 0 && !crossing.decided_before;)
                if (decided(result.points[j]) == -now) crossing.decided_before = result.points[j].budget;
            for (std::size_t j = i; j < result.points.size() && !crossing.decided_from; ++j)
                if (decided(result.points[j]) == now) crossing.decided_from = result.points[j].budget;
            result.crossings.push_back(crossing);
        }
        leader = now;
    }
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
