// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/random.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "support/reference.hpp"

namespace cd = compute_divide;

static_assert(std::uniform_random_bit_generator<cd::random_stream>);
static_assert(cd::random_stream(1, 2) == cd::random_stream(1, 2));
static_assert(cd::random_stream(7)() != cd::random_stream(7, 1)());
static_assert(cd::random_stream(5).below(1) == 0);

TEST_CASE("streams agree with an independent implementation") {
    for (const auto& row : test_support::reference_table("random", 13)) {
        CAPTURE(row.name);
        const auto whole = [&](std::size_t i) { return static_cast<std::uint64_t>(row.numbers[i]); };
        const auto halves = [&](std::size_t i) { return (whole(i) << 32) | whole(i + 1); };
        cd::random_stream words(whole(0), whole(1));
        for (std::size_t i = 2; i < 10; i += 2) CHECK(words() == halves(i));
        cd::random_stream digits(whole(0), whole(1));
        std::uint64_t weighted = 0;
        for (std::uint64_t i = 1; i <= 100; ++i) weighted += i * digits.below(10);
        CHECK(weighted == whole(10));
        CHECK(cd::random_stream(whole(0), whole(1)).below((std::uint64_t{1} << 63) + 1) == halves(11));
    }
}

TEST_CASE("bounded integers take every value equally often") {
    constexpr std::uint64_t bound = 7, draws = 70'000;
    std::array<double, bound> counts{};
    cd::random_stream stream(42);
    for (std::uint64_t i = 0; i < draws; ++i) ++counts.at(stream.below(bound));
    double chi_squared = 0;
    for (const double count : counts) chi_squared += (count - 10'000) * (count - 10'000) / 10'000;
    CHECK(chi_squared < 27.9);  // exceeded once in 10,000 seeds, 6 degrees of freedom
}

TEST_CASE("doubles are in range, and have the mean and variance of a uniform variable") {
    cd::random_stream stream(42, 3);
    double sum = 0, squares = 0;
    constexpr int draws = 100'000;
    for (int i = 0; i < draws; ++i) {
        const double u = stream.uniform();
        REQUIRE(u >= 0);
        REQUIRE(u < 1);
        sum += u - 0.5;
        squares += (u - 0.5) * (u - 0.5);
        const double v = stream.uniform(-2, 3);
        REQUIRE(v >= -2);
        REQUIRE(v <= 3);
    }
    CHECK(std::abs(sum / draws) < 4 * 0.2887 / std::sqrt(draws));
    CHECK(std::abs(squares / draws - 1.0 / 12) < 4 * 0.0745 / std::sqrt(draws));
}

TEST_CASE("streams of one seed do not repeat each other") {
    std::set<std::uint64_t> seen;
    for (std::uint64_t stream = 0; stream < 1000; ++stream) {
        cd::random_stream words(1, stream);
        for (int i = 0; i < 20; ++i) seen.insert(words());
    }
    CHECK(seen.size() == 20'000);
}
