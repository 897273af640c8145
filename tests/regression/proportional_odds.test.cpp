// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/proportional_odds.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/to_string.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ordinal_reference.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
using cd::covariance_kind;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

struct record {
    double y = 0, x = 0, z = 0, weight = 1;
    int cluster = 0;
};
const auto model = cd::model_of(&record::y).on(cd::variable("x", &record::x));
const auto both = model.on(cd::variable("z", &record::z));

/// Whether some direction of two thresholds and a slope raises a record's likelihood and lowers none's, of levels 0, 1
/// and 2 and one column: an extreme ray of the cone of such directions is orthogonal to two of its planes, so that all
/// can be tried. Exact in small whole numbers.
bool is_separated(const std::vector<record>& records) {
    using vector = std::array<double, 3>;
    std::vector<vector> planes;  // along >= 0
    for (const auto& r : records) {
        if (r.y == 0) planes.push_back({1, 0, -r.x});
        if (r.y == 1) planes.push_back({-1, 0, r.x});
        if (r.y == 1) planes.push_back({0, 1, -r.x});
        if (r.y == 2) planes.push_back({0, -1, r.x});
    }
    for (const vector& a : planes)
        for (const vector& b : planes) {
            const vector d = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
            bool is_allowed = true, raises = false;
            for (const vector& plane : planes) {
                const double along = plane[0] * d[0] + plane[1] * d[1] + plane[2] * d[2];
                is_allowed = is_allowed && along >= 0;
                raises = raises || along > 0;
            }
            if (is_allowed && raises) return true;
        }
    return false;
}

std::vector<record> simulated(std::mt19937_64& generator, std::size_t n, double slope, std::size_t clusters = 0,
                              double effect = 0) {
    std::uniform_real_distribution<double> uniform;
    std::normal_distribution<double> normal;
    std::vector<double> effects(std::max<std::size_t>(clusters, 1));
    for (double& each : effects) each = effect * normal(generator);
    std::vector<record> records(n);
    for (auto& r : records) {
        r.cluster = clusters == 0 ? 0 : static_cast<int>(generator() % clusters);
        r.x = clusters == 0 ? normal(generator) : 0.7 * normal(generator) + 0.7 * std::sin(r.cluster);
        const double u = uniform(generator);
        const double latent = slope * r.x + effects[static_cast<std::size_t>(r.cluster)] + std::log(u / (1 - u));
        r.y = latent < -1 ? 0 : latent < 0.5 ? 1 : latent < 2 ? 2 : 3;
    }
    return records;
}

}  // namespace

TEST_CASE("proportional odds as R's ordinal, MASS and sandwich have them") {
    std::size_t compared = 0;
    for (const auto& c : test_support::ordinal_cases()) {
        CAPTURE(c.name);
        const auto of = [&](covariance_kind kind, cd::cluster_correction correction) {
            return cd::fit_proportional_odds(
                c.records, test_support::model_of(c).clustered_by(&test_support::ordinal_record::cluster),
                {.covariance = kind, .correction = correction});
        };
        const auto classical = of(covariance_kind::classical, {}), hc0 = of(covariance_kind::hc0, {});
        const auto none = of(covariance_kind::clustered, cd::cluster_correction::none);
        const auto cr1 = of(covariance_kind::clustered, cd::cluster_correction::cr1);
        REQUIRE(classical.status == estimate_status::ok);
        for (const auto& e : c.expected) {
            CAPTURE(e.quantity);
            CAPTURE(e.term);
            const auto at =
                static_cast<std::size_t>(std::ranges::find(classical.names, e.term) - classical.names.begin());
            std::optional<double> value;
            if (e.quantity == "estimate") value = classical.coefficients.at(at);
            if (e.quantity == "standard_error") value = classical.covariance.standard_error(at);
            if (e.quantity == "hc0") value = hc0.covariance.standard_error(at);
            if (e.quantity == "clustered_none") value = none.covariance.standard_error(at);
            if (e.quantity == "clustered_cr1") value = cr1.covariance.standard_error(at);
            if (e.quantity == "covariance")
                value = classical.covariance(classical.names.size() - classical.thresholds(), 0);
            if (e.quantity == "log_likelihood") value = classical.log_likelihood;
            if (e.quantity == "null_log_likelihood") value = classical.null_log_likelihood;
            if (e.quantity == "n" && c.name != "housing") value = static_cast<double>(classical.n);
            if (!value) continue;
            ++compared;
            CHECK(close(*value, e.value, 1e-9));
        }
    }
    CHECK(compared > 90);
}

TEST_CASE("two levels are a logit") {
    std::mt19937_64 generator(3);
    auto records = simulated(generator, 300, 1, 40, 1);
    for (auto& r : records) {
        r.y = r.y > 1 ? 1 : 0;
        r.weight = static_cast<double>(1 + generator() % 3);
    }
    for (const auto kind :
         {covariance_kind::classical, covariance_kind::hc0, covariance_kind::hc1, covariance_kind::clustered}) {
        const auto asked = model.weighted_by(&record::weight).clustered_by(&record::cluster);
        const auto ordinal = cd::fit_proportional_odds(records, asked, {.covariance = kind});
        const auto logit = cd::fit_logit(records, asked, {.covariance = kind});
        REQUIRE(ordinal.names == std::vector<std::string>{"x", "0|1"});
        CHECK(close(ordinal.coefficients[0], logit.coefficients[1], 1e-12));
        CHECK(close(ordinal.coefficients[1], -logit.coefficients[0], 1e-12));
        CHECK(close(ordinal.covariance(0, 0), logit.covariance(1, 1), 1e-11));
        CHECK(close(ordinal.covariance(0, 1), -logit.covariance(0, 1), 1e-10));
        CHECK(close(ordinal.covariance(1, 1), logit.covariance(0, 0), 1e-11));
        CHECK(close(*ordinal.log_likelihood, *logit.log_likelihood, 1e-13));
        CHECK(close(*ordinal.null_log_likelihood, *logit.null_log_likelihood, 1e-13));
        CHECK(ordinal.covariance.clusters == logit.covariance.clusters);
        CHECK(ordinal.covariance.degrees_of_freedom == logit.covariance.degrees_of_freedom);
    }
}

TEST_CASE("order alone counts, scales of terms are theirs, weights are records") {
    std::mt19937_64 generator(4);
    const auto records = simulated(generator, 400, 0.8);
    const auto fit = cd::fit_proportional_odds(records, model);
    REQUIRE(fit.status == estimate_status::ok);
    CHECK(fit.levels == std::vector<double>{0, 1, 2, 3});

    auto other = records;  // any values of the same order
    for (auto& r : other) r.y = std::exp(3 * r.y) - 100;
    CHECK(cd::fit_proportional_odds(other, model).coefficients == fit.coefficients);

    for (const double scale : {1e-6, 1e6, 1e-250, 1e250, -1.0}) {
        CAPTURE(scale);
        auto scaled = records;
        for (auto& r : scaled) r.x *= scale;
        const auto of = cd::fit_proportional_odds(scaled, model);
        REQUIRE(of.status == estimate_status::ok);
        CHECK(close(of.coefficients[0] * scale, fit.coefficients[0], 1e-10));
        CHECK(close(of.covariance.standard_error(0) * std::fabs(scale), fit.covariance.standard_error(0), 1e-10));
        for (std::size_t j = 1; j < 4; ++j) {
            CHECK(close(of.coefficients[j], fit.coefficients[j], 1e-10));
            CHECK(close(of.covariance.standard_error(j), fit.covariance.standard_error(j), 1e-10));
        }
    }

    auto moved = records;  // years: only thresholds move
    for (auto& r : moved) r.x += 2020;
    const auto later = cd::fit_proportional_odds(moved, model);
    CHECK(close(later.coefficients[0], fit.coefficients[0], 1e-9));
    CHECK(close(later.coefficients[2] - 2020 * later.coefficients[0], fit.coefficients[2], 1e-9));

    auto turned = records;  // the other end first
    for (auto& r : turned) r.y = -r.y;
    const auto back = cd::fit_proportional_odds(turned, model);
    CHECK(close(back.coefficients[0], -fit.coefficients[0], 1e-11));
    CHECK(close(back.coefficients[1], -fit.coefficients[3], 1e-11));

    std::vector<record> twice = records, weighted = records;
    twice.insert(twice.end(), records.begin(), records.end());
    for (auto& r : weighted) r.weight = 2;
    const auto doubled = cd::fit_proportional_odds(twice, model);
    const auto by_weight = cd::fit_proportional_odds(weighted, model.weighted_by(&record::weight));
    CHECK(close(doubled.covariance(0, 0), by_weight.covariance(0, 0), 1e-11));
    CHECK(close(*doubled.log_likelihood, *by_weight.log_likelihood, 1e-12));
}

TEST_CASE("separation is found where there is any, and nowhere else") {
    std::mt19937_64 generator(5);
    int separated = 0, estimated = 0;
    for (int set = 0; set < 1'500; ++set) {
        std::vector<record> records(5 + generator() % 9);
        for (auto& r : records) {
            r.x = static_cast<double>(generator() % 6);
            r.y = std::clamp(std::floor(r.x / 2) + static_cast<double>(generator() % 3) - 1, 0.0, 2.0);
        }
        const auto fit = cd::fit_proportional_odds(records, model);
        if (fit.levels.size() < 3 || !fit.dependent.empty()) continue;
        CAPTURE(set);
        REQUIRE(fit.separated.has_value() == is_separated(records));
        if (!fit.separated) {
            ++estimated;
            REQUIRE(fit.status == estimate_status::ok);
            continue;
        }
        ++separated;
        CHECK(fit.status == estimate_status::degenerate);
        CHECK(fit.coefficients.empty());
        CHECK(std::ranges::is_sorted(fit.separated->records));
        CHECK(to_string(fit).find("no finite estimate") != std::string::npos);
    }
    CHECK(separated > 100);
    CHECK(estimated > 200);
}

TEST_CASE("a logit of one threshold may be separated where proportional odds are not") {
    // Nobody with x = 1 has level 0, yet both have levels 1 and 2.
    const std::vector<record> records = {{0, 0}, {0, 0}, {1, 0}, {1, 0}, {2, 0}, {1, 1}, {2, 1}, {1, 1}, {2, 1}};
    CHECK(cd::fit_proportional_odds(records, model).status == estimate_status::ok);
    auto above = records;
    for (auto& r : above) r.y = r.y > 0 ? 1 : 0;
    CHECK(cd::fit_logit(above, model).separated);
}

TEST_CASE("levels that nobody has, one level, few records, columns that are none") {
    std::vector<record> records = {{0, 1},   {2, 1.5}, {0, 2},   {5, 2.5}, {2, 3},
                                   {5, 3.5}, {0, 4},   {2, 4.5}, {5, 5},   {5, 1}};
    const auto fit = cd::fit_proportional_odds(records, model);
    REQUIRE(fit.status == estimate_status::ok);
    CHECK(fit.names == std::vector<std::string>{"x", "0|2", "2|5"});
    CHECK(to_string(fit).find("no record is of level 1, which has no threshold") != std::string::npos);
    CHECK(to_string(fit).find("no record is of levels 3 to 4, which have no threshold") != std::string::npos);
    CHECK(to_json(fit).find("\"levels\":[0,2,5]") != std::string::npos);
    CHECK(cd::overall_test(fit).restrictions == 1);
    CHECK(cd::exponentiated(fit).size() == 3);

    std::vector<record> one(10, record{3, 1});
    const auto of_one = cd::fit_proportional_odds(one, model);
    CHECK(of_one.status == estimate_status::degenerate);
    CHECK(of_one.coefficients.empty());
    CHECK(to_string(of_one).find("all responses are 3") != std::string::npos);

    CHECK(cd::fit_proportional_odds(std::vector<record>{}, model).status == estimate_status::no_data);
    CHECK(cd::fit_proportional_odds(std::vector<record>{{0, 1}, {1, 2}}, both).status == estimate_status::too_few);

    auto constant = records;
    for (auto& r : constant) r.z = 7;
    const auto with_constant = cd::fit_proportional_odds(constant, both);
    CHECK(with_constant.status == estimate_status::degenerate);
    CHECK(with_constant.dependent == std::vector<std::size_t>{1});
    CHECK(close(with_constant.coefficients[0], fit.coefficients[0], 1e-11));
    CHECK(with_constant.coefficients[1] == 0);
    // A constant column and the thresholds together say the same; alone it says nothing.
    CHECK_FALSE(cd::contrast(with_constant, {{"z", 1}}).estimate);
    CHECK(cd::contrast(with_constant, {{"x", 1}}).estimate);

    records.front().y = std::numeric_limits<double>::quiet_NaN();
    const auto missing = cd::fit_proportional_odds(records, model);
    CHECK(missing.n == 9);
    CHECK(missing.n_missing == 1);
}

TEST_CASE("what is no such model is told") {
    std::vector<record> records;
    for (int i = 0; i < 101; ++i) records.push_back({static_cast<double>(i), static_cast<double>(i % 7)});
    CHECK(message_of([&] { (void)cd::fit_proportional_odds(records, model); }) ==
          "compute_divide::fit_proportional_odds: a response of at most 100 levels, got 101");
    records.resize(50);
    CHECK(message_of([&] {
              (void)cd::fit_proportional_odds(records, model.without_intercept());
          }).find("a model with an intercept") != std::string::npos);
    for (const auto kind : {covariance_kind::hc2, covariance_kind::hc3, covariance_kind::cr2, covariance_kind::cr3})
        CHECK(message_of([&] {
                  (void)cd::fit_proportional_odds(records, model.clustered_by(&record::cluster), {.covariance = kind});
              }).find("a classical, hc0, hc1 or clustered covariance") != std::string::npos);
    CHECK(message_of([&] {
              (void)cd::fit_proportional_odds(records, model, {.covariance = covariance_kind::clustered});
          }).find("clusters") != std::string::npos);
    records[3].weight = -1;
    CHECK(message_of([&] {
              (void)cd::fit_proportional_odds(records, model.weighted_by(&record::weight));
          }).find("a weight >= 0 in record 3") != std::string::npos);
}

TEST_CASE("intervals hold the truth as often as they say, of few records and of clusters" *
          doctest::test_suite("long")) {
    std::mt19937_64 generator(7);
    for (const std::size_t n : {30U, 200U}) {
        int held = 0, fits = 0;
        for (int draw = 0; draw < 1'000; ++draw) {
            const auto fit = cd::fit_proportional_odds(simulated(generator, n, 0.8), model);
            if (fit.status != estimate_status::ok) continue;
            ++fits;
            held += cd::coefficient(fit, "x").bounds->contains(0.8);
        }
        CAPTURE(n);
        CHECK(fits > 980);
        CHECK(held > 0.935 * fits);  // .95 less two standard errors
        CHECK(held < 0.975 * fits);
    }
    int alone = 0, held = 0;  // records of 40 clusters, whose effects pull the slope to that of a mixture
    constexpr int draws = 400;
    std::vector<record> many;
    for (int i = 0; i < 60; ++i) {
        const auto some = simulated(generator, 2'000, 0.8, 40, 1);
        many.insert(many.end(), some.begin(), some.end());
    }
    const double truth = cd::fit_proportional_odds(many, model).coefficients[0];
    for (int draw = 0; draw < draws; ++draw) {
        const auto records = simulated(generator, 600, 0.8, 40, 1);
        alone += cd::coefficient(cd::fit_proportional_odds(records, model), "x").bounds->contains(truth);
        held += cd::coefficient(cd::fit_proportional_odds(records, model.clustered_by(&record::cluster)), "x")
                    .bounds->contains(truth);
    }
    CHECK(alone < 0.9 * draws);
    CHECK(held > 0.91 * draws);
}

TEST_CASE("records of any range, once") {
    std::mt19937_64 generator(8);
    const auto records = simulated(generator, 120, 1);
    const auto expected = cd::fit_proportional_odds(records, model);
    CHECK(cd::fit_proportional_odds(test_support::single_pass(records), model) == expected);
}
