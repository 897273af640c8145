// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_DETAIL_SCORED_RECORDS_HPP
#define COMPUTE_DIVIDE_COMPUTE_DETAIL_SCORED_RECORDS_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include <compute_divide/compute/scored_compute.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/require.hpp>

namespace compute_divide::inline v0_2::detail {

/// 1 where more of the score is better, -1 where less is.
[[nodiscard]] constexpr double sign_of(score_direction direction) {
    return direction == score_direction::higher_is_better ? 1 : -1;
}

/// The compute and score of each record that has both, by position; how many have not. Throws for a compute that is not
/// positive and finite, and for an infinite score.
template <class Records, class Score, class Compute, class Visit>
std::uint64_t for_each_scored(std::string_view function, Records& records, const Compute& compute, const Score& score,
                              const Visit& visit) {
    std::uint64_t n_missing = 0;
    std::size_t position = 0;
    const auto require_of_record = [&](bool condition, std::string_view requirement, double got) {
        if (!condition) fail(function, std::string(requirement) + " in record " + std::to_string(position), got);
    };
    for (auto&& record : records) {
        const double c = as_double(std::invoke(compute, record)), s = as_double(std::invoke(score, record));
        require_of_record(!is_known(c) || (c > 0 && std::isfinite(c)), "finite compute > 0", c);
        require_of_record(!is_known(s) || std::fabs(s) <= 1e150, "a score of at most 1e150 in size", s);
        if (!is_known(c) || !is_known(s) || !visit(record, position, c, s)) ++n_missing;
        ++position;
    }
    return n_missing;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
