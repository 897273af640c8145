// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_BETA_QUANTILE_HPP
#define COMPUTE_DIVIDE_DETAIL_BETA_QUANTILE_HPP

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <compute_divide/detail/ieee_arithmetic.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/saddle_point.hpp>

/// Quantiles of the beta distribution to full double accuracy for parameters up to 1e12 and beyond, where Boost's
/// ibeta_inv (1.74) loses up to half of its digits or gives up.
///
/// The tail is written as density times Mills ratio, I_x(a, b) = D R, where D = x^a y^b / B(a, b) is the density of the
/// logit l = ln(x / y), y = 1 - x. D comes from Loader's saddle-point form (2000), which does not cancel; R from a
/// continued fraction, or from quadrature where that would converge slowly.
namespace compute_divide::inline v0_2::detail {

/// A point of [0, 1] with its distance from 1, each to full relative accuracy.
struct unit_point {
    double x, y;
};

/// A beta distribution's parameters and its value n = a + b.
struct beta_shape {
    double a, b, n = a + b;

    /// d ln D / dl = a - n x, without cancellation.
    [[nodiscard]] double slope(unit_point at) const { return at.x < at.y ? a - n * at.x : n * at.y - b; }
};

/// The part of ln D that does not depend on x.
[[nodiscard]] inline double log_density_scale(beta_shape s) {
    return 0.5 * std::log(s.a / (2 * std::numbers::pi) * (s.b / s.n)) + stirling_error(s.n) - stirling_error(s.a) -
           stirling_error(s.b);
}

/// The part of ln D that does: a (ln r - r + 1) + b (ln q - q + 1), where r = n x / a and q = n y / b are near one.
[[nodiscard]] inline double log_density_shape(beta_shape s, unit_point at, double slope) {
    return s.a * log_less(s.n * at.x / s.a, -slope / s.a) + s.b * log_less(s.n * at.y / s.b, slope / s.b);
}

/// DiDonato and Morris (1992), eq. 9: 1 / R, some sqrt(min(a, b)) terms of a continued fraction, from the first on by
/// the method of Lentz as Thompson and Barnett (1986) have it.
[[nodiscard]] inline double mills_fraction(beta_shape s, double x, double slope) {
    constexpr double tiny = 16 * std::numeric_limits<double>::min();
    constexpr int most_terms = 100'000;
    double value = 0, ahead = 0, behind = 0;
    for (int term = 0; term < most_terms; ++term) {
        const double m = term;
        const double even = s.a + 2 * m - 1, odd = even + 2;
        const double numerator = (s.a + m - 1) * (s.n + m - 1) * m * (s.b - m) * x * x / (even * even);
        const double denominator = m + m * (s.b - m) * x / even + (s.a + m) * (slope + 1 + m * (2 - x)) / odd;
        if (term == 0) {
            value = ahead = denominator == 0 ? tiny : denominator;
            continue;
        }
        behind = denominator + numerator * behind;
        behind = 1 / (behind == 0 ? tiny : behind);
        ahead = denominator + numerator / ahead;
        if (ahead == 0) ahead = tiny;
        value *= ahead * behind;
        if (!(std::fabs(ahead * behind - 1) > std::numeric_limits<double>::epsilon())) break;
    }
    return value;
}

/// R as the integral over t > 0 of D(l - t) / D(l).
[[nodiscard]] inline double mills_integral(beta_shape s, unit_point at, double slope) {
    const bool left = at.x < at.y;  // each form is free of cancellation on its side
    const double sign = left ? -1 : 1, count = left ? s.a : s.b, part = left ? at.x : at.y;
    return tail_integral(
        [=](double t) { return std::exp(sign * count * t - s.n * std::log1p(part * std::expm1(sign * t))); }, slope,
        s.n * at.x * at.y);
}

[[nodiscard]] inline double mills_ratio(beta_shape s, unit_point at, double slope) {
    constexpr double integral_is_faster = 1500;
    if (std::min(s.a, s.b) > integral_is_faster) return mills_integral(s, at, slope);
    return 1 / mills_fraction(s, at.x, slope);
}

/// The point below which a beta variable falls with probability `tail` <= 1/2: set up once, applied to many shapes.
class beta_quantile {
public:
    explicit beta_quantile(double tail)
        : log_tail_(std::log(tail)), log_rest_(std::log1p(-tail)), z_(upper_normal_quantile(tail)) {}

    [[nodiscard]] unit_point operator()(double a, double b) const {
        if (b == 1) return {std::exp(log_tail_ / a), -std::expm1(log_tail_ / a)};
        if (a == 1) return {-std::expm1(log_rest_ / b), std::exp(log_rest_ / b)};
        if (b > 1 && log_tail_ / a < -1e3) return {0, 1};  // below that of b = 1, which is less than any double
        const beta_shape shape{a, b};
        const double scale = log_density_scale(shape);
        const double guess = first_guess(shape, scale);
        unit_point at{1 / (1 + std::exp(-guess)), 1 / (1 + std::exp(guess))};
        if (a < 1 && shape.n * at.x < 1e-17) return at;  // the leading term is the whole tail
        // ln I is concave in the logit, so that Newton's steps converge from anywhere; near the root, where two more
        // terms of the inverse series are safe, they leave an error of the fourth order.
        for (int i = 0; i < 100; ++i) {
            const double slope = shape.slope(at);
            const double ratio = mills_ratio(shape, at, slope);
            const double newton = (log_tail_ - scale - log_density_shape(shape, at, slope) - std::log(ratio)) * ratio;
            const double variance = shape.n * at.x * at.y;
            const double bend = slope - 1 / ratio;
            const double distance = std::fabs(newton) * std::max({1.0, std::sqrt(variance), std::fabs(bend)});
            double step = newton;
            if (distance < 0.5) {
                const double second = bend / 2, third = (bend * bend - variance - bend / ratio) / 6;
                step *= 1 - newton * (second - newton * (2 * second * second - third));
            }
            const double grown = at.x * std::exp(step);
            at = {grown / (at.y + grown), at.y / (at.y + grown)};
            if (distance < 5e-4) break;
        }
        return at;
    }

private:
    /// Carter's (1947) approximation; for a < 1 the leading term of the tail, x^a / (a B(a, b)).
    [[nodiscard]] double first_guess(beta_shape s, double scale) const {
        if (s.a < 1)
            return (log_tail_ + std::log(s.a) - scale - s.b * std::log1p(s.a / s.b)) / s.a - std::log(s.n / s.a);
        const double u = 1 / (2 * s.a - 1), v = 1 / (2 * std::max(s.b, 1.0) - 1);
        const double h = 2 / (u + v), lambda = (z_ * z_ - 3) / 6;
        const double w = z_ * std::sqrt(h + lambda) / h - (v - u) * (lambda + 5.0 / 6 - 2 / (3 * h));
        return std::log(s.a / s.b) - 2 * w;
    }

    double log_tail_, log_rest_, z_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
