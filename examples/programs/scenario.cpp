// SPDX-License-Identifier: BSL-1.0
// What would it take to stay within ten times of the frontier, how sure is that, and what does the answer hang on?
//   scenario --reference industry --within 10x --by 2031 --chip H100 --budget 200e6/yr --life 5y --draws 10000 --seed 1
//   scenario --programme nairr --reference frontier
//   scenario --gap 119.4 --frontier-growth 4.12 --own-growth 1.18
//   scenario --flop 2.1e25 --chip-peak 989.4e12 --utilisation 0.375 --chips 5000 --price 3.03
//   scenario --money 2.25e9 --price 3.03 --chip-peak 989.4e12 --utilisation 0.375 --years 6
//   scenario --chip-price 30000 --price-decline 0.14
// A number is exact, and 4..5 is 90 % of what it may be. Ends with 0; 1 for data that do not answer, 2 for wrong
// arguments, 3 where nothing could be told.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/policy/gap.hpp>
#include <compute_divide/policy/supply.hpp>
#include <compute_divide/report/render.hpp>

#include "support/command_line.hpp"
#include "support/models.hpp"
#include "support/own_table.hpp"
#include "support/plot.hpp"
#include "support/scenario_report.hpp"
#include "support/tables.hpp"

namespace cd = compute_divide;
using cd::uncertain;
using example::stated_number;
using example::usage_error;

namespace {

/// The numbers of the forms that are arithmetic alone.
struct plain_request {
    std::string flop, chips, price, money, decline;
};
/// Names and estimates, or none: of parity that is never.
struct plain_answer {
    struct row {
        std::string name;
        std::optional<cd::estimate> value;
        std::string unit;
    };
    std::vector<row> rows = {};
    std::string told = {};

    [[nodiscard]] std::string json() const {
        cd::json_object object;
        for (const row& each : rows) object.with(each.name, each.value);
        return object.text();
    }
    [[nodiscard]] cd::table table() const {
        cd::table t{
            .name = "scenario", .title = told, .columns = {{.name = "what"}, {.name = "value"}, {.name = "unit"}}};
        for (const row& each : rows) {
            std::string words = each.name;
            for (char& c : words) c = c == '_' ? ' ' : c;
            example::add_row(t, words, each.value ? cd::to_cell(*each.value) : cd::to_cell("never"), each.unit);
        }
        return t;
    }
};

/// An uncertain number in another unit, as an estimate.
template <class T>
cd::estimate estimate_of(const uncertain<T>& x, double level, double unit = 1) {
    cd::estimate e = x.estimate(level);
    *e.value /= unit;
    if (x.sources().empty())
        e.bounds.reset(), e.method = "exact";
    else
        e.bounds = cd::interval{e.lower() / unit, e.upper() / unit};
    return e;
}
template <class T>
uncertain<T> as(const uncertain<>& x) {
    return x * uncertain<T>(T(1));
}

plain_answer gap_of(const example::scenario_request& asked) {
    const auto number = [](std::string_view option, const std::string& text, const std::string& name) {
        return stated_number(option, text, name, {"x/yr", "/yr", "/y", "x"});
    };
    const auto gap = number("--gap", asked.gap, "gap"),
               frontier = number("--frontier-growth", asked.frontier_growth, "growth of the frontier"),
               own = number("--own-growth", asked.own_growth, "own growth");
    if (!(frontier.value() > 1))
        throw usage_error("--frontier-growth: more than 1 times a year is required, got " + asked.frontier_growth);
    const double level = asked.options.level;
    const cd::parity closes = cd::parity_of(gap, frontier, own, level);
    return {{{"years_behind", cd::years_behind(gap, frontier, level), "years"},
             {"gap_growth", estimate_of(cd::gap_growth(frontier, own), level), "times a year"},
             {"parity_years", closes.years ? std::optional(closes.years) : std::nullopt, "years"}},
            "A gap as it goes on"};
}

struct chip_numbers {
    uncertain<cd::flop_per_second> peak;
    uncertain<double> utilisation;
};
chip_numbers chip_of(const example::scenario_request& asked) {
    const auto u = stated_number("--utilisation", asked.utilisation, "utilisation");
    if (u.value() > 1) throw usage_error("--utilisation: at most 1 is required, got " + asked.utilisation);
    return {as<cd::flop_per_second>(stated_number("--chip-peak", asked.chip_peak, "peak")), u};
}

plain_answer run_of(const example::scenario_request& asked, const plain_request& plain) {
    const auto chip = chip_of(asked);
    const auto time =
        cd::chip_time_of(as<cd::flop>(stated_number("--flop", plain.flop, "FLOP")), chip.peak, chip.utilisation);
    const auto chips = stated_number("--chips", plain.chips, "chips");
    const auto cost = cd::cloud_cost(time, as<cd::us_dollars>(stated_number("--price", plain.price, "price")));
    const double level = asked.options.level;
    return {{{"chip_hours", estimate_of(time, level, 3600), "hours"},
             {"days", estimate_of(time / chips, level, 86'400), "days"},
             {"cost", estimate_of(cost, level), "USD"}},
            "A run"};
}

plain_answer money_of(const example::scenario_request& asked, const plain_request& plain) {
    const auto chip = chip_of(asked);
    const auto time = cd::rented_time(as<cd::us_dollars>(stated_number("--money", plain.money, "money")),
                                      as<cd::us_dollars>(stated_number("--price", plain.price, "price")));
    const auto years = stated_number("--years", asked.years, "years", {"y"});
    const double level = asked.options.level;
    return {{{"chip_hours", estimate_of(time, level, 3600), "hours"},
             {"flop", estimate_of(cd::work_of(time, chip.peak, chip.utilisation), level), "FLOP"},
             {"chips", estimate_of(time / years, level, cd::seconds_per_year), "chips"}},
            "What money rents"};
}

plain_answer price_of(const example::scenario_request& asked, const plain_request& plain) {
    const auto hour =
        cd::owned_chip_hour(as<cd::us_dollars>(stated_number("--chip-price", asked.chip_price, "price of a chip")),
                            stated_number("--price-decline", plain.decline, "price decline"));
    const double level = asked.options.level;
    return {{{"price_per_chip_hour", estimate_of(hour, level), "USD"},
             {"with_network", estimate_of(cd::with_network(hour), level), "USD"}},
            "What an hour of an owned chip costs"};
}

/// What a plain form does not know.
constexpr std::array<const char*, 43> options_of_scenarios{"--models",
                                                           "--on-error",
                                                           "--column",
                                                           "--show-columns",
                                                           "--vintage",
                                                           "--definition",
                                                           "--since",
                                                           "--reference",
                                                           "--gap",
                                                           "--frontier-growth",
                                                           "--own-growth",
                                                           "--from",
                                                           "--by",
                                                           "--within",
                                                           "--chip",
                                                           "--chip-peak",
                                                           "--chip-price",
                                                           "--utilisation",
                                                           "--price-performance",
                                                           "--electricity",
                                                           "--budget",
                                                           "--start",
                                                           "--years",
                                                           "--share",
                                                           "--operators",
                                                           "--life",
                                                           "--teams",
                                                           "--run",
                                                           "--groups",
                                                           "--programme",
                                                           "--programmes",
                                                           "--draws",
                                                           "--seed",
                                                           "--threads",
                                                           "--flop",
                                                           "--chips",
                                                           "--price",
                                                           "--money",
                                                           "--price-decline",
                                                           "--paragraph",
                                                           "--paper-run",
                                                           "--svg",
                                                           "--tornado"};

int run(int argc, char** argv) {
    example::scenario_request asked;
    plain_request plain;
    example::svg_option svg;
    std::string tornado;
    example::output_format output{.how = {.width = 110}};
    bool as_json = false, as_paragraph = false;
    std::uint64_t draws = asked.options.draws;
    example::command_line line("What it would take to stay within some times of the frontier",
                               "scenario --reference industry --within 10x --by 2031 --budget 200e6/yr --life 5y");
    line.add("--models", asked.models, "Epoch AI's models table, any vintage as downloaded").existing_file();
    line.add("--vintage", asked.vintage, "of a table that holds several");
    example::add_on_error(line, asked.on_error);
    example::program_columns().add_to(line);
    line.add("--definition", asked.definition, "which models count").one_of(example::definition_names());
    line.add("--since", asked.since, "the first year of the trends");
    line.add("--reference", asked.reference, "who is ahead: industry, frontier (the largest so far), or a run in FLOP");
    line.add("--gap", asked.gap, "how many times the frontier is ahead, in place of a table");
    line.add("--frontier-growth", asked.frontier_growth, "times a year; else fitted, and published");
    line.add("--own-growth", asked.own_growth, "of those behind, times a year; else fitted");
    line.add("--from", asked.from, "the year of the gap; else the last of the table");
    line.add("--by", asked.by, "the year asked about; else five later");
    line.add("--within", asked.within, "how many times");
    line.add("--chip", asked.chip, "that is bought");
    line.add("--chip-peak", asked.chip_peak, "FLOP/s; else the catalogue's 16-bit one");
    line.add("--chip-price", asked.chip_price, "USD; else the catalogue's");
    line.add("--utilisation", asked.utilisation, "of the peak; else 0.2..0.45");
    line.add("--price-performance", asked.price_performance, "what a dollar buys more of each year; else 1.28..1.48");
    line.add("--electricity", asked.electricity, "USD/kWh; else what industry pays");
    line.add("--budget", asked.budget, "USD a year");
    line.add("--start", asked.start, "first year of the budget");
    line.add("--years", asked.years, "how many; else until the year asked about");
    line.add("--share", asked.share, "of the budget for machines");
    line.add("--operators", asked.operators, "share for those who operate them");
    line.add("--life", asked.life, "of a machine");
    line.add("--teams", asked.teams, "among which the machines are shared");
    line.add("--run", asked.run, "for how long the largest run holds its chips");
    line.add("--groups", asked.groups, "of which each gets chip-days");
    line.add("--paper-run", asked.paper_run, "FLOP of a paper's run, such as the median: how many the programme is");
    line.add("--programme", asked.programme, "a published one, in place of a budget: nairr, nairr-pilot, ...");
    line.add("--programmes", asked.programmes, "a table of programmes of your own").existing_file();
    line.add("--draws", draws, "of everything at once");
    line.add("--seed", asked.options.seed, "of the draws");
    line.add("--threads", asked.options.threads, "0: as many as there are");
    line.add("--level", asked.options.level, "of the intervals").level();
    line.add("--flop", plain.flop, "plain: a run, with --chip-peak, --utilisation, --chips and --price");
    line.add("--chips", plain.chips, "plain: how many it runs on");
    line.add("--price", plain.price, "plain: USD a chip-hour");
    line.add("--money", plain.money, "plain: USD, with --price, --chip-peak, --utilisation and --years");
    line.add("--price-decline", plain.decline, "plain: orders of magnitude a year, with --chip-price");
    output.add_to(line);
    svg.add_to(line, "the gap over time");
    line.add("--tornado", tornado, "draws what moves it into this file (needs gnuplot)");
    line.flag("--paragraph", as_paragraph, "the paragraph alone");
    line.flag("--json", as_json, "every number, as one object");
    if (const auto end = line.parse(argc, argv)) return *end;
    output.check(line);
    example::exclude(line, "--json", "--format");
    svg.check();
    if (!tornado.empty()) example::require_writable("--tornado", tornado);
    asked.options.draws = draws;

    // Each form has its options; one that is not of the form is not ignored.
    struct form {
        const char* by;
        std::vector<const char*> with;
        plain_answer (*answer)(const example::scenario_request&, const plain_request&);
    };
    const std::array forms{form{"--flop", {"--chip-peak", "--utilisation", "--chips", "--price"}, run_of},
                           form{"--money", {"--price", "--chip-peak", "--utilisation", "--years"}, money_of},
                           form{"--price-decline", {"--chip-price"}, price_of},
                           form{"--gap",
                                {"--frontier-growth", "--own-growth"},
                                [](const example::scenario_request& r, const plain_request&) { return gap_of(r); }}};
    std::string text;
    const form* plainly = nullptr;
    for (const form& each : forms)
        if (line.has(each.by) && !plainly) {
            // A gap with a year, a programme or the like is a scenario.
            bool is_scenario = false;
            for (const char* const more : {"--by", "--from", "--budget", "--programme", "--within", "--draws"})
                is_scenario = is_scenario || line.has(more);
            if (std::string_view(each.by) != "--gap" || !is_scenario) plainly = &each;
        }
    for (const char* const each : {"--chips", "--price"})
        if (!plainly && line.has(each)) throw usage_error(std::string(each) + " goes with --flop or --money");
    if (plainly) {
        for (const char* const each : plainly->with)
            if (!line.has(each)) throw usage_error(std::string(each) + " is required with " + plainly->by);
        for (const std::string given : options_of_scenarios) {
            const auto is = [&](const char* known) { return given == known; };
            if (line.has(given) && !is(plainly->by) && std::ranges::none_of(plainly->with, is))
                throw usage_error(given + " does not go with " + plainly->by);
        }
        const plain_answer answer = plainly->answer(asked, plain);
        text = as_json ? answer.json() + "\n" : output.text_of({answer.table()});
    } else {
        const example::scenario_report report = example::report_of(asked);
        if (!report.result)
            throw example::nothing_to_report("the scenario has no result: " +
                                             std::string(name_of(report.result.status)));
        text = as_json        ? report.json + "\n"
               : as_paragraph ? report.paragraph + "\n"
                              : render(report.finding, output.format, output.how);
        if (!as_json && !as_paragraph && output.format == cd::table_format::text)
            text += "\n" + example::terminal_plot(report.finding.figures.front(), 78, 18);
        svg.write(report.finding.figures[0]);
        if (!tornado.empty()) example::write_svg(tornado, report.finding.figures[1]);
    }
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("scenario", run, argc, argv);
}
