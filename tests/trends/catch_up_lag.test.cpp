// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/catch_up_lag.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
using namespace std::chrono_literals;
using cd::estimate_status;
using std::chrono::sys_days;
using test_support::close;
using test_support::message_of;

namespace {

struct model {
    double year = 0;
    std::optional<double> level = {};
    std::optional<bool> open = {};
};
cd::catch_up_result lag_of(const std::vector<model>& models, const cd::catch_up_options& options = {}) {
    return cd::catch_up_lag(models, &model::year, &model::level, &model::open, options);
}
constexpr double day = 1 / 365.25;

}  // namespace

TEST_CASE("lags by hand") {
    // Closed: 10 in 2020, 20 in 2021, 15 in 2021 (no record), 30 in 2022, 40 in 2024. Open: 12 in 2021, 25 in 2023,
    // 30 in 2024. The table ends on 2025-01-01.
    const std::vector<model> models = {{2020, 10, false}, {2021, 20, false}, {2021, 15, false}, {2022, 30, false},
                                       {2024, 40, false}, {2021, 12, true},  {2023, 25, true},  {2024, 30, true},
                                       {2024, {}, true},  {2024, 50, {}},    {2025, 1, true}};
    const auto result = lag_of(models);
    REQUIRE(result.lags.size() == 4);
    CHECK(close(result.lags[0].years, 366 * day, 1e-12));  // 2020 has 366 days
    CHECK(close(result.lags[1].years, 730 * day, 1e-12));
    CHECK(close(result.lags[2].years, 730 * day, 1e-12));
    CHECK_FALSE(result.lags[3].answered());
    CHECK(close(result.lags[3].years, 366 * day, 1e-12));
    CHECK(result.lags[3].leader == 4);
    CHECK(result.lags[1].follower == 6);
    CHECK(result.lags[1].followed == sys_days(2023y / 1 / 1));
    CHECK(result.n_missing == 2);
    CHECK(result.n_ahead == 0);
    CHECK(result.until == sys_days(2025y / 1 / 1));
    CHECK(result.curve.n == 4);
    CHECK(result.curve.n_events == 3);
    CHECK(result.curve.n_clusters == 4);
    CHECK(result.curve.status == estimate_status::few_clusters);
    CHECK(close(*result.median.time, 730 * day, 1e-12));  // 3/4 after one year, 0 after two... of those that were seen
    // In mid-2023 open models have 25, which closed ones passed when they had 30, in 2022.
    CHECK(close(*result.behind_on(2023.5), 1.5, 2e-3));
    CHECK(close(*result.behind_on(2024.0), 2.0, 2e-3));
    CHECK_FALSE(result.behind_on(2020.5));

    // Within a margin 12 is as good as 20, and 25 as 30; the other way 12 is not 10.
    const auto lenient = lag_of(models, {.margin = 8});
    CHECK(lenient.lags[1].years == 0);
    CHECK(lenient.n_ahead == 1);
    CHECK(close(lenient.lags[2].years, 365 * day, 1e-12));
    const auto strict = lag_of(models, {.margin = -3});
    CHECK(close(strict.lags[0].years, (366 + 730) * day, 1e-12));
    CHECK_FALSE(strict.lags[2].answered());

    // Every level from 10 to 40 by 5: 10 in 2020, 15 and 20 in 2021, 25 and 30 in 2022, 35 and 40 in 2024.
    const auto by_five = lag_of(models, {.spacing = 5});
    REQUIRE(by_five.lags.size() == 7);
    CHECK(by_five.lags[3].level == 25);
    CHECK(close(by_five.lags[3].years, 365 * day, 1e-12));
    CHECK(by_five.curve.n_clusters == 4);  // of 2020, 2021, 2022 and 2024
    CHECK(lag_of(models, {.spacing = 5, .block = 10}).curve.status == estimate_status::too_few);

    const auto later = lag_of(models, {.since = sys_days(2022y / 1 / 1)});
    REQUIRE(later.lags.size() == 2);
    CHECK(later.lags[0] == result.lags[2]);

    // As of the middle of 2023 the level 30 waits.
    const auto earlier = lag_of(models, {.until = sys_days(2023y / 7 / 1)});
    REQUIRE(earlier.lags.size() == 3);
    CHECK_FALSE(earlier.lags[2].answered());
    CHECK(close(earlier.lags[2].years, (365 + 181) * day, 1e-12));
    CHECK(earlier.n_missing == 5);
    CHECK(cd::catch_up_lag(test_support::single_pass(models), &model::year, &model::level, &model::open) == result);
}

TEST_CASE("followers that are ahead, alone, or none") {
    const auto ahead = lag_of({{2020, 1, false}, {2019, 2, true}});
    CHECK(ahead.lags[0].years == 0);
    CHECK(ahead.n_ahead == 1);
    CHECK(ahead.behind_on(2021) == 0);
    const auto never = lag_of({{2020, 1, false}, {2021, 2, false}, {2022, 3, false}});
    CHECK(never.curve.n_events == 0);
    CHECK_FALSE(never.median.reached());
    CHECK_FALSE(never.behind_on(2022));
    CHECK(lag_of({{2020, 1, true}}).curve.status == estimate_status::no_data);
    CHECK_FALSE(lag_of({}));
    CHECK(lag_of({{2020, {}, false}}).n_missing == 1);
    const std::vector<model> models = {{2020, 1, false}, {2021, 1e7, false}};
    CHECK(message_of([&] { return lag_of(models, {.spacing = 1}); }).find("at most 100,000 levels") !=
          std::string::npos);
    CHECK(message_of([&] { return lag_of(models, {.spacing = 0}); }).find("a spacing above 0") != std::string::npos);
    CHECK(message_of([&] { return lag_of(models, {.block = 0}); }).find("a block above 0") != std::string::npos);
    CHECK(message_of([&] { return lag_of(models, {.margin = std::nan("")}); }).find("a finite margin") !=
          std::string::npos);
    CHECK(message_of([&] {
              return lag_of({{2020, std::numeric_limits<double>::infinity(), false}});
          }).find("a finite level in record 0") != std::string::npos);
}

TEST_CASE("only order counts, and a later calendar is the same") {
    std::mt19937_64 generator(1);
    std::uniform_real_distribution<double> uniform;
    std::vector<model> models;
    for (int i = 0; i < 80; ++i) {
        const double years = std::floor(3'650 * uniform(generator)) / 365;
        models.push_back({2010 + years, std::floor(8 * years) + std::floor(20 * uniform(generator)), i % 2 == 0});
    }
    const auto expected = lag_of(models);
    auto other = models;
    for (auto& m : other) m.level = std::exp(*m.level / 10) - 5;
    const auto turned = lag_of(other);
    REQUIRE(turned.lags.size() == expected.lags.size());
    for (std::size_t i = 0; i < turned.lags.size(); ++i) CHECK(turned.lags[i].years == expected.lags[i].years);
    CHECK(turned.median.time == expected.median.time);
}

TEST_CASE("a simulated lag is found, censored as it is") {
    // Leaders reach a level a month; followers answer each after an exponential time of median half a year, by a model
    // of their own at just that level, so that answers come out of order and one may answer several.
    std::mt19937_64 generator(3);
    std::exponential_distribution<double> waits(std::log(2.0) / 0.5);
    int held = 0, ok = 0, reached = 0, alone = 0;
    constexpr int draws = 300;
    for (int draw = 0; draw < draws; ++draw) {
        std::vector<model> models;
        std::vector<double> at(96);
        for (std::size_t i = 0; i < at.size(); ++i) {
            const double year = 2016 + static_cast<double>(i) / 12;
            models.push_back({year, static_cast<double>(i), false});
            at[i] = year + waits(generator);
        }
        // The true waiting time of a level is the first answer at it or above.
        for (std::size_t i = 0; i < at.size(); ++i)
            if (at[i] < 2024) models.push_back({at[i], static_cast<double>(i), true});
        const auto result = lag_of(models, {.until = sys_days(2024y / 1 / 1)});
        ok += result.curve.status == estimate_status::few_clusters;  // eight years
        // A level waits longer than t where neither its own answer nor that of a higher one came: the probability is 2
        // to the power of minus the sum of (t - j / 12) / 0.5 over j from 0 on, which is 1/2 at t = 1/4.
        const double truth = 0.25;
        held += (!result.median.lower || *result.median.lower <= truth) &&
                (!result.median.upper || truth <= *result.median.upper);
        reached += result.median.reached();
        const auto each =
            cd::survival_quantile(cd::kaplan_meier(result.lags, &cd::level_lag::years, &cd::level_lag::answered));
        alone += *each.lower <= truth && truth <= *each.upper;
    }
    CAPTURE(held);
    CHECK(ok == draws);
    CHECK(reached == draws);
    CHECK(held > 0.92 * draws);
    CHECK(alone < 0.87 * draws);  // as if levels did not depend on each other
}
