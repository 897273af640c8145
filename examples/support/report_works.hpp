// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_WORKS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_WORKS_HPP

#include <string>
#include <vector>

#include <compute_divide/report/finding.hpp>

namespace example {

/// The sample of works that comes with the programs.
[[nodiscard]] std::vector<std::string> shipped_works();

/// Who writes works of OpenAlex: what openalex_teams finds in files and folders of works, and in states that it saved,
/// together. The sources are those of the works that come with the programs, else the names of what was given. Throws
/// what openalex_teams does.
[[nodiscard]] compute_divide::finding works_finding(const std::vector<std::string>& works,
                                                    const std::vector<std::string>& states);

}  // namespace example

#endif
