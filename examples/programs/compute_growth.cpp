// SPDX-License-Identifier: BSL-1.0
// How fast does training compute grow? Doubling times overall and by kind of team with every interval, the eras found
// from the data and as published, the growth of the frontier, and by how many years academia is behind industry.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/trends/breaks.hpp>
#include <compute_divide/trends/compare.hpp>
#include <compute_divide/trends/frontier.hpp>
#include <compute_divide/trends/log_trend.hpp>

#include "support/models.hpp"
#include "support/plot.hpp"

namespace cd = compute_divide;
using namespace std::chrono_literals;
using cd::team_kind;
using cd::trend_interval;
using example::models;
using json = nlohmann::ordered_json;

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
    return example::those([=](const cd::epoch_model& m) {
        const double year = cd::decimal_year(m.published);
        return m.training_flop > 0 && year >= since && year < until;
    })(all);
}

cd::log_trend fit(const models& chosen) {
    return cd::fit_log_trend(chosen, &cd::epoch_model::published, &cd::epoch_model::training_flop,
                             &cd::epoch_model::organisations);
}

struct group {
    std::string name;
    models members;
    cd::log_trend trend;
};

std::vector<group> groups_of(const models& chosen, bool by_team) {
    std::vector<group> groups{{"all", chosen, fit(chosen)}};
    if (!by_team) return groups;
    for (const std::string name : {"academia", "collaboration", "industry"}) {
        const models members = example::those([&](const auto& m) { return group_of(m) == name; })(chosen);
        groups.push_back({name, members, fit(members)});
    }
    return groups;
}

/// The growth of a trend with each kind of interval.
std::vector<std::pair<std::string, cd::growth>> all_intervals(const cd::log_trend& trend, cd::trend_options options) {
    std::vector<std::pair<std::string, cd::growth>> all;
    for (const auto& [kind, name, description] : enumerators(trend_interval{})) {
        if (kind == trend_interval::hc0 || kind == trend_interval::hc2) continue;  // hc1 and hc3 are beside them
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

json ends(const std::optional<double>& lower, const std::optional<double>& upper) {
    return {lower ? json(*lower) : json(), upper ? json(*upper) : json()};
}

json value(const std::optional<double>& number) {
    return number ? json(*number) : json();
}

json ends(const cd::estimate& e) {
    return e.bounds ? ends(e.bounds->lower, e.bounds->upper) : ends({}, {});
}

json to_json(const group& g, const cd::trend_options& options) {
    const cd::growth growth = g.trend.growth(options);
    json out{{"group", g.name},
             {"n", g.trend.n()},
             {"slope_oom_per_year", value(growth.slope.value)},
             {"growth_per_year", value(growth.factor.value)},
             {"doubling_months", value(growth.doubling.months.value)},
             {"r2", value(g.trend.r_squared())},
             {"intervals", json::array()}};
    for (const double level : {0.90, 0.95}) {
        cd::trend_options at_level = options;
        at_level.level = level;
        for (const auto& [kind, told] : all_intervals(g.trend, at_level))
            out["intervals"].push_back({{"kind", kind},
                                        {"level", level},
                                        {"slope", ends(told.slope)},
                                        {"growth_per_year", ends(told.factor)},
                                        {"doubling_months", ends(told.doubling.months)}});
    }
    return out;
}

struct lag {
    std::string of, behind, ahead;
    cd::estimate years;
};

/// How far academia and collaborations are behind industry: of all models, errors clustered by organisation, and of
/// each group's record setters.
std::vector<lag> lags(const std::vector<group>& groups, double at, cd::trend_options options) {
    const auto records = example::by_rule(cd::large_scale_rule::near_running_maximum, {.orders_of_magnitude = 0});
    std::vector<lag> all;
    for (const std::string of : {"trend", "frontier"}) {
        models pooled;
        for (const group& g : groups) {
            const models members = of == "trend" ? g.members : records(g.members);
            if (g.name != "all") pooled.insert(pooled.end(), members.begin(), members.end());
        }
        const auto trends = cd::fit_log_trends(pooled, group_of, &cd::epoch_model::published,
                                               &cd::epoch_model::training_flop, &cd::epoch_model::organisations);
        options.interval = of == "trend" ? trend_interval::clustered : trend_interval::classical;
        const auto present = trends.groups();
        for (const std::string behind : {"academia", "collaboration"})
            if (std::ranges::count(present, behind) + std::ranges::count(present, "industry") == 2)
                all.push_back({of, behind, "industry", trends.lag(behind, "industry", at, options).years});
    }
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

/// The trend of the record setters among the models of one group.
cd::log_trend frontier_of(const models& chosen) {
    return cd::fit_frontier_trend(chosen, &cd::epoch_model::published, &cd::epoch_model::training_flop);
}

std::string told(const cd::doubling_time& doubling) {
    std::string text = to_string(doubling);
    return text.substr(0, text.rfind(" ("));
}

std::string told(const cd::estimate& e, int digits = 3) {
    std::string text = to_string(e, {.digits = digits});
    return text.substr(0, text.rfind(" ("));
}

void print_groups(const std::vector<group>& groups, cd::trend_options options) {
    fmt::print("{:<14} {:>4}  {:<22} {:<28} {:<28} {:>5}\n", "group", "n", "times a year, clustered",
               "doubling, clustered", "doubling, BCa", "R2");
    for (const group& g : groups) {
        options.interval = trend_interval::clustered;
        const cd::growth clustered = g.trend.growth(options);
        options.interval = trend_interval::bootstrap_bca;
        fmt::print("{:<14} {:>4}  {:<23} {:<28} {:<28} {:>5.3f}\n", g.name, g.trend.n(), told(clustered.factor),
                   told(clustered.doubling), told(g.trend.growth(options).doubling), g.trend.r_squared().value_or(0));
    }
}

void print_eras(const models& vintage, cd::trend_options options) {
    fmt::print("{:<24} {:>3}  {:>7}  {:<30} {:>5}  {}\n", "era", "n", "OOM/yr", "doubling [2.5 %, 97.5 %]", "R2",
               "published");
    options.interval = trend_interval::sevilla_bootstrap;
    options.level = 0.95;
    options.units = {cd::year_length::days_365, cd::month_length::days_30};
    for (const era& e : published_eras(vintage)) {
        const cd::log_trend trend = fit(e.members);
        const cd::growth growth = trend.growth(options);
        fmt::print("{:<24} {:>3}  {:>7.2f}  {:<30} {:>5.2f}  {}\n", e.name, trend.n(), growth.slope.value.value_or(0),
                   told(growth.doubling), trend.r_squared().value_or(0), e.published);
    }
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

/// Models over time, with the line and the band of each group's trend.
std::vector<example::plot_series> plot_of(const std::vector<group>& groups, const cd::trend_options& options) {
    std::vector<example::plot_series> series;
    for (const group& g : groups) {
        if (g.name == "all" && groups.size() > 1) continue;
        example::plot_series& s = series.emplace_back();
        s.name = g.name;
        for (const auto& m : g.members) s.points.push_back({cd::decimal_year(m.published), *m.training_flop});
        const auto [first, last] = std::ranges::minmax(s.points, {}, &example::plot_point::x);
        for (int i = 0; i <= 40; ++i) {
            const double year = first.x + (last.x - first.x) * i / 40;
            const cd::estimate band = g.trend.confidence_band(year, options);
            if (band) s.band.push_back({year, *band.value, band.lower(), band.upper()});
        }
    }
    return series;
}

}  // namespace

int main(int argc, char** argv) try {
    std::string path = COMPUTE_DIVIDE_DATA_DIR "/models.csv";
    std::string vintage = "2025-08";
    std::string wanted = "notable";
    std::string by = "team";
    std::string svg;
    double since = 2010, until = 9999, at = 2022;
    bool as_json = false, as_ledger = false;
    cd::trend_options options{.level = 0.9};
    options.bootstrap.threads = 0;
    CLI::App app("Growth of training compute: doubling times, eras, frontier, and who is behind by how much");
    app.add_option("--models", path, "Epoch AI's models table, any vintage as downloaded")->check(CLI::ExistingFile);
    app.add_option("--vintage", vintage, "of a table that holds several")->capture_default_str();
    app.add_option("--definition", wanted, "which models count")
        ->check(CLI::IsMember(example::definition_names()))
        ->capture_default_str();
    app.add_option("--since", since, "first year, may be decimal")->capture_default_str();
    app.add_option("--until", until, "the year, may be decimal, before which models count")->capture_default_str();
    app.add_option("--by", by, "groups")->check(CLI::IsMember({"team", "none"}))->capture_default_str();
    app.add_option("--at", at, "year, may be decimal, of the lags")->capture_default_str();
    app.add_option("--level", options.level, "of the printed intervals")->capture_default_str();
    app.add_option("--seed", options.bootstrap.seed, "of the bootstraps")->capture_default_str();
    app.add_option("--svg", svg, "draws the trends into this file (needs gnuplot)");
    app.add_flag("--json", as_json, "one object with every number");
    app.add_flag("--ledger", as_ledger, "one line per finding, tabs between");
    CLI11_PARSE(app, argc, argv);

    const example::model_table table = example::read_models(path);
    vintage = table.vintage(vintage);
    const auto known = example::those([](const auto& m) { return m.training_flop > 0; })(table.of(vintage));
    const models chosen = dated(example::definition_named(wanted).choose(known), since, until);
    const auto groups = groups_of(chosen, by == "team");
    const auto behind = by == "team" ? lags(groups, at, options) : std::vector<lag>{};
    const auto breaks = cd::fit_segmented_trend(dated(known, 0, until), &cd::epoch_model::published,
                                                &cd::epoch_model::training_flop, {.level = options.level});
    options.interval = trend_interval::clustered;
    const cd::growth overall = groups[0].trend.growth(options);

    if (as_json) {
        json out{{"definition", wanted},      {"vintage", vintage},    {"groups", json::array()},
                 {"frontier", json::array()}, {"lags", json::array()}, {"breaks", json::array()}};
        for (const group& g : groups) out["groups"].push_back(to_json(g, options));
        for (const group& g : groups) {
            const cd::log_trend trend = frontier_of(g.members);
            const cd::growth growth = trend.growth({.level = options.level});
            out["frontier"].push_back({{"group", g.name},
                                       {"n", trend.n()},
                                       {"growth_per_year", value(growth.factor.value)},
                                       {"doubling_months", value(growth.doubling.months.value)},
                                       {"level", options.level},
                                       {"interval", ends(growth.doubling.months)}});
        }
        for (const lag& l : behind)
            out["lags"].push_back({{"of", l.of},
                                   {"behind", l.behind},
                                   {"ahead", l.ahead},
                                   {"at", at},
                                   {"years", value(l.years.value)},
                                   {"lower", l.years.bounds ? json(l.years.lower()) : json()},
                                   {"upper", l.years.bounds ? json(l.years.upper()) : json()},
                                   {"level", options.level},
                                   {"status", cd::name_of(l.years.status)}});
        for (const cd::trend_break& b : breaks.breaks)
            out["breaks"].push_back({{"year", value(b.year.value)},
                                     {"lower", b.year.bounds ? json(b.year.lower()) : json()},
                                     {"upper", b.year.bounds ? json(b.year.upper()) : json()},
                                     {"level", options.level}});
        fmt::print("{}\n", out.dump());
    } else if (as_ledger) {
        fmt::print("training compute since 2010, times a year\t4.7 [4.3, 5.2] (Epoch)\t{}\t{}, {}, clustered\n",
                   told(overall.factor), wanted, vintage);
        fmt::print("training compute doubles in\tabout 6 months\t{}\t{}, {}, clustered\n", told(overall.doubling),
                   wanted, vintage);
        for (const lag& l : behind)
            fmt::print("{} behind industry, {:g}: years\tnot computed\t{}\t{}, {}, by {}\n", l.behind, at,
                       told(l.years), wanted, vintage, l.of);
    } else {
        fmt::print("How fast does training compute grow? {}, {}, {:g} on; intervals at {:g} %, {} organisations\n\n",
                   wanted, vintage, since, 100 * options.level, groups[0].trend.n_clusters());
        print_groups(groups, options);

        fmt::print("\nThe same slope under every interval:\n");
        for (const auto& [kind, growth] : all_intervals(groups[0].trend, options))
            fmt::print("{:<22} {:<24} times a year, doubling in {}\n", kind, told(growth.factor, 4),
                       told(growth.doubling));
        fmt::print("{:<22} {:<24} times a year (n = 428, R2 0.60, slope's standard error)\n", "published by Epoch",
                   "4.7 [4.3, 5.2]");

        fmt::print("\nThe frontier, trends of the record setters:\n");
        for (const group& g : groups) {
            const cd::log_trend frontier = frontier_of(g.members);
            fmt::print("{:<14} n = {:<4} doubling in {}\n", g.name, frontier.n(),
                       told(frontier.growth({.level = options.level}).doubling));
        }

        fmt::print("\nHow many years behind industry, at {:g}:\n", at);
        for (const lag& l : behind) fmt::print("{:<14} {:<9} {} years\n", l.behind, l.of, told(l.years));

        fmt::print("\nEras found from the data, all models of known compute ({} breaks by BIC):\n",
                   breaks.breaks.size());
        for (std::size_t i = 0; i < breaks.segments.size(); ++i)
            fmt::print("{:<28} n = {:<4} doubling in {}\n",
                       i == 0 ? "from the beginning" : "from " + date_of(breaks.breaks[i - 1]),
                       breaks.segments[i].growth.slope.n, told(breaks.segments[i].growth.doubling));

        fmt::print("\nEras by the published algorithm, table of {}, months of 30 days:\n", table.vintages.front());
        print_eras(table.of(table.vintages.front()), options);

        fmt::print("\n{}", example::terminal_plot(plot_of(groups, options), 78, 18));
    }
    if (!svg.empty()) example::write_svg(svg, "Training compute (FLOP)", plot_of(groups, options));
} catch (const std::exception& error) {
    fmt::print(stderr, "compute_growth: {}\n", error.what());
    return 1;
}
