// SPDX-License-Identifier: BSL-1.0
#include "support/sectors_on_date.hpp"

#include <chrono>
#include <optional>
#include <vector>

#include <compute_divide/dates.hpp>
#include <compute_divide/json.hpp>

#include "support/figures.hpp"
#include "support/gpu_clusters.hpp"
#include "support/tables.hpp"

namespace example {

sectors_answer sectors_on_date(const sectors_request& asked) {
    const std::chrono::sys_days on = cd::first_day(*cd::parse_date(asked.on));
    const gpu_clusters clusters = read_gpu_clusters(asked.clusters, asked.on_error, on, asked.columns);
    sectors_answer made;
    made.table = {.name = "sectors", .title = "Shares of 16-bit performance of GPU clusters on " + asked.on};
    made.table.columns = {{.name = "clusters"}, {.name = "sector"}, {.name = "n"}, percent_column("share")};
    made.table.sources = {"Epoch AI, GPU clusters, CC BY 4.0"};
    std::vector<cd::json_object> others;
    std::optional<cd::json_object> first;
    for (const auto& each : sectors_on(clusters, on, asked.level)) {
        cd::json_object shares;
        for (const auto& [name, n, share] : each.sectors) {
            shares.with(name, share);
            add_row(made.table, each.name, name, n, share);
        }
        made.table.notes.push_back(each.name + ": " + each.meaning + ".");
        if (!first) {
            made.is_something = each.n > 0;
            first =
                cd::json_object().with("date", asked.on).with("n", each.n).with("n_missing", clusters.n_missing(on));
            first->with("sectors", shares);
        }
        others.push_back(cd::json_object().with("clusters", each.name).with("n", each.n).with("sectors", shares));
    }
    made.table.notes.push_back(
        "Clusters of one owner depend on each other. The table knows a part of all clusters, "
        "and which part differs between sectors: no interval has that in it.");
    made.json = first->with("specifications", others).text();
    figure_builder figure({.name = made.table.name,
                           .title = made.table.title,
                           .x = {.label = "Sector"},
                           .y = {.label = "Share", .unit = "%", .scale = cd::axis_scale::share},
                           .notes = made.table.notes});
    figure.add_rows(made.table, "clusters", "sector", "share");
    made.figure = figure.figure(made.table.sources);
    return made;
}

}  // namespace example
