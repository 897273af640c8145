// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_PROPORTION_TREND_HPP
#define COMPUTE_DIVIDE_STATISTICS_PROPORTION_TREND_HPP

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <ranges>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/binary_units.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/running_mean.hpp>
#include <compute_divide/test_result.hpp>

/// Does a share rise or fall along a score (a year, a dose)? The Cochran-Armitage test.
namespace compute_divide::inline v0_2 {

/// Accumulates groups of one score each, k_i successes of n_i, for the Cochran-Armitage test of no linear trend:
///
///   z = C / sqrt(p (1 - p) S),  C = sum (s_i - s)(k_i - n_i p),  S = sum n_i (s_i - s)^2,
///
/// where p is the pooled share and s the mean score weighted by n_i. z > 0 where the share rises with the score; z^2 is
/// R's prop.trend.test. The result does not change when scores are shifted or stretched, nor when a group is split.
class share_trend_test {
public:
    /// One group; a NaN among the three counts the group as missing. Throws std::invalid_argument unless the score is
    /// finite, 0 <= successes <= n, and the sum of the n finite.
    void add(double score, double successes, double n) {
        if (!is_known(score) || !is_known(successes) || !is_known(n)) {
            ++n_missing_;
            return;
        }
        constexpr double largest = std::numeric_limits<double>::max();
        detail::require(std::fabs(score) <= largest, "share_trend_test", "finite score", score);
        detail::require(n >= 0 && n <= largest, "share_trend_test", "finite n >= 0", n);
        detail::require(successes >= 0 && successes <= n, "share_trend_test", "0 <= successes <= n", successes);
        detail::require(n_ + n <= largest, "share_trend_test", "n with a finite sum", n);
        if (n > 0) combine(n, {in_units(score), 0}, successes / n, 0, 0);
    }

    void merge(const share_trend_test& other) {
        n_missing_ += other.n_missing_;
        if (other.n_ == 0) return;
        share_trend_test in_same_unit = other;
        change_unit(other.exponent_);
        in_same_unit.change_unit(exponent_);
        combine(other.n_, in_same_unit.score_, other.share_, in_same_unit.score_spread_, in_same_unit.co_spread_);
    }

    /// n is the sum of the n_i, n_missing the number of groups left out. Not enough data: no_data where n is 0,
    /// degenerate where all scores, or all outcomes, are the same.
    [[nodiscard]] test_result result() const {
        test_result test;
        test.method = "cochran_armitage";
        detail::state_sample_size(test, n_);
        test.n_missing = n_missing_;
        const double variance = share_ * (1 - share_) * score_spread_;
        if (n_ == 0) return test;
        test.status = estimate_status::degenerate;
        if (!(variance > 0) || !std::isfinite(variance)) return test;
        test.statistic = co_spread_ / std::sqrt(variance);
        test.p_value = detail::two_sided_normal_p(*test.statistic);
        test.status = estimate_status::ok;
        return test;
    }

private:
    /// A score in units of 2^exponent_, which grow with it, so that no square leaves the doubles.
    [[nodiscard]] double in_units(double score) {
        if (score != 0) change_unit(detail::unit_exponent(std::fabs(score)));
        return exponent_ == 0 || score == 0 ? score : std::ldexp(score, -exponent_);
    }
    /// To a larger unit.
    void change_unit(int exponent) {
        if (exponent <= exponent_) return;
        const int down = exponent_ - exponent;
        exponent_ = exponent;
        score_ = {std::ldexp(score_.high, down), std::ldexp(score_.low, down)};
        co_spread_ = std::ldexp(co_spread_, down);
        score_spread_ = std::ldexp(score_spread_, 2 * down);
    }
    /// Chan, Golub, LeVeque (1983), pairwise update of weighted means and co-moments.
    void combine(double n, detail::running_mean score, double share, double score_spread, double co_spread) {
        const double total = n_ + n, part = n / total, step = score.less(score_), rise = share - share_;
        score_spread_ += score_spread + n_ * part * step * step;
        co_spread_ += co_spread + n_ * part * step * rise;
        score_.add(part * step);
        share_ += part * rise;
        n_ = total;
    }

    double n_ = 0, share_ = 0;  // sum of n_i; mean weighted by n_i
    detail::running_mean score_;
    double score_spread_ = 0, co_spread_ = 0;  // S and C
    int exponent_ = detail::no_unit;           // of the unit of scores, 2 to it
    std::uint64_t n_missing_ = 0;
};

/// The Cochran-Armitage test over groups: the fields yield each group's score, successes and n (see share_trend_test).
///
/// One pass, any input range. Source: Cochran (1954), Armitage (1955). Checked against R prop.trend.test and
/// statsmodels Table.test_ordinal_association (whose variance has n - 1 for n).
template <std::ranges::input_range Groups, quantity_field_of<Groups> Score, quantity_field_of<Groups> Successes,
          quantity_field_of<Groups> Size>
[[nodiscard]] test_result cochran_armitage(Groups&& groups, Score score, Successes successes, Size n) {
    share_trend_test test;
    for (auto&& group : groups)
        test.add(as_double(std::invoke(score, group)), as_double(std::invoke(successes, group)),
                 as_double(std::invoke(n, group)));
    return test.result();
}

/// The same over single records: does the probability of `success` rise with `score`?
template <std::ranges::input_range Records, quantity_field_of<Records> Score, predicate_field_of<Records> Success>
[[nodiscard]] test_result cochran_armitage(Records&& records, Score score, Success success) {
    share_trend_test test;
    for (auto&& record : records) {
        const field_value_t<Success, Records> yes = std::invoke(success, record);
        const bool known = is_known(yes);
        double successes = std::numeric_limits<double>::quiet_NaN();
        if constexpr (detail::is_optional<field_value_t<Success, Records>>) {
            if (known) successes = *yes ? 1 : 0;
        } else {
            successes = yes ? 1 : 0;
        }
        test.add(as_double(std::invoke(score, record)), successes, 1);
    }
    return test.result();
}

}  // namespace compute_divide::inline v0_2

#endif
