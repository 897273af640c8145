// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/least_squares.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"
#include "support/strd.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

static_assert(cd::accumulator_of<cd::least_squares, std::vector<double>, double, double>);

struct model {
    int year;
    double log_parameters;
    std::optional<double> log_flop;
    double weight = 1;
};
static_assert(cd::terms_of<int model::*, std::vector<model>>);
static_assert(cd::terms_of<std::tuple<int model::*, double model::*>, std::vector<model>>);
static_assert(!cd::terms_of<std::tuple<int model::*, bool (*)(const model&)>, std::vector<model>>);

const std::vector<model> models = {{2012, 7.5, 17.9, 1},    {2014, 8.1, 18.8, 2},  {2015, 8, 19.2, 0.5},
                                   {2017, 8.3, 20.7, 1},    {2018, 8.5, 20.6, 3},  {2019, 9.2, 21.4, 1},
                                   {2020, 11.2, 23.5, 0.1}, {2022, 11.7, 24.4, 2}, {2023, 12, 25.3, 1}};

const auto terms = std::tuple(&model::year, &model::log_parameters);

template <class Models>
cd::least_squares_fit fitted(Models&& of) {
    return cd::fit_least_squares(of, terms, &model::log_flop, &model::weight);
}

/// Coefficients and what follows from them agree to `tolerance`.
bool same_fit(const cd::least_squares_fit& a, const cd::least_squares_fit& b, double tolerance) {
    bool same = a.n == b.n && a.n_missing == b.n_missing && a.dependent == b.dependent && a.status == b.status &&
                a.coefficients.size() == b.coefficients.size() && close(a.rss, b.rss, tolerance);
    for (std::size_t j = 0; same && j < a.coefficients.size(); ++j)
        same = close(a.coefficients[j], b.coefficients[j], tolerance) &&
               close(a.standard_errors[j], b.standard_errors[j], tolerance);
    return same;
}

/// The values of a row's terms: powers are exact in every polynomial set but Filip, rounded there.
std::vector<double> terms_of_row(const test_support::strd_set& set, const test_support::strd_row& row) {
    if (set.degree == 0) return row.x;
    std::vector<double> powers = {row.x[0]};
    while (powers.size() < set.degree) powers.push_back(powers.back() * row.x[0]);
    return powers;
}

}  // namespace

TEST_CASE("NIST's certified values to 13 digits") {
    const auto sets = test_support::strd_sets();
    CHECK(sets.size() == 11);
    for (const auto& set : sets) {
        CAPTURE(set.name);
        std::vector<double> matrix, y;
        for (const auto& row : set.rows) {
            const auto values = terms_of_row(set, row);
            matrix.insert(matrix.end(), values.begin(), values.end());
            y.push_back(row.y);
        }
        const auto fit = cd::fit_least_squares(matrix, y, {.intercept = set.intercept});
        REQUIRE(fit);
        // Filip's powers, rounded to double, determine 7.7 digits: exact arithmetic on them has no more.
        const double tolerance = set.name == "filip" ? 1e-7 : 1e-13;
        for (std::size_t j = 0; j < fit.p; ++j) {
            CAPTURE(j);
            CHECK(close(fit.coefficients[j], set.coefficients[j], tolerance));
            CHECK(std::fabs(fit.standard_errors[j] - set.standard_errors[j]) <=
                  (set.residual_sd == 0 ? 1e-9 : tolerance * set.standard_errors[j]));
        }
        CHECK(std::fabs(fit.residual_sd - set.residual_sd) <=
              (set.residual_sd == 0 ? 1e-9 : tolerance * set.residual_sd));
        CHECK(close(fit.r_squared.value(), set.r_squared, tolerance));
        CHECK(fit.n == set.rows.size());
    }
}

TEST_CASE("weights and intercept as in exact arithmetic and in R") {
    const cd::least_squares_options through_origin{.intercept = false};
    const std::vector<std::pair<std::string, cd::least_squares_fit>> fits = {
        {"weighted", fitted(models)},
        {"equal weights", cd::fit_least_squares(models, terms, &model::log_flop)},
        {"weighted no intercept",
         cd::fit_least_squares(models, terms, &model::log_flop, &model::weight, through_origin)},
        {"equal weights no intercept", cd::fit_least_squares(models, terms, &model::log_flop, through_origin)}};
    std::size_t checked = 0;
    for (const auto& row : test_support::reference_table("least_squares", 5))
        for (const auto& [name, fit] : fits) {
            if (name != row.name) continue;
            CAPTURE(row.text);
            const auto j = static_cast<std::size_t>(row.numbers[0]);
            REQUIRE(fit);
            CHECK(close(fit.coefficients[j], row.numbers[1], 1e-14));
            CHECK(close(fit.standard_errors[j], row.numbers[2], 1e-14));
            CHECK(close(fit.rss, row.numbers[3], 1e-14));
            CHECK(close(fit.r_squared.value(), row.numbers[4], 1e-14));
            CHECK(fit.degrees_of_freedom == static_cast<double>(models.size() - fit.p));
            ++checked;
        }
    CHECK(checked == 10);
}

TEST_CASE("the unscaled covariance is symmetric and carries the standard errors") {
    const auto fit = fitted(models);
    for (std::size_t i = 0; i < fit.p; ++i) {
        CHECK(
            close(fit.residual_sd * std::sqrt(fit.unscaled_covariance[i * fit.p + i]), fit.standard_errors[i], 1e-15));
        for (std::size_t j = 0; j < i; ++j)
            CHECK(close(fit.unscaled_covariance[i * fit.p + j], fit.unscaled_covariance[j * fit.p + i], 1e-15));
    }
}

TEST_CASE("merging parts equals one pass over the whole, across blocks of rows") {
    cd::least_squares whole(2);
    std::vector<std::vector<double>> rows;
    rows.reserve(300);
    for (int i = 0; i < 300; ++i) rows.push_back({std::sin(i), 1000 + std::cos(2.0 * i), std::sin(3.0 * i + 1)});
    const auto add = [&](cd::least_squares& to, std::size_t i) {
        to.add(std::span(rows[i]).first(2), rows[i][2], i % 7 == 0 ? 0.3 : 1);
    };
    for (std::size_t i = 0; i < rows.size(); ++i) add(whole, i);
    for (const std::size_t cut : {0u, 1u, 63u, 64u, 65u, 128u, 299u, 300u}) {
        CAPTURE(cut);
        cd::least_squares left(2), right(2);
        for (std::size_t i = 0; i < rows.size(); ++i) add(i < cut ? left : right, i);
        right.add(std::vector{unknown, 1.0}, 2);
        left.merge(right);
        auto expected = whole.result();
        expected.n_missing = 1;
        CHECK(same_fit(left.result(), expected, 1e-14));
        CHECK(same_fit(left.result(), left.result(), 0));
    }
}

TEST_CASE("a weight of 2 is a row given twice, and 0 is none") {
    std::vector<model> twice, zero = models;
    for (const auto& m : models)
        for (int i = 0; i < 2; ++i) twice.push_back(m);
    zero.push_back({1900, 3, 2.0, 0});
    const auto once = fitted(models), doubled = fitted(twice);
    for (std::size_t j = 0; j < once.p; ++j) CHECK(close(doubled.coefficients[j], once.coefficients[j], 1e-14));
    CHECK(close(doubled.rss, 2 * once.rss, 1e-14));
    CHECK(fitted(zero) == once);
}

TEST_CASE("scaling and shifting") {
    std::vector<model> moved = models;
    for (auto& m : moved) {
        m.year -= 2000;
        m.log_parameters *= 1024;
        m.log_flop = *m.log_flop * 0x1p-30;
    }
    const auto from = fitted(models), to = fitted(moved);
    CHECK(close(to.coefficients[1], 0x1p-30 * from.coefficients[1], 1e-14));
    CHECK(close(to.coefficients[2], 0x1p-40 * from.coefficients[2], 1e-14));
    CHECK(close(to.standard_errors[1], 0x1p-30 * from.standard_errors[1], 1e-14));
    CHECK(close(to.r_squared.value(), from.r_squared.value(), 1e-14));
}

TEST_CASE("values of very different size within a column") {
    // y = 3 + 2 x on x = 2^-30, ..., 2^30, with residuals that are orthogonal to 1 and x by symmetry of sign.
    std::vector<double> x, y;
    for (int k = -30; k <= 30; ++k)
        for (const double e : {1.0, -1.0}) {
            x.push_back(std::ldexp(1, k));
            y.push_back(3 + 2 * x.back() + e);
        }
    const auto fit = cd::fit_least_squares(x, y);
    REQUIRE(fit);
    CHECK(close(fit.coefficients[0], 3, 1e-15));
    CHECK(close(fit.coefficients[1], 2, 1e-15));
    CHECK(close(fit.rss, 122, 1e-14));
}

TEST_CASE("any input range will do, and what is not known is counted") {
    const auto expected = fitted(models);
    CHECK(fitted(std::list<model>(models.begin(), models.end())) == expected);
    CHECK(fitted(test_support::single_pass<model>(models)) == expected);
    auto with_gaps = models;
    with_gaps.insert(with_gaps.begin(), {2016, 8, std::nullopt, 1});
    with_gaps.push_back({2016, unknown, 20.0, 1});
    with_gaps.push_back({2016, 9, unknown, 1});
    with_gaps.push_back({2016, 9, 20.0, unknown});
    auto fit = fitted(with_gaps);
    CHECK(fit.n_missing == 4);
    fit.n_missing = 0;
    CHECK(fit == expected);
    const auto one_term = cd::fit_least_squares(models, &model::year, &model::log_flop);
    CHECK(one_term == cd::fit_least_squares(models, std::tuple(&model::year), &model::log_flop));
    CHECK(one_term.p == 2);
}

TEST_CASE("dependent columns are named and left out") {
    const auto mixture = [](const model& m) { return 0.3 * m.year + 0.7 * m.log_parameters; };
    const auto seven = [](const model&) { return 7; };
    const auto zero = [](const model&) { return 0; };
    const auto fit = cd::fit_least_squares(
        models, std::tuple(seven, &model::year, zero, &model::log_parameters, mixture), &model::log_flop,
        &model::weight, {.names = {"seven", "year", "zero", "parameters", "mixture"}});
    CHECK_FALSE(fit);
    CHECK(fit.status == estimate_status::degenerate);
    CHECK(fit.dependent == std::vector<std::size_t>{1, 3, 5});
    CHECK(fit.names[fit.dependent[2]] == "mixture");
    CHECK(fit.rank == 3);
    const auto expected = fitted(models);
    CHECK(close(fit.coefficients[2], expected.coefficients[1], 1e-14));
    CHECK(close(fit.standard_errors[4], expected.standard_errors[2], 1e-14));
    CHECK(close(fit.residual_sd, expected.residual_sd, 1e-14));
    for (const std::size_t j : fit.dependent) {
        CHECK(fit.coefficients[j] == 0);
        CHECK(fit.standard_errors[j] == 0);
    }
}

TEST_CASE("nearly dependent columns are told from dependent ones") {
    for (const auto& [distance, dependent] : {std::pair{1e-10, false}, std::pair{1e-14, true}}) {
        std::vector<double> matrix, y;
        for (int i = 0; i < 20; ++i) {
            const double x = 1 + i % 5, e = i % 2 == 0 ? 1 : -1;
            matrix.insert(matrix.end(), {x, x + distance * e});
            y.push_back(2 * x + 3 * (matrix.back() - x));
        }
        const auto fit = cd::fit_least_squares(matrix, y);
        CHECK(fit.dependent.empty() != dependent);
        if (!dependent) CHECK(close(fit.coefficients[2], 3, 1e-4));  // y, rounded, has some 6 digits of the difference
    }
}

TEST_CASE("an exact fit, and a constant response") {
    std::vector<double> x, y;
    for (int i = 0; i < 100; ++i) {
        x.push_back(i / 7.0);
        y.push_back(1e6 + x.back());
    }
    const auto exact = cd::fit_least_squares(x, y);
    CHECK(exact.rss <= 1e-17);
    CHECK(exact.rss >= 0);
    CHECK(close(exact.r_squared.value(), 1, 1e-15));
    const auto constant = cd::fit_least_squares(x, std::vector<double>(x.size(), 0.1));
    CHECK(constant.status == estimate_status::ok);
    CHECK(constant.rss == 0);
    CHECK_FALSE(constant.r_squared);
    CHECK(close(constant.coefficients[0], 0.1, 1e-15));
}

TEST_CASE("not enough rows are a status") {
    const std::vector<std::pair<std::size_t, estimate_status>> cases = {{0, estimate_status::no_data},
                                                                        {1, estimate_status::too_few},
                                                                        {3, estimate_status::too_few},
                                                                        {4, estimate_status::ok}};
    for (const auto& [n, status] : cases) {
        const auto fit = fitted(std::vector<model>(models.begin(), models.begin() + static_cast<std::ptrdiff_t>(n)));
        CHECK(fit.status == status);
        CHECK(fit.coefficients.empty() == (status != estimate_status::ok));
        CHECK(fit.n == n);
    }
}

TEST_CASE("numbers that no double can hold are a status") {
    const std::vector<double> x{1e-170, 2e-171, 3e-171, 4e-171}, y{1, 2, 3.1, 4};  // 1 / x^2 is none
    cd::least_squares sums(1);
    for (std::size_t i = 0; i < x.size(); ++i) sums.add(std::span(x).subspan(i, 1), y[i], 1e10);
    const auto fit = sums.result();
    CHECK(fit.status == estimate_status::degenerate);
    CHECK(fit.n == 4);
    CHECK(fit.coefficients.empty());
    CHECK(fit.standard_errors.empty());
    CHECK(fit.rss == 0);
    CHECK_FALSE(fit.r_squared);
}

TEST_CASE("columns, responses and weights of any size: the fit scales with them, in one pass and in parts") {
    const std::vector<double> x{1, 0, 2.5, 3, 7, 4, -2, 5}, y{2, 1, 3.5, 0, 9, 5.25, 1, 4}, w{1, 2, 1, 0.5, 3, 1, 1, 2};
    const auto fit_of = [&](int of_x, int of_y, int of_w, bool parts) {
        cd::least_squares sums(1), rest(1);
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double scaled = std::ldexp(x[i], of_x);
            (parts && i % 2 == 1 ? rest : sums).add({&scaled, 1}, std::ldexp(y[i], of_y), std::ldexp(w[i], of_w));
        }
        sums.merge(rest);
        return sums.result();
    };
    const auto expected = fit_of(0, 0, 0, false);
    for (const int of_x : {-380, -100, 0, 380, 490})
        for (const int of_y : {-1000, -560, -201, 0, 490})
            for (const int of_w : {-480, -210, 0, 210})
                for (const bool parts : {false, true}) {
                    CAPTURE(of_x);
                    CAPTURE(of_y);
                    CAPTURE(of_w);
                    const auto fit = fit_of(of_x, of_y, of_w, parts);
                    const bool beyond = 2 * of_x + of_w < -1010 || 2 * of_y + of_w > 1010;
                    REQUIRE(fit.status == (beyond ? estimate_status::degenerate : estimate_status::ok));
                    if (!fit) continue;
                    const int of_slope = of_y - of_x, of_sd = of_y + of_w / 2;
                    if (of_slope < -1000 || of_sd < -1000) continue;  // subnormal
                    CHECK(close(std::ldexp(fit.coefficients[0], -of_y), expected.coefficients[0], 1e-14));
                    CHECK(close(std::ldexp(fit.coefficients[1], -of_slope), expected.coefficients[1], 1e-14));
                    CHECK(close(std::ldexp(fit.standard_errors[1], -of_slope), expected.standard_errors[1], 1e-14));
                    CHECK(close(std::ldexp(fit.residual_sd, -of_sd), expected.residual_sd, 1e-14));
                    CHECK(close(*fit.r_squared, *expected.r_squared, 1e-14));
                }
}

TEST_CASE("what cannot be is refused by name") {
    const auto adding = [](std::vector<double> row, double y, double weight) {
        return message_of([&] { cd::least_squares(2).add(row, y, weight); });
    };
    CHECK(adding({1, 2, 3}, 1, 1) == "compute_divide::least_squares: a row of as many values as terms, got 3");
    CHECK(adding({1, 2}, 1, -2) == "compute_divide::least_squares: weight >= 0, got -2");
    CHECK(adding({1, infinity}, 1, 1) == "compute_divide::least_squares: values of at most 1e300 in size, got inf");
    CHECK(adding({1, 2}, -1e301, 1) == "compute_divide::least_squares: values of at most 1e300 in size, got -1e+301");
    CHECK(adding({unknown, 2}, 1, infinity) ==
          "compute_divide::least_squares: values of at most 1e300 in size, got inf");
    CHECK(message_of([] { cd::least_squares(0, {.intercept = false}); }) ==
          "compute_divide::least_squares: at least one term or an intercept, got 0");
    CHECK(message_of([] { cd::least_squares(2, {.names = {"year"}}); }) ==
          "compute_divide::least_squares: no names, or one for each term, got 1");
    CHECK(message_of([] { cd::least_squares(2).merge(cd::least_squares(2, {.intercept = false})); }) ==
          "compute_divide::least_squares: the same columns to merge, got 2");
    CHECK(message_of([] { return cd::fit_least_squares(std::vector<double>(7), std::vector<double>(3)); }) ==
          "compute_divide::fit_least_squares: a matrix of as many rows as responses, got 7");
}
