// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/arrow.hpp>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/shares/tabulate.hpp>

#include "support/arrow_made.hpp"
#include "support/message_of.hpp"

using namespace compute_divide;
using namespace std::chrono_literals;
using namespace test_support;

static_assert(std::ranges::input_range<arrow_reader> && std::ranges::random_access_range<const arrow_batch>);
static_assert(quantity_field_of<arrow_field<double>, arrow_reader&> &&
              time_field_of<arrow_field<std::chrono::sys_days>, arrow_batch&>);
static_assert(label_field_of<arrow_field<std::string_view>, arrow_reader&>);
static_assert(predicate_field_of<arrow_field<bool>, arrow_reader&>);
static_assert(cluster_field_of<arrow_field<arrow_list<std::string_view>>, arrow_reader&>);
static_assert(!arrow_readable<char> && !arrow_readable<std::string>);

namespace {

/// All values of the first column, read as T.
template <class T>
std::vector<std::optional<T>> values_of(const arrow_made& column) {
    arrow_pair pair(arrow_struct(column.length, {column}));
    arrow_reader table(pair.schema, pair.array);
    const auto field = table.field<T>(table.names().front());
    std::vector<std::optional<T>> values;
    for (const arrow_row& row : table) values.push_back(field(row));
    return values;
}
template <class T>
std::string error_of(const arrow_made& column) {
    return message_of<std::exception>([&] { static_cast<void>(values_of<T>(column)); });
}
template <class T>
std::vector<std::optional<T>> list(std::initializer_list<std::optional<T>> values) {
    return values;
}
/// The texts of the first column, which are views and must be copied while their batch is there.
std::vector<std::string> texts_of(const arrow_made& column) {
    arrow_pair pair(arrow_struct(column.length, {column}));
    arrow_reader table(pair.schema, pair.array);
    const auto field = table.field<std::string_view>(table.names().front());
    std::vector<std::string> values;
    for (const arrow_row& row : table) values.emplace_back(field(row).value_or("(null)"));
    return values;
}

arrow_made numbers(const char* format, std::int64_t length, arrow_bytes values, arrow_bytes validity = {}) {
    return {.format = format, .name = "x", .length = length, .buffers = {std::move(validity), std::move(values)}};
}
arrow_made texts() {
    return {
        .format = "u",
        .name = "kind",
        .length = 4,
        .buffers = {arrow_bits({1, 1, 0, 1}), arrow_values<std::int32_t>({0, 3, 3, 8, 11}), arrow_text("onegarbatwo")}};
}
arrow_made indices() {
    return {.format = "c",
            .name = "team",
            .length = 4,
            .buffers = {arrow_bits({1, 0, 1, 1}), arrow_values<std::int8_t>({3, 99, 0, 1})},
            .dictionary = std::make_shared<arrow_made>(texts())};
}

}  // namespace

TEST_CASE("numbers of every size are read as numbers") {
    const auto all = list<double>({1, 2, std::nullopt, 4});
    const auto validity = arrow_bits({1, 1, 0, 1});
    CHECK(values_of<double>(numbers("c", 4, arrow_values<std::int8_t>({1, 2, 3, 4}), validity)) == all);
    CHECK(values_of<double>(numbers("C", 4, arrow_values<std::uint8_t>({1, 2, 3, 4}), validity)) == all);
    CHECK(values_of<double>(numbers("s", 4, arrow_values<std::int16_t>({1, 2, 3, 4}), validity)) == all);
    CHECK(values_of<double>(numbers("S", 4, arrow_values<std::uint16_t>({1, 2, 3, 4}), validity)) == all);
    CHECK(values_of<double>(numbers("i", 4, arrow_values<std::int32_t>({1, 2, 3, 4}), validity)) == all);
    CHECK(values_of<double>(numbers("I", 4, arrow_values<std::uint32_t>({1, 2, 3, 4}), validity)) == all);
    CHECK(values_of<double>(numbers("l", 4, arrow_values<std::int64_t>({1, 2, 3, 4}), validity)) == all);
    CHECK(values_of<double>(numbers("L", 4, arrow_values<std::uint64_t>({1, 2, 3, 4}), validity)) == all);
    CHECK(values_of<double>(numbers("f", 4, arrow_values<float>({1, 2, 3, 4}), validity)) == all);
    CHECK(values_of<double>(numbers("g", 4, arrow_values<double>({1, 2, 3, 4}), validity)) == all);
    CHECK(values_of<std::int64_t>(numbers("c", 2, arrow_values<std::int8_t>({-128, 127}))) ==
          list<std::int64_t>({-128, 127}));
    CHECK(values_of<std::uint64_t>(numbers("L", 1, arrow_values<std::uint64_t>({~std::uint64_t{0}}))) ==
          list<std::uint64_t>({~std::uint64_t{0}}));
    CHECK(values_of<bool>(numbers("b", 3, arrow_bits({1, 0, 1}))) == list<bool>({true, false, true}));
    // Of half precision: 1, -2, the largest, the smallest, infinity (IEEE 754 binary16).
    CHECK(values_of<double>(numbers("e", 5, arrow_values<std::uint16_t>({0x3c00, 0xc000, 0x7bff, 1, 0x7c00}))) ==
          list<double>({1, -2, 65504, 0x1p-24, std::numeric_limits<double>::infinity()}));
    CHECK(values_of<double>({.format = "n", .name = "x", .length = 2, .null_count = 2}) ==
          list<double>({std::nullopt, std::nullopt}));
}

TEST_CASE("a number that its field cannot hold is an error of its column and row") {
    CHECK(error_of<std::int8_t>(numbers("i", 3, arrow_values<std::int32_t>({1, 127, 128}))) ==
          R"(compute_divide::arrow: "x": row 3: a number from -128 to 127 is required, got 128)");
    CHECK(error_of<std::uint64_t>(numbers("s", 1, arrow_values<std::int16_t>({-1}))) ==
          R"(compute_divide::arrow: "x": row 1: a number from 0 to 18446744073709551615 is required, got -1)");
    CHECK(error_of<int>(numbers("g", 1, arrow_values<double>({1}))) ==
          R"(compute_divide::arrow_reader: whole numbers are required of column "x", got Arrow's format "g")");
    CHECK(error_of<double>(texts()) ==
          R"(compute_divide::arrow_reader: numbers are required of column "kind", got Arrow's format "u")");
    CHECK(error_of<std::string_view>(numbers("i", 1, arrow_values<int>({1}))).find("texts are required") !=
          std::string::npos);
}

TEST_CASE("decimals are numbers") {
    // 12345.67, -0.01, none, and 10^37 + 1 of scale 2 (tests by Python's decimal: 1e35).
    const auto high = std::uint64_t{542101086242752217}, low = std::uint64_t{68739955140067329};  // 10^37 + 1
    const arrow_made column = numbers(
        "d:38,2", 4, arrow_values<std::uint64_t>({1234567, 0, ~std::uint64_t{0}, ~std::uint64_t{0}, 7, 7, low, high}),
        arrow_bits({1, 1, 0, 1}));
    const auto read = values_of<double>(column);
    CHECK(read[0] == 12345.67);
    CHECK(read[1] == -0.01);
    CHECK(!read[2]);
    CHECK(std::fabs(*read[3] / 1e35 - 1) < 3e-16);
    CHECK(values_of<double>(numbers("d:4,-2,32", 1, arrow_values<std::int32_t>({-12}))) == list<double>({-1200}));
    CHECK(values_of<double>(numbers("d:18,3,64", 1, arrow_values<std::int64_t>({-1500}))) == list<double>({-1.5}));
    CHECK(values_of<double>(numbers("d:70,1,256", 1, arrow_values<std::uint64_t>({25, 0, 0, 0}))) ==
          list<double>({2.5}));
    CHECK(values_of<float>(numbers("d:4,1,32", 1, arrow_values<std::int32_t>({5}))) == list<float>({0.5F}));
    for (const char* const wrong : {"d:", "d:4", "d:4,", "d:4,x", "d:4,2,33", "d:4,2,32,1", "d:4,300", "d:4,9999"})
        CHECK(error_of<double>(numbers(wrong, 1, arrow_values<std::int64_t>({1, 1}))).find("decimal's precision") !=
              std::string::npos);
}

TEST_CASE("texts of every layout are views, and what null slots hold is not looked at") {
    CHECK(texts_of(texts()) == std::vector<std::string>{"one", "", "(null)", "two"});
    arrow_made large = texts();
    large.format = "U";
    large.buffers[1] = arrow_values<std::int64_t>({0, 3, 3, 8, 11});
    CHECK(texts_of(large) == std::vector<std::string>{"one", "", "(null)", "two"});
    // Offsets around a null that lie: 3 to -5, to 8.
    arrow_made garbage = texts();
    garbage.buffers[0] = arrow_bits({1, 0, 0, 1});
    garbage.buffers[1] = arrow_values<std::int32_t>({0, 3, -5, 8, 11});
    CHECK(texts_of(garbage) == std::vector<std::string>{"one", "(null)", "(null)", "two"});
    // A view: its length, then the text, or its first four bytes, buffer and offset.
    const std::string longer = "a text of more than twelve bytes";
    arrow_made views{.format = "vu",
                     .name = "kind",
                     .length = 3,
                     .buffers = {no_buffer(), arrow_values<std::int32_t>({3, 0x656e6f, 0, 0, 0, 0, 0, 0, 15, 0, 1, 2}),
                                 arrow_text("unused"), arrow_text(longer),
                                 arrow_values<std::int64_t>({6, static_cast<std::int64_t>(longer.size())})}};
    const bool little = std::endian::native == std::endian::little;
    CHECK(texts_of(views) ==
          std::vector<std::string>{little ? "one" : std::string("\0eno", 4).substr(0, 3), "", longer.substr(2, 15)});
    CHECK(texts_of({.format = "w:2", .name = "x", .length = 2, .buffers = {no_buffer(), arrow_text("abcd")}}) ==
          std::vector<std::string>{"ab", "cd"});
    CHECK(texts_of({.format = "w:0", .name = "x", .length = 1, .buffers = {no_buffer(), no_buffer()}}) ==
          std::vector<std::string>{""});
    CHECK(texts_of({.format = "z",
                    .name = "x",
                    .length = 1,
                    .buffers = {no_buffer(), arrow_values<std::int32_t>({0, 0}), no_buffer()}}) ==
          std::vector<std::string>{""});
}

TEST_CASE("texts that lie are errors of their column and row") {
    const auto with_offsets = [](arrow_bytes offsets) {
        arrow_made column = texts();
        column.buffers[0] = no_buffer();
        column.buffers[1] = std::move(offsets);
        return error_of<std::string_view>(column);
    };
    CHECK(with_offsets(arrow_values<std::int32_t>({0, 3, 2, 8, 11})) ==
          R"(compute_divide::arrow: "kind": row 2: offsets that are >= 0, do not decrease are required, got 3 to 2)");
    CHECK(with_offsets(arrow_values<std::int32_t>({-4, 3, 3, 8, 11})).find("row 1: ") != std::string::npos);
    arrow_made none = texts();
    none.buffers[2] = no_buffer();
    CHECK(error_of<std::string_view>(none) ==
          R"(compute_divide::arrow: "kind": row 1: a buffer of texts is required, got none)");
    const auto view = [](std::int32_t length, std::int32_t buffer, std::int32_t offset) {
        return error_of<std::string_view>(
            {.format = "vu",
             .name = "kind",
             .length = 1,
             .buffers = {no_buffer(), arrow_values<std::int32_t>({length, 0, buffer, offset}),
                         arrow_text("abcdefghijklmnopqrstuvwxyz"), arrow_values<std::int64_t>({26})}});
    };
    CHECK(view(13, 0, 0) == "no error");
    CHECK(view(13, 0, 13) == "no error");
    CHECK(view(13, 0, 14).find("row 1: offsets that are >= 0, do not decrease and <= 26 are required, got 14 to 27") !=
          std::string::npos);
    CHECK(view(13, 0, -1).find("got -1 to 12") != std::string::npos);
    CHECK(view(13, 1, 0).find("row 1: one of 1 buffers is required, got 1") != std::string::npos);
    CHECK(view(13, -1, 0).find("got -1") != std::string::npos);
    CHECK(view(-13, 0, 0).find("row 1: a length >= 0 is required, got -13") != std::string::npos);
    CHECK(view(std::numeric_limits<std::int32_t>::max(), 0, std::numeric_limits<std::int32_t>::max())
              .find("got 2147483647 to 4294967294") != std::string::npos);
}

TEST_CASE("a dictionary's values stand for its indices") {
    CHECK(texts_of(indices()) == std::vector<std::string>{"two", "(null)", "one", ""});
    arrow_made null_value = indices();
    null_value.buffers[1] = arrow_values<std::int8_t>({2, 0, 2, 3});
    CHECK(texts_of(null_value) == std::vector<std::string>{"(null)", "(null)", "(null)", "two"});
    arrow_made outside = indices();
    outside.buffers[1] = arrow_values<std::int8_t>({0, 99, 0, 4});
    CHECK(error_of<std::string_view>(outside) ==
          R"(compute_divide::arrow: "team": row 4: an index of a dictionary of 4 is required, got 4)");
    outside.buffers[1] = arrow_values<std::int8_t>({-1, 99, 0, 4});
    CHECK(error_of<std::string_view>(outside).find("row 1: an index of a dictionary of 4 is required, got -1") !=
          std::string::npos);
    arrow_made huge = indices();
    huge.format = "L";
    huge.buffers[1] = arrow_values<std::uint64_t>({~std::uint64_t{0}, 0, 0, 0});
    CHECK(error_of<std::string_view>(huge).find("row 1: a number from") != std::string::npos);
    arrow_made by_number = indices();
    by_number.format = "g";
    CHECK(error_of<std::string_view>(by_number).find("whole numbers as indices of a dictionary") != std::string::npos);
}

TEST_CASE("dates and timestamps are times, rounded down") {
    using std::chrono::sys_days;
    const sys_days day = std::chrono::year{2022} / 11 / 30;
    const auto number = std::int64_t{day.time_since_epoch().count()};
    CHECK(values_of<sys_days>(numbers("tdD", 2, arrow_values<std::int32_t>({static_cast<std::int32_t>(number), -1}))) ==
          list<sys_days>({day, sys_days{} - std::chrono::days{1}}));
    CHECK(values_of<sys_days>(numbers("tdm", 1, arrow_values<std::int64_t>({number * 86'400'000}))) ==
          list<sys_days>({day}));
    CHECK(
        values_of<sys_days>(numbers("tsu:UTC", 3, arrow_values<std::int64_t>({number * 86'400'000'000 + 1, -1, 0}))) ==
        list<sys_days>({day, sys_days{} - std::chrono::days{1}, sys_days{}}));
    using microseconds = std::chrono::sys_time<std::chrono::microseconds>;
    CHECK(values_of<microseconds>(numbers("tsn:", 2, arrow_values<std::int64_t>({1'999, -1}))) ==
          list<microseconds>({microseconds{1us}, microseconds{-1us}}));
    CHECK(values_of<microseconds>(numbers("tss:Europe/Paris", 1, arrow_values<std::int64_t>({-3}))) ==
          list<microseconds>({microseconds{-3s}}));
    using exact = std::chrono::sys_time<std::chrono::duration<double, std::chrono::days::period>>;
    CHECK(values_of<exact>(numbers("tsm:", 1, arrow_values<std::int64_t>({43'200'000})))
              .front()
              ->time_since_epoch()
              .count() == 0.5);
    // Beyond the calendar a time is not known; what nanoseconds cannot count is an error.
    CHECK(values_of<sys_days>(
              numbers("tdD", 1, arrow_values<std::int32_t>({std::numeric_limits<std::int32_t>::max()}))) ==
          list<sys_days>({std::nullopt}));
    CHECK(values_of<microseconds>(
              numbers("tss:", 1, arrow_values<std::int64_t>({std::numeric_limits<std::int64_t>::min()}))) ==
          list<microseconds>({std::nullopt}));
    using nanoseconds = std::chrono::sys_time<std::chrono::nanoseconds>;
    CHECK(error_of<nanoseconds>(numbers("tdD", 1, arrow_values<std::int32_t>({200'000})))
              .find("row 1: a time that can be counted in the field's units is required, got 200000") !=
          std::string::npos);
    CHECK(error_of<sys_days>(numbers("tsx:", 1, arrow_values<std::int64_t>({1}))).find("dates or times are required") !=
          std::string::npos);
}

TEST_CASE("lists are ranges") {
    const auto read = [](const arrow_made& column) {
        arrow_pair pair(arrow_struct(column.length, {column}));
        arrow_reader table(pair.schema, pair.array);
        const auto field = table.field<arrow_list<std::string_view>>("owners");
        std::vector<std::string> rows;
        for (const arrow_row& row : table) {
            auto& text = rows.emplace_back();
            const auto found = field(row);
            if (!found)
                text = "(null)";
            else
                for (const auto& each : *found) text.append(each.value_or("(null)")).append(";");
        }
        return rows;
    };
    arrow_made column{.format = "+l",
                      .name = "owners",
                      .length = 3,
                      .buffers = {arrow_bits({1, 0, 1}), arrow_values<std::int32_t>({0, 1, 9, 4})},
                      .children = {texts()}};
    column.buffers[1] = arrow_values<std::int32_t>({0, 2, 2, 4});
    CHECK(read(column) == std::vector<std::string>{"one;;", "(null)", "(null);two;"});
    arrow_made large = column;
    large.format = "+L";
    large.buffers[1] = arrow_values<std::int64_t>({0, 2, 2, 4});
    CHECK(read(large) == read(column));
    const arrow_made fixed{
        .format = "+w:2", .name = "owners", .length = 2, .buffers = {no_buffer()}, .children = {texts()}};
    CHECK(read(fixed) == std::vector<std::string>{"one;;", "(null);two;"});
    arrow_made of_codes = column;
    of_codes.children = {indices()};
    CHECK(read(of_codes) == std::vector<std::string>{"two;(null);", "(null)", "one;;"});

    const auto error = [&](const arrow_made& wrong) {
        return message_of<std::exception>([&] { static_cast<void>(read(wrong)); });
    };
    column.buffers[1] = arrow_values<std::int32_t>({0, 2, 2, 5});
    CHECK(
        error(column) ==
        R"(compute_divide::arrow: "owners": row 3: offsets that are >= 0, do not decrease and <= 4 are required, got 2 to 5)");
    arrow_made short_child = fixed;
    short_child.length = 3;
    CHECK(error(short_child).find("values for each fixed list, got 4") != std::string::npos);
    arrow_made two = column;
    two.children.push_back(texts());
    CHECK(error(two).find("one child of a list is required, got 2") != std::string::npos);
    arrow_made negative = fixed;
    negative.format = "+w:-1";
    CHECK(error(negative).find("a format of a width >= 0") != std::string::npos);
    CHECK(error_of<arrow_list<double>>(column).find("lists are required of column \"owners\"") != std::string::npos);
}

TEST_CASE("a column within a struct is null where the struct is, and offsets of both count") {
    arrow_made inner =
        numbers("i", 6, arrow_values<std::int32_t>({9, 9, 10, 20, 30, 40}), arrow_bits({1, 1, 1, 1, 0, 1}));
    inner.name = "year";
    inner.offset = 1;
    inner.length = 5;
    const arrow_made outer{.format = "+s",
                           .name = "model",
                           .length = 4,
                           .offset = 1,
                           .buffers = {arrow_bits({1, 0, 1, 1, 1})},
                           .children = {inner}};
    arrow_pair pair(arrow_struct(4, {outer, texts()}));
    arrow_reader table(pair.schema, pair.array);
    const auto year = table.field<int>("model.year");
    const auto kind = table.field<std::string_view>("kind");
    std::vector<std::optional<int>> years;
    for (const arrow_row& row : table) {
        years.push_back(year(row));
        CHECK(kind(row).has_value() == (row.number() != 3));
    }
    CHECK(years == list<int>({std::nullopt, 20, std::nullopt, 40}));
    CHECK(message_of<std::exception>([&] {
              static_cast<void>(table.field<int>("model"));
          }).find("whole numbers are required") != std::string::npos);
    CHECK(message_of<std::exception>([&] { static_cast<void>(table.field<int>("model.month")); }) ==
          R"(compute_divide::arrow_reader: one of the columns "model", "kind" is required, got "model.month")");
    CHECK(message_of<std::exception>([&] { static_cast<void>(table.field<int>("")); }).find("is required, got \"\"") !=
          std::string::npos);

    arrow_pair twice(arrow_struct(4, {texts(), texts()}));
    arrow_reader two(twice.schema, twice.array);
    CHECK(message_of<std::exception>([&] {
              static_cast<void>(two.field<std::string_view>("kind"));
          }).find("one column \"kind\" is required, got two") != std::string::npos);
}

TEST_CASE("columns of unread types may be there; asked for, they are an error") {
    const arrow_made other{.format = "+ud:0,1", .name = "union", .length = 2, .n_buffers = 0};
    const arrow_made number = numbers("i", 2, arrow_values<std::int32_t>({5, 6}));
    arrow_pair pair(arrow_struct(2, {other, number}));
    arrow_reader table(pair.schema, pair.array);
    CHECK(table.names() == std::vector<std::string>{"union", "x"});
    CHECK(message_of<std::exception>([&] {
              static_cast<void>(table.field<double>("union"));
          }).find("got Arrow's format \"+ud:0,1\"") != std::string::npos);
    CHECK(table.field<int>("x")(*table.begin()) == 5);
}

TEST_CASE("a stream's batches are one range, and each of its parts is released once") {
    const auto batch = [](std::initializer_list<std::int32_t> years, std::int64_t offset = 0) {
        arrow_made column = numbers("i", static_cast<std::int64_t>(years.size()) - offset, arrow_values(years));
        column.name = "year";
        column.offset = offset;
        return arrow_struct(column.length, {column});
    };
    const std::vector<arrow_made> batches{batch({2012, 2013}), batch({}), batch({1, 2, 2012, 2014}, 2), batch({2014})};
    {
        arrow_stream_made made(batches);
        {
            arrow_reader table(made.stream);
            CHECK((made.stream.release == nullptr));
            CHECK(made.schemas_released == 1);
            const auto year = table.field<int>("year");
            std::vector<std::int64_t> rows;
            const auto counted = tabulate(table, year, [&](const arrow_row& row) {
                rows.push_back(row.number());
                return std::optional<std::string_view>("any");
            });
            CHECK(rows == std::vector<std::int64_t>{1, 2, 3, 4, 5});
            CHECK(counted.size() == 3);
            CHECK(counted.find(2012)->n == 2);
            CHECK(counted.find(2014)->n == 2);
            CHECK(made.streams_released == 1);  // as soon as it is at its end
            CHECK(!table.next());
        }
        CHECK(made.arrays_released == 4);
        CHECK(made.streams_released == 1);
        CHECK(made.schemas_released == 1);
    }
    {  // left in the middle, with a batch that outlives its reader
        arrow_stream_made made(batches);
        {
            std::optional<arrow_batch> kept;
            {
                arrow_reader table(made.stream);
                const auto year = table.field<int>("year");
                kept = table.next();
                arrow_reader moved(std::move(table));
                static_cast<void>(moved.next());
                CHECK(made.arrays_released == 1);
                arrow_batch elsewhere(std::move(*kept));
                CHECK(year(elsewhere[1]) == 2013);
                CHECK((elsewhere.end() - elsewhere.begin()) == 2);
                kept = std::move(elsewhere);
            }
            CHECK(made.streams_released == 1);
            CHECK(made.arrays_released == 1);
            CHECK(kept->size() == 2);
        }
        CHECK(made.arrays_released == 2);
        CHECK(made.streams_released == 1);
    }
}

TEST_CASE("errors of the producer are told in its words, and end the table") {
    const std::vector<arrow_made> batches{arrow_struct(4, {texts()}), arrow_struct(4, {texts()})};
    arrow_stream_made made(batches, 1);
    {
        arrow_reader table(made.stream);
        CHECK(message_of<std::exception>([&] {
                  for (const arrow_row& row : table) static_cast<void>(row);
              }) == "compute_divide::arrow: the producer gives no next batch: the disk is gone");
        CHECK(made.streams_released == 1);
        CHECK(!table.next());
    }
    CHECK(made.arrays_released == 1);
    CHECK(made.streams_released == 1);

    arrow_stream_made empty({});
    CHECK(message_of<std::exception>([&] {
              arrow_reader table(empty.stream);
          }).find("gives no schema: the disk is gone") != std::string::npos);
    CHECK(empty.streams_released == 1);
    CHECK(message_of<std::exception>([&] {
              arrow_reader table(empty.stream);
          }).find("a stream is required, got none") != std::string::npos);

    arrow_stream_made plain({texts()});
    CHECK(message_of<std::exception>([&] {
              arrow_reader table(plain.stream);
          }).find("a struct of columns is required, got format \"u\"") != std::string::npos);
    CHECK(plain.streams_released == 1);
    CHECK(plain.schemas_released == 1);
}

TEST_CASE("arrays that lie of themselves are errors that name the column, and are released once") {
    const auto error = [](const std::function<void(arrow_made&)>& lie) {
        arrow_made table = arrow_struct(4, {texts()});
        lie(table.children.front());
        arrow_stream_made made({table});
        const std::string message = message_of<std::exception>([&] {
            arrow_reader reader(made.stream);
            static_cast<void>(reader.next());
        });
        CHECK(made.arrays_released == 1);
        CHECK(made.streams_released == 1);
        return message;
    };
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    CHECK(error([](arrow_made&) {}) == "no error");
    CHECK(error([](arrow_made& a) { a.length = -1; }) == R"(compute_divide::arrow: "kind": a length >= 0, got -1)");
    CHECK(error([](arrow_made& a) { a.offset = -1; }).find("\"kind\": an offset >= 0") != std::string::npos);
    CHECK(error([](arrow_made& a) { a.offset = most; }).find("an offset >= 0 and not beyond memory") !=
          std::string::npos);
    CHECK(error([](arrow_made& a) { a.length = most; }).find("a length >= 0, got 9223372036854775807") !=
          std::string::npos);
    CHECK(error([](arrow_made& a) { a.null_count = 5; }).find("a number of nulls") != std::string::npos);
    CHECK(error([](arrow_made& a) { a.null_count = -2; }).find("a number of nulls") != std::string::npos);
    CHECK(error([](arrow_made& a) { a.n_buffers = 2; }).find("as many buffers as the type has, got 2") !=
          std::string::npos);
    CHECK(error([](arrow_made& a) { a.n_children = 1; }).find("as many children as the schema has, got 1") !=
          std::string::npos);
    CHECK(error([](arrow_made& a) { a.length = 3; }).find("4 values of the struct around it are required, got 3") !=
          std::string::npos);
    CHECK(error([](arrow_made& a) {
              a.buffers[0] = no_buffer();
              a.null_count = 1;
          }).find("a bitmap where there are nulls, got 1") != std::string::npos);
    CHECK(error([](arrow_made& a) { a.buffers[1] = no_buffer(); }).find("a buffer of values or offsets") !=
          std::string::npos);

    arrow_pair pair(arrow_struct(4, {texts()}));
    pair.schema.children[0]->format = nullptr;
    CHECK(message_of<std::exception>([&] { arrow_reader table(pair.schema, pair.array); }) ==
          R"(compute_divide::arrow: "kind": a format is required, got none)");
    arrow_pair counted(arrow_struct(4, {texts()}));
    counted.schema.n_children = -1;
    CHECK(message_of<std::exception>([&] {
              arrow_reader table(counted.schema, counted.array);
          }).find("a number of children is required, got -1") != std::string::npos);
    arrow_pair released(arrow_struct(4, {texts()}));
    released.array.children[0]->release = nullptr;
    arrow_reader table(released.schema, released.array);
    CHECK(message_of<std::exception>([&] { static_cast<void>(table.next()); }).find("an array that was not released") !=
          std::string::npos);
    arrow_pair gone(arrow_struct(4, {texts()}));
    gone.array.release(&gone.array);
    CHECK(message_of<std::exception>([&] {
              arrow_reader none(gone.schema, gone.array);
          }).find("an array is required, got one that was released") != std::string::npos);
    arrow_pair dictionary(arrow_struct(4, {indices()}));
    dictionary.array.children[0]->dictionary = nullptr;
    arrow_reader coded(dictionary.schema, dictionary.array);
    CHECK(message_of<std::exception>([&] {
              static_cast<void>(coded.next());
          }).find("a dictionary where the schema has one") != std::string::npos);

    arrow_made deep = texts();
    for (int i = 0; i < 70; ++i) deep = arrow_struct(4, {deep});
    arrow_pair endless(deep);
    CHECK(message_of<std::exception>([&] {
              arrow_reader none(endless.schema, endless.array);
          }).find("required to end, got a 65th") != std::string::npos);
}
