// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/clustered_share.hpp>

#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

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

struct draw {
    bool yes;
    int cluster;
    double weight = 1;
};

/// Clusters of 1 to 2 `size` records whose answers share a beta(a, b)-like chance; the weights go with the answer.
std::vector<draw> clustered_draws(cd::random_stream& random, int clusters, int size, double p, bool weighted) {
    std::vector<draw> made;
    for (int g = 0; g < clusters; ++g) {
        const bool common = random.uniform() < p;
        const auto n = 1 + random.below(static_cast<std::uint64_t>(2 * size - 1));
        for (std::uint64_t i = 0; i < n; ++i) {
            const bool yes = random.uniform() < 0.5 ? common : random.uniform() < p;
            made.push_back({yes, g, weighted ? 1.0 + 2.0 * yes : 1.0});
        }
    }
    return made;
}

}  // namespace

TEST_CASE("shares agree with R's survey") {
    for (const auto& at : test_support::survey_cases()) {
        CAPTURE(at.name);
        for (const auto& method : enumerators(cd::proportion_interval::wilson)) {
            const std::string row = "interval " + std::string(method.name);
            CAPTURE(row);
            const cd::clustered_share_options options{
                .interval = method.value, .level = at.level, .at_most_records = false};
            const auto found = cd::share(
                at.records, &survey_record::yes,
                cd::clustered_by([&](const survey_record& r) { return at.cluster(r); }),
                [&](const survey_record& r) { return at.weight(r); }, options);
            CHECK(close(*found.share.value, at.value("share"), 1e-12));
            CHECK(close(*found.variance, at.other("share"), 1e-12));
            CHECK(static_cast<double>(found.share.n) == at.value("counts"));
            CHECK(static_cast<double>(found.clusters) == at.other("counts"));
            CHECK(close(*found.share.n_effective, at.value("n_effective"), 1e-12));
            CHECK(close(*found.design_effect, at.value("design_effect"), 1e-12));
            CHECK(found.share.method == "clustered_" + std::string(method.name));
            if (!at.has(row)) continue;
            CHECK(close(found.share.lower(), at.value(row), 1e-10));
            CHECK(close(found.share.upper(), at.other(row), 1e-10));
        }
    }
}

TEST_CASE("ratios of totals agree with R's survey") {
    for (const auto& at : test_support::survey_cases()) {
        CAPTURE(at.name);
        const auto found = cd::ratio_of_totals(
            at.records, [&](const survey_record& r) { return r.yes ? at.weight(r) * r.value : 0; },
            [&](const survey_record& r) { return at.weight(r) * r.value; },
            cd::clustered_by([&](const survey_record& r) { return at.cluster(r); }),
            {.interval = cd::totals_ratio_interval::linear, .level = at.level});
        CHECK(close(*found.value, at.value("ratio"), 1e-12));
        const double t = cd::detail::two_sided_t(at.level, at.other("counts") - 1);
        CHECK(close((found.upper() - found.lower()) / 2, t * at.other("ratio"), 1e-10));
    }
    struct amounts {
        double part, whole;
        int cluster;
    };
    const std::vector<amounts> few{{1, 10, 1}, {30, 40, 2}, {2, 30, 3}};
    const auto ratio = cd::ratio_of_totals(few, &amounts::part, &amounts::whole, cd::clustered_by(&amounts::cluster));
    CHECK(ratio.lower() > 0);  // on the scale of logs
    CHECK(close(ratio.lower() * ratio.upper(), *ratio.value * *ratio.value, 1e-14));
    CHECK(ratio.status == estimate_status::few_clusters);
    const std::vector<amounts> none;
    CHECK(cd::ratio_of_totals(none, &amounts::part, &amounts::whole, cd::clustered_by(&amounts::cluster)).status ==
          estimate_status::no_data);
    const std::vector<amounts> nothing{{1, 0, 1}, {2, 0, 2}};
    CHECK(cd::ratio_of_totals(nothing, &amounts::part, &amounts::whole, cd::clustered_by(&amounts::cluster)).status ==
          estimate_status::degenerate);
}

TEST_CASE("records of several labels are dependent where they share any") {
    struct paper {
        bool yes;
        std::vector<std::string> labs;
        double weight;
    };
    cd::random_stream random(3);
    std::vector<paper> papers;
    for (int i = 0; i < 60; ++i) {
        std::set<std::string> labs;
        for (std::uint64_t k = random.below(4); k > 0; --k) labs.insert("lab " + std::to_string(random.below(25)));
        papers.push_back({random.uniform() < 0.4, {labs.begin(), labs.end()}, 1.0 + static_cast<double>(i % 3)});
    }
    const auto found =
        cd::share(papers, &paper::yes, cd::clustered_by(&paper::labs), &paper::weight, {.at_most_records = false});
    double weight = 0, sum = 0;
    for (const auto& p : papers) {
        weight += p.weight;
        sum += p.weight * p.yes;
    }
    const double share = sum / weight;
    double pairs = 0, weights = 0;
    for (std::size_t i = 0; i < papers.size(); ++i) {
        for (std::size_t j = 0; j < papers.size(); ++j) {
            bool any = i == j;
            for (const auto& lab : papers[i].labs)
                for (const auto& other : papers[j].labs) any = any || lab == other;
            if (!any) continue;
            pairs += papers[i].weight * (papers[i].yes - share) * papers[j].weight * (papers[j].yes - share);
            weights += papers[i].weight * papers[j].weight;
        }
    }
    const double clusters = std::floor(weight * weight / weights);
    CHECK(static_cast<double>(found.clusters) == clusters);
    CHECK(close(*found.variance, clusters / (clusters - 1) * pairs / (weight * weight), 1e-12));

    // a label each is the same as a set of one
    const auto first = [](const paper& p) { return p.labs.empty() ? std::optional<std::string>() : p.labs.front(); };
    const auto first_set = [&](const paper& p) {
        return p.labs.empty() ? std::vector<std::string>() : std::vector{p.labs.front()};
    };
    CHECK(cd::share(papers, &paper::yes, cd::clustered_by(first)) ==
          cd::share(papers, &paper::yes, cd::clustered_by(first_set)));
}

TEST_CASE("each record its own cluster is a binomial share with n - 1 for n") {
    std::vector<draw> draws;
    for (int i = 0; i < 50; ++i) draws.push_back({i % 5 < 2, i});
    const auto found = cd::share(draws, &draw::yes, cd::clustered_by(&draw::cluster));
    CHECK(close(*found.share.n_effective, 49, 1e-14));
    CHECK(close(*found.design_effect, 50.0 / 49, 1e-14));
    const auto unknown = [](const draw&) { return std::optional<int>(); };
    CHECK(close(*cd::share(draws, &draw::yes, cd::clustered_by(unknown)).variance, *found.variance, 1e-14));
}

TEST_CASE("where all answers are alike a cluster is worth one record") {
    std::vector<draw> draws;
    for (int i = 0; i < 90; ++i) draws.push_back({true, i % 30});
    const auto found = cd::share(draws, &draw::yes, cd::clustered_by(&draw::cluster));
    CHECK(found.share.status == estimate_status::ok);
    CHECK(close(*found.share.n_effective, 30, 1e-13));
    CHECK(found.share.upper() == 1);
    CHECK(found.share.lower() < 0.9);
    CHECK_FALSE(found.design_effect);
    draws.push_back({true, 99, 1});
    for (auto& d : draws) d.weight = d.cluster == 99 ? 1000 : 1;  // one cluster has nearly all the weight
    CHECK(*cd::share(draws, &draw::yes, cd::clustered_by(&draw::cluster), &draw::weight).share.n_effective < 1.2);
}

TEST_CASE("fractional counting of dependent institutions is worth its papers") {
    // 100 papers of one to five institutions, weights of one over their number, all institutions of one answer
    cd::random_stream random(5);
    std::vector<draw> rows;
    for (int paper = 0; paper < 100; ++paper) {
        const bool yes = random.uniform() < 0.5;
        const auto n = 1 + random.below(5);
        for (std::uint64_t i = 0; i < n; ++i) rows.push_back({yes, paper, 1 / static_cast<double>(n)});
    }
    const auto found = cd::share(rows, &draw::yes, cd::clustered_by(&draw::cluster), &draw::weight);
    CHECK(rows.size() > 250);
    CHECK(close(*found.share.n_effective, 99, 1e-12));
}

TEST_CASE("intervals cover from 20 clusters on, also where weights go with the answer" * doctest::test_suite("long")) {
    for (const bool weighted : {false, true})
        for (const int clusters : {20, 60}) {
            CAPTURE(clusters);
            CAPTURE(weighted);
            cd::random_stream random(7);
            const double p = 0.4, truth = weighted ? 3 * p / (3 * p + 1 - p) : p;
            int covered = 0, ok = 0;
            constexpr int trials = 3000;
            for (int trial = 0; trial < trials; ++trial) {
                const auto draws = clustered_draws(random, clusters, 4, p, weighted);
                const auto found = cd::share(draws, &draw::yes, cd::clustered_by(&draw::cluster), &draw::weight);
                ok += found.share.status == estimate_status::ok;
                covered += found.share.bounds->contains(truth);
            }
            CHECK(ok >= (weighted ? trials - 3 : trials));  // weights may happen to be of few
            CHECK(covered > 0.925 * trials);
            CHECK(covered < 0.975 * trials);
        }
}

TEST_CASE("what the data do not determine is a status") {
    const auto of = [](const std::vector<draw>& draws) {
        return cd::share(draws, &draw::yes, cd::clustered_by(&draw::cluster));
    };
    CHECK(of({}).share.status == estimate_status::no_data);
    const auto one = of({{true, 1}, {false, 1}});
    CHECK(one.share.status == estimate_status::too_few);
    CHECK(one.share.value == 0.5);
    CHECK_FALSE(one.share.bounds);
    CHECK(of({{true, 1}, {false, 2}}).share.status == estimate_status::few_clusters);
    CHECK(cd::share(std::vector<draw>{{true, 1, 0}}, &draw::yes, cd::clustered_by(&draw::cluster), &draw::weight)
              .share.status == estimate_status::no_data);
    // clusters that balance exactly: the variance is 0, the records count as independent
    std::vector<draw> balanced;
    for (int i = 0; i < 60; ++i) balanced.push_back({i % 2 == 0, i / 2});
    CHECK(*of(balanced).share.n_effective == 60);
    CHECK(message_of([&] { (void)cd::share(balanced, &draw::yes, cd::clustered_by(&draw::cluster), {.level = 1}); }) ==
          "compute_divide::clustered_share: level in (0, 1), got 1");
    const auto heavy = [](const draw&) { return 1e200; };
    CHECK(message_of([&] { (void)cd::share(balanced, &draw::yes, cd::clustered_by(&draw::cluster), heavy); }) ==
          "compute_divide::clustered_successes::add: weight 0, or from 1e-100 to 1e100, got 1e+200");
}

TEST_CASE("successes of parts, merged, are those of the whole") {
    cd::clustered_successes<std::string> whole, first, second;
    for (int i = 0; i < 200; ++i) {
        const bool yes = i % 3 == 0;
        const std::vector<std::string> labs = i % 4 == 0 ? std::vector<std::string>{"a", std::to_string(i % 7)}
                                                         : std::vector<std::string>{std::to_string(i % 11)};
        whole.add(yes, labs, 1 + i % 2);
        (i < 77 ? second : first).add(yes, labs, 1 + i % 2);
    }
    first.add(std::optional<bool>(), std::string("x"));
    whole.add(std::optional<bool>(), std::string("x"));
    first.merge(second);
    const auto a = whole.result(), b = first.result();
    CHECK(a.share.n == b.share.n);
    CHECK(a.share.n_missing == 1);
    CHECK(b.share.n_missing == 1);
    CHECK(a.clusters == b.clusters);
    CHECK(close(*a.variance, *b.variance, 1e-12));
}

TEST_CASE("clusters of uneven weight, and labels that records share, are few though they are many") {
    const auto status_of = [](const auto& rows, auto cluster, std::uint64_t clusters = 40) {
        const auto found = cd::share(rows, &draw::yes, cd::clustered_by(cluster), &draw::weight);
        CHECK(found.clusters == clusters);
        return found.share.status;
    };
    // 40 clusters of two records, one of weight w: they are worth (39 + w)^2 / (39 + w^2) of equal weight
    for (const double w : {1.0, 12.0, 20.0}) {
        std::vector<draw> rows;
        for (int c = 0; c < 40; ++c)
            for (const bool yes : {true, false}) rows.push_back({yes, c, (c == 0 ? w : 1) / 2});
        rows.front().weight *= 0.9;
        const double worth = (39 + w) * (39 + w) / (39 + w * w);
        CAPTURE(worth);
        CHECK(status_of(rows, &draw::cluster) == (worth < 10 ? estimate_status::few_clusters : estimate_status::ok));
    }
    // 40 labels on a ring: each record has one, or two that are neighbours, and so shares one with 3 of 40
    std::vector<draw> ring;
    for (int c = 0; c < 40; ++c) ring.push_back({c % 3 == 0, c, 1});
    const auto neighbours = [](int reach) {
        return [reach](const draw& d) {
            std::vector<int> labels;
            for (int k = 0; k < reach; ++k) labels.push_back((d.cluster + k) % 40);
            return labels;
        };
    };
    CHECK(status_of(ring, neighbours(1)) == estimate_status::ok);
    CHECK(status_of(ring, neighbours(2), 13) == estimate_status::few_clusters);  // 40 / 3 = 13.3 < 20
}

TEST_CASE("clusters of records with several labels are as many of equal weight as they are worth") {
    // each record has a label of its own or one of 5, and one of 4 venues: worth 4 by the venues, whatever the weights
    std::vector<draw> rows;
    for (int i = 0; i < 80; ++i) rows.push_back({i % 3 == 0, i, 1.0 + i / 4 % 4});
    const auto found_by = [&](auto labels) {
        return cd::share(rows, &draw::yes, cd::clustered_by(labels), &draw::weight);
    };
    const auto venue = found_by([](const draw& d) { return d.cluster % 4; });
    const auto own = found_by([](const draw& d) { return std::vector{d.cluster + 100, d.cluster % 4}; });
    CHECK(own.clusters == 4);
    CHECK(own.share.degrees_of_freedom == 3);
    CHECK(close(*own.variance, *venue.variance, 1e-12));
    CHECK(close(own.share.lower(), venue.share.lower(), 1e-12));
    // of many labels a record, pair by pair
    const auto many = [](const draw& d) {
        std::vector<int> labels;
        for (int k = 0; k <= d.cluster % 9; ++k) labels.push_back((d.cluster * (k + 3)) % 61);
        return labels;
    };
    double total = 0, pairs = 0;
    for (const draw& a : rows) {
        total += a.weight;
        for (const draw& b : rows)
            if (std::ranges::any_of(many(a), [&](int label) {
                    const auto others = many(b);
                    return std::ranges::find(others, label) != others.end();
                }))
                pairs += a.weight * b.weight;
    }
    CHECK(found_by(many).clusters == static_cast<std::uint64_t>(total * total / pairs));
    CHECK(total * total / pairs > 3);
    CHECK(total * total / pairs < 30);
}

TEST_CASE("at every level an interval lies in [0, 1] and around its share, but for Jeffreys'") {
    struct record {
        bool yes;
        int cluster;
        double weight;
    };
    const std::vector<std::vector<record>> samples{{{true, 0, 1}, {true, 1, 1}},
                                                   {{true, 0, 1}, {true, 1, 3}, {true, 2, 1e16}},
                                                   {{true, 0, 1}, {true, 1, 3}, {false, 2, 1e-16}},
                                                   {{false, 0, 1}, {false, 1, 3}, {true, 2, 1e-100}},
                                                   {{true, 0, 1e100}, {true, 1, 1e-100}, {false, 2, 1}},
                                                   {{true, 0, 1}, {false, 0, 2}, {true, 1, 2}, {false, 2, 1}}};
    for (const double level : {1e-300, 1e-17, 0.25, 0.95, 0.999999, 1 - 0x1p-53})
        for (const auto& records : samples)
            for (const auto& interval : enumerators(cd::proportion_interval{})) {
                CAPTURE(level);
                CAPTURE(interval.name);
                const auto found = cd::share(records, &record::yes, cd::clustered_by(&record::cluster), &record::weight,
                                             {.interval = interval.value, .level = level})
                                       .share;
                REQUIRE(found.value);
                if (!found.bounds) continue;
                CHECK((found.lower() >= 0 && found.lower() <= found.upper() && found.upper() <= 1));
                if (interval.value != cd::proportion_interval::jeffreys)
                    CHECK((found.lower() <= *found.value && *found.value <= found.upper()));
            }
}

TEST_CASE("whole weights: the same bits in whatever order clusters come and parts are merged") {
    const auto check = [](auto cluster_of, const char* what) {
        CAPTURE(what);
        using label = std::string;
        cd::clustered_successes<label> forwards, backwards, parts[3], merged;
        constexpr int n = 600;
        const auto add = [&](cd::clustered_successes<label>& to, int i) {
            to.add(i * i % 7 < 3, cluster_of(i), 1 + i % 3);
        };
        for (int i = 0; i < n; ++i) add(forwards, i);
        for (int i = n; i-- > 0;) add(backwards, i);
        for (int i = 0; i < n; ++i) add(parts[i * 13 % 3], i * 7 % n);
        for (int i = 2; i >= 0; --i) merged.merge(parts[i]);
        const cd::clustered_share whole = forwards.result();
        CHECK(whole.design_effect.has_value());
        CHECK(backwards.result() == whole);
        CHECK(merged.result() == whole);
    };
    check([](int i) { return std::to_string(i * i % 83); }, "a label each");
    check(
        [](int i) {
            return std::vector<std::string>{std::to_string(i % 37), std::to_string(i * i % 29)};
        },
        "several labels each");
}
