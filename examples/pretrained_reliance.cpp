// SPDX-License-Identifier: BSL-1.0
// Does academia build on industry's models? Shares of academic models that are built on another team's, who made those
// and whether they are open, and shares of abstracts that speak of pre-trained models.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/proportion_comparison.hpp>
#include <compute_divide/statistics/proportion_trend.hpp>

#include "support/base_models.hpp"
#include "support/models.hpp"
#include "support/papers.hpp"
#include "support/plot.hpp"

namespace cd = compute_divide;
using cd::epoch_model;
using cd::team_kind;
using example::base_model;
using example::models;
using example::paper;
using json = nlohmann::ordered_json;

namespace {

const std::string academia_only = "academia only", in_the_team = "academia in the team", industry = "industry alone",
                  any = "any known sector";
const std::string on_another = "on another's model", releases = "the same, releases",
                  on_industry = "on industry's open model", say = "say \"pre-trained\"", terms = "have any term";

bool is_by(const std::string& team, const epoch_model& m) {
    if (team == in_the_team) return example::names_sector(m, "Academia");
    return m.team == (team == industry ? team_kind::industry_only : team_kind::academia_only);
}
bool is_by(const std::string& team, const paper& p) {
    if (team == any) return p.authors.known() > 0;
    if (team == in_the_team) return p.authors[cd::sector::academia] > 0;
    return cd::team_of(p.authors, example::team_rule) == team_kind::academia_only;
}

using periods = std::vector<cd::key_window<int>>;

periods halves_of(int first, int last) {
    const int middle = (first + last) / 2;
    return {{first, middle}, {middle + 1, last}};
}

/// Shares of records of which something is so: by year, in the two halves of the years, and their trend.
struct development {
    std::string of, what;
    cd::share_table<cd::key_share<int>> years;
    cd::key_share<cd::key_window<int>> first, last;
    cd::estimate rise;  ///< last half less first
    cd::test_result trend;
};

cd::share_count count_of(const cd::estimate& share) {
    return {share.value.value_or(0) * share.n, share.n};
}

development develop(const std::string& of, const std::string& what, const periods& when,
                    const cd::tally_table<int, bool>& table) {
    const auto years = cd::shares(table, true);
    const auto parts = cd::shares(cd::windows(table, when), true).rows;
    const auto trend = cd::cochran_armitage(
        years, &cd::key_share<int>::key, [](const auto& row) { return count_of(row.share).successes; },
        [](const auto& row) { return row.share.n; });
    const auto rise = cd::share_difference(count_of(parts[1].share), count_of(parts[0].share));
    return {of, what, years, parts[0], parts[1], rise, trend};
}

/// What is built on others' models: each model counts, or each release (the same organisations on one day) once.
std::vector<development> develop_models(const models& all, const periods& when, example::base_model_finder& find) {
    using release = std::pair<std::vector<std::string>, std::optional<std::chrono::sys_days>>;
    const auto release_of = [](const epoch_model& m) { return release(m.organizations, m.published); };
    std::map<release, double> released;
    for (const epoch_model& m : all) ++released[release_of(m)];
    const auto once = [&](const epoch_model& m) { return 1 / released[release_of(m)]; };
    const auto on_others = [&](const epoch_model& m) { return !find(m).empty(); };
    const auto on_open = [&](const epoch_model& m) {
        return std::ranges::any_of(find(m),
                                   [](const base_model& b) { return b.made_by_industry == true && b.open == true; });
    };
    std::vector<development> developments;
    for (const std::string& team : {academia_only, in_the_team, industry}) {
        const models by = example::those([&](const epoch_model& m) { return is_by(team, m); })(all);
        const auto year = &epoch_model::year;
        developments.push_back(develop(team, on_another, when, cd::tabulate(by, year, on_others)));
        developments.push_back(develop(team, releases, when, cd::tabulate(by, year, on_others, once)));
        developments.push_back(develop(team, on_industry, when, cd::tabulate(by, year, on_open)));
    }
    return developments;
}

/// The base models of a team's models; where a model has several, each counts in part.
struct bases {
    std::string of;
    std::vector<base_model> all;
    development by_industry, open;  ///< of those that are known
};

bases bases_of(const std::string& team, const models& all, const periods& when, example::base_model_finder& find) {
    bases b;
    b.of = team;
    for (const epoch_model& m : all)
        if (is_by(team, m)) std::ranges::copy(find(m), std::back_inserter(b.all));
    const auto year = &base_model::year;
    const auto weight = &base_model::weight;
    b.by_industry =
        develop(team, "made with industry", when, cd::tabulate(b.all, year, &base_model::made_by_industry, weight));
    b.open = develop(team, "open weights", when, cd::tabulate(b.all, year, &base_model::open, weight));
    return b;
}

/// Titles and abstracts that say "pre-trained", and those with any term of data/pretrained_terms.csv.
std::vector<development> develop_abstracts(const std::vector<paper>& papers) {
    const auto narrow = [](const paper& p) { return std::ranges::count(p.pretrained_terms, "pre-trained") > 0; };
    const auto wide = [](const paper& p) { return !p.pretrained_terms.empty(); };
    const auto abstract = [](const paper& p) { return p.text == "title and abstract"; };
    std::set<int> years;
    for (const paper& p : papers)
        if (abstract(p)) years.insert(p.year);
    if (years.size() < 2) return {};
    const periods when = halves_of(*years.begin(), *years.rbegin());
    std::vector<development> developments;
    for (const std::string& team : {academia_only, in_the_team, any}) {
        std::vector<paper> by;
        std::ranges::copy_if(papers, std::back_inserter(by),
                             [&](const paper& p) { return abstract(p) && is_by(team, p); });
        developments.push_back(develop(team, say, when, cd::tabulate(by, &paper::year, narrow)));
        developments.push_back(develop(team, terms, when, cd::tabulate(by, &paper::year, wide)));
    }
    return developments;
}

struct findings {
    std::string vintage;
    models all;                                    ///< of the years that count
    std::vector<development> counted, documented;  ///< a blank base model is none; is not known
    std::vector<bases> base_models;
    std::vector<development> abstracts;
    std::set<std::string> missing;
    std::map<std::string, std::set<std::string>> other_size;
};

findings find_all(const models& table, const std::string& vintage, int since, int until) {
    if (std::ranges::all_of(table, [](const epoch_model& m) { return m.base_models.empty(); }))
        throw std::runtime_error("the table of " + vintage + " names no base models");
    const periods when = halves_of(since, until);
    findings f;
    f.vintage = vintage;
    f.all = example::those([&](const epoch_model& m) { return m.year >= since && m.year <= until; })(table);
    const auto documented = example::those(
        [](const epoch_model& m) { return !m.model_accessibility.empty() && !m.code_accessibility.empty(); });
    example::base_model_finder find(table);
    f.counted = develop_models(f.all, when, find);
    f.documented = develop_models(documented(f.all), when, find);
    for (const std::string& team : {academia_only, in_the_team})
        f.base_models.push_back(bases_of(team, f.all, when, find));
    f.missing = find.missing;
    f.other_size = find.other_size;
    return f;
}

/// How many times industry's part of the base models is its part of all models, in the last half of the years.
cd::estimate over_its_part(const bases& b, const models& all) {
    cd::share_count made;
    for (const epoch_model& m : all)
        if (b.by_industry.last.key.contains(*m.year) && !m.category.empty()) {
            ++made.n;
            made.successes += example::names_sector(m, "Industry") ? 1 : 0;
        }
    return cd::risk_ratio(count_of(b.by_industry.last.share), made);
}

std::string told(const cd::estimate& e, double unit = 100) {
    if (!e) return std::string(cd::name_of(e.status));
    return fmt::format("{:.1f} [{:.1f}, {:.1f}]", unit * *e.value, unit * e.lower(), unit * e.upper());
}

std::string told(const cd::key_window<int>& years) {
    return fmt::format("{}-{:02}", years.from, years.to % 100);
}

json to_json(const cd::estimate& e) {
    if (!e) return {{"status", cd::name_of(e.status)}};
    return {{"value", *e.value}, {"lower", e.lower()},     {"upper", e.upper()},
            {"n", e.n},          {"missing", e.n_missing}, {"method", e.method}};
}

json to_json(const development& d) {
    json out{{"of", d.of}, {"what", d.what}, {"years", json::array()}};
    for (const auto& row : d.years)
        out["years"].push_back({{"year", row.key}, {"n", row.share.n}, {"share", to_json(row.share)}});
    for (const auto& row : {d.first, d.last})
        out["halves"].push_back({{"years", told(row.key)}, {"n", row.share.n}, {"share", to_json(row.share)}});
    out["rise"] = to_json(d.rise);
    out["trend"] = {{"status", cd::name_of(d.trend.status)}};
    if (d.trend)
        out["trend"] = {{"statistic", *d.trend.statistic}, {"p", *d.trend.p_value}, {"method", d.trend.method}};
    return out;
}

void print_json(const findings& f) {
    json out{{"vintage", f.vintage}};
    for (const development& d : f.counted) out["models"].push_back(to_json(d));
    for (const development& d : f.documented) out["documented_models"].push_back(to_json(d));
    for (const bases& b : f.base_models) {
        out["base_models"].push_back(to_json(b.by_industry));
        out["base_models"].push_back(to_json(b.open));
        out["industry_over_its_part"][b.of] = to_json(over_its_part(b, f.all));
    }
    out["not_in_the_table"] = f.missing;
    out["in_another_size"] = f.other_size;
    for (const development& d : f.abstracts) out["abstracts"].push_back(to_json(d));
    fmt::print("{}\n", out.dump());
}

/// The development of this name; as a list, which is empty where there is none.
std::vector<development> find(const std::vector<development>& all, const std::string& of, const std::string& what) {
    std::vector<development> found;
    std::ranges::copy_if(all, std::back_inserter(found),
                         [&](const development& d) { return d.of == of && d.what == what; });
    return found;
}

void print_ledger(const findings& f) {
    const auto rising = [](const std::string& finding, const std::vector<development>& found,
                           const std::string& definition) {
        for (const auto& [of, what, years, first, last, rise, trend] : found) {
            const auto* const verdict = !rise              ? "no data"
                                        : rise.lower() > 0 ? "agrees"
                                        : rise.upper() < 0 ? "the opposite"
                                                           : "no difference shown";
            fmt::print("{}, {} and {}\trising\t{} and {} %: {}\t{}, {}\n", finding, told(first.key), told(last.key),
                       told(first.share), told(last.share), verdict, of, definition);
        }
    };
    const std::string built = "academic models built on another's", open = "academic models on industry's open ones";
    rising(built, find(f.counted, academia_only, on_another), f.vintage);
    rising(built, find(f.counted, in_the_team, releases), "each release once, " + f.vintage);
    rising(built, find(f.documented, academia_only, on_another), "documented models, " + f.vintage);
    rising(open, find(f.counted, academia_only, on_industry), f.vintage);
    rising(open, find(f.counted, in_the_team, on_industry), f.vintage);
    for (const bases& b : f.base_models) {
        const cd::estimate& share = b.by_industry.last.share;
        if (share)
            fmt::print("base models of academia made with industry, {}\tindustry's are used\t{} %: {}\t{}, {}\n",
                       told(b.by_industry.last.key), told(share), share.lower() > 0.5 ? "agrees" : "not most shown",
                       b.of, f.vintage);
    }
    if (const cd::estimate ratio = over_its_part(f.base_models[0], f.all))
        fmt::print(
            "industry's part of these over its part of all models\t3 or more (citations over papers, Aitken et "
            "al. 2023)\t{}: {}\t{}, {}\n",
            told(ratio, 1), ratio.upper() < 3 ? "less" : "may agree", academia_only, f.vintage);
    rising("abstracts that say \"pre-trained\"", find(f.abstracts, academia_only, say), "conferences");
    rising("abstracts with any such term", find(f.abstracts, in_the_team, terms), "conferences");
}

void print_line(const std::string& line) {
    fmt::print("{}\n", line.substr(0, line.find_last_not_of(' ') + 1));
}

void print_years(const std::vector<development>& columns) {
    std::string of(6, ' '), what = "year  ";
    std::map<int, std::string> lines;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        of += fmt::format("{:<32}", columns[i].of);
        what += fmt::format("{:<32}", columns[i].what + ", %");
        for (const auto& [year, n, weight, share] : columns[i].years) {
            lines[year].resize(32 * i, ' ');
            lines[year] += fmt::format("{:g} of {:g}: {}", weight, static_cast<double>(n), told(share));
        }
    }
    print_line(of);
    print_line(what);
    for (const auto& [year, line] : lines) print_line(fmt::format("{:<6}{}", year, line));
}

void print_halves(const std::vector<development>& developments) {
    const auto print = [](const auto&... cells) {
        print_line(fmt::format("{:<21}{:<26}{:<19}{:<19}{:<21}{}", cells...));
    };
    const auto& [of, what, years, first, last, rise, trend] = developments.at(0);
    print("", "", told(first.key) + ", %", told(last.key) + ", %", "rise, points", "p (Cochran-Armitage)");
    for (const development& d : developments)
        print(d.of, d.what, told(d.first.share), told(d.last.share), told(d.rise),
              d.trend ? fmt::format("{:.2g}", *d.trend.p_value) : std::string(cd::name_of(d.trend.status)));
}

void print_parts(const std::vector<bases>& all, const char* title, std::string base_model::*part) {
    std::map<std::string, std::string> lines;
    std::string header = fmt::format("{:<24}", title);
    for (std::size_t i = 0; i < all.size(); ++i) {
        header += fmt::format("{:<24}", all[i].of + ", %");
        const auto whole = [&](const base_model&) { return all[i].of; };
        for (const auto& row : cd::shares(cd::tabulate(all[i].all, whole, part, &base_model::weight))) {
            lines[row.category].resize(24 * i, ' ');
            lines[row.category] += told(row.share);
        }
    }
    print_line(header);
    for (const auto& [name, line] : lines) print_line(fmt::format("{:<24}{}", name, line));
}

void print_all(const findings& f) {
    fmt::print("Does academia build on industry's models? Table of {}, intervals at 95 %\n\n", f.vintage);
    fmt::print("Models built on another team's model; on such a one that is open and that industry had a part in\n");
    const auto among = [](const std::vector<development>& all, const std::vector<std::string>& wanted) {
        std::vector<development> chosen;
        for (const std::string& what : wanted)
            for (const std::string& of : {academia_only, in_the_team, any})
                std::ranges::copy(find(all, of, what), std::back_inserter(chosen));
        return chosen;
    };
    print_years(among(f.counted, {on_another, on_industry}));
    fmt::print(
        "\nThe table names the base models that are known to Epoch: a blank is none, or not known.\n"
        "If a blank is none (releases: models of the same organisations and day count once, as Kish's n)\n");
    print_halves(f.counted);
    fmt::print("\nIf a blank is none where the table tells the access to model and code; other models left out\n");
    print_halves(f.documented);

    fmt::print("\nThe base models that are another's (of several of one model, each counts in part)\n");
    print_parts(f.base_models, "made by", &base_model::maker);
    print_parts(f.base_models, "access", &base_model::access);
    fmt::print("\nBy year, of those that are known\n");
    const bases &first = f.base_models[0], &second = f.base_models[1];
    print_years({first.by_industry, second.by_industry, first.open, second.open});
    if (!f.missing.empty())
        fmt::print("\n{} not in the table, taken as another's:\n  {}\n", f.missing.size(), fmt::join(f.missing, ", "));
    if (!f.other_size.empty()) fmt::print("There in another size, taken for those named:\n");
    for (const auto& [there, missing] : f.other_size) fmt::print("  {} for {}\n", there, fmt::join(missing, ", "));

    if (f.abstracts.empty()) return;
    fmt::print("\nTitles and abstracts of conference papers; the terms are those of data/pretrained_terms.csv\n");
    print_years(among(f.abstracts, {say}));
    fmt::print("\n");
    print_halves(f.abstracts);
}

/// The yearly shares of academic models, with their intervals.
std::vector<example::plot_series> plot_of(const findings& f) {
    std::vector<example::plot_series> all;
    for (const development& d : f.counted) {
        if (d.of == industry || d.what == releases) continue;
        example::plot_series& series = all.emplace_back();
        series.name = d.of + ", " + d.what;
        for (const auto& [key, n, weight, share] : d.years) {
            const double year = key, percent = 100 * *share.value;
            series.points.push_back({year, percent});
            series.band.push_back({year, percent, 100 * share.lower(), 100 * share.upper()});
        }
    }
    return all;
}

}  // namespace

int main(int argc, char** argv) try {
    std::string path = COMPUTE_DIVIDE_DATA_DIR "/models.csv", papers = COMPUTE_DIVIDE_DATA_DIR "/papers.csv";
    std::string vintage = "2025-08", svg;
    int since = 2013, until = 2024;
    bool as_json = false, as_ledger = false;

    CLI::App app("Academic models built on those of industry, and abstracts that speak of pre-trained models");
    app.add_option("--models", path, "Epoch AI's models table, with base models")->check(CLI::ExistingFile);
    app.add_option("--papers", papers, "papers with terms, and the number of authors by sector")
        ->check(CLI::ExistingFile);
    app.add_option("--vintage", vintage, "of a table that holds several")->capture_default_str();
    app.add_option("--since", since, "first year of the models, before the last")->capture_default_str();
    app.add_option("--until", until, "last year of the models")->capture_default_str();
    app.add_option("--svg", svg, "draws the shares of models into this file (needs gnuplot)");
    app.add_flag("--json", as_json, "one object with every number");
    app.add_flag("--ledger", as_ledger, "one line per finding, tabs between");
    CLI11_PARSE(app, argc, argv);

    const example::model_table table = example::read_models(path);
    findings found = find_all(table.of(table.vintage(vintage)), table.vintage(vintage), since, until);
    found.abstracts = develop_abstracts(example::read_papers(papers));
    if (as_json) {
        print_json(found);
    } else if (as_ledger) {
        print_ledger(found);
    } else {
        print_all(found);
    }
    if (!svg.empty()) example::write_svg(svg, "Share of models (%)", plot_of(found), example::y_axis::linear);
} catch (const std::exception& error) {
    fmt::print(stderr, "pretrained_reliance: {}\n", error.what());
    return 1;
}
