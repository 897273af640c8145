// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/formula.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/terms.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

/// A formula, all written out: "y ~ a + b + a:b - 1 | f + g^h".
std::string told(const cd::regression_formula& f) {
    std::string text = to_string(f.response) + " ~";
    for (const auto& term : f.terms) {
        text += &term == f.terms.data() ? " " : " + ";
        for (const auto& factor : term) {
            if (&factor != term.data()) text += ":";
            text += factor.levels ? "i(" + factor.column + (factor.base ? "," + *factor.base : "") + ")"
                                  : to_string(factor);
        }
    }
    if (!f.intercept) text += " - 1";
    for (const auto& effect : f.effects) {
        text += &effect == f.effects.data() ? " | " : " + ";
        for (const auto& column : effect) text += (&column == effect.data() ? "" : "^") + column;
    }
    return text;
}

struct record {
    std::optional<double> x, z;
    std::optional<std::string> venue;
    double y = 0;
    bool yes = false;
};
using number = std::optional<double> (*)(const record&);
using label = std::optional<std::string> (*)(const record&);
using term = cd::formula_term<number, label>;

std::vector<term> terms_of(const std::string& formula) {
    std::vector<term> terms;
    for (const auto& product : cd::parse_formula(formula).terms) {
        std::vector<term::factor> factors;
        for (const auto& f : product)
            factors.push_back({f,
                               f.column == "x" ? number([](const record& r) { return r.x; })
                                               : number([](const record& r) { return r.z; }),
                               label([](const record& r) { return r.venue; })});
        terms.emplace_back(std::move(factors));
    }
    return terms;
}

const std::vector<record> records = [] {
    std::vector<record> all;
    const std::vector<std::string> venues{"ICLR", "ICML", "NeurIPS"};
    for (int i = 0; i < 60; ++i) {
        const double x = 0.5 + (i * 7 % 19) / 4.0, z = (i * 5 % 13) - 3.0;
        all.push_back({x, z, venues[static_cast<std::size_t>(i % 3)], x - z + (i * 11 % 17) / 5.0, i * 13 % 10 > 4});
    }
    all[5].x.reset();
    all[6].venue.reset();
    return all;
}();

}  // namespace

TEST_CASE("formulas as R and fixest read them") {
    struct {
        const char* text;
        const char* expected;
    } const cases[] = {
        {"y ~ x", "y ~ x"},
        {"y~x+z", "y ~ x + z"},
        {"log(y) ~ log(x) + x^2 + I(z^3)", "log(y) ~ log(x) + x^2 + z^3"},
        {"y ~ a*b", "y ~ a + b + a:b"},
        {"y ~ a*b*c", "y ~ a + b + a:b + c + a:c + b:c + a:b:c"},
        {"y ~ a:b + b:a + a", "y ~ a:b + a"},
        {"y ~ a + a + a:a", "y ~ a"},
        {"y ~ (a + b):c", "y ~ a:c + b:c"},
        {"y ~ a * (b + c)", "y ~ a + b + c + a:b + a:c"},
        {"y ~ i(venue) + i(year, ref = 2020) + i(v, ref='x y')", "y ~ i(venue) + i(year,2020) + i(v,x y)"},
        {"y ~ factor(venue):log(x)^2", "y ~ i(venue):log(x)^2"},
        {"y ~ x - 1", "y ~ x - 1"},
        {"y ~ 0 + x", "y ~ x - 1"},
        {"y ~ x + 1", "y ~ x"},
        {"y ~ 1", "y ~"},
        {"y ~ x | f", "y ~ x | f"},
        {"y ~ x | f + g^h", "y ~ x | f + g^h"},
        {"y ~ x | 0", "y ~ x"},
        {"`two words` ~ `Training compute (FLOP)` + größe", "two words ~ Training compute (FLOP) + größe"},
        {"y ~ log.x + _z1", "y ~ log.x + _z1"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.text);
        CHECK(told(cd::parse_formula(each.text)) == each.expected);
    }
}

TEST_CASE("what is no formula says what is required, and where") {
    const auto message = [](const std::string& text) {
        return message_of([&] { static_cast<void>(cd::parse_formula(text)); });
    };
    CHECK(message("y x") == "compute_divide::parse_formula: ~ in the formula, got \"x\"");
    CHECK(message("y ~ ") ==
          "compute_divide::parse_formula: the name of a column (`like this`, where it has blanks or "
          "signs) in the formula, got \"its end\"");
    CHECK(message("y ~ x +").find("the name of a column") != std::string::npos);
    CHECK(message("y ~ x ) z").find("the end, or one of + - * : |") != std::string::npos);
    CHECK(message("y ~ (x").find(") in the formula") != std::string::npos);
    CHECK(message("y ~ x - z").find("- 1, which takes the intercept away") != std::string::npos);
    CHECK(message("y ~ sin(x)").find("one of log()") != std::string::npos);
    CHECK(message("y ~ x^0").find("a power from 1 to 9") != std::string::npos);
    CHECK(message("y ~ x^12").find("a power from 1 to 9") != std::string::npos);
    CHECK(message("y ~ i(a, b)").find("ref = ") != std::string::npos);
    CHECK(message("y ~ i(a, ref = \"b)").find("between two quotes") != std::string::npos);
    CHECK(message("y ~ `a").find("two backquotes") != std::string::npos);
    CHECK(message("i(y) ~ x").find("a number to explain") != std::string::npos);
    CHECK(message("y ~ 0").find("a term") != std::string::npos);
    CHECK(message("y ~ x | f[z]").find("the end") != std::string::npos);
    CHECK(message("y ~ 2x").find("does not begin with a digit") != std::string::npos);
}

TEST_CASE("formulas of any size end in an error, not in memory") {
    std::string crossed = "y ~ a0", deep = "y ~ ", longer = "y ~ a";
    for (int i = 1; i < 30; ++i) crossed += " * a" + std::to_string(i);
    CHECK_THROWS_AS(static_cast<void>(cd::parse_formula(crossed)), std::invalid_argument);
    deep += std::string(5000, '(');
    CHECK(message_of([&] { static_cast<void>(cd::parse_formula(deep)); }).find("50 parentheses") != std::string::npos);
    longer += std::string(20'000, 'a');
    CHECK(message_of([&] { static_cast<void>(cd::parse_formula(longer)); }).find("10000 bytes") != std::string::npos);
}

TEST_CASE("a formula's fit is that of its terms written out") {
    const auto x = [](const record& r) { return r.x; };
    const auto log_x = [](const record& r) { return r.x ? std::optional(std::log(*r.x)) : std::nullopt; };
    const auto z = [](const record& r) { return r.z; };
    const auto z_squared = [](const record& r) { return r.z ? std::optional(*r.z * *r.z) : std::nullopt; };
    const auto venue = cd::categorical("venue", &record::venue, "ICML");
    const auto by_terms = cd::fit_linear(
        records, cd::model_of(&record::y)
                     .on(cd::variable("log(x)", log_x), venue, cd::interaction(cd::variable("log(x)", log_x), venue),
                         cd::variable("z^2", z_squared), cd::interaction(cd::variable("x", x), cd::variable("z", z))));
    const auto by_formula = cd::fit_linear(
        records, cd::model_of(&record::y).on(terms_of("y ~ log(x) * i(venue, ref = \"ICML\") + z^2 + x:z")));
    CHECK(by_formula.names == by_terms.names);
    CHECK(by_formula.n == 58);
    CHECK(by_formula.n_missing == 2);
    REQUIRE(by_formula.coefficients.size() == by_terms.coefficients.size());
    for (std::size_t i = 0; i < by_formula.coefficients.size(); ++i)
        CHECK(close(by_formula.coefficients[i], by_terms.coefficients[i], 1e-12));
}

TEST_CASE("marginal effects know what a factor is a function of") {
    // Against the difference of the mean probability with x a little larger in every record.
    const auto model = cd::model_of(&record::yes).on(terms_of("y ~ log(x)^2 + x:z + i(venue):x"));
    const auto fit = cd::fit_logit(records, model);
    REQUIRE(fit);
    const auto effects = cd::average_marginal_effects(records, model, fit);
    const auto mean_with = [&](double step) {
        double sum = 0;
        int n = 0;
        for (record r : records) {
            if (!r.x || !r.venue) continue;
            *r.x += step;
            double eta = 0;
            for (std::size_t i = 0; i < fit.names.size(); ++i) {
                const double of_venue = fit.names[i] == "venue:" + *r.venue + "*x" ? *r.x : 0;
                const double value = fit.names[i] == "(intercept)" ? 1
                                     : fit.names[i] == "log(x)^2"  ? std::pow(std::log(*r.x), 2)
                                     : fit.names[i] == "x*z"       ? *r.x * *r.z
                                                                   : of_venue;
                eta += fit.coefficients[i] * value;
            }
            sum += 1 / (1 + std::exp(-eta));
            ++n;
        }
        return sum / n;
    };
    const double by_difference = (mean_with(1e-5) - mean_with(-1e-5)) / 2e-5;
    bool compared = false;
    for (const auto& effect : effects)
        if (effect.name == "x") {
            CHECK(close(*effect.estimate.value, by_difference, 1e-6));
            compared = true;
        }
    CHECK(compared);
}

TEST_CASE("a factor's value") {
    CHECK(cd::value_of({.column = "x"}, 3) == 3);
    CHECK(cd::value_of({.column = "x", .power = 3}, -2) == -8);
    CHECK(close(cd::value_of({.column = "x", .function = "log10", .power = 2}, 1000), 9, 1e-15));
    CHECK(cd::value_of({.column = "x", .function = "abs"}, -2) == 2);
    CHECK(std::isnan(cd::value_of({.column = "x", .function = "log"}, 0)));
    CHECK(std::isnan(cd::value_of({.column = "x", .function = "sqrt"}, -1)));
    CHECK(std::isnan(cd::value_of({.column = "x", .function = "exp"}, 1000)));
    CHECK_THROWS_WITH_AS(term({}), "compute_divide::formula_term: at least one factor, got 0", std::invalid_argument);
}
