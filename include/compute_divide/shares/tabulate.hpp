// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_TABULATE_HPP
#define COMPUTE_DIVIDE_SHARES_TABULATE_HPP

#include <functional>
#include <ranges>

#include <compute_divide/concepts.hpp>
#include <compute_divide/shares/tally.hpp>

namespace compute_divide {

namespace detail {

template <class Records, class KeyField, class CategoryField>
using tally_for =
    tally<label_storage_t<field_value_t<KeyField, Records>>, label_storage_t<field_value_t<CategoryField, Records>>>;

}  // namespace detail

struct tabulate_fn {
    /// The table of key x category over records, each counted fully: `tabulate(papers, &paper::year, team_of)`.
    ///
    /// Both fields yield labels or optional ones; a record whose key or category is not known is counted in n_missing.
    /// One pass over any input range. Cost: see tally.
    template <std::ranges::input_range Records, label_field_of<Records> KeyField, label_field_of<Records> CategoryField>
    [[nodiscard]] auto operator()(Records&& records, KeyField key, CategoryField category) const {
        detail::tally_for<Records, KeyField, CategoryField> counts;
        for (auto&& record : records) counts.add(std::invoke(key, record), std::invoke(category, record));
        return counts.result();
    }

    /// The same with a weight for each record (fractional counting), which may be missing too. Throws
    /// std::invalid_argument unless weights are 0, or from 1e-100 to 1e100.
    template <std::ranges::input_range Records, label_field_of<Records> KeyField, label_field_of<Records> CategoryField,
              quantity_field_of<Records> WeightField>
    [[nodiscard]] auto operator()(Records&& records, KeyField key, CategoryField category, WeightField weight) const {
        detail::tally_for<Records, KeyField, CategoryField> sums;
        for (auto&& record : records)
            sums.add(std::invoke(key, record), std::invoke(category, record), std::invoke(weight, record));
        return sums.result();
    }
};
inline constexpr tabulate_fn tabulate{};

}  // namespace compute_divide

#endif
