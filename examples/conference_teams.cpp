// SPDX-License-Identifier: BSL-1.0
// Who writes the papers? Shares of NeurIPS, ICML and ICLR papers by kind of team, venue and year, as the classifier of
// affiliations sees them and corrected for its errors.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/corrected_share.hpp>

#include "support/papers.hpp"

namespace cd = compute_divide;
using json = nlohmann::ordered_json;

namespace {

using year_of_venue = std::pair<std::string, int>;
using teams = cd::tally_table<year_of_venue, cd::team_kind>;

teams count(const std::vector<example::paper>& papers) {
    const auto venue_and_year = [](const example::paper& p) { return year_of_venue(p.venue, p.year); };
    return cd::tabulate(papers, venue_and_year,
                        [](const example::paper& p) { return cd::team_of(p.authors, example::team_rule); });
}

/// The share of a kind among the papers of a row whose team is known, seen and corrected.
cd::share_correction share_of(const cd::tally_row<year_of_venue, cd::team_kind>& row,
                              const example::team_errors& errors, double level) {
    const double known = row.weight - row.weight_of(cd::team_kind::unknown);
    double of_kind = 0;
    for (const auto& cell : row.cells)
        if (example::is_kind(errors.kind, cell.category)) of_kind += cell.weight;
    return cd::corrected_share(of_kind, known, errors.counts, {.level = level});
}

std::string percent(const cd::estimate& e) {
    if (!e) return std::string(cd::name_of(e.status));
    return fmt::format("{:.1f} [{:.1f}, {:.1f}]", 100 * *e.value, 100 * e.lower(), 100 * e.upper());
}

json to_json(const cd::estimate& e) {
    if (!e) return {{"status", cd::name_of(e.status)}};
    return {{"share", *e.value}, {"lower", e.lower()}, {"upper", e.upper()}, {"method", e.method}};
}

void print_table(const teams& table, const std::vector<example::team_errors>& kinds, double level) {
    fmt::print("{:<13}{:>7}{:>8}", "percent", "papers", "unknown");
    for (const auto& kind : kinds) fmt::print("  {:<20}{:<20}", kind.kind, "corrected");
    for (const auto& row : table) {
        fmt::print("\n{:<8}{:<5}{:>7}{:>8}", row.key.first, row.key.second, row.n,
                   row.weight_of(cd::team_kind::unknown));
        for (const auto& kind : kinds) {
            const auto share = share_of(row, kind, level);
            fmt::print("  {:<20}{:<20}", percent(share.classified), percent(share.corrected));
        }
    }
    fmt::print("\n");
}

void print_json(const teams& table, const std::vector<example::team_errors>& kinds, double level) {
    json rows = json::array();
    for (const auto& row : table) {
        json shares;
        for (const auto& kind : kinds) {
            const auto share = share_of(row, kind, level);
            shares[kind.kind] = {{"classified", to_json(share.classified)}, {"corrected", to_json(share.corrected)}};
        }
        rows.push_back({{"venue", row.key.first},
                        {"year", row.key.second},
                        {"papers", row.n},
                        {"unknown", row.weight_of(cd::team_kind::unknown)},
                        {"kinds", shares}});
    }
    fmt::print("{}\n", json{{"level", level}, {"rows", rows}}.dump());
}

/// The first and the last year of each venue against what is published.
void print_ledger(const teams& table, const std::vector<example::team_errors>& kinds, double level) {
    const auto with_industry = std::ranges::find(kinds, "with industry", &example::team_errors::kind);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto& row = table.rows[i];
        const bool first = i == 0 || table.rows[i - 1].key.first != row.key.first;
        const bool last = i + 1 == table.size() || table.rows[i + 1].key.first != row.key.first;
        if (!first && !last) continue;
        const auto share = share_of(row, *with_industry, level);
        fmt::print(
            "papers with industry authors, {} {}\t38 % of leading AI conferences in 2020\t{}; corrected {}\t"
            "one author or more, Ahmed et al. 2023\n",
            row.key.first, row.key.second, percent(share.classified), percent(share.corrected));
    }
}

}  // namespace

int main(int argc, char** argv) try {
    std::string papers = COMPUTE_DIVIDE_DATA_DIR "/papers.csv", errors = COMPUTE_DIVIDE_DATA_DIR "/team_errors.csv";
    double level = 0.95;
    bool as_json = false, as_ledger = false;

    CLI::App app("Shares of conference papers by kind of team, venue and year");
    app.add_option("--papers", papers, "papers with the number of authors by sector")->check(CLI::ExistingFile);
    app.add_option("--errors", errors, "what the classifier makes of papers whose team is known")
        ->check(CLI::ExistingFile);
    app.add_option("--level", level, "of the intervals")->capture_default_str();
    app.add_flag("--json", as_json, "one object with every number");
    app.add_flag("--ledger", as_ledger, "one line per finding, tabs between");
    CLI11_PARSE(app, argc, argv);

    const teams table = count(example::read_papers(papers));
    const auto kinds = example::read_team_errors(errors);
    if (as_json) {
        print_json(table, kinds, level);
    } else if (as_ledger) {
        print_ledger(table, kinds, level);
    } else {
        fmt::print(
            "Who writes the papers? Shares of papers whose team is known; Wilson intervals as seen, Lang and\n"
            "Reiczigel's corrected for the classifier's errors, at {:g} %\n\n",
            100 * level);
        print_table(table, kinds, level);
    }
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "conference_teams: {}\n", error.what());
    return 1;
}
