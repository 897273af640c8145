// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/bootstrap_breaks.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/trends/breaks.hpp>

#include "support/broken_trends.hpp"
#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
namespace chrono = std::chrono;
using namespace std::chrono_literals;
using cd::bootstrap_interval;
using cd::break_kind;
using namespace test_support;

TEST_CASE("breaks drawn anew lie round those of the sample, whatever the number of threads") {
    for (const break_kind kind : {break_kind::continuous, break_kind::discontinuous}) {
        const models& records = samples().at(kind == break_kind::continuous ? "bends" : "eras");
        const auto drawn = [&](unsigned threads) {
            return cd::bootstrap_breaks<2>(records, &model::date, &model::flop,
                                           {.kind = kind, .bootstrap = {.replicates = 200, .threads = threads}});
        };
        const auto found = drawn(1);
        CHECK(found == drawn(2));
        const auto whole = cd::fit_segmented_trend(records, &model::date, &model::flop, {.kind = kind, .breaks = 2});
        for (std::size_t j = 0; j < 2; ++j) {
            REQUIRE(found[j].status == cd::estimate_status::ok);
            CHECK(close(*found[j].value, *whole.breaks[j].year.value, 1e-9));
            CHECK(found[j].n_skipped < 20);
            const auto ends = found[j].interval(bootstrap_interval::percentile);
            CHECK(ends.bounds->contains(*whole.breaks[j].year.value));
        }
        CHECK(found[0].interval(bootstrap_interval::percentile).upper() <
              found[1].interval(bootstrap_interval::percentile).upper());
    }
}

TEST_CASE("without noise every resample has the break where it is") {
    const models exact = trend_of(80, 50, [](double x) { return 0.002 * after(x, 1717); });
    const auto certain =
        cd::bootstrap_breaks<1>(exact, &model::date, &model::flop, {.bootstrap = {.replicates = 99}})[0];
    CHECK(certain.n_skipped == 0);
    CHECK(certain.interval(bootstrap_interval::percentile).bounds->width() < 1e-6);
}

TEST_CASE("percentile intervals cover as often as they say" * doctest::test_suite("long")) {
    // 200 series; at 90 % the binomial standard deviation is 2.1 %.
    std::mt19937_64 random(5);
    std::normal_distribution<double> error(0, 0.3);
    const double truth = cd::decimal_year(day(14610 + 1700));
    int covered = 0;
    constexpr int series = 200;
    for (int i = 0; i < series; ++i) {
        const models bent = trend_of(60, 60, [&](double x) { return 0.001 * after(x, 1700) + error(random); });
        const auto drawn = cd::bootstrap_breaks<1>(bent, &model::date, &model::flop,
                                                   {.bootstrap = {.replicates = 199, .jackknife = false}});
        covered += drawn[0].interval(bootstrap_interval::percentile, 0.9).bounds->contains(truth);
    }
    CHECK(covered > 0.83 * series);
    CHECK(covered < 0.98 * series);
}

TEST_CASE("clusters are drawn whole; what is not known is counted") {
    struct sparse {
        std::optional<chrono::year_month_day> date;
        std::optional<double> flop;
        std::optional<std::string> team;
    };
    std::vector<sparse> records;
    for (const model& record : samples().at("bend")) records.push_back({record.date, record.flop, "a"});
    for (std::size_t i = 0; i < records.size(); i += 3) records[i].team = std::to_string(i);
    const auto alone = cd::fit_segmented_trend(records, &sparse::date, &sparse::flop, {.breaks = 1});
    records.push_back({std::nullopt, 1e20, "a"});
    records.push_back({2020y / 2 / 3, std::nullopt, "a"});
    records.push_back({2020y / 2 / 3, 1e20, std::nullopt});
    const auto by_team = cd::bootstrap_breaks<1>(records, &sparse::date, &sparse::flop, &sparse::team,
                                                 {.bootstrap = {.replicates = 99}});
    CHECK(by_team[0].n == 60);
    CHECK(by_team[0].n_units == 21);
    CHECK(by_team[0].n_missing == 3);
    CHECK(by_team[0].resampling == cd::bootstrap_resampling::clusters);
    CHECK(by_team[0].value == alone.breaks[0].year.value);

    records.resize(60);
    const auto by_pairs =
        cd::bootstrap_breaks<1>(records, &sparse::date, &sparse::flop, {.bootstrap = {.replicates = 99}});
    for (std::size_t i = 0; i < records.size(); ++i) records[i].team = std::to_string(i);
    const auto own = cd::bootstrap_breaks<1>(records, &sparse::date, &sparse::flop, &sparse::team,
                                             {.bootstrap = {.replicates = 99}});
    CHECK(own[0].replicates == by_pairs[0].replicates);
}

TEST_CASE("not enough data is a status") {
    const models two{{day(0), 1}, {day(9), 2}};
    CHECK(cd::bootstrap_breaks<2>(two, &model::date, &model::flop)[1].status == cd::estimate_status::too_few);
    const models four = trend_of(4, 9, [](double) { return 0.0; });
    CHECK(cd::bootstrap_breaks<1>(four, &model::date, &model::flop)[0].status == cd::estimate_status::too_few);
    CHECK(cd::bootstrap_breaks<1>(four, &model::date, &model::flop)[0].n == 4);
    CHECK(cd::bootstrap_breaks<1>(models{}, &model::date, &model::flop)[0].status == cd::estimate_status::no_data);
}

TEST_CASE("impossible values and options are named") {
    const models bad{{day(0), 1}, {day(1), -3}};
    CHECK(message_of([&] { (void)cd::bootstrap_breaks<1>(bad, &model::date, &model::flop); }) ==
          "compute_divide::bootstrap_breaks: a finite value > 0 in record 1, got -3");
    const models& records = samples().at("bend");
    CHECK(message_of([&] {
              (void)cd::bootstrap_breaks<1>(records, &model::date, &model::flop, {.bootstrap = {.replicates = 0}});
          }) == "compute_divide::bootstrap: replicates >= 1, got 0");
    CHECK(message_of([&] {
              (void)cd::bootstrap_breaks<1>(records, &model::date, &model::flop, {.least_records = 1});
          }) == "compute_divide::bootstrap_breaks: least_records >= 3, got 1");
}
