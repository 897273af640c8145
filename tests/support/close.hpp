// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_CLOSE_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_CLOSE_HPP

#include <cmath>
#include <cstdio>
#include <limits>
#include <string>

namespace test_support {

/// The error of `computed` relative to `expected`; absolute where zero is expected.
inline double relative_error(double computed, double expected) {
    if (computed == expected) return 0;
    if (!std::isfinite(computed) || !std::isfinite(expected)) return std::numeric_limits<double>::infinity();
    const double difference = std::fabs(computed - expected);
    return expected == 0 ? difference : difference / std::fabs(expected);
}

/// Whether two numbers agree to `tolerance`, relative. Use as CHECK(close(computed, expected, 1e-13)); a failure prints
/// both in decimal and hex.
inline bool close(double computed, double expected, double tolerance) {
    const bool agree = relative_error(computed, expected) <= tolerance;
    if (!agree)
        std::fprintf(stderr, "computed %.17g (%a), expected %.17g (%a), relative error %.3g > %.3g\n", computed,
                     computed, expected, expected, relative_error(computed, expected), tolerance);
    return agree;
}

}  // namespace test_support

#endif
