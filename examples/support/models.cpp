// SPDX-License-Identifier: BSL-1.0
#include "support/models.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <range/v3/range/conversion.hpp>

#include <compute_divide/institutions/organisation_families.hpp>
#include <compute_divide/trends/selected.hpp>

#include "support/input.hpp"
#include "support/own_table.hpp"
#include "support/read_once.hpp"

namespace example {

std::vector<std::string> clusters_of(const cd::epoch_model& m, dependence by) {
    switch (by) {
        case dependence::shared:
            return m.organisations;
        case dependence::families:
            return cd::roll_up(m.organisations, {.year = m.year});
        case dependence::none:
            break;
    }
    return {};
}

std::function<models(const models&)> those(std::function<bool(const cd::epoch_model&)> keep) {
    return [keep = std::move(keep)](const models& all) {
        models kept;
        std::ranges::copy_if(all, std::back_inserter(kept), keep);
        return kept;
    };
}

std::function<models(const models&)> by_rule(cd::large_scale_rule rule, cd::large_scale_options options) {
    return [=](const models& all) {
        const auto chosen =
            cd::large_scale(all, &cd::epoch_model::published, &cd::epoch_model::training_flop, rule, options);
        return all | cd::selected(chosen) | ranges::to<models>();
    };
}

namespace {

/// A criterion of the study's inclusion rule (paper's supplement S1); its cut at the 90th percentile of citations is
/// not public, so "Highly cited" is taken as the table has it.
bool meets_study_criterion(const cd::epoch_model& m) {
    return std::ranges::any_of(m.criteria, [](const std::string& criterion) {
        return criterion == "SOTA improvement" || criterion == "Historical significance" || criterion == "Highly cited";
    });
}

}  // namespace

std::vector<definition> definitions() {
    using enum cd::large_scale_rule;
    return {
        {"all", "every model of known compute", those([](const auto&) { return true; })},
        {"notable", "notable models", those([](const auto& m) { return m.notable; })},
        {"study_filter", "state of the art, historical or highly cited", those(meets_study_criterion)},
        {"z_score_outliers", "z of log compute > 0.76 within 364 days", by_rule(z_score_outliers)},
        {"above_average", "z of log compute > 0 within 364 days", by_rule(z_score_outliers, {.z_score = {.high = 0}})},
        {"largest_of_year", "the 5 largest of each year", by_rule(largest_of_year)},
        {"near_running_maximum", "within 10 times of the largest so far", by_rule(near_running_maximum)},
        {"above_trend_quantile", "residual of the log trend in the top quarter", by_rule(above_trend_quantile)},
        {"above_threshold", "more than 1e23 FLOP", by_rule(above_threshold)}};
}

std::vector<std::string> definition_names() {
    std::vector<std::string> names;
    for (const definition& d : definitions()) names.push_back(d.name);
    return names;
}

definition definition_named(const std::string& name) {
    const auto all = definitions();
    const auto found = std::ranges::find(all, name, &definition::name);
    if (found == all.end())
        throw usage_error(
            fmt::format("--definition: one of {} is required, got {}", fmt::join(definition_names(), ", "), name));
    return *found;
}

std::string model_table::vintage(const std::string& wanted) const {
    const auto is_there = [this](const std::string& name) {
        return std::ranges::find(vintages, name) != vintages.end();
    };
    if (wanted.empty()) return vintages.back();
    if (!is_there(wanted))
        throw usage_error(
            names_vintages ? fmt::format("--vintage: one of {} is required, got {}", fmt::join(vintages, ", "), wanted)
                           : fmt::format("--vintage {}: the table has no column Vintage", wanted));
    return wanted;
}
models model_table::of(const std::string& vintage) const {
    return those([&](const auto& m) { return m.vintage == vintage; })(all);
}

void models_input::add_to(command_line& line) {
    line.add("--models", path, "Epoch AI's models table, any vintage as downloaded")
        .existing_file()
        .default_told("ours");
    line.add("--vintage", vintage, "of a table that holds several").default_told("the last of the table");
    if (!line.knows("--on-error")) add_on_error(line, on_error);
}
std::vector<std::string> models_input::sources() const {
    if (is_shipped()) return {"Epoch AI, models, CC BY 4.0"};
    return {path == "-" ? "standard input" : path};
}

namespace {

model_table read_table(const models_input& input) {
    cd::csv_reader rows = open_table(input.path, {.on_error = input.on_error});
    program_columns().rename(rows, epoch_fields());
    for (const auto& names : {std::vector<std::string>{"Model", "System"},
                              {"Publication date"},
                              {"Organization", "Organization(s)"},
                              {"Training compute (FLOP)", "Training compute (FLOPs)"}})
        require_column(rows, input.path, names);
    cd::epoch_table table = cd::read_epoch(std::move(rows));
    if (!input.is_shipped()) tell_problems(table.problems, table.n_problems);
    if (table.models.empty()) throw nothing_to_report(input.path + ": the table has no models");
    model_table result{std::move(table.models), {}};
    for (auto& m : result.all) {
        result.names_vintages = result.names_vintages || !m.vintage.empty();
        if (m.vintage.empty()) m.vintage = "this table";
        if (std::ranges::find(result.vintages, m.vintage) == result.vintages.end())
            result.vintages.push_back(m.vintage);
    }
    return result;
}

}  // namespace

const model_table& read_models(const models_input& input) {
    static read_once<std::pair<std::string, cd::error_handling>, model_table> tables;
    return tables({input.path, input.on_error}, [&] { return read_table(input); });
}

void require_models(const models& chosen, const definition& d, std::size_t among) {
    if (!chosen.empty()) return;
    throw nothing_to_report(among == 0
                                ? "no model has all that is needed: training compute, a date, who made it"
                                : fmt::format("none of {} models is counted by --definition {} ({}){}", among, d.name,
                                              d.meaning, d.name == "all" ? "" : "; --definition all counts them"));
}

}  // namespace example
