// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/marginal_effects.hpp>

#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/poisson.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"
#include "support/regression_reference.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

struct record {
    bool yes;
    double x;
    std::string kind;
    bool flag;
};
const std::vector<record> records = {
    {false, 1, "a", true}, {true, 2, "b", false},  {false, 3, "a", false},  {true, 2.5, "a", true},
    {true, 4, "b", true},  {false, 5, "b", false}, {true, 3.5, "a", false}, {false, 2, "b", true},
};
const auto model = cd::model_of(&record::yes).on(cd::variable("x", &record::x), cd::variable("flag", &record::flag));

}  // namespace

TEST_CASE("effects as R has them") {
    std::size_t compared = 0;
    for (const std::string family : {"logit", "firth_logit"})
        for (const auto& c : test_support::regression_cases(family)) {
            std::string terms;
            for (const auto& term : c.terms) terms += term + " ";
            if (terms.find_first_of("*^") != std::string::npos) continue;  // those are of columns, not of variables
            const auto of_case = test_support::model_of(c);
            std::map<std::string, std::vector<cd::marginal_effect>> effects;
            for (const auto& e : c.expected) {
                const auto options = test_support::options_for(e);
                if (!e.quantity.starts_with("ame") || !options) continue;
                auto& lines = effects[e.covariance + e.correction + e.distribution];
                if (lines.empty())
                    lines = cd::average_marginal_effects(c.records, of_case,
                                                         family == "logit"
                                                             ? cd::fit_logit(c.records, of_case, *options)
                                                             : cd::fit_firth_logit(c.records, of_case, *options));
                for (const auto& line : lines) {
                    if (line.name != e.term) continue;
                    const double value = e.quantity == "ame"         ? *line.estimate.value
                                         : e.quantity == "ame_se"    ? line.standard_error
                                         : e.quantity == "ame_lower" ? line.estimate.lower()
                                                                     : line.estimate.upper();
                    CAPTURE(c.name);
                    CAPTURE(e.term);
                    CHECK(close(value, e.value, c.name == "scale_logit" ? 1e-7 : 1e-9));
                    ++compared;
                }
            }
        }
    CHECK(compared > 280);
}

TEST_CASE("powers and products change with their variables") {
    std::map<std::string, std::vector<double>> computed;
    for (const auto& c : test_support::regression_cases("logit")) {
        const auto cell = [&](const char* name) { return test_support::number_cell{c.column(name)}; };
        const auto put = [&](const std::string& set, const auto& of) {
            const auto fit = cd::fit_logit(c.records, of);
            REQUIRE(fit);
            for (const auto& line : cd::average_marginal_effects(c.records, of, fit)) {
                computed[set + line.name] = {*line.estimate.value, line.standard_error};
                CHECK(close(*line.test.statistic, *line.estimate.value / line.standard_error, 1e-15));
            }
        };
        if (c.name == "clusters_logit") {
            const auto x1 = cd::variable("x1", cell("x1")), x2 = cd::variable("x2", cell("x2"));
            put("curved ",
                cd::model_of(cell("yes")).on(cd::polynomial("x1", cell("x1"), 2), x2, cd::interaction(x1, x2)));
        }
        if (c.name == "births") {
            const auto age = cd::variable("age", cell("age"));
            const auto race = cd::categorical("race", test_support::text_cell{c.column("race")}, "white");
            const auto smoke = cd::variable(
                "smoke", [at = cell("smoke")](const test_support::regression_record& r) { return at(r) == 1; });
            put("crossed ", cd::model_of(cell("low"))
                                .on(age, race, smoke, cd::interaction(age, race), cd::interaction(smoke, age))
                                .weighted_by(cell("lwt")));
        }
    }
    for (const auto& row : test_support::reference_table("marginal_effects", 2)) {
        CAPTURE(row.text);
        REQUIRE(computed.contains(row.name));
        CHECK(close(computed[row.name][0], row.numbers[0], 1e-11));
        CHECK(close(computed[row.name][1], row.numbers[1], 1e-11));
    }
    CHECK(computed.size() == 6);
}

// tests/reference/conditional_logit.R
TEST_CASE("effects on the count of a Poisson regression as R has them") {
    struct child {
        double days, f;
        bool male;
    };
    std::vector<child> children;
    const auto lines = test_support::detail::cells_of("regression_data/quine.csv");
    for (std::size_t i = 1; i < lines.size(); ++i)
        children.push_back({std::stod(lines[i][4]), std::stod(lines[i][2].substr(1)), lines[i][1] == "M"});
    const auto on_age = cd::model_of(&child::days).on(cd::variable("f", &child::f), cd::variable("male", &child::male));
    const auto effects = cd::average_marginal_effects(children, on_age, cd::fit_poisson(children, on_age));
    REQUIRE(effects.size() == 2);
    CHECK(close(*effects[0].estimate.value, 2.84611129073313, 1e-10));
    CHECK(close(effects[0].standard_error, 0.331605889, 1e-6));
    CHECK(close(*effects[1].estimate.value, 2.97444115675445, 1e-10));
    CHECK(close(effects[1].standard_error, 0.681747300, 1e-6));
}

TEST_CASE("what there is no effect of") {
    const auto fit = cd::fit_logit(records, model);
    REQUIRE(fit);
    const auto effects = cd::average_marginal_effects(records, model, fit);
    REQUIRE(effects.size() == 2);
    CHECK(effects[0].name == "x");
    CHECK(effects[1].name == "flag");
    CHECK(effects[0].estimate.method == "classical");
    CHECK(effects[0].estimate.n == 8);
    CHECK(effects[0].test.method == "z");
    CHECK(effects[0] == cd::average_marginal_effects(records, model, fit)[0]);
    CHECK(cd::to_json(effects[0]).starts_with(R"({"name":"x","estimate":{"value":)"));

    const auto twice = model.on(cd::variable("twice", [](const record& r) { return 2 * r.x; }));
    const auto independent = cd::average_marginal_effects(records, twice, cd::fit_logit(records, twice));
    REQUIRE(independent.size() == 3);
    CHECK(independent[1].name == "flag");
    CHECK(independent[2].name == "twice");
    CHECK(independent[2].estimate.status == cd::estimate_status::degenerate);
    CHECK_FALSE(independent[2].estimate.value);
    CHECK_FALSE(independent[2].test);

    auto separated = records;
    for (auto& r : separated) r.yes = r.x > 3;
    CHECK(cd::average_marginal_effects(separated, model, cd::fit_logit(separated, model)).empty());

    auto fewer = records;
    fewer.pop_back();
    CHECK(message_of([&] { return cd::average_marginal_effects(fewer, model, fit); }) ==
          "compute_divide::average_marginal_effects: the records of the fit, got 7");
    CHECK(message_of([&] {
              return cd::average_marginal_effects(records, model.on(cd::variable("y", &record::x)), fit);
          }) == "compute_divide::average_marginal_effects: the model of the fit, got 4");
    auto linear = fit;
    linear.family = cd::regression_family::linear;
    CHECK(message_of([&] { return cd::average_marginal_effects(records, model, linear); }) ==
          "compute_divide::average_marginal_effects: a logit or a Poisson regression, got \"linear\"");
    const auto unclear = model.on(cd::categorical("x", &record::kind));
    CHECK(message_of([&] { return cd::average_marginal_effects(records, unclear, cd::fit_logit(records, unclear)); }) ==
          "compute_divide::average_marginal_effects: terms of the same name to have the same levels, got \"x\"");
}

TEST_CASE("effects that are wanted alone are what they are among all") {
    const auto with_kind =
        cd::model_of(&record::yes).on(cd::variable("x", &record::x), cd::categorical("kind", &record::kind));
    const auto fit = cd::fit_logit(records, with_kind);
    const auto all = cd::average_marginal_effects(records, with_kind, fit);
    REQUIRE(all.size() == 2);
    const std::vector<std::string> kind = {"kind:b"}, both = {"kind:b", "x"}, none = {"kind"};
    CHECK(cd::average_marginal_effects(records, with_kind, fit, kind) == std::vector{all[1]});
    CHECK(cd::average_marginal_effects(records, with_kind, fit, both) == all);
    CHECK(message_of([&] { return cd::average_marginal_effects(records, with_kind, fit, none); }) ==
          "compute_divide::average_marginal_effects: names of effects, got \"kind\"");
}
