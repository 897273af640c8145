// SPDX-License-Identifier: BSL-1.0
// Longer than a page: two samples, five specifications each, as odds ratios and as differences.
#include "findings/code_release.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>

#include "support/associations.hpp"
#include "support/figures.hpp"
#include "support/models.hpp"
#include "support/papers.hpp"
#include "support/tables.hpp"

namespace example {

using cd::team_kind;

namespace {

/// A paper or a model.
struct work {
    std::string group;                       ///< venue and year of a paper, year of a model
    std::vector<std::string> organisations;  ///< institutions of a paper, organisations of a model
    std::optional<bool> open;                ///< nothing where that is not known, or not who made it
    double industry, authors;                ///< of a paper
    std::optional<team_kind> team;  ///< of a model: academia_only, collaboration (any with both), industry_only

    [[nodiscard]] bool with_industry() const { return industry > 0; }
    [[nodiscard]] std::vector<std::string> organisations_and_group() const {
        std::vector<std::string> labels = organisations;
        labels.push_back("in " + group);
        return labels;
    }
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

sample papers_of(const std::vector<paper>& papers) {
    std::vector<work> works;
    for (const auto& p : papers) {
        const std::string venue = fmt::format("{} {}", p.venue, p.year);
        const bool known = p.n_authors && p.authors.known() > 0;
        works.push_back({venue, p.institutions, known ? p.code : std::nullopt, p.authors[cd::sector::industry],
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

sample models_of(const models& models, int since) {
    std::vector<work> works;
    for (const auto& m : models) {
        if (!m.year || *m.year < since || m.organisations.empty()) continue;
        const auto kind = kind_of(m);
        const bool known = kind && !m.code_accessibility.empty();
        works.push_back({std::to_string(*m.year), m.organisations,
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
    const auto ratios = cd::exponentiated(s.fit);
    const auto differences = cd::average_marginal_effects(works, model, s.fit);
    for (const std::string& term : terms) {
        s.odds_ratios.push_back(estimate_of(term, ratios, s.fit));
        s.differences.push_back(estimate_of(term, differences, s.fit));
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
    const auto clustered = open.clustered_by(&work::group);
    const auto by_institution = open.clustered_by(&work::organisations_and_group);
    const auto within = clustered.absorbing(&work::group).on(count, all);
    const std::vector<std::string> terms{"industry authors", "authors"};
    return {
        log_odds("logit", telling, clustered.on(count, all, venue), logit, terms),
        log_odds("logit, by institution and venue", telling, by_institution.on(count, all, venue), logit, terms),
        linear_probability("linear probability", telling, within, terms),
        linear_probability("linear probability, every venue", s.works, within, terms),
        log_odds("Firth's logit, every venue; records independent", s.works, open.on(count, all, venue), firth, terms),
        log_odds("logit, any industry author", telling, clustered.on(any, all, venue), logit,
                 {"any industry author", "authors"})};
}

std::vector<specification> specifications_of_models(const sample& s) {
    if (!s.tells()) return {};
    const std::vector<work> telling = s.telling();
    const auto is_of = [&](team_kind kind) {
        return std::ranges::any_of(telling, [&](const work& w) { return w.open && w.team == kind; });
    };
    std::vector<std::string> terms;
    for (const auto kind : {team_kind::industry_only, team_kind::collaboration})
        if (is_of(kind)) terms.push_back(fmt::format("team:{}", cd::name_of(kind)));
    if (terms.empty() || !is_of(team_kind::academia_only)) return {};  // there is nothing to compare
    const auto team = cd::categorical("team", &work::team, team_kind::academia_only);
    const auto year = cd::categorical("year", &work::group);
    const auto open = cd::model_of(&work::open);
    const auto clustered = open.clustered_by(&work::organisations);
    const auto within = clustered.absorbing(&work::group).on(team);
    return {log_odds("logit", telling, clustered.on(team, year), logit, terms),
            linear_probability("linear probability", telling, within, terms),
            linear_probability("linear probability, every year", s.works, within, terms),
            log_odds("Firth's logit, every year; records independent", s.works, open.on(team, year), firth, terms)};
}

struct analysis {
    sample papers, models;
    bool papers_have_institutions;
    std::vector<specification> of_papers, of_models;
};

analysis analyse(const code_release_inputs& in) {
    models of_vintage;
    if (in.models) {
        const model_table table = read_models(*in.models);
        of_vintage = table.of(table.vintage(in.models->vintage, in.usual_vintage));
    }
    const auto papers = in.papers ? read_papers(*in.papers) : std::vector<paper>();
    analysis a{papers_of(papers), models_of(of_vintage, in.since), have_institutions(papers), {}, {}};
    if (a.papers.works.empty() && a.models.works.empty())
        throw nothing_to_report(fmt::format("none of {} models is of {} or later and names its organisations",
                                            of_vintage.size(), in.since));
    a.of_papers = specifications_of_papers(a.papers);
    a.of_models = specifications_of_models(a.models);
    return a;
}

cd::table table_of_coverage(const sample& s, const char* name, const char* title) {
    cd::table t{.name = name, .title = title};
    t.columns = {{.name = "group"}, {.name = "all"}, {.name = "known"}, {.name = "open"}, {.name = "in logits"}};
    for (const auto& row : s.groups) {
        const char* const told = sample::tells(row) ? "yes" : row.n > 0 ? "tells nothing" : "nothing known";
        add_row(t, row.key, row.n + row.n_missing, row.n, row.weight_of(true), std::string(told));
    }
    return t;
}

cd::table table_of_specifications(const std::vector<specification>& all, const char* name, const char* title) {
    cd::table t{.name = name, .title = title};
    t.columns = {{.name = "specification"},
                 {.name = "term"},
                 {.name = "odds ratio"},
                 {.name = "difference", .unit = "points", .style = cd::percent_style()},
                 {.name = "errors (clusters)"}};
    for (const specification& s : all)
        for (std::size_t i = 0; i < s.terms.size(); ++i) {
            const auto cell = [i](const std::vector<cd::estimate>& answers) {
                return answers.empty() ? cd::cell{} : cd::to_cell(answers[i]);
            };
            add_row(t, s.name, s.terms[i], cell(s.odds_ratios), cell(s.differences), errors_of(s.fit));
        }
    return t;
}

/// What the specifications say of their first term, as odds ratios and as differences.
void add_claims(cd::finding& f, const std::vector<specification>& all, const char* name, const char* held) {
    if (all.empty()) return;
    cd::claim ratio{.name = fmt::format("{}, odds ratio", name),
                    .text = "less code",
                    .source = "Besiroglu et al. (2024)",
                    .direction = cd::claim_direction::below,
                    .reference = 1};
    cd::claim difference = ratio;
    difference.name = fmt::format("{}, difference", name);
    difference.reference = 0;
    difference.unit = "points";
    difference.style = cd::percent_style();
    for (const specification& s : all) {
        const std::vector<cd::choice> choices{{"specification", s.name}, {"term", s.terms.front()}, {"held", held}};
        if (!s.odds_ratios.empty()) ratio.specifications.push_back({.choices = choices, .result = s.odds_ratios[0]});
        if (!s.differences.empty())
            difference.specifications.push_back({.choices = choices, .result = s.differences[0]});
    }
    f.claims.push_back(ratio);
    f.claims.push_back(difference);
}

/// The share of papers with a link to their code, by the number of their industry authors.
cd::figure figure_of(const sample& s, const std::vector<std::string>& sources) {
    figure_builder f({.name = "papers",
                      .title = "Papers with a link to their code, by their industry authors",
                      .x = {.label = "Industry authors (the last: or more)"},
                      .y = {.label = "Share of papers", .unit = "%", .scale = cd::axis_scale::share}});
    for (const auto& row : cd::share_by(
             s.telling(), [](const work& w) { return std::min(w.industry, 6.0); }, &work::open,
             cd::clustered_by(&work::organisations)))
        f.add("with a link to their code", row.key, row.share);
    return f.figure(sources);
}

cd::json_object json_of(const sample& s, const std::vector<specification>& specifications) {
    std::vector<cd::json_object> groups, all;
    for (const auto& row : s.groups)
        groups.push_back(cd::json_object()
                             .with("group", row.key)
                             .with("n", row.n)
                             .with("missing", row.n_missing)
                             .with("open", row.weight_of(true))
                             .with("in_logits", sample::tells(row)));
    for (const specification& spec : specifications) {
        std::vector<cd::json_object> terms;
        for (std::size_t i = 0; i < spec.terms.size(); ++i) {
            terms.push_back(cd::json_object().with("name", spec.terms[i]));
            if (!spec.odds_ratios.empty()) terms.back().with("odds_ratio", spec.odds_ratios[i]);
            if (!spec.differences.empty()) terms.back().with("difference", spec.differences[i]);
        }
        all.push_back(cd::json_object()
                          .with("name", spec.name)
                          .with("terms", terms)
                          .with_text("fit", example::json_of(spec.fit, spec.terms)));
    }
    return cd::json_object().with("groups", groups).with("specifications", all);
}

}  // namespace

cd::finding code_release(const code_release_inputs& in) {
    const analysis a = analyse(in);
    cd::finding f{.name = "code_release", .question = "Is less code released the more authors are in industry?"};
    add_claims(f, a.of_papers, "papers with code, for each industry author", "authors, venues and years");
    add_claims(f, a.of_models, "models with open training code, industry over academia", "years");
    if (in.papers) {
        f.tables = {table_of_coverage(a.papers, "papers", "Papers: a link to their code"),
                    table_of_specifications(a.of_papers, "of_papers", "A link to code, for each further author")};
        f.figures = {figure_of(a.papers, in.papers->sources())};
        f.notes.emplace_back(
            "Papers: \"open\" has a link to its code, or its abstract names a place of code; what is linked "
            "elsewhere, in the text say, is not seen. Known are that, and the sector of an author. Papers depend on "
            "each "
            "other that are of one venue and year; by institution and venue, those too that share an institution");
    }
    if (in.models) {
        f.tables.push_back(table_of_coverage(a.models, "models", "Models: open training code"));
        f.tables.push_back(
            table_of_specifications(a.of_models, "of_models", "Open training code, against academia alone"));
        // The ratios of odds are of the last claim but one; a ratio and a difference have no axis in common.
        if (!a.of_models.empty())
            f.figures.push_back(
                figure_of_claims({f.claims[f.claims.size() - 2]},
                                 {.name = "models",
                                  .title = "Open training code of models, industry over academia",
                                  .x = {.label = "Specification"},
                                  .y = {.label = "Ratio of odds", .scale = cd::axis_scale::logarithmic}},
                                 in.models->sources()));
        f.notes.emplace_back(
            "Models: open training code, where the table says so or that it is not released. Models depend on "
            "each other that share an organisation. Firth's likelihood has no clustered interval");
    }
    f.notes.emplace_back("Where all or none are open, a venue or year tells nothing and is left out of logits");
    if (in.papers && !a.papers_have_institutions)
        f.notes.emplace_back("The table of papers names no institutions: venues alone make papers dependent");
    if (in.papers && a.of_papers.empty())
        f.notes.emplace_back("No venue and year has papers with code and without: no fit");
    if (in.models && a.of_models.empty())
        f.notes.emplace_back("No year has models with open code and without, of academia alone and of others: no fit");
    if (in.models) f.sources = in.models->sources();
    return f;
}

std::string code_release_json(const code_release_inputs& in) {
    const analysis a = analyse(in);
    cd::json_object object;
    if (in.papers) object.with("papers", json_of(a.papers, a.of_papers));
    if (in.models) object.with("models", json_of(a.models, a.of_models));
    return object.text();
}

}  // namespace example
