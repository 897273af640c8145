// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_ALGORITHMS_HPP
#define COMPUTE_DIVIDE_DETAIL_ALGORITHMS_HPP

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <type_traits>

/// Algorithms of whole ranges, as std::ranges has them, without its concepts: to check these takes the compiler some 20
/// ms a use, paid by whoever includes the header, used or not. Ranges have iterators and ends of one type; projections
/// are functions of an element or pointers to members.
namespace compute_divide::inline v0_2::detail {

/// What a projection says of an element.
template <class Projection, class T>
[[nodiscard]] constexpr decltype(auto) projected(const Projection& by, T& element) {
    if constexpr (std::is_member_object_pointer_v<Projection>)
        return (element.*by);
    else if constexpr (std::is_member_function_pointer_v<Projection>)
        return (element.*by)();
    else
        return by(element);
}

template <class Range, class Predicate>
[[nodiscard]] constexpr bool any_of(const Range& range, Predicate is) {
    return std::any_of(std::begin(range), std::end(range), is);
}
template <class Range, class Predicate>
[[nodiscard]] constexpr bool all_of(const Range& range, Predicate is) {
    return std::all_of(std::begin(range), std::end(range), is);
}
template <class Range, class Predicate>
[[nodiscard]] constexpr bool none_of(const Range& range, Predicate is) {
    return std::none_of(std::begin(range), std::end(range), is);
}

template <class Range, class T>
[[nodiscard]] constexpr auto find(Range&& range, const T& value) {
    return std::find(std::begin(range), std::end(range), value);
}
template <class Range, class T, class Projection>
[[nodiscard]] constexpr auto find(Range&& range, const T& value, Projection by) {
    return std::find_if(std::begin(range), std::end(range),
                        [&](const auto& each) { return projected(by, each) == value; });
}
template <class Range, class Predicate>
[[nodiscard]] constexpr auto find_if(Range&& range, Predicate is) {
    return std::find_if(std::begin(range), std::end(range), is);
}
template <class Range, class T>
[[nodiscard]] constexpr std::ptrdiff_t count(const Range& range, const T& value) {
    return std::count(std::begin(range), std::end(range), value);
}
template <class Range, class Predicate>
[[nodiscard]] constexpr std::ptrdiff_t count_if(const Range& range, Predicate is) {
    return std::count_if(std::begin(range), std::end(range), is);
}
template <class Range>
[[nodiscard]] constexpr auto max_element(Range&& range) {
    return std::max_element(std::begin(range), std::end(range));
}
template <class Range, class Other>
[[nodiscard]] constexpr bool equal(const Range& range, const Other& other) {
    return std::equal(std::begin(range), std::end(range), std::begin(other), std::end(other));
}

template <class Range>
constexpr void sort(Range&& range) {
    std::sort(std::begin(range), std::end(range));
}
template <class Range, class Less>
constexpr void sort(Range&& range, Less is_less) {
    std::sort(std::begin(range), std::end(range), is_less);
}
template <class Range, class Projection>
constexpr void sort_by(Range&& range, Projection by) {
    std::sort(std::begin(range), std::end(range),
              [&](const auto& a, const auto& b) { return projected(by, a) < projected(by, b); });
}
template <class Range>
void stable_sort(Range&& range) {
    std::stable_sort(std::begin(range), std::end(range));
}
template <class Range, class Less>
void stable_sort(Range&& range, Less is_less) {
    std::stable_sort(std::begin(range), std::end(range), is_less);
}
template <class Range, class Projection>
void stable_sort_by(Range&& range, Projection by) {
    std::stable_sort(std::begin(range), std::end(range),
                     [&](const auto& a, const auto& b) { return projected(by, a) < projected(by, b); });
}

/// Of ascending ranges, or of those whose projections ascend.
template <class Range, class T>
[[nodiscard]] constexpr bool binary_search(const Range& range, const T& value) {
    return std::binary_search(std::begin(range), std::end(range), value);
}
template <class Range, class T>
[[nodiscard]] constexpr auto lower_bound(Range&& range, const T& value) {
    return std::lower_bound(std::begin(range), std::end(range), value);
}
template <class Range, class T, class Projection>
[[nodiscard]] constexpr auto lower_bound_by(Range&& range, const T& value, Projection by) {
    return std::lower_bound(std::begin(range), std::end(range), value,
                            [&](const auto& each, const T& sought) { return projected(by, each) < sought; });
}
template <class Range, class T>
[[nodiscard]] constexpr auto upper_bound(Range&& range, const T& value) {
    return std::upper_bound(std::begin(range), std::end(range), value);
}
template <class Range, class T, class Projection>
[[nodiscard]] constexpr auto upper_bound_by(Range&& range, const T& value, Projection by) {
    return std::upper_bound(std::begin(range), std::end(range), value,
                            [&](const T& sought, const auto& each) { return sought < projected(by, each); });
}

template <class Range, class T>
constexpr void fill(Range&& range, const T& value) {
    std::fill(std::begin(range), std::end(range), value);
}
template <class Range, class Out>
constexpr void copy(const Range& range, Out out) {
    std::copy(std::begin(range), std::end(range), out);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
