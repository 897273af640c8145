// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/fixed_effects.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/detail/approximate_cholesky.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/least_squares.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/regression_reference.hpp"

namespace cd = compute_divide;
using cd::covariance_kind;
using cd::effect_degrees_of_freedom;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

TEST_CASE("as R's lm with a column for each level, sandwich, plm and estimatr have it") {
    std::size_t compared = 0;
    for (const auto& c : test_support::regression_cases("linear")) {
        if (c.absorb.empty()) continue;
        const auto model = test_support::model_of(c).absorbing(c.texts(c.absorb));
        auto known = c;
        if (c.absorb.size() > 1)
            std::erase_if(known.expected, [](const auto& e) { return e.covariance == "hc2" || e.covariance == "hc3"; });
        const auto result = test_support::compare(
            known,
            [&](auto options) {
                options.repair = cd::covariance_repair::none;  // as in R unless fix = TRUE
                return cd::fit_fixed_effects(c.records, model, options);
            },
            1e-11);
        compared += result.compared;
        for (const auto& each : result.disagreements) FAIL_CHECK(test_support::to_string(each));
    }
    CHECK(compared > 800);
}

namespace {

struct row {
    double x, z, y, weight;
    int firm, year;
    std::optional<std::string> region;
};

/// Firms of 1 to 9 records in some of 12 years; what is of a firm or a year shifts x, z and y.
std::vector<row> unbalanced_panel() {
    std::mt19937_64 generator(7);
    const auto uniform = [&] { return static_cast<double>(generator() >> 11) * 0x1p-53; };
    std::vector<row> rows;
    for (int firm = 0; firm < 30; ++firm)
        for (int year = 2010; year < 2022; ++year) {
            if (generator() % 9 > static_cast<std::uint64_t>(firm % 9)) continue;
            const double of_firm = std::sin(firm), of_year = 0.2 * (year - 2015);
            const double x = uniform() + of_firm + of_year, z = uniform() * (1 + of_firm) - of_year;
            rows.push_back({x, z, 2 * x - z + 3 * of_firm - of_year + uniform(), 0.5 + uniform(), firm, year,
                            "region " + std::to_string(firm / 4)});
        }
    return rows;
}
const std::vector<row> panel = unbalanced_panel();

const auto x = cd::variable("x", &row::x);
const auto z = cd::variable("z", &row::z);
const auto terms = cd::model_of(&row::y).on(x, z);
const auto one_way = terms.absorbing(&row::firm);
const auto two_way = one_way.absorbing(&row::year);

/// Fits agree in all that does not depend on how the iteration went.
void check_same(const cd::regression_fit& a, const cd::regression_fit& b, double tolerance = 1e-11) {
    REQUIRE(a.coefficients.size() == b.coefficients.size());
    REQUIRE(a.covariance.values.size() == b.covariance.values.size());
    for (std::size_t i = 0; i < a.coefficients.size(); ++i)
        CHECK(close(a.coefficients[i], b.coefficients[i], tolerance));
    for (std::size_t i = 0; i < a.covariance.values.size(); ++i)
        CHECK(close(a.covariance.values[i], b.covariance.values[i], tolerance));
    CHECK(a.n == b.n);
    CHECK(a.absorbed->degrees_of_freedom == b.absorbed->degrees_of_freedom);
    CHECK(a.covariance.degrees_of_freedom == b.covariance.degrees_of_freedom);
}

}  // namespace

TEST_CASE("the same as with a column for each level, where the levels hardly touch") {
    // A path: level i of one field meets levels i and i + 1 of the other only, so that the projections' angle is small.
    constexpr int length = 40;
    std::mt19937_64 generator(3);
    std::vector<row> rows;
    cd::least_squares dummies(2 + 2 * length, {.intercept = false});
    for (int i = 0; i < length; ++i)
        for (const int step : {0, 0, 1, 1}) {
            const auto noise = [&] { return static_cast<double>(generator() % 1000); };
            const row r{noise() + i, noise(), noise() + i * i, 1 + noise() / 500, i, i + step, {}};
            rows.push_back(r);
            std::vector<double> columns(2 + 2 * length);
            columns[0] = r.x;
            columns[1] = r.z;
            columns[2 + static_cast<std::size_t>(r.firm)] = 1;
            if (r.year > 0) columns[1 + length + static_cast<std::size_t>(r.year)] = 1;
            dummies.add(columns, r.y, r.weight);
        }
    const auto expected = dummies.result();
    REQUIRE(expected);
    const auto fit = cd::fit_fixed_effects(rows, two_way.weighted_by(&row::weight));
    REQUIRE(fit);
    CHECK(fit.iterations >= length - 1);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(close(fit.coefficients[i], expected.coefficients[i], 1e-12));
        CHECK(close(fit.covariance.standard_error(i), expected.standard_errors[i], 1e-12));
    }
    CHECK(fit.absorbed->degrees_of_freedom == static_cast<double>(2 * length));
    CHECK(close(*fit.residual_sd, expected.residual_sd, 1e-12));
}

TEST_CASE("chains longer than plain steps reach are the same as with a column for each level, of three effects too" *
          doctest::test_suite("long")) {
    constexpr int length = 100, years = 6;
    for (const bool third : {false, true}) {
        std::mt19937_64 generator(5);
        const auto noise = [&] { return static_cast<double>(generator() % 1000); };
        std::vector<row> rows;
        const std::size_t first = 2, second = first + length, last = second + length;
        cd::least_squares dummies(last + (third ? years - 1 : 0), {.intercept = false});
        for (int i = 0; i < length; ++i)
            for (const int step : {0, 0, 1, 1}) {
                const auto year = generator() % years;
                const row r{noise() + i, noise(),  noise() + i * i,     1 + noise() / 500,
                            i,           i + step, std::to_string(year)};
                rows.push_back(r);
                std::vector<double> columns(last + (third ? years - 1 : 0));
                columns[0] = r.x;
                columns[1] = r.z;
                columns[first + static_cast<std::size_t>(r.firm)] = 1;
                if (r.year > 0) columns[second + static_cast<std::size_t>(r.year) - 1] = 1;
                if (third && year > 0) columns[last + year - 1] = 1;
                dummies.add(columns, r.y, r.weight);
            }
        const auto expected = dummies.result();
        REQUIRE(expected);
        const auto model = two_way.weighted_by(&row::weight);
        const auto fit =
            third ? cd::fit_fixed_effects(rows, model.absorbing(&row::region)) : cd::fit_fixed_effects(rows, model);
        REQUIRE(fit);
        CHECK(fit.iterations > 50);
        CHECK(fit.iterations < 80);
        for (std::size_t i = 0; i < 2; ++i) {
            CHECK(close(fit.coefficients[i], expected.coefficients[i], 1e-12));
            CHECK(close(fit.covariance.standard_error(i), expected.standard_errors[i], 1e-12));
        }
        CHECK(close(*fit.residual_sd, expected.residual_sd, 1e-12));
    }
}

TEST_CASE(
    "steps hardly grow where levels hardly touch: chains, and the hard cases of fixest and FixedEffectModels.jl") {
    std::mt19937_64 generator(1);
    const auto between = [&](int from, int to) {
        return from + static_cast<int>(generator() % static_cast<unsigned>(to - from + 1));
    };
    const auto noise = [&] { return static_cast<double>(generator() % 1000) / 500 - 1; };
    struct place {
        int first, second;
    };
    constexpr int n = 12'000;
    const std::vector<std::pair<const char*, std::function<place(int)>>> graphs{
        {"a chain",
         [](int i) {
             return place{i / 4, i / 4 + i % 4 / 2};
         }},
        {"a ring",
         [](int i) {
             return place{i / 4, (i / 4 + i % 4 / 2) % (n / 4)};
         }},
        {"firms one after another (fixest)",
         [](int i) {
             return place{i / 10, i % (n / 23)};
         }},
        {"workers near firms (FixedEffectModels.jl)", [&](int) {
             const int worker = between(1, n / 20), nearest = worker / 8;
             return place{worker, between(std::max(1, nearest - 10), std::min(n / 160, nearest + 10))};
         }}};
    for (const auto& graph : graphs) {
        CAPTURE(graph.first);
        std::vector<row> rows;
        for (int i = 0; i < n; ++i) {
            const auto [firm, year] = graph.second(i);
            row r{noise() + 5 * std::cos(firm) + 5 * std::sin(year),
                  noise() + std::cos(firm) + 1e-3 * year,
                  0,
                  1,
                  firm,
                  year,
                  {}};
            r.y = 3 * r.x + 5 * r.z + std::cos(firm) + std::sin(year) + 0.01 * firm;
            rows.push_back(r);
        }
        const auto fit = cd::fit_fixed_effects(rows, two_way);
        REQUIRE(fit.status == estimate_status::ok);
        CHECK(fit.iterations < 100);
        CHECK(close(fit.coefficients[0], 3, 1e-11));
        CHECK(close(fit.coefficients[1], 5, 1e-11));
    }
}

TEST_CASE("the approximate factor of a graph is exact for trees and rings, and symmetric for any") {
    const auto value = [](std::size_t i) { return std::sin(static_cast<double>(7 * i)); };
    for (const bool ring : {false, true}) {
        constexpr std::uint32_t nodes = 50;
        std::vector<cd::detail::weighted_edge> edges;
        for (std::uint32_t i = 1; i < nodes; ++i) edges.push_back({i, ring ? i - 1 : i / 3, 1.0 + i % 5});
        if (ring) edges.push_back({0, nodes - 1, 0.5});
        const cd::detail::approximate_cholesky factor(nodes, edges);
        CHECK(factor.components() == 1);
        std::vector<double> b(nodes);
        for (std::size_t i = 0; i < nodes; ++i) b[i] = value(i) - value((i + 1) % nodes);  // of sum 0
        std::vector<double> solved = b, back(nodes);
        factor.solve(solved, 1);
        for (const auto& [from, to, weight] : edges) {
            back[from] += weight * (solved[from] - solved[to]);
            back[to] += weight * (solved[to] - solved[from]);
        }
        for (std::size_t i = 0; i < nodes; ++i) CHECK(std::abs(back[i] - b[i]) < 1e-12);
    }
    std::vector<cd::detail::weighted_edge> edges;  // two components
    for (std::uint32_t i = 0; i < 300; ++i) edges.push_back({i * 7 % 20, 20 + i % 17, 1.0 + i % 3});
    edges.push_back({37, 38, 1});
    const cd::detail::approximate_cholesky factor(39, edges);
    CHECK(factor.components() == 2);
    CHECK(factor.component()[0] == factor.component()[20]);
    CHECK(factor.component()[37] != factor.component()[0]);
    const auto form = [&](std::size_t a, std::size_t b) {  // e_a - e_0 against e_b - e_0
        std::vector<double> values(39);
        values[b] = 1;
        values[0] = -1;
        factor.solve(values, 1);
        return values[a] - values[0];
    };
    for (std::size_t a = 1; a < 20; ++a) {
        CHECK(form(a, a) > 0);
        CHECK(close(form(a, a % 19 + 1), form(a % 19 + 1, a), 1e-11));
    }
}

TEST_CASE("the order of records and of effects, the origin and the scale do not matter") {
    const auto clustered = two_way.clustered_by(&row::region).weighted_by(&row::weight);
    const auto fit = cd::fit_fixed_effects(panel, clustered);
    REQUIRE(fit);
    auto shuffled = panel;
    std::ranges::shuffle(shuffled, std::mt19937_64(1));
    check_same(cd::fit_fixed_effects(shuffled, clustered), fit);
    check_same(cd::fit_fixed_effects(test_support::single_pass(panel), clustered), fit);
    check_same(cd::fit_fixed_effects(panel, clustered.without_intercept()), fit);
    check_same(cd::fit_fixed_effects(
                   panel, terms.absorbing(&row::year, &row::firm).clustered_by(&row::region).weighted_by(&row::weight)),
               fit);
    check_same(cd::fit_fixed_effects(panel, terms.absorbing(std::vector<int row::*>{&row::firm, &row::year})
                                                .clustered_by(&row::region)
                                                .weighted_by(&row::weight)),
               fit);

    auto moved = panel;
    for (row& r : moved) {
        r.x += 1e3 * r.firm;
        r.y = r.y * 1024 - 1e3 * r.year;
        r.weight *= 8;
    }
    auto scaled = cd::fit_fixed_effects(moved, clustered);
    for (double& b : scaled.coefficients) b /= 1024;
    for (double& v : scaled.covariance.values) v /= 1024.0 * 1024;
    check_same(scaled, fit, 1e-9);

    const auto offset = cd::fit_fixed_effects(panel, clustered.offset_by([](const row& r) { return 3 * r.z; }));
    CHECK(close(offset.coefficients[1], fit.coefficients[1] - 3, 1e-12));
    CHECK(close(offset.covariance.standard_error(1), fit.covariance.standard_error(1), 1e-11));
}

TEST_CASE("records that are alone are dropped, and those that then are") {
    auto more = panel;
    for (int i = 0; i < 5; ++i) {  // the last year's only record is of a firm whose others go with theirs, one by one
        more.push_back({1.5 * i, 2, 3, 1, 100 + i, 3000 + i, "new"});
        more.push_back({2.5 * i, 1, 7, 1, 100 + i, 3001 + i, "newer"});
    }
    const auto model = two_way.clustered_by(&row::region);
    const auto fit = cd::fit_fixed_effects(more, model), expected = cd::fit_fixed_effects(panel, model);
    CHECK(fit.absorbed->singletons == expected.absorbed->singletons + 10);
    CHECK(fit.absorbed->levels == expected.absorbed->levels);
    CHECK(fit.clusters == expected.clusters);
    check_same(fit, expected, 1e-15);
}

TEST_CASE("degrees of freedom that effects take") {
    const auto degrees = [](const auto& model, const auto& rows) {
        return cd::fit_fixed_effects(rows, model).absorbed->degrees_of_freedom;
    };
    const double firms = degrees(one_way, panel), years = degrees(terms.absorbing(&row::year), panel);
    CHECK(degrees(two_way, panel) == firms + years - 1);
    CHECK(degrees(two_way.absorbing(&row::region), panel) == firms + years - 1);  // of firms it adds nothing
    CHECK(degrees(terms.absorbing(&row::firm, &row::firm), panel) == firms);

    auto twice = panel;  // two panels that have neither a firm nor a year in common
    for (const row& r : panel) {
        twice.push_back(r);
        twice.back().firm += 1000;
        twice.back().year += 1000;
    }
    CHECK(degrees(two_way, twice) == 2 * (firms + years - 1));

    // Age is year less year of birth: only all three together are redundant, which is not seen.
    const auto birth = [](const row& r) { return r.firm % 7; };
    const auto age = [](const row& r) { return r.year - r.firm % 7; };
    const auto levels = cd::fit_fixed_effects(panel, terms.absorbing(&row::year, birth, age)).absorbed->levels;
    CHECK(degrees(terms.absorbing(&row::year, birth, age), panel) ==
          static_cast<double>(levels[0] + levels[1] + levels[2] - 2));
}

TEST_CASE("effects within clusters do not count in the correction, but for one") {
    const auto variance = [](const auto& model, effect_degrees_of_freedom degrees) {
        const auto fit = cd::fit_fixed_effects(panel, model, {.effect_degrees_of_freedom = degrees});
        REQUIRE(fit);
        return fit.covariance(0, 0) * static_cast<double>(fit.n - 1);
    };
    // (n - 1) / (n - K): the ratio of two variances tells the other K.
    const auto counted = [&](const auto& model) {
        const auto fit = cd::fit_fixed_effects(panel, model);
        const double n = static_cast<double>(fit.n), all = n - 2 - fit.absorbed->degrees_of_freedom;
        return n - 2 -
               all * variance(model, effect_degrees_of_freedom::all) /
                   variance(model, effect_degrees_of_freedom::nested);
    };
    const auto years = static_cast<double>(cd::fit_fixed_effects(panel, two_way).absorbed->levels[1]);
    CHECK(close(counted(one_way.clustered_by(&row::firm)), 1, 1e-9));
    CHECK(close(counted(one_way.clustered_by(&row::region)), 1, 1e-9));
    CHECK(close(counted(two_way.clustered_by(&row::region)), years, 1e-9));
    CHECK(close(counted(two_way.clustered_by(&row::region, &row::year)), 1, 1e-9));
    const auto half = [](const row& r) { return (r.firm + r.year) % 5; };
    CHECK(variance(two_way.clustered_by(half), effect_degrees_of_freedom::all) ==
          variance(two_way.clustered_by(half), effect_degrees_of_freedom::nested));
}

TEST_CASE("clusters of one record each are hc0") {
    const auto each = [](const row& r) { return r.firm * 10000 + r.year; };
    const auto clustered =
        cd::fit_fixed_effects(panel, two_way.clustered_by(each), {.correction = cd::cluster_correction::none});
    const auto hc0 = cd::fit_fixed_effects(panel, two_way, {.covariance = covariance_kind::hc0});
    CHECK(clustered.clusters.front() == clustered.n);
    for (std::size_t k = 0; k < 4; ++k) CHECK(close(clustered.covariance.values[k], hc0.covariance.values[k], 1e-12));
}

TEST_CASE("terms that the effects, or other terms, determine are named and left out") {
    const auto of_firm = cd::variable("of_firm", [](const row& r) { return std::sqrt(r.firm); });
    const auto of_both = cd::variable("of_both", [](const row& r) { return std::sqrt(r.firm) - 1e3 / r.year; });
    const auto constant = cd::variable("constant", [](const row&) { return 0.1; });
    const auto sum = cd::variable("sum", [](const row& r) { return r.x + 2 * r.z + r.firm; });
    const auto fit = cd::fit_fixed_effects(panel, cd::model_of(&row::y)
                                                      .on(of_firm, x, of_both, z, constant, sum)
                                                      .absorbing(&row::firm, &row::year)
                                                      .clustered_by(&row::region));
    CHECK(fit.status == estimate_status::degenerate);
    CHECK(fit.dependent == std::vector<std::size_t>{0, 2, 4, 5});
    CHECK(fit.rank == 2);
    const auto expected = cd::fit_fixed_effects(panel, two_way.clustered_by(&row::region));
    CHECK(close(fit.coefficients[1], expected.coefficients[0], 1e-12));
    CHECK(close(fit.coefficients[3], expected.coefficients[1], 1e-12));
    CHECK(close(fit.covariance.standard_error(3), expected.covariance.standard_error(1), 1e-12));
    CHECK(fit.covariance.standard_error(0) == 0);

    // Seen once, a level's column of 0 and 1 takes its record out of the fit of the rest.
    auto with_one = panel;
    with_one.front().region = "another";
    const auto seen_once =
        cd::fit_fixed_effects(with_one, terms.on(cd::categorical("region", &row::region)).absorbing(&row::year));
    REQUIRE(seen_once);
    auto without = panel;
    without.erase(without.begin());
    const auto rest =
        cd::fit_fixed_effects(without, terms.on(cd::categorical("region", &row::region)).absorbing(&row::year));
    CHECK(close(seen_once.coefficients[0], rest.coefficients[0], 1e-11));
}

TEST_CASE("a response that is constant, or that effects determine, has coefficients of 0") {
    const std::vector<double (*)(const row&)> responses{[](const row&) { return 0.1; },
                                                        [](const row& r) { return std::sqrt(r.firm) + 0.1 * r.year; }};
    for (const auto& response : responses) {
        const auto fit =
            cd::fit_fixed_effects(panel, cd::model_of(response).on(x, z).absorbing(&row::firm, &row::year));
        REQUIRE(fit);
        CHECK(fit.coefficients == std::vector<double>{0, 0});
        CHECK(fit.covariance.status == estimate_status::degenerate);
        CHECK(fit.covariance.values.empty());
        CHECK(*fit.residual_sd == 0);
        CHECK_FALSE(fit.absorbed->r_squared_within);
        CHECK(fit.r_squared.has_value() == (response == responses[1]));
    }
}

TEST_CASE("what is not known is left out and counted, and so are weights of 0 but not counted") {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const auto model = terms.absorbing(&row::firm, &row::region).weighted_by(&row::weight).clustered_by(&row::region);
    auto more = panel;
    for (const row& r : {row{none, 1, 1, 1, 3, 2015, "region 0"}, row{1, 1, none, 1, 3, 2015, "region 0"},
                         row{1, 1, 1, none, 3, 2015, "region 0"}, row{1, 1, 1, 1, 3, 2015, std::nullopt}})
        more.push_back(r);
    more.push_back({1, 1, 1, 0, 999, 2015, "nowhere"});
    const auto fit = cd::fit_fixed_effects(more, model), expected = cd::fit_fixed_effects(panel, model);
    CHECK(fit.n_missing == 4);
    CHECK(fit.absorbed->levels == expected.absorbed->levels);
    check_same(fit, expected, 1e-15);
    more.back().weight = -1;
    CHECK(message_of([&] { return cd::fit_fixed_effects(more, model); }) ==
          "compute_divide::fit_fixed_effects: a weight >= 0 in record " + std::to_string(more.size() - 1) + ", got -1");
}

TEST_CASE("data that cannot answer are a status") {
    const auto nothing = cd::fit_fixed_effects(std::vector<row>{}, two_way);
    CHECK(nothing.status == estimate_status::no_data);
    CHECK(nothing.n == 0);
    CHECK(nothing.names == std::vector<std::string>{"x", "z"});

    const auto each = [](const row& r) { return r.firm * 10000 + r.year; };
    const auto alone = cd::fit_fixed_effects(panel, terms.absorbing(each));
    CHECK(alone.status == estimate_status::too_few);
    CHECK(alone.absorbed->singletons == panel.size());
    CHECK(alone.n == 0);
    CHECK(alone.coefficients.empty());
    CHECK(alone.covariance.status == estimate_status::too_few);

    std::vector<row> square;  // 4 records, 3 degrees of freedom of effects, 2 terms
    for (int i = 0; i < 4; ++i) square.push_back({std::sqrt(i), 0.1 * i * i, 1.0 * i * i * i, 1, i / 2, i % 2, {}});
    CHECK(cd::fit_fixed_effects(square, two_way).status == estimate_status::too_few);
    CHECK(cd::fit_fixed_effects(square, one_way).status == estimate_status::too_few);

    const auto stopped = cd::fit_fixed_effects(panel, two_way, {.max_projections = 2});
    CHECK(stopped.status == estimate_status::not_converged);
    CHECK(stopped.iterations == 2);
    CHECK(stopped.coefficients.empty());
    CHECK(cd::fit_fixed_effects(panel, one_way, {.max_projections = 0}));

    const auto beyond = cd::variable("beyond", [](const row& r) { return 1e290 * r.x; });
    for (const double weight : {1.0, 1e40}) {
        const auto fit = cd::fit_fixed_effects(
            panel, cd::model_of(&row::y).on(beyond).absorbing(&row::firm, &row::year).weighted_by([=](const row&) {
                return weight;
            }));
        CHECK(fit.status == estimate_status::ok);
        const auto ordinary = cd::fit_fixed_effects(
            panel, cd::model_of(&row::y).on(cd::variable("x", &row::x)).absorbing(&row::firm, &row::year));
        CHECK(close(fit.coefficients[0] * 1e290, ordinary.coefficients[0], 1e-10));
        CHECK(close(cd::coefficient(fit, "beyond").lower() * 1e290, cd::coefficient(ordinary, "x").lower(), 1e-10));
        CHECK(fit.dependent.empty());
    }

    const auto half = [](const row& r) { return r.firm < 15; };
    const auto all = [](const row&) { return 1; };
    for (const auto& few : {cd::fit_fixed_effects(panel, two_way.clustered_by(half)),
                            cd::fit_fixed_effects(panel, two_way.clustered_by(all))}) {
        CHECK(few);
        CHECK(few.covariance.status == estimate_status::too_few);
        CHECK(few.covariance.values.empty());
    }

    const auto first = cd::variable("first", [](const row& r) { return &r == &panel.front(); });
    for (const auto kind : {covariance_kind::hc2, covariance_kind::hc3}) {
        const auto determined =
            cd::fit_fixed_effects(panel, cd::model_of(&row::y).on(first).absorbing(&row::firm), {.covariance = kind});
        CHECK(determined.covariance.status == estimate_status::degenerate);
        CHECK(determined.covariance.values.empty());
    }
}

TEST_CASE("models that cannot be fitted throw") {
    const auto with_levels = terms.on(cd::categorical("region", &row::region)).absorbing(&row::firm);
    CHECK(message_of([&] { return cd::fit_fixed_effects(test_support::single_pass(panel), with_levels); }) ==
          "compute_divide::fit_fixed_effects: records that can be read twice, for a term's levels, got \"a single "
          "pass\"");
    const auto message = [](const auto& model, const cd::regression_options& options = {}) {
        return message_of([&] { return cd::fit_fixed_effects(panel, model, options); })
            .substr(std::string("compute_divide::fit_fixed_effects: ").size());
    };
    CHECK(message(terms) == "at least one field of effects to absorb, got 0");
    CHECK(message(terms.absorbing(std::vector<int row::*>{})) == "at least one field of effects to absorb, got 0");
    CHECK(message(cd::model_of(&row::y).absorbing(&row::firm)) == "at least one term, got 0");
    CHECK(message(one_way.clustered_by(&row::firm, &row::year, &row::region)) ==
          "at most two fields of clusters, got 3");
    CHECK(message(one_way, {.covariance = covariance_kind::clustered}) ==
          "a field of clusters for a clustered covariance, got 0");
    CHECK(message(two_way, {.covariance = covariance_kind::hc3}) == "one field of effects for hc2 and hc3, got 2");
    CHECK(message(one_way, {.level = 1}) == "level in (0, 1), got 1");
    CHECK(message(terms.on(cd::variable("far", [](const row&) { return 1e301; })).absorbing(&row::firm)) ==
          "values of at most 1e300 in size in record 0, got 1e+301");
}
