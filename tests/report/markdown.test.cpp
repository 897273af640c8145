// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/markdown.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "support/hostile.hpp"

namespace cd = compute_divide;

namespace {

/// The cells of a row by the rules of GitHub: `\` takes the next sign as it is, entities are signs, <br> breaks a line.
/// Empty where a sign is left that means something.
std::vector<std::string> cells_of(std::string_view row) {
    std::vector<std::string> cells(1);
    for (std::size_t i = 0; i < row.size(); ++i) {
        constexpr std::pair<std::string_view, std::string_view> signs[] = {
            {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"<br>", "\n"}};
        bool known = false;
        for (const auto& [sign, meaning] : signs) {
            if (!row.substr(i).starts_with(sign)) continue;
            cells.back() += meaning;
            i += sign.size() - 1;
            known = true;
            break;
        }
        if (known) continue;
        if (row[i] == '\\' && i + 1 < row.size())
            cells.back() += row[++i];
        else if (row[i] == '|')
            cells.emplace_back();
        else if (std::string_view("\\$*_<>[]#`~&").find(row[i]) != std::string_view::npos)
            return {};
        else
            cells.back() += row[i];
    }
    for (auto& cell : cells) {
        const std::size_t first = cell.find_first_not_of(' '), last = cell.find_last_not_of(' ');
        cell = first == cell.npos ? "" : cell.substr(first, last - first + 1);
    }
    return cells;
}

}  // namespace

TEST_CASE("hostile text comes back from every cell") {
    const auto lines = test_support::lines_of(to_markdown(test_support::table_full_of(test_support::hostile)));
    REQUIRE(lines.size() == 17);
    CHECK(lines[0].starts_with("**=a"));
    CHECK(lines[0].ends_with("x**"));
    CHECK(cells_of(lines[0].substr(2, lines[0].size() - 4)).at(0) == test_support::hostile);
    const auto header = cells_of(lines[2]), first = cells_of(lines[5]), last = cells_of(lines[8]);
    for (const auto* const row : {&header, &first, &last}) REQUIRE(row->size() == 5);
    CHECK(header[1] == test_support::hostile + ", " + test_support::hostile);
    CHECK(first[1] == test_support::hostile + "**");
    CHECK(last[2] == test_support::hostile);
    CHECK(cells_of(lines[10]).at(0) == test_support::hostile);
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
