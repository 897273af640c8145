// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/mantel_haenszel.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

TEST_CASE("odds ratios, intervals and tests are R's") {
    std::map<std::string, cd::mantel_haenszel_sums> sums, parts;
    std::map<std::string, std::vector<double>> expected;
    bool odd = false;
    for (const auto& row : test_support::reference_table("mantel_haenszel", 10)) {
        const auto& x = row.numbers;
        sums[row.name].add({x[0], x[0] + x[1]}, {x[2], x[2] + x[3]});
        parts[row.name + ((odd = !odd) ? " one" : " two")].add({x[0], x[0] + x[1]}, {x[2], x[2] + x[3]});
        expected[row.name] = x;
    }
    for (const auto& each : expected) {
        const std::string& name = each.first;
        const auto& x = each.second;
        CAPTURE(name);
        const auto found = sums[name].result({.level = x[4]});
        REQUIRE(found);
        CHECK(close(*found.odds_ratio.value, x[5], 1e-13));
        CHECK(close(found.odds_ratio.lower(), x[6], 1e-13));
        CHECK(close(found.odds_ratio.upper(), x[7], 1e-13));
        CHECK(close(*found.test.statistic, x[8], 1e-12));
        CHECK(close(*found.test.p_value, x[9], 1e-12));
        auto merged = parts[name + " one"];
        merged.merge(parts[name + " two"]);
        CHECK(close(*merged.result().odds_ratio.value, x[5], 1e-13));
        CHECK(merged.result().odds_ratio.n == found.odds_ratio.n);
    }
}

TEST_CASE("one stratum gives its own odds ratio, exchanged groups the inverse, and strata of one kind add nothing") {
    cd::mantel_haenszel_sums one, exchanged, more;
    one.add({12, 40}, {30, 50});
    exchanged.add({30, 50}, {12, 40});
    more.add({12, 40}, {30, 50});
    more.add({0, 40}, {0, 10});
    more.add({3, 40}, {0, 0});
    more.add({4, 4}, {9, 9});
    const auto found = one.result();
    CHECK(close(*found.odds_ratio.value, 12.0 * 20 / (28.0 * 30), 1e-15));
    CHECK(close(*exchanged.result().odds_ratio.value, 1 / *found.odds_ratio.value, 1e-15));
    CHECK(close(exchanged.result().odds_ratio.upper(), 1 / found.odds_ratio.lower(), 1e-14));
    CHECK(more.result().odds_ratio.bounds == found.odds_ratio.bounds);
    CHECK(more.result().n_strata == 1);
    CHECK(more.result().odds_ratio.n == 90 + 50 + 40 + 13);
}

TEST_CASE("the interval holds its level where it says ok, in few large strata and many small ones" *
          doctest::test_suite("long")) {
    const struct { int strata, n; } designs[] = {{3, 100}, {60, 6}, {200, 3}};
    for (const auto& design : designs) {
        CAPTURE(design.strata);
        int ok = 0, covered = 0, alarms = 0;
        for (std::uint64_t r = 0; r < 1500; ++r) {
            cd::random_stream stream(21, r);
            cd::mantel_haenszel_sums sums, none;
            for (int s = 0; s < design.strata; ++s) {
                const double odds = std::exp(stream.uniform(-1.5, 1.5));
                const auto successes = [&](double of) {
                    double k = 0;
                    for (int i = 0; i < design.n; ++i) k += stream.uniform() < of / (1 + of);
                    return cd::share_count{k, static_cast<double>(design.n)};
                };
                const auto base = successes(odds);
                sums.add(successes(2 * odds), base);
                none.add(successes(odds), base);
            }
            const auto found = sums.result();
            if (found.odds_ratio.status == estimate_status::ok) {
                ++ok;
                covered += found.odds_ratio.bounds->contains(2);
            }
            alarms += *none.result().test.p_value < 0.05;
        }
        CHECK(ok > 1400);
        CHECK(covered > 0.935 * ok);
        CHECK(covered < 0.965 * ok);
        CHECK(alarms > 0.035 * 1500);
        CHECK(alarms < 0.065 * 1500);
    }
}

TEST_CASE("what has no answer says why") {
    cd::mantel_haenszel_sums nothing, no_ratio, few;
    CHECK(nothing.result().odds_ratio.status == estimate_status::no_data);
    CHECK(nothing.result().test.status == estimate_status::no_data);
    nothing.add({0, 0}, {3, 7});
    CHECK(nothing.result().odds_ratio.status == estimate_status::degenerate);
    CHECK(nothing.result().test.status == estimate_status::degenerate);
    no_ratio.add({0, 40}, {20, 40});
    CHECK(no_ratio.result().odds_ratio.status == estimate_status::degenerate);
    CHECK(no_ratio.result().test.status == estimate_status::ok);
    few.add({1, 4}, {3, 4});
    CHECK(few.result().odds_ratio.status == estimate_status::few_clusters);
    CHECK(few.result().test.status == estimate_status::few_clusters);
    CHECK(message_of([&] {
              few.add({3, 2}, {1, 1});
          }) == "compute_divide::mantel_haenszel: 0 <= successes <= n, got 3");
    CHECK(message_of([&] { few.add({0, -1}, {1, 1}); }) == "compute_divide::mantel_haenszel: finite n >= 0, got -1");
    CHECK(message_of([&] { return few.result({.level = 0}); }) ==
          "compute_divide::mantel_haenszel: level in (0, 1), got 0");
}

TEST_CASE("records of any range, those not known apart") {
    struct paper {
        std::string venue;
        std::optional<bool> firm;
        bool code;
    };
    std::vector<paper> papers;
    const auto add = [&](const char* venue, std::optional<bool> firm, int with, int without) {
        for (int i = 0; i < with; ++i) papers.push_back({venue, firm, true});
        for (int i = 0; i < without; ++i) papers.push_back({venue, firm, false});
    };
    add("a", true, 12, 28);
    add("a", false, 30, 20);
    add("b", true, 5, 15);
    add("b", false, 8, 12);
    add("b", std::nullopt, 1, 1);
    cd::mantel_haenszel_sums sums;
    sums.add({12, 40}, {30, 50});
    sums.add({5, 20}, {8, 20});
    sums.add_missing(2);
    CHECK(cd::mantel_haenszel(papers, &paper::venue, &paper::firm, &paper::code) == sums.result());

    const auto found = cd::mantel_haenszel(
        test_support::single_pass<int>({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}), [](int) { return 0; },
        [](int i) { return i % 2; }, [](int i) { return i > 5; });
    CHECK(close(*found.odds_ratio.value, 3.0 * 2 / (3 * 3), 1e-15));
    CHECK(found.odds_ratio.status == estimate_status::few_clusters);
}
