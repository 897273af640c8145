// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/corrected_shares.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

struct paper {
    int year = 0;
    bool yes = false;  // as the classifier says
    int institution = 0;
};

const cd::classification_counts errors{
    .true_positives = 90, .false_positives = 5, .false_negatives = 10, .true_negatives = 195};
const cd::classification_counts none{
    .true_positives = 1e12, .false_positives = 0, .false_negatives = 0, .true_negatives = 1e12};

auto table_of(const std::vector<paper>& papers) {
    return cd::tabulate(papers, &paper::year, &paper::yes, cd::clustered_by(&paper::institution));
}

/// Institutions that have papers in two years, with leanings of their own in both; a classifier that finds .9 of those
/// that are and .025 of the others. True shares are .4 and .55.
std::vector<paper> made(std::uint64_t seed, int institutions) {
    cd::random_stream stream(seed);
    std::vector<paper> papers;
    for (int institution = 0; institution < institutions; ++institution) {
        const double leaning = stream.uniform(-0.35, 0.35);
        for (const int year : {1, 2})
            for (int i = 0; i < 8; ++i) {
                const bool truth = stream.uniform() < (year == 1 ? 0.4 : 0.55) + leaning;
                papers.push_back({year, stream.uniform() < (truth ? 0.9 : 0.025), institution});
            }
    }
    return papers;
}

}  // namespace

TEST_CASE("a share of independent records is corrected as its counts are") {
    const auto seen = cd::share(30, 100);
    const auto found = corrected_share(seen, errors);
    const auto expected = cd::corrected_share(30, 100, errors);
    CHECK(close(*found.corrected.value, *expected.corrected.value, 1e-12));
    CHECK(close(found.corrected.lower(), expected.corrected.lower(), 1e-12));
    CHECK(close(found.corrected.upper(), expected.corrected.upper(), 1e-12));
    CHECK(found.classified == seen);
}

TEST_CASE("dependent records that all say the same are worth one each cluster") {
    std::vector<paper> papers;
    for (int institution = 0; institution < 40; ++institution)
        for (int i = 0; i < 5; ++i) papers.push_back({1, institution < 12, institution});
    const auto seen = cd::shares(table_of(papers), true).rows[0].share;
    const auto found = corrected_share(seen, errors);
    // v = G / (G - 1) p (1 - p) / G, so n_eff = G - 1 = 39; t of 39 degrees of freedom is 2.02269
    CHECK(close(*seen.n_effective, 39, 1e-9));
    const double worth = 39 * std::pow(1.959963984540054 / 2.022690920036760, 2);
    const auto expected = cd::corrected_share(0.3 * worth, worth, errors);
    CHECK(close(found.corrected.lower(), expected.corrected.lower(), 1e-9));
    CHECK(close(found.corrected.upper(), expected.corrected.upper(), 1e-9));
    CHECK(found.corrected.n == 200);
    CHECK(found.corrected.n_effective == seen.n_effective);
    CHECK(found.corrected.status == estimate_status::ok);
}

TEST_CASE("the status of what was seen goes on") {
    CHECK(corrected_share(cd::estimate{}, errors).corrected.status == estimate_status::no_data);
    const auto one = cd::shares(table_of({{1, true, 1}, {1, false, 1}}), true).rows[0].share;
    CHECK(one.status == estimate_status::too_few);
    CHECK(corrected_share(one, errors).corrected.status == estimate_status::too_few);
    const auto few = cd::shares(table_of({{1, true, 1}, {1, false, 2}, {1, false, 3}}), true).rows[0].share;
    CHECK(few.status == estimate_status::few_clusters);
    CHECK(corrected_share(few, errors).corrected.status == estimate_status::few_clusters);
    CHECK(corrected_share(few, {}).corrected.status == estimate_status::too_few);
    CHECK(message_of([&] { return corrected_share(few, errors, {.level = 1}); }).starts_with("compute_divide::"));

    const auto table = table_of({{1, true, 1}, {1, false, 2}, {2, false, 1}, {2, true, 3}});
    const auto difference = corrected_share_difference(table, 2, 1, true, errors);
    CHECK(difference.corrected.status == estimate_status::few_clusters);
    CHECK(difference.classified == cd::share_difference(table, 2, 1, true).effect);
    CHECK(corrected_share_difference(table, 3, 1, true, errors).corrected.status == estimate_status::no_data);
    CHECK(corrected_share_difference(table, 2, 1, true, {}).corrected.status == estimate_status::too_few);
    CHECK(message_of([&] {
              return corrected_share_difference(table, 2, 1, true, errors, {.level = 0});
          }).starts_with("compute_divide::share_difference: "));
}

TEST_CASE("without errors the difference is the one seen; with errors it is larger by 1 / (se + sp - 1)") {
    const auto table = table_of(made(1, 60));
    const auto linear =
        cd::share_difference(table, 2, 1, true, {.interval = cd::clustered_difference_interval::linear}).effect;
    const auto exact = corrected_share_difference(table, 2, 1, true, none);
    CHECK(close(*exact.corrected.value, *linear.value, 1e-9));
    CHECK(close(exact.corrected.lower(), linear.lower(), 1e-6));
    CHECK(close(exact.corrected.upper(), linear.upper(), 1e-6));
    const auto corrected = corrected_share_difference(table, 2, 1, true, errors).corrected;
    CHECK(close(*corrected.value, *linear.value / (0.9 + 0.975 - 1), 1e-9));
    CHECK(corrected.bounds->width() > linear.bounds->width() / (0.9 + 0.975 - 1));
}

TEST_CASE("what both years share cancels: the interval is narrower than that of two shares put side by side") {
    const auto table = table_of(made(2, 60));
    const auto seen = cd::shares(table, true);
    const auto count = [](const cd::estimate& e) { return cd::share_count{*e.value * *e.n_effective, *e.n_effective}; };
    const auto apart =
        cd::corrected_share_difference(count(seen.rows[1].share), count(seen.rows[0].share), errors).corrected;
    const auto together = corrected_share_difference(table, 2, 1, true, errors).corrected;
    CHECK(together.bounds->width() < 0.8 * apart.bounds->width());
}

TEST_CASE("corrected shares and differences of dependent records cover the truth" * doctest::test_suite("long")) {
    constexpr int rounds = 600;
    double of_share = 0, of_difference = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto table = table_of(made(static_cast<std::uint64_t>(100 + round), 40));
        cd::random_stream stream(static_cast<std::uint64_t>(round), 7);
        cd::classification_counts measured;  // the table of errors is a sample, too
        for (int i = 0; i < 200; ++i) ++(stream.uniform() < 0.9 ? measured.true_positives : measured.false_negatives);
        for (int i = 0; i < 400; ++i) ++(stream.uniform() < 0.025 ? measured.false_positives : measured.true_negatives);
        const auto share = corrected_share(cd::shares(table, true).rows[0].share, measured).corrected;
        const auto difference = corrected_share_difference(table, 2, 1, true, measured).corrected;
        of_share += share.lower() <= 0.4 && 0.4 <= share.upper();
        of_difference += difference.lower() <= 0.15 && 0.15 <= difference.upper();
    }
    CHECK(of_share / rounds > 0.925);
    CHECK(of_share / rounds < 0.98);
    CHECK(of_difference / rounds > 0.925);
    CHECK(of_difference / rounds < 0.975);
}
