// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_ROWS_THROUGH_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_ROWS_THROUGH_HPP

#include <algorithm>
#include <array>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/io/csv.hpp>
#include <compute_divide/json.hpp>

#include "support/command_line.hpp"

/// Rows of a table that go through with what a program adds to them, as CSV or as JSON lines.
namespace example {

/// What the rows are written as.
enum class row_format { csv, jsonl };
[[nodiscard]] constexpr auto enumerators(row_format) {
    return std::array{compute_divide::named<row_format>{row_format::csv, "csv"},
                      compute_divide::named<row_format>{row_format::jsonl, "jsonl"}};
}

/// Writes rows of a table to standard output: their cells as they were, then those that are added.
class row_writer {
public:
    /// Writes the header of CSV. Throws usage_error where the table has a column of an added name, or, of JSON, two of
    /// one name.
    row_writer(const compute_divide::csv_reader& table, row_format format, const std::vector<std::string>& added)
        : format_(format), columns_(table.columns()) {
        std::ios::sync_with_stdio(false);
        for (const std::string& name : added)
            if (table.find_column(name))
                throw usage_error(fmt::format("{} has a column {} already: rename it", table.file(), name));
        if (format == row_format::jsonl)
            for (auto each = columns_.begin(); each != columns_.end(); ++each)
                if (std::find(columns_.begin(), each, *each) != each)
                    throw usage_error(fmt::format("--format jsonl: {} has two columns {}", table.file(), *each));
        if (format == row_format::jsonl) return;
        std::vector<std::string> header = columns_;
        header.insert(header.end(), added.begin(), added.end());
        compute_divide::write_csv_row(std::cout, header);
    }

    void write(const compute_divide::csv_row& row, const std::vector<std::string>& added) {
        cells_.clear();
        for (std::size_t i = 0; i < row.size(); ++i) cells_.push_back(row[i]);
        cells_.insert(cells_.end(), added.begin(), added.end());
        compute_divide::write_csv_row(std::cout, cells_);
    }
    /// The same as a JSON object, of which `added` is the end: `"mentions":[]`.
    void write_json(const compute_divide::csv_row& row, std::string_view added) {
        compute_divide::json_object object;
        for (std::size_t i = 0; i < row.size(); ++i) object.with(columns_[i], row[i]);
        const std::string text = object.text();
        std::cout << std::string_view(text).substr(0, text.size() - 1) << (row.size() > 0 ? "," : "") << added << "}\n";
    }
    [[nodiscard]] bool json() const { return format_ == row_format::jsonl; }

private:
    row_format format_;
    std::vector<std::string> columns_;
    std::vector<std::string_view> cells_;
};

}  // namespace example

#endif
