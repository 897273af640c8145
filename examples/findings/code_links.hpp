// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_CODE_LINKS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_CODE_LINKS_HPP

#include <string>

#include <compute_divide/report/finding.hpp>

#include "support/curves.hpp"
#include "support/data_folder.hpp"
#include "support/papers.hpp"

/// Do industry's papers link less code? Papers of 17 venues to 2025, within venue and year, in several periods; and
/// what remains of it where two sources of links say how many papers with code neither sees.
namespace example {

struct code_links_inputs {
    papers_input papers = {.path = data_file("venue_papers.csv.gz")};  ///< with sectors of authors and links to code
    double level = 0.95;                                               ///< of the intervals
    curve_input curve = {};  ///< tests the specifications of each claim together
};

[[nodiscard]] compute_divide::finding code_links(const code_links_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string code_links_json(const code_links_inputs& inputs);

}  // namespace example

#endif
