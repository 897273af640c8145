// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_PARETO_FRONTIER_HPP
#define COMPUTE_DIVIDE_COMPUTE_PARETO_FRONTIER_HPP

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <type_traits>
#include <vector>

#include <compute_divide/compute/detail/scored_records.hpp>
#include <compute_divide/compute/scored_compute.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// Which results nobody beats with less compute.
///
///     find_pareto_frontier(models, &model::training_flop, &model::accuracy).points;
namespace compute_divide::inline v0_2 {

/// The results that no other beats.
struct pareto_frontier {
    /// A record on the frontier.
    struct point {
        std::uint64_t position = 0;  ///< of the record in its range, from 0
        double compute = 0;
        double score = 0;

        friend constexpr bool operator==(const point&, const point&) = default;
    };
    std::vector<point> points = {};  ///< compute ascending, scores ever better; equal ones by position
    std::uint64_t n = 0;
    std::uint64_t n_missing = 0;
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] constexpr explicit operator bool() const { return has_value(status); }
    friend bool operator==(const pareto_frontier&, const pareto_frontier&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<pareto_frontier::point>) {
    using result = pareto_frontier::point;
    return member_list(member{"position", &result::position}, member{"compute", &result::compute},
                       member{"score", &result::score});
}
[[nodiscard]] constexpr auto members(std::type_identity<pareto_frontier>) {
    using result = pareto_frontier;
    return member_list(member{"points", &result::points}, member{"n", &result::n},
                       member{"n_missing", &result::n_missing}, member{"status", &result::status});
}

/// Options of `find_pareto_frontier`.
struct pareto_options {
    score_direction direction = score_direction::higher_is_better;
};

/// The records that no other beats: none has at most their compute and at least their score, and one of both better.
///
/// Equal records do not beat each other: all of them are on the frontier. A record without score or compute is counted
/// in n_missing; no record: no_data. Throws std::invalid_argument, with the position of the record, for compute that is
/// 0, negative or infinite and for an infinite score. One pass, O(n log n).
template <std::ranges::input_range Records, quantity_field_of<Records> Compute, quantity_field_of<Records> Score>
[[nodiscard]] pareto_frontier find_pareto_frontier(Records&& records, Compute compute, Score score,
                                                   pareto_options options = {}) {
    using point = pareto_frontier::point;
    const double sign = detail::sign_of(options.direction);
    std::vector<point> all;
    pareto_frontier frontier;
    frontier.n_missing = detail::for_each_scored("find_pareto_frontier", records, compute, score,
                                                 [&](const auto&, std::size_t position, double c, double s) {
                                                     all.push_back({position, c, s});
                                                     return true;
                                                 });
    frontier.n = all.size();
    if (all.empty()) return frontier;
    frontier.status = estimate_status::ok;
    // The best of one compute first: whoever is not better than all before it, nor equal to the last best, is beaten.
    detail::sort(all, [sign](const point& a, const point& b) {
        if (a.compute != b.compute) return a.compute < b.compute;
        if (a.score != b.score) return sign * a.score > sign * b.score;
        return a.position < b.position;
    });
    for (const point& p : all) {
        const auto& best = frontier.points;
        if (best.empty() || sign * p.score > sign * best.back().score ||
            (p.score == best.back().score && p.compute == best.back().compute))
            frontier.points.push_back(p);
    }
    return frontier;
}

}  // namespace compute_divide::inline v0_2

#endif
