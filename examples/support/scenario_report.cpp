// SPDX-License-Identifier: BSL-1.0
#include "support/scenario_report.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/policy/first_model.hpp>
#include <compute_divide/policy/gap_trends.hpp>
#include <compute_divide/policy/programme_yield.hpp>
#include <compute_divide/trends/frontier.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/data_folder.hpp"
#include "support/figures.hpp"
#include "support/input.hpp"
#include "support/models.hpp"
#include "support/tables.hpp"

namespace example {

using cd::uncertain;

namespace {

double number_in(std::string_view option, std::string_view text, std::string_view whole) {
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value))
        throw usage_error(fmt::format("{}: a number, or a range such as 4..5, is required, got {}", option,
                                      cd::visible_line(std::string(whole))));
    return value;
}

}  // namespace

uncertain<> stated_number(std::string_view option, std::string_view text, const std::string& name,
                          std::initializer_list<std::string_view> units) {
    std::string_view rest = text;
    for (const std::string_view unit : units)
        if (rest.size() > unit.size() && rest.ends_with(unit)) {
            rest.remove_suffix(unit.size());
            break;
        }
    const auto dots = rest.find("..");
    const double low = number_in(option, rest.substr(0, dots), text);
    const double high = dots == std::string_view::npos ? low : number_in(option, rest.substr(dots + 2), text);
    if (!(low > 0) || high < low)
        throw usage_error(fmt::format("{}: {} greater than 0 is required, got {}", option,
                                      dots == std::string_view::npos ? "a number" : "a range of numbers in order and",
                                      cd::visible_line(std::string(text))));
    return low == high ? uncertain<>(low) : cd::between(low, high, name);
}
double exact_number(std::string_view option, std::string_view text, std::initializer_list<std::string_view> units) {
    const uncertain<> x = stated_number(option, text, "", units);
    if (!x.sources().empty())
        throw usage_error(
            fmt::format("{}: one number is required, got {}", option, cd::visible_line(std::string(text))));
    return x.value();
}

std::vector<known_programme> read_programmes(const std::string& path) {
    auto table = open_table(path);
    const cd::csv_column<std::string> name(table, "programme"), title(table, "title"), item(table, "item"),
        unit(table, "unit"), source(table, "source");
    const cd::csv_column<std::optional<double>> year(table, "year");
    const cd::csv_column<double> value(table, "value");
    const cd::csv_column<bool> secondary(table, "secondary");
    std::vector<known_programme> all;
    for (const cd::csv_row& row : table) {
        auto of = std::ranges::find(all, name(row), &known_programme::name);
        if (of == all.end()) of = all.insert(all.end(), {.name = name(row), .title = title(row)});
        const std::string what = item(row);
        const double x = value(row);
        const auto at = [&] {
            if (const auto told = year(row)) return *told;
            throw std::invalid_argument(fmt::format("{}, line {}: a year is required of a {}", path, row.line(), what));
        };
        if (what == "tranche")
            of->tranches.push_back({at(), cd::us_dollars(x)});
        else if (what == "chips")
            of->tranches.push_back({at(), cd::us_dollars(0), x});
        else if (what == "flop_per_second")
            of->flop_per_second = x, of->year = at();
        else if (what == "life")
            of->life = x;
        else if (what == "machines")
            of->machines = x;
        else
            throw std::invalid_argument(
                fmt::format("{}, line {}: tranche, chips, flop_per_second, life or machines is required, got {}", path,
                            row.line(), cd::visible_line(what)));
        of->sources.push_back(fmt::format("{}: {} {}{}: {}{}", of->name, what, x,
                                          unit(row).empty() ? "" : " " + unit(row), source(row),
                                          secondary(row) ? " (secondary)" : ""));
    }
    return all;
}

namespace {

/// Three digits, and none of an exponent below 10^15: 12,300.
std::string plain(double x) {
    if (x == 0 || !std::isfinite(x)) return x == 0 ? "0" : "any number";
    const double unit = std::pow(10, std::floor(std::log10(std::fabs(x))) - 2);
    if (std::fabs(x) < 1000 || std::fabs(x) >= 1e15) return fmt::format("{:.3g}", x);
    std::string digits = fmt::format("{:.0f}", std::round(x / unit) * unit);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return digits;
}

std::optional<std::string> side_of(const cd::epoch_model& m) {
    if (m.team == cd::team_kind::academia_only) return "academia";
    if (m.team == cd::team_kind::industry_only) return "industry";
    return std::nullopt;
}

/// What is gathered on the way: assumptions, in words, and the models.
struct gathered {
    cd::policy_scenario scenario;
    std::optional<cd::gap_trends> trends;
    models all;
    std::vector<std::string> notes, sources;
    std::map<std::string, std::string> meaning;  ///< of each source of uncertainty
    std::string who = "those behind", ahead = "the frontier";
    double electricity = 0;
};

/// How many times too small or large Epoch AI says that the compute of a model may be where it is confident of it.
constexpr double factor_of_compute = 3;

void gather_gap(const scenario_request& asked, gathered& g) {
    cd::policy_scenario& s = g.scenario;
    if (!asked.gap.empty()) {
        if (!asked.models.empty()) throw usage_error("--gap and --models: one of them is required");
        if (asked.own_growth.empty()) throw usage_error("--own-growth is required with --gap");
        s.gap = stated_number("--gap", asked.gap, "gap now", {"x"});
        s.from = asked.from.empty() ? 2026 : exact_number("--from", asked.from);
        g.meaning["gap now"] = "the gap in the first year, as stated";
    } else {
        models_input input;
        if (!asked.models.empty()) input.path = asked.models;
        input.on_error = asked.on_error;
        const std::string& path = input.path;
        const model_table& table = read_models(input);
        const auto known = those([&](const auto& m) {
            return m.training_flop > 0 && m.published && cd::decimal_year(m.published) >= asked.since && side_of(m);
        })(definition_named(asked.definition).choose(those([](const auto& m) {
            return m.training_flop > 0;
        })(table.of(table.vintage(asked.vintage)))));
        if (known.empty()) throw std::invalid_argument(path + ": a model of known team, date and compute is required");
        double last = 0;
        for (const auto& m : known) last = std::max(last, cd::decimal_year(m.published));
        s.from = asked.from.empty() ? std::floor(last * 100) / 100 : exact_number("--from", asked.from);
        const double by = asked.by.empty() ? s.from + 5 : exact_number("--by", asked.by);
        g.all = known;
        g.trends = cd::gap_of_trends(known, side_of, &cd::epoch_model::published, &cd::epoch_model::training_flop,
                                     &cd::epoch_model::organisations, "academia", "industry", s.from, by);
        if (!*g.trends)
            throw std::invalid_argument(path + ": trends of academia and industry cannot be fitted: " +
                                        std::string(cd::description_of(g.trends->status)));
        s.warnings = g.trends->warnings;
        s.own_growth = g.trends->own_growth;
        g.who = "academia";
        g.sources.push_back("Epoch AI, models, CC BY 4.0");
        g.notes.push_back(fmt::format(
            "{} models of {:g} on to {:.1f}: {} of academia alone, {} of industry alone; academia "
            "has {} in the last two years",
            asked.definition, asked.since, last, g.trends->n_own, g.trends->n_frontier, g.trends->own_recent));
        g.meaning["gap now"] = "the distance of the two trends in the first year";
        g.meaning["own growth"] = "the growth of academia's models, what is left of it beside the others";
        g.meaning["growth of the frontier"] = "the growth of industry's models, fitted with its clusters";
        g.meaning["frontier now"] = "the level of industry's trend in the first year";
        if (asked.reference == "industry") {
            s.gap = g.trends->gap;
            const auto& f = g.trends->frontier;
            s.frontier = f * uncertain<cd::flop>(cd::flop(1));
            s.frontier_growth.push_back({"fitted to industry's models", g.trends->frontier_growth});
            g.ahead = "industry, typical model by typical model";
        } else {
            double largest = 0, own = 0;
            for (const auto& m : known)
                if (cd::decimal_year(m.published) <= s.from) {
                    largest = std::max(largest, *m.training_flop);
                    if (side_of(m) == "academia") own = std::max(own, *m.training_flop);
                }
            if (asked.reference != "frontier")
                largest = exact_number("--reference", asked.reference, {"FLOP", " FLOP"});
            if (own == 0 || largest == 0)
                throw std::invalid_argument(
                    fmt::format("--from {:g}: a model of academia before it is required", s.from));
            const auto reported = [](double flop, const std::string& name) {
                return cd::between(flop / factor_of_compute, flop * factor_of_compute, name);
            };
            const uncertain<> ahead = asked.reference == "frontier" ? reported(largest, "compute of the largest model")
                                                                    : uncertain<>(largest);
            s.gap = ahead / reported(own, "compute of academia's largest model");
            s.frontier = ahead * uncertain<cd::flop>(cd::flop(1));
            g.meaning["compute of the largest model"] = "Epoch AI's estimate, within 3 times";
            g.meaning["compute of academia's largest model"] = "Epoch AI's estimate, within 3 times";
        }
    }
    if (!asked.own_growth.empty()) {
        s.own_growth = stated_number("--own-growth", asked.own_growth, "own growth", {"x/yr", "/yr", "/y", "x"});
        g.meaning["own growth"] = "the growth of those behind, as stated";
    }
    if (!asked.frontier_growth.empty()) {
        s.frontier_growth = {{"as stated", stated_number("--frontier-growth", asked.frontier_growth,
                                                         "growth of the frontier", {"x/yr", "/yr", "/y", "x"})}};
        g.meaning["growth of the frontier"] = "as stated";
    } else {
        s.frontier_growth.push_back(
            {"4 to 5 times a year (Epoch AI, 2024)", cd::between(4.0, 5.0, "published growth of the frontier")});
        g.meaning["published growth of the frontier"] = "4 to 5 times a year (Epoch AI, 2024)";
    }
    g.meaning["choice of the frontier's growth"] = "which of these: ";
    for (const auto& each : s.frontier_growth)
        g.meaning["choice of the frontier's growth"] += (&each == &s.frontier_growth.front() ? "" : "; ") + each.name;
    s.by = asked.by.empty() ? s.from + 5 : exact_number("--by", asked.by);
    s.within = exact_number("--within", asked.within, {"x"});
}

void gather_supply(const scenario_request& asked, gathered& g) {
    cd::policy_scenario& s = g.scenario;
    if (s.frontier.value().value() == 0) {  // a gap without a size
        if (!asked.budget.empty() || !asked.programme.empty()) {
            if (asked.reference == "industry" || asked.reference == "frontier")
                throw usage_error("--reference FLOP, the frontier's run, is required with --gap and a programme");
        }
        if (asked.reference == "industry" || asked.reference == "frontier") return;
        s.frontier = cd::flop(exact_number("--reference", asked.reference, {"FLOP", " FLOP"}));
    }
    const cd::accelerator_catalogue catalogue;
    const cd::accelerator* const chip = catalogue.find(asked.chip);
    if (!chip && (asked.chip_peak.empty() || asked.chip_price.empty()))
        throw usage_error("--chip: a chip of the catalogue is required, or --chip-peak and --chip-price, got " +
                          cd::visible_line(asked.chip));
    cd::chip_supply supply;
    if (!asked.chip_peak.empty())
        supply.peak = cd::flop_per_second(exact_number("--chip-peak", asked.chip_peak));
    else if (chip->dense.fp16_tensor)
        supply.peak = *chip->dense.fp16_tensor;
    else
        throw usage_error("--chip-peak is required: the catalogue has no 16-bit peak of " + std::string(chip->name));
    uncertain<> price = 1.0;
    if (!asked.chip_price.empty()) {
        price = stated_number("--chip-price", asked.chip_price, "price of a chip");
        g.meaning["price of a chip"] = "as stated";
    } else if (chip->launch_price) {
        price = {chip->launch_price->value(), "price of a chip", 0.16};
        g.meaning["price of a chip"] = fmt::format(
            "launch price of {}, {:.0f} dollars, within 1.3 times: this program's "
            "choice",
            chip->name, chip->launch_price->value());
    } else {
        throw usage_error("--chip-price is required: the catalogue has no price of " + std::string(chip->name));
    }
    const uncertain<> server(cd::server_price_factor(chip ? chip->name : asked.chip), "price of servers", 0.03);
    g.meaning["price of servers"] = "1.54 to 1.69 times the chips (Cottier et al., 2024), 1/0.81 for the network";
    supply.price = cd::with_network(price * server) * uncertain<cd::us_dollars>(cd::us_dollars(1));
    supply.price_performance =
        asked.price_performance.empty()
            ? cd::between(1.28, 1.48, "price performance")
            : stated_number("--price-performance", asked.price_performance, "price performance", {"x/yr", "/yr", "x"});
    g.meaning["price performance"] = asked.price_performance.empty()
                                         ? "what a dollar buys more of: 10^0.14 = 1.38 times a year (Hobbhahn and "
                                           "Besiroglu, 2022), taken as 1.28 to 1.48"
                                         : "what a dollar buys more of, times a year, as stated";
    supply.utilisation = asked.utilisation.empty() ? cd::between(0.2, 0.45, "utilisation")
                                                   : stated_number("--utilisation", asked.utilisation, "utilisation");
    if (supply.utilisation.value() > 1)
        throw usage_error("--utilisation: at most 1 is required, got " + asked.utilisation);
    g.meaning["utilisation"] =
        asked.utilisation.empty() ? "0.2 to 0.45 of the peak: this program's choice" : "of the peak, as stated";
    if (chip && chip->power) {
        const auto factors = cd::typical_energy_factors(*chip, cd::data_centre::other);
        supply.running = cd::electricity_of_chip_hour(
            *chip->power, factors,
            asked.electricity.empty() ? cd::typical_electricity_price(2025)
                                      : uncertain<cd::us_dollars_per_joule>(
                                            cd::usd_per_kwh(exact_number("--electricity", asked.electricity))));
        g.meaning["electricity price"] = "what United States industry pays, within 1.5 times";
        g.meaning["server power"] = g.meaning["load"] = g.meaning["PUE"] = "of a server (Cottier et al., 2024)";
    }
    supply.run_years = exact_number("--run", asked.run, {"y"});
    g.notes.push_back(
        fmt::format("a chip of {:.4g} FLOP/s (16-bit, dense) costs {:.0f} dollars with server and network; "
                    "the largest run holds its chips for {:g} years",
                    supply.peak.value().value(), supply.price.value().value(), supply.run_years));
    s.supply = supply;
}

void gather_programme(const scenario_request& asked, gathered& g) {
    cd::policy_scenario& s = g.scenario;
    if (asked.budget.empty() && asked.programme.empty()) return;
    if (!asked.budget.empty() && !asked.programme.empty())
        throw usage_error("--budget and --programme: one of them is required");
    cd::programme plan{.teams = exact_number("--teams", asked.teams)};
    if (!asked.budget.empty()) {
        const double budget = exact_number("--budget", asked.budget, {"/yr", "/y"});
        const double start = asked.start.empty() ? std::ceil(s.from) : exact_number("--start", asked.start);
        const double years = asked.years.empty() ? std::max(1.0, std::floor(s.by - start) + 1)
                                                 : exact_number("--years", asked.years, {"y"});
        if (!(years >= 1 && years <= 1000)) throw usage_error("--years: 1 to 1000 is required, got " + asked.years);
        plan.tranches = cd::yearly_tranches(cd::us_dollars(budget), start, static_cast<std::size_t>(years));
        plan.life = exact_number("--life", asked.life, {"years", "yr", "y"});
        plan.machines = exact_number("--share", asked.share);
        plan.operators = asked.operators == "0" ? 0 : exact_number("--operators", asked.operators);
        if (plan.machines + plan.operators > 1)
            throw usage_error(fmt::format("--share and --operators: shares that do not exceed 1 are required, got {:g}",
                                          plan.machines + plan.operators));
        g.notes.push_back(
            fmt::format("a programme of {:.4g} dollars a year from {:g} on, {:g} % of it for machines and "
                        "{:g} % for those who operate them, of a life of {:g} years, shared among {:g} teams",
                        budget, start, 100 * plan.machines, 100 * plan.operators, plan.life, plan.teams));
    } else {
        const auto all = read_programmes(asked.programmes.empty() ? data_file("programmes.csv") : asked.programmes);
        const auto of = std::ranges::find(all, asked.programme, &known_programme::name);
        if (of == all.end()) {
            std::string names;
            for (const auto& each : all) names += (names.empty() ? "" : ", ") + each.name;
            throw usage_error(
                fmt::format("--programme: one of {} is required, got {}", names, cd::visible_line(asked.programme)));
        }
        plan.tranches = of->tranches;
        if (of->flop_per_second > 0)
            plan.tranches.push_back(
                {of->year, cd::us_dollars(0), of->flop_per_second / s.supply->peak.value().value()});
        plan.life = of->life;
        plan.machines = of->machines;
        g.notes.push_back(of->title + fmt::format(", shared among {:g} teams", plan.teams));
        g.sources.insert(g.sources.end(), of->sources.begin(), of->sources.end());
    }
    for (const cd::tranche& t : plan.tranches)
        if (t.year < s.from && t.budget.value() > 0)
            throw std::invalid_argument(
                fmt::format("a tranche from {:g} on is required, got {:g}: prices before are not "
                            "known (--from)",
                            s.from, t.year));
    s.plan = plan;
    // What there is without it.
    for (const known_programme& each : read_programmes(data_file("programmes.csv")))
        if (each.name == "us-universities" && asked.programme != each.name)
            g.notes.push_back(fmt::format("for comparison: {} are worth {} chips (H100-equivalents by price)",
                                          each.title, plain(each.tranches.front().chips)));
}

std::string range(const cd::estimate& e, double unit = 1) {
    if (!e.value) return std::string(cd::description_of(e.status));
    std::string text = plain(*e.value / unit);
    if (e.bounds) text += fmt::format(" ({} to {})", plain(e.lower() / unit), plain(e.upper() / unit));
    return text;
}
std::string chance(const cd::estimate& e) {
    if (!e.value) return "an unknown probability";
    if (*e.value < 0.01) return "a probability below 1 %";
    if (*e.value > 0.99) return "a probability above 99 %";
    return fmt::format("a probability of {:.0f} %", 100 * *e.value);
}

std::string paragraph_of(const gathered& g, const cd::scenario_result& r) {
    const cd::policy_scenario& s = g.scenario;
    std::string text = fmt::format("In {:.1f}, {} is {} times, or {} years, behind {}. ", s.from, g.who,
                                   range(r.path.front().without), range(r.years_behind), g.ahead);
    text += fmt::format("As things go the gap is multiplied by {} every year; that it ever closes has {}. ",
                        range(r.gap_growth), chance(r.parity));
    text += fmt::format("In {:g} it is {} times; that it is within {:g} times then has {}. ", s.by, range(r.gap),
                        s.within, chance(r.within));
    text += fmt::format("To be within, {} has to grow {} times a year. ", g.who, range(r.growth_needed));
    if (s.supply)
        text += fmt::format("One run of that size costs {} million dollars in {:g}. ", range(r.run_cost, 1e6), s.by);
    if (s.plan) {
        text += fmt::format("With the programme the gap is {} times in {:g}, within {:g} times with {}; ",
                            range(r.gap_with), s.by, s.within, chance(r.within_with));
        text += r.budget_times.value
                    ? fmt::format("it would take {} times its money to have a run within. ", range(r.budget_times))
                    : std::string("its machines are gone by then. ");
    }
    if (!r.inputs.empty()) {
        const auto& first = r.inputs.front();
        text += fmt::format("The answer hangs most on {}: alone it moves the gap from {} to {} times. ", first.name,
                            plain(std::min(first.gap_at_low, first.gap_at_high)),
                            plain(std::max(first.gap_at_low, first.gap_at_high)));
    }
    for (const auto warning : r.warnings) text += fmt::format("Mind: {}. ", cd::description_of(warning));
    text += fmt::format("Ranges are 5 to 95 % of {} draws.", r.n);
    return text;
}

cd::table table_of_answers(const gathered& g, const cd::scenario_result& r) {
    const cd::policy_scenario& s = g.scenario;
    cd::table t{.name = "answers", .title = "What it would take"};
    t.columns = {{.name = "what"}, {.name = "value"}, {.name = "unit"}};
    const auto year = [](double y) { return fmt::format("{:g}", std::round(y * 10) / 10); };
    add_row(t, "gap in " + year(s.from), r.path.front().without, "times");
    add_row(t, "years behind", r.years_behind, "years");
    add_row(t, "the gap grows", r.gap_growth, "times a year");
    add_row(t, "parity in", r.parity_years ? cd::to_cell(r.parity_years) : cd::to_cell("never, in most draws"),
            "years");
    add_row(t, "probability that it closes", r.parity, "");
    add_row(t, "gap in " + year(s.by), r.gap, "times");
    add_row(t, fmt::format("probability within {:g} times", s.within), r.within, "");
    add_row(t, "own growth to be within", r.growth_needed, "times a year");
    if (s.supply) add_row(t, "cost of a run within, " + year(s.by), r.run_cost, "USD");
    if (s.plan) {
        add_row(t, "gap in " + year(s.by) + " with the programme", r.gap_with, "times");
        add_row(t, "probability within, with it", r.within_with, "");
        add_row(t, "its chips in " + year(s.by), r.chips, "chips");
        add_row(t, "its largest run in " + year(s.by), r.programme_run, "FLOP");
        add_row(t, "its money would have to be", r.budget_times, "times as much");
    }
    return t;
}

cd::table purchases(const scenario_request& asked, const gathered& g) {
    const cd::policy_scenario& s = g.scenario;
    const double groups = exact_number("--groups", asked.groups);
    if (groups < 1) throw usage_error("--groups: 1 or more is required, got " + asked.groups);
    cd::table t{.name = "purchases", .title = "What the programme buys, at the medians of what is uncertain"};
    t.columns = {{.name = "year"},
                 {.name = "chips"},
                 {.name = "largest run, alone", .unit = "FLOP"},
                 {.name = "largest run, shared", .unit = "FLOP"},
                 {.name = "chip-days a year of each group"}};
    std::optional<double> paper;
    if (!asked.paper_run.empty()) {
        paper = exact_number("--paper-run", asked.paper_run, {"FLOP", " FLOP"});
        t.columns.push_back({.name = "papers' runs a year"});
    }
    const double first = std::ceil(s.from), decline = std::log10(s.supply->price_performance.value());
    for (double year = first; year <= s.by + 1e-9; ++year) {
        // Chips that were there before are of no price.
        const cd::price_path path{{{std::min(s.from, year), s.supply->price.value()}}, decline};
        const double chips = cd::stock_of(*s.plan, path, year);
        const auto run = [&](double sharers) -> std::optional<double> {
            if (chips == 0) return std::nullopt;
            return cd::largest_run(chips, s.supply->peak.value(), s.supply->utilisation.value(), s.supply->run_years,
                                   sharers)
                .value();
        };
        const double days = chips == 0 ? 0 : cd::chip_days_each(chips, groups);
        add_row(t, static_cast<std::int64_t>(year), chips, run(1), run(s.plan->teams), days);
        if (paper) {
            const auto a_year = chips == 0
                                    ? cd::flop()
                                    : cd::largest_run(chips, s.supply->peak.value(), s.supply->utilisation.value(), 1);
            t.rows.back().push_back(cd::to_cell(a_year / cd::flop(*paper)));
        }
    }
    t.notes.push_back(fmt::format("{:g} groups", groups));
    return t;
}

cd::table models_within_reach(const gathered& g, const cd::scenario_result& r) {
    cd::table t{.name = "models", .title = "The last year's models that one run could have been"};
    t.columns = {{.name = "a run of", .unit = "FLOP"}, {.name = "n"}, percent_column("share of the models")};
    models last;
    for (const auto& m : g.all)
        if (cd::decimal_year(m.published) > g.scenario.from - 1 && cd::decimal_year(m.published) <= g.scenario.from)
            last.push_back(m);
    if (!(r.programme_run.value > 0.0)) return t;
    const cd::estimate e = cd::trainable_share(last, &cd::epoch_model::training_flop, cd::flop(*r.programme_run.value));
    add_row(t, *r.programme_run.value, e.n, e);
    t.notes = {"Of models whose compute is known; the largest run is that of the last year of the scenario."};
    return t;
}

cd::table what_matters(const gathered& g, const cd::scenario_result& r) {
    cd::table t{.name = "assumptions", .title = "The assumptions, in order of what they move"};
    t.columns = {{.name = "assumption"},
                 {.name = "from", .header = "gap, low"},
                 {.name = "to", .header = "gap, high"},
                 percent_column("total"),
                 percent_column("first"),
                 {.name = "what it is"}};
    for (const cd::input_effect& each : r.inputs) {
        if (each.sobol.total.value == 0.0) continue;  // of costs alone
        const auto meaning = g.meaning.find(each.name);
        add_row(t, each.name, each.gap_at_low, each.gap_at_high, each.sobol.total, each.sobol.first,
                meaning == g.meaning.end() ? "" : meaning->second);
    }
    t.notes = {"gap: at the ends of the assumption's 90 % range, all others at their medians",
               "total, first: Sobol's indices of the logarithm of the gap; intervals are those of the simulation",
               "In none of these numbers: that growth goes on as it is, that money changes nobody else's growth, and "
               "what other money "
               "does."};
    return t;
}

cd::figure figure_of(const gathered& g, const cd::scenario_result& r) {
    figure_builder f({.name = "gap",
                      .title = "The gap over time",
                      .x = {.label = "Year", .scale = cd::axis_scale::date},
                      .y = {.label = "Gap", .unit = "times", .scale = cd::axis_scale::logarithmic},
                      .notes = {"Medians and quantiles of draws, of which there are n"}});
    const auto add = [&](const std::string& name, cd::estimate cd::gap_point::*which) {
        for (const cd::gap_point& p : r.path) f.add(name, p.year, p.*which);
    };
    add(g.scenario.plan ? "as things go" : "gap", &cd::gap_point::without);
    if (g.scenario.plan) add("with the programme", &cd::gap_point::with);
    return f.figure(g.sources);
}
/// The tornado: gaps at both ends of each assumption.
cd::figure tornado_of(const gathered& g, const cd::scenario_result& r) {
    figure_builder f({.name = "tornado",
                      .title = "What moves the gap, one assumption at a time",
                      .x = {.label = "Assumption, the most moving first", .scale = cd::axis_scale::categories},
                      .y = {.label = "Gap", .unit = "times", .scale = cd::axis_scale::logarithmic},
                      .notes = {"At the ends of each assumption's 90 % range, all others at their medians"}});
    for (const auto& [name, end] : {std::pair{"at its low end", &cd::input_effect::gap_at_low},
                                    std::pair{"at its high end", &cd::input_effect::gap_at_high}}) {
        for (const cd::input_effect& each : r.inputs)
            if (each.sobol.total.value != 0.0)
                f.add(name, each.name, {.value = each.*end, .status = cd::estimate_status::ok});
    }
    return f.figure(g.sources);
}

}  // namespace

scenario_report report_of(const scenario_request& asked) {
    gathered g;
    gather_gap(asked, g);
    gather_supply(asked, g);
    gather_programme(asked, g);
    const cd::policy_scenario& s = g.scenario;
    if (!(s.by > s.from)) throw usage_error(fmt::format("--by: a year after {:g} is required, got {:g}", s.from, s.by));
    for (const auto& each : s.frontier_growth)
        if (!(each.growth.value() > 1))
            throw usage_error(fmt::format("--frontier-growth: more than 1 times a year is required, got {:g} ({})",
                                          each.growth.value(), each.name));
    if (s.supply && !(s.supply->price_performance.value() > 1))
        throw usage_error("--price-performance: more than 1 times a year is required, got " + asked.price_performance);
    scenario_report report{.asked = s, .result = cd::run_scenario(s, asked.options)};
    const cd::scenario_result& r = report.result;
    report.paragraph = paragraph_of(g, r);

    cd::finding& f = report.finding;
    f = {.name = "scenario", .question = "What would it take?"};
    f.tables.push_back(table_of_answers(g, r));
    std::optional<cd::table> bought;
    if (s.plan) f.tables.push_back(*(bought = purchases(asked, g)));
    if (s.plan && !g.all.empty()) f.tables.push_back(models_within_reach(g, r));
    f.figures = {figure_of(g, r), tornado_of(g, r)};
    f.notes.push_back(report.paragraph);
    f.notes.insert(f.notes.end(), g.notes.begin(), g.notes.end());
    std::optional<cd::first_model> first;
    if (g.trends && g.trends->own_recent > 0 && g.trends->own.spread > 0 && s.frontier.value().value() > 0) {
        first = cd::first_model_of_size(g.trends->own, s.frontier.value().value(), asked.options.level);
        f.notes.push_back(
            fmt::format("academia's first model of {:.2g} FLOP, today's frontier, is to be expected in {} "
                        "years (a prediction)",
                        s.frontier.value().value(), range(first->years)));
    }
    if (!r.inputs.empty()) f.tables.push_back(what_matters(g, r));
    f.sources = g.sources;
    cd::json_object json = cd::json_object().with("scenario", s).with("result", r).with("paragraph", report.paragraph);
    json.with("first_model", first);
    if (bought) {
        const std::string rendered = cd::render(*bought, cd::table_format::json);
        json.with_text("purchases", std::string_view(rendered).substr(0, rendered.find_last_not_of('\n') + 1));
    }
    if (g.trends) json.with("trends", *g.trends);
    report.json = json.text();
    return report;
}

}  // namespace example
