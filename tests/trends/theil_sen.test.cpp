// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/theil_sen.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <list>
#include <optional>
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
cd::theil_sen_fit fitted(Points&& points, const cd::theil_sen_options& options = {}) {
    return cd::theil_sen(points, &trend_point::x, &trend_point::y, options);
}

/// All slopes, one by one.
std::vector<double> all_slopes(const std::vector<cd::detail::point>& points) {
    std::vector<double> slopes;
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = i + 1; j < points.size(); ++j)
            if (points[i].x < points[j].x) slopes.push_back((points[j].y - points[i].y) / (points[j].x - points[i].x));
    std::ranges::sort(slopes);
    return slopes;
}

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("slope, interval and intercepts agree with scipy") {
    for (const auto& row : reference_table("theil_sen", 7)) {
        CAPTURE(row.text);
        const auto points = trend_points(row.name, row.numbers[0]);
        const auto separate = fitted(points, {.level = row.numbers[1]});
        REQUIRE(separate);
        CHECK(close(separate.slope.value.value(), row.numbers[2], 1e-14));
        const bool has_bounds = row.numbers[0] > 3;  // of 3 records scipy gives the extreme slopes
        CHECK(separate.slope.bounds.has_value() == has_bounds);
        if (has_bounds) {
            CHECK(close(separate.slope.lower(), row.numbers[3], 1e-14));
            CHECK(close(separate.slope.upper(), row.numbers[4], 1e-14));
        }
        CHECK(close(separate.intercept.value(), row.numbers[5], 1e-12));
        CHECK(separate.slope.n == row.numbers[0]);
        CHECK(separate.slope.method == "theil_sen");
        const auto joint = fitted(points, {.level = row.numbers[1], .intercept = cd::theil_sen_intercept::joint});
        CHECK(joint.slope == separate.slope);
        CHECK(std::fabs(joint.intercept.value() - row.numbers[6]) <= 1e-11);
    }
}

TEST_CASE("slopes of any rank are those of the sorted list of all, whatever the ties") {
    cd::random_stream random(5);
    using coordinate = std::function<double()>;
    const std::vector<std::pair<coordinate, coordinate>> shapes = {
        {[&] { return random.uniform(2010, 2024); }, [&] { return random.uniform(-3, 3); }},
        {[&] { return static_cast<double>(random.below(12)); }, [&] { return static_cast<double>(random.below(4)); }},
        {[&] { return static_cast<double>(random.below(5000)); },
         [&] { return random.below(10) < 8 ? 0.0 : static_cast<double>(random.below(400)); }},
        {[&] { return 1e6 + static_cast<double>(random.below(3)); },
         [&] { return static_cast<double>(random.below(2)); }},
        {[&] { return std::exp(random.uniform(-20, 20)); }, [&] { return std::exp(random.uniform(-50, 50)); }}};
    for (const auto& [x, y] : shapes) {
        for (const int n : {5, 20, 100, 700}) {
            std::vector<cd::detail::point> points;
            points.reserve(static_cast<std::size_t>(n) + 1);
            for (int i = 0; i < n; ++i) points.push_back({x(), y()});
            points.push_back({1e6 + 1, 0.5});
            std::ranges::sort(points);
            const auto slopes = all_slopes(points);
            cd::detail::slope_selection slope_of_rank(points);
            REQUIRE(slope_of_rank.size() == slopes.size());
            const std::uint64_t last = slopes.size() - 1;
            for (const std::uint64_t k : {std::uint64_t{0}, last / 100, last / 3, last / 2}) {
                const std::array<std::uint64_t, 4> ranks = {k, last / 2, slopes.size() / 2, last - k};
                const auto selected = slope_of_rank(ranks);
                for (std::size_t i = 0; i < 4; ++i) CHECK(selected.at(i) == slopes[ranks.at(i)]);
            }
        }
    }
}

TEST_CASE("points on one line up to rounding") {
    std::vector<trend_point> points;
    points.reserve(3000);
    for (int i = 0; i < 3000; ++i) points.push_back({i * 0.1, i * 0.3});
    const auto fit = fitted(points);
    CHECK(close(fit.slope.value.value(), 3, 1e-12));
    CHECK(fit.slope.lower() <= fit.slope.value.value());
    CHECK(close(fit.slope.lower(), 3, 1e-12));
    CHECK(close(fit.slope.upper(), 3, 1e-12));
}

TEST_CASE("a quarter of wild records does not move the line") {
    auto points = trend_points("scattered", 400);
    for (auto& p : points) p.y = 2 * p.x + std::sin(p.x);
    const double clean = fitted(points).slope.value.value();
    for (std::size_t i = 0; i < points.size(); i += 4) points[i].y = 1e9;
    CHECK(std::fabs(fitted(points).slope.value.value() - clean) < 0.1);
}

TEST_CASE("scaling and shifting carry over") {
    const auto points = trend_points("series", 150);
    auto moved = points, mirrored = points;
    for (auto& p : moved) p = {4 * p.x - 8, 16 * p.y + 1024};
    for (auto& p : mirrored) p.y = -p.y;
    const auto fit = fitted(points), moved_fit = fitted(moved), mirrored_fit = fitted(mirrored);
    CHECK(close(moved_fit.slope.value.value(), 4 * fit.slope.value.value(), 1e-13));
    CHECK(close(moved_fit.slope.upper(), 4 * fit.slope.upper(), 1e-13));
    CHECK(mirrored_fit.slope.value.value() == -fit.slope.value.value());
    CHECK(mirrored_fit.slope.lower() == -fit.slope.upper());
}

TEST_CASE("tied points and numbers of any scale: the median of all slopes, and an end") {
    cd::random_stream random(7);
    const auto power = [&random](double most) { return std::pow(10, most * (2 * random.uniform() - 1)); };
    const auto few = [&random] { return static_cast<double>(random.below(4)); };
    for (const double x_scale : {1e-300, 1e-154, 1e-18, 1.0, 1e20, 1e150})
        for (const double y_scale : {1e-154, 1e-18, 1.0, 1e20, 1e150})
            for (const int kind : {0, 1, 2, 3, 4})
                for (const int n : {5, 60}) {
                    std::vector<cd::detail::point> points;
                    for (int i = 0; i < n; ++i) {
                        const double at = i;
                        const cd::detail::point each = kind == 0   ? cd::detail::point{at, static_cast<double>(i % 2)}
                                                       : kind == 1 ? cd::detail::point{few(), few()}
                                                       : kind == 2 ? cd::detail::point{at, power(20)}
                                                       : kind == 3 ? cd::detail::point{power(20), few()}
                                                                   : cd::detail::point{power(20), power(20)};
                        points.push_back({each.x * x_scale, each.y * y_scale});
                    }
                    std::ranges::sort(points);
                    const auto fit = cd::theil_sen(points, &cd::detail::point::x, &cd::detail::point::y);
                    if (!fit) continue;  // slopes out of the range of a double, or no two x
                    const auto slopes = all_slopes(points);
                    const double median = slopes[(slopes.size() - 1) / 2] / 2 + slopes[slopes.size() / 2] / 2;
                    CAPTURE(x_scale);
                    CAPTURE(y_scale);
                    CAPTURE(kind);
                    CAPTURE(n);
                    if (std::fabs(median) < std::numeric_limits<double>::min())
                        CHECK(std::fabs(*fit.slope.value) < 2 * std::numeric_limits<double>::min());
                    else
                        CHECK(close(*fit.slope.value, median, 1e-14));
                }
}

TEST_CASE("dates are in years, unknown values are counted") {
    struct model {
        std::optional<std::chrono::sys_days> published;
        double log_flop;
    };
    using std::chrono::sys_days, std::chrono::days;
    std::vector<model> models;
    models.reserve(40);
    for (int i = 0; i < 40; ++i) models.push_back({sys_days(days(15000 + 13 * i)), 0.5 * 13 * i / 365.25});
    models.push_back({std::nullopt, 3});
    models.push_back({sys_days(days(15000)), std::nan("")});
    const auto fit = cd::theil_sen(models, &model::published, &model::log_flop);
    CHECK(close(fit.slope.value.value(), 0.5, 1e-12));
    CHECK(fit.slope.n == 40);
    CHECK(fit.slope.n_missing == 2);
}

TEST_CASE("any input range in any order") {
    auto points = trend_points("ties", 50);
    const auto expected = fitted(points);
    std::ranges::reverse(points);
    CHECK(fitted(points) == expected);
    CHECK(fitted(std::list<trend_point>(points.begin(), points.end())) == expected);
    CHECK(fitted(single_pass<trend_point>(points)) == expected);
}

TEST_CASE("what the data do not determine is a status") {
    const std::vector<std::pair<std::vector<trend_point>, estimate_status>> cases = {
        {{}, estimate_status::no_data},
        {{{1, 2}, {2, 3}}, estimate_status::too_few},
        {{{1, 2}, {1, 3}, {1, 4}}, estimate_status::degenerate},
        {{{1, 2}, {1 + 1e-15, 1e300}, {1e10, 4}}, estimate_status::degenerate}};
    for (const auto& [points, status] : cases) {
        const auto fit = fitted(points);
        CHECK_FALSE(fit);
        CHECK(fit.slope.status == status);
        CHECK_FALSE(fit.slope.value);
        CHECK_FALSE(fit.slope.bounds);
        CHECK_FALSE(fit.intercept);
    }
    const auto constant = fitted(std::vector<trend_point>{{1, 5}, {2, 5}, {3, 5}, {4, 5}});
    CHECK(constant.slope.bounds == cd::interval{0, 0});
    // Eleven of twelve records of two dates have one value: Sen's variance is negative.
    std::vector<trend_point> tied;
    tied.reserve(12);
    for (int i = 0; i < 12; ++i) tied.push_back({i < 6 ? 0.0 : 1.0, i == 11 ? 1.0 : 0.0});
    CHECK(fitted(tied).slope.value == 0);
    // Of three records no two slopes are so far out that a level of 0.95 would be kept: exact tests need 5.
    const std::vector<trend_point> few{{1, 1}, {2, 5}, {3, 2}, {4, 7}, {5, 6}};
    for (const std::ptrdiff_t n : {3, 4, 5}) {
        const auto fit = fitted(std::vector<trend_point>(few.begin(), few.begin() + n));
        CHECK(fit.slope.status == estimate_status::ok);
        CHECK(fit.slope.bounds.has_value() == (n == 5));
    }
    CHECK_FALSE(fitted(tied).slope.bounds);
}

TEST_CASE("a fit is written as JSON and as text") {
    const auto fit = fitted(std::vector<trend_point>{{0, 1}, {1, 3}, {2, 5}});
    CHECK(cd::to_json(fit) == R"({"slope":)" + cd::to_json(fit.slope) + R"(,"intercept":1})");
    CHECK(cd::to_string(fit) == "slope      2 (theil_sen, n = 3)\nintercept  1");
}

TEST_CASE("wrong arguments are refused by name") {
    CHECK(message_of([] {
              return fitted(two_points_and({infinity, 1}));
          }) == "compute_divide::theil_sen: finite x, got inf");
    CHECK(message_of([] {
              return fitted(two_points_and({1, -infinity}));
          }) == "compute_divide::theil_sen: finite y, got -inf");
    CHECK(message_of([] {
              return fitted(two_points_and({3, 1}), {.level = 0});
          }) == "compute_divide::theil_sen: level in (0, 1), got 0");
}
