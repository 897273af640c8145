// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/log_trend.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/covariance.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/trends/large_scale.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"
#include "support/trend_models.hpp"

namespace cd = compute_divide;
namespace chrono = std::chrono;
using namespace std::chrono_literals;
using cd::estimate_status;
using cd::trend_interval;
using namespace test_support;

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr cd::growth_units published_units{cd::year_length::days_365, cd::month_length::days_30};

struct point {
    double year, value;
    int cluster = 0;
};
using points = std::vector<point>;

cd::log_trend fit(const auto& models) {
    return cd::fit_log_trend(models, &trend_model::date, &trend_model::flop, &trend_model::organization);
}
cd::log_trend fit_points(const points& records) {
    return cd::fit_log_trend(records, &point::year, &point::value, &point::cluster);
}

/// 60 points of 15 clusters about a trend of one order of magnitude a year.
points random_points(unsigned seed, int n = 60) {
    std::mt19937 engine(seed);
    points all;
    for (int i = 0; i < n; ++i) {
        const double year = 2010 + static_cast<double>(engine() % 5000) / 500;
        const double noise = static_cast<double>(engine() % 2000) / 500;
        all.push_back({year, std::pow(10, year - 2000 + noise), static_cast<int>(engine() % 15)});
    }
    return all;
}

std::vector<std::string> parts_of(const std::string& name) {
    std::vector<std::string> parts;
    std::istringstream stream(name);
    for (std::string part; std::getline(stream, part, '/');) parts.push_back(part);
    return parts;
}

/// "hc1", "clustered cr1", "bootstrap_bca", "cluster_bootstrap_percentile"
cd::trend_options options_of(std::string interval, double level) {
    cd::trend_options options{.level = level};
    if (interval.starts_with("clustered ")) {
        options.correction = cd::parse_name<cd::cluster_correction>(interval.substr(10));
        interval = "clustered";
    }
    if (interval.starts_with("cluster_")) {
        options.resampling = cd::bootstrap_resampling::clusters;
        interval = interval.substr(8);
    }
    options.interval = cd::parse_name<trend_interval>(interval);
    return options;
}

}  // namespace

TEST_CASE("fits and intervals are those of R's lm, sandwich and boot") {
    std::map<std::string, cd::log_trend> trends;
    for (const char* vintage : {"2023-12-14", "2025-08-07"}) trends.emplace(vintage, fit(trend_models(vintage)));
    std::size_t compared = 0;
    for (const auto& row : reference_table("log_trend", 4)) {
        CAPTURE(row.name);
        const auto parts = parts_of(row.name);
        const auto& trend = trends.at(parts[1]);
        ++compared;
        if (parts[0] == "fit") {
            CHECK(static_cast<double>(trend.n()) == row.numbers[0]);
            CHECK(close(*trend.r_squared(), row.numbers[1], 1e-11));
            CHECK(close(*trend.residual_sd(), row.numbers[2], 1e-12));
            CHECK(static_cast<double>(trend.n_clusters()) == row.numbers[3]);
            continue;
        }
        auto options = options_of(parts[2], std::stod(parts.back()));
        const bool bootstrap = parts[2].find("bootstrap") != std::string::npos;
        if (!bootstrap) options.reference = cd::parse_name<cd::reference_distribution>(parts[3]);
        options.bootstrap.replicates = 40'000;
        if (parts[0] == "slope") {
            const auto slope = trend.growth(options).slope;
            // Of the bootstraps: four times the sampling error of an end, which is about 0.012 half-widths.
            const double half = (row.numbers[2] - row.numbers[1]) / 2 * 365.25;
            const double tolerance = bootstrap ? 0.05 * half : 1e-11 * *slope.value;
            CHECK(close(*slope.value / 365.25, row.numbers[0], 1e-12));
            CHECK(std::fabs(slope.lower() - row.numbers[1] * 365.25) < tolerance);
            CHECK(std::fabs(slope.upper() - row.numbers[2] * 365.25) < tolerance);
        } else {
            const auto band = parts[0] == "confidence" ? trend.confidence_band(2020y, options)
                                                       : trend.prediction_band(2020y / 1 / 1, options);
            CHECK(close(std::log10(*band.value), row.numbers[0], 1e-12));
            CHECK(close(std::log10(band.lower()), row.numbers[1], 1e-12));
            CHECK(close(std::log10(band.upper()), row.numbers[2], 1e-12));
        }
    }
    CHECK(compared == 306);
}

// The numbers were stated from the same table before this library was.
TEST_CASE("the growth of notable models since 2010, with what organisations do to its interval") {
    const auto trend = fit(trend_models("2025-08-07"));
    CHECK(trend.n() == 428);
    CHECK(trend.n_clusters() == 235);
    CHECK(std::fabs(*trend.r_squared() - 0.604) < 0.0005);
    const struct {
        trend_interval interval;
        double lower, upper;
    } cases[] = {{trend_interval::classical, 4.235, 5.170},
                 {trend_interval::hc1, 4.247, 5.155},
                 {trend_interval::clustered, 4.076, 5.370}};
    for (const auto& c : cases) {
        const auto growth = trend.growth({.interval = c.interval, .level = 0.9});
        CHECK(std::fabs(*growth.factor.value - 4.679) < 0.0005);
        CHECK(std::fabs(growth.factor.lower() - c.lower) < 0.001);
        CHECK(std::fabs(growth.factor.upper() - c.upper) < 0.001);
        CHECK(std::fabs(*growth.doubling.months.value - 5.390) < 0.0005);
        CHECK(close(growth.doubling.months.lower(), 12 / std::log2(growth.factor.upper()), 1e-13));
        CHECK(close(growth.doubling.months.upper(), 12 / std::log2(growth.factor.lower()), 1e-13));
    }
}

// Doubling times of Epoch's table of 2023-12 by the published algorithm, its bootstrap of 1,000 replicates included,
// were computed by another program with another generator: ends differ by its sampling error.
TEST_CASE("the published algorithm gives the numbers another port of it gave") {
    const auto models = trend_models("2023-12-14");
    const struct {
        const char* team;
        std::size_t n;
        double slope, slope_lower, slope_upper, months, months_lower, months_upper, r_squared, tolerance;
    } cases[] = {{"", 229, 0.63, 0.57, 0.70, 5.8, 5.2, 6.5, 0.51, 0.1},
                 {"academia", 38, 0.47, 0.37, 0.57, 7.7, 6.5, 10.0, 0.66, 0.25},
                 {"industry", 105, 0.55, 0.43, 0.68, 6.6, 5.4, 8.6, 0.46, 0.15},
                 {"collaboration", 29, 0.61, 0.40, 0.80, 6.0, 4.6, 9.1, 0.56, 0.25}};
    for (const auto& c : cases) {
        CAPTURE(c.team);
        std::vector<trend_model> group;
        for (const auto& model : models)
            if (*c.team == 0 || model.team == c.team) group.push_back(model);
        const auto trend = fit(group);
        const auto growth = trend.growth({.interval = trend_interval::sevilla_bootstrap, .units = published_units});
        CHECK(trend.n() == c.n);
        CHECK(std::fabs(*trend.r_squared() - c.r_squared) < 0.00501);
        CHECK(std::fabs(*growth.slope.value - c.slope) < 0.00501);
        CHECK(std::fabs(growth.slope.lower() - c.slope_lower) < 0.02);
        CHECK(std::fabs(growth.slope.upper() - c.slope_upper) < 0.02);
        CHECK(std::fabs(*growth.doubling.months.value - c.months) < 0.0501);
        CHECK(std::fabs(growth.doubling.months.lower() - c.months_lower) < c.tolerance);
        CHECK(std::fabs(growth.doubling.months.upper() - c.months_upper) < c.tolerance);
        CHECK(growth.slope.method == "sevilla_bootstrap");
    }
}

TEST_CASE("the three eras of the published algorithm, on the table nearest to the published one") {
    struct model {
        chrono::sys_days date;
        double flop;
    };
    std::vector<model> studied;
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/large_scale.csv");
    for (std::string line; std::getline(file, line);) {
        const std::string vintage = "2023-03-03,";
        if (!line.starts_with(vintage)) continue;
        const auto number = [&line, &vintage](std::size_t at) { return std::atoi(line.c_str() + vintage.size() + at); };
        const chrono::sys_days date = chrono::year{number(0)} / number(5) / number(8);
        if (date > 1950y / 1 / 1 && date < chrono::sys_days{2022y / 2 / 1})
            studied.push_back({date, std::strtod(line.c_str() + vintage.size() + 11, nullptr)});
    }
    const auto is_chosen = [&studied](const cd::z_score_options& options) {
        std::vector<bool> chosen(studied.size());
        for (const std::size_t i : cd::z_score_outliers(studied, &model::date, &model::flop, options).indices)
            chosen[i] = true;
        return chosen;
    };
    const chrono::sys_days deep = 2009y / 12 / 31, large_scale = 2015y / 9 / 1;
    const auto low = is_chosen({.side = cd::outlier_side::low});
    const auto large = is_chosen({.only_after = large_scale});

    const auto rows = reference_table("log_trend_eras", 4);
    REQUIRE(rows.size() == 5);
    for (std::size_t era = 0; era < rows.size(); ++era) {
        CAPTURE(rows[era].name);
        std::vector<model> chosen;
        for (std::size_t i = 0; i < studied.size(); ++i) {
            const bool before = studied[i].date<deep, after = studied[i].date> deep;
            const bool late = studied[i].date > large_scale;
            const std::array in_era{!low[i] && before, !low[i] && after, !low[i] && !large[i] && after,
                                    !low[i] && !large[i] && late, bool{large[i]}};
            if (in_era[era]) chosen.push_back(studied[i]);
        }
        const auto trend = cd::fit_log_trend(chosen, &model::date, &model::flop);
        const auto growth = trend.growth({.units = published_units});
        CHECK(static_cast<double>(trend.n()) == rows[era].numbers[0]);
        CHECK(close(*growth.slope.value, rows[era].numbers[1], 1e-12));
        CHECK(close(*growth.doubling.months.value, rows[era].numbers[2], 1e-12));
        CHECK(close(*trend.r_squared(), rows[era].numbers[3], 1e-12));
    }
}

TEST_CASE("an exact exponential is found exactly, far from 1970 and in any unit") {
    for (const double scale : {1.0, 1e-250, 1e200}) {
        points records;
        for (int i = 0; i < 40; ++i) records.push_back({1950.0 + i, scale * std::exp2(i), i % 5});
        const auto trend = fit_points(records);
        for (const auto interval : {trend_interval::classical, trend_interval::hc1, trend_interval::hc3,
                                    trend_interval::clustered, trend_interval::bootstrap_percentile}) {
            // A year is 365 or 366 days long here: its mean length over these years, to the fourth digit.
            const auto growth = trend.growth({.interval = interval});
            CHECK(std::fabs(*growth.doubling.months.value - 12) < 0.01);
            CHECK(growth.doubling.kind == cd::doubling_kind::finite);
            CHECK(growth.factor.bounds->width() < 0.01);
        }
        CHECK(close(*trend.at(1970y), scale * std::exp2(20), 0.002));
        CHECK(*trend.r_squared() > 0.999999);
    }
}

TEST_CASE("another unit moves no slope, and moves the level by as much") {
    const points records = random_points(1);
    points scaled = records;
    for (point& each : scaled) each.value *= 1024;
    const auto trend = fit_points(records);
    const auto other = fit_points(scaled);
    for (const auto& entry : enumerators(trend_interval{})) {
        CAPTURE(entry.name);
        const cd::trend_options options{.interval = entry.value, .bootstrap = {.replicates = 500}};
        const auto slope = trend.growth(options).slope;
        CHECK(close(*other.growth(options).slope.value, *slope.value, 1e-12));
        CHECK(close(other.growth(options).slope.lower(), slope.lower(), 1e-11));
        CHECK(close(other.growth(options).slope.upper(), slope.upper(), 1e-11));
        CHECK(close(other.confidence_band(2014y, options).lower(), 1024 * trend.confidence_band(2014y, options).lower(),
                    1e-11));
        CHECK(slope.bounds->contains(*slope.value));
    }
    CHECK(close(*other.at(2014.5), 1024 * *trend.at(2014.5), 1e-11));
}

TEST_CASE("bands: the trend is surest at its mean day, a record less sure than the trend") {
    const points records = random_points(2);
    const auto trend = fit_points(records);
    double mean = 0;
    for (const point& each : records) mean += each.year / static_cast<double>(records.size());
    std::pair<double, int> narrowest{infinity, 0};
    for (int year = 2000; year <= 2030; ++year) {
        const auto confidence = trend.confidence_band(year);
        const auto prediction = trend.prediction_band(year);
        CHECK(close(*confidence.value, *trend.at(year), 1e-15));
        CHECK(prediction.lower() < confidence.lower());
        CHECK(prediction.upper() > confidence.upper());
        narrowest = std::min(narrowest, {std::log10(confidence.upper() / confidence.lower()), year});
    }
    CHECK(narrowest.second == static_cast<int>(std::lround(mean)));
}

TEST_CASE("clusters of one record each are hc1 but for the corrections; doubled records halve the classical variance") {
    points records = random_points(3);
    for (std::size_t i = 0; i < records.size(); ++i) records[i].cluster = static_cast<int>(i);
    const auto width = [](const points& all, trend_interval interval, cd::cluster_correction correction) {
        return fit_points(all)
            .growth({.interval = interval,
                     .reference = cd::reference_distribution::standard_normal,
                     .correction = correction})
            .slope.bounds->width();
    };
    const auto n = static_cast<double>(records.size());
    const double hc1 = width(records, trend_interval::hc1, {});
    const double single = width(records, trend_interval::clustered, cd::cluster_correction::none);
    CHECK(close(single, hc1 * std::sqrt((n - 2) / n), 1e-13));
    // The same records twice in their clusters tell nothing new.
    points twice = records;
    twice.insert(twice.end(), records.begin(), records.end());
    CHECK(close(width(twice, trend_interval::clustered, cd::cluster_correction::none), single, 1e-13));
    CHECK(close(width(twice, trend_interval::classical, {}),
                width(records, trend_interval::classical, {}) * std::sqrt((n - 2) / (2 * n - 2)), 1e-12));
}

TEST_CASE("every covariance is that of the regression of log10 on days") {
    for (const char* vintage : {"2023-12-14", "2025-08-07"}) {
        const auto models = trend_models(vintage);
        const auto day = [](const trend_model& model) { return cd::days_since_1970(model.date); };
        const auto log = [](const trend_model& model) { return std::log10(model.flop); };
        const auto terms = std::tuple(day);
        const auto regression = cd::fit_least_squares(models, terms, log);
        const auto trend = fit(models);
        const auto compare = [&](cd::trend_options options, const cd::coefficient_covariance& expected) {
            CAPTURE(cd::name_of(options.interval));
            options.reference = cd::reference_distribution::standard_normal;
            options.level = std::erf(1 / std::sqrt(2));  // one standard error to each side
            const auto slope = trend.growth(options).slope;
            CHECK(close(slope.bounds->width() / 2 / 365.25, expected.standard_error(1), 1e-9));
            options.reference = cd::reference_distribution::student_t;
            CHECK(trend.growth(options).slope.degrees_of_freedom == expected.degrees_of_freedom);
        };
        std::size_t compared = 0;
        for (const auto& entry : enumerators(trend_interval{})) {
            const auto kind = cd::covariance_of(entry.value);
            if (!kind) continue;
            ++compared;
            if (*kind == cd::covariance_kind::clustered || entry.value == trend_interval::cr2 ||
                entry.value == trend_interval::cr3)
                continue;
            compare({.interval = entry.value}, cd::robust_covariance(models, terms, log, regression, *kind));
        }
        CHECK(compared == enumerators(cd::covariance_kind{}).size());
        for (const auto& entry : enumerators(cd::cluster_correction{}))
            compare({.interval = trend_interval::clustered, .correction = entry.value},
                    cd::clustered_covariance(models, terms, log, &trend_model::organization, regression, entry.value));
    }
}

TEST_CASE("a bootstrap replicate is the fit of the records drawn") {
    const points records = random_points(4, 12);
    constexpr std::size_t replicates = 50;
    const auto distribution = fit_points(records).bootstrap(
        {.interval = trend_interval::bootstrap_percentile, .bootstrap = {.replicates = replicates, .seed = 9}});
    std::vector<double> expected;
    for (std::size_t b = 0; b < replicates; ++b) {
        cd::random_stream stream(9, b);
        points drawn;
        for (std::size_t i = 0; i < records.size(); ++i) drawn.push_back(records[stream.below(records.size())]);
        expected.push_back(*fit_points(drawn).growth().slope.value / 365.25);
    }
    std::ranges::sort(expected);
    REQUIRE(distribution.replicates.size() == replicates);
    for (std::size_t b = 0; b < replicates; ++b) CHECK(close(distribution.replicates[b], expected[b], 1e-10));
}

TEST_CASE("one set of replicates gives the intervals of every kind, the same for any number of threads") {
    const auto trend = fit_points(random_points(5));
    cd::trend_options options{.interval = trend_interval::bootstrap_bca, .level = 0.9};
    options.bootstrap.replicates = 2'000;
    const auto replicates = trend.bootstrap(options);
    const std::pair<trend_interval, cd::bootstrap_interval> kinds[] = {
        {trend_interval::bootstrap_percentile, cd::bootstrap_interval::percentile},
        {trend_interval::bootstrap_basic, cd::bootstrap_interval::basic},
        {trend_interval::bootstrap_bca, cd::bootstrap_interval::bca}};
    for (const auto& [interval, kind] : kinds)
        for (const unsigned threads : {1u, 2u, 3u}) {
            options.interval = interval;
            options.bootstrap.threads = threads;
            CHECK(trend.growth(options) == cd::growth_of(replicates.interval(kind, 0.9)));
        }
}

TEST_CASE("noise of a factor of 2 widens the bootstrap by its variance") {
    points records;
    for (int i = 0; i < 50; ++i) records.push_back({2000.0 + i, std::pow(10, i), i});
    const auto sevilla = fit_points(records).bootstrap(
        {.interval = trend_interval::sevilla_bootstrap, .bootstrap = {.replicates = 20'000}});
    // Without residuals the slope varies by the noise alone: variance log10(4)^2 / 12 / sxx, which varies with the
    // draw.
    double squares = 0, mean_square = 0;
    for (const double slope : sevilla.replicates)
        squares += (slope - *sevilla.value) * (slope - *sevilla.value) / 20'000;
    for (int i = 0; i < 50; ++i) mean_square += (i - 24.5) * (i - 24.5) * 365.25 * 365.25;
    const double expected = std::log10(4) * std::log10(4) / 12 / mean_square;
    CHECK(squares > expected * 0.97);
    CHECK(squares < expected * 1.15);
    CHECK(sevilla.n_skipped == 0);
}

TEST_CASE("the noisy bootstrap skips resamples of 2 distinct records or fewer, the others those of one day") {
    const points records{{2000, 1e3, 0}, {2001, 1e5, 1}, {2002, 1e4, 2}};
    cd::trend_options options{.interval = trend_interval::sevilla_bootstrap, .bootstrap = {.replicates = 90'000}};
    // Of the 27 samples of three, 6 have all three records, 3 only one.
    const auto sevilla = fit_points(records).bootstrap(options);
    CHECK(std::fabs(static_cast<double>(sevilla.n_skipped) - 70'000) < 600);
    options.interval = trend_interval::bootstrap_percentile;
    const auto pairs = fit_points(records).bootstrap(options);
    CHECK(std::fabs(static_cast<double>(pairs.n_skipped) - 10'000) < 400);
    CHECK(pairs.replicates.size() + pairs.n_skipped == 90'000);
}

TEST_CASE("a slope that may be 0 gives no finite doubling time") {
    points records;
    for (int i = 0; i < 30; ++i) records.push_back({2000.0 + i, i % 2 == 0 ? 10.0 : 1000.0, i % 7});
    for (const auto& entry : enumerators(trend_interval{})) {
        CAPTURE(entry.name);
        const auto doubling = fit_points(records).growth({.interval = entry.value}).doubling;
        CHECK(doubling.months);
        CHECK(doubling.kind == cd::doubling_kind::at_least);
        CHECK(doubling.months.upper() == infinity);
        CHECK(doubling.months.lower() < *doubling.months.value);
    }
    std::ranges::for_each(records, [](point& each) { each.value = 1e9 / each.value; });
    CHECK(fit_points(records).growth().doubling.kind == cd::doubling_kind::none);
    std::ranges::for_each(records, [](point& each) { each.value = 7; });
    const auto flat = fit_points(records);
    CHECK(flat.growth().doubling.kind == cd::doubling_kind::none);
    CHECK(*flat.growth().factor.value == 1);
    CHECK_FALSE(flat.r_squared());
}

TEST_CASE("many values that are all the same have no growth and no residuals, whatever they are") {
    for (const double value : {7.0, 3.0, 5e20, 1e-300}) {
        points records;
        for (int i = 0; i < 100'000; ++i) records.push_back({2000 + (i % 1000) / 7.0, value, i % 50});
        const auto trend = fit_points(records);
        CHECK(trend.growth().slope.value == 0);
        CHECK(trend.growth().slope.bounds == cd::interval{0, 0});
        CHECK(trend.growth().doubling.kind == cd::doubling_kind::none);
        CHECK_FALSE(trend.r_squared());
    }
}

TEST_CASE("a value above the largest double is none") {
    const auto trend = fit_points(random_points(9));
    CHECK_FALSE(trend.at(9999));
    for (const auto& band : {trend.confidence_band(9999), trend.prediction_band(9999)}) {
        CHECK(band.status == estimate_status::degenerate);
        CHECK_FALSE(band.value);
        CHECK_FALSE(band.bounds);
    }
    CHECK(trend.at(1000) == 0);
}

TEST_CASE("too few replicates for a level are an error that says how many are needed") {
    const auto trend = fit_points(random_points(10));
    cd::trend_options options{.interval = trend_interval::bootstrap_percentile, .bootstrap = {.replicates = 38}};
    CHECK(message_of([&] { return trend.growth(options); }) ==
          "compute_divide::bootstrap_distribution::interval: at least 2 / (1 - level) - 1 replicates, got 38");
    options.bootstrap.replicates = 39;
    CHECK(trend.growth(options).slope.status == estimate_status::ok);
    CHECK(trend.bootstrap({.interval = trend_interval::bootstrap_bca, .bootstrap = {.replicates = 1}}).status ==
          estimate_status::ok);
}

TEST_CASE("not enough data is a status, for every interval, band and value") {
    const struct {
        points records;
        estimate_status status;
    } cases[] = {{{}, estimate_status::no_data},
                 {{{not_known, 1}, {2000, not_known}}, estimate_status::no_data},
                 {{{2000, 1}}, estimate_status::too_few},
                 {{{2000, 1}, {2001, 5}}, estimate_status::too_few},
                 {{{2000, 1}, {2000, 5}, {2000, 7}, {2000, 9}}, estimate_status::degenerate}};
    for (const auto& c : cases) {
        const auto trend = fit_points(c.records);
        CHECK(trend.status() == c.status);
        CHECK_FALSE(trend.at(2010));
        CHECK_FALSE(trend.residual_sd());
        for (const auto& entry : enumerators(trend_interval{})) {
            const cd::trend_options options{.interval = entry.value};
            for (const auto& each :
                 {trend.growth(options).slope, trend.growth(options).factor, trend.confidence_band(2010, options)}) {
                CHECK(each.status == c.status);
                CHECK_FALSE(each.value);
                CHECK_FALSE(each.bounds);
                CHECK(each.n == trend.n());
                CHECK(each.n_missing == trend.n_missing());
            }
            CHECK(trend.growth(options).doubling.months.status == c.status);
        }
        CHECK(trend.bootstrap({.interval = trend_interval::bootstrap_bca}).status == c.status);
        CHECK(trend.prediction_band(2010).status == c.status);
    }
}

TEST_CASE("fewer than 3 clusters, or a record that decides its own fitted value, leave an interval without a value") {
    points records = random_points(6);
    for (point& each : records) each.cluster %= 2;
    const auto trend = fit_points(records);
    CHECK(trend.n_clusters() == 2);
    CHECK(trend.growth({.interval = trend_interval::clustered}).slope.status == estimate_status::too_few);
    const cd::trend_options clusters{.interval = trend_interval::bootstrap_percentile,
                                     .resampling = cd::bootstrap_resampling::clusters};
    CHECK(trend.growth(clusters).doubling.months.status == estimate_status::too_few);
    CHECK(trend.growth().slope.status == estimate_status::ok);

    const points lever{{2000, 1}, {2000, 2}, {2000, 3}, {2010, 9}};
    for (const auto interval : {trend_interval::hc2, trend_interval::hc3})
        CHECK(fit_points(lever).growth({.interval = interval}).slope.status == estimate_status::degenerate);
    CHECK(fit_points(lever).growth({.interval = trend_interval::hc1}).slope.status == estimate_status::few_clusters);
}

TEST_CASE("records of which something is not known are counted, from any range that can be read once") {
    struct record {
        std::optional<chrono::year_month_day> date;
        std::optional<float> value;
        std::optional<std::string> cluster;
    };
    std::vector<record> records;
    for (int year = 2000; year < 2030; ++year)
        records.push_back({chrono::year{year} / 3 / 1, static_cast<float>(year * year), std::to_string(year % 4)});
    const auto clean = cd::fit_log_trend(records, &record::date, &record::value, &record::cluster);
    CHECK(clean.n_missing() == 0);
    CHECK(clean.n_clusters() == 4);
    records.push_back({std::nullopt, 1.0f, "x"});
    records.push_back({2001y / 2 / 30, 1.0f, "x"});
    records.push_back({2001y / 2 / 3, std::nullopt, "x"});
    records.push_back({2001y / 2 / 3, std::numeric_limits<float>::quiet_NaN(), "x"});
    const auto with_value = cd::fit_log_trend(records, &record::date, &record::value, &record::cluster);
    CHECK(with_value.n_missing() == 4);
    records.push_back({2001y / 2 / 3, 1.0f, std::nullopt});
    CHECK(cd::fit_log_trend(records, &record::date, &record::value).n() == 31);
    const std::list<record> list(records.begin(), records.end());
    single_pass<record> once(records);
    for (const auto& trend : {cd::fit_log_trend(list, &record::date, &record::value, &record::cluster),
                              cd::fit_log_trend(once, &record::date, &record::value, &record::cluster)}) {
        CHECK(trend.n() == 30);
        CHECK(trend.n_missing() == 5);
        auto growth = trend.growth({.interval = trend_interval::clustered});
        CHECK(growth.slope.n_missing == 5);
        CHECK(growth.doubling.months.n_missing == 5);
        growth.slope.n_missing = 0;
        CHECK(growth.slope == clean.growth({.interval = trend_interval::clustered}).slope);
    }
}

TEST_CASE("impossible values and options are errors that say what is required") {
    for (const double bad : {0.0, -3.0, infinity, -infinity}) {
        points records = random_points(7);
        records[41].value = bad;
        const std::string message = message_of([&] { return fit_points(records); });
        CHECK(message.starts_with("compute_divide::fit_log_trend: a finite value > 0 in record 41, got "));
    }
    const auto with = fit_points(random_points(8));
    const points records = random_points(8);
    const auto without = cd::fit_log_trend(records, &point::year, &point::value);
    CHECK(without.n_clusters() == 0);
    CHECK(message_of([&] { return without.growth({.interval = trend_interval::clustered}); }) ==
          "compute_divide::trend_options: a fit with a cluster field for clusters, got \"clustered\"");
    CHECK(message_of([&] {
              return without.growth(
                  {.interval = trend_interval::bootstrap_basic, .resampling = cd::bootstrap_resampling::clusters});
          }) == "compute_divide::trend_options: a fit with a cluster field for clusters, got \"bootstrap_basic\"");
    for (const double level : {0.0, 1.0, -0.5, not_known})
        CHECK_THROWS_AS(static_cast<void>(with.growth({.level = level})), std::invalid_argument);
    CHECK(message_of([&] {
              return with.growth({.interval = trend_interval::bootstrap_bca, .derived = cd::derived_interval::delta});
          }) == "compute_divide::log_trend::growth: an interval by standard error for delta, got \"bootstrap_bca\"");
    CHECK(message_of([&] { return with.bootstrap({.interval = trend_interval::hc1}); }) ==
          "compute_divide::log_trend::bootstrap: a bootstrap interval, got \"hc1\"");
    CHECK(message_of([&] { return with.prediction_band(2010, {.interval = trend_interval::sevilla_bootstrap}); }) ==
          "compute_divide::log_trend::prediction_band: an interval by standard error, got \"sevilla_bootstrap\"");
    CHECK(message_of([&] { return with.confidence_band(2001y / 2 / 30); }) ==
          "compute_divide::log_trend::confidence_band: a known date, got nan");
    CHECK_THROWS_AS(static_cast<void>(with.at(not_known)), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(with.prediction_band(not_known)), std::invalid_argument);
}
