// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_SELECTED_HPP
#define COMPUTE_DIVIDE_TRENDS_SELECTED_HPP

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include <range/v3/range/access.hpp>
#include <range/v3/range/concepts.hpp>
#include <range/v3/range/traits.hpp>
#include <range/v3/view/all.hpp>
#include <range/v3/view/enumerate.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/subrange.hpp>
#include <range/v3/view/transform.hpp>
#include <range/v3/view/view.hpp>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/trends/selection.hpp>

/// The records of a selection as a view of range-v3.
namespace compute_divide::inline v0_2 {

namespace detail {

template <class View>
struct selected_records {
    View records;
    std::vector<std::size_t> indices;
};

}  // namespace detail

/// The chosen records, in their order, as a range-v3 view: `selected(models, chosen)`, or in a pipeline
/// `models | selected(chosen)`. It refers to the records and keeps the indices of its own, so the selection need not
/// outlive it. `records`: the forward range the selection was made from (a view, or a container that outlives this
/// one).
///
/// Throws std::invalid_argument for a position past the end of records of known size.
/// Of a random-access range it is random-access and costs O(chosen); of any other, a walk through all, O(n log chosen).
template <ranges::viewable_range Records>
requires ranges::forward_range<Records>
[[nodiscard]] auto selected(Records&& records, selection chosen) {
    using view = ranges::views::all_t<Records>;
    const auto kept = std::make_shared<detail::selected_records<view>>(
        detail::selected_records<view>{ranges::views::all(std::forward<Records>(records)), std::move(chosen.indices)});
    if constexpr (ranges::sized_range<view>)
        for (const std::size_t i : kept->indices)
            detail::require(i < ranges::size(kept->records), "selected", "a position in the records", i);
    if constexpr (ranges::random_access_range<view>) {
        const std::size_t* const first = kept->indices.data();
        return ranges::make_subrange(first, first + kept->indices.size()) |
               ranges::views::transform([kept](std::size_t i) -> ranges::range_reference_t<view> {
                   return ranges::begin(kept->records)[static_cast<ranges::range_difference_t<view>>(i)];
               });
    } else {
        return ranges::views::enumerate(kept->records) | ranges::views::filter([kept](const auto& numbered) {
                   return detail::binary_search(kept->indices, numbered.first);
               }) |
               ranges::views::transform(
                   [](auto&& numbered) -> ranges::range_reference_t<view> { return numbered.second; });
    }
}

/// `records | selected(chosen)`.
[[nodiscard]] inline auto selected(selection chosen) {
    return ranges::make_view_closure([chosen = std::move(chosen)]<class Records>(Records&& records) {
        return selected(std::forward<Records>(records), chosen);
    });
}

}  // namespace compute_divide::inline v0_2

#endif
