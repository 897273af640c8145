// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/capture_recapture.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::capture_counts;
using cd::capture_estimator;
using cd::capture_interval;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

/// What two sources list of N records, the sources' recalls p1 and p2 and their odds ratio.
capture_counts listed(cd::random_stream& stream, int n, double p1, double p2, double odds_ratio = 1) {
    const double a = odds_ratio - 1, b = 1 + a * (p1 + p2);
    const double both = a == 0 ? p1 * p2 : (b - std::sqrt(b * b - 4 * a * odds_ratio * p1 * p2)) / (2 * a);
    capture_counts counts;
    for (int i = 0; i < n; ++i) {
        const double u = stream.uniform();
        const bool first = u < p1, second = u < both || (u >= p1 && u < p1 + p2 - both);
        counts.merge({first ? 1.0 : 0.0, second ? 1.0 : 0.0, first && second ? 1.0 : 0.0});
    }
    return counts;
}

struct held {
    double intervals = 0, covered = 0, ok = 0, ok_covered = 0;

    void add(const cd::estimate& e, double truth) {
        if (!e.bounds) return;
        const bool covers = e.lower() <= truth + 1e-9 && truth <= e.upper() + 1e-9;
        ++intervals;
        covered += covers;
        if (e.status != estimate_status::ok) return;
        ++ok;
        ok_covered += covers;
    }
};

}  // namespace

TEST_CASE("totals, standard errors and intervals are those of 40-digit arithmetic") {
    for (const auto& row : test_support::reference_table("capture_recapture", 10)) {
        CAPTURE(row.text);
        const auto& x = row.numbers;
        const auto found = cd::capture_recapture(
            {x[1], x[2], x[3]},
            {.estimator = x[0] == 1 ? capture_estimator::chapman : capture_estimator::lincoln_petersen,
             .interval = cd::parse_name<capture_interval>(row.name),
             .level = x[5],
             .odds_ratio = x[4]});
        CHECK(found.total.method == row.name);
        CHECK(found.total.level == x[5]);
        CHECK(found.total.n == x[1] + x[2] - x[3]);
        CHECK(found.odds_ratio == x[4]);
        CHECK(bool(found) == !std::isnan(x[6]));
        CHECK(found.total.value.has_value() == !std::isnan(x[6]));
        CHECK(found.standard_error.has_value() == !std::isnan(x[6]));
        if (found) {
            CHECK(close(*found.total.value, x[6], 1e-14));
            CHECK(close(*found.standard_error, x[7], 1e-12));
        }
        REQUIRE(found.total.bounds.has_value() == !std::isnan(x[8]));
        if (!found.total.bounds) continue;
        CHECK(close(found.total.lower(), x[8], 1e-8));  // ends of a flat function
        CHECK(((std::isinf(x[9]) && std::isinf(found.total.upper())) || close(found.total.upper(), x[9], 1e-8)));
    }
}

TEST_CASE("Chapman's total of one pair of sources") {
    // 200 in the one, 150 in the other, 60 in both, from R (the log-normal interval of Chao 1987).
    const auto found = cd::capture_recapture({200, 150, 60}, {.interval = capture_interval::log_normal});
    CHECK(close(*found.total.value, 496.55737704918033, 1e-15));
    CHECK(close(found.total.lower(), 430.88275740422227, 1e-14));
    CHECK(close(found.total.upper(), 592.84720997488466, 1e-14));
}

TEST_CASE("intervals of independent sources hold their level where they say ok" * doctest::test_suite("long")) {
    const struct {
        double p1, p2;
        int n;
        capture_interval interval;
    } rows[] = {{0.3, 0.3, 100, capture_interval::profile},   {0.6, 0.5, 100, capture_interval::profile},
                {0.1, 0.2, 1000, capture_interval::profile},  {0.9, 0.9, 300, capture_interval::profile},
                {0.35, 0.55, 300, capture_interval::profile}, {0.3, 0.3, 300, capture_interval::log_normal},
                {0.6, 0.5, 300, capture_interval::log_normal}};
    for (const auto& row : rows) {
        CAPTURE(row.p1);
        CAPTURE(row.n);
        held of_total, of_share, of_records;
        for (std::uint64_t r = 0; r < 1500; ++r) {
            cd::random_stream stream(11, r);
            const cd::capture_options options{.interval = row.interval};
            of_total.add(cd::capture_recapture(listed(stream, row.n, row.p1, row.p2), options).total, row.n);
            int have = 0;
            for (int i = 0; i < 2 * row.n; ++i) have += stream.uniform() < 0.5;
            const auto counts = listed(stream, have, row.p1, row.p2);
            of_share.add(cd::captured_share(counts, 2 * row.n, {.capture = options}).corrected, 0.5);
            of_records.add(cd::captured_share(counts, 2 * row.n,
                                              {.capture = options, .population = cd::captured_population::records})
                               .corrected,
                           have / (2.0 * row.n));
        }
        for (const auto& each : {of_total, of_share, of_records}) {
            CHECK(each.ok > 0.8 * 1500);
            CHECK(each.ok_covered / each.ok > 0.925);
            CHECK(each.ok_covered / each.ok < 0.975);
        }
    }
}

TEST_CASE("where few are in a count it says so: there intervals do not cover") {
    held small_source, near_all;
    for (std::uint64_t r = 0; r < 1000; ++r) {
        cd::random_stream stream(12, r);
        small_source.add(cd::capture_recapture(listed(stream, 30, 0.8, 0.1)).total, 30);
        near_all.add(
            cd::capture_recapture(listed(stream, 30, 0.9, 0.9), {.interval = capture_interval::log_normal}).total, 30);
    }
    CHECK(small_source.covered / small_source.intervals < 0.8);
    CHECK(near_all.covered / near_all.intervals < 0.5);
    CHECK(small_source.ok == 0);
    CHECK(near_all.ok == 0);
}

TEST_CASE("sources that go together make the total too low, unless it is told how much") {
    held untold, told;
    double sum = 0;
    for (std::uint64_t r = 0; r < 600; ++r) {
        cd::random_stream stream(13, r);
        const auto counts = listed(stream, 300, 0.4, 0.5, 3);
        untold.add(cd::capture_recapture(counts).total, 300);
        told.add(cd::capture_recapture(counts, {.odds_ratio = 3}).total, 300);
        sum += *cd::capture_recapture(counts).total.value / 600;
    }
    CHECK(sum < 260);
    CHECK(untold.covered / untold.intervals < 0.1);
    CHECK(told.covered / told.intervals > 0.92);
    // At 1 the option changes nothing; f is in proportion to it.
    const auto one = cd::capture_recapture({50, 40, 20}), two = cd::capture_recapture({50, 40, 20}, {.odds_ratio = 2});
    CHECK(close(*two.total.value - 70, 2 * (*one.total.value - 70), 1e-14));
    CHECK(two.total.lower() > one.total.lower());
    CHECK(two.total.upper() > one.total.upper());
}

TEST_CASE("any counts give a total no smaller than those seen, inside an interval that widens with the level") {
    const double counts[] = {1, 2, 5, 12, 60, 1e3, 1e6, 1e9};
    for (const double n1 : counts)
        for (const double n2 : counts)
            for (const double part : {0.0, 1e-6, 0.1, 0.5, 0.9, 1.0}) {
                const capture_counts c{n1, n2, std::floor(part * std::min(n1, n2))};
                CAPTURE(n1);
                CAPTURE(n2);
                CAPTURE(c.both);
                for (const auto interval : {capture_interval::profile, capture_interval::log_normal})
                    for (const auto estimator : {capture_estimator::chapman, capture_estimator::lincoln_petersen})
                        for (const double theta : {0.2, 1.0, 5.0}) {
                            CAPTURE(theta);
                            cd::capture_options options{
                                .estimator = estimator, .interval = interval, .odds_ratio = theta};
                            const auto usual = cd::capture_recapture(c, options);
                            const auto turned = cd::capture_recapture({c.second, c.first, c.both}, options);
                            options.level = 0.5;
                            const auto narrow = cd::capture_recapture(c, options);
                            CHECK(usual.total.status == turned.total.status);
                            CHECK(usual.total.bounds.has_value() == narrow.total.bounds.has_value());
                            if (usual.total.bounds) {
                                CHECK(usual.total.lower() >= c.seen());
                                CHECK(usual.total.lower() <= narrow.total.lower() * (1 + 1e-9));
                                CHECK(usual.total.upper() >= narrow.total.upper() * (1 - 1e-9));
                                CHECK(close(usual.total.lower(), turned.total.lower(), 1e-6));
                                CHECK(close(usual.total.upper(), turned.total.upper(), 1e-6));
                            }
                            if (!usual) continue;
                            CHECK(usual.total.bounds->contains(*usual.total.value));
                            CHECK(*usual.total.value >= c.seen());
                            CHECK(*usual.standard_error >= 0);
                        }
            }
}

TEST_CASE("what has no answer says why") {
    CHECK(cd::capture_recapture({}).total.status == estimate_status::no_data);
    CHECK(cd::capture_recapture({4, 0, 0}).total.status == estimate_status::degenerate);
    CHECK_FALSE(cd::capture_recapture({4, 0, 0}).total.bounds);
    const auto apart = cd::capture_recapture({12, 9, 0}, {.estimator = capture_estimator::lincoln_petersen});
    CHECK(apart.total.status == estimate_status::degenerate);
    CHECK_FALSE(apart.total.value);
    CHECK(apart.total.lower() > 21);
    CHECK(std::isinf(apart.total.upper()));
    CHECK(cd::capture_recapture({12, 9, 0}) == apart);
    CHECK(cd::capture_recapture({12, 9, 0}, {.interval = capture_interval::log_normal}).total.status ==
          estimate_status::few_clusters);
    CHECK(cd::capture_recapture({40, 6, 6}, {.interval = capture_interval::log_normal}).total.status ==
          estimate_status::degenerate);
    CHECK(cd::capture_recapture({40, 6, 6}).total.status == estimate_status::few_clusters);
    CHECK(cd::captured_share({}, 0).corrected.status == estimate_status::no_data);
    CHECK(cd::captured_share({}, 12).corrected.status == estimate_status::no_data);
    CHECK(cd::captured_share({}, 12).seen);

    const std::string counts = "compute_divide::capture_recapture: counts from 0 to 1e9, got ";
    CHECK(message_of([] { return cd::capture_recapture({-1, 2, 0}); }) == counts + "-1");
    CHECK(message_of([] { return cd::capture_recapture({1, 2e9, 0}); }) == counts + "2e+09");
    CHECK(message_of([] {
              return cd::capture_recapture({1, std::numeric_limits<double>::quiet_NaN(), 0});
          }) == counts + "nan");
    CHECK(message_of([] {
              return cd::capture_recapture({3, 2, 2.5});
          }) == "compute_divide::capture_recapture: at most as many in both sources as in either, got 2.5");
    CHECK(message_of([] {
              return cd::capture_recapture({3, 2, 1}, {.level = 1});
          }) == "compute_divide::capture_recapture: level in (0, 1), got 1");
    CHECK(message_of([] {
              return cd::capture_recapture({3, 2, 1}, {.odds_ratio = 0});
          }) == "compute_divide::capture_recapture: an odds ratio of the sources in (0, 1e6], got 0");
    CHECK(message_of([] {
              return cd::captured_share({3, 2, 1}, 3);
          }) == "compute_divide::captured_share: n of at least those seen, got 3");
    CHECK(message_of([] {
              return cd::captured_share({3, 2, 1}, std::numeric_limits<double>::infinity());
          }) == "compute_divide::captured_share: n from 0 to 1e9, got inf");
    CHECK(message_of([] {
              return cd::compare_captured_shares(cd::captured_share({30, 20, 10}, 100),
                                                 cd::captured_share({30, 20, 10}, 100, {.capture = {.level = 0.9}}));
          }) == "compute_divide::compare_captured_shares: one level, got 0.9");
}

TEST_CASE("strata add up, and are right where pooled they are not") {
    const std::vector<capture_counts> strata{{90, 80, 70}, {20, 10, 5}, {}};
    const auto found = cd::stratified_total(strata);
    const auto first = cd::capture_recapture(strata[0]), second = cd::capture_recapture(strata[1]);
    CHECK(found.n_strata == 2);
    CHECK(close(*found.total.total.value, *first.total.value + *second.total.value, 1e-15));
    CHECK(close(*found.total.standard_error, std::hypot(*first.standard_error, *second.standard_error), 1e-15));
    CHECK(close(found.total.total.upper(),
                *found.total.total.value +
                    std::hypot(first.total.upper() - *first.total.value, second.total.upper() - *second.total.value),
                1e-15));
    CHECK(found.pooled == cd::capture_recapture({110, 90, 75}));
    CHECK(*found.pooled.total.value < *found.total.total.value);
    CHECK(found.total.counts == capture_counts{110, 90, 75});
    const auto one = cd::stratified_total(std::vector<capture_counts>{{200, 150, 60}});
    CHECK(close(one.total.total.upper(), one.pooled.total.upper(), 1e-14));
    const cd::capture_options closed{.interval = capture_interval::log_normal};
    const auto sums = cd::stratified_total(std::vector<capture_counts>{{200, 150, 60}, {30, 30, 30}}, closed);
    const auto open = cd::capture_recapture({200, 150, 60}, closed);
    CHECK(close(*sums.total.total.value, *open.total.value + 30, 1e-15));
    CHECK(close(sums.total.total.upper(), open.total.upper() + 30, 1e-15));
    CHECK(sums.total.total.status == estimate_status::few_clusters);

    CHECK(cd::stratified_total(std::vector<capture_counts>{}).total.total.status == estimate_status::no_data);
    CHECK(cd::stratified_total(std::vector<capture_counts>{{200, 150, 60}, {3, 0, 0}}).total.total.status ==
          estimate_status::degenerate);

    held by_strata, pooled;
    for (std::uint64_t r = 0; r < 500; ++r) {
        cd::random_stream stream(14, r);
        std::vector<capture_counts> drawn;
        for (const double p : {0.2, 0.5, 0.8}) drawn.push_back(listed(stream, 300, p, p));
        const auto both = cd::stratified_total(drawn);
        by_strata.add(both.total.total, 900);
        pooled.add(both.pooled.total, 900);
    }
    CHECK(by_strata.ok > 400);
    CHECK(by_strata.covered / by_strata.intervals > 0.92);
    CHECK(pooled.covered / pooled.intervals < 0.1);
}

TEST_CASE("shares of two kinds that are listed unequally compare as they are, not as they are seen") {
    const auto strata = cd::stratified_total(std::vector<capture_counts>{{90, 80, 70}, {20, 10, 5}});
    const auto of_strata = cd::captured_share_of_total(strata.total, 300);
    CHECK(close(*of_strata.corrected.value, *strata.total.total.value / 300, 1e-15));
    CHECK(of_strata.corrected.status == strata.total.total.status);
    CHECK(cd::captured_share_of_total(cd::capture_recapture({30, 20, 10}), 100) ==
          cd::captured_share({30, 20, 10}, 100));
    held difference, ratio, seen;
    for (std::uint64_t r = 0; r < 1000; ++r) {
        cd::random_stream stream(15, r);
        const auto share_of = [&](double share, double p1, double p2) {
            int have = 0;
            for (int i = 0; i < 400; ++i) have += stream.uniform() < share;
            return cd::captured_share(listed(stream, have, p1, p2), 400);
        };
        const auto found = cd::compare_captured_shares(share_of(0.5, 0.6, 0.5), share_of(0.6, 0.4, 0.3));
        difference.add(found.difference, -0.1);
        ratio.add(found.odds_ratio, 2 / 3.0);
        seen.add(found.seen_odds_ratio, 2 / 3.0);
    }
    CHECK(difference.covered / difference.intervals > 0.93);
    CHECK(ratio.covered / ratio.intervals > 0.93);
    CHECK(seen.covered / seen.intervals < 0.2);

    const auto all = cd::captured_share({50, 60, 30}, 82);
    CHECK(*all.unclamped > 1);
    CHECK(*all.corrected.value == 1);
    CHECK(all.corrected.upper() == 1);
    const auto some = cd::captured_share({50, 60, 30}, 200);
    CHECK(cd::compare_captured_shares(all, some).odds_ratio.status == estimate_status::degenerate);
    CHECK(cd::compare_captured_shares(all, some).difference);
    const auto nearly = cd::captured_share({50, 60, 34}, 90);
    REQUIRE(nearly.corrected.upper() == 1);
    const auto unbounded = cd::compare_captured_shares(nearly, some).odds_ratio;
    CHECK(unbounded.status == estimate_status::degenerate);
    CHECK_FALSE(unbounded.value);
    CHECK(unbounded.lower() > 1);
    CHECK(std::isinf(unbounded.upper()));
    CHECK(cd::compare_captured_shares(cd::captured_share({}, 0), some).difference.status == estimate_status::no_data);
    CHECK(cd::compare_captured_shares(some, cd::captured_share({12, 9, 1}, 200)).difference.status ==
          estimate_status::few_clusters);
}

TEST_CASE("records are counted by group, those not known apart, of any range") {
    struct paper {
        std::string_view group;
        std::optional<bool> first;
        bool second;
    };
    const std::vector<paper> papers{{"b", true, true},   {"b", true, false}, {"a", false, true},
                                    {"a", false, false}, {"b", true, true},  {"a", std::nullopt, true}};
    const auto groups = cd::count_captures(papers, &paper::group, &paper::first, &paper::second);
    REQUIRE(groups.size() == 2);
    CHECK(groups.n_missing == 1);
    CHECK(groups.rows[0] == cd::capture_group<std::string>{"a", 2, {0, 1, 0}});
    CHECK(groups.rows[1] == cd::capture_group<std::string>{"b", 3, {3, 2, 2}});
    CHECK(groups.find("b") == &groups.rows[1]);
    CHECK(groups.find("c") == nullptr);

    const auto optional_group = [](const paper& p) -> std::optional<int> {
        return p.group == "a" ? std::nullopt : std::optional(7);
    };
    const auto some = cd::count_captures(
        papers, optional_group, [](const paper&) { return true; }, &paper::second);
    REQUIRE(some.size() == 1);
    CHECK(some.n_missing == 3);
    CHECK(some.rows[0] == cd::capture_group<int>{7, 3, {3, 2, 2}});

    const auto single = cd::count_captures(
        test_support::single_pass<int>({3, 4, 5, 6}), [](int i) { return i % 2; }, [](int i) { return i > 3; },
        [](int i) { return i < 6; });
    CHECK(single.rows[0] == cd::capture_group<int>{0, 2, {2, 1, 1}});
    CHECK(to_json(single).starts_with(R"({"rows":[{"key":0,"n":2,"counts":{"first":2,"second":1,"both":1}})"));
}

TEST_CASE("recalls are what each source lists of the other") {
    const capture_counts counts{200, 150, 60};
    CHECK(counts.recall_of_first() == cd::share(60, 150));
    CHECK(counts.recall_of_second() == cd::share(60, 200));
}
