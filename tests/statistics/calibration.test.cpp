// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/calibration.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include <compute_divide/concepts.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

static_assert(cd::accumulator_of<cd::calibration, double, bool>);
static_assert(cd::accumulator_of<cd::calibration, std::optional<float>, std::optional<bool>>);

/// The answers of tests/reference/calibration.py, from `first` on.
cd::calibration made(std::int64_t first, std::int64_t last, std::size_t bins) {
    cd::calibration c(bins);
    for (std::int64_t i = first; i < last; ++i) {
        const double confidence = static_cast<double>(i * 397 % 1025) / 1024;
        c.add(confidence, static_cast<double>(i * i % 1021) < 1024 * (confidence * confidence) / 1.2);
    }
    return c;
}

}  // namespace

TEST_CASE("reliability, Brier score and calibration error are those of numpy; merged halves are the whole") {
    for (const auto& row : test_support::reference_table("calibration", 8)) {
        CAPTURE(row.text);
        const auto n = static_cast<std::int64_t>(row.numbers[0]);
        const auto bins = static_cast<std::size_t>(row.numbers[1]);
        cd::calibration halves = made(0, n / 3, bins);
        halves.merge(made(n / 3, n, bins));
        for (const auto& table : {made(0, n, bins).result(), halves.result()}) {
            CHECK(close(*table.brier_score.value, row.numbers[2], 1e-13));
            CHECK(close(table.brier_score.lower(), row.numbers[3], 1e-12));
            CHECK(close(table.brier_score.upper(), row.numbers[4], 1e-12));
            CHECK(close(*table.expected_error.value, row.numbers[5], 1e-12));
            CHECK_FALSE(table.expected_error.bounds);
            REQUIRE(table.bins.size() == bins);
            const auto& last = table.bins.back();
            CHECK(static_cast<double>(last.accuracy.n) == row.numbers[6]);
            CHECK(last.accuracy == cd::share(row.numbers[7], row.numbers[6]));
            CHECK(last.confidence.upper == 1);
            std::uint64_t total = 0;
            for (const auto& bin : table.bins) {
                total += bin.accuracy.n;
                const auto in_bin = static_cast<double>(bin.accuracy.n);
                CHECK(bin.confidence_sum >= bin.confidence.lower * in_bin);
                CHECK(bin.confidence_sum <= bin.confidence.upper * in_bin);
            }
            CHECK(total == static_cast<std::uint64_t>(n));
        }
    }
}

TEST_CASE("answers that mean what they say have no calibration error, and sure right ones no loss") {
    cd::calibration c;
    for (int i = 0; i < 100; ++i) c.add(0.75, i % 4 != 0);
    CHECK(*c.result().expected_error.value == 0);
    CHECK(close(*c.result().brier_score.value, 0.75 * 0.25, 1e-14));
    cd::calibration sure;
    for (int i = 0; i < 5; ++i) sure.add(i % 2, i % 2 == 1);
    CHECK(*sure.result().brier_score.value == 0);
    CHECK(sure.result().brier_score.lower() == 0);
    CHECK(sure.result().brier_score.upper() > 0.05);  // that they were right so far is no proof
    CHECK(sure.result().bins.front().accuracy.n == 3);
    CHECK(sure.result().bins.back().accuracy.n == 2);
}

TEST_CASE("what is missing is counted, too few answers are said to be") {
    cd::calibration c;
    CHECK(c.result().brier_score.status == estimate_status::no_data);
    CHECK(c.result().expected_error.status == estimate_status::no_data);
    CHECK(c.result().bins.front().accuracy.status == estimate_status::no_data);
    c.add(std::optional<double>{}, true);
    c.add(std::numeric_limits<double>::quiet_NaN(), true);
    c.add(0.5, std::optional<bool>{});
    c.add(0.5, std::optional(true));
    const auto table = c.result();
    CHECK(table.brier_score.n_missing == 3);
    CHECK(table.brier_score.n == 1);
    CHECK(table.brier_score.status == estimate_status::too_few);
    CHECK_FALSE(table.brier_score.value);
    CHECK(*table.expected_error.value == 0.5);
}

TEST_CASE("impossible confidences, bins and levels are errors") {
    cd::calibration c;
    CHECK(message_of([&] { c.add(1.5, true); }) == "compute_divide::calibration::add: confidence in [0, 1], got 1.5");
    CHECK(message_of([&] { c.add(-0.5, true); }) != "no error");
    CHECK(message_of([] { cd::calibration none(0); }) == "compute_divide::calibration: 1 to 10000 bins, got 0");
    CHECK(message_of([] { cd::calibration many(10001); }) != "no error");
    CHECK(message_of([&] { c.merge(cd::calibration(9)); }) ==
          "compute_divide::calibration::merge: the same number of bins, got 9");
    CHECK(message_of([&] { (void)c.result({.level = 2}); }) ==
          "compute_divide::share_interval: level in (0, 1), got 2");
}
