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
#include <compute_divide/detail/binary_units.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/running_mean.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// Mean and variance in one mergeable pass.
namespace compute_divide::inline v0_2 {

struct moments_options {
    double level = 0.95;  ///< in (0, 1)
};

/// Mean and variance of the numbers that were added.
struct moments_result {
    estimate mean = {};  ///< with Student's t interval
    /// sum (x - mean)^2 / (n - 1); none for n < 2, and where it is no double, as of 1e-170 and 2e-170 (the interval is
    /// right all the same)
    std::optional<double> variance = {};

    /// sqrt(variance); none where that is none.
    [[nodiscard]] std::optional<double> standard_deviation() const {
        if (!variance) return std::nullopt;
        return std::sqrt(*variance);
    }

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(mean); }
    friend bool operator==(const moments_result&, const moments_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<moments_result>) {
    return member_list(member{"mean", &moments_result::mean}, member{"variance", &moments_result::variance});
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
/// it, and rounding of n sums would add up. All are in units of a power of two, so that no square leaves the doubles:
/// the interval of c x is c times that of x, for x of any size.
///
/// Checked against NIST's certified values (StRD) and R's t.test. O(1) a number.
class moments {
public:
    /// Throws std::invalid_argument for an infinite number.
    template <class Number>
    requires quantity<known_t<Number>>
    void add(const Number& number) {
        if (!is_known(number)) {
            ++n_missing_;
            return;
        }
        double x = as_double(number);
        if (exponent_ != 0 || !(x == 0 || detail::is_of_ordinary_size(std::fabs(x)))) x = in_units(x);
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
        if (other.exponent_ > exponent_) change_unit(other.exponent_);
        if (exponent_ > other.exponent_) {
            moments in_same_unit = other;
            in_same_unit.change_unit(exponent_);
            return add_in_same_unit(in_same_unit);
        }
        add_in_same_unit(other);
    }

    /// No numbers: the mean is `no_data`; one: `too_few` for an interval; all equal: the interval is the mean; an
    /// interval beyond the largest double: `degenerate`.
    /// `few_clusters`: value and interval are there, but Student's t is not known to cover: n <= 25 g^2, g = (m3 / n) /
    /// (m2 / n)^(3/2) the numbers' skewness (Cochran 1977, Sampling Techniques, section 2.15), or n < 30, of which the
    /// skewness cannot be known; of normal numbers it covers all the same (docs/coverage.md). Throws
    /// std::invalid_argument for a level outside (0, 1).
    [[nodiscard]] moments_result result(const moments_options& options = {}) const {
        detail::require_level(options.level, "moments");
        constexpr std::string_view method = "mean, Student's t";
        moments_result all{.mean = {.level = options.level, .method = method, .n = n_, .n_missing = n_missing_}};
        if (n_ == 0) return all;
        const auto in_full = [this](double x, int power = 1) { return std::ldexp(x, power * exponent_); };
        all.mean.value = in_full(mean_.high);
        all.mean.status = estimate_status::too_few;
        if (n_ == 1) return all;
        const auto n = static_cast<double>(n_);
        const double degrees = n - 1;
        all.mean.degrees_of_freedom = degrees;
        const double variance = m2_.high / degrees;
        if (const double whole = in_full(variance, 2); variance == 0 || std::isnormal(whole)) all.variance = whole;
        const double half = detail::two_sided_t(options.level, degrees) * std::sqrt(variance / n);
        const interval bounds{in_full(mean_.high - half), in_full(mean_.high + half)};
        if (!std::isfinite(bounds.width())) {
            all.mean.status = estimate_status::degenerate;
            return all;
        }
        all.mean.bounds = bounds;
        const double deviation = std::sqrt(m2_.high / n),
                     skewness = m2_.high > 0 ? m3_ / n / deviation / deviation / deviation : 0;
        all.mean.status =
            n < fewest || n <= 25 * skewness * skewness ? estimate_status::few_clusters : estimate_status::ok;
        return all;
    }

private:
    /// x in units, which grow with it.
    COMPUTE_DIVIDE_NO_INLINE double in_units(double x) {
        detail::require(std::isfinite(x), "moments", "finite numbers", x);
        if (x == 0) return x;
        if (const int needed = detail::unit_exponent(std::fabs(x)); needed > exponent_) change_unit(needed);
        return std::ldexp(x, -exponent_);
    }
    void change_unit(int exponent) {
        const int less = exponent_ - exponent;  // of nothing but zeros there is nothing to change
        const auto change = [&](double& x, int power) { x = std::ldexp(x, power * less); };
        change(mean_.high, 1);
        change(mean_.low, 1);
        change(m2_.high, 2);
        change(m2_.low, 2);
        change(m3_, 3);
        exponent_ = exponent;
    }
    void add_in_same_unit(const moments& other) {
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

    friend struct state_access;
    static constexpr std::string_view state_name = "moments";
    static auto state(auto& self) {
        return std::tie(self.n_, self.n_missing_, self.mean_, self.m2_, self.m3_, self.exponent_);
    }
    [[nodiscard]] bool restore() const {
        constexpr double largest = 0x1p201;
        const bool spread = m2_.high != 0 || m2_.low != 0 || m3_ != 0;
        return std::fabs(mean_.high) <= largest && std::fabs(mean_.low) <= largest &&
               m2_.high <= static_cast<double>(n_) * largest * largest && std::fabs(m2_.low) <= m2_.high &&
               std::isfinite(m3_) && (m2_.high > 0 || m3_ == 0) && (n_ > 1 || !spread) &&
               detail::is_unit_exponent(exponent_) &&
               ((n_ > 0 && exponent_ != detail::no_unit) || (mean_.high == 0 && mean_.low == 0 && !spread)) &&
               (n_ > 0 || exponent_ == detail::no_unit);
    }

    static constexpr double fewest = 30;

    std::uint64_t n_ = 0;
    std::uint64_t n_missing_ = 0;
    detail::running_mean mean_;
    detail::running_mean m2_;                  // sum of (x - mean)^2, in two doubles too
    double m3_ = 0;                            // sum of (x - mean)^3
    std::int32_t exponent_ = detail::no_unit;  // of the unit, 2 to it
};

}  // namespace compute_divide::inline v0_2

#endif
