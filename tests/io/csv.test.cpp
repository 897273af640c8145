// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/csv.hpp>

#include <sstream>
#include <string>

#include <doctest/doctest.h>

using namespace compute_divide;

TEST_CASE("a table is written, and read again by its columns") {
    std::ostringstream out;
    write_csv_row(out, {"name", "year"});
    write_csv_row(out, {"A, B", "2012"});
    const std::string text = out.str();
    csv_reader table{std::string_view(text)};
    const csv_column<std::string> name(table, "name");
    const csv_column<int> year(table, "year");
    for (const csv_row& row : table) {
        CHECK(name(row) == "A, B");
        CHECK(year(row) == 2012);
    }
}
