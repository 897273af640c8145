// SPDX-License-Identifier: BSL-1.0
// Every trend over one ladder of scales; ctest limits the time.
#include <compute_divide/trends.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/ladder.hpp"

namespace cd = compute_divide;
using test_support::check_sound;
using test_support::ladder_record;

TEST_CASE("trends of numbers of every scale: numbers, or a status") {
    for (const auto& rung : test_support::ladder()) {
        const auto& records = rung.records;
        CAPTURE(rung.name);
        check_sound("theil_sen", [&] { return cd::theil_sen(records, &ladder_record::x, &ladder_record::y); });
        for (const auto& variance : enumerators(cd::mann_kendall_variance{}))
            check_sound("mann_kendall, " + std::string(variance.name), [&] {
                return cd::mann_kendall(records, &ladder_record::x, &ladder_record::y, {.variance = variance.value});
            });
        check_sound("block_mann_kendall",
                    [&] { return cd::block_mann_kendall(records, &ladder_record::x, &ladder_record::y); });
        check_sound("lowess", [&] { return cd::lowess(records, &ladder_record::x, &ladder_record::y); });
        for (const double q : {0.1, 0.5})
            check_sound("quantile_regression", [&] {
                return cd::quantile_regression(records, &ladder_record::x, &ladder_record::y, {.quantile = q});
            });
    }
}

TEST_CASE("logs of values of every scale over years: numbers, or a status") {
    const auto year = [](const ladder_record& r) { return 2000 + std::fmod(std::fabs(r.x), 24.0); };
    for (const auto& rung : test_support::ladder()) {
        const auto& records = rung.records;
        CAPTURE(rung.name);
        check_sound("fit_log_trend", [&] { return cd::fit_log_trend(records, year, &ladder_record::y).growth(); });
        check_sound("fit_log_trend, clusters", [&] {
            return cd::fit_log_trend(records, year, &ladder_record::y, &ladder_record::group)
                .growth({.interval = cd::trend_interval::clustered});
        });
        check_sound("fit_frontier_trend", [&] { return cd::fit_frontier_trend(records, year, &ladder_record::y); });
        check_sound("fit_segmented_trend",
                    [&] { return cd::fit_segmented_trend(records, year, &ladder_record::y, {.breaks = 1}); });
        check_sound("z_scores", [&] { return cd::z_scores(records, year, &ladder_record::y); });
        check_sound("quantile_lag", [&] {
            return cd::quantile_lag(records, &ladder_record::yes, year, &ladder_record::y, &ladder_record::group, false,
                                    true, 2010.0);
        });
        for (const auto& rule : enumerators(cd::large_scale_rule{}))
            check_sound("large_scale", [&] { return cd::large_scale(records, year, &ladder_record::y, rule.value); });
        check_sound("lag", [&] {
            return cd::fit_log_trends(records, &ladder_record::yes, year, &ladder_record::y).lag(false, true, 2010.0);
        });
    }
}
