// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_JSON_HPP
#define COMPUTE_DIVIDE_REPORT_JSON_HPP

#include <cmath>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <compute_divide/json.hpp>
#include <compute_divide/report/render_options.hpp>
#include <compute_divide/report/table.hpp>

/// A table as JSON.
namespace compute_divide::inline v0_2 {

/// JSON of a cell at full precision, whatever its style. A value that is not known is null; what is no number says why:
/// {"value":null,"status":"too_few"}, "not_a_number" or "infinite".
[[nodiscard]] inline std::string to_json(const cell& c) {
    return std::visit(
        [](const auto& value) -> std::string {
            using type = std::remove_cvref_t<decltype(value)>;
            const auto none = [](std::string_view why) {
                return json_object().with_text("value", "null").with("status", why).text();
            };
            if constexpr (std::same_as<type, not_applicable> || std::same_as<type, missing_value>)
                return "null";
            else if constexpr (std::same_as<type, estimate_status>)
                return none(name_of(value));
            else if constexpr (std::same_as<type, double>)
                return std::isnan(value) ? none("not_a_number") : std::isinf(value) ? none("infinite") : to_json(value);
            else
                return to_json(value);
        },
        c.value);
}

/// A table as an object: name, title, columns (name, header, unit, percent), rows (an object each, by the columns'
/// names), groups (first_row, title), notes and sources. A cell that the row does not have is not in its object; an
/// estimate is an object of its own. Throws std::invalid_argument for a table that `check` refuses. O(size of the
/// text).
[[nodiscard]] inline std::string to_json(const table& t) {
    check(t);
    const auto shown = detail::columns_for(t, column_audience::programs);
    std::vector<std::string> keys;
    std::string text = "{\"name\":" + to_json(t.name) + ",\"title\":" + to_json(t.title) + ",\"columns\":[";
    for (const std::size_t i : shown) {
        const table_column& column = t.columns[i];
        keys.push_back(to_json(column.name) + ":");
        text.append(keys.size() > 1 ? "," : "")
            .append(json_object()
                        .with("name", column.name)
                        .with("header", column.header.empty() ? column.name : column.header)
                        .with("unit", column.unit)
                        .with("percent", column.style.percent)
                        .text());
    }
    text += "],\"rows\":[";
    for (std::size_t row = 0; row < t.rows.size(); ++row) {
        text += row > 0 ? ",{" : "{";
        bool first = true;
        for (std::size_t k = 0; k < shown.size(); ++k) {
            const cell& c = t.rows[row][shown[k]];
            if (std::holds_alternative<not_applicable>(c.value)) continue;
            text.append(first ? "" : ",").append(keys[k]).append(to_json(c));
            first = false;
        }
        text += '}';
    }
    text += "],\"groups\":[";
    for (std::size_t i = 0; i < t.groups.size(); ++i)
        text.append(i > 0 ? "," : "")
            .append(json_object().with("first_row", t.groups[i].first_row).with("title", t.groups[i].title).text());
    return text.append("],\"notes\":")
        .append(to_json(t.notes))
        .append(",\"sources\":")
        .append(to_json(t.sources))
        .append("}");
}

}  // namespace compute_divide::inline v0_2

#endif
