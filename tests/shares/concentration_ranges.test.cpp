// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/concentration_ranges.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using test_support::message_of;

namespace {

struct chips {
    double low, median, high;
};
const std::vector<double> eight{120, 80, 45, 45, 20, 7.5, 3, 1};

}  // namespace

TEST_CASE("measured amounts: two owners whose ratio is log-normal have a known share") {
    // The largest share of two amounts of one median, one exact: 1 / (1 + exp(-|z| s)), z normal.
    const std::vector<chips> two{{1, 1, 1}, {0.5, 1, 2}};
    const auto c = cd::measured_concentration(two, &chips::low, &chips::median, &chips::high, {.top = {1}});
    const double spread = std::log(2.0) / 1.6448536269514722;
    const auto share = [&](double z) { return 1 / (1 + std::exp(-z * spread)); };
    // |z| has its quantiles at .025 and .975 where z has them at .5125 and .9875.
    CHECK(c.top[0].share.upper() == doctest::Approx(share(2.241402727604947)).epsilon(0.01));
    CHECK(c.top[0].share.lower() == doctest::Approx(share(0.03133798)).epsilon(0.01));
    CHECK(*c.top[0].share.value == 0.5);
    CHECK(c.top[0].share.method == "measured");
    const std::vector<chips> exact{{1, 1, 1}, {3, 3, 3}, {0, 0, 0}};
    const auto known = cd::measured_concentration(exact, &chips::low, &chips::median, &chips::high);
    CHECK(known.hhi.lower() == known.hhi.upper());
    CHECK(*known.hhi.value == 0.625);
    CHECK(known.theil_l.status == cd::estimate_status::degenerate);
}

TEST_CASE("measured amounts: the draws have the points they were given") {
    // Owner 2 with 1 beside a huge one: its share is nearly its amount.
    const std::vector<chips> two{{1e9, 1e9, 1e9}, {0.2, 1, 9}};
    const auto c = cd::measured_concentration(two, &chips::low, &chips::median, &chips::high,
                                              {.top = {1}, .level = 0.9, .draws = 40'000});
    CHECK(1 - c.top[0].share.upper() == doctest::Approx(0.2e-9).epsilon(0.05));
    CHECK(1 - c.top[0].share.lower() == doctest::Approx(9e-9).epsilon(0.05));
}

TEST_CASE("rarefied: the mean over draws is near that over all subsets") {
    const auto c = cd::rarefied_concentration(eight, std::identity{}, 4, {.top = {1}, .draws = 40'000});
    for (const auto& row : test_support::reference_table("concentration", 13)) {
        if (row.name != "mean_over_subsets_of_four") continue;
        CHECK(*c.hhi.value == doctest::Approx(row.numbers[0]).epsilon(0.01));
        CHECK(*c.gini.value == doctest::Approx(row.numbers[4]).epsilon(0.01));
        CHECK(*c.theil_t.value == doctest::Approx(row.numbers[6]).epsilon(0.01));
        CHECK(*c.top[0].share.value == doctest::Approx(row.numbers[10]).epsilon(0.01));
    }
    const auto all = cd::rarefied_concentration(eight, std::identity{}, 8);
    CHECK(*all.hhi.value == doctest::Approx(*cd::concentration_of(eight).hhi.value).epsilon(1e-13));
    CHECK(all.hhi.bounds->width() < 1e-15);
    const auto more = cd::rarefied_concentration(eight, std::identity{}, 9);
    CHECK(more.status == cd::estimate_status::too_few);
    CHECK(more.hhi.status == cd::estimate_status::too_few);
    CHECK(!more.hhi.value);
}

TEST_CASE("unattributed amounts: crumbs, pieces, one owner") {
    const std::vector<double> named{4, 3, 2};
    const auto c = cd::concentration_with_unattributed(named, std::identity{}, 5, {1, 4});
    CHECK(c.unattributed_share == doctest::Approx(5.0 / 14));
    CHECK(c.hhi.lower == doctest::Approx(29.0 / 196));
    CHECK(c.hhi.upper == doctest::Approx(54.0 / 196));
    CHECK(c.hhi_in_pieces.upper == doctest::Approx((29.0 + 4 + 4 + 1) / 196));
    CHECK(c.effective_owners.lower == doctest::Approx(196.0 / 54));
    CHECK(c.top[0].share.lower == doctest::Approx(4.0 / 14));
    CHECK(c.top[0].share.upper == doctest::Approx(5.0 / 14));
    CHECK(c.top[0].share_in_pieces.upper == doctest::Approx(4.0 / 14));
    CHECK(c.top[1].share.lower == doctest::Approx(9.0 / 14));
    CHECK(c.top[1].share.upper == 1);
    CHECK(c.top[1].share_in_pieces.upper == doctest::Approx(11.0 / 14));
    const auto none = cd::concentration_with_unattributed(named, std::identity{}, 0);
    CHECK(none.hhi.lower == none.hhi.upper);
    CHECK(cd::concentration_with_unattributed(std::vector<double>{}, std::identity{}, 1).status ==
          cd::estimate_status::no_data);
    CHECK(cd::concentration_with_unattributed(std::vector{0.0}, std::identity{}, 0).status ==
          cd::estimate_status::degenerate);
}

TEST_CASE("AI chips at the end of 2025: at least .131, as an independent computation has it") {
    // H100 equivalents of Amazon, China, CoreWeave, Google, Meta, Microsoft, Oracle; what Nvidia sold and is told of no
    // owner, for xAI's.
    const std::vector<double> told{2448673, 412221, 832068, 5049814, 2302175, 3416016, 1144180};
    std::vector<double> with_xai = told;
    with_xai.push_back(761804);
    for (const auto& row : test_support::reference_table("chip_owners", 4)) {
        CAPTURE(row.name);
        const auto c =
            cd::concentration_with_unattributed(row.name == "told" ? told : with_xai, std::identity{}, row.numbers[0]);
        CHECK(c.hhi.lower == doctest::Approx(row.numbers[1]).epsilon(1e-12));
        CHECK(c.hhi_in_pieces.upper == doctest::Approx(row.numbers[2]).epsilon(1e-12));
        CHECK(c.hhi.upper == doctest::Approx(row.numbers[3]).epsilon(1e-12));
        if (row.name == "with_xai") CHECK(std::round(1000 * c.hhi.lower) == 131);
    }
}

TEST_CASE("what cannot be is an error") {
    const std::vector<chips> wrong{{2, 1, 3}};
    CHECK(message_of([&] {
              static_cast<void>(cd::measured_concentration(wrong, &chips::low, &chips::median, &chips::high));
          }) == "compute_divide::measured_concentration: 0 < low <= median <= high, or all 0, got 1");
    CHECK(message_of([] { static_cast<void>(cd::rarefied_concentration(eight, std::identity{}, 0)); }) ==
          "compute_divide::rarefied_concentration: m >= 1 owners, got 0");
    CHECK(message_of([] { static_cast<void>(cd::concentration_with_unattributed(eight, std::identity{}, -1)); }) ==
          "compute_divide::concentration_with_unattributed: a finite rest >= 0, got -1");
}
