// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/simex.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>
#include <compute_divide/regression/linear.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

double normal(cd::random_stream& random) {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += random.uniform();
    return sum;
}

struct point {
    double x, y;
};

/// The slope of y on a column.
auto slope_of(const std::vector<double>& y) {
    return [&y](auto column) {
        std::vector<point> points;
        for (std::size_t i = 0; i < y.size(); ++i) points.push_back({static_cast<double>(column[i]), y[i]});
        const auto fit = cd::fit_linear(points, cd::model_of(&point::y).on(cd::variable("x", &point::x)));
        return fit.covariance ? std::vector{cd::simex_value{fit.coefficients[1], fit.covariance(1, 1)}}
                              : std::vector<cd::simex_value>();
    };
}

}  // namespace

TEST_CASE("curves continue to no error") {
    const std::vector<double> lambda = {0, 0.5, 1, 1.5, 2};
    std::vector<double> slopes;
    for (const double l : lambda) slopes.push_back(1.3 * 2 / (2 + (1 + l) * 0.5));
    CHECK(close(cd::detail::extrapolated(cd::extrapolant::rational, lambda, slopes), 1.3, 1e-8));
    CHECK(close(cd::detail::extrapolated(cd::extrapolant::quadratic, lambda, slopes), 1.2618181818181818, 1e-12));
    CHECK(close(cd::detail::extrapolated(cd::extrapolant::linear, lambda, slopes), 1.1748917748917749, 1e-12));
}

TEST_CASE("the interval of a slope on a column with error covers the truth, the naive one does not" *
          doctest::test_suite("long")) {
    int covered = 0, naive = 0;
    constexpr int samples = 150;
    for (int sample = 0; sample < samples; ++sample) {
        cd::random_stream random(5, static_cast<std::uint64_t>(sample));
        std::vector<double> measured, y;
        for (int i = 0; i < 120; ++i) {
            const double x = normal(random);
            measured.push_back(x + 0.4 * normal(random));
            y.push_back(1 + 2 * x + normal(random));
        }
        const auto result = cd::simex(measured, std::array{0.4}, slope_of(y), {.draws = 40});
        REQUIRE(result);
        if (result.corrected[0].bounds->contains(2)) ++covered;
        if (std::fabs(result.naive[0].value - 2) < 1.96 * std::sqrt(result.naive[0].variance)) ++naive;
    }
    CHECK(naive < 0.5 * samples);
    CHECK(covered > 0.87 * samples);
}

TEST_CASE("labels read with errors") {
    cd::random_stream random(9);
    std::vector<int> read;
    std::vector<double> y;
    for (int i = 0; i < 4'000; ++i) {
        const bool yes = random.uniform() < 0.4;
        read.push_back(random.uniform() < (yes ? 0.9 : 0.05) ? 1 : 0);
        y.push_back((yes ? 1.5 : 0) + normal(random));
    }
    const std::array table = {0.95, 0.1, 0.05, 0.9};  // no and yes read as no; no and yes read as yes
    const auto result = cd::mc_simex(read, table, slope_of(y), {.draws = 50});
    REQUIRE(result);
    CHECK(result.naive[0].value < 1.35);
    CHECK(std::fabs(*result.corrected[0].value - 1.5) < 0.1);
    CHECK(result == cd::mc_simex(read, table, slope_of(y), {.draws = 50, .threads = 2}));
}

TEST_CASE("what cannot be") {
    const std::vector<double> x = {1, 2, 3}, y = {1, 2, 4};
    CHECK(message_of([&] {
              return cd::simex(x, std::array{1.0, 2.0}, slope_of(y));
          }) == "compute_divide::simex: one standard deviation, or one for each measurement, got 2");
    CHECK(message_of([&] {
              return cd::mc_simex(std::vector{0, 2, 1}, std::array{0.9, 0.1, 0.1, 0.9}, slope_of(y));
          }) == "compute_divide::mc_simex: labels of the table, got 2");
    CHECK(cd::simex(std::vector<double>(), std::array{1.0}, slope_of(y)).status == cd::estimate_status::no_data);
}
