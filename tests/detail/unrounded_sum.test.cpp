// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/detail/unrounded_sum.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using compute_divide::detail::unrounded_sum;

namespace {

double sum_of(const std::vector<double>& numbers) {
    unrounded_sum sum;
    for (const double x : numbers) sum.add(x);
    return sum.value();
}

}  // namespace

TEST_CASE("sums are rounded once, halves to even") {
    CHECK(sum_of({}) == 0);
    CHECK(sum_of(std::vector<double>(10, 0.1)) == 1);
    CHECK(sum_of({1, 0x1p-53}) == 1);
    CHECK(sum_of({1 + 0x1p-52, 0x1p-53}) == 1 + 0x1p-51);
    CHECK(sum_of({1, 0x1p-53, 0x1p-1074}) == 1 + 0x1p-52);
    CHECK(sum_of({0x1p-1074, 0x1p-53, 1}) == 1 + 0x1p-52);
    CHECK(sum_of({1e308, 1e-308, 1, 1e-308}) == 1e308);
    CHECK(sum_of({std::numeric_limits<double>::max(), std::numeric_limits<double>::max()}) ==
          std::numeric_limits<double>::infinity());
    CHECK(sum_of({std::numeric_limits<double>::max(), std::numeric_limits<double>::max(), 1}) ==
          std::numeric_limits<double>::infinity());
}

TEST_CASE("the same bits in any order and of any parts") {
    std::mt19937 random(11);
    std::lognormal_distribution<double> amount(0, 12);
    std::vector<double> numbers(2000);
    for (double& x : numbers) x = amount(random);
    const double whole = sum_of(numbers);
    long double longer = 0;
    for (const double x : numbers) longer += static_cast<long double>(x);
    CHECK(std::fabs(whole / static_cast<double>(longer) - 1) < 3e-16);
    for (int run = 0; run < 20; ++run) {
        std::shuffle(numbers.begin(), numbers.end(), random);
        unrounded_sum parts[3];
        for (std::size_t i = 0; i < numbers.size(); ++i) parts[random() % 3].add(numbers[i]);
        unrounded_sum merged;
        for (const unrounded_sum& part : parts) {
            unrounded_sum loaded;
            CHECK(loaded.unpack(part.packed()));
            CHECK(loaded == part);
            merged.merge(part);
        }
        CHECK(merged.value() == whole);
        CHECK(sum_of(numbers) == whole);
        merged.merge(merged);
        CHECK(merged.value() == 2 * whole);
    }
}

TEST_CASE("what adding does not make is not taken in") {
    const auto takes = [](std::vector<double> parts) { return unrounded_sum().unpack({std::move(parts)}); };
    CHECK(takes({}));
    CHECK(takes({0x1p-60, 1}));
    CHECK(takes({-0x1p-120, 0x1p-60, 1}));
    CHECK(takes({std::numeric_limits<double>::infinity()}));
    for (const std::vector<double>& wrong :
         {std::vector<double>{0}, {-1}, {1, 0x1p-60}, {0.5, 1.5}, {0x1p-60, std::numeric_limits<double>::infinity()}})
        CHECK_FALSE(takes(wrong));
    CHECK_FALSE(takes({std::numeric_limits<double>::quiet_NaN(), 1}));
}

TEST_CASE("copies are their own") {
    unrounded_sum sum;
    for (const double x : {1.0, 0x1p-80, 0x1p-160, 0x1p-240}) sum.add(x);
    unrounded_sum copy = sum, other;
    other = sum;
    copy.add(1);
    CHECK(sum == other);
    CHECK_FALSE(copy == sum);
    other = std::move(copy);
    sum.add(1);
    CHECK(other == sum);
}
