// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_SHAPLEY_PARTS_HPP
#define COMPUTE_DIVIDE_STATISTICS_SHAPLEY_PARTS_HPP

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <vector>

#include <compute_divide/detail/require.hpp>

/// What each of several changes did to a number that they changed together.
namespace compute_divide::inline v0_2 {

/// What each of d changes did to a number that they changed together: the mean, over all orders in which they could
/// have come, of the step that each makes (Shapley's value). The parts sum to the whole change, whatever the function,
/// and no order is preferred.
///
/// `value(set)` is the number after the changes whose bits are set in `set` (bit i is change i), `value(0)` before all
/// of them. It is called once for each of the 2^d sets, in ascending order. Returns d parts; NaN where a value they
/// need is. Throws std::invalid_argument for d = 0 or more than 20. O(d 2^d). Sources: Shapley (1953); Shorrocks
/// (2013), Journal of Economic Inequality 11:99. Checked against exact fractions over all orders.
template <class Value>
requires std::is_invocable_r_v<double, Value&, std::uint32_t>
[[nodiscard]] std::vector<double> shapley_parts(std::size_t d, Value value) {
    detail::require(d >= 1 && d <= 20, "shapley_parts", "1 to 20 changes", d);
    const std::uint32_t sets = std::uint32_t{1} << d;
    std::vector<double> values;
    values.reserve(sets);
    for (std::uint32_t set = 0; set < sets; ++set) values.push_back(std::invoke(value, set));
    // A set of s changes comes before change i in s! (d - 1 - s)! of the d! orders.
    std::vector<double> weights(d, 1.0 / static_cast<double>(d));
    for (std::size_t s = 1; s < d; ++s)
        weights[s] = weights[s - 1] * static_cast<double>(s) / static_cast<double>(d - s);
    std::vector<double> parts(d, 0.0);
    for (std::size_t i = 0; i < d; ++i) {
        const std::uint32_t bit = std::uint32_t{1} << i;
        for (std::uint32_t set = 0; set < sets; ++set)
            if ((set & bit) == 0)
                parts[i] += weights[static_cast<std::size_t>(std::popcount(set))] * (values[set | bit] - values[set]);
    }
    return parts;
}

}  // namespace compute_divide::inline v0_2

#endif
