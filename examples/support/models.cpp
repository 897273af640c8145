// SPDX-License-Identifier: BSL-1.0
#include "support/models.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <range/v3/range/conversion.hpp>

#include <compute_divide/institutions/organisation_families.hpp>
#include <compute_divide/trends/selected.hpp>

#include "support/input.hpp"
#include "support/own_table.hpp"

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
    if (found == all.end()) throw std::invalid_argument("there is no definition " + name);
    return *found;
}

std::string model_table::vintage(const std::string& wanted) const {
    return std::ranges::find(vintages, wanted) != vintages.end() || vintages.empty() ? wanted : vintages.back();
}
models model_table::of(const std::string& vintage) const {
    return those([&](const auto& m) { return m.vintage == vintage; })(all);
}

model_table read_models(const std::string& path) {
    cd::epoch_table table = cd::read_epoch(renamed(open_table(path), epoch_fields()));
    for (const auto& problem : table.problems)
        fmt::print(stderr, "note: {}: line {}: {} \"{}\": {}\n", path, problem.line, problem.field, problem.value,
                   problem.reason);
    model_table result{std::move(table.models), {}};
    for (auto& m : result.all) {
        if (m.vintage.empty()) m.vintage = "this table";
        if (std::ranges::find(result.vintages, m.vintage) == result.vintages.end())
            result.vintages.push_back(m.vintage);
    }
    return result;
}

}  // namespace example
