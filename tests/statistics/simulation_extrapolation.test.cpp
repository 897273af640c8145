// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/simulation_extrapolation.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

cd::estimate of(double value, double half) {
    return {.value = value, .bounds = cd::interval{value - half, value + half}, .n = 20, .status = estimate_status::ok};
}

struct pair {
    double x, y;
};

/// The slope of y on x with its robust standard error, x with `scale` times its error more.
struct slope_of {
    std::vector<pair> pairs;
    double error;

    cd::estimate operator()(double scale, cd::random_stream& stream) const {
        std::vector<pair> measured = pairs;
        const auto n = static_cast<double>(pairs.size());
        double x = 0, y = 0, xx = 0, xy = 0, meat = 0;
        for (pair& p : measured) {
            p.x += scale * error * cd::standard_normal(stream);
            x += p.x / n;
            y += p.y / n;
        }
        for (const pair& p : measured) {
            xx += (p.x - x) * (p.x - x);
            xy += (p.x - x) * (p.y - y);
        }
        const double slope = xy / xx;
        for (const pair& p : measured) meat += std::pow((p.x - x) * (p.y - y - slope * (p.x - x)), 2);
        return of(slope, cd::detail::upper_normal_quantile(0.025) * std::sqrt(meat * n / (n - 2)) / xx);
    }
};

}  // namespace

TEST_CASE("a polynomial in the error's variance is carried on exactly") {
    for (const auto extrapolant : {cd::simex_extrapolant::quadratic, cd::simex_extrapolant::linear}) {
        const double bend = extrapolant == cd::simex_extrapolant::quadratic ? 0.25 : 0;
        const auto bent = [&](double scale, cd::random_stream&) {
            const double lambda = scale * scale;
            return of(2 - 0.5 * lambda + bend * lambda * lambda, 1);
        };
        const auto found = cd::simulation_extrapolation(bent, {.draws = 2, .extrapolant = extrapolant});
        REQUIRE(found);
        CHECK(close(*found.corrected.value, 2.5 + bend, 1e-12));
        CHECK(close(found.corrected.bounds->width(), 2, 1e-12));
        CHECK(*found.naive.value == 2);
        CHECK(found.path.size() == 4);
        CHECK(close(found.path[1], 1.5 + bend, 1e-12));
    }
}

TEST_CASE("a slope that error attenuates comes back, and its interval covers the truth") {
    constexpr int rounds = 150;
    double mean = 0, naive = 0, covered = 0, naively = 0;
    for (int round = 0; round < rounds; ++round) {
        cd::random_stream stream(3, static_cast<std::uint64_t>(round));
        slope_of slope{{}, 1.0 / 3};
        for (int i = 0; i < 120; ++i) {
            const double x = cd::standard_normal(stream);
            slope.pairs.push_back(
                {x + slope.error * cd::standard_normal(stream), x + 0.7 * cd::standard_normal(stream)});
        }
        const auto found = cd::simulation_extrapolation(slope, {.draws = 40});
        mean += *found.corrected.value / rounds;
        naive += *found.naive.value / rounds;
        covered += found.corrected.bounds->contains(1) ? 1.0 / rounds : 0;
        naively += found.naive.bounds->contains(1) ? 1.0 / rounds : 0;
    }
    CHECK(std::fabs(mean - 1) < 0.03);
    CHECK(naive < 0.93);
    CHECK(covered > 0.86);
    CHECK(naively < 0.8);
}

TEST_CASE("what fails is a status") {
    const auto none = [](double, cd::random_stream&) { return cd::estimate{.status = estimate_status::too_few}; };
    CHECK(cd::simulation_extrapolation(none).corrected.status == estimate_status::too_few);
    const auto wild = [](double, cd::random_stream& stream) { return of(100 * cd::standard_normal(stream), 1); };
    const auto found = cd::simulation_extrapolation(wild, {.draws = 10});
    CHECK(found.corrected.bounds.has_value() == (found.corrected.status == estimate_status::ok));
    CHECK(cd::simulation_extrapolation(wild, {.draws = 10, .threads = 2}) == found);
    CHECK(message_of([&] { (void)cd::simulation_extrapolation(wild, {.draws = 1}); }) ==
          "compute_divide::simulation_extrapolation: draws >= 2, got 1");
}
