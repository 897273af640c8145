// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/bootstrap.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <list>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;
using enum cd::bootstrap_interval;

namespace {

struct point {
    double x, y;
    int cluster;
};

/// As in tests/reference/bootstrap.py.
std::vector<point> points(int n) {
    std::vector<point> all;
    for (int i = 0; i < n; ++i) {
        const int x = (i * 37) % 101;
        all.push_back(
            {static_cast<double>(x), static_cast<double>((i * i * 7 + 3 * i) % 89 + x), i % 7 + (i % 3) * (i % 2)});
    }
    return all;
}

/// Mean, slope, ratio, median and largest, together.
constexpr auto statistics_of_points = [scratch = std::vector<double>()](const auto& drawn) mutable {
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    scratch.clear();
    for (const point& p : drawn) {
        sx += p.x;
        sy += p.y;
        sxx += p.x * p.x;
        sxy += p.x * p.y;
        scratch.push_back(p.y);
    }
    std::ranges::sort(scratch);
    const auto n = static_cast<double>(scratch.size());
    const double median = (scratch[scratch.size() / 2] + scratch[(scratch.size() - 1) / 2]) / 2;
    return std::array{sy / n, (n * sxy - sx * sy) / (n * sxx - sx * sx), sy / sx, median, scratch.back()};
};
const std::vector<std::string> statistic_names = {"mean", "slope", "ratio", "median", "largest"};

constexpr auto mean_of = [](const auto& drawn) {
    double sum = 0;
    for (const auto& x : drawn) sum += static_cast<double>(x);
    return sum / static_cast<double>(drawn.size());
};

struct noisy_mean {
    double operator()(const auto& drawn) const { return mean_of(drawn); }
    double operator()(const auto& drawn, cd::random_stream& stream) const {
        return mean_of(drawn) + stream.uniform(-0.5, 0.5);
    }
};

template <class Sample, class Statistic>
concept can_bootstrap = requires(Sample& sample, Statistic statistic) {
    cd::bootstrap(sample, statistic);
};
using mean_function = decltype(mean_of);
static_assert(can_bootstrap<std::vector<double>, mean_function>);
static_assert(can_bootstrap<const std::vector<double>, mean_function>);
static_assert(!can_bootstrap<std::list<double>, mean_function>);
static_assert(!can_bootstrap<test_support::single_pass<double>, mean_function>);
static_assert(!can_bootstrap<std::vector<double>, int>);
static_assert(!can_bootstrap<std::vector<double>, decltype([](const auto&) { return std::string(); })>);
static_assert(!can_bootstrap<std::vector<double>, decltype([](const auto&) { return true; })>);

}  // namespace

TEST_CASE("intervals agree with scipy on the same resamples") {
    for (const auto& row : test_support::reference_table("bootstrap", 12)) {
        CAPTURE(row.text);
        const bool clusters = row.numbers[0] == 1;
        const auto sample = points(static_cast<int>(row.numbers[1]));
        const cd::bootstrap_options options{.replicates = static_cast<std::size_t>(row.numbers[2]),
                                            .seed = static_cast<std::uint64_t>(row.numbers[3])};
        const double level = row.numbers[4];
        const auto all = clusters ? cd::cluster_bootstrap(sample, &point::cluster, statistics_of_points, options)
                                  : cd::bootstrap(sample, statistics_of_points, options);
        const auto position = std::ranges::find(statistic_names, row.name) - statistic_names.begin();
        const auto& distribution = all.at(static_cast<std::size_t>(position));
        CHECK(distribution.resampling ==
              (clusters ? cd::bootstrap_resampling::clusters : cd::bootstrap_resampling::pairs));
        std::size_t column = 6;
        for (const auto kind : {percentile, basic, bca}) {
            const auto e = distribution.interval(kind, level);
            REQUIRE(e);
            CHECK(close(e.value.value(), row.numbers[5], 1e-13));
            CHECK(close(e.lower(), row.numbers[column], 1e-12));
            CHECK(close(e.upper(), row.numbers[column + 1], 1e-12));
            CHECK(e.level == level);
            CHECK(e.n == row.numbers[1]);
            CHECK(e.method == (clusters ? "cluster_bootstrap_" : "bootstrap_") + std::string(cd::name_of(kind)));
            column += 2;
        }
    }
}

TEST_CASE("with many replicates the ends are those of all n^n resamples") {
    const std::vector<std::vector<double>> samples = {{0, 1, 5}, {1, 2, 2}, {-3, 0, 1, 7}, {1, 2, 4, 8}};
    for (const auto& sample : samples) {
        const std::size_t n = sample.size();
        std::vector<double> exact;
        const auto resamples = static_cast<std::size_t>(std::pow(n, n));
        for (std::size_t code = 0; code < resamples; ++code) {
            double sum = 0;
            for (std::size_t i = 0, rest = code; i < n; ++i, rest /= n) sum += sample[rest % n];
            exact.push_back(sum / static_cast<double>(n));
        }
        std::ranges::sort(exact);
        constexpr std::size_t replicates = 100'000;
        const auto distribution = cd::bootstrap(sample, mean_of, {.replicates = replicates});
        std::size_t compared = 0;
        for (const double level : {0.5, 0.6, 0.7, 0.8, 0.9, 0.95}) {
            const double tail = (1 - level) / 2;
            const auto e = distribution.interval(percentile, level);
            for (const auto& [p, end] : {std::pair{tail, e.lower()}, std::pair{1 - tail, e.upper()}}) {
                // Certain but for 5 standard errors: p is not within those of a jump of the distribution function.
                const double error = 5 * std::sqrt(p * (1 - p) / replicates);
                const auto at = [&](double q) { return exact[static_cast<std::size_t>(q * double(resamples))]; };
                if (at(p - error) != at(p + error)) continue;
                CHECK(end == at(p));
                ++compared;
            }
        }
        CHECK(compared >= 6);
    }
}

TEST_CASE("numbers do not depend on the number of threads") {
    const auto sample = points(50);
    const auto one = cd::bootstrap(sample, statistics_of_points, {.replicates = 1001});
    const auto one_clustered = cd::cluster_bootstrap(sample, &point::cluster, statistics_of_points, {.replicates = 11});
    for (const unsigned threads : {0U, 2U, 3U, 8U}) {
        CHECK(cd::bootstrap(sample, statistics_of_points, {.replicates = 1001, .threads = threads}) == one);
        CHECK(cd::cluster_bootstrap(sample, &point::cluster, statistics_of_points,
                                    {.replicates = 11, .threads = threads}) == one_clustered);
    }
    CHECK(cd::bootstrap(sample, statistics_of_points, {.replicates = 1001, .seed = 2}) != one);
}

TEST_CASE("clusters of one record each are pairs") {
    const auto sample = points(30);
    auto pairs = cd::bootstrap(sample, statistics_of_points);
    const auto clusters = cd::cluster_bootstrap(
        sample, [first = sample.data()](const point& p) { return &p - first; }, statistics_of_points);
    for (auto& distribution : pairs) distribution.resampling = cd::bootstrap_resampling::clusters;
    CHECK(clusters == pairs);
}

TEST_CASE("clusters by text; records of unknown cluster are left out and counted") {
    struct model {
        double value;
        std::optional<std::string> organization;
    };
    std::vector<model> models = {{1, "b"}, {2, "a"}, {3, "b"}, {50, std::nullopt}, {4, "c"}};
    const auto mean_value = [](const auto& drawn) {
        double sum = 0;
        for (const model& m : drawn) sum += m.value;
        return sum / static_cast<double>(drawn.size());
    };
    const auto distribution = cd::cluster_bootstrap(models, &model::organization, mean_value);
    CHECK(distribution.value == 2.5);
    CHECK(distribution.n == 4);
    CHECK(distribution.n_units == 3);
    CHECK(distribution.n_missing == 1);
    CHECK(distribution.replicates.front() == 2);
    CHECK(distribution.replicates.back() == 4);
    const auto e = distribution.interval(percentile);
    CHECK(e.n == 4);
    CHECK(e.n_missing == 1);
    std::ranges::reverse(models);
    CHECK(cd::cluster_bootstrap(models, &model::organization, mean_value) == distribution);
}

TEST_CASE("constant data give the degenerate interval") {
    const std::vector<double> sample(7, 0.1);
    for (const auto kind : {percentile, basic, bca}) {
        const auto e = cd::bootstrap(sample, [](const auto& drawn) { return drawn[3]; }).interval(kind);
        REQUIRE(e);
        CHECK(e.value == 0.1);
        CHECK(e.bounds == cd::interval{0.1, 0.1});
    }
}

TEST_CASE("replicates without a finite value are left out and counted") {
    const std::vector<double> sample = {0, 0, 1, 3};
    const auto reciprocal = [](const auto& drawn) { return 1 / mean_of(drawn); };
    const auto if_any = [](const auto& drawn) -> std::optional<double> {
        const double mean = mean_of(drawn);
        if (mean == 0) return std::nullopt;
        return 1 / mean;
    };
    const auto distribution = cd::bootstrap(sample, reciprocal, {.replicates = 4000});
    CHECK(distribution.n_skipped + distribution.replicates.size() == 4000);
    CHECK(std::abs(static_cast<double>(distribution.n_skipped) - 250) < 5 * std::sqrt(4000 / 16.0 * 15 / 16));
    CHECK(distribution.interval(percentile));
    CHECK(cd::bootstrap(sample, if_any, {.replicates = 4000}) == distribution);
}

TEST_CASE("what the data do not determine is a status") {
    const auto status = [](const std::vector<double>& sample, auto statistic, auto kind,
                           cd::bootstrap_options options = {}) {
        const auto e = cd::bootstrap(sample, statistic, options).interval(kind);
        CHECK(e.value.has_value() == static_cast<bool>(e));
        CHECK(e.bounds.has_value() == static_cast<bool>(e));
        return e.status;
    };
    CHECK(status({}, mean_of, percentile) == estimate_status::no_data);
    CHECK(status({4}, mean_of, percentile) == estimate_status::too_few);
    CHECK(status({4, 5}, mean_of, percentile) == estimate_status::few_clusters);
    const auto logarithm = [](const auto& drawn) { return std::log(mean_of(drawn)); };
    CHECK(status({-1, -2, 0}, logarithm, percentile) == estimate_status::degenerate);
    CHECK(status({1, 2, 3}, mean_of, bca) == estimate_status::few_clusters);
    CHECK(status({1, 2, 3}, mean_of, bca, {.jackknife = false}) == estimate_status::degenerate);
    CHECK(status({1, 2, 3}, mean_of, basic, {.jackknife = false}) == estimate_status::few_clusters);
    // The number of different records is at most that of the sample: no replicate is above it, few are equal.
    const auto different = [](const auto& drawn) {
        std::vector<double> all(drawn.begin(), drawn.end());
        std::ranges::sort(all);
        return static_cast<double>(std::unique(all.begin(), all.end()) - all.begin());
    };
    CHECK(status({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}, different, bca) == estimate_status::degenerate);
    // Undefined only without the first record: a bootstrap, but no jackknife.
    const auto needs_first = [](const auto& drawn) {
        return std::ranges::count(drawn, 1) > 0 ? mean_of(drawn) : std::nan("");
    };
    CHECK(status({1, 2, 3}, needs_first, percentile) == estimate_status::few_clusters);
    CHECK(status({1, 2, 3}, needs_first, bca) == estimate_status::degenerate);
    const std::vector<point> one_cluster(5, point{1, 2, 3});
    CHECK(cd::cluster_bootstrap(one_cluster, &point::cluster, statistics_of_points)[0].status ==
          estimate_status::too_few);
}

TEST_CASE("a statistic that takes a random stream gets that of the replicate") {
    const std::vector<double> sample(20, 3.0);
    const auto distribution = cd::bootstrap(sample, noisy_mean{}, {.replicates = 20'000});
    CHECK(distribution.value == 3);
    CHECK(distribution.acceleration == 0);
    const auto e = distribution.interval(percentile, 0.9);
    const double error = 5 * std::sqrt(0.05 * 0.95 / 20'000);
    CHECK(std::abs(e.lower() - 2.55) < error);
    CHECK(std::abs(e.upper() - 3.45) < error);
    CHECK(cd::bootstrap(sample, noisy_mean{}, {.replicates = 20'000, .threads = 3}) == distribution);
}

TEST_CASE("samples of any random-access range") {
    std::vector<int> vector(12);
    std::iota(vector.begin(), vector.end(), 0);
    const auto expected = cd::bootstrap(vector, mean_of);
    CHECK(cd::bootstrap(ranges::views::iota(0, 12), mean_of) == expected);
    CHECK(cd::bootstrap(vector | ranges::views::transform([](int x) { return double(x); }), mean_of) == expected);
    const std::vector<bool> flags = {true, false, true, true};
    CHECK(cd::bootstrap(flags, mean_of).value == 0.75);
}

TEST_CASE("intervals scale with the sample, from the smallest to the largest numbers") {
    const std::vector<double> sample = {1, 2, 4, 9, 3, 17};
    for (const auto kind : {percentile, basic, bca}) {
        const auto one = cd::bootstrap(sample, mean_of).interval(kind);
        for (const int power : {-1000, -400, 400, 1000}) {
            auto scaled = sample;
            for (auto& x : scaled) x = std::ldexp(x, power);
            const auto e = cd::bootstrap(scaled, mean_of).interval(kind);
            CHECK(e.status == estimate_status::few_clusters);
            CHECK(e.lower() == std::ldexp(one.lower(), power));
            CHECK(e.upper() == std::ldexp(one.upper(), power));
        }
    }
}

TEST_CASE("a level needs a replicate in each tail") {
    const std::vector<double> sample = {1, 2, 3, 4};
    const auto distribution = cd::bootstrap(sample, mean_of, {.replicates = 19});
    CHECK(distribution.interval(percentile, 0.9).status == estimate_status::few_clusters);
    CHECK(message_of([&] { (void)distribution.interval(percentile, 0.91); }) ==
          "compute_divide::bootstrap_distribution::interval: at least 2 / (1 - level) - 1 replicates, got 19");
    CHECK(message_of([&] { (void)cd::bootstrap(sample, mean_of, {.replicates = 1}).interval(basic, 0.5); }) !=
          "no error");
    // Only the resamples without a 0 have a value: one in 256.
    const std::vector<double> zeros = {0, 0, 0, 1};
    const auto if_all = [](const auto& drawn) {
        return std::ranges::count(drawn, 0) <= 3 ? mean_of(drawn) : std::nan("");
    };
    const auto skipped = cd::bootstrap(zeros, if_all, {.replicates = 50});
    CHECK(skipped.n_skipped > 0);
    CHECK(skipped.interval(percentile, 0.95).status == estimate_status::too_few);
    CHECK(skipped.interval(percentile, 0.8).status == estimate_status::few_clusters);
}

TEST_CASE("wrong arguments are refused by name, and a statistic's own exceptions come through") {
    const std::vector<double> sample = {1, 2, 3};
    CHECK(message_of([&] { (void)cd::bootstrap(sample, mean_of, {.replicates = 0}); }) ==
          "compute_divide::bootstrap: replicates >= 1, got 0");
    CHECK(message_of([&] { (void)cd::bootstrap(sample, mean_of).interval(basic, 1); }) ==
          "compute_divide::bootstrap_distribution::interval: level in (0, 1), got 1");
    for (const unsigned threads : {1U, 3U})
        CHECK_THROWS_AS(
            (void)cd::bootstrap(sample,
                                [](const auto& drawn) -> double { throw std::out_of_range(drawn.empty() ? "" : "!"); },
                                {.threads = threads}),
            std::out_of_range);
}

namespace {

/// The mean with its standard error.
constexpr auto mean_with_error = [](const auto& x) {
    double sum = 0, squares = 0;
    const auto n = static_cast<double>(x.size());
    for (const double v : x) sum += v;
    for (const double v : x) squares += (v - sum / n) * (v - sum / n);
    return cd::studentised_value{sum / n, std::sqrt(squares / (n - 1) / n)};
};

}  // namespace

TEST_CASE("studentised intervals are those of all n^n resamples, in the long run") {
    // R, complete enumeration with quantiles of the inverse distribution
    // function: 1.7788812516686112, 4.460255457385185
    std::vector<double> sample{1.2, 3.4, 2.2, 5.1, 2.9};
    const cd::bootstrap_options many{.replicates = 60'000, .standard_error = cd::bootstrap_error::jackknife};
    const auto by_jackknife = cd::bootstrap(sample, mean_of, many);
    CHECK(close(*by_jackknife.standard_error, 0.6500769185258002, 1e-13));
    CHECK(by_jackknife.replicates.size() - by_jackknife.studentised.size() > 20);  // 5 of 3125 have no spread
    const auto e = by_jackknife.interval(cd::bootstrap_interval::studentised, 0.9);
    CHECK(std::fabs(e.lower() - 1.7788812516686112) < 0.02);
    CHECK(std::fabs(e.upper() - 4.460255457385185) < 0.05);
    CHECK(e.method == "bootstrap_studentised");
    CHECK(e.status == estimate_status::few_clusters);
    // the jackknife's standard error of a mean is s / sqrt(n): the same without the double loop
    const auto by_function = cd::bootstrap(sample, mean_with_error, {.replicates = 60'000});
    CHECK(close(*by_function.standard_error, *by_jackknife.standard_error, 1e-13));
    const auto same = by_function.interval(cd::bootstrap_interval::studentised, 0.9);
    CHECK(close(same.lower(), e.lower(), 1e-11));
    CHECK(close(same.upper(), e.upper(), 1e-11));
}

TEST_CASE("studentised intervals cover where percentiles do not" * doctest::test_suite("long")) {
    cd::random_stream random(17);
    int covered[2] = {0, 0};
    constexpr int trials = 1500;
    for (int trial = 0; trial < trials; ++trial) {
        std::vector<double> sample;
        for (int i = 0; i < 8; ++i) {
            double sum = -6;
            for (int k = 0; k < 12; ++k) sum += random.uniform();
            sample.push_back(sum);
        }
        const auto distribution =
            cd::bootstrap(sample, mean_with_error,
                          {.replicates = 299, .seed = static_cast<std::uint64_t>(trial), .jackknife = false});
        const auto studentised = distribution.interval(cd::bootstrap_interval::studentised);
        CHECK(studentised);
        covered[0] += studentised.bounds->contains(0);
        const auto percentiles = distribution.interval(percentile);
        CHECK(percentiles.status == estimate_status::few_clusters);
        covered[1] += percentiles.bounds->contains(0);
    }
    CHECK(covered[0] > 0.93 * trials);
    CHECK(covered[0] < 0.97 * trials);
    CHECK(covered[1] < 0.92 * trials);
}

TEST_CASE("studentised clusters leave out clusters") {
    struct record {
        double x;
        int cluster;
    };
    std::vector<record> records;
    for (int i = 0; i < 40; ++i) records.push_back({std::sin(i / 4) + 0.1 * (i % 4), i / 4});
    const auto mean = [](const auto& drawn) {
        double sum = 0;
        for (const record& r : drawn) sum += r.x;
        return sum / static_cast<double>(drawn.size());
    };
    const auto found =
        cd::cluster_bootstrap(records, &record::cluster, mean,
                              {.replicates = 499, .threads = 2, .standard_error = cd::bootstrap_error::jackknife});
    // of clusters alike in size: the standard error of the mean of the ten cluster means
    std::vector<double> means;
    for (int g = 0; g < 10; ++g) means.push_back(std::sin(g) + 0.15);
    CHECK(close(*found.standard_error, mean_with_error(means).standard_error, 1e-13));
    CHECK(found.interval(cd::bootstrap_interval::studentised).method == "cluster_bootstrap_studentised");
    CHECK(found == cd::cluster_bootstrap(records, &record::cluster, mean,
                                         {.replicates = 499, .standard_error = cd::bootstrap_error::jackknife}));
}

TEST_CASE("studentised needs standard errors, and spread") {
    std::vector<double> sample{1, 2, 3}, same{2, 2, 2};
    CHECK(message_of([&] { (void)cd::bootstrap(sample, mean_of).interval(cd::bootstrap_interval::studentised); }) ==
          "compute_divide::bootstrap_distribution::interval: of studentised bootstrap_options::standard_error, or a "
          "statistic that yields a studentised_value, got \"none\"");
    CHECK(cd::bootstrap(same, mean_of, {.standard_error = cd::bootstrap_error::jackknife})
              .interval(cd::bootstrap_interval::studentised)
              .status != estimate_status::ok);
}

TEST_CASE("skewed records are few though they are many") {
    // One value of 1 among zeros: the mean's acceleration is (n - 2) / sqrt(n - 1) / (6 sqrt n), near 1 / 6 for any n
    // (the jackknife's own, to a sign); of as many ones as zeros it is 0.
    const auto mean = [](const auto& drawn) {
        double sum = 0, squares = 0, n = 0;
        for (const double x : drawn) {
            sum += x;
            squares += x * x;
            ++n;
        }
        return cd::studentised_value{sum / n, std::sqrt((squares - sum * sum / n) / (n * (n - 1)))};
    };
    for (const std::size_t ones : {std::size_t{1}, std::size_t{5}, std::size_t{20}, std::size_t{50}}) {
        std::vector<double> values(100);
        std::fill_n(values.begin(), ones, 1.0);
        const auto found = cd::bootstrap(values, mean, {.replicates = 199});
        const double p = static_cast<double>(ones) / 100, skewness = (1 - 2 * p) / std::sqrt(p * (1 - p));
        CAPTURE(ones);
        CHECK(std::fabs(std::fabs(found.acceleration.value()) - skewness / 60) < 1e-12);
        for (const auto& kind : enumerators(cd::bootstrap_interval{})) {
            const auto status = found.interval(kind.value).status;
            if (status == cd::estimate_status::degenerate) continue;
            const bool few = skewness / 60 > (kind.value == cd::bootstrap_interval::studentised ? 0.05 : 1.0 / 30);
            CHECK(status == (few ? cd::estimate_status::few_clusters : cd::estimate_status::ok));
        }
    }
}
