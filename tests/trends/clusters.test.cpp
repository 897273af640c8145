// SPDX-License-Identifier: BSL-1.0
// Trends of records that depend on each other: few clusters, uneven ones, several labels a record.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/organisation_families.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/trends/compare.hpp>
#include <compute_divide/trends/log_trend.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using cd::trend_interval;
using namespace test_support;

namespace {

struct record {
    double day, value;
    std::vector<int> labels;
    int cluster = 0, group = 0;
};
using records = std::vector<record>;

/// Records of `clusters` clusters of random sizes and dates, whose errors have a part in common.
records clustered(std::mt19937_64& engine, int clusters, int group = 0, double common = 0.7, int first = 0) {
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    records all;
    for (int g = 0; g < clusters; ++g) {
        const double u = common * normal(engine), start = 8 * uniform(engine);
        const int size = 4 + static_cast<int>(5 * uniform(engine));
        for (int i = 0; i < size; ++i) {
            const double year = start + 4 * uniform(engine);
            all.push_back({std::floor(365.25 * year),
                           std::pow(10, 0.65 * year + u + 0.5 * normal(engine)),
                           {first + g},
                           first + g,
                           group});
        }
    }
    return all;
}
std::chrono::sys_days date_of(const record& r) {
    return std::chrono::sys_days{std::chrono::days{static_cast<int>(r.day)}};
}
auto by_cluster(const records& all) {
    return cd::fit_log_trend(all, date_of, &record::value, &record::cluster);
}
auto by_labels(const records& all) {
    return cd::fit_log_trend(all, date_of, &record::value, &record::labels);
}
auto by_group(const records& all) {
    return cd::fit_log_trends(all, &record::group, date_of, &record::value, &record::cluster);
}

/// The standard error of the slope a day, whatever the reference distribution.
double standard_error(const cd::log_trend& trend, cd::trend_options options) {
    options.reference = cd::reference_distribution::standard_normal;
    options.level = std::erf(1 / std::sqrt(2));  // one standard error to each side
    return trend.growth(options).slope.bounds->width() / 2 / 365.25;
}
double slope_a_day(const records& all) {
    return *by_cluster(all).growth().slope.value / 365.25;
}

/// What a record adds to the slope: (x - mean) residual / sxx.
std::vector<double> influences(const records& all) {
    const auto n = static_cast<double>(all.size());
    double x = 0, y = 0, xx = 0, xy = 0;
    for (const record& r : all) {
        x += r.day / n;
        y += std::log10(r.value) / n;
    }
    for (const record& r : all) {
        xx += (r.day - x) * (r.day - x);
        xy += (r.day - x) * (std::log10(r.value) - y);
    }
    std::vector<double> of;
    for (const record& r : all) of.push_back((r.day - x) * (std::log10(r.value) - y - xy / xx * (r.day - x)) / xx);
    return of;
}

}  // namespace

TEST_CASE("the variance of records that share any label is the sum over all pairs of them") {
    std::mt19937_64 engine(3);
    for (const int labels : {6, 25}) {
        records all = clustered(engine, labels);
        for (record& r : all)
            while (engine() % 3 == 0) r.labels.push_back(static_cast<int>(engine()) % labels);
        all[4].labels.clear();  // depends on no other
        all[9].labels = {all[9].labels[0], all[9].labels[0], labels + 1};
        const auto influence = influences(all);
        double variance = 0;
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t j = 0; j < all.size(); ++j) {
                const bool share = std::ranges::any_of(
                    all[i].labels, [&](int label) { return std::ranges::count(all[j].labels, label) > 0; });
                if (i == j || share) variance += influence[i] * influence[j];
            }
        const auto trend = by_labels(all);
        std::set<int> distinct;
        for (const record& r : all) distinct.insert(r.labels.begin(), r.labels.end());
        CHECK(trend.n_clusters() == distinct.size() + 1);
        const auto options = [](cd::cluster_correction correction) {
            return cd::trend_options{.interval = trend_interval::clustered, .correction = correction};
        };
        const double l = static_cast<double>(trend.n_clusters()), n = static_cast<double>(all.size());
        CHECK(close(standard_error(trend, options(cd::cluster_correction::none)), std::sqrt(variance), 1e-9));
        CHECK(close(standard_error(trend, options(cd::cluster_correction::cr1)), std::sqrt(variance * l / (l - 1)),
                    1e-9));
        CHECK(close(standard_error(trend, options(cd::cluster_correction::stata)),
                    std::sqrt(variance * l / (l - 1) * (n - 1) / (n - 2)), 1e-9));
        const auto slope = trend.growth(options(cd::cluster_correction::stata)).slope;
        CHECK(slope.method == "clustered by shared labels, stata");
        CHECK(*slope.degrees_of_freedom == l - 1);
    }
}

TEST_CASE("a set of one label is that label") {
    std::mt19937_64 engine(4);
    const records all = clustered(engine, 30);
    const cd::trend_options options{.interval = trend_interval::clustered};
    auto one = by_cluster(all).growth(options).slope, set = by_labels(all).growth(options).slope;
    CHECK(close(one.lower(), set.lower(), 1e-12));
    CHECK(close(one.upper(), set.upper(), 1e-12));
    CHECK(one.degrees_of_freedom == set.degrees_of_freedom);
    CHECK(by_cluster(all).n_clusters() == by_labels(all).n_clusters());
}

TEST_CASE("negative variances of shared labels become 0, or are no estimate, as asked for") {
    // Two labels of opposite errors and the records between them: the pairs that share nothing are missing.
    std::mt19937_64 engine(5);
    std::size_t repaired = 0;
    for (int trial = 0; trial < 200; ++trial) {
        records all;
        for (int i = 0; i < 12; ++i) {
            record r{std::floor(static_cast<double>(engine() % 4000)), 1 + static_cast<double>(engine() % 100), {}};
            for (const int label : {0, 1, 2, 3})
                if (engine() % 2 == 0) r.labels.push_back(label);
            all.push_back(r);
        }
        const auto trend = by_labels(all);
        cd::trend_options options{.interval = trend_interval::clustered};
        const auto zero = trend.growth(options).slope;
        options.repair = cd::covariance_repair::none;
        const auto none = trend.growth(options).slope;
        REQUIRE(zero.bounds);
        if (zero.method == "clustered by shared labels, eigenvalues to zero, stata") {
            ++repaired;
            CHECK(none.status == estimate_status::degenerate);
            CHECK(!none.bounds);
            CHECK(!trend.confidence_band(1975, options).bounds);
        } else {
            CHECK(none == zero);
        }
    }
    CHECK(repaired > 20);
    CHECK(repaired < 200);
}

TEST_CASE("what is not for several labels is refused, and the choices named") {
    std::mt19937_64 engine(6);
    const auto trend = by_labels(clustered(engine, 30));
    for (const auto interval : {trend_interval::cr2, trend_interval::cr3})
        CHECK(
            message_of([&] { return trend.growth({.interval = interval}); }) ==
            "compute_divide::trend_options: clustered where records have several labels (or a fit whose cluster field "
            "yields one label, such as the first), got \"" +
                std::string(cd::name_of(interval)) + "\"");
    CHECK(message_of([&] {
              return trend.growth(
                  {.interval = trend_interval::bootstrap_percentile, .resampling = cd::bootstrap_resampling::clusters});
          }).ends_with("got \"cluster_bootstrap_percentile\""));
    CHECK(trend.growth({.interval = trend_interval::bootstrap_percentile, .bootstrap = {.replicates = 200}}));
}

TEST_CASE("CR2 and CR3 of clusters of one record are HC2 and HC3; of clusters alike, CR1; CR3 is the jackknife") {
    std::mt19937_64 engine(7);
    records single = clustered(engine, 6);
    for (std::size_t i = 0; i < single.size(); ++i) single[i].cluster = static_cast<int>(i);
    CHECK(close(standard_error(by_cluster(single), {.interval = trend_interval::cr2}),
                standard_error(by_cluster(single), {.interval = trend_interval::hc2}), 1e-10));
    CHECK(close(standard_error(by_cluster(single), {.interval = trend_interval::cr3}),
                standard_error(by_cluster(single), {.interval = trend_interval::hc3}), 1e-10));

    std::normal_distribution<double> normal;
    records alike;
    for (int g = 0; g < 7; ++g)
        for (const double day : {0, 100, 250, 700}) alike.push_back({day, std::pow(10, normal(engine)), {}, g});
    const auto trend = by_cluster(alike);
    CHECK(
        close(standard_error(trend, {.interval = trend_interval::cr2}),
              standard_error(trend, {.interval = trend_interval::clustered, .correction = cd::cluster_correction::cr1}),
              1e-10));
    CHECK(close(*trend.growth({.interval = trend_interval::cr2}).slope.degrees_of_freedom, 6, 1e-10));

    const records uneven = clustered(engine, 5);
    double squares = 0;
    for (int g = 0; g < 5; ++g) {
        records others = uneven;
        std::erase_if(others, [g](const record& r) { return r.cluster == g; });
        const double change = slope_a_day(others) - slope_a_day(uneven);
        squares += change * change;
    }
    CHECK(close(standard_error(by_cluster(uneven), {.interval = trend_interval::cr3}), std::sqrt(squares), 1e-8));
}

TEST_CASE("a cluster without which there is no slope leaves no CR3") {
    records all;
    for (int i = 0; i < 20; ++i) all.push_back({i < 15 ? 100.0 : 100.0 + i, 1.0 + i % 4, {}, i < 15 ? i % 5 : 9});
    CHECK(by_cluster(all).growth({.interval = trend_interval::cr3}).slope.status == estimate_status::degenerate);
    CHECK(by_cluster(all).growth({.interval = trend_interval::cr2}).slope.bounds);
}

TEST_CASE("a third group changes nothing between two, whatever its clusters") {
    std::mt19937_64 engine(8);
    records all = clustered(engine, 3, 0), second = clustered(engine, 4, 1, 0.7, 100);
    all.insert(all.end(), second.begin(), second.end());
    const auto two = by_group(all);
    records third = clustered(engine, 40, 2, 0.7, 1000);
    third[0].cluster = third[7].cluster = 0;  // a cluster may reach over groups
    all.insert(all.begin(), third.begin(), third.end());
    const auto three = by_group(all);
    for (const auto interval : {trend_interval::clustered, trend_interval::cr2, trend_interval::cr3}) {
        const cd::trend_options options{.interval = interval};
        const auto same = [](const cd::estimate& a, const cd::estimate& b) {
            REQUIRE(a.bounds.has_value() == b.bounds.has_value());
            CHECK(a.status == b.status);
            if (!a.bounds) return;
            CHECK(close(a.lower(), b.lower(), 1e-9));
            CHECK(close(a.upper(), b.upper(), 1e-9));
            CHECK(close(*a.degrees_of_freedom, *b.degrees_of_freedom, 1e-9));
        };
        same(two.slope_difference(0, 1, options).difference, three.slope_difference(0, 1, options).difference);
        same(two.level_difference(0, 1, 1975, options).difference,
             three.level_difference(0, 1, 1975, options).difference);
        same(two.lag(0, 1, 1975, options).years, three.lag(0, 1, 1975, options).years);
        CHECK(close(*two.slope_difference(0, 1, options).test->p_value,
                    *three.slope_difference(0, 1, options).test->p_value, 1e-9));
    }
    CHECK(*two.slope_difference(0, 1, {.interval = trend_interval::clustered}).difference.degrees_of_freedom == 6);
}

TEST_CASE("few clusters, or clusters that are worth few, are said") {
    std::mt19937_64 engine(9);
    const cd::trend_options sandwich{.interval = trend_interval::clustered};
    const cd::trend_options drawn{.interval = trend_interval::bootstrap_percentile,
                                  .resampling = cd::bootstrap_resampling::clusters,
                                  .bootstrap = {.replicates = 200}};
    for (const int clusters : {12, 120}) {
        const auto trend = by_cluster(clustered(engine, clusters));
        const auto expected = clusters < 20 ? estimate_status::few_clusters : estimate_status::ok;
        for (const auto& options : {sandwich, drawn}) {
            CHECK(trend.growth(options).slope.status == expected);
            CHECK(trend.growth(options).factor.status == expected);
            CHECK(trend.growth(options).doubling.months.status == expected);
            CHECK(trend.growth(options));
        }
        CHECK(trend.growth({.interval = trend_interval::cr2}).slope.status == estimate_status::ok);
    }
    records uneven = clustered(engine, 120);
    for (record& r : uneven)
        if (r.cluster < 50) r.cluster = 0;
    std::ranges::for_each(uneven, [](record& r) { r.day += r.cluster == 0 ? 4000 : 0; });
    CHECK(by_cluster(uneven).growth(sandwich).slope.status == estimate_status::few_clusters);
    // 3 against 40
    records all = clustered(engine, 3, 0), others = clustered(engine, 60, 1, 0.7, 100);
    all.insert(all.end(), others.begin(), others.end());
    CHECK(by_group(all).slope_difference(0, 1, sandwich).difference.status == estimate_status::few_clusters);
    CHECK(by_group(all).slope_difference(0, 1, sandwich).test->status == estimate_status::few_clusters);
    CHECK(by_group(all).lag(0, 1, 1975, sandwich).years.status == estimate_status::few_clusters);
    CHECK(by_group(all).slope_difference(0, 1, {.interval = trend_interval::cr2}).difference.status ==
          estimate_status::few_clusters);
}

TEST_CASE("CR2 covers between groups of few clusters, where CR1 does not" * doctest::test_suite("long")) {
    std::mt19937_64 engine(10);
    for (const auto& [a, b] : {std::pair{3, 4}, std::pair{5, 6}, std::pair{8, 10}}) {
        int covered = 0, by_cr1 = 0;
        constexpr int trials = 400;
        for (int trial = 0; trial < trials; ++trial) {
            records all = clustered(engine, a, 0), second = clustered(engine, b, 1, 0.7, 100);
            all.insert(all.end(), second.begin(), second.end());
            const auto trends = by_group(all);
            covered += trends.slope_difference(0, 1, {.interval = trend_interval::cr2}).difference.bounds->contains(0);
            by_cr1 +=
                trends.slope_difference(0, 1, {.interval = trend_interval::clustered}).difference.bounds->contains(0);
        }
        const int fewer = a;
        CAPTURE(fewer);
        CHECK(covered > 0.91 * trials);
        CHECK(covered > by_cr1);
        if (a == 3) CHECK(by_cr1 < 0.85 * trials);
    }
}

// The numbers were stated, and computed by another program, from the same table.
TEST_CASE("the growth of notable models since 2010, by what makes models depend on each other") {
    const auto table = cd::read_epoch(cd::csv_reader::open(COMPUTE_DIVIDE_SOURCE_DIR "/examples/data/models.csv"));
    std::vector<cd::epoch_model> notable;
    for (const cd::epoch_model& m : table.models)
        if (m.vintage == "2025-08" && m.notable == true && m.training_flop > 0 && cd::decimal_year(m.published) >= 2010)
            notable.push_back(m);
    REQUIRE(notable.size() == 428);
    const auto check = [&](auto clusters, double lower, double upper) {
        const auto factor =
            cd::fit_log_trend(notable, &cd::epoch_model::published, &cd::epoch_model::training_flop, clusters)
                .growth({.interval = trend_interval::clustered, .level = 0.9})
                .factor;
        CHECK(std::fabs(factor.lower() - lower) < 0.006);
        CHECK(std::fabs(factor.upper() - upper) < 0.006);
    };
    const cd::organisation_family families[] = {
        {"Google Brain", "Google"},    {"Google Research", "Google"},       {"DeepMind", "Google"},
        {"Google DeepMind", "Google"}, {"Facebook AI Research", "Meta AI"}, {"Facebook", "Meta AI"},
        {"MetaAI", "Meta AI"},         {"Microsoft Research", "Microsoft"}, {"Microsoft Research Asia", "Microsoft"}};
    check(
        [](const cd::epoch_model& m) {
            std::string list;
            for (const auto& each : m.organisations) list += each + ';';
            return list;
        },
        4.08, 5.37);
    check([](const cd::epoch_model& m) { return m.organisations.empty() ? std::string() : m.organisations[0]; }, 4.04,
          5.42);
    check(&cd::epoch_model::organisations, 4.00, 5.48);
    check([&](const cd::epoch_model& m) { return cd::roll_up(m.organisations, {.own = families, .known = false}); },
          3.84, 5.70);
}
