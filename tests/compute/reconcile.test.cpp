// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/reconcile.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/ranges.hpp"

using namespace compute_divide;
using test_support::close;

namespace {

constexpr double z90 = 1.6448536269514722;

compute_estimate known(double flops, double sigma) {
    return compute_of_count(flop(flops), {.log10_sigma = sigma});
}

}  // namespace

TEST_CASE("two estimates as one: geometric mean, and weights of their certainty") {
    const reconciled_compute equal = reconcile(std::array{known(1e20, 0.5), known(4e20, 0.5)});
    CHECK(close(*equal.combined.flop.value, 2e20, 1e-12));
    CHECK(close(equal.combined.log10_sigma, 0.5 / std::sqrt(2.0), 1e-12));
    CHECK(equal.combined.flop.n == 2);
    CHECK(equal.combined.method == compute_method::reconciled);
    CHECK(close(equal.largest_z, std::log10(4.0) / std::sqrt(0.5), 1e-12));
    CHECK_FALSE(equal.disagree);

    // 0.1 and 0.2: weights 100 and 25.
    const reconciled_compute sure = reconcile(std::array{known(1e20, 0.1), known(1.2e20, 0.2)});
    CHECK(close(std::log10(*sure.combined.flop.value), 20 + std::log10(1.2) / 5, 1e-13));
    CHECK(close(sure.combined.log10_sigma, 1 / std::sqrt(125.0), 1e-12));
    // The level's interval is about the combined median.
    CHECK(close(sure.combined.flop.upper() / *sure.combined.flop.value, std::pow(10, z90 * sure.combined.log10_sigma),
                1e-12));
}

TEST_CASE("an estimate of a bound says on which side compute is, and is not in the mean") {
    constexpr double endless = std::numeric_limits<double>::infinity();
    const auto bound = [](double flops, double sigma, bool most) {
        compute_estimate one = known(flops, sigma);
        (most ? one.flop.bounds->lower : one.flop.bounds->upper) = most ? 0 : endless;
        one.assumptions.add(compute_assumption::stated_bound);
        return one;
    };
    const compute_estimate told = known(1e20, 0.3), most = bound(1.2e20, 0.1, true), least = bound(1e20, 0.1, false);
    const reconciled_compute alone = reconcile(std::array{told}), both = reconcile(std::array{told, most});
    CHECK(both.n_bounds == 1);
    CHECK(both.combined.flop.n == 2);
    CHECK(both.combined.flop.value == alone.combined.flop.value);
    CHECK(both.combined.log10_sigma == alone.combined.log10_sigma);
    CHECK(both.combined.flop.lower() == alone.combined.flop.lower());
    CHECK(both.combined.flop.upper() == most.flop.upper());
    CHECK(both.combined.assumptions.contains(compute_assumption::stated_bound));
    CHECK_FALSE(both.disagree);
    // Far above "at most": they disagree, and the interval is that of the other.
    const reconciled_compute apart = reconcile(std::array{known(1e22, 0.3), most});
    CHECK(apart.disagree);
    CHECK(apart.combined.assumptions.contains(compute_assumption::estimates_disagree));
    CHECK(apart.combined.flop.bounds == reconcile(std::array{known(1e22, 0.3)}).combined.flop.bounds);
    // However far below: no disagreement.
    CHECK_FALSE(reconcile(std::array{known(1e15, 0.3), most}).disagree);
    CHECK(reconcile(std::array{known(1e15, 0.3), least}).disagree);
    // Bounds alone leave their open side.
    const reconciled_compute open = reconcile(std::array{most});
    CHECK(open.combined.flop.bounds == most.flop.bounds);
    CHECK(open.n_bounds == 1);
    const reconciled_compute between = reconcile(std::array{most, least});
    CHECK(between.combined.flop.lower() == least.flop.lower());
    CHECK(between.combined.flop.upper() == most.flop.upper());
}

TEST_CASE("estimates that disagree beyond their uncertainty are flagged, and the interval widened") {
    const std::array pair{known(1e20, 0.3), known(1e22, 0.4)};
    const reconciled_compute both = reconcile(pair);
    CHECK(close(both.largest_z, 4, 1e-12));
    CHECK(both.disagree);
    CHECK(both.combined.assumptions.contains(compute_assumption::estimates_disagree));
    // Q of two is z^2: sigma = 0.24 x 4.
    CHECK(close(both.combined.log10_sigma, 0.24 * 4, 1e-12));
    CHECK(close(reconcile(pair, {.widen = false}).combined.log10_sigma, 0.24, 1e-12));
    CHECK_FALSE(reconcile(pair, {.disagreement = 4.5}).disagree);
    CHECK_FALSE(reconcile(std::array{known(1e20, 0.3), known(1.1e20, 0.4)}).disagree);
    // The pair that differs most, in any order.
    CHECK(close(reconcile(std::array{known(1e21, 0.3), known(1e22, 0.4), known(1e20, 0.3)}).largest_z, 4, 1e-12));
}

TEST_CASE("estimates without a value are left out; one alone stays; none is no data") {
    compute_estimate none;
    const reconciled_compute one = reconcile(std::array{none, known(1e20, 0.3)});
    CHECK(close(*one.combined.flop.value, 1e20, 1e-13));
    CHECK(close(one.combined.log10_sigma, 0.3, 1e-13));
    CHECK(one.combined.flop.n == 1);
    CHECK(one.combined.flop.n_missing == 1);
    CHECK(one.largest_z == 0);
    CHECK_FALSE(one.disagree);
    const reconciled_compute empty = reconcile(std::array{none, none});
    CHECK_FALSE(empty.combined);
    CHECK(empty.combined.flop.status == estimate_status::no_data);
    CHECK(empty.combined.flop.n_missing == 2);
    CHECK_FALSE(reconcile(std::vector<compute_estimate>{}).combined);
    CHECK_THROWS_WITH_AS(static_cast<void>(reconcile(std::array{known(1e20, 0)})),
                         "compute_divide::reconcile: log10_sigma > 0, got 0", std::invalid_argument);
}

TEST_CASE("any input range; the level is that of the interval, within (0, 1)") {
    const std::vector<compute_estimate> estimates{known(1e20, 0.3), {}, known(3e20, 0.2)};
    CHECK(reconcile(test_support::single_pass(estimates)) == reconcile(estimates));
    CHECK(reconcile(estimates, {.level = 0.5}).combined.flop.level == 0.5);
    for (const double bad : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(static_cast<void>(reconcile(std::array{known(1, 1)}, {.level = bad})), std::invalid_argument);
}

TEST_CASE("as JSON, with the estimate within") {
    const reconciled_compute both = reconcile(std::array{known(1e20, 0.5), known(1e20, 0.5)});
    CHECK(both);
    CHECK(to_json(both) ==
          R"({"combined":)" + to_json(both.combined) + R"(,"n_bounds":0,"largest_z":0,"disagree":false})");
}

TEST_CASE("a correlation between methods: what is shared does not average out") {
    // Two alike: the mean of errors with correlation rho has variance sigma^2 (1 + rho) / 2.
    const std::array alike{known(1e20, 0.5), known(4e20, 0.5)};
    const reconciled_compute half = reconcile(alike, {.correlation = 0.5, .widen = false});
    CHECK(close(*half.combined.flop.value, 2e20, 1e-12));
    CHECK(close(half.combined.log10_sigma, 0.5 * std::sqrt(0.75), 1e-12));
    CHECK(close(half.largest_z, std::log10(4.0) / 0.5, 1e-12));
    // Sigmas 0.3 and 0.4, rho 0.5: C^-1 1 = ((1/0.3 - r) / 0.5 / 0.3, ...), r = 0.5 (1/0.3 + 1/0.4) / 1.5.
    const double r = 0.5 * (1 / 0.3 + 1 / 0.4) / 1.5;
    const double a = (1 / 0.3 - r) / 0.5 / 0.3, b = (1 / 0.4 - r) / 0.5 / 0.4;
    const reconciled_compute both = reconcile(std::array{known(1e20, 0.3), known(1e21, 0.4)}, {.correlation = 0.5});
    CHECK(close(std::log10(*both.combined.flop.value), 20 + b / (a + b), 1e-13));
    const double sigma = 1 / std::sqrt(a + b);
    const double z = 1 / std::sqrt(0.09 + 0.16 - 0.12);
    CHECK(close(both.combined.log10_sigma, sigma * z, 1e-12));
    // One much worse that shares most of its error says nothing more.
    const reconciled_compute alone = reconcile(std::array{known(1e22, 0.9), known(1e20, 0.1)}, {.correlation = 0.9});
    CHECK(close(*alone.combined.flop.value, 1e20, 1e-12));
    CHECK(close(alone.combined.log10_sigma, 0.1, 1e-12));
    CHECK(alone.combined.flop.n == 2);
    CHECK_THROWS_AS((void)reconcile(alike, {.correlation = 1}), std::invalid_argument);
}
