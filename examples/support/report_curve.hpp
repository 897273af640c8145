// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_CURVE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_CURVE_HPP

#include <optional>
#include <string>
#include <vector>

#include <compute_divide/report/figure.hpp>
#include <compute_divide/report/finding.hpp>

#include "support/plot.hpp"

/// A claim's specifications as a picture.
namespace example {

/// Estimates in ascending order, one series for each evidence and one for the headline, the study's number as a line;
/// and the rows of choices that vary, for page_picture.
struct claim_curve {
    compute_divide::figure figure = {};
    std::vector<option_row> rows = {};
};
/// None of a claim with fewer than two estimates, or whose estimates differ in no choice.
[[nodiscard]] std::optional<claim_curve> curve_of(const compute_divide::claim& c);

/// The specification of a claim to quote: its headline, else the first that was estimated, else null.
[[nodiscard]] const compute_divide::specification* quoted_of(const compute_divide::claim& c);

}  // namespace example

#endif
