// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_WHAT_IT_TAKES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_WHAT_IT_TAKES_HPP

#include <compute_divide/report/finding.hpp>

#include "support/scenario_report.hpp"

/// How far is academia behind, and does the gap close? What the program `scenario` says without a programme, under
/// every definition of which models count and of what is ahead.
namespace example {

/// `asked`: what is the same in all; a definition and a reference are put in.
[[nodiscard]] compute_divide::finding what_it_takes(const scenario_request& asked);

}  // namespace example

#endif
