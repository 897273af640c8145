// SPDX-License-Identifier: BSL-1.0
#include "support/growth_report.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <compute_divide/dates.hpp>
#include <compute_divide/trends/compare.hpp>
#include <compute_divide/trends/log_trend.hpp>

namespace example {

namespace cd = compute_divide;

namespace {

/// Growth of groups, and by how much each is faster than each other one. `cluster`: a field, or none.
template <class... Cluster>
cd::table table_by(const std::vector<growth_record>& records, bool by_group, const cd::trend_options& how,
                   figure_builder& figure, Cluster... cluster) {
    cd::table t{.name = "growth"};
    t.columns = {{.name = "group"},
                 {.name = "n", .audience = cd::column_audience::readers},
                 {.name = "factor", .header = "times a year"},
                 {.name = "doubling", .header = "months to double"},
                 {.name = "slope", .header = "orders of magnitude a year"},
                 {.name = "test"}};
    const auto add = [&t](const std::string& group, const cd::growth& g, const cd::cell& test) {
        t.rows.push_back({cd::to_cell(group), cd::to_cell(g.slope.n), cd::to_cell(g.factor),
                          cd::to_cell(g.doubling.months), cd::to_cell(g.slope), test});
    };
    const auto draw = [&](const std::string& group, const auto& trend) {
        cd::series points{.name = group};
        for (const growth_record& r : records) {
            if (!r.date || !r.value || (by_group && r.by != group)) continue;
            points.x.push_back(cd::decimal_year(*r.date));
            points.y.push_back(*r.value);
        }
        figure.add_trend(
            std::move(points), [&](double year) { return trend.confidence_band(year, how); }, trend.growth(how).factor,
            "times a year");
    };
    const auto all = cd::fit_log_trend(records, &growth_record::date, &growth_record::value, cluster...);
    add("all", all.growth(how), {});
    if (!by_group) {
        draw("all", all);
        return t;
    }
    const auto trends =
        cd::fit_log_trends(records, &growth_record::by, &growth_record::date, &growth_record::value, cluster...);
    const auto groups = trends.groups();
    for (const std::string& group : groups) {
        add(group, trends.of(group).growth(how), {});
        draw(group, trends.of(group));
    }
    if (groups.size() > 1) t.groups = {{0, ""}, {t.rows.size(), "differences"}};
    for (std::size_t i = 0; i < groups.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const auto found = trends.slope_difference(groups[i], groups[j], how);
            t.rows.push_back({cd::to_cell(groups[i] + " less " + groups[j]),
                              cd::to_cell(found.difference.n),
                              {},
                              {},
                              cd::to_cell(found.difference),
                              cd::to_cell(found.test)});
        }
    return t;
}

}  // namespace

cd::table growth_table(std::vector<growth_record> records, bool by_group, bool by_cluster, const cd::trend_options& how,
                       figure_builder& figure) {
    if (!by_cluster) return table_by(records, by_group, how, figure);
    const bool several = std::ranges::any_of(records, [](const growth_record& r) { return r.cluster.size() > 1; });
    if (several) return table_by(records, by_group, how, figure, &growth_record::cluster);
    for (std::size_t i = 0; i < records.size(); ++i)
        if (records[i].cluster.empty()) records[i].cluster.push_back("\n" + std::to_string(i));
    return table_by(records, by_group, how, figure, [](const growth_record& r) { return r.cluster.front(); });
}

}  // namespace example
