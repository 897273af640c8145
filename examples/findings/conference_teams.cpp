// SPDX-License-Identifier: BSL-1.0
// Longer than a page: shares as seen and as corrected, of four kinds of team.
#include "findings/conference_teams.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/shares/corrected_shares.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/cluster_equations.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/text/normalise.hpp>

#include "support/curves.hpp"
#include "support/figures.hpp"
#include "support/papers.hpp"
#include "support/tables.hpp"

namespace example {

namespace of_conference_teams {
namespace {

using year_of_venue = std::pair<std::string, int>;

/// The papers of a kind and the others, of those of which a sector is known, by venue and year.
struct kind_counts {
    team_errors errors;
    cd::clustered_table<year_of_venue, bool> table;
};

/// What a venue is of; one that is not known by name is of itself.
std::string area_of(const std::string& venue) {
    static const std::map<std::string, std::string, std::less<>> areas{{"acl", "natural language"},
                                                                       {"naacl", "natural language"},
                                                                       {"coling", "natural language"},
                                                                       {"emnlp", "natural language"},
                                                                       {"eacl", "natural language"},
                                                                       {"cvpr", "vision"},
                                                                       {"iccv", "vision"},
                                                                       {"eccv", "vision"},
                                                                       {"wacv", "vision"},
                                                                       {"neurips", "machine learning"},
                                                                       {"icml", "machine learning"},
                                                                       {"iclr", "machine learning"},
                                                                       {"aistats", "machine learning"},
                                                                       {"uai", "machine learning"},
                                                                       {"colt", "machine learning"},
                                                                       {"acml", "machine learning"},
                                                                       {"automl", "machine learning"},
                                                                       {"aaai", "artificial intelligence"},
                                                                       {"ijcai", "artificial intelligence"},
                                                                       {"corl", "robotics"},
                                                                       {"rss", "robotics"}};
    const auto found = areas.find(cd::normalised(venue));
    return found == areas.end() ? venue : found->second;
}

year_of_venue row_of(const paper& p, bool by_area) {
    return {by_area ? area_of(p.venue) : p.venue, p.year};
}

std::optional<bool> is_of(const std::string& kind, const paper& p) {
    const cd::team_kind team = cd::team_of(p.authors, team_rule);
    return team == cd::team_kind::unknown ? std::nullopt : std::optional(is_kind(kind, team));
}

std::vector<kind_counts> count(const std::vector<paper>& papers, const conference_teams_inputs& in) {
    const auto venue_and_year = [&in](const paper& p) { return row_of(p, in.by_area); };
    std::vector<kind_counts> counts;
    std::vector<team_errors> all_errors;
    if (in.errors.empty())
        for (const std::string& kind : kinds) all_errors.push_back({kind, {}});
    else
        all_errors = read_team_errors(in.errors);
    for (const auto& errors : all_errors) {
        const auto is = [&](const paper& p) { return is_of(errors.kind, p); };
        counts.push_back({errors, cd::tabulate(papers, venue_and_year, is, cd::clustered_by(&paper::institutions))});
    }
    return counts;
}

/// The share of a kind in each row, seen and corrected.
std::vector<cd::share_correction> shares_of(const kind_counts& kind, const conference_teams_inputs& in) {
    std::vector<cd::share_correction> shares;
    const auto seen = in.clustered ? cd::shares(kind.table, true, {.level = in.level})
                                   : cd::shares(kind.table.counts(), true, {.level = in.level});
    for (const auto& row : seen)
        shares.push_back(cd::corrected_share(row.share, kind.errors.counts, {.level = in.level}));
    return shares;
}

/// A table of what `use` makes of the shares of all kinds, in columns that `column` makes.
template <class Column, class Use>
cd::table table_of(const std::vector<kind_counts>& kinds, const conference_teams_inputs& in, const char* name,
                   const char* title, Column column, Use use) {
    cd::table t{.name = name, .title = title};
    t.columns = {{.name = in.by_area ? "area" : "venue"},
                 {.name = "year", .style = {.digits = 4}},
                 {.name = "papers"},
                 {.name = "known"}};
    if (kinds.empty()) return t;
    for (const auto& row : kinds.front().table.counts())
        t.rows.push_back({cd::to_cell(row.key.first), cd::to_cell(row.key.second), cd::to_cell(row.n + row.n_missing),
                          cd::to_cell(row.n)});
    for (const auto& kind : kinds) {
        t.columns.push_back(column(kind.errors.kind));
        const auto shares = shares_of(kind, in);
        for (std::size_t i = 0; i < shares.size(); ++i) t.rows[i].push_back(cd::to_cell(use(shares[i])));
    }
    return t;
}

cd::table table_of_errors(const std::vector<kind_counts>& kinds) {
    cd::table t{.name = "errors", .title = "What the classifier makes of papers, measured on labelled affiliations"};
    t.columns = {
        {.name = "kind"}, percent_column("seen as such, of such papers"), percent_column("seen as such, of others")};
    for (const auto& kind : kinds) {
        const auto& counts = kind.errors.counts;
        cd::estimate others = counts.specificity();
        if (others) {
            others.value = 1 - *others.value;
            if (others.bounds) others.bounds = cd::interval{1 - others.upper(), 1 - others.lower()};
        }
        add_row(t, kind.errors.kind, counts.recall(), others);
    }
    return t;
}

const kind_counts* find_kind(const std::vector<kind_counts>& kinds, const std::string& name) {
    const auto found = std::ranges::find_if(kinds, [&](const kind_counts& each) { return each.errors.kind == name; });
    return found == kinds.end() ? nullptr : &*found;
}

/// The corrected shares with industry, by venue.
cd::figure figure_of(const std::vector<kind_counts>& kinds, const conference_teams_inputs& in) {
    figure_builder f({.name = "with_industry",
                      .title = "Papers with an author in industry",
                      .x = {.label = "Year", .scale = cd::axis_scale::date},
                      .y = {.label = in.errors.empty() ? "Share of papers"
                                                       : "Share of papers, corrected for the classifier's errors",
                            .unit = "%",
                            .scale = cd::axis_scale::share}});
    const auto* const kind = find_kind(kinds, "with industry");
    if (kind == nullptr) return f.figure();
    const auto& rows = kind->table.counts().rows;
    const auto shares = shares_of(*kind, in);
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].n > 0)
            f.add(rows[i].key.first, rows[i].key.second,
                  in.errors.empty() ? shares[i].classified : shares[i].corrected);
    return f.figure(in.papers.sources());
}

/// The change of a kind's share between two rows, seen and corrected for errors that are the same in both.
cd::contrast_correction change_of(const kind_counts& kind, std::size_t from, std::size_t to,
                                  const conference_teams_inputs& in) {
    const auto& rows = kind.table.counts().rows;
    const cd::corrected_contrast_options options{.level = in.level};
    if (in.clustered)
        return cd::corrected_share_difference(kind.table, rows[to].key, rows[from].key, true, kind.errors.counts,
                                              options);
    const auto count = [&](std::size_t i) { return cd::share_count{rows[i].weight_of(true), rows[i].weight}; };
    return cd::corrected_share_difference(count(to), count(from), kind.errors.counts, options);
}

/// The slope of a kind's corrected shares over the years of a venue or area, which share the classifier's errors; years
/// count by what their papers are worth. Papers of an institution in several years are taken as independent between
/// them.
cd::contrast_correction slope_of(const kind_counts& kind, const std::string& name, const conference_teams_inputs& in) {
    struct of_year {
        double year, hits, n;
    };
    std::vector<of_year> years;
    const auto& rows = kind.table.counts().rows;
    const auto shares = shares_of(kind, in);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const cd::estimate& seen = shares[i].classified;
        if (rows[i].key.first != name || !seen.value) continue;
        const double n = seen.n_effective.value_or(static_cast<double>(seen.n));
        years.push_back({static_cast<double>(rows[i].key.second), *seen.value * n, n});
    }
    return cd::corrected_share_trend(years, &of_year::year, &of_year::hits, &of_year::n, kind.errors.counts,
                                     {.level = in.level});
}

cd::table table_of_slopes(const std::vector<kind_counts>& kinds, const conference_teams_inputs& in) {
    cd::table t{.name = "slopes", .title = "Change a year of the corrected shares, all years of an area together"};
    t.columns = {{.name = "area"}};
    if (kinds.empty()) return t;
    for (const auto& kind : kinds)
        t.columns.push_back({.name = kind.errors.kind, .unit = "points", .style = cd::percent_style(2)});
    std::vector<std::string> names;
    for (const auto& row : kinds.front().table.counts())
        if (names.empty() || names.back() != row.key.first) names.push_back(row.key.first);
    for (const std::string& name : names) {
        t.rows.push_back({cd::to_cell(name)});
        for (const auto& kind : kinds) t.rows.back().push_back(cd::to_cell(slope_of(kind, name, in).corrected));
    }
    return t;
}

cd::json_object json_of(const cd::estimate& e) {
    if (!e) return cd::json_object().with("status", e.status);
    return cd::json_object()
        .with("share", e.value)
        .with("lower", e.lower())
        .with("upper", e.upper())
        .with("method", e.method);
}

/// The places of the first and the last year of each venue in which a sector is known.
std::vector<std::pair<std::size_t, std::size_t>> ends_of_venues(const kind_counts& kind) {
    std::vector<std::pair<std::size_t, std::size_t>> ends;
    const auto& rows = kind.table.counts().rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].n == 0) continue;
        if (ends.empty() || rows[ends.back().first].key.first != rows[i].key.first) ends.emplace_back(i, i);
        ends.back().second = i;
    }
    return ends;
}

/// The changes between the ends of venues as sums over clusters: of the first institution of each paper, or of each
/// paper.
struct changes_as_sums {
    std::size_t clusters = 0;
    std::vector<cd::cluster_equations> of_venues;
};
changes_as_sums sums_of(const std::vector<paper>& papers, const kind_counts& kind,
                        const std::vector<std::pair<std::size_t, std::size_t>>& ends,
                        const conference_teams_inputs& in) {
    std::map<year_of_venue, std::pair<std::size_t, std::size_t>> place;  // of a row: which change, and which end
    for (std::size_t i = 0; i < ends.size(); ++i) {
        place[kind.table.counts().rows[ends[i].first].key] = {i, 0};
        place[kind.table.counts().rows[ends[i].second].key] = {i, 1};
    }
    cluster_numbers number;
    changes_as_sums sums;
    sums.of_venues.assign(ends.size(), cd::cluster_equations({-1, 1}));
    for (std::size_t i = 0; i < papers.size(); ++i) {
        const auto found = place.find(row_of(papers[i], in.by_area));
        if (found == place.end()) continue;
        const auto is = is_of(kind.errors.kind, papers[i]);
        if (!is) continue;
        const std::string alone = fmt::format("paper {}", i);
        const std::size_t cluster = in.clustered ? number(papers[i].institutions, alone) : number(alone);
        sums.of_venues[found->second.first].add(cluster, found->second.second, 1, *is ? 1 : 0);
    }
    sums.clusters = number.size();
    return sums;
}

}  // namespace
}  // namespace of_conference_teams

cd::finding conference_teams(const conference_teams_inputs& in) {
    using namespace of_conference_teams;
    const auto& papers = read_papers(in.papers, in.clustered);
    const auto counted = count(papers, in);
    std::vector<std::pair<std::string, cd::specification_curve>> tested;
    cd::finding f{.name = "conference_teams", .question = "Who writes the papers?"};
    const auto add = [&](const char* name, const char* text, const char* source, const char* kind_name, bool rising) {
        const auto* const kind = find_kind(counted, kind_name);
        if (kind == nullptr) return;
        cd::claim c{.name = name,
                    .text = text,
                    .source = source,
                    .direction = rising ? cd::claim_direction::above : cd::claim_direction::below,
                    .reference = 0,
                    .unit = "points",
                    .style = cd::percent_style()};
        auto ends = ends_of_venues(*kind);
        std::erase_if(ends, [](const auto& each) { return each.first == each.second; });
        const changes_as_sums sums = sums_of(papers, *kind, ends, in);
        std::vector<cd::cluster_equations> equations;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const auto& [first, last] = ends[i];
            const auto& [venue, year] = kind->table.counts().rows[first].key;
            const std::string years =
                fmt::format("{} {} to {}", venue, year, kind->table.counts().rows[last].key.second);
            const auto change = change_of(*kind, first, last, in);
            c.specifications.push_back(
                {.choices = {{"papers", years}, {"shares", "seen"}}, .result = change.classified});
            equations.push_back(sums.of_venues[i]);
            if (in.errors.empty()) continue;
            equations.push_back(sums.of_venues[i]);
            c.specifications.push_back(
                {.choices = {{"papers", years}, {"shares", "corrected"}}, .result = change.corrected});
        }
        tested.emplace_back(c.name, test_together(c, equations, sums.clusters, in.curve));
        f.claims.push_back(c);
    };
    add("change of the share of papers with industry authors", "rising: 22 % in 2000, 38 % in 2020 (AI conferences)",
        "Ahmed et al. (2023)", "with industry", true);
    add("change of the share of papers by academia alone", "falling", "Besiroglu et al. (2024)", "academia_only",
        false);
    const auto percent = [](const std::string& name) { return percent_column(name); };
    f.tables = {table_of(counted, in, "seen", "As the classifier sees them (Wilson)", percent,
                         [](const cd::share_correction& s) { return s.classified; })};
    if (!in.errors.empty())
        f.tables.push_back(table_of(counted, in, "corrected", "Corrected for the classifier's errors (Lang, Reiczigel)",
                                    percent, [](const cd::share_correction& s) { return s.corrected; }));
    std::vector<std::pair<std::string, const cd::specification_curve*>> curves;
    for (const auto& [name, curve] : tested)
        if (curve) curves.emplace_back(name, &curve);
    if (!curves.empty()) f.tables.push_back(table_of_curves(curves));
    if (in.by_area && !in.errors.empty()) f.tables.push_back(table_of_slopes(counted, in));
    if (in.clustered)
        f.tables.push_back(table_of(
            counted, in, "design_effects",
            "Design effects of the shares seen: so many papers are worth one that is independent",
            [](const std::string& name) {
                return cd::table_column{.name = name, .style = {.digits = 1, .notation = cd::number_notation::fixed}};
            },
            [](const cd::share_correction& s) { return cd::design_effect(s.classified); }));
    if (!in.errors.empty()) f.tables.push_back(table_of_errors(counted));
    f.figures = {figure_of(counted, in)};
    f.notes = {
        fmt::format("Shares of the papers of which a sector is known, with intervals at {:g} %", 100 * in.level),
        "Kinds go by the authors in academia and in industry, as if others, in government say, were not there: "
        "all in one, or some in each (mixed). \"With industry\" is mixed or industry_only. The rest have authors "
        "in neither"};
    if (in.clustered)
        f.notes.push_back(
            "Papers that share an institution depend on each other, within a year and between years (Aronow, Samii, "
            "Assenova 2015). Institutions are as the classifier names them: one that is written in two ways counts as "
            "two. Authors are not known; those who write several papers do so at their institutions");
    else
        f.notes.push_back("Papers are taken as independent of each other");
    if (!curves.empty() && curves.front().second->joint)
        f.notes.push_back(told(curves.front().second->joint, in.clustered ? "first institutions" : "papers"));
    if (in.by_area)
        f.notes.push_back(
            "Areas are of venues, and not every venue of an area is in every year: a change is also one of which "
            "venues "
            "there are"
            ". Slopes have the classifier's errors once, and take years as independent of each other, which papers of "
            "one "
            "institution are not");
    if (in.errors.empty())
        f.notes.push_back("Not corrected for errors of what made the sectors: --errors takes a table of these");
    else
        f.notes.push_back(
            "A change corrected has the classifier's errors once, as they are the same in both years (Fieller's "
            "interval)");
    return f;
}

std::string conference_teams_json(const conference_teams_inputs& in) {
    using namespace of_conference_teams;
    const auto counted = count(read_papers(in.papers, in.clustered), in);
    std::vector<std::vector<cd::share_correction>> shares;
    for (const auto& kind : counted) shares.push_back(shares_of(kind, in));
    std::vector<cd::json_object> rows;
    for (std::size_t i = 0; !counted.empty() && i < counted.front().table.counts().size(); ++i) {
        const auto& row = counted.front().table.counts().rows[i];
        cd::json_object of_kinds;
        for (std::size_t k = 0; k < counted.size(); ++k) {
            cd::json_object of_kind;
            of_kind.with("classified", json_of(shares[k][i].classified));
            if (!in.errors.empty()) of_kind.with("corrected", json_of(shares[k][i].corrected));
            of_kinds.with(counted[k].errors.kind,
                          of_kind.with("design_effect",
                                       in.clustered ? cd::design_effect(shares[k][i].classified) : std::nullopt));
        }
        rows.push_back(cd::json_object()
                           .with(in.by_area ? "area" : "venue", row.key.first)
                           .with("year", row.key.second)
                           .with("papers", row.n + row.n_missing)
                           .with("unknown", row.n_missing)
                           .with("kinds", of_kinds));
    }
    return cd::json_object()
        .with("level", in.level)
        .with("clusters", in.clustered ? "shared" : "none")
        .with("rows", rows)
        .text();
}

}  // namespace example
