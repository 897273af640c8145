// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/render.hpp>

#include <string>

#include <doctest/doctest.h>

#include "support/hostile.hpp"

namespace cd = compute_divide;
using cd::table_format;

TEST_CASE("every format is the function of its name") {
    const cd::table t = test_support::table_full_of("name");
    CHECK(render(t, table_format::text) == to_text(t));
    CHECK(render(t, table_format::markdown) == to_markdown(t));
    CHECK(render(t, table_format::latex) == to_latex(t));
    CHECK(render(t, table_format::csv) == to_csv(t));
    CHECK(render(t, table_format::html) == to_html(t));
    CHECK(render(t, table_format::json) == to_json(t) + "\n");
    for (const auto& format : enumerators(table_format{})) CHECK(render(t, format.value).ends_with('\n'));
}

TEST_CASE("options reach their format") {
    const cd::table t{.columns = {{.name = "x"}, {.name = "y"}},
                      .rows = {{{.value = std::string("=a b c d e f g h i j k")}, {.value = cd::missing_value{}}},
                               {{.value = std::string("l")}, {.value = -1.0}}}};
    const auto changes = [&](table_format format, const cd::render_options& options) {
        return render(t, format) != render(t, format, options);
    };
    CHECK(changes(table_format::text, {.width = 20}));
    CHECK(changes(table_format::text, {.ascii = true}));
    CHECK(changes(table_format::csv, {.neutralise_formulas = true}));
    CHECK(changes(table_format::csv, {.missing = ""}));
    CHECK(changes(table_format::csv, {.byte_order_mark = true}));
}

TEST_CASE("a table that is none is refused in every format") {
    const cd::table t{.columns = {{.name = "x"}, {.name = "x"}}};
    for (const auto& format : enumerators(table_format{}))
        CHECK_THROWS_AS((void)render(t, format.value), std::invalid_argument);
}
