// SPDX-License-Identifier: BSL-1.0
// Longer than a page: the same question put in fourteen specifications, and the changes of every topic.
#include "findings/topic_regression.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/regression/to_string.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/curve_inference.hpp>
#include <compute_divide/statistics/proportion_comparison.hpp>
#include <compute_divide/statistics/specification_set.hpp>

#include "support/associations.hpp"
#include "support/figures.hpp"
#include "support/papers.hpp"
#include "support/tables.hpp"

namespace example {

namespace of_topic_regression {
namespace {

/// A paper under one of its topics.
struct entry {
    std::size_t paper;  ///< its number
    std::string topic;
    int year;
    std::optional<bool> academia_only;  ///< nothing where no author's sector is known
    std::optional<bool> compute;        ///< whether the abstract has a compute term; nothing where it is not at hand
    double weight;                      ///< 1, or one over the number of the paper's topics
};

/// Where the table does not say what text was searched, it is taken to be the abstract.
std::vector<entry> entries_of(const std::vector<paper>& papers, const topic_regression_inputs& c) {
    std::vector<entry> entries;
    std::size_t number = 0;
    for (const auto& p : papers) {
        ++number;
        if (p.year < c.years[0] || p.year > c.years[1]) continue;
        const cd::team_kind team = cd::team_of(p.authors, team_rule);
        const bool has_term = std::ranges::any_of(p.compute_terms, [&](const std::string& group) {
            return c.terms.empty() || std::ranges::count(c.terms, group) > 0;
        });
        const bool has_abstract = p.text.empty() || p.text == "title and abstract";
        for (const std::string& topic : p.topics)
            entries.push_back({.paper = number,
                               .topic = topic,
                               .year = p.year,
                               .academia_only = team == cd::team_kind::unknown
                                                    ? std::nullopt
                                                    : std::optional(team == cd::team_kind::academia_only),
                               .compute = has_abstract ? std::optional(has_term) : std::nullopt,
                               .weight = c.fractional ? 1 / static_cast<double>(p.topics.size()) : 1});
    }
    return entries;
}

/// Papers of each topic and year: how many are by academia alone, and how many have compute terms.
using topic_and_time = std::pair<std::string, int>;
struct topic_tables {
    cd::tally_table<topic_and_time, bool> academia_only, compute;
};

topic_tables tabulate(const std::vector<entry>& entries) {
    const auto key = [](const entry& e) { return topic_and_time(e.topic, e.year); };
    return {cd::tabulate(entries, key, &entry::academia_only, &entry::weight),
            cd::tabulate(entries, key, &entry::compute, &entry::weight)};
}

/// The share of a topic at one time, as successes of an (effective) number of papers.
cd::share_count count_of(const cd::tally_row<topic_and_time, bool>& row) {
    return {row.weight_of(true) / row.weight * row.n_effective, row.n_effective};
}
double share_of(const cd::share_count& count) {
    return count.successes / count.n;
}

template <class Use>
void for_each_cell(const topic_tables& tables, std::size_t min_papers, Use use) {
    for (const auto& row : tables.academia_only)
        if (const auto* compute = tables.compute.find(row.key);
            compute != nullptr && row.n >= min_papers && compute->n >= min_papers)
            use(row.key.first, row.key.second, count_of(row), count_of(*compute));
}

/// What is regressed: a topic in a year, beside the same topic a year before.
struct topic_year {
    std::string topic;
    int year;
    double papers, academia_only, compute;
    std::optional<double> papers_before, academia_only_before, compute_before;

    [[nodiscard]] std::optional<double> academia_only_change() const {
        return academia_only_before ? std::optional(academia_only - *academia_only_before) : std::nullopt;
    }
    [[nodiscard]] std::optional<double> compute_change() const {
        return compute_before ? std::optional(compute - *compute_before) : std::nullopt;
    }
    /// The variance of a difference goes with one over this.
    [[nodiscard]] std::optional<double> papers_of_change() const {
        return papers_before ? std::optional(1 / (1 / papers + 1 / *papers_before)) : std::nullopt;
    }
};

std::vector<topic_year> topic_years(const topic_tables& tables, std::size_t min_papers) {
    std::vector<topic_year> cells;
    for_each_cell(tables, min_papers, [&](const auto& topic, int year, const auto& academia_only, const auto& compute) {
        topic_year next{topic, year, academia_only.n, share_of(academia_only), share_of(compute), {}, {}, {}};
        if (!cells.empty() && cells.back().topic == topic && cells.back().year == year - 1) {
            next.papers_before = cells.back().papers;
            next.academia_only_before = cells.back().academia_only;
            next.compute_before = cells.back().compute;
        }
        cells.push_back(next);
    });
    return cells;
}

/// A topic in the first years and in the last.
struct topic_change {
    std::string topic;
    std::array<cd::share_count, 2> academia_only, compute;

    [[nodiscard]] cd::estimate academia_only_change() const {
        return cd::share_difference(academia_only[1], academia_only[0]);
    }
    [[nodiscard]] cd::estimate compute_change() const { return cd::share_difference(compute[1], compute[0]); }
    [[nodiscard]] double papers() const { return 1 / (1 / academia_only[0].n + 1 / academia_only[1].n); }
};

std::vector<topic_change> topic_changes(const topic_tables& tables, const topic_regression_inputs& c) {
    const auto end_of = [&](const topic_and_time& key) -> std::optional<topic_and_time> {
        if (key.second < c.years[0] + c.ends) return topic_and_time(key.first, 0);
        if (key.second > c.years[1] - c.ends) return topic_and_time(key.first, 1);
        return std::nullopt;
    };
    std::vector<topic_change> changes;
    topic_change next;
    for_each_cell({cd::pool(tables.academia_only, end_of), cd::pool(tables.compute, end_of)}, c.min_papers,
                  [&](const auto& topic, int end, const auto& academia_only, const auto& compute) {
                      const auto at = static_cast<std::size_t>(end);
                      if (end == 0) next.topic = topic;
                      next.academia_only[at] = academia_only;
                      next.compute[at] = compute;
                      if (end == 1 && next.topic == topic) changes.push_back(next);
                  });
    std::ranges::sort(changes, {}, [](const topic_change& t) { return *t.academia_only_change().value; });
    return changes;
}

/// A topic with all that is known of it: what is drawn, whole, to test the specifications together.
struct topic_data {
    std::vector<topic_year> cells = {};
    std::optional<topic_change> change = {};
    std::vector<entry> entries = {};
};
struct drawn_topic {
    std::string topic;
    const topic_data* data;
};

/// What is regressed, on what of when, with what held, how.
enum class observation { topic_year, change_of_year, change_of_period, paper };
enum class timing { same_year, year_before };
enum class held { nothing, topic_and_year, year };
enum class estimator { linear, fractional_logit };
using questions = cd::specification_set<observation, timing, held, estimator, bool>;

questions all_questions() {
    using enum observation;
    return questions({"observations",
                      {{"topic-years", topic_year},
                       {"yearly changes", change_of_year},
                       {"first to last years", change_of_period},
                       {"single papers", paper}}},
                     {"compute terms", {{"same year", timing::same_year}, {"year before", timing::year_before}}},
                     {"held", {{"nothing", held::nothing}, {"both", held::topic_and_year}, {"years", held::year}}},
                     {"estimator", {{"linear", estimator::linear}, {"logit", estimator::fractional_logit}}},
                     {"weights", {{"none", false}, {"papers", true}}})
        .where("the year before is of topics and years",
               [](observation o, timing t, held, estimator, bool) { return t == timing::same_year || o == topic_year; })
        .where("effects that the observations can have, of both where of any",
               [](observation o, timing, held h, estimator, bool) {
                   if (o == topic_year) return h != held::year;
                   if (o == change_of_period) return h == held::nothing;
                   return h == (o == paper ? held::topic_and_year : held::year);
               })
        .where("the logit is of the shares of the same year, weighted, with both effects",
               [](observation o, timing t, held h, estimator e, bool weighted) {
                   return e == estimator::linear ||
                          (o == topic_year && t == timing::same_year && h == held::topic_and_year && weighted);
               })
        .where("single papers have one weight",
               [](observation o, timing, held, estimator, bool weighted) { return o != paper || !weighted; });
}

/// The answer: points of the share of papers by academia alone that go with a point of the share of abstracts with
/// compute terms.
struct answer {
    cd::regression_fit fit;
    cd::estimate estimate;
};

/// The papers of drawn topics. A topic that is drawn twice brings its papers twice, and they are others.
std::vector<entry> entries_of(const std::vector<drawn_topic>& drawn) {
    std::vector<entry> entries;
    std::map<const topic_data*, std::size_t> times;
    for (const drawn_topic& t : drawn) {
        const std::size_t again = times[t.data]++;
        for (entry e : t.data->entries) {
            e.topic = t.topic;
            e.paper += again << 32U;
            entries.push_back(std::move(e));
        }
    }
    return entries;
}

answer answer_of(const std::vector<drawn_topic>& drawn, observation o, timing when, held effects, estimator how,
                 bool weighted) {
    const auto told = [](const cd::regression_fit& fit) { return answer{fit, cd::coefficient(fit, "compute")}; };
    if (o == observation::paper)
        return told(cd::fit_fixed_effects(entries_of(drawn), cd::model_of(&entry::academia_only)
                                                                 .on(cd::variable("compute", &entry::compute))
                                                                 .absorbing(&entry::topic, &entry::year)
                                                                 .clustered_by(&entry::topic, &entry::paper)
                                                                 .weighted_by(&entry::weight)));
    if (o == observation::change_of_period) {
        std::vector<topic_change> changes;
        for (const drawn_topic& t : drawn)
            if (t.data->change) changes.push_back(*t.data->change);
        const auto model =
            cd::model_of([](const topic_change& t) {
                return t.academia_only_change().value;
            }).on(cd::variable("compute", [](const topic_change& t) { return t.compute_change().value; }));
        const cd::regression_options robust{.covariance = cd::covariance_kind::hc3};
        return told(weighted ? cd::fit_linear(changes, model.weighted_by(&topic_change::papers), robust)
                             : cd::fit_linear(changes, model, robust));
    }
    std::vector<topic_year> cells;
    for (const drawn_topic& t : drawn)
        for (topic_year cell : t.data->cells) {
            cell.topic = t.topic;
            cells.push_back(std::move(cell));
        }
    if (o == observation::change_of_year) {
        const auto model = cd::model_of(&topic_year::academia_only_change)
                               .on(cd::variable("compute", &topic_year::compute_change))
                               .clustered_by(&topic_year::topic)
                               .absorbing(&topic_year::year);
        return told(weighted ? cd::fit_fixed_effects(cells, model.weighted_by(&topic_year::papers_of_change))
                             : cd::fit_fixed_effects(cells, model));
    }
    const bool lagged = when == timing::year_before;
    const auto model =
        cd::model_of(&topic_year::academia_only)
            .clustered_by(&topic_year::topic)
            .on(cd::variable("compute",
                             [lagged](const topic_year& c) { return lagged ? c.compute_before : c.compute; }))
            .weighted_by([weighted](const topic_year& c) { return weighted ? c.papers : 1; });
    if (how == estimator::fractional_logit) {
        const auto shares =
            cd::model_of(&topic_year::academia_only)
                .clustered_by(&topic_year::topic)
                .on(cd::variable("compute", &topic_year::compute), cd::categorical("topic", &topic_year::topic),
                    cd::categorical("year", &topic_year::year))
                .weighted_by(&topic_year::papers);
        const cd::regression_fit fit = cd::fit_logit(cells, shares);
        return {fit, estimate_of("compute", cd::average_marginal_effects(cells, shares, fit), fit)};
    }
    return told(effects == held::nothing
                    ? cd::fit_linear(cells, model)
                    : cd::fit_fixed_effects(cells, model.absorbing(&topic_year::topic, &topic_year::year)));
}

struct analysis {
    topic_regression_inputs chosen;
    std::size_t papers = 0;
    std::map<std::string, topic_data> topics = {};
    std::vector<topic_year> cells = {};
    std::vector<topic_change> changes = {};
    cd::specification_curve curve = {};
    std::vector<std::pair<std::string, cd::estimate>> groups = {};  ///< of terms alone, topic and year effects

    [[nodiscard]] std::vector<drawn_topic> all_topics() const {
        std::vector<drawn_topic> all;
        for (const auto& [topic, data] : topics) all.push_back({topic, &data});
        return all;
    }
};

analysis analyse(const topic_regression_inputs& c) {
    if (c.years[1] - c.years[0] + 1 < 2 * c.ends)
        throw usage_error(fmt::format("--years: twice the {} years of --ends are required, got {}-{}", c.ends,
                                      c.years[0], c.years[1]));
    const std::vector<paper>& papers = read_papers(c.papers);
    analysis f{.chosen = c};
    std::set<std::string> groups;
    for (const auto& p : papers) {
        const bool counts = p.year >= c.years[0] && p.year <= c.years[1] && !p.topics.empty();
        f.papers += counts ? 1 : 0;
        if (counts) groups.insert(p.compute_terms.begin(), p.compute_terms.end());
    }
    const auto entries = entries_of(papers, c);
    const auto tables = tabulate(entries);
    f.cells = topic_years(tables, c.min_papers);
    f.changes = topic_changes(tables, c);
    if (f.papers == 0)
        throw nothing_to_report(
            fmt::format("none of {} papers has a topic and is of {} to {}", papers.size(), c.years[0], c.years[1]));
    for (const std::string& term : c.terms)
        if (!groups.contains(term))
            throw usage_error(fmt::format("--terms: one of {} is required, got {}", fmt::join(groups, ", "), term));
    if (f.cells.empty())
        throw nothing_to_report(
            fmt::format("no topic has --min-papers {} of known team, and as many abstracts, in a year", c.min_papers));
    for (const entry& e : entries) f.topics[e.topic].entries.push_back(e);
    for (const topic_year& cell : f.cells) f.topics[cell.topic].cells.push_back(cell);
    for (const topic_change& change : f.changes) f.topics[change.topic].change = change;
    f.curve = cd::resampled_curve(f.all_topics(), &drawn_topic::topic, all_questions(), answer_of,
                                  c.curve.options(cd::comparison_scale::difference));
    for (const std::string& group : groups) {
        topic_regression_inputs alone = c;
        alone.terms = {group};
        const auto cells = topic_years(tabulate(entries_of(papers, alone)), c.min_papers);
        const auto model = cd::model_of(&topic_year::academia_only)
                               .on(cd::variable("compute", &topic_year::compute))
                               .absorbing(&topic_year::topic, &topic_year::year)
                               .clustered_by(&topic_year::topic)
                               .weighted_by(&topic_year::papers);
        f.groups.emplace_back(group, cd::coefficient(cd::fit_fixed_effects(cells, model), "compute"));
    }
    return f;
}

/// Calls use(name, fit) for each specification of the sample that can be fitted, in the order of the questions.
template <class Use>
void for_each_fit(const analysis& f, Use use) {
    const auto topics = f.all_topics();
    const questions all = all_questions();
    for (auto&& each : all)
        for (const cd::specification& s : f.curve.specifications)
            if (s.choices == each.choices && s.failure.empty())
                use(name_of(s),
                    std::apply([&](auto... values) { return answer_of(topics, values...); }, each.values).fit);
}

cd::table table_of_topics(const analysis& f) {
    const auto [from, to] = f.chosen.years;
    cd::table t{
        .name = "topics",
        .title = fmt::format("Topics, {}-{} to {}-{}: {} of at least {} papers in both", from, from + f.chosen.ends - 1,
                             to - f.chosen.ends + 1, to, f.changes.size(), f.chosen.min_papers)};
    t.columns = {{.name = "topic"},
                 percent_column("academia alone, first", 0),
                 percent_column("academia alone, last", 0),
                 percent_column("change of academia alone", 0),
                 percent_column("compute terms, first", 0),
                 percent_column("compute terms, last", 0),
                 percent_column("change of compute terms", 0)};
    for (const topic_change& c : f.changes)
        add_row(t, c.topic, share_of(c.academia_only[0]), share_of(c.academia_only[1]), c.academia_only_change(),
                share_of(c.compute[0]), share_of(c.compute[1]), c.compute_change());
    return t;
}

cd::table table_of_specifications(const analysis& f) {
    cd::table t{.name = "specifications", .title = "What the specifications rest on"};
    t.columns = {{.name = "specification"}, {.name = "n"}, {.name = "errors (clusters)"}};
    for_each_fit(
        f, [&](const std::string& name, const cd::regression_fit& fit) { add_row(t, name, fit.n, errors_of(fit)); });
    return t;
}

cd::table table_of_groups(const analysis& f) {
    cd::table t{.name = "groups",
                .title = "The same by each group of terms alone, topic and year effects, weighted by papers"};
    t.columns = {{.name = "group of terms"}, {.name = "points for a point"}};
    for (const auto& [group, effect] : f.groups) add_row(t, group, effect);
    t.notes = {"Of so many, one in twenty would seem to matter by chance"};
    return t;
}

/// The changes of topics, and what the regression of one on the other expects.
cd::figure figure_of(const analysis& f) {
    const auto [from, to] = f.chosen.years;
    figure_builder drawn({.name = "changes",
                          .title = fmt::format("Changes of topics, {}-{} to {}-{}", from, from + f.chosen.ends - 1,
                                               to - f.chosen.ends + 1, to),
                          .x = {.label = "Change of the share of abstracts with compute terms", .unit = "points"},
                          .y = {.label = "Change of the share of papers by academia alone", .unit = "points"}});
    cd::series topics{.name = "topics"};
    for (const topic_change& t : f.changes) {
        topics.x.push_back(100 * *t.compute_change().value);
        topics.y.push_back(100 * *t.academia_only_change().value);
        topics.labels.push_back(t.topic);
    }
    if (topics.x.empty()) return drawn.figure();
    const answer changes = answer_of(f.all_topics(), observation::change_of_period, timing::same_year, held::nothing,
                                     estimator::linear, true);
    const auto expected = [&](double x) {
        cd::estimate y = cd::predict(changes.fit, {{"compute", x / 100}}).mean;
        if (y.value) *y.value *= 100;
        if (y.bounds) y.bounds = cd::interval{100 * y.lower(), 100 * y.upper()};
        return y;
    };
    drawn.add_trend(topics, expected, changes.estimate, "points for a point");
    return drawn.figure(f.chosen.papers.sources());
}

}  // namespace
}  // namespace of_topic_regression

cd::finding topic_regression(const topic_regression_inputs& in) {
    using namespace of_topic_regression;
    const analysis a = analyse(in);
    const std::string years = fmt::format("{}-{}", in.years[0], in.years[1]);
    cd::finding f{.name = "topic_regression",
                  .question = "Do topics that speak more of compute lose papers by academia alone?"};
    cd::claim slope{.name = "academia alone on compute terms, points for a point",
                    .text = "negative",
                    .source = "Besiroglu et al. (2024)",
                    .direction = cd::claim_direction::below,
                    .reference = 0};
    set_curve(slope, a.curve,
              {.choices = {{"observations", "topic-years"},
                           {"compute terms", "same year"},
                           {"held", "both"},
                           {"estimator", "linear"},
                           {"weights", "papers"}},
               .why = "the study speaks of shares of topics; topics and years are held, as in panels of topics, and "
                      "topics of many papers count more"});
    f.claims.push_back(slope);
    const auto language = std::ranges::find(a.changes, "natural language processing", &topic_change::topic);
    if (language != a.changes.end()) {
        cd::claim change{.name = "change of academia alone in natural language processing",
                         .text = "falling",
                         .source = "Besiroglu et al. (2024)",
                         .direction = cd::claim_direction::below,
                         .reference = 0,
                         .unit = "points",
                         .style = cd::percent_style(0)};
        change.specifications.push_back(
            {.choices = {{"years", fmt::format("first {} to last {} of {}", in.ends, in.ends, years)}},
             .result = language->academia_only_change()});
        f.claims.push_back(change);
        const cd::estimate median = a.changes[a.changes.size() / 2].academia_only_change();
        f.notes.push_back(fmt::format("The median topic changed by {:.0f} points", 100 * *median.value));
    }
    f.tables = {table_of_curves({{"academia alone on compute terms", &a.curve}}), table_of_specifications(a),
                table_of_groups(a), table_of_topics(a)};
    f.figures = {figure_of_claims({slope},
                                  {.name = "curve",
                                   .title = "Points of academia alone for a point of compute terms",
                                   .x = {.label = "Specification, in the order of the estimates"},
                                   .y = {.label = "Points for a point"}},
                                  in.papers.sources()),
                 figure_of(a)};
    f.notes.push_back(told(a.curve.joint, "topics"));
    f.notes.emplace_back(
        "Specifications: topics in each year, their changes from year to year, or from the first to the last years, or "
        "single papers; compute terms of the same year, or of the year before; effects of topics and years held, of "
        "both, or none; the logit is of shares, as an average marginal effect");
    f.notes.push_back(fmt::format(
        "{} papers of {} with a topic; {} topics and years with at least {} papers whose team is known, and as many "
        "abstracts; compute terms: {}",
        a.papers, years, a.cells.size(), in.min_papers,
        in.terms.empty() ? "any group" : fmt::format("{}", fmt::join(in.terms, ", "))));
    f.notes.push_back(fmt::format(
        "These are not the study's data, which are of OpenAlex, 2012-2021. A paper of several topics counts {} in "
        "each: errors clustered by topic alone take topics for more independent than they are. Shares of few papers "
        "are noisy, which draws coefficients to 0, that of single papers apart",
        in.fractional ? "in part" : "fully"));
    return f;
}

std::string topic_regression_json(const topic_regression_inputs& in) {
    using namespace of_topic_regression;
    const analysis f = analyse(in);
    std::vector<cd::json_object> fits, groups, topics;
    for_each_fit(f, [&](const std::string& name, const cd::regression_fit& fit) {
        fits.push_back(cd::json_object().with("specification", name).with_text("fit", json_of(fit, {"compute"})));
    });
    for (const auto& [group, effect] : f.groups)
        groups.push_back(cd::json_object().with("group", group).with("effect", effect));
    for (const topic_change& t : f.changes)
        topics.push_back(
            cd::json_object()
                .with("topic", t.topic)
                .with("papers", std::array{t.academia_only[0].n, t.academia_only[1].n})
                .with("academia_only", std::array{share_of(t.academia_only[0]), share_of(t.academia_only[1])})
                .with("academia_only_change", t.academia_only_change())
                .with("compute", std::array{share_of(t.compute[0]), share_of(t.compute[1])})
                .with("compute_change", t.compute_change()));
    cd::json_object object;
    object.with("years", in.years)
        .with("terms", in.terms)
        .with("fractional", in.fractional)
        .with("min_papers", in.min_papers)
        .with("papers", f.papers)
        .with("cells", f.cells.size())
        .with_text("curve", to_json(f.curve))
        .with("verdict", cd::verdict_of(f.curve, cd::claim_direction::below))
        .with("fits", fits);
    if (!groups.empty()) object.with("groups", groups);
    if (!topics.empty()) object.with("topics", topics);
    return object.text();
}

}  // namespace example
