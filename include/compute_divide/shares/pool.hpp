// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_POOL_HPP
#define COMPUTE_DIVIDE_SHARES_POOL_HPP

#include <algorithm>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/shares/clustered_tally.hpp>
#include <compute_divide/shares/tally.hpp>

/// Tables with fewer, larger keys, made from a table by adding up its rows: the counts are those that tabulating the
/// records again would give. Records of keys that go nowhere are counted in `n_left_out`; n_missing stays as it is.
namespace compute_divide::inline v0_2 {

/// Adds up the rows that `to_key` gives the same key; a row it gives no key (an empty optional) is left out.
/// Example: `pool(by_year, [](int year) { return year / 10 * 10; })` for decades.
template <label Key, label Category, std::invocable<const Key&> ToKey>
requires label<known_t<std::invoke_result_t<ToKey&, const Key&>>>
[[nodiscard]] auto pool(const tally_table<Key, Category>& table, ToKey to_key) {
    tally<label_storage_t<std::invoke_result_t<ToKey&, const Key&>>, Category> pooled;
    std::uint64_t n_left_out = table.n_left_out;
    for (const auto& row : table) {
        const auto key = std::invoke(to_key, row.key);
        if (is_known(key))
            pooled.add_row(key, row);
        else
            n_left_out += row.n;
    }
    auto result = pooled.result();
    result.n_missing = table.n_missing;
    result.n_left_out = n_left_out;
    return result;
}

/// The same of a table with clusters.
template <label Key, label Category, std::invocable<const Key&> ToKey>
requires label<known_t<std::invoke_result_t<ToKey&, const Key&>>>
[[nodiscard]] auto pool(const clustered_table<Key, Category>& table, ToKey to_key) {
    auto counts = pool(table.counts(), std::ref(to_key));
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    for (std::size_t i = 0; i < table.counts().rows.size(); ++i) {
        const auto key = std::invoke(to_key, table.counts().rows[i].key);
        if (!is_known(key)) continue;
        const auto* const row = counts.find(detail::lookup_form(key));
        parts.emplace_back(static_cast<std::size_t>(row - counts.rows.data()), i);
    }
    return table.pooled(std::move(counts), parts);
}

/// The keys from `from` to `to`, both included: years 2010 to 2014.
template <std::integral Key = int>
struct key_window {
    Key from{};
    Key to{};

    /// Whether the key is between both ends, or one of them.
    [[nodiscard]] constexpr bool contains(Key key) const { return from <= key && key <= to; }
    friend constexpr auto operator<=>(const key_window&, const key_window&) = default;
};
template <std::integral Key>
[[nodiscard]] constexpr auto members(std::type_identity<key_window<Key>>) {
    return member_list(member{"from", &key_window<Key>::from}, member{"to", &key_window<Key>::to});
}
/// `2010 to 2014`.
template <std::integral Key>
[[nodiscard]] std::string to_string(const key_window<Key>& window, estimate_format = {}) {
    return std::to_string(window.from) + " to " + std::to_string(window.to);
}

/// One row for each window, also for one without records: `windows(by_year, {{2010, 2014}, {2020, 2022}})`. Windows may
/// overlap: a record counts in each, but once in a window that is named twice. Throws std::invalid_argument where a
/// window ends before it begins.
template <std::integral Key, label Category>
[[nodiscard]] tally_table<key_window<Key>, Category> windows(
    const tally_table<Key, Category>& table, const std::type_identity_t<std::vector<key_window<Key>>>& wanted) {
    tally<key_window<Key>, Category> pooled;
    std::vector<bool> is_in_a_window(table.size());
    for (const auto& window : std::set(wanted.begin(), wanted.end())) {
        detail::require(window.from <= window.to, "windows", "windows that do not end before they begin",
                        std::to_string(window.from) + " to " + std::to_string(window.to));
        pooled.add_key(window);
        const auto first = std::ranges::lower_bound(table.rows, window.from, {}, &tally_row<Key, Category>::key);
        for (auto row = first; row != table.end() && row->key <= window.to; ++row) {
            pooled.add_row(window, *row);
            is_in_a_window[static_cast<std::size_t>(row - table.begin())] = true;
        }
    }
    auto result = pooled.result();
    result.n_missing = table.n_missing;
    result.n_left_out = table.n_left_out;
    for (std::size_t i = 0; i < table.size(); ++i)
        if (!is_in_a_window[i]) result.n_left_out += table.rows[i].n;
    return result;
}

/// The same of a table with clusters.
template <std::integral Key, label Category>
[[nodiscard]] clustered_table<key_window<Key>, Category> windows(
    const clustered_table<Key, Category>& table, const std::type_identity_t<std::vector<key_window<Key>>>& wanted) {
    auto counts = windows(table.counts(), wanted);
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    const auto& rows = table.counts().rows;
    for (std::size_t window = 0; window < counts.rows.size(); ++window) {
        const auto [from, to] = counts.rows[window].key;
        auto row = std::ranges::lower_bound(rows, from, {}, &tally_row<Key, Category>::key);
        for (; row != rows.end() && row->key <= to; ++row)
            parts.emplace_back(window, static_cast<std::size_t>(row - rows.begin()));
    }
    return table.pooled(std::move(counts), parts);
}

namespace detail {

/// The sum of the rows that are in a window while it moves: rows come at its end and leave at its beginning. Nothing is
/// subtracted, so that no digits are lost: `front_` has the sums of its rows from each on, `back_` that of the others.
/// Each row is added at most twice.
template <label Key, label Category>
class moving_sum {
public:
    /// A row of a block of keys that leave at once; blocks do not decrease.
    void enter(const tally_row<Key, Category>& row, std::uint64_t block) {
        if (entered_.empty() || entered_.back().block != block) entered_.push_back({block, {}});
        entered_.back().rows += row;
        back_ += row;
    }
    /// Rows of blocks before this one leave.
    void leave_before(std::uint64_t block) {
        while (!front_.empty() && front_.back().block < block) front_.pop_back();
        if (!front_.empty() || entered_.empty() || entered_.front().block >= block) return;
        for (; !entered_.empty() && entered_.back().block >= block; entered_.pop_back()) {
            auto next = std::move(entered_.back());
            if (!front_.empty()) next.rows += front_.back().rows;
            front_.push_back(std::move(next));
        }
        entered_.clear();
        back_ = {};
    }
    template <class Window>
    [[nodiscard]] tally_row<Window, Category> row(const Window& window) const {
        sums all = front_.empty() ? sums{} : front_.back().rows;
        all += back_;
        tally_row<Window, Category> row{.key = window, .n_missing = all.n_missing};
        row.cells.reserve(all.cells.size());
        for (const auto& [category, cell] : all.cells) row.cells.push_back(cell);
        sum_cells(row);
        return row;
    }

private:
    struct sums {
        std::uint64_t n_missing = 0;
        std::map<Category, tally_cell<Category>> cells = {};

        void add(const tally_cell<Category>& more) {
            auto& cell = cells.try_emplace(more.category, tally_cell<Category>{more.category}).first->second;
            cell.n += more.n;
            cell.weight += more.weight;
            cell.weight_squared += more.weight_squared;
        }
        void operator+=(const tally_row<Key, Category>& more) {
            n_missing += more.n_missing;
            for (const auto& cell : more.cells) add(cell);
        }
        void operator+=(const sums& more) {
            n_missing += more.n_missing;
            for (const auto& [category, cell] : more.cells) add(cell);
        }
    };
    struct part {
        std::uint64_t block = 0;
        sums rows = {};
    };

    std::vector<part> front_;    // the last one leaves first, and has the sum of all of them
    std::vector<part> entered_;  // since `front_` was made, each alone
    sums back_;                  // of these
};

}  // namespace detail

struct rolling_options {
    int width = 3;  ///< keys in a window
    int step = 1;   ///< from the beginning of one window to that of the next
};

/// Full windows of `width` keys from the table's first key on, one every `step` keys: with years 2010 to 2014 and the
/// defaults 2010-2012, 2011-2013 and 2012-2014. None where the table spans fewer keys. Throws std::invalid_argument
/// unless width and step are at least 1 and there are at most a million windows.
///
/// O(keys + windows), times the categories of a window, whatever the width: where a key is in more than 16 windows
/// these are added to as they move on, in another order, so that sums of weights that are no binary fractions may
/// differ from those of `windows` in their last digits; counts do not. Memory is that of the result, and of as much
/// again.
template <std::integral Key, label Category>
[[nodiscard]] tally_table<key_window<Key>, Category> rolling(const tally_table<Key, Category>& table,
                                                             rolling_options options = {}) {
    detail::require(options.width >= 1, "rolling", "width of at least 1", options.width);
    detail::require(options.step >= 1, "rolling", "step of at least 1", options.step);
    if (table.empty()) return windows(table, {});
    const auto first = static_cast<std::uint64_t>(table.rows.front().key);  // modulo 2^64: no key overflows
    const auto place = [first](Key key) { return static_cast<std::uint64_t>(key) - first; };
    const std::uint64_t reach = place(table.rows.back().key);
    const auto width = static_cast<std::uint64_t>(options.width), step = static_cast<std::uint64_t>(options.step);
    if (reach < width - 1) return windows(table, {});
    const std::uint64_t last_window = (reach - (width - 1)) / step;
    detail::require(last_window < 1'000'000, "rolling", "at most 1000000 windows (a larger step)",
                    static_cast<double>(last_window) + 1);
    const auto window_at = [&](std::uint64_t i) {
        return key_window<Key>{static_cast<Key>(first + i * step), static_cast<Key>(first + i * step + (width - 1))};
    };
    constexpr std::uint64_t few = 16;  // windows of a key
    if (width / step <= few) {
        std::vector<key_window<Key>> wanted;
        for (std::uint64_t i = 0; i <= last_window; ++i) wanted.push_back(window_at(i));
        return windows(table, wanted);
    }
    tally_table<key_window<Key>, Category> result{.n_missing = table.n_missing, .n_left_out = table.n_left_out};
    result.rows.reserve(static_cast<std::size_t>(last_window) + 1);
    detail::moving_sum<Key, Category> sum;
    std::set<Category> categories;
    auto next = table.rows.begin();
    for (std::uint64_t i = 0; i <= last_window; ++i) {
        for (; next != table.rows.end() && place(next->key) <= i * step + (width - 1); ++next) {
            sum.enter(*next, std::min(place(next->key) / step, last_window));
            for (const auto& cell : next->cells) categories.insert(cell.category);
        }
        sum.leave_before(i);
        result.rows.push_back(sum.row(window_at(i)));
    }
    for (; next != table.rows.end(); ++next) result.n_left_out += next->n;
    result.categories.assign(categories.begin(), categories.end());
    return result;
}

template <label Key>
struct top_keys_options {
    std::optional<Key> rest = {};  ///< pools all other keys under this one; without it they are left out, and counted
};

/// The k keys of the largest weight, such as the ten institutions with most papers; of equal weights the smaller keys.
/// Rows stay in order of key. Throws std::invalid_argument where `rest` names one of the k keys.
template <label Key, label Category>
[[nodiscard]] tally_table<Key, Category> top_keys(const tally_table<Key, Category>& table, std::size_t k,
                                                  const std::type_identity_t<top_keys_options<Key>>& options = {}) {
    std::vector<std::pair<double, Key>> ranked;
    for (const auto& row : table) ranked.emplace_back(-row.weight, row.key);
    detail::sort(ranked);
    std::set<Key> top;
    for (std::size_t i = 0; i < std::min(k, ranked.size()); ++i) top.insert(ranked[i].second);
    if (options.rest && top.contains(*options.rest))
        detail::fail("top_keys", "a key for the rest that is none of the top keys", std::string_view("one of them"));
    return pool(table, [&](const Key& key) { return top.contains(key) ? std::optional<Key>(key) : options.rest; });
}

}  // namespace compute_divide::inline v0_2

#endif
