// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/event_rate.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

TEST_CASE("Garwood's limits agree with sums of exact probabilities") {
    for (const auto& row : test_support::reference_table("event_rate", 4)) {
        CAPTURE(row.name);
        const auto count = static_cast<std::uint64_t>(row.numbers[0]);
        const cd::estimate rate = cd::event_rate(count, 1, {.level = row.numbers[1]});
        REQUIRE(rate);
        CHECK(close(rate.lower(), row.numbers[2], 1e-13));
        CHECK(close(rate.upper(), row.numbers[3], 1e-13));
    }
}

TEST_CASE("limits of large counts agree with R's qchisq") {
    // qchisq(c(.025, .975), 2 * k + c(0, 2)) / 2 of R 4.2, for k = 1e6 and 1e10.
    const cd::estimate million = cd::event_rate(1'000'000, 1);
    CHECK(close(million.lower(), 998040.98334029387, 1e-13));
    CHECK(close(million.upper(), 1001961.9119454322, 1e-13));
    const cd::estimate ten_billion = cd::event_rate(10'000'000'000, 1);
    CHECK(close(ten_billion.lower(), 9999804004.5487003, 1e-12));
    CHECK(close(ten_billion.upper(), 10000195998.345615, 1e-12));
    const cd::estimate most = cd::event_rate(std::uint64_t{1} << 53, 1);
    CHECK(most.lower() < *most.value);
    CHECK(most.upper() > *most.value);
}

TEST_CASE("a rate scales with its exposure, and holds its value") {
    for (const std::uint64_t count : {0U, 1U, 2U, 30U, 1499U, 1502U, 100'000U})
        for (const double level : {1e-9, 0.1, 0.95, 1 - 1e-12}) {
            CAPTURE(count);
            CAPTURE(level);
            const cd::estimate one = cd::event_rate(count, 1, {.level = level});
            REQUIRE(one);
            CHECK(one.n == count);
            CHECK(one.lower() <= *one.value);
            CHECK(one.upper() >= *one.value);
            const cd::estimate scaled = cd::event_rate(count, 8, {.level = level});
            CHECK(*scaled.value == *one.value / 8);
            CHECK(scaled.lower() == one.lower() / 8);
            CHECK(scaled.upper() == one.upper() / 8);
        }
}

TEST_CASE("the interval covers at no less than its level") {
    cd::random_stream random(5);
    for (const double mean : {0.4, 3.0, 25.0}) {
        int covered = 0;
        for (int i = 0; i < 4000; ++i) {
            std::uint64_t count = 0;
            for (double time = -std::log1p(-random.uniform()); time < mean; time -= std::log1p(-random.uniform()))
                ++count;
            const cd::estimate rate = cd::event_rate(count, 1);
            covered += rate.bounds->contains(mean) ? 1 : 0;
        }
        CAPTURE(mean);
        CHECK(covered >= 0.945 * 4000);
    }
}

TEST_CASE("errors, and nothing at risk") {
    const cd::estimate none = cd::event_rate(0, 0);
    CHECK(!none);
    CHECK(none.status == cd::estimate_status::no_data);
    CHECK(message_of([] { static_cast<void>(cd::event_rate(1, 0)); }) ==
          "compute_divide::event_rate: exposure > 0 where there are events, got 0");
    CHECK(message_of([] { static_cast<void>(cd::event_rate(1, -1)); }) ==
          "compute_divide::event_rate: finite exposure >= 0, got -1");
    for (const double exposure : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
        CHECK(!message_of([=] { static_cast<void>(cd::event_rate(1, exposure)); }).empty());
    for (const double level : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
        CHECK(!message_of([=] { static_cast<void>(cd::event_rate(1, 1, {.level = level})); }).empty());
    CHECK(message_of([] { static_cast<void>(cd::event_rate((std::uint64_t{1} << 53) + 1, 1)); }) ==
          "compute_divide::event_rate: at most 2^53 events, got 9007199254740993");
}
