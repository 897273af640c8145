// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/read_problem.hpp>

#include <stdexcept>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>

using namespace compute_divide;

static_assert(std::is_base_of_v<std::runtime_error, read_error>);

TEST_CASE("in words, as far as it is known") {
    const struct {
        read_problem problem;
        std::string words;
    } rows[] = {
        {{.reason = "why"}, "why"},
        {{.line = 3, .reason = "why"}, "line 3: why"},
        {{.line = 3, .column = 7, .reason = "why"}, "line 3, column 7: why"},
        {{.file = "a.csv", .reason = "why"}, "a.csv: why"},
        {{.file = "a.csv", .line = 3, .field = "Year", .value = "x", .reason = "why"}, "a.csv, line 3, \"Year\": why"},
    };
    for (const auto& row : rows) {
        CHECK(to_string(row.problem) == row.words);
        CHECK(read_error("reader", row.problem).what() == "compute_divide::reader: " + row.words);
        CHECK(read_error("reader", row.problem).problem() == row.problem);
    }
}

TEST_CASE("as JSON; rules by name") {
    CHECK(to_json(read_problem{.file = "a.csv", .line = 3, .column = 7, .reason = "a \"NUL\" byte"}) ==
          R"({"file":"a.csv","line":3,"column":7,"field":"","value":"","reason":"a \"NUL\" byte"})");
    CHECK(parse_name<error_handling>("skip") == error_handling::skip);
    CHECK(name_of(error_handling::fail) == "fail");
}
