// SPDX-License-Identifier: BSL-1.0
// Longer than a page: five analyses of one table, each with what is published beside it.
#include "findings/compute_growth.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/json.hpp>
#include <compute_divide/trends/breaks.hpp>
#include <compute_divide/trends/compare.hpp>
#include <compute_divide/trends/frontier.hpp>
#include <compute_divide/trends/log_trend.hpp>
#include <compute_divide/trends/quantile_lag.hpp>
#include <compute_divide/trends/z_scores.hpp>

#include "support/figures.hpp"
#include "support/models.hpp"
#include "support/tables.hpp"

namespace example {

using namespace std::chrono_literals;
using cd::team_kind;
using cd::trend_interval;

namespace of_compute_growth {
namespace {

/// Academia, industry, or both: the groups whose trends are compared. Nothing for all others.
std::optional<std::string> group_of(const cd::epoch_model& m) {
    switch (m.team) {
        case team_kind::academia_only:
            return "academia";
        case team_kind::industry_only:
            return "industry";
        case team_kind::academia_leaning:
        case team_kind::collaboration:
        case team_kind::industry_leaning:
            return "collaboration";
        default:
            return std::nullopt;
    }
}

/// Models of known date and compute in [since, until).
models dated(const models& all, double since, double until) {
    return those([=](const cd::epoch_model& m) {
        const double year = cd::decimal_year(m.published);
        return m.training_flop > 0 && year >= since && year < until;
    })(all);
}

std::string first_organisation(const cd::epoch_model& m) {
    return m.organisations.empty() ? "" : m.organisations.front();
}

/// Calls `use` with the cluster field of a name: what makes models depend on each other.
template <class Use>
auto by_clusters(const std::string& name, const Use& use) {
    if (name == "list")
        return use([](const cd::epoch_model& m) {
            std::string list;
            for (const std::string& each : m.organisations) list += each + "; ";
            return list;
        });
    if (name == "first") return use(first_organisation);
    if (name == "families") return use([](const cd::epoch_model& m) { return clusters_of(m, dependence::families); });
    return use([](const cd::epoch_model& m) { return m.organisations; });
}
bool has_one_label(const std::string& clusters) {
    return clusters == "list" || clusters == "first";
}

cd::log_trend fit(const models& chosen, const std::string& clusters) {
    return by_clusters(clusters, [&](auto field) {
        return cd::fit_log_trend(chosen, &cd::epoch_model::published, &cd::epoch_model::training_flop, field);
    });
}

/// What the analysis is of: models of known compute under the definition, of the dates asked for.
models models_of(const model_table& table, const std::string& vintage, const compute_growth_inputs& in) {
    const auto known = those([](const auto& m) { return m.training_flop > 0; })(table.of(vintage));
    return dated(definition_named(in.definition).choose(known), in.since, in.until);
}

struct group {
    std::string name;
    models members;
    cd::log_trend trend;
};

std::vector<group> groups_of(const models& chosen, bool by_team, const std::string& clusters) {
    std::vector<group> groups{{"all", chosen, fit(chosen, clusters)}};
    if (!by_team) return groups;
    for (const std::string name : {"academia", "collaboration", "industry"}) {
        const models members = those([&](const auto& m) { return group_of(m) == name; })(chosen);
        groups.push_back({name, members, fit(members, clusters)});
    }
    return groups;
}

/// The growth of a trend with each kind of interval that there is for its clusters.
std::vector<std::pair<std::string, cd::growth>> all_intervals(const cd::log_trend& trend, cd::trend_options options,
                                                              const std::string& clusters) {
    std::vector<std::pair<std::string, cd::growth>> all;
    for (const auto& [kind, name, description] : enumerators(trend_interval{})) {
        if (!has_one_label(clusters) && (kind == trend_interval::cr2 || kind == trend_interval::cr3)) continue;
        options.interval = kind;
        if (kind == trend_interval::sevilla_bootstrap)
            options.units = {cd::year_length::days_365, cd::month_length::days_30};
        all.emplace_back(name, trend.growth(options));
        if (kind != trend_interval::classical) continue;
        options.derived = cd::derived_interval::delta;
        all.emplace_back("delta", trend.growth(options));
        options.derived = cd::derived_interval::fieller;
    }
    return all;
}

struct lag {
    std::string of, behind, ahead;
    cd::estimate years;
};

/// How far academia and collaborations are behind industry: of all models, errors clustered by organisation, and of
/// their upper tenth. Between record setters no lag is taken: the larger group has the larger maximum.
std::vector<lag> lags(const std::vector<group>& groups, double at, cd::trend_options options,
                      const std::string& clusters) {
    std::vector<lag> all;
    models pooled;
    for (const group& g : groups)
        if (g.name != "all") pooled.insert(pooled.end(), g.members.begin(), g.members.end());
    const auto trends = by_clusters(clusters, [&](auto field) {
        return cd::fit_log_trends(pooled, group_of, &cd::epoch_model::published, &cd::epoch_model::training_flop,
                                  field);
    });
    options.interval = trend_interval::clustered;
    const auto present = trends.groups();
    const auto are_present = [&](const std::string& behind) {
        return std::ranges::count(present, behind) + std::ranges::count(present, "industry") == 2;
    };
    const std::vector<std::string> all_behind{"academia", "collaboration"};
    for (const std::string& behind : all_behind)
        if (are_present(behind))
            all.push_back({"trend", behind, "industry", trends.lag(behind, "industry", at, options).years});
    const cd::quantile_lag_options upper_tenth{
        .level = options.level,
        .units = options.units,
        .bootstrap = {.replicates = 1'999, .seed = options.bootstrap.seed, .threads = 0, .jackknife = false}};
    for (const std::string& behind : all_behind)
        if (are_present(behind))
            all.push_back(
                {"upper tenth", behind, "industry",
                 cd::quantile_lag(pooled, group_of, &cd::epoch_model::published, &cd::epoch_model::training_flop,
                                  &cd::epoch_model::organisations, behind, "industry", at, upper_tenth)
                     .years});
    return all;
}

/// The algorithm of Sevilla et al. (2022): eras, outliers by z-score in a window of 364 days to each side, low ones
/// removed, high ones after 2015-09-01 a trend of their own.
struct era {
    std::string name;
    models members;
    std::string published;
};

std::vector<era> published_eras(const models& vintage) {
    const auto since = [](std::chrono::year_month_day date) { return cd::decimal_year(date); };
    const models studied = dated(vintage, since(1950y / 1 / 2), since(2022y / 2 / 1));
    cd::z_score_options rule{.only_after = std::chrono::sys_days{2015y / 9 / 1}};
    const auto chosen = [&] {
        return cd::z_score_outliers(studied, &cd::epoch_model::published, &cd::epoch_model::training_flop, rule)
            .indices;
    };
    const auto high = chosen();
    rule.side = cd::outlier_side::low;
    rule.only_after.reset();
    const auto low = chosen();
    models regular, large;
    for (std::size_t i = 0; i < studied.size(); ++i) {
        const bool is_high = std::ranges::binary_search(high, i);
        if (is_high || !std::ranges::binary_search(low, i)) (is_high ? large : regular).push_back(studied[i]);
    }
    return {{"before deep learning", dated(regular, 0, since(2009y / 12 / 31)), "21.3 [17.0, 29.3], n = 19"},
            {"deep learning, regular", dated(regular, since(2010y / 1 / 1), 9999), "5.7 [4.3, 9.0], n = 72"},
            {"large-scale", large, "9.9 [7.7, 17.1], n = 16"}};
}

/// The trend of the record setters among the models of one group: a description, which has no interval.
cd::frontier_trend frontier_of(const models& chosen) {
    return cd::fit_frontier_trend(chosen, &cd::epoch_model::published, &cd::epoch_model::training_flop);
}

std::string date_of(const cd::trend_break& b) {
    const auto iso = [](std::chrono::sys_days day) {
        const std::chrono::year_month_day date{day};
        return fmt::format("{:04}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
    };
    std::string text = iso(b.date);
    if (b.earliest && b.latest) text += fmt::format(" [{}, {}]", iso(*b.earliest), iso(*b.latest));
    return text;
}

/// All that is found in the table.
struct analysis {
    compute_growth_inputs in;
    cd::trend_options options;
    model_table table;
    std::string vintage;
    std::vector<std::pair<std::string, models>> of_vintages;  ///< the same models as each vintage has them
    std::vector<group> groups;
    std::vector<lag> behind;
    cd::segmented_trend eras;
    std::vector<std::string> warnings = {};
};

analysis analyse(const compute_growth_inputs& in) {
    if (!(in.since < in.until))
        throw usage_error(fmt::format("--since {:g} must be before --until {:g}", in.since, in.until));
    analysis a;
    a.in = in;
    a.options.level = in.level;
    a.table = read_models(in.models);
    a.options.bootstrap.threads = 0;
    a.options.bootstrap.seed = in.seed;
    a.vintage = a.table.vintage(in.models.vintage);
    const auto known = those([](const auto& m) { return m.training_flop > 0; })(a.table.of(a.vintage));
    const definition d = definition_named(in.definition);
    const models defined = d.choose(known);
    models chosen;
    for (const std::string& each : a.table.vintages) {
        a.of_vintages.emplace_back(each, models_of(a.table, each, in));
        if (each == a.vintage) chosen = a.of_vintages.back().second;
    }
    require_models(defined, d, known.size());
    if (chosen.empty())
        throw nothing_to_report(
            fmt::format("none of {} models is of a date from {:g} to before {:g}", defined.size(), in.since, in.until));
    std::vector<double> dates;
    for (const cd::epoch_model& m : chosen) dates.push_back(cd::decimal_year(m.published));
    const auto [first, last] = std::ranges::minmax(dates);
    if (in.by == "team" && (in.at < std::floor(first) || in.at > std::ceil(last)))
        a.warnings.push_back(fmt::format(
            "--at {:g} is beyond the models, which are of {:.1f} to {:.1f}: the lags there continue straight lines",
            in.at, first, last));
    a.groups = groups_of(chosen, in.by == "team", in.clusters);
    if (in.by == "team") a.behind = lags(a.groups, in.at, a.options, in.clusters);
    a.eras = cd::fit_segmented_trend(
        dated(known, 0, in.until), &cd::epoch_model::published, &cd::epoch_model::training_flop, first_organisation,
        {.level = in.level, .bootstrap = {.replicates = 1'999, .seed = in.seed, .threads = 0, .jackknife = false}});
    a.options.interval = trend_interval::clustered;
    return a;
}

cd::table table_of_groups(const analysis& a) {
    cd::table t{.name = "groups", .title = "Growth by kind of team"};
    t.columns = {{.name = "group"},
                 {.name = "n"},
                 {.name = "times a year, clustered"},
                 {.name = "doubling, clustered", .unit = "months"},
                 {.name = "doubling, BCa, models independent", .unit = "months"},
                 {.name = "R2", .style = {.digits = 3, .notation = cd::number_notation::fixed}}};
    cd::trend_options resampled = a.options;
    resampled.interval = trend_interval::bootstrap_bca;
    for (const group& g : a.groups) {
        const cd::growth clustered = g.trend.growth(a.options);
        add_row(t, g.name, g.trend.n(), clustered.factor, clustered.doubling.months,
                g.trend.growth(resampled).doubling.months, g.trend.r_squared());
    }
    return t;
}

/// What is known of a period grows and is mended for years: the growth up to the end of the shortest vintage, in each.
cd::table table_of_vintages(const analysis& a) {
    double until = a.in.until;
    for (const auto& [vintage, members] : a.of_vintages) {
        double last = a.in.since;
        for (const cd::epoch_model& m : members) last = std::max(last, cd::decimal_year(m.published));
        if (!members.empty()) until = std::min(until, std::nextafter(last, 9999.0));
    }
    cd::table t{
        .name = "vintages",
        .title = fmt::format("The same period, {:g} to {:.1f}, in each vintage of the table", a.in.since, until)};
    t.columns = {{.name = "vintage"},
                 {.name = "n"},
                 {.name = "times a year, clustered"},
                 {.name = "doubling, clustered", .unit = "months"},
                 {.name = "R2", .style = {.digits = 3, .notation = cd::number_notation::fixed}}};
    for (const auto& [vintage, members] : a.of_vintages) {
        const cd::log_trend trend = fit(dated(members, a.in.since, until), a.in.clusters);
        const cd::growth growth = trend.growth(a.options);
        add_row(t, vintage, trend.n(), growth.factor, growth.doubling.months, trend.r_squared());
    }
    return t;
}

cd::table table_of_frontiers(const analysis& a) {
    cd::table t{.name = "frontier", .title = "The frontier: trends of the record setters"};
    t.columns = {{.name = "group"}, {.name = "n"}, {.name = "times a year"}, {.name = "doubling", .unit = "months"}};
    for (const group& g : a.groups) {
        const cd::growth growth = frontier_of(g.members).growth;
        add_row(t, g.name, growth.slope.n, growth.factor, growth.doubling.months);
    }
    return t;
}

cd::table table_of_eras(const analysis& a) {
    cd::table t{.name = "eras",
                .title = fmt::format("Eras found from the data, all models of known compute ({} breaks by BIC of the "
                                     "effective number)",
                                     a.eras.breaks.size())};
    t.columns = {{.name = "from"}, {.name = "n"}, {.name = "times a year"}, {.name = "doubling", .unit = "months"}};
    for (std::size_t i = 0; i < a.eras.segments.size(); ++i) {
        const cd::growth& growth = a.eras.segments[i].growth;
        add_row(t, i == 0 ? "the beginning" : date_of(a.eras.breaks[i - 1]), growth.slope.n, growth.factor,
                growth.doubling.months);
    }
    return t;
}

cd::table table_of_published_eras(const analysis& a) {
    const std::string vintage = a.table.vintages.empty() ? a.vintage : a.table.vintages.front();
    cd::table t{.name = "published_eras",
                .title = "Eras by the published algorithm, table of " + vintage + ", months of 30 days"};
    t.columns = {{.name = "era"},
                 {.name = "n"},
                 {.name = "orders of magnitude a year", .style = {.digits = 2, .notation = cd::number_notation::fixed}},
                 {.name = "doubling", .unit = "months"},
                 {.name = "R2", .style = {.digits = 2, .notation = cd::number_notation::fixed}},
                 {.name = "published", .unit = "months"}};
    t.sources = {"Sevilla et al. (2022), table 3"};
    cd::trend_options options = a.options;
    options.interval = trend_interval::sevilla_bootstrap;
    options.level = 0.95;
    options.units = {cd::year_length::days_365, cd::month_length::days_30};
    for (const era& e : published_eras(a.table.of(vintage))) {
        const cd::log_trend trend = fit(e.members, a.in.clusters);
        const cd::growth growth = trend.growth(options);
        add_row(t, e.name, trend.n(), growth.slope, growth.doubling.months, trend.r_squared(), e.published);
    }
    return t;
}

/// Models over time, with the line and the band of each group's trend; a group without models is not drawn.
cd::figure figure_of(const analysis& a) {
    figure_builder f({.name = "growth",
                      .title = "Training compute of models",
                      .x = {.label = "Year", .scale = cd::axis_scale::date},
                      .y = {.label = "Training compute", .unit = "FLOP", .scale = cd::axis_scale::logarithmic},
                      .notes = {fmt::format("{} models of {}", a.in.definition, a.vintage)}});
    for (const group& g : a.groups) {
        if ((g.name == "all" && a.groups.size() > 1) || g.members.empty()) continue;
        cd::series points{.name = g.name};
        for (const auto& m : g.members) {
            points.x.push_back(cd::decimal_year(m.published));
            points.y.push_back(*m.training_flop);
            points.labels.push_back(m.name);
        }
        f.add_trend(
            points, [&](double year) { return g.trend.confidence_band(year, a.options); },
            g.trend.growth(a.options).factor, "times a year");
    }
    return f.figure(a.in.models.sources());
}

std::vector<cd::claim> claims_of(const analysis& a) {
    cd::claim factor{.name = "training compute, times a year",
                     .text = "4.7 [4.3, 5.2], n = 428",
                     .source = "Epoch AI (2024)",
                     .reference = 4.7,
                     .margin = 0.5};
    cd::claim doubling{.name = "training compute doubles in",
                       .text = "about 6 months",
                       .source = "Sevilla et al. (2022)",
                       .reference = 6,
                       .margin = 0.5,
                       .unit = "months"};
    const auto add = [&](const std::string& vintage, const std::string& clusters, std::string_view interval,
                         const cd::growth& growth, const std::string& why_headline = "") {
        const std::vector<cd::choice> choices{{"models", a.in.definition},
                                              {"vintage", vintage},
                                              {"clusters", clusters},
                                              {"interval", std::string(interval)}};
        factor.specifications.push_back({choices, growth.factor, !why_headline.empty(), why_headline});
        doubling.specifications.push_back({choices, growth.doubling.months, !why_headline.empty(), why_headline});
    };
    const std::string_view clustered = cd::name_of(trend_interval::clustered);
    for (const auto& [kind, growth] : all_intervals(a.groups[0].trend, a.options, a.in.clusters))
        add(a.vintage, a.in.clusters, kind, growth,
            kind == clustered ? "models of one organisation depend on each other" : "");
    for (const auto& [vintage, members] : a.of_vintages) {
        for (const std::string clusters : {"list", "first", "shared", "families"}) {
            if (vintage == a.vintage && clusters == a.in.clusters) continue;
            const cd::log_trend trend = fit(members, clusters);
            for (const trend_interval kind : {trend_interval::clustered, trend_interval::cr2}) {
                if (kind == trend_interval::cr2 && !has_one_label(clusters)) continue;
                cd::trend_options options = a.options;
                options.interval = kind;
                add(vintage, clusters, cd::name_of(kind), trend.growth(options));
            }
        }
    }
    std::vector<cd::claim> claims{factor, doubling};
    for (const std::string behind : {"academia", "collaboration"}) {
        cd::claim c{
            .name = fmt::format("{} behind industry, {:g}", behind, a.in.at), .text = "not computed", .unit = "years"};
        for (const lag& l : a.behind)
            if (l.behind == behind)
                c.specifications.push_back(
                    {{{"models", a.in.definition}, {"vintage", a.vintage}, {"of", l.of}}, l.years, false, ""});
        if (!c.specifications.empty()) claims.push_back(c);
    }
    return claims;
}

/// The ends of an interval as a list of two, null where there is none.
std::vector<std::optional<double>> ends(const cd::estimate& e) {
    if (!e.bounds) return {std::nullopt, std::nullopt};
    return {e.lower(), e.upper()};
}

cd::json_object json_of(const group& g, const cd::trend_options& options, const std::string& clusters) {
    const cd::growth growth = g.trend.growth(options);
    std::vector<cd::json_object> intervals;
    for (const double level : {0.90, 0.95}) {
        cd::trend_options at_level = options;
        at_level.level = level;
        for (const auto& [kind, told] : all_intervals(g.trend, at_level, clusters))
            intervals.push_back(cd::json_object()
                                    .with("kind", kind)
                                    .with("level", level)
                                    .with("slope", ends(told.slope))
                                    .with("growth_per_year", ends(told.factor))
                                    .with("doubling_months", ends(told.doubling.months)));
    }
    return cd::json_object()
        .with("group", g.name)
        .with("n", g.trend.n())
        .with("slope_oom_per_year", growth.slope.value)
        .with("growth_per_year", growth.factor.value)
        .with("doubling_months", growth.doubling.months.value)
        .with("r2", g.trend.r_squared())
        .with("intervals", intervals);
}

}  // namespace
}  // namespace of_compute_growth

cd::finding compute_growth(const compute_growth_inputs& in) {
    using namespace of_compute_growth;
    const analysis a = analyse(in);
    cd::finding f{.name = "compute_growth", .question = "How fast does training compute grow?"};
    f.claims = claims_of(a);
    f.tables = {table_of_groups(a), table_of_frontiers(a), table_of_eras(a), table_of_published_eras(a)};
    if (a.of_vintages.size() > 1) f.tables.insert(f.tables.begin() + 1, table_of_vintages(a));
    f.figures = {figure_of(a)};
    f.notes = {fmt::format("{} models of {}, {:g} on; clusters by {}: {}; intervals at {:g} %", in.definition,
                           a.vintage, in.since, in.clusters, a.groups[0].trend.n_clusters(), 100 * in.level),
               "Epoch's interval is from the slope's standard error; R2 0.60"};
    for (const std::string& warning : a.warnings) f.notes.push_back("Warning: " + warning);
    for (const group& g : a.groups)
        if (g.members.empty())
            f.notes.push_back(
                fmt::format("{}: {}", g.name, cd::description_of(g.trend.growth(a.options).slope.status)));
    f.sources = in.models.sources();
    return f;
}

std::string compute_growth_json(const compute_growth_inputs& in) {
    using namespace of_compute_growth;
    const analysis a = analyse(in);
    std::vector<cd::json_object> groups, frontier, behind, breaks;
    for (const group& g : a.groups) {
        groups.push_back(json_of(g, a.options, in.clusters));
        const cd::growth growth = frontier_of(g.members).growth;
        frontier.push_back(cd::json_object()
                               .with("group", g.name)
                               .with("n", growth.slope.n)
                               .with("growth_per_year", growth.factor.value)
                               .with("doubling_months", growth.doubling.months.value));
    }
    for (const lag& l : a.behind)
        behind.push_back(cd::json_object()
                             .with("of", l.of)
                             .with("behind", l.behind)
                             .with("ahead", l.ahead)
                             .with("at", in.at)
                             .with("years", l.years.value)
                             .with("lower", ends(l.years)[0])
                             .with("upper", ends(l.years)[1])
                             .with("level", in.level)
                             .with("status", l.years.status));
    for (const cd::trend_break& b : a.eras.breaks)
        breaks.push_back(cd::json_object()
                             .with("year", b.year.value)
                             .with("lower", ends(b.year)[0])
                             .with("upper", ends(b.year)[1])
                             .with("level", in.level));
    cd::json_object object;
    object.with("definition", in.definition)
        .with("vintage", a.vintage)
        .with("groups", groups)
        .with("frontier", frontier)
        .with("lags", behind)
        .with("breaks", breaks);
    if (!a.warnings.empty()) object.with("warnings", a.warnings);
    return object.text();
}

}  // namespace example
