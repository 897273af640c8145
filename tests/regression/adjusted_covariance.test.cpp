// SPDX-License-Identifier: BSL-1.0
// CR2, CR3, their degrees of freedom, and records that share labels, against tests/reference/few_clusters.py.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/covariance.hpp>
#include <compute_divide/regression/detail/adjusted_covariance.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/negative_binomial.hpp>
#include <compute_divide/regression/polynomial.hpp>
#include <compute_divide/regression/to_string.hpp>

#include "support/close.hpp"
#include "support/few_clusters.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::covariance_kind;
using cd::estimate_status;
using test_support::close;
using test_support::clustered_records;
using test_support::clustered_values;
using test_support::message_of;
using row = test_support::clustered_record;

namespace {

const auto& records = clustered_records();
const auto terms = cd::model_of(&row::y).on(cd::variable("x1", &row::x1), cd::variable("x2", &row::x2));
const auto by_cluster = terms.clustered_by(&row::cluster);

bool same(const std::vector<double>& computed, const std::vector<double>& expected, double tolerance = 1e-9) {
    bool all = computed.size() == expected.size();
    for (std::size_t i = 0; all && i < computed.size(); ++i) all = close(computed[i], expected[i], tolerance);
    return all;
}

bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("cr2 and cr3 of linear fits, with weights and effects, and of logits") {
    const auto check = [](const std::string& name, const auto& fit_by) {
        for (const auto kind : {covariance_kind::cr2, covariance_kind::cr3}) {
            const std::string which = name + "_" + std::string(name_of(kind));
            CAPTURE(which);
            const cd::regression_fit fit = fit_by(cd::regression_options{.covariance = kind});
            REQUIRE(fit.covariance);
            CHECK(same(fit.covariance.values, clustered_values(which)));
            CHECK(same(fit.covariance.degrees_of, clustered_values(which + "_df")));
            const auto difference = contrast(fit, {{"x1", 1.0}, {"x2", -1.0}});
            REQUIRE(difference.estimate.degrees_of_freedom);
            CHECK(close(*difference.estimate.degrees_of_freedom, clustered_values(which + "_difference_df")[0], 1e-9));
            const auto joint = wald_test(fit, {"x1", "x2"});
            REQUIRE(joint);
            CHECK(close(*joint.test.statistic, clustered_values(which + "_joint")[0], 1e-9));
            CHECK(close(*joint.test.degrees_of_freedom, clustered_values(which + "_joint")[1], 1e-9));
        }
    };
    check("ols", [](const auto& options) { return cd::fit_linear(records, by_cluster, options); });
    check("wls", [](const auto& options) { return cd::fit_linear(records, by_cluster.weighted_by(&row::w), options); });
    check("nested", [](const auto& options) {
        return cd::fit_fixed_effects(records, by_cluster.absorbing(&row::unit), options);
    });
    check("crossed", [](const auto& options) {
        return cd::fit_fixed_effects(records, by_cluster.absorbing(&row::unit, &row::year), options);
    });
    check("logit", [](const auto& options) {
        const auto model = cd::model_of(&row::yes)
                               .on(cd::variable("x1", &row::x1), cd::variable("x2", &row::x2))
                               .clustered_by(&row::cluster);
        const auto fit = cd::fit_logit(records, model, options);
        CHECK(fit.reference == cd::reference_distribution::student_t);
        CHECK(fit.covariance.rows_scaled == (options.covariance == covariance_kind::cr2));
        return fit;
    });
}

TEST_CASE("cr3 is the jackknife by clusters") {
    const auto fit = cd::fit_linear(records, by_cluster, {.covariance = covariance_kind::cr3});
    std::vector<double> sum(9);
    for (int g = 0; g < 8; ++g) {
        auto others = records;
        std::erase_if(others, [g](const row& r) { return r.cluster == g; });
        const auto without = cd::fit_linear(others, terms);
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t j = 0; j < 3; ++j)
                sum[i * 3 + j] +=
                    (without.coefficients[i] - fit.coefficients[i]) * (without.coefficients[j] - fit.coefficients[j]);
    }
    CHECK(same(fit.covariance.values, sum));

    const auto only = terms.on(cd::variable("only", [](const row& r) { return r.cluster == 7 ? 1.0 : 0.0; }));
    const auto lost = cd::fit_linear(records, only.clustered_by(&row::cluster), {.covariance = covariance_kind::cr3});
    CHECK(lost.covariance.status == estimate_status::degenerate);
    CHECK(has(to_string(lost), "one cluster alone determines a coefficient"));
}

TEST_CASE(
    "cr2 and cr3 where one record is further and further from all others have values, or say that they have none") {
    const auto model = cd::model_of(&row::y)
                           .on(cd::polynomial("x1", &row::x1, 2))
                           .absorbing(&row::cluster)
                           .clustered_by(&row::cluster);
    bool lost = false;
    for (int power = 0; power < 12; ++power)
        for (const auto kind : {covariance_kind::cr2, covariance_kind::cr3}) {
            CAPTURE(power);
            auto far = records;
            far.back().x1 = std::pow(10.0, power);
            const auto fit = cd::fit_fixed_effects(far, model, {.covariance = kind});
            for (const std::string& name : fit.names) {
                const cd::estimate b = coefficient(fit, name);
                CHECK(static_cast<bool>(b) == b.value.has_value());
                if (b) CHECK(*b.degrees_of_freedom > 0);
                lost = lost || b.status == estimate_status::degenerate;
            }
        }
    CHECK(lost);
}

TEST_CASE("records that share any label, however the model says so") {
    const cd::regression_options none{.correction = cd::cluster_correction::none,
                                      .repair = cd::covariance_repair::none};
    const auto shared = terms.clustered_by(&row::labels);
    const auto fit = cd::fit_linear(records, shared, none);
    CHECK(same(fit.covariance.values, clustered_values("labels")));
    CHECK(fit.covariance.shared_labels);
    CHECK(fit.clusters == std::vector<std::uint64_t>{8});
    double pairs = 0;
    for (const row& a : records)
        for (const row& b : records)
            pairs += std::ranges::any_of(a.labels, [&](char c) { return std::ranges::count(b.labels, c) > 0; }) ? 1 : 0;
    const auto n = static_cast<double>(records.size());
    const double clusters = std::floor(n * n / pairs);
    CHECK(clusters < 8);
    CHECK(static_cast<double>(fit.covariance.clusters) == clusters);
    CHECK(fit.covariance.degrees_of_freedom == clusters - 1);
    CHECK(same(cd::fit_linear(records, shared.weighted_by(&row::w), none).covariance.values,
               clustered_values("labels_weighted")));
    const auto as_set = [](const row& r) { return std::set<char>(r.labels.begin(), r.labels.end()); };
    CHECK(cd::fit_linear(records, terms.clustered_by(as_set), none).covariance == fit.covariance);
    const auto logit = cd::model_of(&row::yes)
                           .on(cd::variable("x1", &row::x1), cd::variable("x2", &row::x2))
                           .clustered_by(&row::labels);
    CHECK(same(cd::fit_logit(records, logit, none).covariance.values, clustered_values("labels_logit")));

    const auto fields = std::tuple(&row::x1, &row::x2);
    const auto squares = cd::fit_least_squares(records, fields, &row::y);
    const auto repaired = cd::fit_linear(records, shared, {.correction = none.correction});
    CHECK(same(cd::clustered_covariance(records, fields, &row::y, &row::labels, squares, none.correction).values,
               repaired.covariance.values));
    CHECK(repaired.covariance.repaired);  // there is a negative eigenvalue, which goes to 0, and variances up
    CHECK(repaired.covariance(1, 1) > fit.covariance(1, 1));
    CHECK(has(to_string(repaired), "negative eigenvalue, set to 0"));
    const auto stata = cd::fit_linear(records, shared, {.repair = none.repair});
    CHECK(close(stata.covariance(1, 1), fit.covariance(1, 1) * clusters / (clusters - 1) * 47 / 45, 1e-12));
    CHECK(has(to_string(stata), "8 shared labels"));

    const auto one = [](const row& r) { return std::vector{r.cluster}; };
    CHECK(same(cd::fit_linear(records, terms.clustered_by(one)).covariance.values,
               cd::fit_linear(records, by_cluster).covariance.values));
    const auto none_known = [](const row&) { return std::vector<int>(); };  // each alone
    CHECK(same(cd::fit_linear(records, terms.clustered_by(none_known), none).covariance.values,
               cd::fit_linear(records, terms, {.covariance = covariance_kind::hc0}).covariance.values));
    // a second field: of two labels in their roles, two-way clustering
    const auto two_way =
        cd::fit_linear(records, terms.clustered_by(&row::unit, &row::year),
                       {.correction = cd::cluster_correction::none, .repair = cd::covariance_repair::none});
    const auto unit = [](const row& r) { return std::vector{r.unit}; };
    const auto roles =
        cd::fit_linear(records, terms.clustered_by(unit, &row::year),
                       {.correction = cd::cluster_correction::none, .repair = cd::covariance_repair::none});
    if (two_way.covariance) CHECK(same(roles.covariance.values, two_way.covariance.values));
}

TEST_CASE("few clusters say so, and never more degrees of freedom than n - p") {
    const auto fit = cd::fit_linear(records, by_cluster);
    CHECK(fit.status == estimate_status::ok);
    CHECK(fit.covariance.status == estimate_status::few_clusters);
    CHECK(coefficient(fit, "x1").status == estimate_status::few_clusters);
    CHECK(coefficient(fit, "x1"));
    CHECK(has(to_string(fit), "few clusters, 8"));
    CHECK(has(to_json(fit), R"("degrees_of_freedom":7,"status":"few_clusters")"));

    const std::vector<row> five(records.begin(), records.begin() + 5);
    const auto each = [](const row& r) { return r.y; };
    CHECK(cd::fit_linear(five, terms.clustered_by(each)).covariance.degrees_of_freedom == 2);

    std::vector<row> many;
    for (int g = 0; g < 25; ++g)
        for (row r : {records[static_cast<std::size_t>(g)], records[static_cast<std::size_t>(g + 20)]}) {
            r.cluster = g;
            many.push_back(r);
        }
    const auto treated = [](const row& r) { return r.cluster < 3 ? 1.0 : 0.0; };
    const auto with = cd::fit_linear(many, by_cluster.on(cd::variable("treated", treated)));
    CHECK(with.covariance.status == estimate_status::ok);
    CHECK(with.covariance.few_treated == std::vector<std::size_t>{3});
    CHECK(coefficient(with, "treated").status == estimate_status::few_clusters);
    CHECK(coefficient(with, "x1").status == estimate_status::ok);
    CHECK(has(to_string(with), "treated: yes, or no, in fewer than 6 clusters"));
    const auto cr2 =
        cd::fit_linear(many, by_cluster.on(cd::variable("treated", treated)), {.covariance = covariance_kind::cr2});
    CHECK(*coefficient(cr2, "treated").degrees_of_freedom < 4);
    CHECK(coefficient(cr2, "treated").status == estimate_status::few_clusters);
}

TEST_CASE("columns of few treated clusters are those that a count by labels finds") {
    std::mt19937_64 engine(5);
    for (int trial = 0; trial < 40; ++trial) {
        const std::size_t p = 1 + engine() % 150, clusters = 1 + engine() % 40;
        std::vector<std::vector<std::uint32_t>> sets;  // of some trials none: clusters are one label each
        while (trial % 4 > 0 && sets.size() < clusters) {
            auto& set = sets.emplace_back();
            for (std::size_t l = engine() % 4; l > 0; --l) set.push_back(static_cast<std::uint32_t>(engine() % 25));
        }
        cd::detail::treated_clusters treated(p);
        std::vector<std::set<std::uint32_t>> with_yes(p), with_no(p);
        std::vector<bool> binary(p, true);
        for (int record = 0; record < 200; ++record) {
            const auto cluster = static_cast<std::uint32_t>(engine() % clusters);
            std::vector<double> columns(p);
            for (std::size_t j = 0; j < p; ++j) {
                columns[j] = engine() % (1 + j) == 0 ? 1 : engine() % 4000 == 0 ? 0.5 : 0;
                if (columns[j] == 0.5) binary[j] = false;
                auto& seen = columns[j] == 1 ? with_yes[j] : with_no[j];
                if (sets.empty() || sets[cluster].empty())
                    seen.insert(1000 + cluster);  // a label of its own
                else
                    seen.insert(sets[cluster].begin(), sets[cluster].end());
            }
            treated.add(columns, cluster);
        }
        std::vector<std::size_t> expected;
        for (std::size_t j = 0; j < p; ++j)
            if (const auto fewer = std::min(with_yes[j].size(), with_no[j].size()); binary[j] && fewer > 0 && fewer < 6)
                expected.push_back(j);
        CHECK(treated.few(sets) == expected);
    }
}

TEST_CASE("what is not estimable has no estimate") {
    const auto twice =
        terms.on(cd::variable("twice", [](const row& r) { return 2 * r.x1; }), cd::variable("x2", &row::x2));
    const auto fit = cd::fit_linear(records, twice);
    CHECK(fit.names == std::vector<std::string>{"(intercept)", "x1", "x2", "twice"});
    CHECK(fit.dependent == std::vector<std::size_t>{3});
    CHECK(predict(fit, {{"x1", 1.0}, {"twice", 2.0}}));
    CHECK(predict(fit, {{"x1", 1.0}}).mean.status == estimate_status::degenerate);
    CHECK_FALSE(predict(fit, {{"x1", 1.0}}).prediction_interval);
    CHECK(contrast(fit, {{"twice", 1.0}}).estimate.status == estimate_status::degenerate);
    CHECK(contrast(fit, {{"x1", 1.0}, {"twice", 2.0}}).estimate);
    CHECK(contrast(fit, {{"x2", 1.0}}).estimate);

    const auto power = terms.on(cd::polynomial("x1", &row::x1, 2));
    const auto once = cd::fit_linear(records, power);
    CHECK(once.names == std::vector<std::string>{"(intercept)", "x1", "x2", "x1^2"});
    CHECK(once.status == estimate_status::ok);
    CHECK(overall_test(once).restrictions == 3);
    CHECK(fitted_values(records, power, once).size() == 48);
    const auto other = terms.on(cd::variable("x1", &row::x2));
    CHECK(message_of([&] { return cd::fit_linear(records, other); }) ==
          "compute_divide::fit_linear: terms of one name to be the same, got \"x1\"");
}

TEST_CASE("a noise of 1 on 1e14 is no exact fit") {
    auto far = records;
    for (auto& r : far) r.y = 1e14 + std::round(64 * r.y) / 64;
    auto near = records;
    for (auto& r : near) r.y = std::round(64 * r.y) / 64;
    const auto fit = cd::fit_linear(far, terms), expected = cd::fit_linear(near, terms);
    REQUIRE(fit.covariance);
    CHECK(close(*fit.residual_sd, *expected.residual_sd, 1e-4));  // the intercept is rounded, too
    CHECK(close(*fit.r_squared, *expected.r_squared, 1e-3));
    for (auto& r : far) r.y = 1e14 + 3 * r.x1;
    CHECK(*cd::fit_linear(far, terms).residual_sd == 0);
}

TEST_CASE("what cannot be asked for") {
    const auto two = terms.clustered_by(&row::unit, &row::year);
    CHECK(message_of([&] { return cd::fit_linear(records, two, {.covariance = covariance_kind::cr2}); }) ==
          "compute_divide::fit_linear: one field of clusters, of one label a record, for cr2 and cr3 (clustered allows "
          "two, and several labels), got \"two\"");
    CHECK(message_of([&] {
              return cd::fit_logit(records,
                                   cd::model_of(&row::yes).on(cd::variable("x1", &row::x1)).clustered_by(&row::labels),
                                   {.covariance = covariance_kind::cr3});
          }).ends_with("got \"several labels\""));
    CHECK(message_of([&] {
              return cd::fit_linear(records, terms, {.covariance = covariance_kind::cr2});
          }).ends_with("got \"none\""));
}
