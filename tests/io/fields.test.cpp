// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/fields.hpp>

#include <doctest/doctest.h>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string_view>

using namespace compute_divide;

static_assert(trimmed(" \t a b\r\n") == "a b");
static_assert(trimmed(" \n ").empty());

TEST_CASE("numbers are the nearest double, in every way tables write them") {
    struct {
        std::string_view text;
        std::optional<double> value;
    } const rows[] = {
        {"5.76E+22", 5.76e22},
        {"3.24e+22", 3.24e22},
        {"7300000000000000000.00", 7.3e18},
        {"440000000000000000000000", 4.4e23},
        {"$5412.00", 5412.0},
        {"$6,770,000", 6770000.0},
        {"6,770,000", 6770000.0},
        {"1,234.5", 1234.5},
        {"12,345e3", 12345e3},
        {"-$1,000", -1000.0},
        {"-0.25", -0.25},
        {"+7", 7.0},
        {".5", 0.5},
        {"0", 0.0},
        {" 42\n", 42.0},
        {"9007199254740993", 9007199254740992.0},
        {"", std::nullopt},
        {" \t\r\n", std::nullopt},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(parse_number(row.text) == row.value);
    }
}

TEST_CASE("what is no number is an error, not a blank") {
    for (const std::string_view text :
         {"N/A",       "12 GB",       "45TB",  "1,5",    ",100", "1234,567", "1,23,456", "1,2345",
          "1,234.5,6", "1,000e2,000", "1e999", "1e-999", "inf",  "nan",      "-",        "$",
          "$-5",       "--5",         "+-5",   "1e",     "0x10", "1 2",      "10^23"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(static_cast<void>(parse_number(text)), std::invalid_argument);
    }
    CHECK_THROWS_WITH(static_cast<void>(parse_number("12 GB")),
                      "compute_divide::parse_number: a number in the range of a double, or nothing, got \"12 GB\"");
}

TEST_CASE("dates of both styles, and bare years") {
    using namespace std::chrono_literals;
    struct {
        std::string_view text;
        std::optional<partial_date> date;
    } const rows[] = {
        {"2023-12-14", partial_date{2023, 2023y / 12 / 14}},
        {"14/12/2023", partial_date{2023, 2023y / 12 / 14}},
        {"11/8/2022", partial_date{2022, 2022y / 8 / 11}},
        {"1/08/2009", partial_date{2009, 2009y / 8 / 1}},
        {"4/1/2023", partial_date{2023, 2023y / 1 / 4}},
        {"29/02/2012", partial_date{2012, 2012y / 2 / 29}},
        {"1957", partial_date{1957, std::nullopt}},
        {" 2016-09-26 ", partial_date{2016, 2016y / 9 / 26}},
        {"", std::nullopt},
        {"  ", std::nullopt},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(parse_date(row.text) == row.date);
    }
}

TEST_CASE("what is no date is an error") {
    for (const std::string_view text :
         {"2023-02-29", "2023-13-01", "2023-00-10", "12/25/2020", "31/04/2020", "0/1/2020",   "2023-1-1",
          "2023/12/14", "14-12-2023", "14/12/23",   "Mar 2021",   "202",        "20233",      "2O23",
          "-202",       "//2020",     "1//2020",    "/1/2020",    "1/2/3/2020", "2020-01-0x", "2020-01-01T00:00",
          "0000-00-00", "n.d."}) {
        CAPTURE(text);
        CHECK_THROWS_AS(static_cast<void>(parse_date(text)), std::invalid_argument);
    }
    CHECK_THROWS_WITH(
        static_cast<void>(parse_date("Mar 2021")),
        "compute_divide::parse_date: a date such as 2023-12-14, 14/12/2023 or 2023, or nothing, got \"Mar 2021\"");
}
