// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/to_string.hpp>

#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace cd = compute_divide;
using cd::estimate_status;

namespace {

/// A name that needs quoting, and no text of it at full precision is short.
cd::regression_fit clustered_fit() {
    return {.names = {"(intercept)", "say \"x\"", "constant"},
            .coefficients = {1.0 / 3, -2e-5, 0},
            .covariance = {.values = {.04, 0, 0, 0, 1e-10, 0, 0, 0, 0},
                           .p = 3,
                           .kind = cd::covariance_kind::clustered,
                           .correction = cd::cluster_correction::cr1,
                           .n = 100,
                           .clusters = 7,
                           .degrees_of_freedom = 6,
                           .status = estimate_status::ok},
            .clusters = {7, 30},
            .dependent = {2},
            .n = 100,
            .n_missing = 4,
            .rank = 2,
            .r_squared = 0.25,
            .status = estimate_status::degenerate};
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// The number after "name": in a JSON text, from a place on.
double number_after(const std::string& json, std::string_view name, std::size_t from = 0) {
    const std::size_t at = json.find('"' + std::string(name) + "\":", from);
    return at == std::string::npos ? std::numeric_limits<double>::quiet_NaN()
                                   : std::strtod(json.c_str() + at + name.size() + 3, nullptr);
}

}  // namespace

TEST_CASE("the table names what the numbers rest on") {
    const std::string text = to_string(clustered_fit());
    CHECK(has(text, "linear regression of 100 records, 4 missing"));
    CHECK(has(text, "covariance clustered, 7 x 30 clusters, correction cr1; t with 6 degrees of freedom"));
    CHECK(has(text, "P>|t|"));
    CHECK(has(text, "[95 % interval]"));
    CHECK(has(text, "constant: left out, a combination of the terms before it"));
    CHECK(has(text, "R2 0.25"));
    CHECK(has(text, "-2e-05"));
    CHECK_FALSE(has(to_string(clustered_fit()), "no standard errors"));
}

TEST_CASE("a fit without numbers says why") {
    cd::regression_fit none{.names = {"(intercept)", "x"}, .n = 2, .status = estimate_status::too_few};
    CHECK(has(to_string(none), "too few records: 2 for 2 coefficients"));
    auto fit = clustered_fit();
    fit.covariance.values.clear();
    fit.covariance.status = estimate_status::too_few;
    CHECK(has(to_string(fit), "say \"x\" -2e-05\n"));
    CHECK(has(to_string(fit), "no standard errors: fewer than 3 clusters"));
    CHECK(has(to_json(fit), R"({"name":"say \"x\"","estimate":-2e-05},{"name":"constant"}])"));
    fit.covariance.status = estimate_status::degenerate;
    CHECK(has(to_string(fit), "no standard errors: a variance is negative"));
    fit.covariance.kind = cd::covariance_kind::hc3;
    CHECK(has(to_string(fit), "no standard errors: one record alone determines a coefficient"));
    fit.residual_sd = 0;
    CHECK(has(to_string(fit), "no standard errors: the fit is exact"));
    fit.status = estimate_status::not_converged;
    fit.iterations = 100;
    CHECK(has(to_string(fit), "not converged in 100 iterations"));
    fit.separated = cd::separation{.terms = {"x", "z"}, .direction = {1, -1}, .records = {3, 5}, .complete = true};
    CHECK(has(to_string(fit), "no finite estimate: x, z completely separates the outcomes of 2 records"));
    CHECK(has(to_json(fit), R"("separated":{"terms":["x","z"],"direction":[1,-1],"records":[3,5],"complete":true})"));
    fit.absorbed = cd::absorbed_effects{.levels = {10, 3}, .singletons = 2, .degrees_of_freedom = 12};
    CHECK(has(to_string(fit), "absorbed effects: 10 + 3 levels, 2 singletons dropped"));
    CHECK(has(to_string(fit), "or of the effects"));
    CHECK(has(to_json(fit), R"("absorbed":{"levels":[10,3],"singletons":2,"degrees":12,"r_squared_within":null})"));
}

TEST_CASE("JSON gives back every number, and null for what is not there") {
    const auto fit = clustered_fit();
    const std::string json = to_json(fit);
    const auto lines = cd::coefficient_lines(fit);
    CHECK(has(json, R"({"family":"linear","status":"degenerate","n":100,"missing":4,"covariance":"clustered",)"));
    CHECK(has(json, R"("correction":"cr1","clusters":[7,30],"reference":"student_t","degrees_of_freedom":6,)"));
    CHECK(has(json, R"({"name":"say \"x\"","estimate":-2e-05,)"));
    CHECK(has(json, R"({"name":"constant"})"));
    CHECK(has(json, R"("dependent":["constant"])"));
    CHECK(has(json, R"("theta":null)"));
    const std::size_t x = json.find("say");
    CHECK(number_after(json, "estimate") == 1.0 / 3);
    CHECK(number_after(json, "standard_error", x) == lines[1].standard_error);
    CHECK(number_after(json, "statistic", x) == lines[1].test.statistic);
    CHECK(number_after(json, "p", x) == lines[1].test.p_value);
    CHECK(number_after(json, "lower", x) == lines[1].estimate.lower());
    CHECK(number_after(json, "upper", x) == lines[1].estimate.upper());
}

TEST_CASE("text of any bytes is quoted, numbers that are none are null") {
    CHECK(cd::to_json(std::string_view("a\"\\\n\x01")) == "\"a\\\"\\\\\\u000a\\u0001\"");
    CHECK(cd::to_json(std::numeric_limits<double>::infinity()) == "null");
    CHECK(cd::to_json(std::numeric_limits<double>::quiet_NaN()) == "null");
    CHECK(cd::to_json(true) == "true");
}

TEST_CASE("a fit is written by its own functions, its parts by their members") {
    static_assert(cd::described_result<cd::regression_fit>);
    const cd::absorbed_effects effects{.levels = {10, 3}, .singletons = 2, .degrees_of_freedom = 12};
    CHECK(cd::to_json(effects) ==
          R"({"levels":[10,3],"singletons":2,"degrees_of_freedom":12,"r_squared_within":null,"iterations":0})");
    const cd::separation told{.terms = {"x"}, .direction = {1}, .records = {3}};
    CHECK(cd::to_json(told) == R"({"terms":["x"],"direction":[1],"records":[3],"complete":false})");
    CHECK(has(cd::to_string(clustered_fit(), {.digits = 2}), "R2 0.25"));
    CHECK(
        has(cd::to_json(clustered_fit().covariance), R"("kind":"clustered","correction":"cr1","n":100,"clusters":7)"));
}
