// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/detail/order_of_bits.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include <doctest/doctest.h>

using compute_divide::detail::bits_in_order;
using compute_divide::detail::bits_of_not_negative;
using compute_divide::detail::many_numbers;
using compute_divide::detail::placed_bits;
using compute_divide::detail::sort_by_bits;
using compute_divide::detail::sort_numbers;

TEST_CASE("in order, equal ones as they came, of few and of many") {
    std::mt19937_64 random(2);
    for (const std::size_t n :
         {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{511}, std::size_t{512}, std::size_t{5'000}})
        for (const int kept_bits : {0, 3, 17, 64}) {
            std::vector<placed_bits> items(n);
            for (std::size_t i = 0; i < n; ++i) {
                const std::uint64_t bits = random();
                items[i] = {kept_bits == 64 ? bits : kept_bits == 0 ? 7 : bits >> (64 - kept_bits) << (n % 40), i};
            }
            auto expected = items;
            std::ranges::stable_sort(expected, {}, &placed_bits::bits);
            sort_by_bits(items);
            for (std::size_t i = 0; i < n; ++i) {
                REQUIRE(items[i].bits == expected[i].bits);
                REQUIRE(items[i].place == expected[i].place);
            }
        }
}

TEST_CASE("numbers that are not negative order as their bits") {
    std::vector<double> numbers{0.0, 0x1p-1074, 0x1p-1022, 1, 1 + 0x1p-52, 2, 1e300, HUGE_VAL};
    for (std::size_t i = 1; i < numbers.size(); ++i)
        CHECK(bits_of_not_negative(numbers[i - 1]) < bits_of_not_negative(numbers[i]));
    CHECK(bits_of_not_negative(-0.0) == bits_of_not_negative(0.0));
}

TEST_CASE("all numbers order as their bits turned") {
    const std::vector<double> numbers{-HUGE_VAL, -1e300,    -2, -1,       -0x1p-1074, -0.0,  0.0,
                                      0x1p-1074, 0x1p-1022, 1,  1.000001, 2,          1e300, HUGE_VAL};
    for (std::size_t i = 1; i < numbers.size(); ++i) CHECK(bits_in_order(numbers[i - 1]) < bits_in_order(numbers[i]));
}

TEST_CASE("numbers are sorted, few and many, of every sign and size") {
    std::mt19937_64 random(3);
    for (const std::size_t n :
         {std::size_t{0}, std::size_t{1}, std::size_t{100}, many_numbers - 1, many_numbers, std::size_t{20'000}})
        for (const bool tied : {false, true}) {
            std::vector<double> numbers(n);
            for (double& x : numbers) {
                const auto size = static_cast<double>(random() % 1000) - 500;
                x = tied ? std::floor(size / 100) : size * std::exp2(size);
            }
            auto expected = numbers;
            std::ranges::sort(expected);
            sort_numbers(numbers);
            CHECK(numbers == expected);
        }
}
