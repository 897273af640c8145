// SPDX-License-Identifier: BSL-1.0
// Who trains the large models? Shares of models by kind of team and year, with their intervals, under every definition
// of "large-scale" that the field uses: the answer moves with the definition and with the vintage of the table.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/io/epoch.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/statistics/proportion.hpp>

#include "support/models.hpp"

namespace cd = compute_divide;
using cd::team_kind;
using example::definition;
using example::definitions;
using example::models;
using json = nlohmann::ordered_json;

namespace {

/// The models of a vintage that can be counted: of known compute, year and category. The others count in `missing`.
struct sample {
    models known;
    std::size_t missing = 0;
};

sample countable(const models& vintage) {
    sample s;
    for (const auto& m : vintage) {
        if (m.training_flop > 0 && m.year && m.team != team_kind::unknown)
            s.known.push_back(m);
        else
            ++s.missing;
    }
    return s;
}

/// The study's early 2010s and early 2020s.
const std::vector<cd::key_window<int>> periods{{2010, 2014}, {2020, 2022}};

/// Counts by team kind, for each year and for both periods.
struct counts {
    cd::tally_table<int, team_kind> years;
    cd::tally_table<cd::key_window<int>, team_kind> periods;
};

counts count(const models& chosen) {
    const auto years = cd::tabulate(chosen, &cd::epoch_model::year, &cd::epoch_model::team);
    return {years, cd::windows(years, periods)};
}

cd::estimate share_in(const auto* row, team_kind kind, const cd::share_options& options) {
    return row ? cd::share(row->weight_of(kind), row->weight, options) : cd::share(0, 0, options);
}

std::string cell(const auto* row, team_kind kind, const cd::share_options& options) {
    const cd::estimate e = share_in(row, kind, options);
    if (!e) return "none";
    return fmt::format("{:g} of {:g}: {:.1f} % [{:.1f}, {:.1f}]", row->weight_of(kind), row->weight, 100 * *e.value,
                       100 * e.lower(), 100 * e.upper());
}

/// A row of the table: academia only, collaborations, industry only, others; and the same as a bar of 40 letters.
void print_row(const std::string& label, const auto& row, const cd::share_options& options) {
    const auto both = row.weight_of(team_kind::academia_leaning) + row.weight_of(team_kind::collaboration) +
                      row.weight_of(team_kind::industry_leaning);
    const auto academia = cd::share(row.weight_of(team_kind::academia_only), row.weight, options);
    const auto industry = cd::share(row.weight_of(team_kind::industry_only), row.weight, options);
    if (!academia) return;
    std::string bar;
    double drawn = 0;
    for (const auto& [weight, letter] : {std::pair(row.weight_of(team_kind::academia_only), 'A'),
                                         {both, '+'},
                                         {row.weight_of(team_kind::industry_only), 'I'},
                                         {row.weight, '.'}}) {
        drawn = std::min(row.weight, drawn + weight);
        bar.resize(static_cast<std::size_t>(std::lround(40 * drawn / row.weight)), letter);
    }
    fmt::print("{:<9} {:>4g}  {:>5.1f} % [{:>5.1f}, {:>5.1f}]  {:>5.1f} % [{:>5.1f}, {:>5.1f}]  {}\n", label,
               row.weight, 100 * *academia.value, 100 * academia.lower(), 100 * academia.upper(), 100 * *industry.value,
               100 * industry.lower(), 100 * industry.upper(), bar);
}

json to_json(int from, int to, const auto& row, const cd::share_options& options) {
    json teams;
    for (const auto& [kind, name] : enumerators(team_kind{})) {
        if (kind == team_kind::unknown) continue;
        json& team = teams[std::string(name)];
        team["count"] = static_cast<std::uint64_t>(row.weight_of(kind));
        const cd::estimate e = cd::share(row.weight_of(kind), row.weight, options);
        team["share"] = e ? json(*e.value) : json();
        team["lower"] = e ? json(e.lower()) : json();
        team["upper"] = e ? json(e.upper()) : json();
    }
    return {{"from", from}, {"to", to}, {"n", row.n}, {"teams", teams}};
}

void print_json(const definition& d, const sample& s, const counts& c, const cd::share_options& options) {
    json out{{"definition", d.name},   {"interval", cd::name_of(options.interval)},
             {"level", options.level}, {"missing", s.missing},
             {"years", json::array()}, {"windows", json::array()}};
    for (const auto& row : c.years) out["years"].push_back(to_json(row.key, row.key, row, options));
    for (const auto& row : c.periods) out["windows"].push_back(to_json(row.key.from, row.key.to, row, options));
    fmt::print("{}\n", out.dump());
}

/// From which year on industry-only teams are more than academia-only ones in every year up to 2022.
std::string industry_leads_from(const counts& c) {
    std::optional<int> since;
    for (const auto& row : c.years) {
        if (row.key > 2022) break;
        const bool leads = row.weight_of(team_kind::industry_only) > row.weight_of(team_kind::academia_only);
        if (!leads) since.reset();
        if (leads && !since) since = row.key;
    }
    return since ? fmt::format("since {}", *since) : "not yet";
}

/// The headline numbers: academia-only teams in both periods, industry-only teams in 2022.
std::array<std::string, 3> headlines(const counts& c, const cd::share_options& options) {
    return {cell(c.periods.find(periods[0]), team_kind::academia_only, options),
            cell(c.periods.find(periods[1]), team_kind::academia_only, options),
            cell(c.years.find(2022), team_kind::industry_only, options)};
}

void print_ledger(const sample& s, const std::string& vintage, const cd::share_options& options) {
    std::array<std::string, 4> findings;
    for (const auto& d : definitions()) {
        const counts c = count(d.choose(s.known));
        const auto here = headlines(c, options);
        const auto add = [&](std::size_t i, std::string_view finding, std::string_view study, std::string_view ours) {
            findings[i] += fmt::format("{}\t{}\t{}\t{}, {}\n", finding, study, ours, d.name, vintage);
        };
        add(0, "academia only, 2010-14", "about 65 %", here[0]);
        add(1, "academia only, 2020-22", "about 10 %", here[1]);
        add(2, "industry only, 2022", "81 %", here[2]);
        add(3, "more industry-only than academia-only", "since 2017", industry_leads_from(c));
    }
    for (const auto& lines : findings) fmt::print("{}", lines);
}

void print_years(const counts& c, int since, const cd::share_options& options) {
    fmt::print(
        "years        n  academia only           industry only           A academia, + both, I industry, . other\n");
    for (const auto& row : c.years)
        if (row.key >= since) print_row(std::to_string(row.key), row, options);
    for (const auto& row : c.periods) print_row(fmt::format("{}-{:02}", row.key.from, row.key.to % 100), row, options);
}

void print_definitions(const example::model_table& table, const cd::share_options& options) {
    constexpr auto line = "{:<10}  {:<20}  {:<32}  {:<32}  {}\n";
    fmt::print(line, "vintage", "definition", "academia only, 2010-14", "academia only, 2020-22",
               "industry only, 2022");
    for (const auto& vintage : table.vintages) {
        const sample s = countable(table.of(vintage));
        for (const auto& d : definitions()) {
            const auto here = headlines(count(d.choose(s.known)), options);
            fmt::print(line, vintage, d.name, here[0], here[1], here[2]);
        }
    }
    fmt::print(line, "the study", "not public", "about 65 %", "about 10 %", "81 %");
}

}  // namespace

int main(int argc, char** argv) try {
    std::string path = COMPUTE_DIVIDE_DATA_DIR "/models.csv";
    std::string vintage = "2023-12";
    std::string wanted = "notable";
    std::string interval = "wilson";
    cd::share_options options;
    int since = 2010;
    bool as_json = false;
    bool as_ledger = false;
    std::vector<std::string> interval_names;
    for (const auto& entry : enumerators(options.interval)) interval_names.emplace_back(entry.name);

    CLI::App app("Shares of large-scale machine-learning models by kind of team and year");
    app.add_option("--models", path, "Epoch AI's models table, any vintage as downloaded")->check(CLI::ExistingFile);
    app.add_option("--vintage", vintage, "of a table that holds several")->capture_default_str();
    app.add_option("--definition", wanted, "which models count")
        ->check(CLI::IsMember(example::definition_names()))
        ->capture_default_str();
    app.add_option("--interval", interval, "of the shares")
        ->check(CLI::IsMember(interval_names))
        ->capture_default_str();
    app.add_option("--level", options.level, "of the intervals")->capture_default_str();
    app.add_option("--since", since, "first year printed")->capture_default_str();
    app.add_flag("--json", as_json, "one object with every number");
    app.add_flag("--ledger", as_ledger, "one line per finding, tabs between");
    CLI11_PARSE(app, argc, argv);
    options.interval = cd::parse_name<cd::proportion_interval>(interval);

    const example::model_table table = example::read_models(path);
    vintage = table.vintage(vintage);
    const sample s = countable(table.of(vintage));
    const definition chosen = example::definition_named(wanted);
    const counts c = count(chosen.choose(s.known));
    if (as_json) {
        print_json(chosen, s, c, options);
    } else if (as_ledger) {
        print_ledger(s, vintage, options);
    } else {
        fmt::print("Who trains the large models? {} ({}), {}\n", chosen.name, chosen.meaning, vintage);
        fmt::print("{} models have compute, year and category, {} do not; {} intervals at {:g} %\n\n", s.known.size(),
                   s.missing, interval, 100 * options.level);
        print_years(c, since, options);
        fmt::print("\nThe answer moves with the definition and the vintage:\n");
        print_definitions(table, options);
    }
} catch (const std::exception& error) {
    fmt::print(stderr, "academic_share: {}\n", error.what());
    return 1;
}
