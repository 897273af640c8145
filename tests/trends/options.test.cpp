// SPDX-License-Identifier: BSL-1.0
// Every enumerator of every option through its function, which the sanitizers watch.
#include <compute_divide/trends.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "support/enumerators.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using namespace test_support;
using cd::bootstrap_resampling;
using cd::derived_interval;
using cd::estimate_status;
using cd::trend_interval;

namespace {

struct record {
    double year, value;
    int group, cluster;
};

/// Two groups whose trends bend and scatter, in 7 clusters.
std::vector<record> records() {
    std::vector<record> all;
    for (int i = 0; i < 48; ++i) {
        const double year = 2010 + 0.25 * i;
        const double log = 0.5 * (year - 2010) + 0.8 * std::fmax(0, year - 2016) + 0.1 * ((i * 11) % 7);
        all.push_back({year, std::pow(10, 18 + log), i % 2, i % 7});
    }
    return all;
}

void check_estimate(const cd::estimate& e, double value_at_least = -HUGE_VAL) {
    REQUIRE(e);  // few_clusters has a value and an interval, too
    CHECK(*e.value >= value_at_least);
    CHECK(e.lower() <= e.upper());
    CHECK_FALSE(e.method.empty());
    CHECK(e.method.find('?') == std::string_view::npos);
}

/// Calls use(options) with every choice that an interval of a trend offers and can be made of.
void for_each_interval(const auto& use) {
    for_each_choice<trend_interval, cd::cluster_correction, bootstrap_resampling, cd::residual_variance,
                    cd::reference_distribution, derived_interval>(
        [&](auto interval, auto correction, auto resampling, auto variance, auto reference, auto derived) {
            if (cd::bootstrap_interval_of(interval) && derived == derived_interval::delta) return;
            CAPTURE(cd::name_of(interval));
            CAPTURE(cd::name_of(correction));
            CAPTURE(cd::name_of(resampling));
            use(cd::trend_options{.interval = interval,
                                  .level = 0.8,
                                  .derived = derived,
                                  .reference = reference,
                                  .correction = correction,
                                  .variance = variance,
                                  .resampling = resampling,
                                  .bootstrap = {.replicates = 59}});
        });
}

}  // namespace

TEST_CASE("clusters corrected as if they were of several kinds have an interval, and a method") {
    const auto all = records();
    const auto trend = cd::fit_log_trend(all, &record::year, &record::value, &record::cluster);
    const cd::trend_options several{.interval = trend_interval::clustered,
                                    .correction = cd::cluster_correction::min_clusters};
    const auto found = trend.growth(several).slope;
    CHECK(found.method == "clustered, min_clusters");
    // Of clusters of one kind it is the same.
    CHECK(found.bounds == trend.growth({.interval = trend_interval::clustered}).slope.bounds);
}

TEST_CASE("methods have the names of their choices") {
    const auto all = records();
    const auto trend = cd::fit_log_trend(all, &record::year, &record::value, &record::cluster);
    for_each_interval([&](const cd::trend_options& options) {
        std::string expected(cd::name_of(options.interval));
        if (options.interval == trend_interval::clustered && options.correction != cd::cluster_correction::none)
            expected.append(", ").append(cd::name_of(options.correction));
        if (options.interval == trend_interval::classical && options.variance == cd::residual_variance::separate)
            expected += ", separate variances";
        if (cd::bootstrap_interval_of(options.interval) && options.resampling == bootstrap_resampling::clusters)
            expected.insert(0, "cluster_");
        CHECK(trend.growth(options).slope.method == expected);
    });
}

TEST_CASE("a trend, by every choice") {
    const auto all = records();
    const auto trend = cd::fit_log_trend(all, &record::year, &record::value, &record::cluster);
    for_each_interval([&](const cd::trend_options& options) {
        const auto growth = trend.growth(options);
        check_estimate(growth.slope, 0.1);
        check_estimate(growth.factor, 1);
        check_estimate(growth.doubling.months, 0);
        check_estimate(trend.confidence_band(2018, options), 1e18);
        if (!cd::bootstrap_interval_of(options.interval)) {
            check_estimate(trend.prediction_band(2018, options), 1e18);
            CHECK(message_of([&] { return trend.bootstrap(options); }).find("a bootstrap interval") !=
                  std::string::npos);
        } else {
            CHECK(trend.bootstrap(options).status == estimate_status::ok);
            cd::trend_options delta = options;
            delta.derived = derived_interval::delta;
            for (const std::string& message : {message_of([&] { return trend.prediction_band(2018, options); }),
                                               message_of([&] { return trend.growth(delta); })})
                CHECK(message.find("an interval by standard error") != std::string::npos);
        }
    });
}

TEST_CASE("two trends, by every choice") {
    const auto all = records();
    const auto trends = cd::fit_log_trends(all, &record::group, &record::year, &record::value, &record::cluster);
    for_each_interval([&](const cd::trend_options& options) {
        check_estimate(trends.slope_difference(0, 1, options).difference);
        check_estimate(trends.level_difference(0, 1, 2018, options).difference);
        check_estimate(trends.lag(0, 1, 2018, options).years);
        CHECK(trends.lag(0, 1, 2018, options).test.has_value() == !cd::bootstrap_interval_of(options.interval));
    });
}

TEST_CASE("growth, in every unit") {
    for_each_choice<cd::year_length, cd::month_length, derived_interval>([](auto year, auto month, auto derived) {
        const auto growth = cd::growth_of(
            {.value = 1e-3, .bounds = cd::interval{5e-4, 1.5e-3}, .method = "given", .status = estimate_status::ok},
            {.units = {year, month}, .derived = derived});
        check_estimate(growth.slope, 0.36);
        check_estimate(growth.factor, 2);
        check_estimate(growth.doubling.months, 9);
        CHECK(growth.doubling.kind == cd::doubling_kind::finite);
    });
}

TEST_CASE("breaks, by every choice") {
    const auto all = records();
    for_each_choice<cd::break_kind, cd::break_choice, cd::break_interval, derived_interval>(
        [&](auto kind, auto choice, auto interval, auto derived) {
            const cd::segmented_options options{
                .kind = kind, .choice = choice, .penalty = 5, .interval = interval, .derived = derived};
            const auto fit = [&] { return cd::fit_segmented_trend(all, &record::year, &record::value, options); };
            if (kind == cd::break_kind::discontinuous && interval == cd::break_interval::delta) {
                CHECK(message_of(fit).find("break_interval::profile") != std::string::npos);
                return;
            }
            if (interval == cd::break_interval::cluster_bootstrap) {  // breaks.test.cpp
                CHECK(message_of(fit).find("a cluster field") != std::string::npos);
                return;
            }
            const auto trend = fit();
            REQUIRE(trend);
            REQUIRE_FALSE(trend.breaks.empty());
            for (const auto& one : trend.breaks) {
                check_estimate(one.year, 2010);
                CHECK(one.year.method == cd::name_of(interval));
            }
            for (const auto& segment : trend.segments) check_estimate(segment.growth.slope);
        });
    for_each_choice<cd::break_kind, cd::bootstrap_interval>([&](auto kind, auto interval) {
        if (interval == cd::bootstrap_interval::studentised) return;  // needs a standard error of each replicate
        const cd::bootstrap_breaks_options options{.kind = kind, .bootstrap = {.replicates = 39}};
        check_estimate(cd::bootstrap_breaks<1>(all, &record::year, &record::value, options)[0].interval(interval),
                       2010);
        check_estimate(
            cd::bootstrap_breaks<1>(all, &record::year, &record::value, &record::cluster, options)[0].interval(
                interval),
            2010);
    });
}

TEST_CASE("robust trends, by every choice") {
    const auto all = records();
    const auto log = [](const record& r) { return std::log10(r.value); };
    for_each_choice<cd::theil_sen_intercept>([&](auto intercept) {
        const auto fit = cd::theil_sen(all, &record::year, log, {.intercept = intercept});
        check_estimate(fit.slope, 0.1);
        CHECK(fit.intercept.has_value());
    });
    for_each_choice<cd::mann_kendall_variance>([&](auto variance) {
        const auto result = cd::mann_kendall(all, &record::year, log, {.variance = variance});
        REQUIRE(result);
        CHECK(*result.test.statistic > 0);
        CHECK(result.test.method.starts_with("mann_kendall"));
    });
}

TEST_CASE("large-scale models, by every rule") {
    const auto all = records();
    for_each_choice<cd::large_scale_rule, cd::outlier_side>([&](auto rule, auto side) {
        const auto chosen =
            cd::large_scale(all, &record::year, &record::value, rule, {.z_score = {.side = side, .low = -1}});
        CHECK(chosen);
        CHECK(chosen.rule == rule);
        CHECK(chosen.n == all.size());
        for (const std::size_t i : chosen.indices) CHECK(i < all.size());
    });
}
