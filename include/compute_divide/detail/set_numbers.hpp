// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_SET_NUMBERS_HPP
#define COMPUTE_DIVIDE_DETAIL_SET_NUMBERS_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>

namespace compute_divide::inline v0_2::detail {

/// Finds the number of a set of labels among sets that its owner keeps, numbered from 0: linear probing, at most half
/// full. O(labels) a set.
class set_numbers {
public:
    /// The number of the set among `count`, of which set_of(number) is one; `count` where it is new: the owner then
    /// keeps it as that.
    template <class SetOf>
    [[nodiscard]] std::uint32_t operator()(std::span<const std::uint32_t> set, std::size_t count, const SetOf& set_of) {
        if (2 * (count + 1) > slots_.size()) grow(count, set_of);
        std::size_t at = home(set);
        for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
            if (detail::equal(set_of(slots_[at] - 1), set)) return slots_[at] - 1;
        slots_[at] = static_cast<std::uint32_t>(count + 1);
        return static_cast<std::uint32_t>(count);
    }
    void clear() { slots_.clear(); }

private:
    [[nodiscard]] std::size_t home(std::span<const std::uint32_t> set) const {
        std::uint64_t hash = set.size();
        for (const std::uint32_t label : set) {
            hash = (hash ^ label) * 0x9E3779B97F4A7C15u;
            hash ^= hash >> 32;
        }
        return static_cast<std::size_t>((hash * 0x9E3779B97F4A7C15u) >> shift_);
    }
    template <class SetOf>
    COMPUTE_DIVIDE_NO_INLINE void grow(std::size_t count, const SetOf& set_of) {
        const std::size_t size = std::bit_ceil(std::max<std::size_t>(16, 4 * (count + 1)));
        slots_.assign(size, 0);
        shift_ = 65 - static_cast<int>(std::bit_width(size));
        for (std::size_t number = 0; number < count; ++number) {
            std::size_t at = home(set_of(number));
            while (slots_[at] != 0) at = (at + 1) & (size - 1);
            slots_[at] = static_cast<std::uint32_t>(number + 1);
        }
    }

    std::vector<std::uint32_t> slots_;  // the number plus one; 0 is free
    int shift_ = 0;                     // 64 less log2 of the number of slots
};

}  // namespace compute_divide::inline v0_2::detail

#endif
