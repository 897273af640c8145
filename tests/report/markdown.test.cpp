// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/markdown.hpp>

#include <string>

#include <doctest/doctest.h>

#include "support/hostile.hpp"
#include "support/markup.hpp"

namespace cd = compute_divide;
using test_support::markdown_cells;

TEST_CASE("hostile text comes back from every cell") {
    const auto lines = test_support::lines_of(to_markdown(test_support::table_full_of(test_support::hostile)));
    REQUIRE(lines.size() == 17);
    CHECK(lines[0].starts_with("**=a"));
    CHECK(lines[0].ends_with("x**"));
    CHECK(markdown_cells(lines[0].substr(2, lines[0].size() - 4)).at(0) == test_support::hostile);
    const auto header = markdown_cells(lines[2]), first = markdown_cells(lines[5]), last = markdown_cells(lines[8]);
    for (const auto* const row : {&header, &first, &last}) REQUIRE(row->size() == 5);
    CHECK(header[1] == test_support::hostile + ", " + test_support::hostile);
    CHECK(first[1] == test_support::hostile + "**");
    CHECK(last[2] == test_support::hostile);
    CHECK(markdown_cells(lines[10]).at(0) == test_support::hostile);
}

TEST_CASE("control characters and bytes that are not UTF-8 are shown") {
    CHECK(test_support::is_clean_utf8(to_markdown(test_support::table_full_of(test_support::commands))));
}

TEST_CASE("a table of GitHub") {
    const cd::table t{.title = "Title",
                      .columns = {{.name = "who"},
                                  {.name = "x", .unit = "m"},
                                  {.name = "mid", .alignment = cd::column_alignment::centre}},
                      .rows = {{{.value = std::string("a")}, {.value = -1.5, .stars = 2}, {.value = true}},
                               {{.value = std::string("b")}, {}, {.value = 1e-20, .in_parentheses = true}}},
                      .groups = {{1, "late"}},
                      .notes = {"- no list", "12. no list", "note"}};
    CHECK(to_markdown(t) ==
          "**Title**\n\n"
          "| who | x, m | mid |\n"
          "| --- | ---: | :---: |\n"
          "| a | \u22121.50\\*\\* | yes |\n"
          "| **late** | | |\n"
          "| b |  | (1.00e\u221220) |\n"
          "\n\\- no list\n\n12\\. no list\n\nnote\n");
    CHECK(to_markdown(cd::table{}) == "");
}
