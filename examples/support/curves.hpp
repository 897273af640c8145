// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_CURVES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_CURVES_HPP

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <compute_divide/report/finding.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/statistics/cluster_equations.hpp>
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

/// Numbers of clusters, from 0, by their names.
class cluster_numbers {
public:
    std::size_t operator()(const std::string& name) {
        return numbers_.try_emplace(name, numbers_.size()).first->second;
    }
    /// Of the first of some names; of none, of a cluster of its own that is called `alone`.
    std::size_t operator()(const std::vector<std::string>& names, const std::string& alone) {
        return (*this)(names.empty() ? "\n" + alone : names.front());
    }
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }

private:
    std::map<std::string, std::size_t> numbers_;
};

/// Gives a claim, whose specifications stay in their order, what a curve of the same says of them together; where there
/// is no test, why. What the claim says must be above or below the curve's value of no effect.
void set_tested(compute_divide::claim& claim, const compute_divide::specification_curve& curve);

/// Tests the specifications of a claim together, which stay in their order: `equations` has those of each. Where there
/// is no test, the claim says why. What the claim says must be above or below its reference.
compute_divide::specification_curve test_together(
    compute_divide::claim& claim, const std::vector<compute_divide::cluster_equations>& equations, std::size_t clusters,
    const curve_input& how, compute_divide::comparison_scale scale = compute_divide::comparison_scale::difference);

/// What the curves of claims say together: median with interval, directions, joint tests, what moves the answer.
[[nodiscard]] compute_divide::table table_of_curves(
    const std::vector<std::pair<std::string, const compute_divide::specification_curve*>>& curves);

/// How draws were made, and what they leave out, for notes; empty where none were.
[[nodiscard]] std::string told(const compute_divide::joint_inference& joint, const std::string& units);

}  // namespace example

#endif
