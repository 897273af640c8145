// SPDX-License-Identifier: BSL-1.0
// Every regression over one ladder of scales; ctest limits the time.
#include <compute_divide/regression.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "support/fit_readings.hpp"
#include "support/ladder.hpp"

namespace cd = compute_divide;
using test_support::check_sound;
using test_support::ladder_record;

namespace {

template <class Compute>
void check_fit(const std::string& name, const Compute& compute) {
    check_sound(name, [&] {
        const cd::regression_fit fit = compute();
        std::apply(
            [&](const auto&... part) {
                (check_sound(
                     name, [&]() -> const auto& { return part; }),
                 ...);
            },
            test_support::readings_of(fit));
        return cd::exponentiated(fit);
    });
}

}  // namespace

TEST_CASE("linear fits of every scale: numbers, or a status") {
    for (const auto& rung : test_support::ladder()) {
        const auto& records = rung.records;
        CAPTURE(rung.name);
        const auto model = cd::model_of(&ladder_record::y).on(cd::variable("x", &ladder_record::x));
        const auto of_groups = model.clustered_by(&ladder_record::group);
        using enum cd::covariance_kind;
        for (const auto kind : {classical, hc0, hc3})
            check_fit("fit_linear", [&] { return cd::fit_linear(records, model, {.covariance = kind}); });
        for (const auto kind : {clustered, cr2, cr3})
            check_fit("fit_linear, clusters", [&] { return cd::fit_linear(records, of_groups, {.covariance = kind}); });
        check_fit("fit_linear, weights", [&] {
            return cd::fit_linear(records, cd::model_of(&ladder_record::y)
                                               .on(cd::variable("group", &ladder_record::group))
                                               .weighted_by(&ladder_record::x));
        });
        check_fit("fit_linear, powers", [&] {
            return cd::fit_linear(records,
                                  cd::model_of(&ladder_record::y).on(cd::polynomial("x", &ladder_record::x, 2)));
        });
        check_sound("fit_least_squares",
                    [&] { return cd::fit_least_squares(records, &ladder_record::x, &ladder_record::y); });
        check_sound("robust_covariance", [&] {
            const auto fit = cd::fit_least_squares(records, &ladder_record::x, &ladder_record::y);
            const auto v = cd::robust_covariance(records, &ladder_record::x, &ladder_record::y, fit, hc0);
            return v.values;
        });
        check_sound("fit_polynomial",
                    [&] { return cd::fit_polynomial(records, &ladder_record::x, &ladder_record::y, 2); });
        check_fit("fit_fixed_effects",
                  [&] { return cd::fit_fixed_effects(records, model.absorbing(&ladder_record::group)); });
        check_sound("wild_cluster_bootstrap, without its ends, which may be infinite", [&] {
            const auto found = cd::wild_cluster_bootstrap(records, of_groups, "x", {.draws = 63});
            return std::tuple{found.estimate.value, found.test, found.p_strict, found.p_equal_tailed};
        });
    }
}

TEST_CASE("fits by likelihood of every scale: numbers, or a status") {
    for (const auto& rung : test_support::ladder()) {
        const auto& records = rung.records;
        CAPTURE(rung.name);
        const auto yes = cd::model_of(&ladder_record::yes).on(cd::variable("x", &ladder_record::x));
        const auto counts = cd::model_of(&ladder_record::y).on(cd::variable("x", &ladder_record::x));
        check_fit("fit_logit", [&] { return cd::fit_logit(records, yes); });
        check_fit("fit_logit, clusters",
                  [&] { return cd::fit_logit(records, yes.clustered_by(&ladder_record::group)); });
        check_fit("fit_firth_logit", [&] { return cd::fit_firth_logit(records, yes); });
        check_fit("fit_poisson", [&] { return cd::fit_poisson(records, counts); });
        check_fit("fit_poisson, hc0",
                  [&] { return cd::fit_poisson(records, counts, {.covariance = cd::covariance_kind::hc0}); });
        check_fit("fit_negative_binomial", [&] { return cd::fit_negative_binomial(records, counts); });
        check_sound("average_marginal_effects",
                    [&] { return cd::average_marginal_effects(records, yes, cd::fit_logit(records, yes)); });
        check_sound("fit_misclassified_logit", [&] {
            const auto found = cd::fit_misclassified_logit(records, yes);
            return found.fit.coefficients;
        });
        check_sound("overdispersion_test", [&] {
            return cd::overdispersion_test(cd::fit_poisson(records, counts),
                                           cd::fit_negative_binomial(records, counts));
        });
    }
}

TEST_CASE("what separates a hundred records by eighty terms is found within the limit of time" *
          doctest::test_suite("long")) {
    struct many {
        std::vector<double> x;
        bool yes;
    };
    std::mt19937_64 random(80);
    std::vector<many> records(100);
    for (auto& each : records) {
        for (int j = 0; j < 80; ++j) each.x.push_back(static_cast<double>(random() % 1'000'003));
        each.yes = random() % 2 == 0;
    }
    struct place {
        std::size_t at;
        double operator()(const many& each) const { return each.x[at]; }
    };
    std::vector<cd::variable<place>> terms;
    for (std::size_t j = 0; j < 80; ++j) terms.emplace_back("x" + std::to_string(j), place{j});
    const auto fit = cd::fit_logit(records, cd::model_of(&many::yes).on(terms));
    REQUIRE(fit.separated);
    CHECK(fit.separated->complete);
    CHECK(fit.separated->terms.size() < 60);
}
