// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_TALLY_HPP
#define COMPUTE_DIVIDE_SHARES_TALLY_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/label_map.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/sums_of_weights.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>

/// Who has which part: tables of key x category, such as year x kind of team, counted in one mergeable pass.
///
/// Full counting gives each record the weight 1. Fractional counting gives it a weight w >= 0, such as one over the
/// number of a paper's institutions; sums of w and of w^2 are kept, so that the effective number of records (Kish 1965,
/// Survey Sampling, section 11.7)
///
///   n_effective = (sum w)^2 / sum w^2
///
/// can be stated with every share. It is n where all weights are equal. It takes the weighted records as independent.
namespace compute_divide::inline v0_2 {

/// One category of a row.
template <label Category>
struct tally_cell {
    Category category{};
    std::uint64_t n = 0;        ///< records
    double weight = 0;          ///< sum of w; n in full counting
    double weight_squared = 0;  ///< sum of w^2; n in full counting

    friend bool operator==(const tally_cell&, const tally_cell&) = default;
};
template <label Category>
[[nodiscard]] constexpr auto members(std::type_identity<tally_cell<Category>>) {
    using result = tally_cell<Category>;
    return member_list(member{"category", &result::category}, member{"n", &result::n},
                       member{"weight", &result::weight}, member{"weight_squared", &result::weight_squared});
}

/// One key and its categories.
template <label Key, label Category>
struct tally_row {
    Key key{};
    std::uint64_t n = 0;                           ///< records whose category and weight are known
    std::uint64_t n_missing = 0;                   ///< records of this key whose category or weight is not known
    double weight = 0;                             ///< sum of w over the cells
    double n_effective = 0;                        ///< Kish's effective number; 0 where the weights sum to 0
    std::vector<tally_cell<Category>> cells = {};  ///< in order of category, without those that have no record

    /// Sum of w of one category; 0 where it has no record.
    [[nodiscard]] double weight_of(const Category& category) const {
        const auto cell = detail::find(cells, category, &tally_cell<Category>::category);
        return cell == cells.end() ? 0 : cell->weight;
    }

    friend bool operator==(const tally_row&, const tally_row&) = default;
};
template <label Key, label Category>
[[nodiscard]] constexpr auto members(std::type_identity<tally_row<Key, Category>>) {
    using row = tally_row<Key, Category>;
    return member_list(member{"key", &row::key}, member{"n", &row::n}, member{"n_missing", &row::n_missing},
                       member{"weight", &row::weight}, member{"n_effective", &row::n_effective},
                       member{"cells", &row::cells});
}
/// One line: `2012  academia_only 3, industry_only 1 (n = 4, 2 missing)`, weights rather than counts where they differ.
template <label Key, label Category>
[[nodiscard]] std::string to_string(const tally_row<Key, Category>& row, estimate_format format = {}) {
    std::string text = detail::member_text(row.key, {}) + " ";
    for (const auto& cell : row.cells) {
        const bool is_count = cell.weight == static_cast<double>(cell.n);
        text.append(&cell == row.cells.data() ? " " : ", ").append(detail::member_text(cell.category, {})).append(" ");
        text += is_count ? std::to_string(cell.n) : detail::member_text(cell.weight, {.digits = format.digits});
    }
    text += " (n = " + std::to_string(row.n);
    if (row.n_missing > 0) text += ", " + std::to_string(row.n_missing) + " missing";
    return text + ")";
}

/// A range of rows in order of key. Of the records that went in, each is in one row's `n`, in `n_missing` or in
/// `n_left_out`.
template <label Key, label Category>
struct tally_table {
    std::vector<tally_row<Key, Category>> rows = {};
    std::vector<Category> categories = {};  ///< all that occur in a row, in order
    std::uint64_t n_missing = 0;   ///< records whose key, category or weight is not known, the rows' own included
    std::uint64_t n_left_out = 0;  ///< records of keys that were left out on request (see pool.hpp)

    [[nodiscard]] auto begin() const { return rows.begin(); }
    [[nodiscard]] auto end() const { return rows.end(); }
    [[nodiscard]] std::size_t size() const { return rows.size(); }
    [[nodiscard]] bool empty() const { return rows.empty(); }

    /// The row of a key; nullptr where there is none. O(log rows).
    [[nodiscard]] const tally_row<Key, Category>* find(const Key& key) const {
        const auto row = std::ranges::lower_bound(rows, key, {}, &tally_row<Key, Category>::key);
        return row == rows.end() || key < row->key ? nullptr : &*row;
    }

    friend bool operator==(const tally_table&, const tally_table&) = default;
};
template <label Key, label Category>
[[nodiscard]] constexpr auto members(std::type_identity<tally_table<Key, Category>>) {
    using result = tally_table<Key, Category>;
    return member_list(member{"rows", &result::rows}, member{"categories", &result::categories},
                       member{"n_missing", &result::n_missing}, member{"n_left_out", &result::n_left_out});
}

namespace detail {

/// The last line of a table.
[[nodiscard]] inline std::string records_not_counted(std::uint64_t n_missing, std::uint64_t n_left_out, bool is_first) {
    std::string text;
    if (n_missing > 0) text += std::to_string(n_missing) + " missing";
    if (n_left_out > 0) text.append(text.empty() ? "" : ", ").append(std::to_string(n_left_out)).append(" left out");
    return text.empty() || is_first ? text : "\n" + text;
}

}  // namespace detail

/// A line for each row, then, where there are any, the numbers of records missing and left out.
template <label Key, label Category>
[[nodiscard]] std::string to_string(const tally_table<Key, Category>& table, estimate_format format = {}) {
    std::string text;
    for (const auto& row : table) text.append(text.empty() ? "" : "\n").append(to_string(row, format));
    return text + detail::records_not_counted(table.n_missing, table.n_left_out, text.empty());
}

namespace detail {

/// Fills in n, weight and n_effective of a row from its cells.
template <label Key, label Category>
void sum_cells(tally_row<Key, Category>& row) {
    double weight_squared = 0;
    for (const auto& cell : row.cells) {
        row.n += cell.n;
        row.weight += cell.weight;
        weight_squared += cell.weight_squared;
    }
    if (row.weight > 0) row.n_effective = row.weight * (row.weight / weight_squared);
}

}  // namespace detail

/// Counts records by key and category, both any label: integers, enums, text, dates, tuples of them. Where a key,
/// category or weight is not known (an empty optional, NaN) the record is counted as missing.
///
/// Counts and sums of integer weights are exact, in any order of adding and merging, to 2^53; other sums are so to
/// rounding. O(1) a record for labels with a std::hash, O(log cells) for others; memory goes with the number of cells.
template <label Key, label Category>
class tally {
public:
    /// Counts one record, fully.
    template <detail::stored_as<Key> K, detail::stored_as<Category> C>
    void add(const K& key, const C& category) {
        if (!is_known(key) || !is_known(category)) return add_missing(key);
        ++cell_of(key, category).full;
    }

    /// Counts one record with a weight. Throws std::invalid_argument unless the weight is missing, 0, or from 1e-100 to
    /// 1e100 (so that no square over- or underflows).
    template <detail::stored_as<Key> K, detail::stored_as<Category> C, class Weight>
    requires quantity<known_t<Weight>>
    void add(const K& key, const C& category, const Weight& weight) {
        if (!is_known(key) || !is_known(category) || !is_known(weight)) return add_missing(key);
        const double w = as_double(weight);
        if (!(w == 0 || (w >= 1e-100 && w <= 1e100))) [[unlikely]]
            refuse(w);
        sums& to = cell_of(key, category);
        ++to.weighted;
        to.weight += w;
        to.weight_squared += w * w;
    }

    /// Counts a record of which nothing, or nothing but the key, is known.
    void add_missing() { ++n_without_key_; }
    template <detail::stored_as<Key> K>
    void add_missing(const K& key) {
        if (is_known(key))
            ++missing_of(key);
        else
            add_missing();
    }

    /// Makes sure that the result has a row for `key`, with n = 0 if no record comes.
    template <detail::stored_as<Key> K>
    void add_key(const K& key) {
        static_cast<void>(missing_of(key));
    }

    /// Adds all that a row of another table holds to `key`.
    template <detail::stored_as<Key> K, label OtherKey>
    void add_row(const K& key, const tally_row<OtherKey, Category>& row) {
        missing_of(key) += row.n_missing;
        for (const auto& cell : row.cells) cell_of(key, cell.category) += {0, cell.n, cell.weight, cell.weight_squared};
    }

    void merge(const tally& other) {
        detail::add_values(cells_, other.cells_, [](sums& to, const sums& more) { to += more; });
        other.missing_.for_each([this](const Key& key, std::uint64_t n) { missing_of(key) += n; });
        n_without_key_ += other.n_without_key_;
        n_left_out_ += other.n_left_out_;
    }

    /// Merges what was read off, so that tables of parts, such as of several files, make the table of the whole.
    void merge(const tally_table<Key, Category>& other) {
        n_without_key_ += other.n_missing;
        n_left_out_ += other.n_left_out;
        for (const auto& row : other) {
            add_row(row.key, row);
            n_without_key_ -= row.n_missing;
        }
    }

    /// The table. O(cells log cells).
    [[nodiscard]] tally_table<Key, Category> result() const {
        struct ordered_row {
            std::map<Category, sums> cells;
            std::uint64_t n_missing = 0;
        };
        std::map<Key, ordered_row> ordered;
        cells_.for_each([&ordered](const Key& key, const Category& category, const sums& more) {
            ordered[key].cells[category] += more;
        });
        missing_.for_each([&ordered](const Key& key, std::uint64_t n) { ordered[key].n_missing = n; });

        tally_table<Key, Category> table{.n_missing = n_without_key_, .n_left_out = n_left_out_};
        std::set<Category> categories;
        for (const auto& [key, sorted] : ordered) {
            auto& row = table.rows.emplace_back(tally_row<Key, Category>{.key = key, .n_missing = sorted.n_missing});
            for (const auto& [category, sum] : sorted.cells) {
                row.cells.push_back(sum.cell(category));
                categories.insert(category);
            }
            detail::sum_cells(row);
            table.n_missing += row.n_missing;
        }
        table.categories.assign(categories.begin(), categories.end());
        return table;
    }

private:
    struct sums {
        std::uint64_t full = 0;      // records counted fully: their w and w^2 are 1
        std::uint64_t weighted = 0;  // records that came with a weight, and the sums of their w and w^2
        double weight = 0;
        double weight_squared = 0;

        void operator+=(const sums& more) {
            full += more.full;
            weighted += more.weighted;
            weight += more.weight;
            weight_squared += more.weight_squared;
        }
        friend bool operator==(const sums&, const sums&) = default;
        static auto state(auto& self) { return std::tie(self.full, self.weighted, self.weight, self.weight_squared); }
        [[nodiscard]] bool restore() const { return detail::are_sums_of_weights(weighted, weight, weight_squared); }
        [[nodiscard]] tally_cell<Category> cell(const Category& category) const {
            const auto ones = static_cast<double>(full);
            return {category, full + weighted, ones + weight, ones + weight_squared};
        }
    };

    /// By value, so that weights that are right need no place in memory.
    [[noreturn]] COMPUTE_DIVIDE_NO_INLINE static void refuse(double weight) {
        detail::fail("tally::add", "weight 0, or from 1e-100 to 1e100", weight);
    }
    template <class K, class C>
    [[nodiscard]] sums& cell_of(const K& key, const C& category) {
        return cells_.value_of(detail::lookup_form(key), detail::lookup_form(category));
    }
    template <class K>
    [[nodiscard]] std::uint64_t& missing_of(const K& key) {
        return missing_.value_of(detail::lookup_form(key));
    }

    friend struct state_access;
    static constexpr std::string_view state_name = "tally";
    static auto state(auto& self) {
        return std::tie(self.cells_, self.missing_, self.n_without_key_, self.n_left_out_);
    }
    /// No more records than can be counted.
    [[nodiscard]] bool restore() const {
        detail::record_count all;
        cells_.for_each([&](const Key&, const Category&, const sums& each) {
            all.add(each.full);
            all.add(each.weighted);
        });
        missing_.for_each([&](const Key&, std::uint64_t n) { all.add(n); });
        all.add(n_without_key_);
        all.add(n_left_out_);
        return all.fits;
    }

    detail::label_map<sums, Key, Category> cells_;
    detail::label_map<std::uint64_t, Key> missing_;  // records of which the key is known, but not the rest
    std::uint64_t n_without_key_ = 0;
    std::uint64_t n_left_out_ = 0;
};

}  // namespace compute_divide::inline v0_2

#endif
