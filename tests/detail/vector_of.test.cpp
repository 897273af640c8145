// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/detail/vector_of.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>

#include <doctest/doctest.h>

using compute_divide::detail::plain_vector;
using compute_divide::detail::vector_of;

namespace {

template <class A, class B>
void check_same(const A& a, const B& b) {
    for (std::size_t i = 0; i < 4; ++i) CHECK(std::bit_cast<std::uint64_t>(a[i]) == std::bit_cast<std::uint64_t>(b[i]));
}

}  // namespace

TEST_CASE("what takes the place of the compiler's vectors has their bits") {
    constexpr double infinity = std::numeric_limits<double>::infinity(), tiny = 4.9e-324;
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> uniform(-3, 3);
    const double special[] = {0.0, -0.0, infinity, -infinity, tiny, 1e308, 1 / 3.0, -1e-308};
    for (int i = 0; i < 200; ++i) {
        plain_vector<double, 4> a, b;
        vector_of<double, 4> x, y;
        for (std::size_t j = 0; j < 4; ++j) {
            x[j] = a[j] = i < 50 ? special[random() % 8] : uniform(random);
            y[j] = b[j] = i < 20 ? special[random() % 8] : uniform(random);
            if (a[j] == b[j]) y[j] = b[j] = 2.5;  // no infinity less itself: signs of NaN are nobody's promise
        }
        check_same(a - b, x - y);
        check_same((a + b) * 0.7, (x + y) * 0.7);
        check_same(1.5 - a, 1.5 - x);
        if (i < 50) continue;
        check_same(a / b, x / y);
        a += b;
        x += y;
        a *= b;
        x *= y;
        a -= 0.1;
        x -= 0.1;
        a /= b;
        x /= y;
        check_same(a, x);
    }
}

TEST_CASE("sums of small integers are modulo their size, and what is not written is 0") {
    vector_of<std::uint16_t, 8> sum{}, more{};
    plain_vector<std::uint16_t, 8> plain_sum{}, plain_more{};
    for (std::size_t i = 0; i < 8; ++i) plain_more[i] = more[i] = static_cast<std::uint16_t>(9'000 * i);
    for (int times = 0; times < 9; ++times) {
        sum += more;
        plain_sum += plain_more;
    }
    for (std::size_t i = 0; i < 8; ++i) {
        const std::uint16_t found = sum[i];
        CHECK(found == static_cast<std::uint16_t>(81'000 * i));
        CHECK(plain_sum[i] == found);
    }
}
