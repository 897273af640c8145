// SPDX-License-Identifier: BSL-1.0
// What the findings test together, sums over venues and years, against the regressions whose estimates they print.
#include "support/sums_over_groups.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/statistics/mantel_haenszel.hpp>

#include "../support/close.hpp"

namespace cd = compute_divide;
using test_support::close;

namespace {

struct cell {
    std::string group;
    double x, z, share, n;
    std::size_t number;
};
std::vector<cell> cells() {
    cd::random_stream random(1, 2);
    std::vector<cell> all;
    for (std::size_t g = 0; g < 40; ++g)
        for (int x = 0; x < 2; ++x)
            for (int z = 1; z < 4; ++z) {
                const double n = 2 + static_cast<double>(random.below(9));
                const auto yes = static_cast<double>(random.below(static_cast<std::uint64_t>(n) + 1));
                all.push_back({"g" + std::to_string(g), static_cast<double>(x), static_cast<double>(z), yes / n, n, g});
            }
    return all;
}
std::vector<example::grouped_row> rows() {
    std::vector<example::grouped_row> all;
    for (const cell& c : cells()) all.push_back({c.number, {c.x, c.z}, c.share * c.n, c.n});
    return all;
}
const std::vector<std::uint32_t> once(40, 1);
constexpr double few = 40.0 / 39;  // G / (G - 1)

}  // namespace

TEST_CASE("least squares within groups") {
    const auto model = cd::model_of(&cell::share)
                           .weighted_by(&cell::n)
                           .clustered_by(&cell::group)
                           .on(cd::variable("x", &cell::x), cd::variable("z", &cell::z))
                           .absorbing(&cell::group);
    const auto lines =
        cd::coefficient_lines(cd::fit_fixed_effects(cells(), model, {.correction = cd::cluster_correction::none}));
    for (const std::size_t i : {0U, 1U}) {
        const auto found = example::linear_within(rows(), {i == 0 ? 1.0 : 0.0, i == 0 ? 0.0 : 1.0}).solve(once);
        REQUIRE(found);
        CHECK(close(found->value, *lines[i].estimate.value, 1e-9));
        CHECK(close(found->error, lines[i].standard_error * std::sqrt(few), 1e-9));
    }
}

TEST_CASE("a logit within groups") {
    const auto model =
        cd::model_of(&cell::share)
            .weighted_by(&cell::n)
            .clustered_by(&cell::group)
            .on(cd::variable("x", &cell::x), cd::variable("z", &cell::z), cd::categorical("group", &cell::group));
    const auto lines =
        cd::coefficient_lines(cd::fit_logit(cells(), model, {.correction = cd::cluster_correction::none}));
    for (const std::size_t i : {0U, 1U}) {
        const auto& line = *std::ranges::find(lines, i == 0 ? "x" : "z", &cd::coefficient_line::name);
        const auto found = example::logit_within(rows(), {i == 0 ? 1.0 : 0.0, i == 0 ? 0.0 : 1.0}).solve(once);
        REQUIRE(found);
        CHECK(close(found->value, *line.estimate.value, 1e-7));
        CHECK(close(found->error, line.standard_error * std::sqrt(few), 1e-6));
    }
    // one step is near the maximum of the groups that are drawn
    std::vector<std::uint32_t> drawn(40);
    std::vector<cell> again;
    for (std::size_t g = 0; g < 40; ++g) drawn[g] = g % 3 == 0 ? 0 : g % 3 == 1 ? 2 : 1;
    for (const cell& c : cells())
        for (std::uint32_t k = 0; k < drawn[c.number]; ++k) {
            again.push_back(c);
            again.back().group += "." + std::to_string(k);
        }
    const auto fitted = cd::coefficient_lines(cd::fit_logit(again, model, {}));
    const auto& line = *std::ranges::find(fitted, "x", &cd::coefficient_line::name);
    const auto stepped = example::logit_within(rows(), {1, 0}).solve(drawn);
    REQUIRE(stepped);
    CHECK(std::fabs(stepped->value - *line.estimate.value) < 0.1 * line.standard_error);
}

TEST_CASE("Mantel and Haenszel's odds ratio") {
    cd::mantel_haenszel_sums sums;
    std::vector<example::grouped_pair> pairs(40);
    for (const cell& c : cells()) {
        auto& pair = pairs[c.number];
        pair.group = c.number;
        (c.x > 0 ? pair.first : pair.second) += c.n;
        (c.x > 0 ? pair.first_yes : pair.second_yes) += c.share * c.n;
    }
    double above = 0, below = 0, squares = 0;
    for (const auto& p : pairs) {
        sums.add({p.first_yes, p.first}, {p.second_yes, p.second});
        above += p.first_yes * (p.second - p.second_yes) / (p.first + p.second);
        below += (p.first - p.first_yes) * p.second_yes / (p.first + p.second);
    }
    for (const auto& p : pairs) {
        const double n = p.first + p.second;
        const double part =
            p.first_yes * (p.second - p.second_yes) / n / above - (p.first - p.first_yes) * p.second_yes / n / below;
        squares += part * part;
    }
    const auto found = example::mantel_haenszel_equations(pairs).solve(once);
    REQUIRE(found);
    CHECK(close(found->value, std::log(*sums.result().odds_ratio.value), 1e-12));
    CHECK(close(found->error, std::sqrt(squares * few), 1e-9));
}

TEST_CASE("what has no maximum has no equations") {
    // all yes of one side: no finite coefficient
    std::vector<example::grouped_row> apart;
    for (std::size_t g = 0; g < 10; ++g) {
        apart.push_back({g, {1, 0}, 5, 5});
        apart.push_back({g, {0, 1}, 0, 5});
    }
    CHECK_FALSE(example::logit_within(apart, {1, 0}).solve(once));
    CHECK_FALSE(example::logit_within({}, {1, 0}).solve(once));
    CHECK_FALSE(example::linear_within({}, {1, 0}).solve(once));
    CHECK_FALSE(example::mantel_haenszel_equations({}).solve(once));
    CHECK_FALSE(example::mantel_haenszel_equations({{0, 1, 2, 0, 2}, {1, 2, 2, 0, 2}}).solve(once));
}
