// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/proportion_trend.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;

namespace {

struct group {
    double score, successes, n;
};

struct paper {
    int year;
    std::optional<bool> academic;
};

static_assert(cd::accumulator_of<cd::share_trend_test, double, double, double>);

const std::vector<group> smokers = {{1, 83, 86}, {2, 90, 93}, {3, 129, 136}, {4, 70, 82}};

template <class Groups>
cd::test_result tested(Groups&& groups) {
    return cd::cochran_armitage(groups, &group::score, &group::successes, &group::n);
}

std::string message_of(group g) {
    return test_support::message_of([&] { cd::share_trend_test().add(g.score, g.successes, g.n); });
}

}  // namespace

TEST_CASE("the statistic and its p-value agree with exact sums and with R") {
    for (const auto& row : test_support::reference_table("proportion_trend", 17)) {
        CAPTURE(row.name);
        std::vector<group> groups;
        for (std::size_t i = 2; i < row.numbers.size(); i += 3)
            groups.push_back({row.numbers[i], row.numbers[i + 1], row.numbers[i + 2]});
        const auto test = tested(groups);
        REQUIRE(test);
        const double z = row.numbers[0];
        CHECK(std::fabs(*test.statistic - z) <= 1e-13 * std::fabs(z) + 1e-15);
        CHECK(close(*test.p_value, row.numbers[1], 1e-11));
        CHECK(test.method == "cochran_armitage");
    }
    CHECK(tested(smokers).n == 397);
}

TEST_CASE("the sign is the direction") {
    std::vector<group> failures = smokers, mirrored = smokers;
    for (auto& g : failures) g.successes = g.n - g.successes;
    for (auto& g : mirrored) g.score = -g.score;
    const double z = tested(smokers).statistic.value();
    CHECK(z < 0);
    CHECK(close(tested(failures).statistic.value(), -z, 1e-13));
    CHECK(close(tested(mirrored).statistic.value(), -z, 1e-13));
    CHECK(close(tested(mirrored).p_value.value(), tested(smokers).p_value.value(), 1e-13));
}

TEST_CASE("scores may be shifted and stretched and groups split") {
    std::vector<group> moved = smokers, halves;
    for (auto& g : moved) g.score = 2010 + 0.5 * g.score;
    for (const auto& g : smokers) {
        halves.push_back({g.score, g.successes / 2 - 1, g.n / 2});
        halves.push_back({g.score, g.successes / 2 + 1, g.n / 2});
    }
    CHECK(close(tested(moved).statistic.value(), tested(smokers).statistic.value(), 1e-12));
    CHECK(close(tested(halves).statistic.value(), tested(smokers).statistic.value(), 1e-12));
}

TEST_CASE("merging parts equals one pass over the whole") {
    for (std::size_t cut = 0; cut <= smokers.size(); ++cut) {
        cd::share_trend_test left, right;
        for (std::size_t i = 0; i < smokers.size(); ++i)
            (i < cut ? left : right).add(smokers[i].score, smokers[i].successes, smokers[i].n);
        right.add(1, std::numeric_limits<double>::quiet_NaN(), 3);
        left.merge(right);
        const auto merged = left.result();
        CHECK(close(merged.statistic.value(), tested(smokers).statistic.value(), 1e-13));
        CHECK(merged.n == 397);
        CHECK(merged.n_missing == 1);
    }
}

TEST_CASE("single records are groups of one and unknown ones are counted") {
    std::vector<paper> papers;
    for (const auto& g : smokers)
        for (int i = 0; i < static_cast<int>(g.n); ++i)
            papers.push_back({static_cast<int>(g.score), i < static_cast<int>(g.successes)});
    papers.push_back({4, std::nullopt});
    const auto test = cd::cochran_armitage(papers, &paper::year, &paper::academic);
    CHECK(close(test.statistic.value(), tested(smokers).statistic.value(), 1e-12));
    CHECK(test.n == 397);
    CHECK(test.n_missing == 1);
    const auto plain = cd::cochran_armitage(papers, &paper::year, [](const paper& p) { return p.academic == true; });
    CHECK(plain.n == 398);
    CHECK(plain.n_missing == 0);
}

TEST_CASE("any input range will do") {
    const auto expected = tested(smokers);
    CHECK(tested(std::list<group>(smokers.begin(), smokers.end())) == expected);
    CHECK(tested(test_support::single_pass<group>(smokers)) == expected);
}

TEST_CASE("data that cannot answer are a status") {
    const std::vector<std::pair<std::vector<group>, estimate_status>> cases = {
        {{}, estimate_status::no_data},
        {{{1, 0, 0}}, estimate_status::no_data},
        {{{1, 3, 9}}, estimate_status::degenerate},
        {{{1, 3, 9}, {1, 5, 9}}, estimate_status::degenerate},
        {{{1, 0, 9}, {2, 0, 9}, {3, 0, 4}}, estimate_status::degenerate},
        {{{1, 9, 9}, {2, 7, 7}, {3, 3, 3}}, estimate_status::degenerate}};
    for (const auto& [groups, status] : cases) {
        const auto test = tested(groups);
        CHECK_FALSE(test);
        CHECK(test.status == status);
        CHECK_FALSE(test.statistic);
        CHECK_FALSE(test.p_value);
    }
}

TEST_CASE("impossible groups are refused by name") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(message_of({1, 5, 4}) == "compute_divide::share_trend_test: 0 <= successes <= n, got 5");
    CHECK(message_of({1, -1, 4}) == "compute_divide::share_trend_test: 0 <= successes <= n, got -1");
    CHECK(message_of({1, 0, -4}) == "compute_divide::share_trend_test: finite n >= 0, got -4");
    CHECK(message_of({1, 0, infinity}) == "compute_divide::share_trend_test: finite n >= 0, got inf");
    CHECK(message_of({infinity, 0, 4}) == "compute_divide::share_trend_test: finite score, got inf");
}

TEST_CASE("scores may be shifted as far as they are exact") {
    const auto of = [](double shift) {
        cd::share_trend_test test;
        for (int i = 0; i < 400; ++i) test.add(shift + i % 9 * 0.125, i % 3 + (i % 9) / 4, 5);
        return *test.result().statistic;
    };
    for (const double shift : {2e3, 1e6, 1e9, 1e12}) CHECK(test_support::close(of(shift), of(0), 1e-12));
}

TEST_CASE("scores may be of any size") {
    struct record {
        double score;
        bool yes;
    };
    const std::vector<record> records{{1, true}, {2, false}, {3, true}, {5, false}, {-4, false}, {0, true}};
    const auto expected = cd::cochran_armitage(records, &record::score, &record::yes);
    REQUIRE(expected);
    for (const double scale : {1e-300, 1e-170, 1e-150, 1e160, 1e200, 3e307}) {
        CAPTURE(scale);
        const auto scaled = [scale](const record& r) { return r.score * scale; };
        const auto found = cd::cochran_armitage(records, scaled, &record::yes);
        REQUIRE(found.statistic);
        CHECK(close(*found.statistic, *expected.statistic, 1e-12));
        // what came before a large score is in the units of it, in this part or another
        cd::share_trend_test whole, first, second;
        for (const double score : {1.0, 2.0, 3 * scale, 5 * scale}) {
            whole.add(score, score == 2 ? 1 : 2, 3);
            (score < 3 ? first : second).add(score, score == 2 ? 1 : 2, 3);
        }
        first.merge(second);
        REQUIRE(whole.result().statistic);
        CHECK(close(*first.result().statistic, *whole.result().statistic, 1e-12));
    }
    CHECK(test_support::message_of([] {
              cd::share_trend_test test;
              test.add(1, 0, 1e308);
              test.add(2, 0, 1e308);
          }) == "compute_divide::share_trend_test: n with a finite sum, got 1e+308");
}
