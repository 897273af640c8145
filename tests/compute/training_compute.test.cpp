// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/training_compute.hpp>

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/results.hpp>

#include "support/close.hpp"

using namespace compute_divide;
using test_support::close;

namespace {

const accelerator_catalogue catalogue;
const hardware_reader reader(catalogue);

std::vector<stated_training> of(std::string_view text, const training_compute_options& options = {}) {
    return training_compute_of(text, reader, catalogue, options);
}

const compute_step& step(const stated_training& training, run_fact fact) {
    for (const compute_step& each : training.chain)
        if (each.fact == fact) return each;
    FAIL("no such step");
    return training.chain.front();
}

}  // namespace

TEST_CASE("a sentence to FLOP, each factor with what it rests on") {
    constexpr std::string_view text = "We trained on 64 A100 80GB for 12 days.";
    const auto all = of(text, {.run = {.year = 2023}});
    REQUIRE(all.size() == 1);
    const stated_training& training = all[0];
    REQUIRE(training);
    const double utilisation = epoch_hardware.utilisation(model_domain::other, 2023);
    CHECK(close(*training.compute.flop.value, 64 * 288 * 3600 * 312e12 * utilisation, 1e-12));
    CHECK(training.compute == compute_of_hardware(training.run.run));
    CHECK(step(training, run_fact::chip).basis == fact_basis::stated);
    CHECK(step(training, run_fact::chip).value == "NVIDIA A100 SXM4 80 GB");
    CHECK(step(training, run_fact::count).value == "64");
    CHECK(step(training, run_fact::count).basis == fact_basis::stated);
    const compute_step& time = step(training, run_fact::time);
    CHECK(time.value == "288 h");
    CHECK(text.substr(time.span.begin, time.span.end - time.span.begin).find("12 days") != std::string_view::npos);
    CHECK(step(training, run_fact::year).basis == fact_basis::stated);
    CHECK(step(training, run_fact::format).basis == fact_basis::assumed);
    CHECK(step(training, run_fact::peak).basis == fact_basis::known);
    CHECK(step(training, run_fact::peak).value == "312 TFLOP/s");
    CHECK(step(training, run_fact::utilisation).basis == fact_basis::assumed);
    CHECK(step(of(text)[0], run_fact::year).basis == fact_basis::assumed);
}

TEST_CASE("what is missing is named, and nothing is estimated") {
    const auto no_time = of("We trained on 64 A100 GPUs.");
    REQUIRE(no_time.size() == 1);
    CHECK_FALSE(no_time[0]);
    CHECK(no_time[0].compute.flop.status == estimate_status::no_data);
    CHECK(step(no_time[0], run_fact::time).basis == fact_basis::missing);
    CHECK(to_string(no_time[0]).starts_with("no estimate without time\n  chip: NVIDIA A100, stated\n"));
    const auto no_chip = of("Training took 3 days on 8 GPUs.");
    REQUIRE(no_chip.size() == 1);
    CHECK(step(no_chip[0], run_fact::chip).basis == fact_basis::missing);
    CHECK(step(no_chip[0], run_fact::peak).basis == fact_basis::missing);
    CHECK(of("We thank our colleagues.").empty());
    CHECK(of("").empty());
}

TEST_CASE("chip hours alone: the compute is known, the count is not") {
    const auto all = of("In total we spent 20,480 GPU hours on H100s for training.");
    REQUIRE(all.size() == 1);
    REQUIRE(all[0]);
    CHECK(step(all[0], run_fact::count).basis == fact_basis::assumed);
    CHECK(step(all[0], run_fact::time).value == "20480 chip hours");
    CHECK(step(all[0], run_fact::time).basis == fact_basis::stated);
}

TEST_CASE("ranges and bounds: the interval holds what they leave open, and it is said") {
    const training_compute_options options{.run = {.year = 2023}};
    const auto flop = [&](std::string_view text) {
        const auto all = of(text, options);
        REQUIRE(all.size() == 1);
        REQUIRE(all[0]);
        return all[0];
    };
    const stated_training low = flop("We trained on 8 A100 for 8 hours."),
                          high = flop("We trained on 8 A100 for 10 hours."),
                          range = flop("We trained on 8 A100 for between 8 and 10 hours.");
    CHECK(close(range.compute.flop.lower(), low.compute.flop.lower(), 1e-12));
    CHECK(close(range.compute.flop.upper(), high.compute.flop.upper(), 1e-12));
    CHECK(range.compute.assumptions.contains(compute_assumption::stated_range));
    CHECK(range.compute.log10_sigma > low.compute.log10_sigma);
    CHECK(step(range, run_fact::time).basis == fact_basis::bounded);
    CHECK(step(range, run_fact::time).value == "8 to 10 h");
    CHECK(step(range, run_fact::time).span != text_span{});

    const stated_training most = flop("We trained on 8 A100 for less than 10 hours."),
                          least = flop("We trained on at least 8 A100 for 10 hours.");
    CHECK(most.compute.flop.value == high.compute.flop.value);
    CHECK(most.compute.flop.lower() == 0);
    CHECK(most.compute.flop.upper() == high.compute.flop.upper());
    CHECK(most.compute.assumptions.contains(compute_assumption::stated_bound));
    CHECK(step(most, run_fact::time).value == "at most 10 h");
    CHECK(least.compute.flop.lower() == high.compute.flop.lower());
    CHECK(std::isinf(least.compute.flop.upper()));
    CHECK(to_string(least).find("number of chips: at least 8, stated as a range or bound") != std::string::npos);
    const stated_training chips = flop("We trained on 4 to 8 A100 for 10 hours.");
    CHECK(chips.run.run.chips == 6);
    CHECK(step(chips, run_fact::count).value == "4 to 8");
    const stated_training hours = flop("In total we spent more than 20,000 A100 GPU hours for training.");
    CHECK(step(hours, run_fact::time).value == "at least 20000 chip hours");
    CHECK(std::isinf(hours.compute.flop.upper()));
    CHECK_FALSE(low.compute.assumptions.contains(compute_assumption::stated_bound));
}

TEST_CASE("inference is no training, unless it is asked for") {
    constexpr std::string_view text = "We trained on 8 V100 for 2 days. Inference on a T4 takes 20 minutes.";
    CHECK(of(text).size() == 1);
    CHECK(of(text, {.inference = true}).size() == 2);
}

TEST_CASE("contradictions are reported, and the estimate stands on what is stated") {
    const hardware_mention wrong{
        .chip = "NVIDIA A100", .count = 8, .hours = 100, .chip_hours = 8000, .use = hardware_use::training};
    const stated_training training = training_compute_of(wrong, catalogue, {.run = {.year = 2019}});
    CHECK(training.run.contradictions == std::vector{run_contradiction::chip_hours, run_contradiction::before_release});
    CHECK(
        to_string(training).ends_with("\n  contradiction: chip hours are not chips times hours"
                                      "\n  contradiction: before the chip's release"));
    CHECK(close(training.run.run.chips * training.run.run.time.count(), 8000 * 3600, 1e-12));
    hardware_mention rounded = wrong;
    rounded.chip_hours = 850;  // "about 850 GPU hours"
    CHECK(training_compute_of(rounded, catalogue, {.run = {.year = 2021}}).run.contradictions.empty());
    rounded.chip_hours.reset();
    CHECK(training_compute_of(rounded, catalogue).run.contradictions.empty());
}

TEST_CASE("the electricity of a run") {
    const auto run = of("We trained on 64 A100 80GB for 12 days.")[0].run;
    const auto energy = energy_of_run(run, data_centre::other);
    REQUIRE(energy);
    const auto by_hand = energy_of_chips(chip_time(64, std::chrono::hours(288)), watts(400),
                                         typical_energy_factors(*run.chip, data_centre::other));
    CHECK(energy->value() == by_hand.value());
    CHECK_FALSE(energy_of_run(of("We trained on 64 A100 GPUs.")[0].run, data_centre::other));
    mentioned_run no_power = run;
    no_power.chip->power.reset();
    CHECK_FALSE(energy_of_run(no_power, data_centre::other));
    // No peak in the format: no FLOP, but energy.
    mentioned_run no_peak = run;
    no_peak.missing = {run_fact::peak};
    CHECK(energy_of_run(no_peak, data_centre::other));
}

TEST_CASE("as JSON, with every step") {
    const std::string json = to_json(of("We trained on 64 A100 80GB for 12 days.")[0]);
    CHECK(json.find(R"("chain":[{"fact":"chip","basis":"stated","value":"NVIDIA A100 SXM4 80 GB","span":)") !=
          std::string::npos);
    CHECK(json.find(R"("contradictions":[])") != std::string::npos);
}
