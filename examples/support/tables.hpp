// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TABLES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TABLES_HPP

#include <string>

#include <compute_divide/estimate.hpp>
#include <compute_divide/report/table.hpp>

/// Tables row by row, and estimates in words.
namespace example {

template <class... Values>
void add_row(compute_divide::table& t, const Values&... values) {
    t.rows.push_back({compute_divide::to_cell(values)...});
}

/// A column of shares, as percent.
[[nodiscard]] compute_divide::table_column percent_column(const std::string& name, int decimals = 1);

/// "0.65 [0.61, 0.68]", or why there is none.
[[nodiscard]] std::string told(const compute_divide::estimate& e, const compute_divide::number_style& style = {});

}  // namespace example

#endif
