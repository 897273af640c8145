// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_CODE_RELEASE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_CODE_RELEASE_HPP

#include <string>

#include <compute_divide/report/finding.hpp>

/// Is less code released the more authors are in industry? Papers with a link to their code on the number of their
/// industry authors, within venue and year; and open training code of models by kind of team, within year.
namespace example {

struct code_release_inputs {
    std::string papers = COMPUTE_DIVIDE_DATA_DIR "/papers.csv";  ///< with sectors of authors and links to code
    std::string models = COMPUTE_DIVIDE_DATA_DIR "/models.csv";  ///< Epoch AI's table, any vintage as downloaded
    std::string vintage = "2025-08";                             ///< of a table of models that holds several
    int since = 2012;                                            ///< first year of models
};

[[nodiscard]] compute_divide::finding code_release(const code_release_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string code_release_json(const code_release_inputs& inputs);

}  // namespace example

#endif
