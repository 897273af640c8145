// SPDX-License-Identifier: BSL-1.0
#include "support/gpu_clusters.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/shares/concentration.hpp>
#include <compute_divide/statistics/clustered_share.hpp>

#include "support/input.hpp"

namespace example {

std::uint64_t gpu_clusters::n_missing(std::chrono::sys_days on) const {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        incomplete, [on](const incomplete_cluster& c) { return !c.started || *c.started <= on; }));
}

gpu_clusters read_gpu_clusters(const std::string& path, cd::error_handling on_error, std::chrono::sys_days until,
                               const column_flags& columns) {
    auto rows = open_table(path, {.on_error = on_error});
    columns.rename(rows, {{"status", "text", "", true, {"Status"}},
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
    gpu_clusters clusters;
    for (const cd::csv_row& row : rows) {
        if (status(row) == "Planned") continue;
        const auto start = first_day_of(started(row));
        if (start && *start > until) continue;
        const auto speed = performance(row);
        std::string kind = sector(row);
        if (!start || !speed || kind.empty()) {
            clusters.incomplete.push_back({start});
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
        clusters.all.push_back({kind, owners(row), *speed, certainty(row) == "Unlikely", *start, end,
                                status(row) == "Decommissioned" && !end});
    }
    own_table::tell(rows);
    return clusters;
}

cd::estimate sectors_of_clusters::share_of(const std::string& sector) const {
    const auto found = std::ranges::find(sectors, sector, &sector_share::sector);
    return found == sectors.end() ? cd::estimate() : found->share;
}

std::vector<sectors_of_clusters> sectors_on(const gpu_clusters& clusters, std::chrono::sys_days on, double level) {
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
    std::vector<sectors_of_clusters> all;
    for (const specification& each : specifications) {
        std::vector<gpu_cluster> kept;
        std::map<std::string, std::uint64_t> sectors;
        for (const gpu_cluster& c : clusters.all)
            if (c.started <= on && each.keeps(c, on)) {
                kept.push_back(c);
                ++sectors[c.sector];
            }
        sectors_of_clusters of{each.name, each.meaning, kept.size(), {}};
        for (const auto& [name, n] : sectors)
            of.sectors.push_back(
                {name, n,
                 cd::share(kept, [&own = name](const gpu_cluster& c) { return c.sector == own; },
                           cd::clustered_by(&gpu_cluster::owners), &gpu_cluster::flop_per_second, {.level = level})
                     .share});
        all.push_back(std::move(of));
    }
    return all;
}

}  // namespace example
