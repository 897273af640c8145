// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_BY_VINTAGE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_BY_VINTAGE_HPP

#include <string>
#include <vector>

#include <compute_divide/report/table.hpp>

namespace example {

/// What vintages of the table of models say of the same claims, side by side: of each claim about models, for each
/// vintage, the headline's estimate (the first where there is no headline), and how many of the vintage's
/// specifications support the claim, contradict it, or leave it undecided. Throws usage_error for a vintage that the
/// table does not have.
[[nodiscard]] compute_divide::table table_by_vintage(const std::vector<std::string>& vintages);

}  // namespace example

#endif
