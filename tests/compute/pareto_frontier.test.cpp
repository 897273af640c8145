// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/pareto_frontier.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::score_direction;
using test_support::message_of;

namespace {

struct model {
    double score, compute;
};

std::vector<model> reference_models() {
    std::vector<model> models;
    for (const auto& row : test_support::reference_table("efficiency_data", 3))
        models.push_back({row.numbers[1], row.numbers[0]});
    return models;
}
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

std::vector<std::size_t> positions(const cd::pareto_frontier& frontier) {
    std::vector<std::size_t> all;
    for (const auto& point : frontier.points) all.push_back(point.position);
    return all;
}

std::vector<std::size_t> frontier_of(const std::vector<model>& records,
                                     score_direction direction = score_direction::higher_is_better) {
    return positions(cd::find_pareto_frontier(records, &model::compute, &model::score, {.direction = direction}));
}

/// The frontier by its definition, two records at a time.
std::vector<std::size_t> frontier_by_pairs(const std::vector<model>& records) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < records.size(); ++i)
        if (std::ranges::none_of(records, [&](const model& other) {
                const bool no_worse = other.compute <= records[i].compute && other.score >= records[i].score;
                return no_worse && (other.compute < records[i].compute || other.score > records[i].score);
            }))
            all.push_back(i);
    std::ranges::stable_sort(all, {}, [&](std::size_t i) { return records[i].compute; });
    return all;
}

}  // namespace

TEST_CASE("the frontier, with ties") {
    using sizes = std::vector<std::size_t>;
    CHECK(frontier_of({{1, 10}, {2, 20}, {1.5, 30}, {3, 5}}) == sizes{3});
    CHECK(frontier_of({{1, 10}, {2, 20}, {3, 30}}) == sizes{0, 1, 2});
    // The same compute: the better score. The same score: less compute. The same of both: each of them.
    CHECK(frontier_of({{1, 10}, {2, 10}}) == sizes{1});
    CHECK(frontier_of({{2, 20}, {2, 10}}) == sizes{1});
    CHECK(frontier_of({{2, 10}, {3, 20}, {2, 10}, {3, 20}, {1, 10}}) == sizes{0, 2, 1, 3});
    CHECK(frontier_of({{2, 10}, {3, 20}, {1, 10}}, score_direction::lower_is_better) == sizes{2});
    CHECK_FALSE(cd::find_pareto_frontier(std::vector<model>{}, &model::compute, &model::score));
}

TEST_CASE("the frontier is what the definition says of every pair") {
    cd::random_stream bits(3);
    for (int trial = 0; trial < 300; ++trial) {
        std::vector<model> records;
        const auto n = 1 + bits.below(25);
        for (std::size_t i = 0; i < n; ++i)
            records.push_back({static_cast<double>(bits.below(9)), 1 + static_cast<double>(bits.below(9))});
        CHECK(frontier_of(records) == frontier_by_pairs(records));
    }
}

TEST_CASE("lower is better mirrors scores, and nothing else") {
    const std::vector<model> models = reference_models();
    std::vector<model> mirrored = models;
    for (model& m : mirrored) m.score = -m.score;
    CHECK(frontier_of(models) == frontier_of(mirrored, score_direction::lower_is_better));
}

TEST_CASE("what is not known is left out and counted; a single pass will do") {
    std::vector<model> with_gaps = reference_models();
    const std::size_t known = with_gaps.size();
    with_gaps.push_back({unknown, 1e20});
    with_gaps.push_back({50, unknown});
    const auto frontier =
        cd::find_pareto_frontier(test_support::single_pass<model>(with_gaps), &model::compute, &model::score);
    CHECK(frontier.n == known);
    CHECK(frontier.n_missing == 2);
}

TEST_CASE("bad input is an error that names it") {
    CHECK(message_of([] {
              return frontier_of({{1, 0}});
          }) == "compute_divide::find_pareto_frontier: finite compute > 0 in record 0, got 0");
    CHECK(message_of([] {
              return frontier_of({{1, 1}, {std::numeric_limits<double>::infinity(), 1}});
          }) == "compute_divide::find_pareto_frontier: a score of at most 1e150 in size in record 1, got inf");
}

TEST_CASE("as JSON") {
    const auto frontier =
        cd::find_pareto_frontier(std::vector<model>{{1, 10}, {0.5, 20}}, &model::compute, &model::score);
    CHECK(to_json(frontier) ==
          R"({"points":[{"position":0,"compute":10,"score":1}],"n":2,"n_missing":0,"status":"ok"})");
}
