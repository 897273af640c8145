// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/compare.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/team.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"
#include "support/trend_models.hpp"

namespace cd = compute_divide;
using namespace std::chrono_literals;
using cd::estimate_status;
using cd::trend_interval;
using namespace test_support;

namespace {

auto fit(const std::vector<trend_model>& models) {
    return cd::fit_log_trends(models, &trend_model::team, &trend_model::date, &trend_model::flop,
                              &trend_model::organization);
}

struct point {
    double year, value;
    char group;
    int cluster = 0;
};
/// Group 'a' tenfold in 3 years, 'b' tenfold in 5, with residuals that alternate; `behind` years between them in 2020.
std::vector<point> two_groups(double behind, double scatter) {
    std::vector<point> points;
    for (int i = 0; i < 40; ++i) {
        const double year = 2010 + i * 0.3;
        const double noise = scatter * ((i * 7) % 5 - 2.0);
        points.push_back({year, std::pow(10, (year - 2020) / 3 + noise), 'a', i % 8});
        points.push_back({year + 0.1, std::pow(10, (year + 0.1 - 2020) / 5 - behind / 3 - noise), 'b', 4 + i % 9});
    }
    return points;
}
auto fit_points(const std::vector<point>& points) {
    return cd::fit_log_trends(
        points, [](const point& each) { return static_cast<int>(each.group); }, &point::year, &point::value,
        &point::cluster);
}

}  // namespace

TEST_CASE("differences and lags are those of R's lm(y ~ x * g), sandwich and root finding") {
    const auto trends = fit(trend_models("2023-12-14"));
    CHECK(trends.groups() == std::vector<std::string>{"academia", "collaboration", "industry", "other"});
    std::size_t compared = 0;
    for (const auto& row : reference_table("compare", 3)) {
        CAPTURE(row.name);
        ++compared;
        const auto slash = row.name.find('/');
        const std::string quantity = row.name.substr(0, slash);
        const std::string interval = row.name.substr(slash + 1);
        cd::trend_options options;
        if (interval == "separate")
            options.variance = cd::residual_variance::separate;
        else
            options.interval = cd::parse_name<trend_interval>(interval);
        cd::estimate found;
        double unit = 1;
        if (quantity == "slope") {
            found = trends.slope_difference("industry", "academia", options).difference;
            unit = 365.25;
        } else if (quantity == "level") {
            found = trends.level_difference("industry", "academia", 2020y, options).difference;
        } else {
            options.derived = cd::parse_name<cd::derived_interval>(quantity.substr(0, quantity.find(' ')));
            found = trends.lag("academia", "industry", 2020y, options).years;
            unit = 1 / 365.25;
        }
        CHECK(close(*found.value, row.numbers[0] * unit, 1e-11));
        CHECK(close(found.lower(), row.numbers[1] * unit, 1e-10));
        CHECK(close(found.upper(), row.numbers[2] * unit, 1e-10));
        CHECK(found.n == 143);
    }
    CHECK(compared == 16);
}

TEST_CASE("a group of the joint fit is the group fitted alone") {
    const auto models = trend_models("2023-12-14");
    const auto trends = fit(models);
    for (const std::string& team : trends.groups()) {
        std::vector<trend_model> own;
        for (const auto& model : models)
            if (model.team == team) own.push_back(model);
        const auto alone = cd::fit_log_trend(own, &trend_model::date, &trend_model::flop, &trend_model::organization);
        const auto of = trends.of(team);
        CHECK(of.n() == own.size());
        CHECK(of.n_clusters() == alone.n_clusters());
        CHECK(of.r_squared() == alone.r_squared());
        for (const auto& entry : enumerators(trend_interval{})) {
            const cd::trend_options options{.interval = entry.value, .bootstrap = {.replicates = 300}};
            CHECK(of.growth(options) == alone.growth(options));
            CHECK(of.confidence_band(2030y, options) == alone.confidence_band(2030y, options));
        }
    }
}

TEST_CASE("the lag is the horizontal distance of the trends") {
    for (const double behind : {4.0, 0.0, -2.5}) {
        const auto trends = fit_points(two_groups(behind, 0));
        // Years of 365 and 366 days against years of 365.25: to the third digit.
        const auto lag = trends.lag('b', 'a', 2020y).years;
        CHECK(std::fabs(*lag.value - behind) < 0.01);
        CHECK(std::fabs(*trends.lag('a', 'b', 2020y).years.value + behind * 5 / 3) < 0.01);
        const double when = 2020 - *lag.value;
        CHECK(close(*trends.of('a').at(when), *trends.of('b').at(2020), 0.005));
        CHECK(std::fabs(*trends.level_difference('a', 'b', 2020y).difference.value - behind / 3) < 0.01);
        CHECK(std::fabs(*trends.slope_difference('a', 'b').difference.value - (1.0 / 3 - 1.0 / 5)) < 0.001);
    }
}

TEST_CASE("every interval holds its value; exchanging the groups turns differences round") {
    const auto trends = fit_points(two_groups(4, 0.2));
    for (const auto resampling : {cd::bootstrap_resampling::pairs, cd::bootstrap_resampling::clusters})
        for (const auto& entry : enumerators(trend_interval{})) {
            CAPTURE(entry.name);
            const cd::trend_options options{
                .interval = entry.value, .resampling = resampling, .bootstrap = {.replicates = 1'000}};
            for (const auto& each : {trends.slope_difference('a', 'b', options).difference,
                                     trends.level_difference('a', 'b', 2019.5, options).difference,
                                     trends.lag('b', 'a', 2019.5, options).years}) {
                CHECK(each);
                CHECK((each.status == estimate_status::ok || cd::detail::is_by_cluster(options)));
                CHECK(each.bounds->contains(*each.value));
                CHECK(each.n == 80);
            }
            const auto there = trends.slope_difference('a', 'b', options).difference;
            const auto back = trends.slope_difference('b', 'a', options).difference;
            CHECK(*there.value == -*back.value);
            // bca rounds its two tails differently
            CHECK(std::fabs(there.lower() + back.upper()) < 1e-9);
            CHECK(std::fabs(there.upper() + back.lower()) < 1e-9);
        }
}

TEST_CASE("the bootstrapped lag agrees with the exact interval where the sample is large" *
          doctest::test_suite("long")) {
    std::vector<point> many;
    for (int i = 0; i < 25; ++i)
        for (point each : two_groups(4, 0.1)) {
            each.cluster = static_cast<int>(many.size());
            each.value *= std::pow(10, 0.1 * ((i * 11) % 7 - 3));
            many.push_back(each);
        }
    const auto trends = fit_points(many);
    const auto exact = trends.lag('b', 'a', 2020y, {.interval = trend_interval::hc3}).years;
    for (const auto interval : {trend_interval::bootstrap_percentile, trend_interval::bootstrap_bca}) {
        const auto drawn =
            trends.lag('b', 'a', 2020y, {.interval = interval, .bootstrap = {.replicates = 4'000, .threads = 2}}).years;
        CHECK(std::fabs(drawn.lower() - exact.lower()) < 0.1 * exact.bounds->width());
        CHECK(std::fabs(drawn.upper() - exact.upper()) < 0.1 * exact.bounds->width());
    }
}

TEST_CASE("a lag behind a trend that may be flat is no lag, whatever the interval") {
    auto points = two_groups(4, 0.2);
    for (point& each : points)
        if (each.group == 'a') each.value = static_cast<int>(each.year * 10) % 2 == 0 ? 10 : 1000;
    const auto trends = fit_points(points);
    for (const auto& entry : enumerators(trend_interval{})) {
        CAPTURE(entry.name);
        const auto lag = trends.lag('b', 'a', 2020y, {.interval = entry.value, .bootstrap = {.replicates = 1'000}});
        CHECK_FALSE(lag);
        CHECK(lag.years.status == estimate_status::degenerate);
        CHECK_FALSE(lag.years.value);
        CHECK_FALSE(lag.years.bounds);
        // The levels can still be compared.
        CHECK(lag.test.has_value() == !cd::bootstrap_interval_of(entry.value));
        CHECK((!lag.test || *lag.test));
        CHECK(trends.lag('a', 'b', 2020y, {.interval = entry.value}));
    }
}

TEST_CASE("groups that have no trend take no part and have a status") {
    auto points = two_groups(4, 0.2);
    const auto without = fit_points(points);
    points.push_back({2012, 5, 'c', 90});
    points.push_back({2013, 5, 'c', 91});
    for (int i = 0; i < 4; ++i) points.push_back({2013, 5.0 + i, 'd', 92 + i});
    const auto with = fit_points(points);
    CHECK(with.groups().size() == 4);
    for (const auto& entry : enumerators(trend_interval{})) {
        const cd::trend_options options{.interval = entry.value, .bootstrap = {.replicates = 300}};
        CHECK(with.slope_difference('a', 'b', options) == without.slope_difference('a', 'b', options));
        CHECK(with.lag('a', 'b', 2020, options) == without.lag('a', 'b', 2020, options));
        CHECK(with.lag('a', 'c', 2020, options).years.status == estimate_status::too_few);
        CHECK(with.level_difference('a', 'd', 2020, options).difference.status == estimate_status::degenerate);
    }
    CHECK(with.of('c').status() == estimate_status::too_few);
    CHECK(with.slope_difference('c', 'a').difference.n == 42);
    CHECK(with.slope_difference('c', 'a').test->status == estimate_status::too_few);
    CHECK(with.slope_difference('c', 'a').test->n == 42);
}

TEST_CASE("a group differs from itself by nothing, by every interval") {
    const auto trends = fit_points(two_groups(4, 0.2));
    for (const auto variance : {cd::residual_variance::pooled, cd::residual_variance::separate})
        for (const auto& entry : enumerators(trend_interval{})) {
            CAPTURE(entry.name);
            const cd::trend_options options{
                .interval = entry.value, .variance = variance, .bootstrap = {.replicates = 300}};
            for (const auto& each : {trends.slope_difference('a', 'a', options).difference,
                                     trends.level_difference('a', 'a', 2015, options).difference,
                                     trends.lag('a', 'a', 2015, options).years}) {
                CHECK(each.value == 0);
                CHECK(each.bounds == cd::interval{0, 0});
                CHECK(each.n == 40);
            }
            const auto test = trends.slope_difference('a', 'a', options).test;
            CHECK((!test || test->status == estimate_status::degenerate));
        }
}

TEST_CASE("a group whose records are of fewer than 3 clusters is too few, though there are more in all") {
    auto points = two_groups(4, 0.2);
    for (const int clusters : {1, 2, 3}) {
        for (std::size_t i = 0; i < points.size(); ++i)
            if (points[i].group == 'b') points[i].cluster = 90 + static_cast<int>(i / 2) % clusters;
        const auto trends = fit_points(points);
        const auto status = clusters < 3 ? estimate_status::too_few : estimate_status::few_clusters;
        CHECK(trends.slope_difference('a', 'b', {.interval = trend_interval::clustered}).difference.status == status);
        CHECK(trends.lag('b', 'a', 2020, {.interval = trend_interval::clustered}).years.status == status);
        CHECK(trends
                  .lag('b', 'a', 2020,
                       {.interval = trend_interval::bootstrap_percentile,
                        .resampling = cd::bootstrap_resampling::clusters,
                        .bootstrap = {.replicates = 300}})
                  .years.status == status);
        CHECK(trends.lag('b', 'a', 2020));
    }
}

TEST_CASE("a record that decides its own fitted value in another group does not matter to hc3") {
    auto points = two_groups(4, 0.2);
    const auto without = fit_points(points).slope_difference('a', 'b', {.interval = trend_interval::hc3}).difference;
    for (const double year : {2012, 2012, 2012, 2016}) points.push_back({year, 5 + year - 2012, 'c', 90});
    const auto trends = fit_points(points);
    const cd::trend_options normal{.interval = trend_interval::hc3,
                                   .reference = cd::reference_distribution::standard_normal};
    const auto with = trends.slope_difference('a', 'b', normal).difference;
    CHECK(with.status == estimate_status::ok);
    CHECK(with.value == without.value);
    CHECK(with.bounds == fit_points(two_groups(4, 0.2)).slope_difference('a', 'b', normal).difference.bounds);
    for (const auto interval : {trend_interval::hc2, trend_interval::hc3})
        CHECK(trends.slope_difference('a', 'c', {.interval = interval}).difference.status ==
              estimate_status::degenerate);
}

TEST_CASE("groups and clusters may be yes or no") {
    struct record {
        double year, value;
        bool academic;
    };
    std::vector<record> records;
    for (const point& each : two_groups(4, 0.2)) records.push_back({each.year, each.value, each.group == 'b'});
    const auto trends = cd::fit_log_trends(records, &record::academic, &record::year, &record::value);
    CHECK(trends.groups() == std::vector<bool>{false, true});
    CHECK(trends.lag(true, false, 2020) == fit_points(two_groups(4, 0.2)).lag('b', 'a', 2020));
}

TEST_CASE("records without a group, from a range that can be read once") {
    struct record {
        double year, value;
        std::optional<cd::team_kind> team;
    };
    std::vector<record> records;
    for (const point& each : two_groups(4, 0.2))
        records.push_back(
            {each.year, each.value, each.group == 'a' ? cd::team_kind::industry_only : cd::team_kind::academia_only});
    records.push_back({2015, 8, std::nullopt});
    records.push_back({std::numeric_limits<double>::quiet_NaN(), 8, cd::team_kind::other});
    single_pass<record> once(records);
    const auto trends = cd::fit_log_trends(once, &record::team, &record::year, &record::value);
    CHECK(trends.n_missing() == 2);
    const auto lag = trends.lag(cd::team_kind::academia_only, cd::team_kind::industry_only, 2020y);
    auto expected = fit_points(two_groups(4, 0.2)).lag('b', 'a', 2020y);
    expected.years.n_missing = 2;
    expected.test->n_missing = 2;
    CHECK(lag == expected);
    CHECK(message_of([&] { return trends.of(cd::team_kind::other); }) ==
          "compute_divide::log_trends::of: a group of the records, got \"other\"");
}

TEST_CASE("the test of a difference, or a lag, rejects where the interval does not hold 0, and at no lower level") {
    const auto trends = fit_points(two_groups(0.5, 0.3));
    using enum cd::reference_distribution;
    for (const auto reference : {student_t, standard_normal})
        for (const auto variance : {cd::residual_variance::pooled, cd::residual_variance::separate})
            for (const auto& entry : enumerators(trend_interval{})) {
                CAPTURE(entry.name);
                cd::trend_options options{.interval = entry.value, .reference = reference, .variance = variance};
                options.bootstrap.replicates = 100;
                if (cd::bootstrap_interval_of(entry.value)) {
                    CHECK_FALSE(trends.slope_difference('a', 'b', options).test);
                    continue;
                }
                const auto compare = [&](const auto& result_at) {
                    const cd::test_result test = result_at(options).second.value();
                    REQUIRE(test);
                    CHECK(test.n == 80);
                    CHECK(test.degrees_of_freedom.has_value() == (reference == student_t));
                    const double p = *test.p_value;
                    options.level = 1 - p * (1 + 1e-6);
                    CHECK_FALSE(result_at(options).first.bounds->contains(0));
                    options.level = 1 - p * (1 - 1e-6);
                    const cd::estimate found = result_at(options).first;
                    CHECK(found.bounds->contains(0));
                    CHECK((*found.value > 0) == (*test.statistic > 0));
                    CHECK(found.method == test.method);
                    CHECK(found.degrees_of_freedom == test.degrees_of_freedom);
                };
                compare([&](const cd::trend_options& at) {
                    const auto slopes = trends.slope_difference('a', 'b', at);
                    return std::pair(slopes.difference, slopes.test);
                });
                compare([&](const cd::trend_options& at) {
                    const auto levels = trends.level_difference('a', 'b', 2019, at);
                    return std::pair(levels.difference, levels.test);
                });
                const bool of_contrast =
                    variance == cd::residual_variance::separate || cd::detail::is_adjusted(entry.value);
                if (of_contrast && reference == student_t) continue;
                // Fieller's interval and the test of the levels are dual. (Welch's and Satterthwaite's degrees are
                // those of the ratio.)
                compare([&](const cd::trend_options& at) {
                    const auto lag = trends.lag('b', 'a', 2019, at);
                    return std::pair(lag.years, lag.test);
                });
            }
}

TEST_CASE("differences and lags are written as JSON and as text") {
    const auto trends = fit_points(two_groups(4, 0.2));
    const auto lag = trends.lag('b', 'a', 2020y, {.interval = trend_interval::hc1});
    CHECK(cd::to_json(lag) == R"({"years":)" + cd::to_json(lag.years) + R"(,"test":)" + cd::to_json(*lag.test) + "}");
    CHECK(cd::to_string(lag) == "years  " + cd::to_string(lag.years) + "\ntest   " + cd::to_string(*lag.test));
    const auto drawn = trends.slope_difference('a', 'b', {.interval = trend_interval::bootstrap_basic});
    CHECK(cd::to_json(drawn) == R"({"difference":)" + cd::to_json(drawn.difference) + R"(,"test":null})");
}

TEST_CASE("impossible arguments are errors that say what is required") {
    const auto trends = fit_points(two_groups(4, 0.2));
    CHECK(message_of([&] { return trends.slope_difference('a', 'z'); }) ==
          "compute_divide::log_trends::slope_difference: a group of the records, got 122");
    CHECK(message_of([&] { return trends.lag('a', 'z', 2020); }) ==
          "compute_divide::log_trends::lag: a group of the records, got 122");
    CHECK(message_of([&] { return trends.lag('a', 'b', 2001y / 2 / 30); }) ==
          "compute_divide::log_trends::lag: a known date, got nan");
    CHECK(message_of([&] { return trends.level_difference('a', 'b', 1e9); }) ==
          "compute_divide::log_trends::level_difference: a known date, got nan");
    CHECK(message_of([&] { return trends.slope_difference('a', 'b', {.level = 1}); }) ==
          "compute_divide::trend_options: level in (0, 1), got 1");
    CHECK(message_of([&] {
              return trends.lag('a', 'b', 2020,
                                {.interval = trend_interval::bootstrap_bca, .derived = cd::derived_interval::delta});
          }) == "compute_divide::trend_options: an interval by standard error for delta, got \"bootstrap_bca\"");
    auto points = two_groups(4, 0.2);
    points[3].value = -1;
    CHECK(message_of([&] { return fit_points(points); }) ==
          "compute_divide::fit_log_trends: a finite value > 0 in record 3, got -1");
    const auto models = trend_models("2023-12-14");
    const auto unclustered = cd::fit_log_trends(models, &trend_model::team, &trend_model::date, &trend_model::flop);
    CHECK(message_of([&] {
              return unclustered.slope_difference("academia", "industry", {.interval = trend_interval::clustered});
          }) == "compute_divide::trend_options: a fit with a cluster field for clusters, got \"clustered\"");
    CHECK(message_of([&] { return unclustered.of("nobody"); }) ==
          "compute_divide::log_trends::of: a group of the records, got \"nobody\"");
}
