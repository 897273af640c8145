// SPDX-License-Identifier: BSL-1.0
#include "support/trials.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>

#include <fmt/format.h>

#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>

#include "support/input.hpp"
#include "support/own_table.hpp"
#include "support/tables.hpp"

namespace example {

namespace cd = compute_divide;

namespace {

cd::tuning_comparison compared(const std::vector<method_trials>& methods, const trials_request& asked) {
    return cd::compare_tuning(methods[0].results, methods[1].results,
                              {.cost_a = methods[0].cost, .cost_b = methods[1].cost, .level = asked.level});
}

/// 1, 2, 4, ... and the last.
std::vector<std::size_t> shown_points(std::size_t last) {
    std::vector<std::size_t> points;
    for (std::size_t k = 1; k < last; k *= 2) points.push_back(k);
    if (last > 0) points.push_back(last);
    return points;
}

}  // namespace

void trials_request::add_to(command_line& line) {
    line.add("--trials", file, "a CSV of all trials that were run: the best of k, for the budget of tuning")
        .existing_file();
    line.add("--score", score, "column of the score of --trials");
    line.add("--method", method, "column of the method; two methods are compared");
    line.add("--cost", cost, "column of the compute of a trial; methods are compared at equal compute, then");
    line.flag("--lower-is-better", lower_is_better, "of the score");
    add_on_error(line, on_error);
    program_columns().add_to(line);
}

std::vector<method_trials> read_trials(const trials_request& asked) {
    auto table = open_table(asked.file, {.on_error = asked.on_error});
    std::vector<cd::found_column> fields{{"score", "number", "", true, {asked.score}}};
    if (!asked.method.empty()) fields.push_back({"method", "text", "", true, {asked.method}});
    if (!asked.cost.empty()) fields.push_back({"cost", "number", "", true, {asked.cost}});
    program_columns().rename(table, fields);
    for (const std::string& column : {asked.score, asked.method, asked.cost})
        if (!column.empty()) require_column(table, asked.file, {column});
    const cd::csv_column<std::optional<double>> score(table, asked.score);
    std::optional<cd::csv_column<std::string>> method;
    std::optional<cd::csv_column<double>> cost;
    if (!asked.method.empty()) method.emplace(table, asked.method);
    if (!asked.cost.empty()) cost.emplace(table, asked.cost);
    struct read {
        std::string name;
        std::vector<std::optional<double>> scores;
        double cost = 0;
    };
    std::vector<read> all;
    for (const cd::csv_row& row : table) {
        const std::string name = method ? (*method)(row) : "";
        auto found = std::ranges::find(all, name, &read::name);
        if (found == all.end()) found = all.insert(all.end(), {.name = name, .scores = {}});
        found->scores.push_back(score(row));
        const double spent = cost ? (*cost)(row) : 1;
        if (!(spent > 0))
            throw std::invalid_argument(
                fmt::format("{}, line {}: a cost above 0 is required, got {:g}", asked.file, row.line(), spent));
        found->cost += spent;
    }
    own_table::tell(table);
    if (all.empty()) throw nothing_to_report(asked.file + ": the table has no trials");
    const cd::best_of_options options{.direction = asked.lower_is_better ? cd::score_direction::lower_is_better
                                                                         : cd::score_direction::higher_is_better,
                                      .level = asked.level};
    std::vector<method_trials> methods;
    for (read& each : all)
        methods.push_back({each.name, cd::trial_results(each.scores, {}, options),
                           each.cost / static_cast<double>(each.scores.size())});
    return methods;
}

std::string text_of(const std::vector<method_trials>& methods, const trials_request& asked) {
    std::string text;
    for (const method_trials& each : methods) {
        text += fmt::format("{}{} trials", each.name.empty() ? "" : each.name + ": ", each.results.size());
        if (each.results.n_missing() > 0)
            text += fmt::format(", and {} without a score, which count as not run", each.results.n_missing());
        if (!asked.cost.empty()) text += fmt::format(", {:.3g} of {} each", each.cost, asked.cost);
        text += "\n";
        const auto curve = each.results.curve();
        for (const std::size_t k : shown_points(curve.size())) {
            const cd::estimate& best = curve[k - 1];
            text += fmt::format("  expected best of {:<4}{:.4g}", k, *best.value);
            if (best.bounds) text += fmt::format(" [{:.4g}, {:.4g}]", best.lower(), best.upper());
            text += best.status == cd::estimate_status::few_clusters ? ", of few trials\n" : "\n";
        }
    }
    if (methods.size() == 2) {
        const cd::tuning_comparison both = compared(methods, asked);
        const std::string unit = asked.cost.empty() ? "trials" : asked.cost;
        if (!both) return text + "  too few trials to compare them\n";
        text += fmt::format("{} less {}, at equal {}\n", methods[0].name, methods[1].name, unit);
        for (const std::size_t k : shown_points(both.points.size())) {
            const cd::tuning_point& p = both.points[k - 1];
            text += fmt::format("  at {:<10.4g}{:+.4g} [{:.4g}, {:.4g}]\n", p.budget, *p.difference.value,
                                p.difference.lower(), p.difference.upper());
        }
        for (const cd::budget_crossing& crossing : both.crossings)
            text += fmt::format("  {} is ahead from {:.4g} {} on; decided from {}, before until {}\n",
                                methods[crossing.a_ahead ? 0 : 1].name, crossing.budget, unit,
                                crossing.decided_from ? fmt::format("{:.4g}", *crossing.decided_from) : "none compared",
                                crossing.decided_before ? fmt::format("{:.4g}", *crossing.decided_before) : "none");
        if (both.crossings.empty()) text += "  they do not cross\n";
    } else if (methods.size() > 2) {
        text += "  methods are compared in pairs: give a table of two\n";
    }
    return text + fmt::format(
                      "  Intervals at {:g} %. Best of k without replacement (Tang et al., 2020), up to half of the "
                      "trials.\n",
                      100 * asked.level);
}

cd::table table_of(const std::vector<method_trials>& methods) {
    cd::table t{.name = "tuning", .title = "Expected best of so many trials"};
    t.columns = {{.name = "method"}, {.name = "trials"}, {.name = "of"}, {.name = "expected best"}};
    for (const method_trials& each : methods) {
        const auto curve = each.results.curve();
        for (const std::size_t k : shown_points(curve.size()))
            add_row(t, each.name, k, each.results.size(), curve[k - 1]);
    }
    return t;
}

cd::json_object json_of(const std::vector<method_trials>& methods, const trials_request& asked) {
    std::vector<cd::json_object> all;
    for (const method_trials& each : methods)
        all.push_back(cd::json_object()
                          .with("method", each.name.empty() ? std::nullopt : std::optional(each.name))
                          .with("trials", each.results.size())
                          .with("missing", each.results.n_missing())
                          .with("cost", asked.cost.empty() ? std::nullopt : std::optional(each.cost))
                          .with("expected_best", each.results.curve()));
    std::optional<cd::tuning_comparison> both;
    if (methods.size() == 2) both = compared(methods, asked);
    return cd::json_object().with("methods", all).with("comparison", both);
}

}  // namespace example
