// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/frontier.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <limits>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/trends/large_scale.hpp>

#include "support/broken_trends.hpp"
#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
namespace chrono = std::chrono;
using namespace std::chrono_literals;
using namespace test_support;

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// The models of one vintage of tests/reference/large_scale.csv, or a sample of breaks_data.csv.
models sample(const std::string& name) {
    if (samples().contains(name)) return samples().at(name);
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/large_scale.csv");
    models records;
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string vintage, flop;
        int year = 0;
        unsigned month = 0, of_month = 0;
        char mark = 0;
        std::getline(fields, vintage, ',');
        if (vintage != name) continue;
        fields >> year >> mark >> month >> mark >> of_month >> mark;
        std::getline(fields, flop, ',');
        records.push_back({chrono::year{year} / static_cast<int>(month) / static_cast<int>(of_month),
                           std::strtod(flop.c_str(), nullptr)});
    }
    return records;
}

auto maximum_of(const models& records) {
    return cd::running_maximum(records, &model::date, &model::flop);
}

}  // namespace

TEST_CASE("record setters, their trend and the running maximum are those of all pairs compared") {
    for (const auto& row : reference_table("frontier", 14)) {
        CAPTURE(row.text);
        const models records = sample(row.name);
        const auto trend = cd::fit_frontier_trend(records, &model::date, &model::flop);
        CHECK(trend.n == records.size());
        const auto slope = trend.growth.slope;
        CHECK(static_cast<double>(slope.n) == row.numbers[0]);
        CHECK(close(*slope.value, 365.25 * row.numbers[1], 1e-11));
        CHECK_FALSE(slope.bounds);
        CHECK_FALSE(trend.growth.doubling.months.bounds);
        CHECK(close(*trend.r_squared, row.numbers[3], 1e-11));

        const auto maximum = maximum_of(records);
        CHECK(maximum.n == records.size());
        for (std::size_t i = 4; i < 14; i += 2) CHECK(maximum.at(day(row.numbers[i])) == row.numbers[i + 1]);
        const auto setters = cd::near_running_maximum(records, &model::date, &model::flop, 0);
        CHECK(static_cast<double>(setters.indices.size()) == row.numbers[0]);
        CHECK(maximum.steps.size() <= setters.indices.size());
    }
}

TEST_CASE("steps: of one date the largest; what equals the maximum sets the record but is no step") {
    const models records{{day(9), 5},   {day(2), 3}, {day(2), 4}, {day(5), 4},
                         {day(7), 3.9}, {day(9), 6}, {day(9), 6}, {day(12), 6}};
    const auto maximum = maximum_of(records);
    CHECK(maximum.status == cd::estimate_status::ok);
    CHECK(maximum.steps == std::vector<cd::frontier_step>{{day(2), 2, 4}, {day(9), 9, 6}});
    CHECK_FALSE(maximum.at(day(1)));
    CHECK(maximum.at(day(2)) == 4);
    CHECK(maximum.at(day(8)) == 4);
    CHECK(maximum.at(day(9)) == 6);
    CHECK(maximum.at(2100) == 6);
    CHECK_FALSE(maximum.at(2020y / 2 / 30));
    // 4 twice, on different days, and 6 three times.
    CHECK(cd::fit_frontier_trend(records, &model::date, &model::flop).growth.slope.n == 5);
}

TEST_CASE("the running maximum is the largest so far, in any order of the records") {
    std::mt19937_64 random(11);
    std::uniform_int_distribution<int> days(0, 60);
    std::uniform_real_distribution<double> log(10, 20);
    for (int round = 0; round < 50; ++round) {
        models records;
        for (int i = 0; i < 40; ++i) records.push_back({day(days(random)), std::pow(10, log(random))});
        const auto maximum = maximum_of(records);
        for (int d = 0; d <= 60; ++d) {
            std::optional<double> largest;
            for (const auto& record : records)
                if (record.date <= day(d)) largest = std::max(largest.value_or(0), record.flop);
            CHECK(maximum.at(day(d)) == largest);
        }
        std::ranges::shuffle(records, random);
        CHECK(maximum_of(records) == maximum);
        CHECK(cd::running_maximum(single_pass<model>(records), &model::date, &model::flop) == maximum);
    }
}

TEST_CASE("the frontier of an exact trend is the trend; smaller models do not move it") {
    models records = trend_of(40, 30, [](double) { return 0.0; });
    for (int i = 1; i < 40; ++i) records.push_back({day(14610 + 30 * i), 1e17});
    const auto trend = cd::fit_frontier_trend(records, &model::date, &model::flop);
    CHECK(trend.growth.slope.n == 40);
    CHECK(trend.n == 79);
    CHECK(close(*trend.growth.slope.value, 0.36525, 1e-12));
    CHECK(close(*trend.growth.doubling.months.value, std::log10(2.0) / 0.001 / (365.25 / 12), 1e-12));
    CHECK(trend.growth.doubling.kind == cd::doubling_kind::finite);
    const auto sevilla = cd::fit_frontier_trend(records, &model::date, &model::flop,
                                                {cd::year_length::days_365, cd::month_length::days_30});
    CHECK(close(*sevilla.growth.slope.value, 0.365, 1e-12));
}

TEST_CASE("what is not known is counted; not enough data is a status") {
    struct sparse {
        std::optional<chrono::year_month_day> date;
        std::optional<double> flop;
        std::optional<std::string> team;
    };
    const std::vector<sparse> records{{2012y / 1 / 1, 1e18, "a"},          {2013y / 1 / 1, 1e19, "b"},
                                      {2014y / 1 / 1, 1e20, std::nullopt}, {2015y / 1 / 1, 1e21, "c"},
                                      {std::nullopt, 1e30, "a"},           {2016y / 2 / 30, 1e30, "a"},
                                      {2016y / 1 / 1, std::nullopt, "a"},  {2016y / 1 / 1, not_known, "a"}};
    const auto maximum = cd::running_maximum(records, &sparse::date, &sparse::flop);
    CHECK(maximum.n == 4);
    CHECK(maximum.n_missing == 4);
    CHECK(maximum.at(2016y / 1 / 1) == 1e21);
    CHECK(cd::fit_frontier_trend(records, &sparse::date, &sparse::flop).n_missing == 4);

    CHECK(maximum_of({}) == cd::frontier{});
    CHECK(maximum_of({}).status == cd::estimate_status::no_data);
    const models falling{{day(0), 9}, {day(1), 8}, {day(2), 7}};
    CHECK(maximum_of(falling).steps.size() == 1);
    CHECK(cd::fit_frontier_trend(falling, &model::date, &model::flop).status == cd::estimate_status::too_few);
}

TEST_CASE("a running maximum is written as JSON and as text") {
    const auto maximum = maximum_of({{day(18994), 3e23}, {day(-719163), 1}});
    CHECK(maximum);
    CHECK(cd::to_json(maximum) ==
          R"({"steps":[{"date":"0000-12-31","day":-719163,"value":1},{"date":"2022-01-02","day":18994,"value":3e+23}],)"
          R"("n":2,"n_missing":0,"status":"ok"})");
    CHECK(cd::to_string(maximum.steps[1]) == "date   2022-01-02\nday    1.9e+04\nvalue  3e+23");
}

TEST_CASE("impossible values name their record") {
    for (const auto& [value, text] : {std::pair{0.0, "0"}, {-3.0, "-3"}, {infinity, "inf"}}) {
        const models bad{{day(0), 1}, {day(1), value}};
        CHECK(message_of([&] { (void)maximum_of(bad); }) ==
              std::string("compute_divide::running_maximum: a finite value > 0 in record 1, got ") + text);
        CHECK(message_of([&] { (void)cd::fit_frontier_trend(bad, &model::date, &model::flop); }) ==
              std::string("compute_divide::fit_frontier_trend: a finite value > 0 in record 1, got ") + text);
    }
}
