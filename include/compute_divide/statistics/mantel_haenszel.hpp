// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_MANTEL_HAENSZEL_HPP
#define COMPUTE_DIVIDE_STATISTICS_MANTEL_HAENSZEL_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <ranges>
#include <string_view>
#include <type_traits>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/proportion_comparison.hpp>
#include <compute_divide/test_result.hpp>

/// One odds ratio of two groups over many strata: papers of firms against those of universities, within venue and year.
namespace compute_divide::inline v0_2 {

struct mantel_haenszel_options {
    double level = 0.95;  ///< in (0, 1)
};

/// The odds ratio that strata have in common, and the test that it is 1.
struct mantel_haenszel_result {
    estimate odds_ratio = {};
    test_result test = {};       ///< Cochran-Mantel-Haenszel, chi-squared with 1 degree of freedom, not corrected for
                                 ///< continuity
    std::uint64_t n_strata = 0;  ///< that tell something: both groups, and both successes and failures

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(odds_ratio); }
    friend bool operator==(const mantel_haenszel_result&, const mantel_haenszel_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<mantel_haenszel_result>) {
    using result = mantel_haenszel_result;
    return member_list(member{"odds_ratio", &result::odds_ratio}, member{"test", &result::test},
                       member{"n_strata", &result::n_strata});
}

/// Sums over strata, each of k1 successes of n1 in the first group and k2 of n2 in the second:
///
///   odds ratio = R / S,   R = sum k1 (n2 - k2) / n,   S = sum (n1 - k1) k2 / n,   n = n1 + n2
///
/// with the variance of its logarithm by Robins, Breslow and Greenland (1986), which holds for few large strata and for
/// many small ones. Where the strata's odds ratios differ it is a mean of them. Records are taken as independent.
class mantel_haenszel_sums {
public:
    /// Throws std::invalid_argument unless 0 <= successes <= n < infinity.
    void add(const share_count& first, const share_count& second) {
        for (const share_count& c : {first, second}) {
            detail::require(c.n >= 0 && c.n <= std::numeric_limits<double>::max(), "mantel_haenszel", "finite n >= 0",
                            c.n);
            detail::require(c.successes >= 0 && c.successes <= c.n, "mantel_haenszel", "0 <= successes <= n",
                            c.successes);
        }
        const double a = first.successes, b = first.n - a, c = second.successes, d = second.n - c;
        const double n = first.n + second.n, successes = a + c, failures = b + d;
        n_ += n;
        if (first.n == 0 || second.n == 0 || successes == 0 || failures == 0) return;
        ++n_strata_;
        const double r = a * (d / n), s = b * (c / n), p = (a + d) / n, q = (b + c) / n;
        r_ += r;
        s_ += s;
        pr_ += p * r;
        cross_ += p * s + q * r;
        qs_ += q * s;
        const double expected = first.n * (successes / n);
        excess_ += a - expected;
        if (n > 1) variance_ += first.n / n * (second.n / n) * (successes * (failures / (n - 1)));
        room_below_ += expected - std::max(0.0, first.n - failures);
        room_above_ += std::min(first.n, successes) - expected;
    }

    void merge(const mantel_haenszel_sums& more) {
        n_ += more.n_;
        n_strata_ += more.n_strata_;
        r_ += more.r_;
        s_ += more.s_;
        pr_ += more.pr_;
        cross_ += more.cross_;
        qs_ += more.qs_;
        excess_ += more.excess_;
        variance_ += more.variance_;
        room_below_ += more.room_below_;
        room_above_ += more.room_above_;
        n_missing_ += more.n_missing_;
    }
    void add_missing(std::uint64_t n = 1) { n_missing_ += n; }

    /// no_data: nothing added; degenerate: no stratum tells anything, for the odds ratio also R = 0 or S = 0;
    /// few_clusters: the successes expected are nearer than 5 to the fewest or the most there can be (Mantel, Fleiss
    /// 1980), and neither interval nor test is known to hold. Throws std::invalid_argument for a level outside (0, 1).
    [[nodiscard]] mantel_haenszel_result result(const mantel_haenszel_options& options = {}) const {
        detail::require_level(options.level, "mantel_haenszel");
        mantel_haenszel_result found{.n_strata = n_strata_};
        estimate& ratio = found.odds_ratio;
        test_result& test = found.test;
        ratio.level = options.level;
        ratio.method = "mantel_haenszel";
        test.method = "cochran_mantel_haenszel";
        ratio.n_missing = test.n_missing = n_missing_;
        detail::state_sample_size(ratio, n_);
        detail::state_sample_size(test, n_);
        if (n_ == 0) return found;
        ratio.status = test.status = estimate_status::degenerate;
        const estimate_status told =
            std::min(room_below_, room_above_) < 5 ? estimate_status::few_clusters : estimate_status::ok;
        if (variance_ > 0) {
            const double statistic = excess_ * excess_ / variance_;
            test.statistic = statistic;
            test.degrees_of_freedom = 1;
            test.p_value = detail::two_sided_normal_p(std::sqrt(statistic));
            test.status = told;
        }
        if (!(r_ > 0) || !(s_ > 0)) return found;
        const double variance = pr_ / r_ / r_ / 2 + cross_ / r_ / s_ / 2 + qs_ / s_ / s_ / 2;
        const double factor = std::exp(detail::upper_normal_quantile((1 - options.level) / 2) * std::sqrt(variance));
        const double value = r_ / s_;
        if (!(value / factor > 0) || !std::isfinite(value * factor)) return found;
        ratio.value = value;
        ratio.bounds = {value / factor, value * factor};
        ratio.status = told;
        return found;
    }

private:
    double n_ = 0, r_ = 0, s_ = 0, pr_ = 0, cross_ = 0, qs_ = 0;  // R, S, sums of PR, PS + QR, QS
    double excess_ = 0, variance_ = 0, room_below_ = 0, room_above_ = 0;
    std::uint64_t n_strata_ = 0, n_missing_ = 0;
};

/// The odds ratio of a yes in records of one group (where `in_first` says yes) against those of the other, within
/// strata. Records of which a field is not known are left out. One pass, any input range; O(n log strata). Statuses and
/// errors as mantel_haenszel_sums. Source: Mantel, Haenszel (1959), JNCI 22:719. Checked against R mantelhaen.test.
template <std::ranges::input_range Records, label_field_of<Records> Stratum, predicate_field_of<Records> First,
          predicate_field_of<Records> Success>
[[nodiscard]] mantel_haenszel_result mantel_haenszel(Records&& records, Stratum stratum, First in_first,
                                                     Success success, const mantel_haenszel_options& options = {}) {
    using key_type = label_storage_t<field_value_t<Stratum, Records>>;
    const auto yes = [](const auto& answer) -> bool {
        if constexpr (detail::is_optional<std::remove_cvref_t<decltype(answer)>>)
            return static_cast<bool>(*answer);
        else
            return static_cast<bool>(answer);
    };
    struct groups {
        share_count first{0, 0}, second{0, 0};
    };
    std::map<key_type, groups> strata;
    mantel_haenszel_sums sums;
    for (auto&& record : records) {
        const field_value_t<Stratum, Records> key = std::invoke(stratum, record);
        const field_value_t<First, Records> group = std::invoke(in_first, record);
        const field_value_t<Success, Records> answer = std::invoke(success, record);
        if (!is_known(key) || !is_known(group) || !is_known(answer)) {
            sums.add_missing();
            continue;
        }
        auto& of_stratum = [&]() -> groups& {
            if constexpr (detail::is_optional<field_value_t<Stratum, Records>>)
                return strata[key_type(*key)];
            else
                return strata[key_type(key)];
        }();
        share_count& counts = yes(group) ? of_stratum.first : of_stratum.second;
        counts.n += 1;
        if (yes(answer)) counts.successes += 1;
    }
    for (const auto& [key, each] : strata) sums.add(each.first, each.second);
    return sums.result(options);
}

}  // namespace compute_divide::inline v0_2

#endif
