// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_RENDER_OPTIONS_HPP
#define COMPUTE_DIVIDE_REPORT_RENDER_OPTIONS_HPP

#include <array>
#include <string>

#include <compute_divide/enumerators.hpp>

/// Formats of tables, and what may be chosen about them.
namespace compute_divide::inline v0_2 {

/// What a table can be written as.
enum class table_format {
    text,      ///< aligned, for a terminal
    markdown,  ///< GitHub's tables
    latex,     ///< a floating table of booktabs
    csv,       ///< RFC 4180, all digits
    html,      ///< one table element
    json       ///< an object, all digits
};
[[nodiscard]] constexpr auto enumerators(table_format) {
    using enum table_format;
    return std::array{named<table_format>{text, "text", "aligned text"},
                      named<table_format>{markdown, "markdown", "Markdown"},
                      named<table_format>{latex, "latex", "LaTeX with booktabs"},
                      named<table_format>{csv, "csv", "comma-separated values"},
                      named<table_format>{html, "html", "HTML"},
                      named<table_format>{json, "json", "JSON"}};
}

/// How a table is written; each option is of the formats that are named.
struct render_options {
    int width = 80;                    ///< text: columns of the terminal, at least 20
    bool ascii = false;                ///< text: `-` and `*` for signs that are not ASCII; names stay as they are
    bool neutralise_formulas = false;  ///< csv: `'` before texts (never numbers) that a spreadsheet would compute
    std::string missing = "NA";        ///< csv: a value that is not known
    bool byte_order_mark = false;      ///< csv: for spreadsheets that ask for one
};

}  // namespace compute_divide::inline v0_2

#endif
