// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/share_bounds.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

struct answer {
    std::optional<bool> yes;
    int cluster = 0;
    double weight = 1;
};
const auto by_cluster = cd::clustered_by(&answer::cluster);

/// The records of tests/reference/share_bounds.py.
std::vector<answer> records_of(int n, int clusters, bool weighted) {
    std::vector<answer> made;
    for (int i = 0; i < n; ++i) {
        answer a{.yes = (i * i + 3 * i) % 7 < 3, .cluster = (i * 7) % clusters, .weight = weighted ? 1.0 + i % 3 : 1};
        if (i % 6 == 1 || (i % 10 == 4 && i > n / 2)) a.yes.reset();
        made.push_back(a);
    }
    return made;
}

}  // namespace

TEST_CASE("bounds and their interval are those written out in Python") {
    for (const auto& row : test_support::reference_table("share_bounds", 10)) {
        CAPTURE(row.text);
        const auto& x = row.numbers;
        const auto records = records_of(static_cast<int>(x[0]), static_cast<int>(x[1]), x[2] > 0);
        const auto found = cd::share_bounds(records, &answer::yes, by_cluster, &answer::weight, {.level = x[3]});
        REQUIRE(found);
        CHECK(close(*found.known.value, x[4], 1e-10));
        CHECK(close(*found.lowest.value, x[5], 1e-10));
        CHECK(close(*found.highest.value, x[6], 1e-10));
        CHECK(close(found.unknown_part, x[7], 1e-10));
        CHECK(close(found.covering->lower, x[8], 1e-8));
        CHECK(close(found.covering->upper, x[9], 1e-8));
        CHECK((found.status() == estimate_status::few_clusters) == (x[1] < 20));
    }
}

TEST_CASE("with nothing unknown the bounds are the share, and the interval its own") {
    auto records = records_of(60, 25, false);
    for (answer& a : records) a.yes = a.yes.value_or(true);
    const auto found = cd::share_bounds(records, &answer::yes, by_cluster);
    const auto share = cd::share(records, &answer::yes, by_cluster).share;
    CHECK(found.lowest == share);
    CHECK(found.highest == share);
    CHECK(found.unknown_part == 0);
    CHECK(close(found.covering->lower, share.lower(), 1e-12));
    CHECK(close(found.covering->upper, share.upper(), 1e-12));
    CHECK(found.known.n_missing == 0);
}

TEST_CASE("the interval is within that of both bounds, and holds the bounds") {
    cd::random_stream random(5);
    for (int round = 0; round < 200; ++round) {
        std::vector<answer> records;
        for (int i = 0; i < 50; ++i) {
            answer a{.yes = random.uniform() < 0.3, .cluster = static_cast<int>(random.below(25))};
            if (random.uniform() < 0.02 * round / 4) a.yes.reset();
            records.push_back(a);
        }
        const auto found = cd::share_bounds(records, &answer::yes, by_cluster);
        REQUIRE(found);
        CHECK(found.covering->lower <= *found.lowest.value);
        CHECK(found.covering->upper >= *found.highest.value);
        CHECK(found.covering->lower >= found.lowest.lower() - 1e-12);
        CHECK(found.covering->upper <= found.highest.upper() + 1e-12);
        if (found.known.value) {
            CHECK(*found.lowest.value <= *found.known.value);
            CHECK(*found.known.value <= *found.highest.value);
        }
        // yes and no change places
        auto turned = records;
        for (answer& a : turned)
            if (a.yes) a.yes = !*a.yes;
        const auto other = cd::share_bounds(turned, &answer::yes, by_cluster);
        CHECK(close(*other.lowest.value, 1 - *found.highest.value, 1e-12));
        CHECK(close(other.covering->lower, 1 - found.covering->upper, 1e-9));
    }
}

TEST_CASE("the interval holds the share in 95 % of samples, where those that say yes are silent or those that say no" *
          doctest::test_suite("long")) {
    // 40 clusters of 4, answers that go together; whoever is silent, the share is that of all.
    for (const bool the_yes_are_silent : {true, false}) {
        const double part_silent = 0.3;
        int covered = 0, left_out_covers = 0;
        const int rounds = 2000;
        for (int round = 0; round < rounds; ++round) {
            cd::random_stream random(11 + the_yes_are_silent, static_cast<std::uint64_t>(round));
            std::vector<answer> records;
            for (int g = 0; g < 40; ++g) {
                const bool common = random.uniform() < 0.5;
                for (int i = 0; i < 4; ++i) {
                    answer a{.yes = random.uniform() < 0.4 ? common : random.uniform() < 0.5, .cluster = g};
                    if (*a.yes == the_yes_are_silent && random.uniform() < 2 * part_silent) a.yes.reset();
                    records.push_back(a);
                }
            }
            const auto found = cd::share_bounds(records, &answer::yes, by_cluster);
            covered += found.covering->contains(0.5);
            left_out_covers += found.known.bounds->contains(0.5);
        }
        CAPTURE(the_yes_are_silent);
        CHECK(covered >= 0.935 * rounds);
        CHECK(covered <= 0.97 * rounds);  // one bound is the share itself: no more than is needed
        CHECK(left_out_covers < 0.2 * rounds);
    }
}

TEST_CASE("no data, one cluster, unknown alone, and levels") {
    std::vector<answer> records;
    const auto none = cd::share_bounds(records, &answer::yes, by_cluster);
    CHECK_FALSE(none);
    CHECK(none.status() == estimate_status::no_data);
    CHECK(to_string(none) == cd::description_of(estimate_status::no_data));
    records = {{.yes = true}, {.yes = std::nullopt}, {.yes = false}};
    const auto one = cd::share_bounds(records, &answer::yes, by_cluster);
    CHECK_FALSE(one);
    CHECK(one.status() == estimate_status::too_few);
    CHECK(close(*one.lowest.value, 1 / 3.0, 1e-12));
    CHECK(close(*one.highest.value, 2 / 3.0, 1e-12));
    records = {{.yes = std::nullopt, .cluster = 1}, {.yes = std::nullopt, .cluster = 2}};
    const auto unknown = cd::share_bounds(records, &answer::yes, by_cluster);
    CHECK(unknown.unknown_part == 1);
    CHECK_FALSE(unknown.known.value);
    CHECK(*unknown.lowest.value == 0);
    CHECK(*unknown.highest.value == 1);
    CHECK(unknown.covering->lower == 0);
    CHECK(unknown.covering->upper == 1);
    CHECK(to_string(unknown) == "between 0.0 % and 100.0 % [0.0, 100.0] (clustered_wilson, 95 %, n = 2, 2 not known)");
    records.push_back({.yes = true, .cluster = 3, .weight = std::numeric_limits<double>::quiet_NaN()});
    const auto weighted = cd::share_bounds(records, &answer::yes, by_cluster, &answer::weight);
    CHECK(weighted.known.n_missing == 3);
    CHECK(to_string(weighted).find("2 not known") != std::string::npos);
    records.pop_back();
    const auto coarse = cd::share_bounds(records_of(400, 100, false), &answer::yes, by_cluster, {.level = 0.2});
    CHECK(coarse.covering->lower == *coarse.lowest.value);
    CHECK(coarse.covering->upper == *coarse.highest.value);
    CHECK(message_of([&] { (void)cd::share_bounds(records, &answer::yes, by_cluster, {.level = 1}); }).find("level") !=
          std::string::npos);
    records[0].weight = -1;
    CHECK(message_of([&] {
              (void)cd::share_bounds(records, &answer::yes, by_cluster, &answer::weight);
          }).find("weight") != std::string::npos);
    records[0].weight = std::numeric_limits<double>::quiet_NaN();
    const auto unweighed = cd::share_bounds(records, &answer::yes, by_cluster, &answer::weight);
    CHECK(unweighed.lowest.n == 1);
    CHECK(unweighed.lowest.n_missing == 1);
}
