// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_LABEL_MAP_HPP
#define COMPUTE_DIVIDE_DETAIL_LABEL_MAP_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/detail/multiply_words.hpp>

/// Maps from labels (one, or several together) to values that start as `Value{}`: `value_of(labels...)` finds or makes
/// the value, `for_each` visits them all. A label known already is looked up without a copy (a std::string by a
/// string_view). label_map, at the end, chooses the kind of map for the labels.
namespace compute_divide::inline v0_2::detail {

/// A label of type T can be looked up in, and put into, a map that keeps labels as `Stored`.
template <class T, class Stored>
concept stored_as = std::same_as<label_storage_t<T>, Stored>;

/// A known label as it is looked up: the value behind an optional, text as a string_view, all else as it is.
template <class T>
[[nodiscard]] constexpr decltype(auto) lookup_form(const T& label) {
    if constexpr (is_optional<T>)
        return lookup_form(*label);
    else if constexpr (text_like<T>)
        return std::string_view(label);
    else if constexpr (!std::same_as<T, known_t<T>>)
        return static_cast<known_t<T>>(label);
    else
        return (label);
}

/// Orders labels, and tuples of them part by part, whether text is kept or looked up. (Clang 14 cannot compare a
/// std::tuple with one of other types.)
struct label_order {
    using is_transparent = void;

    template <std::size_t Part = 0, class A, class B>
    [[nodiscard]] bool operator()(const A& a, const B& b) const {
        if constexpr (!is_tuple<A>) {
            return a < b;
        } else if constexpr (Part == std::tuple_size_v<A>) {
            return false;
        } else {
            if ((*this)(std::get<Part>(a), std::get<Part>(b))) return true;
            if ((*this)(std::get<Part>(b), std::get<Part>(a))) return false;
            return operator()<Part + 1>(a, b);
        }
    }
};

/// For labels that can only be ordered.
template <class Value, class... Labels>
class ordered_label_map {
public:
    template <class... Lookups>
    [[nodiscard]] Value& value_of(const Lookups&... labels) {
        const auto found = entries_.find(std::tie(labels...));
        if (found != entries_.end()) return found->second;
        return entries_.emplace(std::tuple<Labels...>(labels...), Value{}).first->second;
    }

    /// Calls visit(labels..., value) for every value.
    template <class Visit>
    void for_each(const Visit& visit) const {
        for (const auto& entry : entries_)
            std::apply([&](const auto&... labels) { visit(labels..., entry.second); }, entry.first);
    }

private:
    friend struct compute_divide::state_access;
    static auto state(auto& self) { return std::tie(self.entries_); }

    std::map<std::tuple<Labels...>, Value, label_order> entries_;
};

template <class T>
concept hashable = requires(const T& label) {
    { std::hash<T>{}(label) } -> std::convertible_to<std::size_t>;
};

/// A label's hash: of text a product of words that the compiler can see through, of others std::hash.
template <class T>
[[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE inline std::uint64_t label_hash(const T& label) {
    if constexpr (text_like<T>) {
        const std::string_view text = label;
        const char* at = text.data();
        std::size_t n = text.size();
        std::uint64_t hash = n;
        const auto add = [&hash](std::uint64_t a, std::uint64_t b) {
            const auto product = multiply_words(a ^ hash ^ 0x9E3779B97F4A7C15u, b ^ 0xD6E8FEB86659FD93u);
            hash = product.low ^ product.high;
        };
        if (n >= 8) {
            for (; n > 16; n -= 16, at += 16) add(load_eight(at), load_eight(at + 8));
            const char* const last = text.data() + text.size() - 8;
            add(load_eight(text.size() > 16 ? last - 8 : at), load_eight(last));
        } else {
            std::uint64_t word = 0;
            for (std::size_t i = 0; i < n; ++i) word = word << 8U | static_cast<unsigned char>(at[i]);
            add(word, 0);
        }
        return hash;
    } else {
        return std::hash<T>{}(label);
    }
}

/// Whether labels, or tuples of them, are equal; of text as label_hash reads it.
template <std::size_t Part = 0, class A, class B>
[[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE inline bool same_labels(const A& a, const B& b) {
    if constexpr (is_tuple<A>) {
        if constexpr (Part == std::tuple_size_v<A>)
            return true;
        else
            return same_labels(std::get<Part>(a), std::get<Part>(b)) && same_labels<Part + 1>(a, b);
    } else if constexpr (text_like<A> && text_like<B>) {
        const std::string_view first = a, second = b;
        const std::size_t n = first.size();
        if (n != second.size()) return false;
        if (n < 8) return first == second;
        std::uint64_t different = load_eight(first.data() + n - 8) ^ load_eight(second.data() + n - 8);
        for (std::size_t i = 0; i + 8 < n; i += 8)
            different |= load_eight(first.data() + i) ^ load_eight(second.data() + i);
        return different == 0;
    } else {
        return a == b;
    }
}

/// For labels with a std::hash: linear probing over the positions of entries kept in order of appearance; at most a
/// quarter full. Memory goes with the number of entries, whatever the spread of the labels.
template <class Value, class... Labels>
class hashed_label_map {
public:
    template <class... Lookups>
    [[nodiscard]] Value& value_of(const Lookups&... labels) {
        if (4 * entries_.size() >= slots_.size()) grow();
        return value_from(home(labels...), labels...);
    }

    /// Calls add(value_of(labels...), value) for every value of another map, in its order. Slots and values of several
    /// at a time are fetched ahead.
    template <class Add>
    void add_all(const hashed_label_map& other, const Add& add) {
        constexpr std::size_t batch = 32;
        std::array<std::size_t, batch> homes;
        for (std::size_t first = 0; first < other.entries_.size(); first += batch) {
            const std::size_t n = std::min(batch, other.entries_.size() - first);
            while (4 * (entries_.size() + n) >= slots_.size()) grow();
            for (std::size_t i = 0; i < n; ++i) {
                homes[i] = std::apply([this](const auto&... labels) { return this->home(labels...); },
                                      other.entries_[first + i].first);
                prefetch(&slots_[homes[i]]);
            }
            for (std::size_t i = 0; i < n; ++i) fetch_entry(slots_[homes[i]]);
            for (std::size_t i = 0; i < n; ++i) {
                const auto& [labels, value] = other.entries_[first + i];
                const auto at = [&, home = homes[i]](const auto&... each) -> Value& {
                    return this->value_from(home, each...);
                };
                add(std::apply(at, labels), value);
            }
        }
    }

    /// What value_of will look at first is fetched meanwhile, and, once that is there, the value that it leads to. For
    /// maps too large for caches: of a batch of labels, fetch the slots of all, then the values of all. (Always inline:
    /// g++ takes a function that only fetches for one that does nothing, and leaves its calls out.)
    template <class... Lookups>
    COMPUTE_DIVIDE_ALWAYS_INLINE void fetch_slot(const Lookups&... labels) const {
        if (!slots_.empty()) prefetch(&slots_[home(labels...)]);
    }
    template <class... Lookups>
    COMPUTE_DIVIDE_ALWAYS_INLINE void fetch_value(const Lookups&... labels) const {
        if (slots_.empty()) return;
        fetch_entry(slots_[home(labels...)]);
    }

    /// Calls visit(labels..., value) for every value.
    template <class Visit>
    void for_each(const Visit& visit) const {
        for (const auto& entry : entries_)
            std::apply([&](const auto&... labels) { visit(labels..., entry.second); }, entry.first);
    }

private:
    COMPUTE_DIVIDE_ALWAYS_INLINE void fetch_entry(std::uint32_t slot) const {
        if (slot == 0) return;
        const auto* const entry = reinterpret_cast<const char*>(&entries_[slot - 1]);
        prefetch(entry);
        prefetch(entry + sizeof(entries_.front()) - 1);  // which may be in another line
    }

    /// From their home on.
    template <class... Lookups>
    [[nodiscard]] Value& value_from(std::size_t at, const Lookups&... labels) {
        while (slots_[at] != 0) {
            auto& [known, value] = entries_[slots_[at] - 1];
            if (same_labels(known, std::tie(labels...))) return value;
            at = next(at);
        }
        entries_.emplace_back(std::tuple<Labels...>(labels...), Value{});
        slots_[at] = static_cast<std::uint32_t>(entries_.size());
        return entries_.back().second;
    }

    /// Fibonacci hashing (Knuth, TAOCP 3, 6.4) of the labels' hashes, one after the other: the top bits are well mixed.
    template <class... Lookups>
    [[nodiscard]] std::size_t home(const Lookups&... labels) const {
        std::uint64_t hash = 0;
        ((hash = (hash ^ label_hash(labels)) * 0x9E3779B97F4A7C15u), ...);
        return static_cast<std::size_t>(hash >> shift_);
    }
    [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

    friend struct compute_divide::state_access;
    static auto state(auto& self) { return std::tie(self.entries_); }
    [[nodiscard]] hashed_label_map in_order() const {
        hashed_label_map ordered;
        ordered.entries_ = entries_;
        std::sort(ordered.entries_.begin(), ordered.entries_.end(),
                  [](const auto& a, const auto& b) { return label_order{}(a.first, b.first); });
        return ordered;
    }
    bool restore() {
        slots_.clear();
        for (auto& [labels, value] : std::exchange(entries_, {})) {
            if (!(std::apply([](const auto&... label) { return (is_known(label) && ...); }, labels))) return false;
            const std::size_t before = entries_.size();
            std::apply([this](const auto&... label) -> Value& { return this->value_of(label...); }, labels) = value;
            if (entries_.size() == before) return false;
        }
        return true;
    }

    COMPUTE_DIVIDE_NO_INLINE void grow() {
        const std::size_t size = slots_.empty() ? 16 : 2 * slots_.size();
        slots_.assign(size, 0);
        shift_ = 65 - static_cast<int>(std::bit_width(size));
        constexpr std::size_t batch = 32;
        std::size_t homes[batch];
        for (std::size_t first = 0; first < entries_.size(); first += batch) {
            const std::size_t n = std::min(batch, entries_.size() - first);
            for (std::size_t i = 0; i < n; ++i) {
                homes[i] = std::apply([this](const auto&... labels) { return this->home(labels...); },
                                      entries_[first + i].first);
                prefetch_to_write(&slots_[homes[i]]);
            }
            for (std::size_t i = 0; i < n; ++i) {
                std::size_t at = homes[i];
                while (slots_[at] != 0) at = next(at);
                slots_[at] = static_cast<std::uint32_t>(first + i + 1);
            }
        }
    }

    std::vector<std::pair<std::tuple<Labels...>, Value>> entries_;
    std::vector<std::uint32_t> slots_;  // position in entries_ plus one; 0 is free
    int shift_ = 0;                     // 64 less log2 of the number of slots
};

/// A label that can be an index: integers (bool too) and enums.
template <class T>
concept index_label = std::integral<T> || std::is_enum_v<T>;

/// The labels from the smallest to the largest seen, numbered from 0. Differences are taken modulo 2^64, so that no
/// pair of labels overflows.
template <index_label Label>
struct index_span {
    Label first{};
    Label last{};

    [[nodiscard]] std::uint64_t position(Label label) const {
        return static_cast<std::uint64_t>(label) - static_cast<std::uint64_t>(first);
    }
    [[nodiscard]] Label label(std::uint64_t position) const {
        return static_cast<Label>(static_cast<std::uint64_t>(first) + position);
    }
    static auto state(auto& self) { return std::tie(self.first, self.last); }
    [[nodiscard]] index_span with(Label label) const { return {std::min(first, label), std::max(last, label)}; }
};

/// For pairs of labels that can be indices: a matrix that grows over the labels seen as long as it has at most
/// `max_cells`, so that a table of years needs one multiplication a record; pairs outside it are hashed.
template <class Value, index_label Row, index_label Column>
class indexed_label_map {
public:
    static constexpr std::uint64_t max_cells = 8192;

    [[nodiscard]] Value& value_of(Row row, Column column) {
        const std::uint64_t i = rows_.position(row);
        const std::uint64_t j = columns_.position(column);
        if (i < n_rows_ && j < n_columns_) return cells_[i * n_columns_ + j];
        return value_outside(row, column);
    }

    /// As hashed_label_map has it.
    COMPUTE_DIVIDE_ALWAYS_INLINE void fetch_slot(Row row, Column column) const {
        if (!is_inside(row, column)) hashed_.fetch_slot(row, column);
    }
    COMPUTE_DIVIDE_ALWAYS_INLINE void fetch_value(Row row, Column column) const {
        if (!is_inside(row, column)) hashed_.fetch_value(row, column);
    }

    /// Calls visit(row, column, value) for every value but `Value{}`; for a pair that was hashed before the matrix grew
    /// to it, perhaps for two values.
    template <class Visit>
    void for_each(const Visit& visit) const {
        for (std::uint64_t i = 0; i < n_rows_; ++i)
            for (std::uint64_t j = 0; j < n_columns_; ++j)
                if (const Value& value = cells_[i * n_columns_ + j]; value != Value{})
                    visit(rows_.label(i), columns_.label(j), value);
        hashed_.for_each(visit);
    }

private:
    [[nodiscard]] bool is_inside(Row row, Column column) const {
        return rows_.position(row) < n_rows_ && columns_.position(column) < n_columns_;
    }
    COMPUTE_DIVIDE_NO_INLINE Value& value_outside(Row row, Column column) {
        const index_span<Row> rows = cells_.empty() ? index_span<Row>{row, row} : rows_.with(row);
        const index_span<Column> columns = cells_.empty() ? index_span<Column>{column, column} : columns_.with(column);
        const std::uint64_t last_row = rows.position(rows.last);
        const std::uint64_t last_column = columns.position(columns.last);
        if (last_row >= max_cells || last_column >= max_cells / (last_row + 1)) return hashed_.value_of(row, column);

        std::vector<Value> cells((last_row + 1) * (last_column + 1));
        for (std::uint64_t i = 0; i < n_rows_; ++i)
            for (std::uint64_t j = 0; j < n_columns_; ++j)
                cells[rows.position(rows_.label(i)) * (last_column + 1) + columns.position(columns_.label(j))] =
                    cells_[i * n_columns_ + j];
        rows_ = rows;
        columns_ = columns;
        n_rows_ = static_cast<std::uint32_t>(last_row + 1);
        n_columns_ = static_cast<std::uint32_t>(last_column + 1);
        cells_ = std::move(cells);
        return value_of(row, column);
    }

    friend struct compute_divide::state_access;
    static auto state(auto& self) {
        return std::tie(self.rows_, self.columns_, self.n_rows_, self.n_columns_, self.cells_, self.hashed_);
    }
    [[nodiscard]] bool restore() const {
        if (cells_.empty()) return n_rows_ == 0 && n_columns_ == 0;
        return cells_.size() <= max_cells && cells_.size() == std::uint64_t{n_rows_} * n_columns_ &&
               rows_.position(rows_.last) == n_rows_ - 1 && columns_.position(columns_.last) == n_columns_ - 1;
    }

    index_span<Row> rows_;
    index_span<Column> columns_;
    std::uint32_t n_rows_ = 0;
    std::uint32_t n_columns_ = 0;
    std::vector<Value> cells_;
    hashed_label_map<Value, Row, Column> hashed_;
};

template <class Value, class... Labels>
struct label_map_for : std::conditional<(hashable<Labels> && ...), hashed_label_map<Value, Labels...>,
                                        ordered_label_map<Value, Labels...>> {};
template <class Value, index_label Row, index_label Column>
struct label_map_for<Value, Row, Column> {
    using type = indexed_label_map<Value, Row, Column>;
};
/// Calls add(to.value_of(labels...), value) for every value of `from`, in its order.
template <class Map, class Add>
void add_values(Map& to, const Map& from, const Add& add) {
    if constexpr (requires { to.add_all(from, add); })
        to.add_all(from, add);
    else
        from.for_each([&]<class... Each>(const Each&... each) {
            const auto all = std::tie(each...);
            const auto add_one = [&]<std::size_t... I>(std::index_sequence<I...>) {
                add(to.value_of(lookup_form(std::get<I>(all))...), std::get<sizeof...(Each) - 1>(all));
            };
            add_one(std::make_index_sequence<sizeof...(Each) - 1>());
        });
}

template <class Value, class... Labels>
using label_map = typename label_map_for<Value, Labels...>::type;

}  // namespace compute_divide::inline v0_2::detail

#endif
