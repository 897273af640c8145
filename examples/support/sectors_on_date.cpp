// SPDX-License-Identifier: BSL-1.0
#include "support/sectors_on_date.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/statistics/clustered_share.hpp>

#include "support/figures.hpp"
#include "support/input.hpp"
#include "support/tables.hpp"

namespace example {

namespace cd = compute_divide;

namespace {

/// A cluster of Epoch AI's table.
struct gpu_cluster {
    std::string sector;
    std::vector<std::string> owners;
    double flop_per_second = 0;
    bool doubted = false;
    std::optional<std::chrono::sys_days> ended =
        {};  ///< when it was taken out of operation, the earliest that it may be
    bool ended_undated = false;
};

std::optional<std::chrono::sys_days> first_day_of(const std::optional<cd::partial_date>& date) {
    if (!date) return std::nullopt;
    if (date->day) return std::chrono::sys_days(*date->day);
    return std::chrono::sys_days(std::chrono::year(date->year) / date->month.value_or(std::chrono::January) / 1);
}

}  // namespace

sectors_answer sectors_on_date(const sectors_request& asked) {
    const auto on = first_day_of(cd::parse_date(asked.on));
    auto rows = open_table(asked.clusters, {.on_error = asked.on_error});
    asked.columns.rename(rows, {{"status", "text", "", true, {"Status"}},
                                {"certainty", "text", "", true, {"Certainty"}},
                                {"sector", "text", "", true, {"Sector"}},
                                {"owners", "list of texts", "", true, {"Owner"}},
                                {"performance", "number", "OP/s", true, {"16-bit OP/s"}},
                                {"started", "date", "", true, {"First Operational Date"}},
                                {"ended", "date", "", false, {"Decommissioned Date (if applicable)"}}});
    const cd::csv_column<std::string> status(rows, "Status"), certainty(rows, "Certainty"), sector(rows, "Sector");
    const cd::csv_column<std::vector<std::string>> owners(rows, "Owner", {.list_separator = ','});
    const cd::csv_column<std::optional<double>> performance(rows, "16-bit OP/s");
    const cd::csv_column<std::optional<cd::partial_date>> started(rows, "First Operational Date"),
        ended(rows, "Decommissioned Date (if applicable)", {.required = false});
    std::vector<gpu_cluster> clusters;
    std::uint64_t n_missing = 0;
    for (const cd::csv_row& row : rows) {
        if (status(row) == "Planned") continue;
        const auto start = started(row);
        if (start && first_day_of(start) > on) continue;
        const auto speed = performance(row);
        std::string kind = sector(row);
        if (!start || !speed || kind.empty()) {
            ++n_missing;
            continue;
        }
        if (!(*speed > 0))
            throw cd::read_error("concentration", {.file = row.file(),
                                                   .line = row.line(),
                                                   .field = performance.name(),
                                                   .value = std::to_string(*speed),
                                                   .reason = "a performance above 0 is required"});
        for (char& c : kind) c = c == '/' || c == ' ' ? '_' : static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        const auto end = first_day_of(ended(row));
        clusters.push_back(
            {kind, owners(row), *speed, certainty(row) == "Unlikely", end, status(row) == "Decommissioned" && !end});
    }
    own_table::tell(rows);
    struct specification {
        std::string name, meaning;
        bool (*keeps)(const gpu_cluster&, std::chrono::sys_days);
    };
    const std::vector<specification> specifications{
        {"started", "all that had started by the date and were not only planned",
         [](const gpu_cluster&, std::chrono::sys_days) { return true; }},
        {"likely", "without those whose existence is unlikely",
         [](const gpu_cluster& c, std::chrono::sys_days) { return !c.doubted; }},
        {"in_operation", "without these, and without those taken out of operation by the date, or on no known date",
         [](const gpu_cluster& c, std::chrono::sys_days day) {
             return !c.doubted && !c.ended_undated && (!c.ended || *c.ended > day);
         }}};
    sectors_answer made;
    made.table = {.name = "sectors", .title = "Shares of 16-bit performance of GPU clusters on " + asked.on};
    made.table.columns = {{.name = "clusters"}, {.name = "sector"}, {.name = "n"}, percent_column("share")};
    made.table.sources = {"Epoch AI, GPU clusters, CC BY 4.0"};
    std::vector<cd::json_object> others;
    std::optional<cd::json_object> first;
    for (const specification& each : specifications) {
        std::vector<gpu_cluster> kept;
        std::map<std::string, std::uint64_t> sectors;
        for (const gpu_cluster& c : clusters)
            if (each.keeps(c, *on)) {
                kept.push_back(c);
                ++sectors[c.sector];
            }
        cd::json_object shares;
        for (const auto& [name, n] : sectors) {
            const auto share = cd::share(kept, [&own = name](const gpu_cluster& c) { return c.sector == own; },
                                         cd::clustered_by(&gpu_cluster::owners), &gpu_cluster::flop_per_second,
                                         {.level = asked.level});
            shares.with(name, share.share);
            add_row(made.table, each.name, name, n, share.share);
        }
        made.table.notes.push_back(each.name + ": " + each.meaning + ".");
        if (!first) {
            made.is_something = !kept.empty();
            first = cd::json_object().with("date", asked.on).with("n", kept.size()).with("n_missing", n_missing);
            first->with("sectors", shares);
        }
        others.push_back(cd::json_object().with("clusters", each.name).with("n", kept.size()).with("sectors", shares));
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
