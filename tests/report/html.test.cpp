// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/html.hpp>

#include <string>

#include <doctest/doctest.h>

#include "support/hostile.hpp"
#include "support/markup.hpp"

namespace cd = compute_divide;
using test_support::times_in;

TEST_CASE("hostile text comes back from every place") {
    const auto read = test_support::parsed_html(to_html(test_support::table_full_of(test_support::hostile)));
    REQUIRE(read.valid);
    std::string all;
    for (const auto& text : read.texts) all += text;
    // caption, 3 headers, 3 units, 3 cells, 2 groups, 2 notes, method, source
    CHECK(times_in(all, test_support::hostile) == 1 + 3 + 2 + 3 + 2 + 2 + 1 + 1);
    for (const auto& tag : read.tags) CHECK(tag.find("xxx") == tag.npos);
}

TEST_CASE("control characters and bytes that are not UTF-8 are shown") {
    const std::string html = to_html(test_support::table_full_of(test_support::commands));
    CHECK(test_support::parsed_html(html).valid);
    CHECK(test_support::is_clean_utf8(html));
    CHECK(html.find("\\x1B[31mred") != html.npos);
}

TEST_CASE("headers have scopes, numbers are to the right") {
    const cd::table t{.name = "t_1",
                      .title = "Title",
                      .columns = {{.name = "who"}, {.name = "x", .unit = "m"}},
                      .rows = {{{.value = std::string("a")}, {.value = -1.5, .stars = 2}},
                               {{.value = std::string("b")}, {.value = cd::not_applicable{}}}},
                      .groups = {{0, ""}, {1, "late"}},
                      .notes = {"note"}};
    CHECK(to_html(t) == R"(<table id="t_1">
<caption>Title</caption>
<thead>
<tr><th scope="col" style="text-align:left">who</th><th scope="col" style="text-align:right">x, m</th></tr>
</thead>
<tbody>
<tr><th scope="row" style="text-align:left">a</th><td style="text-align:right">−1.50<sup>**</sup></td></tr>
</tbody>
<tbody>
<tr><th scope="rowgroup" colspan="2" style="text-align:left">late</th></tr>
<tr><th scope="row" style="text-align:left">b</th><td style="text-align:right"></td></tr>
</tbody>
<tfoot>
<tr><td colspan="2">note</td></tr>
</tfoot>
</table>
)");
    CHECK(test_support::parsed_html(to_html(cd::table{})).valid);
}

TEST_CASE("numbers in the signs of print") {
    using cd::detail::html_markup;
    CHECK(html_markup::number("-1.25e-14", false) == "\u22121.25&nbsp;\u00D7&nbsp;10<sup>\u221214</sup>");
    CHECK(html_markup::number("1234567", true) == "1\u2009234\u2009567");
    CHECK(html_markup::number("-123456", true) == "\u2212123\u2009456");
    CHECK(html_markup::number("2023", true) == "2023");
    CHECK(html_markup::number("1234567", false) == "1234567");
    CHECK(html_markup::number("< 0.001", false) == "&lt; 0.001");
}
