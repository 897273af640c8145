// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/misclassified_logit.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>
#include <compute_divide/regression/inference.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

struct reading {
    bool seen;
    double x;
    int group;
};

std::vector<reading> readings(std::size_t n, double false_positive, double false_negative, std::uint64_t seed) {
    cd::random_stream random(seed);
    std::vector<reading> all;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = random.uniform(-4, 4);
        const bool yes = random.uniform() < 1 / (1 + std::exp(0.4 - 1.2 * x));
        all.push_back({random.uniform() < (yes ? 1 - false_negative : false_positive), x, static_cast<int>(i % 50)});
    }
    return all;
}

const auto model = cd::model_of(&reading::seen).on(cd::variable("x", &reading::x));

}  // namespace

TEST_CASE("without errors it is the logit") {
    const auto all = readings(500, 0, 0, 1);
    const auto plain = cd::fit_logit(all, model);
    const auto fit = cd::fit_misclassified_logit(all, model, {.errors = cd::error_rates::known});
    REQUIRE(fit);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(close(fit.fit.coefficients[i], plain.coefficients[i], 1e-10));
        CHECK(close(fit.fit.covariance.standard_error(i), plain.covariance.standard_error(i), 1e-9));
    }
    CHECK(close(*fit.fit.log_likelihood, *plain.log_likelihood, 1e-12));
}

TEST_CASE("the true coefficients come back, of estimated, known and measured errors") {
    const auto all = readings(20'000, 0.08, 0.12, 2);
    CHECK(cd::fit_logit(all, model).coefficients[1] < 0.8);
    const auto estimated = cd::fit_misclassified_logit(all, model);
    REQUIRE(estimated);
    CHECK(std::fabs(*estimated.false_positive.value - 0.08) < 0.02);
    CHECK(std::fabs(*estimated.false_negative.value - 0.12) < 0.02);
    CHECK(estimated.false_positive.bounds->contains(*estimated.false_positive.value));
    const auto known = cd::fit_misclassified_logit(
        all, model, {.errors = cd::error_rates::known, .false_positive = 0.08, .false_negative = 0.12});
    const auto table =
        cd::fit_misclassified_logit(all, model, {.errors = cd::error_rates::table, .table = {880, 120, 920, 80}});
    for (const auto* fit : {&estimated, &known, &table}) {
        const auto x = coefficient(fit->fit, "x");
        REQUIRE(x);
        CHECK(std::fabs(*x.value - 1.2) < 4 * fit->fit.covariance.standard_error(1));
    }
    CHECK(known.fit.covariance(1, 1) < table.fit.covariance(1, 1));
    CHECK(table.fit.covariance(1, 1) < estimated.fit.covariance(1, 1));
    const auto clustered = cd::fit_misclassified_logit(all, model.clustered_by(&reading::group));
    REQUIRE(clustered.fit.covariance);
    CHECK(std::fabs(clustered.fit.covariance.standard_error(1) / estimated.fit.covariance.standard_error(1) - 1) < 0.4);
}

TEST_CASE("the interval of a misread response covers the truth" * doctest::test_suite("long")) {
    int covered = 0, fitted = 0;
    for (std::uint64_t seed = 100; seed < 300; ++seed) {
        const auto fit = cd::fit_misclassified_logit(
            readings(800, 0.05, 0.1, seed), model,
            {.errors = cd::error_rates::known, .false_positive = 0.05, .false_negative = 0.1});
        if (!fit) continue;
        ++fitted;
        if (coefficient(fit.fit, "x").bounds->contains(1.2)) ++covered;
    }
    CHECK(fitted > 190);
    CHECK(covered > 0.89 * fitted);
}

TEST_CASE("what cannot be known") {
    const auto all = readings(100, 0, 0, 3);
    CHECK(message_of([&] {
              return cd::fit_misclassified_logit(
                  all, model, {.errors = cd::error_rates::known, .false_positive = 0.6, .false_negative = 0.6});
          }).starts_with("compute_divide::fit_misclassified_logit: error rates >= 0 of a sum below 1"));
    CHECK(cd::fit_misclassified_logit(std::vector<reading>(), model).status == cd::estimate_status::no_data);
}

TEST_CASE("the unit of a term is that of its coefficient, however large or small") {
    const auto all = readings(600, 0.08, 0.12, 9);
    const cd::misclassified_logit_options known{
        .errors = cd::error_rates::known, .false_positive = 0.08, .false_negative = 0.12};
    const auto fit = cd::fit_misclassified_logit(all, model, known);
    REQUIRE(fit);
    for (const double unit : {1e-300, 1e-160, 1e-90, 1e149, 1e290}) {
        CAPTURE(unit);
        const auto far =
            cd::model_of(&reading::seen).on(cd::variable("x", [=](const reading& r) { return unit * r.x; }));
        const auto scaled = cd::fit_misclassified_logit(all, far, known);
        REQUIRE(scaled.status == cd::estimate_status::ok);
        const auto x = coefficient(fit.fit, "x"), of_far = coefficient(scaled.fit, "x");
        CHECK(close(*of_far.value * unit, *x.value, 1e-10));
        CHECK(close(of_far.lower() * unit, x.lower(), 1e-9));
        CHECK(close(*coefficient(scaled.fit, "(intercept)").value, *coefficient(fit.fit, "(intercept)").value, 1e-9));
        CHECK(scaled.status == scaled.fit.status);
    }
}
