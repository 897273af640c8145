// SPDX-License-Identifier: BSL-1.0
#include "support/reliance_curves.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include <compute_divide/json.hpp>
#include <compute_divide/shares/clustered_shares.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/curve_inference.hpp>
#include <compute_divide/statistics/specification_set.hpp>

#include "support/tables.hpp"

namespace example {

namespace {

enum class counting { models, releases, organisations };
enum class base_counting { models, uses, bases };
enum class untold_makers { left_out, others, industry };
enum class base_years { last_half, last_year };

using of_models = std::vector<academic_model>;
using of_bases = std::vector<academic_base>;

/// Numbers of labels, in the order in which they come.
class numbers {
public:
    std::uint64_t operator()(const std::string& label) { return seen_.try_emplace(label, seen_.size()).first->second; }
    std::vector<std::uint64_t> operator()(const std::vector<std::string>& labels) {
        std::vector<std::uint64_t> all;
        for (const std::string& each : labels) all.push_back((*this)(each));
        return all;
    }

private:
    std::map<std::string, std::uint64_t> seen_;
};

/// What is drawn twice has labels of its own each time. Whole first organisations are drawn, and are all that records
/// of a draw depend on each other by.
template <class Record>
void relabel(Record& r, std::size_t number) {
    r.first_organisation = number;
    r.organisations.clear();
}

/// The answer with records that depend on each other where they share an organisation, or in a draw by the first.
template <class Record, class Table>
cd::estimate with_clusters(const std::vector<Record>& all, Table answer) {
    if (!all.empty() && all.front().organisations.empty())
        return answer([](const Record& r) { return r.first_organisation; });
    return answer([](const Record& r) -> const std::vector<std::uint64_t>& { return r.organisations; });
}

/// A model in one of two periods, as it is counted.
struct counted_model {
    const academic_model* model;
    int period;
    bool yes;
    double weight;
};

/// The share in the later of two periods less that in the earlier.
template <class Period>
cd::estimate rise_of(const of_models& all, Period period, bool academic_model::*what, bool alone, counting how,
                     untold_bases untold) {
    std::vector<counted_model> counted;
    std::map<std::pair<std::uint64_t, int>, double> models_of;
    for (const academic_model& m : all) {
        const std::optional<int> when = period(m);
        if (!when || (alone && !m.alone)) continue;
        std::optional<bool> yes = m.told(what);
        if (untold == untold_bases::documented && !m.documented) yes.reset();
        if (!yes && untold != untold_bases::documented)
            yes = untold == untold_bases::all || (untold == untold_bases::least_rise && *when == 0) ||
                  (untold == untold_bases::most_rise && *when == 1);
        if (!yes) continue;
        counted.push_back({&m, *when, *yes, how == counting::releases ? m.part_of_release : 1});
        if (how == counting::organisations) ++models_of[{m.first_organisation, *when}];
    }
    if (how == counting::organisations)
        for (counted_model& c : counted) c.weight = 1 / models_of[{c.model->first_organisation, c.period}];
    return with_clusters(all, [&](auto labels) {
        const auto table = cd::tabulate(
            counted, &counted_model::period, &counted_model::yes,
            cd::clustered_by([labels](const counted_model& c) -> decltype(auto) { return labels(*c.model); }),
            &counted_model::weight);
        return cd::share_difference(table, 1, 0, true).effect;
    });
}

const cd::alternatives<bool> teams{"of", {{"academia only", true}, {"academia in the team", false}}};

cd::specification_set<bool, counting, untold_bases> questions_of_models() {
    using enum untold_bases;
    return cd::specification_set<bool, counting, untold_bases>(
        teams,
        {"counted",
         {{"models", counting::models}, {"releases", counting::releases}, {"organisations", counting::organisations}}},
        {"not told",
         {{"none", none},
          {"left out", documented},
          {"all", all},
          {"all, then none", least_rise},
          {"none, then all", most_rise}}});
}

cd::specification_set<bool, base_counting, untold_makers, base_years> questions_of_bases(int since, int until) {
    return cd::specification_set<bool, base_counting, untold_makers, base_years>(
        teams,
        {"counted",
         {{"models", base_counting::models}, {"uses", base_counting::uses}, {"bases once", base_counting::bases}}},
        {"makers not told",
         {{"left out", untold_makers::left_out},
          {"others", untold_makers::others},
          {"industry", untold_makers::industry}}},
        {"years",
         {{fmt::format("{}-{:02}", (since + until) / 2 + 1, until % 100), base_years::last_half},
          {fmt::format("{}", until), base_years::last_year}}});
}

cd::estimate made_with_industry(const of_bases& all, int since, int until, bool alone, base_counting how,
                                untold_makers untold, base_years when) {
    struct counted_base {
        const academic_base* base;
        bool yes;
        double weight;
    };
    const int from = when == base_years::last_year ? until : (since + until) / 2 + 1;
    std::vector<counted_base> counted;
    std::map<std::string, double> uses;
    for (const academic_base& b : all) {
        if (b.year < from || (alone && !b.alone)) continue;
        std::optional<bool> yes = b.made_by_industry;
        if (!yes && untold != untold_makers::left_out) yes = untold == untold_makers::industry;
        if (!yes) continue;
        counted.push_back({&b, *yes, how == base_counting::models ? b.weight : 1});
        if (how == base_counting::bases) ++uses[b.name];
    }
    if (how == base_counting::bases)
        for (counted_base& c : counted) c.weight = 1 / uses[c.base->name];
    return with_clusters(all, [&](auto labels) {
        return cd::share(
                   counted, &counted_base::yes,
                   cd::clustered_by([labels](const counted_base& c) -> decltype(auto) { return labels(*c.base); }),
                   &counted_base::weight)
            .share;
    });
}

documentation documented_in(const of_models& all, bool alone, int from, int to) {
    documentation d{.team = alone ? "academia only" : "academia in the team",
                    .years = from == to ? fmt::format("{}", from) : fmt::format("{}-{:02}", from, to % 100)};
    of_models those;
    std::ranges::copy_if(all, std::back_inserter(those), [&](const academic_model& m) {
        return from <= m.year && m.year <= to && (m.alone || !alone);
    });
    d.n = those.size();
    for (const academic_model& m : those) {
        d.documented += m.documented ? 1 : 0;
        d.named += m.on_another ? 1 : 0;
    }
    const auto told = [](const academic_model& m) { return m.told(&academic_model::on_another); };
    const auto by_organisation = cd::clustered_by(&academic_model::organisations);
    d.bounds = cd::share_bounds(those, told, by_organisation);
    std::erase_if(those, [](const academic_model& m) { return !m.documented; });
    d.of_documented = cd::share(those, &academic_model::on_another, by_organisation).share;
    return d;
}

/// "between 30.7 and 83.2 [22.4, 89.5]", in percent.
std::string told(const cd::bounded_share& b) {
    if (!b.lowest.value || !b.highest.value) return std::string(cd::description_of(b.status()));
    std::string text = fmt::format("{:.1f} to {:.1f}", 100 * *b.lowest.value, 100 * *b.highest.value);
    if (b.covering) text += fmt::format(" [{:.1f}, {:.1f}]", 100 * b.covering->lower, 100 * b.covering->upper);
    if (b.status() == cd::estimate_status::few_clusters) text += " †";
    return text;
}

std::string in_years(int since, int until) {
    const int middle = (since + until) / 2;
    return fmt::format("{}-{:02} to {}-{:02}", since, middle % 100, middle + 1, until % 100);
}

}  // namespace

reliance_curves reliance_curves_of(const models& all, int since, int until, base_model_finder& find,
                                   const curve_input& how) {
    reliance_curves curves{.since = since, .until = until};
    numbers number;
    std::map<std::pair<std::vector<std::string>, std::optional<std::chrono::year_month_day>>, double> releases;
    for (const cd::epoch_model& m : all) ++releases[{m.organisations, m.published}];
    of_models academic;
    of_bases bases;
    std::uint64_t nobody = 0;
    for (const cd::epoch_model& m : all) {
        if (!names_sector(m, "Academia") || !m.year) continue;
        const auto others = find(m);
        academic_model a{.organisations = number(m.organisations),
                         .year = *m.year,
                         .alone = m.team == cd::team_kind::academia_only,
                         .documented = !m.model_accessibility.empty() && !m.code_accessibility.empty(),
                         .on_another = !others.empty(),
                         .on_industry = std::ranges::any_of(
                             others, [](const base_model& b) { return b.made_by_industry == true && b.open == true; }),
                         .part_of_release = 1 / releases[{m.organisations, m.published}]};
        if (a.organisations.empty()) a.organisations.push_back(number(fmt::format("\n{}", nobody++)));
        a.first_organisation = a.organisations.front();
        for (const base_model& b : others)
            bases.push_back({.first_organisation = a.first_organisation,
                             .organisations = a.organisations,
                             .year = a.year,
                             .alone = a.alone,
                             .name = b.name,
                             .weight = b.weight,
                             .made_by_industry = b.made_by_industry});
        academic.push_back(std::move(a));
    }
    const int middle = (since + until) / 2;
    const auto half = [middle](const academic_model& m) { return std::optional<int>(m.year > middle ? 1 : 0); };
    const auto end = [until](const academic_model& m) {
        return m.year == until ? std::optional(1) : m.year == until - 1 ? std::optional(0) : std::nullopt;
    };
    const auto curve = [&](auto period, bool academic_model::*what) {
        return cd::resampled_curve(
            academic, &academic_model::first_organisation, relabel<academic_model>, questions_of_models(),
            [period, what](const of_models& drawn, bool alone, counting c, untold_bases untold) {
                return rise_of(drawn, period, what, alone, c, untold);
            },
            how.options(cd::comparison_scale::difference));
    };
    curves.on_another = curve(half, &academic_model::on_another);
    curves.on_industry = curve(half, &academic_model::on_industry);
    curves.last_year = curve(end, &academic_model::on_another);
    cd::joint_options against_half = how.options(cd::comparison_scale::difference);
    against_half.curve.null = 0.5;
    curves.made_with_industry = cd::resampled_curve(
        bases, &academic_base::first_organisation, relabel<academic_base>, questions_of_bases(since, until),
        [since, until](const of_bases& drawn, bool alone, base_counting c, untold_makers untold, base_years when) {
            return made_with_industry(drawn, since, until, alone, c, untold, when);
        },
        against_half);
    for (const bool alone : {true, false}) {
        for (int year = since; year <= until; ++year) {
            const documentation d = documented_in(academic, alone, year, year);
            if (d.n > 0) curves.documented.push_back(d);
        }
        curves.documented.push_back(documented_in(academic, alone, since, middle));
        curves.documented.push_back(documented_in(academic, alone, middle + 1, until));
    }
    return curves;
}

std::vector<cd::claim> claims_of(const reliance_curves& curves, const std::string& source) {
    const std::vector<cd::choice> as_written{{"of", "academia only"}, {"counted", "models"}, {"not told", "none"}};
    const headline quoted{as_written, "the study speaks of models of academia; the table is taken as it is written"};
    const auto claim = [&](std::string name, std::string text, double reference, std::string unit,
                           const cd::specification_curve& curve, const headline& quote) {
        cd::claim c{.name = std::move(name),
                    .text = std::move(text),
                    .source = source,
                    .direction = cd::claim_direction::above,
                    .reference = reference,
                    .unit = std::move(unit),
                    .style = cd::percent_style()};
        set_curve(c, curve, quote);
        return c;
    };
    const std::string years = in_years(curves.since, curves.until);
    return {
        claim("rise of academic models built on another's, " + years, "rising", 0, "points", curves.on_another, quoted),
        claim("rise of academic models on industry's open ones, " + years, "rising", 0, "points", curves.on_industry,
              quoted),
        claim(fmt::format("academic models built on another's, {} less {}", curves.until, curves.until - 1), "rising",
              0, "points", curves.last_year, quoted),
        claim("base models of academia made with industry", "industry's are used", 0.5, "%", curves.made_with_industry,
              {{{"of", "academia only"},
                {"counted", "models"},
                {"makers not told", "left out"},
                {"years", fmt::format("{}-{:02}", (curves.since + curves.until) / 2 + 1, curves.until % 100)}},
               "each model counts once, whatever the number of its bases"})};
}

std::vector<cd::table> tables_of(const reliance_curves& curves) {
    cd::table t{.name = "documentation",
                .title = "Models of academia: how many are documented, and what the share built on another's can be"};
    t.columns = {{.name = "of"},
                 {.name = "years"},
                 {.name = "models"},
                 {.name = "documented"},
                 {.name = "on_another", .header = "on another's"},
                 percent_column("documented alone"),
                 {.name = "bounds", .header = "bounds, % [95 %]"}};
    for (const documentation& d : curves.documented) {
        if (!t.rows.empty() && curves.documented[t.rows.size() - 1].team != d.team)
            t.groups.push_back({.first_row = t.rows.size()});
        add_row(t, d.team, d.years, d.n, d.documented, d.named, d.of_documented, told(d.bounds));
    }
    t.notes = {
        "Not told: no base model is named, nor both who may use the model and its code, so that a blank need not be "
        "none. Bounds: none of these is built on another's, all are; the interval holds the share whatever they are "
        "(Imbens, Manski 2004); † few clusters: not known to cover"};
    return {table_of_curves({{"rise, on another's model", &curves.on_another},
                             {"rise, on industry's open model", &curves.on_industry},
                             {fmt::format("{} less {}", curves.until, curves.until - 1), &curves.last_year},
                             {"base models made with industry", &curves.made_with_industry}}),
            t};
}

std::string json_of(const reliance_curves& curves) {
    std::vector<cd::json_object> documented;
    for (const documentation& d : curves.documented)
        documented.push_back(cd::json_object()
                                 .with("of", d.team)
                                 .with("years", d.years)
                                 .with("n", d.n)
                                 .with("documented", d.documented)
                                 .with("named", d.named)
                                 .with("of_documented", d.of_documented)
                                 .with("bounds", d.bounds));
    cd::json_object object;
    for (const auto& [name, curve] :
         {std::pair("rise_on_another", &curves.on_another), std::pair("rise_on_industry", &curves.on_industry),
          std::pair("last_year", &curves.last_year), std::pair("made_with_industry", &curves.made_with_industry)})
        object.with_text(name, cd::json_object()
                                   .with_text("curve", to_json(*curve))
                                   .with("verdict", cd::verdict_of(*curve, cd::claim_direction::above))
                                   .text());
    return object.with("documentation", documented).text();
}

}  // namespace example
