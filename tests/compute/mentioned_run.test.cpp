// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/mentioned_run.hpp>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/results.hpp>

#include "support/close.hpp"

using namespace compute_divide;
using namespace std::chrono_literals;
using test_support::close;

namespace {

const accelerator_catalogue catalogue;
using facts = std::vector<run_fact>;
const hardware_mention a100{.chip = "NVIDIA A100 SXM4 80 GB"};

hardware_mention with(std::optional<double> count, std::optional<double> hours, std::optional<double> chip_hours) {
    hardware_mention mention = a100;
    mention.count = count;
    mention.hours = hours;
    mention.chip_hours = chip_hours;
    return mention;
}

bool holds(const facts& all, run_fact one) {
    return std::ranges::find(all, one) != all.end();
}

}  // namespace

TEST_CASE("what a sentence states is a run whose compute can be estimated") {
    const hardware_reader read(catalogue);
    const auto mentions = read("We trained on 64 A100 80GB for 12 days.");
    REQUIRE(mentions.size() == 1);
    const mentioned_run stated = hardware_run_of(mentions[0], catalogue, {.year = 2023});
    REQUIRE(stated);
    CHECK(stated.run.chips == 64);
    CHECK(stated.run.time == seconds(12 * 24h));
    CHECK(stated.run.peak == flop_per_second(312e12));
    CHECK(stated.run.year == 2023);
    CHECK(stated.run.released == 2020);
    CHECK(stated.format == number_format::fp16_tensor);
    CHECK(stated.chip->name == "NVIDIA A100 SXM4 80 GB");
    CHECK(stated.missing.empty());
    CHECK(stated.assumed == facts{run_fact::format, run_fact::utilisation});
    // By hand: 64 chips x 288 h x 312 TFLOP/s at the typical utilisation.
    const double utilisation = epoch_hardware.utilisation(model_domain::other, 2023);
    CHECK(close(*compute_of_hardware(stated.run).flop.value, 64 * 288 * 3600 * 312e12 * utilisation, 1e-12));
}

TEST_CASE("of count, hours and chip hours two give the third") {
    const struct {
        std::optional<double> count, hours, chip_hours;
        double chips, time;  // hours
        facts missing;
        bool count_assumed;
    } rows[] = {
        {8, 10, {}, 8, 10, {}, false},
        {8, {}, 80, 8, 10, {}, false},
        {{}, 10, 80, 8, 10, {}, false},
        {8, 10, 40, 8, 5, {}, false},  // chip hours are what the compute hangs on
        {{}, {}, 80, 1, 80, {}, true},
        {8, {}, {}, 8, 0, {run_fact::time}, false},
        {{}, 10, {}, 0, 10, {run_fact::count}, false},
        {{}, {}, {}, 0, 0, {run_fact::count, run_fact::time}, false},
        {0, 10, {}, 0, 10, {run_fact::count}, false},
        {8, -1, {}, 8, 0, {run_fact::time}, false},
        {std::numeric_limits<double>::infinity(), 10, {}, 0, 10, {run_fact::count}, false},
    };
    for (const auto& row : rows) {
        const mentioned_run stated =
            hardware_run_of(with(row.count, row.hours, row.chip_hours), catalogue, {.year = 2023});
        CAPTURE(to_json(stated));
        CHECK(stated.run.chips == row.chips);
        CHECK(close(stated.run.time.count(), 3600 * row.time, 1e-15));
        CHECK(stated.missing == row.missing);
        CHECK(holds(stated.assumed, run_fact::count) == row.count_assumed);
        CHECK(static_cast<bool>(stated) == row.missing.empty());
        CHECK((stated.status == estimate_status::ok) == row.missing.empty());
    }
}

TEST_CASE("a range or a bound is never the number in silence") {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    constexpr std::nullopt_t none = std::nullopt;
    const struct {
        std::optional<double> count, hours, chip_hours;
        stated_bounds count_bounds, hours_bounds, chip_hours_bounds;
        double chips, time;
        std::optional<interval> ends;
        facts bounded;
    } rows[] = {
        {8, 10, {}, {}, {}, {}, 8, 10, {}, {}},
        {8, 9, {}, {}, {8, 10}, {}, 8, 9, interval{64, 80}, {run_fact::time}},
        {8, 240, {}, {}, {none, 240}, {}, 8, 240, interval{0, 1920}, {run_fact::time}},
        {8, 240, {}, {}, {240, none}, {}, 8, 240, interval{1920, infinite}, {run_fact::time}},
        {{}, 10, {}, {4, 8}, {}, {}, 6, 10, interval{40, 80}, {run_fact::count}},
        {64, 9, {}, {none, 64}, {8, 10}, {}, 64, 9, interval{0, 640}, {run_fact::count, run_fact::time}},
        {64, 9, {}, {none, 64}, {8, none}, {}, 64, 9, interval{0, infinite}, {run_fact::count, run_fact::time}},
        {{}, {}, 3000, {}, {}, {3000, none}, 1, 3000, interval{3000, infinite}, {run_fact::time}},
        {8, {}, 100, {none, 8}, {}, {}, 8, 12.5, {}, {run_fact::count}},           // the chip hours are exact
        {8, 10, {}, {}, {-2, 22}, {}, 8, 10, interval{0, 176}, {run_fact::time}},  // "10 \pm 12"
        {{}, 10, {}, {none, 8}, {}, {}, 0, 10, {}, {}},
    };
    for (const auto& row : rows) {
        hardware_mention mention = with(row.count, row.hours, row.chip_hours);
        mention.count_bounds = row.count_bounds;
        mention.hours_bounds = row.hours_bounds;
        mention.chip_hours_bounds = row.chip_hours_bounds;
        const mentioned_run stated = hardware_run_of(mention, catalogue, {.year = 2023});
        CAPTURE(to_json(stated));
        CHECK(stated.run.chips == row.chips);
        CHECK(close(stated.run.time.count(), 3600 * row.time, 1e-15));
        CHECK(stated.chip_hours_ends == row.ends);
        CHECK(stated.bounded == row.bounded);
        const estimate of{.value = 10, .bounds = interval{5, 20}, .status = estimate_status::ok};
        const estimate opened = within_ends(of, stated);
        const double taken = row.chips * row.time;
        CHECK(opened.value == 10);
        CHECK(close(opened.lower(), row.ends ? 5 * row.ends->lower / taken : 5, 1e-14));
        CHECK((row.ends
                   ? opened.upper() == row.ends->upper || close(opened.upper(), 20 * row.ends->upper / taken, 1e-14)
                   : opened.upper() == 20));
    }
    CHECK_FALSE(within_ends(estimate{}, hardware_run_of(with(8, 10, {}), catalogue)).bounds);
}

TEST_CASE("what a bound leaves open is no contradiction") {
    hardware_mention mention = with(64, 10, 100);
    mention.count_bounds = {.upper = 64};
    CHECK(hardware_run_of(mention, catalogue).contradictions.empty());
    mention.count_bounds = {.lower = 64};
    CHECK(hardware_run_of(mention, catalogue).contradictions == std::vector{run_contradiction::chip_hours});
}

TEST_CASE("the year, where none is given, is the one after the chip's release") {
    const mentioned_run stated = hardware_run_of(with(8, 1, {}), catalogue);
    CHECK(stated.run.year == 2021);
    CHECK(holds(stated.assumed, run_fact::year));
    hardware_mention own = with(8, 1, {});
    own.chip = "own chip";
    const accelerator mine{.name = "own chip", .dense = {.fp16_tensor = flop_per_second(1e12)}};
    CHECK(hardware_run_of(own, accelerator_catalogue(std::vector{mine})).run.year == 2024);
}

TEST_CASE("the format: that of the text, else of the rule") {
    hardware_mention mention = with(8, 1, {});
    mention.format = number_format::fp32;
    mention.utilisation = 0.5;
    const mentioned_run stated = hardware_run_of(mention, catalogue, {.year = 2023});
    CHECK(stated.run.peak == *catalogue.at(a100.chip).dense.fp32);
    CHECK(stated.format == number_format::fp32);
    CHECK(stated.run.utilisation == 0.5);
    CHECK(stated.assumed.empty());
    CHECK(hardware_run_of(with(8, 1, {}), catalogue, {.rule = training_format::fp32}).run.peak ==
          *catalogue.at(a100.chip).dense.fp32);
}

TEST_CASE("a chip that is not known, and a peak that is not") {
    hardware_mention mention = with(8, 1, {});
    mention.chip = "";
    CHECK(hardware_run_of(mention, catalogue).missing == facts{run_fact::chip});
    mention.chip = "no such chip";
    CHECK(hardware_run_of(mention, catalogue).missing == facts{run_fact::chip});
    CHECK_FALSE(hardware_run_of(mention, catalogue).chip);
    mention = with(8, 1, {});
    mention.format = number_format::fp4;
    const mentioned_run stated = hardware_run_of(mention, catalogue);
    CHECK(stated.missing == facts{run_fact::peak});
    CHECK(stated.chip);
    CHECK_FALSE(stated.format);
    CHECK(stated.run.chips == 8);
}

TEST_CASE("domain and base model go into the run") {
    const mentioned_run stated =
        hardware_run_of(with(8, 1, {}), catalogue, {.domain = model_domain::language, .base = flop(1e20)});
    CHECK(stated.run.domain == model_domain::language);
    CHECK(stated.run.base == flop(1e20));
}

TEST_CASE("as JSON and in words, with what is missing by name") {
    const mentioned_run stated = hardware_run_of(with(8, {}, {}), catalogue, {.year = 2023});
    CHECK(to_json(stated).find(R"("missing":["time"],"assumed":["format","utilisation"],"status":"no_data")") !=
          std::string::npos);
    CHECK(to_json(stated).find(R"("released":"2020-)") != std::string::npos);
    CHECK(to_string(stated).find("assumed          number format, utilisation\n") != std::string::npos);
    CHECK(parse_name<run_fact>("count") == run_fact::count);
}

TEST_CASE("what cannot all be true is reported, from a factor of 1.2 on") {
    const auto found = [](double chip_hours, int year) {
        return hardware_run_of(with(8, 10, chip_hours), catalogue, {.year = year}).contradictions;
    };
    using contradictions = std::vector<run_contradiction>;
    CHECK(found(80, 2021).empty());
    CHECK(found(95, 2021).empty());
    CHECK(found(68, 2021).empty());
    CHECK(found(97, 2021) == contradictions{run_contradiction::chip_hours});
    CHECK(found(66, 2021) == contradictions{run_contradiction::chip_hours});
    CHECK(found(80, 2019) == contradictions{run_contradiction::before_release});
    CHECK(found(8000, 2019) == contradictions{run_contradiction::chip_hours, run_contradiction::before_release});
    CHECK(found(80, 2020).empty());
}
