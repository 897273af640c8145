// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_CLUSTERED_TALLY_HPP
#define COMPUTE_DIVIDE_SHARES_CLUSTERED_TALLY_HPP

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/cluster_weights.hpp>
#include <compute_divide/detail/label_map.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/clustered_share.hpp>

/// Tables of records that depend on each other: see shares in share.hpp, and clustered_shares.hpp.
namespace compute_divide::inline v0_2 {

/// The sums of weights by key, category and cluster, of which the questions below are asked.
template <label Key, label Category>
class clustered_table {
public:
    /// The table without its clusters.
    [[nodiscard]] const tally_table<Key, Category>& counts() const { return counts_; }
    /// Clusters in all, as clustered_share counts them.
    [[nodiscard]] std::uint64_t clusters() const {
        auto scores = empty_scores();
        for (const auto& row : cells_)
            for (const auto& cell : row) scores.add(cell, 0);
        return scores.clusters();
    }
    friend bool operator==(const clustered_table&, const clustered_table&) = default;

    /// For the functions below. Of the cell in the same place of counts().
    [[nodiscard]] const detail::cluster_totals& totals(std::size_t row, std::size_t cell) const {
        return cells_[row][cell];
    }
    /// For the functions below: scores of no record yet.
    [[nodiscard]] detail::cluster_scores empty_scores() const { return {n_labels_, sets_}; }

    /// The table of `counts` each of whose rows is put together of rows here: `parts` names them, by place in counts
    /// and here.
    template <label NewKey>
    [[nodiscard]] clustered_table<NewKey, Category> pooled(
        tally_table<NewKey, Category> counts, const std::vector<std::pair<std::size_t, std::size_t>>& parts) const {
        clustered_table<NewKey, Category> table;
        table.n_labels_ = n_labels_;
        table.sets_ = sets_;
        for (const auto& row : counts) table.cells_.emplace_back(row.cells.size());
        for (const auto& [to, from] : parts)
            for (std::size_t i = 0; i < cells_[from].size(); ++i) {
                const auto cell = detail::find(counts.rows[to].cells, counts_.rows[from].cells[i].category,
                                               &tally_cell<Category>::category);
                table.cells_[to][static_cast<std::size_t>(cell - counts.rows[to].cells.begin())].merge(cells_[from][i]);
            }
        table.counts_ = std::move(counts);
        return table;
    }

private:
    template <label K, label C>
    friend class clustered_table;
    template <label K, label C, label L>
    friend class clustered_tally;

    tally_table<Key, Category> counts_;
    std::vector<std::vector<detail::cluster_totals>> cells_;
    std::size_t n_labels_ = 0;
    std::vector<std::vector<std::uint32_t>> sets_;
};

/// As tally, by cluster too: a cluster is a label, a range of labels (records depend on each other where they share
/// any), or an optional of either; a record whose cluster is not known depends on no other. `Cluster` is what a label
/// is kept as. Memory goes with the number of triples of key, category and cluster. A record takes twice the time of
/// tally's.
template <label Key, label Category, label Cluster>
class clustered_tally {
public:
    template <detail::stored_as<Key> K, detail::stored_as<Category> C, class From>
    void add(const K& key, const C& category, const From& cluster) {
        if (!is_known(key) || !is_known(category)) return missing_.add_missing(key);
        cell_of(key, category).add(keys_(cluster));
    }
    /// Throws std::invalid_argument unless the weight is missing, 0, or from 1e-100 to 1e100.
    template <detail::stored_as<Key> K, detail::stored_as<Category> C, class From, class Weight>
    requires quantity<known_t<Weight>>
    void add(const K& key, const C& category, const From& cluster, const Weight& weight) {
        if (!is_known(key) || !is_known(category) || !is_known(weight)) return missing_.add_missing(key);
        const double w = as_double(weight);
        detail::require(w == 0 || (w >= 1e-100 && w <= 1e100), "clustered_tally::add",
                        "weight 0, or from 1e-100 to 1e100", w);
        cell_of(key, category).add(keys_(cluster), w);
    }
    /// Counts a record of which nothing but perhaps the key is known.
    template <detail::stored_as<Key> K>
    void add_missing(const K& key) {
        missing_.add_missing(key);
    }
    void add_missing() { missing_.add_missing(); }

    void merge(const clustered_tally& other) {
        const auto numbers = keys_.adopt(other.keys_);
        other.cells_.for_each([&](const Key& key, const Category& category, const detail::cluster_weights& more) {
            cell_of(key, category).merge(more, numbers);
        });
        missing_.merge(other.missing_);
    }

    [[nodiscard]] clustered_table<Key, Category> result() const {
        const std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>> same = [this] {
            std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>> numbers;
            for (std::size_t i = 0; i < keys_.labels(); ++i) numbers.first.push_back(static_cast<std::uint32_t>(i));
            for (std::size_t i = 0; i < keys_.sets().size(); ++i)
                numbers.second.push_back(detail::first_label_set + static_cast<std::uint32_t>(i));
            return numbers;
        }();
        std::map<std::pair<Key, Category>, detail::cluster_weights> sums;
        cells_.for_each([&](const Key& key, const Category& category, const detail::cluster_weights& more) {
            const auto [at, is_new] = sums.try_emplace({key, category}, more);
            if (!is_new) at->second.merge(more, same);
        });
        std::map<std::pair<Key, Category>, detail::cluster_totals> totals;
        tally<Key, Category> counts = missing_;
        for (const auto& [place, sum] : sums) {
            const auto& made = totals.emplace(place, detail::cluster_totals(sum)).first->second;
            tally_row<Key, Category> row;
            row.cells.push_back({place.second, sum.n(), made.weight, sum.squares()});
            counts.add_row(place.first, row);
        }
        clustered_table<Key, Category> table;
        table.counts_ = counts.result();
        for (const auto& row : table.counts_.rows) {
            auto& cells = table.cells_.emplace_back();
            for (const auto& cell : row.cells) cells.push_back(std::move(totals.at({row.key, cell.category})));
        }
        table.n_labels_ = keys_.labels();
        table.sets_ = keys_.sets();
        return table;
    }

private:
    template <class K, class C>
    [[nodiscard]] detail::cluster_weights& cell_of(const K& key, const C& category) {
        return cells_.value_of(detail::lookup_form(key), detail::lookup_form(category));
    }

    detail::cluster_keys<Cluster> keys_;
    detail::label_map<detail::cluster_weights, Key, Category> cells_;
    tally<Key, Category> missing_;  // records not counted
};

namespace detail {

template <class Key, class Category>
[[nodiscard]] std::optional<std::uint64_t> counted_clusters(const clustered_table<Key, Category>& table,
                                                            cluster_degrees degrees) {
    if (degrees == cluster_degrees::row) return std::nullopt;
    return table.clusters();
}

/// Adds to `scores` those of a sum that takes `coefficient` times the weight of `category` in a row less that expected
/// with the share `fitted`.
template <class Key, class Category>
void add_row_scores(const clustered_table<Key, Category>& table, cluster_scores& scores, std::size_t place,
                    const Category& category, double coefficient, double fitted) {
    const auto& row = table.counts().rows[place];
    for (std::size_t i = 0; i < row.cells.size(); ++i)
        scores.add(table.totals(place, i), coefficient * ((row.cells[i].category == category ? 1 : 0) - fitted));
}

}  // namespace detail

}  // namespace compute_divide::inline v0_2

#endif
