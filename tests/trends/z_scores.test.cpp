// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/z_scores.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/io/epoch_categories.hpp>

#include "support/close.hpp"
#include "support/large_scale_models.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
namespace chrono = std::chrono;
using namespace std::chrono_literals;
using positions = std::vector<std::size_t>;
using namespace test_support;

TEST_CASE("on Epoch's tables z-scores and outliers are those of numpy") {
    const std::pair<const char*, std::size_t> vintages[] = {{"2023-03-03", 166}, {"2023-12-14", 412}};
    for (const auto& [given_vintage, given_n] : vintages) {
        const std::string vintage = given_vintage;
        const std::size_t n = given_n;
        CAPTURE(vintage);
        const auto rows = large_scale_rows(vintage);
        REQUIRE(rows.size() == n);

        const auto z = cd::z_scores(rows, &large_scale_row::date, &large_scale_row::flop);
        REQUIRE(z.size() == n);
        for (std::size_t i = 0; i < n; ++i) {
            CAPTURE(i);
            REQUIRE(z[i].has_value() == rows[i].z.has_value());
            if (z[i]) CHECK(std::fabs(*z[i] - *rows[i].z) <= 1e-13);
        }
        const auto outliers = [&rows](const cd::z_score_options& options) {
            return cd::z_score_outliers(rows, &large_scale_row::date, &large_scale_row::flop, options).indices;
        };
        CHECK(outliers({}) == where(rows, [](const auto& row) { return row.z && *row.z > 0.76; }));
        CHECK(outliers({.side = cd::outlier_side::low}) ==
              where(rows, [](const auto& row) { return row.z && *row.z < -2; }));
        constexpr auto start = 2015y / chrono::September / 1;
        CHECK(outliers({.only_after = chrono::sys_days{start}}) ==
              where(rows, [start](const auto& row) { return row.z && *row.z > 0.76 && row.date > start; }));
    }
}

// The counts were made from the same table before this library was, by another program: the z-score's windows hold the
// categorised models only.
TEST_CASE("academia's share of the outliers of 2023-12 is the one computed independently") {
    auto rows = large_scale_rows("2023-12-14");
    std::erase_if(rows, [](const auto& row) { return row.category.empty(); });
    REQUIRE(rows.size() == 278);

    const struct {
        double above;
        std::size_t early, early_academia, late, late_academia, in_2022, in_2022_industry;
    } expected[] = {{0.76, 6, 4, 29, 1, 11, 9}, {0, 12, 8, 73, 1, 26, 21}};
    for (const auto& e : expected) {
        CAPTURE(e.above);
        const auto chosen =
            cd::z_score_outliers(rows, &large_scale_row::date, &large_scale_row::flop, {.high = e.above}).indices;
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
    CHECK(cd::z_score_outliers(records, &model::date, &model::flop).indices == positions{1});
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
    const auto outliers = cd::z_score_outliers(equal, &model::date, &model::flop);
    CHECK(outliers.indices.empty());
    CHECK(outliers.status == cd::estimate_status::ok);
}

TEST_CASE("impossible options name themselves") {
    constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
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
}

TEST_CASE("both sides print and parse") {
    for (const auto& entry : enumerators(cd::outlier_side{}))
        CHECK(cd::parse_name<cd::outlier_side>(entry.name) == entry.value);
}
