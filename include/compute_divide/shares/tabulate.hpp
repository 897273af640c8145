// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_TABULATE_HPP
#define COMPUTE_DIVIDE_SHARES_TABULATE_HPP

#include <functional>
#include <ranges>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/mistake.hpp>
#include <compute_divide/shares/clustered_tally.hpp>
#include <compute_divide/shares/tally.hpp>

/// How many records of each key are of each category: one pass, from records of your own.
namespace compute_divide::inline v0_2 {

namespace detail {

template <class Records, class KeyField, class CategoryField>
using tally_for =
    tally<label_storage_t<field_value_t<KeyField, Records>>, label_storage_t<field_value_t<CategoryField, Records>>>;

template <class Records, class KeyField, class CategoryField, class ClusterField>
using clustered_tally_for =
    clustered_tally<label_storage_t<field_value_t<KeyField, Records>>,
                    label_storage_t<field_value_t<CategoryField, Records>>, cluster_storage_t<ClusterField, Records>>;

}  // namespace detail

namespace mistake {
struct tabulate_needs_a_key_and_a_category {};
}  // namespace mistake

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

    /// The same of records that depend on each other where they share a cluster:
    /// `tabulate(papers, &paper::year, team_of, clustered_by(&paper::organisations))`, a clustered_table. The cluster
    /// field yields a label, a range of labels, or an optional of either. Cost: see clustered_tally.
    template <std::ranges::input_range Records, label_field_of<Records> KeyField, label_field_of<Records> CategoryField,
              cluster_field_of<Records> ClusterField>
    [[nodiscard]] auto operator()(Records&& records, KeyField key, CategoryField category,
                                  clusters_of<ClusterField> cluster) const {
        detail::clustered_tally_for<Records, KeyField, CategoryField, ClusterField> sums;
        for (auto&& record : records)
            sums.add(std::invoke(key, record), std::invoke(category, record), std::invoke(cluster.field, record));
        return sums.result();
    }
    /// The same with a weight for each record, such as one over the number of institutions of the paper that is its
    /// cluster.
    template <std::ranges::input_range Records, label_field_of<Records> KeyField, label_field_of<Records> CategoryField,
              cluster_field_of<Records> ClusterField, quantity_field_of<Records> WeightField>
    [[nodiscard]] auto operator()(Records&& records, KeyField key, CategoryField category,
                                  clusters_of<ClusterField> cluster, WeightField weight) const {
        detail::clustered_tally_for<Records, KeyField, CategoryField, ClusterField> sums;
        for (auto&& record : records)
            sums.add(std::invoke(key, record), std::invoke(category, record), std::invoke(cluster.field, record),
                     std::invoke(weight, record));
        return sums.result();
    }

    /// Mistakes.
    template <mistake::no_range Field, class... Rest>
    mistake::the_records_come_first operator()(Field&&, Rest&&...) const = delete;
    template <std::ranges::input_range Records, class Key>
    mistake::tabulate_needs_a_key_and_a_category operator()(Records&&, Key) const = delete;
    template <class Records, class Key, class Category, class... Weight>
    mistake::the_field_does_not_take_these_records operator()(Records&&, Key, Category, Weight...) const
        requires(mistake::other_records<Records, Key, Category, Weight...> && sizeof...(Weight) < 2) = delete;
    template <class Records, field_of<Records> Key, field_of<Records> Category, class... Weight>
    requires mistake::no_label_of<Key, Records> || mistake::no_label_of<Category, Records>
        mistake::the_label_must_be_copyable_and_ordered operator()(Records&&, Key, Category, Weight...) const = delete;
    template <class Records, label_field_of<Records> Key, label_field_of<Records> Category, field_of<Records> Cluster,
              class... Rest>
    requires(!cluster_field_of<Cluster, Records>) mistake::the_cluster_must_be_a_label_or_a_range_of_labels operator()(
        Records&&, Key, Category, clusters_of<Cluster>, Rest&&...) const = delete;
    template <class Records, label_field_of<Records> Key, label_field_of<Records> Category,
              mistake::no_number_of<Records> Weight>
    mistake::the_weight_must_be_a_number operator()(Records&&, Key, Category, Weight) const = delete;
};
inline constexpr tabulate_fn tabulate{};

}  // namespace compute_divide::inline v0_2

#endif
