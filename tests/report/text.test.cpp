// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/text.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/hostile.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::number_notation;
using test_support::lines_of;

namespace {

/// The cell of a table of one cell, as text.
std::string shown(cd::cell c, cd::number_style style = {}, bool ascii = true) {
    const cd::table t{.columns = {{.name = "x", .style = style}}, .rows = {{std::move(c)}}};
    const auto lines = lines_of(to_text(t, {.ascii = ascii}));
    if (lines.size() < 3) return "no cell";
    return lines[2].substr(std::min(lines[2].find_first_not_of(' '), lines[2].size()));
}

cd::cell interval_of(double value, double lower, double upper) {
    return {.value = cd::estimate{
                .value = value, .bounds = cd::interval{lower, upper}, .n = 3, .status = cd::estimate_status::ok}};
}

std::size_t widest(const std::string& text) {
    std::size_t most = 0;
    for (const auto& line : lines_of(text)) most = std::max(most, cd::detail::display_width(line));
    return most;
}

}  // namespace

TEST_CASE("numbers by their digits, never 0 for what is not") {
    const struct {
        double x;
        cd::number_style style;
        const char* text;
    } cases[] = {{0, {}, "0"},
                 {-0.0, {}, "0"},
                 {1, {}, "1.00"},
                 {0.65432, {}, "0.654"},
                 {-0.65432, {}, "-0.654"},
                 {9.996, {}, "10.0"},
                 {123456, {}, "123456"},
                 {1e7, {}, "1.00e7"},
                 {9999999, {}, "1.00e7"},
                 {1.25e-5, {}, "1.25e-5"},
                 {0.00012, {}, "0.000120"},
                 {5.5e21, {.digits = 2}, "5.5e21"},
                 {0.65432, {1, number_notation::fixed, true}, "65.4"},
                 {0.0004, {1, number_notation::fixed, true}, "0.04"},
                 {-0.0004, {1, number_notation::fixed}, "-0.0004"},
                 {1e22, {1, number_notation::fixed}, "1.00e22"},
                 {0.0211, {3, number_notation::p_value}, "0.021"},
                 {0.00049, {3, number_notation::p_value}, "< 0.001"},
                 {0.000999, {3, number_notation::p_value}, "< 0.001"},
                 {0, {3, number_notation::p_value}, "< 0.001"},
                 {0.9996, {3, number_notation::p_value}, "> 0.999"},
                 {1, {3, number_notation::p_value}, "1.000"},
                 {std::nan(""), {}, "NaN"},
                 {-std::numeric_limits<double>::infinity(), {}, "-inf"}};
    for (const auto& each : cases) CHECK(shown({.value = each.x}, each.style) == each.text);
    CHECK(shown({.value = -1.5}, {}, false) == "\u22121.50");
    CHECK(shown({.value = std::int64_t{-1234567}}) == "-1234567");
}

TEST_CASE("an interval has the decimals of its estimate, and as many as show its width") {
    const struct {
        cd::cell c;
        cd::number_style style;
        const char* text;
    } cases[] = {{interval_of(1.35, 1.02, 1.78), {}, "1.35 [1.02, 1.78]"},
                 {interval_of(8.64, 3.18, 23.5), {}, "8.64 [3.18, 23.50]"},
                 {interval_of(1, 0.958, 1.02), {}, "1.000 [0.958, 1.020]"},
                 {interval_of(1000.5, 1000.4, 1000.6), {}, "1000.50 [1000.40, 1000.60]"},
                 {interval_of(0.0012, -12.3, 12.3), {}, "0.001 [-12.3, 12.3]"},
                 {interval_of(5.5e21, 1e20, 3e23), {}, "5.50e21 [1.00e20, 3.00e23]"},
                 {interval_of(1.0005e9, 1.0004e9, 1.0006e9), {}, "1.00050e9 [1.00040e9, 1.00060e9]"},
                 {interval_of(2, 2, 2), {}, "2.00 [2.00, 2.00]"},
                 {interval_of(0, 0, 0), {}, "0.00 [0.00, 0.00]"},
                 {interval_of(0, 1e-18, 0.194), {1, number_notation::fixed, true}, "0.0 [0.0, 19.4]"},
                 {interval_of(0.35, 1e-5, 0.7), {}, "0.350 [1e-5, 0.700]"}};
    for (const auto& each : cases) CHECK(shown(each.c, each.style) == each.text);
}

TEST_CASE("five ways of having no number are five cells") {
    CHECK(shown({.value = cd::missing_value{}}) == "not known");
    CHECK(shown({.value = cd::estimate_status::too_few}) == "too few records");
    CHECK(shown({.value = cd::estimate{}}) == "no data");
    CHECK(shown({.value = std::nan("")}) == "NaN");
    CHECK(shown({.value = cd::not_applicable{}}) == "");
    CHECK(shown({.value = true}) == "yes");
    CHECK(shown({.value = cd::estimate{.value = 2, .status = cd::estimate_status::not_converged}}) ==
          "2.00, not converged");
    CHECK(shown({.value = cd::test_result{.statistic = -2.5, .p_value = 1e-9, .status = cd::estimate_status::ok}}) ==
          "-2.50, p < 0.001");
    CHECK(shown({.value = 0.5, .style = cd::number_style{1, number_notation::fixed, true}}) == "50.0 %");
}

TEST_CASE("columns are aligned, numbers to the right, with what all their intervals share in the header") {
    cd::table t{
        .title = "Shares",
        .columns = {{.name = "year"}, {.name = "who"}, {.name = "share", .style = {1, number_notation::fixed, true}}},
        .rows = {{{.value = std::int64_t{2012}}, {.value = std::string("a")}, interval_of(0.5, 0.1, 1)},
                 {{.value = std::int64_t{2013}}, {.value = std::string("bcd")}, interval_of(0.25, 0.05, 0.5)},
                 {{.value = std::int64_t{2014}}, {}, {.value = cd::estimate{}}}},
        .notes = {"A note"},
        .sources = {"a source"}};
    CHECK(to_text(t, {.ascii = true}) == R"(Shares

year  who  share, % [95 % interval]
-----------------------------------
2012  a          50.0 [10.0, 100.0]
2013  bcd        25.0 [ 5.0,  50.0]
2014                        no data

A note
Source: a source
)");
    std::get<cd::estimate>(t.rows[0][2].value).level = 0.9;
    const std::string mixed = to_text(t, {.ascii = true});
    CHECK(mixed.find("[interval]") != mixed.npos);
    CHECK(mixed.find("[10.0, 100.0] at 90 %") != mixed.npos);
    CHECK(mixed.find("[ 5.0,  50.0] at 95 %") != mixed.npos);
}

TEST_CASE("groups have rules between them and titles") {
    const cd::table t{.columns = {{.name = "x"}},
                      .rows = {{{.value = std::string("a")}}, {{.value = std::string("b")}}},
                      .groups = {{0, "first"}, {1, ""}, {1, "second"}}};
    CHECK(to_text(t, {.ascii = true}) == "x\n-\nfirst\na\n-\nsecond\nb\n");
    CHECK(to_text(t) == "x\n\u2500\nfirst\na\n\u2500\nsecond\nb\n");
}

TEST_CASE("no line is wider than the width, whatever the names") {
    const cd::table hostile = test_support::table_full_of(test_support::hostile),
                    commands = test_support::table_full_of(test_support::commands);
    cd::table wide{.title = "Many columns"};
    for (int i = 0; i < 12; ++i) wide.columns.push_back({.name = "column number " + std::to_string(i)});
    wide.rows.push_back({{.value = std::string("the first cell is long and has words")}});
    for (int i = 1; i < 12; ++i) wide.rows[0].push_back(interval_of(-1e-20 * i, -2e20, 3e-7));
    const cd::table spaces{.columns = {{.name = std::string(90, 'x')}, {.name = " 1"}, {.name = " 2 3"}}};
    const std::vector<const cd::table*> tables{&hostile, &commands, &wide, &spaces};
    for (int width = 20; width <= 140; width += 3) {
        for (const cd::table* const t : tables) {
            const std::string text = to_text(*t, {.width = width});
            CHECK(widest(text) <= static_cast<std::size_t>(width));
            CHECK(test_support::is_clean_utf8(text));
            for (const auto& line : lines_of(text)) CHECK((line.empty() || line.back() != ' '));
        }
    }
}

TEST_CASE("what is too wide is wrapped, then set in blocks that begin with the first column") {
    cd::table t{.columns = {{.name = "name"}, {.name = "first number"}, {.name = "second"}, {.name = "text"}},
                .rows = {{{.value = std::string("a")},
                          {.value = 1.0},
                          {.value = 2.0},
                          {.value = std::string("words that are wrapped where there is no room")}}}};
    const auto wrapped = lines_of(to_text(t, {.width = 46, .ascii = true}));
    CHECK(wrapped == std::vector<std::string>{"       first", "name  number  second  text", std::string(46, '-'),
                                              "a       1.00    2.00  words that are wrapped",
                                              "                      where there is no room"});
    const auto blocks = lines_of(to_text(t, {.width = 24, .ascii = true}));
    CHECK(test_support::times_in(to_text(t, {.width = 24}), "name") == 2);
    CHECK(std::ranges::find(blocks, "") != blocks.end());
}

TEST_CASE("width is that of a terminal") {
    CHECK(cd::detail::display_width("abc") == 3);
    CHECK(cd::detail::display_width("e\u0301") == 1);
    CHECK(cd::detail::display_width("\u65E5\u672C") == 4);
    CHECK(cd::detail::display_width("\U0001F600") == 2);
    CHECK(cd::detail::display_width("\u200D\u2212\u00A0\u00E9\u03B1") == 4);
    const cd::table t{.columns = {{.name = "x"}, {.name = "y"}},
                      .rows = {{{.value = std::string("\u65E5\u672C")}, {.value = std::string("|")}},
                               {{.value = std::string("e\u0301abc")}, {.value = std::string("|")}}}};
    CHECK(to_text(t, {.ascii = true}) == "x     y\n-------\n\u65E5\u672C  |\ne\u0301abc  |\n");
    const auto lines = cd::detail::wrapped("\u65E5\u672C\u65E5\u672C e\u0301e\u0301", 4);
    CHECK(lines == std::vector<std::string>{"\u65E5\u672C", "\u65E5\u672C", "e\u0301e\u0301"});
}

TEST_CASE("stars and parentheses stand behind the decimals") {
    const cd::table t{.columns = {{.name = "x"}},
                      .rows = {{{.value = 1.25, .stars = 3}},
                               {{.value = 0.5, .style = cd::number_style{.digits = 2}, .in_parentheses = true}},
                               {{.value = 10.25}}}};
    CHECK(to_text(t, {.ascii = true}) == "       x\n--------\n 1.25***\n(0.50)\n 10.2\n");
}

TEST_CASE("nothing to show, and a width too small") {
    CHECK(to_text(cd::table{}) == "");
    CHECK(to_text(cd::table{.title = "t", .notes = {"n"}}) == "t\n\nn\n");
    CHECK(to_text(cd::table{.columns = {{.name = "x"}}}, {.ascii = true}) == "x\n-\nno rows\n");
    CHECK(test_support::message_of([] { return to_text(cd::table{}, {.width = 19}); }) ==
          "compute_divide::to_text: a width of at least 20, got 19");
}
