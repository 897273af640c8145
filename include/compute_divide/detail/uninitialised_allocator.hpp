// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_UNINITIALISED_ALLOCATOR_HPP
#define COMPUTE_DIVIDE_DETAIL_UNINITIALISED_ALLOCATOR_HPP

#include <memory>
#include <new>
#include <type_traits>
#include <utility>

/// Vectors whose resize does not write what is written afterwards anyway.
namespace compute_divide::inline v0_2::detail {

/// std::allocator, but that numbers which are given no value keep none.
template <class T>
struct uninitialised_allocator : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = uninitialised_allocator<U>;
    };

    template <class U>
    void construct(U* at) noexcept {
        static_assert(std::is_trivial_v<U>);
        ::new (static_cast<void*>(at)) U;
    }
    template <class U, class... Values>
    requires(sizeof...(Values) > 0) void construct(U* at, Values&&... values) {
        ::new (static_cast<void*>(at)) U(std::forward<Values>(values)...);
    }
};

}  // namespace compute_divide::inline v0_2::detail

#endif
