// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_EACH_PART_HPP
#define COMPUTE_DIVIDE_DETAIL_EACH_PART_HPP

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

/// What is done with each part of a tuple. std::apply does the same, but asks of every call whether it may throw, which
/// every state and every model would pay for when it is compiled.
namespace compute_divide::inline v0_2::detail {

template <class Tuple, class Visit, std::size_t... I>
constexpr void each_part(Tuple& parts, const Visit& visit, std::index_sequence<I...>) {
    (static_cast<void>(visit(std::get<I>(parts))), ...);
}

/// Calls visit(part) for each part of a tuple.
template <class Tuple, class Visit>
constexpr void each_part(Tuple&& parts, const Visit& visit) {
    each_part(parts, visit, std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<Tuple>>>());
}

}  // namespace compute_divide::inline v0_2::detail

#endif
