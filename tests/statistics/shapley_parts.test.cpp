// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/shapley_parts.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "support/message_of.hpp"

namespace cd = compute_divide;

namespace {

template <class Function>
std::vector<double> parts_of(const Function& f, std::array<double, 3> before, std::array<double, 3> after) {
    return cd::shapley_parts(3, [&](std::uint32_t set) {
        std::array<double, 3> x{};
        for (std::size_t i = 0; i < 3; ++i) x[i] = (set >> i & 1U) != 0 ? after[i] : before[i];
        return f(x);
    });
}

}  // namespace

TEST_CASE("parts of a product and of a sum, exactly") {
    const auto product = [](const auto& x) { return x[0] * x[1] * x[2]; };
    CHECK(parts_of(product, {4, 3, 10}, {9, 2, 16}) == std::vector<double>{160, -87, 95});
    const auto of_zero = parts_of(product, {0, 3, 2}, {5, 3, 1});
    CHECK(of_zero[0] == doctest::Approx(22.5));
    CHECK(of_zero[1] == 0);
    CHECK(of_zero[2] == doctest::Approx(-7.5));
    const auto sum = parts_of([](const auto& x) { return x[0] * x[1] + x[2]; }, {2, 5, 1}, {3, 8, -4});
    CHECK(sum[0] == doctest::Approx(6.5));
    CHECK(sum[1] == doctest::Approx(7.5));
    CHECK(sum[2] == doctest::Approx(-5));
}

TEST_CASE("parts sum to the change, whatever the function") {
    std::mt19937 random(5);
    for (std::size_t d = 1; d <= 10; ++d) {
        std::vector<double> values(std::size_t{1} << d);
        for (double& v : values) v = static_cast<double>(random() % 1000);
        const auto parts = cd::shapley_parts(d, [&](std::uint32_t set) { return values[set]; });
        CHECK(std::accumulate(parts.begin(), parts.end(), 0.0) ==
              doctest::Approx(values.back() - values.front()).epsilon(1e-9));
    }
}

TEST_CASE("no changes, or more than can be counted, are an error") {
    const auto message = [](std::size_t d) {
        return test_support::message_of(
            [&] { static_cast<void>(cd::shapley_parts(d, [](std::uint32_t) { return 0.0; })); });
    };
    CHECK(message(0) == "compute_divide::shapley_parts: 1 to 20 changes, got 0");
    CHECK(message(21) == "compute_divide::shapley_parts: 1 to 20 changes, got 21");
}
