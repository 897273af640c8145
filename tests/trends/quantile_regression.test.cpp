// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/quantile_regression.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

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
cd::quantile_line fitted(Points&& points, double quantile, double level = 0.95) {
    return cd::quantile_regression(points, &trend_point::x, &trend_point::y, {.quantile = quantile, .level = level});
}

double loss(const std::vector<trend_point>& points, double q, double slope, double intercept) {
    double sum = 0;
    for (const auto& p : points) {
        const double r = p.y - intercept - slope * p.x;
        sum += r < 0 ? (q - 1) * r : q * r;
    }
    return sum;
}

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("lines and intervals agree with quantreg") {
    for (const auto& row : reference_table("quantile_regression", 12)) {
        CAPTURE(row.text);
        const auto& numbers = row.numbers;
        const auto line = fitted(trend_points(row.name, numbers[0]), numbers[1], 0.9);
        REQUIRE(line);
        CHECK(close(line.loss, numbers[5], 1e-11));
        CHECK(line.slope.n == numbers[0]);
        CHECK(line.quantile == numbers[1]);
        if (numbers[2] == 1) {
            CHECK(close(line.slope.value.value(), numbers[3], 1e-10));
            CHECK(std::fabs(line.intercept.value() - numbers[4]) <= 1e-9 * std::fabs(numbers[4]) + 1e-10);
        }
        const bool has_ends = !std::isnan(numbers[6]) && !std::isnan(numbers[7]);
        if (numbers[0] < 200) CHECK(line.slope.bounds.has_value() == has_ends);
        if (has_ends) {
            CHECK(std::fabs(line.slope.lower() - numbers[6]) <= 1e-12 * std::fabs(numbers[6]) + 1e-12);
            CHECK(std::fabs(line.slope.upper() - numbers[7]) <= 1e-12 * std::fabs(numbers[7]) + 1e-12);
        }
        if (!std::isnan(numbers[8])) {
            constexpr double rounding = 1e-12;
            CHECK(line.slope.lower() <= numbers[8] + rounding);
            CHECK(line.slope.lower() >= numbers[9] - rounding);
            CHECK(line.slope.upper() >= numbers[10] - rounding);
            CHECK(line.slope.upper() <= numbers[11] + rounding);
        }
    }
}

TEST_CASE("no line through two points is better") {
    cd::random_stream random(3);
    for (int sample = 0; sample < 60; ++sample) {
        std::vector<trend_point> points;
        const std::uint64_t n = 3 + random.below(14);
        for (std::uint64_t i = 0; i < n; ++i)  // many points on common lines
            points.push_back({static_cast<double>(random.below(5)), static_cast<double>(random.below(4))});
        points.push_back({5, 1});
        points.push_back({6, 1});
        for (const double q : {0.1, 0.25, 0.5, 0.8}) {
            double best = infinity;
            for (const auto& a : points)
                for (const auto& b : points)
                    if (a.x < b.x) {
                        const double slope = (b.y - a.y) / (b.x - a.x);
                        best = std::min(best, loss(points, q, slope, a.y - slope * a.x));
                    }
            const auto line = fitted(points, q);
            CHECK(std::fabs(line.loss - best) <= 1e-12 * best + 1e-13);
            CHECK(std::fabs(loss(points, q, line.slope.value.value(), line.intercept.value()) - best) <= 1e-11);
        }
    }
}

TEST_CASE("the share of the records below the line is the quantile") {
    const auto points = trend_points("scattered", 1000);
    for (const double q : {0.05, 0.5, 0.9}) {
        const auto line = fitted(points, q);
        const auto below = std::ranges::count_if(points, [&](const trend_point& p) {
            return p.y < line.intercept.value() + line.slope.value.value() * p.x - 1e-9;
        });
        CHECK(static_cast<double>(below) <= q * 1000);
        CHECK(static_cast<double>(below) >= q * 1000 - 2);
    }
}

TEST_CASE("mirrored records have the mirrored line, scaled ones the scaled interval") {
    const auto points = trend_points("scattered", 119);
    auto mirrored = points, scaled = points;
    for (auto& p : mirrored) p.y = -p.y;
    for (auto& p : scaled) p = {2 * p.x, 8 * p.y};
    const auto line = fitted(points, 0.77), mirror = fitted(mirrored, 0.23), large = fitted(scaled, 0.77);
    CHECK(close(mirror.slope.value.value(), -line.slope.value.value(), 1e-13));
    CHECK(close(mirror.slope.lower(), -line.slope.upper(), 1e-12));
    CHECK(close(large.slope.value.value(), 4 * line.slope.value.value(), 1e-13));
    CHECK(close(large.slope.upper(), 4 * line.slope.upper(), 1e-12));
}

TEST_CASE("any input range in any order") {
    auto points = trend_points("scattered", 50);
    const auto expected = fitted(points, 0.9);
    std::ranges::reverse(points);
    CHECK(fitted(points, 0.9) == expected);
    CHECK(fitted(single_pass<trend_point>(points), 0.9) == expected);
    points.push_back({1, std::nan("")});
    CHECK(fitted(points, 0.9).slope.n_missing == 1);
}

TEST_CASE("what the data do not determine is a status, an interval without end is none") {
    const std::vector<std::pair<std::vector<trend_point>, estimate_status>> cases = {
        {{}, estimate_status::no_data},
        {{{1, 2}, {2, 3}}, estimate_status::too_few},
        {{{1, 2}, {1, 3}, {1, 4}}, estimate_status::degenerate},
        {{{0, 1}, {1e-310, 5}, {2e-310, 0}, {3e-310, 2}}, estimate_status::degenerate},
        {{{1, -1.7e308}, {2, 1.7e308}, {3, 0}}, estimate_status::degenerate}};
    for (const auto& [points, status] : cases) {
        const auto line = fitted(points, 0.5);
        CHECK_FALSE(line);
        CHECK(line.slope.status == status);
        CHECK_FALSE(line.slope.value);
        CHECK_FALSE(line.intercept);
    }
    const auto few = fitted(trend_points("scattered", 4), 0.9);
    CHECK(few.slope.value);
    CHECK_FALSE(few.slope.bounds);
    for (const double n : {6.0, 7.0}) {
        const auto line = cd::quantile_regression(trend_points("scattered", n), &trend_point::x, &trend_point::y,
                                                  {.quantile = 0.5, .level = 0.6});
        REQUIRE(line.slope.bounds);
        CHECK(line.slope.status == (n < 7 ? estimate_status::few_clusters : estimate_status::ok));
    }
    const std::vector<trend_point> tiny{{1e-300, 1e-300}, {2e-300, 3e-300}, {3e-300, 2e-300}, {5e-300, 7e-300}};
    CHECK(close(fitted(tiny, 0.1).slope.value.value(), 0.5, 1e-14));
    CHECK_FALSE(fitted(tiny, 0.1).slope.bounds);
}

TEST_CASE("a line is written as JSON and as text") {
    const auto line = fitted(std::vector<trend_point>{{0, 1}, {1, 3}, {2, 5}}, 0.5);
    CHECK(cd::to_json(line) == R"({"slope":)" + cd::to_json(line.slope) + R"(,"intercept":1,"quantile":0.5,"loss":0})");
    CHECK(cd::to_string(line).ends_with("\nintercept  1\nquantile   0.5\nloss       0"));
}

TEST_CASE("wrong arguments are refused by name") {
    CHECK(message_of([] {
              return fitted(two_points_and({infinity, 1}), 0.5);
          }) == "compute_divide::quantile_regression: finite x, got inf");
    CHECK(message_of([] {
              return fitted(two_points_and({1, infinity}), 0.5);
          }) == "compute_divide::quantile_regression: finite y, got inf");
    CHECK(message_of([] {
              return fitted(two_points_and({3, 1}), 1);
          }) == "compute_divide::quantile_regression: quantile in (0, 1), got 1");
    CHECK(message_of([] {
              return fitted(two_points_and({3, 1}), 0.5, 0);
          }) == "compute_divide::quantile_regression: level in (0, 1), got 0");
}
