// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/team.hpp>

#include <limits>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
using cd::other_sectors;
using cd::sector;
using cd::team_kind;
using cd::team_rule;
using test_support::close;
using test_support::message_of;
using test_support::single_pass;

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
static_assert(cd::team_of_epoch_category("Academia,Industry,Academia") == team_kind::collaboration);

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
    CHECK(cd::team_of_epoch_category("Non-profit",
                                     {.read_as = cd::sector_mapping{}.with(sector::nonprofit, sector::industry)}) ==
          team_kind::industry_only);
    CHECK(cd::team_of(team(8, 2), {.collaboration_from = 0.2, .collaboration_to = 0.8}) == team_kind::collaboration);
}

TEST_CASE("sector counts add, merge and divide") {
    auto all = team(3, 1, 0, 2);
    CHECK(all.total() == 6);
    CHECK(all.known() == 4);
    CHECK(close(*all.share(sector::academia), 0.75, 0));
    CHECK_FALSE(all.share(sector::unknown));
    CHECK_FALSE(cd::sector_counts{}.share(sector::academia));
    cd::sector_counts part = team(3, 0);
    part.merge(team(0, 1, 0, 2));
    CHECK(part == all);
}

TEST_CASE("every spelling of Epoch's category column, and of the same values by other hands") {
    const std::pair<std::string_view, team_kind> rows[] = {
        {"Academia", team_kind::academia_only},
        {"Industry", team_kind::industry_only},
        {" industry ", team_kind::industry_only},
        {"Industry - Academia Collaboration", team_kind::collaboration},
        {"Industry - Academia collaboration", team_kind::collaboration},
        {"Industry - Academia Collaboration (Industry leaning)", team_kind::industry_leaning},
        {"Industry - Academia Collaboration (Industry Leaning)", team_kind::industry_leaning},
        {"Industry - Academia Collaboration (Academia leaning)", team_kind::academia_leaning},
        {"Industry - Academia Collaboration (Academia Leaning)", team_kind::academia_leaning},
        {"Research collective", team_kind::other},
        {"Research Collective", team_kind::other},
        {"Non-profit", team_kind::other},
        {"Government", team_kind::other},
        {"", team_kind::unknown},
        {"  ", team_kind::unknown},
        {"Academia,Academia", team_kind::academia_only},
        {"Industry,Industry,Industry", team_kind::industry_only},
        {"Academia,Industry,Academia", team_kind::collaboration},
        {"Industry, Academia", team_kind::collaboration},
        {"Academia,Academia,Academia,Industry,Academia", team_kind::academia_leaning},
        {"Industry,Industry,Industry,Industry,Academia", team_kind::industry_leaning},
        {"Academia,Government", team_kind::other},
        {"Industry,Research collective", team_kind::other},
        {"Academia,Industry,Government,Industry,Academia", team_kind::collaboration},
        {"Academia,,Academia", team_kind::academia_only},
        {",", team_kind::unknown},
    };
    for (const auto& row : rows) {
        CAPTURE(row.first);
        CHECK(cd::find_epoch_category(row.first) == row.second);
        CHECK(cd::team_of_epoch_category(row.first) == row.second);
    }
    const cd::team_options by_set{.rule = team_rule::institution_set};
    CHECK(cd::team_of_epoch_category("Industry - Academia Collaboration (Industry leaning)", by_set) ==
          team_kind::collaboration);
    CHECK(cd::team_of_epoch_category("Academia,Academia,Academia,Academia,Industry", by_set) ==
          team_kind::collaboration);
}

TEST_CASE("any other spelling is reported, never guessed") {
    for (const std::string_view cell :
         {"Academic", "Academia;Industry", "Industry – Academia Collaboration", "Academia2", "Academia,Startup",
          "Collaboration", "Academia,Industry - Academia Collaboration"}) {
        CAPTURE(cell);
        CHECK_FALSE(cd::find_epoch_category(cell));
        CHECK(message_of([&] { (void)cd::team_of_epoch_category(cell); }) ==
              "compute_divide::team_of_epoch_category: a category of Epoch's table, or a comma list of them, got \"" +
                  std::string(cell) + "\"");
    }
}

TEST_CASE("impossible weights and thresholds are errors") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    cd::sector_counts counts;
    CHECK(message_of([&] { counts.add(sector::academia, -1); }) ==
          "compute_divide::sector_counts: finite weight >= 0, got -1");
    CHECK(message_of([&] { counts.add(sector::academia, nan); }) != "no error");
    CHECK(message_of([&] { counts.add(sector::academia, infinity); }) != "no error");
    CHECK(counts == cd::sector_counts{});
    CHECK(message_of([&] { (void)cd::team_of(counts, {.collaboration_from = 0.8}); }) ==
          "compute_divide::team_of: 0 <= collaboration_from <= collaboration_to, got 0.8");
    CHECK(message_of([&] { (void)cd::team_of(counts, {.collaboration_from = nan}); }) != "no error");
    CHECK(message_of([&] { (void)cd::team_of(counts, {.collaboration_from = -0.1}); }) != "no error");
    CHECK(message_of([&] { (void)cd::team_of(counts, {.collaboration_to = 1.5}); }) ==
          "compute_divide::team_of: collaboration_to <= 1, got 1.5");
}

TEST_CASE("a paper's authors and institutions, counted in six ways") {
    using enum cd::sector_counting;
    // Two authors: one of a university and a firm, and of a second university; one of a firm, an unknown place.
    using affiliations = std::vector<std::pair<std::string_view, sector>>;
    const std::pair<std::string_view, sector> mit{"MIT", sector::academia}, eth{"ETH", sector::academia},
        ibm{"IBM", sector::industry}, nowhere{"Nowhere", sector::unknown};
    const std::vector<affiliations> paper{{mit, ibm, eth}, {ibm, nowhere}};
    const struct {
        cd::sector_counting counting;
        double academia, industry;                       // unknown beside known left out
        double academia_all, industry_all, unknown_all;  // all counted
    } rows[] = {
        {author_full, 1, 2, 1, 2, 1},      {author_fractional, 2.0 / 3, 4.0 / 3, 2.0 / 3, 1.0 / 3 + 0.5, 0.5},
        {institution_full, 2, 1, 2, 1, 1}, {institution_fractional, 2.0 / 3, 1.0 / 3, 0.5, 0.25, 0.25},
        {paper_full, 1, 1, 1, 1, 1},       {paper_fractional, 1.0 / 3, 2.0 / 3, 1.0 / 3, 1.0 / 6 + 0.25, 0.25},
    };
    for (const auto& row : rows) {
        CAPTURE(cd::name_of(row.counting));
        const auto known = cd::count_sectors(paper, {.counting = row.counting});
        CHECK(close(known[sector::academia], row.academia, 1e-15));
        CHECK(close(known[sector::industry], row.industry, 1e-15));
        CHECK(known[sector::unknown] == 0);
        const auto all =
            cd::count_sectors(paper, {.counting = row.counting, .unknowns = cd::unknown_affiliations::counted});
        CHECK(close(all[sector::academia], row.academia_all, 1e-15));
        CHECK(close(all[sector::industry], row.industry_all, 1e-15));
        CHECK(close(all[sector::unknown], row.unknown_all, 1e-15));
        CHECK(close(all.total(), row.academia_all + row.industry_all + row.unknown_all, 1e-15));
    }
}

TEST_CASE("bare sectors, any range of ranges; who has no affiliation is unknown") {
    using enum cd::sector_counting;
    const std::list<std::vector<sector>> paper{
        {sector::academia}, {sector::academia, sector::industry}, {sector::academia}, {}};
    const struct {
        cd::sector_counting counting;
        double academia, industry, unknown;
    } rows[] = {
        {author_full, 3, 1, 1},      {author_fractional, 2.5, 0.5, 1},
        {institution_full, 3, 1, 0}, {institution_fractional, 0.75, 0.25, 0},
        {paper_full, 1, 1, 0},       {paper_fractional, 0.625, 0.125, 0.25},
    };
    for (const auto& row : rows) {
        CAPTURE(cd::name_of(row.counting));
        cd::sector_counts expected;
        expected.add(sector::academia, row.academia);
        expected.add(sector::industry, row.industry);
        expected.add(sector::unknown, row.unknown);
        CHECK(cd::count_sectors(paper, {.counting = row.counting}) == expected);
        CHECK(cd::count_sectors(single_pass(std::vector(paper.begin(), paper.end())), {.counting = row.counting}) ==
              expected);
        CHECK(cd::count_sectors(std::vector<std::vector<sector>>{}, {.counting = row.counting}) == cd::sector_counts{});
        const auto nobody_known = cd::count_sectors(std::vector<std::vector<sector>>(2), {.counting = row.counting});
        CHECK(nobody_known.known() == 0);
        CHECK(nobody_known[sector::unknown] > 0);
        CHECK(cd::team_of(nobody_known) == team_kind::unknown);
    }
    CHECK(cd::team_of(cd::count_sectors(paper)) == team_kind::academia_leaning);
    static_assert(!cd::author_list<std::vector<sector>>);
    static_assert(!cd::author_list<std::vector<std::vector<std::string>>>);
}

TEST_CASE("every choice prints and parses") {
    const auto round_trip = [](auto choice) {
        for (const auto& entry : enumerators(choice)) {
            CHECK(cd::name_of(entry.value) == entry.name);
            CHECK(cd::parse_name<decltype(choice)>(entry.name) == entry.value);
        }
    };
    round_trip(sector{});
    round_trip(team_kind{});
    round_trip(team_rule{});
    round_trip(other_sectors{});
    round_trip(cd::sector_counting{});
    round_trip(cd::unknown_affiliations{});
    CHECK(cd::name_of(team_kind::academia_only) == "academia_only");
}
