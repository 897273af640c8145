// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_CODE_RELEASE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_CODE_RELEASE_HPP

#include <optional>
#include <string>

#include <compute_divide/report/finding.hpp>

#include "support/curves.hpp"
#include "support/models.hpp"
#include "support/papers.hpp"

/// Is less code released the more authors are in industry? Papers with a link to their code on the number of their
/// industry authors, within venue and year; and open training code of models by kind of team, within year.
namespace example {

struct code_release_inputs {
    std::optional<papers_input> papers = papers_input{};  ///< with sectors of authors and links to code, if any
    std::optional<models_input> models = models_input{};  ///< if any
    int since = 2012;                                     ///< first year of models
    curve_input curve = {};                               ///< how all specifications are tested together
};

[[nodiscard]] compute_divide::finding code_release(const code_release_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string code_release_json(const code_release_inputs& inputs);

}  // namespace example

#endif
