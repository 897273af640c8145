// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_DOUBLE_DOUBLE_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_DOUBLE_DOUBLE_HPP

#include <bit>
#include <cstdint>
#include <tuple>

#include <compute_divide/detail/ieee_arithmetic.hpp>

/// Arithmetic of about 31 digits: a number as the unevaluated sum of two doubles (Dekker 1971; Knuth, TAOCP 4.2.2).
namespace compute_divide::inline v0_2::detail {

struct double_double {
    double high = 0;
    double low = 0;  // at most half a unit in the last place of `high`

    constexpr double_double() = default;
    constexpr double_double(double x) : high(x) {}
    constexpr double_double(double h, double l) : high(h), low(l) {}

    constexpr explicit operator double() const { return high; }
    constexpr double_double operator-() const { return {-high, -low}; }

    static auto state(auto& self) { return std::tie(self.high, self.low); }
};

/// a + b, exactly.
[[nodiscard]] constexpr double_double exact_sum(double a, double b) {
    const double sum = a + b, of_b = sum - a;
    return {sum, (a - (sum - of_b)) + (b - of_b)};
}

/// The same where |a| >= |b|.
[[nodiscard]] constexpr double_double exact_sum_in_order(double a, double b) {
    const double sum = a + b;
    return {sum, b - (sum - a)};
}

/// The first 26 bits of x; what they leave has 27.
[[nodiscard]] constexpr double upper_half(double x) {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & ~std::uint64_t{0x7FFFFFF});
}

/// a b, to 2^-105.
[[nodiscard]] constexpr double_double exact_product(double a, double b) {
    const double product = a * b, a1 = upper_half(a), a2 = a - a1, b1 = upper_half(b), b2 = b - b1;
    return {product, ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2};
}

[[nodiscard]] constexpr double_double operator+(double_double a, double_double b) {
    const double_double high = exact_sum(a.high, b.high), low = exact_sum(a.low, b.low);
    const double_double sum = exact_sum_in_order(high.high, high.low + low.high);
    return exact_sum_in_order(sum.high, sum.low + low.low);
}
[[nodiscard]] constexpr double_double operator-(double_double a, double_double b) {
    return a + -b;
}
[[nodiscard]] constexpr double_double operator*(double_double a, double_double b) {
    const double_double product = exact_product(a.high, b.high);
    return exact_sum_in_order(product.high, product.low + (a.high * b.low + a.low * b.high));
}
[[nodiscard]] constexpr double_double operator/(double_double a, double_double b) {
    const double first = a.high / b.high;
    const double_double remainder = a - b * first;
    const double second = remainder.high / b.high;
    const double third = (remainder - b * second).high / b.high;
    return exact_sum_in_order(first, second) + third;
}

constexpr double_double& operator+=(double_double& a, double_double b) {
    return a = a + b;
}
constexpr double_double& operator-=(double_double& a, double_double b) {
    return a = a - b;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
