// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/table.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "support/message_of.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
using cd::cell;
using cd::column;
using test_support::message_of;

namespace {

enum class colour { deep_red };
constexpr auto enumerators(colour) {
    return std::array{cd::named<colour>{colour::deep_red, "deep_red", "a red that is deep"}};
}

struct metres {
    double value;
    explicit operator double() const { return value; }
};

struct record {
    std::string name = "n";
    int year = 2012;
    std::optional<double> flop = {};
    bool open = true;
    cd::estimate share = {};

    std::string_view shout() const { return "N"; }
};

struct inner {
    double slope = 2;
    bool steep = true;
};
constexpr auto members(std::type_identity<inner>) {
    return cd::member_list(cd::member{"slope", &inner::slope}, cd::member{"steep", &inner::steep});
}
struct outer {
    std::string name = "a";
    inner line = {};
    std::vector<double> list = {1, 2};
    std::optional<int> n = {};
};
constexpr auto members(std::type_identity<outer>) {
    return cd::member_list(cd::member{"name", &outer::name}, cd::member{"line", &outer::line},
                           cd::member{"list", &outer::list}, cd::member{"n", &outer::n});
}

struct keyed {
    std::tuple<int, std::string> key = {1, "b"};
    double x = 3;
};
constexpr auto members(std::type_identity<keyed>) {
    return cd::member_list(cd::member{"key", &keyed::key}, cd::member{"x", &keyed::x});
}

template <class T, class Value>
bool holds(const cell& c, const Value& value) {
    const T* const held = std::get_if<T>(&c.value);
    return held != nullptr && *held == value;
}

}  // namespace

TEST_CASE("a value becomes a cell of its type") {
    using namespace std::string_literals;
    using namespace std::chrono_literals;
    CHECK(holds<std::string>(cd::to_cell("text"), "text"));
    CHECK(holds<std::string>(cd::to_cell("text"s), "text"));
    CHECK(holds<std::string>(cd::to_cell(std::string_view("text")), "text"));
    CHECK(holds<bool>(cd::to_cell(true), true));
    CHECK(holds<std::int64_t>(cd::to_cell(short{-3}), -3));
    CHECK(holds<std::uint64_t>(cd::to_cell(std::numeric_limits<std::uint64_t>::max()),
                               std::numeric_limits<std::uint64_t>::max()));
    CHECK(holds<double>(cd::to_cell(1.5f), 1.5));
    CHECK(holds<double>(cd::to_cell(metres{2}), 2.0));
    CHECK(holds<std::string>(cd::to_cell(colour::deep_red), "deep_red"));
    CHECK(holds<std::string>(cd::to_cell(2023y / 12 / 4), "2023-12-04"));
    CHECK(holds<std::string>(cd::to_cell(std::chrono::sys_days(2023y / 12 / 4)), "2023-12-04"));
    CHECK(holds<std::int64_t>(cd::to_cell(2023y), 2023));
    CHECK(holds<cd::estimate_status>(cd::to_cell(cd::estimate_status::too_few), cd::estimate_status::too_few));
    CHECK(holds<cd::missing_value>(cd::to_cell(std::optional<double>()), cd::missing_value{}));
    CHECK(holds<double>(cd::to_cell(std::optional(2.5)), 2.5));
    CHECK(holds<cd::not_applicable>(cd::to_cell(cd::not_applicable{}), cd::not_applicable{}));
    CHECK(cd::to_cell(cell{.value = 1.0, .stars = 2}).stars == 2);
    const char* const nothing = nullptr;
    CHECK(holds<cd::missing_value>(cd::to_cell(nothing), cd::missing_value{}));
    CHECK(std::isnan(std::get<double>(cd::to_cell(std::nan("")).value)));
}

TEST_CASE("a table has a row for each record and a column for each field") {
    const std::vector<record> records{{.name = "a", .flop = 1e20}, {.name = "b", .year = 2022}};
    const cd::table t = cd::table_of(
        records, column{"name", &record::name}, column{"loud", &record::shout},
        column{"flop", &record::flop, {.header = "Training FLOP", .unit = "FLOP", .digits = 2}},
        column{"share", &record::share, {.percent = true}}, column{"next", [](const record& r) { return r.year + 1; }});
    REQUIRE(t.rows.size() == 2);
    REQUIRE(t.columns.size() == 5);
    CHECK(holds<std::string>(t.rows[1][0], "b"));
    CHECK(holds<std::string>(t.rows[1][1], "N"));
    CHECK(holds<double>(t.rows[0][2], 1e20));
    CHECK(holds<cd::missing_value>(t.rows[1][2], cd::missing_value{}));
    CHECK(holds<cd::estimate>(t.rows[0][3], cd::estimate{}));
    CHECK(holds<std::int64_t>(t.rows[1][4], 2023));
    CHECK(t.columns[2] == cd::table_column{.name = "flop",
                                           .header = "Training FLOP",
                                           .unit = "FLOP",
                                           .style = {.digits = 2, .notation = cd::number_notation::significant}});
    CHECK(t.columns[3].style == cd::number_style{1, cd::number_notation::fixed, true});
    CHECK(cd::table_of(records, column{"d", &record::year, {.digits = 3, .percent = true}}).columns[0].style.digits ==
          3);
}

TEST_CASE("records are read once, whatever their range") {
    const auto t = cd::table_of(test_support::single_pass<int>({3, 1, 2}), column{"x", std::identity{}});
    REQUIRE(t.rows.size() == 3);
    CHECK(holds<std::int64_t>(t.rows[2][0], 2));
    const std::vector<bool> bits{true, false};
    CHECK(holds<bool>(cd::table_of(bits, column{"bit", std::identity{}}).rows[1][0], false));
    CHECK(cd::table_of(std::list<record>(), column{"x", &record::year}).rows.empty());
}

TEST_CASE("results make their own columns, those of results within them too") {
    const std::vector<outer> results{{}, {.n = 3}};
    const cd::table t = cd::table_of(results);
    REQUIRE(t.columns.size() == 4);
    CHECK(t.columns[0].name == "name");
    CHECK(t.columns[1].name == "line_slope");
    CHECK(t.columns[2].name == "line_steep");
    CHECK(t.columns[3].name == "n");
    CHECK(holds<double>(t.rows[0][1], 2.0));
    CHECK(holds<cd::missing_value>(t.rows[0][3], cd::missing_value{}));
    CHECK(holds<std::int64_t>(t.rows[1][3], 3));
    CHECK(cd::table_of(std::vector<outer>()).columns.size() == 4);
    const auto keys = cd::table_of(std::vector<keyed>(1));
    REQUIRE(keys.columns.size() == 3);
    CHECK(keys.columns[1].name == "key_2");
    CHECK(holds<std::string>(keys.rows[0][1], "b"));
}

TEST_CASE("wrong tables are refused with what is wrong") {
    const std::vector<record> records(1);
    CHECK(message_of([&] {
              return cd::table_of(records, column{"x", &record::year}, column{"x", &record::name});
          }) == "compute_divide::table: columns of different names, got \"x\"");
    for (const int digits : {-1, 18})
        CHECK(message_of([&] {
                  return cd::table_of(records, column{"x", &record::year, {.digits = digits}});
              }) == "compute_divide::column: from 0 to 17 digits, got " + std::to_string(digits));
    const auto refused = [](const cd::table& t) {
        return message_of([&] {
            check(t);
            return 0;
        });
    };
    cd::table t{.columns = {{.name = "a"}, {.name = "b"}}, .rows = {{cell{}, cell{}}, {cell{}}}};
    CHECK(refused(t) == "compute_divide::table: a cell for every column in each row, got 1");
    t.rows.pop_back();
    CHECK(refused(t) == "no error");
    t.groups = {{1, ""}, {0, ""}};
    CHECK(refused(t) == "compute_divide::table: groups of rows in the order of rows, got 0");
    t.groups = {{2, ""}};
    CHECK(refused(t) == "compute_divide::table: groups of rows in the order of rows, got 2");
}

TEST_CASE("columns are for readers, for programs, or for both") {
    const cd::table t{.columns = {{.name = "a"},
                                  {.name = "b", .audience = cd::column_audience::readers},
                                  {.name = "c", .audience = cd::column_audience::programs}}};
    CHECK(cd::detail::columns_for(t, cd::column_audience::readers) == std::vector<std::size_t>{0, 1});
    CHECK(cd::detail::columns_for(t, cd::column_audience::programs) == std::vector<std::size_t>{0, 2});
}
