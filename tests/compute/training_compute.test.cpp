// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>
#include <array>
#include <chrono>
#include <cmath>
#include <compute_divide/compute/training_compute.hpp>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/close.hpp"
#include "support/ranges.hpp"

using namespace compute_divide;
using test_support::close;

namespace {

constexpr double z90 = 1.6448536269514722;

const training_data gpt3{.parameters = 1.746e11, .datapoints = 3e11, .epochs = 1, .unit = datapoint_unit::tokens};

compute_estimate known(double flops, double sigma) {
    return compute_of_count(flop(flops), {.log10_sigma = sigma});
}

}  // namespace

TEST_CASE("GPT-3: 6 N D is 3.14e23") {
    const compute_estimate e = compute_of_data(gpt3);
    REQUIRE(e);
    CHECK(close(*e.flop.value, 6 * 1.746e11 * 3e11, 1e-15));
    CHECK(close(*e.flop.value, 3.14e23, 1e-3));
    CHECK(e.method == compute_method::parameters_and_data);
    CHECK(e.flop.method == "parameters and data");
    CHECK(e.flop.level == 0.9);
    CHECK(e.flop.n == 1);
    CHECK(e.assumptions == compute_assumptions{compute_assumption::dense_model, compute_assumption::tokens_given});
    CHECK(close(std::log10(e.flop.upper() / *e.flop.value), z90 * e.log10_sigma, 1e-12));
    CHECK(close(e.flop.lower() * e.flop.upper(), *e.flop.value * *e.flop.value, 1e-12));
}

TEST_CASE("data points in their unit") {
    const struct {
        datapoint_unit unit;
        double tokens;
    } rows[] = {{datapoint_unit::tokens, 1},   {datapoint_unit::words, 4.0 / 3},    {datapoint_unit::images, 256},
                {datapoint_unit::frames, 256}, {datapoint_unit::audio_seconds, 50}, {datapoint_unit::sequences, 300},
                {datapoint_unit::games, 72200}};
    for (const auto& row : rows) {
        CAPTURE(name_of(row.unit));
        const training_data data{.parameters = 1e8, .datapoints = 1e6, .epochs = 10, .unit = row.unit};
        CHECK(close(*compute_of_data(data).flop.value, 6e15 * row.tokens, 1e-14));
        training_data given = data;
        given.tokens_per_datapoint = 1000;
        const compute_estimate e = compute_of_data(given);
        CHECK(close(*e.flop.value, 6e18, 1e-14));
        CHECK(e.assumptions.contains(compute_assumption::tokens_given));
    }
    static_assert(!typical_tokens(datapoint_unit::unknown));
    // The less is known, the wider.
    training_data data = gpt3;
    const double tokens_and_epochs = compute_of_data(data).log10_sigma;
    data.epochs.reset();
    const double tokens = compute_of_data(data).log10_sigma;
    data.unit = datapoint_unit::words;
    const double neither = compute_of_data(data).log10_sigma;
    data.epochs = 1;
    const double epochs = compute_of_data(data).log10_sigma;
    CHECK(tokens_and_epochs < tokens);
    CHECK(tokens < neither);
    CHECK(tokens_and_epochs < epochs);
    CHECK(epochs < neither);
}

TEST_CASE("ViT-L/16 on 300 million images: 196 tokens each") {
    const compute_estimate e =
        compute_of_data({.parameters = 307e6, .datapoints = 303e6, .epochs = 7, .tokens_per_datapoint = 196});
    CHECK(close(*e.flop.value, 6.0 * 307e6 * 303e6 * 7 * 196, 1e-14));
}

TEST_CASE("an unknown unit takes the tokens of its domain, and says so") {
    const training_data data{.parameters = 1e8, .datapoints = 1e8, .epochs = 1, .domain = model_domain::vision};
    const learned_units units{.intercepts = {0, 2},
                              .per_datapoints = 0.5,
                              .per_parameters = 0.25,
                              .epochs_not_known = 1,
                              .per_epochs = -0.5,
                              .per_year = 0.1,
                              .sigma = {2, 1}};
    const data_options options{.units = &units};
    const compute_estimate e = compute_of_data(data, options);
    CHECK(close(*e.flop.value, 6e16 * 100, 1e-14));
    CHECK(e.log10_sigma == 1);
    CHECK(e.assumptions == compute_assumptions{compute_assumption::dense_model, compute_assumption::learned_tokens});

    training_data other = data;
    other.datapoints = 1e10;
    CHECK(close(*compute_of_data(other, options).flop.value, 6e18 * 1000, 1e-14));
    other = data;
    other.parameters = 1e12;
    CHECK(close(*compute_of_data(other, options).flop.value, 6e20 * 1000, 1e-14));
    other = data;
    other.epochs = 100;
    CHECK(close(*compute_of_data(other, options).flop.value, 6e18 * 10, 1e-14));
    other = data;
    other.year = 2030;
    CHECK(close(*compute_of_data(other, options).flop.value, 6e16 * 1000, 1e-14));
    other = data;
    other.epochs.reset();
    const compute_estimate unknown = compute_of_data(other, options);
    CHECK(close(*unknown.flop.value, 6e16 * 1000, 1e-14));
    CHECK(unknown.log10_sigma == 2);
    CHECK(unknown.assumptions.contains(compute_assumption::epochs_not_known));
}

// Operations counted from the published sizes; the estimate knows neither the unit nor the architecture.
TEST_CASE("what was learned holds the truth of well-known models") {
    const struct {
        std::string_view name;
        training_data data;
        double flops;
    } rows[] = {
        // 4.09e9 multiply-adds an image (He et al. 2016).
        {"ResNet-50",
         {.parameters = 25.6e6, .datapoints = 1.28e6, .epochs = 90, .year = 2015},
         6 * 4.09e9 * 1.28e6 * 90},
        // 0.72e9 multiply-adds an image (Krizhevsky et al. 2012).
        {"AlexNet", {.parameters = 61e6, .datapoints = 1.28e6, .epochs = 90, .year = 2012}, 6 * 0.72e9 * 1.28e6 * 90},
        // 17.6e9 multiply-adds an image (Dosovitskiy et al. 2021).
        {"ViT-B/16",
         {.parameters = 86e6, .datapoints = 1.28e6, .epochs = 300, .year = 2020},
         6 * 17.6e9 * 1.28e6 * 300},
    };
    for (const auto& row : rows) {
        CAPTURE(row.name);
        training_data data = row.data;
        data.domain = model_domain::vision;
        const compute_estimate e = compute_of_data(data);
        CHECK(e.flop.bounds->contains(row.flops));
        data.unit = datapoint_unit::images;
        CHECK(std::abs(std::log10(*compute_of_data(data).flop.value / row.flops)) < 1.6);
        data.unit = datapoint_unit::tokens;  // which they are not
        CHECK(std::log10(*compute_of_data(data).flop.value / row.flops) < -1);
    }
}

TEST_CASE("domains by Epoch's words") {
    static_assert(model_domain_of("Language") == model_domain::language);
    static_assert(model_domain_of("Language,Vision") == model_domain::language);
    static_assert(model_domain_of("Image generation") == model_domain::vision);
    static_assert(model_domain_of("Robotics") == model_domain::games);
    static_assert(model_domain_of("Medicine") == model_domain::biology);
    static_assert(model_domain_of("") == model_domain::other);
    CHECK(parse_name<model_domain>("biology") == model_domain::biology);
    CHECK(parse_name<datapoint_unit>("frames") == datapoint_unit::frames);
    CHECK(parse_name<compute_method>("hardware") == compute_method::hardware);
}

TEST_CASE("chips x time x peak x utilisation") {
    const hardware_run run{
        .chips = 64, .time = std::chrono::hours(24 * 12), .peak = flop_per_second(312e12), .utilization = 0.4};
    const compute_estimate e = compute_of_hardware(run);
    CHECK(close(*e.flop.value, 64 * 312e12 * 0.4 * 12 * 86400, 1e-14));
    CHECK(e.method == compute_method::hardware);
    CHECK(e.assumptions == compute_assumptions{compute_assumption::utilization_given});
}

TEST_CASE("a typical utilisation depends on domain and era, and is less certain than a given one") {
    hardware_run run{.chips = 1, .time = seconds(1), .peak = flop_per_second(1e15)};
    for (const model_domain domain : {model_domain::language, model_domain::vision})
        for (const double year : {2019.0, 2024.0}) {
            run.domain = domain;
            run.year = year;
            const compute_estimate e = compute_of_hardware(run);
            CHECK(close(*e.flop.value, 1e15 * detail::epoch_hardware.utilization(domain, year), 1e-14));
            CHECK(*e.flop.value > 0.15e15);
            CHECK(*e.flop.value < 0.5e15);
            CHECK(e.assumptions == compute_assumptions{compute_assumption::typical_utilization});
            hardware_run given = run;
            given.utilization = 0.4;
            CHECK(compute_of_hardware(given).log10_sigma <= e.log10_sigma);
        }
}

TEST_CASE("a run on a known chip: its peak by the era's format") {
    const accelerator chip{
        .name = "a chip",
        .released = std::chrono::year(2017) / 6 / 21,
        .dense = {.fp32 = flop_per_second(15.7e12), .fp16_tensor = flop_per_second(125e12)},
    };
    const auto late = run_on(chip, 8, std::chrono::hours(1), 2020);
    REQUIRE(late);
    CHECK(late->peak == flop_per_second(125e12));
    CHECK(late->time == seconds(3600));
    CHECK(late->chips == 8);
    CHECK(late->released == 2017);
    const auto early = run_on(chip, 8, std::chrono::hours(1), 2016);
    REQUIRE(early);
    CHECK(early->peak == flop_per_second(15.7e12));
    CHECK(compute_of_hardware(*early).assumptions.contains(compute_assumption::before_release));
    CHECK(run_on(chip, 8, seconds(1), 2020, {.rule = training_format::fp32})->peak == flop_per_second(15.7e12));
    CHECK_FALSE(run_on(accelerator{.name = "unknown"}, 8, seconds(1), 2020));
}

TEST_CASE("a run before its chip was released is warned of") {
    hardware_run run{.chips = 1, .time = seconds(1), .peak = flop_per_second(1), .year = 2019, .released = 2020};
    CHECK(compute_of_hardware(run).assumptions.contains(compute_assumption::before_release));
    run.year = 2020;
    CHECK_FALSE(compute_of_hardware(run).assumptions.contains(compute_assumption::before_release));
}

TEST_CASE("a fine-tune on a base: both runs") {
    training_data data = gpt3;
    data.base = flop(1e24);
    const compute_estimate e = compute_of_data(data);
    CHECK(close(*e.flop.value, 1e24 + 6 * 1.746e11 * 3e11, 1e-14));
    CHECK(e.assumptions.contains(compute_assumption::base_model_added));
    const compute_estimate by_chips = compute_of_hardware(
        {.chips = 1, .time = seconds(1), .peak = flop_per_second(1e15), .utilization = 1, .base = flop(5e15)});
    CHECK(close(*by_chips.flop.value, 6e15, 1e-14));
    CHECK(by_chips.assumptions.contains(compute_assumption::base_model_added));
}

TEST_CASE("levels") {
    const compute_estimate wide = compute_of_count(flop(1e20), {.log10_sigma = 1, .level = 0.95});
    CHECK(close(wide.flop.upper(), 1e20 * std::pow(10, 1.9599639845400545), 1e-12));
    CHECK(close(wide.flop.lower(), 1e20 / std::pow(10, 1.9599639845400545), 1e-12));
    for (const double bad : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
        CHECK_THROWS_AS(static_cast<void>(compute_of_count(flop(1), {.level = bad})), std::invalid_argument);
        CHECK_THROWS_AS(static_cast<void>(compute_of_data(gpt3, {.level = bad})), std::invalid_argument);
        CHECK_THROWS_AS(static_cast<void>(reconcile(std::array{known(1, 1)}, {.level = bad})), std::invalid_argument);
    }
}

TEST_CASE("two estimates as one: geometric mean, and weights of their certainty") {
    const reconciled_compute equal = reconcile(std::array{known(1e20, 0.5), known(4e20, 0.5)});
    CHECK(close(*equal.combined.flop.value, 2e20, 1e-12));
    CHECK(close(equal.combined.log10_sigma, 0.5 / std::sqrt(2.0), 1e-12));
    CHECK(equal.combined.flop.n == 2);
    CHECK(equal.combined.method == compute_method::reconciled);
    CHECK(close(equal.largest_z, std::log10(4.0) / std::sqrt(0.5), 1e-12));
    CHECK_FALSE(equal.disagree);

    // 0.1 and 0.2: weights 100 and 25.
    const reconciled_compute sure = reconcile(std::array{known(1e20, 0.1), known(1.2e20, 0.2)});
    CHECK(close(std::log10(*sure.combined.flop.value), 20 + std::log10(1.2) / 5, 1e-13));
    CHECK(close(sure.combined.log10_sigma, 1 / std::sqrt(125.0), 1e-12));
    // The level's interval is about the combined median.
    CHECK(close(sure.combined.flop.upper() / *sure.combined.flop.value, std::pow(10, z90 * sure.combined.log10_sigma),
                1e-12));
}

TEST_CASE("estimates that disagree beyond their uncertainty are flagged, and the interval widened") {
    const std::array pair{known(1e20, 0.3), known(1e22, 0.4)};
    const reconciled_compute both = reconcile(pair);
    CHECK(close(both.largest_z, 4, 1e-12));
    CHECK(both.disagree);
    CHECK(both.combined.assumptions.contains(compute_assumption::estimates_disagree));
    // Q of two is z^2: sigma = 0.24 x 4.
    CHECK(close(both.combined.log10_sigma, 0.24 * 4, 1e-12));
    CHECK(close(reconcile(pair, {.widen = false}).combined.log10_sigma, 0.24, 1e-12));
    CHECK_FALSE(reconcile(pair, {.disagreement = 4.5}).disagree);
    CHECK_FALSE(reconcile(std::array{known(1e20, 0.3), known(1.1e20, 0.4)}).disagree);
    // The pair that differs most, in any order.
    CHECK(close(reconcile(std::array{known(1e21, 0.3), known(1e22, 0.4), known(1e20, 0.3)}).largest_z, 4, 1e-12));
}

TEST_CASE("estimates without a value are left out; one alone stays; none is no data") {
    compute_estimate none;
    const reconciled_compute one = reconcile(std::array{none, known(1e20, 0.3)});
    CHECK(close(*one.combined.flop.value, 1e20, 1e-13));
    CHECK(close(one.combined.log10_sigma, 0.3, 1e-13));
    CHECK(one.combined.flop.n == 1);
    CHECK(one.combined.flop.n_missing == 1);
    CHECK(one.largest_z == 0);
    CHECK_FALSE(one.disagree);
    const reconciled_compute empty = reconcile(std::array{none, none});
    CHECK_FALSE(empty.combined);
    CHECK(empty.combined.flop.status == estimate_status::no_data);
    CHECK(empty.combined.flop.n_missing == 2);
    CHECK_FALSE(reconcile(std::vector<compute_estimate>{}).combined);
    CHECK_THROWS_WITH_AS(static_cast<void>(reconcile(std::array{known(1e20, 0)})),
                         "compute_divide::reconcile: log10_sigma > 0, got 0", std::invalid_argument);
}

namespace {

struct record {
    std::optional<double> parameters, tokens;
};
std::optional<training_data> data_of(const record& r) {
    if (!r.parameters || !r.tokens) return std::nullopt;
    return training_data{
        .parameters = *r.parameters, .datapoints = *r.tokens, .epochs = 1, .unit = datapoint_unit::tokens};
}

}  // namespace

static_assert(field_yielding<decltype(&data_of), std::vector<record>, training_data>);
static_assert(!field_yielding<decltype(&data_of), std::vector<record>, hardware_run>);
static_assert(!field_yielding<decltype(&record::parameters), std::vector<record>, training_data>);

TEST_CASE("records: in their order, what is not known has no value") {
    const std::vector<record> records{{1e9, 1e10}, {1e9, {}}, {2e9, 1e10}};
    const auto estimates = compute_of_data(records, data_of, {.level = 0.5});
    REQUIRE(estimates.size() == 3);
    CHECK(estimates[0] == compute_of_data(*data_of(records[0]), {.level = 0.5}));
    CHECK(estimates[1].flop.status == estimate_status::no_data);
    CHECK(estimates[1].flop.n_missing == 1);
    CHECK(estimates[1].flop.level == 0.5);
    CHECK(estimates[2] == compute_of_data(*data_of(records[2]), {.level = 0.5}));

    CHECK(compute_of_data(test_support::single_pass(records), data_of, {.level = 0.5}) == estimates);
    CHECK(reconcile(test_support::single_pass(estimates)) == reconcile(estimates));

    const auto runs = compute_of_hardware(records, [](const record& r) {
        return hardware_run{.chips = *r.parameters, .time = seconds(1), .peak = flop_per_second(1)};
    });
    REQUIRE(runs.size() == 3);
    CHECK(runs[0].method == compute_method::hardware);
    CHECK(close(*runs[2].flop.value, 2 * *runs[0].flop.value, 1e-14));
}

TEST_CASE("impossible data and runs are refused") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double bad : {0.0, -1.0, nan, infinity}) {
        training_data data = gpt3;
        data.parameters = bad;
        CHECK_THROWS_AS(static_cast<void>(compute_of_data(data)), std::invalid_argument);
        data = gpt3;
        data.datapoints = bad;
        CHECK_THROWS_AS(static_cast<void>(compute_of_data(data)), std::invalid_argument);
        data = gpt3;
        data.epochs = bad;
        CHECK_THROWS_AS(static_cast<void>(compute_of_data(data)), std::invalid_argument);
        data = gpt3;
        data.tokens_per_datapoint = bad;
        CHECK_THROWS_AS(static_cast<void>(compute_of_data(data)), std::invalid_argument);
        CHECK_THROWS_AS(static_cast<void>(compute_of_count(flop(bad))), std::invalid_argument);
        const hardware_run run{.chips = 8, .time = seconds(1), .peak = flop_per_second(1)};
        hardware_run wrong = run;
        wrong.chips = bad;
        CHECK_THROWS_AS(static_cast<void>(compute_of_hardware(wrong)), std::invalid_argument);
        wrong = run;
        wrong.time = seconds(bad);
        CHECK_THROWS_AS(static_cast<void>(compute_of_hardware(wrong)), std::invalid_argument);
        wrong = run;
        wrong.peak = flop_per_second(bad);
        CHECK_THROWS_AS(static_cast<void>(compute_of_hardware(wrong)), std::invalid_argument);
        wrong = run;
        wrong.utilization = bad;
        CHECK_THROWS_AS(static_cast<void>(compute_of_hardware(wrong)), std::invalid_argument);
    }
    CHECK_THROWS_WITH_AS(static_cast<void>(compute_of_hardware(
                             {.chips = 1, .time = seconds(1), .peak = flop_per_second(1), .utilization = 72})),
                         "compute_divide::compute_of_hardware: utilization in (0, 1], got 72", std::invalid_argument);
    CHECK_THROWS_WITH_AS(
        static_cast<void>(compute_of_hardware({.chips = -8, .time = seconds(1), .peak = flop_per_second(1)})),
        "compute_divide::compute_of_hardware: finite chips > 0, got -8", std::invalid_argument);
}

TEST_CASE("in words") {
    compute_estimate e = compute_of_count(flop(1e20), {.log10_sigma = 0});
    CHECK(to_string(e) == "1e+20 [1e+20, 1e+20] (operation counting, 90 %, n = 1)");
    e.assumptions = {compute_assumption::typical_utilization, compute_assumption::epochs_not_known};
    CHECK(to_string(e) ==
          "1e+20 [1e+20, 1e+20] (operation counting, 90 %, n = 1); epochs not known, typical utilization");
}
