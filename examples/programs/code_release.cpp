// SPDX-License-Identifier: BSL-1.0
// Is less code released the more authors are in industry? Papers with a link to their code on the number of their
// industry authors, within venue and year; and open training code of models by kind of team, within year.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>

#include "support/associations.hpp"
#include "support/models.hpp"
#include "support/papers.hpp"
#include "support/plot.hpp"

namespace cd = compute_divide;
using cd::team_kind;
using json = nlohmann::ordered_json;

namespace {

/// A paper or a model.
struct work {
    std::string group;              ///< venue and year of a paper, year of a model
    std::string cluster;            ///< the same of a paper, the first organisation of a model
    std::optional<bool> open;       ///< nothing where that is not known, or not who made it
    double industry, authors;       ///< of a paper
    std::optional<team_kind> team;  ///< of a model: academia_only, collaboration (any with both), industry_only

    [[nodiscard]] bool with_industry() const { return industry > 0; }
};

struct sample {
    std::vector<work> works;
    cd::tally_table<std::string, bool> groups;  ///< how many are open

    explicit sample(std::vector<work> all)
        : works(std::move(all)), groups(cd::tabulate(works, &work::group, &work::open)) {}

    /// Where all or none are open the group says nothing of who opens code: logits leave it out (as fixest does).
    [[nodiscard]] static bool tells(const cd::tally_row<std::string, bool>& row) {
        return row.weight_of(true) > 0 && row.weight_of(false) > 0;
    }
    [[nodiscard]] bool tells() const {
        return std::ranges::any_of(groups, [](const auto& row) { return tells(row); });
    }
    [[nodiscard]] std::vector<work> telling() const {
        std::vector<work> kept;
        std::ranges::copy_if(works, std::back_inserter(kept),
                             [&](const work& w) { return tells(*groups.find(w.group)); });
        return kept;
    }
};

sample papers_of(const std::vector<example::paper>& papers) {
    std::vector<work> works;
    for (const auto& p : papers) {
        const std::string venue = fmt::format("{} {}", p.venue, p.year);
        const bool known = p.n_authors && p.authors.known() > 0;
        works.push_back({venue, venue, known ? p.code : std::nullopt, p.authors[cd::sector::industry],
                         p.n_authors.value_or(0), std::nullopt});
    }
    return sample(std::move(works));
}

/// Leaning teams are collaborations: the table says of many only that both sectors are in them.
std::optional<team_kind> kind_of(const cd::epoch_model& m) {
    using enum team_kind;
    if (m.team == academia_leaning || m.team == industry_leaning) return collaboration;
    if (m.team == academia_only || m.team == collaboration || m.team == industry_only) return m.team;
    return std::nullopt;
}

sample models_of(const example::models& models, int since) {
    std::vector<work> works;
    for (const auto& m : models) {
        if (!m.year || *m.year < since || m.organisations.empty()) continue;
        const auto kind = kind_of(m);
        const bool known = kind && !m.code_accessibility.empty();
        works.push_back({std::to_string(*m.year), m.organisations.front(),
                         known ? std::optional(m.code_accessibility.starts_with("Open")) : std::nullopt, 0, 0, kind});
    }
    return sample(std::move(works));
}

/// One way to put the question, and the answers: odds ratios, and differences of the probability.
struct specification {
    std::string name;
    cd::regression_fit fit;
    std::vector<std::string> terms;
    std::vector<cd::estimate> odds_ratios, differences;  ///< of these terms, where the specification has such
};

template <class Model, class Fit>
specification log_odds(const std::string& name, const std::vector<work>& works, const Model& model, Fit fit,
                       const std::vector<std::string>& terms) {
    specification s{name, fit(works, model), terms, {}, {}};
    const auto ratios = cd::exponentiated(s.fit), differences = cd::average_marginal_effects(works, model, s.fit);
    for (const std::string& term : terms) {
        s.odds_ratios.push_back(example::estimate_of(term, ratios, s.fit));
        s.differences.push_back(example::estimate_of(term, differences, s.fit));
    }
    return s;
}

constexpr auto logit = [](const auto& works, const auto& model) {
    return cd::fit_logit(works, model, {.reference = cd::reference_distribution::student_t});
};
constexpr auto firth = [](const auto& works, const auto& model) { return cd::fit_firth_logit(works, model); };

template <class Model>
specification linear_probability(const std::string& name, const std::vector<work>& works, const Model& model,
                                 const std::vector<std::string>& terms) {
    specification s{name, cd::fit_fixed_effects(works, model), terms, {}, {}};
    for (const std::string& term : terms) s.differences.push_back(cd::coefficient(s.fit, term));
    return s;
}

std::vector<specification> specifications_of_papers(const sample& s) {
    if (!s.tells()) return {};
    const std::vector<work> telling = s.telling();
    const auto count = cd::variable("industry authors", &work::industry);
    const auto all = cd::variable("authors", &work::authors);
    const auto any = cd::variable("any industry author", &work::with_industry);
    const auto venue = cd::categorical("venue", &work::group);
    const auto open = cd::model_of(&work::open);
    const auto clustered = open.clustered_by(&work::cluster);
    const auto within = clustered.absorbing(&work::group).on(count, all);
    const std::vector<std::string> terms{"industry authors", "authors"};
    return {log_odds("logit", telling, clustered.on(count, all, venue), logit, terms),
            linear_probability("linear probability", telling, within, terms),
            linear_probability("linear probability, every venue", s.works, within, terms),
            log_odds("Firth's logit, every venue", s.works, open.on(count, all, venue), firth, terms),
            log_odds("logit, any industry author", telling, clustered.on(any, all, venue), logit,
                     {"any industry author", "authors"})};
}

std::vector<specification> specifications_of_models(const sample& s) {
    if (!s.tells()) return {};
    const std::vector<work> telling = s.telling();
    const auto team = cd::categorical("team", &work::team, team_kind::academia_only);
    const auto year = cd::categorical("year", &work::group);
    const auto open = cd::model_of(&work::open);
    const auto clustered = open.clustered_by(&work::cluster);
    const auto within = clustered.absorbing(&work::group).on(team);
    const std::vector<std::string> terms{"team:industry_only", "team:collaboration"};
    return {log_odds("logit", telling, clustered.on(team, year), logit, terms),
            linear_probability("linear probability", telling, within, terms),
            linear_probability("linear probability, every year", s.works, within, terms),
            log_odds("Firth's logit, every year", s.works, open.on(team, year), firth, terms)};
}

void print_coverage(const sample& s) {
    fmt::print("{:<14}{:>8}{:>9}{:>8}\n", "", "all", "known", "open");
    for (const auto& row : s.groups)
        fmt::print("{:<14}{:>8}{:>9}{:>8}{}\n", row.key, row.n + row.n_missing, row.n, row.weight_of(true),
                   s.tells(row) ? ""
                   : row.n > 0  ? "   tells nothing"
                                : "   nothing known");
}

void print_specifications(const std::vector<specification>& all) {
    fmt::print("{:<34}{:<20}{}\n", "", "odds ratio", "difference, points");
    for (const specification& s : all) {
        fmt::print("{}: {}\n", s.name, example::basis_of(s.fit));
        for (std::size_t i = 0; i < s.terms.size(); ++i)
            fmt::print("    {:<30}{:<20}{}\n", s.terms[i],
                       s.odds_ratios.empty() ? "-" : example::told(s.odds_ratios[i]),
                       s.differences.empty() ? "-" : example::told(s.differences[i], 1, 100));
    }
}

json to_json(const sample& s, const std::vector<specification>& specifications) {
    json out;
    for (const auto& row : s.groups)
        out["groups"].push_back({{"group", row.key},
                                 {"n", row.n},
                                 {"missing", row.n_missing},
                                 {"open", row.weight_of(true)},
                                 {"in_logits", s.tells(row)}});
    for (const specification& spec : specifications) {
        json terms = json::array();
        for (std::size_t i = 0; i < spec.terms.size(); ++i) {
            terms.push_back({{"name", spec.terms[i]}});
            if (!spec.odds_ratios.empty()) terms.back()["odds_ratio"] = example::to_json(spec.odds_ratios[i]);
            if (!spec.differences.empty()) terms.back()["difference"] = example::to_json(spec.differences[i]);
        }
        out["specifications"].push_back(
            {{"name", spec.name}, {"terms", terms}, {"fit", example::to_json(spec.fit, spec.terms)}});
    }
    return out;
}

void print_ledger(const char* finding, const char* definition, const std::vector<specification>& all) {
    if (all.empty()) return;
    fmt::print("{}\tnegative\todds ratio {}; {}\t{}, {}\n", finding, example::told(all[0].odds_ratios[0]),
               example::against_a_decrease(all[0].odds_ratios[0], 1), definition, all[0].name);
    fmt::print("{}\tnegative\t{} points; {}\t{}, {}\n", finding, example::told(all[1].differences[0], 1, 100),
               example::against_a_decrease(all[1].differences[0]), definition, all[1].name);
}

/// The share of papers with a link to their code, by the number of their industry authors.
std::vector<example::plot_series> plot_of(const sample& s) {
    example::plot_series series{"with a link to their code", {}, {}};
    for (const auto& row : cd::share_by(
             s.telling(), [](const work& w) { return std::min(w.industry, 6.0); }, &work::open)) {
        if (!row.share) continue;
        series.points.push_back({row.key, 100 * *row.share.value});
        series.band.push_back({row.key, 100 * *row.share.value, 100 * row.share.lower(), 100 * row.share.upper()});
    }
    return {series};
}

}  // namespace

int main(int argc, char** argv) try {
    std::string papers_path = COMPUTE_DIVIDE_DATA_DIR "/papers.csv";
    std::string models_path = COMPUTE_DIVIDE_DATA_DIR "/models.csv", vintage = "2025-08", svg;
    int since = 2012;
    bool as_json = false, as_ledger = false;
    CLI::App app("Release of code by industry: papers by their authors, models by their teams");
    app.add_option("--papers", papers_path, "papers with sectors of authors and links to code")
        ->check(CLI::ExistingFile);
    app.add_option("--models", models_path, "Epoch AI's models table, any vintage as downloaded")
        ->check(CLI::ExistingFile);
    app.add_option("--vintage", vintage, "of a table of models that holds several")->capture_default_str();
    app.add_option("--since", since, "first year of models")->capture_default_str();
    app.add_option("--svg", svg, "draws papers with code by industry authors into this file (needs gnuplot)");
    app.add_flag("--json", as_json, "one object with every number");
    app.add_flag("--ledger", as_ledger, "one line per finding, tabs between");
    CLI11_PARSE(app, argc, argv);

    const sample papers = papers_of(example::read_papers(papers_path));
    const example::model_table table = example::read_models(models_path);
    const sample models = models_of(table.of(table.vintage(vintage)), since);
    const auto of_papers = specifications_of_papers(papers), of_models = specifications_of_models(models);
    if (as_json) {
        const json out{{"papers", to_json(papers, of_papers)}, {"models", to_json(models, of_models)}};
        fmt::print("{}\n", example::rounded(out).dump());
    } else if (as_ledger) {
        print_ledger("papers with code, for each industry author", "authors, venues and years held", of_papers);
        print_ledger("models with open training code, industry over academia", "years held", of_models);
    } else {
        fmt::print(
            "Is less code released the more authors are in industry?\n\n"
            "Papers: \"open\" has a link to its code, or its abstract names a place of code; what is linked\n"
            "elsewhere, in the text say, is not seen. Known are that, and the sector of an author.\n\n");
        print_coverage(papers);
        fmt::print("\nA link to code, for each further author; 95 %, clusters are venues of a year, t\n");
        print_specifications(of_papers);
        fmt::print("\nModels: open training code, where the table says so or that it is not released\n\n");
        print_coverage(models);
        fmt::print("\nOpen training code, against academia alone; 95 %, clusters are first organisations, t\n");
        print_specifications(of_models);
    }
    if (!svg.empty())
        example::write_svg(svg, "Papers with a link to their code (%)", plot_of(papers), example::y_axis::linear,
                           "Industry authors (the last: or more)");
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "code_release: {}\n", error.what());
    return 1;
}
