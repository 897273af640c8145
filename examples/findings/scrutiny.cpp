// SPDX-License-Identifier: BSL-1.0
// Longer than a page: twelve groups of terms, three texts, three windows, two kinds of teams, and errors of all of
// them.
#include "findings/scrutiny.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/multiple_draws.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/quantile.hpp>

#include "support/associations.hpp"
#include "support/curves.hpp"
#include "support/figures.hpp"
#include "support/input.hpp"
#include "support/papers.hpp"
#include "support/sums_over_groups.hpp"
#include "support/tables.hpp"
#include "support/term_groups.hpp"

namespace example {

namespace of_scrutiny {
namespace {

// ---- What is chosen.

enum text_choice : std::size_t { in_title, anywhere, about };
const std::array<std::string, 3> texts{"title", "title or abstract", "title, or twice in the abstract"};
enum team_choice : std::size_t { others_ignored, nobody_else };
const std::array<std::string, 2> team_definitions{"no industry, others ignored", "academia and nobody else"};

struct window {
    std::string name;
    std::array<int, 2> before, after;

    /// Whether a year is of the second part; none of neither.
    [[nodiscard]] std::optional<bool> is_after(int year) const {
        if (before[0] <= year && year <= before[1]) return false;
        return after[0] <= year && year <= after[1] ? std::optional(true) : std::nullopt;
    }
};
const std::array<window, 3> windows{window{"2012-19 to 2020-25", {2012, 2019}, {2020, 2025}},
                                    window{"2012-21 to 2022-25", {2012, 2021}, {2022, 2025}},
                                    window{"2017-19 to 2023-25", {2017, 2019}, {2023, 2025}}};

/// Groups of terms by the words that they are of: bits, in the order of the lists.
using groups_found = std::uint32_t;

/// Two consequences that the study argues, and what is scrutinised and adapted.
struct term_lists {
    std::vector<std::string> names;
    groups_found scrutiny = 0, adaptation = 0, foundation = 0;

    term_lists() {
        const auto add = [&](const char* file, groups_found& all) {
            const term_groups read(data_file(file));
            for (const std::string& name : read.names()) {
                all |= groups_found{1} << names.size();
                names.push_back(name);
            }
        };
        add("scrutiny_terms.csv", scrutiny);
        add("adaptation_terms.csv", adaptation);
        add("foundation_terms.csv", foundation);
    }
    [[nodiscard]] groups_found of(const std::vector<std::string>& found) const {
        groups_found bits = 0;
        for (const std::string& name : found)
            if (const auto at = std::ranges::find(names, name); at != names.end())
                bits |= groups_found{1} << (at - names.begin());
        return bits;
    }
    /// For each choice of text.
    [[nodiscard]] std::array<groups_found, 3> of(const std::vector<std::string>& title,
                                                 const std::vector<std::string>& abstract,
                                                 const std::vector<std::string>& repeated) const {
        return {of(title), of(title) | of(abstract), of(title) | of(repeated)};
    }
    /// Each group with its name.
    [[nodiscard]] std::vector<std::pair<std::string, groups_found>> each(groups_found all) const {
        std::vector<std::pair<std::string, groups_found>> list;
        for (std::size_t i = 0; i < names.size(); ++i)
            if ((all >> i & 1) != 0) list.emplace_back(names[i], groups_found{1} << i);
        return list;
    }
};

// ---- Papers.

/// A paper of which the sector of an author is known, with terms looked for in title and abstract.
struct known_paper {
    const paper* p;
    std::string group;  ///< venue and year
    cd::team_kind team;
    std::array<bool, 2> academia_only;  ///< by each definition
    std::array<groups_found, 3> found;  ///< in each choice of text
};

struct analysis {
    term_lists lists;
    std::vector<paper> papers;
    std::vector<known_paper> known;
    bool institutions = false, sectors_of_institutions = false;
};

analysis read(const scrutiny_inputs& in) {
    analysis a{.lists = {}, .papers = read_papers(in.papers), .known = {}};
    bool any = false;
    for (const paper& p : a.papers) {
        any = any || !p.title_terms.empty() || !p.abstract_terms.empty();
        if (p.institutions.size() == p.institution_sectors.size() && !p.institutions.empty())
            a.sectors_of_institutions = true;
        if (p.authors.known() == 0 || p.text != "title and abstract") continue;
        const cd::team_kind team = cd::team_of(p.authors, team_rule);
        a.known.push_back(
            {&p,
             fmt::format("{} {}", p.venue, p.year),
             team,
             {team == cd::team_kind::academia_only, cd::team_of(p.authors) == cd::team_kind::academia_only},
             a.lists.of(p.title_terms, p.abstract_terms, p.repeated_terms)});
    }
    if (!any)
        throw nothing_to_report(
            in.papers.path + ": no paper has a group of terms (columns title terms, abstract terms, repeated terms)");
    if (a.known.empty())
        throw nothing_to_report(in.papers.path +
                                ": no paper with title and abstract (column text) has an author of known sector");
    a.institutions = have_institutions(a.papers);
    return a;
}

// ---- A difference in differences: of the share of papers with `outcome`, in one arm less in the other, after less
// before.

using arm_of = std::function<std::optional<bool>(const known_paper&)>;  ///< none: of neither arm
using outcome_of = std::function<bool(const known_paper&)>;

/// Papers of one venue, year and arm, as one record: the fit is the same, and faster.
struct cell {
    std::string group;
    bool arm = false, after = false;
    double with = 0, n = 0;

    [[nodiscard]] double share() const { return with / n; }
    [[nodiscard]] double in_arm() const { return arm ? 1 : 0; }
    [[nodiscard]] double in_arm_after() const { return arm && after ? 1 : 0; }
};

std::vector<cell> cells_of(const analysis& a, const window& w, const arm_of& arm, const outcome_of& outcome) {
    std::map<std::pair<std::string, bool>, cell> cells;
    for (const known_paper& p : a.known) {
        const auto after = w.is_after(p.p->year), of_arm = arm(p);
        if (!after || !of_arm) continue;
        cell& c = cells[{p.group, *of_arm}];
        c.group = p.group;
        c.arm = *of_arm;
        c.after = *after;
        c.with += outcome(p) ? 1 : 0;
        ++c.n;
    }
    std::vector<cell> all;
    for (const auto& [key, c] : cells) {
        const auto other = cells.find({key.first, !key.second});
        if (other == cells.end()) continue;  // its venue and year have one arm alone, which tells nothing
        all.push_back(c);
    }
    return all;
}

/// Whether both parts of the window have both arms: else there is no difference in differences.
bool can_differ(const std::vector<cell>& cells) {
    const auto has = [&](bool after) {
        return std::ranges::any_of(cells, [after](const cell& c) { return c.after == after; });
    };
    return has(false) && has(true);
}

cd::estimate none_of(double level) {
    return {.level = level, .method = "clustered"};
}

/// With few venues and years before, or after, the clustered error of a difference between the two is too small however
/// many there are in all.
void note_few(cd::estimate& e, const std::vector<cell>& cells) {
    constexpr std::ptrdiff_t fewest = 10;
    const auto after = std::ranges::count(cells, true, &cell::after) / 2;  // cells of both arms
    const auto before = std::ssize(cells) / 2 - after;
    if (e.status == cd::estimate_status::ok && std::min(before, after) < fewest)
        e.status = cd::estimate_status::few_clusters;
}

cd::estimate with_papers(cd::estimate e, const std::vector<cell>& cells) {
    double n = 0;
    for (const cell& c : cells) n += c.n;
    e.n = static_cast<std::uint64_t>(n);
    e.n_effective.reset();
    note_few(e, cells);
    return e;
}

/// A difference and its standard error.
struct difference {
    cd::estimate value;
    double error = 0;
};

difference linear_difference(const std::vector<cell>& cells, double level) {
    if (!can_differ(cells)) return {none_of(level)};
    const auto model = cd::model_of(&cell::share)
                           .weighted_by(&cell::n)
                           .clustered_by(&cell::group)
                           .on(cd::variable("arm", &cell::in_arm), cd::variable("arm after", &cell::in_arm_after))
                           .absorbing(&cell::group);
    const auto fit =
        cd::fit_fixed_effects(cells, model, {.reference = cd::reference_distribution::student_t, .level = level});
    difference d{with_papers(cd::coefficient(fit, "arm after"), cells)};
    for (const cd::coefficient_line& line : cd::coefficient_lines(fit))
        if (line.name == "arm after") d.error = line.standard_error;
    return d;
}

cd::estimate logit_difference(std::vector<cell> cells, double level) {
    std::map<std::string, std::pair<double, double>>
        groups;  // where all or none are so, the venue and year tell nothing
    for (const cell& c : cells) {
        groups[c.group].first += c.with;
        groups[c.group].second += c.n;
    }
    std::erase_if(cells, [&](const cell& c) {
        const auto& [with, n] = groups[c.group];
        return with == 0 || with == n;
    });
    if (!can_differ(cells)) return none_of(level);
    const auto model = cd::model_of(&cell::share)
                           .weighted_by(&cell::n)
                           .clustered_by(&cell::group)
                           .on(cd::variable("arm", &cell::in_arm), cd::variable("arm after", &cell::in_arm_after),
                               cd::categorical("venue and year", &cell::group));
    const auto fit = cd::fit_logit(cells, model, {.reference = cd::reference_distribution::student_t, .level = level});
    return with_papers(estimate_of("arm after", cd::exponentiated(fit), fit), cells);
}

/// Papers depend on each other that are of one venue and year, or share an institution: record by record.
cd::estimate difference_by_labels(const analysis& a, const window& w, const arm_of& arm, const outcome_of& outcome,
                                  double level) {
    const auto cells = cells_of(a, w, arm, outcome);
    if (!can_differ(cells)) return none_of(level);
    std::vector<const known_paper*> papers;
    for (const known_paper& p : a.known)
        if (w.is_after(p.p->year) && arm(p)) papers.push_back(&p);
    const auto labels = [](const known_paper* p) {
        auto all = p->p->institutions;
        all.push_back("in " + p->group);
        return all;
    };
    const auto in_arm = [&arm](const known_paper* p) { return *arm(*p) ? 1.0 : 0.0; };
    const auto in_arm_after = [&](const known_paper* p) { return *arm(*p) && *w.is_after(p->p->year) ? 1.0 : 0.0; };
    const auto model = cd::model_of([&outcome](const known_paper* p) { return outcome(*p) ? 1.0 : 0.0; })
                           .clustered_by(labels)
                           .on(cd::variable("arm", in_arm), cd::variable("arm after", in_arm_after))
                           .absorbing([](const known_paper* p) { return p->group; });
    const auto fit =
        cd::fit_fixed_effects(papers, model, {.reference = cd::reference_distribution::student_t, .level = level});
    cd::estimate e = cd::coefficient(fit, "arm after");
    note_few(e, cells);
    return e;
}

/// The same difference as sums over venues and years, by their numbers.
std::vector<grouped_row> rows_of(const std::vector<cell>& cells, cluster_numbers& number) {
    std::vector<grouped_row> rows;
    for (const cell& c : cells)
        rows.push_back({number(c.group), {c.in_arm() - c.in_arm_after(), c.in_arm_after()}, c.with, c.n});
    return rows;
}
constexpr std::array<double, 2> after_less_before{-1, 1};

/// The claims, and their specifications tested together: venues and years are drawn, numbered before any claim is.
struct tested_claims {
    curve_input how;
    cluster_numbers number = {};
    std::vector<std::pair<std::string, cd::specification_curve>> curves = {};

    void test(cd::claim& c, const std::vector<cd::cluster_equations>& equations,
              cd::comparison_scale scale = cd::comparison_scale::difference) {
        curves.emplace_back(c.name, test_together(c, equations, number.size(), how, scale));
    }
};

// ---- How good the terms are, and the sectors.

/// Of what the terms say of marked papers, what readers say: for each class (a group, or any of several), each text.
struct term_errors {
    cd::estimate precision, recall;
    double prevalence_elsewhere = 0;   ///< of papers in which the terms are not found, the part that is of the class
    double n_elsewhere = 0;            ///< and what these papers are worth in number
    cd::estimate false_positive = {};  ///< of papers not of the class, the part in which the terms are found
};

struct marked_paper {
    std::array<groups_found, 3> found;
    groups_found is, again;
    double weight;
    bool held_out, read_again;
};

std::vector<marked_paper> read_marks(const analysis& a, const scrutiny_inputs& in) {
    if (in.marks.empty()) return {};
    std::multimap<std::size_t, std::size_t> of_paper;  // a paper may have been drawn in both samples
    std::vector<marked_paper> marks;
    std::vector<std::pair<std::string, std::string>> venues;
    cd::csv_reader table = open_table(in.marks);
    const auto column = [&](const char* name) { return require_column(table, in.marks, {name}); };
    const std::size_t sample = column("sample"), venue = column("venue"), year = column("year"),
                      index = column("index"), weight = column("stands for"), groups = column("groups"),
                      again = column("read again"), groups_again = column("groups again");
    for (const auto row : table) {
        const auto at = cd::parse_number(row[index]), w = cd::parse_number(row[weight]);
        if (!at || !(*at >= 0) || *at != std::floor(*at) || *at > 1e9 || !w || !(*w > 0))
            throw std::invalid_argument(fmt::format(
                "{}, line {}: an index of 0 or more and a number of papers above 0 are required, got \"{}\" and \"{}\"",
                in.marks, row.line(), row[index], row[weight]));
        for (const std::size_t each : {groups, groups_again})
            for (const std::string& name : parts_of(row[each]))
                if (std::ranges::find(a.lists.names, name) == a.lists.names.end())
                    throw std::invalid_argument(fmt::format("{}, line {}: one of {} is required, got \"{}\"", in.marks,
                                                            row.line(), fmt::join(a.lists.names, ", "), name));
        of_paper.emplace(static_cast<std::size_t>(*at), marks.size());
        marks.push_back({{},
                         a.lists.of(parts_of(row[groups])),
                         a.lists.of(parts_of(row[groups_again])),
                         *w,
                         row[sample] == "held out",
                         row[again] == "yes"});
        venues.emplace_back(row[venue], row[year]);
    }
    std::size_t found = 0, row_number = 0;
    cd::csv_reader papers = open_table(in.papers.path);
    const auto of_papers = [&](const char* name) { return require_column(papers, in.papers.path, {name}); };
    const std::size_t p_venue = of_papers("venue"), p_year = of_papers("year"), title = of_papers("title terms"),
                      abstract = of_papers("abstract terms"), repeated = of_papers("repeated terms");
    for (const auto row : papers) {
        const auto [from, to] = of_paper.equal_range(row_number);
        for (auto each = from; each != to; ++each, ++found) {
            if (venues[each->second] != std::pair(std::string(row[p_venue]), std::string(row[p_year])))
                throw std::invalid_argument(fmt::format(
                    "{}: paper {} is of {} {}, not of {} {} as {} says", in.papers.path, row_number, row[p_venue],
                    row[p_year], venues[each->second].first, venues[each->second].second, in.marks));
            marks[each->second].found =
                a.lists.of(parts_of(row[title]), parts_of(row[abstract]), parts_of(row[repeated]));
        }
        ++row_number;
    }
    if (found != marks.size())
        throw std::invalid_argument(fmt::format("{}: it marks papers that {} does not have", in.marks, in.papers.path));
    return marks;
}

cd::estimate weighted_share(const std::vector<marked_paper>& marks, auto counts, auto is, double level) {
    cd::tally<int, bool> tally;
    for (const marked_paper& m : marks)
        if (counts(m)) tally.add(0, is(m), m.weight);
    const cd::share_options options{.level = level, .effective = cd::effective_number::linearised};
    const auto shares = cd::shares(tally.result(), true, options);
    return shares.rows.empty() ? cd::estimate{.level = level} : shares.rows.front().share;
}

term_errors errors_of_terms(const std::vector<marked_paper>& marks, groups_found groups, std::size_t text, double level,
                            groups_found not_elsewhere = 0) {
    const auto said = [=](const marked_paper& m) { return (m.found[text] & groups) != 0; };
    const auto is = [=](const marked_paper& m) { return (m.is & groups) != 0; };
    const auto unsaid = [=](const marked_paper& m) { return (m.found[text] & (groups | not_elsewhere)) == 0; };
    const auto is_not = [=](const marked_paper& m) { return !is(m); };
    term_errors e{weighted_share(marks, said, is, level), weighted_share(marks, is, said, level)};
    const cd::estimate elsewhere = weighted_share(marks, unsaid, is, level);
    e.prevalence_elsewhere = elsewhere.value.value_or(0);
    e.n_elsewhere = elsewhere.n_effective.value_or(static_cast<double>(elsewhere.n));
    e.false_positive = weighted_share(marks, is_not, said, level);
    return e;
}

/// A share drawn anew, of so many records: normal on the scale of logits, half a record added on both sides.
double drawn_share(double share, double n, cd::random_stream& stream) {
    const double hits = share * n + 0.5, misses = (1 - share) * n + 0.5;
    const double logit = std::log(hits / misses) + std::sqrt(1 / hits + 1 / misses) * cd::standard_normal(stream);
    return 1 / (1 + std::exp(-logit));
}
double drawn_share(const cd::estimate& e, cd::random_stream& stream) {
    return drawn_share(*e.value, e.n_effective.value_or(static_cast<double>(e.n)), stream);
}

/// A difference over what errors leave of it: value and interval by drawing it and the errors anew. `left(nullptr)` is
/// what is left as measured.
cd::estimate corrected_difference_of(const difference& d, const std::function<double(cd::random_stream*)>& left,
                                     bool few) {
    const cd::estimate& seen = d.value;
    cd::estimate result{.level = seen.level, .method = "percentile", .n = seen.n, .status = seen.status};
    if (!seen || !seen.bounds) return result;
    result.status = cd::estimate_status::degenerate;
    const double j = left(nullptr);
    if (!(j > 0)) return result;
    constexpr std::uint64_t draws = 1999;
    std::vector<double> drawn;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
        cd::random_stream stream(1, draw);
        const double one = *seen.value + d.error * cd::standard_normal(stream), each = left(&stream);
        if (each > 0) drawn.push_back(one / each);
    }
    if (drawn.size() < draws * 9 / 10) return result;
    const double tail = (1 - seen.level) / 2;
    result.value = *seen.value / j;
    result.bounds = {std::min(*result.value, *cd::quantile(drawn, tail).value),
                     std::max(*result.value, *cd::quantile(drawn, 1 - tail).value)};
    result.status =
        few || seen.status != cd::estimate_status::ok ? cd::estimate_status::few_clusters : cd::estimate_status::ok;
    return result;
}

// ---- Claims.

const char* const by_venue = "linear: venue and year; clustered by these";
const char* const by_institution = "linear: venue and year; clustered by these and institutions";
const char* const by_logit = "logit, ratio of odds ratios: venue and year; clustered by these";

cd::claim claim_of(const std::string& name, const std::string& text, cd::claim_direction direction, double reference) {
    cd::claim c{.name = name,
                .text = text,
                .source = "Besiroglu et al. (2024), argued, not counted",
                .direction = direction,
                .reference = reference};
    if (reference == 0) c.style = {.percent = true};
    return c;
}

/// An arm and an outcome under a choice of text and of team.
using difference_of = std::function<std::pair<arm_of, outcome_of>(std::size_t text, std::size_t team)>;

void add_all(cd::claim& linear, cd::claim* logit, const analysis& a, const difference_of& of, double level,
             bool institutions, tested_claims& tested) {
    std::vector<cd::cluster_equations> of_linear, of_logit;
    for (const window& w : windows)
        for (std::size_t text = 0; text < texts.size(); ++text)
            for (std::size_t team = 0; team < team_definitions.size(); ++team) {
                const auto [arm, outcome] = of(text, team);
                const auto cells = cells_of(a, w, arm, outcome);
                const auto add = [&](cd::claim& to, const char* how, cd::estimate result) {
                    to.specifications.push_back({.choices = {{"years", w.name},
                                                             {"terms in", texts[text]},
                                                             {"academia alone", team_definitions[team]},
                                                             {"estimator", how}},
                                                 .result = result});
                };
                const auto rows = rows_of(cells, tested.number);
                add(linear, by_venue, linear_difference(cells, level).value);
                of_linear.push_back(linear_within(rows, after_less_before));
                if (institutions && a.institutions && team == others_ignored) {
                    add(linear, by_institution, difference_by_labels(a, w, arm, outcome, level));
                    of_linear.push_back(of_linear.back());
                }
                if (logit == nullptr) continue;
                add(*logit, by_logit, logit_difference(cells, level));
                of_logit.push_back(logit_within(rows, after_less_before));
            }
    tested.test(linear, of_linear);
    if (logit != nullptr) tested.test(*logit, of_logit, cd::comparison_scale::ratio);
}

/// Papers that have a term of `groups` and those that have none of `groups` or `but`.
difference_of academia_in(groups_found groups, groups_found but) {
    return [=](std::size_t text, std::size_t team) {
        return std::pair<arm_of, outcome_of>(
            [=](const known_paper& p) -> std::optional<bool> {
                if ((p.found[text] & groups) != 0) return true;
                return (p.found[text] & but) == 0 ? std::optional(false) : std::nullopt;
            },
            [=](const known_paper& p) { return p.academia_only[team]; });
    };
}
/// Papers with a term of `groups` and none of `against`, and the other way round.
difference_of academia_against(groups_found groups, groups_found against) {
    return [=](std::size_t text, std::size_t team) {
        return std::pair<arm_of, outcome_of>(
            [=](const known_paper& p) -> std::optional<bool> {
                const bool one = (p.found[text] & groups) != 0, other = (p.found[text] & against) != 0;
                return one == other ? std::nullopt : std::optional(one);
            },
            [=](const known_paper& p) { return p.academia_only[team]; });
    };
}
/// The share of papers with a term of `groups`, by academia alone and by all others.
difference_of groups_of_academia(groups_found groups) {
    return [=](std::size_t text, std::size_t team) {
        return std::pair<arm_of, outcome_of>(
            [=](const known_paper& p) -> std::optional<bool> { return p.academia_only[team]; },
            [=](const known_paper& p) { return (p.found[text] & groups) != 0; });
    };
}

void choose_headline(cd::claim& c) {
    for (cd::specification& s : c.specifications)
        if (s.choices[0].option == windows[0].name && s.choices[1].option == texts[anywhere] &&
            s.choices[2].option == team_definitions[others_ignored] && s.choices[3].option == by_venue) {
            s.headline = true;
            s.why = "chosen before looking: all years, all of the text, teams as in the other findings";
        }
}

/// What the errors of the sectors leave of a difference of shares by academia alone: sensitivity + specificity - 1; or
/// of a difference between such papers and others: the part that is so of those said to be so, less of those not.
std::function<double(cd::random_stream*)> left_by_teams(const cd::classification_counts& c, bool as_arm) {
    return [c, as_arm](cd::random_stream* stream) {
        const double first = as_arm ? c.true_positives + c.false_positives : c.true_positives + c.false_negatives;
        const double second = as_arm ? c.true_negatives + c.false_negatives : c.true_negatives + c.false_positives;
        const double right = c.true_positives / first, right_too = c.true_negatives / second;
        if (stream == nullptr) return right + right_too - 1;
        const double drawn = drawn_share(right, first, *stream);
        return drawn + drawn_share(right_too, second, *stream) - 1;
    };
}
/// What the errors of the terms leave of a difference between papers with terms and without; or of the share with
/// terms.
std::function<double(cd::random_stream*)> left_by_terms(const term_errors& e, bool as_arm) {
    return [e, as_arm](cd::random_stream* stream) {
        const cd::estimate& right = as_arm ? e.precision : e.recall;
        if (!right.value || (!as_arm && !e.false_positive.value)) return std::numeric_limits<double>::quiet_NaN();
        const double wrong = as_arm ? e.prevalence_elsewhere : *e.false_positive.value;
        if (stream == nullptr) return *right.value - wrong;
        const double drawn = drawn_share(right, *stream);
        return drawn - (as_arm ? drawn_share(wrong, e.n_elsewhere, *stream) : drawn_share(e.false_positive, *stream));
    };
}

/// The same differences over what the errors of terms, of sectors and of both leave of them.
cd::claim corrected(const analysis& a, const cd::claim& seen, const difference_of& of,
                    const std::vector<marked_paper>& marks, groups_found groups, groups_found but,
                    const std::optional<cd::classification_counts>& teams, bool terms_are_arm, double level,
                    tested_claims& tested) {
    cd::claim c = seen;
    c.name += ", corrected";
    c.specifications.clear();
    c.tested.reset();
    c.not_tested.clear();
    std::vector<cd::cluster_equations> equations;
    // With fewer that are right some samples leave no interval; of the rest .94 to .96 hold the truth
    // (tests/reference/scrutiny_coverage.py).
    const auto few_of = [](const cd::estimate& e) {
        return e.value.value_or(0) * e.n_effective.value_or(static_cast<double>(e.n)) < 10;
    };
    for (const window& w : windows)
        for (std::size_t text = 0; text < texts.size(); ++text) {
            const auto [arm, outcome] = of(text, others_ignored);
            const auto cells = cells_of(a, w, arm, outcome);
            const difference d = linear_difference(cells, level);
            const auto as_sums = linear_within(rows_of(cells, tested.number), after_less_before);
            const auto add = [&](const char* what, const std::function<double(cd::random_stream*)>& left, bool few) {
                c.specifications.push_back({.choices = {{"years", w.name},
                                                        {"terms in", texts[text]},
                                                        {"academia alone", team_definitions[others_ignored]},
                                                        {"errors of", what}},
                                            .result = corrected_difference_of(d, left, few)});
                equations.push_back(as_sums);
            };
            std::function<double(cd::random_stream*)> by_terms, by_teams;
            bool few = false;
            if (!marks.empty()) {
                const term_errors e = errors_of_terms(marks, groups, text, level, but);
                by_terms = left_by_terms(e, terms_are_arm);
                few = few_of(terms_are_arm ? e.precision : e.recall);
                add("terms", by_terms, few);
            }
            if (teams) {
                by_teams = left_by_teams(*teams, !terms_are_arm);
                add("sectors", by_teams, false);
            }
            if (by_terms && by_teams)
                add(
                    "terms and sectors",
                    [&](cd::random_stream* stream) {
                        const double left = by_terms(stream);
                        return left * by_teams(stream);
                    },
                    few);
        }
    tested.test(c, equations);
    return c;
}

// ---- Tables.

struct class_of_papers {
    std::string name;
    std::function<bool(const known_paper&, std::size_t text)> has;
};
std::vector<class_of_papers> classes_of(const analysis& a) {
    const term_lists& lists = a.lists;
    const auto any = [](groups_found groups) {
        return [groups](const known_paper& p, std::size_t text) { return (p.found[text] & groups) != 0; };
    };
    std::vector<class_of_papers> all{
        {"methods at large",
         [&lists](const known_paper& p, std::size_t text) {
             return (p.found[text] & (lists.scrutiny | lists.foundation)) == 0;
         }},
        {"foundation models", any(lists.foundation)},
        {"any scrutiny", any(lists.scrutiny)},
        {"scrutiny of foundation models", [&lists](const known_paper& p, std::size_t text) {
             return (p.found[text] & lists.scrutiny) != 0 && (p.found[text] & lists.foundation) != 0;
         }}};
    for (const auto& [name, group] : lists.each(lists.scrutiny)) all.push_back({name, any(group)});
    all.push_back({"any adaptation", any(lists.adaptation)});
    for (const auto& [name, group] : lists.each(lists.adaptation)) all.push_back({name, any(group)});
    return all;
}

cd::table table_of_years(const analysis& a, double level) {
    cd::table t{.name = "years", .title = "Papers by what their title or abstract has terms of, and by whom"};
    t.columns = {
        {.name = "papers on"},           {.name = "year", .style = {.digits = 4}}, {.name = "papers"},
        percent_column("of all"),        percent_column("academia alone"),         percent_column("with industry"),
        percent_column("industry alone")};
    std::map<int, double> all;
    for (const known_paper& p : a.known) ++all[p.p->year];
    for (const class_of_papers& c : classes_of(a)) {
        std::map<int, std::array<double, 4>> years;
        for (const known_paper& p : a.known) {
            if (!c.has(p, anywhere)) continue;
            auto& row = years[p.p->year];
            ++row[0];
            row[1] += is_kind("academia_only", p.team) ? 1 : 0;
            row[2] += is_kind("mixed", p.team) ? 1 : 0;
            row[3] += is_kind("industry_only", p.team) ? 1 : 0;
        }
        for (const auto& [year, row] : years) {
            const auto part = [&, n = row[0]](double k) { return cd::share(k, n, {.level = level}); };
            add_row(t, c.name, year, row[0], cd::share(row[0], all[year], {.level = level}), part(row[1]), part(row[2]),
                    part(row[3]));
        }
    }
    t.notes = {"With industry: by academia and industry together. Papers are taken as independent in these intervals"};
    return t;
}

/// The share of papers by academia alone, and by all others, that have terms of a group, before and after.
cd::table table_of_growth(const analysis& a, double level) {
    cd::table t{.name = "growth", .title = "Of papers by academia alone, and of others, those on each group of terms"};
    t.columns = {{.name = "papers on"},
                 {.name = "years"},
                 percent_column("academia alone, before"),
                 percent_column("after"),
                 percent_column("others, before"),
                 percent_column("others, after")};
    for (const class_of_papers& c : classes_of(a))
        for (const window& w : windows) {
            std::array<std::array<std::pair<double, double>, 2>, 2> parts{};  // by academia alone, by after
            for (const known_paper& p : a.known)
                if (const auto after = w.is_after(p.p->year)) {
                    auto& [with, n] = parts[p.academia_only[others_ignored] ? 1 : 0][*after ? 1 : 0];
                    with += c.has(p, anywhere) ? 1 : 0;
                    ++n;
                }
            const auto share = [&](std::size_t alone, std::size_t after) {
                return cd::share(parts[alone][after].first, parts[alone][after].second, {.level = level});
            };
            add_row(t, c.name, w.name, share(1, 0), share(1, 1), share(0, 0), share(0, 1));
        }
    t.notes = {
        "Of all venues together, which differ from year to year: the differences above are within venue and year"};
    return t;
}

cd::table table_of_errors(const analysis& a, const std::vector<marked_paper>& marks, double level) {
    cd::table t{.name = "terms", .title = "Marked papers, and whether the terms find them"};
    t.columns = {{.name = "papers on"}, {.name = "sample"}, {.name = "terms in"}, {.name = "found"},
                 {.name = "precision"}, {.name = "marked"}, {.name = "recall"},   {.name = "second reading agrees"},
                 {.name = "kappa"}};
    std::vector<std::pair<std::string, groups_found>> classes{{"any scrutiny", a.lists.scrutiny},
                                                              {"any adaptation", a.lists.adaptation}};
    for (const groups_found list : {a.lists.foundation, a.lists.scrutiny, a.lists.adaptation})
        for (const auto& each : a.lists.each(list)) classes.push_back(each);
    for (const bool held_out : {true, false}) {
        std::vector<marked_paper> sample = marks;
        std::erase_if(sample, [held_out](const marked_paper& m) { return m.held_out != held_out; });
        for (const auto& [name, groups] : classes) {
            double same = 0, first = 0, second = 0, n = 0;
            for (const marked_paper& m : sample) {
                if (!m.read_again) continue;
                const bool one = (m.is & groups) != 0, two = (m.again & groups) != 0;
                same += one == two ? 1 : 0;
                first += one ? 1 : 0;
                second += two ? 1 : 0;
                ++n;
            }
            const double chance = n > 0 ? (first * second + (n - first) * (n - second)) / (n * n) : 1;
            for (std::size_t text = 0; text < texts.size(); ++text) {
                const term_errors e = errors_of_terms(sample, groups, text, level);
                const bool once = text == anywhere && n > 0;
                t.rows.push_back({cd::to_cell(name), cd::to_cell(std::string(held_out ? "held out" : "lists mended")),
                                  cd::to_cell(texts[text]), cd::to_cell(e.precision.n), cd::to_cell(e.precision),
                                  cd::to_cell(e.recall.n), cd::to_cell(e.recall),
                                  once ? cd::to_cell(fmt::format("{:g} of {:g}", same, n)) : cd::cell{},
                                  once && chance < 1 ? cd::to_cell((same / n - chance) / (1 - chance)) : cd::cell{}});
            }
        }
    }
    t.notes = {
        "Papers weigh as many as they stand for. Lists were mended with the one sample and are measured on the other. "
        "Both "
        "readings are by one reader, a language model: the second tells how firm the marks are, not whether they are "
        "right"};
    return t;
}

/// Institutions by sector, and how many papers each has in a year.
cd::table table_of_organisations(const analysis& a) {
    cd::table t{.name = "organisations", .title = "Papers of these venues for each organisation, by sector"};
    t.columns = {{.name = "year", .style = {.digits = 4}},
                 {.name = "sector"},
                 {.name = "organisations"},
                 {.name = "papers of each, mean"},
                 {.name = "median"},
                 {.name = "most"},
                 {.name = "with 50 or more"},
                 percent_column("ten largest, of papers counted so"),
                 {.name = "papers"},
                 {.name = "authors in a paper of theirs"}};
    std::map<std::pair<int, std::string>, std::map<std::string, double>> of_sector;
    std::map<std::pair<int, std::string>, std::pair<double, double>> authors;
    for (const paper& p : a.papers) {
        std::set<std::string> sectors;
        if (p.institutions.size() != p.institution_sectors.size()) continue;
        for (std::size_t i = 0; i < p.institutions.size(); ++i)
            ++of_sector[{p.year, p.institution_sectors[i]}][p.institutions[i]];
        for (const cd::sector s : {cd::sector::academia, cd::sector::industry})
            if (p.authors[s] > 0) {
                auto& [papers, positions] = authors[{p.year, std::string(cd::name_of(s))}];
                ++papers;
                positions += p.authors[s];
            }
    }
    for (const auto& [key, of] : of_sector) {
        if (key.second != "academia" && key.second != "industry") continue;
        std::vector<double> counts;
        for (const auto& each : of) counts.push_back(each.second);
        std::ranges::sort(counts, std::greater<>());
        double all = 0, largest = 0, many = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            all += counts[i];
            largest += i < 10 ? counts[i] : 0;
            many += counts[i] >= 50 ? 1 : 0;
        }
        const auto n = static_cast<double>(counts.size());
        const auto& [papers, positions] = authors[key];
        t.rows.push_back({cd::to_cell(key.first), cd::to_cell(key.second), cd::to_cell(n), cd::to_cell(all / n),
                          cd::to_cell(*cd::quantile(counts, 0.5).value), cd::to_cell(counts.front()), cd::to_cell(many),
                          cd::to_cell(largest / all), cd::to_cell(papers),
                          papers > 0 ? cd::to_cell(positions / papers) : cd::cell{}});
    }
    t.notes = {
        "A paper counts for each of its organisations. Venues differ from year to year, so that numbers of papers do "
        "too. "
        "Organisations are as affiliations name them: parts of one that are named otherwise are apart"};
    return t;
}

cd::figure figure_of(const analysis& a, const scrutiny_inputs& in) {
    figure_builder f({.name = "years",
                      .title = "Papers by academia alone, by what title or abstract has terms of",
                      .x = {.label = "Year", .scale = cd::axis_scale::date},
                      .y = {.label = "Share of papers", .unit = "%", .scale = cd::axis_scale::share}});
    for (const class_of_papers& c : classes_of(a)) {
        if (c.name != "methods at large" && c.name != "foundation models" && c.name != "any scrutiny" &&
            c.name != "any adaptation")
            continue;
        std::map<int, std::pair<double, double>> years;
        for (const known_paper& p : a.known)
            if (c.has(p, anywhere)) {
                auto& [alone, n] = years[p.p->year];
                alone += p.academia_only[others_ignored] ? 1 : 0;
                ++n;
            }
        for (const auto& [year, of] : years)
            if (of.second >= 10) f.add(c.name, year, cd::share(of.first, of.second, {.level = in.level}));
    }
    return f.figure(in.papers.sources());
}

}  // namespace
}  // namespace of_scrutiny

cd::finding scrutiny(const scrutiny_inputs& in) {
    using namespace of_scrutiny;
    if (!in.marks.empty() && (in.marks == "-" || in.papers.path == "-"))
        throw usage_error("--marks names papers by their place in the table, which is read twice: both must be files");
    const analysis a = read(in);
    const term_lists& lists = a.lists;
    std::vector<marked_paper> marks = read_marks(a, in), held_out = marks;
    std::erase_if(held_out, [](const marked_paper& m) { return !m.held_out; });
    std::optional<cd::classification_counts> teams;
    if (!in.errors.empty()) {
        for (const team_errors& each : read_team_errors(in.errors))
            if (each.kind == "academia_only") teams = each.counts;
        if (!teams) throw std::invalid_argument(in.errors + ": a row of the kind academia_only is required");
    }

    cd::finding f{.name = "scrutiny",
                  .question = "Does academia scrutinise models less, and does it turn to adapting those of others?"};
    tested_claims tested{.how = in.curve};
    for (const known_paper& p : a.known) static_cast<void>(tested.number(p.group));
    using enum cd::claim_direction;
    const auto add = [&](const std::string& name, const std::string& text, cd::claim_direction direction,
                         const difference_of& of, bool with_logit, bool institutions) {
        cd::claim linear = claim_of(name, text, direction, 0),
                  logit = claim_of(name + ", ratio of odds ratios", text, direction, 1);
        add_all(linear, with_logit ? &logit : nullptr, a, of, in.level, institutions, tested);
        choose_headline(linear);
        f.claims.push_back(linear);
        if (with_logit) f.claims.push_back(logit);
        return linear;
    };
    const bool can_correct = !held_out.empty() || teams.has_value();
    const std::string less = "less of it by academia", more = "more of it by academia";
    const auto share_of = [](const std::string& what, const std::string& against) {
        return "academia alone: change of its share in " + what + " less that in " + against;
    };
    const groups_found not_methods = lists.scrutiny | lists.foundation;
    const auto in_scrutiny = academia_in(lists.scrutiny, not_methods), adapting = groups_of_academia(lists.adaptation);
    const auto seen = add(share_of("any scrutiny", "methods at large"), less, below, in_scrutiny, true, true);
    if (can_correct)
        f.claims.push_back(
            corrected(a, seen, in_scrutiny, held_out, lists.scrutiny, lists.foundation, teams, true, in.level, tested));
    for (const auto& [name, group] : lists.each(lists.scrutiny))
        add(share_of(name, "methods at large"), less, below, academia_in(group, not_methods), false, false);
    add(share_of("any scrutiny", "foundation models"), less, below, academia_against(lists.scrutiny, lists.foundation),
        false, false);
    add(share_of("foundation models", "methods at large"), less, below, academia_in(lists.foundation, not_methods),
        false, false);
    const auto growth_of = [](const std::string& what) {
        return "growth of the share of papers on " + what + ": academia alone less all others";
    };
    const auto grown = add(growth_of("any adaptation"), more, above, adapting, true, true);
    if (can_correct)
        f.claims.push_back(
            corrected(a, grown, adapting, held_out, lists.adaptation, 0, teams, false, in.level, tested));
    for (const auto& [name, group] : lists.each(lists.adaptation))
        add(growth_of(name), more, above, groups_of_academia(group), false, false);

    std::vector<std::pair<std::string, const cd::specification_curve*>> curves;
    for (const auto& [name, curve] : tested.curves) curves.emplace_back(name, &curve);
    f.tables.push_back(table_of_curves(curves));
    f.tables.push_back(table_of_years(a, in.level));
    f.tables.push_back(table_of_growth(a, in.level));
    if (!marks.empty()) f.tables.push_back(table_of_errors(a, marks, in.level));
    if (a.sectors_of_institutions) f.tables.push_back(table_of_organisations(a));
    f.figures.push_back(figure_of(a, in));
    f.notes.emplace_back(
        "Papers are those with an abstract of which the sector of an author is known. Methods at large: papers without "
        "a term of scrutiny or of foundation models. Differences in differences, in percentage points, are between "
        "papers of the same venue and year; venues and years that have one kind of them alone tell nothing and are "
        "left out. The specifications are not independent, and of so many one in twenty would seem to matter by "
        "chance: each claim's are tested together");
    if (const auto& joint = tested.curves.front().second.joint) f.notes.push_back(told(joint, "venues and years"));
    if (can_correct)
        f.notes.emplace_back(
            "Corrected differences suppose that terms and sectors err alike in both periods and whoever writes the "
            "paper, "
            "and that papers that terms miss are like those that they find: each difference is divided by what the "
            "errors "
            "leave of it (Rogan, Gladen 1978), which are drawn anew with it 1,999 times. Errors that differ between "
            "periods "
            "or teams can make a difference out of none, and are not corrected");
    else
        f.notes.emplace_back("What these papers are about is not marked (--marks, --errors): nothing is corrected");
    f.notes.emplace_back(
        a.sectors_of_institutions
            ? "The table has no names of authors: papers of an author in a year cannot be told, only authors in a paper"
            : "The table has no sectors of institutions (column institution sectors): papers of an organisation are "
              "not "
              "told");
    return f;
}

std::string scrutiny_json(const scrutiny_inputs& in) {
    using namespace of_scrutiny;
    return to_json(scrutiny(in));
}

}  // namespace example
