// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/large_scale.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/large_scale_models.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
namespace chrono = std::chrono;
using namespace std::chrono_literals;
using cd::large_scale_rule;
using positions = std::vector<std::size_t>;
using namespace test_support;

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

cd::selection choose(auto&& records, large_scale_rule rule, const cd::large_scale_options& options = {}) {
    return cd::large_scale(records, &model::date, &model::flop, rule, options);
}

}  // namespace

TEST_CASE("on Epoch's tables every rule chooses the models that numpy does") {
    const std::pair<const char*, std::size_t> vintages[] = {{"2023-03-03", 166}, {"2023-12-14", 412}};
    for (const auto& [given_vintage, given_n] : vintages) {
        const std::string vintage = given_vintage;
        const std::size_t n = given_n;
        CAPTURE(vintage);
        const auto rows = large_scale_rows(vintage);
        REQUIRE(rows.size() == n);

        for (const auto& [key, unused] : rows[0].chosen) {
            const auto rule = key;
            CAPTURE(cd::name_of(rule));
            const auto chosen = cd::large_scale(rows, &large_scale_row::date, &large_scale_row::flop, rule);
            CHECK(chosen.indices == where(rows, [rule](const auto& row) { return row.chosen.at(rule); }));
            CHECK(chosen.n == n);
            CHECK(chosen.n_missing == 0);
            CHECK(chosen.rule == rule);
            CHECK(chosen.status == cd::estimate_status::ok);
        }
    }
}

TEST_CASE("of equal models, those at the top are all chosen, and none is above the trend") {
    models equal;
    for (int i = 0; i < 50; ++i) equal.push_back({day(37 * i % 800), 3.3e21});
    CHECK(choose(equal, large_scale_rule::above_trend_quantile).indices.empty());
    CHECK(choose(equal, large_scale_rule::near_running_maximum).indices.size() == 50);
    CHECK(choose(equal, large_scale_rule::largest_of_year).indices.size() == 50);
}

TEST_CASE("another unit of compute chooses the same models") {
    const models records = random_models(1);
    for (const double factor : {1024.0, 1e-15, 7.7}) {
        models scaled = records;
        for (auto& record : scaled) record.flop *= factor;
        for (const auto rule :
             {large_scale_rule::known_compute, large_scale_rule::z_score_outliers, large_scale_rule::largest_of_year,
              large_scale_rule::near_running_maximum, large_scale_rule::above_trend_quantile}) {
            CAPTURE(cd::name_of(rule));
            CHECK(choose(scaled, rule) == choose(records, rule));
            CHECK_FALSE(choose(records, rule).indices.empty());
        }
        CHECK(choose(scaled, large_scale_rule::above_threshold, {.threshold_flop = 1e18 * factor}) ==
              choose(records, large_scale_rule::above_threshold, {.threshold_flop = 1e18}));
    }
}

TEST_CASE("another order of the records chooses the same models") {
    models records = random_models(2);
    for (std::size_t i = 0; i < 40; ++i) records[i].flop = records[i + 40].flop;  // ties
    std::vector<std::size_t> order(records.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::shuffle(order.begin(), order.end(), std::mt19937(3));
    models shuffled;
    for (const std::size_t i : order) shuffled.push_back(records[i]);
    for (const auto& entry : enumerators(large_scale_rule{})) {
        const auto rule = entry.value;
        CAPTURE(entry.name);
        const auto chosen = choose(shuffled, rule);
        CHECK(std::ranges::is_sorted(chosen.indices));
        positions original;
        for (const std::size_t i : chosen.indices) original.push_back(order[i]);
        std::ranges::sort(original);
        CHECK(original == choose(records, rule).indices);
    }
}

TEST_CASE("the largest of each year, ties with the last one included") {
    const models records{{chrono::sys_days{2012y / 1 / 1}, 5},   {chrono::sys_days{2012y / 12 / 31}, 3},
                         {chrono::sys_days{2013y / 1 / 1}, 1},   {chrono::sys_days{2012y / 6 / 1}, 3},
                         {chrono::sys_days{2012y / 6 / 2}, 2.9}, {chrono::sys_days{1950y / 6 / 1}, 0.5}};
    const auto largest = [&records](std::size_t k) {
        return cd::largest_of_year(records, &model::date, &model::flop, k).indices;
    };
    CHECK(largest(1) == positions{0, 2, 5});
    CHECK(largest(2) == positions{0, 1, 2, 3, 5});
    CHECK(largest(3) == positions{0, 1, 2, 3, 5});
    CHECK(largest(4) == positions{0, 1, 2, 3, 4, 5});
    CHECK(largest(1000) == positions{0, 1, 2, 3, 4, 5});
    // A year or a decimal year falls in itself, not in its neighbour.
    const std::vector<std::pair<double, double>> by_year{{2012.0, 4}, {2012.999, 5}, {2013.0, 1}, {1899.5, 2}};
    CHECK(cd::largest_of_year(by_year, &std::pair<double, double>::first, &std::pair<double, double>::second, 1)
              .indices == positions{1, 2, 3});
}

TEST_CASE("near the running maximum, which a later model does not raise") {
    const models records{{day(0), 1e20}, {day(9), 1e24}, {day(5), 0.9e19}, {day(5), 1e19},
                         {day(9), 1e23}, {day(9), 2e20}, {day(10), 1e24}};
    const auto near = [&records](double d) {
        return cd::near_running_maximum(records, &model::date, &model::flop, d).indices;
    };
    CHECK(near(0) == positions{0, 1, 6});
    CHECK(near(1) == positions{0, 1, 3, 4, 6});
    CHECK(near(1.1) == positions{0, 1, 2, 3, 4, 6});
    CHECK(near(infinity).size() == 7);
}

TEST_CASE("above the trend: on an exact line nothing is, and a lone giant is") {
    models line;
    for (int i = 0; i < 60; ++i) line.push_back({day(16000 + 31 * i), std::pow(10, 15 + 0.05 * i)});
    CHECK(choose(line, large_scale_rule::above_trend_quantile).indices.empty());
    line[17].flop *= 1000;
    CHECK(cd::above_trend_quantile(line, &model::date, &model::flop, 0.99).indices == positions{17});
    CHECK(cd::above_trend_quantile(line, &model::date, &model::flop, 1).indices.empty());
    CHECK(cd::above_trend_quantile(line, &model::date, &model::flop, 0).indices.size() == 59);

    const models few{{day(0), 1e3}, {day(1), 1e5}};
    CHECK(choose(few, large_scale_rule::above_trend_quantile).status == cd::estimate_status::too_few);
    const models one_day{{day(4), 1e3}, {day(4), 1e5}, {day(4), 1e7}};
    const auto undetermined = choose(one_day, large_scale_rule::above_trend_quantile);
    CHECK(undetermined.status == cd::estimate_status::degenerate);
    CHECK(undetermined.indices.empty());
    CHECK(undetermined.n == 3);
}

TEST_CASE("more than the threshold") {
    const models records{{day(0), 1e23}, {day(0), std::nextafter(1e23, infinity)}, {day(0), 9e22}, {day(0), 1e25}};
    CHECK(choose(records, large_scale_rule::above_threshold).indices == positions{1, 3});
    CHECK(cd::above_threshold(records, &model::flop, 1e24).indices == positions{3});
}

TEST_CASE("what is not known is counted, and only where the rule needs it") {
    struct sparse {
        std::optional<chrono::year_month_day> date;
        std::optional<double> flop;
    };
    constexpr auto when = 2020y / 1 / 1;
    const std::vector<sparse> records{{when, 1e24},           {when, 0.0},
                                      {std::nullopt, 1e25},   {when, std::nullopt},
                                      {2020y / 2 / 30, 1e24}, {when, not_known}};
    for (const auto& entry : enumerators(large_scale_rule{})) {
        const auto rule = entry.value;
        CAPTURE(entry.name);
        const bool undated = rule == large_scale_rule::known_compute || rule == large_scale_rule::above_threshold;
        const auto chosen = cd::large_scale(records, &sparse::date, &sparse::flop, rule);
        CHECK(chosen.n == (undated ? 3 : 1));
        CHECK(chosen.n_missing == (undated ? 3 : 5));
        if (undated) CHECK(chosen.indices == positions{0, 2, 4});

        const auto nothing = cd::large_scale(std::vector<sparse>{}, &sparse::date, &sparse::flop, rule);
        CHECK(nothing.status == cd::estimate_status::no_data);
        CHECK(nothing == cd::selection{.rule = rule});
    }
    const auto z = cd::z_scores(records, &sparse::date, &sparse::flop);
    CHECK(z.size() == records.size());
}

TEST_CASE("one pass over records that come once, as prvalues, is enough") {
    const models records = random_models(4);
    for (const auto& entry : enumerators(large_scale_rule{})) {
        const auto rule = entry.value;
        CAPTURE(entry.name);
        CHECK(choose(single_pass<model>(records), rule) == choose(records, rule));
    }
}

TEST_CASE("impossible compute names its record, impossible options themselves") {
    for (const auto& entry : enumerators(large_scale_rule{})) {
        const auto rule = entry.value;
        const std::string name(entry.name);
        CHECK(message_of([rule] {
                  (void)choose(models{{day(0), 1}, {day(1), -3}}, rule);
              }) == "compute_divide::" + name + ": finite training_flop >= 0 in record 1, got -3");
        CHECK(message_of([rule] {
                  (void)choose(models{{day(0), infinity}}, rule);
              }) == "compute_divide::" + name + ": finite training_flop >= 0 in record 0, got inf");
    }
    const models records{{day(0), 1}};
    const auto date = &model::date;
    const auto flop = &model::flop;
    CHECK(message_of([&] { (void)cd::largest_of_year(records, date, flop, 0); }) ==
          "compute_divide::largest_of_year: largest >= 1, got 0");
    CHECK(message_of([&] { (void)cd::near_running_maximum(records, date, flop, -0.5); }) ==
          "compute_divide::near_running_maximum: orders_of_magnitude >= 0, got -0.5");
    CHECK(message_of([&] { (void)cd::above_trend_quantile(records, date, flop, 1.5); }) ==
          "compute_divide::above_trend_quantile: q in [0, 1], got 1.5");
    CHECK(message_of([&] { (void)cd::above_threshold(records, flop, -1.0); }) ==
          "compute_divide::above_threshold: threshold_flop >= 0, got -1");
    CHECK(message_of([&] { (void)cd::large_scale(records, date, flop, static_cast<large_scale_rule>(99)); }) ==
          "compute_divide::large_scale: one of the rules, got 99");
}
