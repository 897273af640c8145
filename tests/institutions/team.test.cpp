// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/team.hpp>

#include <limits>

#include <doctest/doctest.h>

#include "support/check_names.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::other_sectors;
using cd::sector;
using cd::team_kind;
using cd::team_rule;
using test_support::message_of;

namespace {

constexpr cd::sector_counts team(double academia, double industry, double government = 0, double unknown = 0) {
    cd::sector_counts counts;
    counts.add(sector::academia, academia);
    counts.add(sector::industry, industry);
    counts.add(sector::government, government);
    counts.add(sector::unknown, unknown);
    return counts;
}

constexpr team_kind with(other_sectors others, cd::sector_counts counts, team_rule rule = team_rule::author_shares) {
    return cd::team_of(counts, {.rule = rule, .others = others});
}

static_assert(cd::team_of(team(2, 1)) == team_kind::collaboration);

}  // namespace

TEST_CASE("the academic share of the authors names the team: 0, 30, 70 and 100 percent") {
    const struct {
        double academia, industry;
        team_kind expected;
    } rows[] = {
        {5, 0, team_kind::academia_only},
        {99, 1, team_kind::academia_leaning},
        {71, 29, team_kind::academia_leaning},
        {705, 295, team_kind::academia_leaning},
        {70, 30, team_kind::collaboration},
        {7, 3, team_kind::collaboration},
        {1, 1, team_kind::collaboration},
        {3, 7, team_kind::collaboration},
        {30, 70, team_kind::collaboration},
        {295, 705, team_kind::industry_leaning},
        {29, 71, team_kind::industry_leaning},
        {1e-9, 1, team_kind::industry_leaning},
        {1, 1e-14, team_kind::academia_leaning},
        {0, 2, team_kind::industry_only},
        {0, 0, team_kind::unknown},
    };
    for (const auto& row : rows) {
        CAPTURE(row.academia);
        CAPTURE(row.industry);
        CHECK(cd::team_of(team(row.academia, row.industry)) == row.expected);
        // Authors of unknown sector change nothing, and neither does the unit of the weights.
        CHECK(cd::team_of(team(row.academia, row.industry, 0, 100)) == row.expected);
        CHECK(cd::team_of(team(row.academia / 3, row.industry / 3)) == row.expected);
        // Under another name for the sides: the mirror image.
        const auto mirrored =
            cd::sector_mapping{}.with(sector::academia, sector::industry).with(sector::industry, sector::academia);
        const auto opposite = static_cast<int>(team_kind::industry_only) - static_cast<int>(row.expected);
        CHECK(cd::team_of(team(row.academia, row.industry), {.read_as = mirrored}) ==
              (opposite < 0 ? row.expected : static_cast<team_kind>(opposite)));
    }
}

TEST_CASE("rounding of fractional weights does not move a team across a threshold") {
    cd::sector_counts counts;  // 3 of 10 authors academic, each as ten tenths
    for (int i = 0; i < 30; ++i) counts.add(sector::academia, 0.1);
    for (int i = 0; i < 70; ++i) counts.add(sector::industry, 0.1);
    REQUIRE(counts[sector::academia] / counts.known() != 0.3);
    CHECK(cd::team_of(counts) == team_kind::collaboration);
}

TEST_CASE("how government, nonprofits and the like count is an option") {
    const struct {
        double academia, industry, government;
        team_kind ignored, in_denominator, make_other;
    } rows[] = {
        {8, 0, 2, team_kind::academia_only, team_kind::academia_leaning, team_kind::other},
        {5, 0, 5, team_kind::academia_only, team_kind::other, team_kind::other},
        {0, 8, 2, team_kind::industry_only, team_kind::industry_leaning, team_kind::other},
        {0, 0, 3, team_kind::other, team_kind::other, team_kind::other},
        {4, 4, 2, team_kind::collaboration, team_kind::collaboration, team_kind::collaboration},
        {8, 2, 10, team_kind::academia_leaning, team_kind::other, team_kind::academia_leaning},
        {2, 8, 2, team_kind::industry_leaning, team_kind::other, team_kind::industry_leaning},
        {5, 5, 90, team_kind::collaboration, team_kind::other, team_kind::collaboration},
        {3, 0, 0, team_kind::academia_only, team_kind::academia_only, team_kind::academia_only},
    };
    for (const auto& row : rows) {
        CAPTURE(row.academia);
        CAPTURE(row.industry);
        CAPTURE(row.government);
        const auto counts = team(row.academia, row.industry, row.government, 1);
        CHECK(with(other_sectors::ignored, counts) == row.ignored);
        CHECK(with(other_sectors::in_denominator, counts) == row.in_denominator);
        CHECK(with(other_sectors::make_other, counts) == row.make_other);
        CHECK(cd::team_of(counts) == row.make_other);
    }
}

TEST_CASE("by the set of institutions any mixture is a collaboration") {
    const auto set = team_rule::institution_set;
    for (const auto others : {other_sectors::ignored, other_sectors::in_denominator, other_sectors::make_other}) {
        CHECK(with(others, team(99, 1), set) == team_kind::collaboration);
        CHECK(with(others, team(1, 99, 900), set) == team_kind::collaboration);
        CHECK(with(others, team(3, 0), set) == team_kind::academia_only);
        CHECK(with(others, team(0, 3), set) == team_kind::industry_only);
        CHECK(with(others, team(0, 0, 3), set) == team_kind::other);
        CHECK(with(others, team(0, 0, 0, 3), set) == team_kind::unknown);
        CHECK(with(others, team(3, 0, 1), set) ==
              (others == other_sectors::ignored ? team_kind::academia_only : team_kind::other));
    }
}

TEST_CASE("a sector can be read as another, and the thresholds moved") {
    const auto facilities = cd::sector_mapping{}.with(sector::facility, sector::academia);
    cd::sector_counts counts;
    counts.add(sector::facility);
    CHECK(cd::team_of(counts) == team_kind::other);
    CHECK(cd::team_of(counts, {.read_as = facilities}) == team_kind::academia_only);
    counts.add(sector::industry);
    CHECK(cd::team_of(counts, {.read_as = facilities}) == team_kind::collaboration);
    CHECK(cd::team_of(team(8, 2), {.collaboration_from = 0.2, .collaboration_to = 0.8}) == team_kind::collaboration);
}

TEST_CASE("impossible thresholds are errors") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const cd::sector_counts counts;
    CHECK(message_of([&] { (void)cd::team_of(counts, {.collaboration_from = 0.8}); }) ==
          "compute_divide::team_of: 0 <= collaboration_from <= collaboration_to, got 0.8");
    CHECK(message_of([&] { (void)cd::team_of(counts, {.collaboration_from = nan}); }) != "no error");
    CHECK(message_of([&] { (void)cd::team_of(counts, {.collaboration_from = -0.1}); }) != "no error");
    CHECK(message_of([&] { (void)cd::team_of(counts, {.collaboration_to = 1.5}); }) ==
          "compute_divide::team_of: collaboration_to <= 1, got 1.5");
}

TEST_CASE("every choice prints and parses") {
    test_support::check_names(team_kind{});
    test_support::check_names(team_rule{});
    test_support::check_names(other_sectors{});
    CHECK(cd::name_of(team_kind::academia_only) == "academia_only");
    CHECK(cd::description_of(team_kind::academia_leaning) == "academia-leaning");
}
