// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_CURVES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_CURVES_HPP

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <compute_divide/report/finding.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/statistics/curve_inference.hpp>

#include "support/command_line.hpp"

/// Claims whose specifications are tested together, as a curve.
namespace example {

/// How a curve is tested.
struct curve_input {
    std::uint64_t draws = 199;  ///< of whole clusters
    std::uint64_t seed = 1;

    void add_to(command_line& line);
    [[nodiscard]] compute_divide::joint_options options(compute_divide::comparison_scale scale) const;
};

/// The options of the specification that is nearest to the study's words, and why it is.
struct headline {
    std::vector<compute_divide::choice> choices;
    std::string why;
};

/// Gives a claim the specifications of a curve in its order, the headline and the verdict. What the claim says must be
/// above or below the curve's value of no effect.
void set_curve(compute_divide::claim& claim, const compute_divide::specification_curve& curve, const headline& quoted);

/// What the curves of claims say together: median with interval, directions, joint tests, what moves the answer.
[[nodiscard]] compute_divide::table table_of_curves(
    const std::vector<std::pair<std::string, const compute_divide::specification_curve*>>& curves);

/// How draws were made, and what they leave out, for notes.
[[nodiscard]] std::string told(const compute_divide::joint_inference& joint, const std::string& units);

}  // namespace example

#endif
