// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/lowess.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"
#include "support/trend_points.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using namespace test_support;

namespace {

template <class Points>
cd::lowess_fit smoothed(Points&& points, const cd::lowess_options& options = {}) {
    return cd::lowess(points, &trend_point::x, &trend_point::y, options);
}

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("fitted values agree with R") {
    for (const auto& row : reference_table("lowess", 11)) {
        CAPTURE(row.text);
        const auto points = trend_points(row.name, row.numbers[0]);
        const auto fit = smoothed(points, {.fraction = row.numbers[1],
                                           .iterations = static_cast<std::size_t>(row.numbers[2]),
                                           .delta = row.numbers[3]});
        REQUIRE(fit);
        const std::size_t n = points.size();
        REQUIRE(fit.points.size() == n);
        std::size_t column = 4;
        for (const std::size_t place : {std::size_t{0}, std::size_t{1}, n / 4, n / 2, 3 * n / 4, n - 2, n - 1})
            CHECK(std::fabs(fit.points[place].fitted - row.numbers[column++]) <=
                  1e-10 * std::fabs(fit.points[n / 2].y) + 1e-10);
    }
}

TEST_CASE("a straight line stays as it is") {
    std::vector<trend_point> line;
    line.reserve(50);
    for (int i = 0; i < 50; ++i) line.push_back({2010 + i * i / 16.0, 3 + i * i / 8.0});
    for (const double fraction : {0.1, 0.5, 1.0})
        for (const auto& p : smoothed(line, {.fraction = fraction}).points) CHECK(close(p.fitted, p.y, 1e-12));
}

TEST_CASE("iterations take the weight from outliers") {
    std::vector<trend_point> points;
    points.reserve(60);
    for (int i = 0; i < 60; ++i) points.push_back({static_cast<double>(i), i + std::sin(7.0 * i) / 4});
    points[30].y = 1000;
    CHECK(std::fabs(smoothed(points, {.iterations = 0}).points[30].fitted - 30) > 10);
    CHECK(std::fabs(smoothed(points, {.iterations = 3}).points[30].fitted - 30) < 0.5);
}

TEST_CASE("points come back in order with their own values, unknown ones are counted") {
    auto points = trend_points("ties", 40);
    const auto expected = smoothed(points);
    CHECK(std::ranges::is_sorted(expected.points, {}, &cd::lowess_point::x));
    std::ranges::reverse(points);
    CHECK(smoothed(points) == expected);
    CHECK(smoothed(single_pass<trend_point>(points)) == expected);
    points.push_back({std::nan(""), 1});
    CHECK(smoothed(points).n_missing == 1);
    CHECK(smoothed(points).points == expected.points);
}

TEST_CASE("equal x have one fitted value") {
    const auto fit = smoothed(std::vector<trend_point>{{1, 2}, {1, 4}, {1, 9}});
    REQUIRE(fit);
    for (const auto& p : fit.points) CHECK(close(p.fitted, fit.points[0].fitted, 1e-15));
    const auto without_iterations = smoothed(std::vector<trend_point>{{1, 2}, {1, 4}, {1, 9}}, {.iterations = 0});
    CHECK(close(without_iterations.points[2].fitted, 5, 1e-15));
}

TEST_CASE("too few records are a status") {
    CHECK(smoothed(std::vector<trend_point>{}).status == estimate_status::no_data);
    CHECK(smoothed(std::vector<trend_point>{{1, 2}}).status == estimate_status::too_few);
    CHECK(smoothed(std::vector<trend_point>{{1, 2}}).points.empty());
    const std::vector<trend_point> steep{{0, 1}, {1e-310, 5}, {2e-310, 0}, {1, 2}};
    CHECK(smoothed(steep).status == estimate_status::degenerate);
    CHECK(smoothed(steep).points.empty());
}

TEST_CASE("a curve is written as JSON and as text") {
    const auto fit = smoothed(std::vector<trend_point>{{0, 1}, {1, 3}});
    CHECK(fit.n == 2);
    CHECK(cd::to_json(fit) ==
          R"({"points":[{"x":0,"y":1,"fitted":1},{"x":1,"y":3,"fitted":3}],"n":2,"n_missing":0,"status":"ok"})");
    CHECK(cd::to_string(fit.points[1]) == "x       1\ny       3\nfitted  3");
}

TEST_CASE("wrong arguments are refused by name") {
    CHECK(message_of([] {
              return smoothed(two_points_and({infinity, 1}));
          }) == "compute_divide::lowess: finite x, got inf");
    CHECK(message_of([] {
              return smoothed(two_points_and({1, infinity}));
          }) == "compute_divide::lowess: finite y, got inf");
    CHECK(message_of([] {
              return smoothed(two_points_and({1, 1}), {.fraction = 0});
          }) == "compute_divide::lowess: fraction in (0, 1], got 0");
    CHECK(message_of([] {
              return smoothed(two_points_and({1, 1}), {.fraction = 1.5});
          }) == "compute_divide::lowess: fraction in (0, 1], got 1.5");
    CHECK(message_of([] {
              return smoothed(two_points_and({1, 1}), {.delta = -1});
          }) == "compute_divide::lowess: finite delta >= 0, got -1");
}
