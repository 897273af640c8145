// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_BROKEN_TRENDS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_BROKEN_TRENDS_HPP

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "support/reference.hpp"

namespace test_support {

struct model {
    std::chrono::sys_days date;
    double flop;
};
using models = std::vector<model>;

inline std::chrono::sys_days day(double n) {
    return std::chrono::sys_days{std::chrono::days{static_cast<int>(n)}};
}

/// The samples of tests/reference/breaks_data.csv, by name.
inline const std::map<std::string, models>& samples() {
    static const auto read = [] {
        std::map<std::string, models> by_name;
        for (const auto& row : reference_table("breaks_data", 2))
            by_name[row.name].push_back({day(row.numbers[0]), row.numbers[1]});
        return by_name;
    }();
    return read;
}

/// n models, one every `step` days: log10 is 18 on day 14610, and x days later 0.001 x and more(x) above that.
template <class More>
models trend_of(int n, int step, More more) {
    models records;
    for (int i = 0; i < n; ++i) {
        const double x = step * i;
        records.push_back({day(14610 + x), std::pow(10, 18 + 0.001 * x + more(x))});
    }
    return records;
}
inline double after(double x, double start) {
    return std::max(0.0, x - start);
}

}  // namespace test_support

#endif
