// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_STRD_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_STRD_HPP

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "support/reference.hpp"

namespace test_support {

struct strd_row {
    double y;
    std::vector<double> x;
};

/// One of NIST's reference data sets for linear regression, with its certified values.
struct strd_set {
    std::string name;
    std::size_t degree = 0;  // of a polynomial in x[0]; 0: the x are the terms
    bool intercept = true;
    std::vector<double> coefficients, standard_errors;
    double residual_sd = 0, r_squared = 0;
    std::vector<strd_row> rows;
};

inline std::vector<strd_set> strd_sets() {
    std::vector<strd_set> sets;
    for (const auto& row : reference_table("strd_certified", 7)) {
        if (sets.empty() || sets.back().name != row.name) {
            sets.emplace_back();
            sets.back().name = row.name;
            sets.back().degree = static_cast<std::size_t>(row.numbers[0]);
            sets.back().intercept = row.numbers[1] != 0;
            sets.back().residual_sd = row.numbers[5];
            sets.back().r_squared = row.numbers[6];
        }
        sets.back().coefficients.push_back(row.numbers[3]);
        sets.back().standard_errors.push_back(row.numbers[4]);
    }
    for (const auto& row : reference_table("strd_data", 7))
        for (auto& set : sets)
            if (set.name == row.name) {
                set.rows.push_back({row.numbers[0], {}});
                for (std::size_t j = 1; j < row.numbers.size(); ++j)
                    if (!std::isnan(row.numbers[j])) set.rows.back().x.push_back(row.numbers[j]);
            }
    return sets;
}

}  // namespace test_support

#endif
