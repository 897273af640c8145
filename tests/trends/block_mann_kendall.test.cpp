// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/block_mann_kendall.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"
#include "support/trend_points.hpp"

namespace cd = compute_divide;
using enum cd::block_arrangement;
using namespace test_support;

namespace {

std::vector<trend_point> series_of(const std::vector<double>& values) {
    std::vector<trend_point> points;
    for (const double y : values) points.push_back({static_cast<double>(points.size()), y});
    return points;
}

cd::block_mann_kendall_result tested(const std::vector<trend_point>& points,
                                     const cd::block_mann_kendall_options& options = {}) {
    return cd::block_mann_kendall(points, &trend_point::x, &trend_point::y, options);
}

}  // namespace

TEST_CASE("of a short series all arrangements are taken: one by one") {
    const std::map<std::string, std::vector<double>> series{{"six", {2.1, 1.7, 3.3, 2.9, 4, 3.6}},
                                                            {"seven_with_tie", {5, 4, 4, 6, 3, 7, 8}},
                                                            {"eight", {1, 3, 2, 5, 5, 4, 8, 7}}};
    for (const auto& row : reference_table("block_mann_kendall", 8)) {
        CAPTURE(row.text);
        const auto points = series_of(series.at(row.name));
        cd::block_mann_kendall_options options{.arrangement = static_cast<cd::block_arrangement>(row.numbers[0]),
                                               .block_length = static_cast<std::size_t>(row.numbers[1]),
                                               .replicates = 50'000};
        const auto found = tested(points, options);
        REQUIRE(found);
        CHECK(found.exact);
        CHECK(found.test.statistic == row.numbers[2]);
        CHECK(static_cast<double>(found.n_arrangements) == row.numbers[3]);
        CHECK(close(1 + found.mean, 1 + row.numbers[4], 1e-10));
        CHECK(close(found.variance, row.numbers[5], 1e-10));
        CHECK(close(found.test.p_value.value(), row.numbers[6], 1e-12));
        options.about_mean = true;
        CHECK(close(1 + tested(points, options).test.p_value.value(), 1 + row.numbers[7], 1e-12));
    }
}

TEST_CASE("drawn arrangements are near all of them, and of the seed") {
    for (const auto arrangement : {permuted, moving, circular}) {
        // of permuted blocks 5! arrangements, of moving ones 7^4, of circular ones 8^4
        const auto points =
            arrangement == permuted ? series_of({1, 3, 2, 5, 5, 4, 8, 7, 2, 9}) : series_of({1, 3, 2, 5, 5, 4, 8, 7});
        const auto all = tested(points, {.arrangement = arrangement, .block_length = 2, .replicates = 100'000});
        const auto drawn = tested(points, {.arrangement = arrangement, .block_length = 2, .replicates = 100});
        CHECK(all.exact);
        CHECK_FALSE(drawn.exact);
        CHECK(drawn.n_arrangements == 101);
        CHECK(std::fabs(*all.test.p_value - *drawn.test.p_value) < 0.15);
        CHECK(drawn == tested(points, {.arrangement = arrangement, .block_length = 2, .replicates = 100}));
    }
}

TEST_CASE("few false alarms of series whose neighbours are alike, and a trend is found" * doctest::test_suite("long")) {
    constexpr int rounds = 120, n = 49;
    double alarms = 0, found = 0;
    for (int round = 0; round < rounds; ++round) {
        cd::random_stream stream(5, static_cast<std::uint64_t>(round));
        std::vector<double> values, rising;
        double y = 0;
        for (int i = -30; i < n; ++i) {
            double shock = -6;
            for (int k = 0; k < 12; ++k) shock += stream.uniform();
            y = 0.3 * y + shock;
            if (i < 0) continue;
            values.push_back(y);
            rising.push_back(y + 0.05 * i);
        }
        alarms += *tested(series_of(values), {.replicates = 99}).test.p_value <= 0.05;
        found += *tested(series_of(rising), {.replicates = 99}).test.p_value <= 0.05;
    }
    CHECK(alarms / rounds < 0.11);
    CHECK(found / rounds > 0.6);
}

TEST_CASE("not enough data is a status, wrong options are refused") {
    CHECK(tested({}).test.status == cd::estimate_status::no_data);
    CHECK(tested(series_of({1, 2})).test.status == cd::estimate_status::too_few);
    CHECK(tested(series_of({1, 2, 3, 4, 5})).test.status == cd::estimate_status::too_few);
    CHECK(tested(series_of({1, 1, 1, 1}), {.block_length = 1}).test.status == cd::estimate_status::degenerate);
    CHECK(tested(series_of({1, 3, 2, 4}), {.block_length = 4}).test.status == cd::estimate_status::too_few);
    const auto result = tested(series_of(std::vector<double>{1, 3, 2, 4, 6, 5, 8, 7, 9, 10, 11, 13, 12}));
    CHECK(result.test.status == cd::estimate_status::few_clusters);  // 4 blocks
    const std::vector<double> longer{1, 3, 2, 4, 6, 5, 8, 7, 9, 10, 11, 13};
    CHECK(tested(series_of(longer), {.block_length = 3}).test.status == cd::estimate_status::few_clusters);
    CHECK(tested(series_of(longer), {.block_length = 2}).test.status == cd::estimate_status::ok);  // 6 blocks
    CHECK(tested(series_of(longer), {.arrangement = cd::block_arrangement::circular, .block_length = 2}).test.status ==
          cd::estimate_status::few_clusters);
    CHECK(result.block_length == 4);
    CHECK(result.exact);
    CHECK(result.n_arrangements == 24);
    CHECK(result.test.method == "block_mann_kendall, permuted");
    CHECK(message_of([] { (void)tested({}, {.block_length = 0}); }) ==
          "compute_divide::block_mann_kendall: block_length >= 1, got 0");
    CHECK(message_of([] { (void)tested({}, {.replicates = 0}); }) ==
          "compute_divide::block_mann_kendall: replicates >= 1, got 0");
    CHECK(message_of([] {
              (void)tested(two_points_and({std::numeric_limits<double>::infinity(), 1}));
          }) == "compute_divide::block_mann_kendall: finite x, got inf");
}
