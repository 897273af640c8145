// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_SCORED_COMPUTE_HPP
#define COMPUTE_DIVIDE_COMPUTE_SCORED_COMPUTE_HPP

#include <array>
#include <type_traits>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>

/// What pareto_frontier.hpp and score_line.hpp compare: scores and the compute they took.
namespace compute_divide::inline v0_2 {

/// Which of two scores is the better one.
enum class score_direction {
    higher_is_better,  ///< accuracy, BLEU
    lower_is_better    ///< error, perplexity
};
[[nodiscard]] constexpr auto enumerators(score_direction) {
    using enum score_direction;
    return std::array{named<score_direction>{higher_is_better, "higher_is_better", "higher is better"},
                      named<score_direction>{lower_is_better, "lower_is_better", "lower is better"}};
}

/// A result: a score and the compute it took, in any unit.
struct scored_compute {
    double score = 0;
    double compute = 0;

    friend constexpr bool operator==(const scored_compute&, const scored_compute&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<scored_compute>) {
    return member_list(member{"score", &scored_compute::score}, member{"compute", &scored_compute::compute});
}

}  // namespace compute_divide::inline v0_2

#endif
