// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/within_between.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/statistics/multiple_draws.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

struct record {
    int unit = 0, year = 0;
    std::optional<double> x = {};
    double z = 0, y = 0, w = 1;
    double same = 1;  ///< the same for all records of a unit
};

std::vector<record> panel() {
    std::vector<record> rows;
    for (const auto& row : test_support::reference_table("within_between_data", 5)) {
        const int unit = std::stoi(row.name);
        rows.push_back({.unit = unit,
                        .year = static_cast<int>(row.numbers[0]),
                        .x = row.numbers[1],
                        .z = row.numbers[2],
                        .y = row.numbers[3],
                        .w = row.numbers[4],
                        .same = 0.1 * unit});
    }
    return rows;
}

const auto plain =
    cd::model_of(&record::y).on(cd::variable("x", &record::x), cd::variable("z", &record::z)).absorbing(&record::unit);
const auto weighted = plain.weighted_by(&record::w);
const auto with_years = weighted.on(cd::categorical("year", &record::year));

}  // namespace

TEST_CASE("coefficients, clustered errors and the test are those of R") {
    const auto rows = panel();
    const cd::regression_options options{.correction = cd::cluster_correction::stata};
    const auto fit_of = [&](const std::string& label) {
        return label == "plain"      ? cd::fit_within_between(rows, plain, options)
               : label == "weighted" ? cd::fit_within_between(rows, weighted, options)
                                     : cd::fit_within_between(rows, with_years, options);
    };
    for (const auto& reference : test_support::reference_table("within_between", 2)) {
        CAPTURE(reference.text);
        const std::string label = reference.name.substr(0, reference.name.find(' '));
        const std::string rest = reference.name.substr(label.size() + 1);
        const auto fit = fit_of(label);
        REQUIRE(fit);
        CHECK(fit.units == 14);
        CHECK(fit.left_out.empty());
        if (rest == "same") {
            CHECK(close(*fit.same.test.statistic, reference.numbers[0], 1e-8));
            CHECK(close(*fit.same.test.p_value, reference.numbers[1], 1e-7));
        } else if (rest == "fixed effects") {
            CHECK(close(*fit.line("x").within.estimate.value, reference.numbers[0], 1e-9));
            CHECK(close(*fit.line("z").within.estimate.value, reference.numbers[1], 1e-9));
        } else {
            const auto& line = fit.line(rest.substr(0, 1));
            const auto& found = rest.substr(2) == "within"    ? line.within
                                : rest.substr(2) == "between" ? line.between
                                                              : line.difference;
            CHECK(close(*found.estimate.value, reference.numbers[0], 1e-8));
            CHECK(close(found.standard_error, reference.numbers[1], 1e-8));
        }
    }
}

TEST_CASE("within is what fixed effects of units give, with missing records and weights; years as terms or absorbed") {
    auto rows = panel();
    for (std::size_t i = 0; i < rows.size(); i += 6) rows[i].x.reset();
    rows[3].w = 0;
    const auto fit = cd::fit_within_between(rows, with_years);
    const auto effects = cd::fit_fixed_effects(rows, weighted.absorbing(&record::year).clustered_by(&record::unit));
    CHECK(close(*fit.line("x").within.estimate.value, *cd::coefficient(effects, "x").value, 1e-9));
    CHECK(close(*fit.line("z").within.estimate.value, *cd::coefficient(effects, "z").value, 1e-9));
    CHECK(fit.fit.n_missing == 12);
}

TEST_CASE("columns without variation within or between have no line of it, and the others keep theirs") {
    auto rows = panel();
    const auto with_constant = plain.on(cd::variable("same", &record::same));
    const auto fit = cd::fit_within_between(rows, with_constant);
    CHECK(fit.left_out == std::vector<std::string>{"same, within"});
    CHECK(fit.line("same").within.estimate.status == estimate_status::degenerate);
    CHECK(fit.line("same").difference.estimate.status == estimate_status::degenerate);
    CHECK(fit.line("same").between.estimate.value);
    CHECK(fit.same.restrictions == 2);
    CHECK(close(*fit.line("x").within.estimate.value,
                *cd::fit_within_between(rows, plain).line("x").within.estimate.value, 1e-10));
    // A balanced panel: every unit has the same years, so that years do not differ between units.
    std::vector<record> balanced;
    cd::random_stream random(2);
    for (int u = 0; u < 10; ++u)
        for (int t = 0; t < 4; ++t) {
            record r{.unit = u, .year = 2000 + t, .x = random.uniform() + 0.2 * u, .z = random.uniform()};
            r.y = 2 * *r.x + r.z + random.uniform();
            balanced.push_back(r);
        }
    const auto even = cd::fit_within_between(balanced, plain.on(cd::categorical("year", &record::year)));
    CHECK(even.left_out == std::vector<std::string>{"year:2001, between", "year:2002, between", "year:2003, between"});
    CHECK(even.line("x").between.estimate.value);
    CHECK(even.line("year:2001").within.estimate.value);
    CHECK(to_string(even).find("the same: ") != std::string::npos);
}

TEST_CASE("both coefficients are found where they differ, and their clustered intervals cover" *
          doctest::test_suite("long")) {
    // 40 units of 2 to 10 records; x is a level of the unit and its own; within 1, between -2, errors of a unit go
    // together.
    const int rounds = 600;
    int within = 0, between = 0, same = 0;
    double sum_within = 0, sum_between = 0;
    for (int round = 0; round < rounds; ++round) {
        cd::random_stream random(7, static_cast<std::uint64_t>(round));
        std::vector<record> rows;
        for (int u = 0; u < 40; ++u) {
            const double level = cd::standard_normal(random), own = 0.5 * cd::standard_normal(random);
            const auto n = 2 + random.below(9);
            double mean = 0, error = 0;
            const std::size_t first = rows.size();
            for (std::uint64_t i = 0; i < n; ++i) {
                rows.push_back({.unit = u, .x = level + cd::standard_normal(random)});
                mean += *rows.back().x / static_cast<double>(n);
            }
            for (std::size_t i = first; i < rows.size(); ++i) {
                error = 0.6 * error + 0.5 * cd::standard_normal(random);
                rows[i].y = (*rows[i].x - mean) - 2 * mean + own + error;
            }
        }
        const auto fit = cd::fit_within_between(
            rows, cd::model_of(&record::y).on(cd::variable("x", &record::x)).absorbing(&record::unit));
        const auto& line = fit.line("x");
        sum_within += *line.within.estimate.value / rounds;
        sum_between += *line.between.estimate.value / rounds;
        within += line.within.estimate.bounds->contains(1);
        between += line.between.estimate.bounds->contains(-2);
        same += *fit.same.test.p_value <= 0.05;
    }
    CHECK(std::fabs(sum_within - 1) < 0.02);
    CHECK(std::fabs(sum_between + 2) < 0.02);
    CHECK(within >= 0.92 * rounds);
    CHECK(between >= 0.92 * rounds);
    CHECK(same == rounds);
}

TEST_CASE("what is not enough, and what is wrong") {
    std::vector<record> rows;
    const auto none = cd::fit_within_between(rows, plain);
    CHECK_FALSE(none);
    CHECK(none.fit.status == estimate_status::no_data);
    CHECK(none.line("x").within.estimate.status == estimate_status::no_data);
    rows = panel();
    rows.resize(3);
    CHECK(cd::fit_within_between(rows, plain).line("x").within.estimate.status != estimate_status::ok);
    const auto all = panel();
    CHECK(message_of([&] {
              (void)cd::fit_within_between(all, cd::model_of(&record::y).on(cd::variable("x", &record::x)));
          }).find("one absorbed field") != std::string::npos);
    CHECK(message_of([&] {
              (void)cd::fit_within_between(all, cd::model_of(&record::y).absorbing(&record::unit));
          }).find("at least one term") != std::string::npos);
    CHECK(message_of([&] { (void)cd::fit_within_between(all, plain).line("foo"); }).find("foo") != std::string::npos);
    CHECK(message_of([&] {
              (void)cd::fit_within_between(all, plain.clustered_by([](const record& r) {
                  return std::vector<int>{r.unit, r.year};
              }));
          }).find("one label") != std::string::npos);
    auto huge = all;
    for (record& r : huge) r.y *= 1e12, r.x = *r.x * 1e-9;
    CHECK(close(*cd::fit_within_between(huge, plain).line("x").within.estimate.value,
                *cd::fit_within_between(all, plain).line("x").within.estimate.value * 1e21, 1e-8));
}
