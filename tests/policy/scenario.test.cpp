// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/policy/scenario.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::uncertain;
using test_support::close;
using test_support::message_of;

namespace {

cd::policy_scenario without_programme() {
    return {.from = 2026,
            .by = 2031,
            .within = 10,
            .gap = {100, "gap", 0.5},
            .frontier_growth = {{"published", {4.5, "frontier", 0.07}}},
            .own_growth = {3, "own", 0.2}};
}
cd::policy_scenario with_programme() {
    cd::policy_scenario s = without_programme();
    s.frontier = {cd::flop(1e26), "frontier now", 0.3};
    s.supply = cd::chip_supply{.price = {cd::us_dollars(60'000), "price", 0.2},
                               .price_performance = {1.35, "price performance", 0.05},
                               .peak = cd::flop_per_second(989.4e12),
                               .utilisation = {0.3, "utilisation", 0.2},
                               .running = cd::us_dollars(0.1)};
    s.plan = cd::programme{cd::yearly_tranches(cd::us_dollars(200e6), 2026, 6), 5, 0.75};
    return s;
}
/// So far from a quantile of n draws of a normal variable that it happens once in 16,000 times.
double margin(double p, double n, double sd) {
    const double z = cd::detail::upper_normal_quantile(p);
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    return 4 * std::sqrt(p * (1 - p) / n) / density * sd;
}

}  // namespace

TEST_CASE("intervals of trends of few clusters are not said to cover") {
    cd::policy_scenario s = without_programme();
    const cd::scenario_result many = cd::run_scenario(s, {.draws = 200});
    CHECK(many.status == cd::estimate_status::ok);
    CHECK(many.gap.status == cd::estimate_status::ok);
    s.warnings = {cd::scenario_warning::few_clusters};
    const cd::scenario_result few = cd::run_scenario(s, {.draws = 200});
    CHECK(few.status == cd::estimate_status::few_clusters);
    CHECK(few.gap.status == cd::estimate_status::few_clusters);
    CHECK(few.gap.bounds == many.gap.bounds);
}

TEST_CASE("without a programme all is in closed form") {
    const cd::policy_scenario s = without_programme();
    const double n = 40'000;
    const cd::scenario_result told = cd::run_scenario(s, {.draws = 40'000, .threads = 0});
    const auto then = cd::gap_after(s.gap, s.frontier_growth[0].growth, s.own_growth, 5).estimate(0.9);
    const double sd = cd::gap_after(s.gap, s.frontier_growth[0].growth, s.own_growth, 5).log_sd();
    CHECK(std::fabs(std::log(*told.gap.value / *then.value)) < margin(0.5, n, sd));
    CHECK(std::fabs(std::log(told.gap.lower() / then.lower())) < margin(0.05, n, sd));
    CHECK(std::fabs(std::log(told.gap.upper() / then.upper())) < margin(0.05, n, sd));
    CHECK(told.gap == told.gap_with);
    const double p = cd::probability_within(s.gap, s.frontier_growth[0].growth, s.own_growth, 10, 5);
    CHECK(std::fabs(*told.within.value - p) < 4 * std::sqrt(p * (1 - p) / n));
    CHECK(told.within == told.within_with);
    const auto growth = cd::gap_growth(s.frontier_growth[0].growth, s.own_growth);
    CHECK(std::fabs(std::log(*told.gap_growth.value / growth.value())) < margin(0.5, n, growth.log_sd()));
    const auto needed = cd::growth_to_be_within(s.gap, s.frontier_growth[0].growth, 10, 5);
    CHECK(std::fabs(std::log(*told.growth_needed.value / needed.value())) < margin(0.5, n, needed.log_sd()));
    CHECK(close(*told.years_behind.value, cd::years_behind(100, 4.5), 0.02));
    const cd::parity closes = cd::parity_of(s.gap, s.frontier_growth[0].growth, s.own_growth);
    CHECK(std::fabs(*told.parity.value - closes.probability) < 0.005);
    CHECK(told.parity_years.status == cd::estimate_status::degenerate);  // hardly ever
    CHECK(told.path.size() == 11);
    CHECK(told.path.front().year == 2026);
    CHECK(told.path.back().year == 2031);
    CHECK(told.path.back().without == told.gap);
    CHECK_FALSE(told.run_cost);
    CHECK_FALSE(told.budget_times);

    // ln G is a sum: first and total indices are the parts of its variance.
    REQUIRE(told.inputs.size() == 3);
    const auto part = [&](const std::string& name, double log_sd) {
        const auto of = std::ranges::find(told.inputs, name, &cd::input_effect::name);
        REQUIRE(of != told.inputs.end());
        CHECK(std::fabs(*of->sobol.first.value - log_sd * log_sd / (sd * sd)) < 0.03);
        CHECK(std::fabs(*of->sobol.total.value - log_sd * log_sd / (sd * sd)) < 0.03);
        const double z = cd::detail::upper_normal_quantile(0.05);
        CHECK(close(std::max(of->gap_at_high, of->gap_at_low), *then.value * std::exp(z * log_sd), 1e-12));
    };
    part("gap", 0.5);
    part("frontier", 5 * 0.07);
    part("own", 5 * 0.2);
    CHECK(told.inputs.front().name == "own");
}

TEST_CASE("exact numbers: the programme by hand") {
    cd::policy_scenario s = with_programme();
    s.gap = 1000.0;
    s.frontier_growth = {{"", 4.5}};
    s.own_growth = 1.2;
    s.frontier = cd::flop(1e26);
    s.supply->price = cd::us_dollars(60'000);
    s.supply->price_performance = 1.35;
    s.supply->utilisation = 0.3;
    s.plan->teams = 2;
    s.supply->run_years = 0.5;
    const cd::scenario_result told = cd::run_scenario(s, {.draws = 100});
    const double decline = std::log10(1.35);
    const double chips = cd::stock_of(*s.plan, cd::price_path{{{2026, cd::us_dollars(60'000)}}, decline}, 2031);
    CHECK(close(*told.chips.value, chips, 1e-12));
    const double run =
        cd::work_of(cd::seconds(chips / 2 * 0.5 * cd::seconds_per_year), s.supply->peak.value(), 0.3).value();
    CHECK(close(*told.programme_run.value, run, 1e-12));
    const double frontier = 1e26 * std::pow(4.5, 5);
    CHECK(close(*told.gap_with.value, std::min(1000 * std::pow(4.5 / 1.2, 5), frontier / run), 1e-12));
    CHECK(close(*told.budget_times.value, frontier / 10 / run, 1e-12));
    const double hours = cd::chip_time_of(cd::flop(frontier / 10), s.supply->peak.value(), 0.3).count() / 3600;
    const double hour = cd::owned_chip_hour(cd::us_dollars(60'000 / std::pow(1.35, 5)), decline).value() + 0.1;
    CHECK(close(*told.run_cost.value, hours * hour, 1e-12));
    CHECK(*told.within.value == 0);
    CHECK(told.inputs.empty());
    CHECK(told.path.front().with.value <= told.path.front().without.value);
}

TEST_CASE("the same numbers for a seed on any number of threads, and others for another") {
    const cd::policy_scenario s = with_programme();
    const cd::scenario_result one = cd::run_scenario(s, {.draws = 1000, .seed = 7});
    for (const unsigned threads : {2u, 3u, 7u})
        CHECK(cd::run_scenario(s, {.draws = 1000, .seed = 7, .threads = threads}) == one);
    CHECK_FALSE(cd::run_scenario(s, {.draws = 1000, .seed = 8}) == one);
}

TEST_CASE("a programme never widens the gap, and more money never lessens what it does") {
    cd::policy_scenario s = with_programme();
    double before = 0;
    for (const double budget : {1e6, 1e9, 1e12}) {
        s.plan->tranches = cd::yearly_tranches(cd::us_dollars(budget), 2026, 6);
        const cd::scenario_result told = cd::run_scenario(s, {.draws = 500});
        CHECK(*told.within_with.value >= *told.within.value);
        CHECK(*told.within_with.value >= before);
        before = *told.within_with.value;
        for (const cd::gap_point& p : told.path) CHECK(*p.with.value <= *p.without.value);
    }
    CHECK(before > 0.9);
}

TEST_CASE("a choice of growths is an input of its own") {
    cd::policy_scenario s = without_programme();
    s.gap = 100.0;
    s.own_growth = 3.0;
    s.frontier_growth = {{"slow", 4.0}, {"fast", 5.0}};
    const cd::scenario_result told = cd::run_scenario(s, {.draws = 2000});
    REQUIRE(told.inputs.size() == 1);
    CHECK(told.inputs[0].name == "choice of the frontier's growth");
    CHECK(close(*told.inputs[0].sobol.first.value, 1, 1e-9));
    CHECK(close(told.inputs[0].gap_at_low, cd::gap_after(100, 4, 3, 5), 1e-12));
    CHECK(close(told.inputs[0].gap_at_high, cd::gap_after(100, 5, 3, 5), 1e-12));
}

TEST_CASE("coverage of within k times by T, in worlds whose growth is known" * doctest::test_suite("long")) {
    // Worlds are drawn; each is then measured with error, and the scenario is told what was measured. Of all scenarios
    // that say p, a part p of the worlds are within.
    constexpr int worlds = 400;
    double expected = 0, variance = 0;
    int within = 0;
    std::vector<std::pair<double, bool>> said;
    for (int i = 0; i < worlds; ++i) {
        cd::random_stream stream(31, static_cast<std::uint64_t>(i));
        const auto normal = [&] { return -cd::detail::upper_normal_quantile(stream.uniform() + 0x1p-54); };
        const double log_gap = stream.uniform(std::log(3), std::log(300)), frontier = std::log(stream.uniform(3, 5)),
                     own = std::log(stream.uniform(2, 7));
        const cd::policy_scenario s{
            .from = 2026,
            .by = 2031,
            .within = 10,
            .gap = {std::exp(log_gap + 0.4 * normal()), "gap", 0.4},
            .frontier_growth = {{"", {std::max(1.001, std::exp(frontier + 0.05 * normal())), "frontier", 0.05}}},
            .own_growth = {std::exp(own + 0.1 * normal()), "own", 0.1}};
        const double p =
            *cd::run_scenario(
                 s, {.draws = 1000, .seed = static_cast<std::uint64_t>(i), .sobol_replicates = 40, .steps = 1})
                 .within.value;
        const bool is_within = log_gap + 5 * (frontier - own) <= std::log(10);
        expected += p;
        variance += p * (1 - p);
        within += is_within ? 1 : 0;
        said.emplace_back(p, is_within);
    }
    CHECK(std::fabs(within - expected) < 4 * std::sqrt(variance) + 0.01 * worlds);
    // Those sure of it are right, and those sure of the contrary.
    for (const auto& [least, most] : {std::pair{0.0, 0.2}, {0.2, 0.8}, {0.8, 1.0}}) {
        double n = 0, sum = 0, spread = 0, hits = 0;
        for (const auto& [p, is_within] : said)
            if (p >= least && p <= most) {
                ++n;
                sum += p;
                spread += p * (1 - p);
                hits += is_within ? 1 : 0;
            }
        CHECK(n > 40);
        CHECK(std::fabs(hits - sum) < 4 * std::sqrt(spread) + 0.03 * n);
    }
}

TEST_CASE("warnings are told again, and a utilisation beyond 1 is told") {
    cd::policy_scenario s = with_programme();
    s.warnings = {cd::scenario_warning::few_recent_models};
    CHECK(cd::run_scenario(s, {.draws = 100}).warnings == s.warnings);
    s.supply->utilisation = {0.9, "utilisation", 0.5};
    const auto told = cd::run_scenario(s, {.draws = 100});
    REQUIRE(told.warnings.size() == 2);
    CHECK(told.warnings[1] == cd::scenario_warning::utilisation_capped);
}

TEST_CASE("what is no scenario") {
    const double nan = std::nan(""), infinite = std::numeric_limits<double>::infinity();
    const auto refused = [](auto change, const std::string& words) {
        cd::policy_scenario bad = with_programme();
        change(bad);
        CAPTURE(words);
        CHECK(message_of([&] { return cd::run_scenario(bad, {.draws = 100}); }).find(words) != std::string::npos);
    };
    refused([](auto& s) { s.frontier_growth[0].growth = 1.0; }, "a finite growth of the frontier above 1");
    refused([](auto& s) { s.frontier_growth[0].growth = 0.7; }, "a finite growth of the frontier above 1");
    refused([](auto& s) { s.frontier_growth.clear(); }, "a growth of the frontier");
    refused([](auto& s) { s.own_growth = 0.0; }, "a finite own growth > 0");
    refused([](auto& s) { s.gap = 0.0; }, "a finite gap > 0");
    refused([](auto& s) { s.by = 2026; }, "a year asked about after that of the gap, got 2026");
    refused([](auto& s) { s.by = 2020; }, "a year asked about after that of the gap");
    refused([&](auto& s) { s.by = infinite; }, "a year asked about");
    refused([&](auto& s) { s.from = nan; }, "a finite year of the gap");
    refused([](auto& s) { s.within = 0; }, "a finite factor > 0");
    refused([](auto& s) { s.frontier = cd::flop(0); }, "a run of the frontier > 0 FLOP");
    refused([](auto& s) { s.supply.reset(); }, "chips for the programme");
    refused([](auto& s) { s.supply->utilisation = 1.1; }, "a utilisation in (0, 1]");
    refused([](auto& s) { s.supply->utilisation = 0.0; }, "a utilisation in (0, 1]");
    refused([](auto& s) { s.supply->price = cd::us_dollars(0); }, "a price > 0");
    refused([](auto& s) { s.supply->peak = cd::flop_per_second(0); }, "a peak > 0");
    refused([](auto& s) { s.supply->price_performance = 1.0; }, "a price performance that grows");
    refused([](auto& s) { s.supply->run_years = 0; }, "years > 0 of a run");
    refused([](auto& s) { s.plan->tranches.clear(); }, "a programme with a tranche");
    refused([](auto& s) { s.plan->tranches[0].budget = cd::us_dollars(0); }, "finite budgets > 0");
    refused(
        [](auto& s) {
            s.plan->machines = 0.8;
            s.plan->operators = 0.3;
        },
        "do not exceed 1 together");
    const cd::policy_scenario good = without_programme();
    const auto misuse = [&](cd::scenario_options options) {
        return message_of([&] { return cd::run_scenario(good, options); });
    };
    CHECK(misuse({.draws = 99}).find("100 to 1,000,000 draws") != std::string::npos);
    CHECK(misuse({.draws = 1'000'001}).find("100 to 1,000,000 draws") != std::string::npos);
    CHECK(misuse({.level = 1}).find("level") != std::string::npos);
    CHECK(misuse({.sobol_replicates = 10}).find("replicates") != std::string::npos);
    CHECK(misuse({.steps = 0}).find("steps") != std::string::npos);
}
