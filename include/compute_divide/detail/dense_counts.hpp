// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_DENSE_COUNTS_HPP
#define COMPUTE_DIVIDE_DETAIL_DENSE_COUNTS_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace compute_divide::detail {

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
    [[nodiscard]] index_span with(Label label) const { return {std::min(first, label), std::max(last, label)}; }
};

/// Counts of pairs of labels that are indices, in a matrix that grows over the labels seen up to `max_cells`. For other
/// labels there is no such matrix: it counts nothing.
template <class Row, class Column>
class dense_counts {
public:
    [[nodiscard]] static bool count(const auto&, const auto&) { return false; }
    static void for_each(const auto&) {}
};

template <index_label Row, index_label Column>
class dense_counts<Row, Column> {
public:
    static constexpr std::uint64_t max_cells = 8192;

    /// Counts a pair; false where it lies outside the matrix and the matrix cannot grow to it.
    [[nodiscard]] bool count(Row row, Column column) {
        const std::uint64_t i = rows_.position(row);
        const std::uint64_t j = columns_.position(column);
        if (i >= n_rows_ || j >= n_columns_) return grow(row, column) && count(row, column);
        ++counts_[i * n_columns_ + j];
        return true;
    }

    /// Calls visit(row, column, count) for each pair seen.
    template <class Visit>
    void for_each(const Visit& visit) const {
        for (std::uint64_t i = 0; i < n_rows_; ++i)
            for (std::uint64_t j = 0; j < n_columns_; ++j)
                if (const std::uint64_t n = counts_[i * n_columns_ + j]; n > 0)
                    visit(rows_.label(i), columns_.label(j), n);
    }

private:
    bool grow(Row row, Column column) {
        const bool first = counts_.empty();
        const index_span<Row> rows = first ? index_span<Row>{row, row} : rows_.with(row);
        const index_span<Column> columns = first ? index_span<Column>{column, column} : columns_.with(column);
        const std::uint64_t last_row = rows.position(rows.last);
        const std::uint64_t last_column = columns.position(columns.last);
        if (last_row >= max_cells || last_column >= max_cells / (last_row + 1)) return false;

        std::vector<std::uint64_t> counts((last_row + 1) * (last_column + 1));
        for_each([&](Row r, Column c, std::uint64_t n) {
            counts[rows.position(r) * (last_column + 1) + columns.position(c)] = n;
        });
        rows_ = rows;
        columns_ = columns;
        n_rows_ = last_row + 1;
        n_columns_ = last_column + 1;
        counts_ = std::move(counts);
        return true;
    }

    index_span<Row> rows_;
    index_span<Column> columns_;
    std::uint64_t n_rows_ = 0;
    std::uint64_t n_columns_ = 0;
    std::vector<std::uint64_t> counts_;
};

}  // namespace compute_divide::detail

#endif
