// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_SCRUTINY_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_SCRUTINY_HPP

#include <string>

#include <compute_divide/report/finding.hpp>

#include "support/curves.hpp"
#include "support/data_folder.hpp"
#include "support/papers.hpp"

/// Who scrutinises models, and who adapts those of others? Papers of 17 venues to 2025 by what terms their title and
/// abstract have: the share by academia alone among them against other papers, before and after, within venue and year.
namespace example {

struct scrutiny_inputs {
    papers_input papers = {.path = data_file("venue_papers.csv.gz")};  ///< with sectors of authors and groups of terms
    std::string marks = data_file("scrutiny_marks.csv");  ///< what some of them are about; empty: nothing is corrected
    std::string errors = data_file("venue_team_errors.csv");  ///< of what made the sectors; empty: the same
    double level = 0.95;                                      ///< of the intervals
    curve_input curve = {};                                   ///< tests the specifications of each claim together
};

[[nodiscard]] compute_divide::finding scrutiny(const scrutiny_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string scrutiny_json(const scrutiny_inputs& inputs);

}  // namespace example

#endif
