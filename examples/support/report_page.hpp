// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_PAGE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_PAGE_HPP

#include <string>
#include <vector>

#include "support/report_parts.hpp"
#include "support/report_words.hpp"

/// The report as one HTML page that needs nothing else: no other file, no network, no script.
namespace example {

/// The page. Where it would have 2 MB or more, it has less of long tables, which say so, and of prepared figures. The
/// same parts and origin make the same bytes. Throws what page_svg does, except for figures without anything to draw,
/// which are left out.
[[nodiscard]] std::string report_page(const std::vector<report_part>& parts, const report_origin& origin);

}  // namespace example

#endif
