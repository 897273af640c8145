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

/// The bits of a number turned so that they order as numbers do, negative ones too; -0 just before 0.
[[nodiscard]] constexpr std::uint64_t bits_in_order(double x) {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    return bits ^ ((0 - (bits >> 63)) | std::uint64_t{1} << 63);
}

/// Sorts by 64 bits of each, equal ones in the order given, by digits of 11 bits, the lowest first, of which those that
/// all share cost a look (Knuth, TAOCP 3, 5.2.5): O(n), and of many several times faster than comparing.
template <class T, class Bits>
void sort_by_digits(std::vector<T>& items, const Bits& bits_of) {
    constexpr std::size_t n_digits = 6, digit_size = 11, n_values = std::size_t{1} << digit_size;
    if (items.empty()) return;
    std::vector<std::array<std::size_t, n_values>> counts(n_digits);
    const auto digit = [](std::uint64_t bits, std::size_t d) { return (bits >> (d * digit_size)) & (n_values - 1); };
    for (const T& each : items)
        for (std::size_t d = 0; d < n_digits; ++d) ++counts[d][digit(bits_of(each), d)];
    std::vector<T> sorted(items.size());
    for (std::size_t d = 0; d < n_digits; ++d) {
        auto& count = counts[d];
        if (count[digit(bits_of(items.front()), d)] == items.size()) continue;
        std::size_t before = 0;
        for (std::size_t& each : count) before += std::exchange(each, before);
        for (const T& each : items) sorted[count[digit(bits_of(each), d)]++] = each;
        items.swap(sorted);
    }
}

/// Sorts by bits, equal ones in the order given.
inline void sort_by_bits(std::vector<placed_bits>& items) {
    constexpr std::size_t few = 512;
    if (items.size() < few)
        std::stable_sort(items.begin(), items.end(),
                         [](const placed_bits& a, const placed_bits& b) { return a.bits < b.bits; });
    else
        sort_by_digits(items, [](const placed_bits& each) { return each.bits; });
}

/// Where sorting numbers by digits begins to pay.
inline constexpr std::size_t many_numbers = 8192;

/// Sorts numbers, none of them NaN.
inline void sort_numbers(std::vector<double>& numbers) {
    if (numbers.size() < many_numbers)
        std::sort(numbers.begin(), numbers.end());
    else
        sort_by_digits(numbers, [](double x) { return bits_in_order(x); });
}

}  // namespace compute_divide::inline v0_2::detail

#endif
