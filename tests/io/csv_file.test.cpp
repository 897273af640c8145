// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/csv_file.hpp>

#include <sys/stat.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <ranges>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/concepts.hpp>
#include <compute_divide/io/csv_column.hpp>

using namespace compute_divide;

static_assert(std::ranges::input_range<csv_file>);
static_assert(begins_anew<csv_file>);

namespace {

struct temporary {
    std::string path = "csv_file_test.csv";
    explicit temporary(std::string_view text) { std::ofstream(path, std::ios::binary) << text; }
    ~temporary() { std::remove(path.c_str()); }
};

std::vector<std::string> first_fields(csv_file& table) {
    std::vector<std::string> all;
    for (const csv_row& row : table) all.emplace_back(row[0]);
    return all;
}

}  // namespace

TEST_CASE("a file is read from its start each time") {
    const temporary file("n,m\n1,2\n3,4\n");
    csv_file table(file.path);
    CHECK(table.columns() == std::vector<std::string>{"n", "m"});
    CHECK(table.column("m") == 1);
    CHECK_FALSE(table.find_column("x"));
    for (int pass = 0; pass < 3; ++pass) CHECK(first_fields(table) == std::vector<std::string>{"1", "3"});
    CHECK((*table.begin())[0] == "1");
    CHECK(first_fields(table) == std::vector<std::string>{"1", "3"});
}

TEST_CASE("problems are those of the last pass") {
    const temporary file("n,m\n1,2\n3\n");
    csv_file table(file.path, {.on_error = error_handling::skip});
    for (int pass = 0; pass < 2; ++pass) {
        CHECK(first_fields(table) == std::vector<std::string>{"1"});
        REQUIRE(table.problems().size() == 1);
        CHECK(table.problems()[0].file == file.path);
        CHECK(table.problems()[0].line == 3);
    }
}

TEST_CASE("standard input is kept, since it can be read only once") {
    std::istringstream text("n\n1\n2\n");
    std::streambuf* const before = std::cin.rdbuf(text.rdbuf());
    csv_file table("-");
    std::cin.rdbuf(before);
    for (int pass = 0; pass < 2; ++pass) CHECK(first_fields(table) == std::vector<std::string>{"1", "2"});
}

TEST_CASE("a pipe with a name is kept, since it can be read only once") {
    const std::string path = "csv_file_test.pipe";
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    std::thread writer([&path] { std::ofstream(path) << "n,m\n1,2\n3,4\n"; });
    csv_file table(path);
    writer.join();
    for (int pass = 0; pass < 3; ++pass) CHECK(first_fields(table) == std::vector<std::string>{"1", "3"});
    std::remove(path.c_str());
}

TEST_CASE("a file that is not there is an error") {
    CHECK_THROWS_AS(csv_file("no such file"), std::invalid_argument);
}

TEST_CASE("streams that are made for each pass are read in place of the file, and named in problems as it is") {
    int made = 0;
    const auto stream_of = [&made](const std::string& path) {
        ++made;
        return std::make_unique<std::istringstream>("n,m\n" + path + ",2\n3\n");
    };
    csv_file table("some.gz", stream_of, {.on_error = error_handling::skip});
    for (int pass = 0; pass < 3; ++pass) CHECK(first_fields(table) == std::vector<std::string>{"some.gz"});
    CHECK(made == 4);  // one more for the header
    REQUIRE(table.problems().size() == 1);
    CHECK(table.problems()[0].file == "some.gz");
    CHECK_THROWS_WITH_AS(csv_file("x", [](const std::string&) { return std::unique_ptr<std::istream>(); }),
                         "compute_divide::csv_reader::of: a stream that can be read, got \"x\"", std::invalid_argument);
}
