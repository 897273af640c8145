// SPDX-License-Identifier: BSL-1.0
// Every enumerator of every option of regressions through every fit, which the sanitizers watch.
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/negative_binomial.hpp>
#include <compute_divide/regression/poisson.hpp>
#include <compute_divide/regression/to_string.hpp>

#include "support/enumerators.hpp"
#include "support/message_of.hpp"
#include "support/results.hpp"

namespace cd = compute_divide;
using test_support::for_each_choice;

namespace {

void check(const cd::regression_fit& fit) {
    const std::string json = to_json(fit);
    CAPTURE(json);
    CHECK(test_support::json_check::is_valid(json));
    CHECK(fit.covariance.values.empty() == !fit.covariance);
    for (std::size_t i = 0; fit.covariance && i < fit.coefficients.size(); ++i)
        CHECK(std::isfinite(fit.covariance.standard_error(i)));
}

struct record {
    double x, y;
    int count;
    bool yes;
    int group, cluster;
};
std::vector<record> records(int n) {
    std::vector<record> all;
    for (int i = 0; i < n; ++i) {
        const double x = i % 7 - 3 + 0.1 * (i % 3), noise = (i * 37 % 11 - 5) / 5.0;
        all.push_back({x, 1 + 0.5 * x + noise, (i * 5) % 9, (i * 37 + 4 * (i % 7)) % 11 > 5, i % 4, i % 6});
    }
    return all;
}

/// Walks the options that all fits have, for models without clusters, with one kind and with two.
template <class Model, class Fit>
void walk(Model model, const Fit& fit) {
    for_each_choice<cd::covariance_kind, cd::reference_distribution>([&](auto kind, auto reference) {
        cd::regression_options options{.covariance = kind, .reference = reference};
        auto& clusters = std::get<0>(model.clusters);
        clusters.clear();
        if (kind == cd::covariance_kind::cr2 || kind == cd::covariance_kind::cr3) {
            CHECK(test_support::message_of([&] { return fit(model, options); }).find("one field of clusters") !=
                  std::string::npos);
            clusters.push_back(&record::cluster);
            return check(fit(model, options));
        }
        if (kind != cd::covariance_kind::clustered) return check(fit(model, options));
        for (const auto field : {&record::cluster, &record::group}) {
            clusters.push_back(field);
            for_each_choice<cd::cluster_correction>([&](auto correction) {
                options.correction = correction;
                check(fit(model, options));
            });
        }
    });
}

}  // namespace

TEST_CASE("every covariance, correction, reference and way to count degrees") {
    using fields = std::vector<int record::*>;
    for (const int n : {0, 1, 2, 5, 60}) {
        CAPTURE(n);
        const auto data = records(n);
        const auto linear = cd::model_of(&record::y).on(cd::variable("x", &record::x)).clustered_by(fields{});
        const auto binary = cd::model_of(&record::yes).on(cd::variable("x", &record::x)).clustered_by(fields{});
        const auto counts = cd::model_of(&record::count).on(cd::variable("x", &record::x)).clustered_by(fields{});
        walk(linear, [&](const auto& model, const auto& options) { return cd::fit_linear(data, model, options); });
        walk(binary, [&](const auto& model, const auto& options) { return cd::fit_logit(data, model, options); });
        walk(counts, [&](const auto& model, const auto& options) { return cd::fit_poisson(data, model, options); });
        for_each_choice<cd::effect_degrees_of_freedom>([&](auto degrees) {
            walk(linear.absorbing(&record::group), [&](const auto& model, cd::regression_options options) {
                options.effect_degrees_of_freedom = degrees;
                return cd::fit_fixed_effects(data, model, options);
            });
        });
        for_each_choice<cd::theta_uncertainty>(
            [&](auto theta) { check(cd::fit_negative_binomial(data, counts, {.theta = theta})); });
    }
}
