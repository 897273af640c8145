// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_INVERSIONS_HPP
#define COMPUTE_DIVIDE_DETAIL_INVERSIONS_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
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

/// Merges [left, right) and [right, last) into `out`, left ones first of equals, and calls visit(n, first, x) where x
/// of the right side moves before the n elements from `first` on, all of them greater, or where n is 0. From both ends
/// at once and without a branch on what is compared, which nothing could foretell: twice as fast. Where `less` is no
/// order the elements are still all there after it, but inversions may be seen twice.
template <class T, class Less, class Visit>
void merge_from_both_ends(const T* const left, const T* const right, const T* const last, T* const out,
                          const Less& less, const Visit& visit) {
    const std::ptrdiff_t n_left = right - left, n_right = last - right;
    std::ptrdiff_t rest = n_left, after = 0;       // of the left side: not merged from the front; merged from the back
    const T *next = right, *next_last = last - 1;  // of the right side
    T *to = out, *to_last = out + (n_left + n_right);
    for (T* const end = out + std::min(n_left, n_right); to != end; ++to) {
        const T *const from_left = right - rest, *const last_left = right - 1 - after;
        const auto moves = static_cast<std::ptrdiff_t>(less(*next, *from_left));
        const auto moves_last = static_cast<std::ptrdiff_t>(less(*next_last, *last_left));
        *to = *(moves != 0 ? next : from_left);
        *--to_last = *(moves_last != 0 ? last_left : next_last);
        visit(rest & -moves, from_left, *next);
        visit(after & (moves_last - 1), last_left + 1, *next_last);
        next += moves;
        rest += moves - 1;
        next_last += moves_last - 1;
        after += moves_last;
    }
    if (rest < after || next > next_last + 1) {  // no order
        after = 0;
        rest = n_left;
        next = right;
        next_last = last - 1;
        to = out;
    }
    while (rest > after && next <= next_last) {
        const bool moves = less(*next, *(right - rest));
        if (moves) visit(rest, right - rest, *next);
        *to++ = moves ? *next++ : *(right - rest--);
    }
    // What is left of the right side here comes after all but those that were merged from the back.
    to = std::copy(right - rest, right - after, to);
    for (; next <= next_last; ++next) {
        visit(after, right - after, *next);
        *to++ = *next;
    }
}

/// Sorts stably, in another order of merges than sort_visiting_inversions does: calls visit(n, first, x) whenever x
/// moves before the n elements from `first` on, and may call it with n = 0. Parts that the nearest cache holds are
/// sorted whole before they are merged with others.
template <class T, class Less, class Visit>
void sort_passing_inversions(std::vector<T>& elements, std::vector<T>& scratch, const Less& less, const Visit& visit) {
    constexpr std::size_t few = 8, part = std::max<std::size_t>(few, std::bit_floor(16384 / sizeof(T)));
    const std::size_t n = elements.size();
    scratch.resize(n);
    T* const begin = elements.data();
    const auto sort_few = [&](T* first, std::size_t size) {
        std::array<T, few> was;
        std::array<std::size_t, few> place{};
        std::copy_n(first, size, was.data());
        for (std::size_t j = 1; j < size; ++j)
            for (std::size_t i = 0; i < j; ++i) {
                const auto moves = static_cast<std::size_t>(less(was[j], was[i]));
                visit(static_cast<std::ptrdiff_t>(moves), &was[i], was[j]);
                place[i] += moves;
                place[j] += 1 - moves;
            }
        unsigned taken = 0;
        for (std::size_t i = 0; i < size; ++i) taken |= 1U << place[i];
        if (taken != (1U << size) - 1) return;  // no order
        for (std::size_t i = 0; i < size; ++i) first[place[i]] = was[i];
    };
    const auto merge = [&](T* first, T* middle, T* last) {
        if (!less(*middle, middle[-1])) return;
        T* const out = std::upper_bound(first, middle, *middle, less);
        last = std::lower_bound(middle, last, middle[-1], less);
        const T* const copied = std::copy(out, last, scratch.data());

        merge_from_both_ends<T>(scratch.data(), scratch.data() + (middle - out), copied, out, less, visit);
    };
    const auto merge_all = [&](std::size_t first, std::size_t last, std::size_t width, std::size_t end) {
        for (; width < end; width *= 2)
            for (std::size_t at = first; at + width < last; at += 2 * width)
                merge(begin + at, begin + at + width, begin + std::min(at + 2 * width, last));
    };
    for (std::size_t first = 0; first < n; first += part) {
        const std::size_t last = std::min(first + part, n);
        for (std::size_t at = first; at < last; at += few)
            if (const std::size_t size = std::min(few, last - at); !std::is_sorted(begin + at, begin + at + size, less))
                sort_few(begin + at, size);
        merge_all(first, last, few, part);
    }
    merge_all(0, n, part, n);
}

/// The same, and returns the number of inversions.
template <class T, class Less>
[[nodiscard]] std::uint64_t sort_counting_inversions(std::vector<T>& elements, std::vector<T>& scratch,
                                                     const Less& less) {
    std::ptrdiff_t inversions = 0;
    sort_passing_inversions(elements, scratch, less,
                            [&inversions](std::ptrdiff_t n, const T*, const T&) { inversions += n; });
    return static_cast<std::uint64_t>(inversions);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
