// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/wild_bootstrap.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/few_clusters.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::clustered_values;
using test_support::message_of;
using record = test_support::clustered_record;

namespace {

const auto& records = test_support::clustered_records();
const auto terms = cd::model_of(&record::y).on(cd::variable("x1", &record::x1), cd::variable("x2", &record::x2));
const auto model = terms.clustered_by(&record::cluster);
constexpr auto rademacher = cd::wild_weights::rademacher;

}  // namespace

TEST_CASE("p by enumeration is that of all refits") {
    const auto x1 = cd::wild_cluster_bootstrap(records, model, "x1", {.weights = rademacher});
    REQUIRE(x1);
    CHECK(close(*x1.test.p_value, clustered_values("wild_x1")[0], 1e-12));
    CHECK(x1.enumerated);
    CHECK(x1.draws == 128);
    CHECK(x1.clusters == 8);
    const auto x2 = cd::wild_cluster_bootstrap(records, model, "x2", {.null = 0.2, .weights = rademacher});
    CHECK(close(*x2.test.p_value, clustered_values("wild_x2")[0], 1e-12));
    CHECK(x2.p_strict <= *x2.test.p_value);
}

TEST_CASE("few clusters are fewer than 10, of draws by smaller units fewer than 20") {
    struct row {
        double y, x;
        int cluster, unit;
    };
    const auto line = cd::model_of(&row::y).on(cd::variable("x", &row::x)).clustered_by(&row::cluster);
    for (const int clusters : {9, 10, 19, 20}) {
        std::vector<row> rows;
        for (int i = 0; i < 6 * clusters; ++i)
            rows.push_back({std::sin(7.0 * i * i), std::cos(3.0 * i), i % clusters, i});
        const cd::wild_bootstrap_options options{.draws = 199, .threads = 1};
        const auto plain = cd::wild_cluster_bootstrap(rows, line, "x", options);
        const auto by_units = cd::wild_cluster_bootstrap(rows, line, "x", cd::drawn_by(&row::unit), options);
        CHECK(plain.estimate.status == (clusters < 10 ? estimate_status::few_clusters : estimate_status::ok));
        CHECK(plain.test.status == plain.estimate.status);
        CHECK(by_units.estimate.status == (clusters < 20 ? estimate_status::few_clusters : estimate_status::ok));
        CHECK(plain);
    }
}

TEST_CASE("the interval holds what is not rejected") {
    const auto result = cd::wild_cluster_bootstrap(records, model, "x2", {.weights = rademacher});
    REQUIRE(result);
    const auto p = [](double null) {
        return *cd::wild_cluster_bootstrap(records, model, "x2", {.null = null, .weights = rademacher}).test.p_value;
    };
    for (const auto& [end, inwards] : {std::pair(result.estimate.lower(), 1e-9), {result.estimate.upper(), -1e-9}}) {
        CHECK(p(end + inwards) > 0.05);
        CHECK(p(end - inwards) <= 0.05);
    }
    auto four = records;
    std::erase_if(four, [](const record& r) { return r.cluster < 4; });
    const auto line = cd::wild_cluster_bootstrap(four, model, "x1", {.weights = rademacher});
    CHECK(line.estimate.status == estimate_status::few_clusters);
    CHECK(std::isinf(line.estimate.lower()));
    const auto webb = cd::wild_cluster_bootstrap(four, model, "x1");
    CHECK(webb.weights == cd::wild_weights::webb);
    CHECK(webb.draws == 648);
}

TEST_CASE("absorbed effects are columns") {
    const auto columns = terms.on(cd::categorical("unit", &record::unit), cd::categorical("year", &record::year))
                             .clustered_by(&record::cluster);
    const auto absorbed = model.absorbing(&record::unit, &record::year);
    const auto one = cd::wild_cluster_bootstrap(records, columns, "x1", {.weights = rademacher});
    const auto other = cd::wild_cluster_bootstrap(records, absorbed, "x1", {.weights = rademacher});
    CHECK(close(*one.test.p_value, *other.test.p_value, 1e-12));
    CHECK(close(*one.test.statistic, *other.test.statistic, 1e-9));
    CHECK(close(one.estimate.lower(), other.estimate.lower(), 1e-9));
}

TEST_CASE("draws at random: alike for any number of threads, and near to all") {
    const cd::wild_bootstrap_options some{.weights = rademacher, .draws = 100, .threads = 1};
    auto threads = some;
    threads.threads = 3;
    const auto one = cd::wild_cluster_bootstrap(records, model, "x1", some);
    CHECK_FALSE(one.enumerated);
    CHECK(one == cd::wild_cluster_bootstrap(records, model, "x1", threads));
    const auto units = cd::wild_cluster_bootstrap(records, model, "x1", cd::drawn_by(&record::unit));
    CHECK(units.units == 16);
    CHECK(units.clusters == 8);
    CHECK(units.draws == 9'999);
}

TEST_CASE("scores of logit and Poisson") {
    for (const auto family : {cd::regression_family::logit, cd::regression_family::poisson}) {
        const auto yes = cd::model_of(&record::yes).on(cd::variable("x1", &record::x1)).clustered_by(&record::cluster);
        const auto result = cd::wild_cluster_bootstrap(records, yes, "x1", {.family = family, .weights = rademacher});
        REQUIRE(result);
        CHECK(result.enumerated);
        CHECK(result.estimate.bounds->contains(*result.estimate.value));
        const double end = result.estimate.upper();
        if (!std::isfinite(end)) continue;
        const auto p = [&](double null) {
            return *cd::wild_cluster_bootstrap(records, yes, "x1",
                                               {.family = family, .null = null, .weights = rademacher})
                        .test.p_value;
        };
        CHECK(p(end + 1e-4) <= 0.05);
        CHECK(p(end - 1e-4) > 0.05);
    }
}

TEST_CASE("rejects a true hypothesis as often as it should, of 12 clusters" * doctest::test_suite("long")) {
    int rejected = 0;
    constexpr int samples = 400;
    for (int sample = 0; sample < samples; ++sample) {
        cd::random_stream random(17, static_cast<std::uint64_t>(sample));
        const auto noise = [&] {
            double sum = -6;
            for (int i = 0; i < 12; ++i) sum += random.uniform();
            return sum;
        };
        std::vector<record> made;
        for (int g = 0; g < 12; ++g) {
            const double shift = noise(), x = noise();
            for (int i = 0; i < 3 + 2 * (g % 5); ++i)
                made.push_back({shift + noise(), 0, x + noise() / 2, noise(), 1, g, g, i, {}});
        }
        const auto result = cd::wild_cluster_bootstrap(made, model, "x1", {.draws = 199, .threads = 1});
        if (*result.test.p_value <= 0.05) ++rejected;
    }
    CHECK(rejected > 8);
    CHECK(rejected < 36);
}

TEST_CASE("what cannot be") {
    CHECK(message_of([] { return cd::wild_cluster_bootstrap(records, terms, "x1"); }) ==
          "compute_divide::wild_cluster_bootstrap: a model with clusters, got \"none\"");
    CHECK(message_of([] { return cd::wild_cluster_bootstrap(records, model, "x3"); }) ==
          "compute_divide::wild_cluster_bootstrap: the name of a column, got \"x3\"");
    CHECK(message_of([] { return cd::wild_cluster_bootstrap(records, terms.clustered_by(&record::labels), "x1"); }) ==
          "compute_divide::wild_cluster_bootstrap: clusters of one label a record, got \"several labels\"");
    const auto twice = model.on(cd::variable("twice", [](const record& r) { return 2 * r.x1; }));
    CHECK(cd::wild_cluster_bootstrap(records, twice, "twice").estimate.status == estimate_status::degenerate);
}
