// SPDX-License-Identifier: BSL-1.0
#include "support/vintages.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include <compute_divide/shares/clustered_shares.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/trends/compare.hpp>
#include <compute_divide/trends/log_trend.hpp>

#include "support/figures.hpp"
#include "support/reference_mark.hpp"
#include "support/tables.hpp"

namespace example {

using cd::compared_field;
using cd::epoch_model;
using cd::field_kind;
using cd::team_kind;

namespace {

const std::string any_model = "any";

/// Every field of a model but its name, its vintage and its reference, which tell models apart.
const std::tuple fields_of_models{compared_field{"organisations", &epoch_model::organisations},
                                  compared_field{"category", &epoch_model::category},
                                  compared_field{"team", &epoch_model::team},
                                  compared_field{"countries", &epoch_model::countries},
                                  compared_field{"domains", &epoch_model::domains},
                                  compared_field{"tasks", &epoch_model::tasks},
                                  compared_field{"criteria", &epoch_model::criteria},
                                  compared_field{"notable", &epoch_model::notable},
                                  compared_field{"confidence", &epoch_model::confidence},
                                  compared_field{"training_hardware", &epoch_model::training_hardware},
                                  compared_field{"numerical_formats", &epoch_model::numerical_formats},
                                  compared_field{"estimation_methods", &epoch_model::estimation_methods},
                                  compared_field{"base_models", &epoch_model::base_models},
                                  compared_field{"model_accessibility", &epoch_model::model_accessibility},
                                  compared_field{"code_accessibility", &epoch_model::code_accessibility},
                                  compared_field{"published", &epoch_model::published, field_kind::value},
                                  compared_field{"year", &epoch_model::year},
                                  compared_field{"training_flop", &epoch_model::training_flop},
                                  compared_field{"parameters", &epoch_model::parameters},
                                  compared_field{"dataset_size", &epoch_model::dataset_size},
                                  compared_field{"epochs", &epoch_model::epochs},
                                  compared_field{"hardware_quantity", &epoch_model::hardware_quantity},
                                  compared_field{"training_hours", &epoch_model::training_hours},
                                  compared_field{"utilisation", &epoch_model::utilisation},
                                  compared_field{"citations", &epoch_model::citations}};

std::string spelling(const epoch_model& m) {
    std::string kept;
    for (const char c : m.name) {
        if (c >= 'A' && c <= 'Z') kept += static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) > 127) kept += c;
    }
    return kept;
}
std::optional<std::tuple<std::chrono::sys_days, double, double>> measures(const epoch_model& m) {
    if (!m.published || !m.training_flop || !m.parameters) return std::nullopt;
    return std::tuple(std::chrono::sys_days(*m.published), *m.training_flop, *m.parameters);
}
bool may_be_the_same(const epoch_model& a, const epoch_model& b) {
    const auto agree = [](const std::optional<double>& x, const std::optional<double>& y) {
        return !x || !y || *x == *y;
    };
    return agree(a.parameters, b.parameters) && agree(a.training_flop, b.training_flop);
}
const std::tuple identities{
    cd::row_identity{"spelling", spelling}, cd::row_identity{"day, compute and parameters", measures},
    cd::row_identity{"reference", [](const epoch_model& m) { return reference_mark(m.reference); }, may_be_the_same}};

cd::estimate share_of(const models& all, int from, int to, team_kind kind, double level) {
    const auto is = [&](const epoch_model& m) {
        return m.team == team_kind::unknown ? std::nullopt : std::optional(m.team == kind);
    };
    const models in_period = those([&](const auto& m) { return m.year && *m.year >= from && *m.year <= to; })(all);
    return cd::share(in_period, is, cd::clustered_by(&epoch_model::organisations), {.level = level}).share;
}

/// Whether something holds of the models of a kind of team from a year on; unknown where `is` says so.
template <class Is>
cd::estimate share_since(const models& all, int since, team_kind kind, Is is, double level) {
    const models chosen = those([&](const auto& m) { return m.year && *m.year >= since && m.team == kind; })(all);
    return cd::share(chosen, is, cd::clustered_by(&epoch_model::organisations), {.level = level}).share;
}

cd::estimate change_of_academia(const models& all, double level) {
    const auto period = [](const epoch_model& m) -> std::optional<int> {
        if (m.team == team_kind::unknown || !m.year) return std::nullopt;
        if (*m.year >= 2010 && *m.year <= 2014) return 0;
        return *m.year >= 2020 && *m.year <= 2022 ? std::optional(1) : std::nullopt;
    };
    const auto table = cd::tabulate(all, period, &epoch_model::team, cd::clustered_by(&epoch_model::organisations));
    const auto has = [&](int key) { return table.counts().find(key) != nullptr; };
    if (!has(0) || !has(1)) return {};
    return cd::share_difference(table, 1, 0, team_kind::academia_only, {.share = {.level = level}}).effect;
}

models since_2010(const models& all) {
    return those([](const auto& m) { return m.training_flop > 0 && cd::decimal_year(m.published) >= 2010; })(all);
}

cd::estimate growth_of(const models& all, double level) {
    return cd::fit_log_trend(since_2010(all), &epoch_model::published, &epoch_model::training_flop,
                             &epoch_model::organisations)
        .growth({.interval = cd::trend_interval::clustered, .level = level})
        .factor;
}
cd::estimate lag_of(const models& all, double level) {
    const auto sector = [](const epoch_model& m) -> std::optional<std::string> {
        if (m.team == team_kind::academia_only) return "academia";
        return m.team == team_kind::industry_only ? std::optional<std::string>("industry") : std::nullopt;
    };
    const auto trends = cd::fit_log_trends(since_2010(all), sector, &epoch_model::published,
                                           &epoch_model::training_flop, &epoch_model::organisations);
    if (trends.groups().size() < 2) return {};
    return trends.lag("academia", "industry", 2022, {.interval = cd::trend_interval::clustered, .level = level}).years;
}

struct question {
    std::string name, unit;
    cd::estimate (*answer)(const models&, double level);
    cd::number_style style = {};
};
const cd::number_style in_percent{.digits = 1, .notation = cd::number_notation::fixed, .percent = true};

/// Of the models that a definition chooses from those of known compute.
const std::vector<question> of_definitions{
    {"academia only, 2010-14", "%",
     [](const models& all, double level) { return share_of(all, 2010, 2014, team_kind::academia_only, level); },
     in_percent},
    {"academia only, 2020-22", "%",
     [](const models& all, double level) { return share_of(all, 2020, 2022, team_kind::academia_only, level); },
     in_percent},
    {"change of academia only", "points", change_of_academia, in_percent},
    {"industry only, 2020-22", "%",
     [](const models& all, double level) { return share_of(all, 2020, 2022, team_kind::industry_only, level); },
     in_percent},
    {"industry only, 2022", "%",
     [](const models& all, double level) { return share_of(all, 2022, 2022, team_kind::industry_only, level); },
     in_percent},
    {"training compute since 2010", "times a year", growth_of},
    {"academia behind industry, 2022", "years", lag_of}};

std::optional<bool> has_open_code(const epoch_model& m) {
    return m.code_accessibility.empty() ? std::nullopt : std::optional(m.code_accessibility.starts_with("Open"));
}
bool has_base_model(const epoch_model& m) {
    return !m.base_models.empty();
}
/// Of all models.
const std::vector<question> of_all{{"open training code, academia only, since 2012", "%",
                                    [](const models& all, double level) {
                                        return share_since(all, 2012, team_kind::academia_only, has_open_code, level);
                                    },
                                    in_percent},
                                   {"open training code, industry only, since 2012", "%",
                                    [](const models& all, double level) {
                                        return share_since(all, 2012, team_kind::industry_only, has_open_code, level);
                                    },
                                    in_percent},
                                   {"on a base model, academia only, since 2019", "%",
                                    [](const models& all, double level) {
                                        return share_since(all, 2019, team_kind::academia_only, has_base_model, level);
                                    },
                                    in_percent},
                                   {"on a base model, industry only, since 2019", "%",
                                    [](const models& all, double level) {
                                        return share_since(all, 2019, team_kind::industry_only, has_base_model, level);
                                    },
                                    in_percent}};

}  // namespace

std::vector<vintage_estimate> vintage_estimates::names() const {
    std::vector<vintage_estimate> all;
    for (const question& q : of_definitions)
        for (const std::string& definition : definitions_) all.push_back({q.name, q.unit, definition, q.style});
    for (const question& q : of_all) all.push_back({q.name, q.unit, any_model, q.style});
    return all;
}

std::vector<cd::estimate> vintage_estimates::operator()(const models& vintage) const {
    const models known = those([](const auto& m) { return m.training_flop > 0; })(vintage);
    const models countable = those([](const auto& m) { return m.year && m.team != team_kind::unknown; })(known);
    std::vector<models> for_shares, for_trends;
    for (const std::string& name : definitions_) {
        const definition d = definition_named(name);
        for_shares.push_back(d.choose(countable));
        for_trends.push_back(d.choose(known));
    }
    std::vector<cd::estimate> all;
    for (const question& q : of_definitions)
        for (std::size_t i = 0; i < definitions_.size(); ++i)
            all.push_back(q.answer(q.unit == "%" || q.unit == "points" ? for_shares[i] : for_trends[i], level_));
    for (const question& q : of_all) all.push_back(q.answer(vintage, level_));
    return all;
}

cd::table_diff compare_vintages(const models& older, const models& newer, double tolerance) {
    return cd::compare_tables(older, newer, &epoch_model::name, fields_of_models, identities, {.tolerance = tolerance});
}

vintage_step step_between(vintage older, vintage newer, double tolerance, const vintage_estimates& of) {
    vintage_step step{std::move(older), std::move(newer), {}, {}};
    step.diff = compare_vintages(step.older.rows, step.newer.rows, tolerance);
    step.parts = cd::parts_of_changes(step.diff, step.older.rows, step.newer.rows, fields_of_models, of);
    return step;
}

std::vector<std::string> compared_field_names() {
    std::vector<std::string> names;
    std::apply([&](const auto&... each) { (names.push_back(each.name), ...); }, fields_of_models);
    return names;
}

cd::table table_of_steps(const std::vector<vintage_step>& steps) {
    cd::table t{.name = "rows", .title = "Rows of each vintage in the next"};
    t.columns = {{.name = "vintages"},   {.name = "older"},     {.name = "newer"},      {.name = "in both"},
                 {.name = "renamed"},    {.name = "added"},     {.name = "removed"},    {.name = "relabelled"},
                 {.name = "recomputed"}, {.name = "unchanged"}, {.name = "duplicates"}, {.name = "unsettled"}};
    for (const vintage_step& s : steps)
        add_row(t, s.name(), s.diff.n_older, s.diff.n_newer, s.diff.matched.size(), s.diff.n_renamed(),
                s.diff.added.size(), s.diff.removed.size(), s.diff.n_relabelled(), s.diff.n_recomputed(),
                s.diff.n_unchanged(), s.diff.duplicates.size(), s.diff.unsettled.size());
    t.notes = {
        "A row is known by its name; where that is not there, by its spelling (letters and digits alone), by day, "
        "compute and parameters together, or by what it was published in where compute and parameters do not "
        "contradict: only where one row of each vintage has these. Duplicates: names of several rows. Unsettled: "
        "groups "
        "of rows that may be the same, and of which it is not certain; they count as added and removed."};
    return t;
}

cd::table table_of_fields(const std::vector<vintage_step>& steps) {
    cd::table t{.name = "fields", .title = "Fields of the rows in both that are others"};
    t.columns = {{.name = "vintages"}, {.name = "field"},  {.name = "kind"},
                 {.name = "changed"},  {.name = "filled"}, {.name = "emptied"}};
    for (const vintage_step& s : steps) {
        t.groups.push_back({t.rows.size()});
        for (const cd::field_changes& f : s.diff.fields)
            if (f.changed + f.filled + f.emptied > 0)
                add_row(t, s.name(), f.name, f.kind, f.changed, f.filled, f.emptied);
    }
    t.notes = {"Lists are compared in their order; filled: not known before, emptied: not known any more."};
    return t;
}

cd::table table_of_parts(const std::vector<vintage_step>& steps, const vintage_estimates& of) {
    cd::table t{.name = "parts", .title = "What the findings said, say, and what the change is due to"};
    constexpr auto programs = cd::column_audience::programs;
    t.columns = {{.name = "models", .audience = cd::column_audience::readers},
                 {.name = "finding", .audience = programs},
                 {.name = "definition", .audience = programs},
                 {.name = "vintages", .audience = programs},
                 {.name = "before"},
                 {.name = "after"},
                 {.name = "rows"},
                 {.name = "recomputed"},
                 {.name = "relabelled"},
                 {.name = "other", .audience = programs}};
    const auto names = of.names();
    std::string last;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].name != last) {
            t.groups.push_back({t.rows.size(), names[i].name + ", " + names[i].unit});
            last = names[i].name;
        }
        for (const vintage_step& s : steps) {
            const cd::change_parts& p = s.parts[i];
            const auto as = [&](const auto& value) {
                cd::cell made = cd::to_cell(value);
                made.style = names[i].style;
                return made;
            };
            const auto part = [&](const std::optional<double>& value) {
                if (!value) return cd::to_cell(p.status);
                cd::cell made = as(*value);
                if (!names[i].style.percent)
                    made.style = cd::number_style{.digits = 2, .notation = cd::number_notation::fixed};
                return made;
            };
            t.rows.push_back({cd::to_cell(names[i].definition + ", " + s.name()), cd::to_cell(names[i].name),
                              cd::to_cell(names[i].definition), cd::to_cell(s.name()), as(p.before), as(p.after),
                              part(p.rows), part(p.recomputed), part(p.relabelled), part(p.other)});
        }
    }
    t.notes = {
        "Parts are Shapley's: the mean, over all orders, of what rows added and removed, values recomputed and labels "
        "changed each do to the number; they sum to its change. They describe two tables, and have no interval. "
        "Intervals of numbers: models that share an organisation depend on each other.",
        "Definitions choose from models of known compute; any: all models of the vintage."};
    return t;
}

namespace {

void add_rows_of(cd::table& t, const vintage_step& s, row_list which, const std::vector<std::string>& fields) {
    const models &older = s.older.rows, &newer = s.newer.rows;
    const auto add = [&](const std::string& model, const std::string& field, const auto& before, const auto& after) {
        add_row(t, s.name(), which, model, field, before, after);
    };
    const auto names_of = [](const models& rows, const std::vector<std::size_t>& places) {
        std::string names;
        for (const std::size_t i : places) names += (names.empty() ? "" : "; ") + rows[i].name;
        return names;
    };
    switch (which) {
        case row_list::added:
            for (const std::size_t i : s.diff.added) add(newer[i].name, "", cd::not_applicable{}, cd::not_applicable{});
            break;
        case row_list::removed:
            for (const std::size_t i : s.diff.removed)
                add(older[i].name, "", cd::not_applicable{}, cd::not_applicable{});
            break;
        case row_list::renamed:
            for (const cd::row_match& m : s.diff.matched)
                if (m.is_renamed)
                    add(older[m.older].name, m.identity ? "by " + s.diff.identities[*m.identity] : "",
                        older[m.older].name, newer[m.newer].name);
            break;
        case row_list::relabelled:
        case row_list::recomputed:
            for (const cd::field_change& c : s.diff.changes) {
                const cd::field_changes& field = s.diff.fields[c.field];
                if ((field.kind == field_kind::label) != (which == row_list::relabelled)) continue;
                if (!fields.empty() && std::ranges::find(fields, field.name) == fields.end()) continue;
                const auto said = [](const std::string& text, const std::optional<double>& value) {
                    if (text.empty()) return cd::cell{cd::missing_value{}};
                    return value ? cd::to_cell(*value) : cd::to_cell(text);
                };
                add(older[s.diff.matched[c.match].older].name, field.name, said(c.before, c.value_before),
                    said(c.after, c.value_after));
            }
            break;
        case row_list::duplicates:
            for (const cd::duplicate_key& d : s.diff.duplicates) add(d.key, "", d.older.size(), d.newer.size());
            break;
        case row_list::unsettled:
            for (const cd::unsettled_rows& u : s.diff.unsettled) {
                std::string why(cd::description_of(u.reason));
                if (u.identity) why += " (" + s.diff.identities[*u.identity] + ")";
                add("", why, names_of(older, u.older), names_of(newer, u.newer));
            }
            break;
    }
}

}  // namespace

cd::table table_of_rows(const std::vector<vintage_step>& steps, const std::vector<row_list>& which,
                        const std::vector<std::string>& fields) {
    cd::table t{.name = "list", .title = "The rows"};
    t.columns = {{.name = "vintages"}, {.name = "what"},   {.name = "model"},
                 {.name = "field"},    {.name = "before"}, {.name = "after"}};
    for (const vintage_step& s : steps)
        for (const row_list each : which) {
            t.groups.push_back({t.rows.size()});
            add_rows_of(t, s, each, fields);
        }
    return t;
}

cd::figure figure_of_shares(const std::vector<vintage_step>& steps, const vintage_estimates& of,
                            const std::string& definition, const std::vector<std::string>& sources) {
    figure_builder f({.name = "vintages",
                      .title = "What each vintage says of the same years",
                      .x = {.label = "Vintage", .scale = cd::axis_scale::categories},
                      .y = {.label = "Share of models", .unit = "%", .scale = cd::axis_scale::share},
                      .notes = {definition_named(definition).meaning}});
    const auto names = of.names();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].definition != definition || names[i].unit != "%") continue;
        f.add(names[i].name, steps.front().older.name, steps.front().parts[i].before);
        for (const vintage_step& s : steps) f.add(names[i].name, s.newer.name, s.parts[i].after);
    }
    return f.figure(sources);
}

}  // namespace example
