// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_LATEX_FIGURE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_LATEX_FIGURE_HPP

#include <string>
#include <string_view>

#include <compute_divide/report/figure.hpp>

namespace example {

/// Text of which no character is LaTeX, in one line.
[[nodiscard]] std::string latex_text(std::string_view plain);

/// A floating figure that pgfplots draws, with its caption, and the label `fig:LABEL`; empty where there is nothing to
/// draw. Needs \usepackage{pgfplots}, and the colours of `latex_colours`.
[[nodiscard]] std::string latex_figure(const compute_divide::figure& f, const std::string& label,
                                       const std::string& caption);

/// Definitions of the colours, for the head of a document.
[[nodiscard]] std::string latex_colours();

}  // namespace example

#endif
