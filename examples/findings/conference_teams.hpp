// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_CONFERENCE_TEAMS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_CONFERENCE_TEAMS_HPP

#include <string>

#include <compute_divide/report/finding.hpp>

#include "support/curves.hpp"
#include "support/data_folder.hpp"
#include "support/papers.hpp"

/// Who writes the papers? Shares of NeurIPS, ICML and ICLR papers by kind of team, venue and year, as the classifier of
/// affiliations sees them and corrected for its errors.
namespace example {

struct conference_teams_inputs {
    papers_input papers = {};  ///< with the number of authors by sector
    /// Of what made the sectors, where teams are known; empty: shares are not corrected.
    std::string errors = data_file("team_errors.csv");
    double level = 0.95;     ///< of the intervals
    bool by_area = false;    ///< not by venue, but by what venues are of: natural language, vision, ...
    bool clustered = true;   ///< papers that share an institution depend on each other; else they are independent
    curve_input curve = {};  ///< tests the changes of all venues together
};

[[nodiscard]] compute_divide::finding conference_teams(const conference_teams_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string conference_teams_json(const conference_teams_inputs& inputs);

}  // namespace example

#endif
