// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/families.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

cd::families_table read(std::string_view text, cd::error_handling on_error = cd::error_handling::skip) {
    return cd::read_families(cd::csv_reader(text, {.on_error = on_error}), {.on_error = on_error});
}

}  // namespace

TEST_CASE("a table of one's own is read and asked") {
    const auto table = read(
        "note,organisation,family,since,until\n"
        "x, Acme Lab ,Acme,2012,\n"
        ",\"Foo, Inc.\",Bar,,2015\n"
        ",Baz,Acme Lab,,\n");
    CHECK(table.problems.empty());
    REQUIRE(table.records.size() == 3);
    CHECK(table.records[0] == cd::family_record{"Acme Lab", "Acme", 2012, std::nullopt});
    CHECK(table.records[1] == cd::family_record{"Foo, Inc.", "Bar", std::nullopt, 2015});
    const auto rows = table.rows();
    const cd::family_tree families({.own = rows});
    CHECK(families("foo", 2015) == "Bar");
    CHECK(families("foo", 2016) == "foo");
    CHECK(families("Baz", 2013) == "Acme");
    CHECK(families("Baz", 2011) == "Acme Lab");
    CHECK(families("Google") == "Alphabet");
}

TEST_CASE("years may be left out") {
    const auto table = read("family,organisation\nAcme,Acme Lab\n");
    REQUIRE(table.records.size() == 1);
    CHECK(table.records[0] == cd::family_record{"Acme Lab", "Acme", std::nullopt, std::nullopt});
    CHECK(read("organisation,family\n").records.empty());
}

TEST_CASE("rows that are not right") {
    struct row {
        std::string_view text, field, value;
    };
    constexpr row rows[] = {
        {" ,Acme,,", "organisation", " "},
        {"Foo,\"--\",,", "family", "--"},
        {"Foo,Bar,x,", "since", "x"},
        {"Foo,Bar,20x,", "since", "20x"},
        {"Foo,Bar,,-5", "until", "-5"},
        {"Foo,Bar,2015,2014", "until", "2014"},
        {"Foo,Bar,99999999999,", "since", "99999999999"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        const std::string text = "organisation,family,since,until\n" + std::string(each.text) + "\nA,B,,\n";
        const auto table = read(text);
        CHECK(table.records.size() == 1);
        REQUIRE(table.problems.size() == 1);
        CHECK(table.problems[0].line == 2);
        CHECK(table.problems[0].field == each.field);
        CHECK(table.problems[0].value == each.value);
        CHECK_THROWS_AS(read(text, cd::error_handling::fail), cd::read_error);
    }
    CHECK_THROWS_AS(read("organisation,parent\nA,B\n"), std::invalid_argument);
    CHECK(read("organisation,family\nA\nB,C\n").problems.size() == 1);
}

TEST_CASE("problems are kept up to a cap, and counted beyond") {
    std::string text = "organisation,family,since\n";
    for (int i = 0; i < 50; ++i) text += i % 2 == 0 ? "A,B,20x\n" : "too few\n";
    const auto read = [&](std::size_t kept) {
        return cd::read_families(cd::csv_reader(text, {.on_error = cd::error_handling::skip}),
                                 {.on_error = cd::error_handling::skip, .most_problems = kept});
    };
    CHECK(read(1000).problems.size() == 50);
    CHECK(read(1000).n_problems == 50);
    const auto few = read(7);
    CHECK(few.n_problems == 50);
    REQUIRE(few.problems.size() == 7);
    for (std::size_t i = 0; i < 7; ++i) CHECK(few.problems[i].line == i + 2);
    CHECK(read(0).n_problems == 50);
    CHECK(read(0).problems.empty());
}
