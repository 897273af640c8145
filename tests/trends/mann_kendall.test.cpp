// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/mann_kendall.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"
#include "support/trend_points.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using enum cd::mann_kendall_variance;
using namespace test_support;

namespace {

template <class Points>
cd::mann_kendall_result tested(Points&& points, const cd::mann_kendall_options& options = {}) {
    return cd::mann_kendall(points, &trend_point::x, &trend_point::y, options);
}

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("both tests agree with the formulas pair by pair") {
    for (const auto& row : reference_table("mann_kendall", 10)) {
        CAPTURE(row.text);
        const auto points = trend_points(row.name, row.numbers[0]);
        const auto plain = tested(points);
        REQUIRE(plain);
        CHECK(plain.s == row.numbers[3]);
        CHECK(close(plain.tau, row.numbers[3] / (row.numbers[0] * (row.numbers[0] - 1) / 2), 1e-15));
        CHECK(close(plain.variance, row.numbers[4], 1e-14));
        CHECK(close(plain.test.statistic.value(), row.numbers[5], 1e-13));
        CHECK(close(plain.test.p_value.value(), row.numbers[6], 1e-11));
        CHECK(plain.variance_ratio == 1);
        CHECK(plain.test.n == row.numbers[0]);
        CHECK(plain.test.method == "mann_kendall");

        const auto corrected = tested(points, {.variance = hamed_rao_original,
                                               .lag_level = row.numbers[1],
                                               .max_lag = static_cast<std::size_t>(row.numbers[2])});
        CHECK(corrected.s == plain.s);
        CHECK(close(corrected.variance_ratio, row.numbers[7], 1e-12));
        CHECK(close(corrected.variance, row.numbers[4] * row.numbers[7], 1e-12));
        CHECK(close(corrected.test.statistic.value(), row.numbers[8], 1e-12));
        CHECK(close(corrected.test.p_value.value(), row.numbers[9], 1e-9));
        CHECK(corrected.test.method == "mann_kendall, hamed_rao_original");
    }
}

TEST_CASE("all lags are used where no number is given") {
    const auto points = trend_points("series", 30);
    const auto all = tested(points, {.variance = hamed_rao_original});
    CHECK(all == tested(points, {.variance = hamed_rao_original, .max_lag = 29}));
    CHECK(all == tested(points, {.variance = hamed_rao_original, .max_lag = 1000}));
    CHECK(tested(points, {.variance = hamed_rao_original, .max_lag = 0}).variance_ratio == 1);
}

TEST_CASE("the factor is at least 1, of short positive lags, and keeps false alarms near nominal" *
          doctest::test_suite("long")) {
    const auto points = trend_points("series", 30);
    CHECK(tested(points, {.variance = hamed_rao}) == tested(points, {.variance = hamed_rao, .max_lag = 5}));
    CHECK(tested(points, {.variance = hamed_rao, .max_lag = 0}).variance_ratio == 1);

    struct rates {
        double original = 0, short_lags = 0, first_order = 0;
    };
    const auto alarms = [](double r) {
        constexpr int rounds = 1'500, n = 60;
        rates rejected;
        for (int round = 0; round < rounds; ++round) {
            cd::random_stream stream(5, static_cast<std::uint64_t>(round));
            std::vector<trend_point> series;
            double y = 0;
            for (int i = -30; i < n; ++i) {
                double shock = -6;
                for (int k = 0; k < 12; ++k) shock += stream.uniform();
                y = r * y + shock;
                if (i >= 0) series.push_back({static_cast<double>(i), y});
            }
            const auto alarm = [&](cd::mann_kendall_variance variance) {
                const auto result = tested(series, {.variance = variance});
                if (variance != hamed_rao_original) CHECK(result.variance_ratio >= 1);
                return result.test.p_value.value_or(1) < 0.05 ? 1.0 / rounds : 0;
            };
            rejected.original += alarm(hamed_rao_original);
            rejected.short_lags += alarm(hamed_rao);
            rejected.first_order += alarm(first_order);
        }
        return rejected;
    };
    const rates white = alarms(0), coloured = alarms(0.3);
    CHECK(white.original > 0.065);
    CHECK(white.short_lags < 0.055);
    CHECK(white.first_order < 0.055);
    CHECK(coloured.original > 0.13);
    CHECK(coloured.short_lags < 0.10);
    CHECK(coloured.first_order < 0.08);
}

TEST_CASE("first_order: the powers of the corrected first autocorrelation") {
    const auto points = trend_points("series", 30);
    const auto by_hand = [&] {
        const auto trend = cd::theil_sen(points, &trend_point::x, &trend_point::y);
        std::vector<double> residuals;
        for (const auto& p : points) residuals.push_back(p.y - *trend.slope.value * p.x);
        std::vector<double> ranks;
        for (const double x : residuals)
            ranks.push_back(0.5 +
                            static_cast<double>(std::ranges::count_if(residuals, [&](double y) { return y < x; }) +
                                                std::ranges::count_if(residuals, [&](double y) { return y <= x; })) /
                                2);
        double products = 0, squares = 0;
        for (std::size_t i = 0; i < 30; ++i) {
            squares += (ranks[i] - 15.5) * (ranks[i] - 15.5);
            if (i > 0) products += (ranks[i] - 15.5) * (ranks[i - 1] - 15.5);
        }
        const double r = std::max(0.0, (30 * products / squares + 2) / 26);
        double sum = 0;
        for (int k = 1; k < 30; ++k) sum += (30.0 - k) * (29.0 - k) * (28.0 - k) * std::pow(r, k);
        return 1 + 2 * sum / (30.0 * 29 * 28);
    }();
    CHECK(by_hand > 1);
    CHECK(close(tested(points, {.variance = first_order}).variance_ratio, by_hand, 1e-12));
}

TEST_CASE("the sign is the direction, and only order counts") {
    const auto points = trend_points("ties", 40);
    auto falling = points, bent = points, shuffled = points;
    for (auto& p : falling) p.y = -p.y;
    for (auto& p : bent) p = {std::exp(p.x), p.y * p.y * p.y};
    std::ranges::reverse(shuffled);
    const auto expected = tested(points);
    CHECK(expected.s > 0);
    CHECK(tested(falling).s == -expected.s);
    CHECK(tested(falling).test.p_value == expected.test.p_value);
    CHECK(tested(bent) == expected);
    CHECK(tested(shuffled) == expected);
    CHECK(tested(single_pass<trend_point>(shuffled)) == expected);
}

TEST_CASE("records that are all in order, and S of 0") {
    const auto rising = tested(std::vector<trend_point>{{1, 1}, {2, 2}, {3, 3}, {4, 4}});
    CHECK(rising.s == 6);
    CHECK(rising.tau == 1);
    const auto flat = tested(std::vector<trend_point>{{1, 1}, {2, 2}, {3, 2}, {4, 1}});
    CHECK(flat.s == 0);
    CHECK(flat.test.statistic == 0);
    CHECK(flat.test.p_value == 1);
}

TEST_CASE("what the data do not determine is a status") {
    const std::vector<std::pair<std::vector<trend_point>, estimate_status>> cases = {
        {{}, estimate_status::no_data},
        {{{1, std::nan("")}}, estimate_status::no_data},
        {{{1, 2}, {2, 3}}, estimate_status::too_few},
        {{{1, 2}, {1, 3}, {1, 4}}, estimate_status::degenerate},
        {{{1, 2}, {2, 2}, {3, 2}}, estimate_status::degenerate}};
    for (const auto& [points, status] : cases) {
        for (const auto variance : {independent, hamed_rao, hamed_rao_original, first_order}) {
            const auto result = tested(points, {.variance = variance});
            CHECK_FALSE(result);
            CHECK(result.test.status == status);
            CHECK_FALSE(result.test.statistic);
            CHECK_FALSE(result.test.p_value);
        }
    }
    CHECK(tested(std::vector<trend_point>{{1, std::nan("")}}).test.n_missing == 1);
    // Strictly alternating: Hamed and Rao's factor of a negatively correlated series is below 0.
    std::vector<trend_point> alternating;
    alternating.reserve(30);
    for (int i = 0; i < 30; ++i) alternating.push_back({static_cast<double>(i), i % 2 == 0 ? 1.0 : 2.0});
    const auto result = tested(alternating, {.variance = hamed_rao_original, .max_lag = 1});
    CHECK(result.test.status == estimate_status::degenerate);
    CHECK(result.variance_ratio < 0);
    CHECK_FALSE(result.test.p_value);
}

TEST_CASE("a test is written as JSON and as text; the variance names the method") {
    const std::vector<trend_point> rising{{0, 1}, {1, 3}, {2, 5}};
    const auto result = tested(rising);
    CHECK(cd::to_json(result).starts_with(R"({"test":)" + cd::to_json(result.test) +
                                          R"(,"s":3,"tau":1,"variance":3.66)"));
    CHECK(cd::to_string(result).starts_with("test            statistic 1.04, p = 0.296 (mann_kendall, n = 3)\n"));
    for (const auto& entry : enumerators(cd::mann_kendall_variance{})) {
        const std::string expected = entry.value == independent ? "" : ", " + std::string(entry.name);
        CHECK(tested(rising, {.variance = entry.value}).test.method == "mann_kendall" + expected);
    }
}

TEST_CASE("wrong arguments are refused by name") {
    CHECK(message_of([] {
              return tested(two_points_and({infinity, 1}));
          }) == "compute_divide::mann_kendall: finite x, got inf");
    CHECK(message_of([] {
              return tested(two_points_and({1, -infinity}));
          }) == "compute_divide::mann_kendall: finite y, got -inf");
    CHECK(message_of([] {
              return tested(two_points_and({3, 1}), {.lag_level = 1});
          }) == "compute_divide::mann_kendall: level in (0, 1), got 1");
}

TEST_CASE("a series that is worth few independent records says so") {
    namespace cd = compute_divide;
    struct step {
        double x, y;
    };
    const auto series = [](int n, int repeats) {  // each value comes `repeats` times in a row
        std::vector<step> all;
        for (int i = 0; i < n; ++i) all.push_back({static_cast<double>(i), std::sin(97.0 * (i / repeats))});
        return all;
    };
    for (const auto& kind : enumerators(cd::mann_kendall_variance{}))
        for (const int repeats : {1, 6})
            for (const int n : {24, 120}) {
                const auto found = cd::mann_kendall(series(n, repeats), &step::x, &step::y, {.variance = kind.value});
                if (!found.test.p_value) continue;
                const bool published = kind.value == cd::mann_kendall_variance::hamed_rao_original;
                const bool few = kind.value != cd::mann_kendall_variance::independent && n < 30 * found.variance_ratio;
                CHECK(found.test.status ==
                      (published || few ? cd::estimate_status::few_clusters : cd::estimate_status::ok));
                if (n == 24 && kind.value == cd::mann_kendall_variance::hamed_rao) CHECK(few);
            }
}
