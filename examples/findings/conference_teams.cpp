// SPDX-License-Identifier: BSL-1.0
// Longer than a page: shares as seen and as corrected, of four kinds of team.
#include "findings/conference_teams.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/corrected_share.hpp>

#include "support/papers.hpp"
#include "support/plot.hpp"
#include "support/tables.hpp"

namespace example {

namespace {

using year_of_venue = std::pair<std::string, int>;
using teams = cd::tally_table<year_of_venue, cd::team_kind>;
using row_of_teams = cd::tally_row<year_of_venue, cd::team_kind>;

teams count(const std::vector<paper>& papers) {
    const auto venue_and_year = [](const paper& p) { return year_of_venue(p.venue, p.year); };
    return cd::tabulate(papers, venue_and_year, [](const paper& p) { return cd::team_of(p.authors, team_rule); });
}

double papers_known(const row_of_teams& row) {
    return row.weight - row.weight_of(cd::team_kind::unknown);
}

/// The share of a kind among the papers of a row whose team is known, seen and corrected.
cd::share_correction share_of(const row_of_teams& row, const team_errors& errors, double level) {
    double of_kind = 0;
    for (const auto& cell : row.cells)
        if (is_kind(errors.kind, cell.category)) of_kind += cell.weight;
    return cd::corrected_share(of_kind, papers_known(row), errors.counts, {.level = level});
}

/// A table of the shares of all kinds, seen or corrected.
cd::table table_of(const teams& table, const std::vector<team_errors>& kinds, double level,
                   cd::estimate cd::share_correction::*which, const char* name, const char* title) {
    cd::table t{.name = name, .title = title};
    t.columns = {{.name = "venue"}, {.name = "year", .style = {.digits = 4}}, {.name = "papers"}, {.name = "known"}};
    for (const auto& kind : kinds) t.columns.push_back(percent_column(kind.kind));
    for (const auto& row : table) {
        std::vector<cd::cell> cells{cd::to_cell(row.key.first), cd::to_cell(row.key.second), cd::to_cell(row.n),
                                    cd::to_cell(papers_known(row))};
        for (const auto& kind : kinds) cells.push_back(cd::to_cell(share_of(row, kind, level).*which));
        t.rows.push_back(std::move(cells));
    }
    return t;
}

cd::table table_of_errors(const std::vector<team_errors>& kinds) {
    cd::table t{.name = "errors", .title = "What the classifier makes of papers, measured on labelled affiliations"};
    t.columns = {
        {.name = "kind"}, percent_column("seen as such, of such papers"), percent_column("seen as such, of others")};
    for (const auto& kind : kinds) {
        cd::estimate others = kind.counts.specificity();
        if (others) {
            others.value = 1 - *others.value;
            if (others.bounds) others.bounds = cd::interval{1 - others.upper(), 1 - others.lower()};
        }
        add_row(t, kind.kind, kind.counts.recall(), others);
    }
    return t;
}

/// The corrected shares with industry, by venue.
cd::figure figure_of(const teams& table, const std::vector<team_errors>& kinds, double level) {
    cd::figure f{.name = "with_industry", .title = "Papers with an author in industry", .x = {.label = "Year"}};
    f.y = {.label = "Share of papers, corrected", .unit = "%"};
    const auto kind = std::ranges::find(kinds, "with industry", &team_errors::kind);
    if (kind == kinds.end()) return f;
    std::vector<std::string> venues;
    for (const auto& row : table)
        if (std::ranges::find(venues, row.key.first) == venues.end()) venues.push_back(row.key.first);
    for (const std::string& venue : venues) {
        estimated_series series(venue);
        for (const auto& row : table)
            if (row.key.first == venue && papers_known(row) > 0)
                series.add(row.key.second, share_of(row, *kind, level).corrected, 100);
        series.add_to(f);
    }
    return f;
}

/// The change of a share from one row of papers to another; its interval treats the two as independent.
cd::estimate change(const cd::estimate& from, const cd::estimate& to) {
    cd::estimate e{.level = to.level, .method = to.method, .n = from.n + to.n, .status = to.status};
    if (!from || !to) {
        e.status = from ? to.status : from.status;
        return e;
    }
    e.value = *to.value - *from.value;
    // Newcombe's (1998) square-and-add of the two intervals.
    const auto square = [](double x) { return x * x; };
    const double down = square(*to.value - to.lower()) + square(from.upper() - *from.value),
                 up = square(to.upper() - *to.value) + square(*from.value - from.lower());
    e.bounds = cd::interval{*e.value - std::sqrt(down), *e.value + std::sqrt(up)};
    e.status = cd::estimate_status::ok;
    return e;
}

cd::json_object json_of(const cd::estimate& e) {
    if (!e) return cd::json_object().with("status", e.status);
    return cd::json_object()
        .with("share", e.value)
        .with("lower", e.lower())
        .with("upper", e.upper())
        .with("method", e.method);
}

/// The first and the last year of each venue in which a sector is known.
std::vector<std::pair<row_of_teams, row_of_teams>> ends_of_venues(const teams& table) {
    std::vector<std::pair<row_of_teams, row_of_teams>> ends;
    for (const auto& row : table) {
        if (papers_known(row) == 0) continue;
        if (ends.empty() || ends.back().first.key.first != row.key.first) ends.emplace_back(row, row);
        ends.back().second = row;
    }
    return ends;
}

}  // namespace

cd::finding conference_teams(const conference_teams_inputs& in) {
    const teams table = count(read_papers(in.papers));
    const auto of_kinds = read_team_errors(in.errors);
    cd::finding f{.name = "conference_teams", .question = "Who writes the papers?"};
    const auto add = [&](const char* name, const char* text, const char* source, const char* kind, bool rising) {
        const auto errors = std::ranges::find(of_kinds, kind, &team_errors::kind);
        if (errors == of_kinds.end()) return;
        cd::claim c{.name = name,
                    .text = text,
                    .source = source,
                    .direction = rising ? cd::claim_direction::above : cd::claim_direction::below,
                    .reference = 0,
                    .unit = "points",
                    .style = cd::percent_style()};
        for (const auto& [first, last] : ends_of_venues(table)) {
            const auto was = share_of(first, *errors, in.level), is = share_of(last, *errors, in.level);
            const std::string years = fmt::format("{} {} to {}", first.key.first, first.key.second, last.key.second);
            c.specifications.push_back(
                {.choices = {{"papers", years}, {"shares", "seen"}}, .result = change(was.classified, is.classified)});
            c.specifications.push_back({.choices = {{"papers", years}, {"shares", "corrected"}},
                                        .result = change(was.corrected, is.corrected)});
        }
        f.claims.push_back(c);
    };
    add("change of the share of papers with industry authors", "rising: 22 % in 2000, 38 % in 2020 (AI conferences)",
        "Ahmed et al. (2023)", "with industry", true);
    add("change of the share of papers by academia alone", "falling", "Besiroglu et al. (2024)", "academia_only",
        false);
    f.tables = {table_of(table, of_kinds, in.level, &cd::share_correction::classified, "seen",
                         "As the classifier sees them (Wilson)"),
                table_of(table, of_kinds, in.level, &cd::share_correction::corrected, "corrected",
                         "Corrected for the classifier's errors (Lang, Reiczigel)"),
                table_of_errors(of_kinds)};
    f.figures = {figure_of(table, of_kinds, in.level)};
    f.notes = {
        fmt::format("Shares of the papers of which a sector is known, with intervals at {:g} %", 100 * in.level),
        "Kinds go by the authors in academia and in industry, as if others, in government say, were not there: "
        "all in one, or some in each (mixed). \"With industry\" is mixed or industry_only. The rest have authors "
        "in neither",
        "Intervals of changes by Newcombe (1998) from those of the shares"};
    return f;
}

std::string conference_teams_json(const conference_teams_inputs& in) {
    const teams table = count(read_papers(in.papers));
    const auto of_kinds = read_team_errors(in.errors);
    std::vector<cd::json_object> rows;
    for (const auto& row : table) {
        cd::json_object shares;
        for (const auto& kind : of_kinds) {
            const auto share = share_of(row, kind, in.level);
            shares.with(kind.kind, cd::json_object()
                                       .with("classified", json_of(share.classified))
                                       .with("corrected", json_of(share.corrected)));
        }
        rows.push_back(cd::json_object()
                           .with("venue", row.key.first)
                           .with("year", row.key.second)
                           .with("papers", row.n)
                           .with("unknown", row.weight_of(cd::team_kind::unknown))
                           .with("kinds", shares));
    }
    return cd::json_object().with("level", in.level).with("rows", rows).text();
}

}  // namespace example
