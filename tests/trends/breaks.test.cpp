// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/breaks.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/trends/bootstrap_breaks.hpp>

#include "support/broken_trends.hpp"
#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
namespace chrono = std::chrono;
using namespace std::chrono_literals;
using cd::break_choice;
using cd::break_interval;
using cd::break_kind;
using namespace test_support;

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

double decimal_year_of(double exact_day) {
    return cd::decimal_year(chrono::sys_time<chrono::duration<double, chrono::days::period>>{
        chrono::duration<double, chrono::days::period>{exact_day}});
}

auto fit(const models& records, const cd::segmented_options& options = {}) {
    return cd::fit_segmented_trend(records, &model::date, &model::flop, options);
}

}  // namespace

TEST_CASE("the best breaks are those of exhaustive search, with their profiles and standard errors") {
    for (const auto& row : reference_table("breaks", 23)) {
        CAPTURE(row.text);
        const auto number = [&row](std::size_t column, std::size_t j) { return row.numbers[column + j]; };
        const bool is_continuous = row.numbers[0] == 0;
        const auto breaks = static_cast<std::size_t>(row.numbers[1]);
        cd::segmented_options options{.kind = is_continuous ? break_kind::continuous : break_kind::discontinuous,
                                      .breaks = breaks};
        const auto& records = samples().at(row.name);
        const auto found = fit(records, options);
        REQUIRE(found.status == cd::estimate_status::ok);
        REQUIRE(found.breaks.size() == breaks);
        REQUIRE(found.segments.size() == breaks + 1);
        CHECK(close(found.rss, row.numbers[2], 1e-11));
        options.interval = break_interval::delta;
        for (std::size_t j = 0; j < breaks; ++j) {
            CHECK(close(found.breaks[j].day, number(3, j), 1e-10));
            CHECK(close(*found.breaks[j].year.value, decimal_year_of(number(3, j)), 1e-12));
            CHECK(close(found.breaks[j].year.lower(), decimal_year_of(number(6, j)), 1e-9));
            CHECK(close(found.breaks[j].year.upper(), decimal_year_of(number(9, j)), 1e-9));
            if (!is_continuous) continue;
            const double margin =
                cd::detail::two_sided_t(0.95, static_cast<double>(found.n - 2 - 2 * breaks)) * number(20, j);
            const auto delta = fit(records, options).breaks[j].year;
            CHECK(close(delta.lower(), decimal_year_of(number(3, j) - margin), 1e-11));
            CHECK(close(delta.upper(), decimal_year_of(number(3, j) + margin), 1e-11));
        }
        const double t = cd::detail::two_sided_t(0.95, static_cast<double>(found.n - 2 - 2 * breaks));
        for (std::size_t j = 0; j <= breaks; ++j) {
            const auto& slope = found.segments[j].growth.slope;
            CHECK(slope.degrees_of_freedom == static_cast<double>(found.n - 2 - 2 * breaks));
            CHECK(close(found.segments[j].log10_per_day, number(12, j), 1e-8));
            CHECK(close(*slope.value, 365.25 * number(12, j), 1e-8));
            CHECK(close(slope.upper() - *slope.value, 365.25 * t * number(16, j), 1e-8));
            CHECK(close(*slope.value - slope.lower(), 365.25 * t * number(16, j), 1e-8));
        }
    }
}

TEST_CASE("R's segmented and strucchange find the same") {
    for (const auto& row : reference_table("breaks_r", 18)) {
        CAPTURE(row.text);
        const bool is_continuous = row.numbers[0] == 0;
        const auto breaks = static_cast<std::size_t>(row.numbers[1]);
        const auto found =
            fit(samples().at(row.name), {.kind = is_continuous ? break_kind::continuous : break_kind::discontinuous,
                                         .breaks = breaks,
                                         .interval = is_continuous ? break_interval::delta : break_interval::profile});
        CHECK(close(found.rss, row.numbers[2], 1e-9));
        CHECK(close(found.counts.back().bic, row.numbers[3], 1e-9));
        for (std::size_t j = 0; j < std::min<std::size_t>(breaks, 2); ++j)
            CHECK(close(found.breaks[j].day, row.numbers[4 + j], is_continuous ? 1e-7 : 0));
        if (!is_continuous) continue;
        // segmented stops at about 1e-8 of the date.
        for (std::size_t j = 0; j <= breaks; ++j) {
            CHECK(close(found.segments[j].log10_per_day, row.numbers[6 + j], 1e-5));
        }
        for (std::size_t j = 0; j < breaks; ++j) {
            CHECK(close(found.breaks[j].year.lower(), decimal_year_of(row.numbers[14 + j]), 1e-7));
            CHECK(close(found.breaks[j].year.upper(), decimal_year_of(row.numbers[16 + j]), 1e-7));
        }
    }
}

TEST_CASE("the number of breaks is that of the smallest criterion, and the true one by lwz") {
    struct expected {
        std::string name;
        break_kind kind;
        std::size_t breaks;
    };
    for (const expected& row :
         {expected{"bend", break_kind::continuous, 1}, expected{"bends", break_kind::continuous, 2},
          expected{"yearly", break_kind::continuous, 1}, expected{"line", break_kind::continuous, 0},
          expected{"line", break_kind::discontinuous, 0}, expected{"jump", break_kind::discontinuous, 1},
          expected{"eras", break_kind::discontinuous, 2}}) {
        CAPTURE(row.name);
        const break_kind kind = row.kind;
        const auto& records = samples().at(row.name);
        const auto n = static_cast<double>(records.size());
        const double a_break = kind == break_kind::continuous ? 2 : 3;
        const auto by_bic = fit(records, {.kind = kind});
        CHECK(by_bic.counts.size() == 6);
        for (const auto& count : by_bic.counts) {
            CHECK(count.criterion == count.bic);
            CHECK(count.bic >= by_bic.counts[by_bic.breaks.size()].bic);
        }
        const auto by_lwz = fit(records, {.kind = kind, .choice = break_choice::lwz});
        CHECK(by_lwz.breaks.size() == row.breaks);
        for (const auto& count : by_lwz.counts) {
            const double p = 2 + a_break * static_cast<double>(count.breaks);
            const double expected_lwz = std::log(count.rss / (n - p)) + p * 0.299 * std::pow(std::log(n), 2.1) / n;
            CHECK(close(count.criterion, expected_lwz, 1e-12));
        }
        const auto penalised = [&](double penalty) {
            return fit(records, {.kind = kind, .choice = break_choice::penalty, .penalty = penalty}).breaks;
        };
        CHECK(penalised(a_break * std::log(n)) == by_bic.breaks);
        CHECK(penalised(1e9).empty());
    }
}

TEST_CASE("breaks without noise are found exactly, and no others") {
    struct exact_case {
        break_kind kind;
        models records;
        std::vector<double> days;
        std::vector<double> slopes;
    };
    const auto jump_at = [](double x, double start, double size) { return x >= start ? size : 0; };
    for (const auto& [kind, records, days, slopes] :
         {exact_case{break_kind::continuous, trend_of(80, 50, [](double) { return 0.0; }), {}, {0.001}},
          exact_case{break_kind::discontinuous, trend_of(80, 50, [](double) { return 0.0; }), {}, {0.001}},
          exact_case{break_kind::continuous,
                     trend_of(80, 50, [](double x) { return 0.002 * after(x, 1717); }),
                     {1717},
                     {0.001, 0.003}},
          exact_case{break_kind::continuous,
                     trend_of(80, 50, [](double x) { return 0.002 * after(x, 1015.5) - 0.0025 * after(x, 2950); }),
                     {1015.5, 2950},
                     {0.001, 0.003, 0.0005}},
          exact_case{break_kind::continuous,
                     trend_of(80, 50,
                              [](double x) {
                                  return 0.002 * after(x, 1015.5) - 0.0025 * after(x, 2042) + 0.0015 * after(x, 3127);
                              }),
                     {1015.5, 2042, 3127},
                     {0.001, 0.003, 0.0005, 0.002}},
          exact_case{break_kind::discontinuous,
                     trend_of(80, 50, [&](double x) { return jump_at(x, 1750, 2); }),
                     {1750},
                     {0.001, 0.001}},
          exact_case{
              break_kind::discontinuous,
              trend_of(80, 50,
                       [&](double x) { return jump_at(x, 1000, 2) - jump_at(x, 3000, 1) + 0.002 * after(x, 3000); }),
              {1000, 3000},
              {0.001, 0.001, 0.003}}}) {
        const auto found = fit(records, {.kind = kind});
        REQUIRE(found.breaks.size() == days.size());
        CHECK(found.rss < 1e-20);
        for (std::size_t j = 0; j < days.size(); ++j) {
            CHECK(close(found.breaks[j].day, 14610 + days[j], 1e-9));
            CHECK(found.breaks[j].date == day(found.breaks[j].day));
            CHECK(found.breaks[j].year.lower() <= *found.breaks[j].year.value);
            CHECK(found.breaks[j].year.upper() >= *found.breaks[j].year.value);
            if (kind == break_kind::continuous) CHECK(found.breaks[j].year.bounds->width() < 1e-3);
        }
        for (std::size_t j = 0; j < slopes.size(); ++j) CHECK(close(found.segments[j].log10_per_day, slopes[j], 1e-9));
        for (const auto& record : records) CHECK(close(*found.at(record.date), record.flop, 1e-9));
    }
}

TEST_CASE(
    "a discontinuous break is on the day of the first record after it; its interval begins at the record before") {
    const models records = trend_of(40, 100, [](double x) { return x >= 2000 ? 3.0 : 0.0; });
    const auto found = fit(records, {.kind = break_kind::discontinuous, .breaks = 1});
    REQUIRE(found.breaks.size() == 1);
    CHECK(found.breaks[0].date == day(16610));
    CHECK(found.breaks[0].earliest == day(16510));
    CHECK(found.breaks[0].latest == day(16610));
    CHECK(found.segments[0].last == day(16510));
    CHECK(found.segments[1].first == day(16610));
    CHECK(found.segments[0].growth.slope.n == 20);
    CHECK_FALSE(found.breaks[0].open_before);
    CHECK_FALSE(found.breaks[0].open_after);
}

TEST_CASE("units, order and place of the data do not matter") {
    std::mt19937_64 random(7);
    for (const char* const name : {"bends", "models"}) {
        const models& records = samples().at(name);
        for (const break_kind kind : {break_kind::continuous, break_kind::discontinuous}) {
            const cd::segmented_options options{.kind = kind, .breaks = 2};
            const auto found = fit(records, options);
            models moved = records;
            std::ranges::shuffle(moved, random);
            CHECK(fit(moved, options) == found);
            for (auto& record : moved) record = {record.date + chrono::days{10000}, record.flop * 1024};
            const auto later = fit(moved, options);
            CHECK(close(later.rss, found.rss, 1e-11));
            for (std::size_t j = 0; j < 2; ++j) {
                CHECK(close(later.breaks[j].day, found.breaks[j].day + 10000, 1e-9));
                CHECK(later.breaks[j].open_before == found.breaks[j].open_before);
                CHECK(later.breaks[j].open_after == found.breaks[j].open_after);
            }
            CHECK(cd::fit_segmented_trend(single_pass<model>(records), &model::date, &model::flop, options) == found);
        }
    }
}

TEST_CASE("segments meet; before and after the data the first and the last go on") {
    const auto found = fit(samples().at("bends"), {.breaks = 2});
    for (std::size_t j = 0; j < 2; ++j) {
        const auto& one = found.breaks[j];
        const auto value_by = [&one](const cd::trend_segment& segment) {
            return segment.log10_value + segment.log10_per_day * (one.day - segment.day);
        };
        CHECK(close(value_by(found.segments[j]), value_by(found.segments[j + 1]), 1e-12));
    }
    const auto& last = found.segments.back();
    CHECK(
        close(*found.at(day(30000)), std::pow(10, last.log10_value + last.log10_per_day * (30000 - last.day)), 1e-12));
    const auto& first = found.segments.front();
    CHECK(close(*found.at(day(0)), std::pow(10, first.log10_value - first.log10_per_day * first.day), 1e-12));
    CHECK_FALSE(found.at(2020y / 2 / 30));
}

TEST_CASE("intervals cover as often as they say") {
    // 500 series a kind; at 90 % the binomial standard deviation is 1.3 %. Delta is known to be too short.
    std::mt19937_64 random(3);
    std::normal_distribution<double> error(0, 0.3);
    int continuous_profile = 0, continuous_delta = 0, discontinuous_profile = 0, slope = 0;
    constexpr int series = 500;
    for (int i = 0; i < series; ++i) {
        const auto noisy = [&](auto more) {
            return trend_of(60, 60, [&](double x) { return more(x) + error(random); });
        };
        const models bent = noisy([](double x) { return 0.001 * after(x, 1700); });
        const double truth = decimal_year_of(14610 + 1700);
        cd::segmented_options options{.breaks = 1, .level = 0.9};
        const auto profile = fit(bent, options);
        continuous_profile += profile.breaks[0].year.bounds->contains(truth);
        slope += profile.segments[1].growth.slope.bounds->contains(0.002 * 365.25);
        options.interval = break_interval::delta;
        continuous_delta += fit(bent, options).breaks[0].year.bounds->contains(truth);
        const models jumped = noisy([](double x) { return x >= 1740 ? 0.45 : 0; });
        const auto jump = fit(jumped, {.kind = break_kind::discontinuous, .breaks = 1, .level = 0.9});
        discontinuous_profile += jump.breaks[0].year.bounds->contains(decimal_year_of(14610 + 1740));
    }
    CHECK(continuous_profile > 0.86 * series);
    CHECK(continuous_profile < 0.95 * series);
    CHECK(continuous_delta > 0.7 * series);
    CHECK(continuous_delta < continuous_profile);
    CHECK(slope > 0.84 * series);
    CHECK(slope < 0.95 * series);
    CHECK(discontinuous_profile > 0.86 * series);
}

TEST_CASE("segments have the records and the dates that are asked for") {
    const models& records = samples().at("models");
    for (const break_kind kind : {break_kind::continuous, break_kind::discontinuous})
        for (const std::size_t least : {3U, 50U, 100U}) {
            const auto found = fit(records, {.kind = kind, .breaks = 3, .least_records = least});
            REQUIRE(found.status == cd::estimate_status::ok);
            std::uint64_t n = 0;
            for (const auto& segment : found.segments) {
                CHECK(segment.growth.slope.n >= least);
                CHECK(segment.first < segment.last);
                n += segment.growth.slope.n;
            }
            CHECK(n == records.size());
        }
    // 4 segments of 3 records have room among 12 in one way only.
    models twelve = trend_of(12, 30, [](double x) { return std::sin(x); });
    for (const break_kind kind : {break_kind::continuous, break_kind::discontinuous}) {
        const auto found = fit(twelve, {.kind = kind, .breaks = 3, .least_records = 3});
        REQUIRE(found.status == cd::estimate_status::ok);
        for (const auto& segment : found.segments) CHECK(segment.growth.slope.n == 3);
        for (const auto& one : found.breaks) {
            CHECK(one.open_before);
            CHECK(one.open_after);
        }
        CHECK(fit(twelve, {.kind = kind, .breaks = 4}).status == cd::estimate_status::too_few);
        CHECK(fit(twelve, {.kind = kind}).counts.size() == 4);
    }
}

TEST_CASE("growth is told in the units that are asked for") {
    const models records = trend_of(60, 60, [](double x) { return 0.001 * after(x, 1700); });
    const auto found = fit(records, {.breaks = 1, .units = {cd::year_length::days_365, cd::month_length::days_30}});
    CHECK(close(*found.segments[1].growth.slope.value, 0.002 * 365, 1e-9));
    CHECK(close(*found.segments[1].growth.doubling.months.value, std::log10(2.0) / 0.002 / 30, 1e-9));
    CHECK(close(*found.segments[0].growth.factor.value, std::pow(10, 0.365), 1e-9));
}

TEST_CASE("not enough data is a status") {
    CHECK(fit({}).status == cd::estimate_status::no_data);
    CHECK_FALSE(fit({}).at(2020));
    const models two{{day(0), 1}, {day(9), 2}};
    CHECK(fit(two).status == cd::estimate_status::too_few);
    CHECK(fit(two).n == 2);
    const models one_day(5, {day(3), 7});
    CHECK(fit(one_day).status == cd::estimate_status::degenerate);
    const models three{{day(0), 1}, {day(9), 10}, {day(18), 1}};
    CHECK(fit(three).status == cd::estimate_status::ok);
    CHECK(fit(three).segments.size() == 1);
    CHECK(fit(three, {.breaks = 1}).status == cd::estimate_status::too_few);
    CHECK(fit(three, {.breaks = 1}).segments.empty());

    const models constant(trend_of(30, 10, [](double x) { return -0.001 * x - 18; }));
    const auto flat = fit(constant);
    CHECK(flat.breaks.empty());
    CHECK(flat.segments[0].growth.doubling.kind == cd::doubling_kind::none);
    CHECK_FALSE(flat.r_squared);
    models sevens;
    for (int i = 0; i < 40; ++i) sevens.push_back({day(30 * i), 7});
    for (const auto kind : {cd::break_kind::continuous, cd::break_kind::discontinuous}) {
        const auto same = fit(sevens, {.kind = kind});
        CHECK(same.breaks.empty());
        CHECK(same.rss == 0);
        CHECK_FALSE(same.r_squared);
        CHECK(fit(sevens, {.kind = kind, .breaks = 1'000'000'000'000}).status == cd::estimate_status::too_few);
    }
    models steep;
    for (int i = 0; i < 40; ++i) steep.push_back({day(30 * i), std::pow(10, i)});
    CHECK(fit(steep).at(day(1500)));
    CHECK_FALSE(fit(steep).at(9999));
}

TEST_CASE("what is not known is counted") {
    struct sparse {
        std::optional<chrono::year_month_day> date;
        std::optional<double> flop;
    };
    std::vector<sparse> records;
    for (const model& record : samples().at("bend")) records.push_back({record.date, record.flop});
    const cd::segmented_options options{.breaks = 1};
    const auto complete = cd::fit_segmented_trend(records, &sparse::date, &sparse::flop, options);
    records.push_back({std::nullopt, 1e20});
    records.push_back({2020y / 2 / 30, 1e20});
    records.push_back({2020y / 2 / 3, std::nullopt});
    records.push_back({2020y / 2 / 3, not_known});
    const auto found = cd::fit_segmented_trend(records, &sparse::date, &sparse::flop, options);
    CHECK(found.n_missing == 4);
    CHECK(found.n == 60);
    CHECK(found.breaks[0].year.n_missing == 4);
    CHECK(found.rss == complete.rss);
}

TEST_CASE("impossible values name their record, impossible options themselves") {
    const auto& records = samples().at("bend");
    for (const auto& [value, text] : {std::pair{0.0, "0"}, {-3.0, "-3"}, {infinity, "inf"}}) {
        const models bad{{day(0), 1}, {day(1), value}};
        CHECK(message_of([&] { (void)fit(bad); }) ==
              std::string("compute_divide::fit_segmented_trend: a finite value > 0 in record 1, got ") + text);
    }
    CHECK(message_of([&] { (void)fit(records, {.level = 1}); }) ==
          "compute_divide::fit_segmented_trend: level in (0, 1), got 1");
    CHECK(message_of([&] { (void)fit(records, {.least_records = 2}); }) ==
          "compute_divide::fit_segmented_trend: least_records >= 3, got 2");
    CHECK(message_of([&] { (void)fit(records, {.choice = break_choice::penalty}); }) ==
          "compute_divide::fit_segmented_trend: a finite penalty > 0 for break_choice::penalty, got 0");
    CHECK(message_of([&] {
              (void)fit(records, {.kind = break_kind::discontinuous, .interval = break_interval::delta});
          }) == "compute_divide::fit_segmented_trend: break_interval::profile for discontinuous breaks, got \"delta\"");
}

namespace {

struct clustered_record {
    double year, value;
    int cluster;
};
/// Clusters that live for two years, whose errors have a part in common, about a trend that bends by `change` in 2010.
std::vector<clustered_record> clustered_trend(std::mt19937_64& engine, int clusters, double common, double change) {
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::vector<clustered_record> all;
    for (int g = 0; g < clusters; ++g) {
        const double u = common * normal(engine), start = 2000 + 18 * uniform(engine);
        const int size = 1 + static_cast<int>(6 * uniform(engine));
        for (int i = 0; i < size; ++i) {
            const double year = start + 2 * uniform(engine);
            const double log = 0.4 * (year - 2000) + change * std::max(0.0, year - 2010) + u + 0.4 * normal(engine);
            all.push_back({year, std::pow(10, log), g});
        }
    }
    return all;
}
auto fit_clustered(const std::vector<clustered_record>& all, const cd::segmented_options& options = {}) {
    return cd::fit_segmented_trend(all, &clustered_record::year, &clustered_record::value, &clustered_record::cluster,
                                   options);
}
const cd::bootstrap_options few_replicates{.replicates = 199, .jackknife = false};

}  // namespace

TEST_CASE("clusters make no breaks where records are worth what they are worth" * doctest::test_suite("long")) {
    std::mt19937_64 engine(1);
    int by_records = 0, by_clusters = 0, found = 0;
    constexpr int trials = 60;
    for (int trial = 0; trial < trials; ++trial) {
        const auto flat = clustered_trend(engine, 60, 0.7, 0);
        const auto count = [](const cd::segmented_trend& trend) { return trend.breaks.empty() ? 0 : 1; };
        by_records +=
            count(cd::fit_segmented_trend(flat, &clustered_record::year, &clustered_record::value, {.most_breaks = 2}));
        by_clusters += count(fit_clustered(flat, {.most_breaks = 2, .interval = break_interval::profile}));
        const auto bent = clustered_trend(engine, 150, 0.7, 0.3);
        found += count(fit_clustered(bent, {.most_breaks = 2, .interval = break_interval::profile}));
    }
    CHECK(by_records > 6);
    CHECK(by_clusters < 6);
    CHECK(found > 55);
}

TEST_CASE("the effective number is n over the design effect; independent records are worth about themselves") {
    std::mt19937_64 engine(2);
    auto records = clustered_trend(engine, 200, 0, 0);
    const auto independent = fit_clustered(records, {.breaks = 0, .bootstrap = few_replicates});
    CHECK(*independent.n_effective > 0.8 * static_cast<double>(records.size()));
    CHECK(*independent.n_effective <= static_cast<double>(records.size()));
    CHECK(independent.n_clusters == 200);
    // Each record k times in its cluster is worth one.
    std::vector<clustered_record> thrice;
    for (std::size_t i = 0; i < records.size(); ++i)
        for (int copy = 0; copy < 3; ++copy) thrice.push_back({records[i].year, records[i].value, static_cast<int>(i)});
    const auto repeated = fit_clustered(thrice, {.breaks = 0, .bootstrap = few_replicates});
    CHECK(close(*repeated.n_effective, static_cast<double>(records.size()), 1e-9));
    const auto without = cd::fit_segmented_trend(records, &clustered_record::year, &clustered_record::value);
    CHECK(!without.n_effective);
    CHECK(without.n_clusters == 0);
}

TEST_CASE("with clusters the interval of a break, and of slopes, is that of resamples of clusters" *
          doctest::test_suite("long")) {
    std::mt19937_64 engine(3);
    int covered = 0;
    constexpr int trials = 60;
    for (int trial = 0; trial < trials; ++trial) {
        const auto trend =
            fit_clustered(clustered_trend(engine, 50, 0.7, 0.5), {.breaks = 1, .bootstrap = few_replicates});
        REQUIRE(trend.breaks.size() == 1);
        CHECK(trend.breaks[0].year.status == cd::estimate_status::ok);
        covered += trend.breaks[0].year.bounds->contains(2010);
        CHECK(trend.breaks[0].earliest <= trend.breaks[0].date);
        CHECK(trend.breaks[0].latest >= trend.breaks[0].date);
        for (const auto& segment : trend.segments)
            CHECK(segment.growth.slope.bounds->contains(*segment.growth.slope.value));
    }
    CHECK(covered >= 50);
    const auto few = fit_clustered(clustered_trend(engine, 12, 0.7, 0.5), {.breaks = 1, .bootstrap = few_replicates});
    CHECK(few.breaks[0].year.status == cd::estimate_status::few_clusters);
    CHECK(few.segments[0].growth.slope.status == cd::estimate_status::few_clusters);
    // The same as bootstrap_breaks, whose draws are its own: about the same.
    const auto records = clustered_trend(engine, 80, 0.7, 0.5);
    const auto here = fit_clustered(records, {.breaks = 1, .bootstrap = {.replicates = 999, .jackknife = false}});
    const auto there =
        cd::bootstrap_breaks<1>(records, &clustered_record::year, &clustered_record::value, &clustered_record::cluster,
                                {.bootstrap = {.replicates = 999, .jackknife = false}})[0]
            .interval(cd::bootstrap_interval::percentile);
    CHECK(here.breaks[0].year.method == there.method);
    CHECK(std::fabs(here.breaks[0].year.lower() - there.lower()) < 0.2 * there.bounds->width());
    CHECK(std::fabs(here.breaks[0].year.upper() - there.upper()) < 0.2 * there.bounds->width());
}

TEST_CASE("a cluster bootstrap needs clusters") {
    std::mt19937_64 engine(4);
    const auto records = clustered_trend(engine, 30, 0.7, 0);
    CHECK(message_of([&] {
              return cd::fit_segmented_trend(records, &clustered_record::year, &clustered_record::value,
                                             {.interval = break_interval::cluster_bootstrap});
          }) ==
          "compute_divide::fit_segmented_trend: a cluster field for break_interval::cluster_bootstrap, got \"none\"");
    CHECK(fit_clustered(records, {.breaks = 1, .interval = break_interval::delta}).breaks[0].year.method == "delta");
}

TEST_CASE("intervals of breaks that never cover say few clusters, whatever the number") {
    namespace cd = compute_divide;
    struct record {
        double year, value;
        int cluster;
    };
    std::vector<record> all;
    for (int i = 0; i < 300; ++i) {
        const double x = 12.0 * i / 300;
        all.push_back({2010 + x, std::pow(10, x / 2 + (x > 6 ? 2 + x - 6 : 0) + 0.3 * std::sin(31.0 * i)), i % 60});
    }
    for (const auto& kind : enumerators(cd::break_kind{}))
        for (const auto& interval : enumerators(cd::break_interval{})) {
            const bool jump = kind.value == cd::break_kind::discontinuous;
            if (jump && interval.value == cd::break_interval::delta) continue;
            const auto found = cd::fit_segmented_trend(all, &record::year, &record::value, &record::cluster,
                                                       {.kind = kind.value,
                                                        .breaks = 1,
                                                        .interval = interval.value,
                                                        .bootstrap = {.replicates = 99, .jackknife = false}});
            const bool never = interval.value == cd::break_interval::delta ||
                               (jump && interval.value == cd::break_interval::cluster_bootstrap);
            REQUIRE(found.breaks.size() == 1);
            CHECK(found.breaks[0].year.status == (never ? cd::estimate_status::few_clusters : cd::estimate_status::ok));
        }
}
