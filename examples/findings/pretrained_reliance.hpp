// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_PRETRAINED_RELIANCE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_PRETRAINED_RELIANCE_HPP

#include <string>

#include <compute_divide/report/finding.hpp>

/// Does academia build on industry's models? Shares of academic models that are built on another team's, who made those
/// and whether they are open, and shares of abstracts that speak of pre-trained models.
namespace example {

struct pretrained_reliance_inputs {
    std::string models = COMPUTE_DIVIDE_DATA_DIR "/models.csv";  ///< Epoch AI's table, with base models
    std::string papers = COMPUTE_DIVIDE_DATA_DIR "/papers.csv";  ///< with terms, and authors by sector
    std::string vintage = "2025-08";                             ///< of a table of models that holds several
    int since = 2013, until = 2024;                              ///< years of the models
};

/// Throws std::runtime_error where the table names no base models.
[[nodiscard]] compute_divide::finding pretrained_reliance(const pretrained_reliance_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string pretrained_reliance_json(const pretrained_reliance_inputs& inputs);

}  // namespace example

#endif
