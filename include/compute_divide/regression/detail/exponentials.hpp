// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_EXPONENTIALS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_EXPONENTIALS_HPP

#include <bit>
#include <cstdint>

#include <compute_divide/detail/compiler.hpp>

/// exp and log in straight lines of arithmetic, so that loops over them become vector instructions, which those
/// of the C library do not.
namespace compute_divide::inline v0_2::detail {

/// exp(x) for x from -708 to 709, to 2 units in the last place: x = k log 2 + r, and Taylor's series of r.
[[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE inline double exp_of(double x) {
    constexpr double log2_e = 0x1.71547652b82fep0, log_2 = 0x1.62e42fefa3800p-1, log_2_rest = 0x1.ef35793c76730p-45;
    constexpr double round = 0x1.8p52;  // added, it leaves the nearest whole number in the last bits
    const double shifted = x * log2_e + round, k = shifted - round;
    const double r = (x - k * log_2) - k * log_2_rest;
    double series = 1.0 / 6'227'020'800;
    series = series * r + 1.0 / 479'001'600;
    series = series * r + 1.0 / 39'916'800;
    series = series * r + 1.0 / 3'628'800;
    series = series * r + 1.0 / 362'880;
    series = series * r + 1.0 / 40'320;
    series = series * r + 1.0 / 5'040;
    series = series * r + 1.0 / 720;
    series = series * r + 1.0 / 120;
    series = series * r + 1.0 / 24;
    series = series * r + 1.0 / 6;
    series = series * r + 0.5;
    series = (series * r) * r + r;
    const auto power = std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023) << 52);
    return power + power * series;
}

/// Of t = exp(-x): 1 / (1 + t), t / (1 + t), which are the logistic distribution at x and -x, and log(1 + t).
struct logistic_values {
    double larger, smaller, log_of_one_and_t;
};
/// Of x from 0 to 708, each to 5 units in the last place (tests/regression/logistic.test.cpp).
[[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE inline logistic_values logistic_of(double x) {
    const double t = exp_of(-x), inverse = 1 / ((1 + t) * (2 + t));  // two divisions in one
    const double larger = (2 + t) * inverse;
    // log(1 + t) = 2 artanh(s)
    const double s = t * ((1 + t) * inverse), square = s * s;  // at most 1/9
    double series = 1.0 / 33;
    series = series * square + 1.0 / 31;
    series = series * square + 1.0 / 29;
    series = series * square + 1.0 / 27;
    series = series * square + 1.0 / 25;
    series = series * square + 1.0 / 23;
    series = series * square + 1.0 / 21;
    series = series * square + 1.0 / 19;
    series = series * square + 1.0 / 17;
    series = series * square + 1.0 / 15;
    series = series * square + 1.0 / 13;
    series = series * square + 1.0 / 11;
    series = series * square + 1.0 / 9;
    series = series * square + 1.0 / 7;
    series = series * square + 1.0 / 5;
    series = series * square + 1.0 / 3;
    return {larger, t * larger, 2 * (s + s * square * series)};
}

/// The logarithm of a finite normal number > 0, to 1 unit in the last place: log(2^k m) = k log 2 + log m, m in
/// [sqrt(1/2), sqrt(2)), by the polynomial of fdlibm (Sun Microsystems 1993).
[[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE inline double log_of(double x) {
    constexpr auto root_half = std::bit_cast<std::uint64_t>(0x1.6a09e667f3bcdp-1);
    constexpr auto one = std::bit_cast<std::uint64_t>(1.0), ulps = std::bit_cast<std::uint64_t>(0x1p52);
    constexpr double log_2 = 0x1.62e42fee00000p-1, log_2_rest = 0x1.a39ef35793c76p-33;
    const std::uint64_t shifted = std::bit_cast<std::uint64_t>(x) + (one - root_half);
    const double k = std::bit_cast<double>((shifted >> 52) | ulps) - (0x1p52 + 1023);
    const double f = std::bit_cast<double>((shifted & ((std::uint64_t{1} << 52) - 1)) + root_half) - 1;
    const double s = f / (2 + f), z = s * s, w = z * z;
    const double odd =
        z * (6.666666666666735130e-01 +
             w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    const double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    const double half_square = 0.5 * f * f;
    return k * log_2 - ((half_square - (s * (half_square + odd + even) + k * log_2_rest)) - f);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
