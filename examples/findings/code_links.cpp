// SPDX-License-Identifier: BSL-1.0
// Longer than a page: five periods and three comparisons, as seen and as corrected by a second source.
#include "findings/code_links.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/misclassified_logit.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/statistics/capture_recapture.hpp>
#include <compute_divide/statistics/mantel_haenszel.hpp>
#include <compute_divide/statistics/multiple_draws.hpp>
#include <compute_divide/statistics/quantile.hpp>

#include "support/associations.hpp"
#include "support/curves.hpp"
#include "support/figures.hpp"
#include "support/papers.hpp"
#include "support/sums_over_groups.hpp"
#include "support/tables.hpp"

namespace example {

namespace of_code_links {
namespace {

using field = std::optional<bool> paper::*;

/// A paper of which the sector of an author is known, and that a column says of whether it links code.
struct linked_paper {
    const paper* p;
    std::string group;  ///< venue and year
    cd::team_kind team;

    [[nodiscard]] double industry() const { return p->authors[cd::sector::industry]; }
    [[nodiscard]] bool with_industry() const { return industry() > 0; }
};

struct period {
    std::string name;
    int from, to;
};
struct outcome {
    std::string name;
    field says;
};
/// Two kinds of papers; a paper of neither has none.
struct contrast {
    std::string name;
    std::optional<bool> (*in_first)(const linked_paper&);
};

std::optional<bool> any_industry(const linked_paper& p) {
    return p.with_industry();
}
std::optional<bool> industry_alone(const linked_paper& p) {
    if (is_kind("industry_only", p.team)) return true;
    return is_kind("academia_only", p.team) ? std::optional(false) : std::nullopt;
}
std::optional<bool> mixed(const linked_paper& p) {
    if (is_kind("mixed", p.team)) return true;
    return is_kind("academia_only", p.team) ? std::optional(false) : std::nullopt;
}
const std::array<contrast, 3> contrasts{contrast{"any industry author against none", any_industry},
                                        contrast{"industry alone against academia alone", industry_alone},
                                        contrast{"mixed teams against academia alone", mixed}};
const std::string study_window = "2012 to 2021, the study's";
const std::array<double, 3> odds_of_sources{1, 2, 4};

/// Papers of one venue, year and number of authors of either kind, as one record: the fit is the same, and faster.
struct cell {
    std::string group;
    double term = 0, authors = 0, linked = 0, n = 0;

    [[nodiscard]] double share() const { return linked / n; }
};

struct analysis {
    std::vector<paper> papers;
    std::vector<linked_paper> known;
    std::vector<period> periods;
    std::vector<outcome> outcomes;
    bool two_sources = false, official_links = false, institutions = false;
};

analysis read(const code_links_inputs& in) {
    analysis a{.papers = read_papers(in.papers), .known = {}, .periods = {}, .outcomes = {}};
    int first = a.papers.front().year, last = first;
    const auto any = [&](field says) {
        return std::ranges::any_of(a.papers, [says](const paper& p) { return (p.*says).has_value(); });
    };
    if (!any(&paper::code))
        throw nothing_to_report(in.papers.path + ": no paper says whether it links code (column code: yes or no)");
    for (const paper& p : a.papers) {
        first = std::min(first, p.year);
        last = std::max(last, p.year);
        if (!p.n_authors || p.authors.known() == 0 || !p.code) continue;
        const std::string group = fmt::format("{} {}", p.venue, p.year);
        a.known.push_back({&p, group, cd::team_of(p.authors, team_rule)});
    }
    a.periods = {{study_window, 2012, 2021},
                 {"2012 to 2019", 2012, 2019},
                 {"2020 to 2025", 2020, 2025},
                 {"2022 to 2025", 2022, 2025},
                 {fmt::format("{} to {}, all", first, last), first, last}};
    a.outcomes.push_back({"anywhere", &paper::code});
    if (any(&paper::code_in_abstract)) a.outcomes.push_back({"in the abstract", &paper::code_in_abstract});
    a.two_sources = any(&paper::code_in_anthology);
    a.institutions = have_institutions(a.papers);
    a.official_links = any(&paper::official_code);
    return a;
}

/// Papers of a period that say, of venues and years that have papers with a link and papers without: where all or none
/// are linked nothing is told of who links.
std::vector<const linked_paper*> telling(const analysis& a, const period& when, field says) {
    std::map<std::string, std::pair<bool, bool>> groups;
    const auto counts = [&](const linked_paper& p) {
        return when.from <= p.p->year && p.p->year <= when.to && (p.p->*says).has_value();
    };
    for (const linked_paper& p : a.known)
        if (counts(p)) (*(p.p->*says) ? groups[p.group].first : groups[p.group].second) = true;
    std::vector<const linked_paper*> kept;
    for (const linked_paper& p : a.known)
        if (counts(p) && groups[p.group].first && groups[p.group].second) kept.push_back(&p);
    return kept;
}

template <class Term>
std::vector<cell> cells_of(const std::vector<const linked_paper*>& papers, field says, Term term) {
    std::map<std::tuple<std::string, double, double>, cell> cells;
    for (const linked_paper* p : papers) {
        const std::optional<double> x = term(*p);
        if (!x) continue;
        cell& c = cells[{p->group, *x, *p->p->n_authors}];
        c.group = p->group;
        c.term = *x;
        c.authors = *p->p->n_authors;
        c.linked += *(p->p->*says) ? 1 : 0;
        ++c.n;
    }
    std::map<std::string, std::pair<double, double>> groups;  // where all or none of these are linked they tell nothing
    for (const auto& entry : cells) {
        auto& [linked, n] = groups[entry.second.group];
        linked += entry.second.linked;
        n += entry.second.n;
    }
    std::vector<cell> all;
    for (const auto& entry : cells) {
        const auto& [linked, n] = groups[entry.second.group];
        if (linked > 0 && linked < n) all.push_back(entry.second);
    }
    return all;
}

auto model_of_cells() {
    return cd::model_of(&cell::share)
        .weighted_by(&cell::n)
        .clustered_by(&cell::group)
        .on(cd::variable("term", &cell::term), cd::variable("authors", &cell::authors),
            cd::categorical("venue and year", &cell::group));
}

/// The term's odds ratio; n is of papers, not of cells.
cd::estimate ratio_of(const cd::regression_fit& fit, double papers) {
    cd::estimate e = estimate_of("term", cd::exponentiated(fit), fit);
    e.n = static_cast<std::uint64_t>(papers);
    e.n_effective.reset();
    return e;
}

template <class Term>
cd::estimate logit(const std::vector<const linked_paper*>& papers, field says, Term term, double level) {
    const auto cells = cells_of(papers, says, term);
    double n = 0;
    for (const cell& c : cells) n += c.n;
    if (cells.empty()) return {.level = level, .method = "clustered"};
    return ratio_of(
        cd::fit_logit(cells, model_of_cells(), {.reference = cd::reference_distribution::student_t, .level = level}),
        n);
}

/// Papers depend on each other that are of one venue and year, or share an institution: record by record.
cd::estimate by_labels(const std::vector<const linked_paper*>& papers, double level) {
    const auto labels = [](const linked_paper* p) {
        auto all = p->p->institutions;
        all.push_back("in " + p->group);
        return all;
    };
    const auto model = cd::model_of([](const linked_paper* p) { return p->p->code; })
                           .clustered_by(labels)
                           .on(cd::variable("term", [](const linked_paper* p) { return p->industry(); }),
                               cd::variable("authors", [](const linked_paper* p) { return p->p->n_authors; }),
                               cd::categorical("venue and year", [](const linked_paper* p) { return p->group; }));
    if (papers.empty()) return {.level = level, .method = "clustered"};
    return ratio_of(cd::fit_logit(papers, model, {.reference = cd::reference_distribution::student_t, .level = level}),
                    static_cast<double>(papers.size()));
}

cd::estimate stratified(const std::vector<const linked_paper*>& papers, field says, const contrast& of, double level) {
    return cd::mantel_haenszel(
               papers, [](const linked_paper* p) { return p->group; },
               [&](const linked_paper* p) { return of.in_first(*p); },
               [says](const linked_paper* p) { return p->p->*says; }, {.level = level})
        .odds_ratio;
}

cd::claim claim_of(const std::string& name) {
    return {.name = name,
            .text = "less code",
            .source = "Besiroglu et al. (2024)",
            .direction = cd::claim_direction::below,
            .reference = 1};
}

/// The claims, and their specifications tested together: venues and years are drawn, numbered before any claim is.
struct tested_claims {
    curve_input how;
    cluster_numbers number = {};
    std::vector<std::pair<std::string, cd::specification_curve>> curves = {};

    cd::cluster_equations logit(const std::vector<cell>& cells) {
        std::vector<grouped_row> rows;
        for (const cell& c : cells) rows.push_back({number(c.group), {c.term, c.authors}, c.linked, c.n});
        return logit_within(rows, {1, 0});
    }
    /// `recalls`: of the links of either side, by which they are divided.
    cd::cluster_equations strata(const std::vector<const linked_paper*>& papers, field says, const contrast& of,
                                 std::pair<double, double> recalls = {1, 1}) {
        std::map<std::size_t, grouped_pair> pairs;
        for (const linked_paper* p : papers) {
            const auto first = of.in_first(*p);
            if (!first) continue;
            grouped_pair& pair = pairs[number(p->group)];
            pair.group = number(p->group);
            (*first ? pair.first : pair.second) += 1;
            (*first ? pair.first_yes : pair.second_yes) += *(p->p->*says) ? 1 : 0;
        }
        std::vector<grouped_pair> all;
        for (auto& [group, pair] : pairs) {
            pair.first_yes = std::min(pair.first, pair.first_yes / recalls.first);
            pair.second_yes = std::min(pair.second, pair.second_yes / recalls.second);
            all.push_back(pair);
        }
        return mantel_haenszel_equations(all);
    }
    void test(cd::claim& c, const std::vector<cd::cluster_equations>& equations) {
        curves.emplace_back(c.name, test_together(c, equations, number.size(), how, cd::comparison_scale::ratio));
    }
};

constexpr const char* by_institution = "logit: authors, venue and year; clustered by these and institutions";
constexpr const char* by_venue = "logit: authors, venue and year; clustered by these";
constexpr const char* by_strata = "Mantel-Haenszel: venue and year; papers independent";

/// Each industry author, then the contrasts, in all periods and by all outcomes.
std::vector<cd::claim> claims_of(const analysis& a, double level, tested_claims& tested) {
    std::vector<cd::claim> claims{claim_of("papers with a link to code, for each industry author, odds ratio")};
    for (const contrast& c : contrasts)
        claims.push_back(claim_of("papers with a link to code, " + c.name + ", odds ratio"));
    std::vector<std::vector<cd::cluster_equations>> equations(claims.size());
    for (const period& when : a.periods)
        for (const outcome& of : a.outcomes) {
            const auto papers = telling(a, when, of.says);
            const auto add = [&](std::size_t to, const char* how, cd::estimate result, cd::cluster_equations sums) {
                claims[to].specifications.push_back(
                    {.choices = {{"years", when.name}, {"link", of.name}, {"estimator", how}}, .result = result});
                equations[to].push_back(std::move(sums));
            };
            const auto industry = [](const linked_paper& p) { return std::optional(p.industry()); };
            const auto each_author = tested.logit(cells_of(papers, of.says, industry));
            add(0, by_venue, logit(papers, of.says, industry, level), each_author);
            if (a.institutions && of.says == &paper::code)
                add(0, by_institution, by_labels(papers, level), each_author);
            for (std::size_t i = 0; i < contrasts.size(); ++i) {
                const auto term = [&](const linked_paper& p) -> std::optional<double> {
                    const auto first = contrasts[i].in_first(p);
                    return first ? std::optional<double>(*first ? 1 : 0) : std::nullopt;
                };
                add(i + 1, by_venue, logit(papers, of.says, term, level),
                    tested.logit(cells_of(papers, of.says, term)));
                add(i + 1, by_strata, stratified(papers, of.says, contrasts[i], level),
                    tested.strata(papers, of.says, contrasts[i]));
            }
        }
    for (std::size_t i = 0; i < claims.size(); ++i) tested.test(claims[i], equations[i]);
    auto& headline = claims[0].specifications[a.institutions ? 1 : 0];
    headline.headline = true;
    headline.why = a.institutions ? "the study's window and its term; papers of one institution are not independent"
                                  : "the study's window and its term";
    return claims;
}

// ---- What two sources say of what neither sees.

/// The papers of one side of a contrast, by venue and year, that both sources could have linked.
struct side {
    std::vector<cd::capture_group<std::string>> strata;
    cd::capture_counts counts;
    double n = 0;
};

std::pair<side, side> sides_of(const analysis& a, const contrast& of) {
    std::pair<side, side> both;
    for (const bool first : {true, false}) {
        std::vector<const linked_paper*> papers;
        for (const linked_paper& p : a.known)
            if (of.in_first(p) == first) papers.push_back(&p);
        const auto groups = cd::count_captures(
            papers, [](const linked_paper* p) { return p->group; }, [](const linked_paper* p) { return p->p->code; },
            [](const linked_paper* p) { return p->p->code_in_anthology; });
        side& s = first ? both.first : both.second;
        s.strata = groups.rows;
        for (const auto& row : groups) {
            s.counts.merge(row.counts);
            s.n += static_cast<double>(row.n);
        }
    }
    return both;
}

cd::captured_share_result by_strata_share(const side& s, const cd::capture_options& options) {
    std::vector<cd::capture_counts> strata;
    for (const auto& row : s.strata) strata.push_back(row.counts);
    return cd::captured_share_of_total(cd::stratified_total(strata, options).total, s.n);
}

/// Odds ratios of links seen by either source and by both, over the papers that both could have linked; of the papers
/// that have code, whether a source sees it or not; and a logit of links that are misread.
cd::claim corrected_claim(const analysis& a, const contrast& of, double level) {
    cd::claim c = claim_of("papers with code, seen or not, " + of.name + ", odds ratio");
    const auto add = [&](const std::string& what, const std::string& how, cd::estimate result) {
        c.specifications.push_back({.choices = {{"code", what}, {"estimator", how}}, .result = result});
    };
    std::vector<const linked_paper*> joined;
    for (const linked_paper& p : a.known)
        if (p.p->code_in_anthology) joined.push_back(&p);
    add("seen in the papers", by_strata, stratified(joined, &paper::code, of, level));
    add("seen by Papers with Code", by_strata, stratified(joined, &paper::code_in_anthology, of, level));
    const auto [first, second] = sides_of(a, of);
    for (const double odds : odds_of_sources) {
        const cd::capture_options options{.level = level, .odds_ratio = odds};
        const std::string sources =
            odds == 1 ? "sources independent" : fmt::format("sources with an odds ratio of {:g}", odds);
        add("corrected, " + sources, "Chapman, all together",
            cd::compare_captured_shares(cd::captured_share(first.counts, first.n, {.capture = options}),
                                        cd::captured_share(second.counts, second.n, {.capture = options}))
                .odds_ratio);
        add("corrected, " + sources, "Chapman, by venue and year",
            cd::compare_captured_shares(by_strata_share(first, options), by_strata_share(second, options)).odds_ratio);
    }
    add("seen by either", "as they are",
        cd::compare_captured_shares(cd::captured_share(first.counts, first.n, {.capture = {.level = level}}),
                                    cd::captured_share(second.counts, second.n, {.capture = {.level = level}}))
            .seen_odds_ratio);
    // Of the papers that Papers with Code links, those whose link is seen: of both sides together, so that the rates
    // differ between sides is not told.
    const auto cells = cells_of(joined, &paper::code, [&](const linked_paper& p) -> std::optional<double> {
        const auto in_first = of.in_first(p);
        return in_first ? std::optional<double>(*in_first ? 1 : 0) : std::nullopt;
    });
    cd::capture_counts all = first.counts;
    all.merge(second.counts);
    double n = 0;
    for (const cell& each : cells) n += each.n;
    cd::estimate misread{.level = level, .method = "clustered"};
    if (!cells.empty() && all.both > 0 && all.only_second() > 0)
        misread = ratio_of(
            cd::fit_misclassified_logit(cells, model_of_cells(),
                                        {.errors = cd::error_rates::known,
                                         .false_negative = all.only_second() / all.second,
                                         .fit = {.reference = cd::reference_distribution::student_t, .level = level}})
                .fit,
            n);
    add("corrected, one recall for all", "misread logit: authors, venue and year; recall as known", misread);
    const std::size_t groups = std::max(first.strata.size(), second.strata.size());
    c.not_tested = groups < cd::fewest_units_of_curves
                       ? fmt::format("papers of both sources are of {} venues and years, too few to draw", groups)
                       : "what neither source sees is no sum over venues and years, of which draws would be";
    return c;
}

// ---- The same of all venues, if links are seen of all as of those that can be checked.

/// Of papers that are known to have code, those whose link is seen in the papers.
struct link_recall {
    double seen = 0, all = 0;

    [[nodiscard]] double value() const { return seen / all; }
    [[nodiscard]] double drawn(cd::random_stream& stream) const {
        const double hits = seen + 0.5, misses = all - seen + 0.5;
        const double logit = std::log(hits / misses) + std::sqrt(1 / hits + 1 / misses) * cd::standard_normal(stream);
        return 1 / (1 + std::exp(-logit));
    }
};
std::pair<link_recall, link_recall> recalls_of(const analysis& a, const contrast& of, field known_to_have_code) {
    std::pair<link_recall, link_recall> recalls;
    for (const linked_paper& p : a.known) {
        const auto first = of.in_first(p);
        if (!first || !(p.p->*known_to_have_code).value_or(false)) continue;
        link_recall& r = *first ? recalls.first : recalls.second;
        ++r.all;
        r.seen += *p.p->code ? 1 : 0;
    }
    return recalls;
}

/// Mantel and Haenszel's odds ratio over venues and years of links seen over the recall of their side; the interval by
/// drawing venues and years anew, and the recalls.
cd::estimate by_recall(const std::vector<const linked_paper*>& papers, const contrast& of,
                       const std::pair<link_recall, link_recall>& recalls, double level) {
    struct stratum {
        double first_linked = 0, first = 0, second_linked = 0, second = 0;
    };
    std::map<std::string, stratum> by_group;
    for (const linked_paper* p : papers) {
        const auto first = of.in_first(*p);
        if (!first) continue;
        stratum& s = by_group[p->group];
        (*first ? s.first : s.second) += 1;
        (*first ? s.first_linked : s.second_linked) += *p->p->code ? 1 : 0;
    }
    cd::estimate result{.level = level, .method = "percentile"};
    std::vector<stratum> strata;
    for (const auto& entry : by_group) {
        const stratum& s = entry.second;
        result.n += static_cast<std::uint64_t>(s.first + s.second);
        if (s.first > 0 && s.second > 0) strata.push_back(s);
    }
    if (result.n == 0) return result;
    result.status = cd::estimate_status::degenerate;
    if (recalls.first.seen == 0 || recalls.second.seen == 0) return result;
    const auto ratio = [](const auto& all, double first_recall, double second_recall) {
        double above = 0, below = 0;
        for (const stratum& s : all) {
            const double k = std::min(s.first, s.first_linked / first_recall);
            const double l = std::min(s.second, s.second_linked / second_recall), n = s.first + s.second;
            above += k * (s.second - l) / n;
            below += (s.first - k) * l / n;
        }
        return above / below;
    };
    const double value = ratio(strata, recalls.first.value(), recalls.second.value());
    constexpr std::uint64_t draws = 1999;
    std::vector<double> drawn;
    for (std::uint64_t draw = 0; draw < draws && !strata.empty(); ++draw) {
        cd::random_stream stream(1, draw);
        std::vector<stratum> sample;
        for (std::size_t i = 0; i < strata.size(); ++i) sample.push_back(strata[stream.below(strata.size())]);
        const double first = recalls.first.drawn(stream);
        const double each = ratio(sample, first, recalls.second.drawn(stream));
        if (std::isfinite(each)) drawn.push_back(each);
    }
    if (!std::isfinite(value) || drawn.size() < draws * 9 / 10) return result;
    result.value = value;
    const double tail = (1 - level) / 2;
    result.bounds = {std::min(value, *cd::quantile(drawn, tail).value),
                     std::max(value, *cd::quantile(drawn, 1 - tail).value)};
    const auto few = [](const link_recall& r) { return std::min(r.seen, r.all - r.seen) < 10; };
    result.status = strata.size() < 30 || few(recalls.first) || few(recalls.second) ? cd::estimate_status::few_clusters
                                                                                    : cd::estimate_status::ok;
    return result;
}

cd::claim claim_by_recall(const analysis& a, const contrast& of, double level, tested_claims& tested) {
    std::vector<cd::cluster_equations> equations;
    cd::claim c = claim_of("papers with code, seen or not, all venues, " + of.name + ", odds ratio");
    for (const period& when : a.periods) {
        const auto papers = telling(a, when, &paper::code);
        const auto add = [&](const char* measured, field known) {
            const auto recalls = recalls_of(a, of, known);
            c.specifications.push_back({.choices = {{"years", when.name}, {"recall of each side", measured}},
                                        .result = by_recall(papers, of, recalls, level)});
            const bool seen = recalls.first.seen > 0 && recalls.second.seen > 0;
            equations.push_back(
                seen ? tested.strata(papers, &paper::code, of, {recalls.first.value(), recalls.second.value()})
                     : cd::cluster_equations({1}));
        };
        if (a.two_sources) add("of the anthology's papers", &paper::code_in_anthology);
        if (a.official_links) add("of official links, any venue", &paper::official_code);
    }
    tested.test(c, equations);
    return c;
}

cd::table table_of_sources(const analysis& a, double level) {
    cd::table t{.name = "sources",
                .title = "Papers that two sources could have linked, and what each sees of the other's"};
    t.columns = {{.name = "team"},
                 {.name = "papers"},
                 {.name = "seen in the papers"},
                 {.name = "by Papers with Code"},
                 {.name = "by both"},
                 percent_column("recall of the papers' links"),
                 percent_column("recall of Papers with Code"),
                 percent_column("share seen"),
                 percent_column("share corrected"),
                 percent_column("sources' odds ratio 2"),
                 percent_column("sources' odds ratio 4")};
    const auto [with, without] = sides_of(a, contrasts[0]);
    const auto [alone, academia] = sides_of(a, contrasts[1]);
    const auto [in_both, same] = sides_of(a, contrasts[2]);
    const std::array<std::pair<const char*, const side*>, 5> rows{
        std::pair{"with industry", &with}, std::pair{"without industry", &without},
        std::pair{"academia alone", &academia}, std::pair{"mixed", &in_both}, std::pair{"industry alone", &alone}};
    for (const auto& [name, s] : rows) {
        const auto share_at = [of = s, level](double odds) {
            return by_strata_share(*of, {.level = level, .odds_ratio = odds}).corrected;
        };
        add_row(t, std::string(name), s->n, s->counts.first, s->counts.second, s->counts.both,
                s->counts.recall_of_first({.level = level}), s->counts.recall_of_second({.level = level}),
                cd::share(s->counts.seen(), s->n, {.level = level}), share_at(1), share_at(2), share_at(4));
    }
    return t;
}

/// Of papers of any venue to which Papers with Code has an official link, those whose link is seen in the papers.
cd::table table_of_recalls(const analysis& a, double level) {
    cd::table t{.name = "recalls",
                .title = "Papers of any venue with an official link at Papers with Code (a list of some)"};
    t.columns = {{.name = "team"}, {.name = "official"}, {.name = "seen in the papers"}, percent_column("recall")};
    for (const bool with : {true, false}) {
        double official = 0, seen = 0;
        for (const linked_paper& p : a.known)
            if (p.with_industry() == with && p.p->official_code.value_or(false)) {
                ++official;
                seen += *p.p->code ? 1 : 0;
            }
        add_row(t, std::string(with ? "with industry" : "without industry"), official, seen,
                cd::share(seen, official, {.level = level}));
    }
    return t;
}

cd::table table_of_years(const analysis& a) {
    cd::table t{.name = "papers", .title = "Papers with a link to code"};
    t.columns = {{.name = "year", .style = {.digits = 4}},
                 {.name = "papers"},
                 {.name = "known"},
                 {.name = "in logits"},
                 {.name = "with industry"},
                 {.name = "industry alone"},
                 {.name = "linked"},
                 {.name = "in the abstract"}};
    std::map<int, std::array<double, 7>> years;
    for (const paper& p : a.papers) ++years[p.year][0];
    for (const linked_paper& p : a.known) {
        auto& row = years[p.p->year];
        ++row[1];
        row[3] += p.with_industry() ? 1 : 0;
        row[4] += is_kind("industry_only", p.team) ? 1 : 0;
        row[5] += p.p->code.value_or(false) ? 1 : 0;
        row[6] += p.p->code_in_abstract.value_or(false) ? 1 : 0;
    }
    for (const linked_paper* p : telling(a, a.periods.back(), &paper::code)) ++years[p->p->year][2];
    for (const auto& [year, row] : years) add_row(t, year, row[0], row[1], row[2], row[3], row[4], row[5], row[6]);
    return t;
}

/// Odds ratios by year, within venue.
cd::figure figure_of(const analysis& a, const code_links_inputs& in) {
    figure_builder f({.name = "years",
                      .title = "Papers with a link to code, against academia alone",
                      .x = {.label = "Year", .scale = cd::axis_scale::date},
                      .y = {.label = "Ratio of odds", .scale = cd::axis_scale::logarithmic}});
    for (int year = a.periods.back().from; year <= a.periods.back().to; ++year)
        for (const std::size_t i : {1U, 2U}) {
            const auto ratio =
                stratified(telling(a, {"", year, year}, &paper::code), &paper::code, contrasts[i], in.level);
            if (ratio) f.add(i == 1 ? "industry alone" : "mixed teams", year, ratio);
        }
    return f.figure(in.papers.sources());
}

}  // namespace
}  // namespace of_code_links

cd::finding code_links(const code_links_inputs& in) {
    using namespace of_code_links;
    const analysis a = read(in);
    cd::finding f{.name = "code_links",
                  .question = "Do papers with authors in industry link less code, and have they less?"};
    tested_claims tested{.how = in.curve};
    for (const linked_paper& p : a.known) static_cast<void>(tested.number(p.group));
    f.claims = claims_of(a, in.level, tested);
    std::string holds, holds_not;
    for (const auto& s : f.claims[0].specifications) {
        if (s.choices[1].option != a.outcomes[0].name ||
            s.choices[2].option != (a.institutions ? by_institution : by_venue))
            continue;
        std::string& list = cd::evidence_of(f.claims[0], s.result) == cd::evidence::supports ? holds : holds_not;
        list += fmt::format("{}{} ({})", list.empty() ? "" : "; ", s.choices[0].option, told(s.result));
    }
    f.notes.push_back(fmt::format("That each industry author goes with less code holds in: {}. It does not hold in: {}",
                                  holds.empty() ? "no period" : holds, holds_not.empty() ? "no period" : holds_not));
    if (a.two_sources)
        for (const contrast& c : contrasts) f.claims.push_back(corrected_claim(a, c, in.level));
    if (a.two_sources || a.official_links)
        for (const contrast& c : contrasts) f.claims.push_back(claim_by_recall(a, c, in.level, tested));
    std::vector<std::pair<std::string, const cd::specification_curve*>> curves;
    for (const auto& [name, curve] : tested.curves) curves.emplace_back(name, &curve);
    f.tables.push_back(table_of_curves(curves));
    if (const auto& joint = tested.curves.front().second.joint) f.notes.push_back(told(joint, "venues and years"));
    f.tables.push_back(table_of_years(a));
    if (a.two_sources) f.tables.push_back(table_of_sources(a, in.level));
    if (a.official_links) f.tables.push_back(table_of_recalls(a, in.level));
    f.figures.push_back(figure_of(a, in));
    f.notes.emplace_back(
        "A link anywhere is one on the paper's page, in its file or in its abstract. Papers are those of which the "
        "sector "
        "of an author is known. Venues and years in which all or no papers have a link tell nothing and are left out");
    if (a.two_sources)
        f.notes.emplace_back(
            "Links are not seen for all papers that have code, and not equally. Of the papers of the Association for "
            "Computational Linguistics that Papers with Code also lists, those that have code are estimated from what "
            "each source sees of the other's (Chapman). Sources that prefer the same papers have an odds ratio above "
            "1, "
            "which two sources cannot tell: more papers then have code than at 1. Papers are taken as independent. The "
            "misread logit has one recall for all teams, which the table shows to be wrong. The odds ratios of all "
            "venues "
            "suppose that links are seen in every venue and year as where it can be checked; venues and years, and the "
            "recalls, are drawn anew 1,999 times");
    else
        f.notes.emplace_back(
            "The table has no second source of links (column code in anthology): nothing is corrected");
    return f;
}

std::string code_links_json(const code_links_inputs& in) {
    using namespace of_code_links;
    return to_json(code_links(in));
}

}  // namespace example
