// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/inference.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using cd::reference_distribution;
using test_support::close;
using test_support::message_of;

namespace {

/// Three columns, the last of which is dependent.
cd::regression_fit two_and_a_dependent() {
    return {.names = {"(intercept)", "x", "twice_x"},
            .coefficients = {3, -2, 0},
            .covariance = {.values = {4, 1, 0, 1, 1, 0, 0, 0, 0},
                           .p = 3,
                           .kind = cd::covariance_kind::hc1,
                           .n = 12,
                           .degrees_of_freedom = 10,
                           .status = estimate_status::ok},
            .dependent = {2},
            .n = 12,
            .n_missing = 5,
            .rank = 2,
            .residual_sd = 2.0,
            .status = estimate_status::degenerate};
}

}  // namespace

TEST_CASE("F's tails agree with R's pf") {
    for (const auto& row : test_support::reference_table("f_tail", 4)) {
        CAPTURE(row.text);
        CHECK(close(cd::detail::upper_f_p(row.numbers[0], row.numbers[1], row.numbers[2]), row.numbers[3], 1e-12));
    }
}

TEST_CASE("lines are of the columns that are not dependent, against t or the normal distribution") {
    auto fit = two_and_a_dependent();
    const auto lines = cd::coefficient_lines(fit);
    REQUIRE(lines.size() == 2);
    CHECK(lines[1].name == "x");
    CHECK(lines[1].estimate.value == -2);
    CHECK(lines[1].standard_error == 1);
    CHECK(lines[1].test.statistic == -2);
    CHECK(close(*lines[1].test.p_value, 0.07338803477074, 1e-12));           // R: 2 * pt(-2, 10)
    CHECK(close(lines[1].estimate.upper() + 2, 2.2281388519862735, 1e-14));  // R: qt(.975, 10)
    CHECK(close(lines[1].estimate.lower() + 2, -(lines[1].estimate.upper() + 2), 1e-14));
    CHECK(lines[1].estimate == cd::coefficient(fit, "x"));
    CHECK(lines[1].estimate.degrees_of_freedom == 10);
    CHECK(lines[1].test.degrees_of_freedom == 10);
    CHECK(lines[1].test.method == "t");
    CHECK(lines[1].test.n == 12);
    CHECK(lines[1].test.n_missing == 5);
    CHECK(cd::to_json(lines[1]).starts_with(R"({"name":"x","estimate":{"value":-2,"lower":)"));
    fit.reference = reference_distribution::standard_normal;
    CHECK(cd::coefficient_lines(fit)[1].test.method == "z");
    CHECK(!cd::coefficient_lines(fit)[1].test.degrees_of_freedom);
    CHECK(!cd::coefficient(fit, "x").degrees_of_freedom);
    CHECK(close(*cd::coefficient_lines(fit)[1].test.p_value, 0.045500263896358417, 1e-14));      // R: 2 * pnorm(-2)
    CHECK(close(cd::coefficient_lines(fit)[1].estimate.upper() + 2, 1.959963984540054, 1e-14));  // R: qnorm(.975)
}

TEST_CASE("a coefficient is an estimate, or says why there is none") {
    auto fit = two_and_a_dependent();
    const auto x = cd::coefficient(fit, "x");
    CHECK(x);
    CHECK(*x.value == -2);
    CHECK(x.method == "hc1");
    CHECK(x.n == 12);
    CHECK(x.n_missing == 5);
    CHECK(cd::coefficient(fit, "twice_x").status == estimate_status::degenerate);
    CHECK_FALSE(cd::coefficient(fit, "twice_x").value);
    fit.covariance.values.clear();
    fit.covariance.status = estimate_status::too_few;
    CHECK(cd::coefficient(fit, "x").status == estimate_status::too_few);
    CHECK(cd::coefficient_lines(fit).empty());
    CHECK(cd::wald_test(fit, {"x"}).test.status == estimate_status::degenerate);
    CHECK(cd::predict(fit, {{"x", 1.0}}).mean.status == estimate_status::too_few);
    fit.coefficients.clear();
    fit.status = estimate_status::no_data;
    CHECK(cd::coefficient(fit, "x").status == estimate_status::no_data);
    CHECK(cd::wald_test(fit, {"x"}).test.status == estimate_status::no_data);
    CHECK(message_of([&] { return cd::coefficient(fit, "y"); }) ==
          "compute_divide::coefficient: the name of a column of the fit, got \"y\"");
    CHECK(message_of([&] { return cd::wald_test(fit, {"y"}); }) ==
          "compute_divide::wald_test: the name of a column of the fit, got \"y\"");
    CHECK(message_of([&] {
              return cd::predict(fit, {{"y", 1.0}}).mean;
          }) == "compute_divide::predict: the name of a column of the fit, got \"y\"");
}

TEST_CASE("a test of one coefficient is the square of its line's") {
    auto fit = two_and_a_dependent();
    const auto line = cd::coefficient_lines(fit)[1];
    const auto joint = cd::wald_test(fit, {"x", "twice_x"});
    CHECK(joint.restrictions == 1);
    CHECK(joint.test.degrees_of_freedom == 10);
    CHECK(close(*joint.test.statistic, *line.test.statistic * *line.test.statistic, 1e-15));
    CHECK(close(*joint.test.p_value, *line.test.p_value, 1e-14));
    // b' V^-1 b = (3, -2) (1, -1; -1, 4) (3, -2)' / 3 = (9 + 12 + 16) / 3
    CHECK(close(*cd::wald_test(fit, {"(intercept)", "x"}).test.statistic, 37.0 / 6, 1e-15));
    fit.reference = reference_distribution::standard_normal;
    CHECK(close(*cd::wald_test(fit, {"(intercept)", "x"}).test.statistic, 37.0 / 3, 1e-15));
    CHECK(close(*cd::wald_test(fit, {"(intercept)", "x"}).test.p_value, 0.0020982184180809026, 1e-14));  // exp(-37/6)
    const auto both = cd::wald_test(fit, {"(intercept)", "x"});
    CHECK(both);
    CHECK(both.restrictions == 2);
    CHECK(both.test.method == "chi_squared");
    CHECK(both.test.degrees_of_freedom == 2);
    CHECK(both.test.n == 12);
    CHECK(cd::to_json(both).ends_with(R"("status":"ok"},"restrictions":2})"));
    fit.covariance.values = {1, 1, 0, 1, 1, 0, 0, 0, 0};
    CHECK(cd::wald_test(fit, {"(intercept)", "x"}).test.status == estimate_status::degenerate);
}

TEST_CASE("predictions are of the mean, and of a record") {
    const auto at = cd::predict(two_and_a_dependent(), {{"x", 2.0}});
    CHECK(at);
    CHECK(at == cd::predict(two_and_a_dependent(), {{"x", 2.0}}));
    CHECK(*at.mean.value == -1);
    CHECK(at.mean.degrees_of_freedom == 10);
    CHECK(cd::to_json(at).starts_with(R"({"mean":{"value":-1,)"));
    CHECK(cd::to_string(at).starts_with("mean                 -1 ["));
    // (1, 2) V (1, 2)' = 4 + 2 * 2 + 4 = 12; and the residuals' 4
    CHECK(close(at.mean.upper() + 1, 2.2281388519862735 * 3.4641016151377544, 1e-14));
    auto absorbed = two_and_a_dependent();
    absorbed.absorbed.emplace();
    CHECK(message_of([&] {
              return cd::predict(absorbed, {{"x", 2.0}}).mean;
          }) == "compute_divide::predict: a fit without absorbed effects, got \"one with them\"");
    CHECK(close(at.prediction_interval->upper + 1, 2.2281388519862735 * 4, 1e-14));
}

TEST_CASE("factors have the intervals of their logarithms") {
    const auto fit = two_and_a_dependent();
    const auto line = cd::coefficient_lines(fit)[1], factor = cd::exponentiated(fit)[1];
    CHECK(close(*factor.estimate.value, 0.1353352832366127, 1e-15));
    CHECK(factor.test == line.test);
    CHECK(close(std::log(factor.estimate.lower()), line.estimate.lower(), 1e-14));
    CHECK(close(std::log(factor.estimate.upper()), line.estimate.upper(), 1e-14));
}
