// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_TREND_POINTS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_TREND_POINTS_HPP

#include <string>
#include <vector>

namespace test_support {

struct trend_point {
    double x, y;
};

/// The samples of tests/reference/trend_points.py and .R: every number is an exact double, so all languages have the
/// same.
inline std::vector<trend_point> trend_points(const std::string& kind, double n) {
    std::vector<trend_point> points;
    for (long i = 0; i < static_cast<long>(n); ++i) {
        if (kind == "scattered") {  // unequal steps
            const double x = static_cast<double>(i * 7919 % 10007) / 16;
            points.push_back({x, x / 4 + static_cast<double>((i * i * 31 + 17 * i) % 1013) / 8});
        } else if (kind == "ties") {
            const long x = i * 37 % 12;
            points.push_back({static_cast<double>(x), static_cast<double>((i * i * 7 + 3 * i) % 5 + x / 3)});
        } else {  // "series": equal steps, outliers, slow waves
            const double x = 2010 + static_cast<double>(i) / 8;
            const double wave = static_cast<double>((i / 6) % 4) * 3 + static_cast<double>(i * i * 5 % 11) / 4;
            points.push_back({x, i % 19 == 4 ? 100 : x / 2 + wave});
        }
    }
    return points;
}

/// Two points on a line, and an odd one: what an error is made of.
inline std::vector<trend_point> two_points_and(trend_point odd) {
    return {{1, 2}, {2, 4}, odd};
}

}  // namespace test_support

#endif
