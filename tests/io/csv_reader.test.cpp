// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/csv_reader.hpp>

#include <doctest/doctest.h>
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <memory>
#include <random>
#include <range/v3/view/transform.hpp>
#include <ranges>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "support/ranges.hpp"

using namespace compute_divide;
using namespace std::string_view_literals;

static_assert(std::ranges::input_range<csv_reader> && !std::ranges::forward_range<csv_reader>);
static_assert(!std::is_constructible_v<csv_reader, std::string>);

namespace {

using rows_of_text = std::vector<std::vector<std::string>>;

rows_of_text rows_of(csv_reader& reader) {
    rows_of_text rows;
    for (const csv_row& row : reader) {
        auto& fields = rows.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) fields.emplace_back(row[i]);
    }
    return rows;
}

struct outcome {
    rows_of_text rows;
    std::vector<read_problem> problems;
    std::vector<std::uint64_t> lines;
    friend bool operator==(const outcome&, const outcome&) = default;
};

outcome read_skipping(csv_reader&& reader) {
    outcome read;
    for (const csv_row& row : reader) {
        read.lines.push_back(row.line());
        auto& fields = read.rows.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) fields.emplace_back(row[i]);
    }
    read.problems = reader.problems();
    return read;
}

const csv_options no_header{.header = false};
const csv_options skipping{.header = false, .on_error = error_handling::skip};

}  // namespace

TEST_CASE("records and fields as RFC 4180 has them") {
    struct {
        std::string_view text;
        rows_of_text rows;
    } const table[] = {
        {"", {}},
        {"\n", {}},
        {"\r\n\n\r\n", {}},
        {"a", {{"a"}}},
        {"a,b", {{"a", "b"}}},
        {"a,b\n", {{"a", "b"}}},
        {"a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
        {"a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
        {"a,b\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
        {",", {{"", ""}}},
        {",\n,", {{"", ""}, {"", ""}}},
        {"a,", {{"a", ""}}},
        {R"("a","b")", {{"a", "b"}}},
        {"\"a,b\",\"c\nd\"\n", {{"a,b", "c\nd"}}},
        {"\"a\r\nb\rc\",d\r\n", {{"a\r\nb\rc", "d"}}},
        {R"("say ""yes""","""")", {{"say \"yes\"", "\""}}},
        {R"("","")", {{"", ""}}},
        {R"("""a","b""")", {{"\"a", "b\""}}},
        {R"(5" disk,a""b)", {{"5\" disk", "a\"\"b"}}},
        {"a\rb,c\r\r\nd,e\r", {{"a\rb", "c\r"}, {"d", "e\r"}}},
        {" \"a\" , b ", {{" \"a\" ", " b "}}},
        {"\t,\x01\x0b", {{"\t", "\x01\x0b"}}},
        {"\xEF\xBB\xBF"
         "a,b",
         {{"a", "b"}}},
        {"\xEF\xBB\xBF\"a,b\"", {{"a,b"}}},
        {"\xEF\xBB\xBF", {}},
        {"\xEF\xBB"
         "a",
         {{"\xEF\xBB"
           "a"}}},
        {"a\n\xEF\xBB\xBF"
         "b",
         {{"a"},
          {"\xEF\xBB\xBF"
           "b"}}},
        {"Université de Montréal,東京", {{"Université de Montréal", "東京"}}},
        // a line with nothing on it is no record, except in a table of one column
        {"\na,b\n\n\r\nc,d\n\n", {{"a", "b"}, {"c", "d"}}},
        {"a\n\nb\n\n", {{"a"}, {""}, {"b"}, {""}}},
        {"\"\"\n", {{""}}},
        {"a\n\"\"\n", {{"a"}, {""}}},
        {"abcdefgh,ijklmnopqrstuvwxyz,12345678\n1234567,1,\n",
         {{"abcdefgh", "ijklmnopqrstuvwxyz", "12345678"}, {"1234567", "1", ""}}},
    };
    for (const auto& row : table) {
        CAPTURE(row.text);
        csv_reader reader(row.text, no_header);
        CHECK(rows_of(reader) == row.rows);
        CHECK(reader.columns().empty());
        CHECK(reader.problems().empty());
    }
}

TEST_CASE("another delimiter") {
    for (const char delimiter : {';', '\t', '|', ' '}) {
        const std::string text = std::string("a,b") + delimiter + "\"c" + delimiter + "d\"\n";
        csv_reader reader(std::string_view(text), {.delimiter = delimiter, .header = false});
        CHECK(rows_of(reader) == rows_of_text{{"a,b", std::string("c") + delimiter + "d"}});
    }
}

TEST_CASE("columns by name and by index") {
    csv_reader reader("Model,\"Training compute\n(FLOP)\",Year\nA,1e20,2012\nB,2e20,2013\n"sv);
    CHECK(reader.columns() == std::vector<std::string>{"Model", "Training compute\n(FLOP)", "Year"});
    CHECK(reader.column("Year") == 2);
    CHECK(reader.find_column("Training compute\n(FLOP)") == std::size_t{1});
    CHECK_FALSE(reader.find_column("year"));
    CHECK_THROWS_WITH_AS(static_cast<void>(reader.column("Modl")),
                         "compute_divide::csv_reader::column: the name of one of the columns Model, Training "
                         "compute\n(FLOP), Year, got \"Modl\"",
                         std::invalid_argument);
    std::string seen;
    for (const csv_row& row : reader) {
        CHECK(row.size() == 3);
        seen.append(row["Model"]).append(row[2]).append(" ");
        CHECK_THROWS_AS(static_cast<void>(row["Modl"]), std::invalid_argument);
        CHECK_THROWS_WITH_AS(static_cast<void>(row[3]),
                             "compute_divide::csv_row: a column below the number of fields, got 3",
                             std::invalid_argument);
    }
    CHECK(seen == "A2012 B2013 ");
}

TEST_CASE("a name that two columns have does not name a column; no header, no names") {
    csv_reader twice("a,b,a\n1,2,3\n"sv);
    CHECK(twice.column("b") == 1);
    CHECK_THROWS_AS(static_cast<void>(twice.column("a")), std::invalid_argument);
    csv_reader none("a,b\n"sv, no_header);
    CHECK_THROWS_AS(static_cast<void>(none.column("a")), std::invalid_argument);
}

TEST_CASE("a header alone, or nothing at all, is a table without rows") {
    for (const std::string_view text : {""sv, "a,b"sv, "a,b\n"sv, "\n\na,b\n\n"sv}) {
        csv_reader reader(text);
        CHECK(rows_of(reader).empty());
        CHECK(reader.columns().size() == (text.empty() ? 0U : 2U));
    }
}

TEST_CASE("lines are those of the text, whatever the records hold") {
    CHECK(read_skipping(csv_reader("\xEF\xBB\xBF\na,b\n\n\"c\n\n\",d\r\n\r\ne,\"f\n\"\ng,h"sv, skipping)).lines ==
          std::vector<std::uint64_t>{2, 4, 8, 10});
}

TEST_CASE("rows come in one pass, through any pipeline, and begin() does not go on by itself") {
    csv_reader reader("n\n1\n2\n3\n"sv);
    CHECK((*reader.begin())[0] == "1");
    CHECK((*reader.begin())[0] == "1");
    int sum = 0;
    for (const int n : reader | ranges::views::transform([](const csv_row& row) { return row["n"][0] - '0'; }))
        sum += n;
    CHECK(sum == 6);
    CHECK(reader.begin() == reader.end());
}

TEST_CASE("every error with its place: thrown, or told and skipped") {
    struct {
        std::string_view text;
        std::size_t line;
        std::size_t column;
        std::string_view reason;
        rows_of_text rows;
    } const table[] = {
        {"a,b\nc,\"d\ne,f\ng,h\n"sv, 2, 3, "a quoted field is not closed", {{"a", "b"}, {"e", "f"}, {"g", "h"}}},
        {"a,b\n\"\"\"c"sv, 2, 1, "a quoted field is not closed", {{"a", "b"}}},
        {"a,b\nc,\"d\"\"e\"\"\n"sv, 2, 3, "a quoted field is not closed", {{"a", "b"}}},
        {"a,b\n\"c\n\",\"d\n1,2"sv, 3, 3, "a quoted field is not closed", {{"a", "b"}, {"1", "2"}}},
        {"a,b\n\"c\"d,e\nf,g\n"sv, 2, 4, "text after a closing quote", {{"a", "b"}, {"f", "g"}}},
        {"a,b\n\"c \\\"d\\\"\",e\nf,g\n"sv,
         2,
         6,
         "text after a closing quote behind a backslash: quotes in a field are doubled (R's write.table does so with "
         "qmethod = \"double\")",
         {{"a", "b"}, {"f", "g"}}},
        {"a,b\nc,\"d\ne\" \nf,g\n"sv, 3, 3, "text after a closing quote", {{"a", "b"}, {"f", "g"}}},
        {"a,b\nc,d,e\nf,g\n"sv, 2, 6, "2 field(s) required, got 3", {{"a", "b"}, {"f", "g"}}},
        {"a,b\nc\nf,g\n"sv, 2, 2, "2 field(s) required, got 1", {{"a", "b"}, {"f", "g"}}},
        {"a,b\nf,g\n\"c\nd\""sv, 4, 3, "2 field(s) required, got 1", {{"a", "b"}, {"f", "g"}}},
        {"a,b\n\"\"\nf,g\n"sv, 2, 3, "2 field(s) required, got 1", {{"a", "b"}, {"f", "g"}}},
        {"a\nb,c\nd"sv, 2, 4, "1 field(s) required, got 2", {{"a"}, {"d"}}},
        {"a,b\nc\0c,d\nf,g\n"sv, 2, 2, "a NUL byte", {{"a", "b"}, {"f", "g"}}},
        {"a,b\n\"c\n\0\",d\nf,g\n"sv, 3, 1, "a NUL byte", {{"a", "b"}, {"f", "g"}}},
        {"a,b\nc,d\0"sv, 2, 4, "a NUL byte", {{"a", "b"}}},
        {"a,b\nf,\"g\"\r"sv, 2, 6, "text after a closing quote", {{"a", "b"}}},
        {"\0\na,b\n\xC3\xA9,b\n"sv, 1, 1, "a NUL byte", {{"a", "b"}, {"\xC3\xA9", "b"}}},
        {"\xEF\xBB\xBF"
         "x\0\na,b"sv,
         1,
         2,
         "a NUL byte",
         {{"a", "b"}}},
    };
    for (const auto& row : table) {
        CAPTURE(row.text);
        const read_problem problem{.line = row.line, .column = row.column, .reason = std::string(row.reason)};
        for (const std::size_t block_size : {0U, 1U, 2U, 3U, 64U}) {
            std::istringstream stream{std::string(row.text)};
            csv_options options = skipping;
            if (block_size > 0) options.block_size = block_size;
            const auto read =
                read_skipping(block_size == 0 ? csv_reader(row.text, options) : csv_reader(stream, options));
            CHECK(read.rows == row.rows);
            REQUIRE(read.problems.size() == 1);
            CHECK(read.problems[0].reason == problem.reason);
            CHECK(read.problems[0] == problem);
        }
        csv_reader strict(row.text, no_header);
        try {
            rows_of(strict);
            FAIL("no error");
        } catch (const read_error& error) {
            CHECK(error.problem() == problem);
            CHECK(error.what() == "compute_divide::csv_reader: line " + std::to_string(problem.line) + ", column " +
                                      std::to_string(problem.column) + ": " + problem.reason);
        }
        CHECK(strict.begin() == strict.end());
        CHECK(strict.problems().empty());
    }
}

TEST_CASE("only the first problem of a record is told, and each record with one") {
    const auto read = read_skipping(csv_reader("a,b\n\0,\"x\"y,z\nc\nd,e\n1,2,3\n\"u\n"sv, skipping));
    CHECK(read.rows == rows_of_text{{"a", "b"}, {"d", "e"}});
    CHECK(read.problems ==
          std::vector<read_problem>{{.line = 2, .column = 1, .reason = "a NUL byte"},
                                    {.line = 3, .column = 2, .reason = "2 field(s) required, got 1"},
                                    {.line = 5, .column = 6, .reason = "2 field(s) required, got 3"},
                                    {.line = 6, .column = 1, .reason = "a quoted field is not closed"}});
}

TEST_CASE("a header that cannot be read is thrown under either rule") {
    for (const error_handling rule : {error_handling::fail, error_handling::skip})
        for (const std::string_view text : {"a,\"b\nc,d\n"sv, "a,\"b\"c\n"sv, "a\0,b\n"sv})
            CHECK_THROWS_AS(csv_reader(text, {.on_error = rule}), read_error);
}

TEST_CASE("options and sources that cannot be") {
    for (const char delimiter : {'"', '\n', '\r', '\0'})
        CHECK_THROWS_AS(csv_reader("a"sv, {.delimiter = delimiter}), std::invalid_argument);
    std::istringstream stream("a");
    CHECK_THROWS_WITH_AS(csv_reader(stream, {.block_size = 0}), "compute_divide::csv_reader: block_size > 0, got 0",
                         std::invalid_argument);
    std::ifstream missing("no such file");
    CHECK_THROWS_WITH_AS(csv_reader{missing},
                         "compute_divide::csv_reader: a stream that can be read, got \"one that has failed\"",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(static_cast<void>(csv_reader::open("no such file")),
                         "compute_divide::csv_reader::open: a file that can be read, got \"no such file\"",
                         std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(csv_reader::open(COMPUTE_DIVIDE_SOURCE_DIR)), std::runtime_error);
}

TEST_CASE("a stream that fails midway is an error, not an end") {
    struct failing : std::streambuf {
        std::string start = "a,b\nc,d\n";
        failing() { setg(start.data(), start.data(), start.data() + start.size()); }
        int_type underflow() override { throw std::runtime_error("the disk is gone"); }
    } buffer;
    std::istream stream(&buffer);
    csv_reader reader(stream, {.header = false, .block_size = 4});
    CHECK_THROWS_WITH_AS(rows_of(reader), "compute_divide::csv_reader: the stream cannot be read", std::runtime_error);
    CHECK(reader.begin() == reader.end());
}

TEST_CASE("a record within a field") {
    CHECK(parse_csv_record("").empty());
    CHECK(parse_csv_record("Google") == std::vector<std::string>{"Google"});
    CHECK(parse_csv_record("EleutherAI,\"Booz Allen Hamilton, McLean\",\"Delhi\nIndia\"") ==
          std::vector<std::string>{"EleutherAI", "Booz Allen Hamilton, McLean", "Delhi\nIndia"});
    CHECK(parse_csv_record("a;b", ';') == std::vector<std::string>{"a", "b"});
    CHECK_THROWS_WITH_AS(static_cast<void>(parse_csv_record("a,b\nc,d")),
                         "compute_divide::csv_reader: line 2, column 1: a single record is required, got another one",
                         read_error);
    CHECK_THROWS_AS(static_cast<void>(parse_csv_record("a,\"b")), read_error);
}

TEST_CASE("on any bytes, blocks of any size read as the whole text does") {
    std::mt19937 random(4180);
    const std::string_view alphabet = "\"\",,\n\n\r\r\nab\0"sv;
    std::size_t problems = 0;
    for (int repeat = 0; repeat < 2000; ++repeat) {
        std::string text;
        for (std::size_t length = random() % 60; length > 0; --length) text += alphabet[random() % alphabet.size()];
        CAPTURE(text);
        const outcome whole = read_skipping(csv_reader(std::string_view(text), skipping));
        problems += whole.problems.size();
        for (const std::size_t block_size : {1U, 2U, 7U, 16U}) {
            std::istringstream in(text);
            csv_options options = skipping;
            options.block_size = block_size;
            CHECK(read_skipping(csv_reader(in, options)) == whole);
        }
    }
    CHECK(problems > 1000);
}

TEST_CASE("a file is read as its text is") {
    const std::string path = "csv_test_table.csv";
    std::ofstream(path, std::ios::binary) << "\xEF\xBB\xBFModel,Year\r\n\"A\r\nB\",2012\r\nC,2013";
    csv_reader reader = csv_reader::open(path);
    CHECK(reader.columns() == std::vector<std::string>{"Model", "Year"});
    CHECK(rows_of(reader) == rows_of_text{{"A\r\nB", "2012"}, {"C", "2013"}});
    std::remove(path.c_str());
}

TEST_CASE("a problem in a file names the file") {
    const std::string path = "csv_test_problem.csv";
    std::ofstream(path, std::ios::binary) << "a,b\n1\n";
    csv_reader reader = csv_reader::open(path);
    CHECK(reader.file() == path);
    CHECK_THROWS_WITH_AS(
        rows_of(reader),
        "compute_divide::csv_reader: csv_test_problem.csv, line 2, column 2: 2 field(s) required, got 1", read_error);
    std::remove(path.c_str());
}

TEST_CASE("a record that is too long, or of too many fields, is a problem, and the next line is read") {
    for (const std::size_t block : {std::size_t{16}, std::size_t{1000}}) {
        const csv_options options{.on_error = error_handling::skip, .block_size = block, .most_bytes = 1000};
        const auto rows_of = [&](const std::string& text, csv_options with) {
            std::istringstream stream(text);
            csv_reader reader(stream, with);
            std::vector<std::string> rows;
            for (const csv_row& row : reader) rows.push_back(std::string(row[0]) + std::to_string(row.line()));
            CHECK(reader.n_problems() == reader.problems().size());
            for (const auto& each : reader.problems()) rows.push_back(std::to_string(each.line) + ": " + each.reason);
            return rows;
        };
        const std::string too_long = "a record of more than 1000 bytes";
        const std::string longer(5000, 'x'), separators(5000, ',');
        CHECK(rows_of("a,b\n" + longer + ",1\nc,d\n", options) == std::vector<std::string>{"c3", "2: " + too_long});
        CHECK(rows_of("a,b\nc,d\ne,\"open\n" + longer, options) ==
              std::vector<std::string>{"c2", "3: " + too_long, "4: " + too_long});
        // of an open quote what stands on later lines is read
        std::string open = "a,b\nc,\"open\n";
        for (int i = 0; i < 3000; ++i) open += "e,fff\n";
        const auto rows = rows_of(open, options);
        CHECK(rows.size() == 3001);
        CHECK(rows.front() == "e3");
        CHECK(rows.back() == "2: " + too_long);
        auto wide = options;
        wide.most_bytes = 1'000'000;
        CHECK(rows_of("a,b\n" + separators + "\nc,d\n", wide) ==
              std::vector<std::string>{"c3", "2: 2 field(s) required, got 5001"});
        wide.most_columns = 100;
        wide.header = false;
        CHECK(rows_of(separators + "\nc,d\n", wide) ==
              std::vector<std::string>{"c2", "1: no more than 100 columns, got 5001"});
        std::istringstream stream("a,b\n" + longer + ",1\nc,d\n");
        csv_options strict = options;
        strict.on_error = error_handling::fail;
        csv_reader reader(stream, strict);
        CHECK_THROWS_AS(static_cast<void>(reader.begin()), read_error);
    }
    std::string bad = "a,b\n";
    for (int i = 0; i < 5000; ++i) bad += "x\n";
    csv_reader reader(bad, {.on_error = error_handling::skip, .most_problems = 7});
    for (const csv_row& row : reader) CHECK(row.size() == 0);
    CHECK(reader.n_problems() == 5000);
    CHECK(reader.problems().size() == 7);
}

TEST_CASE("files as spreadsheets write them") {
    const auto columns = [](std::string_view text, csv_options options = {}) {
        csv_reader reader(text, options);
        return reader.columns();
    };
    const auto rows = [](std::string_view text) {
        csv_reader reader(text);
        return rows_of(reader);
    };
    const std::vector<std::string> xy{"x", "y"};
    CHECK(columns(" x , y \n1,2\n") == xy);
    for (const std::string_view text :
         {"sep=;\nx;y\n1;2\n", "\xEF\xBB\xBFsep=;\r\nx;y\r\n1;2\r\n", "\"sep=;\"\nx;y\n1;2\n"}) {
        CAPTURE(text);
        CHECK(columns(text) == xy);
        CHECK(rows(text) == rows_of_text{{"1", "2"}});
        std::istringstream stream{std::string(text)};
        csv_reader streamed(stream, {.block_size = 1});
        CHECK(streamed.columns() == xy);
        CHECK(streamed.decimal() == decimal_mark::unsaid);
        for (const csv_row& row : streamed) CHECK(row.line() == 3);
    }
    CHECK(columns("sep=,y\n1,2\n") == std::vector<std::string>{"sep=", "y"});  // a column's name
    CHECK(csv_reader(std::string_view("x;y\n1;2\n"), {.delimiter = ';'}).decimal() == decimal_mark::unsaid);
    CHECK(csv_reader(std::string_view("x;y\n"), {.delimiter = ';', .decimal = decimal_mark::comma}).decimal() ==
          decimal_mark::comma);
    CHECK(csv_reader(std::string_view("x,y\n")).decimal() == decimal_mark::point);
    CHECK_THROWS_WITH(columns("x,y\r1,2\r"),
                      "compute_divide::csv_reader: line 1, column 4: a CR that no LF follows in the header: lines must "
                      "end in LF or CRLF");
    CHECK(columns("\"x\ry\",z\n1,2\n") == std::vector<std::string>{"x\ry", "z"});
    for (const std::string_view text : {"\xFF\xFEx\0"sv, "\xFE\xFF\0x"sv})
        CHECK_THROWS_WITH(columns(text),
                          "compute_divide::csv_reader: line 1, column 1: text in UTF-8 is required, got UTF-16 by its "
                          "first two bytes (iconv -f UTF-16 -t UTF-8 makes one of the other)");
    csv_reader twice(std::string_view("x,y,x\n1,2,3\n"));
    CHECK(twice.column("y") == 1);
    CHECK_THROWS_WITH(static_cast<void>(twice.column("x")),
                      "compute_divide::csv_reader::column: a name that one column has, not 2, of x, y, x, got \"x\"");
}

TEST_CASE("quotes that are characters as any") {
    const csv_options plain{.delimiter = '\t', .quotes = false};
    csv_reader table(std::string_view("TI\tPY\n\"Deep\" nets\t2012\n\"a\"\"b\t\"\n"), plain);
    std::vector<std::string> titles;
    for (const csv_row& row : table) titles.emplace_back(row["TI"]);
    CHECK(titles == std::vector<std::string>{"\"Deep\" nets", "\"a\"\"b"});
    csv_reader header(std::string_view("\"a\"\t\"b\"\n1\t2\n"), plain);
    CHECK(header.columns() == std::vector<std::string>{"\"a\"", "\"b\""});
    CHECK((*header.begin())["\"b\""] == "2");
}

TEST_CASE("a delimiter that may end a record") {
    const auto rows = [](std::string_view text, csv_options options) {
        csv_reader table(text, options);
        std::size_t count = 0;
        for (const csv_row& row : table) {
            CHECK(row.size() == 2);
            CHECK(row[1] == (count++ == 0 ? "2" : ""));
        }
        return std::pair(count, table.n_problems());
    };
    const csv_options ending{.end_delimiter = true, .on_error = error_handling::skip};
    CHECK(rows("a,b\n1,2,\n3,\n", ending) == std::pair<std::size_t, std::uint64_t>(2, 0));
    CHECK(rows("a,b\r\n1,2,\r\n3,,\r\n", ending) == std::pair<std::size_t, std::uint64_t>(2, 0));
    CHECK(rows("a,b\n1,2,,\n1,2,x\n1,2,\n", ending) == std::pair<std::size_t, std::uint64_t>(1, 2));
    CHECK(rows("a,b\n1,2,\n", {.on_error = error_handling::skip}) == std::pair<std::size_t, std::uint64_t>(0, 1));
}

TEST_CASE("columns by other names") {
    csv_reader table(std::string_view("released,b,b\n2012,1,2\n"));
    table.rename_column("released", "Publication date");
    CHECK(!table.find_column("released"));
    CHECK((*table.begin())["Publication date"] == "2012");
    table.rename_column("Publication date", " Publication date ");  // as it is called already
    CHECK(table.columns() == std::vector<std::string>{"Publication date", "b", "b"});
    CHECK_THROWS_WITH_AS(table.rename_column("a", "c"),
                         "compute_divide::csv_reader::column: the name of one of the columns Publication date, b, b, "
                         "got \"a\"",
                         std::invalid_argument);
    CHECK_THROWS_AS(table.rename_column("b", "c"), std::invalid_argument);
    CHECK_THROWS_WITH_AS(table.rename_column("Publication date", "b"),
                         "compute_divide::csv_reader::rename_column: a name that no other column has, got \"b\"",
                         std::invalid_argument);
}

TEST_CASE("a stream's problems name the file that it is of") {
    csv_reader table =
        csv_reader::of(std::make_unique<std::istringstream>("a,b\n1\n"), "-", {.on_error = error_handling::skip});
    for (const csv_row& row : table) CHECK(row.file() == "-");
    REQUIRE(table.n_problems() == 1);
    CHECK(table.problems()[0].file == "-");
}
