// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/json.hpp>

namespace cd = compute_divide;
using cd::json_object;
using cd::to_json;
using namespace std::string_view_literals;

TEST_CASE("texts are quoted, escaped, and UTF-8 whatever they were") {
    struct row {
        std::string_view text, json;
    };
    // What is not UTF-8 as Python's bytes.decode(errors="replace") replaces it.
    for (const auto& [text, json] : {
             row{"", R"("")"},
             {"plain", R"("plain")"},
             {"a \"b\" \\c", R"("a \"b\" \\c")"},
             {"\n\t\x7F\0x"sv, R"("\u000a\u0009\u007f\u0000x")"},
             {"M\u00FCnchen \u6E05 \U0001D11E", "\"M\u00FCnchen \u6E05 \U0001D11E\""},
             {"\xFF", "\"\uFFFD\""},
             {"caf\xE9", "\"caf\uFFFD\""},
             {"\xE9t\xE9", "\"\uFFFDt\uFFFD\""},
             {"\xC0\xAF", "\"\uFFFD\uFFFD\""},
             {"\xE6\xB8", "\"\uFFFD\""},
             {"\xE6\xB8\"", "\"\uFFFD\\\"\""},
             {"\xED\xA0\x80", "\"\uFFFD\uFFFD\uFFFD\""},
             {"\xF0\x9D\x84", "\"\uFFFD\""},
             {"\xF4\x90\x80\x80", "\"\uFFFD\uFFFD\uFFFD\uFFFD\""},
         })
        CHECK(to_json(text) == json);
}

TEST_CASE("numbers have the fewest digits that give them back, and null where there is none") {
    CHECK(to_json(0.1) == "0.1");
    CHECK(to_json(1.0) == "1");
    CHECK(to_json(100000.0) == "100000");
    CHECK(to_json(-2e14) == "-200000000000000");
    CHECK(to_json(-0.0) == "-0");
    CHECK(to_json(1e15) == "1e+15");
    CHECK(to_json(1e300) == "1e+300");
    CHECK(to_json(std::numeric_limits<double>::quiet_NaN()) == "null");
    CHECK(to_json(-std::numeric_limits<double>::infinity()) == "null");
    CHECK(to_json(18446744073709551615U) == "18446744073709551615");
    CHECK(to_json(-7) == "-7");
    CHECK(to_json(true) == "true");
    CHECK(to_json(std::optional<double>()) == "null");
    CHECK(to_json(std::optional(2.5)) == "2.5");
}

TEST_CASE("lists and objects hold each other") {
    CHECK(json_object().text() == "{}");
    CHECK(to_json(std::vector<double>()) == "[]");
    const std::vector<json_object> list{json_object().with("a", 1), json_object().with("b", "x")};
    CHECK(json_object().with("list", list).with("inner", list[1]).text() ==
          R"({"list":[{"a":1},{"b":"x"}],"inner":{"b":"x"}})");
    CHECK(json_object().with_text("raw", "[1,2]").text() == R"({"raw":[1,2]})");
}
