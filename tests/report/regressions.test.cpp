// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/regressions.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "support/message_of.hpp"

#include <compute_divide/report/render.hpp>

namespace cd = compute_divide;
using cd::fitted_model;
using cd::regression_table_options;
using test_support::message_of;

namespace {

/// A linear fit by hand: each coefficient is a number of its own, each standard error another.
cd::regression_fit fit_of(const std::vector<std::string>& names, double first, double error = 0.125) {
    const std::size_t p = names.size();
    cd::regression_fit fit{.names = names,
                           .covariance = {.values = std::vector<double>(p * p),
                                          .p = p,
                                          .n = 100,
                                          .degrees_of_freedom = 1e9,
                                          .status = cd::estimate_status::ok},
                           .n = 100,
                           .rank = p,
                           .r_squared = 0.25,
                           .status = cd::estimate_status::ok};
    for (std::size_t i = 0; i < p; ++i) {
        fit.coefficients.push_back(first + static_cast<double>(i));
        fit.covariance.values[i * p + i] = error * error;
    }
    return fit;
}

/// The row of a term or fact.
const std::vector<cd::cell>* row_of(const cd::table& t, const std::string& term, const std::string& detail) {
    for (const auto& row : t.rows)
        if (std::get<std::string>(row[0].value) == term && std::get<std::string>(row[1].value) == detail) return &row;
    return nullptr;
}

std::vector<std::string> terms_of(const cd::table& t) {
    std::vector<std::string> terms;
    for (const auto& row : t.rows)
        if (std::get<std::string>(row[1].value) == "coefficient") terms.push_back(std::get<std::string>(row[0].value));
    return terms;
}

/// Every coefficient and standard error of every model stands in its term's row, and the rest is empty.
void check_cells(const cd::table& t, const std::vector<fitted_model>& models) {
    for (const auto& term : terms_of(t)) {
        for (std::size_t m = 0; m < models.size(); ++m) {
            const auto& fit = models[m].fit;
            const auto at = std::ranges::find(fit.names, term);
            const auto& value = (*row_of(t, term, "coefficient"))[3 + m].value;
            const auto& error = (*row_of(t, term, "standard_error"))[3 + m].value;
            if (at == fit.names.end()) {
                CHECK(std::holds_alternative<cd::not_applicable>(value));
                CHECK(std::holds_alternative<cd::not_applicable>(error));
            } else {
                const auto i = static_cast<std::size_t>(at - fit.names.begin());
                CHECK(std::get<double>(value) == fit.coefficients[i]);
                CHECK(std::get<double>(error) == fit.covariance.standard_error(i));
            }
        }
    }
}

}  // namespace

TEST_CASE("terms are matched by name, whatever their order") {
    const std::vector<fitted_model> models{{.name = "a", .fit = fit_of({"(intercept)", "zeta", "mid", "alpha"}, 10)},
                                           {.name = "b", .fit = fit_of({"(intercept)", "alpha", "zeta"}, 20, 0.5)},
                                           {.name = "c", .fit = fit_of({"other", "new"}, 30)},
                                           {.name = "d", .fit = fit_of({"zeta", "zeta2", "mid", "late"}, 40)}};
    const auto t = cd::regression_table(models);
    CHECK(terms_of(t) ==
          std::vector<std::string>{"zeta", "zeta2", "mid", "late", "alpha", "other", "new", "(intercept)"});
    check_cells(t, models);
    std::vector<fitted_model> reversed(models.rbegin(), models.rend());
    check_cells(cd::regression_table(reversed), reversed);
    CHECK(terms_of(cd::regression_table(models, {.intercept = cd::intercept_row::first})).front() == "(intercept)");
    CHECK(terms_of(cd::regression_table(models, {.intercept = cd::intercept_row::left_out})).size() == 7);
}

TEST_CASE("options choose, order, leave out and label terms by name") {
    const std::vector<fitted_model> models{{.fit = fit_of({"(intercept)", "zeta", "mid", "alpha"}, 10)},
                                           {.fit = fit_of({"alpha", "mid"}, 20)}};
    auto t = cd::regression_table(models, {.terms = {"alpha", "(intercept)", "zeta"}});
    CHECK(terms_of(t) == std::vector<std::string>{"alpha", "(intercept)", "zeta"});
    check_cells(t, models);
    t = cd::regression_table(models, {.left_out = {"zeta"}, .labels = {{"mid", "Alpha"}, {"alpha", "Alpha"}}});
    CHECK(terms_of(t) == std::vector<std::string>{"mid", "alpha", "(intercept)"});
    check_cells(t, models);
    CHECK(std::get<std::string>((*row_of(t, "mid", "coefficient"))[2].value) == "Alpha");
    CHECK(std::ranges::find(t.notes, "in the models, not shown: zeta") != t.notes.end());
}

TEST_CASE("models may be called anything") {
    const std::vector<fitted_model> models{{.name = "term", .fit = fit_of({"x"}, 1)},
                                           {.name = "label", .fit = fit_of({"x"}, 2)},
                                           {.name = "same", .fit = fit_of({"x"}, 3)},
                                           {.name = "same", .fit = fit_of({"x"}, 4)},
                                           {.fit = fit_of({"x"}, 5)}};
    const auto t = cd::regression_table(models);
    check(t);
    check_cells(t, models);
    CHECK(t.columns[3].name == "term (1)");
    CHECK(t.columns[3].header == "term");
    CHECK(t.columns[6].name == "same (4)");
    CHECK(t.columns[7].name == "(5)");
}

TEST_CASE("two columns of one name are two rows") {
    const std::vector<fitted_model> models{{.fit = fit_of({"x", "x"}, 1)}, {.fit = fit_of({"x"}, 7)}};
    const auto t = cd::regression_table(models);
    CHECK(terms_of(t) == std::vector<std::string>{"x", "x"});
    CHECK(std::get<double>(t.rows[2][3].value) == 2);
    CHECK(std::holds_alternative<cd::not_applicable>(t.rows[2][4].value));
}

TEST_CASE("what is not estimated says so, what is not in the model is empty") {
    fitted_model dependent{.name = "d", .fit = fit_of({"x", "twice"}, 1)};
    dependent.fit.dependent = {1};
    dependent.fit.status = cd::estimate_status::degenerate;
    fitted_model few{.name = "few", .fit = {.names = {"x"}, .n = 1, .status = cd::estimate_status::too_few}};
    fitted_model no_errors{.name = "exact", .fit = fit_of({"x"}, 5)};
    no_errors.fit.covariance.values.clear();
    no_errors.fit.covariance.status = cd::estimate_status::degenerate;
    const auto t = cd::regression_table({dependent, few, no_errors});
    const auto& twice = *row_of(t, "twice", "coefficient");
    CHECK(std::get<cd::estimate_status>(twice[3].value) == cd::estimate_status::degenerate);
    CHECK(std::holds_alternative<cd::not_applicable>(twice[4].value));
    CHECK(row_of(t, "twice", "standard_error") == nullptr);
    const auto& x = *row_of(t, "x", "coefficient");
    CHECK(std::get<double>(x[3].value) == 1);
    CHECK(std::get<cd::estimate_status>(x[4].value) == cd::estimate_status::too_few);
    CHECK(std::get<double>(x[5].value) == 5);
    CHECK(std::get<cd::estimate_status>((*row_of(t, "x", "standard_error"))[5].value) ==
          cd::estimate_status::degenerate);
    const std::string text = to_text(t);
    for (const auto* const part : {"d: twice: left out", "too few records", "exact: no standard errors"})
        CHECK(text.find(part) != text.npos);
}

TEST_CASE("stars are from the p-value as computed") {
    // p of a standard normal: 0.04996, 0.05004, 0.00099, 0.00101
    fitted_model m{.fit = fit_of({"a", "b", "c", "d"}, 0, 1)};
    m.fit.reference = cd::reference_distribution::standard_normal;
    m.fit.coefficients = {1.9603, 1.9596, 3.2935, 3.2878};
    const auto t = cd::regression_table({m}, {.stars = true});
    const int stars[] = {1, 0, 3, 2};
    for (std::size_t i = 0; i < 4; ++i) CHECK((*row_of(t, m.fit.names[i], "coefficient"))[3].stars == stars[i]);
    CHECK(std::ranges::find(t.notes, "* p < 0.05, ** p < 0.01, *** p < 0.001") != t.notes.end());
    const auto plain = cd::regression_table({m});
    for (std::size_t i = 0; i < 4; ++i) CHECK((*row_of(plain, m.fit.names[i], "coefficient"))[3].stars == 0);
}

TEST_CASE("the coefficient ends at the place of its standard error's second digit") {
    using cd::detail::number_text;
    using cd::detail::style_by_error;
    const struct {
        double x, error;
        const char *coefficient, *standard_error;
    } cases[] = {{1.23456, 0.0344, "1.235", "0.034"},  {-123.456, 12.3, "-123", "12"},
                 {1234567, 4321, "1234567", "4321"},   {0.0001, 0.5, "0.0001", "0.50"},
                 {1.5e9, 2.345e7, "1.500e9", "2.3e7"}, {3.21e-9, 4.56e-10, "3.21e-9", "4.6e-10"},
                 {9.996, 0.0996, "10.00", "0.10"}};
    for (const auto& each : cases) {
        CHECK(number_text(each.x, style_by_error(each.x, each.error, 2)) == each.coefficient);
        CHECK(number_text(each.error, style_by_error(each.error, each.error, 2)) == each.standard_error);
    }
}

TEST_CASE("what is beneath a coefficient, or beside it") {
    const std::vector<fitted_model> models{{.fit = fit_of({"x"}, 1, 0.25)}};
    const auto cell_of = [&](cd::coefficient_detail detail, const std::string& name) {
        const auto t = cd::regression_table(models, {.detail = detail});
        const auto* const row = row_of(t, "x", name);
        return row == nullptr ? cd::cell{} : (*row)[3];
    };
    CHECK(std::get<double>(cell_of(cd::coefficient_detail::standard_error, "standard_error").value) == 0.25);
    CHECK(std::get<double>(cell_of(cd::coefficient_detail::statistic, "statistic").value) == 4);
    CHECK(std::get<double>(cell_of(cd::coefficient_detail::p_value, "p_value").value) < 1e-4);
    const auto e = std::get<cd::estimate>(cell_of(cd::coefficient_detail::interval, "coefficient").value);
    CHECK(*e.value == 1);
    CHECK(e.upper() == cd::coefficient_lines(models[0].fit)[0].upper);
    CHECK(cd::regression_table(models, {.detail = cd::coefficient_detail::nothing}).rows.size() == 4);
}

TEST_CASE("effects and facts of models come after the terms") {
    fitted_model within{.name = "within", .fit = fit_of({"x"}, 1), .response = "y", .effects = {"firm"}};
    within.fit.absorbed = cd::absorbed_effects{.levels = {5, 7}, .r_squared_within = 0.125};
    within.fit.covariance.kind = cd::covariance_kind::clustered;
    within.fit.clusters = {5, 7};
    fitted_model logit{.name = "logit", .fit = fit_of({"(intercept)", "x"}, 0), .exponentiated = true};
    logit.fit.family = cd::regression_family::logit;
    logit.fit.r_squared.reset();
    logit.fit.log_likelihood = -50.5;
    logit.fit.n_missing = 3;
    const auto t = cd::regression_table({within, logit}, {.title = "Title"});
    REQUIRE(t.groups.size() == 4);  // response, terms, effects, facts
    CHECK(std::get<std::string>((*row_of(t, "", "response"))[3].value) == "y");
    CHECK(std::get<bool>((*row_of(t, "firm", "effects"))[3].value));
    CHECK_FALSE(std::get<bool>((*row_of(t, "firm", "effects"))[4].value));
    CHECK(std::get<bool>((*row_of(t, "effect 2", "effects"))[3].value));
    CHECK(std::get<std::string>((*row_of(t, "", "clusters"))[3].value) == "5 \u00D7 7");
    CHECK(std::holds_alternative<cd::not_applicable>((*row_of(t, "", "clusters"))[4].value));
    CHECK(std::get<double>((*row_of(t, "", "r_squared"))[3].value) == 0.25);
    CHECK(std::holds_alternative<cd::not_applicable>((*row_of(t, "", "r_squared"))[4].value));
    CHECK(std::get<double>((*row_of(t, "", "r_squared_within"))[3].value) == 0.125);
    CHECK(std::get<double>((*row_of(t, "", "log_likelihood"))[4].value) == -50.5);
    CHECK(std::get<std::uint64_t>((*row_of(t, "", "n_missing"))[4].value) == 3);
    CHECK(std::get<std::string>((*row_of(t, "", "family"))[4].value) == "logit");
    CHECK(std::get<double>((*row_of(t, "x", "coefficient"))[4].value) == std::exp(1.0));
    CHECK(std::ranges::find(t.notes, "exponentiated, 1 is no effect: logit") != t.notes.end());
    for (const auto& format : enumerators(cd::table_format{})) CHECK_FALSE(render(t, format.value).empty());
}

TEST_CASE("coefficients one below the other") {
    fitted_model a{.name = "a", .fit = fit_of({"x", "twice"}, 1, 0.25)};
    a.fit.dependent = {1};
    const auto t = cd::coefficient_table({a, {.fit = fit_of({"x"}, 2)}});
    REQUIRE(t.rows.size() == 3);
    const auto& e = std::get<cd::estimate>(t.rows[0][2].value);
    CHECK(*e.value == 1);
    CHECK(e.lower() == cd::coefficient_lines(a.fit)[0].lower);
    CHECK(e.degrees_of_freedom == 1e9);
    CHECK(std::get<double>(t.rows[0][3].value) == 0.25);
    CHECK(std::get<double>(t.rows[0][4].value) == 4);
    CHECK(std::get<cd::estimate>(t.rows[1][2].value).status == cd::estimate_status::degenerate);
    CHECK(std::holds_alternative<cd::not_applicable>(t.rows[1][5].value));
    CHECK(std::get<std::string>(t.rows[2][0].value) == "(2)");
    check(t);
}

TEST_CASE("no model, and too many digits") {
    CHECK(message_of([] { return cd::regression_table({}); }) ==
          "compute_divide::regression_table: at least one model, got 0");
    CHECK(message_of([] { return cd::coefficient_table({}); }) ==
          "compute_divide::coefficient_table: at least one model, got 0");
    for (const int digits : {0, 16})
        CHECK(message_of([&] { return cd::regression_table({{.fit = fit_of({"x"}, 1)}}, {.digits = digits}); }) ==
              "compute_divide::regression_table: from 1 to 15 digits, got " + std::to_string(digits));
}
