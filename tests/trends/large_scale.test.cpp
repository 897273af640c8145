// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/large_scale.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/epoch_categories.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
namespace chrono = std::chrono;
using namespace std::chrono_literals;
using cd::large_scale_rule;
using positions = std::vector<std::size_t>;
using test_support::close;
using test_support::message_of;

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

struct model {
    chrono::sys_days date;
    double flop;
};
using models = std::vector<model>;

chrono::sys_days day(int n) {
    return chrono::sys_days{chrono::days{n}};
}

/// A row of tests/reference/large_scale.csv, written by large_scale.py beside it.
struct reference_row {
    std::string vintage;
    chrono::year_month_day date;
    double flop;
    std::string category;
    std::optional<double> z, z_categorised;
    std::map<large_scale_rule, bool> chosen;
};

std::vector<reference_row> reference(const std::string& vintage) {
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/large_scale.csv");
    std::vector<reference_row> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        const auto cell = [&cells] {
            std::string text;
            std::getline(cells, text, ',');
            return text;
        };
        const auto number = [&cell]() -> std::optional<double> {
            const std::string text = cell();
            return text.empty() ? std::nullopt : std::optional(std::strtod(text.c_str(), nullptr));
        };
        reference_row row;
        row.vintage = cell();
        const std::string date = cell();
        row.date = chrono::year{std::stoi(date)} / std::stoi(date.substr(5)) / std::stoi(date.substr(8));
        row.flop = *number();
        row.category = cell();
        row.z = number();
        row.z_categorised = number();
        for (const auto rule : {large_scale_rule::largest_of_year, large_scale_rule::near_running_maximum,
                                large_scale_rule::above_trend_quantile, large_scale_rule::above_threshold})
            row.chosen[rule] = *number() == 1;
        if (row.vintage == vintage) rows.push_back(row);
    }
    return rows;
}

template <class Rows>
positions where(const Rows& rows, auto&& holds) {
    positions found;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (holds(rows[i])) found.push_back(i);
    return found;
}

/// 400 models over 12 years, two thousandfold spread round a growing trend, some on the same day.
models random_models(unsigned seed) {
    std::mt19937 engine(seed);
    models result;
    for (int i = 0; i < 400; ++i) {
        const int when = 14600 + static_cast<int>(engine() % 4380);
        const double spread = static_cast<double>(engine() % 1000) * 0.006;
        result.push_back({day(when), std::pow(10, 12 + 0.0017 * (when - 14600) + spread)});
    }
    return result;
}

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
        const auto rows = reference(vintage);
        REQUIRE(rows.size() == n);

        const auto z = cd::z_scores(rows, &reference_row::date, &reference_row::flop);
        REQUIRE(z.size() == n);
        for (std::size_t i = 0; i < n; ++i) {
            CAPTURE(i);
            REQUIRE(z[i].has_value() == rows[i].z.has_value());
            if (z[i]) CHECK(std::fabs(*z[i] - *rows[i].z) <= 1e-13);
        }
        const auto outliers = [&rows](const cd::z_score_options& options) {
            return cd::z_score_outliers(rows, &reference_row::date, &reference_row::flop, options).indices;
        };
        CHECK(outliers({}) == where(rows, [](const auto& row) { return row.z && *row.z > 0.76; }));
        CHECK(outliers({.side = cd::outlier_side::low}) ==
              where(rows, [](const auto& row) { return row.z && *row.z < -2; }));
        constexpr auto start = 2015y / chrono::September / 1;
        CHECK(outliers({.only_after = chrono::sys_days{start}}) ==
              where(rows, [start](const auto& row) { return row.z && *row.z > 0.76 && row.date > start; }));

        for (const auto& [key, unused] : rows[0].chosen) {
            const auto rule = key;
            CAPTURE(cd::name_of(rule));
            const auto chosen = cd::large_scale(rows, &reference_row::date, &reference_row::flop, rule);
            CHECK(chosen.indices == where(rows, [rule](const auto& row) { return row.chosen.at(rule); }));
            CHECK(chosen.n == n);
            CHECK(chosen.n_missing == 0);
            CHECK(chosen.rule == rule);
            CHECK(chosen.status == cd::estimate_status::ok);
        }
    }
}

// The counts were made from the same table before this library was, by another program: the z-score's windows hold the
// categorised models only.
TEST_CASE("academia's share of the outliers of 2023-12 is the one computed independently") {
    auto rows = reference("2023-12-14");
    std::erase_if(rows, [](const auto& row) { return row.category.empty(); });
    REQUIRE(rows.size() == 278);

    const struct {
        double above;
        std::size_t early, early_academia, late, late_academia, in_2022, in_2022_industry;
    } expected[] = {{0.76, 6, 4, 29, 1, 11, 9}, {0, 12, 8, 73, 1, 26, 21}};
    for (const auto& e : expected) {
        CAPTURE(e.above);
        const auto chosen =
            cd::z_score_outliers(rows, &reference_row::date, &reference_row::flop, {.high = e.above}).indices;
        CHECK(chosen == where(rows, [&e](const auto& row) { return row.z_categorised.value_or(-9) > e.above; }));
        const auto count = [&](int from, int to, std::optional<cd::team_kind> kind) {
            return static_cast<std::size_t>(std::ranges::count_if(chosen, [&](std::size_t i) {
                const int year = *cd::year_of(rows[i].date);
                return from <= year && year <= to && (!kind || cd::team_of_epoch_category(rows[i].category) == *kind);
            }));
        };
        CHECK(count(2010, 2014, {}) == e.early);
        CHECK(count(2010, 2014, cd::team_kind::academia_only) == e.early_academia);
        CHECK(count(2020, 2022, {}) == e.late);
        CHECK(count(2020, 2022, cd::team_kind::academia_only) == e.late_academia);
        CHECK(count(2022, 2022, {}) == e.in_2022);
        CHECK(count(2022, 2022, cd::team_kind::industry_only) == e.in_2022_industry);
    }
}

TEST_CASE("the window is 364 days on each side, both ends included") {
    const models records{{day(0), 1e10}, {day(364), 1e12}, {day(729), 1e14}};
    const auto z = cd::z_scores(records, &model::date, &model::flop);
    CHECK(close(*z[0], -1, 1e-15));
    CHECK(close(*z[1], 1, 1e-15));
    CHECK_FALSE(z[2]);
    CHECK(choose(records, large_scale_rule::z_score_outliers).indices == positions{1});
    CHECK(*cd::z_scores(records, &model::date, &model::flop, 365)[2] > 0);
    CHECK_FALSE(cd::z_scores(records, &model::date, &model::flop, 363)[0]);
}

TEST_CASE("the threshold is strict and so is the date") {
    const models records{{day(0), 1e10}, {day(1), 1e12}, {day(2), 1e11}};
    const double z = *cd::z_scores(records, &model::date, &model::flop)[1];
    const auto outliers = [&records](const cd::z_score_options& options) {
        return cd::z_score_outliers(records, &model::date, &model::flop, options).indices;
    };
    CHECK(outliers({.high = z}).empty());
    CHECK(outliers({.high = std::nextafter(z, 0)}) == positions{1});
    CHECK(outliers({.only_after = day(1)}).empty());
    CHECK(outliers({.only_after = day(0)}) == positions{1});
    CHECK(outliers({.side = cd::outlier_side::low, .low = -1}) == positions{0});
}

TEST_CASE("sliding windows lose no digits: against every window summed anew") {
    std::mt19937 engine(7);
    std::vector<std::pair<double, double>> records;  // far from zero, a tiny spread, one giant passing through
    records.reserve(3000);
    for (int i = 0; i < 3000; ++i)
        records.emplace_back(2000 + 0.003 * i, 1e24 * (1 + 1e-6 * static_cast<double>(engine() % 1000)));
    records[700].second = 1;
    const auto first = &std::pair<double, double>::first;
    const auto second = &std::pair<double, double>::second;
    const auto z = cd::z_scores(records, first, second);
    for (std::size_t i = 0; i < records.size(); i += 7) {
        std::vector<long double> logs;
        for (const auto& [year, flop] : records)
            if (std::fabs(cd::days_since_1970(year) - cd::days_since_1970(records[i].first)) <= 364)
                logs.push_back(static_cast<long double>(std::log10(flop)));
        const auto n = static_cast<long double>(logs.size());
        const long double mean = std::accumulate(logs.begin(), logs.end(), 0.0L) / n;
        long double squares = 0;
        for (const long double x : logs) squares += (x - mean) * (x - mean);
        const auto own = static_cast<long double>(std::log10(records[i].second));
        const auto expected = static_cast<double>((own - mean) / std::sqrt(squares / n));
        CAPTURE(i);
        // One rounding of log10 compute, 3.6e-15, is 3e-11 standard deviations here; sums of squares would be off by
        // 1e-5.
        CHECK(std::fabs(*z[i] - expected) <= 3e-10);
    }
}

TEST_CASE("no spread, no z-score: one model, equal models") {
    CHECK(cd::z_scores(models{{day(0), 1e20}}, &model::date, &model::flop) ==
          std::vector<std::optional<double>>{std::nullopt});
    models equal;
    for (int i = 0; i < 50; ++i) equal.push_back({day(37 * i % 800), 3.3e21});
    for (const auto& z : cd::z_scores(equal, &model::date, &model::flop)) CHECK_FALSE(z);
    CHECK(choose(equal, large_scale_rule::z_score_outliers).indices.empty());
    CHECK(choose(equal, large_scale_rule::z_score_outliers).status == cd::estimate_status::ok);
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
        CHECK(choose(test_support::single_pass<model>(records), rule) == choose(records, rule));
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
    CHECK(message_of([&] { (void)cd::z_scores(records, date, flop, -1); }) ==
          "compute_divide::z_scores: half_window_days >= 0, got -1");
    CHECK(message_of([&] { (void)cd::z_score_outliers(records, date, flop, {.half_window_days = not_known}); }) ==
          "compute_divide::z_score_outliers: half_window_days >= 0, got nan");
    CHECK(message_of([&] { (void)cd::z_score_outliers(records, date, flop, {.high = not_known}); }) ==
          "compute_divide::z_score_outliers: a number for high, got nan");
    CHECK(message_of([&] { (void)cd::z_score_outliers(records, date, flop, {.low = not_known}); }) ==
          "compute_divide::z_score_outliers: a number for low, got nan");
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

TEST_CASE("every rule prints and parses") {
    for (const auto& [rule, name] : enumerators(large_scale_rule{}))
        CHECK(cd::parse_name<large_scale_rule>(name) == rule);
    for (const auto& [side, name] : enumerators(cd::outlier_side{}))
        CHECK(cd::parse_name<cd::outlier_side>(name) == side);
}
