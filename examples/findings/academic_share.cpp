// SPDX-License-Identifier: BSL-1.0
// Longer than a page: every definition in every vintage, and the table that --json gives of one of them.
#include "findings/academic_share.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/io/epoch.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/proportion.hpp>

#include "support/models.hpp"
#include "support/plot.hpp"
#include "support/tables.hpp"

namespace example {

using cd::team_kind;

namespace {

/// The models of a vintage that can be counted: of known compute, year and category. The others count in `missing`.
struct sample {
    models known;
    std::uint64_t missing = 0;
};

sample countable(const models& vintage) {
    sample s;
    for (const auto& m : vintage) {
        if (m.training_flop > 0 && m.year && m.team != team_kind::unknown)
            s.known.push_back(m);
        else
            ++s.missing;
    }
    return s;
}

/// The study's early 2010s and early 2020s.
const std::vector<cd::key_window<int>> periods{{2010, 2014}, {2020, 2022}};

/// Counts by team kind, for each year and for both periods.
struct counts {
    cd::tally_table<int, team_kind> years;
    cd::tally_table<cd::key_window<int>, team_kind> periods;
};

counts count(const models& chosen) {
    const auto years = cd::tabulate(chosen, &cd::epoch_model::year, &cd::epoch_model::team);
    return {years, cd::windows(years, periods)};
}

/// The share of a kind in a row of counts, which may not be there.
cd::estimate share_in(const auto* row, team_kind kind, const cd::share_options& options) {
    return row ? cd::share(row->weight_of(kind), row->weight, options) : cd::share(0, 0, options);
}

/// From which year on industry-only teams are more than academia-only ones in every year up to 2022.
cd::estimate industry_leads_from(const counts& c) {
    cd::estimate since{.method = "first year"};
    for (const auto& row : c.years) {
        if (row.key > 2022) break;
        since.n += row.n;
        const bool leads = row.weight_of(team_kind::industry_only) > row.weight_of(team_kind::academia_only);
        if (!leads) since.value.reset();
        if (leads && !since.value) since.value = row.key;
    }
    since.status = since.value    ? cd::estimate_status::ok
                   : since.n == 0 ? cd::estimate_status::no_data
                                  : cd::estimate_status::degenerate;
    return since;
}

cd::json_object json_of(int from, int to, const auto& row, const cd::share_options& options) {
    cd::json_object teams;
    for (const auto& [kind, name, description] : enumerators(team_kind{})) {
        if (kind == team_kind::unknown) continue;
        const cd::estimate e = cd::share(row.weight_of(kind), row.weight, options);
        teams.with(name, cd::json_object()
                             .with("count", static_cast<std::uint64_t>(row.weight_of(kind)))
                             .with("share", e.value)
                             .with("lower", e.bounds ? std::optional(e.lower()) : std::nullopt)
                             .with("upper", e.bounds ? std::optional(e.upper()) : std::nullopt));
    }
    return cd::json_object().with("from", from).with("to", to).with("n", row.n).with("teams", teams);
}

/// Years and periods as rows; academia only, both, industry only and others as columns.
cd::table table_of_years(const counts& c, const academic_share_inputs& in) {
    cd::table t{.name = "years", .title = "Models by kind of team"};
    t.columns = {{.name = "years"},
                 {.name = "n"},
                 percent_column("academia only"),
                 percent_column("both"),
                 percent_column("industry only"),
                 percent_column("other")};
    const auto add = [&](const std::string& label, const auto& row) {
        const auto share = [&](double weight) { return cd::share(weight, row.weight, in.shares); };
        using enum team_kind;
        const double both =
            row.weight_of(academia_leaning) + row.weight_of(collaboration) + row.weight_of(industry_leaning);
        add_row(t, label, row.n, share(row.weight_of(academia_only)), share(both), share(row.weight_of(industry_only)),
                share(row.weight_of(other)));
    };
    for (const auto& row : c.years)
        if (row.key >= in.since) add(std::to_string(row.key), row);
    for (const auto& row : c.periods) add(fmt::format("{}-{:02}", row.key.from, row.key.to % 100), row);
    return t;
}

cd::figure figure_of_years(const counts& c, const academic_share_inputs& in) {
    estimated_series academia("academia only"), industry("industry only");
    for (const auto& row : c.years) {
        if (row.key < in.since) continue;
        academia.add(row.key, share_in(&row, team_kind::academia_only, in.shares), 100);
        industry.add(row.key, share_in(&row, team_kind::industry_only, in.shares), 100);
    }
    cd::figure f{.name = "shares", .title = "Models by kind of team", .x = {.label = "Year"}};
    f.y = {.label = "Share of models", .unit = "%"};
    academia.add_to(f);
    industry.add_to(f);
    return f;
}

}  // namespace

cd::finding academic_share(const academic_share_inputs& in) {
    const model_table table = read_models(in.models);
    const std::string chosen_vintage = table.vintage(in.vintage);
    constexpr auto study = "Besiroglu et al. (2024)";
    const cd::claim share{.source = study, .unit = "%", .style = cd::percent_style()};
    std::array<cd::claim, 4> claims{share, share, share, {.source = study, .style = {.digits = 4}}};
    const auto state = [&](std::size_t i, const char* name, const char* text, double reference, double margin) {
        claims[i].name = name;
        claims[i].text = text;
        claims[i].reference = reference;
        claims[i].margin = margin;
    };
    state(0, "academia only, 2010-14", "about 65 %", 0.65, 0.025);
    state(1, "academia only, 2020-22", "about 10 %", 0.10, 0.025);
    state(2, "industry only, 2022", "81 %", 0.81, 0.005);
    state(3, "more industry-only than academia-only in every year since", "2017", 2017, 0);

    cd::finding f{.name = "academic_share", .question = "Who trains the large models?"};
    for (const auto& vintage : table.vintages) {
        const sample s = countable(table.of(vintage));
        for (const auto& d : definitions()) {
            const counts c = count(d.choose(s.known));
            const std::array answers{share_in(c.periods.find(periods[0]), team_kind::academia_only, in.shares),
                                     share_in(c.periods.find(periods[1]), team_kind::academia_only, in.shares),
                                     share_in(c.years.find(2022), team_kind::industry_only, in.shares),
                                     industry_leads_from(c)};
            const bool headline = vintage == chosen_vintage && d.name == in.definition;
            for (std::size_t i = 0; i < answers.size(); ++i)
                claims[i].specifications.push_back({.choices = {{"definition", d.name}, {"vintage", vintage}},
                                                    .result = answers[i],
                                                    .headline = headline,
                                                    .why = headline ? d.meaning : ""});
        }
    }
    f.claims.assign(claims.begin(), claims.end());
    const sample s = countable(table.of(chosen_vintage));
    const definition d = definition_named(in.definition);
    const counts c = count(d.choose(s.known));
    f.tables.push_back(table_of_years(c, in));
    f.tables.back().title += fmt::format(", {} ({}), {}", d.name, d.meaning, chosen_vintage);
    f.figures.push_back(figure_of_years(c, in));
    f.notes = {
        fmt::format("{}: {} models have compute, year and category, {} do not; {} intervals at {:g} %", chosen_vintage,
                    s.known.size(), s.missing, cd::name_of(in.shares.interval), 100 * in.shares.level),
        "Which models the study counts is not public: the answer moves with the definition and the vintage"};
    f.sources = {"Epoch AI, models, CC BY 4.0"};
    return f;
}

std::string academic_share_json(const academic_share_inputs& in) {
    const model_table table = read_models(in.models);
    const sample s = countable(table.of(table.vintage(in.vintage)));
    const counts c = count(definition_named(in.definition).choose(s.known));
    std::vector<cd::json_object> years, windows;
    for (const auto& row : c.years) years.push_back(json_of(row.key, row.key, row, in.shares));
    for (const auto& row : c.periods) windows.push_back(json_of(row.key.from, row.key.to, row, in.shares));
    return cd::json_object()
        .with("definition", in.definition)
        .with("interval", in.shares.interval)
        .with("level", in.shares.level)
        .with("missing", s.missing)
        .with("years", years)
        .with("windows", windows)
        .text();
}

}  // namespace example
