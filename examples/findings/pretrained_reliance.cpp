// SPDX-License-Identifier: BSL-1.0
// Longer than a page: models, releases and abstracts, each by team, and what their base models are.
#include "findings/pretrained_reliance.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/poisson.hpp>
#include <compute_divide/shares/clustered_shares.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>

#include "support/associations.hpp"
#include "support/base_models.hpp"
#include "support/curves.hpp"
#include "support/figures.hpp"
#include "support/models.hpp"
#include "support/papers.hpp"
#include "support/reliance_curves.hpp"
#include "support/tables.hpp"

namespace example {

using cd::epoch_model;
using cd::team_kind;

namespace of_pretrained_reliance {
namespace {

const std::string academia_only = "academia only", in_the_team = "academia in the team", industry = "industry alone",
                  any = "any known sector";
const std::string on_another = "on another's model", releases = "the same, releases",
                  on_industry = "on industry's open model", say = "say \"pre-trained\"", terms = "have any term";

bool is_by(const std::string& team, const epoch_model& m) {
    if (team == in_the_team) return names_sector(m, "Academia");
    return m.team == (team == industry ? team_kind::industry_only : team_kind::academia_only);
}
bool is_by(const std::string& team, const paper& p) {
    if (team == any) return p.authors.known() > 0;
    if (team == in_the_team) return p.authors[cd::sector::academia] > 0;
    return cd::team_of(p.authors, team_rule) == team_kind::academia_only;
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
    cd::cluster_equations rise_as_sums{{}};  ///< over first institutions, of papers
};

/// Of a table by clusters: models by organisation, papers by institution.
development develop(const std::string& of, const std::string& what, const periods& when,
                    const cd::clustered_table<int, bool>& table) {
    const auto halves = cd::windows(table, when);
    const auto parts = cd::shares(halves, true).rows;
    return {of,
            what,
            cd::shares(table, true),
            parts[0],
            parts[1],
            cd::share_difference(halves, when[1], when[0], true).effect,
            cd::cochran_armitage(table, true)};
}

/// What is built on others' models: each model counts, or each release (the same organisations on one day) once.
std::vector<development> develop_models(const models& all, const periods& when, base_model_finder& find) {
    using release = std::pair<std::vector<std::string>, std::optional<std::chrono::sys_days>>;
    const auto release_of = [](const epoch_model& m) { return release(m.organisations, m.published); };
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
        const models by = those([&](const epoch_model& m) { return is_by(team, m); })(all);
        const auto year = &epoch_model::year;
        const auto by_organisation = cd::clustered_by(&epoch_model::organisations);
        developments.push_back(develop(team, on_another, when, cd::tabulate(by, year, on_others, by_organisation)));
        developments.push_back(develop(team, releases, when, cd::tabulate(by, year, on_others, by_organisation, once)));
        developments.push_back(develop(team, on_industry, when, cd::tabulate(by, year, on_open, by_organisation)));
    }
    return developments;
}

/// The base models of a team's models; where a model has several, each counts in part.
struct bases {
    std::string of;
    std::vector<base_model> all;
    development by_industry, open;  ///< of those that are known
};

bases bases_of(const std::string& team, const models& all, const periods& when, base_model_finder& find) {
    bases b;
    b.of = team;
    for (const epoch_model& m : all)
        if (is_by(team, m)) std::ranges::copy(find(m), std::back_inserter(b.all));
    const auto year = &base_model::year;
    const auto weight = &base_model::weight;
    const auto by_organisation = cd::clustered_by(&base_model::organisations);
    b.by_industry = develop(team, "made with industry", when,
                            cd::tabulate(b.all, year, &base_model::made_by_industry, by_organisation, weight));
    b.open = develop(team, "open weights", when, cd::tabulate(b.all, year, &base_model::open, by_organisation, weight));
    return b;
}

/// Titles and abstracts that say "pre-trained", and those with any term of data/pretrained_terms.csv.
std::vector<development> develop_abstracts(const std::vector<paper>& papers, cluster_numbers& number) {
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
        const auto by_institution = cd::clustered_by(&paper::institutions);
        developments.push_back(develop(team, say, when, cd::tabulate(by, &paper::year, narrow, by_institution)));
        developments.push_back(develop(team, terms, when, cd::tabulate(by, &paper::year, wide, by_institution)));
        cd::cluster_equations of_narrow({-1, 1}), of_wide({-1, 1});
        for (std::size_t i = 0; i < papers.size(); ++i) {
            const paper& p = papers[i];
            if (!abstract(p) || !is_by(team, p)) continue;
            const std::size_t cluster = number(p.institutions, fmt::format("paper {}", i));
            const std::size_t half = when[1].contains(p.year) ? 1 : 0;
            of_narrow.add(cluster, half, 1, narrow(p) ? 1 : 0);
            of_wide.add(cluster, half, 1, wide(p) ? 1 : 0);
        }
        (developments.end() - 2)->rise_as_sums = of_narrow;
        (developments.end() - 1)->rise_as_sums = of_wide;
    }
    return developments;
}

struct analysis {
    std::string vintage;
    models all;                                    ///< of the years that count
    std::vector<development> counted, documented;  ///< a blank base model is none; is not known
    std::vector<bases> base_models;
    std::vector<development> abstracts;
    cluster_numbers institutions;  ///< of these
    bool papers_have_institutions = false;
    std::set<std::string> missing;
    std::map<std::string, std::set<std::string>> other_size;
    reliance_curves curves;
};

analysis find_all(const models& table, const std::string& vintage, const pretrained_reliance_inputs& in) {
    const int since = in.since, until = in.until;
    if (!table.empty() && std::ranges::all_of(table, [](const epoch_model& m) { return m.base_models.empty(); }))
        throw std::runtime_error("the table of " + vintage + " names no base models");
    const periods when = halves_of(since, until);
    analysis f;
    f.vintage = vintage;
    f.all = those([&](const epoch_model& m) { return m.year >= since && m.year <= until; })(table);
    const auto documented =
        those([](const epoch_model& m) { return !m.model_accessibility.empty() && !m.code_accessibility.empty(); });
    base_model_finder find(table);
    f.counted = develop_models(f.all, when, find);
    f.documented = develop_models(documented(f.all), when, find);
    for (const std::string& team : {academia_only, in_the_team})
        f.base_models.push_back(bases_of(team, f.all, when, find));
    f.curves = reliance_curves_of(f.all, since, until, find, in.curve);
    f.missing = find.missing;
    f.other_size = find.other_size;
    return f;
}

/// How many times industry's part of the base models is its part of all models, in the last half of the years: the
/// ratio of the means of a Poisson regression (Zou 2004, American Journal of Epidemiology 159:702), by shared
/// organisations.
struct ratio_of_parts {
    cd::estimate ratio;
    cd::cluster_equations as_sums{{}};  ///< its logarithm, over first organisations
};
ratio_of_parts over_its_part(const bases& b, const models& all, cluster_numbers& number) {
    struct part {
        bool industry, base;
        double weight;
        std::vector<std::string> organisations;
    };
    std::vector<part> parts;
    for (const base_model& each : b.all)
        if (b.by_industry.last.key.contains(each.year) && each.made_by_industry)
            parts.push_back({*each.made_by_industry, true, each.weight, each.organisations});
    for (const epoch_model& m : all)
        if (b.by_industry.last.key.contains(*m.year) && !m.category.empty())
            parts.push_back({names_sector(m, "Industry"), false, 1, m.organisations});
    const auto model = cd::model_of(&part::industry)
                           .on(cd::variable("base", &part::base))
                           .weighted_by(&part::weight)
                           .clustered_by(&part::organisations);
    const auto fit = cd::fit_poisson(parts, model, {.reference = cd::reference_distribution::student_t});
    cd::estimate ratio = estimate_of("base", cd::exponentiated(fit), fit);
    ratio.method = "poisson regression, clustered";
    // The means that a saturated model fits: their logarithms are sums, in one step of Newton's.
    std::array<double, 2> weight{}, with{};
    for (const part& p : parts) {
        weight[p.base ? 1 : 0] += p.weight;
        with[p.base ? 1 : 0] += p.industry ? p.weight : 0;
    }
    cd::cluster_equations sums({-1, 1});
    if (with[0] > 0 && with[1] > 0)
        for (const part& p : parts) {
            const std::size_t i = p.base ? 1 : 0;
            const double mean = with[i] / weight[i], expected = p.weight * mean;
            const std::size_t cluster = number(p.organisations, fmt::format("part {}", number.size()));
            sums.add(cluster, i, expected, (p.industry ? p.weight : 0) - expected + expected * std::log(mean));
        }
    return {ratio, sums};
}

analysis analyse(const pretrained_reliance_inputs& in) {
    if (in.since >= in.until)
        throw usage_error(fmt::format("--since {} must be before --until {}", in.since, in.until));
    analysis a;
    if (in.models) {
        const model_table& table = read_models(*in.models);
        const std::string vintage = table.vintage(in.models->vintage);
        a = find_all(table.of(vintage), vintage, in);
        if (a.all.empty())
            throw nothing_to_report(
                fmt::format("none of the models of {} is of {} to {}", vintage, in.since, in.until));
    }
    if (!in.papers) return a;
    const auto& papers = read_papers(*in.papers);
    a.abstracts = develop_abstracts(papers, a.institutions);
    if (!in.models && a.abstracts.empty())
        throw nothing_to_report("no two years of papers whose \"title and abstract\" was searched (column text)");
    a.papers_have_institutions = have_institutions(papers);
    return a;
}

std::string told(const cd::key_window<int>& years) {
    return fmt::format("{}-{:02}", years.from, years.to % 100);
}

/// Shares in the two halves of the years, and their trend.
cd::table table_of_halves(const std::vector<development>& all, const char* name, const char* title) {
    cd::table t{.name = name, .title = title};
    t.columns = {{.name = "of"},
                 {.name = "what"},
                 percent_column("first half"),
                 percent_column("last half"),
                 percent_column("rise"),
                 {.name = "p (Cochran-Armitage)", .style = {.digits = 4, .notation = cd::number_notation::p_value}}};
    if (!all.empty()) {
        t.columns[2].header = told(all[0].first.key);
        t.columns[3].header = told(all[0].last.key);
    }
    for (const development& d : all) add_row(t, d.of, d.what, d.first.share, d.last.share, d.rise, d.trend.p_value);
    return t;
}

/// Shares by year, a column for each development.
cd::table table_of_years(const std::vector<development>& all, const char* name, const char* title) {
    cd::table t{.name = name, .title = title};
    t.columns = {{.name = "year", .style = {.digits = 4}}};
    std::map<int, std::vector<cd::cell>> rows;
    for (std::size_t i = 0; i < all.size(); ++i) {
        t.columns.push_back(percent_column(all[i].of + ", " + all[i].what));
        for (const auto& row : all[i].years) {
            auto& cells = rows[row.key];
            cells.resize(all.size());
            cells[i] = cd::to_cell(row.share);
        }
    }
    for (auto& [year, cells] : rows) {
        cells.insert(cells.begin(), cd::to_cell(year));
        t.rows.push_back(std::move(cells));
    }
    return t;
}

/// Who made the base models, or how open they are: a column for each team.
cd::table table_of_parts(const std::vector<bases>& all, const char* title, std::string base_model::*part) {
    cd::table t{.name = title, .title = fmt::format("Base models that are another's, by weight: {}", title)};
    t.columns = {{.name = title}};
    std::map<std::string, std::vector<cd::cell>> rows;
    for (std::size_t i = 0; i < all.size(); ++i) {
        t.columns.push_back(percent_column(all[i].of));
        const auto whole = [&](const base_model&) { return all[i].of; };
        for (const auto& row : cd::shares(cd::tabulate(
                 all[i].all, whole, part, cd::clustered_by(&base_model::organisations), &base_model::weight))) {
            auto& cells = rows[row.category];
            cells.resize(all.size());
            cells[i] = cd::to_cell(row.share);
        }
    }
    for (auto& [name, cells] : rows) {
        cells.insert(cells.begin(), cd::to_cell(name));
        t.rows.push_back(std::move(cells));
    }
    return t;
}

/// The yearly shares of academic models, with their intervals.
cd::figure figure_of(const analysis& a, const std::vector<std::string>& sources) {
    figure_builder f({.name = "models",
                      .title = "Academic models built on another team's",
                      .x = {.label = "Year", .scale = cd::axis_scale::date},
                      .y = {.label = "Share of models", .unit = "%", .scale = cd::axis_scale::share},
                      .notes = {a.vintage}});
    for (const development& d : a.counted) {
        if (d.of == industry || d.what == releases) continue;
        for (const auto& row : d.years) f.add(d.of + ", " + d.what, row.key, row.share);
    }
    return f.figure(sources);
}

/// The same of titles and abstracts.
cd::figure figure_of_abstracts(const analysis& a, const std::vector<std::string>& sources) {
    figure_builder f({.name = "abstracts",
                      .title = "Papers whose title or abstract speaks of pre-trained models",
                      .x = {.label = "Year", .scale = cd::axis_scale::date},
                      .y = {.label = "Share of papers", .unit = "%", .scale = cd::axis_scale::share}});
    for (const development& d : a.abstracts)
        for (const auto& row : d.years) f.add(d.of + ", " + d.what, row.key, row.share);
    return f.figure(sources);
}

std::vector<cd::claim> claims_of(const analysis& a, const curve_input& how,
                                 std::vector<std::pair<std::string, cd::specification_curve>>& tested) {
    constexpr auto study = "Besiroglu et al. (2024)";
    std::vector<cd::claim> claims;
    if (!a.base_models.empty()) claims = claims_of(a.curves, study);
    cd::claim part{.name = "industry's part of these over its part of all models",
                   .text = "3 or more (citations over papers)",
                   .source = "Aitken et al. (2023)",
                   .direction = cd::claim_direction::above,
                   .reference = 3,
                   .unit = "times"};
    cluster_numbers organisations;
    std::vector<cd::cluster_equations> of_parts, of_abstracts;
    for (const bases& b : a.base_models) {
        const std::vector<cd::choice> choices{
            {"of", b.of}, {"years", told(b.by_industry.last.key)}, {"vintage", a.vintage}};
        auto [ratio, as_sums] = over_its_part(b, a.all, organisations);
        part.specifications.push_back({.choices = choices, .result = ratio});
        of_parts.push_back(std::move(as_sums));
    }
    const auto test = [&](cd::claim& c, const std::vector<cd::cluster_equations>& equations, std::size_t clusters,
                          cd::comparison_scale scale) {
        if (auto curve = test_together(c, equations, clusters, how, scale)) tested.emplace_back(c.name, curve);
        claims.push_back(c);
    };
    if (!a.base_models.empty()) test(part, of_parts, organisations.size(), cd::comparison_scale::ratio);
    cd::claim abstracts{.name = "rise of abstracts that speak of pre-trained models",
                        .text = "rising",
                        .source = study,
                        .direction = cd::claim_direction::above,
                        .reference = 0,
                        .unit = "points",
                        .style = cd::percent_style()};
    for (const development& d : a.abstracts) {
        abstracts.specifications.push_back(
            {.choices = {{"of", d.of}, {"what", d.what}, {"where", "conferences"}}, .result = d.rise});
        of_abstracts.push_back(d.rise_as_sums);
    }
    if (!a.abstracts.empty()) test(abstracts, of_abstracts, a.institutions.size(), cd::comparison_scale::difference);
    return claims;
}

cd::json_object json_of(const cd::estimate& e) {
    if (!e) return cd::json_object().with("status", e.status);
    return cd::json_object()
        .with("value", e.value)
        .with("lower", e.lower())
        .with("upper", e.upper())
        .with("n", e.n)
        .with("n_effective", e.n_effective)
        .with("missing", e.n_missing)
        .with("method", e.method);
}

cd::json_object json_of(const development& d) {
    std::vector<cd::json_object> years, halves;
    for (const auto& row : d.years)
        years.push_back(cd::json_object().with("year", row.key).with("share", json_of(row.share)));
    for (const auto& row : {d.first, d.last})
        halves.push_back(cd::json_object()
                             .with("years", told(row.key))

                             .with("share", json_of(row.share)));
    cd::json_object trend;
    if (d.trend)
        trend.with("statistic", d.trend.statistic).with("p", d.trend.p_value).with("method", d.trend.method);
    else
        trend.with("status", d.trend.status);
    return cd::json_object()
        .with("of", d.of)
        .with("what", d.what)
        .with("years", years)
        .with("halves", halves)
        .with("rise", json_of(d.rise))
        .with("trend", trend);
}

std::vector<cd::json_object> json_of(const std::vector<development>& all) {
    std::vector<cd::json_object> objects;
    for (const development& d : all) objects.push_back(json_of(d));
    return objects;
}

}  // namespace
}  // namespace of_pretrained_reliance

cd::finding pretrained_reliance(const pretrained_reliance_inputs& in) {
    using namespace of_pretrained_reliance;
    const analysis a = analyse(in);
    cd::finding f{.name = "pretrained_reliance", .question = "Does academia build on industry's models?"};
    std::vector<std::pair<std::string, cd::specification_curve>> tested;
    f.claims = claims_of(a, in.curve, tested);
    std::vector<development> yearly, of_bases;
    std::ranges::copy_if(a.counted, std::back_inserter(yearly),
                         [](const development& d) { return d.of != industry && d.what != releases; });
    for (const bases& b : a.base_models) of_bases.insert(of_bases.end(), {b.by_industry, b.open});
    if (in.models)
        f.tables = {
            table_of_years(yearly, "years", "Models built on another team's model"),
            table_of_halves(a.counted, "halves", "If a blank base model is none"),
            table_of_halves(a.documented, "documented",
                            "If a blank is none where the table tells the access to model and code; others left "
                            "out"),
            table_of_parts(a.base_models, "made by", &base_model::maker),
            table_of_parts(a.base_models, "access", &base_model::access),
            table_of_years(of_bases, "base_models", "Base models that are another's and known, by weight")};
    if (in.models) std::ranges::copy(tables_of(a.curves), std::back_inserter(f.tables));
    std::vector<std::pair<std::string, const cd::specification_curve*>> curves;
    for (const auto& [name, curve] : tested) curves.emplace_back(name, &curve);
    if (!curves.empty()) {
        f.tables.push_back(table_of_curves(curves));
        if (in.models) f.tables.back().name = "more_curves", f.tables.back().title += ", of other quantities";
    }
    if (!a.abstracts.empty())
        f.tables.push_back(table_of_halves(a.abstracts, "abstracts", "Titles and abstracts of conference papers"));
    if (in.models) {
        f.figures.push_back(figure_of(a, in.models->sources()));
        f.figures.push_back(figure_of_claims({f.claims.front()},
                                             {.name = "curve",
                                              .title = "Rise of academic models built on another's",
                                              .x = {.label = "Specification, in the order of the estimates"},
                                              .y = {.label = "Rise", .unit = "points"}},
                                             in.models->sources()));
    }
    if (!a.abstracts.empty()) f.figures.push_back(figure_of_abstracts(a, in.papers->sources()));
    if (in.models)
        f.notes = {
            fmt::format("Table of {}, {} to {}; the halves are those of these years", a.vintage, in.since, in.until),
            "The table names the base models that are known to Epoch: a blank is none, or not known. Releases: "
            "models of the same organisations and day count as one. Base models of one model count as one, each "
            "in part: their shares are of weights, n is how many there are",
            "Models that share an organisation depend on each other, and so do base models of these, and papers that "
            "share an institution",
            told(a.curves.on_another.joint, "first organisations")};
    else
        f.notes = {"Papers that share an institution depend on each other"};
    if (!tested.empty() && tested.back().first.starts_with("rise of abstracts") && tested.back().second.joint)
        f.notes.push_back(told(tested.back().second.joint, "first institutions"));
    if (!a.abstracts.empty() && !a.papers_have_institutions)
        f.notes.emplace_back("The table of papers names no institutions: papers are taken as independent");
    if (!a.missing.empty())
        f.notes.push_back(
            fmt::format("{} not in the table, taken as another's: {}", a.missing.size(), fmt::join(a.missing, ", ")));
    for (const auto& [there, missing] : a.other_size)
        f.notes.push_back(fmt::format("{} was taken for {}", there, fmt::join(missing, ", ")));
    if (in.models) f.sources = in.models->sources();
    return f;
}

std::string pretrained_reliance_json(const pretrained_reliance_inputs& in) {
    using namespace of_pretrained_reliance;
    const analysis a = analyse(in);
    std::vector<cd::json_object> base_models;
    cluster_numbers organisations;
    cd::json_object part, other_size;
    for (const bases& b : a.base_models) {
        base_models.push_back(json_of(b.by_industry));
        base_models.push_back(json_of(b.open));
        part.with(b.of, json_of(over_its_part(b, a.all, organisations).ratio));
    }
    for (const auto& [there, missing] : a.other_size) other_size.with(there, missing);
    cd::json_object object;
    if (in.models)
        object.with("vintage", a.vintage)
            .with("models", json_of(a.counted))
            .with("documented_models", json_of(a.documented))
            .with("base_models", base_models)
            .with_text("curves", json_of(a.curves))
            .with("industry_over_its_part", part)
            .with("not_in_the_table", a.missing)
            .with("in_another_size", other_size);
    if (in.papers) object.with("abstracts", json_of(a.abstracts));
    return object.text();
}

}  // namespace example
