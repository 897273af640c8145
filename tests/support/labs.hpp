// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_LABS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_LABS_HPP

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/regression/terms.hpp>

#include "support/close.hpp"
#include "support/reference.hpp"

/// Records of counts, for the regressions of counts.
namespace test_support {

struct lab {
    double papers = 0, gpus = 0, authors = 1, weight = 1;
    std::string country = "a";
    std::optional<double> age = 1;
};

inline const auto log_authors = [](const lab& l) { return std::log(l.authors); };

/// Counts that scatter more than Poisson's, of 9 countries.
[[nodiscard]] inline std::vector<lab> ordinary_labs(const std::string& set = "ordinary") {
    std::vector<lab> labs;
    for (const auto& row : reference_table("counts_data", 4))
        if (row.name == set)
            labs.push_back({.papers = row.numbers[0],
                            .gpus = row.numbers[1],
                            .authors = row.numbers[2],
                            .country = std::to_string(static_cast<int>(row.numbers[3]))});
    return labs;
}

inline const auto on_gpus = compute_divide::model_of(&lab::papers).on(compute_divide::variable("gpus", &lab::gpus));
/// Papers on GPUs, by author.
inline const auto papers_by_author = on_gpus.offset_by(log_authors);

/// The fit's standard errors, and that of theta if it has one.
[[nodiscard]] inline std::vector<double> errors_of(const compute_divide::regression_fit& fit) {
    std::vector<double> errors;
    for (std::size_t i = 0; i < fit.covariance.p; ++i) errors.push_back(fit.covariance.standard_error(i));
    if (fit.theta_standard_error) errors.push_back(*fit.theta_standard_error);
    return errors;
}

inline void check_close(const std::vector<double>& computed, const std::vector<double>& expected, double tolerance) {
    REQUIRE(computed.size() == expected.size());
    for (std::size_t i = 0; i < computed.size(); ++i) CHECK(close(computed[i], expected[i], tolerance));
}

/// Counts 0, 1, 2, ... of n labs, of which each second has gpus.
[[nodiscard]] inline std::vector<lab> small_labs(std::size_t n) {
    std::vector<lab> labs;
    for (std::size_t i = 0; i < n; ++i)
        labs.push_back({.papers = static_cast<double>(i * i % 11), .gpus = static_cast<double>(i % 2)});
    return labs;
}

}  // namespace test_support

#endif
