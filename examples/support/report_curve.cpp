// SPDX-License-Identifier: BSL-1.0
#include "support/report_curve.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

#include <fmt/format.h>

namespace example {

namespace cd = compute_divide;

const cd::specification* quoted_of(const cd::claim& c) {
    const cd::specification* first = nullptr;
    for (const cd::specification& s : c.specifications) {
        if (!s.result.value) continue;
        if (s.headline) return &s;
        if (!first) first = &s;
    }
    return first;
}

std::optional<claim_curve> curve_of(const cd::claim& c) {
    std::vector<const cd::specification*> sorted;
    for (const cd::specification& s : c.specifications)
        if (s.result && s.result.value) sorted.push_back(&s);
    if (sorted.size() < 2) return std::nullopt;
    std::ranges::stable_sort(sorted, {}, [](const auto* s) { return *s->result.value; });

    claim_curve made;
    std::vector<option_row> rows;
    for (const auto* s : sorted)
        for (const auto& choice : s->choices) {
            const auto same = [&](const option_row& row) {
                return row.choice == choice.name && row.option == choice.option;
            };
            if (std::ranges::none_of(rows, same)) {
                // Options of a choice stand together, in the order in which they first come.
                const auto last = std::find_if(rows.rbegin(), rows.rend(),
                                               [&](const option_row& row) { return row.choice == choice.name; });
                rows.insert(last == rows.rend() ? rows.end() : last.base(), {choice.name, choice.option});
            }
        }
    std::string constant;
    for (option_row& row : rows) {
        for (const auto* s : sorted)
            row.has.push_back(std::ranges::find(s->choices, cd::choice{row.choice, row.option}) != s->choices.end());
        if (std::ranges::find(row.has, false) != row.has.end())
            made.rows.push_back(row);
        else
            constant += fmt::format("{}{}: {}", constant.empty() ? "" : ", ", row.choice, row.option);
    }
    if (made.rows.empty()) return std::nullopt;

    const double unit = c.style.percent ? 100 : 1;
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (const auto* s : sorted) {
        least = std::min(least, s->result.bounds ? s->result.lower() : *s->result.value);
        most = std::max(most, s->result.bounds ? s->result.upper() : *s->result.value);
    }
    made.figure = {
        .name = "curve",
        .title = "Every specification: " + c.name,
        .x = {.label = "Specification, by estimate"},
        .y = {.label = c.name,
              .unit = c.style.percent ? "%" : c.unit,
              .scale = least > 0 && most > 50 * least ? cd::axis_scale::logarithmic : cd::axis_scale::linear}};
    const auto add = [&](const std::string& name, auto wanted) {
        cd::series points{.name = name};
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            const cd::specification& s = *sorted[i];
            if (!wanted(s)) continue;
            constexpr double none = std::numeric_limits<double>::quiet_NaN();
            points.x.push_back(static_cast<double>(i));
            points.y.push_back(unit * *s.result.value);
            points.lower.push_back(s.result.bounds ? unit * s.result.lower() : none);
            points.upper.push_back(s.result.bounds ? unit * s.result.upper() : none);
            points.labels.push_back(cd::name_of(s));
        }
        if (!points.x.empty()) made.figure.all_series.push_back(std::move(points));
    };
    for (const auto each : enumerators(cd::evidence{}))
        add(std::string(cd::description_of(each.value)),
            [&](const cd::specification& s) { return !s.headline && cd::evidence_of(c, s.result) == each.value; });
    add("headline", [](const cd::specification& s) { return s.headline; });
    if (c.reference)
        made.figure.all_series.push_back({.name = "the study: " + c.text,
                                          .kind = cd::series_kind::line,
                                          .x = {0, static_cast<double>(sorted.size() - 1)},
                                          .y = {unit * *c.reference, unit * *c.reference}});
    if (!constant.empty()) made.figure.notes.push_back("The same in all: " + constant);
    return made;
}

}  // namespace example
