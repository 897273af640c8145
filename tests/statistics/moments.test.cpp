// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/moments.hpp>

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
#include "support/reference.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

static_assert(cd::accumulator_of<cd::moments, double> && cd::accumulator_of<cd::moments, std::optional<int>>);
static_assert(!cd::accumulator_of<cd::moments, std::string> && !cd::accumulator_of<cd::moments, bool>);

namespace {

/// first, low, high, low, high, ...
double number_of(const test_support::reference_row& row, std::size_t i) {
    return i == 0 ? row.numbers[0] : row.numbers[i % 2 == 1 ? 2 : 1];
}

}  // namespace

TEST_CASE("mean, variance and intervals of NIST's series and harder ones, in one pass and of parts") {
    for (const auto& row : test_support::reference_table("moments", 10)) {
        CAPTURE(row.name);
        const auto n = static_cast<std::size_t>(row.numbers[3]);
        cd::moments whole, of_parts, parts[7];
        for (std::size_t i = 0; i < n; ++i) {
            whole.add(number_of(row, i));
            parts[i * 7 / n].add(number_of(row, i));
        }
        for (const auto& part : parts) of_parts.merge(part);
        for (const auto* sums : {&whole, &of_parts}) {
            // The mean is known to a unit in its last place, which the variance of data far from 0 feels.
            const double tolerance = row.name == "far" ? 1e-1 : 1e-9;
            const auto result = sums->result();
            CHECK(result.mean.n == n);
            CHECK(close(*result.mean.value, row.numbers[4], 1e-15));
            CHECK(close(*result.variance, row.numbers[5], tolerance));
            CHECK(close(*result.standard_deviation() * *result.standard_deviation(), *result.variance, 1e-15));
            CHECK(result.mean);
            CHECK(close(result.mean.lower(), row.numbers[6], 1e-12));
            CHECK(close(result.mean.upper(), row.numbers[7], 1e-12));
            CHECK(close(sums->result({.level = 0.8}).mean.lower(), row.numbers[8], 1e-12));
            CHECK(close(sums->result({.level = 0.8}).mean.upper(), row.numbers[9], 1e-12));
        }
    }
}

TEST_CASE("the t interval that R's t.test gives") {
    cd::moments sums;
    for (const double x : {2.5, 3.25, -1.0, 7.0, 4.125}) sums.add(x);
    const auto result = sums.result({.level = 0.9});
    CHECK(close(*result.mean.value, 3.1749999999999998, 1e-15));
    CHECK(close(*result.variance, 8.3562499999999993, 1e-15));
    CHECK(close(result.mean.lower(), 0.41901595316292312, 1e-14));
    CHECK(close(result.mean.upper(), 5.930984046837076, 1e-14));
    CHECK(cd::to_string(result.mean) == "3.17 [0.419, 5.93] (mean, Student's t, 90 %, n = 5, few clusters)");
}

TEST_CASE("what is not known is counted, not averaged") {
    cd::moments sums;
    sums.add(std::numeric_limits<double>::quiet_NaN());
    sums.add(std::optional<int>());
    CHECK(sums.result().mean.status == cd::estimate_status::no_data);
    CHECK(!sums.result().mean.value);
    CHECK(!sums.result().standard_deviation());
    sums.add(std::optional(4));
    CHECK(sums.result().mean.status == cd::estimate_status::too_few);
    CHECK(sums.result().mean.value == 4);
    CHECK(!sums.result().mean.bounds);
    CHECK(!sums.result().variance);
    sums.add(4);
    const auto result = sums.result();
    CHECK(result.mean.bounds == cd::interval{4, 4});
    CHECK(result.variance == 0);
    CHECK(result.mean.n_missing == 2);
    cd::moments other;
    other.merge(sums);
    CHECK(other.result() == result);
    other.merge(cd::moments());
    CHECK(other.result() == result);
}

TEST_CASE("scaling scales, shifting shifts") {
    std::mt19937 random(3);
    cd::moments sums, scaled, shifted;
    for (int i = 0; i < 1000; ++i) {
        const double x = static_cast<double>(random() % 1024) / 8;
        sums.add(x);
        scaled.add(-4 * x);
        shifted.add(x + 1024);
    }
    CHECK(scaled.result().mean.value == -4 * *sums.result().mean.value);
    CHECK(scaled.result().variance == 16 * *sums.result().variance);
    CHECK(close(*shifted.result().mean.value, *sums.result().mean.value + 1024, 1e-15));
    CHECK(close(*shifted.result().variance, *sums.result().variance, 1e-13));
}

TEST_CASE("what is refused by name") {
    cd::moments sums;
    CHECK(message_of([&] {
              sums.add(-std::numeric_limits<double>::infinity());
              return 0;
          }) == "compute_divide::moments: finite numbers, got -inf");
    CHECK(message_of([&] { return sums.result({.level = 1.5}); }) ==
          "compute_divide::moments: level in (0, 1), got 1.5");
}

TEST_CASE("numbers of any size, in one pass and in parts: the interval scales with them") {
    const std::vector<double> numbers{0, 3.5, -1.25, 7, 0, 2.125, 3.5, -9, 1};
    cd::moments ordinary;
    for (const double x : numbers) ordinary.add(x);
    const auto expected = ordinary.result();
    for (const int exponent : {-1060, -1000, -600, -565, -201, -199, 199, 201, 560, 1000, 1019}) {
        CAPTURE(exponent);
        cd::moments whole, parts[2];
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            whole.add(std::ldexp(numbers[i], exponent));
            parts[i % 2].add(std::ldexp(numbers[i], exponent));
        }
        parts[0].merge(parts[1]);
        for (const auto& result : {whole.result(), parts[0].result()}) {
            CHECK(result.mean.status == expected.mean.status);
            // subnormal numbers are rounded to 2^-1074
            const double rounding = exponent < -1000 ? 1e-3 : 1e-14;
            CHECK(close(std::ldexp(*result.mean.value, -exponent), *expected.mean.value, rounding));
            CHECK(close(std::ldexp(result.mean.lower(), -exponent), expected.mean.lower(), rounding));
            CHECK(close(std::ldexp(result.mean.upper(), -exponent), expected.mean.upper(), rounding));
        }
        CHECK(whole.result().variance.has_value() == (exponent > -510 && exponent < 508));
    }
    // Small numbers beside large ones; the order of parts does not matter to the unit.
    cd::moments small, large, zeros;
    for (const double x : {1e-300, 2e-300}) small.add(x);
    for (const double x : {1e300, -2e300, 4e300}) large.add(x);
    zeros.add(0);
    for (const auto* first : {&small, &large, &zeros}) {
        cd::moments all = *first;
        for (const auto* other : {&small, &large, &zeros})
            if (other != first) all.merge(*other);
        CHECK(close(*all.result().mean.value, 3e300 / 6, 1e-15));
        CHECK(close(all.result().mean.upper() / 1e300, 2.5724693, 1e-7));  // R: t.test(c(0, 0, 0, 1, -2, 4))
    }
    cd::moments beyond;
    for (const double x : {1.7e308, -1.7e308}) beyond.add(x);
    CHECK(beyond.result().mean.status == cd::estimate_status::degenerate);
    CHECK(!beyond.result().mean.bounds);
}

TEST_CASE("digits are kept at any distance from 0, also where the first number is far from the rest") {
    for (const double offset : {1e8, 1e10, 1e12, 1e15}) {
        CAPTURE(offset);
        cd::moments near, far, first_half, second_half;
        for (int i = 0; i < 20'000; ++i) {
            const double x = (i * 7919 % 1000) / 8.0;
            near.add(x);
            far.add(offset + x);
            (i < 7000 ? first_half : second_half).add(offset + x);
        }
        CHECK(close(*far.result().variance, *near.result().variance, 1e-13));
        first_half.merge(second_half);
        CHECK(close(*first_half.result().variance, *near.result().variance, 1e-13));
    }
    // 0, then 1e9 -+ 1 in turn: sum of squares (1e9)^2 n / (n + 1) + n
    cd::moments sums;
    sums.add(0);
    constexpr int n = 1000;
    for (int i = 0; i < n; ++i) sums.add(1e9 + (i % 2 == 0 ? 1 : -1));
    CHECK(close(*sums.result().variance, (1e18 * n / (n + 1.0) + n) / n, 1e-15));
}

TEST_CASE("few are fewer than 30, and what n <= 25 g^2 says, of one pass and of parts, at any distance from 0") {
    // g of one 1 among n - 1 zeros is (n - 2) / sqrt(n - 1): few for any n; of k ones and m zeros (m - k) / sqrt(k m).
    for (const int ones : {1, 2, 5, 9, 10, 11, 20, 40})
        for (const int zeros : {20, 40})
            for (const double origin : {0.0, 1e6}) {
                CAPTURE(ones);
                CAPTURE(zeros);
                cd::moments whole, parts[2];
                for (int i = 0; i < ones + zeros; ++i) {
                    whole.add(origin + (i < ones));
                    parts[i % 3 == 0].add(origin + (i < ones));
                }
                parts[0].merge(parts[1]);
                const double g = (zeros - ones) / std::sqrt(static_cast<double>(ones) * zeros);
                const bool few = ones + zeros < 30 || ones + zeros <= 25 * g * g;
                const auto expected = few ? cd::estimate_status::few_clusters : cd::estimate_status::ok;
                CHECK(whole.result().mean.status == expected);
                CHECK(parts[0].result().mean.status == expected);
                CHECK(whole.result());
            }
}
