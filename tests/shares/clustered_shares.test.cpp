// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/clustered_shares.hpp>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/statistics/proportion_trend.hpp>

#include "support/close.hpp"
#include "support/clustered_records.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;
using test_support::survey_case;
using test_support::survey_record;

namespace {

auto table_of(const survey_case& at) {
    return cd::tabulate(at.records, &survey_record::year, &survey_record::yes,
                        cd::clustered_by([&](const survey_record& r) { return at.cluster(r); }),
                        [&](const survey_record& r) { return at.weight(r); });
}

struct draw {
    int year;
    bool yes;
    int cluster;
};

/// Organisations that answer alike in all years, the chance rising from `first` to `last`.
std::vector<draw> draws_of(cd::random_stream& random, int clusters, double first, double last) {
    std::vector<draw> made;
    for (int g = 0; g < clusters; ++g) {
        const double common = random.uniform();
        for (int year = 0; year < 4; ++year)
            for (std::uint64_t k = random.below(3) + 1; k > 0; --k) {
                const double p = first + (last - first) * year / 3;
                made.push_back({year, (random.uniform() < 0.5 ? common : random.uniform()) < p, g});
            }
    }
    return made;
}

}  // namespace

TEST_CASE("shares by year, differences and trends agree with R's survey") {
    for (const auto& at : test_support::survey_cases()) {
        CAPTURE(at.name);
        const auto table = table_of(at);
        const auto& rows = table.counts().rows;
        const double clusters = at.other("counts");
        CHECK(static_cast<double>(table.clusters()) == clusters);
        const double t = cd::detail::two_sided_t(at.level, clusters - 1);
        const cd::clustered_share_options as_survey{.interval = cd::proportion_interval::logit,
                                                    .level = at.level,
                                                    .degrees = cd::cluster_degrees::table,
                                                    .at_most_records = false};
        for (const auto& row : cd::shares(table, true, as_survey)) {
            const std::string year = "year " + std::to_string(row.key);
            CAPTURE(year);
            const double p = at.value(year);
            CHECK(close(*row.share.value, p, 1e-12));
            if (!(p > 0 && p < 1)) continue;
            CHECK(close(p * (1 - p) / *row.share.n_effective, at.other(year), 1e-10));
            CHECK(*row.share.degrees_of_freedom == clusters - 1);
        }
        const auto difference =
            cd::share_difference(table, rows.back().key, rows.front().key, true,
                                 {.interval = cd::clustered_difference_interval::linear, .share = as_survey});
        CHECK(close(*difference.effect.value, at.value("difference"), 1e-10));
        CHECK(close(*difference.test.statistic, at.value("difference") / at.other("difference"), 1e-10));
        CHECK(close(*difference.test.p_value, at.value("difference p"), 1e-9));
        CHECK(close((difference.effect.upper() - difference.effect.lower()) / 2, t * at.other("difference"), 1e-10));
        for (const auto& scale : enumerators(cd::share_trend_scale::linear)) {
            const std::string name = "trend " + std::string(scale.name);
            CAPTURE(name);
            const auto trend = cd::share_trend(table, true, {.scale = scale.value, .level = at.level});
            CHECK(close(*trend.slope.value, at.value(name), 1e-9));
            // R's glm keeps the weights of its last step but one: 1e-9 for the logit
            CHECK(close(*trend.slope.value / *trend.test.statistic, at.other(name), 1e-8));
            CHECK(close(*trend.test.p_value, at.value(name + " p"), 1e-8));
            CHECK(*trend.test.degrees_of_freedom == at.other(name + " p"));
        }
    }
}

TEST_CASE("without clusters and weights differences and the trend test are the plain ones, but for n - 1") {
    cd::random_stream random(1);
    std::vector<draw> draws;
    for (int i = 0; i < 80; ++i) draws.push_back({i % 4, random.uniform() < 0.2 + 0.1 * (i % 4), i});
    const auto table = cd::tabulate(draws, &draw::year, &draw::yes, cd::clustered_by(&draw::cluster));
    const auto clustered = cd::cochran_armitage(table, true),
               plain = cd::cochran_armitage(draws, &draw::year, &draw::yes);
    // the variance of single records' scores is about p (1 - p) S
    CHECK(std::fabs(*clustered.statistic / *plain.statistic - 1) < 0.2);
    const auto counts = cd::tabulate(draws, &draw::year, &draw::yes);
    CHECK(table.counts() == counts);
}

TEST_CASE("the clustered trend test is a score test: its parts by hand, and shifted keys") {
    struct group {
        int year;
        bool yes;
        std::string lab;
    };
    const std::vector<group> records{{1, true, "a"},  {1, false, "b"}, {2, true, "a"}, {2, true, "b"},
                                     {2, false, "c"}, {3, false, "c"}, {3, true, "d"}, {1, false, "d"}};
    const auto of = [&](int shift) {
        return cd::cochran_armitage(cd::tabulate(
                                        records, [shift](const group& g) { return g.year + shift; }, &group::yes,
                                        cd::clustered_by(&group::lab)),
                                    true);
    };
    // p = 1/2, mean year 15/8: scores (x - 15/8)(y - 1/2) by lab: a 1/2 (-7/8 + 1/8), b 1/2 (7/8 + 1/8),
    // c -1/2 (1/8 + 9/8), d 1/2 (9/8 + 7/8)
    const double a = -3.0 / 8, b = 0.5, c = -5.0 / 8, d = 1;
    const auto test = of(0);
    CHECK(close(*test.statistic, (a + b + c + d) / std::sqrt(4.0 / 3 * (a * a + b * b + c * c + d * d)), 1e-13));
    CHECK(test.status == estimate_status::few_clusters);
    CHECK(close(*of(1'000'000'000).statistic, *test.statistic, 1e-13));
}

TEST_CASE("differences of shares from the same clusters cover, and reject as often as they say" *
          doctest::test_suite("long")) {
    cd::random_stream random(9);
    int covered = 0, rejected = 0, linear = 0;
    constexpr int trials = 2000;
    for (int trial = 0; trial < trials; ++trial) {
        const auto draws = draws_of(random, 25, 0.3, 0.3);
        const auto table = cd::tabulate(draws, &draw::year, &draw::yes, cd::clustered_by(&draw::cluster));
        const auto found = cd::share_difference(table, 3, 0, true);
        covered += found.effect.bounds->contains(0);
        rejected += *found.test.p_value < 0.05;
        linear += cd::share_difference(table, 3, 0, true, {.interval = cd::clustered_difference_interval::linear})
                      .effect.bounds->contains(0);
        CHECK(found.effect.status == estimate_status::ok);
    }
    CHECK(covered > 0.93 * trials);
    CHECK(covered < 0.975 * trials);
    CHECK(linear > 0.925 * trials);
    CHECK(rejected < 0.075 * trials);
}

TEST_CASE("trends of clustered shares cover" * doctest::test_suite("long")) {
    cd::random_stream random(10);
    int covered = 0, rejected = 0;
    constexpr int trials = 2000;
    for (int trial = 0; trial < trials; ++trial) {
        const auto draws = draws_of(random, 25, 0.2, 0.6);
        const auto table = cd::tabulate(draws, &draw::year, &draw::yes, cd::clustered_by(&draw::cluster));
        covered +=
            cd::share_trend(table, true, {.scale = cd::share_trend_scale::linear}).slope.bounds->contains(0.4 / 3);
        const auto flat = draws_of(random, 25, 0.4, 0.4);
        rejected +=
            *cd::cochran_armitage(cd::tabulate(flat, &draw::year, &draw::yes, cd::clustered_by(&draw::cluster)), true)
                 .p_value < 0.05;
    }
    CHECK(covered > 0.93 * trials);
    CHECK(covered < 0.97 * trials);
    CHECK(rejected > 0.025 * trials);
    CHECK(rejected < 0.07 * trials);
}

TEST_CASE("tables of parts, merged, are those of the whole") {
    using tally = cd::clustered_tally<int, bool, std::string>;
    tally whole, first, second;
    for (int i = 0; i < 300; ++i) {
        const std::vector<std::string> labs = i % 4 == 0   ? std::vector<std::string>{"a", std::to_string(i % 7)}
                                              : i % 9 == 0 ? std::vector<std::string>{}
                                                           : std::vector<std::string>{std::to_string(i % 11)};
        whole.add(i % 3, i % 2 == 0, labs, 1 + i % 3);
        (i < 77 ? second : first).add(i % 3, i % 2 == 0, labs, 1 + i % 3);
    }
    for (auto* part : {&whole, &second}) {
        part->add(1, std::optional<bool>(), std::string("x"));
        part->add(std::optional<int>(), true, std::string("x"));
    }
    first.merge(second);
    const auto a = whole.result(), b = first.result();
    CHECK(a.counts() == b.counts());
    CHECK(a.counts().n_missing == 2);
    const auto of_whole = cd::shares(a), of_parts = cd::shares(b);
    REQUIRE(of_whole.size() == of_parts.size());
    for (std::size_t i = 0; i < of_whole.size(); ++i) {
        CHECK(of_whole.rows[i].share.n_missing == of_parts.rows[i].share.n_missing);
        CHECK(close(*of_whole.rows[i].share.n_effective, *of_parts.rows[i].share.n_effective, 1e-12));
    }
}

TEST_CASE("many sparse clusters are summed up as few") {
    std::vector<draw> draws;
    cd::random_stream random(2);
    for (int i = 0; i < 30'000; ++i)
        draws.push_back(
            {static_cast<int>(random.below(30)), random.uniform() < 0.5, static_cast<int>(random.below(20'000))});
    const auto by_year =
        cd::shares(cd::tabulate(draws, &draw::year, &draw::yes, cd::clustered_by(&draw::cluster)), true);
    for (const auto& row : by_year) {
        std::vector<draw> own;
        for (const auto& d : draws)
            if (d.year == row.key) own.push_back(d);
        const auto alone = cd::share(own, &draw::yes, cd::clustered_by(&draw::cluster));
        CHECK(close(*row.share.n_effective, *alone.share.n_effective, 1e-11));
        CHECK(row.share.degrees_of_freedom == alone.share.degrees_of_freedom);
    }
}

TEST_CASE("pooled rows are those of the records tabulated again") {
    cd::random_stream random(4);
    const auto draws = draws_of(random, 30, 0.2, 0.6);
    const auto by_year = cd::tabulate(draws, &draw::year, &draw::yes, cd::clustered_by(&draw::cluster));
    const auto half = [](int year) { return year / 2; };
    const auto again = cd::tabulate(
        draws, [&](const draw& d) { return half(d.year); }, &draw::yes, cd::clustered_by(&draw::cluster));
    CHECK(cd::shares(cd::pool(by_year, half)) == cd::shares(again));
    const auto windows = cd::shares(cd::windows(by_year, {{0, 1}, {1, 3}}), true);
    CHECK(windows.rows[0].share == cd::shares(again, true).rows[0].share);
    CHECK(windows.rows[1].share.n > windows.rows[0].share.n);
}

TEST_CASE("the shares of all categories at once are Goodman's of the same effective numbers") {
    struct paper {
        int year;
        int team;
        int lab;
    };
    cd::random_stream random(6);
    std::vector<paper> papers;
    for (int i = 0; i < 200; ++i)
        papers.push_back({2020, static_cast<int>(random.below(3)), static_cast<int>(random.below(40))});
    const auto table = cd::tabulate(papers, &paper::year, &paper::team, cd::clustered_by(&paper::lab));
    const auto at_once = cd::simultaneous_shares(table, 2020, {.level = 0.94});
    const auto single = cd::shares(table, {.level = 0.98});
    REQUIRE(at_once.size() == 3);
    double sum = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(at_once.rows[i].share.bounds == single.rows[i].share.bounds);
        CHECK(at_once.rows[i].share.level == 0.94);
        sum += *at_once.rows[i].share.value;
    }
    CHECK(close(sum, 1, 1e-14));
    CHECK(cd::simultaneous_shares(table, 2021).empty());
}

TEST_CASE("what the data do not determine is a status") {
    const std::vector<draw> draws{
        {2010, true, 1}, {2010, false, 1}, {2011, true, 1}, {2011, false, 2}, {2012, true, 3}};
    const auto table = cd::tabulate(draws, &draw::year, &draw::yes, cd::clustered_by(&draw::cluster));
    const auto rows = cd::shares(table, true).rows;
    CHECK(rows[0].share.status == estimate_status::too_few);  // one cluster
    CHECK(rows[0].share.value == 0.5);
    CHECK(rows[1].share.status == estimate_status::few_clusters);
    CHECK(cd::share_difference(table, 2010, 2011, true).effect.status == estimate_status::too_few);
    CHECK(cd::share_difference(table, 2010, 1999, true).effect.status == estimate_status::no_data);
    CHECK(cd::share_trend(table, false, {.scale = cd::share_trend_scale::linear}).slope.status ==
          estimate_status::few_clusters);
    const std::vector<draw> separated{{1, false, 1}, {1, false, 2}, {2, true, 3}, {2, true, 4}};
    const auto of = [](const std::vector<draw>& some) {
        return cd::tabulate(some, &draw::year, &draw::yes, cd::clustered_by(&draw::cluster));
    };
    CHECK(cd::share_trend(of(separated), true).slope.status == estimate_status::not_converged);
    CHECK(cd::share_trend(of({{1, true, 1}, {1, true, 2}, {2, true, 3}}), true).slope.status ==
          estimate_status::degenerate);
    CHECK(cd::share_trend(of({}), true).slope.status == estimate_status::no_data);
    CHECK(cd::cochran_armitage(of({}), true).status == estimate_status::no_data);
    CHECK(cd::cochran_armitage(of({{1, true, 1}}), true).status == estimate_status::too_few);
    CHECK(message_of([&] { (void)cd::shares(table, true, {.level = 0}); }) ==
          "compute_divide::shares: level in (0, 1), got 0");
    CHECK(message_of([&] { (void)cd::share_trend(table, true, {.level = 2}); }) ==
          "compute_divide::share_trend: level in (0, 1), got 2");
}
