// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/efficiency.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/results.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"

using namespace compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

using scores = std::vector<double>;
const scores five{0.75, 0.61, 0.90, 0.70, 0.72};

scores split(std::string_view text) {
    std::istringstream words{std::string(text)};
    scores all;
    for (double x = 0; words >> x;) all.push_back(x);
    return all;
}

trial_results with(const scores& all, best_of_options options) {
    return trial_results(all, {}, options);
}

/// Share of `runs` samples of n scores whose interval of the best of k holds the truth.
template <class Draw>
double coverage(int runs, std::size_t n, std::uint64_t k, double truth, best_of_options options, Draw draw) {
    int covered = 0;
    random_stream random(7);
    for (int run = 0; run < runs; ++run) {
        scores all;
        for (std::size_t i = 0; i < n; ++i) all.push_back(draw(random.uniform()));
        covered += with(all, options).expected_best(k).bounds->contains(truth) ? 1 : 0;
    }
    return covered / static_cast<double>(runs);
}

}  // namespace

TEST_CASE("estimates and standard errors as by enumeration of all samples in exact fractions") {
    csv_reader table = csv_reader::open(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/best_of.csv");
    std::size_t rows = 0;
    for (const csv_row& row : table) {
        ++rows;
        const trial_results trials =
            with(split(row["scores"]), {.direction = parse_name<score_direction>(row["direction"]),
                                        .estimator = parse_name<best_of_estimator>(row["estimator"])});
        const auto k = static_cast<std::uint64_t>(std::stoi(std::string(row["k"])));
        CAPTURE(row["scores"]);
        CAPTURE(row["direction"]);
        CAPTURE(row["estimator"]);
        CAPTURE(k);
        const estimate best = trials.expected_best(k);
        REQUIRE(best.value);
        CHECK(close(*best.value, std::stod(std::string(row["value"])), 1e-13));
        const auto error = trials.standard_error(k);
        CHECK(error.has_value() == !row["standard_error"].empty());
        if (error) CHECK(std::fabs(*error - std::stod(std::string(row["standard_error"]))) <= 1e-12 * (1 + *error));
        CHECK(best.bounds.has_value() == error.has_value());
        if (best.bounds) CHECK(best.bounds->contains(*best.value));
        CHECK(best.n == trials.size());
    }
    CHECK(rows == 132);
}

TEST_CASE("five trials of the literature: 799/1000 without and 983/1250 with replacement") {
    CHECK(close(*trial_results(five).expected_best(2).value, 0.799, 1e-15));
    CHECK(close(*with(five, {.estimator = best_of_estimator::with_replacement}).expected_best(2).value, 0.7864, 1e-15));
}

TEST_CASE("one trial is the mean and all of them the maximum, and more is never worse") {
    const trial_results trials(five);
    CHECK(close(*trials.expected_best(1).value, 0.736, 1e-15));
    CHECK(*trials.expected_best(5).value == 0.90);
    for (std::uint64_t k = 1; k < 5; ++k) CHECK(*trials.expected_best(k).value < *trials.expected_best(k + 1).value);
    // The mean's jackknife is its textbook standard error, so the interval is that of t.
    const estimate mean = trials.expected_best(1);
    CHECK(close(mean.bounds->width() / 2, 2.7764451051977934 * std::sqrt(1113. / 500000), 1e-9));
    CHECK(mean.degrees_of_freedom == 4);
    CHECK(trials.expected_best(2).degrees_of_freedom == 3.5);
    CHECK(trials.expected_best(4).degrees_of_freedom == 2.25);
}

TEST_CASE("statuses: none, too few, and few for what is asked") {
    CHECK(trial_results(scores{}).expected_best(1).status == estimate_status::no_data);
    CHECK(trial_results(five).expected_best(6).status == estimate_status::too_few);
    CHECK_FALSE(trial_results(five).expected_best(6).value);
    CHECK(trial_results(five).expected_best(1).status == estimate_status::ok);
    CHECK(trial_results(five).expected_best(2).status == estimate_status::few_clusters);
    CHECK(trial_results(scores(8, 0.5)).expected_best(2).status == estimate_status::ok);
    CHECK(trial_results(scores(8, 0.5)).expected_best(3).status == estimate_status::few_clusters);
    CHECK_FALSE(trial_results(five).expected_best(5).bounds);
    CHECK_FALSE(trial_results(scores{1}).expected_best(1).bounds);
    CHECK(trial_results(scores(100, 0.5)).expected_best(1'000'000).status == estimate_status::too_few);
    CHECK(*with(scores{1, 2}, {.estimator = best_of_estimator::with_replacement}).expected_best(1'000'000).value == 2);
    CHECK(trial_results(five).curve().size() == 2);
    CHECK(trial_results(scores{1}).curve().size() == 1);
    CHECK(trial_results(scores{}).curve().empty());
}

TEST_CASE("any records, in any order, with scores that may not be known") {
    struct run {
        std::optional<double> accuracy;
    };
    const std::vector<run> runs{{0.70}, {}, {0.61}, {0.90}, {std::numeric_limits<double>::quiet_NaN()}, {0.72}, {0.75}};
    const trial_results trials(runs, &run::accuracy);
    CHECK(trials.size() == 5);
    CHECK(trials.n_missing() == 2);
    CHECK(trials.expected_best(2).n_missing == 2);
    CHECK(*trials.expected_best(2).value == *trial_results(test_support::single_pass(five)).expected_best(2).value);
}

TEST_CASE("the band of the distribution: by hand, wide, and covering at every k at once") {
    const best_of_options band{.interval = best_of_interval::cdf_band, .least = 0, .most = 1};
    // n = 2 at 0.95: eps = sqrt(log(40) / 4) = 0.9603. F + eps is 1 from the first score on; F - eps is 0.0397 at the
    // second. So low = 0.4 (1 - eps^k) + 0 eps^k, high = 0.0397^k 0.6 + (1 - 0.0397^k).
    const estimate best = with({0.4, 0.6}, band).expected_best(2);
    const double eps = std::sqrt(std::log(40) / 4), left = 1 - eps;
    CHECK(close(best.lower(), 0.4 * (1 - eps * eps), 1e-12));
    CHECK(close(best.upper(), 0.6 * left * left + 1 - left * left, 1e-12));
    // Lower is better: the same mirrored.
    best_of_options mirrored = band;
    mirrored.direction = score_direction::lower_is_better;
    const estimate least = with({0.4, 0.6}, mirrored).expected_best(2);
    CHECK(close(least.lower(), 1 - best.upper(), 1e-12));
    CHECK(close(least.upper(), 1 - best.lower(), 1e-12));
    for (const std::uint64_t k : {1U, 5U, 20U})
        CHECK(coverage(300, 20, k, static_cast<double>(k) / static_cast<double>(k + 1), band,
                       [](double u) { return u; }) >= 0.97);
}

TEST_CASE("the jackknife's interval covers about as often as it says, up to half of the trials" *
          doctest::test_suite("long")) {
    // Known truths: uniform k / (k + 1); exponential, the harmonic number; uniform^(1/8), k / (k + 1/8), skewed to the
    // left as accuracies are.
    for (const std::size_t n : {10U, 20U, 50U})
        for (const std::uint64_t k : {std::uint64_t{2}, static_cast<std::uint64_t>(n / 2)}) {
            CAPTURE(n);
            CAPTURE(k);
            const double trials = static_cast<double>(k);
            double harmonic = 0;
            for (std::uint64_t i = 1; i <= k; ++i) harmonic += 1 / static_cast<double>(i);
            const double uniform = coverage(1000, n, k, trials / (trials + 1), {}, [](double u) { return u; });
            const double skewed =
                coverage(1000, n, k, trials / (trials + 0.125), {}, [](double u) { return std::pow(u, 0.125); });
            const double exponential = coverage(1000, n, k, harmonic, {}, [](double u) { return -std::log(1 - u); });
            // Standard errors of the shares are 0.006 to 0.011.
            const bool few = k == 2;
            for (const double bounded : {uniform, skewed}) {
                CHECK(bounded > 0.92);
                CHECK(bounded < 0.975);
            }
            CHECK(exponential > (few ? 0.87 : 0.83));
            CHECK(exponential < 0.95);
        }
}

TEST_CASE("two methods at equal budgets: who leads, and from where on it is decided") {
    // a: steady; b: poor as a rule, but every fourth trial is better than any of a's.
    scores a, b;
    for (int i = 0; i < 40; ++i) {
        a.push_back(0.70 + 0.001 * (i % 5));
        b.push_back(i % 4 == 0 ? 0.80 : 0.50 + 0.001 * (i % 3));
    }
    const tuning_comparison by_trials = compare_tuning(trial_results(a), trial_results(b));
    REQUIRE(by_trials);
    REQUIRE(by_trials.points.size() == 20);
    REQUIRE(by_trials.crossings.size() == 1);
    const budget_crossing& crossing = by_trials.crossings[0];
    CHECK_FALSE(crossing.a_ahead);
    for (const tuning_point& p : by_trials.points) {
        CHECK(p.trials_a == p.trials_b);
        CHECK((*p.difference.value > 0) == (p.budget < crossing.budget));
        const double gap =
            *trial_results(a).expected_best(p.trials_a).value - *trial_results(b).expected_best(p.trials_b).value;
        CHECK(close(*p.difference.value, gap, 1e-12));
        CHECK(p.difference.bounds->contains(gap));
    }
    REQUIRE(crossing.decided_before);
    REQUIRE(crossing.decided_from);
    CHECK(*crossing.decided_before < crossing.budget);
    CHECK(*crossing.decided_from >= crossing.budget);

    // Trials of b at a tenth of the compute: it is ahead sooner. Budgets buy what they buy.
    const tuning_comparison by_compute =
        compare_tuning(trial_results(a), trial_results(b), {.cost_a = 10, .cost_b = 1});
    REQUIRE(by_compute);
    CHECK(by_compute.points.front().budget == 10);
    for (const tuning_point& p : by_compute.points) {
        CHECK(p.trials_a == static_cast<std::uint64_t>(p.budget / 10));
        CHECK(p.trials_b == static_cast<std::uint64_t>(p.budget));
        CHECK(*p.difference.value < 0);
    }
    CHECK(by_compute.crossings.empty());
    // Costs of 0.1 and 0.3 coincide at every third trial in spite of rounding.
    for (const tuning_point& p :
         compare_tuning(trial_results(a), trial_results(b), {.cost_a = 0.3, .cost_b = 0.1}).points)
        CHECK(p.trials_a == p.trials_b / 3);

    // Errors: the same with signs changed, where less is better.
    scores error_a, error_b;
    for (const double x : a) error_a.push_back(1 - x);
    for (const double x : b) error_b.push_back(1 - x);
    const best_of_options lower{.direction = score_direction::lower_is_better};
    const tuning_comparison by_error = compare_tuning(with(error_a, lower), with(error_b, lower));
    REQUIRE(by_error.crossings.size() == 1);
    CHECK(by_error.crossings[0] == crossing);
    CHECK(close(*by_error.points[3].difference.value, -*by_trials.points[3].difference.value, 1e-9));

    // The other way round, b gives way to a.
    const tuning_comparison swapped = compare_tuning(trial_results(b), trial_results(a));
    REQUIRE(swapped.crossings.size() == 1);
    CHECK(swapped.crossings[0].a_ahead);
    CHECK(swapped.crossings[0].budget == crossing.budget);
}

TEST_CASE("a method compared with itself has no leader") {
    const tuning_comparison same = compare_tuning(trial_results(five), trial_results(five));
    CHECK(same);
    CHECK(same.crossings.empty());
    CHECK(*same.points[0].difference.value == 0);
    const tuning_comparison constant = compare_tuning(trial_results(scores(4, 1.0)), trial_results(scores(4, 0.5)));
    CHECK(constant.points[0].difference.bounds == interval{0.5, 0.5});
    CHECK(compare_tuning(trial_results(scores{}), trial_results(five)).status == estimate_status::no_data);
    CHECK(compare_tuning(trial_results(scores{1}), trial_results(five)).status == estimate_status::too_few);
    CHECK(compare_tuning(trial_results(five), trial_results(five), {.cost_a = 1e300, .cost_b = 1}).status ==
          estimate_status::too_few);
}

TEST_CASE("wrong arguments are errors that name them") {
    const trial_results trials(five);
    CHECK(message_of([&] { return trials.expected_best(0); }) ==
          "compute_divide::trial_results::expected_best: at least 1 trial, got 0");
    CHECK(message_of([] {
              return trial_results(scores{1, std::numeric_limits<double>::infinity()}).size();
          }) == "compute_divide::trial_results: a score of at most 1e150 in size in record 1, got inf");
    CHECK(message_of([] { return with(five, {.level = 1}).size(); }).find("trial_results") != std::string::npos);
    CHECK(message_of([] { return with(five, {.interval = best_of_interval::cdf_band}).size(); }) ==
          "compute_divide::trial_results: finite least <= most for cdf_band, got 0");
    CHECK(message_of([] {
              return with(five, {.interval = best_of_interval::cdf_band, .least = 0.0, .most = 0.8}).size();
          }) == "compute_divide::trial_results: least <= score <= most, got 0.9");
    CHECK(message_of([&] { return compare_tuning(trials, trials, {.cost_a = 0}); }) ==
          "compute_divide::compare_tuning: finite costs > 0, got 0");
    CHECK(message_of([&] {
              return compare_tuning(trials, with(five, {.direction = score_direction::lower_is_better}));
          }) == "compute_divide::compare_tuning: scores of one direction, got \"lower_is_better\"");
    CHECK(message_of([&] {
              return compare_tuning(trials, with(five, {.estimator = best_of_estimator::with_replacement}));
          }) == "compute_divide::compare_tuning: one estimator, got \"with_replacement\"");
    CHECK(message_of([&] { return compare_tuning(trials, trials, {.level = 0}); }).find("compare_tuning") !=
          std::string::npos);
}

TEST_CASE("as JSON") {
    const tuning_comparison both = compare_tuning(trial_results(five), trial_results(scores{0.5, 0.6, 0.7}));
    CHECK(to_json(both).find(R"("budget":1,"trials_a":1,"trials_b":1,"difference":{)") != std::string::npos);
    CHECK(to_json(both).find(R"("n_a":5,"n_b":3,"n_missing":0,"status":"ok")") != std::string::npos);
}
