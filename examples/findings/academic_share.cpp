// SPDX-License-Identifier: BSL-1.0
// Longer than a page: every definition in every vintage, and the table that --json gives of one of them.
#include "findings/academic_share.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/io/epoch.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/shares/clustered_shares.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/curve_inference.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/proportion_comparison.hpp>

#include "support/curves.hpp"
#include "support/figures.hpp"
#include "support/models.hpp"
#include "support/tables.hpp"

namespace example {

using cd::team_kind;

namespace of_academic_share {
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
/// The last table before the study.
const std::string study_vintage = "2023-12";

/// Counts by what teams are, for each year and for both periods.
template <class Kind>
struct counts_by {
    cd::clustered_table<int, Kind> years;
    cd::clustered_table<cd::key_window<int>, Kind> periods;
};

template <class Field>
auto count_by(const models& chosen, Field kind, dependence by) {
    const auto years = cd::tabulate(chosen, &cd::epoch_model::year, kind,
                                    cd::clustered_by([by](const cd::epoch_model& m) { return clusters_of(m, by); }));
    return counts_by<cd::known_t<cd::field_value_t<Field, models>>>{years, cd::windows(years, periods)};
}

/// Counts by team kind, and by whether academia and industry are both in the team.
struct counts {
    counts_by<team_kind> kinds;
    counts_by<bool> both;
};

counts count(const models& chosen, dependence by) {
    const auto both = [](const cd::epoch_model& m) {
        using enum team_kind;
        return m.team == academia_leaning || m.team == collaboration || m.team == industry_leaning;
    };
    return {count_by(chosen, &cd::epoch_model::team, by), count_by(chosen, both, by)};
}

/// The change of the share of academia-only teams between the periods.
cd::estimate change_of_academia(const counts& c, const academic_share_inputs& in) {
    if (in.clusters != dependence::none)
        return cd::share_difference(c.kinds.periods, periods[1], periods[0], team_kind::academia_only,
                                    {.share = {.interval = in.shares.interval, .level = in.shares.level}})
            .effect;
    const auto count = [&](const cd::key_window<int>& period) {
        const auto* const row = c.kinds.periods.counts().find(period);
        return row ? cd::share_count{row->weight_of(team_kind::academia_only), row->weight} : cd::share_count{};
    };
    return cd::share_difference(count(periods[1]), count(periods[0]), {.level = in.shares.level});
}

/// A model in one of the periods, of a vintage and as a definition chooses it.
struct period_model {
    std::size_t definition = 0, vintage = 0, period = 0;
    std::size_t cluster = 0;                      ///< that is drawn: of its first organisation, or family, or of itself
    std::vector<std::size_t> organisations = {};  ///< in a draw none: the cluster is all that it shares
    bool academia_only = false;
};

/// The same under a definition and in a vintage, of a draw of whole clusters.
cd::estimate change_in(const std::vector<period_model>& drawn, std::size_t definition, std::size_t vintage,
                       const academic_share_inputs& in) {
    std::vector<const period_model*> chosen;
    std::array<cd::share_count, 2> counted{};
    for (const period_model& m : drawn)
        if (m.definition == definition && m.vintage == vintage) {
            chosen.push_back(&m);
            counted[m.period].n += 1;
            counted[m.period].successes += m.academia_only ? 1 : 0;
        }
    if (in.clusters == dependence::none)
        return cd::share_difference(counted[1], counted[0], {.level = in.shares.level});
    const auto change = [&](auto labels) {
        const auto table = cd::tabulate(
            chosen, [](const period_model* m) { return m->period; },
            [](const period_model* m) { return m->academia_only; }, cd::clustered_by(labels));
        return cd::share_difference(table, 1, 0, true,
                                    {.share = {.interval = in.shares.interval, .level = in.shares.level}})
            .effect;
    };
    if (!chosen.empty() && chosen.front()->organisations.empty())
        return change([](const period_model* m) { return m->cluster; });
    return change([](const period_model* m) -> const std::vector<std::size_t>& { return m->organisations; });
}

/// The change under all definitions and in all vintages together: which models a definition chooses is as in the
/// tables, on every draw.
class change_curve {
public:
    void add(const models& chosen, std::size_t definition, std::size_t vintage, dependence by) {
        for (const cd::epoch_model& m : chosen)
            for (std::size_t i = 0; i < periods.size(); ++i) {
                if (!periods[i].contains(*m.year)) continue;
                const auto names = clusters_of(m, by);
                period_model one{definition, vintage, i, number_(names, m.name), {}, false};
                for (const std::string& name : names) one.organisations.push_back(number_(name));
                if (names.empty()) one.organisations.push_back(one.cluster);
                one.academia_only = m.team == team_kind::academia_only;
                all_.push_back(std::move(one));
            }
    }
    [[nodiscard]] cd::specification_curve test(const std::vector<std::string>& definitions,
                                               const std::vector<std::string>& vintages,
                                               const academic_share_inputs& in) const {
        const auto numbered = [](const char* name, const std::vector<std::string>& options) {
            cd::alternatives<std::size_t> all{name, {}};
            for (std::size_t i = 0; i < options.size(); ++i) all.options.push_back({options[i], i});
            return all;
        };
        return cd::resampled_curve(
            all_, &period_model::cluster,
            [](period_model& m, std::size_t place) {
                m.cluster = place;
                m.organisations.clear();
            },
            cd::specification_set(numbered("definition", definitions), numbered("vintage", vintages)),
            [&in](const std::vector<period_model>& drawn, std::size_t definition, std::size_t vintage) {
                return change_in(drawn, definition, vintage, in);
            },
            in.curve.options(cd::comparison_scale::difference));
    }

private:
    std::vector<period_model> all_;
    cluster_numbers number_;
};

/// From which year on industry-only teams are more than academia-only ones in every year up to 2022.
cd::estimate industry_leads_from(const counts& c) {
    cd::estimate since{.method = "first year"};
    for (const auto& row : c.kinds.years.counts()) {
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

/// The row of a key.
template <class Key>
cd::json_object json_of(int from, int to, const cd::clustered_table<Key, team_kind>& table, const Key& key,
                        const academic_share_inputs& in) {
    const auto& row = *table.counts().find(key);
    cd::json_object teams;
    for (const auto& [kind, name, description] : enumerators(team_kind{})) {
        if (kind == team_kind::unknown) continue;
        const cd::estimate e = share_in(table, key, kind, in.shares, in.clusters);
        teams.with(name,
                   cd::json_object()
                       .with("count", static_cast<std::uint64_t>(row.weight_of(kind)))
                       .with("share", e.value)
                       .with("lower", e.bounds ? std::optional(e.lower()) : std::nullopt)
                       .with("upper", e.bounds ? std::optional(e.upper()) : std::nullopt)
                       .with("design_effect", in.clusters == dependence::none ? std::nullopt : cd::design_effect(e))
                       .with("status", e.status));
    }
    return cd::json_object().with("from", from).with("to", to).with("n", row.n).with("teams", teams);
}

/// Years and periods as rows; of academia only, both, industry only and others as columns what `use` makes of shares.
template <class Use>
void add_rows(cd::table& t, const counts& c, const academic_share_inputs& in, Use use) {
    const auto add = [&](const std::string& label, const auto& key, auto counts_by<team_kind>::*kinds,
                         auto counts_by<bool>::*both) {
        using enum team_kind;
        const auto of = [&](team_kind kind) {
            return use(share_in(c.kinds.*kinds, key, kind, in.shares, in.clusters));
        };
        add_row(t, label, (c.both.*both).counts().find(key)->n, of(academia_only),
                use(share_in(c.both.*both, key, true, in.shares, in.clusters)), of(industry_only), of(other));
    };
    for (const auto& row : c.kinds.years.counts())
        if (row.key >= in.since)
            add(std::to_string(row.key), row.key, &counts_by<team_kind>::years, &counts_by<bool>::years);
    for (const auto& row : c.kinds.periods.counts())
        add(fmt::format("{}-{:02}", row.key.from, row.key.to % 100), row.key, &counts_by<team_kind>::periods,
            &counts_by<bool>::periods);
}

cd::table table_of_years(const counts& c, const academic_share_inputs& in) {
    cd::table t{.name = "years", .title = "Models by kind of team"};
    t.columns = {{.name = "years"},
                 {.name = "n"},
                 percent_column("academia only"),
                 percent_column("both"),
                 percent_column("industry only"),
                 percent_column("other")};
    add_rows(t, c, in, [](const cd::estimate& share) { return share; });
    return t;
}

/// How many models are worth one that is independent.
cd::table table_of_design_effects(const counts& c, const academic_share_inputs& in) {
    cd::table t{.name = "design_effects",
                .title = fmt::format("Design effects: so many models are worth one that is independent; models {} "
                                     "depend on each other",
                                     cd::description_of(in.clusters))};
    t.columns = {{.name = "years"}, {.name = "n"}};
    for (const char* const kind : {"academia only", "both", "industry only", "other"})
        t.columns.push_back({.name = kind, .style = {.digits = 1, .notation = cd::number_notation::fixed}});
    add_rows(t, c, in, [](const cd::estimate& share) { return cd::design_effect(share); });
    return t;
}

/// Which models these are.
std::string words_of(const definition& d, const std::string& vintage) {
    return fmt::format("{} ({}), {}", d.name, d.meaning, vintage);
}

/// `of`: which models these are.
cd::figure figure_of_years(const counts_by<team_kind>& c, const academic_share_inputs& in, const std::string& of) {
    figure_builder f({.name = "shares",
                      .title = "Large models by kind of team",
                      .x = {.label = "Year", .scale = cd::axis_scale::date},
                      .y = {.label = "Share of models", .unit = "%", .scale = cd::axis_scale::share},
                      .notes = {of}});
    for (const auto& [name, kind] :
         {std::pair{"academia only", team_kind::academia_only}, std::pair{"industry only", team_kind::industry_only}})
        for (const auto& row : shares_of(c.years, kind, in.shares, in.clusters))
            if (row.key >= in.since) f.add(name, row.key, row.share);
    return f.figure(in.models.sources());
}

/// What is asked about: the models of a vintage that can be counted, and those of them that the definition chooses.
struct selection {
    const model_table& table;
    std::string vintage = {};
    sample countable = {};
    definition by = {};
    models chosen = {};
};
/// Throws nothing_to_report where none is chosen.
selection select(const academic_share_inputs& in) {
    selection s{.table = read_models(in.models)};
    s.vintage = s.table.vintage(in.models.vintage);
    s.countable = countable(s.table.of(s.vintage));
    s.by = definition_named(in.definition);
    s.chosen = s.by.choose(s.countable.known);
    require_models(s.chosen, s.by, s.countable.known.size());
    return s;
}

}  // namespace
}  // namespace of_academic_share

cd::finding academic_share(const academic_share_inputs& in) {
    using namespace of_academic_share;
    const auto [table, chosen_vintage, s, d, chosen] = select(in);
    const int last = *std::ranges::max(chosen, {}, &cd::epoch_model::year).year;
    if (in.since > last)
        throw nothing_to_report(
            fmt::format("--since {}: the last models of {} are of {}", in.since, chosen_vintage, last));
    constexpr auto study = "Besiroglu et al. (2024)";
    const cd::claim share{.source = study, .unit = "%", .style = cd::percent_style()};
    std::array<cd::claim, 5> claims{share, share, share, {.source = study, .style = {.digits = 4}}, share};
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
    state(4, "change of academia only, 2010-14 to 2020-22", "falling, from about 65 % to about 10 %", 0, 0);
    claims[4].direction = cd::claim_direction::below;
    claims[4].unit = "points";

    // Nearest the study's words is the table of its own time, unless another is asked for.
    const bool of_its_time =
        in.models.vintage.empty() && std::ranges::find(table.vintages, study_vintage) != table.vintages.end();
    const std::string& headline_vintage = of_its_time ? study_vintage : chosen_vintage;
    const std::string why = d.meaning + (of_its_time ? ", in the last table before the study" : "");

    cd::finding f{.name = "academic_share", .question = "Who trains the large models?"};
    change_curve change;
    for (std::size_t v = 0; v < table.vintages.size(); ++v) {
        const std::string& vintage = table.vintages[v];
        const sample of_vintage = countable(table.of(vintage));
        std::size_t number = 0;
        for (const auto& each : definitions()) {
            const models of_definition = each.choose(of_vintage.known);
            const counts c = count(of_definition, in.clusters);
            change.add(of_definition, number++, v, in.clusters);
            const auto in_period = [&](std::size_t i) {
                return share_in(c.kinds.periods, periods[i], team_kind::academia_only, in.shares, in.clusters);
            };
            const std::array answers{in_period(0), in_period(1),
                                     share_in(c.kinds.years, 2022, team_kind::industry_only, in.shares, in.clusters),
                                     industry_leads_from(c), change_of_academia(c, in)};
            const bool headline = vintage == headline_vintage && each.name == in.definition;
            for (std::size_t i = 0; i < answers.size(); ++i)
                claims[i].specifications.push_back({.choices = {{"definition", each.name}, {"vintage", vintage}},
                                                    .result = answers[i],
                                                    .headline = headline,
                                                    .why = headline ? why : ""});
        }
    }
    const auto curve = change.test(definition_names(), table.vintages, in);
    set_tested(claims[4], curve);
    f.claims.assign(claims.begin(), claims.end());
    const counts c = count(chosen, in.clusters);
    f.tables.push_back(table_of_years(c, in));
    const std::string of = words_of(d, chosen_vintage);
    f.tables.back().title += ", " + of;
    if (in.clusters != dependence::none) f.tables.push_back(table_of_design_effects(c, in));
    if (curve) f.tables.push_back(table_of_curves({{claims[4].name, &curve}}));
    f.figures.push_back(figure_of_years(c.kinds, in, of));
    f.notes = {
        fmt::format("{}: {} models have compute, year and category, {} do not; {} intervals at {:g} %", chosen_vintage,
                    s.known.size(), s.missing, cd::name_of(in.shares.interval), 100 * in.shares.level),
        in.clusters == dependence::none
            ? "Models are taken as independent of each other"
            : fmt::format("Models {} depend on each other; few clusters: fewer than 20 of these",
                          cd::description_of(in.clusters)),
        "Which models the study counts is not public: the answer moves with the definition and the vintage"};
    if (curve.joint)
        f.notes.push_back(told(curve.joint, in.clusters == dependence::none ? "models" : "first organisations") +
                          "; which models count is as in the tables, on every draw");
    f.sources = in.models.sources();
    return f;
}

std::vector<academic_share_view> academic_share_views(const academic_share_inputs& in) {
    using namespace of_academic_share;
    const model_table& table = read_models(in.models);
    std::vector<academic_share_view> views;
    for (const std::string& vintage : table.vintages) {
        const sample of_vintage = countable(table.of(vintage));
        for (const definition& each : definitions())
            if (const models chosen = each.choose(of_vintage.known); !chosen.empty())
                views.push_back({each.name, vintage,
                                 figure_of_years(count_by(chosen, &cd::epoch_model::team, in.clusters), in,
                                                 words_of(each, vintage))});
    }
    return views;
}

std::string academic_share_json(const academic_share_inputs& in) {
    using namespace of_academic_share;
    const selection s = select(in);
    const counts c = count(s.chosen, in.clusters);
    std::vector<cd::json_object> years, windows;
    for (const auto& row : c.kinds.years.counts())
        years.push_back(json_of(row.key, row.key, c.kinds.years, row.key, in));
    for (const auto& row : c.kinds.periods.counts())
        windows.push_back(json_of(row.key.from, row.key.to, c.kinds.periods, row.key, in));
    return cd::json_object()
        .with("definition", in.definition)
        .with("interval", in.shares.interval)
        .with("clusters", in.clusters)
        .with("level", in.shares.level)
        .with("missing", s.countable.missing)
        .with("years", years)
        .with("windows", windows)
        .text();
}

}  // namespace example
