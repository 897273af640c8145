// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_FIT_READINGS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_FIT_READINGS_HPP

#include <optional>
#include <tuple>
#include <vector>

#include <compute_divide/regression.hpp>

namespace test_support {

/// What a reader of a fit asks for.
inline auto readings_of(const compute_divide::regression_fit& fit) {
    auto lines = compute_divide::coefficient_lines(fit);
    std::vector<compute_divide::estimate> estimates;
    for (const auto& name : fit.names) estimates.push_back(compute_divide::coefficient(fit, name));
    std::optional<compute_divide::prediction> prediction;
    if (!fit.absorbed) prediction = compute_divide::predict(fit, {});
    return std::tuple{fit.coefficients,
                      fit.residual_sd,
                      fit.r_squared,
                      fit.log_likelihood,
                      lines,
                      estimates,
                      prediction,
                      compute_divide::overall_test(fit)};
}

}  // namespace test_support

#endif
