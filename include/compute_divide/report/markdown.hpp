// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_MARKDOWN_HPP
#define COMPUTE_DIVIDE_REPORT_MARKDOWN_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include <compute_divide/report/detail/shown_cell.hpp>
#include <compute_divide/report/detail/text_width.hpp>
#include <compute_divide/report/render_options.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/visible_text.hpp>

/// A table as Markdown.
namespace compute_divide::inline v0_2 {

namespace detail {

struct markdown_markup {
    /// Visible text of which no character is Markdown, HTML or mathematics.
    [[nodiscard]] static std::string text(std::string_view plain) {
        std::string escaped;
        escaped.reserve(plain.size());
        for (const char c : plain) {
            if (c == '\n')
                escaped += "<br>";
            else if (c == '&')
                escaped += "&amp;";
            else if (c == '<')
                escaped += "&lt;";
            else if (c == '>')
                escaped += "&gt;";
            else if (c == '|')
                escaped += "\\|";
            else if (std::string_view("\\$*_[]#`~").find(c) != std::string_view::npos)
                escaped.append(1, '\\').append(1, c);
            else
                escaped += c;
        }
        return escaped;
    }
    [[nodiscard]] static std::string number(std::string_view canonical, bool) {
        std::string signs;
        for (const char c : canonical) {
            if (c == '-')
                signs += "\u2212";
            else if (c == '<')
                signs += "&lt;";
            else if (c == '>')
                signs += "&gt;";
            else
                signs += c;
        }
        return signs;
    }
    [[nodiscard]] static std::string stars(int n) {
        std::string text;
        for (int i = 0; i < n; ++i) text += "\\*";
        return text;
    }
    /// A paragraph of its own: what would make its first line a list, a heading or a rule is escaped.
    [[nodiscard]] static std::string paragraph(std::string_view plain) {
        std::string escaped = text(plain);
        const std::size_t first = escaped.find_first_not_of("0123456789");
        if (first == 0 && (escaped[0] == '-' || escaped[0] == '+' || escaped[0] == '='))
            escaped.insert(0, "\\");
        else if (first != std::string::npos && first > 0 && (escaped[first] == '.' || escaped[first] == ')'))
            escaped.insert(first, "\\");
        return escaped;
    }
};

}  // namespace detail

/// A table in the Markdown of GitHub: its title in bold, the table with numbers to the right, then notes and sources,
/// a paragraph each. A group's title is a row in bold. Every sign of Markdown, HTML and mathematics in a text is
/// escaped, a line break is `<br>`. Throws std::invalid_argument for a table that `check` refuses.
[[nodiscard]] inline std::string to_markdown(const table& t, const render_options& = {}) {
    using markup = detail::markdown_markup;
    check(t);
    const auto looks = detail::looks_of(t);
    const auto shown = detail::columns_for(t, column_audience::readers);
    std::string out;
    if (!t.title.empty()) out.append("**").append(markup::text(visible_text(t.title))).append("**\n\n");
    for (const std::size_t i : shown) out.append("| ").append(markup::text(looks[i].header)).append(" ");
    if (!shown.empty()) out += "|\n";
    for (const std::size_t i : shown) out += looks[i].right ? "| ---: " : looks[i].centre ? "| :---: " : "| --- ";
    if (!shown.empty()) out += "|\n";
    std::size_t next = 0;
    for (std::size_t row = 0; row < t.rows.size(); ++row) {
        if (const row_group* const group = detail::group_at(t, row, next); group != nullptr && !group->title.empty()) {
            out.append("| **").append(markup::text(visible_text(group->title))).append("** ");
            for (std::size_t k = 1; k < shown.size(); ++k) out += "| ";
            out += "|\n";
        }
        for (const std::size_t i : shown)
            out.append("| ")
                .append(detail::composed(detail::shown_of(t.rows[row][i], t.columns[i], looks[i]), markup{}))
                .append(" ");
        if (!shown.empty()) out += "|\n";
    }
    for (const auto& line : detail::lines_below(t, looks))
        out.append("\n").append(markup::paragraph(line)).append("\n");
    return out;
}

}  // namespace compute_divide::inline v0_2

#endif
