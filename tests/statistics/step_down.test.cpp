// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/step_down.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/curves.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using draws_of_statistics = std::vector<std::vector<double>>;

namespace {

/// All ways to take four of eight, by Welch's t of each of four outcomes (as in the reference).
std::vector<double> welch(const std::vector<std::vector<double>>& outcomes, unsigned set) {
    std::vector<double> t;
    for (const auto& y : outcomes) {
        double sums[2] = {}, squares[2] = {};
        for (std::size_t i = 0; i < 8; ++i) sums[set >> i & 1U] += y[i];
        for (std::size_t i = 0; i < 8; ++i) {
            const double apart = y[i] - sums[set >> i & 1U] / 4;
            squares[set >> i & 1U] += apart * apart;
        }
        t.push_back((sums[1] - sums[0]) / 4 / std::sqrt((squares[0] + squares[1]) / 12));
    }
    return t;
}

draws_of_statistics random_draws(std::size_t n, std::size_t m, std::uint64_t seed) {
    draws_of_statistics draws(n);
    for (std::size_t b = 0; b < n; ++b) {
        cd::random_stream random(seed, b);
        for (std::size_t i = 0; i < m; ++i) draws[b].push_back((static_cast<double>(random.below(600)) - 300) / 100);
    }
    return draws;
}

}  // namespace

TEST_CASE("all permutations of four outcomes, as R's multtest has it") {
    const std::vector<std::vector<double>> outcomes{{5.1, 6.3, 4.8, 7.2, 3.9, 4.1, 5.0, 2.7},
                                                    {1.2, 0.4, 2.2, 1.9, 0.8, 0.1, 1.0, 0.7},
                                                    {10, 12, 9, 14, 11, 8, 13, 10.5},
                                                    {0.31, 0.55, 0.72, 0.64, 0.29, 0.11, 0.42, 0.37}};
    draws_of_statistics draws;
    for (unsigned set = 0; set < 256; ++set)
        if (__builtin_popcount(set) == 4) draws.push_back(welch(outcomes, set));
    REQUIRE(draws.size() == 70);
    const auto p = cd::step_down_p_values(welch(outcomes, 0b1111), draws, {.complete = true});
    const auto reference = test_support::curve_reference();
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(test_support::close(p[i], reference.at("outcomes " + std::to_string(i)), 1e-14));
    // One over all but itself, of the draws without the one that was seen, is the share of all.
    draws.erase(std::ranges::find(draws, welch(outcomes, 0b1111)));
    CHECK(cd::step_down_p_values(welch(outcomes, 0b1111), draws) == p);
}

TEST_CASE("draws handed in") {
    const std::vector<double> t{-0.86, 1.19, 2.55, -2.26};
    const auto reference = test_support::curve_reference();
    const auto sampled = cd::step_down_p_values(t, random_draws(40, 4, 3));
    const auto complete = cd::step_down_p_values(t, random_draws(40, 4, 3), {.complete = true});
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(test_support::close(sampled[i], reference.at("given plus_one " + std::to_string(i)), 1e-14));
        CHECK(test_support::close(complete[i], reference.at("given share " + std::to_string(i)), 1e-14));
    }
}

TEST_CASE("properties") {
    cd::random_stream random(11);
    for (int round = 0; round < 50; ++round) {
        const std::size_t m = 1 + random.below(6);
        std::vector<double> t;
        for (std::size_t i = 0; i < m; ++i) t.push_back(random.uniform(-4, 4));
        const auto draws = random_draws(99, m, static_cast<std::uint64_t>(round));
        const auto p = cd::step_down_p_values(t, draws);
        for (std::size_t i = 0; i < m; ++i) {
            double alone = 1;
            for (const auto& draw : draws) alone += std::fabs(draw[i]) >= std::fabs(t[i]) * (1 - 1e-9) ? 1 : 0;
            CHECK(p[i] >= alone / 100 - 1e-12);
            CHECK(p[i] <= 1);
            for (std::size_t j = 0; j < m; ++j)
                if (std::fabs(t[j]) > std::fabs(t[i])) CHECK(p[j] <= p[i]);
        }
        // signs do not matter, nor what the unit of all is
        auto turned = t;
        auto turned_draws = draws;
        for (double& x : turned) x *= -1024;
        for (auto& draw : turned_draws)
            for (double& x : draw) x *= 1024;
        CHECK(cd::step_down_p_values(turned, turned_draws) == p);
    }
}

TEST_CASE("the family-wise error is kept under dependence, with false hypotheses among the true" *
          doctest::test_suite("long")) {
    // Statistics of a common part and one of their own, two of five shifted: rejections of the other three.
    const auto statistics = [](cd::random_stream& random, bool shifted) {
        const auto normal = [&random] {
            double sum = -6;
            for (int i = 0; i < 12; ++i) sum += random.uniform();
            return sum;
        };
        const double common = normal();
        std::vector<double> t;
        for (int i = 0; i < 5; ++i) t.push_back(0.8 * common + 0.6 * normal() + (shifted && i < 2 ? 4 : 0));
        return t;
    };
    draws_of_statistics draws;
    for (std::uint64_t b = 0; b < 999; ++b) {
        cd::random_stream random(1, b);
        draws.push_back(statistics(random, false));
    }
    int any_false = 0, found = 0;
    constexpr int rounds = 2000;
    for (int round = 0; round < rounds; ++round) {
        cd::random_stream random(2, static_cast<std::uint64_t>(round));
        const auto p = cd::step_down_p_values(statistics(random, true), draws);
        any_false += p[2] <= 0.05 || p[3] <= 0.05 || p[4] <= 0.05 ? 1 : 0;
        found += (p[0] <= 0.05 ? 1 : 0) + (p[1] <= 0.05 ? 1 : 0);
    }
    CHECK(any_false <= 0.05 * rounds + 3 * std::sqrt(0.0475 * rounds));
    CHECK(any_false >= 0.02 * rounds);  // and it is no empty promise
    CHECK(found >= 1.8 * rounds);
}

TEST_CASE("unknown statistics take no part, unknown draws raise p") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const draws_of_statistics draws{{1, 9, 0.5}, {nan, 9, 0.1}, {2, 9, 0.2}};
    const auto p = cd::step_down_p_values(std::vector<double>{1.5, nan, 3}, draws);
    CHECK(p[0] == 3.0 / 4);  // of 2 and NaN
    CHECK(std::isnan(p[1]));
    CHECK(p[2] == 2.0 / 4);
    CHECK(cd::step_down_p_values({}, draws_of_statistics{{}, {}}).empty());
}

TEST_CASE("errors") {
    const std::vector<double> t{1, 2};
    CHECK(test_support::message_of([&] { return cd::step_down_p_values(t, draws_of_statistics{}); }) ==
          "compute_divide::step_down_p_values: draws, got 0");
    CHECK(test_support::message_of([&] {
              return cd::step_down_p_values(t, draws_of_statistics{{1, 2}, {1}});
          }) == "compute_divide::step_down_p_values: draws of as many numbers as there are statistics, got 1");
}
