// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_PRETRAINED_RELIANCE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_PRETRAINED_RELIANCE_HPP

#include <optional>
#include <string>

#include <compute_divide/report/finding.hpp>

#include "support/curves.hpp"
#include "support/models.hpp"
#include "support/papers.hpp"

/// Does academia build on industry's models? Shares of academic models that are built on another team's, who made those
/// and whether they are open, and shares of abstracts that speak of pre-trained models.
namespace example {

struct pretrained_reliance_inputs {
    std::optional<models_input> models = models_input{};  ///< with base models, if any
    std::optional<papers_input> papers = papers_input{};  ///< with terms, and authors by sector, if any
    int since = 2013, until = 2024;                       ///< years of the models
    curve_input curve = {.draws = 99};                    ///< how all specifications are tested together
};

/// Throws std::runtime_error where the table names no base models.
[[nodiscard]] compute_divide::finding pretrained_reliance(const pretrained_reliance_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string pretrained_reliance_json(const pretrained_reliance_inputs& inputs);

}  // namespace example

#endif
