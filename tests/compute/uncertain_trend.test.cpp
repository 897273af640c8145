// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/uncertain_trend.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

struct model {
    double year;
    cd::compute_estimate compute;
    double flop;
    std::string organisation = "a";
};

cd::compute_estimate by(cd::compute_method method, double flops, double sigma) {
    auto estimate = cd::compute_of_count(cd::flop(flops), {.log10_sigma = sigma});
    estimate.method = method;
    return estimate;
}

/// Models whose compute rises by half an order of magnitude a year, known with errors of sigma, half of whose variance
/// all of one method share; one method gives way to the other.
std::vector<model> made(std::uint64_t seed, double sigma) {
    cd::random_stream stream(seed);
    const double of_method[]{cd::standard_normal(stream), cd::standard_normal(stream)};
    std::vector<model> models;
    for (int i = 0; i < 60; ++i) {
        const double years = stream.uniform(0, 12);
        const bool late = stream.uniform() < years / 12;
        const double error = sigma * std::sqrt(0.5) * (of_method[late] + cd::standard_normal(stream));
        const double flops = std::pow(10, 20 + 0.5 * years + 0.7 * cd::standard_normal(stream) + error);
        models.push_back(
            {2010 + years,
             by(late ? cd::compute_method::hardware : cd::compute_method::parameters_and_data, flops, sigma), flops,
             std::to_string(i / 2)});
    }
    return models;
}

cd::uncertain_trend fitted(const std::vector<model>& models, const cd::uncertain_trend_options& options = {}) {
    return cd::fit_uncertain_log_trend(models, &model::year, &model::compute, options);
}

}  // namespace

TEST_CASE("errors of their own are in the residuals: the trend is that of the values") {
    const auto models = made(1, 0.3);
    const auto plain = cd::fit_log_trend(models, &model::year, &model::flop).growth();
    const auto found = fitted(models, {.correlation = 0});
    REQUIRE(found);
    CHECK(close(*found.growth.slope.value, *plain.slope.value, 1e-9));
    CHECK(close(found.growth.slope.bounds->width(), plain.slope.bounds->width(), 0.01));
    CHECK(found.slope.share_of_draws < 1e-12);
    const auto clustered =
        cd::fit_uncertain_log_trend(models, &model::year, &model::compute, &model::organisation,
                                    {.correlation = 0, .trend = {.interval = cd::trend_interval::clustered}});
    const auto expected = cd::fit_log_trend(models, &model::year, &model::flop, &model::organisation)
                              .growth({.interval = cd::trend_interval::clustered});
    CHECK(close(clustered.growth.slope.bounds->width(), expected.slope.bounds->width(), 0.05));
}

TEST_CASE("records depend on each other where they share any of several clusters, or a family") {
    const auto models = made(2, 0.3);
    const cd::uncertain_trend_options options{.correlation = 0, .trend = {.interval = cd::trend_interval::clustered}};
    const auto number = [](const model& m) { return std::stoi(m.organisation); };
    const auto several = [&](const model& m) {  // each pair of models shares a label with the next
        return std::vector<std::string>{m.organisation, std::to_string(number(m) + 1)};
    };
    const auto families = [&](const model& m) { return std::optional(std::set<int>{number(m) / 3}); };
    const auto check = [&](auto field, std::uint64_t n) {
        const auto found = cd::fit_uncertain_log_trend(models, &model::year, &model::compute, field, options);
        const auto plain = cd::fit_log_trend(models, &model::year, &model::flop, field).growth(options.trend);
        CHECK(close(*found.growth.slope.value, *plain.slope.value, 1e-9));
        CHECK(close(found.growth.slope.bounds->width(), plain.slope.bounds->width(), 0.05));
        CHECK(found.growth.slope.n == n);
        return found.growth.slope.bounds->width();
    };
    const double alone = check(&model::organisation, 60), any = check(several, 60), family = check(families, 60);
    CHECK(std::fabs(any / alone - 1) > 0.01);
    // one label in a set is that label; records without a label are clusters of their own
    CHECK(check([](const model& m) { return std::vector{m.organisation}; }, 60) ==
          doctest::Approx(alone).epsilon(0.001));
    CHECK(check([&](const model& m) { return std::vector<int>{number(m) / 3}; }, 60) ==
          doctest::Approx(family).epsilon(0.001));
    check([&](const model& m) { return number(m) < 10 ? std::vector<int>{} : std::vector{number(m)}; }, 60);
    // a set that is not known leaves the record out
    check(
        [&](const model& m) {
            return number(m) < 10 ? std::optional<std::vector<int>>() : std::optional(std::vector{number(m)});
        },
        40);
}

TEST_CASE("errors that methods share are in the interval, which covers the truth; the plain one does not") {
    constexpr int rounds = 120;
    double covered = 0, plainly = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto models = made(static_cast<std::uint64_t>(round), 0.5);
        const auto found = fitted(models, {.draws = {.draws = 25}});
        covered += found.growth.slope.bounds->contains(0.5) ? 1.0 / rounds : 0;
        const auto plain = cd::fit_log_trend(models, &model::year, &model::flop).growth();
        plainly += plain.slope.bounds->contains(0.5) ? 1.0 / rounds : 0;
        if (round == 0) CHECK(found.growth.doubling.months.bounds->width() > plain.doubling.months.bounds->width());
    }
    CHECK(covered > 0.89);
    CHECK(plainly < 0.85);
}

TEST_CASE("sources of one name are one; berkson draws the records' own errors, too") {
    struct named {
        double year;
        std::optional<cd::uncertain<double>> value;
    };
    std::vector<named> shared, own;
    for (int i = 0; i < 20; ++i) {
        const double value = std::pow(10, 0.3 * i + (i % 3) * 0.1);
        shared.push_back({2000.0 + i, cd::uncertain<double>(value, "price", 0.5 * i)});
        own.push_back({2000.0 + i, cd::uncertain<double>(value, "price " + std::to_string(i), 0.5 * i)});
    }
    shared.push_back({2030, std::nullopt});
    const auto fit = [](const std::vector<named>& records, cd::uncertain_trend_options options) {
        options.draws.draws = 400;
        return cd::fit_uncertain_log_trend(records, &named::year, &named::value, options);
    };
    // A shared error that grows by 0.5 / ln 10 a year is one of the slope.
    const auto together = fit(shared, {.correlation = 1});
    CHECK(close(std::sqrt(together.slope.between_variance), 365.25 / 365.25 * 0.5 / std::log(10.0), 0.1));
    CHECK(together.growth.slope.n == 20);
    CHECK(together.growth.slope.n_missing == 1);
    CHECK(fit(own, {.correlation = 1}).slope.between_variance < together.slope.between_variance / 2);
    const auto berkson = fit(own, {.error = cd::measurement_error::berkson, .correlation = 0});
    CHECK(berkson.slope.between_variance > 0);
    CHECK(fit(own, {.correlation = 0}).slope.between_variance < 1e-20);
}

TEST_CASE("a stated bound is no value with an error: it is missing") {
    auto models = made(3, 0.2);
    auto without = models;
    models[5].compute.assumptions.add(cd::compute_assumption::stated_bound);
    without[5].compute.flop.value.reset();
    const auto bounded = fitted(models), missing = fitted(without);
    CHECK(bounded.growth.slope.n_missing == 1);
    CHECK(bounded.growth.slope.value == missing.growth.slope.value);
}

TEST_CASE("few data are a status, wrong options are refused") {
    CHECK(fitted({}).growth.slope.status == cd::estimate_status::no_data);
    CHECK(message_of([] { (void)fitted({}, {.correlation = 2}); }) ==
          "compute_divide::fit_uncertain_log_trend: correlation in [0, 1], got 2");
    CHECK(message_of([] { (void)fitted({}, {.trend = {.interval = cd::trend_interval::bootstrap_bca}}); }) ==
          "compute_divide::fit_uncertain_log_trend: an interval by standard error, got \"bootstrap_bca\"");
    CHECK(message_of([] {
              auto models = made(1, 0.1);
              models[2].compute.flop.value = 0;
              (void)fitted(models);
          }) == "compute_divide::fit_uncertain_log_trend: a finite value > 0 in record 2, got 0");
}
