// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/fields.hpp>

#include <doctest/doctest.h>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <vector>

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
        {"2021-06-01 00:00:00", partial_date{2021, 2021y / 6 / 1}},
        {"2021-06-01T12:30Z", partial_date{2021, 2021y / 6 / 1}},
        {"2021-06-01T12:30:59.123+02:00", partial_date{2021, 2021y / 6 / 1}},
        {"2021-03", partial_date{2021, std::nullopt, std::chrono::March}},
        {"", std::nullopt},
        {"  ", std::nullopt},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(parse_date(row.text) == row.date);
    }
}

TEST_CASE("what is no date is an error") {
    for (const std::string_view text : {"2023-02-29",
                                        "2023-13-01",
                                        "2023-00-10",
                                        "12/25/2020",
                                        "31/04/2020",
                                        "0/1/2020",
                                        "2023-1-1",
                                        "2023/12/14",
                                        "14-12-2023",
                                        "14/12/23",
                                        "Mar 2021",
                                        "202",
                                        "20233",
                                        "2O23",
                                        "-202",
                                        "//2020",
                                        "1//2020",
                                        "/1/2020",
                                        "1/2/3/2020",
                                        "2020-01-0x",
                                        "2020-01-01T25:00",
                                        "2021-13",
                                        "2021-06-01 noon",
                                        "2021-06-01 12:61",
                                        "2021-06-01T12:00+",
                                        "6/20/2021",
                                        "0000-00-00",
                                        "n.d."}) {
        CAPTURE(text);
        CHECK_THROWS_AS(static_cast<void>(parse_date(text)), std::invalid_argument);
    }
    CHECK_THROWS_WITH(static_cast<void>(parse_date("Mar 2021")),
                      "compute_divide::parse_date: a date such as 2023-12-14, 14/12/2023, 2021-03 or 2023, or nothing, "
                      "got \"Mar 2021\"");
}

TEST_CASE("which of day and month comes first is said") {
    using namespace std::chrono_literals;
    CHECK(parse_date("6/20/2021", date_order::month_first) == partial_date{2021, 2021y / 6 / 20});
    CHECK(parse_date("6/5/2021", date_order::month_first) == partial_date{2021, 2021y / 6 / 5});
    CHECK(parse_date("6/5/2021") == partial_date{2021, 2021y / 5 / 6});
    CHECK_THROWS_WITH(static_cast<void>(parse_date("6/20/2021")),
                      "compute_divide::parse_date: a date with the day first (this one has the month first: "
                      "date_order::month_first), got \"6/20/2021\"");
    CHECK_THROWS_WITH(static_cast<void>(parse_date("20/6/2021", date_order::month_first)),
                      "compute_divide::parse_date: a date with the month first (this one has the day first: "
                      "date_order::day_first), got \"20/6/2021\"");
}

TEST_CASE("a comma is decimal, separates thousands, or is refused") {
    struct row {
        std::string_view text;
        std::optional<double> point, comma, unsaid;  // nothing: refused
    };
    for (const row& each : std::vector<row>{{"0,125", std::nullopt, 0.125, 0.125},
                                            {"1,5", std::nullopt, 1.5, 1.5},
                                            {"12,3456", std::nullopt, 12.3456, 12.3456},
                                            {"-0,5", std::nullopt, -0.5, -0.5},
                                            {"1,204", 1204, 1.204, std::nullopt},
                                            {"1,204,500", 1204500, std::nullopt, 1204500},
                                            {"1,204.5", 1204.5, std::nullopt, 1204.5},
                                            {"1.204,5", std::nullopt, 1204.5, 1204.5},
                                            {"1.204", 1.204, 1204, 1.204},
                                            {"1.5", 1.5, std::nullopt, 1.5},
                                            {"12", 12, 12, 12},
                                            {"2,5E+3", std::nullopt, 2500, 2500},
                                            {"1,2,3", std::nullopt, std::nullopt, std::nullopt},
                                            {",", std::nullopt, std::nullopt, std::nullopt}}) {
        CAPTURE(each.text);
        const auto check = [&](decimal_mark mark, std::optional<double> expected) {
            CAPTURE(name_of(mark));
            if (expected)
                CHECK(parse_number(each.text, mark) == *expected);
            else
                CHECK_THROWS_AS(static_cast<void>(parse_number(each.text, mark)), std::invalid_argument);
        };
        check(decimal_mark::point, each.point);
        check(decimal_mark::comma, each.comma);
        check(decimal_mark::unsaid, each.unsaid);
    }
    CHECK_THROWS_WITH(static_cast<void>(parse_number("1,204", decimal_mark::unsaid)),
                      "compute_divide::parse_number: a comma that is said to be decimal, or not to be (decimal_mark, "
                      "--decimal-comma), got \"1,204\"");
    CHECK_THROWS_WITH(static_cast<void>(parse_number("0,125")),
                      "compute_divide::parse_number: a number with a decimal point, or nothing (a decimal comma: "
                      "decimal_mark, --decimal-comma), got \"0,125\"");
}

TEST_CASE("truths in any letter case") {
    for (const std::string_view text : {"yes", "Yes", "TRUE", "True"}) CHECK(parse_truth(text) == true);
    for (const std::string_view text : {"no", "No", "FALSE", "False"}) CHECK(parse_truth(text) == false);
    for (const std::string_view text : {"", "1", "truth", "y"}) CHECK(parse_truth(text) == std::nullopt);
}

TEST_CASE("the first day of a date as far as it is known") {
    using namespace std::chrono;
    CHECK(first_day(*parse_date("2021-03-14")) == sys_days{year{2021} / March / 14});
    CHECK(first_day(*parse_date("2021-03")) == sys_days{year{2021} / March / 1});
    CHECK(first_day(*parse_date("2021")) == sys_days{year{2021} / January / 1});
}
