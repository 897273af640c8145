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
#include <compute_divide/report/regressions.hpp>
#include <compute_divide/report/table.hpp>

#include "support/own_table.hpp"

/// Regressions that are asked for in words: of columns of a CSV table, by name.
namespace example {

struct regression_request {
    own_table table;
    std::string response, weights, offset, family = "linear", covariance, correction = "stata", reference;
    std::string cluster_separator;  ///< between the labels of a cell; nothing: a cell is a label
    std::vector<std::string> terms, categorical, absorb, cluster, missing = {"NA"}, test;
    std::vector<std::string> models;  ///< formulas, in place of response, terms, categorical and absorb
    bool decimal_point = false;
    double level = 0.95;
    std::uint64_t wild = 0;  ///< draws of a wild cluster bootstrap of each term; 0: none
    bool firth = false, no_intercept = false, exponentiate = false, marginal_effects = false;
};

/// What says how well a model fits, beside what the fit has.
struct fit_facts {
    std::optional<double> adjusted_r_squared = {};  ///< of least squares
    std::optional<double> aic = {}, bic = {};  ///< of a likelihood; of least squares, without weights, the normal one
    std::optional<double> condition_number = {};  ///< of the columns, scaled to equal length
};

/// What was asked for of a model; effects and tests where they were.
struct regression_answer {
    compute_divide::fitted_model model;  ///< with the names of the response and of the effects
    compute_divide::joint_test overall;
    fit_facts facts;
    std::optional<compute_divide::joint_test> together;
    std::optional<std::vector<compute_divide::coefficient_line>> exponentiated;
    std::optional<std::vector<compute_divide::marginal_effect>> marginal_effects;
    std::vector<compute_divide::wild_bootstrap_result> wild;
    std::vector<std::string> notes;  ///< of the effects, and of --where
};

/// An answer for each model. Reads the file as often as the fits need it. Throws usage_error for options that do not go
/// together, formulas that are none, and columns that the table does not have; std::runtime_error for cells that are no
/// numbers, with their line and column.
[[nodiscard]] std::vector<regression_answer> answers_to(const regression_request& asked);

/// Every column of the table, what its first cells are, and samples: for --show-columns.
[[nodiscard]] std::vector<compute_divide::found_column> columns_of(const regression_request& asked);

[[nodiscard]] std::string text_of(const regression_answer& answer, const regression_request& asked);
[[nodiscard]] std::string json_of(const regression_answer& answer);
/// The models side by side.
[[nodiscard]] compute_divide::table table_of(const std::vector<regression_answer>& answers,
                                             const regression_request& asked);

}  // namespace example

#endif
