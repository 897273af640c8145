// SPDX-License-Identifier: BSL-1.0
// What changed from one vintage of Epoch AI's table of models to the next, and what that did to what is said of the
// divide: the part of each change that is due to new rows, to values computed anew, to other labels.
//   vintage_diff all_ai_models_2025.csv all_ai_models_2026.csv --list renamed,unsettled
#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "support/command_line.hpp"
#include "support/models.hpp"
#include "support/own_table.hpp"
#include "support/plot.hpp"
#include "support/vintages.hpp"

namespace {

using example::usage_error;
namespace cd = compute_divide;

struct request {
    std::string older, newer;  ///< files; none: the vintages of one table
    example::models_input table;
    std::vector<std::string> vintages, definitions, lists, fields;
    double tolerance = 0;
    double level = 0.95;
};

/// A file's one vintage, called as the file is.
example::vintage read_one(const std::string& path, const request& asked) {
    example::model_table table = example::read_models({.path = path, .vintage = {}, .on_error = asked.table.on_error});
    if (table.vintages.size() > 1)
        throw usage_error(path + ": holds several vintages; --models FILE --vintages A,B compares two of them");
    return {path.substr(path.find_last_of('/') + 1), std::move(table.all)};
}

std::vector<example::vintage> vintages_of(const request& asked) {
    if (!asked.older.empty()) {
        std::vector<example::vintage> two{read_one(asked.older, asked), read_one(asked.newer, asked)};
        if (two[0].name == two[1].name) two = {{asked.older, two[0].rows}, {asked.newer, two[1].rows}};
        return two;
    }
    const example::model_table& table = example::read_models(asked.table);
    std::vector<example::vintage> all;
    for (const std::string& name : asked.vintages.empty() ? table.vintages : asked.vintages)
        all.push_back({table.vintage(name), table.of(name)});
    if (all.size() < 2)
        throw usage_error("two files, or a table of several vintages and two or more of --vintages, are required");
    return all;
}

int run(int argc, char** argv) {
    request asked;
    example::output_format format;
    example::svg_option svg;
    example::command_line line(
        "Vintages of Epoch AI's table of models compared: rows, fields, and what the change of each finding is due to",
        "vintage_diff --vintages 2023-12,2025-12 --definition notable --list renamed");
    line.add("older", asked.older, "the table as downloaded; none: the vintages of --models").existing_file();
    line.add("newer", asked.newer, "the table as downloaded later").existing_file();
    line.add("--models", asked.table.path, "a table that holds several vintages").existing_file().default_told("ours");
    line.add("--vintages", asked.vintages, "of it, each to be compared with the next").commas().default_told("all");
    line.add("--definition", asked.definitions, "which models count")
        .commas()
        .one_of(example::definition_names())
        .default_told("each");
    std::vector<std::string> lists;
    for (const auto& each : enumerators(example::row_list{})) lists.emplace_back(each.name);
    line.add("--list", asked.lists, "rows to be told one by one").commas().one_of(lists);
    line.add("--field", asked.fields, "of which changes are listed").commas().one_of(example::compared_field_names());
    line.add("--tolerance", asked.tolerance, "values that differ by no more than this part are the same")
        .between(0, 0.999);
    line.add("--level", asked.level, "of the intervals").level();
    example::add_on_error(line, asked.table.on_error);
    format.add_to(line);
    svg.add_to(line, "the shares of notable models, or of the first definition, in each vintage");
    if (const auto end = line.parse(argc, argv)) return *end;
    format.check(line);
    svg.check();
    if (asked.older.empty() != asked.newer.empty()) throw usage_error("two files are required, got one");
    if (asked.older == "-" && asked.newer == "-") throw usage_error("one of the files is standard input, not both");
    for (const char* const each : {"--models", "--vintages"})
        if (!asked.older.empty() && line.has(each)) throw usage_error(std::string(each) + " goes without files");
    if (!asked.fields.empty() && asked.lists.empty()) throw usage_error("--field goes with --list");
    if (asked.definitions.empty()) asked.definitions = example::definition_names();

    const example::vintage_estimates estimates(asked.definitions, asked.level);
    std::vector<example::vintage> vintages = vintages_of(asked);
    std::vector<example::vintage_step> steps;
    for (std::size_t i = 1; i < vintages.size(); ++i)
        steps.push_back(example::step_between(vintages[i - 1], vintages[i], asked.tolerance, estimates));
    for (const auto& step : steps)
        if (step.diff.matched.empty())
            throw example::nothing_to_report(step.name() + ": the tables have no model in common");
    std::vector<cd::table> tables{table_of_steps(steps), table_of_fields(steps), table_of_parts(steps, estimates)};
    if (!asked.lists.empty()) {
        std::vector<example::row_list> which;
        for (const std::string& each : asked.lists) which.push_back(cd::parse_name<example::row_list>(each));
        tables.push_back(table_of_rows(steps, which, asked.fields));
    }
    for (cd::table& t : tables)
        t.sources = asked.older.empty() ? asked.table.sources() : std::vector{asked.older, asked.newer};
    const auto definition =
        std::ranges::count(asked.definitions, "notable") > 0 ? std::string("notable") : asked.definitions.front();
    svg.write(figure_of_shares(steps, estimates, definition, tables.front().sources));
    std::fputs(format.text_of(tables).c_str(), stdout);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("vintage_diff", run, argc, argv);
}
