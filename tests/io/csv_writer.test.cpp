// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/csv_writer.hpp>

#include <cstddef>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <range/v3/view/transform.hpp>

#include <compute_divide/io/csv_reader.hpp>

#include "support/ranges.hpp"

using namespace compute_divide;
using namespace std::string_view_literals;

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

const csv_options no_header{.header = false};

}  // namespace

TEST_CASE("what is written is quoted where it must be") {
    const auto written = [](const std::vector<std::string>& fields) {
        std::ostringstream out;
        write_csv_row(out, fields);
        return out.str();
    };
    CHECK(written({"a", "b c", "5.76E+22"}) == "a,b c,5.76E+22\n");
    CHECK(written({"a,b", "c\"d", "e\nf", "g\rh"}) == "\"a,b\",\"c\"\"d\",\"e\nf\",\"g\rh\"\n");
    CHECK(written({"", ""}) == ",\n");
    CHECK(written({""}) == "\"\"\n");
    CHECK(written({"\xEF\xBB\xBF"
                   "a"}) ==
          "\"\xEF\xBB\xBF"
          "a\"\n");
    std::ostringstream out;
    write_csv_row(out, {"a;b", "c,d"}, ';');
    CHECK(out.str() == "\"a;b\";c,d\n");
    CHECK_THROWS_AS(write_csv_row(out, {"a\0b"sv}), std::invalid_argument);
    for (const char delimiter : {'"', '\n', '\r', '\0'})
        CHECK_THROWS_AS(write_csv_row(out, {"a", "b"}, delimiter), std::invalid_argument);
}

TEST_CASE("fields are written from any range, also from one that makes each of them") {
    const std::vector<std::size_t> lengths{50, 99};
    const std::string text(99, 'x');
    std::ostringstream made;
    write_csv_row(made, lengths | ranges::views::transform([&text](std::size_t n) { return text.substr(0, n); }));
    CHECK(made.str() == text.substr(0, 50) + ',' + text + '\n');
    std::ostringstream once;
    write_csv_row(once, test_support::single_pass<std::string>({text, "", text}));
    CHECK(once.str() == text + ",," + text + '\n');
}

TEST_CASE("written and read again, any fields are the same, from a text and in blocks of any size") {
    std::mt19937 random(20230303);
    const std::string_view alphabet = "\"\"\"\",,,\n\n\r\n\rab \xEF\xBB\xBF\xC3\xA9\t;";
    for (int repeat = 0; repeat < 400; ++repeat) {
        const std::size_t width = 1 + random() % 4;
        rows_of_text rows(random() % 6);
        std::ostringstream out;
        for (auto& row : rows) {
            for (std::size_t i = 0; i < width; ++i) {
                auto& field = row.emplace_back();
                for (std::size_t length = random() % (random() % 8 == 0 ? 200 : 12); length > 0; --length)
                    field += alphabet[random() % alphabet.size()];
            }
            write_csv_row(out, row);
        }
        const std::string text = out.str();
        csv_reader reader(std::string_view(text), no_header);
        CHECK(rows_of(reader) == rows);
        for (const std::size_t block_size : {1U, 2U, 7U, 13U, 64U, 4096U}) {
            std::istringstream in(text);
            csv_reader blocks(in, {.header = false, .block_size = block_size});
            CHECK(rows_of(blocks) == rows);
        }
    }
}
