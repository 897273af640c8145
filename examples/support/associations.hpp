// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_ASSOCIATIONS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_ASSOCIATIONS_HPP

#include <algorithm>
#include <string>
#include <vector>

#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// What a regression says of one term among many.
namespace example {

/// An estimate without value, of what a fit does not have: the status says why.
[[nodiscard]] compute_divide::estimate no_estimate(const compute_divide::regression_fit& fit);

/// The line of a term among odds ratios or marginal effects, as an estimate; the status where there is none.
template <class Line>
[[nodiscard]] compute_divide::estimate estimate_of(const std::string& term, const std::vector<Line>& lines,
                                                   const compute_divide::regression_fit& fit) {
    const auto line = std::ranges::find(lines, term, &Line::name);
    return line == lines.end() ? no_estimate(fit) : line->estimate;
}

/// JSON of a fit, of some terms only, without those of effects; and without how many steps it took, which may depend on
/// the processor.
[[nodiscard]] std::string json_of(const compute_divide::regression_fit& fit, const std::vector<std::string>& terms);

/// "clustered (46)"
[[nodiscard]] std::string errors_of(const compute_divide::regression_fit& fit);

}  // namespace example

#endif
