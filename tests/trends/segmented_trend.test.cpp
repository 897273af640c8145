// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/segmented_trend.hpp>

#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "support/broken_trends.hpp"

namespace cd = compute_divide;
using namespace test_support;

namespace {

/// Ten times a day until day 10, then no growth.
cd::segmented_trend two_segments() {
    cd::segmented_trend trend{.rss = 2, .residual_sd = 0.5, .n = 12, .n_missing = 1, .status = cd::estimate_status::ok};
    trend.breaks.push_back({.day = 10, .date = day(10), .earliest = day(8), .open_after = true});
    trend.segments.push_back({.first = day(0), .last = day(9), .day = 0, .log10_value = 1, .log10_per_day = 1});
    trend.segments.push_back({.first = day(10), .last = day(30), .day = 10, .log10_value = 11, .log10_per_day = 0});
    trend.counts.push_back({.breaks = 1, .rss = 2, .bic = -3, .criterion = -3});
    return trend;
}

}  // namespace

TEST_CASE("the trend on a date is that of the segment it falls in") {
    const auto trend = two_segments();
    CHECK(trend);
    CHECK_FALSE(cd::segmented_trend{});
    CHECK_FALSE(cd::segmented_trend{}.at(day(3)));
    CHECK(trend.at(day(3)).value() == doctest::Approx(1e4));
    CHECK(trend.at(day(12)).value() == doctest::Approx(1e11));
    CHECK(trend.at(day(10)).value() == doctest::Approx(1e11));
}

TEST_CASE("it is written as JSON and as text") {
    const auto trend = two_segments();
    const auto& one = trend.breaks[0];
    CHECK(cd::to_json(one) == R"({"year":)" + cd::to_json(one.year) +
                                  R"(,"day":10,"date":"1970-01-11","earliest":"1970-01-09","latest":null,)"
                                  R"("open_before":false,"open_after":true})");
    CHECK(cd::to_json(trend.segments[1]) == R"({"first":"1970-01-11","last":"1970-01-31","growth":)" +
                                                cd::to_json(trend.segments[1].growth) +
                                                R"(,"day":10,"log10_value":11,"log10_per_day":0})");
    CHECK(
        cd::to_json(trend) ==
        R"({"breaks":[)" + cd::to_json(one) + R"(],"segments":[)" + cd::to_json(trend.segments[0]) + "," +
            cd::to_json(trend.segments[1]) +
            R"(],"counts":[{"breaks":1,"rss":2,"bic":-3,"criterion":-3}],"rss":2,)"
            R"("residual_sd":0.5,"r_squared":null,"n":12,"n_effective":null,"n_missing":1,"n_clusters":0,"status":"ok"})");
    CHECK(cd::to_string(trend.counts[0]) == "breaks     1\nrss        2\nbic        -3\ncriterion  -3");
    CHECK(cd::to_string(one).find("earliest     1970-01-09\nlatest       none\n") != std::string::npos);
}
