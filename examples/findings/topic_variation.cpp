// SPDX-License-Identifier: BSL-1.0
#include "findings/topic_variation.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/within_between.hpp>
#include <compute_divide/statistics/corrected_slope.hpp>
#include <compute_divide/statistics/curve_inference.hpp>
#include <compute_divide/statistics/specification_set.hpp>

#include "support/figures.hpp"
#include "support/tables.hpp"

namespace example {

namespace of_topic_variation {
namespace {

/// A topic in a year, beside the years before and after.
struct topic_year {
    int topic = 0, year = 0;
    double papers = 0, academia_only = 0, compute = 0;
    std::optional<double> compute_before = {}, compute_after = {}, academia_only_before = {}, papers_before = {};
    std::optional<double> compute_two_before = {};
};
using cells = std::vector<topic_year>;

enum class variation { within, between, changes };
enum class timing { same_year, year_before, year_after };
using questions = cd::specification_set<variation, timing, int, bool, bool>;

const std::string study = "Besiroglu et al. (2024)";

/// Whether the study's years are others than all of these.
bool has_window_of_study(const topic_variation_inputs& in) {
    return in.years[0] < in.study_until && in.study_until < in.years[1];
}

/// The last years of the windows, the study's first.
std::vector<int> ends_of_windows(const topic_variation_inputs& in) {
    if (has_window_of_study(in)) return {in.study_until, in.years[1]};
    return {in.years[1]};
}
std::string window_until(const topic_variation_inputs& in, int until) {
    return fmt::format("{}-{:02}", in.years[0], until % 100);
}

questions questions_of(const topic_variation_inputs& in, bool corrects) {
    cd::alternatives<int> years{"years", {}};
    for (const int until : ends_of_windows(in)) years.options.push_back({window_until(in, until), until});
    cd::alternatives<bool> corrected{"terms", {{"as found", false}}};
    if (corrects) corrected.options.push_back({"corrected", true});
    return questions({"variation",
                      {{"within topics", variation::within},
                       {"between topics", variation::between},
                       {"yearly changes", variation::changes}}},
                     {"compute",
                      {{"same year", timing::same_year},
                       {"year before", timing::year_before},
                       {"year after", timing::year_after}}},
                     years, {"weights", {{"none", false}, {"papers", true}}}, corrected)
        .where("topics' means are of all their years", [](variation v, timing t, int, bool, bool) {
            return v != variation::between || t == timing::same_year;
        });
}

/// Topics and years of enough papers whose team is known and whose abstract was searched.
cells cells_of(const std::vector<paper>& papers, const topic_variation_inputs& in, std::vector<std::string>& names) {
    struct sums {
        double papers = 0, academia_only = 0, compute = 0;
    };
    std::map<std::pair<std::string, int>, sums> found;
    for (const paper& p : papers) {
        const cd::team_kind team = cd::team_of(p.authors, team_rule);
        if (p.year < in.years[0] || p.year > in.years[1] || team == cd::team_kind::unknown) continue;
        if (!p.text.empty() && p.text != "title and abstract") continue;
        for (const std::string& topic : p.topics) {
            sums& s = found[{topic, p.year}];
            ++s.papers;
            s.academia_only += team == cd::team_kind::academia_only ? 1 : 0;
            s.compute += p.compute_terms.empty() ? 0 : 1;
        }
    }
    cells all;
    for (const auto& [key, s] : found) {
        if (s.papers < static_cast<double>(in.min_papers)) continue;
        if (names.empty() || names.back() != key.first) names.push_back(key.first);
        topic_year next{.topic = static_cast<int>(names.size()) - 1,
                        .year = key.second,
                        .papers = s.papers,
                        .academia_only = s.academia_only / s.papers,
                        .compute = s.compute / s.papers};
        if (!all.empty() && all.back().topic == next.topic && all.back().year == next.year - 1) {
            topic_year& last = all.back();
            last.compute_after = next.compute;
            next.compute_before = last.compute;
            next.compute_two_before = last.compute_before;
            next.academia_only_before = last.academia_only;
            next.papers_before = last.papers;
        }
        all.push_back(next);
    }
    return all;
}

std::optional<double> compute_at(const topic_year& c, timing when) {
    if (when == timing::same_year) return c.compute;
    return when == timing::year_before ? c.compute_before : c.compute_after;
}

std::optional<double> difference(std::optional<double> a, std::optional<double> b) {
    return a && b ? std::optional(*a - *b) : std::nullopt;
}

/// The change of compute terms in the same year, the year before or the year after.
std::optional<double> compute_change(const topic_year& c, timing when) {
    if (when == timing::same_year) return difference(c.compute, c.compute_before);
    if (when == timing::year_before) return difference(c.compute_before, c.compute_two_before);
    return difference(c.compute_after, c.compute);
}

/// Topics' means of what is left when those of years are taken out.
struct topic_mean {
    double papers = 0, weight = 0, academia_only = 0, compute = 0;
};
std::vector<topic_mean> means_of(const cells& all, bool weighted) {
    const auto weight = [weighted](const topic_year& c) { return weighted ? c.papers : 1; };
    std::map<int, topic_mean> years, topics;
    const auto add = [&](topic_mean& to, const topic_year& c, double academia_only, double compute) {
        to.papers += c.papers;
        to.weight += weight(c);
        to.academia_only += weight(c) * academia_only;
        to.compute += weight(c) * compute;
    };
    for (const topic_year& c : all) add(years[c.year], c, c.academia_only, c.compute);
    for (const topic_year& c : all) {
        const topic_mean& y = years[c.year];
        add(topics[c.topic], c, c.academia_only - y.academia_only / y.weight, c.compute - y.compute / y.weight);
    }
    std::vector<topic_mean> means;
    for (auto& [topic, m] : topics) {
        m.academia_only /= m.weight;
        m.compute /= m.weight;
        means.push_back(m);
    }
    return means;
}

/// Points of academia alone for a point of compute terms.
cd::estimate slope_of(const cells& drawn, variation v, timing when, int until, bool weighted) {
    cells all;
    std::ranges::copy_if(drawn, std::back_inserter(all), [until](const topic_year& c) { return c.year <= until; });
    if (v == variation::between) {
        const auto fit =
            cd::fit_linear(means_of(all, weighted),
                           cd::model_of(&topic_mean::academia_only)
                               .on(cd::variable("compute", &topic_mean::compute))
                               .weighted_by([weighted](const topic_mean& m) { return weighted ? m.papers : 1; }),
                           {.covariance = cd::covariance_kind::hc3});
        return cd::coefficient(fit, "compute");
    }
    // The terms of the year after the window's last one are not of the window, and count all the same.
    if (v == variation::within) {
        const auto fit = cd::fit_fixed_effects(
            all, cd::model_of(&topic_year::academia_only)
                     .on(cd::variable("compute", [when](const topic_year& c) { return compute_at(c, when); }))
                     .absorbing(&topic_year::topic, &topic_year::year)
                     .clustered_by(&topic_year::topic)
                     .weighted_by([weighted](const topic_year& c) { return weighted ? c.papers : 1; }));
        return cd::coefficient(fit, "compute");
    }
    const auto fit = cd::fit_fixed_effects(
        all, cd::model_of([](const topic_year& c) { return difference(c.academia_only, c.academia_only_before); })
                 .on(cd::variable("compute", [when](const topic_year& c) { return compute_change(c, when); }))
                 .absorbing(&topic_year::year)
                 .clustered_by(&topic_year::topic)
                 .weighted_by([weighted](const topic_year& c) -> std::optional<double> {
                     if (!weighted) return 1;
                     return c.papers_before ? std::optional(1 / (1 / c.papers + 1 / *c.papers_before)) : std::nullopt;
                 }));
    return cd::coefficient(fit, "compute");
}

/// Both parts in one regression, with effects of years.
struct both_parts {
    std::string years, weights;
    cd::within_between_fit fit;
};

struct analysis {
    std::size_t papers = 0;
    std::vector<std::string> topics = {};
    cells all = {};
    std::optional<team_errors> errors = {};
    cd::specification_curve curve = {};
    std::vector<both_parts> parts = {};
};

analysis analyse(const topic_variation_inputs& in) {
    if (in.years[0] >= in.years[1])
        throw usage_error(
            fmt::format("--years: the first year before the last is required, got {}-{}", in.years[0], in.years[1]));
    analysis a;
    const auto& papers = read_papers(in.papers);
    a.papers = papers.size();
    a.all = cells_of(papers, in, a.topics);
    if (a.topics.size() < 2)
        throw nothing_to_report(
            fmt::format("no two topics have --min-papers {} whose team is known, and whose abstract was searched, in a "
                        "year of {} to {}",
                        in.min_papers, in.years[0], in.years[1]));
    if (!in.errors.empty()) {
        const auto all = read_team_errors(in.errors);
        const auto of_terms = std::ranges::find(all, "compute terms", &team_errors::kind);
        if (of_terms == all.end()) throw usage_error(in.errors + ": a row of the kind \"compute terms\" is required");
        a.errors = *of_terms;
    }
    const auto errors = a.errors;
    a.curve = cd::resampled_curve(
        a.all, &topic_year::topic, questions_of(in, errors.has_value()),
        [errors](const cells& drawn, variation v, timing when, int until, bool weighted, bool corrected) {
            const cd::estimate slope = slope_of(drawn, v, when, until, weighted);
            return corrected ? cd::corrected_slope(slope, {.predictor = errors->counts}).corrected : slope;
        },
        in.curve.options(cd::comparison_scale::difference));
    for (const int until : ends_of_windows(in))
        for (const bool weighted : {false, true}) {
            cells some;
            std::ranges::copy_if(a.all, std::back_inserter(some),
                                 [until](const topic_year& c) { return c.year <= until; });
            a.parts.push_back({window_until(in, until), weighted ? "papers" : "none",
                               cd::fit_within_between(some, cd::model_of(&topic_year::academia_only)
                                                                .on(cd::variable("compute", &topic_year::compute),
                                                                    cd::categorical("year", &topic_year::year))
                                                                .absorbing(&topic_year::topic)
                                                                .weighted_by([weighted](const topic_year& c) {
                                                                    return weighted ? c.papers : 1;
                                                                }))});
        }
    return a;
}

cd::table table_of_parts(const analysis& a) {
    cd::table t{.name = "parts",
                .title =
                    "Within and between topics in one regression, with effects of years (Mundlak): points of "
                    "academia alone for a point of compute terms"};
    t.columns = {{.name = "years"},
                 {.name = "weights"},
                 {.name = "topics"},
                 {.name = "within", .header = "within topics"},
                 {.name = "between", .header = "between topics"},
                 {.name = "difference", .header = "between less within"},
                 {.name = "p", .style = {.digits = 4, .notation = cd::number_notation::p_value}}};
    for (const both_parts& each : a.parts) {
        const auto& line = each.fit.line("compute");
        add_row(t, each.years, each.weights, each.fit.units, line.within.estimate, line.between.estimate,
                line.difference.estimate, line.difference.test.p_value);
    }
    t.notes = {"p: that both are the same (Hausman's test, by clusters). Errors clustered by topic"};
    return t;
}

cd::table table_of_errors(const analysis& a) {
    cd::table t{.name = "errors", .title = "What the list of compute terms finds, against marked abstracts"};
    t.columns = {percent_column("recall", 0),
                 percent_column("specificity", 0),
                 {.name = "factor", .header = "factor of slopes"}};
    const auto& counts = a.errors->counts;
    const auto corrected = cd::corrected_slope({.value = 1, .status = cd::estimate_status::ok}, {.predictor = counts});
    add_row(t, counts.recall(), counts.specificity(), corrected.factor);
    t.notes = {
        "Marked abstracts are of our papers of 2012 to 2019, in effective numbers; of other venues and years the "
        "same errors are assumed, and the same in all topics"};
    return t;
}

cd::claim claim_of(const analysis& a, const topic_variation_inputs& in) {
    cd::claim slope{.name = "academia alone on compute terms, points for a point",
                    .text = "negative",
                    .source = study,
                    .direction = cd::claim_direction::below,
                    .reference = 0};
    set_curve(
        slope, a.curve,
        {.choices = {{"variation", "within topics"},
                     {"compute", "same year"},
                     {"years", window_until(in, ends_of_windows(in).front())},
                     {"weights", "papers"},
                     {"terms", "as found"}},
         .why = "the study's window, with topics and years held, as in panels of topics, and topics of many papers "
                "counting more"});
    return slope;
}

}  // namespace
}  // namespace of_topic_variation

cd::finding topic_variation(const topic_variation_inputs& in) {
    using namespace of_topic_variation;
    const analysis a = analyse(in);
    cd::finding f{.name = "topic_variation",
                  .question = "Is it the topic, or the year in which it speaks more of compute, that academia leaves?"};
    f.claims = {claim_of(a, in)};
    f.tables = {table_of_curves({{"academia alone on compute terms", &a.curve}}), table_of_parts(a)};
    if (a.errors) f.tables.push_back(table_of_errors(a));
    f.figures = {figure_of_claims({f.claims.front()},
                                  {.name = "curve",
                                   .title = "Points of academia alone for a point of compute terms",
                                   .x = {.label = "Specification, in the order of the estimates"},
                                   .y = {.label = "Points for a point"}},
                                  in.papers.sources())};
    f.notes = {told(a.curve.joint, "topics"),
               "Within topics: effects of topics and years held, or changes from year to year with those of years; "
               "between topics: their means, when those of years are taken out. Compute terms of the same year, of the "
               "year before, or of the year after, which cannot have made the papers of this year",
               "p by the step-down are of all specifications together (Romano, Wolf 2005)",
               fmt::format("{} papers; {} topics, {} topics and years with at least {} papers whose team is known and "
                           "whose abstract was searched; a paper of several topics counts in each",
                           a.papers, a.topics.size(), a.all.size(), in.min_papers)};
    return f;
}

std::string topic_variation_json(const topic_variation_inputs& in) {
    using namespace of_topic_variation;
    const analysis a = analyse(in);
    std::vector<cd::json_object> parts;
    for (const both_parts& each : a.parts)
        parts.push_back(cd::json_object()
                            .with("years", each.years)
                            .with("weights", each.weights)
                            .with("topics", each.fit.units)
                            .with("compute", each.fit.line("compute"))
                            .with("same", each.fit.same));
    cd::json_object object;
    object.with("years", in.years)
        .with("papers", a.papers)
        .with("topics", a.topics.size())
        .with("cells", a.all.size())
        .with_text("curve", to_json(a.curve))
        .with("verdict", cd::verdict_of(a.curve, cd::claim_direction::below))
        .with("parts", parts);
    if (a.errors) object.with("errors", a.errors->counts);
    return object.text();
}

}  // namespace example
