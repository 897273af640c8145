// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/json.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/estimate.hpp>

#include "support/results.hpp"

namespace cd = compute_divide;
using namespace std::string_view_literals;

namespace own {

enum class colour { red, dark_green };
constexpr auto enumerators(colour) {
    return std::array{cd::named<colour>{colour::red, "red"},
                      cd::named<colour>{colour::dark_green, "dark_green", "dark green"}};
}

struct point {
    double x = 1;
    std::optional<int> y = {};
    colour paint = colour::dark_green;
};
constexpr auto members(std::type_identity<point>) {
    return cd::member_list(cd::member{"x", &point::x}, cd::member{"y", &point::y}, cd::member{"paint", &point::paint});
}

}  // namespace own

TEST_CASE("numbers are written with the fewest digits that give them back; what is no number is null") {
    CHECK(cd::to_json(0.1) == "0.1");
    CHECK(cd::to_json(1.0 / 3) == "0.3333333333333333");
    CHECK(cd::to_json(-0.0) == "-0");
    CHECK(cd::to_json(1e300) == "1e+300");
    CHECK(cd::to_json(5e-324) == "5e-324");
    CHECK(cd::to_json(0.1F) == "0.1");
    CHECK(cd::to_json(std::numeric_limits<double>::quiet_NaN()) == "null");
    CHECK(cd::to_json(-std::numeric_limits<double>::infinity()) == "null");
    CHECK(cd::to_json(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    CHECK(cd::to_json(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(cd::to_json(true) == "true");
    CHECK(cd::to_json(false) == "false");
}

TEST_CASE("text is quoted, and what JSON does not allow in it is escaped") {
    CHECK(cd::to_json("a") == "\"a\"");
    CHECK(cd::to_json(std::string("say \"no\" \\ maybe")) == R"("say \"no\" \\ maybe")");
    CHECK(cd::to_json(std::string_view("\n\t\x7F\0", 4)) == R"("\u000a\u0009\u007f\u0000")");
    CHECK(cd::to_json("Zürich 東京") == "\"Zürich 東京\"");
    for (int c = 0; c < 128; ++c) {
        CAPTURE(c);
        CHECK(test_support::json_check::is_valid(cd::to_json(std::string(2, static_cast<char>(c)))));
    }
}

TEST_CASE("optional values, enumerators, ranges and their ranges") {
    CHECK(cd::to_json(std::optional<double>{}) == "null");
    CHECK(cd::to_json(std::optional{2.5}) == "2.5");
    CHECK(cd::to_json(own::colour::dark_green) == "\"dark_green\"");
    CHECK(cd::to_json(std::vector<int>{}) == "[]");
    CHECK(cd::to_json(std::list{1.5, 2.0}) == "[1.5,2]");
    CHECK(cd::to_json(std::vector{std::vector{1}, std::vector<int>{}}) == "[[1],[]]");
    CHECK(cd::to_json(std::vector<std::string>{"a", "\""}) == R"(["a","\""])");
    CHECK(cd::to_json(std::array{own::point{}}) == R"([{"x":1,"y":null,"paint":"dark_green"}])");
}

TEST_CASE("an object takes members in their order; a result is the object of its list") {
    CHECK(cd::json_object().text() == "{}");
    CHECK(cd::json_object().with("n", 3).with("\"", "x").with_text("of", "[1]").text() ==
          R"({"n":3,"\"":"x","of":[1]})");
    CHECK(cd::to_json(own::point{.x = -2, .y = 7}) == R"({"x":-2,"y":7,"paint":"dark_green"})");
    CHECK(cd::json_object().with("p", own::point{}).text() == R"({"p":{"x":1,"y":null,"paint":"dark_green"}})");

    std::string seen;
    cd::for_each_member(own::point{}, [&](std::string_view name, const auto& value) {
        seen.append(name).append(cd::to_json(value)).append(" ");
    });
    CHECK(seen == "x1 ynull paint\"dark_green\" ");
}

TEST_CASE("an estimate has the same keys wherever it stands") {
    CHECK(
        cd::to_json(cd::estimate{.n_missing = 2}) ==
        R"({"value":null,"lower":null,"upper":null,"level":0.95,"method":"","n":0,"n_missing":2,"status":"no_data"})");
    CHECK(cd::to_json(cd::estimate{.value = 0.1,
                                   .bounds = cd::interval{0, 0.5},
                                   .level = 0.9,
                                   .method = "wilson",
                                   .n = 12,
                                   .n_effective = 9.5,
                                   .degrees_of_freedom = 11,
                                   .status = cd::estimate_status::ok}) ==
          R"({"value":0.1,"lower":0,"upper":0.5,"level":0.9,"method":"wilson","n":12,"n_effective":9.5,)"
          R"("n_missing":0,"degrees_of_freedom":11,"status":"ok"})");
    CHECK(cd::to_json(cd::interval{-1, 2}) == R"({"lower":-1,"upper":2})");
}

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
        CHECK(cd::to_json(text) == json);
}

TEST_CASE("lists and objects hold each other") {
    CHECK(cd::json_object().text() == "{}");
    CHECK(cd::to_json(std::vector<double>()) == "[]");
    const std::vector<cd::json_object> list{cd::json_object().with("a", 1), cd::json_object().with("b", "x")};
    CHECK(cd::json_object().with("list", list).with("inner", list[1]).text() ==
          R"({"list":[{"a":1},{"b":"x"}],"inner":{"b":"x"}})");
    CHECK(cd::json_object().with_text("raw", "[1,2]").text() == R"({"raw":[1,2]})");
}
