// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/clustered_tally.hpp>

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/shares/tabulate.hpp>

#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::message_of;

TEST_CASE("the counts of a table with clusters are those of one without") {
    struct paper {
        int year;
        std::string team;
        std::optional<std::string> lab;
        double weight;
    };
    std::vector<paper> papers;
    for (int i = 0; i < 100; ++i)
        papers.push_back({2000 + i % 7, i % 3 == 0 ? "academia" : "industry",
                          i % 5 == 0 ? std::nullopt : std::optional("lab " + std::to_string(i % 13)), 0.25 * (i % 4)});
    CHECK(cd::tabulate(papers, &paper::year, &paper::team, cd::clustered_by(&paper::lab)).counts() ==
          cd::tabulate(papers, &paper::year, &paper::team));
    const auto table = cd::tabulate(papers, &paper::year, &paper::team, cd::clustered_by(&paper::lab), &paper::weight);
    CHECK(table.counts() == cd::tabulate(papers, &paper::year, &paper::team, &paper::weight));
    CHECK(table.clusters() > 13);  // records whose lab is not known are clusters of their own
    CHECK(message_of([&] {
              (void)cd::tabulate(papers, &paper::year, &paper::team, cd::clustered_by(&paper::lab),
                                 [](const paper&) { return -1; });
          }) == "compute_divide::clustered_tally::add: weight 0, or from 1e-100 to 1e100, got -1");
}

TEST_CASE("records whose key or category is not known are counted") {
    cd::clustered_tally<int, bool, std::string> sums;
    sums.add(2000, std::optional<bool>(), std::string("a"));
    sums.add(std::optional<int>(), true, std::string("a"));
    sums.add(2000, true, std::string("a"), std::optional<double>());
    sums.add_missing();
    sums.add_missing(2001);
    sums.add(2000, true, std::string("a"));
    const auto table = sums.result().counts();
    CHECK(table.n_missing == 5);
    CHECK(table.rows[0].n == 1);
    CHECK(table.rows[0].n_missing == 2);
    CHECK(table.rows[1].n_missing == 1);
}
