// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/figure.hpp>

#include <cmath>
#include <string>
#include <variant>

#include <doctest/doctest.h>

#include "support/message_of.hpp"

namespace cd = compute_divide;

namespace {

cd::figure two_series() {
    return {.name = "growth",
            .title = "Growth",
            .x = {.label = "year"},
            .y = {.label = "compute", .unit = "FLOP", .scale = cd::axis_scale::logarithmic},
            .all_series = {{.name = "models", .x = {2012, 2013}, .y = {1e18, std::nan("")}, .labels = {"a", "b"}},
                           {.name = "trend",
                            .kind = cd::series_kind::band,
                            .x = {2012},
                            .y = {2e18},
                            .lower = {1e18},
                            .upper = {3e18},
                            .summary = "2 a year"}},
            .notes = {"note"},
            .sources = {"source"}};
}

}  // namespace

TEST_CASE("a figure's numbers are a table") {
    const cd::table t = table_of(two_series());
    REQUIRE(t.rows.size() == 3);
    REQUIRE(t.columns.size() == 6);
    CHECK(t.columns[0].name == "series");
    CHECK(t.columns[3] == cd::table_column{.name = "y", .header = "compute", .unit = "FLOP"});
    CHECK(std::get<std::string>(t.rows[0][1].value) == "a");
    CHECK(std::holds_alternative<cd::missing_value>(t.rows[1][3].value));
    CHECK(std::holds_alternative<cd::not_applicable>(t.rows[1][4].value));
    CHECK(std::holds_alternative<cd::not_applicable>(t.rows[2][1].value));
    CHECK(std::get<double>(t.rows[2][5].value) == 3e18);
    CHECK(t.title == "Growth");
    CHECK(t.notes.size() == 1);
    cd::figure plain{.all_series = {{.x = {1}, .y = {2}}}};
    CHECK(table_of(plain).columns.size() == 2);
    CHECK(table_of(cd::figure{}).rows.empty());
}

TEST_CASE("categories are the labels of points, which all of them have") {
    cd::figure f{.x = {.label = "term", .scale = cd::axis_scale::categories},
                 .all_series = {{.x = {0, 1}, .y = {2, 3}, .labels = {"a", "b"}}}};
    const cd::table t = table_of(f);
    REQUIRE(t.columns.size() == 2);
    CHECK(t.columns[0] == cd::table_column{.name = "label", .header = "term"});
    CHECK(std::get<std::string>(t.rows[1][0].value) == "b");
    CHECK(std::get<double>(t.rows[1][1].value) == 3);
    f.all_series[0].labels.clear();
    CHECK(test_support::message_of([&] { return table_of(f); }) ==
          "compute_divide::figure: parts of a series of one length, got 0");
}

TEST_CASE("a figure as JSON") {
    CHECK(
        to_json(two_series()) ==
        R"({"name":"growth","title":"Growth","x":{"label":"year","unit":"","scale":"linear"},)"
        R"("y":{"label":"compute","unit":"FLOP","scale":"logarithmic"},)"
        R"("series":[{"name":"models","kind":"points","x":[2012,2013],"y":[1e+18,null],"lower":[],"upper":[],)"
        R"("labels":["a","b"],"summary":""},{"name":"trend","kind":"band","x":[2012],"y":[2e+18],"lower":[1e+18],"upper":[3e+18],)"
        R"("labels":[],"summary":"2 a year"}],"notes":["note"],"sources":["source"]})");
}

TEST_CASE("parts of different lengths are refused") {
    const auto refused = [](auto change) {
        cd::figure f = two_series();
        change(f.all_series[1]);
        return test_support::message_of([&] { return table_of(f); });
    };
    const std::string message = "compute_divide::figure: parts of a series of one length, got ";
    CHECK(refused([](cd::series& s) { s.y.clear(); }) == message + "0");
    CHECK(refused([](cd::series& s) { s.lower = {1, 2}; }) == message + "2");
    CHECK(refused([](cd::series& s) { s.upper = {1, 2, 3}; }) == message + "3");
    CHECK(refused([](cd::series& s) { s.labels = {"a", "b"}; }) == message + "2");
    CHECK(refused([](cd::series& s) { s.lower.clear(); }) == "no error");
}
