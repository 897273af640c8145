// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/policy/gap.hpp>

#include <cmath>
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::uncertain;
using test_support::close;
using test_support::message_of;

TEST_CASE("a gap of 119.4 to a frontier that grows 4.12 times a year") {  // tests/reference/policy.py
    CHECK(close(cd::years_behind(119.4, 4.12), 3.3778073353342813, 1e-15));
    CHECK(close(cd::gap_growth(4.12, 1.18), 3.4915254237288136, 1e-15));
    CHECK(close(cd::gap_after(119.4, 4.12, 1.18, 5), 61955.571929517533, 1e-14));
    CHECK(close(cd::growth_to_be_within(119.4, 4.12, 10, 5), 6.7654716947819787, 1e-15));
    const cd::parity never = cd::parity_of(119.4, 4.12, 1.18);
    CHECK(never.kind == cd::parity_kind::never);
    CHECK_FALSE(never);
    CHECK_FALSE(never.years.value);
    CHECK(never.probability == 0);
    const cd::parity later = cd::parity_of(119.4, 4.12, 6);
    CHECK(later.kind == cd::parity_kind::expected);
    CHECK(close(*later.years.value, 12.722529860021643, 1e-14));
    CHECK_FALSE(later.years.bounds);
    CHECK(cd::parity_of(119.4, 4.12, 4.12).kind == cd::parity_kind::never);
    CHECK(cd::parity_of(0.5, 4.12, 1.18).kind == cd::parity_kind::reached);
    CHECK(cd::years_behind(0.5, 4) == -0.5);
}

TEST_CASE("growing as is needed is to be within, and years behind undo the growth of the frontier") {
    for (const double gap : {0.3, 1.0, 7.0, 1e6})
        for (const double growth : {1.01, 2.0, 4.5})
            for (const double years : {0.25, 1.0, 30.0}) {
                const double needed = cd::growth_to_be_within(gap, growth, 10, years);
                CHECK(close(cd::gap_after(gap, growth, needed, years), 10, 1e-11));
                CHECK(close(std::pow(growth, cd::years_behind(gap, growth)), gap, 1e-11));
            }
}

TEST_CASE("uncertain numbers: Fieller's interval, with what both have in common") {
    const uncertain<> common(1, "model", 0.08);
    const uncertain<> gap = uncertain<>(100, "gap", 0.5) * common;
    const uncertain<> growth = uncertain<>(4, "growth", 0.1) * uncertain<>(1, "model", 0.05);
    const cd::estimate behind = cd::years_behind(gap, growth, 0.9);
    CHECK(close(*behind.value, std::log(100) / std::log(4), 1e-15));
    CHECK(close(behind.lower(), 2.6477533269192542, 1e-12));
    CHECK(close(behind.upper(), 4.1036489174288946, 1e-12));
    // A frontier of which standing still is within reach: no upper end.
    const cd::estimate open = cd::years_behind(gap, uncertain<>(1.1, "growth", 0.1), 0.9);
    CHECK(open.lower() > 0);
    CHECK(open.upper() == std::numeric_limits<double>::infinity());
    CHECK(*open.value > open.lower());

    const cd::parity both = cd::parity_of(gap, growth, uncertain<>(6, "own", 0.1) * uncertain<>(1, "model", 0.05));
    CHECK(both.kind == cd::parity_kind::expected);
    CHECK(both.probability > 0.99);  // ln 1.5 over .1 sqrt 2: the model's part is in both
    CHECK(close(both.probability, std::erfc(-std::log(1.5) / 0.1 / 2) / 2, 1e-12));
    CHECK(both.years.lower() < *both.years.value);
    CHECK(both.years.upper() > *both.years.value);
    const cd::parity unlikely = cd::parity_of(gap, growth, uncertain<>(3.9, "own", 0.1));
    CHECK(unlikely.kind == cd::parity_kind::never);
    CHECK(unlikely.probability > 0.4);
    CHECK(unlikely.probability < 0.5);
}

TEST_CASE("exact numbers are uncertain ones without sources") {
    const uncertain<> gap = 119.4, frontier = 4.12, own = 1.18;
    CHECK(cd::gap_growth(frontier, own).value() == cd::gap_growth(4.12, 1.18));
    CHECK(close(cd::gap_after(gap, frontier, own, 5).value(), cd::gap_after(119.4, 4.12, 1.18, 5), 1e-15));
    CHECK(close(cd::growth_to_be_within(gap, frontier, 10, 5).value(), cd::growth_to_be_within(119.4, 4.12, 10, 5),
                1e-15));
    CHECK(*cd::years_behind(gap, frontier).value == cd::years_behind(119.4, 4.12));
    CHECK_FALSE(cd::years_behind(gap, frontier).bounds);
    CHECK(cd::probability_within(gap, frontier, own, 1e6, 5) == 1);
    CHECK(cd::probability_within(gap, frontier, own, 10, 5) == 0);
}

TEST_CASE("the gap of later years: exponents of both growths") {
    const uncertain<> gap(100, "gap", 0.3), frontier(4, "frontier", 0.1), own(2, "own", 0.2);
    const uncertain<> then = cd::gap_after(gap, frontier, own, 3);
    CHECK(close(then.value(), 800, 1e-13));
    CHECK(close(then.log_sd(), std::sqrt(0.3 * 0.3 + 0.3 * 0.3 + 0.6 * 0.6), 1e-13));
    CHECK(close(cd::probability_within(gap, frontier, own, 800, 3), 0.5, 1e-12));
    // Own growth and the frontier's of one cause: nothing of it is left.
    const uncertain<> alike = cd::gap_growth(uncertain<>(4, "world", 0.1), uncertain<>(2, "world", 0.1));
    CHECK(alike.sources().empty());
}

TEST_CASE("the gap of two groups' quantiles") {
    cd::quantile_lag_result lag;
    CHECK(message_of([&] { return cd::gap_of(lag); }) ==
          "compute_divide::gap_of: a difference with a value, got \"no data\"");
    lag.difference = {.value = 2, .bounds = cd::interval{1.5, 2.5}, .level = 0.9, .status = cd::estimate_status::ok};
    const uncertain<> gap = cd::gap_of(lag);
    CHECK(close(gap.value(), 100, 1e-13));
    CHECK(close(gap.estimate(0.9).lower(), std::pow(10, 1.5), 1e-12));
    CHECK(close(gap.estimate(0.9).upper(), std::pow(10, 2.5), 1e-12));
}

TEST_CASE("what is no gap, no growth, no time") {
    const double nan = std::numeric_limits<double>::quiet_NaN(), infinite = std::numeric_limits<double>::infinity();
    for (const double growth : {1.0, 0.9, 0.0, -4.0, nan, infinite})
        CHECK(message_of([&] {
                  return cd::years_behind(119.4, growth);
              }).find("years_behind: a finite growth of the frontier above 1 times a year, got ") != std::string::npos);
    for (const double bad : {0.0, -1.0, nan, infinite}) {
        CHECK(message_of([&] { return cd::years_behind(bad, 4); }).find("a finite gap > 0") != std::string::npos);
        CHECK(message_of([&] { return cd::gap_growth(4, bad); }).find("a finite own growth > 0") != std::string::npos);
        CHECK(message_of([&] { return cd::gap_growth(bad, 4); }).find("frontier > 0") != std::string::npos);
        CHECK(message_of([&] { return cd::gap_after(bad, 4, 2, 1); }).find("a finite gap > 0") != std::string::npos);
        CHECK(message_of([&] { return cd::growth_to_be_within(10, 4, bad, 1); }).find("factor > 0") !=
              std::string::npos);
        CHECK(message_of([&] { return cd::growth_to_be_within(10, 4, 10, bad); }).find("years > 0") !=
              std::string::npos);
        CHECK(message_of([&] { return cd::parity_of(bad, 4, 2); }).find("parity_of: a finite gap") !=
              std::string::npos);
        CHECK(message_of([&] { return cd::probability_within(10.0, 4.0, 2.0, bad, 1); }).find("factor") !=
              std::string::npos);
    }
    CHECK(message_of([&] { return cd::gap_after(10, 4, 2, nan); }).find("finite years") != std::string::npos);
    for (const double level : {0.0, 1.0, nan}) {
        CHECK(message_of([&] { return cd::years_behind(uncertain<>(10), uncertain<>(4), level); }).find("level") !=
              std::string::npos);
        CHECK(message_of([&] {
                  return cd::parity_of(uncertain<>(10), uncertain<>(4), uncertain<>(2), level);
              }).find("level") != std::string::npos);
    }
}
