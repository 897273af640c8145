// SPDX-License-Identifier: BSL-1.0
// What others have published, from the data of the examples: each row of published.csv names a number, its source, the
// range that it stands for as it is rounded, and whether our number lies in it. Where it does not, the row says why;
// that it does not is checked, too, so that no row says of itself what is not so.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/policy/supply.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/trends/log_trend.hpp>
#include <compute_divide/trends/z_scores.hpp>

namespace cd = compute_divide;
using namespace std::chrono_literals;
using cd::epoch_model;
using cd::team_kind;

namespace {

const std::string root = COMPUTE_DIVIDE_SOURCE_DIR;
using models = std::vector<epoch_model>;

struct published_value {
    double least, most;
    bool is_reproduced;
};

/// The rows of the table; each has to be asked for once.
class published_values {
public:
    published_values() {
        auto table = cd::csv_reader::open(root + "/tests/golden/published.csv");
        const cd::csv_column<std::string> id(table, "id"), source(table, "source"), why(table, "why"),
            reproduced(table, "reproduced");
        const cd::csv_column<double> value(table, "published"), least(table, "least"), most(table, "most");
        for (const cd::csv_row& row : table) {
            CAPTURE(id(row));
            CHECK(least(row) <= value(row));
            CHECK(value(row) <= most(row));
            CHECK(!source(row).empty());
            const bool is_reproduced = reproduced(row) == "yes";
            CHECK((is_reproduced || reproduced(row) == "no"));
            CHECK(why(row).empty() == is_reproduced);
            CHECK(rows_.emplace(id(row), published_value{least(row), most(row), is_reproduced}).second);
        }
    }
    void check(const std::string& id, double ours) {
        CAPTURE(id);
        CAPTURE(ours);
        const auto row = rows_.find(id);
        REQUIRE(row != rows_.end());
        CHECK((row->second.least <= ours && ours <= row->second.most) == row->second.is_reproduced);
        asked_.insert(id);
    }
    void check_that_all_were_asked() const {
        for (const auto& row : rows_) {
            CAPTURE(row.first);
            CHECK(asked_.contains(row.first));
        }
    }

private:
    std::map<std::string, published_value> rows_;
    std::set<std::string> asked_;
};

template <class Keep>
models those(const models& all, Keep keep) {
    models kept;
    std::ranges::copy_if(all, std::back_inserter(kept), keep);
    return kept;
}

/// How many notable models of a year each kind of team made; those of both sectors together as collaboration.
std::map<team_kind, double> teams_of(const models& vintage, int year) {
    std::map<team_kind, double> count;
    for (const epoch_model& m : vintage) {
        if (!m.notable || m.year != year) continue;
        const bool is_both = m.team == team_kind::academia_leaning || m.team == team_kind::industry_leaning;
        ++count[is_both ? team_kind::collaboration : m.team];
    }
    return count;
}

void check_ai_index(published_values& table, const models& of_2023_03, const models& of_2023_12,
                    const models& of_2025_08, const models& of_2025_12) {
    using enum team_kind;
    auto then = teams_of(of_2023_03, 2022);
    table.check("ai_index_2023_industry", then[industry_only]);
    table.check("ai_index_2023_academia", then[academia_only]);
    for (const auto& [vintage, suffix] : {std::pair{&of_2023_12, ""}, {&of_2025_12, "_newest"}}) {
        auto count = teams_of(*vintage, 2023);
        const double all_three = count[industry_only] + count[academia_only] + count[collaboration];
        table.check(std::string("ai_index_2024_industry") + suffix, count[industry_only]);
        table.check(std::string("ai_index_2024_industry_share") + suffix, count[industry_only] / all_three);
        table.check(std::string("ai_index_2024_academia_share") + suffix, count[academia_only] / all_three);
    }
    const auto industry_share = [](const models& vintage, int year) {
        double all = 0;
        auto count = teams_of(vintage, year);
        for (const auto& [kind, n] : count) all += n;
        return count[industry_only] / all;
    };
    table.check("ai_index_2025_industry_2023", industry_share(of_2025_12, 2023));
    table.check("ai_index_2025_industry_2024", industry_share(of_2025_08, 2024));
    table.check("ai_index_2025_industry_2024_newest", industry_share(of_2025_12, 2024));
}

/// Models of known date and compute within some time.
models dated(const models& all, std::chrono::sys_days since, std::chrono::sys_days until) {
    return those(all, [&](const epoch_model& m) {
        return m.training_flop > 0 && m.published && std::chrono::sys_days(*m.published) >= since &&
               std::chrono::sys_days(*m.published) < until;
    });
}
cd::log_trend trend_of(const models& chosen) {
    return cd::fit_log_trend(chosen, &epoch_model::published, &epoch_model::training_flop);
}

void check_growth(published_values& table, const models& of_2025_08, const models& of_2025_12) {
    const auto of_notable = [](const models& vintage) {
        return trend_of(
            dated(those(vintage, [](const epoch_model& m) { return m.notable; }), 2010y / 1 / 1, 9999y / 1 / 1));
    };
    const cd::trend_options classical{.interval = cd::trend_interval::classical, .level = 0.9};
    const cd::log_trend trend = of_notable(of_2025_08);
    const cd::estimate factor = trend.growth(classical).factor;
    table.check("epoch_growth", *factor.value);
    table.check("epoch_growth_n", static_cast<double>(factor.n));
    table.check("epoch_growth_r2", trend.r_squared().value());
    table.check("epoch_growth_lower", factor.lower());
    table.check("epoch_growth_upper", factor.upper());
    table.check("epoch_data_insight", *factor.value);
    const cd::estimate newest = of_notable(of_2025_12).growth(classical).factor;
    table.check("epoch_growth_newest", *newest.value);
    table.check("epoch_growth_about", *newest.value);
}

/// The published algorithm: outliers by z-score in a window of 364 days to each side; low ones are left out, high ones
/// after 2015-09-01 are large-scale.
void check_eras(published_values& table, const models& of_2023_03) {
    const models studied = dated(of_2023_03, 1950y / 1 / 2, 2022y / 2 / 1);
    cd::z_score_options rule{.only_after = std::chrono::sys_days{2015y / 9 / 1}};
    const auto outliers = [&] {
        return cd::z_score_outliers(studied, &epoch_model::published, &epoch_model::training_flop, rule).indices;
    };
    const auto high = outliers();
    rule.side = cd::outlier_side::low;
    rule.only_after.reset();
    const auto low = outliers();
    models regular, large;
    for (std::size_t i = 0; i < studied.size(); ++i) {
        const bool is_high = std::ranges::binary_search(high, i);
        if (is_high || !std::ranges::binary_search(low, i)) (is_high ? large : regular).push_back(studied[i]);
    }
    const std::array<std::pair<std::string, models>, 3> eras{
        {{"sevilla_first_era", dated(regular, 1900y / 1 / 1, 2009y / 12 / 31)},
         {"sevilla_second_era", dated(regular, 2010y / 1 / 1, 9999y / 1 / 1)},
         {"sevilla_third_era", large}}};
    for (const auto& [id, members] : eras) {
        const auto growth = trend_of(members).growth({.units = {cd::year_length::days_365, cd::month_length::days_30}});
        table.check(id, *growth.doubling.months.value);
        table.check(id + "_n", static_cast<double>(members.size()));
    }
}

void check_top500(published_values& table) {
    struct segment {
        std::string list, name;
        double systems, teraflops;
    };
    auto rows = cd::csv_reader::open(root + "/examples/data/top500_segments.csv");
    const cd::csv_column<std::string> list(rows, "List"), name(rows, "Segment");
    const cd::csv_column<double> systems(rows, "Systems"), teraflops(rows, "Rmax (TFLOP/s)");
    std::vector<segment> segments;
    for (const cd::csv_row& row : rows) segments.push_back({list(row), name(row), systems(row), teraflops(row)});
    const auto by_rmax = cd::tabulate(segments, &segment::list, &segment::name, &segment::teraflops);
    for (const std::string year : {"2018", "2024"}) {
        const auto& row = *by_rmax.find(year + "-11");
        table.check("top500_" + year + "_rmax", row.weight / 1e6);
        table.check("top500_" + year + "_academic", row.weight_of("Academic") / row.weight);
    }
    table.check("top500_2018_aggregate", by_rmax.find("2018-11")->weight / 1e6);
    double all = 0;
    for (const segment& s : segments)
        if (s.list == "2018-11") all += s.systems;
    table.check("top500_2018_systems", all);
}

/// Costs as published, and as the library reckons them: see tests/policy/supply.test.cpp, which does of all 37 runs.
void check_costs(published_values& table) {
    auto rows = cd::csv_reader::open(root + "/tests/reference/training_costs.csv");
    const cd::csv_column<std::string> name(rows, "model"), hardware(rows, "hardware");
    const cd::csv_column<std::chrono::year_month_day> published(rows, "published");
    const cd::csv_column<double> chips(rows, "chips"), hours(rows, "hours"), cost(rows, "cost"), bought(rows, "bought");
    const std::map<std::string, std::string> ids{
        {"GPT-4", "gpt_4"}, {"Gemini 1.0 Ultra", "gemini_ultra"}, {"GPT-3 175B (davinci)", "gpt_3"}};
    const cd::accelerator_catalogue catalogue;
    for (const cd::csv_row& row : rows) {
        const auto id = ids.find(name(row));
        if (id == ids.end()) continue;
        table.check("cost_" + id->second, cost(row) / 1e6);
        const cd::accelerator& chip = catalogue.at(hardware(row));
        const double begun = cd::decimal_year(published(row)) - (60 + hours(row) / 24) / 365.25;
        const double first = cd::decimal_year(*chip.released) + 90 / 365.25;
        const cd::price_path path{{{std::min(first, begun), cd::us_dollars(bought(row) / chips(row))}},
                                  cd::price_performance_growth};
        const cd::uncertain<cd::us_dollars> price(path.at(begun), "price", 0.16);
        const cd::uncertain<double> decline(cd::price_performance_growth, "lifetime", 0.155);
        const auto energy = cd::electricity_of_chip_hour(chip.power.value_or(cd::watts(300)),
                                                         cd::typical_energy_factors(chip, cd::data_centre::other),
                                                         cd::typical_electricity_price(static_cast<int>(begun)));
        const auto ours =
            cd::uncertain<double>(chips(row) * hours(row)) * (cd::owned_chip_hour(price, decline) + energy);
        MESSAGE(name(row), ": ", ours.value().value() / 1e6, " million USD, published ", cost(row) / 1e6);
        table.check("our_cost_" + id->second, ours.value().value() / 1e6);
    }
}

/// How fast the cost of the most compute-intensive models grows: of those that were among the ten largest when they
/// appeared, from October 2015 on, the day of the first of them.
void check_cost_growth(published_values& table, const models& vintage, const std::string& suffix) {
    auto rows = cd::csv_reader::open(root + "/tests/reference/amortised_costs.csv");
    const cd::csv_column<std::string> name(rows, "model");
    const cd::csv_column<double> cost(rows, "cost");
    std::map<std::string, double> costs;
    for (const cd::csv_row& row : rows) costs.emplace(name(row), cost(row));
    const models known =
        dated(those(vintage, [](const epoch_model& m) { return m.training_flop > 0; }), 1950y / 1 / 1, 9999y / 1 / 1);
    struct run {
        double date, cost;
    };
    std::vector<run> runs;
    for (const epoch_model& m : known) {
        const double date = cd::decimal_year(m.published);
        const auto larger = std::ranges::count_if(known, [&](const epoch_model& other) {
            return cd::decimal_year(other.published) <= date && *other.training_flop > *m.training_flop;
        });
        if (const auto found = costs.find(m.name); found != costs.end() && larger < 10 && date >= 2015.75)
            runs.push_back({date, found->second});
    }
    const auto growth = cd::fit_log_trend(runs, &run::date, &run::cost).growth({.level = 0.9}).factor;
    MESSAGE("cost of ", runs.size(), " models grows ", growth.value.value(), " times a year");
    table.check("cost_growth" + suffix, *growth.value);
    if (!suffix.empty()) return;
    table.check("cost_growth_lower", growth.lower());
    table.check("cost_growth_upper", growth.upper());
}

}  // namespace

TEST_CASE("what others have published") {
    const models all = cd::read_epoch(cd::csv_reader::open(root + "/examples/data/models.csv")).models;
    const auto of = [&](const std::string& vintage) {
        return those(all, [&](const epoch_model& m) { return m.vintage == vintage; });
    };
    const models of_2023_03 = of("2023-03"), of_2023_12 = of("2023-12"), of_2025_08 = of("2025-08"),
                 of_2025_12 = of("2025-12");
    published_values table;
    check_ai_index(table, of_2023_03, of_2023_12, of_2025_08, of_2025_12);
    check_growth(table, of_2025_08, of_2025_12);
    check_eras(table, of_2023_03);
    check_top500(table);
    check_costs(table);
    check_cost_growth(table, of_2023_12, "");
    check_cost_growth(table, of_2025_12, "_newest");
    table.check_that_all_were_asked();
}
