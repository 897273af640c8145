// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/csv.hpp>

#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/hostile.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::parsed_csv;

namespace {

cd::table one_column(const std::vector<cd::cell>& cells) {
    cd::table t{.columns = {{.name = "x"}}};
    for (const auto& c : cells) t.rows.push_back({c});
    return t;
}

std::string text_cell(const std::string& text, const cd::render_options& options = {}) {
    const auto rows = parsed_csv(to_csv(one_column({{.value = text}}), options));
    return rows.size() == 2 && rows[1].size() == 1 ? rows[1][0] : "not one cell";
}

}  // namespace

TEST_CASE("hostile text comes back from every place") {
    const auto rows = parsed_csv(to_csv(test_support::table_full_of(test_support::hostile)));
    REQUIRE(rows.size() == 4);
    CHECK(rows[0][0] == test_support::hostile);
    CHECK(rows[0][1] == test_support::hostile + "1");
    CHECK(rows[0][3] == test_support::hostile + "2_lower");
    CHECK(rows[1][0] == test_support::hostile);
    CHECK(rows[3][1] == test_support::hostile);
    CHECK(rows[1][6] == test_support::hostile);  // the method
    for (const auto& row : rows) CHECK(row.size() == 11);
    CHECK(text_cell("") == "");
    CHECK(text_cell(" blanks ") == " blanks ");
    CHECK(text_cell("\"") == "\"");
}

TEST_CASE("control characters and bytes that are not UTF-8 are shown") {
    const std::string text = to_csv(test_support::table_full_of(test_support::commands));
    CHECK(test_support::is_clean_utf8(text));
    CHECK(text_cell("a\x1b[31m\t\r") == "a\\x1B[31m\\t\\r");
    CHECK(text_cell("a\r\nb") == "a\nb");
    CHECK(text_cell("\xff.") == "\uFFFD.");
    CHECK(text_cell("\xe2\x82.\xed\xa0\x80") == "\uFFFD.\uFFFD\uFFFD\uFFFD");
    CHECK(text_cell("\u202E\u009B") == "\\u202E\\x9B");
}

TEST_CASE("numbers give the same double back") {
    const std::array numbers{0.1,
                             -1.0 / 3,
                             1e300 / 3,
                             std::numeric_limits<double>::denorm_min(),
                             std::numeric_limits<double>::max(),
                             -0.0,
                             123456789012345678.0};
    for (const double x : numbers) {
        const auto rows = parsed_csv(to_csv(one_column({{.value = x}})));
        REQUIRE(rows.size() == 2);
        CHECK(std::strtod(rows[1][0].c_str(), nullptr) == x);
        CHECK(std::signbit(std::strtod(rows[1][0].c_str(), nullptr)) == std::signbit(x));
        CHECK(rows[1][0].size() <= 24);
    }
    CHECK(to_csv(one_column({{.value = 1e5}, {.value = 1e15}, {.value = -2e14}})) ==
          "x\n100000\n1e+15\n-200000000000000\n");
    cd::table percent = one_column({{.value = 0.5}});
    percent.columns[0].style = {.digits = 0, .notation = cd::number_notation::fixed, .percent = true};
    percent.rows[0][0].stars = 3;
    percent.rows[0][0].in_parentheses = true;
    CHECK(to_csv(percent) == "x\n0.5\n");
}

TEST_CASE("five ways of having no number are five fields") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const cd::table t = one_column({{.value = cd::not_applicable{}},
                                    {.value = cd::missing_value{}},
                                    {.value = std::nan("")},
                                    {.value = -infinity},
                                    {.value = cd::estimate_status::too_few},
                                    {.value = std::string()},
                                    {.value = std::string("NA")},
                                    {.value = true}});
    CHECK(to_csv(t) == "x\n\"\"\nNA\nNaN\n-inf\ntoo_few\n\"\"\n\"NA\"\ntrue\n");
    cd::table beside = t;
    beside.columns.push_back({.name = "y"});
    for (auto& row : beside.rows) row.push_back({.value = 1.0});
    CHECK(to_csv(beside, {.missing = "."}) == "x,y\n,1\n.,1\nNaN,1\n-inf,1\ntoo_few,1\n\"\",1\nNA,1\ntrue,1\n");
}

TEST_CASE("an estimate is nine fields, a test eight") {
    const cd::estimate e{.value = 0.25,
                         .bounds = cd::interval{0.1, 0.5},
                         .level = 0.9,
                         .method = "wilson",
                         .n = 20,
                         .n_effective = 12.5,
                         .n_missing = 3,
                         .status = cd::estimate_status::ok};
    const cd::test_result test{.statistic = 2.5,
                               .p_value = 1e-300,
                               .method = "welch",
                               .n = 9,
                               .degrees_of_freedom = 7.5,
                               .status = cd::estimate_status::ok};
    cd::table t{.columns = {{.name = "e"}, {.name = "t"}}};
    t.rows = {{{.value = e}, {.value = test}},
              {{.value = cd::estimate{}}, {.value = cd::test_result{}}},
              {{.value = cd::estimate_status::too_few}, {.value = cd::missing_value{}}}};
    CHECK(to_csv(t) ==
          "e,e_lower,e_upper,e_level,e_method,e_n,e_n_effective,e_n_missing,e_status,"
          "t,t_p_value,t_degrees_of_freedom,t_method,t_n,t_n_effective,t_n_missing,t_status\n"
          "0.25,0.1,0.5,0.9,wilson,20,12.5,3,ok,2.5,1e-300,7.5,welch,9,,0,ok\n"
          ",,,0.95,,0,,0,no_data,,,,,0,,0,no_data\n"
          ",,,,,,,,too_few,NA,,,,,,,\n");
    t.rows[0][1].value = e;
    CHECK(test_support::message_of([&] { return to_csv(t); }) ==
          "compute_divide::to_csv: columns of either estimates or tests, got \"t\"");
}

TEST_CASE("formulas are neutralised in texts and never in numbers") {
    const cd::render_options neutral{.neutralise_formulas = true};
    for (const std::string text : {"=1+1", "+1", "-1", "@A1"}) {
        CHECK(text_cell(text, neutral) == "'" + text);
        CHECK(text_cell(text) == text);
    }
    CHECK(text_cell("1=1", neutral) == "1=1");
    CHECK(to_csv(one_column({{.value = -1.5}, {.value = std::int64_t{-2}}}), neutral) == "x\n-1.5\n-2\n");
}

TEST_CASE("names that the nine fields would share are refused") {
    cd::table t{.columns = {{.name = "e"}, {.name = "e_lower"}}, .rows = {{{.value = cd::estimate{}}, {.value = 1.0}}}};
    CHECK(test_support::message_of([&] { return to_csv(t); }) ==
          "compute_divide::to_csv: fields of different names, got \"e_lower\"");
}

TEST_CASE("a byte order mark comes on request, columns for readers never") {
    cd::table t{.columns = {{.name = "a"}, {.name = "b", .audience = cd::column_audience::readers}},
                .rows = {{{.value = 1.0}, {.value = 2.0}}}};
    CHECK(to_csv(t) == "a\n1\n");
    CHECK(to_csv(t, {.byte_order_mark = true}) ==
          "\xEF\xBB\xBF"
          "a\n1\n");
}

TEST_CASE("a word for what is missing that would be no field by itself is refused") {
    const cd::table t{.columns = {{.name = "x"}}, .rows = {{{.value = cd::missing_value{}}}}};
    CHECK(to_csv(t, {.missing = "n.a."}) == "x\nn.a.\n");
    for (const std::string word : {"a,b", "\"", "a\nb", " NA", "\x1b[31m", "\xff"})
        CHECK_THROWS_AS(static_cast<void>(to_csv(t, {.missing = word})), std::invalid_argument);
}
