// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REGRESSION_REQUEST_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REGRESSION_REQUEST_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/regression/wild_bootstrap.hpp>

/// A regression that is asked for in words: of columns of a CSV table, by name.
namespace example {

struct regression_request {
    std::string csv, response, weights, offset, family = "linear", covariance, correction = "stata", reference;
    std::string cluster_separator;  ///< between the labels of a cell; nothing: a cell is a label
    std::vector<std::string> terms, categorical, absorb, cluster, missing = {"NA"}, test;
    char delimiter = ',';
    bool decimal_comma = false, decimal_point = false;
    double level = 0.95;
    std::uint64_t wild = 0;  ///< draws of a wild cluster bootstrap of each term; 0: none
    bool firth = false, no_intercept = false, exponentiate = false, marginal_effects = false;
};

/// What was asked for; effects and tests where they were.
struct regression_answer {
    compute_divide::regression_fit fit;
    compute_divide::joint_test overall;
    std::optional<compute_divide::joint_test> together;
    std::optional<std::vector<compute_divide::coefficient_line>> exponentiated;
    std::optional<std::vector<compute_divide::marginal_effect>> marginal_effects;
    std::vector<compute_divide::wild_bootstrap_result> wild;
};

/// Reads the file as often as the fit needs it. Throws std::runtime_error for options that do not go together, and for
/// cells that are no numbers, with their line and column.
[[nodiscard]] regression_answer answer_to(const regression_request& asked);

[[nodiscard]] std::string text_of(const regression_answer& answer, const regression_request& asked);
[[nodiscard]] std::string json_of(const regression_answer& answer);

}  // namespace example

#endif
