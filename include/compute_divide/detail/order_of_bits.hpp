// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_ORDER_OF_BITS_HPP
#define COMPUTE_DIVIDE_DETAIL_ORDER_OF_BITS_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace compute_divide::inline v0_2::detail {

/// A number by its bits, which order as it does, and the place of what it is of.
struct placed_bits {
    std::uint64_t bits = 0;
    std::size_t place = 0;
};
[[nodiscard]] constexpr std::uint64_t bits_of_not_negative(double x) {
    return std::bit_cast<std::uint64_t>(x + 0.0);  // -0 as 0
}

/// Sorts by bits, equal ones in the order given. From some hundreds on by digits of 11 bits, the lowest first, of which
/// those that all share cost a look (Knuth, TAOCP 3, 5.2.5): O(n) and several times faster than comparing.
inline void sort_by_bits(std::vector<placed_bits>& items) {
    constexpr std::size_t few = 512, n_digits = 6, digit_size = 11, n_values = std::size_t{1} << digit_size;
    if (items.size() < few) {
        std::stable_sort(items.begin(), items.end(),
                         [](const placed_bits& a, const placed_bits& b) { return a.bits < b.bits; });
        return;
    }
    std::vector<std::array<std::size_t, n_values>> counts(n_digits);
    const auto digit = [](std::uint64_t bits, std::size_t d) { return (bits >> (d * digit_size)) & (n_values - 1); };
    for (const placed_bits& each : items)
        for (std::size_t d = 0; d < n_digits; ++d) ++counts[d][digit(each.bits, d)];
    std::vector<placed_bits> sorted(items.size());
    for (std::size_t d = 0; d < n_digits; ++d) {
        auto& count = counts[d];
        if (count[digit(items.front().bits, d)] == items.size()) continue;
        std::size_t before = 0;
        for (std::size_t& each : count) before += std::exchange(each, before);
        for (const placed_bits& each : items) sorted[count[digit(each.bits, d)]++] = each;
        items.swap(sorted);
    }
}

}  // namespace compute_divide::inline v0_2::detail

#endif
