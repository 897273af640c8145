// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/epoch_categories.hpp>

#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::sector;
using cd::team_kind;
using cd::team_rule;
using test_support::message_of;

static_assert(cd::team_of_epoch_category("Academia,Industry,Academia") == team_kind::collaboration);

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

TEST_CASE("the sectors of a category are read as the options of teams say") {
    CHECK(cd::team_of_epoch_category("Non-profit",
                                     {.read_as = cd::sector_mapping{}.with(sector::nonprofit, sector::industry)}) ==
          team_kind::industry_only);
    CHECK(cd::find_epoch_sector("Research collective") == sector::other);
    CHECK(cd::find_epoch_sector(" ") == sector::unknown);
    CHECK_FALSE(cd::find_epoch_sector("Academia,Industry"));
}
