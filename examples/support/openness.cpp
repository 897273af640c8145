// SPDX-License-Identifier: BSL-1.0
#include "support/openness.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/io/epoch_categories.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/proportional_odds.hpp>
#include <compute_divide/regression/proportionality_test.hpp>
#include <compute_divide/regression/to_string.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/statistics/cluster_equations.hpp>
#include <compute_divide/trends/catch_up_lag.hpp>

#include "support/command_line.hpp"
#include "support/curves.hpp"
#include "support/input.hpp"
#include "support/open_tables.hpp"
#include "support/simultaneous_shares.hpp"
#include "support/tables.hpp"

namespace example {

namespace {

using cd::access_kind;
using cd::team_kind;

constexpr std::string_view epoch_source = "Epoch AI, AI models, CC BY 4.0";
constexpr std::string_view index_source = "Epoch AI, Capabilities Index, CC BY 4.0";

std::optional<std::chrono::sys_days> day_of(const std::optional<cd::partial_date>& date) {
    return date && date->day ? std::optional(std::chrono::sys_days(*date->day)) : std::nullopt;
}

/// The models of a kind of team; all where there is none.
std::vector<model_of_access> of_team(const std::vector<model_of_access>& all, std::optional<team_kind> team) {
    std::vector<model_of_access> kept;
    for (const auto& m : all)
        if (!team || m.team == *team) kept.push_back(m);
    return kept;
}
/// All, and where it is asked for each kind.
std::vector<std::optional<team_kind>> teams_of(const openness_inputs& in) {
    std::vector<std::optional<team_kind>> teams = {std::nullopt};
    if (in.by_team)
        for (const team_kind each : {team_kind::academia_only, team_kind::collaboration, team_kind::industry_only})
            teams.emplace_back(each);
    return teams;
}
std::string told_team(std::optional<team_kind> team) {
    return team ? std::string(cd::description_of(*team)) : "all";
}

/// The models of all, and of each kind of team that is asked for.
std::vector<named_group<model_of_access>> groups_of(const std::vector<model_of_access>& all,
                                                    const openness_inputs& in) {
    std::vector<named_group<model_of_access>> groups;
    for (const auto team : teams_of(in)) groups.emplace_back(told_team(team), of_team(all, team));
    return groups;
}

openness_part bounded_shares(const std::vector<model_of_access>& all, const openness_inputs& in) {
    openness_part part;
    cd::table t{.name = "bounds", .title = "Share of models with open weights, and what is not known of"};
    t.columns = {{.name = "year"}, {.name = "team"}, {.name = "n"}, {.name = "n_unknown", .header = "not known"}};
    for (const auto& each : enumerators(unknown_access{})) {
        t.columns.push_back(percent_column(std::string(each.name)));
        t.columns.back().header = cd::description_of(each.value);
    }
    const auto claim_shares = [&](const std::map<int, std::array<cd::estimate, 3>>& by_year) {
        for (const int year : {by_year.begin()->first, std::prev(by_year.end())->first}) {
            cd::claim c{.name = fmt::format("models with open weights, {}", year),
                        .text = "no number is published",
                        .style = cd::percent_style()};
            for (const auto& each : enumerators(unknown_access{}))
                c.specifications.push_back({.choices = {{"not known", std::string(cd::description_of(each.value))}},
                                            .result = by_year.at(year)[static_cast<std::size_t>(each.value)]});
            part.claims.push_back(std::move(c));
        }
    };
    std::vector<cd::json_object> rows;
    for (const auto team : teams_of(in)) {
        const auto models = of_team(all, team);
        std::map<int, std::array<cd::estimate, 3>> by_year;
        std::map<int, std::pair<std::uint64_t, std::uint64_t>> counts;
        for (const auto& each : enumerators(unknown_access{})) {
            const auto open = [&](const model_of_access& m) { return m.open_weights(each.value); };
            for (const auto& row : cd::share_by(models, &model_of_access::year, open,
                                                cd::clustered_by(&model_of_access::organisations), {.level = in.level}))
                by_year[row.key][static_cast<std::size_t>(each.value)] = row.share;
        }
        for (const auto& m : models)
            if (m.year) {
                ++counts[*m.year].first;
                if (!m.open_weights(unknown_access::left_out)) ++counts[*m.year].second;
            }
        if (!by_year.empty()) t.groups.push_back({.first_row = t.rows.size()});
        if (!by_year.empty() && !team) claim_shares(by_year);
        for (const auto& [year, shares] : by_year) {
            add_row(t, year, told_team(team), counts[year].first, counts[year].second, shares[0], shares[1], shares[2]);
            rows.push_back(cd::json_object()
                               .with("year", year)
                               .with("team", told_team(team))
                               .with("n", counts[year].first)
                               .with("n_unknown", counts[year].second)
                               .with("left_out", shares[0])
                               .with("closed", shares[1])
                               .with("open", shares[2]));
            part.is_something = true;
        }
    }
    t.notes.push_back(
        "What is not known: left out, as if missing at random; all closed; all open. The truth is between the last "
        "two, "
        "whatever is missing.");
    t.sources = {std::string(epoch_source)};
    part.json = cd::json_object().with("rows", rows).text();
    part.tables = {std::move(t)};
    return part;
}

struct access_record {
    std::optional<int> access;
    double year = 0;
    std::optional<team_kind> team;
    std::vector<std::string> organisations;
    std::size_t cluster = 0;  ///< the number of its first organisation
};

/// The coefficient of the year in a fit of proportional odds as sums over first organisations, one step of Newton's
/// from the maximum: with a threshold above, u, and one below, l, less the predictor, a record's likelihood is L(u) -
/// L(l).
cd::cluster_equations year_as_sums(const std::vector<access_record>& records, const cd::regression_fit& fit,
                                   bool with_team) {
    const std::size_t terms = fit.names.size() - fit.thresholds(), k = fit.coefficients.size();
    std::vector<double> contrast(k);
    const auto year = std::ranges::find(fit.names, "year") - fit.names.begin();
    contrast[static_cast<std::size_t>(year)] = 1;
    cd::cluster_equations sums(contrast);
    if (!fit.dependent.empty() || terms + fit.thresholds() != k) return sums;
    std::set<int> levels;
    for (const access_record& r : records)
        if (r.access && (!with_team || r.team)) levels.insert(*r.access);
    for (const access_record& r : records) {
        if (!r.access || (with_team && !r.team)) continue;
        const auto level = static_cast<std::size_t>(std::distance(levels.begin(), levels.find(*r.access)));
        std::vector<double> x(terms);
        double predictor = 0;
        for (std::size_t i = 0; i < terms; ++i) {
            x[i] = static_cast<std::ptrdiff_t>(i) == year                                      ? r.year
                   : with_team && fit.names[i] == fmt::format("team:{}", cd::name_of(*r.team)) ? 1.0
                                                                                               : 0.0;
            predictor += fit.coefficients[i] * x[i];
        }
        // Value, density and its slope of the logistic distribution at an end; at those without a threshold, nothing.
        struct end {
            double value = 0, density = 0, slope = 0;
            std::vector<double> by;  // by the parameters
        };
        const auto end_at = [&](std::size_t threshold, bool is_one, double value) {
            end e{value, 0, 0, std::vector<double>(k)};
            if (!is_one) return e;
            e.value = 1 / (1 + std::exp(predictor - fit.coefficients[terms + threshold]));
            e.density = e.value * (1 - e.value);
            e.slope = e.density * (1 - 2 * e.value);
            e.by[terms + threshold] = 1;
            for (std::size_t i = 0; i < terms; ++i) e.by[i] = -x[i];
            return e;
        };
        const end u = end_at(level, level < fit.thresholds(), 1), l = end_at(level - 1, level > 0, 0);
        const double p = u.value - l.value;
        std::vector<double> score(k), information(k * k);
        for (std::size_t i = 0; i < k; ++i) score[i] = (u.density * u.by[i] - l.density * l.by[i]) / p;
        for (std::size_t i = 0; i < k; ++i)
            for (std::size_t j = 0; j < k; ++j)
                information[i * k + j] =
                    score[i] * score[j] - (u.slope * u.by[i] * u.by[j] - l.slope * l.by[i] * l.by[j]) / p;
        sums.add_score(r.cluster, information, score, fit.coefficients);
    }
    return sums;
}

openness_part access_trend(const std::vector<model_of_access>& all, double level) {
    using record = access_record;
    openness_part part;
    cd::table t{.name = "trend", .title = "Odds of being more open than any level: factors, proportional odds"};
    t.columns = {{.name = "unknown", .header = "not known"},
                 {.name = "term"},
                 {.name = "odds_ratio", .header = "factor"},
                 {.name = "p", .style = {.notation = cd::number_notation::p_value}},
                 {.name = "n"},
                 {.name = "brant", .header = "Brant p", .style = {.notation = cd::number_notation::p_value}}};
    cd::table by_threshold{.name = "thresholds",
                           .title =
                               "The same of each level apart, what is not known left out: factors of the odds of "
                               "being more open than"};
    std::vector<cd::json_object> json;
    cd::claim more_open{.name = "odds of a model being more open, times a year",
                        .text = "models move behind interfaces",
                        .direction = cd::claim_direction::below,
                        .reference = 1};
    cluster_numbers number;
    std::vector<cd::cluster_equations> equations;
    for (const auto& assumed : enumerators(unknown_access{})) {
        std::vector<record> records;
        for (const auto& m : all) {
            if (!m.year) continue;
            const auto kind = m.kind(assumed.value);
            const std::size_t cluster = number(m.organisations, fmt::format("model {}", &m - all.data()));
            const bool usual = m.team == team_kind::academia_only || m.team == team_kind::collaboration ||
                               m.team == team_kind::industry_only;
            records.push_back({kind ? std::optional(static_cast<int>(*kind)) : std::nullopt,
                               static_cast<double>(*m.year) - 2020, usual ? std::optional(m.team) : std::nullopt,
                               m.organisations, cluster});
        }
        const bool has_base = std::ranges::any_of(
            records, [](const record& r) { return r.access && r.team == team_kind::academia_only; });
        const auto alone =
            cd::model_of(&record::access).on(cd::variable("year", &record::year)).clustered_by(&record::organisations);
        const cd::regression_options options{.reference = cd::reference_distribution::student_t, .level = level};
        const auto add = [&](const auto& model, std::string_view which) {
            const auto fit = cd::fit_proportional_odds(records, model, options);
            if (!fit) {
                t.notes.push_back(fmt::format("{}, {}: no estimate, {}{}.", cd::description_of(assumed.value), which,
                                              cd::description_of(fit.status),
                                              fit.separated ? ", terms tell levels without error" : ""));
                json.push_back(cd::json_object()
                                   .with("unknown", assumed.name)
                                   .with("model", which)
                                   .with_text("fit", to_json(fit)));
                return;
            }
            const auto test = cd::proportionality_test(records, model, options);
            const auto lines = cd::exponentiated(fit);
            for (std::size_t i = 0; i + fit.thresholds() < lines.size(); ++i) {
                const auto column = std::ranges::find(test.columns, lines[i].name, &cd::proportionality_line::name);
                const auto brant = column == test.columns.end() ? std::nullopt : column->test.test.p_value;
                add_row(t, cd::description_of(assumed.value), fmt::format("{} ({})", lines[i].name, which),
                        lines[i].estimate, lines[i].test.p_value, fit.n, brant);
                if (lines[i].name != "year") continue;
                const bool first = assumed.value == unknown_access::left_out && which == "year alone";
                more_open.specifications.push_back(
                    {.choices = {{"not known", std::string(cd::description_of(assumed.value))},
                                 {"model", std::string(which)}},
                     .result = lines[i].estimate,
                     .headline = first,
                     .why = first ? "all models, as the table says" : ""});
                equations.push_back(year_as_sums(records, fit, which != "year alone"));
            }
            json.push_back(cd::json_object()
                               .with("unknown", assumed.name)
                               .with("model", which)
                               .with_text("fit", to_json(fit))
                               .with("proportionality", test));
            part.is_something = true;
            if (assumed.value != unknown_access::left_out || which != "year and team") return;
            by_threshold.columns = {{.name = "term"}};
            for (std::size_t j = 0; j + 1 < test.levels.size(); ++j)
                by_threshold.columns.push_back(
                    {.name = std::string(cd::name_of(static_cast<access_kind>(static_cast<int>(test.levels[j]))))});
            for (const auto& line : test.columns) {
                std::vector<cd::cell> cells = {cd::to_cell(line.name)};
                for (const double b : line.coefficients) cells.push_back(cd::to_cell(std::exp(b)));
                by_threshold.rows.push_back(std::move(cells));
            }
        };
        add(alone, "year alone");
        if (has_base) add(alone.on(cd::categorical("team", &record::team, team_kind::academia_only)), "year and team");
    }
    const auto curve = test_together(more_open, equations, number.size(), {}, cd::comparison_scale::ratio);
    if (curve.joint) t.notes.push_back(told(curve.joint, "first organisations") + ".");
    t.notes.insert(t.notes.begin(),
                   "year: a year later. team: against academia only. Clustered by organisation; Brant p: that the "
                   "factor is the same at every level, of the same clusters.");
    t.sources = by_threshold.sources = {std::string(epoch_source)};
    part.json = cd::json_object().with("fits", json).text();
    part.claims = {std::move(more_open)};
    part.tables = {std::move(t)};
    if (curve) part.tables.push_back(table_of_curves({{part.claims[0].name, &curve}}));
    if (!by_threshold.rows.empty()) part.tables.push_back(std::move(by_threshold));
    return part;
}

/// One way to ask how far one group is behind another.
struct lag_question {
    std::string_view who;                   ///< which group is behind which
    std::string_view of;                    ///< in what
    std::optional<unknown_access> assumed;  ///< where it takes who may use a model
    double margin = 0;
    std::string_view levels;
    cd::catch_up_result found;

    [[nodiscard]] std::string name() const { return fmt::format("{}, {}", who, of); }
    [[nodiscard]] std::string_view unknown() const { return assumed ? cd::description_of(*assumed) : ""; }
};
constexpr std::string_view open_behind_closed = "open behind closed", academia_behind = "academia behind industry";

/// How far the second group was behind the first on dates of which something is published, and the median lag. On one
/// date there is one highest follower: no interval; the median's is not known to cover, where it has both ends.
std::vector<cd::claim> claims_of(const std::vector<lag_question>& questions) {
    using namespace std::chrono_literals;
    struct published {
        std::chrono::sys_days on;
        std::string date, text;
        double years, margin;
    };
    std::vector<cd::claim> claims;
    const auto add = [&](std::string_view who, std::string_view what, const published* about, auto result) {
        cd::claim c{.name = fmt::format("{}, {}", who, what), .text = "no number is published", .unit = "years"};
        if (about != nullptr)
            c = {.name = c.name,
                 .text = about->text,
                 .source = "Epoch AI",
                 .reference = about->years,
                 .margin = about->margin,
                 .unit = "years"};
        for (const lag_question& q : questions) {
            if (q.who != who) continue;
            std::vector<cd::choice> choices{{"of", std::string(q.of)}};
            if (q.assumed) choices.push_back({"not known", std::string(q.unknown())});
            const bool on_date = about != nullptr;  // how far behind is then the same whatever counts as reached
            if (on_date && (q.margin != 0 || q.levels != "records")) continue;
            if (!on_date) choices.push_back({"levels", std::string(q.levels)});
            if (!on_date) choices.push_back({"margin", fmt::format("{:g}", q.margin)});
            const bool first = &q == &questions.front();
            c.specifications.push_back({.choices = std::move(choices),
                                        .result = result(q),
                                        .headline = first,
                                        .why = first ? "records of capability, as the table says" : ""});
        }
        claims.push_back(std::move(c));
    };
    const auto median = [](const lag_question& q) {
        cd::estimate e{.value = q.found.median.time, .method = "kaplan_meier", .n = q.found.curve.n};
        if (!e.value) {
            e.status = q.found ? cd::estimate_status::too_few : q.found.curve.status;
            return e;
        }
        e.level = q.found.median.level;
        if (q.found.median.lower && q.found.median.upper)
            e.bounds = cd::interval{*q.found.median.lower, *q.found.median.upper};
        e.status = cd::estimate_status::few_clusters;
        return e;
    };
    const published dates[] = {{2024y / 7 / 1, "July 2024", "about a year", 1, 0.5},
                               {2026y / 1 / 1, "January 2026", "three to four months", 3.5 / 12, 1.0 / 12}};
    for (const published& each : dates)
        add(open_behind_closed, each.date, &each, [&](const lag_question& q) {
            cd::estimate e{.method = "frontiers on a date", .n = q.found.leaders.n + q.found.followers.n};
            if (each.on > q.found.until) return e;
            e.value = q.found.behind_on(each.on);
            e.status = e.value ? cd::estimate_status::ok : cd::estimate_status::no_data;
            return e;
        });
    add(open_behind_closed, "median lag", nullptr, median);
    add(academia_behind, "median lag", nullptr, median);
    return claims;
}

std::string told_years(const std::optional<double>& years) {
    return years ? fmt::format("{:.2f}", *years) : "not reached";
}

openness_part lags_of(const std::vector<lag_question>& questions, double level) {
    using namespace std::chrono_literals;
    openness_part part;
    const std::array<std::chrono::sys_days, 4> dates = {2023y / 7 / 1, 2024y / 7 / 1, 2025y / 7 / 1, 2026y / 1 / 1};
    cd::table t{.name = "lag", .title = "Years until what one group had reached was reached by another"};
    t.columns = {{.name = "lag"},    {.name = "unknown", .header = "not known"},
                 {.name = "levels"}, {.name = "margin"},
                 {.name = "n"},      {.name = "answered"},
                 {.name = "median"}, {.name = "lower"},
                 {.name = "upper"}};
    for (const auto date : dates) {
        const std::chrono::year_month_day day(date);
        t.columns.push_back(
            {.name = fmt::format("behind_{}_{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month())),
             .header = fmt::format("behind {}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month())),
             .style = {.digits = 2, .notation = cd::number_notation::fixed}});
    }
    cd::table by_year{.name = "lag_by_year", .title = "The same by the year in which a level was led: median years"};
    by_year.columns = {{.name = "lag"},    {.name = "unknown", .header = "not known"},
                       {.name = "levels"}, {.name = "year"},
                       {.name = "n"},      {.name = "answered"},
                       {.name = "median"}};
    std::vector<cd::json_object> json;
    for (const auto& q : questions) {
        const auto& median = q.found.median;
        std::vector<cd::cell> cells = {cd::to_cell(q.name()),
                                       cd::to_cell(q.unknown()),
                                       cd::to_cell(q.levels),
                                       cd::to_cell(q.margin),
                                       cd::to_cell(q.found.curve.n),
                                       cd::to_cell(q.found.curve.n_events),
                                       cd::to_cell(told_years(median.time)),
                                       cd::to_cell(told_years(median.lower)),
                                       cd::to_cell(told_years(median.upper))};
        std::vector<cd::json_object> behind;
        for (const auto date : dates) {
            const bool there = date <= q.found.until;
            const auto years = there ? q.found.behind_on(date) : std::nullopt;
            cells.push_back(there ? cd::to_cell(years) : cd::cell{cd::not_applicable{}});
            behind.push_back(cd::json_object().with("date", date).with("years", years));
        }
        t.rows.push_back(std::move(cells));
        std::map<int, std::vector<cd::level_lag>> years;
        for (const auto& lag : q.found.lags)
            years[static_cast<int>(std::chrono::year_month_day(lag.led).year())].push_back(lag);
        std::vector<cd::json_object> of_years;
        for (const auto& [year, lags] : years) {
            const auto curve = cd::curve_of_lags(lags, 1, {.level = level});
            const auto m = cd::survival_quantile(curve);
            if (q.margin == 0)
                add_row(by_year, q.name(), q.unknown(), q.levels, year, curve.n, curve.n_events, told_years(m.time));
            of_years.push_back(cd::json_object()
                                   .with("year", year)
                                   .with("n", curve.n)
                                   .with("answered", curve.n_events)
                                   .with("median", m.time));
        }
        json.push_back(cd::json_object()
                           .with("lag", q.name())
                           .with("unknown", q.unknown())
                           .with("levels", q.levels)
                           .with("margin", q.margin)
                           .with("n_ahead", q.found.n_ahead)
                           .with("n_missing", q.found.n_missing)
                           .with("until", q.found.until)
                           .with("median", median)
                           .with("behind", behind)
                           .with("by_year", of_years)
                           .with("lags", q.found.lags));
        part.is_something = part.is_something || q.found;
    }
    t.notes = {
        fmt::format(
            "Kaplan and Meier's median with its interval at {:g} %, of blocks of a year, of which there are few: it "
            "is not known to cover. Levels without an answer are censored at the end of the table.",
            100 * level),
        "levels: those of closed models (of industry) that set a record; or every level, one apart. margin: what "
        "counts "
        "as reached is so much below (orders of magnitude, of compute).",
        "behind: for how long, on a date, leaders had had the highest level that followers had then, whatever the "
        "margin."};
    by_year.notes = {
        "A level of the last years may still wait: not reached. A year has one block of levels: no interval."};
    t.sources = by_year.sources = {std::string(epoch_source), std::string(index_source)};
    part.claims = claims_of(questions);
    part.json = cd::json_object().with("lags", json).text();
    part.tables = {std::move(t), std::move(by_year)};
    return part;
}

std::vector<lag_question> questions_of(const models_of_access& models, const models_of_access& capabilities,
                                       const openness_inputs& in) {
    std::vector<lag_question> all;
    const cd::survival_options survival{.level = in.level};
    const std::chrono::sys_days since(std::chrono::year(in.years ? (*in.years)[0] : in.first_year) / 1 / 1);
    for (const auto& assumed : enumerators(unknown_access{})) {
        const auto open = [&](const model_of_access& m) { return m.open_weights(assumed.value); };
        const auto of_capability = [&](double margin, std::optional<double> spacing) {
            all.push_back(
                {open_behind_closed, "capability", assumed.value, margin, spacing ? "every" : "records",
                 cd::catch_up_lag(capabilities.all, &model_of_access::date, &model_of_access::capability, open,
                                  {.since = since, .spacing = spacing, .margin = margin, .survival = survival})});
        };
        of_capability(0, {});
        if (in.margin > 0) {
            of_capability(in.margin, {});
            of_capability(-in.margin, {});
        }
        of_capability(0, 1);
        all.push_back({open_behind_closed, "training compute", assumed.value, 0, "records",
                       cd::catch_up_lag(models.all, &model_of_access::date, &model_of_access::log_flop, open,
                                        {.since = since, .survival = survival})});
    }
    const auto academic = [](const model_of_access& m) {
        return m.team == team_kind::academia_only   ? std::optional(true)
               : m.team == team_kind::industry_only ? std::optional(false)
                                                    : std::nullopt;
    };
    for (const double margin : {0.0, 0.5, -0.5})
        all.push_back({academia_behind, "training compute", std::nullopt, margin, "records",
                       cd::catch_up_lag(models.all, &model_of_access::date, &model_of_access::log_flop, academic,
                                        {.since = since, .margin = margin, .survival = survival})});
    return all;
}

openness_part transparency_of(const openness_inputs& in) {
    openness_part part;
    auto rows = open_table(in.transparency, {.on_error = in.on_error});
    require_columns(rows, in.transparency);
    const cd::csv_column<std::string> round(rows, "Round"), developer(rows, "Developer");
    const cd::csv_column<double> score(rows, "Score"), indicators(rows, "Indicators");
    struct of_round {
        std::vector<double> shares;
    };
    std::map<std::string, of_round> rounds;
    for (const cd::csv_row& row : rows) {
        const double met = score(row), all = indicators(row);
        if (!(all > 0) || !(met >= 0) || met > all)
            throw cd::read_error("openness", {.file = row.file(),
                                              .line = row.line(),
                                              .field = score.name(),
                                              .value = fmt::format("{:g} of {:g}", met, all),
                                              .reason = "a score from 0 to the number of indicators is required"});
        rounds[round(row)].shares.push_back(100 * met / all);
    }
    tell_problems(rows.problems(), rows.n_problems());
    cd::table t{.name = "transparency", .title = "Foundation Model Transparency Index: indicators met, of 100"};
    t.columns = {{.name = "round"},
                 {.name = "developers"},
                 {.name = "mean", .style = {.digits = 2, .notation = cd::number_notation::fixed}},
                 {.name = "lowest"},
                 {.name = "highest"}};
    std::vector<cd::json_object> json;
    for (const auto& [name, of] : rounds) {
        double sum = 0;
        for (const double each : of.shares) sum += each;
        const double mean = sum / static_cast<double>(of.shares.size());
        const double lowest = std::ranges::min(of.shares), highest = std::ranges::max(of.shares);
        add_row(t, name, of.shares.size(), mean, lowest, highest);
        json.push_back(cd::json_object()
                           .with("round", name)
                           .with("developers", of.shares.size())
                           .with("mean", mean)
                           .with("lowest", lowest)
                           .with("highest", highest));
        part.is_something = true;
    }
    t.notes = {
        "All developers that were scored, not a sample: no interval. Each round has other developers, and that of 2025 "
        "other indicators: differences between rounds are not of the same firms, nor of the same questions."};
    t.sources = {"Foundation Model Transparency Index, Stanford CRFM, CC BY 4.0"};
    part.json = cd::json_object().with("rounds", json).text();
    part.tables = {std::move(t)};
    return part;
}

openness_part descriptions_of(const std::vector<model_of_access>& all, double level) {
    openness_part part;
    std::vector<model_of_access> large;
    std::ranges::copy_if(all, std::back_inserter(large), &model_of_access::large);
    cd::table t{.name = "description", .title = "Of models of 1e23 FLOP or more, the share that tells of"};
    t.columns = {{.name = "year"}, {.name = "n"}};
    const std::array<std::pair<std::string, std::function<std::optional<bool>(const model_of_access&)>>, 4> questions =
        {{{"data", [](const model_of_access& m) { return std::optional(m.data); }},
          {"code", [](const model_of_access& m) { return m.open_code; }},
          {"hardware", [](const model_of_access& m) { return std::optional(m.hardware); }},
          {"compute", [](const model_of_access& m) { return std::optional(m.log_flop.has_value()); }}}};
    std::map<int, std::array<cd::estimate, 4>> years;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        t.columns.push_back(percent_column(questions[i].first));
        for (const auto& row : cd::share_by(large, &model_of_access::year, questions[i].second,
                                            cd::clustered_by(&model_of_access::organisations), {.level = level}))
            years[row.key][i] = row.share;
    }
    std::vector<cd::json_object> json;
    for (const auto& [year, shares] : years) {
        add_row(t, year, shares[0].n, shares[0], shares[1], shares[2], shares[3]);
        cd::json_object row;
        row.with("year", year).with("n", shares[0].n);
        for (std::size_t i = 0; i < questions.size(); ++i) row.with(questions[i].first, shares[i]);
        json.push_back(std::move(row));
        part.is_something = true;
    }
    t.notes = {
        "data: the size of the training data; code: training code to download, of those of which that is known; "
        "hardware: "
        "which; compute: as much as it takes to estimate it. As far as Epoch AI found it."};
    t.sources = {std::string(epoch_source)};
    part.json = cd::json_object().with("rows", json).text();
    part.tables = {std::move(t)};
    return part;
}

/// Shares by year as areas on top of each other, the most open at the bottom.
cd::figure stacked(const std::vector<model_of_access>& all) {
    cd::figure f{.name = "access",
                 .title = "Who may use models, by year of publication",
                 .x = {.label = "Year", .scale = cd::axis_scale::date},
                 .y = {.label = "Share of models", .unit = "%", .scale = cd::axis_scale::share}};
    std::map<int, std::map<int, double>> counts;
    std::map<int, double> totals;
    const int unknown = static_cast<int>(enumerators(access_kind{}).size());
    for (const auto& m : all) {
        if (!m.year) continue;
        const auto kind = m.kind(unknown_access::left_out);
        ++counts[*m.year][kind ? static_cast<int>(*kind) : unknown];
        ++totals[*m.year];
    }
    if (totals.empty()) return f;
    std::map<int, double> below;
    const auto add = [&](int k, const std::string& name) {
        cd::series s{.name = name, .kind = cd::series_kind::band};
        for (auto& [year, of] : counts) {
            const double part = 100 * of[k] / totals[year], from = below[year];
            s.x.push_back(year);
            s.lower.push_back(from);
            s.upper.push_back(from + part);
            s.y.push_back(from + part);
            below[year] = from + part;
            s.summary = fmt::format("{:.0f} % in {}", part, year);
        }
        f.all_series.push_back({.name = s.name, .x = s.x, .y = s.y, .summary = s.summary});
        f.all_series.push_back(std::move(s));
    };
    for (int k = unknown - 1; k >= 0; --k) add(k, std::string(cd::description_of(static_cast<access_kind>(k))));
    add(unknown, "not known");
    f.notes = {
        "Areas are shares of a year's models, on top of each other: a line is the share that is at least so open.",
        fmt::format("n = {:g} to {:g} a year",
                    std::ranges::min_element(totals, {}, &std::pair<const int, double>::second)->second,
                    std::ranges::max_element(totals, {}, &std::pair<const int, double>::second)->second)};
    f.sources = {std::string(epoch_source)};
    return f;
}

/// The highest so far of both groups, as steps.
cd::figure frontiers(const cd::catch_up_result& found) {
    cd::figure f{.name = "frontiers",
                 .title = "Capability of closed models and of open ones: the highest so far",
                 .x = {.label = "Year", .scale = cd::axis_scale::date},
                 .y = {.label = "Epoch Capabilities Index"}};
    const double end = 1970 + cd::days_since_1970(found.until) / 365.25;
    const auto add = [&](const cd::frontier& of, const std::string& name, const std::string& summary) {
        cd::series s{.name = name, .kind = cd::series_kind::line, .summary = summary};
        for (const auto& step : of.steps) {
            const double x = 1970 + step.day / 365.25;
            if (!s.y.empty()) {
                s.x.push_back(x);
                s.y.push_back(s.y.back());
            }
            s.x.push_back(x);
            s.y.push_back(step.value);
        }
        if (s.y.empty()) return;
        s.x.push_back(end);
        s.y.push_back(s.y.back());
        f.all_series.push_back(std::move(s));
    };
    const auto behind = found.behind_on(found.until);
    add(found.leaders, "closed", fmt::format("n = {}", found.leaders.n));
    add(found.followers, "open weights",
        behind ? fmt::format("n = {}, {:.1f} years behind", found.followers.n, *behind) : "");
    f.notes = {
        "Models of which it is not known who may use them are left out.",
        fmt::format("Median lag of the levels that closed models set records at: {} years (n = {}, {} without an "
                    "answer yet)",
                    told_years(found.median.time), found.curve.n, found.curve.n - found.curve.n_events)};
    f.sources = {std::string(index_source)};
    return f;
}

}  // namespace

std::optional<bool> model_of_access::open_weights(unknown_access assumed) const {
    if (access && cd::has_open_weights(access->least) == cd::has_open_weights(access->most))
        return cd::has_open_weights(access->least);
    if (assumed == unknown_access::left_out) return std::nullopt;
    return assumed == unknown_access::open;
}
std::optional<cd::access_kind> model_of_access::kind(unknown_access assumed) const {
    if (access && (access->is_exact() || assumed == unknown_access::closed)) return access->least;
    if (access && assumed == unknown_access::open) return access->most;
    if (access || assumed == unknown_access::left_out) return std::nullopt;
    return assumed == unknown_access::open ? access_kind::unrestricted : access_kind::unreleased;
}

models_of_access read_model_access(const std::string& path, cd::error_handling on_error) {
    auto rows = open_table(path, {.on_error = on_error});
    require_columns(rows, path);
    const cd::csv_column<std::optional<cd::partial_date>> date(rows, "Publication date");
    const cd::csv_column<std::vector<std::string>> organisations(rows, {"Organization", "Organization(s)"},
                                                                 {.list_separator = ','});
    const cd::csv_column<std::string> category(rows, {"Organization categorization", "Organization Categorization"}),
        access(rows, {"Model accessibility", "Open-source"}),
        code(rows, {"Training code accessibility", "Code accessibility"}, {.required = false});
    const cd::csv_column<std::optional<double>> flop(rows, {"Training compute (FLOP)", "Training compute (FLOPs)"});
    const auto optional = [&](const char* name) {
        return cd::csv_column<std::string>(rows, name, {.required = false});
    };
    const auto large = optional("Possibly over 1e23 FLOP"), publication = optional("Publication kind"),
               link = optional("Link"), size = optional("Dataset size"),
               points = optional("Training dataset size (gradients)"), hardware = optional("Training hardware");
    const bool derived = rows.find_column("Publication kind").has_value();
    cd::access_cells accesses(cd::find_epoch_access);
    cd::access_cells codes(cd::find_epoch_code_access);
    models_of_access read;
    std::uint64_t n_categories = 0;
    for (const cd::csv_row& row : rows) {
        model_of_access m;
        const auto published = date(row);
        m.year = year_of(published);
        m.date = day_of(published);
        m.organisations = organisations(row);
        const auto team = cd::find_epoch_category(category(row));
        if (!team) ++n_categories;
        m.team = team.value_or(team_kind::unknown);
        if (m.team == team_kind::academia_leaning || m.team == team_kind::industry_leaning)
            m.team = team_kind::collaboration;
        m.access = accesses(access(row));
        if (const auto found = codes(code(row))) m.open_code = found->least != cd::code_access::unreleased;
        const auto compute = flop(row);
        if (compute && !(*compute > 0))
            throw cd::read_error("openness", {.file = row.file(),
                                              .line = row.line(),
                                              .field = flop.name(),
                                              .value = fmt::format("{:g}", *compute),
                                              .reason = "a number above 0 is required"});
        if (compute) m.log_flop = std::log10(*compute);
        const std::string said = large(row);
        m.large = said == "yes" || said == "True" || (compute && *compute >= 1e23);
        if (!derived)
            m.publication = cd::find_publication_kind(link(row));
        else if (const std::string kind = publication(row); !kind.empty())
            m.publication = cd::parse_name<cd::publication_kind>(kind);
        const std::string tells = derived ? size(row) : points(row), chips = hardware(row);
        m.data = derived ? tells == "yes" : !tells.empty();
        m.hardware = derived ? chips == "yes" : !chips.empty();
        read.all.push_back(std::move(m));
    }
    tell_problems(rows.problems(), rows.n_problems());
    note_unknown(read.notes, "Model accessibility", accesses);
    note_unknown(read.notes, "Training code accessibility", codes);
    if (n_categories > 0)
        read.notes.push_back(fmt::format("Organization categorization: {} cells are not known.", n_categories));
    return read;
}

models_of_access read_capabilities(const std::string& path, cd::error_handling on_error) {
    auto rows = open_table(path, {.on_error = on_error});
    require_columns(rows, path);
    const cd::csv_column<std::optional<cd::partial_date>> date(rows, "Release date");
    const cd::csv_column<std::string> access(rows, "Model accessibility");
    const cd::csv_column<std::optional<double>> score(rows, "ECI Score");
    cd::access_cells accesses(cd::find_epoch_access);
    models_of_access read;
    for (const cd::csv_row& row : rows) {
        model_of_access m;
        m.date = day_of(date(row));
        m.access = accesses(access(row));
        m.capability = score(row);
        read.all.push_back(std::move(m));
    }
    tell_problems(rows.problems(), rows.n_problems());
    note_unknown(read.notes, "Model accessibility", accesses);
    return read;
}

openness_answer openness(const openness_inputs& in) {
    openness_answer answer;
    const auto wants = [&](std::string_view part) { return std::ranges::find(in.parts, part) != in.parts.end(); };
    const bool of_models = wants("access") || wants("bounds") || wants("trend") || wants("lag") ||
                           wants("publication") || wants("description");
    models_of_access models, capabilities;
    if (of_models) models = read_model_access(in.models, in.on_error);
    if (wants("lag")) capabilities = read_capabilities(in.capabilities, in.on_error);
    std::vector<model_of_access> of_years;
    for (const auto& m : models.all)
        if (in.has_year(m.year)) of_years.push_back(m);
    cd::json_object json;
    const auto add = [&](const std::string& name, openness_part part) {
        answer.is_something = answer.is_something || part.is_something;
        json.with_text(name, part.json);
        answer.parts.push_back(std::move(part));
    };
    if (wants("access")) {
        add("access", simultaneous_shares<access_kind>(
                          groups_of(of_years, in), &model_of_access::year,
                          std::function([](const model_of_access& m) { return m.kind(unknown_access::left_out); }),
                          {.name = "access",
                           .title = "Who may use models, by year and team: shares",
                           .source = std::string(epoch_source)},
                          in.level));
        answer.figures.push_back(stacked(of_years));
    }
    if (wants("bounds")) add("bounds", bounded_shares(of_years, in));
    if (wants("trend")) add("trend", access_trend(of_years, in.level));
    if (wants("lag")) {
        const auto questions = questions_of(models, capabilities, in);
        add("lag", lags_of(questions, in.level));
        answer.figures.push_back(frontiers(questions.front().found));
    }
    if (wants("transparency")) add("transparency", transparency_of(in));
    if (wants("publication"))
        add("publication", simultaneous_shares<cd::publication_kind>(
                               groups_of(of_years, in), &model_of_access::year,
                               std::function([](const model_of_access& m) { return m.publication; }),
                               {.name = "publication",
                                .title = "In which form models are made known, by year and team: shares",
                                .source = std::string(epoch_source)},
                               in.level));
    if (wants("description")) add("description", descriptions_of(of_years, in.level));
    if (wants("dimensions")) add("dimensions", open_dimensions(in));
    if (wants("ecosystem")) add("ecosystem", ecosystem_access(in));
    for (const auto* read : {&models, &capabilities})
        for (const std::string& note : read->notes) answer.parts.front().tables.front().notes.push_back(note);
    answer.json = json.text();
    return answer;
}

cd::finding openness_finding(const openness_inputs& in) {
    openness_answer answer = openness(in);
    cd::finding f{.name = "openness", .question = "Do models close, and how far are open ones behind?"};
    for (openness_part& part : answer.parts) {
        std::ranges::move(part.claims, std::back_inserter(f.claims));
        std::ranges::move(part.tables, std::back_inserter(f.tables));
    }
    f.figures = std::move(answer.figures);
    f.sources = {std::string(epoch_source), std::string(index_source)};
    return f;
}

}  // namespace example
