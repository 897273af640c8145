// SPDX-License-Identifier: BSL-1.0
// Longer than a page: two samples, all their specifications, as odds ratios and as differences.
#include "findings/code_release.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string_view>
#include <tuple>
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
#include <compute_divide/statistics/curve_inference.hpp>
#include <compute_divide/statistics/specification_set.hpp>

#include "support/associations.hpp"
#include "support/curves.hpp"
#include "support/figures.hpp"
#include "support/models.hpp"
#include "support/papers.hpp"
#include "support/tables.hpp"

namespace example {

using cd::team_kind;

namespace of_code_release {
namespace {

/// What a table says of whose a work is.
struct origin {
    std::string group;                         ///< venue and year of a paper, year of a model
    std::vector<std::uint64_t> organisations;  ///< institutions of a paper, organisations of a model, by number
};

/// A paper or a model. Draws have many copies: names and lists are looked at where the sample has them.
struct work {
    std::optional<bool> open = {};       ///< nothing where that is not known, or not who made it
    double industry = 0, authors = 0;    ///< of a paper
    std::optional<team_kind> team = {};  ///< of a model: academia_only, collaboration (any with both), industry_only
    std::string_view group = {};
    std::span<const std::uint64_t> organisations = {};
    std::uint64_t group_number = 0;
    std::size_t cell = 0;     ///< the same for works of a sample that are equal in group, authors and openness
    std::uint64_t place = 0;  ///< in a draw of organisations, from 1
    double weight = 1;        ///< how many equal works it stands for
    bool drawn = false;       ///< whether it is of a draw, of which the estimates alone are looked at

    [[nodiscard]] std::uint64_t first_organisation() const { return organisations.front(); }
    /// What is drawn at one place knows nothing of others.
    [[nodiscard]] std::vector<std::uint64_t> organisations_of_place() const {
        std::vector<std::uint64_t> labels(organisations.begin(), organisations.end());
        for (std::uint64_t& each : labels) each += place << 32U;
        return labels;
    }
    /// A group is told from organisations by a number above theirs.
    [[nodiscard]] std::vector<std::uint64_t> organisations_and_group() const {
        std::vector<std::uint64_t> labels(organisations.begin(), organisations.end());
        labels.push_back((std::uint64_t{1} << 63U) + group_number);
        return labels;
    }
};

/// Numbers names from 0 in order of appearance.
class numbers_of_names {
public:
    std::vector<std::uint64_t> operator()(const std::vector<std::string>& names) {
        std::vector<std::uint64_t> numbers;
        for (const std::string& each : names) numbers.push_back(numbers_.emplace(each, numbers_.size()).first->second);
        return numbers;
    }

private:
    std::map<std::string, std::uint64_t> numbers_;
};

/// Works, and what they look at.
struct sample {
    std::vector<origin> origins;
    std::vector<work> works;
    cd::tally_table<std::string, bool> groups;  ///< how many are open

    /// Of each work its origin. Groups and cells are numbered in the order of appearance.
    sample(std::vector<origin> of_works, std::vector<work> all) : origins(std::move(of_works)), works(std::move(all)) {
        std::map<std::string_view, std::uint64_t> numbers;
        std::map<std::tuple<std::uint64_t, double, double, std::optional<bool>>, std::size_t> cells;
        for (std::size_t i = 0; i < works.size(); ++i) {
            work& w = works[i];
            w.group = origins[i].group;
            w.organisations = origins[i].organisations;
            w.group_number = numbers.emplace(w.group, numbers.size()).first->second;
            w.cell =
                cells.emplace(std::tuple(w.group_number, w.industry, w.authors, w.open), cells.size()).first->second;
        }
        groups = cd::tabulate(works, &work::group, &work::open);
    }
    sample(const sample&) = delete;  // its works would look at the other's origins
    sample(sample&&) = default;

    /// Where all or none are open the group says nothing of who opens code: logits leave it out (as fixest does).
    [[nodiscard]] static bool tells(const cd::tally_row<std::string, bool>& row) {
        return row.weight_of(true) > 0 && row.weight_of(false) > 0;
    }
    [[nodiscard]] bool tells() const {
        return std::ranges::any_of(groups, [](const auto& row) { return tells(row); });
    }
    [[nodiscard]] std::vector<work> telling() const { return telling_of(works); }
    [[nodiscard]] static std::vector<work> telling_of(const std::vector<work>& works) {
        return those_of(works, [](const known_of_group& group) { return group.open && group.closed; });
    }
    /// Those of groups of which anything is known: of others nothing can be drawn.
    [[nodiscard]] std::vector<work> known() const {
        return those_of(works, [](const known_of_group& group) { return group.open || group.closed; });
    }

private:
    struct known_of_group {
        bool open = false, closed = false;  ///< whether any work is
    };
    template <class Keep>
    [[nodiscard]] static std::vector<work> those_of(const std::vector<work>& works, Keep keep) {
        std::vector<known_of_group> groups;
        for (const work& w : works) {
            if (w.group_number >= groups.size()) groups.resize(w.group_number + 1);
            if (w.open) (*w.open ? groups[w.group_number].open : groups[w.group_number].closed) = true;
        }
        std::vector<work> kept;
        std::ranges::copy_if(works, std::back_inserter(kept),
                             [&](const work& w) { return keep(groups[w.group_number]); });
        return kept;
    }
};

sample papers_of(const std::vector<paper>& papers) {
    std::vector<origin> origins;
    std::vector<work> works;
    numbers_of_names numbered;
    for (const auto& p : papers) {
        origins.push_back({fmt::format("{} {}", p.venue, p.year), numbered(p.institutions)});
        const bool known = p.n_authors && p.authors.known() > 0;
        works.push_back({.open = known ? p.code : std::nullopt,
                         .industry = p.authors[cd::sector::industry],
                         .authors = p.n_authors.value_or(0)});
    }
    return {std::move(origins), std::move(works)};
}

/// Leaning teams are collaborations: the table says of many only that both sectors are in them.
std::optional<team_kind> kind_of(const cd::epoch_model& m) {
    using enum team_kind;
    if (m.team == academia_leaning || m.team == industry_leaning) return collaboration;
    if (m.team == academia_only || m.team == collaboration || m.team == industry_only) return m.team;
    return std::nullopt;
}

sample models_of(const models& models, int since) {
    std::vector<origin> origins;
    std::vector<work> works;
    numbers_of_names numbered;
    for (const auto& m : models) {
        if (!m.year || *m.year < since || m.organisations.empty()) continue;
        const auto kind = kind_of(m);
        const bool known = kind && !m.code_accessibility.empty();
        origins.push_back({std::to_string(*m.year), numbered(m.organisations)});
        works.push_back(
            {.open = known ? std::optional(m.code_accessibility.starts_with("Open")) : std::nullopt, .team = kind});
    }
    return {std::move(origins), std::move(works)};
}

// Ways to put the question.
enum class measure { each_author, any_author };
enum class estimator { logit, linear, firth };
enum class places { telling, every };
enum class errors { place, institutions, independent };
using paper_questions = cd::specification_set<measure, estimator, places, errors>;
using model_questions = cd::specification_set<estimator, places>;

/// Which numbers a claim is about: odds ratios are of logits, differences of linear probabilities; of the others'
/// effects there is a table.
enum class scale { both, ratio, difference };
constexpr auto is_of = [](scale s, estimator how) {
    return s == scale::both || (s == scale::difference) == (how == estimator::linear);
};
constexpr auto has_these = [](estimator how, places where) {
    return how == estimator::linear || (how == estimator::logit) == (where == places::telling);
};
const char* const these_places = "logits leave out places of which all or none are open, Firth's none";
const char* const this_scale = "odds ratios are of logits, differences of linear probabilities";
const cd::alternatives<estimator> estimators{
    "estimator", {{"logit", estimator::logit}, {"linear", estimator::linear}, {"Firth's logit", estimator::firth}}};

paper_questions questions_of_papers(scale wanted) {
    return paper_questions({"industry", {{"each author", measure::each_author}, {"any author", measure::any_author}}},
                           estimators, {"venues", {{"that tell", places::telling}, {"every", places::every}}},
                           {"errors",
                            {{"by venue, year", errors::place},
                             {"by institution too", errors::institutions},
                             {"independent", errors::independent}}})
        .where(these_places, [](measure, estimator how, places where, errors) { return has_these(how, where); })
        .where("errors by institution are of the logit; Firth's likelihood has no clustered ones, others have",
               [](measure, estimator how, places, errors e) {
                   return (how == estimator::firth) == (e == errors::independent) &&
                          (how == estimator::logit || e != errors::institutions);
               })
        .where(this_scale, [wanted](measure, estimator how, places, errors) { return is_of(wanted, how); });
}
model_questions questions_of_models(scale wanted) {
    return model_questions(estimators, {"years", {{"that tell", places::telling}, {"every", places::every}}})
        .where(these_places, has_these)
        .where(this_scale, [wanted](estimator how, places) { return is_of(wanted, how); });
}

/// A fit, and what is wanted of it: odds ratios, or differences of the probability.
struct answers {
    cd::regression_fit fit = {};
    std::vector<cd::estimate> odds_ratios = {}, differences = {};  ///< of the terms

    [[nodiscard]] cd::estimate first(bool ratio) const { return ratio ? odds_ratios.at(0) : differences.at(0); }
};
enum class wanted { odds_ratios, differences, both };

/// Works of known openness of a draw, one for all that are equal in what a logit with errors by group knows of them,
/// weighted by their number: its likelihood, scores and information are the same. Works of one group come together.
std::vector<work> cells_of(const std::vector<work>& works) {
    struct place_of_cell {
        std::uint64_t group_number = std::numeric_limits<std::uint64_t>::max();  // in which it was met last
        std::size_t place = 0;
    };
    std::vector<place_of_cell> places;
    std::vector<work> cells;
    for (const work& w : works) {
        if (!w.open) continue;
        if (w.cell >= places.size()) places.resize(w.cell + 1);
        place_of_cell& last = places[w.cell];
        if (last.group_number == w.group_number) {
            ++cells[last.place].weight;
        } else {
            last = {w.group_number, cells.size()};
            cells.push_back(w);
            cells.back().drawn = false;
        }
    }
    return cells;
}
/// A fit is too_few where there are fewer cells than columns, though works are enough.
bool are_enough(const std::vector<work>& cells) {
    std::set<std::uint64_t> groups;
    for (const work& cell : cells) groups.insert(cell.group_number);
    return cells.size() > groups.size() + 2;
}
/// Turns a fit of cells into that of the works they stand for, whose number is in Stata's (n - 1) / (n - k), and in
/// degrees of freedom. Of works themselves it is as it was.
void count_works(cd::regression_fit& fit, const std::vector<work>& cells) {
    double n = 0;
    for (const work& cell : cells) n += cell.open ? cell.weight : 0;
    const auto rows = static_cast<double>(fit.n), k = static_cast<double>(fit.rank);
    cd::coefficient_covariance& covariance = fit.covariance;
    if (n == rows || !covariance) return;
    fit.n = covariance.n = static_cast<std::uint64_t>(n);
    covariance.degrees_of_freedom = n - k;
    if (covariance.kind != cd::covariance_kind::clustered) return;
    covariance.degrees_of_freedom = std::min(n - k, static_cast<double>(covariance.clusters) - 1);
    for (double& x : covariance.values) x *= (n - 1) / (n - k) * ((rows - k) / (rows - 1));
}

template <class Model>
answers answers_of(const std::vector<work>& works, const Model& model, estimator how,
                   const std::vector<std::string>& terms, wanted what) {
    answers a;
    if (how == estimator::firth)
        a.fit = cd::fit_firth_logit(works, model);
    else
        a.fit = cd::fit_logit(works, model, {.reference = cd::reference_distribution::student_t});
    count_works(a.fit, works);
    if (what != wanted::differences)
        for (const auto ratios = cd::exponentiated(a.fit); const std::string& term : terms)
            a.odds_ratios.push_back(estimate_of(term, ratios, a.fit));
    if (what != wanted::odds_ratios)
        for (const auto effects = cd::average_marginal_effects(works, model, a.fit, terms);
             const std::string& term : terms)
            a.differences.push_back(estimate_of(term, effects, a.fit));
    return a;
}
answers answers_of(cd::regression_fit fit, const std::vector<std::string>& terms) {
    answers a{.fit = std::move(fit)};
    for (const std::string& term : terms) a.differences.push_back(cd::coefficient(a.fit, term));
    return a;
}

std::vector<std::string> terms_of(measure m) {
    return {m == measure::any_author ? "any industry author" : "industry authors", "authors"};
}

answers answers_of_papers(const std::vector<work>& works, measure m, estimator how, places where, errors e,
                          wanted what) {
    const bool has_cells = how != estimator::linear && e != errors::institutions && what == wanted::odds_ratios;
    if (has_cells && !works.empty() && works.front().drawn) {
        std::vector<work> cells = cells_of(works);
        if (where == places::telling) cells = sample::telling_of(cells);
        if (are_enough(cells)) return answers_of_papers(cells, m, how, places::every, e, what);
    }
    const std::vector<work> telling = where == places::telling ? sample::telling_of(works) : std::vector<work>();
    const std::vector<work>& used = where == places::telling ? telling : works;
    const auto terms = terms_of(m);
    const auto count = cd::variable(terms[0], [m](const work& w) {
        return m == measure::each_author ? w.industry : w.industry > 0 ? 1 : 0;
    });
    const auto all = cd::variable("authors", &work::authors);
    const auto venue = cd::categorical("venue", &work::group);
    const auto open = cd::model_of(&work::open).weighted_by(&work::weight);
    if (how == estimator::firth) return answers_of(used, open.on(count, all, venue), how, terms, what);
    const auto by_place = open.clustered_by(&work::group);
    const auto by_institution = open.clustered_by(&work::organisations_and_group);
    if (how == estimator::logit)
        return e == errors::place ? answers_of(used, by_place.on(count, all, venue), how, terms, what)
                                  : answers_of(used, by_institution.on(count, all, venue), how, terms, what);
    return answers_of(e == errors::place
                          ? cd::fit_fixed_effects(used, by_place.absorbing(&work::group).on(count, all))
                          : cd::fit_fixed_effects(used, by_institution.absorbing(&work::group).on(count, all)),
                      terms);
}

answers answers_of_models(const std::vector<work>& works, estimator how, places where,
                          const std::vector<std::string>& terms, wanted what) {
    const std::vector<work> telling = where == places::telling ? sample::telling_of(works) : std::vector<work>();
    const std::vector<work>& used = where == places::telling ? telling : works;
    const auto team = cd::categorical("team", &work::team, team_kind::academia_only);
    const auto year = cd::categorical("year", &work::group);
    const auto open = cd::model_of(&work::open);
    if (how == estimator::firth) return answers_of(used, open.on(team, year), how, terms, what);
    const auto clustered = open.clustered_by(&work::organisations_of_place);
    if (how == estimator::logit) return answers_of(used, clustered.on(team, year), how, terms, what);
    return answers_of(cd::fit_fixed_effects(used, clustered.absorbing(&work::group).on(team)), terms);
}

/// A question of one sample: every specification's answers, and the curves of the first term.
struct question {
    std::string name, held;                                                          ///< of its claims
    std::vector<std::pair<cd::specification, std::vector<std::string>>> asked = {};  ///< and its terms
    std::vector<answers> answered = {};                                              ///< of the same
    cd::specification_curve odds_ratios = {}, differences = {};
    headline quoted_ratio = {}, quoted_difference = {};

    explicit operator bool() const { return !asked.empty(); }
};

/// Asks for everything of the sample itself, for tables. What cannot be fitted is in the curves with its status.
template <class Set, class Ask, class Terms>
void ask_all(question& q, const Set& set, Ask ask, Terms terms) {
    for (auto&& each : set) {
        try {
            q.answered.push_back(std::apply(ask, each.values));
        } catch (const std::domain_error&) {
            continue;
        } catch (const std::invalid_argument&) {
            continue;
        }
        q.asked.emplace_back(cd::specification{.choices = each.choices}, terms(std::get<0>(each.values)));
    }
}

question ask_papers(const sample& s, const curve_input& how) {
    question q{
        .name = "papers with code, for each industry author",
        .held = "authors, venues and years",
        .quoted_ratio = {{{"industry", "each author"},
                          {"estimator", "logit"},
                          {"venues", "that tell"},
                          {"errors", "by venue, year"}},
                         "the study counts industry authors; code is there or not; papers of a venue and year "
                         "were written under the same rules"},
        .quoted_difference = {
            {{"industry", "each author"}, {"estimator", "linear"}, {"venues", "every"}, {"errors", "by venue, year"}},
            "the study counts industry authors; no paper is left out"}};
    if (!s.tells()) return q;
    ask_all(
        q, questions_of_papers(scale::both),
        [&](measure m, estimator e, places p, errors r) {
            return answers_of_papers(s.works, m, e, p, r, wanted::both);
        },
        terms_of);
    const std::vector<work> known = s.known();
    std::vector<std::string> names;  // of groups that are drawn
    while (names.size() < s.groups.size()) names.push_back(std::to_string(names.size()));
    const auto as_drawn = [&names](work& w, std::size_t number) {
        w.group = names[number];
        w.group_number = number;
        w.drawn = true;
    };
    const auto curve = [&](bool ratio) {
        return cd::resampled_curve(
            known, &work::group, as_drawn, questions_of_papers(ratio ? scale::ratio : scale::difference),
            [ratio](const std::vector<work>& works, measure m, estimator e, places p, errors r) {
                return answers_of_papers(works, m, e, p, r, ratio ? wanted::odds_ratios : wanted::differences)
                    .first(ratio);
            },
            how.options(ratio ? cd::comparison_scale::ratio : cd::comparison_scale::difference));
    };
    q.odds_ratios = curve(true);
    q.differences = curve(false);
    return q;
}

question ask_models(const sample& s, const curve_input& how) {
    question q{.name = "models with open training code, industry over academia",
               .held = "years",
               .quoted_ratio = {{{"estimator", "logit"}, {"years", "that tell"}},
                                "code is open or not; years in which all or none are open tell nothing"},
               .quoted_difference = {{{"estimator", "linear"}, {"years", "every"}}, "no model is left out"}};
    if (!s.tells()) return q;
    const std::vector<work> telling = s.telling();
    const auto has = [&](team_kind kind) {
        return std::ranges::any_of(telling, [&](const work& w) { return w.open && w.team == kind; });
    };
    std::vector<std::string> terms;
    for (const auto kind : {team_kind::industry_only, team_kind::collaboration})
        if (has(kind)) terms.push_back(fmt::format("team:{}", cd::name_of(kind)));
    if (terms.empty() || !has(team_kind::academia_only)) return q;  // there is nothing to compare
    ask_all(
        q, questions_of_models(scale::both),
        [&](estimator e, places p) { return answers_of_models(s.works, e, p, terms, wanted::both); },
        [&](estimator) { return terms; });
    // Models depend on each other that share an organisation: the first of each is drawn, with all its models, and
    // those that it is drawn with know nothing of others.
    const std::vector<work> known = s.known();
    const auto apart = [](work& w, std::size_t number) { w.place = number + 1; };
    const auto curve = [&](bool ratio) {
        return cd::resampled_curve(
            known, &work::first_organisation, apart, questions_of_models(ratio ? scale::ratio : scale::difference),
            [ratio, &terms](const std::vector<work>& works, estimator e, places p) {
                return answers_of_models(works, e, p, terms, ratio ? wanted::odds_ratios : wanted::differences)
                    .first(ratio);
            },
            how.options(ratio ? cd::comparison_scale::ratio : cd::comparison_scale::difference));
    };
    q.odds_ratios = curve(true);
    q.differences = curve(false);
    return q;
}

struct analysis {
    sample papers, models;
    bool papers_have_institutions;
    question of_papers, of_models;
};

analysis analyse(const code_release_inputs& in) {
    models of_vintage;
    if (in.models) {
        const model_table& table = read_models(*in.models);
        of_vintage = table.of(table.vintage(in.models->vintage));
    }
    const std::vector<paper> none;
    const std::vector<paper>& papers = in.papers ? read_papers(*in.papers) : none;
    analysis a{papers_of(papers), models_of(of_vintage, in.since), have_institutions(papers), {}, {}};
    if (a.papers.works.empty() && a.models.works.empty())
        throw nothing_to_report(fmt::format("none of {} models is of {} or later and names its organisations",
                                            of_vintage.size(), in.since));
    a.of_papers = ask_papers(a.papers, in.curve);
    a.of_models = ask_models(a.models, in.curve);
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

cd::table table_of_specifications(const question& q, const char* name, const char* title) {
    cd::table t{.name = name, .title = title};
    t.columns = {{.name = "specification"},
                 {.name = "term"},
                 {.name = "odds ratio"},
                 {.name = "difference", .unit = "points", .style = cd::percent_style()},
                 {.name = "errors (clusters)"}};
    for (std::size_t k = 0; k < q.asked.size(); ++k)
        for (std::size_t i = 0; i < q.asked[k].second.size(); ++i) {
            const auto cell = [i](const std::vector<cd::estimate>& all) {
                return all.empty() ? cd::cell{} : cd::to_cell(all[i]);
            };
            const answers& a = q.answered[k];
            add_row(t, name_of(q.asked[k].first), q.asked[k].second[i], cell(a.odds_ratios), cell(a.differences),
                    errors_of(a.fit));
        }
    return t;
}

/// What the specifications say of their first term, as odds ratios and as differences.
void add_claims(cd::finding& f, const question& q, const std::string& units, const std::vector<std::string>& sources) {
    if (!q) return;
    cd::claim ratio{.name = fmt::format("{}, odds ratio", q.name),
                    .text = "less code",
                    .source = "Besiroglu et al. (2024)",
                    .direction = cd::claim_direction::below,
                    .reference = 1};
    cd::claim difference = ratio;
    difference.name = fmt::format("{}, difference", q.name);
    difference.reference = 0;
    difference.unit = "points";
    difference.style = cd::percent_style();
    set_curve(ratio, q.odds_ratios, q.quoted_ratio);
    set_curve(difference, q.differences, q.quoted_difference);
    f.tables.push_back(table_of_curves({{ratio.name, &q.odds_ratios}, {difference.name, &q.differences}}));
    f.notes.push_back(fmt::format("{}; held: {}. {}", q.name, q.held, told(q.odds_ratios.joint, units)));
    f.figures.push_back(figure_of_claims({ratio},
                                         {.name = q.held == "years" ? "models_curve" : "papers_curve",
                                          .title = ratio.name,
                                          .x = {.label = "Specification, in the order of the estimates"},
                                          .y = {.label = "Ratio of odds", .scale = cd::axis_scale::logarithmic}},
                                         sources));
    f.claims.push_back(std::move(ratio));
    f.claims.push_back(std::move(difference));
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

cd::json_object json_of(const sample& s, const question& q) {
    std::vector<cd::json_object> groups, all;
    for (const auto& row : s.groups)
        groups.push_back(cd::json_object()
                             .with("group", row.key)
                             .with("n", row.n)
                             .with("missing", row.n_missing)
                             .with("open", row.weight_of(true))
                             .with("in_logits", sample::tells(row)));
    for (std::size_t k = 0; k < q.asked.size(); ++k) {
        const auto& [of, names] = q.asked[k];
        std::vector<cd::json_object> terms;
        for (std::size_t i = 0; i < names.size(); ++i) {
            terms.push_back(cd::json_object().with("name", names[i]));
            if (!q.answered[k].odds_ratios.empty()) terms.back().with("odds_ratio", q.answered[k].odds_ratios[i]);
            terms.back().with("difference", q.answered[k].differences[i]);
        }
        all.push_back(cd::json_object()
                          .with("choices", of.choices)
                          .with("terms", terms)
                          .with_text("fit", example::json_of(q.answered[k].fit, names)));
    }
    cd::json_object object;
    object.with("groups", groups).with("specifications", all);
    if (!q) return object;
    return object.with_text("odds_ratios", to_json(q.odds_ratios))
        .with("odds_ratios_verdict", cd::verdict_of(q.odds_ratios, cd::claim_direction::below))
        .with_text("differences", to_json(q.differences))
        .with("differences_verdict", cd::verdict_of(q.differences, cd::claim_direction::below));
}

}  // namespace
}  // namespace of_code_release

cd::finding code_release(const code_release_inputs& in) {
    using namespace of_code_release;
    const analysis a = analyse(in);
    cd::finding f{.name = "code_release", .question = "Is less code released the more authors are in industry?"};
    if (in.papers) add_claims(f, a.of_papers, "venues and years", in.papers->sources());
    if (in.models) add_claims(f, a.of_models, "first organisations", in.models->sources());
    if (in.papers) {
        f.tables.push_back(table_of_coverage(a.papers, "papers", "Papers: a link to their code"));
        f.tables.push_back(
            table_of_specifications(a.of_papers, "of_papers", "A link to code, for each further author"));
        f.figures.push_back(figure_of(a.papers, in.papers->sources()));
        f.notes.emplace_back(
            "Papers: \"open\" has a link to its code, or its abstract names a place of code; what is linked "
            "elsewhere, in the text say, is not seen. Known are that, and the sector of an author. Papers depend on "
            "each other that are of one venue and year; by institution too, those that share an institution");
    }
    if (in.models) {
        f.tables.push_back(table_of_coverage(a.models, "models", "Models: open training code"));
        f.tables.push_back(
            table_of_specifications(a.of_models, "of_models", "Open training code, against academia alone"));
        f.notes.emplace_back(
            "Models: open training code, where the table says so or that it is not released. Models depend on "
            "each other that share an organisation. Firth's likelihood has no clustered interval");
    }
    f.notes.emplace_back("Where all or none are open, a venue or year tells nothing and is left out of logits");
    if (in.papers && !a.papers_have_institutions)
        f.notes.emplace_back("The table of papers names no institutions: venues alone make papers dependent");
    if (in.papers && !a.of_papers) f.notes.emplace_back("No venue and year has papers with code and without: no fit");
    if (in.models && !a.of_models)
        f.notes.emplace_back("No year has models with open code and without, of academia alone and of others: no fit");
    if (in.models) f.sources = in.models->sources();
    return f;
}

std::string code_release_json(const code_release_inputs& in) {
    using namespace of_code_release;
    const analysis a = analyse(in);
    cd::json_object object;
    if (in.papers) object.with("papers", json_of(a.papers, a.of_papers));
    if (in.models) object.with("models", json_of(a.models, a.of_models));
    return object.text();
}

}  // namespace example
