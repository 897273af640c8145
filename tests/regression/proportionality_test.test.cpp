// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/proportionality_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ordinal_reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

struct record {
    double y = 0, x = 0, z = 0;
    int cluster = 0;
};
const auto model = cd::model_of(&record::y).on(cd::variable("x", &record::x));
const auto both = model.on(cd::variable("z", &record::z));

/// Levels 0 to 2; `turn` makes the odds of the upper threshold depend on x otherwise.
std::vector<record> simulated(std::mt19937_64& generator, std::size_t n, double turn, std::size_t clusters,
                              double effect) {
    std::uniform_real_distribution<double> uniform;
    std::normal_distribution<double> normal;
    std::vector<double> effects(clusters), places(clusters);
    for (double& each : effects) each = effect * normal(generator);
    for (double& each : places) each = normal(generator);
    std::vector<record> records(n);
    for (auto& r : records) {
        const auto cluster = static_cast<std::size_t>(generator() % clusters);
        r.cluster = static_cast<int>(cluster);
        r.x = effect > 0 ? places[cluster] : normal(generator);
        const double u = uniform(generator), noise = std::log(u / (1 - u)) + effects[cluster];
        r.y = 0.5 * r.x + noise < 0 ? 0 : (0.5 + turn) * r.x + noise < 1.5 ? 1 : 2;
    }
    return records;
}

}  // namespace

TEST_CASE("Brant's test as R has it, by its formula") {
    std::size_t compared = 0;
    for (const auto& c : test_support::ordinal_cases()) {
        CAPTURE(c.name);
        const auto plain = test_support::model_of(c);
        const auto result = cd::proportionality_test(c.records, plain);
        if (c.name == "wine") {
            CHECK(result.separated == "1|2");
            CHECK(result.test.test.status == estimate_status::degenerate);
            CHECK_FALSE(result);
            CHECK(c.value("brant_separated", "") == 1);
            continue;
        }
        const auto clustered =
            cd::proportionality_test(c.records, plain.clustered_by(&test_support::ordinal_record::cluster),
                                     {.correction = cd::cluster_correction::cr1});
        for (const auto& e : c.expected) {
            if (!e.quantity.starts_with("brant")) continue;
            CAPTURE(e.quantity);
            CAPTURE(e.term);
            const auto& of = e.quantity.starts_with("brant_clustered") ? clustered : result;
            const auto line = std::ranges::find(of.columns, e.term, &cd::proportionality_line::name);
            const auto& test = e.term == "(all)" ? of.test.test : line->test.test;
            const double value = e.quantity == "brant_coefficient" ? line->coefficients.back()
                                 : e.quantity.ends_with("_p")      ? *test.p_value
                                                                   : *test.statistic;
            CHECK(close(value, e.value, 1e-9));
            ++compared;
        }
    }
    CHECK(compared > 40);
}

TEST_CASE("neither units nor the turn of the scale change the test") {
    std::mt19937_64 generator(2);
    const auto records = simulated(generator, 500, 0.3, 30, 0);
    const auto expected = cd::proportionality_test(records, model);
    REQUIRE(expected);
    CHECK(expected.test.restrictions == 1);
    CHECK(expected.levels == std::vector<double>{0, 1, 2});
    auto other = records;
    for (auto& r : other) {
        r.x = 1e250 * (r.x + 3);
        r.y = -r.y;
    }
    const auto turned = cd::proportionality_test(other, model);
    CHECK(close(*turned.test.test.statistic, *expected.test.test.statistic, 1e-7));
    CHECK(close(turned.columns[0].coefficients[0] * 1e250, -expected.columns[0].coefficients[1], 1e-9));
}

TEST_CASE("the test keeps its size, by clusters where records depend, and sees odds that are not proportional" *
          doctest::test_suite("long")) {
    std::mt19937_64 generator(31);
    constexpr int draws = 400;
    int classical = 0, seen = 0, wrong = 0, clustered = 0;
    constexpr int many = 4'000;
    for (int draw = 0; draw < many; ++draw)
        classical += *cd::proportionality_test(simulated(generator, 300, 0, 30, 0), model).test.test.p_value < 0.05;
    for (int draw = 0; draw < draws; ++draw) {
        seen += *cd::proportionality_test(simulated(generator, 300, 0.8, 30, 0), model).test.test.p_value < 0.05;
    }
    CHECK(classical < 0.061 * many);  // .05 and three standard errors
    CHECK(classical > 0.039 * many);
    CHECK(seen > 0.9 * draws);
    // Effects of clusters leave marginal odds nearly proportional, and records far from independent.
    for (int draw = 0; draw < draws; ++draw) {
        const auto records = simulated(generator, 600, 0, 40, 0.7);
        wrong += *cd::proportionality_test(records, model).test.test.p_value < 0.05;
        clustered += *cd::proportionality_test(records, model.clustered_by(&record::cluster)).test.test.p_value < 0.05;
    }
    CAPTURE(wrong);
    CAPTURE(clustered);
    CHECK(clustered < 0.09 * draws);
}

TEST_CASE("no test: two levels, no terms, no more clusters than restrictions, covariances it does not have") {
    std::mt19937_64 generator(4);
    auto records = simulated(generator, 200, 0, 30, 0);
    CHECK(cd::proportionality_test(records, cd::model_of(&record::y)).test.test.status == estimate_status::degenerate);
    CHECK(cd::proportionality_test(std::vector<record>{}, model).test.test.status == estimate_status::no_data);
    auto few = records;
    for (auto& r : few) {
        r.z = std::floor(10 * r.x);
        r.cluster %= 4;
    }
    const auto by_few = cd::proportionality_test(few, both.clustered_by(&record::cluster));
    CHECK(by_few.test.test.status == estimate_status::few_clusters);
    for (auto& r : few) r.cluster %= 2;
    CHECK(cd::proportionality_test(few, both.clustered_by(&record::cluster)).test.test.status ==
          estimate_status::too_few);
    for (auto& r : few) r.z = 5;
    const auto constant = cd::proportionality_test(few, both);
    REQUIRE(constant);
    CHECK(constant.columns.size() == 1);
    for (auto& r : records) r.y = r.y > 0 ? 1 : 0;
    CHECK(cd::proportionality_test(records, model).test.test.status == estimate_status::degenerate);
    CHECK(message_of([&] {
              (void)cd::proportionality_test(records, model, {.covariance = cd::covariance_kind::hc1});
          }).find("a classical or clustered covariance") != std::string::npos);
    CHECK(message_of([&] {
              (void)cd::proportionality_test(records, model.without_intercept());
          }).find("a model with an intercept") != std::string::npos);
}
