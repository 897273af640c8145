// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_DETAIL_SHOWN_CELL_HPP
#define COMPUTE_DIVIDE_REPORT_DETAIL_SHOWN_CELL_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/report/detail/number_text.hpp>
#include <compute_divide/report/detail/text_width.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/visible_text.hpp>

/// What a cell and a column say, before a format's own signs.
namespace compute_divide::inline v0_2::detail {

/// A cell in parts that each format composes: number [lower, upper] words, or a text alone.
struct shown_cell {
    std::string text = {};    ///< words; visible text, not escaped
    std::string number = {};  ///< ASCII
    std::string lower = {}, upper = {};
    int stars = 0;
    bool in_parentheses = false;
    bool integer = false;

    /// Whether the words are set off from the number: of a test, or of a status.
    [[nodiscard]] bool comma() const { return lower.empty() && !text.starts_with('%'); }
};

[[nodiscard]] inline std::string percent_text(double level) {
    char text[32];
    std::snprintf(text, sizeof text, "%.12g %%", 100 * level);
    return text;
}

/// What a column's cells have in common.
struct column_look {
    std::string header = {};             ///< visible text
    bool right = false, centre = false;  ///< else left
    bool numeric = false;                ///< has numbers and no texts
    std::optional<double> level = {};    ///< of all its intervals
    bool intervals = false;
    std::vector<std::string_view> methods = {};  ///< of its intervals
};

[[nodiscard]] inline shown_cell shown_of(const cell& c, const table_column& column, const column_look& look) {
    const number_style& style = c.style ? *c.style : column.style;
    shown_cell shown{.stars = c.stars, .in_parentheses = c.in_parentheses};
    std::visit(
        [&](const auto& value) {
            using type = std::remove_cvref_t<decltype(value)>;
            if constexpr (std::same_as<type, missing_value>) {
                shown.text = "not known";
            } else if constexpr (std::same_as<type, bool>) {
                shown.text = value ? "yes" : "no";
            } else if constexpr (std::integral<type>) {
                shown.number = std::to_string(value);
                shown.integer = true;
            } else if constexpr (std::same_as<type, double>) {
                shown.number = number_text(value, style);
            } else if constexpr (std::same_as<type, std::string>) {
                shown.text = visible_text(value);
            } else if constexpr (std::same_as<type, estimate_status>) {
                shown.text = description_of(value);
            } else if constexpr (std::same_as<type, estimate>) {
                if (value.value) {
                    auto text = text_of_estimate(value, style);
                    shown.number = std::move(text.value);
                    shown.lower = std::move(text.lower);
                    shown.upper = std::move(text.upper);
                    if (value.bounds && !look.level) shown.text = "at " + percent_text(value.level);
                }
                if (value.status != estimate_status::ok)
                    shown.text.append(shown.text.empty() ? "" : ", ").append(description_of(value.status));
            } else if constexpr (std::same_as<type, test_result>) {
                if (value.statistic) shown.number = significant_text(*value.statistic, 3);
                if (value.p_value) {
                    const std::string p = p_value_text(*value.p_value, 3);
                    shown.text = (p[0] == '<' || p[0] == '>' ? "p " : "p = ") + p;
                } else if (value.status != estimate_status::ok) {
                    shown.text = description_of(value.status);
                }
            }
        },
        c.value);
    if (style.percent && !column.style.percent && !shown.number.empty())
        shown.text.insert(0, shown.text.empty() ? "%" : "% ");
    return shown;
}

/// The number and its interval, and the words behind it, each as the format writes it.
template <class Markup>
[[nodiscard]] std::string composed(const shown_cell& c, const Markup& markup) {
    if (c.number.empty()) return markup.text(c.text) + (c.stars > 0 ? markup.stars(c.stars) : std::string());
    std::string text = markup.number(c.number, c.integer);
    if (!c.lower.empty())
        text.append(markup.text(" ["))
            .append(markup.number(c.lower, false))
            .append(markup.text(", "))
            .append(markup.number(c.upper, false))
            .append(markup.text("]"));
    if (!c.text.empty()) text.append(markup.text((c.comma() ? ", " : " ") + c.text));
    if (c.in_parentheses) text = "(" + text + ")";
    if (c.stars > 0) text += markup.stars(c.stars);
    return text;
}

[[nodiscard]] inline column_look look_of(const table& t, std::size_t at) {
    const table_column& column = t.columns[at];
    column_look look{.header = visible_text(column.header.empty() ? column.name : column.header)};
    bool numbers = false, words = false, tests = false, same_level = true;
    for (const auto& row : t.rows) {
        const cell_value& value = row[at].value;
        numbers |= std::holds_alternative<double>(value) || std::holds_alternative<std::int64_t>(value) ||
                   std::holds_alternative<std::uint64_t>(value) || std::holds_alternative<estimate>(value);
        words |= std::holds_alternative<std::string>(value) || std::holds_alternative<bool>(value);
        tests |= std::holds_alternative<test_result>(value);
        if (const auto* const e = std::get_if<estimate>(&value); e != nullptr && e->bounds) {
            same_level &= !look.intervals || look.level == e->level;
            look.level = e->level;
            look.intervals = true;
            if (!e->method.empty() && detail::find(look.methods, e->method) == look.methods.end())
                look.methods.push_back(e->method);
        }
    }
    if (!same_level) look.level.reset();
    look.numeric = (numbers || tests) && !words;
    look.right = column.alignment == column_alignment::right ||
                 (column.alignment == column_alignment::automatic && look.numeric);
    look.centre = column.alignment == column_alignment::centre;
    const std::string unit = visible_text(column.unit.empty() && column.style.percent ? "%" : column.unit);
    if (!unit.empty()) look.header.append(look.header.empty() ? "" : ", ").append(unit);
    if (look.intervals) look.header += look.level ? " [" + percent_text(*look.level) + " interval]" : " [interval]";
    if (tests) look.header += ": statistic, p";
    return look;
}

[[nodiscard]] inline std::vector<column_look> looks_of(const table& t) {
    std::vector<column_look> looks;
    looks.reserve(t.columns.size());
    for (std::size_t i = 0; i < t.columns.size(); ++i) looks.push_back(look_of(t, i));
    return looks;
}

/// What stands below a table: its notes, the methods of its intervals, its sources; visible text.
[[nodiscard]] inline std::vector<std::string> lines_below(const table& t, const std::vector<column_look>& looks) {
    std::vector<std::string> lines;
    for (const auto& note : t.notes) lines.push_back(visible_text(note));
    std::vector<std::string_view> methods;
    for (const auto& look : looks)
        for (const auto method : look.methods)
            if (detail::find(methods, method) == methods.end()) methods.push_back(method);
    std::string words;
    for (const auto method : methods) words.append(words.empty() ? "Intervals: " : ", ").append(visible_text(method));
    if (!words.empty()) lines.push_back(words + ".");
    for (const auto& source : t.sources) lines.push_back("Source: " + visible_text(source));
    return lines;
}

/// The group that begins at a row, if one does; of several that are empty, the last.
[[nodiscard]] inline const row_group* group_at(const table& t, std::size_t row, std::size_t& next) {
    const row_group* found = nullptr;
    while (next < t.groups.size() && t.groups[next].first_row <= row) found = &t.groups[next++];
    return found;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
