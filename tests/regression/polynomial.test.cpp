// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/polynomial.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/strd.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

struct point {
    double x;
    std::optional<double> y;
};

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

std::vector<point> curve(std::size_t n) {
    std::vector<point> points;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = 2000 + static_cast<double>(i) / 3;
        points.push_back({x, 1e-3 * (x - 2004) * (x - 2004) + std::sin(7 * x)});
    }
    return points;
}

template <class Points>
cd::least_squares_fit fitted(Points&& points, std::size_t degree) {
    return cd::fit_polynomial(points, &point::x, &point::y, degree);
}

}  // namespace

TEST_CASE("NIST's certified values to 13 digits, Filip's too") {
    for (const auto& set : test_support::strd_sets()) {
        if (set.degree == 0) continue;
        CAPTURE(set.name);
        const auto fit = cd::fit_polynomial(
            set.rows, [](const test_support::strd_row& row) { return row.x[0]; }, &test_support::strd_row::y,
            set.degree);
        REQUIRE(fit);
        for (std::size_t j = 0; j < fit.p; ++j) {
            CAPTURE(j);
            CHECK(close(fit.coefficients[j], set.coefficients[j], 1e-13));
            CHECK(std::fabs(fit.standard_errors[j] - set.standard_errors[j]) <=
                  (set.residual_sd == 0 ? 1e-9 : 1e-13 * set.standard_errors[j]));
        }
        CHECK(std::fabs(fit.residual_sd - set.residual_sd) <= (set.residual_sd == 0 ? 1e-9 : 1e-13 * set.residual_sd));
        CHECK(close(fit.r_squared.value(), set.r_squared, 1e-13));
    }
}

TEST_CASE("a line is least squares on x, and a constant the mean") {
    const auto points = curve(40);
    const auto line = fitted(points, 1), same = cd::fit_least_squares(points, &point::x, &point::y);
    const auto mean = fitted(points, 0);
    double sum = 0;
    for (const auto& p : points) sum += *p.y;
    for (std::size_t j = 0; j < 2; ++j) {
        CHECK(close(line.coefficients[j], same.coefficients[j], 1e-14));
        CHECK(close(line.standard_errors[j], same.standard_errors[j], 1e-14));
        CHECK(close(line.factor[2 * j], same.factor[2 * j], 1e-14));
    }
    CHECK(close(line.unscaled_covariance[1], same.unscaled_covariance[1], 1e-14));
    CHECK(close(line.r_squared.value(), same.r_squared.value(), 1e-13));
    CHECK(close(mean.coefficients[0], sum / 40, 1e-14));
}

TEST_CASE("a polynomial is recovered, whatever the place and scale of x") {
    for (const double scale : {1e-30, 1.0, 1e12})
        for (const double place : {0.0, -1.0, 50.0}) {
            std::vector<point> points;
            for (int i = -8; i <= 8; ++i) {
                const double x = (place + i) * scale;
                points.push_back({x, 2 + 3 * x / scale - (x / scale) * (x / scale)});
            }
            const auto fit = fitted(points, 2);
            REQUIRE(fit);
            CHECK(std::fabs(fit.coefficients[0] - 2) <= 1e-11);  // y itself is rounded
            CHECK(close(fit.coefficients[1] * scale, 3, 1e-12));
            CHECK(close(fit.coefficients[2] * scale * scale, -1, 1e-13));
        }
}

TEST_CASE("the fit does not depend on the range, and what is not known is counted") {
    auto points = curve(40);
    const auto expected = fitted(points, 4);
    CHECK(fitted(std::list<point>(points.begin(), points.end()), 4) == expected);
    points.push_back({2005, std::nullopt});
    points.push_back({unknown, 3.0});
    points.insert(points.begin(), {2005, unknown});
    auto fit = fitted(points, 4);
    CHECK(fit.n_missing == 3);
    fit.n_missing = 0;
    CHECK(fit == expected);
}

TEST_CASE("fewer distinct x than coefficients leave out the highest powers") {
    std::vector<point> points;
    points.reserve(12);
    for (int i = 0; i < 12; ++i) points.push_back({2020.0 + i % 3, (i % 3) * (i % 3) + (i % 2 == 0 ? 1.0 : -1.0)});
    const auto fit = fitted(points, 4), quadratic = fitted(points, 2);
    CHECK(fit.status == estimate_status::degenerate);
    CHECK(fit.dependent == std::vector<std::size_t>{3, 4});
    CHECK(fit.rank == 3);
    for (std::size_t j = 0; j < 3; ++j) CHECK(close(fit.coefficients[j], quadratic.coefficients[j], 1e-13));
    CHECK(fit.coefficients[4] == 0);
    CHECK(fit.standard_errors[4] == 0);

    const auto one_place = fitted(std::vector<point>{{5, 1.0}, {5, 2.0}, {5, 6.0}}, 1);
    CHECK(one_place.dependent == std::vector<std::size_t>{1});
    CHECK(close(one_place.coefficients[0], 3, 1e-15));
}

TEST_CASE("not enough points are a status, and impossible values an error") {
    CHECK(fitted(std::vector<point>{}, 2).status == estimate_status::no_data);
    CHECK(fitted(curve(3), 2).status == estimate_status::too_few);
    CHECK(fitted(curve(3), 2).coefficients.empty());
    CHECK(fitted(curve(4), 2));
    auto narrow = curve(9);
    for (auto& each : narrow) each.x *= 1e-50;
    CHECK(fitted(narrow, 2));
    CHECK(fitted(narrow, 5).status == estimate_status::degenerate);
    CHECK(fitted(narrow, 5).coefficients.empty());
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(message_of([] {
              return fitted(std::vector<point>{{infinity, 2.0}}, 1);
          }) == "compute_divide::fit_polynomial: values of at most 1e300 in size, got inf");
    CHECK(message_of([] {
              return fitted(std::vector<point>{{1, -1e301}}, 1);
          }) == "compute_divide::fit_polynomial: values of at most 1e300 in size, got -1e+301");
}
