// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/compute_from_hardware.hpp>

#include <chrono>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/results.hpp>

#include "support/close.hpp"

using namespace compute_divide;
using test_support::close;

TEST_CASE("chips x time x peak x utilisation") {
    const hardware_run run{
        .chips = 64, .time = std::chrono::hours(24 * 12), .peak = flop_per_second(312e12), .utilisation = 0.4};
    const compute_estimate e = compute_of_hardware(run);
    CHECK(close(*e.flop.value, 64 * 312e12 * 0.4 * 12 * 86400, 1e-14));
    CHECK(e.method == compute_method::hardware);
    CHECK(e.assumptions == compute_assumptions{compute_assumption::utilisation_given});
}

TEST_CASE("a typical utilisation depends on domain and era, and is less certain than a given one") {
    hardware_run run{.chips = 1, .time = seconds(1), .peak = flop_per_second(1e15)};
    for (const model_domain domain : {model_domain::language, model_domain::vision})
        for (const double year : {2019.0, 2024.0}) {
            run.domain = domain;
            run.year = year;
            const compute_estimate e = compute_of_hardware(run);
            CHECK(close(*e.flop.value, 1e15 * epoch_hardware.utilisation(domain, year), 1e-14));
            CHECK(*e.flop.value > 0.15e15);
            CHECK(*e.flop.value < 0.5e15);
            CHECK(e.assumptions == compute_assumptions{compute_assumption::typical_utilisation});
            hardware_run given = run;
            given.utilisation = 0.4;
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
    const compute_estimate by_chips = compute_of_hardware(
        {.chips = 1, .time = seconds(1), .peak = flop_per_second(1e15), .utilisation = 1, .base = flop(5e15)});
    CHECK(close(*by_chips.flop.value, 6e15, 1e-14));
    CHECK(by_chips.assumptions.contains(compute_assumption::base_model_added));
}

namespace {

struct record {
    double chips = 0;
};

}  // namespace

TEST_CASE("records: in their order, what is not known has no value") {
    const std::vector<record> records{{1}, {0}, {2}};
    const auto runs = compute_of_hardware(records, [](const record& r) {
        return r.chips > 0
                   ? std::optional(hardware_run{.chips = r.chips, .time = seconds(1), .peak = flop_per_second(1)})
                   : std::nullopt;
    });
    REQUIRE(runs.size() == 3);
    CHECK(runs[0].method == compute_method::hardware);
    CHECK(runs[1].flop.status == estimate_status::no_data);
    CHECK(runs[1].flop.n_missing == 1);
    CHECK(close(*runs[2].flop.value, 2 * *runs[0].flop.value, 1e-14));
}

TEST_CASE("as JSON, numbers of base units; as text, with them") {
    const hardware_run run{.chips = 8, .time = std::chrono::hours(1), .peak = flop_per_second(312e12)};
    CHECK(to_json(run) == R"({"chips":8,"time":3600,"peak":312000000000000,"utilisation":null,"domain":"other",)"
                          R"("year":2022,"released":null,"base":0})");
    const std::string text = to_string(run);
    CHECK(text.find("time         3.6e+03 s\n") != text.npos);
    CHECK(text.find("peak         312 TFLOP/s\n") != text.npos);
}

TEST_CASE("impossible runs are refused") {
    const double infinity = std::numeric_limits<double>::infinity();
    const hardware_run run{.chips = 8, .time = seconds(1), .peak = flop_per_second(1)};
    for (const double bad : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), infinity}) {
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
        wrong.utilisation = bad;
        CHECK_THROWS_AS(static_cast<void>(compute_of_hardware(wrong)), std::invalid_argument);
    }
    CHECK_THROWS_WITH_AS(static_cast<void>(compute_of_hardware(
                             {.chips = 1, .time = seconds(1), .peak = flop_per_second(1), .utilisation = 72})),
                         "compute_divide::compute_of_hardware: utilisation in (0, 1], got 72", std::invalid_argument);
    CHECK_THROWS_WITH_AS(
        static_cast<void>(compute_of_hardware({.chips = -8, .time = seconds(1), .peak = flop_per_second(1)})),
        "compute_divide::compute_of_hardware: finite chips > 0, got -8", std::invalid_argument);
}
