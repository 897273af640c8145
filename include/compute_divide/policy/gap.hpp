// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_POLICY_GAP_HPP
#define COMPUTE_DIVIDE_POLICY_GAP_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/trends/growth.hpp>
#include <compute_divide/trends/quantile_lag.hpp>

/// The gap between a frontier and those behind it, G = F / A: how it moves, how many years it is, when it closes.
///
/// Every function is there for plain numbers and for uncertain ones, whose common sources (two growth rates of one fit)
/// do not count twice. Growth is in times a year, time in years. Two lines of log compute: that is all there is to the
/// formulas; that growth goes on as it was is the assumption.
namespace compute_divide::inline v0_2 {

namespace detail {

[[nodiscard]] inline double normal_cdf(double z) {
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

/// x to a power: the logarithms of its sources times the exponent.
[[nodiscard]] inline uncertain<> power_of(const uncertain<>& x, double exponent) {
    uncertain<> result(std::pow(x.value(), exponent));
    for (const auto& s : x.sources()) {
        const double log_sd = exponent * s.log_sd;
        const uncertain<> factor(1, s.name, std::fabs(log_sd));
        result = log_sd < 0 ? result / factor : result * factor;
    }
    return result;
}

/// Variance of the logarithm, and covariance of two logarithms: from the sources that both have.
[[nodiscard]] inline double log_covariance(const uncertain<>& a, const uncertain<>& b) {
    double sum = 0;
    for (const auto& of_a : a.sources())
        for (const auto& of_b : b.sources())
            if (of_a.name == of_b.name) sum += of_a.log_sd * of_b.log_sd;
    return sum;
}

/// The ratio ln a / ln b of two logarithms that are normal together, with Fieller's (1954) interval. Where ln b is not
/// distinguishable from 0 the upper end is infinite.
[[nodiscard]] inline estimate ratio_of_logs(const uncertain<>& a, const uncertain<>& b, double level) {
    const double log_a = std::log(a.value()), log_b = std::log(b.value());
    estimate e{.value = log_a / log_b, .level = level, .method = "fieller", .status = estimate_status::ok};
    if (a.sources().empty() && b.sources().empty()) {
        e.method = "exact";
        return e;
    }
    const double z = upper_normal_quantile((1 - level) / 2);
    const double square = log_b * log_b - z * z * log_covariance(b, b);
    const double half = log_a * log_b - z * z * log_covariance(a, b);
    const double rest = log_a * log_a - z * z * log_covariance(a, a);
    const double root = std::sqrt(std::max(0.0, half * half - square * rest));
    if (square > 0)
        e.bounds = interval{(half - root) / square, (half + root) / square};
    else if (square < 0 && rest > 0)
        e.bounds = interval{(half - root) / square, std::numeric_limits<double>::infinity()};
    return e;
}

inline void require_growth(double growth, std::string_view function) {
    require(growth > 1 && std::isfinite(growth), function, "a finite growth of the frontier above 1 times a year",
            growth);
}
inline void require_above_zero(double x, std::string_view function, std::string_view what) {
    require(x > 0 && std::isfinite(x), function, what, x);
}

}  // namespace detail

/// The gap that a comparison of two groups' upper quantiles shows on its date: 10^difference, log-normal with the
/// interval of the difference. Throws std::invalid_argument for a comparison without a value.
[[nodiscard]] inline uncertain<> gap_of(const quantile_lag_result& lag, std::string name = "gap") {
    const estimate& d = lag.difference;
    detail::require(d.value.has_value(), "gap_of", "a difference with a value", description_of(d.status));
    estimate gap = detail::antilog(d);
    return uncertain_from(gap, std::move(name));
}

/// By what the gap is multiplied in a year: g_F / g_A. Throws std::invalid_argument unless both are > 0 and finite.
[[nodiscard]] inline double gap_growth(double frontier_growth, double own_growth) {
    detail::require_above_zero(frontier_growth, "gap_growth", "a finite growth of the frontier > 0");
    detail::require_above_zero(own_growth, "gap_growth", "a finite own growth > 0");
    return frontier_growth / own_growth;
}
[[nodiscard]] inline uncertain<> gap_growth(const uncertain<>& frontier_growth, const uncertain<>& own_growth) {
    static_cast<void>(gap_growth(frontier_growth.value(), own_growth.value()));
    return frontier_growth / own_growth;
}

/// G(t) = G0 (g_F / g_A)^t. Throws std::invalid_argument unless gap and growths are > 0 and finite, and the years
/// finite.
[[nodiscard]] inline double gap_after(double gap, double frontier_growth, double own_growth, double years) {
    detail::require_above_zero(gap, "gap_after", "a finite gap > 0");
    detail::require(std::isfinite(years), "gap_after", "finite years", years);
    return gap * std::pow(gap_growth(frontier_growth, own_growth), years);
}
[[nodiscard]] inline uncertain<> gap_after(const uncertain<>& gap, const uncertain<>& frontier_growth,
                                           const uncertain<>& own_growth, double years) {
    static_cast<void>(gap_after(gap.value(), frontier_growth.value(), own_growth.value(), years));
    return gap * detail::power_of(frontier_growth / own_growth, years);
}

/// How many years ago the frontier was where the others are: ln G0 / ln g_F; negative where they are ahead. Throws
/// std::invalid_argument for a gap that is not finite and > 0, and for a frontier that does not grow.
[[nodiscard]] inline double years_behind(double gap, double frontier_growth) {
    detail::require_above_zero(gap, "years_behind", "a finite gap > 0");
    detail::require_growth(frontier_growth, "years_behind");
    return std::log(gap) / std::log(frontier_growth);
}
/// The same with Fieller's interval at the level; its upper end is infinite where no growth of the frontier is within
/// reach of the level. Throws also for a level outside (0, 1).
[[nodiscard]] inline estimate years_behind(const uncertain<>& gap, const uncertain<>& frontier_growth,
                                           double level = 0.9) {
    detail::require_level(level, "years_behind");
    static_cast<void>(years_behind(gap.value(), frontier_growth.value()));
    return detail::ratio_of_logs(gap, frontier_growth, level);
}

/// Whether the gap closes, where all goes on as it does.
enum class parity_kind {
    reached,   ///< there is no gap
    expected,  ///< in a finite time
    never      ///< those behind do not grow faster
};
[[nodiscard]] constexpr auto enumerators(parity_kind) {
    using enum parity_kind;
    return std::array{named<parity_kind>{reached, "reached"}, named<parity_kind>{expected, "expected"},
                      named<parity_kind>{never, "never"}};
}

/// When the gap closes, if it does.
struct parity {
    estimate years = {};  ///< from now, where expected; 0 where reached; of `never` none, `degenerate`
    parity_kind kind = parity_kind::never;
    double probability = 0;  ///< that those behind grow faster, or are not behind

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(years); }
    friend bool operator==(const parity&, const parity&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<parity>) {
    return member_list(member{"years", &parity::years}, member{"kind", &parity::kind},
                       member{"probability", &parity::probability});
}

/// When the gap closes: ln G0 / ln(g_A / g_F) years from now where g_A > g_F, else never. Uncertain numbers: the value
/// is that at their medians, with Fieller's interval, whose upper end is infinite where equal growth is within reach of
/// the level; the probability is that of g_A > g_F. Throws std::invalid_argument for numbers that are not finite and >
/// 0, and a level outside (0, 1).
[[nodiscard]] inline parity parity_of(const uncertain<>& gap, const uncertain<>& frontier_growth,
                                      const uncertain<>& own_growth, double level = 0.9) {
    constexpr std::string_view function = "parity_of";
    detail::require_level(level, function);
    detail::require_above_zero(gap.value(), function, "a finite gap > 0");
    // NOLINTNEXTLINE(readability-suspicious-call-argument): the gap closes as it grows the other way round
    const uncertain<> closing = gap_growth(own_growth, frontier_growth);
    const double rate = std::log(closing.value()), sd = closing.log_sd();
    parity result{.years = {.level = level, .method = "fieller", .status = estimate_status::degenerate},
                  .probability = sd > 0 ? detail::normal_cdf(rate / sd) : (rate > 0 ? 1.0 : 0.0)};
    if (gap.value() <= 1) {
        result.kind = parity_kind::reached;
        result.probability = 1;
        result.years.value = 0;
        result.years.method = "exact";
        result.years.status = estimate_status::ok;
    } else if (rate > 0) {
        result.kind = parity_kind::expected;
        result.years = detail::ratio_of_logs(gap, closing, level);
    }
    return result;
}
/// Of plain numbers.
[[nodiscard]] inline parity parity_of(double gap, double frontier_growth, double own_growth) {
    detail::require_above_zero(gap, "parity_of", "a finite gap > 0");
    static_cast<void>(gap_growth(frontier_growth, own_growth));
    return parity_of(uncertain<>(gap), uncertain<>(frontier_growth), uncertain<>(own_growth));
}

/// How fast those behind must grow to be within `within` times of the frontier after so many years:
/// g_F (G0 / k)^(1 / T). Throws std::invalid_argument unless gap, growth, within and years are finite and > 0.
[[nodiscard]] inline double growth_to_be_within(double gap, double frontier_growth, double within, double years) {
    constexpr std::string_view function = "growth_to_be_within";
    detail::require_above_zero(gap, function, "a finite gap > 0");
    detail::require_above_zero(frontier_growth, function, "a finite growth of the frontier > 0");
    detail::require_above_zero(within, function, "a finite factor > 0 to be within");
    detail::require_above_zero(years, function, "finite years > 0");
    return frontier_growth * std::pow(gap / within, 1 / years);
}
[[nodiscard]] inline uncertain<> growth_to_be_within(const uncertain<>& gap, const uncertain<>& frontier_growth,
                                                     double within, double years) {
    static_cast<void>(growth_to_be_within(gap.value(), frontier_growth.value(), within, years));
    return frontier_growth * detail::power_of(gap / uncertain<>(within), 1 / years);
}

/// The probability that the gap is at most `within` after so many years. Throws as gap_after, and unless `within` is
/// finite and > 0.
[[nodiscard]] inline double probability_within(const uncertain<>& gap, const uncertain<>& frontier_growth,
                                               const uncertain<>& own_growth, double within, double years) {
    detail::require_above_zero(within, "probability_within", "a finite factor > 0 to be within");
    const uncertain<> then = gap_after(gap, frontier_growth, own_growth, years);
    const double room = std::log(within / then.value()), sd = then.log_sd();
    return sd > 0 ? detail::normal_cdf(room / sd) : (room >= 0 ? 1.0 : 0.0);
}

}  // namespace compute_divide::inline v0_2

#endif
