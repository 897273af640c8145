// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SUMS_OVER_GROUPS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SUMS_OVER_GROUPS_HPP

#include <array>
#include <cstddef>
#include <vector>

#include <compute_divide/statistics/cluster_equations.hpp>

/// Regressions within groups (venues and years) as sums over these, each with a level of its own: what a draw of whole
/// groups weighs, so that nothing is fitted again.
namespace example {

/// Records of a group that are alike.
struct grouped_row {
    std::size_t group = 0;
    std::array<double, 2> x = {};
    double yes = 0, n = 0;
};

/// Of a combination of the coefficients of least squares of the share of yes on x, within groups.
[[nodiscard]] compute_divide::cluster_equations linear_within(const std::vector<grouped_row>& rows,
                                                              std::array<double, 2> contrast);

/// The same of a logit, one step of Newton's from its maximum (each group's level is where its score is 0, whatever the
/// draw); without equations where there is none.
[[nodiscard]] compute_divide::cluster_equations logit_within(const std::vector<grouped_row>& rows,
                                                             std::array<double, 2> contrast);

/// Two shares of one group.
struct grouped_pair {
    std::size_t group = 0;
    double first_yes = 0, first = 0, second_yes = 0, second = 0;
};
/// Of the logarithm of the odds ratio by Mantel and Haenszel, first over second; without equations where it is not
/// finite.
[[nodiscard]] compute_divide::cluster_equations mantel_haenszel_equations(const std::vector<grouped_pair>& pairs);

}  // namespace example

#endif
