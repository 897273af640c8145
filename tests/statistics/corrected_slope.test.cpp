// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/corrected_slope.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>
#include <compute_divide/statistics/multiple_draws.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

const cd::estimate slope{.value = -0.3,
                         .bounds = cd::interval{-0.5, -0.1},
                         .method = "clustered",
                         .n = 400,
                         .degrees_of_freedom = 45,
                         .status = estimate_status::ok};
const cd::classification_counts errors{
    .true_positives = 40, .false_positives = 3, .false_negatives = 10, .true_negatives = 57};

/// The slope of y on x by least squares with its classical interval at 95 %.
cd::estimate line_through(const std::vector<double>& x, const std::vector<double>& y) {
    const auto n = static_cast<double>(x.size());
    double mx = 0, my = 0, xx = 0, xy = 0, rss = 0;
    for (std::size_t i = 0; i < x.size(); ++i) mx += x[i] / n, my += y[i] / n;
    for (std::size_t i = 0; i < x.size(); ++i) xx += (x[i] - mx) * (x[i] - mx), xy += (x[i] - mx) * (y[i] - my);
    const double b = xy / xx;
    for (std::size_t i = 0; i < x.size(); ++i) rss += std::pow(y[i] - my - b * (x[i] - mx), 2);
    const double half = cd::detail::two_sided_t(0.95, n - 2) * std::sqrt(rss / (n - 2) / xx);
    return {.value = b,
            .bounds = cd::interval{b - half, b + half},
            .n = x.size(),
            .degrees_of_freedom = n - 2,
            .status = estimate_status::ok};
}

}  // namespace

TEST_CASE("the factor is the predictor's J over the response's") {
    // By hand: se = 40 / 50, sp = 57 / 60, J = 0.75.
    const auto of_x = cd::corrected_slope(slope, {.predictor = errors});
    CHECK(close(of_x.factor, 0.75, 1e-12));
    CHECK(close(*of_x.corrected.value, -0.225, 1e-12));
    const auto of_y = cd::corrected_slope(slope, {.response = errors});
    CHECK(close(*of_y.corrected.value, -0.4, 1e-12));
    const auto of_both = cd::corrected_slope(slope, {.predictor = errors, .response = errors});
    CHECK(close(*of_both.corrected.value, -0.3, 1e-12));
    CHECK(close(of_both.log_error, std::sqrt(2.0) * of_x.log_error, 1e-12));
    // variance of J: (40.5 / 51)(10.5 / 51) / 50 + (57.5 / 61)(3.5 / 61) / 60
    CHECK(close(of_x.log_error, std::sqrt(40.5 * 10.5 / 51 / 51 / 50 + 57.5 * 3.5 / 61 / 61 / 60) / 0.75, 1e-12));
    CHECK(of_x.corrected.n == 400);
    CHECK(of_x.corrected.status == estimate_status::ok);
    CHECK(of_x.classified == slope);
    const auto none = cd::corrected_slope(slope, {});
    CHECK(none.corrected == slope);
}

TEST_CASE("a slope that is not there stays so, whatever the errors; the sides are no narrower than the factor says") {
    cd::estimate flat = slope;
    flat.value = 0;
    flat.bounds = cd::interval{-0.2, 0.3};
    const auto found = cd::corrected_slope(flat, {.predictor = errors});
    CHECK(*found.corrected.value == 0);
    CHECK(close(found.corrected.bounds->lower, -0.15, 1e-12));
    CHECK(close(found.corrected.bounds->upper, 0.225, 1e-12));
    const auto steep = cd::corrected_slope(slope, {.predictor = errors});
    CHECK(steep.corrected.bounds->lower < 0.75 * -0.5);
    CHECK(steep.corrected.bounds->upper > 0.75 * -0.1);
}

TEST_CASE("the slope of true shares is found from shares as classified, and its interval covers") {
    // 120 groups of true shares pi from .05 to .45, y = .8 - .5 pi and noise; each as classified with se .85, sp .95 in
    // 4,000 records; the errors are known from 60 records with the label and 60 without.
    const int rounds = 1000;
    int covered = 0, as_found = 0;
    double sum = 0;
    for (int round = 0; round < rounds; ++round) {
        cd::random_stream random(3, static_cast<std::uint64_t>(round));
        std::vector<double> x, y;
        for (int g = 0; g < 120; ++g) {
            const double pi = 0.05 + 0.4 * random.uniform(), q = 0.85 * pi + 0.05 * (1 - pi);
            x.push_back(q + std::sqrt(q * (1 - q) / 4000) * cd::standard_normal(random));
            y.push_back(0.8 - 0.5 * pi + 0.1 * cd::standard_normal(random));
        }
        cd::classification_counts table{};
        for (int i = 0; i < 60; ++i) {
            ++(random.uniform() < 0.85 ? table.true_positives : table.false_negatives);
            ++(random.uniform() < 0.95 ? table.true_negatives : table.false_positives);
        }
        const cd::estimate found = line_through(x, y);
        const auto corrected = cd::corrected_slope(found, {.predictor = table});
        sum += *corrected.corrected.value / rounds;
        covered += corrected.corrected.bounds->contains(-0.5);
        as_found += found.bounds->contains(-0.5);
    }
    CHECK(std::fabs(sum + 0.5) < 0.02);
    CHECK(covered >= 0.93 * rounds);
    CHECK(covered <= 0.98 * rounds);
    CHECK(as_found < 0.8 * rounds);  // -0.5 / 0.8 is what is found without
}

TEST_CASE("what cannot be corrected") {
    cd::classification_counts chance{
        .true_positives = 5, .false_positives = 5, .false_negatives = 5, .true_negatives = 5};
    CHECK(cd::corrected_slope(slope, {.predictor = chance}).corrected.status == estimate_status::degenerate);
    CHECK_FALSE(cd::corrected_slope(slope, {.response = chance}).corrected.value);
    chance.true_positives = chance.false_negatives = 0;
    CHECK(cd::corrected_slope(slope, {.predictor = chance}).corrected.status == estimate_status::too_few);
    const cd::estimate none{.status = estimate_status::too_few};
    const auto of_none = cd::corrected_slope(none, {.predictor = errors});
    CHECK_FALSE(of_none);
    CHECK(of_none.corrected.status == estimate_status::too_few);
    const cd::classification_counts perfect{
        .true_positives = 30, .false_positives = 0, .false_negatives = 0, .true_negatives = 30};
    const auto sure = cd::corrected_slope(slope, {.predictor = perfect});
    CHECK(*sure.corrected.value == *slope.value);
    CHECK(sure.log_error > 0);  // thirty records of each do not show that there are no errors
    chance.true_positives = -1;
    CHECK(message_of([&] {
              (void)cd::corrected_slope(slope, {.predictor = chance});
          }).find("share_interval: finite n > 0") != std::string::npos);
    chance.true_positives = std::numeric_limits<double>::quiet_NaN();
    CHECK(message_of([&] { (void)cd::corrected_slope(slope, {.predictor = chance}); }) != "no error");
}
