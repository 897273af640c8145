// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/policy/supply.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/trends/log_trend.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::uncertain;
using test_support::close;
using test_support::message_of;

namespace {

constexpr cd::flop_per_second h100(989.4e12);
double hours_in(cd::seconds time) {
    return time.count() / 3600;
}

}  // namespace

TEST_CASE("a run of 2.1e25 FLOP, and 2.25e9 dollars") {  // tests/reference/policy.py
    const cd::seconds run = cd::chip_time_of(cd::flop(2.1e25), h100, 0.375);
    CHECK(close(hours_in(run), 15722210.992071514, 1e-14));
    CHECK(close(hours_in(run) / 5000 / 24, 131.01842493392928, 1e-14));
    CHECK(close(cd::cloud_cost(run, cd::us_dollars(3.03)).value().value(), 47638299.305976686, 1e-14));
    const cd::seconds rented = cd::rented_time(cd::us_dollars(2.25e9), cd::us_dollars(3.03));
    CHECK(close(hours_in(rented), 742574257.42574257, 1e-14));
    CHECK(close(cd::work_of(rented, h100, 0.375).value(), 9.918490099009901e26, 1e-14));
    CHECK(close(hours_in(rented) / (6 * cd::hours_per_year), 14118.454966646562, 1e-14));
}

TEST_CASE("an hour of a chip of 30,000 dollars") {
    const cd::us_dollars hour = cd::owned_chip_hour(cd::us_dollars(30000));
    CHECK(close(hour.value(), 1.1032235216261684, 1e-14));
    CHECK(close(cd::with_network(hour).value(), 1.3620043476866276, 1e-14));
    const auto unsure = cd::with_network(cd::owned_chip_hour({cd::us_dollars(30000), "price", 0.2}, {0.14, "k", 0.1}));
    CHECK(close(unsure.value().value(), 1.3620043476866276, 1e-14));
    CHECK(close(unsure.log_sd(), std::hypot(0.2, 0.1), 1e-14));
    CHECK(cd::server_price_factor("NVIDIA A100 SXM4 80 GB") == 1.66);
    CHECK(cd::server_price_factor("NVIDIA Tesla V100") == 1.69);
    CHECK(cd::server_price_factor("NVIDIA P100") == 1.54);
    CHECK(cd::server_price_factor("NVIDIA H100") == 1.64);
}

TEST_CASE("the electricity of a chip-hour") {
    // 700 W, servers of 1.8 times that at load .75, PUE 1.25, 0.08 dollars a kWh.
    const auto hour =
        cd::electricity_of_chip_hour(cd::watts(700), {.server = 1.8, .load = 0.75, .pue = 1.25}, cd::usd_per_kwh(0.08));
    CHECK(close(hour.value().value(), 0.7 * 1.8 * 0.75 * 1.25 * 0.08, 1e-14));
}

TEST_CASE("Epoch AI's amortised costs of 37 runs, GPT-3, GPT-4 and Gemini Ultra among them") {
    // tests/reference/training_costs.py. Chips are worth what they were bought for from 90 days after their release on;
    // a run begins 60 days and its own length before its model is published (Cottier et al., 2024).
    auto table = cd::csv_reader::open(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/training_costs.csv");
    const cd::csv_column<std::string> name(table, "model"), hardware(table, "hardware");
    const cd::csv_column<std::chrono::year_month_day> published(table, "published");
    const cd::csv_column<double> chips(table, "chips"), hours(table, "hours"), cost(table, "cost"),
        bought(table, "bought");
    const cd::accelerator_catalogue catalogue;
    struct run {
        std::chrono::year_month_day published;
        double ours, theirs;
    };
    std::vector<run> runs;
    std::vector<double> ratios;
    int inside = 0;
    for (const cd::csv_row& row : table) {
        CAPTURE(name(row));
        const cd::accelerator& chip = catalogue.at(hardware(row));
        const double begun = cd::decimal_year(published(row)) - (60 + hours(row) / 24) / 365.25;
        const double first = cd::decimal_year(*chip.released) + 90 / 365.25;
        const cd::price_path path{{{std::min(first, begun), cd::us_dollars(bought(row) / chips(row))}},
                                  cd::price_performance_growth};
        // Its spread: what hardware was bought for (1.3 times at 90 %), and for how long it lasts.
        const uncertain<cd::us_dollars> price(path.at(begun), "price", 0.16);
        const uncertain<double> decline(cd::price_performance_growth, "lifetime", 0.155);
        const cd::watts power = chip.power.value_or(cd::watts(300));
        const auto energy =
            cd::electricity_of_chip_hour(power, cd::typical_energy_factors(chip, cd::data_centre::other),
                                         cd::typical_electricity_price(static_cast<int>(begun)));
        const auto ours = uncertain<double>(chips(row) * hours(row)) * (cd::owned_chip_hour(price, decline) + energy);
        const bool is_inside = ours.estimate(0.9).bounds->contains(cost(row));
        inside += is_inside ? 1 : 0;
        if (name(row).starts_with("GPT-3 175B") || name(row) == "GPT-4" || name(row) == "Gemini 1.0 Ultra")
            CHECK(is_inside);
        ratios.push_back(ours.value().value() / cost(row));
        runs.push_back({published(row), ours.value().value(), cost(row)});
    }
    REQUIRE(ratios.size() == 37);
    CHECK(inside >= 33);  // 90 %
    std::ranges::sort(ratios);
    MESSAGE(inside, " inside, ratios ", ratios.front(), ", ", ratios[18], ", ", ratios.back());
    CHECK(ratios[18] > 1 / 1.15);
    CHECK(ratios[18] < 1.15);
    // Published: 2.4 [2.0, 2.9] times a year, of 41 models of the frontier that the table does not name.
    const auto ours = cd::fit_log_trend(runs, &run::published, &run::ours).growth({.level = 0.9}).factor;
    const auto theirs = cd::fit_log_trend(runs, &run::published, &run::theirs).growth({.level = 0.9}).factor;
    CHECK(close(*ours.value, *theirs.value, 0.05));
    CHECK(ours.lower() < 2.9);
    CHECK(ours.upper() > 2.0);
    MESSAGE("growth of cost: ", *ours.value, " and as published ", *theirs.value);
}

TEST_CASE("time and work are inverse, for uncertain numbers too") {
    const uncertain<cd::flop> work(cd::flop(1e24), "size", 0.4);
    const uncertain<double> u(0.4, "utilisation", 0.2);
    const auto time = cd::chip_time_of(work, h100, u);
    CHECK(close(time.log_sd(), std::hypot(0.4, 0.2), 1e-14));
    const auto back = cd::work_of(time, h100, u);
    CHECK(close(back.value().value(), 1e24, 1e-14));
    CHECK(close(back.log_sd(), 0.4, 1e-14));  // the utilisation cancels out
    CHECK(close(cd::rented_time({cd::us_dollars(6), "money", 0.1}, cd::us_dollars(2)).log_sd(), 0.1, 1e-14));
}

TEST_CASE("paths of prices") {
    const cd::price_path falling{{{2026, cd::us_dollars(50000)}}, 0.13};
    CHECK(falling.at(2026) == cd::us_dollars(50000));
    CHECK(close(falling.at(2028.5).value(), 50000 * std::pow(10, -0.13 * 2.5), 1e-14));
    const cd::price_path listed{{{2024, cd::us_dollars(4)}, {2025, cd::us_dollars(1)}, {2026, cd::us_dollars(2)}}, 0};
    CHECK(close(listed.at(2024.5).value(), 2, 1e-14));
    CHECK(listed.at(2025) == cd::us_dollars(1));
    CHECK(close(listed.at(2025.5).value(), std::sqrt(2), 1e-14));  // prices rose
    CHECK(listed.at(2030) == cd::us_dollars(2));
    CHECK(message_of([&] { return falling.at(2025.9); }) ==
          "compute_divide::price_path::at: a year from the first point of the path on, got 2025.9");
    CHECK(message_of([&] { return cd::price_path{}.at(2026); }).find("a point") != std::string::npos);
    CHECK(message_of([&] {
              return cd::price_path{{{2026, cd::us_dollars(0)}}, 0}.at(2026);
          }).find("prices > 0") != std::string::npos);
    CHECK(message_of([&] {
              return cd::price_path{{{2026, cd::us_dollars(1)}, {2026, cd::us_dollars(2)}}, 0}.at(2026);
          }).find("in order") != std::string::npos);
    CHECK(message_of([&] {
              return cd::price_path{{{2026, cd::us_dollars(1)}}, std::nan("")}.at(2026);
          }).find("finite decline") != std::string::npos);
    CHECK(message_of([&] { return falling.at(std::numeric_limits<double>::infinity()); }).find("a year") !=
          std::string::npos);
}

TEST_CASE("a stock of tranches that wear out") {  // tests/reference/policy.py
    cd::programme plan{cd::yearly_tranches(cd::us_dollars(100e6), 2026, 5), 4, 0.75};
    const cd::price_path path{{{2026, cd::us_dollars(50000)}}, 0.13};
    CHECK(close(cd::stock_of(plan, path, 2030.5), 13402.025807568868, 1e-12));
    CHECK(cd::stock_of(plan, path, 2025.9) == 0);
    CHECK(cd::stock_of(plan, path, 2026) == 1500);
    CHECK(cd::stock_of(plan, path, 2034) == 0);  // the last tranche is four years old
    CHECK(close(cd::stock_of(plan, {cd::us_dollars(50000), "price", 0.3}, 2026, 0.13, 2030.5).value(),
                cd::stock_of(plan, path, 2030.5), 1e-14));
    CHECK(close(cd::stock_of(plan, {cd::us_dollars(50000), "price", 0.3}, 2026, 0.13, 2030.5).log_sd(), 0.3, 1e-14));
    // Twice the money is twice the chips, whenever.
    cd::programme twice = plan;
    for (auto& t : twice.tranches) t.budget *= 2;
    for (const double year : {2026.0, 2028.3, 2031.0}) {
        CHECK(close(cd::stock_of(twice, path, year), 2 * cd::stock_of(plan, path, year), 1e-14));
        CHECK(close(cd::stock_of(
                        plan, [&](double at) { return path.at(at); }, year),
                    cd::stock_of(plan, path, year), 1e-15));
    }
}

TEST_CASE("NAIRR as proposed: three tranches of 750 million dollars, two years apart, of a life of six") {
    const cd::programme plan{
        {{2026, cd::us_dollars(750e6)}, {2028, cd::us_dollars(750e6)}, {2030, cd::us_dollars(750e6)}}, 6};
    const cd::price_path flat{{{2026, cd::us_dollars(50000)}}, 0};
    CHECK(cd::stock_of(plan, flat, 2027) == 15000);
    CHECK(cd::stock_of(plan, flat, 2031) == 45000);
    CHECK(cd::stock_of(plan, flat, 2032) == 30000);
    // Chips that are there, whatever they cost.
    CHECK(cd::stock_of(cd::programme{{{2026, cd::us_dollars(0), 57000}, {2027, cd::us_dollars(50000), 3}}, 6}, flat,
                       2027) == 57004);
}

TEST_CASE("what is no run, no price, no programme") {
    const double nan = std::nan(""), infinite = std::numeric_limits<double>::infinity();
    for (const double u : {0.0, 1.01}) {
        CHECK(message_of([&] { return cd::chip_time_of(cd::flop(1e20), h100, u); }).find("utilisation") !=
              std::string::npos);
        CHECK(message_of([&] { return cd::work_of(cd::seconds(1), h100, u); }).find("utilisation") !=
              std::string::npos);
    }
    CHECK(message_of([&] { return cd::chip_time_of(cd::flop(1e20), h100, -0.1); }) != "");
    CHECK(message_of([] { return cd::chip_time_of(cd::flop(0), h100, 0.3); }).find("work > 0") != std::string::npos);
    CHECK(message_of([] { return cd::chip_time_of(cd::flop(1), cd::flop_per_second(0), 0.3); }).find("peak > 0") !=
          std::string::npos);
    CHECK(message_of([] { return cd::work_of(cd::seconds(0), h100, 0.3); }).find("time > 0") != std::string::npos);
    CHECK(message_of([] { return cd::work_of(cd::seconds(1), cd::flop_per_second(0), 0.3); }).find("peak > 0") !=
          std::string::npos);
    CHECK(message_of([] { return cd::rented_time(cd::us_dollars(0), cd::us_dollars(3)); }).find("money > 0") !=
          std::string::npos);
    CHECK(message_of([] { return cd::rented_time(cd::us_dollars(1), cd::us_dollars(0)); }).find("price > 0") !=
          std::string::npos);
    CHECK(message_of([] { return cd::owned_chip_hour(cd::us_dollars(0)); }).find("price > 0") != std::string::npos);
    CHECK(message_of([] { return cd::owned_chip_hour(cd::us_dollars(1), 0); }).find("decline > 0") !=
          std::string::npos);
    for (const double part : {-0.1, 1.0, nan})
        CHECK(message_of([&] { return cd::with_network(cd::us_dollars(1), part); }).find("a part in [0, 1)") !=
              std::string::npos);
    for (const double budget : {0.0, -1.0, nan, infinite})
        CHECK((message_of([&] {
                   return cd::yearly_tranches(cd::us_dollars(budget), 2026, 5);
               }).find("a finite budget > 0") != std::string::npos));
    CHECK(message_of([] { return cd::yearly_tranches(cd::us_dollars(1), 2026, 0); }).find("years") !=
          std::string::npos);

    const cd::price_path path{{{2026, cd::us_dollars(50000)}}, 0.13};
    const cd::programme good{{{2026, cd::us_dollars(1e6), 0}}};
    const auto refused = [&](auto change, const std::string& words) {
        cd::programme bad = good;
        change(bad);
        CAPTURE(words);
        CHECK(message_of([&] { return cd::stock_of(bad, path, 2027); }).find("programme: " + words) !=
              std::string::npos);
    };
    refused([](auto& p) { p.tranches.clear(); }, "a programme with a tranche, got 0");
    refused([](auto& p) { p.tranches[0].budget = cd::us_dollars(0); }, "finite budgets > 0");
    refused([](auto& p) { p.tranches[0].chips = -1; }, "finite budgets > 0 dollars, or chips > 0");
    refused([&](auto& p) { p.tranches[0].year = nan; }, "tranches of known years");
    refused([](auto& p) { p.life = 0; }, "a finite life > 0");
    refused([](auto& p) { p.teams = 0.5; }, "a finite number of teams >= 1");
    refused([](auto& p) { p.machines = 1.2; }, "a share for machines in (0, 1]");
    refused([](auto& p) { p.operators = -0.1; }, "shares for machines and operators");
    refused(
        [](auto& p) {
            p.machines = 0.7;
            p.operators = 0.4;
        },
        "shares for machines and operators that do not exceed 1 together");
}
