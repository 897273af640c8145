// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_SHARE_HPP
#define COMPUTE_DIVIDE_SHARES_SHARE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/cluster_weights.hpp>
#include <compute_divide/detail/mistake.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/shares/clustered_tally.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/proportion.hpp>

/// Shares by key, with their intervals: what part of each year's papers is academic.
///
/// The share of a category is its sum of weights over that of the key. In full counting that is k / n, and the interval
/// is that of k successes of n. Records that depend on each other (models of one organisation, the institutions of one
/// paper) need a cluster field: `clustered_by(&model::organisation)`; see statistics/clustered_share.hpp. So do weights
/// of one over the number of a paper's institutions (fractional counting): as if they were independent, 100 papers
/// would be worth 272 records. Weighted records that are independent say so: `share_options::effective`.
namespace compute_divide::inline v0_2 {

/// The share that one category, or a yes, has of a key.
template <label Key>
struct key_share {
    Key key{};
    double weight = 0;    ///< sum of weights of the category; its count in full counting
    estimate share = {};  ///< n: records of the key, of any category; n_missing: those whose category is not known

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(share); }
    friend bool operator==(const key_share&, const key_share&) = default;
};
template <label Key>
[[nodiscard]] constexpr auto members(std::type_identity<key_share<Key>>) {
    using row = key_share<Key>;
    return member_list(member{"key", &row::key}, member{"weight", &row::weight}, member{"share", &row::share});
}
/// One line: `2012  66.7 % [20.8, 93.9] (wilson, 95 %, n = 3)`.
template <label Key>
[[nodiscard]] std::string to_string(const key_share<Key>& row, estimate_format format = {}) {
    return detail::member_text(row.key, {}) + "  " + to_string(row.share, format);
}

/// The share that a category has of a key.
template <label Key, label Category>
struct category_share {
    Key key{};
    Category category{};
    double weight = 0;    ///< sum of weights of the category; its count in full counting
    estimate share = {};  ///< n: records of the key, of any category; n_missing: those whose category is not known

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(share); }
    friend bool operator==(const category_share&, const category_share&) = default;
};
template <label Key, label Category>
[[nodiscard]] constexpr auto members(std::type_identity<category_share<Key, Category>>) {
    using row = category_share<Key, Category>;
    return member_list(member{"key", &row::key}, member{"category", &row::category}, member{"weight", &row::weight},
                       member{"share", &row::share});
}
/// One line: `2012  academia_only  66.7 % [20.8, 93.9] (wilson, 95 %, n = 3)`.
template <label Key, label Category>
[[nodiscard]] std::string to_string(const category_share<Key, Category>& row, estimate_format format = {}) {
    return detail::member_text(row.key, {}) + "  " + detail::member_text(row.category, {}) + "  " +
           to_string(row.share, format);
}

/// A range of key_share or category_share in order of key, then category.
template <class Row>
struct share_table {
    std::vector<Row> rows = {};
    std::uint64_t n_missing = 0;   ///< records whose key, category or weight is not known, the rows' own included
    std::uint64_t n_left_out = 0;  ///< records of keys left out on request (see pool.hpp)

    [[nodiscard]] auto begin() const { return rows.begin(); }
    [[nodiscard]] auto end() const { return rows.end(); }
    [[nodiscard]] std::size_t size() const { return rows.size(); }
    [[nodiscard]] bool empty() const { return rows.empty(); }

    friend bool operator==(const share_table&, const share_table&) = default;
};
template <class Row>
[[nodiscard]] constexpr auto members(std::type_identity<share_table<Row>>) {
    using result = share_table<Row>;
    return member_list(member{"rows", &result::rows}, member{"n_missing", &result::n_missing},
                       member{"n_left_out", &result::n_left_out});
}
/// A line for each row, then, where there are any, the numbers of records missing and left out.
template <class Row>
[[nodiscard]] std::string to_string(const share_table<Row>& table, estimate_format format = {}) {
    std::string text;
    for (const auto& row : table) text.append(text.empty() ? "" : "\n").append(to_string(row, format));
    return text + detail::records_not_counted(table.n_missing, table.n_left_out, text.empty());
}

namespace detail {

/// Records whose weights are not all 1.
template <class Key, class Category>
[[nodiscard]] bool is_weighted(const tally_row<Key, Category>& row) {
    return detail::any_of(row.cells, [](const auto& cell) {
        const auto n = static_cast<double>(cell.n);
        return cell.weight != n || cell.weight_squared != n;
    });
}

template <class Key, class Category>
[[nodiscard]] estimate share_of(const tally_row<Key, Category>& row, const Category& category,
                                const share_interval& interval) {
    const double weight = row.weight_of(category);
    const share_options& options = interval.options();
    estimate result;
    if (!is_weighted(row)) {
        const auto n = static_cast<double>(row.n);
        result = compute_divide::share(weight, n, interval);
    } else if (options.effective == effective_number::kish) {
        const double n = row.n_effective;
        const double successes = weight == row.weight ? n : std::min(n, weight * (n / row.weight));
        result = compute_divide::share(successes, n, interval);
        if (result) {
            result.value = weight / row.weight;
            result.bounds = around_share(options.interval, *result.bounds, *result.value);
        }
        result.n_effective.reset();
        if (n != static_cast<double>(row.n)) result.n_effective = n;
    } else {
        require(options.effective == effective_number::linearised, "shares",
                "of weighted records a cluster field (clustered_by), or share_options::effective linearised or kish "
                "where they are independent",
                name_of(options.effective));
        std::vector<tally_cell<Category>> cells = row.cells;
        double squares = 0, own_squares = 0;
        for (const auto& cell : cells) {
            squares += cell.weight_squared;
            if (cell.category == category) own_squares = cell.weight_squared;
        }
        const auto n = static_cast<double>(row.n);
        const double p = row.weight > 0 ? weight / row.weight : std::numeric_limits<double>::quiet_NaN();
        const double sum = (1 - p) * (1 - p) * own_squares + p * p * (squares - own_squares);
        const double v = n / (n - 1) * sum / (row.weight * row.weight);
        result = share_of_variance({p, v, row.n, row.n, row.n_effective, n - 1},
                                   {.interval = options.interval, .level = options.level, .few_clusters = 0},
                                   name_of(options.interval))
                     .share;
    }
    result.n = row.n;
    result.n_missing = row.n_missing;
    return result;
}

template <class Key, class Category>
[[nodiscard]] estimate clustered_share_of_row(const clustered_table<Key, Category>& table, cluster_scores& scores,
                                              std::size_t place, const Category& category,
                                              const clustered_share_options& options,
                                              std::optional<std::uint64_t> table_clusters) {
    const auto& row = table.counts().rows[place];
    static const cluster_totals none;
    const cluster_totals* yes = &none;
    std::vector<const cluster_totals*> no;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const cluster_totals& totals = table.totals(place, i);
        if (row.cells[i].category == category)
            yes = &totals;
        else
            no.push_back(&totals);
    }
    estimate share = share_of_clusters(scores, *yes, no, row.n, options, table_clusters).share;
    share.n_missing = row.n_missing;
    return share;
}

}  // namespace detail

/// The share of one category in each key: `shares(teams_by_year, team_kind::academia_only)`. A key without records has
/// the status no_data. Throws std::invalid_argument for a level outside (0, 1). O(cells).
template <label Key, label Category>
[[nodiscard]] share_table<key_share<Key>> shares(const tally_table<Key, Category>& table,
                                                 const std::type_identity_t<Category>& category,
                                                 share_options options = {}) {
    const share_interval interval(options);
    share_table<key_share<Key>> result{.n_missing = table.n_missing, .n_left_out = table.n_left_out};
    for (const auto& row : table) {
        const double weight = row.weight_of(category);
        result.rows.push_back({row.key, weight, detail::share_of(row, category, interval)});
    }
    return result;
}

/// The share of each of the table's categories in each key, also of those that a key does not have: keys x categories
/// rows. Throws std::invalid_argument for a level outside (0, 1).
template <label Key, label Category>
[[nodiscard]] share_table<category_share<Key, Category>> shares(const tally_table<Key, Category>& table,
                                                                share_options options = {}) {
    const share_interval interval(options);
    share_table<category_share<Key, Category>> result{.n_missing = table.n_missing, .n_left_out = table.n_left_out};
    for (const auto& row : table)
        for (const auto& category : table.categories) {
            const double weight = row.weight_of(category);
            result.rows.push_back({row.key, category, weight, detail::share_of(row, category, interval)});
        }
    return result;
}

/// The share of one category in each key, its variance measured by cluster. Of each share, the n_effective says what
/// its records are worth; n / n_effective is design_effect(share). Not enough data: a key without records has no_data;
/// one cluster too_few, with a value; fewer than options.few_clusters few_clusters. Throws std::invalid_argument for a
/// level outside (0, 1). O(keys x categories x clusters).
template <label Key, label Category>
[[nodiscard]] share_table<key_share<Key>> shares(const clustered_table<Key, Category>& table,
                                                 const std::type_identity_t<Category>& category,
                                                 const clustered_share_options& options = {}) {
    detail::require_level(options.level, "shares");
    const auto& counts = table.counts();
    share_table<key_share<Key>> result{.n_missing = counts.n_missing, .n_left_out = counts.n_left_out};
    auto scores = table.empty_scores();
    const auto clusters = detail::counted_clusters(table, options.degrees);
    for (std::size_t i = 0; i < counts.rows.size(); ++i)
        result.rows.push_back({counts.rows[i].key, counts.rows[i].weight_of(category),
                               detail::clustered_share_of_row(table, scores, i, category, options, clusters)});
    return result;
}

/// The share of each of the table's categories in each key, also of those that a key does not have.
template <label Key, label Category>
[[nodiscard]] share_table<category_share<Key, Category>> shares(const clustered_table<Key, Category>& table,
                                                                const clustered_share_options& options = {}) {
    detail::require_level(options.level, "shares");
    const auto& counts = table.counts();
    share_table<category_share<Key, Category>> result{.n_missing = counts.n_missing, .n_left_out = counts.n_left_out};
    auto scores = table.empty_scores();
    const auto clusters = detail::counted_clusters(table, options.degrees);
    for (std::size_t i = 0; i < counts.rows.size(); ++i)
        for (const auto& category : counts.categories)
            result.rows.push_back({counts.rows[i].key, category, counts.rows[i].weight_of(category),
                                   detail::clustered_share_of_row(table, scores, i, category, options, clusters)});
    return result;
}

namespace mistake {
struct share_by_needs_a_predicate {};
struct share_options_is_required_got_an_enumerator {};
}  // namespace mistake

struct share_by_fn {
    /// The share of the records of each key that the predicate holds for:
    /// `share_by(papers, &paper::year, is_academic, {.level = 0.9})`.
    ///
    /// A record whose key or answer is not known (an empty optional) is counted in n_missing. Any input range, one
    /// pass. Throws std::invalid_argument for a level outside (0, 1).
    template <std::ranges::input_range Records, label_field_of<Records> KeyField, predicate_field_of<Records> Predicate>
    [[nodiscard]] auto operator()(Records&& records, KeyField key, Predicate predicate,
                                  share_options options = {}) const {
        return shares(tabulate(records, std::move(key), answer<Predicate>{std::move(predicate)}), true, options);
    }

    /// The same with a weight for each record (fractional counting). Throws std::invalid_argument also unless weights
    /// are missing, 0, or from 1e-100 to 1e100, and where weights differ from 1 without `options.effective`.
    template <std::ranges::input_range Records, label_field_of<Records> KeyField, predicate_field_of<Records> Predicate,
              quantity_field_of<Records> WeightField>
    [[nodiscard]] auto operator()(Records&& records, KeyField key, Predicate predicate, WeightField weight,
                                  share_options options = {}) const {
        return shares(tabulate(records, std::move(key), answer<Predicate>{std::move(predicate)}, std::move(weight)),
                      true, options);
    }

    /// The same of records that depend on each other where they share a cluster, which a field yields: a label, a range
    /// of labels, or an optional of either:
    /// `share_by(papers, &paper::year, is_academic, clustered_by(&paper::organisations))`.
    template <std::ranges::input_range Records, label_field_of<Records> KeyField, predicate_field_of<Records> Predicate,
              cluster_field_of<Records> ClusterField>
    [[nodiscard]] auto operator()(Records&& records, KeyField key, Predicate predicate,
                                  clusters_of<ClusterField> cluster,
                                  const clustered_share_options& options = {}) const {
        return shares(tabulate(records, std::move(key), answer<Predicate>{std::move(predicate)}, std::move(cluster)),
                      true, options);
    }
    /// The same with a weight for each record: one over the number of institutions of the paper that is its cluster.
    template <std::ranges::input_range Records, label_field_of<Records> KeyField, predicate_field_of<Records> Predicate,
              cluster_field_of<Records> ClusterField, quantity_field_of<Records> WeightField>
    [[nodiscard]] auto operator()(Records&& records, KeyField key, Predicate predicate,
                                  clusters_of<ClusterField> cluster, WeightField weight,
                                  const clustered_share_options& options = {}) const {
        return shares(tabulate(records, std::move(key), answer<Predicate>{std::move(predicate)}, std::move(cluster),
                               std::move(weight)),
                      true, options);
    }

    /// Mistakes.
    template <mistake::no_range Field, class... Rest>
    mistake::the_records_come_first operator()(Field&&, Rest&&...) const = delete;
    template <std::ranges::input_range Records, class Key>
    mistake::share_by_needs_a_predicate operator()(Records&&, Key) const = delete;
    template <class Records, class Key, class Predicate>
    requires mistake::other_records<Records, Key, Predicate> mistake::the_field_does_not_take_these_records operator()(
        Records&&, Key, Predicate, share_options = {}) const = delete;
    template <class Records, label_field_of<Records> Key, mistake::no_predicate_of<Records> Predicate>
    mistake::the_predicate_must_say_yes_or_no operator()(Records&&, Key, Predicate, share_options = {}) const = delete;
    template <class Records, label_field_of<Records> Key, predicate_field_of<Records> Predicate,
              mistake::no_number_of<Records> Weight>
    mistake::the_weight_must_be_a_number operator()(Records&&, Key, Predicate, Weight,
                                                    share_options = {}) const = delete;
    template <class Records, label_field_of<Records> Key, predicate_field_of<Records> Predicate,
              field_of<Records> Cluster, class... Rest>
    requires(!cluster_field_of<Cluster, Records>) mistake::the_cluster_must_be_a_label_or_a_range_of_labels operator()(
        Records&&, Key, Predicate, clusters_of<Cluster>, Rest&&...) const = delete;
    template <class Records, class Key, predicate_field_of<Records> Predicate, mistake::enumerator Option>
    mistake::share_options_is_required_got_an_enumerator operator()(Records&&, Key, Predicate, Option) const = delete;

private:
    /// What a predicate says, as an optional bool.
    template <class Predicate>
    struct answer {
        Predicate predicate;

        template <class Record>
        [[nodiscard]] std::optional<bool> operator()(Record&& record) {
            const auto said = std::invoke(predicate, std::forward<Record>(record));
            if (!is_known(said)) return std::nullopt;
            if constexpr (detail::is_optional<std::remove_cvref_t<decltype(said)>>)
                return static_cast<bool>(*said);
            else
                return static_cast<bool>(said);
        }
    };
};
inline constexpr share_by_fn share_by{};

}  // namespace compute_divide::inline v0_2

#endif
