// SPDX-License-Identifier: BSL-1.0
// How fast does it grow? Any quantity of your own table (parameters, cost, number of papers) that grows by a factor a
// year, overall and by group, each group's growth against the others':
//   growth --csv models.csv --date released --value "Training FLOPs" --by sector --cluster lab
// Rows of one cluster (an organisation, say) depend on each other; with --cluster the interval is that of clusters
// unless
// --interval says another. Rows without a date or a value are left out and counted; a value of 0 or less is an error.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/dates.hpp>
#include <compute_divide/io/bibliographic_exports.hpp>
#include <compute_divide/io/columns.hpp>
#include <compute_divide/trends/trend_options.hpp>

#include "support/figures.hpp"
#include "support/growth_report.hpp"
#include "support/own_table.hpp"
#include "support/plot.hpp"

namespace cd = compute_divide;
using example::usage_error;

namespace {

using record = example::growth_record;

cd::columns<record> wanted_of(const cd::export_columns& known, const std::map<std::string, std::string>& said) {
    const bool is_epoch = known.source == cd::export_source::epoch;
    const auto headers = [](bool there, std::string_view header) {
        return there && !header.empty() ? std::vector<std::string>{std::string(header)} : std::vector<std::string>{};
    };
    cd::columns<record> wanted{{"date", &record::date, {.headers = headers(true, known.year)}},
                               {"value", &record::value, {.headers = headers(is_epoch, "Training compute (FLOP)")}},
                               {"by", &record::by, {.required = !said.at("by").empty(), .missing = {{}}}},
                               {"cluster",
                                &record::cluster,
                                {.required = !said.at("cluster").empty(), .list_separator = is_epoch ? ',' : ';'}}};
    for (const auto& [field, header] : said)
        if (!header.empty()) example::column_flags::name(wanted, field, header);
    return wanted;
}

/// Rows from one time to before another.
struct span_of_time {
    std::optional<double> since, until;
    [[nodiscard]] bool contains(const record& r) const {
        if (!r.date) return true;
        const double year = cd::decimal_year(*r.date);
        return (!since || year >= *since) && (!until || year < *until);
    }
};

int run(int argc, char** argv) {
    example::own_table table;
    example::output_format format;
    example::svg_option svg;
    std::map<std::string, std::string> said{{"date", ""}, {"value", ""}, {"by", ""}, {"cluster", ""}};
    span_of_time span;
    cd::trend_options how{.interval = cd::trend_interval::hc1};
    example::command_line line("Growth of any quantity in time: factor a year and doubling time, overall and by group",
                               "growth --csv models.csv --date released --value parameters --by sector --cluster lab");
    table.add_to(line);
    line.add("--date", said["date"], "the column of dates: years, months or days");
    line.add("--value", said["value"], "the column of the quantity, whose logarithm has the trend");
    line.add("--by", said["by"], "the column of groups");
    line.add("--cluster", said["cluster"],
             "rows depend on each other that have the same of this column, or share any of "
             "several with ; between");
    line.add("--since", span.since, "first year, may be decimal").finite();
    line.add("--until", span.until, "the year, may be decimal, before which rows count").finite();
    line.add("--interval", how.interval, "what intervals are made of; clustered unless told where there are clusters");
    line.add("--level", how.level, "of the intervals").level();
    format.add_to(line);
    svg.add_to(line, "rows, trends and their bands");
    if (const auto end = line.parse(argc, argv)) return *end;
    format.check(line);
    svg.check();
    if (table.csv.empty()) throw usage_error("--csv FILE, or - for standard input, is required");
    table.check(line);
    if (span.since && span.until && *span.since >= *span.until)
        throw usage_error(fmt::format("--until after --since {} is required, got {}", *span.since, *span.until));

    cd::csv_reader rows = table.open();
    const cd::export_columns known = cd::export_of(rows.columns());
    cd::columns<record> wanted = wanted_of(known, said);
    table.columns.apply(wanted);
    if (table.columns.show()) {
        fmt::print("{}", format.text_of({example::table_of_columns(wanted.found_in(rows, 3), table.csv)}));
        return 0;
    }
    if (rows.columns().empty()) throw example::nothing_to_report(table.name() + " is empty");
    for (const cd::found_column& each : wanted.found_in(rows))
        if (each.required && !each.header)
            throw usage_error(fmt::format("{}: a column for --{} is required; the table has {}", table.name(),
                                          each.field, fmt::join(rows.columns(), ", ")));
    const auto read = example::located(wanted, rows);
    const bool by_group = read.place("by").has_value(), by_cluster = read.place("cluster").has_value();
    if (by_cluster && !line.has("--interval")) how.interval = cd::trend_interval::clustered;
    if (!by_cluster && example::needs_clusters(how.interval))
        throw usage_error(fmt::format("--interval {} needs --cluster", name_of(how.interval)));

    const example::row_filter wanted_rows(rows, table.where);
    std::vector<record> records;
    std::vector<cd::read_problem> problems;
    std::size_t outside = 0, unusable = 0;
    for (const cd::csv_row& row : rows) {
        try {
            if (!wanted_rows(row)) continue;
            record one = read(row);
            if (one.value && !(*one.value > 0))
                throw cd::read_error("growth", {.file = row.file(),
                                                .line = row.line(),
                                                .field = rows.columns()[*read.place("value")],
                                                .reason = "a value above 0 is required, whose logarithm grows, got " +
                                                          fmt::format("{:g}", *one.value)});
            if (!span.contains(one)) {
                ++outside;
                continue;
            }
            unusable += one.date && one.value ? 0U : 1U;
            records.push_back(std::move(one));
        } catch (const cd::read_error& error) {
            if (table.on_error == cd::error_handling::fail) throw;
            problems.push_back(error.problem());
        }
    }
    problems.insert(problems.end(), rows.problems().begin(), rows.problems().end());
    example::tell_problems(problems, problems.size() + rows.n_problems() - rows.problems().size());
    if (records.size() == unusable)
        throw example::nothing_to_report(fmt::format("{}: no row has a date and a value{}", table.name(),
                                                     outside > 0 ? " from --since to --until" : ""));

    const std::size_t n = records.size();
    const std::string value = rows.columns()[*read.place("value")];
    example::figure_builder figure({.name = "growth",
                                    .title = "Growth of " + value,
                                    .x = {.label = "Year", .scale = cd::axis_scale::date},
                                    .y = {.label = value, .scale = cd::axis_scale::logarithmic}});
    cd::table result = example::growth_table(std::move(records), by_group, by_cluster, how, figure);
    result.title = "Growth of " + value;
    result.notes.push_back(fmt::format("{} rows; {} without a date or a value are left out{}.", n, unusable,
                                       outside > 0 ? fmt::format(", {} of other times", outside) : ""));
    wanted_rows.note(result);
    if (by_group) result.notes.emplace_back("Groups of fewer than 3 rows, or all on one day, have no growth.");
    result.sources.push_back(table.name());
    if (svg.is_wanted()) svg.write(figure.figure(result.sources));
    fmt::print("{}", format.text_of({result}));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("growth", run, argc, argv);
}
