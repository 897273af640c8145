// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <doctest/doctest.h>

#include "support/hostile.hpp"

namespace cd = compute_divide;
using test_support::json_strings;

TEST_CASE("hostile text comes back from every place") {
    const json_strings read(to_json(test_support::table_full_of(test_support::hostile)));
    CHECK(read.valid);
    // title, name, 3 columns' name, 2 headers, 2 units, 6 keys in rows ... each is the text, or the text and a number.
    const auto n = std::ranges::count_if(read.strings, [](const std::string& s) {
        return s.starts_with(test_support::hostile) && s.size() <= test_support::hostile.size() + 1;
    });
    CHECK(n == 2 + 3 + 3 + 2 + 9 + 3 + 2 + 2 + 2 + 1);
}

TEST_CASE("control characters are escaped, bytes that are not UTF-8 replaced") {
    const std::string text = to_json(test_support::table_full_of(test_support::commands));
    CHECK(json_strings(text).valid);
    CHECK(test_support::is_clean_utf8(text));
    CHECK(text.find('\n') == std::string::npos);
    CHECK(cd::to_json("\x1b\u202E\xff\u009B") == "\"\\u001b\\u202e\uFFFD\\u009b\"");
    CHECK(cd::to_json("caf\u00E9 \U0001F600") == "\"caf\u00E9 \U0001F600\"");
}

TEST_CASE("what is no number says why") {
    cd::table t{.columns = {{.name = "x"}}};
    const auto json_of = [&](cd::cell_value value) {
        t.rows = {{{.value = std::move(value)}}};
        const std::string text = to_json(t), before = "\"rows\":[";
        const std::size_t begin = text.find(before) + before.size();
        return text.substr(begin, text.find("],\"groups\"") - begin);
    };
    CHECK(json_of(cd::not_applicable{}) == "{}");
    CHECK(json_of(cd::missing_value{}) == "{\"x\":null}");
    CHECK(json_of(std::nan("")) == "{\"x\":{\"value\":null,\"status\":\"not_a_number\"}}");
    CHECK(json_of(-std::numeric_limits<double>::infinity()) == "{\"x\":{\"value\":null,\"status\":\"infinite\"}}");
    CHECK(json_of(cd::estimate_status::too_few) == "{\"x\":{\"value\":null,\"status\":\"too_few\"}}");
    CHECK(json_of(false) == "{\"x\":false}");
    CHECK(json_of(0.1) == "{\"x\":0.1}");
    CHECK(json_of(cd::estimate{}) == "{\"x\":" + to_json(cd::estimate{}) + "}");
}

TEST_CASE("the object holds all of a table") {
    const cd::table t{.name = "shares",
                      .title = "Shares",
                      .columns = {{.name = "year", .audience = cd::column_audience::readers},
                                  {.name = "share", .unit = "%", .style = {.percent = true}}},
                      .rows = {{{.value = 1.0}, {.value = 0.5}}, {{.value = 2.0}, {.value = 0.25}}},
                      .groups = {{1, "late"}},
                      .notes = {"note"},
                      .sources = {"source"}};
    CHECK(
        to_json(t) ==
        R"({"name":"shares","title":"Shares","columns":[{"name":"share","header":"share","unit":"%","percent":true}],)"
        R"("rows":[{"share":0.5},{"share":0.25}],"groups":[{"first_row":1,"title":"late"}],"notes":["note"],)"
        R"("sources":["source"]})");
    CHECK(to_json(cd::table{}) ==
          R"({"name":"","title":"","columns":[],"rows":[],"groups":[],"notes":[],"sources":[]})");
}
