// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/sector_counts.hpp>

#include <limits>
#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/team.hpp>

#include "support/check_names.hpp"
#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
using cd::sector;
using cd::team_kind;
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

}  // namespace

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

TEST_CASE("sector counts as text and JSON") {
    CHECK(cd::to_string(team(2, 1.5)) == "academia 2, industry 1.5");
    CHECK(cd::to_string(team(2.0 / 3, 0), {.digits = 2}) == "academia 0.67");
    CHECK(cd::to_string(cd::sector_counts{}) == "none");
    CHECK(
        cd::to_json(team(2, 0.1)) ==
        R"({"academia":2,"industry":0.1,"government":0,"nonprofit":0,"healthcare":0,"facility":0,"other":0,"unknown":0})");
}

TEST_CASE("impossible weights are errors") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    cd::sector_counts counts;
    CHECK(message_of([&] { counts.add(sector::academia, -1); }) ==
          "compute_divide::sector_counts: finite weight >= 0, got -1");
    CHECK(message_of([&] { counts.add(sector::academia, nan); }) != "no error");
    CHECK(message_of([&] { counts.add(sector::academia, infinity); }) != "no error");
    CHECK(counts == cd::sector_counts{});
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

TEST_CASE("every choice of counting prints and parses") {
    test_support::check_names(cd::sector_counting{});
    test_support::check_names(cd::unknown_affiliations{});
}
