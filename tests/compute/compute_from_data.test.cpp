// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/compute_from_data.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/ranges.hpp"

using namespace compute_divide;
using test_support::close;

namespace {

constexpr double z90 = 1.6448536269514722;

const training_data gpt3{.parameters = 1.746e11, .datapoints = 3e11, .epochs = 1, .unit = datapoint_unit::tokens};

}  // namespace

TEST_CASE("GPT-3: 6 N D is 3.14e23") {
    const compute_estimate e = compute_of_data(gpt3);
    REQUIRE(e);
    CHECK(close(*e.flop.value, 6 * 1.746e11 * 3e11, 1e-15));
    CHECK(close(*e.flop.value, 3.14e23, 1e-3));
    CHECK(e.method == compute_method::parameters_and_data);
    CHECK(e.flop.method == "parameters_and_data");
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
    const learned_tokens units{.intercepts = {0, 2},
                               .per_datapoints = 0.5,
                               .per_parameters = 0.25,
                               .epochs_not_known = 1,
                               .per_epochs = -0.5,
                               .per_year = 0.1,
                               .sigma = {2, 1}};
    const compute_of_data_options options{.tokens = units};
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

TEST_CASE("units by name") {
    CHECK(parse_name<datapoint_unit>("frames") == datapoint_unit::frames);
    CHECK(parse_name<datapoint_unit>("audio_seconds") == datapoint_unit::audio_seconds);
    CHECK(description_of(datapoint_unit::audio_seconds) == "seconds of sound");
}

TEST_CASE("a fine-tune on a base: both runs") {
    training_data data = gpt3;
    data.base = flop(1e24);
    const compute_estimate e = compute_of_data(data);
    CHECK(close(*e.flop.value, 1e24 + 6 * 1.746e11 * 3e11, 1e-14));
    CHECK(e.assumptions.contains(compute_assumption::base_model_added));
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
static_assert(!field_yielding<decltype(&data_of), std::vector<record>, double>);
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
}

TEST_CASE("impossible data are refused") {
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double bad : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), infinity}) {
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
    }
    for (const double bad : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(static_cast<void>(compute_of_data(gpt3, {.level = bad})), std::invalid_argument);
}
