// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_CURVES_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_CURVES_HPP

#include <map>
#include <string>
#include <vector>

#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/specification.hpp>

#include "support/reference.hpp"

namespace test_support {

/// tests/reference/specification_curve.csv.
inline std::map<std::string, double> curve_reference() {
    std::map<std::string, double> values;
    for (const auto& row : reference_table("specification_curve", 1)) values[row.name] = row.numbers.front();
    return values;
}

/// A specification with an interval of half the width `half`.
inline compute_divide::specification ran(std::vector<compute_divide::choice> choices, double value, double half) {
    return {.choices = std::move(choices),
            .result = {.value = value,
                       .bounds = compute_divide::interval{value - half, value + half},
                       .n = 10,
                       .status = compute_divide::estimate_status::ok}};
}

}  // namespace test_support

#endif
