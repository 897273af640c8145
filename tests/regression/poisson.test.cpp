// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/poisson.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/inference.hpp>

#include "support/close.hpp"
#include "support/labs.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/regression_reference.hpp"

namespace cd = compute_divide;
using cd::covariance_kind;
using cd::estimate_status;
using test_support::close;
using test_support::lab;
using test_support::message_of;
using test_support::on_gpus;
using test_support::ordinary_labs;
using test_support::papers_by_author;
using test_support::small_labs;

TEST_CASE("Poisson regressions as R's glm and sandwich have them") {
    std::size_t compared = 0;
    for (const auto& c : test_support::regression_cases("poisson")) {
        const auto result = test_support::compare(
            c, [&](const auto& options) { return cd::fit_poisson(c.records, model_of(c), options); });
        compared += result.compared;
        for (const auto& each : result.disagreements) FAIL_CHECK(to_string(each));
    }
    CHECK(compared > 500);
}

TEST_CASE("records of one pass, optional terms and labels") {
    auto labs = ordinary_labs();
    for (std::size_t i = 0; i < labs.size(); ++i) labs[i].age = static_cast<double>(i % 5);
    labs[7].age.reset();
    const auto with_age = papers_by_author.on(cd::variable("age", &lab::age));
    const auto once = cd::fit_poisson(test_support::single_pass(labs), with_age);
    CHECK(once == cd::fit_poisson(labs, with_age));
    CHECK(once.n == labs.size() - 1);
    CHECK(once.n_missing == 1);
}

TEST_CASE("ratios of rates") {
    const auto labs = ordinary_labs();
    const auto fit = cd::fit_poisson(labs, papers_by_author);
    const auto ratios = cd::exponentiated(fit);
    const auto lines = cd::coefficient_lines(fit);
    CHECK(close(*ratios[1].estimate.value, std::exp(fit.coefficients[1]), 1e-15));
    CHECK(close(ratios[1].estimate.lower(), std::exp(lines[1].estimate.lower()), 1e-15));
    CHECK(ratios[1].test == lines[1].test);
}

TEST_CASE("counts that are all 0") {
    auto labs = small_labs(20);
    for (auto& l : labs) l.papers = 0;
    const auto fit = cd::fit_poisson(labs, on_gpus);
    CHECK(fit.status == estimate_status::degenerate);
    REQUIRE(fit.separated);
    CHECK(fit.separated->complete);
    CHECK(fit.separated->records.size() == 20);
    // without an intercept, terms of both signs hold each other
    for (std::size_t i = 0; i < labs.size(); ++i) labs[i].gpus = static_cast<double>(i) - 9.5;
    const auto held = cd::fit_poisson(labs, on_gpus.without_intercept());
    CHECK(held);
    CHECK(!held.null_log_likelihood);
    CHECK(std::fabs(held.coefficients[0]) < 1e-12);
}

TEST_CASE("counts that are all the same") {
    auto labs = small_labs(20);
    for (auto& l : labs) l.papers = 3;
    const auto fit = cd::fit_poisson(labs, on_gpus);
    CHECK(fit);
    CHECK(close(fit.coefficients[0], std::log(3.0), 1e-14));
    CHECK(std::fabs(fit.coefficients[1]) < 1e-14);
    CHECK(fit.deviance.value() < 1e-12);
}

TEST_CASE("a level that is seen once") {
    auto labs = ordinary_labs();
    labs[11].country = "alone";
    const auto levels = on_gpus.on(cd::categorical("country", &lab::country));
    labs[11].papers = 4;
    const auto fit = cd::fit_poisson(labs, levels);
    CHECK(fit);
    // its mean is its count
    const auto at = std::ranges::find(fit.names, "country:alone") - fit.names.begin();
    CHECK(close(
        fit.coefficients[0] + fit.coefficients[1] * labs[11].gpus + fit.coefficients[static_cast<std::size_t>(at)],
        std::log(4.0), 1e-12));
    labs[11].papers = 0;
    const auto told = cd::fit_poisson(labs, levels);
    REQUIRE(told.separated);
    CHECK(told.separated->records == std::vector<std::uint64_t>{11});
}

TEST_CASE("too few records, and none") {
    CHECK(cd::fit_poisson(std::vector<lab>(), papers_by_author).status == estimate_status::no_data);
    const auto one = small_labs(1);
    CHECK(cd::fit_poisson(one, papers_by_author).status == estimate_status::too_few);
    CHECK(cd::fit_poisson(one, papers_by_author).coefficients.empty());
    std::vector<lab> unknown(5);
    for (auto& l : unknown) l.gpus = std::numeric_limits<double>::quiet_NaN();
    CHECK(cd::fit_poisson(unknown, papers_by_author).n_missing == 5);
}

TEST_CASE("iterations that do not suffice") {
    const auto labs = ordinary_labs();
    const auto poisson = cd::fit_poisson(labs, papers_by_author, {.max_iterations = 1});
    CHECK(poisson.status == estimate_status::not_converged);
    CHECK(poisson.coefficients.empty());
}

TEST_CASE("bad input is an error that says what and where") {
    auto labs = small_labs(20);
    const auto message = [&](const auto& m, const cd::regression_options& options = {}) {
        return message_of([&] { return cd::fit_poisson(labs, m, options); });
    };
    CHECK(message(on_gpus, {.level = 1}) == "compute_divide::fit_poisson: level in (0, 1), got 1");
    CHECK(message(on_gpus, {.covariance = covariance_kind::clustered}) ==
          "compute_divide::fit_poisson: a model with clusters for a clustered covariance, got 0");
    CHECK(message(cd::model_of(&lab::papers).without_intercept()) ==
          "compute_divide::fit_poisson: at least one term or an intercept, got 0");

    labs[4].papers = 2.5;
    CHECK(message(on_gpus) == "no error");
    labs[4].papers = -2;
    CHECK(message(on_gpus) == "compute_divide::fit_poisson: a count >= 0 in record 4, got -2");
    labs[4].papers = 2;
    labs[2].authors = 0;
    CHECK(message(papers_by_author) ==
          "compute_divide::fit_poisson: values of at most 1e300 in size in record 2, got -inf");
    labs[2].authors = 1;
    labs[6].weight = -1;
    CHECK(message(on_gpus.weighted_by(&lab::weight)) ==
          "compute_divide::fit_poisson: a weight >= 0 in record 6, got -1");
}
