// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_EXPONENTIALS_HPP
#define COMPUTE_DIVIDE_DETAIL_EXPONENTIALS_HPP

#include <bit>
#include <cstdint>

/// exp and log(1 + x) in straight lines of arithmetic, so that loops over them become vector instructions, which those
/// of the C library do not.
namespace compute_divide::detail {

/// exp(x) for x from -708 to 0, to 2 units in the last place: x = k log 2 + r, and Taylor's series of r.
[[nodiscard, gnu::always_inline]] inline double exp_of_negative(double x) {
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

/// log(1 + x) for x in [0, 1], to 3 units in the last place: 2 artanh(x / (2 + x)).
[[nodiscard, gnu::always_inline]] inline double log_of_one_and(double x) {
    const double s = x / (2 + x), square = s * s;  // at most 1/9
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
    return 2 * (s + s * square * series);
}

}  // namespace compute_divide::detail

#endif
