// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_BETA_QUANTILE_HPP
#define COMPUTE_DIVIDE_DETAIL_BETA_QUANTILE_HPP

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include <compute_divide/detail/ieee_arithmetic.hpp>
#include <compute_divide/detail/normal_quantile.hpp>

/// Quantiles of the beta distribution to full double accuracy for parameters up to 1e12 and beyond, where Boost's
/// ibeta_inv (1.74) loses up to half of its digits or gives up.
///
/// The tail is written as density times Mills ratio, I_x(a, b) = D R, where D = x^a y^b / B(a, b) is the density of the
/// logit l = ln(x / y), y = 1 - x. D comes from Loader's saddle-point form (2000), which does not cancel; R from a
/// continued fraction, or from quadrature where that would converge slowly.
namespace compute_divide::detail {

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

/// ln Gamma(z) less Stirling's formula, (z - 1/2) ln z - z + ln(2 pi) / 2. From z to z + 1 it falls by
/// (z + 1/2) ln(1 + 1 / z) - 1.
[[nodiscard]] inline double stirling_error(double z) {
    double sum = 0;
    while (z < 10) {
        sum += (z + 0.5) * (z < 1 ? std::log1p(z) - std::log(z) : std::log1p(1 / z)) - 1;
        z += 1;
    }
    const double w = 1 / (z * z);
    return sum +
           (1.0 / 12 -
            w * (1.0 / 360 - w * (1.0 / 1260 - w * (1.0 / 1680 - w * (1.0 / 1188 - w * (691.0 / 360360 - w / 156)))))) /
               z;
}

/// ln(1 + x) - x for |x| <= 0.1: of r = x / (2 + x) it is -x r + 2 r^3 / 3 + 2 r^5 / 5 + ...
[[nodiscard]] inline double log1p_less_x(double x) {
    const double r = x / (2 + x), square = r * r;  // below 0.0028
    double sum = 0;
    for (int k = 15; k >= 3; k -= 2) sum = sum * square + 2.0 / k;
    return r * (square * sum - x);
}

/// The part of ln D that does not depend on x.
[[nodiscard]] inline double log_density_scale(beta_shape s) {
    return 0.5 * std::log(s.a / (2 * std::numbers::pi) * (s.b / s.n)) + stirling_error(s.n) - stirling_error(s.a) -
           stirling_error(s.b);
}

/// The part of ln D that does: a (ln r - r + 1) + b (ln q - q + 1), where r = n x / a and q = n y / b are near one.
[[nodiscard]] inline double log_density_shape(beta_shape s, unit_point at, double slope) {
    const auto log_less = [](double ratio, double excess) {
        return std::fabs(excess) < 0.1 ? log1p_less_x(excess) : std::log(ratio) - excess;
    };
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

struct gauss_point {
    double node, weight;
};

/// The Gauss-Legendre rule of 30 points in [-1, 1], those above 0 (`tests/reference/gauss_legendre.py`).
inline constexpr gauss_point gauss_legendre_30[]{
    {0.051471842555317695833, 0.10285265289355884034}, {0.15386991360858354696, 0.1017623897484055046},
    {0.25463692616788984644, 0.099593420586795267063}, {0.35270472553087811347, 0.096368737174644259639},
    {0.44703376953808917678, 0.092122522237786128718}, {0.53662414814201989926, 0.086899787201082979802},
    {0.62052618298924286114, 0.080755895229420215355}, {0.69785049479331579693, 0.073755974737705206268},
    {0.76777743210482619492, 0.065974229882180495128}, {0.82956576238276839744, 0.057493156217619066482},
    {0.88256053579205268154, 0.048402672830594052903}, {0.92620004742927432588, 0.038799192569627049597},
    {0.96002186496830751222, 0.02878470788332336935},  {0.98366812327974720997, 0.018466468311090959142},
    {0.99689348407464954027, 0.0079681924961666056155}};

/// R as the integral over t > 0 of D(l - t) / D(l), near to a normal tail: Gauss-Legendre to where it is negligible.
[[nodiscard]] inline double mills_integral(beta_shape s, unit_point at, double slope) {
    const bool left = at.x < at.y;  // each form is free of cancellation on its side
    const double sign = left ? -1 : 1, count = left ? s.a : s.b, part = left ? at.x : at.y;
    const auto density_ratio = [=](double t) {
        return std::exp(sign * count * t - s.n * std::log1p(part * std::expm1(sign * t)));
    };
    constexpr double negligible = 40;  // e^-40 is below a tenth of the rounding error
    const double end = 2 * negligible / (slope + std::sqrt(slope * slope + 2 * negligible * s.n * at.x * at.y));
    double sum = 0;
    for (const auto& [node, weight] : gauss_legendre_30)
        sum += weight * (density_ratio(end / 2 * (1 - node)) + density_ratio(end / 2 * (1 + node)));
    return end / 2 * sum;
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

}  // namespace compute_divide::detail

#endif
