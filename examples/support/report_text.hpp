// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_TEXT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_TEXT_HPP

#include <string>
#include <vector>

#include "support/report_parts.hpp"
#include "support/report_words.hpp"

/// The report for repositories and papers: the parts and words of the page, in Markdown and LaTeX.
namespace example {

/// Figures are files of a folder beside, which is made where it is not there; none where its name is empty. Throws what
/// write_svg does, except for figures without anything to draw, which are left out.
[[nodiscard]] std::string report_markdown(const std::vector<report_part>& parts, const report_origin& origin,
                                          const std::string& figures);

/// A document that pdflatex sets: tables by booktabs, figures by pgfplots. Needs no other file. Of long tables the
/// first 40 rows.
[[nodiscard]] std::string report_latex(const std::vector<report_part>& parts, const report_origin& origin);

}  // namespace example

#endif
