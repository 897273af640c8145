// SPDX-License-Identifier: BSL-1.0
// Who writes the papers? Shares of NeurIPS, ICML and ICLR papers by kind of team, venue and year, as the classifier of
// affiliations sees them and corrected for its errors.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <iterator>
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
using row_of_teams = cd::tally_row<year_of_venue, cd::team_kind>;

teams count(const std::vector<example::paper>& papers) {
    const auto venue_and_year = [](const example::paper& p) { return year_of_venue(p.venue, p.year); };
    return cd::tabulate(papers, venue_and_year,
                        [](const example::paper& p) { return cd::team_of(p.authors, example::team_rule); });
}

double papers_known(const row_of_teams& row) {
    return row.weight - row.weight_of(cd::team_kind::unknown);
}

/// The share of a kind among the papers of a row whose team is known, seen and corrected.
cd::share_correction share_of(const row_of_teams& row, const example::team_errors& errors, double level) {
    double of_kind = 0;
    for (const auto& cell : row.cells)
        if (example::is_kind(errors.kind, cell.category)) of_kind += cell.weight;
    return cd::corrected_share(of_kind, papers_known(row), errors.counts, {.level = level});
}

std::string percent(const cd::estimate& e) {
    if (!e) return std::string(cd::name_of(e.status));
    return fmt::format("{:.1f} [{:4.1f}, {:4.1f}]", 100 * *e.value, 100 * e.lower(), 100 * e.upper());
}

json to_json(const cd::estimate& e) {
    if (!e) return {{"status", cd::name_of(e.status)}};
    return {{"share", *e.value}, {"lower", e.lower()}, {"upper", e.upper()}, {"method", e.method}};
}

void print_table(const teams& table, const std::vector<example::team_errors>& kinds, double level,
                 cd::estimate cd::share_correction::*which) {
    fmt::print("{:<13}{:>7}{:>7}", "", "papers", "known");
    for (const auto& kind : kinds) fmt::print("{:>23}", kind.kind + ", %");
    for (const auto& row : table) {
        fmt::print("\n{:<8}{:<5}{:>7}{:>7}", row.key.first, row.key.second, row.n, papers_known(row));
        if (papers_known(row) == 0)
            fmt::print("   no affiliation in the table");
        else
            for (const auto& kind : kinds) fmt::print("{:>23}", percent(share_of(row, kind, level).*which));
    }
    fmt::print("\n");
}

void print_tables(const teams& table, const std::vector<example::team_errors>& kinds, double level) {
    fmt::print("Who writes the papers? Shares of the papers of which a sector is known, with intervals at {:g} %\n",
               100 * level);
    fmt::print("\nAs the classifier sees them (Wilson)\n");
    print_table(table, kinds, level, &cd::share_correction::classified);
    fmt::print("\nCorrected for the classifier's errors (Lang, Reiczigel)\n");
    print_table(table, kinds, level, &cd::share_correction::corrected);
    fmt::print(
        "\nKinds go by the authors in academia and in industry, as if others, in government say, were not there: all "
        "in\n"
        "one, or some in each (mixed). \"With industry\" is mixed or industry_only. The rest have authors in neither.\n"
        "What the classifier makes of papers, measured on labelled affiliations:");
    for (const auto& kind : kinds) {
        const auto found = kind.counts.recall(), left = kind.counts.specificity();
        if (found && left)
            fmt::print("\n{:<14}{:5.1f} % of such papers are seen as such, and {:.1f} % of the others", kind.kind,
                       100 * *found.value, 100 * (1 - *left.value));
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
    const auto line = [&](const char* finding, const char* published, const char* kind, const char* definition,
                          const row_of_teams& first, const row_of_teams& last) {
        const auto& errors = *std::ranges::find(kinds, kind, &example::team_errors::kind);
        const auto was = share_of(first, errors, level), is = share_of(last, errors, level);
        fmt::print("{}, {} {} and {}\t{}\t{} and {} %; corrected {} and {} %\t{}\n", finding, first.key.first,
                   first.key.second, last.key.second, published, percent(was.classified), percent(is.classified),
                   percent(was.corrected), percent(is.corrected), definition);
    };
    std::vector<row_of_teams> rows;
    std::ranges::copy_if(table, std::back_inserter(rows),
                         [](const row_of_teams& row) { return papers_known(row) > 0; });
    for (std::size_t first = 0, last = 0; first < rows.size(); first = last + 1) {
        last = first;
        while (last + 1 < rows.size() && rows[last + 1].key.first == rows[first].key.first) ++last;
        line("papers with industry authors", "22 % in 2000, 38 % in 2020 (AI conferences, Ahmed et al. 2023)",
             "with industry", "one author or more", rows[first], rows[last]);
        line("papers by academia alone", "falling", "academia_only", "no author in industry", rows[first], rows[last]);
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
    app.add_option("--level", level, "of the intervals")->check(CLI::Range(0.0, 1.0))->capture_default_str();
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
        print_tables(table, kinds, level);
    }
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "conference_teams: {}\n", error.what());
    return 1;
}
