// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_ASSOCIATIONS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_ASSOCIATIONS_HPP

#include <string>
#include <vector>

#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// What a regression says of one term among many.
namespace example {

/// The line of a term among odds ratios or marginal effects, as an estimate; the status where there is none.
[[nodiscard]] compute_divide::estimate estimate_of(const std::string& term,
                                                   const std::vector<compute_divide::coefficient_line>& lines,
                                                   const compute_divide::regression_fit& fit);

/// JSON of a fit, of some terms only, without those of effects; and without how many steps it took, which may depend on
/// the processor.
[[nodiscard]] std::string json_of(const compute_divide::regression_fit& fit, const std::vector<std::string>& terms);

/// "clustered (46)"
[[nodiscard]] std::string errors_of(const compute_divide::regression_fit& fit);

}  // namespace example

#endif
