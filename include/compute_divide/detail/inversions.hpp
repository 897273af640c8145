// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_INVERSIONS_HPP
#define COMPUTE_DIVIDE_DETAIL_INVERSIONS_HPP

#include <algorithm>
#include <cstddef>
#include <vector>

namespace compute_divide::inline v0_2::detail {

/// Sorts stably by merging and calls visit(first, last, x) whenever x moves before the elements [first, last), all of
/// them greater: each inversion of the sequence is seen once. O(n log n), and O(n log d) where no
/// element is more than d places from where it belongs.
template <class T, class Less, class Visit>
void sort_visiting_inversions(std::vector<T>& elements, std::vector<T>& scratch, const Less& less, const Visit& visit) {
    constexpr std::ptrdiff_t block = 16;
    const auto begin = elements.begin();
    const std::ptrdiff_t n = elements.end() - begin;
    for (std::ptrdiff_t i = 1; i < n; ++i) {
        const auto block_first = begin + i / block * block, at = begin + i;
        if (at == block_first || !less(*at, at[-1])) continue;
        const T moving = *at;
        auto target = at;
        while (target != block_first && less(moving, target[-1])) --target;
        visit(&*target, &*target + (at - target), moving);
        std::move_backward(target, at, at + 1);
        *target = moving;
    }
    scratch.resize(elements.size());
    for (std::ptrdiff_t width = block; width < n; width *= 2) {
        for (std::ptrdiff_t first = 0; first + width < n; first += 2 * width) {
            const auto middle = begin + first + width, last = begin + std::min(first + 2 * width, n);
            if (!less(*middle, middle[-1])) continue;
            auto out = std::upper_bound(begin + first, middle, *middle, less);
            const T* left = scratch.data();
            const T* const last_left = std::copy(out, middle, scratch.data());
            for (auto right = middle; left != last_left && right != last; ++out) {
                if (less(*right, *left)) {
                    visit(left, last_left, *right);
                    *out = *right++;
                } else {
                    *out = *left++;
                }
            }
            std::copy(left, last_left, out);
        }
    }
}

}  // namespace compute_divide::inline v0_2::detail

#endif
