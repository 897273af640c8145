// SPDX-License-Identifier: BSL-1.0
// Do topics that speak more of compute lose papers by academia alone? The share of such papers in each topic and year
// on the share of abstracts with compute terms, under several specifications, and which topics gained and lost.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/regression/to_string.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/proportion_comparison.hpp>

#include "support/associations.hpp"
#include "support/papers.hpp"
#include "support/plot.hpp"

namespace cd = compute_divide;
using json = nlohmann::ordered_json;

namespace {

struct choices {
    std::array<int, 2> years{2012, 2019};
    std::vector<std::string> terms;  ///< groups of compute terms; none: all
    std::size_t min_papers = 10;
    int ends = 3;
    bool fractional = false;
};

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
std::vector<entry> entries_of(const std::vector<example::paper>& papers, const choices& c) {
    std::vector<entry> entries;
    std::size_t number = 0;
    for (const auto& p : papers) {
        ++number;
        if (p.year < c.years[0] || p.year > c.years[1]) continue;
        const cd::team_kind team = cd::team_of(p.authors, example::team_rule);
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

std::vector<topic_change> topic_changes(const topic_tables& tables, const choices& c) {
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

/// One way to put the question, and the answer: points of the share of papers by academia alone that go with a point of
/// the share of abstracts with compute terms.
struct specification {
    std::string name, weights;
    cd::regression_fit fit;
    cd::estimate effect;
};
const std::string both_effects = "topic and year effects", fractional_logit = "fractional logit, topics and years",
                  first_to_last = "changes from first to last years", single_papers = "single papers, both effects";

template <class Records, class Model, class Weight, class Fit>
void add_both(std::vector<specification>& all, const std::string& name, const Records& records, const Model& model,
              Weight weight, Fit fit) {
    const cd::regression_fit equal = fit(records, model), weighted = fit(records, model.weighted_by(weight));
    all.push_back({name, "none", equal, cd::coefficient(equal, "compute")});
    all.push_back({name, "papers", weighted, cd::coefficient(weighted, "compute")});
}

constexpr auto linear = [](const auto& records, const auto& model) { return cd::fit_linear(records, model); };
constexpr auto absorbed = [](const auto& records, const auto& model) { return cd::fit_fixed_effects(records, model); };

std::vector<specification> specifications(const std::vector<entry>& entries, const std::vector<topic_year>& cells,
                                          const std::vector<topic_change>& changes) {
    const auto level = cd::model_of(&topic_year::academia_only).clustered_by(&topic_year::topic);
    const auto same_year = level.on(cd::variable("compute", &topic_year::compute));
    const auto year_before = level.on(cd::variable("compute", &topic_year::compute_before));
    const auto from_year_to_year = cd::model_of(&topic_year::academia_only_change)
                                       .on(cd::variable("compute", &topic_year::compute_change))
                                       .clustered_by(&topic_year::topic);
    const auto from_first_to_last =
        cd::model_of([](const topic_change& t) {
            return t.academia_only_change().value;
        }).on(cd::variable("compute", [](const topic_change& t) { return t.compute_change().value; }));
    const auto with_both = [](const auto& model) { return model.absorbing(&topic_year::topic, &topic_year::year); };

    std::vector<specification> all;
    add_both(all, "pooled", cells, same_year, &topic_year::papers, linear);
    add_both(all, both_effects, cells, with_both(same_year), &topic_year::papers, absorbed);
    const auto shares =
        same_year.on(cd::categorical("topic", &topic_year::topic), cd::categorical("year", &topic_year::year))
            .weighted_by(&topic_year::papers);
    const cd::regression_fit logit = cd::fit_logit(cells, shares);
    all.push_back({fractional_logit, "papers", logit,
                   example::estimate_of("compute", cd::average_marginal_effects(cells, shares, logit), logit)});
    add_both(all, "compute a year before, pooled", cells, year_before, &topic_year::papers, linear);
    add_both(all, "compute a year before, both effects", cells, with_both(year_before), &topic_year::papers, absorbed);
    add_both(all, "changes from year to year, year effects", cells, from_year_to_year.absorbing(&topic_year::year),
             &topic_year::papers_of_change, absorbed);
    add_both(all, first_to_last, changes, from_first_to_last, &topic_change::papers,
             [](const auto& records, const auto& model) {
                 return cd::fit_linear(records, model, {.covariance = cd::covariance_kind::hc3});
             });
    const cd::regression_fit papers = cd::fit_fixed_effects(entries, cd::model_of(&entry::academia_only)
                                                                         .on(cd::variable("compute", &entry::compute))
                                                                         .absorbing(&entry::topic, &entry::year)
                                                                         .clustered_by(&entry::topic, &entry::paper)
                                                                         .weighted_by(&entry::weight));
    all.push_back({single_papers, "none", papers, cd::coefficient(papers, "compute")});
    return all;
}

struct findings {
    choices chosen;
    std::size_t papers = 0;
    std::vector<topic_year> cells;
    std::vector<topic_change> changes;
    std::vector<specification> specifications;
    std::vector<std::pair<std::string, cd::estimate>> groups;  ///< each group of terms alone, topic and year effects

    [[nodiscard]] const specification& under(const std::string& name, const std::string& weights) const {
        return *std::ranges::find_if(specifications,
                                     [&](const specification& s) { return s.name == name && s.weights == weights; });
    }
};

findings find_all(const std::vector<example::paper>& papers, const choices& c) {
    findings f{c, 0, {}, {}, {}, {}};
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
    f.specifications = specifications(entries, f.cells, f.changes);
    for (const std::string& term : c.terms)
        if (!groups.contains(term))
            throw std::invalid_argument(
                fmt::format("--terms: one of {} is required, got {}", fmt::join(groups, ", "), term));
    for (const std::string& group : groups) {
        choices alone = c;
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

void print_json(const findings& f) {
    json out{{"years", f.chosen.years},           {"terms", f.chosen.terms}, {"fractional", f.chosen.fractional},
             {"min_papers", f.chosen.min_papers}, {"papers", f.papers},      {"cells", f.cells.size()}};
    for (const specification& s : f.specifications)
        out["specifications"].push_back({{"name", s.name},
                                         {"weights", s.weights},
                                         {"effect", example::to_json(s.effect)},
                                         {"fit", example::to_json(s.fit, {"compute"})}});
    for (const auto& [group, effect] : f.groups)
        out["groups"].push_back({{"group", group}, {"effect", example::to_json(effect)}});
    for (const topic_change& t : f.changes)
        out["topics"].push_back({{"topic", t.topic},
                                 {"papers", {t.academia_only[0].n, t.academia_only[1].n}},
                                 {"academia_only", {share_of(t.academia_only[0]), share_of(t.academia_only[1])}},
                                 {"academia_only_change", example::to_json(t.academia_only_change())},
                                 {"compute", {share_of(t.compute[0]), share_of(t.compute[1])}},
                                 {"compute_change", example::to_json(t.compute_change())}});
    fmt::print("{}\n", example::rounded(out).dump());
}

void print_ledger(const findings& f) {
    const auto line = [&](const char* finding, const specification& s) {
        fmt::print("{}\tnegative\t{}; {}\t{}, {}-{}\n", finding, example::told(s.effect),
                   example::against_a_decrease(s.effect), s.name, f.chosen.years[0], f.chosen.years[1]);
    };
    line("academia alone on compute terms, by topic", f.under(both_effects, "papers"));
    line("academia alone on compute terms, by topic", f.under(fractional_logit, "papers"));
    line("academia alone on compute terms, by paper", f.under(single_papers, "none"));
    const auto language = std::ranges::find(f.changes, "natural language processing", &topic_change::topic);
    if (language == f.changes.end()) return;
    const cd::estimate median = f.changes[f.changes.size() / 2].academia_only_change();
    fmt::print(
        "academia alone in natural language processing\tfalling\t{} points; {}\tfirst {} to last {} of {}-{}; median "
        "topic {:.0f}\n",
        example::told(language->academia_only_change(), 0, 100),
        example::against_a_decrease(language->academia_only_change()), f.chosen.ends, f.chosen.ends, f.chosen.years[0],
        f.chosen.years[1], 100 * *median.value);
}

void print_topics(const findings& f) {
    const auto line = [](const topic_change& t) {
        fmt::print("{:<45}{:>4.0f} -> {:<8.0f}{:<22}{:>4.0f} -> {:<8.0f}{}\n", t.topic,
                   100 * share_of(t.academia_only[0]), 100 * share_of(t.academia_only[1]),
                   example::told(t.academia_only_change(), 0, 100), 100 * share_of(t.compute[0]),
                   100 * share_of(t.compute[1]), example::told(t.compute_change(), 0, 100));
    };
    fmt::print("\nTopics, {}-{} to {}-{}: {} of at least {} papers in both\n{:<45}{:<38}{}\n", f.chosen.years[0],
               f.chosen.years[0] + f.chosen.ends - 1, f.chosen.years[1] - f.chosen.ends + 1, f.chosen.years[1],
               f.changes.size(), f.chosen.min_papers, "", "academia alone, %", "compute terms, %");
    constexpr std::size_t shown = 8;
    for (std::size_t i = 0; i < f.changes.size(); ++i) {
        if (i == shown && f.changes.size() > 2 * shown) {
            fmt::print("...\n");
            i = f.changes.size() - shown;
        }
        line(f.changes[i]);
    }
}

void print_all(const findings& f) {
    fmt::print(
        "Do topics that speak more of compute lose papers by academia alone?\n\n"
        "{} papers of {}-{} with a topic; {} topics and years with at least {} papers whose team is known, and as "
        "many\n"
        "abstracts. These are not the study's data, which are of OpenAlex, 2012-2021. A paper of several topics "
        "counts\n"
        "{} in each: errors clustered by topic alone take topics for more independent than they are. Shares of few\n"
        "papers are noisy, which draws coefficients to 0, that of single papers apart.\n\n"
        "Points of papers by academia alone that go with a point of abstracts with compute terms ({}), 95 %\n"
        "{:<43}{:<22}weights\n",
        f.papers, f.chosen.years[0], f.chosen.years[1], f.cells.size(), f.chosen.min_papers,
        f.chosen.fractional ? "in part" : "fully",
        f.chosen.terms.empty() ? "any group" : fmt::format("{}", fmt::join(f.chosen.terms, ", ")), "", "");
    for (const specification& s : f.specifications)
        fmt::print("{:<43}{:<22}{:<9}{}\n", s.name, example::told(s.effect), s.weights, example::basis_of(s.fit));
    fmt::print("\nTopic and year effects, weighted by papers, as a table:\n{}\n",
               cd::to_string(f.under(both_effects, "papers").fit));
    fmt::print("\nThe same by each group of terms alone; of so many, one in twenty would seem to matter by chance\n");
    for (const auto& [group, effect] : f.groups) fmt::print("{:<43}{}\n", group, example::told(effect));
    print_topics(f);
}

/// The changes of topics, and what the regression of one on the other expects.
std::vector<example::plot_series> plot_of(const findings& f) {
    example::plot_series topics{"a topic", {}, {}};
    if (f.changes.empty()) return {topics};
    for (const topic_change& t : f.changes)
        topics.points.push_back({100 * *t.compute_change().value, 100 * *t.academia_only_change().value});
    const auto [left, right] = std::ranges::minmax(topics.points, {}, &example::plot_point::x);
    for (int i = 0; i <= 40; ++i) {
        const double x = left.x + (right.x - left.x) * i / 40;
        const cd::estimate mean = cd::predict(f.under(first_to_last, "papers").fit, {{"compute", x / 100}}).mean;
        if (mean) topics.band.push_back({x, 100 * *mean.value, 100 * mean.lower(), 100 * mean.upper()});
    }
    return {topics};
}

}  // namespace

int main(int argc, char** argv) try {
    std::string papers = COMPUTE_DIVIDE_DATA_DIR "/papers.csv", years = "2012-2019", svg;
    choices c;
    bool as_json = false, as_ledger = false;
    CLI::App app("Papers by academia alone on compute terms in abstracts, by topic and year");
    app.add_option("--papers", papers, "papers with sectors of authors, compute terms and topics")
        ->check(CLI::ExistingFile);
    app.add_option("--years", years, "FROM-TO, both included")->capture_default_str();
    app.add_option("--terms", c.terms, "groups of compute terms that count, with commas between; all at first")
        ->delimiter(',');
    app.add_option("--min-papers", c.min_papers, "of a topic in a year, for it to count")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--ends", c.ends, "how many first and last years are compared")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_flag("--fractional", c.fractional, "a paper of several topics counts in part in each, not fully");
    app.add_option("--svg", svg, "draws the changes of topics into this file (needs gnuplot)");
    app.add_flag("--json", as_json, "one object with every number");
    app.add_flag("--ledger", as_ledger, "one line per finding, tabs between");
    CLI11_PARSE(app, argc, argv);
    if (std::sscanf(years.c_str(), "%d-%d", &c.years[0], &c.years[1]) != 2)
        throw std::invalid_argument("--years: FROM-TO is required, got " + years);
    if (c.years[1] - c.years[0] + 1 < 2 * c.ends)
        throw std::invalid_argument(
            fmt::format("--years: twice the {} years of --ends are required, got {}", c.ends, years));

    const findings f = find_all(example::read_papers(papers), c);
    if (as_json) {
        print_json(f);
    } else if (as_ledger) {
        print_ledger(f);
    } else {
        print_all(f);
    }
    if (!svg.empty())
        example::write_svg(svg, "Change of the share of papers by academia alone (points)", plot_of(f),
                           example::y_axis::linear, "Change of the share of abstracts with compute terms (points)");
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "topic_regression: {}\n", error.what());
    return 1;
}
