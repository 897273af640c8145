// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/uncertain.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/compute/quantities.hpp>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::uncertain;
using test_support::close;
using test_support::message_of;

namespace {

using source = uncertain<>::source;
using seconds = std::chrono::duration<double>;

}  // namespace

TEST_CASE("between has the interval that was given") {
    for (const double level : {0.5, 0.9, 0.95, 0.999}) {
        const auto x = cd::between(2.0, 8.0, "x", level);
        CHECK(close(x.value(), 4, 1e-14));
        const auto e = x.estimate(level);
        CHECK(close(e.lower(), 2, 1e-13));
        CHECK(close(e.upper(), 8, 1e-13));
        CHECK(e.level == level);
        CHECK(e.method == "log-normal");
    }
    // z of 90 % is 1.6448536269514722
    CHECK(close(cd::between(0.5, 1.0, "load").log_sd(), std::numbers::ln2 / (2 * 1.6448536269514722), 1e-13));
    CHECK(cd::between(3.0, 3.0, "x").sources().empty());
}

TEST_CASE("independent factors add their variances, one source its deviations") {
    const uncertain a(2.0, "a", 0.3), b(5.0, "b", 0.4);
    CHECK((a * b).value() == 10);
    CHECK(close((a * b).log_sd(), 0.5, 1e-15));
    CHECK(close((a / b).log_sd(), 0.5, 1e-15));
    CHECK(close((a * a).log_sd(), 0.6, 1e-15));
    CHECK((a / a) == uncertain(1.0));
    CHECK((a / b).sources() == std::vector<source>{{"a", 0.3}, {"b", -0.4}});
    CHECK(close((a * b / b).log_sd(), 0.3, 1e-15));
}

TEST_CASE("sums by shares") {
    const uncertain a(3.0, "a", 0.2), b(1.0, "b", 0.2), also_a(1.0, "a", 0.2);
    CHECK((a + b).value() == 4);
    CHECK(close((a + b).log_sd(), 0.2 * std::sqrt(0.75 * 0.75 + 0.25 * 0.25), 1e-14));
    // One source moves both: nothing averages out.
    CHECK(close((a + also_a).log_sd(), 0.2, 1e-14));
    CHECK((a + 0.0) == a);
    CHECK((uncertain(0.0, "a", 0.5) + uncertain(0.0)).log_sd() == 0);
}

TEST_CASE("the interval of a product is exact and that of a sum is near, by simulation") {
    const uncertain a(3.0, "a", 0.2), b(2.0, "b", 0.35), common(1.5, "c", 0.25);
    const auto product = a * b * common;
    const auto sum = a * common + b * common;
    cd::random_stream random(11);
    const auto normal = [&] {
        return std::sqrt(-2 * std::log(1 - random.uniform())) * std::cos(2 * std::numbers::pi * random.uniform());
    };
    constexpr int trials = 40000;
    int in_product = 0, in_sum = 0;
    for (int trial = 0; trial < trials; ++trial) {
        const double x = 3 * std::exp(0.2 * normal()), y = 2 * std::exp(0.35 * normal()),
                     z = 1.5 * std::exp(0.25 * normal());
        in_product += product.estimate().bounds->contains(x * y * z);
        in_sum += sum.estimate().bounds->contains(x * z + y * z);
    }
    CHECK(std::fabs(in_product / double(trials) - 0.9) < 0.006);
    CHECK(std::fabs(in_sum / double(trials) - 0.9) < 0.01);
}

TEST_CASE("units are those of what is multiplied") {
    const uncertain<seconds> hour(std::chrono::hours(1), "hours", 0.1), minute = seconds(60);
    CHECK((hour / minute).value() == 60.0);
    CHECK((hour + minute).value() == seconds(3660));
    CHECK((uncertain(2.0) * hour).value() == seconds(7200));
    CHECK(hour.estimate().value == 3600);
}

TEST_CASE("estimates as uncertain numbers, and back") {
    const cd::estimate e{.value = 10, .bounds = cd::interval{5, 20}, .level = 0.8, .status = cd::estimate_status::ok};
    const auto x = cd::uncertain_from(e, "compute");
    CHECK(x.sources().size() == 1);
    CHECK(close(x.estimate(0.8).lower(), 5, 1e-13));
    CHECK(close(x.estimate(0.8).upper(), 20, 1e-13));
    CHECK(cd::uncertain_from({.value = 3, .status = cd::estimate_status::ok}, "x") == uncertain(3.0));
}

TEST_CASE("bad input is an error that names it") {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    CHECK(message_of([] { return uncertain(-1.0); }) == "compute_divide::uncertain: a finite number >= 0, got -1");
    CHECK(message_of([=] { return uncertain(infinite); }) ==
          "compute_divide::uncertain: a finite number >= 0, got inf");
    CHECK(message_of([] { return uncertain(1.0, "x", -0.1); }) ==
          "compute_divide::uncertain: a finite log_sd >= 0, got -0.1");
    CHECK(message_of([] { return uncertain(1.0) / uncertain(0.0); }) ==
          "compute_divide::uncertain: a finite number >= 0, got inf");
    CHECK(message_of([] { return uncertain(1.0).estimate(0); }) ==
          "compute_divide::uncertain::estimate: level in (0, 1), got 0");
    CHECK(message_of([] { return cd::between(0.0, 1.0, "x"); }) == "compute_divide::between: lower > 0, got 0");
    CHECK(message_of([] { return cd::between(2.0, 1.0, "x"); }) ==
          "compute_divide::between: a finite upper >= lower, got 1");
    CHECK(message_of([] { return cd::between(1.0, 2.0, "x", 1); }) ==
          "compute_divide::between: level in (0, 1), got 1");
    CHECK(message_of([] { return cd::uncertain_from(cd::estimate{}, "x"); }) ==
          "compute_divide::uncertain_from: an estimate with a value, got \"no data\"");
}

TEST_CASE("as text with its unit, as JSON an estimate at 90 %") {
    const cd::uncertain exact(cd::watts(6500));
    CHECK(to_string(exact) == "6.5 kW");
    const auto power = cd::between(cd::watts(5000), cd::watts(8000), "power");
    CHECK(to_string(power) == "6.32 kW [5 kW, 8 kW] (90 %)");
    CHECK(to_json(power) == to_json(power.estimate()));
    CHECK(to_string(cd::between(200.0, 800.0, "x")) == "400 [200, 800] (90 %)");
    CHECK(to_string(cd::uncertain(cd::seconds(90))) == "90 s");
}
