// SPDX-License-Identifier: BSL-1.0
// How far a few owners hold what there is: every measure of concentration of an amount over its owners, by year or any
// other column; and whose compute it is: the sectors' shares of the performance of GPU clusters on a date.
//   concentration --csv chips.csv --owner organisation --amount h100_equivalents --by year
//   concentration --clusters gpu_clusters.csv --on 2025-05-31 --json
// Ends with 0; 1 for data that cannot be used, 2 for wrong arguments, 3 where nothing could be measured.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/institutions/organisation_families.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/report/render.hpp>
#include <compute_divide/shares/concentration.hpp>
#include <compute_divide/shares/concentration_ranges.hpp>
#include <compute_divide/shares/owner_amounts.hpp>

#include "support/command_line.hpp"
#include "support/figures.hpp"
#include "support/input.hpp"
#include "support/own_table.hpp"
#include "support/plot.hpp"
#include "support/sectors_on_date.hpp"
#include "support/tables.hpp"

namespace cd = compute_divide;

namespace {

struct request {
    example::own_table table;
    std::string owner, amount, by, clusters, on;
    example::svg_option svg;
    bool as_json = false, roll_up = false, equal_n = false;
    std::vector<std::string> measures = {"hhi", "effective_owners", "gini_unbiased"};
    cd::concentration_options options = {};

    /// The column of a field; null where there is no such field.
    [[nodiscard]] std::string* named(std::string_view field) {
        return field == "owner" ? &owner : field == "amount" ? &amount : field == "by" ? &by : nullptr;
    }
};
struct fields {
    std::string owner, amount, by;
};
cd::columns<fields> wanted_of(const request& asked) {
    cd::columns<fields> wanted{
        {"owner", &fields::owner}, {"amount", &fields::amount}, {"by", &fields::by, {.required = false}}};
    for (const auto& [field, header] : {std::pair{"owner", asked.owner}, {"amount", asked.amount}, {"by", asked.by}})
        if (!header.empty()) example::column_flags::name(wanted, field, header);
    asked.table.columns.apply(wanted);
    return wanted;
}
using answer = example::sectors_answer;

/// Amounts by owner: a row without an owner or an amount is counted as missing, and one that is no amount is an error.
answer concentration_of_table(const request& asked) {
    auto rows = asked.table.open();
    for (const auto& [option, name] :
         {std::pair{"--owner", asked.owner}, {"--amount", asked.amount}, {"--by", asked.by}})
        if (!name.empty()) example::require_option_column(rows, option, name);
    const example::row_filter wanted_rows(rows, asked.table.where);
    const cd::csv_column<std::optional<std::string>> owner(rows, asked.owner);
    const cd::csv_column<std::optional<double>> amount(rows, asked.amount);
    std::optional<cd::csv_column<std::optional<std::string>>> by;
    if (!asked.by.empty()) by.emplace(rows, asked.by);
    std::optional<cd::family_tree> families;
    if (asked.roll_up) families.emplace();
    cd::owner_amounts<std::string, std::string> sums;
    for (const cd::csv_row& row : rows) {
        if (!wanted_rows(row)) continue;
        const std::optional<double> x = amount(row);
        if (x && *x < 0)
            throw cd::read_error("concentration", {.file = row.file(),
                                                   .line = row.line(),
                                                   .field = asked.amount,
                                                   .value = std::to_string(*x),
                                                   .reason = "an amount >= 0 is required"});
        std::optional<std::string> whose = owner(row);
        if (whose && families) whose = (*families)(*whose);
        sums.add(by ? (*by)(row) : std::optional<std::string>("all"), whose, x);
    }
    asked.table.tell(rows);
    const auto table = sums.result();
    answer made;
    made.table = {.name = "concentration", .title = asked.amount + " over " + asked.owner};
    made.table.columns = {{.name = "key", .header = asked.by.empty() ? "rows" : asked.by}, {.name = "owners"}};
    for (const auto measure : enumerators(cd::concentration_measure{})) {
        const bool is_shown = std::ranges::find(asked.measures, measure.name) != asked.measures.end();
        made.table.columns.push_back(
            {.name = std::string(measure.name),
             .audience = is_shown ? cd::column_audience::everyone : cd::column_audience::programs});
    }
    for (const std::size_t k : asked.options.top)
        made.table.columns.push_back(example::percent_column("top " + std::to_string(k)));
    made.figure = {
        .name = "lorenz",
        .title = fmt::format("{} over {}: Lorenz curves", asked.amount, asked.owner),
        .x = {.label = "Share of owners, those with least first", .unit = "%", .scale = cd::axis_scale::share},
        .y = {.label = "Share of " + asked.amount, .unit = "%", .scale = cd::axis_scale::share},
        .sources = {asked.table.name()}};
    std::vector<cd::json_object> groups;
    auto measured = cd::concentration_of_keys(table, asked.options);
    if (asked.equal_n) {  // of keys of different numbers of owners, what as many of each as the fewest have are like
        std::uint64_t fewest = std::numeric_limits<std::uint64_t>::max();
        for (const auto& each : measured)
            if (each) fewest = std::min(fewest, each.concentration.n);
        for (std::size_t i = 0; i < measured.size(); ++i)
            if (measured[i])
                measured[i].concentration = cd::rarefied_concentration(
                    table.rows[i].owners, &cd::owner_amount<std::string>::amount, static_cast<std::size_t>(fewest),
                    {.top = asked.options.top, .level = asked.options.level, .seed = asked.options.seed});
        made.table.notes.push_back("Means over draws of " + std::to_string(fewest) + " owners of each row.");
    }
    for (std::size_t i = 0; i < measured.size(); ++i) {
        const auto& [key, all] = measured[i];
        made.is_something = made.is_something || all;
        cd::json_object top, group;
        std::vector<cd::cell> cells{cd::to_cell(key), cd::to_cell(all.n)};
        for (const cd::top_share& each : all.top) top.with(std::to_string(each.k), each.share);
        group.with("key", key).with("n", all.n).with("n_missing", all.n_missing).with("records", table.rows[i].n);
        group.with("total", all.total).with("status", all.status);
        for (const auto measure : enumerators(cd::concentration_measure{})) {
            group.with(measure.name, all.of(measure.value));
            cells.push_back(cd::to_cell(all.of(measure.value)));
        }
        for (const cd::top_share& each : all.top) cells.push_back(cd::to_cell(each.share));
        groups.push_back(group.with("top", top));
        made.table.rows.push_back(std::move(cells));
        cd::series curve{.name = key, .kind = cd::series_kind::line};
        curve.summary = fmt::format("Gini {}, n = {}", example::told(all.of(cd::concentration_measure::gini)), all.n);
        for (const cd::lorenz_point& p :
             cd::lorenz_curve(table.rows[i].owners, &cd::owner_amount<std::string>::amount)) {
            curve.x.push_back(100 * p.owners);
            curve.y.push_back(100 * p.amount);
        }
        made.figure.all_series.push_back(std::move(curve));
    }
    made.json = cd::json_object()
                    .with("owner", asked.owner)
                    .with("amount", asked.amount)
                    .with("by", asked.by.empty() ? std::nullopt : std::optional(asked.by))
                    .with("rolled_up", asked.roll_up)
                    .with("equal_n", asked.equal_n)
                    .with("n_missing", table.n_missing)
                    .with("groups", groups)
                    .text();
    made.figure.all_series.push_back({.name = "as much for each owner",
                                      .kind = cd::series_kind::line,
                                      .x = {0, 100},
                                      .y = {0, 100},
                                      .summary = "Gini 0"});
    if (!asked.equal_n)
        made.table.notes.push_back(
            "No interval is known to cover: who owns much is rare, and a sample without such owners says that there "
            "are none.");
    wanted_rows.note(made.table);
    made.table.notes.push_back(std::to_string(table.n_missing) + " rows of which something is not known are left out.");
    made.figure.notes = made.table.notes;
    const bool has_intervals = std::ranges::any_of(measured, [](const auto& each) {
        return each.concentration.of(cd::concentration_measure::gini).bounds.has_value();
    });
    if (has_intervals)
        made.figure.notes.push_back(fmt::format("Gini coefficients: intervals at {:g} %", 100 * asked.options.level));
    return made;
}

/// What is wrong with the arguments; empty where nothing is.
std::string misuse(const request& asked, const example::command_line& line) {
    if (!line.has("--clusters")) asked.table.check(line);
    for (const char* const each : {"--delimiter", "--decimal-comma", "--where", "--join"})
        if (line.has("--clusters") && line.has(each)) return std::string(each) + " goes with --csv";
    const bool of_table = line.has("--csv"), of_clusters = line.has("--clusters");
    if (of_table == of_clusters) return "one of --csv and --clusters is required";
    for (const auto& [option, name] : {std::pair{"--owner", asked.owner}, {"--amount", asked.amount}})
        if (of_table == name.empty()) return std::string(option) + (of_table ? " is required" : " goes with --csv");
    for (const char* const each : {"--by", "--roll-up", "--equal-n", "--measure", "--top", "--interval", "--seed"})
        if (of_clusters && line.has(each)) return std::string(each) + " goes with --csv";
    if (asked.equal_n && line.has("--interval")) return "--interval and --equal-n: one of them is required";
    if (of_clusters != line.has("--on")) return of_table ? "--on goes with --clusters" : "--on is required";
    try {
        if (of_clusters && !cd::parse_date(asked.on)->day) throw std::invalid_argument("");
    } catch (const std::exception&) {
        return "--on: a date such as 2025-05-31 is required, got " + asked.on;
    }
    std::size_t before = 0;
    for (const std::size_t k : asked.options.top) {
        if (k <= before) return "--top: numbers >= 1, ascending, are required";
        before = k;
    }
    if (asked.options.top.size() > 8) return "--top: at most 8 numbers are required";
    return "";
}

int run(int argc, char** argv) {
    request asked;
    std::vector<std::string> top;
    example::command_line line(
        "Concentration of an amount over its owners",
        "concentration --csv chips.csv --owner organisation --amount h100_equivalents --by year");
    example::output_format output;
    asked.table.add_to(line);
    line.add("--owner", asked.owner, "column of the owner; several rows of one are summed");
    line.add("--amount", asked.amount, "column of the amount: training_flop, chips, ...");
    line.add("--by", asked.by, "column within which to measure: year, country, ...");
    line.add("--clusters", asked.clusters, "Epoch AI's table of GPU clusters, for shares by sector").existing_file();
    line.add("--on", asked.on, "the date of --clusters");
    std::vector<std::string> measures;
    for (const auto& each : enumerators(cd::concentration_measure{})) measures.emplace_back(each.name);
    line.add("--measure", asked.measures, "that text shows; JSON and CSV have all").commas().one_of(measures);
    line.flag("--roll-up", asked.roll_up, "owners to the companies that they are part of by now");
    line.flag("--equal-n", asked.equal_n, "as if each had as many owners as the one with the fewest (rarefaction)");
    line.add("--top", top, "sizes of the top whose share is told").commas().default_told("1,4,5");
    line.add("--interval", asked.options.interval, "of owners as a sample");
    line.add("--level", asked.options.level, "of the intervals").level();
    line.add("--seed", asked.options.seed, "of bootstraps");
    output.add_to(line);
    asked.svg.add_to(line, "the Lorenz curves, or the shares of --clusters,");
    line.flag("--json", asked.as_json, "one object with every number");
    if (const auto end = line.parse(argc, argv)) return *end;
    output.check(line);
    example::exclude(line, "--json", "--format");
    if (!top.empty()) asked.options.top.clear();
    for (const std::string& word : top) {
        const auto k = std::find_if_not(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
        asked.options.top.push_back(k == word.end() && word.size() < 9 ? std::stoul("0" + word) : 0);
    }
    if (asked.clusters.empty()) {
        if (asked.table.columns.show()) {
            asked.table.check(line);
            cd::csv_reader rows = asked.table.open();
            return example::show_columns(wanted_of(asked).found_in(rows, 3), asked.table.csv);
        }
        for (const auto& [field, header] : asked.table.columns.assignments()) {
            std::string* const place = asked.named(field);
            if (place == nullptr)
                throw example::usage_error("--column: one of the fields owner, amount, by is required, got " + field);
            if (!place->empty()) throw example::usage_error("--" + field + " or --column " + field + "=, not both");
            *place = header;
        }
    }
    if (const std::string wrong = misuse(asked, line); !wrong.empty()) throw example::usage_error(wrong);
    asked.svg.check();
    const answer found = asked.clusters.empty()
                             ? concentration_of_table(asked)
                             : example::sectors_on_date({asked.clusters, asked.on, asked.options.level,
                                                         asked.table.on_error, asked.table.columns});
    if (!found.is_something) throw example::nothing_to_report("no amount above 0 is known");
    const std::string text = asked.as_json ? found.json + "\n" : output.text_of({found.table});
    asked.svg.write(found.figure);
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("concentration", run, argc, argv);
}
