// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_HTML_HPP
#define COMPUTE_DIVIDE_REPORT_HTML_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include <compute_divide/report/detail/shown_cell.hpp>
#include <compute_divide/report/detail/text_width.hpp>
#include <compute_divide/report/render_options.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/visible_text.hpp>

/// A table as HTML.
namespace compute_divide::inline v0_2 {

namespace detail {

struct html_markup {
    [[nodiscard]] static std::string text(std::string_view plain) {
        std::string escaped;
        escaped.reserve(plain.size());
        for (const char c : plain) {
            switch (c) {
                case '&':
                    escaped += "&amp;";
                    break;
                case '<':
                    escaped += "&lt;";
                    break;
                case '>':
                    escaped += "&gt;";
                    break;
                case '"':
                    escaped += "&quot;";
                    break;
                case '\'':
                    escaped += "&#39;";
                    break;
                case '\n':
                    escaped += "<br>";
                    break;
                default:
                    escaped += c;
            }
        }
        return escaped;
    }
    /// `-1.2e-3` with a minus and a power of ten; thin spaces between the thousands of whole numbers of five digits and
    /// more.
    [[nodiscard]] static std::string number(std::string_view canonical, bool integer) {
        std::string signs;
        const std::size_t exponent = canonical.find('e');
        const std::string_view mantissa = canonical.substr(0, exponent);
        const std::size_t digits = mantissa.size() - (mantissa.starts_with('-') ? 1 : 0);
        for (std::size_t i = 0; i < mantissa.size(); ++i) {
            const std::size_t left = mantissa.size() - i;
            if (integer && digits >= 5 && left < digits && left % 3 == 0) signs += "\u2009";
            add_sign(signs, mantissa[i]);
        }
        if (exponent == std::string_view::npos) return signs;
        signs += "&nbsp;\u00D7&nbsp;10<sup>";
        for (const char c : canonical.substr(exponent + 1)) add_sign(signs, c);
        return signs + "</sup>";
    }
    [[nodiscard]] static std::string stars(int n) {
        return "<sup>" + std::string(static_cast<std::size_t>(n), '*') + "</sup>";
    }

private:
    static void add_sign(std::string& signs, char c) {
        if (c == '-')
            signs += "\u2212";
        else if (c == '<')
            signs += "&lt;";
        else if (c == '>')
            signs += "&gt;";
        else
            signs += c;
    }
};

}  // namespace detail

/// A table as one `<table>` element that needs nothing else: a caption, headers with their scope, the first column as
/// the header of its row, numbers to the right, notes and sources in its foot. Minus is U+2212, a large whole number
/// has thin spaces, an exponent is a power of ten. Text is escaped. The table's name is its id where it is a word of
/// letters, digits, `_` and `-`. Throws std::invalid_argument for a table that `check` refuses.
[[nodiscard]] inline std::string to_html(const table& t, const render_options& = {}) {
    using markup = detail::html_markup;
    constexpr std::string_view to_the_right = " style=\"text-align:right\"", centred = " style=\"text-align:center\"",
                               to_the_left = " style=\"text-align:left\"";
    check(t);
    const auto looks = detail::looks_of(t);
    const auto shown = detail::columns_for(t, column_audience::readers);
    const auto style_of = [&](std::size_t i) {
        return looks[i].right ? to_the_right : looks[i].centre ? centred : to_the_left;
    };
    const bool word = !t.name.empty() && t.name.find_first_not_of(
                                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                             "0123456789_-") == std::string::npos;
    std::string out = word ? "<table id=\"" + t.name + "\">\n" : "<table>\n";
    if (!t.title.empty()) out.append("<caption>").append(markup::text(visible_text(t.title))).append("</caption>\n");
    out += "<thead>\n<tr>";
    for (const std::size_t i : shown) {
        const bool blank = looks[i].header.find_first_not_of(' ') == std::string::npos;  // no header of nothing
        out.append(blank ? "<td" : "<th scope=\"col\"").append(blank ? std::string_view() : style_of(i)).append(">");
        out.append(markup::text(looks[i].header)).append(blank ? "</td>" : "</th>");
    }
    out += "</tr>\n</thead>\n<tbody>\n";
    const std::string span = std::to_string(shown.size());
    std::size_t next = 0;
    for (std::size_t row = 0; row < t.rows.size(); ++row) {
        if (const row_group* const group = detail::group_at(t, row, next)) {
            if (row > 0) out += "</tbody>\n<tbody>\n";
            if (!group->title.empty())
                out.append("<tr><th scope=\"rowgroup\" colspan=\"")
                    .append(span)
                    .append("\"")
                    .append(to_the_left)
                    .append(">")
                    .append(markup::text(visible_text(group->title)))
                    .append("</th></tr>\n");
        }
        out += "<tr>";
        for (const std::size_t i : shown) {
            const std::string text =
                detail::composed(detail::shown_of(t.rows[row][i], t.columns[i], looks[i]), markup{});
            const bool heads = i == shown.front() && !text.empty();
            out.append(heads ? "<th scope=\"row\"" : "<td");
            if (heads || looks[i].right || looks[i].centre) out += style_of(i);
            out.append(">").append(text).append(heads ? "</th>" : "</td>");
        }
        out += "</tr>\n";
    }
    out += "</tbody>\n";
    const auto below = detail::lines_below(t, looks);
    if (!below.empty()) {
        out += "<tfoot>\n";
        for (const auto& line : below)
            out.append("<tr><td colspan=\"")
                .append(span)
                .append("\">")
                .append(markup::text(line))
                .append("</td></tr>\n");
        out += "</tfoot>\n";
    }
    return out + "</table>\n";
}

}  // namespace compute_divide::inline v0_2

#endif
