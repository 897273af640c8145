// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_MOMENTS_HPP
#define COMPUTE_DIVIDE_STATISTICS_MOMENTS_HPP

#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/running_mean.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// Mean and variance in one mergeable pass.
namespace compute_divide {

struct moments_options {
    double level = 0.95;  ///< in (0, 1)
};

struct moments_result {
    estimate mean = {};                   ///< with Student's t interval
    std::optional<double> variance = {};  ///< sum (x - mean)^2 / (n - 1); none for n < 2

    /// sqrt(variance); none for n < 2.
    [[nodiscard]] std::optional<double> standard_deviation() const {
        if (!variance) return std::nullopt;
        return std::sqrt(*variance);
    }

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(mean); }
    friend bool operator==(const moments_result&, const moments_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<moments_result>) {
    return std::tuple{member{"mean", &moments_result::mean}, member{"variance", &moments_result::variance}};
}

/// Accumulates numbers; NaN and empty optionals are counted as missing. Neither n nor the mean's size costs digits, as
/// they do where squares are summed:
///
///   d = x - mean;  mean += d / n;  m2 += d (x - mean)                            (Welford 1962)
///   d = mean_b - mean_a;  mean = mean_a + d n_b / n;  m2 = m2_a + m2_b + d^2 n_a n_b / n
///                                                     (Chan, Golub and LeVeque 1979; Pebay 2008, eqs. 1.3 and 1.4)
///
/// and likewise the sum of (x - mean)^3, which says how far t is to be trusted,
///
/// with the mean and m2 kept in two doubles: in one, the mean's last digit would be as large as a deviation of 1e-16 of
/// it, and rounding of n sums would add up.
///
/// Checked against NIST's certified values (StRD) and R's t.test. O(1) a number.
class moments {
public:
    /// Throws std::invalid_argument for a number beyond 1e150, whose square could overflow.
    template <class Number>
    requires quantity<known_t<Number>>
    void add(const Number& number) {
        if (!is_known(number)) {
            ++n_missing_;
            return;
        }
        const double x = as_double(number);
        detail::require(std::fabs(x) <= largest, "moments", "numbers of at most 1e150 in size", x);
        ++n_;
        const auto n = static_cast<double>(n_);
        const double from_old = mean_.less(x), step = from_old / n;
        mean_.add(step);
        const double more = from_old * mean_.less(x);
        m3_ += more * step * (n - 2) - 3 * step * m2_.high;
        m2_.add(more);
    }

    void merge(const moments& other) {
        n_missing_ += other.n_missing_;
        if (other.n_ == 0) return;
        const auto n = static_cast<double>(n_), more = static_cast<double>(other.n_);
        const double share = more / (n + more), apart = other.mean_.less(mean_);
        mean_.add(apart * share);
        const double between = apart * apart * share * n;
        m3_ += other.m3_ + between * apart * (n - more) / (n + more) +
               3 * apart * (n * other.m2_.high - more * m2_.high) / (n + more);
        m2_.add(other.m2_.high);
        m2_.add(other.m2_.low);
        m2_.add(between);
        n_ += other.n_;
    }

    /// No numbers: the mean is `no_data`; one: `too_few` for an interval; all equal: the interval is the mean.
    /// `few_clusters`: value and interval are there, but Student's t is not known to cover: n <= 25 g^2, g = (m3 / n) /
    /// (m2 / n)^(3/2) the numbers' skewness (Cochran 1977, Sampling Techniques, section 2.15), or n < 30, of which the
    /// skewness cannot be known; of normal numbers it covers all the same (docs/coverage.md). Throws
    /// std::invalid_argument for a level outside (0, 1).
    [[nodiscard]] moments_result result(const moments_options& options = {}) const {
        detail::require_level(options.level, "moments");
        constexpr std::string_view method = "mean, Student's t";
        moments_result all{.mean = {.level = options.level, .method = method, .n = n_, .n_missing = n_missing_}};
        if (n_ == 0) return all;
        all.mean.value = mean_.high;
        all.mean.status = estimate_status::too_few;
        if (n_ == 1) return all;
        const auto n = static_cast<double>(n_);
        const double degrees = n - 1;
        all.mean.degrees_of_freedom = degrees;
        all.variance = m2_.high / degrees;
        const double half = detail::two_sided_t(options.level, degrees) * std::sqrt(*all.variance / n);
        all.mean.bounds = {mean_.high - half, mean_.high + half};
        const double deviation = std::sqrt(m2_.high / n),
                     skewness = m2_.high > 0 ? m3_ / n / deviation / deviation / deviation : 0;
        all.mean.status =
            n < fewest || n <= 25 * skewness * skewness ? estimate_status::few_clusters : estimate_status::ok;
        return all;
    }

private:
    friend struct state_access;
    static constexpr std::string_view state_name = "moments";
    static auto state(auto& self) { return std::tie(self.n_, self.n_missing_, self.mean_, self.m2_, self.m3_); }
    [[nodiscard]] bool restore() const {
        return std::fabs(mean_.high) <= largest && std::fabs(mean_.low) <= largest && m2_.high >= 0 &&
               std::fabs(m2_.low) <= m2_.high;
    }

    static constexpr double largest = 1e150;
    static constexpr double fewest = 30;

    std::uint64_t n_ = 0;
    std::uint64_t n_missing_ = 0;
    detail::running_mean mean_;
    detail::running_mean m2_;  // sum of (x - mean)^2, in two doubles too
    double m3_ = 0;            // sum of (x - mean)^3
};

}  // namespace compute_divide

#endif
