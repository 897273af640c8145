// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/csv_column.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/concepts.hpp>
#include <compute_divide/estimate.hpp>

#include "support/message_of.hpp"

using namespace compute_divide;
using namespace std::string_view_literals;
using test_support::message_of;

namespace {

/// The cell of a table of one row and one column "x", read as T.
template <class T>
T read(std::string_view cell, csv_column_options options = {}) {
    const std::string text = "x,y\n\"" + std::string(cell) + "\",1\n";
    csv_reader table{std::string_view(text)};
    const csv_column<T> column(table, "x", options);
    return T(column(*table.begin()));
}

template <class T>
std::string refusal(std::string_view cell) {
    try {
        static_cast<void>(read<T>(cell));
    } catch (const read_error& error) {
        return error.what();
    }
    return "nothing is thrown";
}

std::string refused(std::string_view requirement, std::string_view cell) {
    return "compute_divide::csv_column: line 2, \"x\": " + std::string(requirement) + " is required, got \"" +
           std::string(cell) + "\"";
}

}  // namespace

TEST_CASE("cells by their types") {
    using texts = std::vector<std::string>;
    CHECK(read<double>(" 5.76E+22 ") == 5.76e22);
    CHECK(read<double>("1,200.5") == 1200.5);
    CHECK(read<float>("0.5") == 0.5F);
    CHECK(read<int>("-12") == -12);
    CHECK(read<int>("1,200") == 1200);
    CHECK(read<int>("2012.0") == 2012);
    CHECK(read<std::uint64_t>("18446744073709551615") == 18446744073709551615U);
    CHECK(read<std::uint8_t>("255") == 255);
    for (const char* const yes : {"yes", "Yes", "TRUE", "true", "1"}) CHECK(read<bool>(yes));
    for (const char* const no : {"no", "No", "FALSE", "false", "0"}) CHECK_FALSE(read<bool>(no));
    CHECK(read<estimate_status>("too_few") == estimate_status::too_few);
    CHECK(read<std::chrono::year_month_day>("14/12/2023") == std::chrono::year(2023) / 12 / 14);
    CHECK(read<partial_date>("2023") == partial_date{2023, std::nullopt});
    CHECK(read<std::string>(" as it is ") == " as it is ");
    CHECK(read<texts>("a; b;;c ") == texts{"a", "b", "c"});
    CHECK(read<texts>("a|b;c", {.list_separator = '|'}) == texts{"a", "b;c"});
}

TEST_CASE("a blank cell has no value, or is an empty text or list, or an error") {
    CHECK(read<std::optional<double>>("  ") == std::nullopt);
    CHECK(read<std::optional<int>>("12") == 12);
    CHECK(read<std::optional<bool>>("") == std::nullopt);
    CHECK(read<std::optional<std::string>>("") == std::nullopt);
    CHECK(read<std::optional<std::string>>("a ") == "a ");
    CHECK(read<std::string>("").empty());
    CHECK(read<std::vector<std::string>>(" ; ").empty());
    CHECK(refusal<int>("") == refused("a value", ""));
    CHECK(refusal<double>(" ") == refused("a value", " "));
}

TEST_CASE("a cell that is no such value is an error with its place") {
    CHECK(refusal<int>("20x") == refused("a whole number from -2147483648 to 2147483647", "20x"));
    CHECK(refusal<int>("0.5") == refused("a whole number from -2147483648 to 2147483647", "0.5"));
    CHECK(refusal<int>("3000000000") == refused("a whole number from -2147483648 to 2147483647", "3000000000"));
    CHECK(refusal<std::uint8_t>("-1") == refused("a whole number from 0 to 255", "-1"));
    CHECK(refusal<std::uint64_t>("18446744073709551616") ==
          refused("a whole number from 0 to 18446744073709551615", "18446744073709551616"));
    CHECK(refusal<double>("12 GB") == refused("a number", "12 GB"));
    CHECK(refusal<std::optional<double>>("N/A") == refused("a number", "N/A"));
    CHECK(refusal<bool>("maybe") == refused("yes or no, true or false, 1 or 0", "maybe"));
    CHECK(refusal<estimate_status>("fine") ==
          refused("one of ok, few_clusters, no_data, too_few, degenerate, not_converged", "fine"));
    CHECK(refusal<partial_date>("30/2/2023") == refused("a date such as 2023-12-14 or 14/12/2023", "30/2/2023"));
    CHECK(refusal<std::chrono::year_month_day>("2023") == refused("a date with month and day", "2023"));

    const std::string path = "csv_column_test.csv";
    std::ofstream(path, std::ios::binary) << "Model,Year\n\"A\nB\",2012\nC,20x\n";
    csv_reader table = csv_reader::open(path);
    const csv_column<int> year(table, "Year");
    try {
        for (const csv_row& row : table) static_cast<void>(year(row));
        FAIL("no error");
    } catch (const read_error& error) {
        CHECK(error.problem() ==
              read_problem{.file = path,
                           .line = 4,
                           .field = "Year",
                           .value = "20x",
                           .reason = "a whole number from -2147483648 to 2147483647 is required, got \"20x\""});
    }
    std::remove(path.c_str());
}

TEST_CASE("columns that are not there, and columns that were renamed") {
    csv_reader table("Model,Year,Year\nA,1,2\n"sv);
    CHECK(message_of([&] { return csv_column<int>(table, "Modl").name(); }) ==
          "compute_divide::csv_reader::column: the name of one of the columns Model, Year, Year, got \"Modl\"");
    CHECK_THROWS_AS(csv_column<int>(table, "Year"), std::invalid_argument);
    const csv_column<std::string> model(table, {"System", "Model"});
    CHECK(model);
    CHECK(model.name() == "Model");
    const csv_column<std::optional<double>> none(table, "Citations", {.required = false});
    const csv_column<std::string> empty(table, "Notes", {.required = false});
    CHECK_FALSE(none);
    CHECK(none.name() == "Citations");
    CHECK_THROWS_AS(csv_column<int>(table, "Citations", {.required = false}), std::invalid_argument);
    CHECK_THROWS_AS(csv_column<int>(table, std::initializer_list<std::string_view>{}), std::invalid_argument);
    for (const csv_row& row : table) {
        CHECK(model(row) == "A");
        CHECK(none(row) == std::nullopt);
        CHECK(empty(row).empty());
    }
}

TEST_CASE("a column is a field of the rows") {
    csv_reader table("sector,year\nacademia,2012\nindustry,2012\nacademia,2013\n"sv);
    const csv_column<std::string> sector(table, "sector");
    const csv_column<int> year(table, "year");
    static_assert(field_of<csv_column<int>, csv_reader>);
    static_assert(quantity_field_of<csv_column<std::optional<double>>, csv_reader>);
    static_assert(label_field_of<csv_column<std::string>, csv_reader>);
    int rows = 0;
    for (const csv_row& row : table) rows += year(row) >= 2012 && !sector(row).empty() ? 1 : 0;
    CHECK(rows == 3);
}

TEST_CASE("numbers with a comma, and dates with the month first") {
    const auto number = [](std::string_view text, csv_options options) {
        csv_reader table(text, options);
        const csv_column<double> x(table, "x");
        return x(*table.begin());
    };
    CHECK(number("x;y\n0,125;2\n", {.delimiter = ';'}) == 0.125);
    CHECK(number("x;y\n1,204;2\n", {.delimiter = ';', .decimal = decimal_mark::comma}) == 1.204);
    CHECK(number("x;y\n1,204;2\n", {.delimiter = ';', .decimal = decimal_mark::point}) == 1204);
    CHECK_THROWS_WITH(
        static_cast<void>(number("x;y\n1,204;2\n", {.delimiter = ';'})),
        "compute_divide::csv_column: line 2, \"x\": a number whose comma is said to be decimal, or not to be "
        "(csv_options::decimal), is required, got \"1,204\"");
    CHECK(refusal<double>("0,125") == refused("a number (a decimal comma: csv_options::decimal)", "0,125"));
    using std::chrono::year_month_day;
    CHECK(read<year_month_day>("6/20/2021", {.dates = date_order::month_first}) ==
          year_month_day(std::chrono::year(2021), std::chrono::month(6), std::chrono::day(20)));
    CHECK(refusal<partial_date>("6/20/2021") ==
          refused("a date with the day first (or csv_column_options::dates = month_first)", "6/20/2021"));
}
