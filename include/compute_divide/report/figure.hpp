// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_FIGURE_HPP
#define COMPUTE_DIVIDE_REPORT_FIGURE_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/report/table.hpp>

/// Figures as data, which any program can draw.
namespace compute_divide::inline v0_2 {

/// What an axis measures.
enum class axis_scale {
    linear,
    logarithmic,
    share,      ///< linear and from 0, in percent
    date,       ///< decimal years
    categories  ///< of x: the labels of points, the first at 0, the second at 1
};
[[nodiscard]] constexpr auto enumerators(axis_scale) {
    using enum axis_scale;
    return std::array{named<axis_scale>{linear, "linear"}, named<axis_scale>{logarithmic, "logarithmic"},
                      named<axis_scale>{share, "share"}, named<axis_scale>{date, "date"},
                      named<axis_scale>{categories, "categories"}};
}

/// One axis of a figure.
struct axis {
    std::string label = {};
    std::string unit = {};
    axis_scale scale = axis_scale::linear;

    friend bool operator==(const axis&, const axis&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<axis>) {
    return member_list(member{"label", &axis::label}, member{"unit", &axis::unit}, member{"scale", &axis::scale});
}

/// How a series is meant to be drawn.
enum class series_kind {
    points,
    line,
    band,  ///< the area between lower and upper, with y as a line in it
    bars
};
[[nodiscard]] constexpr auto enumerators(series_kind) {
    using enum series_kind;
    return std::array{named<series_kind>{points, "points"}, named<series_kind>{line, "line"},
                      named<series_kind>{band, "band"}, named<series_kind>{bars, "bars"}};
}

/// Points of one kind. `x` and `y` are of one length; `lower`, `upper` and `labels` are of the same, or empty. NaN is a
/// value that is not known.
struct series {
    std::string name = {};
    series_kind kind = series_kind::points;
    std::vector<double> x = {}, y = {};
    std::vector<double> lower = {}, upper = {};  ///< of an interval of y
    std::vector<std::string> labels = {};        ///< of the points
    std::string summary = {};                    ///< what a drawing says beside its name; where empty the last value

    friend bool operator==(const series&, const series&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<series>) {
    return member_list(member{"name", &series::name}, member{"kind", &series::kind}, member{"x", &series::x},
                       member{"y", &series::y}, member{"lower", &series::lower}, member{"upper", &series::upper},
                       member{"labels", &series::labels}, member{"summary", &series::summary});
}

/// A figure as data: what is drawn, not how.
struct figure {
    std::string name = {};   ///< a word to refer to it by
    std::string title = {};  ///< its caption
    axis x = {}, y = {};
    std::vector<series> all_series = {};
    std::vector<std::string> notes = {};
    std::vector<std::string> sources = {};

    friend bool operator==(const figure&, const figure&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<figure>) {
    return member_list(member{"name", &figure::name}, member{"title", &figure::title}, member{"x", &figure::x},
                       member{"y", &figure::y}, member{"series", &figure::all_series}, member{"notes", &figure::notes},
                       member{"sources", &figure::sources});
}

/// Throws std::invalid_argument where the parts of a series are of different lengths, or points have no label that are
/// of categories.
inline void check(const figure& f) {
    for (const auto& each : f.all_series) {
        const auto same = [&](std::size_t size, bool may_be_empty) {
            detail::require(size == each.x.size() || (may_be_empty && size == 0), "figure",
                            "parts of a series of one length", size);
        };
        same(each.y.size(), false);
        same(each.lower.size(), true);
        same(each.upper.size(), true);
        same(each.labels.size(), f.x.scale != axis_scale::categories);
    }
}

/// The numbers of a figure as a table, a row for each point: series, label, x, y, lower, upper; the columns that no
/// series has are left out, and x where it is of categories. Throws std::invalid_argument for a figure that `check`
/// refuses.
[[nodiscard]] inline table table_of(const figure& f) {
    check(f);
    table t{.name = f.name, .title = f.title, .notes = f.notes, .sources = f.sources};
    bool names = f.all_series.size() > 1, labels = false, lower = false, upper = false;
    for (const auto& each : f.all_series) {
        labels |= !each.labels.empty();
        lower |= !each.lower.empty();
        upper |= !each.upper.empty();
    }
    if (names) t.columns.push_back({.name = "series"});
    const bool categories = f.x.scale == axis_scale::categories;
    if (labels) t.columns.push_back({.name = "label", .header = categories ? f.x.label : ""});
    if (!categories) t.columns.push_back({.name = "x", .header = f.x.label, .unit = f.x.unit, .style = {.digits = 4}});
    t.columns.push_back({.name = "y", .header = f.y.label, .unit = f.y.unit});
    if (lower) t.columns.push_back({.name = "lower"});
    if (upper) t.columns.push_back({.name = "upper"});
    const auto number = [](const std::vector<double>& values, std::size_t i) -> cell {
        if (i >= values.size()) return {.value = not_applicable{}};
        if (std::isnan(values[i])) return {.value = missing_value{}};
        return {.value = values[i]};
    };
    for (const auto& each : f.all_series) {
        for (std::size_t i = 0; i < each.x.size(); ++i) {
            auto& row = t.rows.emplace_back();
            if (names) row.push_back(to_cell(each.name));
            if (labels) row.push_back(each.labels.empty() ? cell{} : to_cell(each.labels[i]));
            if (!categories) row.push_back(number(each.x, i));
            row.push_back(number(each.y, i));
            if (lower) row.push_back(number(each.lower, i));
            if (upper) row.push_back(number(each.upper, i));
        }
    }
    return t;
}

}  // namespace compute_divide::inline v0_2

#endif
