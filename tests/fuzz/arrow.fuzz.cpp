// SPDX-License-Identifier: BSL-1.0
// A table whose arrays say anything of themselves, and whose offsets, indices and lengths are any bytes: each value is
// read or refused with an error that names its column, memory is not left, and all is released once. Pointers and sizes
// of buffers are right, for the interface gives no way to see that they are not.
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/io/arrow.hpp>

#include "input.hpp"
#include "require.hpp"
#include "support/arrow_made.hpp"

using namespace compute_divide;
using test_support::arrow_bytes;
using test_support::arrow_made;

namespace {

/// Bytes of the input, then zeros: as many as any value of a column of `slots` may take.
arrow_bytes any_bytes(input& in, std::size_t size) {
    arrow_bytes bytes(size);
    const std::size_t given = in.byte();
    for (std::size_t i = 0; i < size && i < given; ++i) bytes[i] = static_cast<char>(in.byte());
    return bytes;
}

arrow_made any_column(input& in, const std::string& name, std::int64_t length, int depth) {
    static constexpr std::array<std::string_view, 30> formats{"n",   "b",    "c",    "C",       "s",        "S",
                                                              "i",   "I",    "l",    "L",       "e",        "f",
                                                              "g",   "u",    "U",    "vu",      "w:3",      "tdD",
                                                              "tdm", "tss:", "tsn:", "tsu:UTC", "d:9,2,32", "d:38,10",
                                                              "+l",  "+L",   "+w:2", "+s",      "c",        "+m"};
    arrow_made made{.format = std::string(in.one_of(formats)), .name = name, .length = length};
    made.offset = in.byte() % 4;
    const auto slots = static_cast<std::size_t>(length + made.offset + 1);
    const std::string& format = made.format;
    if (format != "n" && format != "+m") {
        made.buffers.push_back(in.byte() % 2 == 0 ? arrow_bytes() : any_bytes(in, slots / 8 + 1));
        if (format != "+s" && format != "+w:2") made.buffers.push_back(any_bytes(in, 16 * slots));
    }
    if (format == "u" || format == "U") {
        // Texts of which every offset that does not decrease and is small is right: others are set to be so.
        const std::size_t width = format == "u" ? 4 : 8;
        for (std::size_t i = 0; i < slots; ++i) {
            std::int64_t offset = static_cast<signed char>(made.buffers[1][i]);
            std::int32_t half = static_cast<std::int32_t>(offset);
            std::memcpy(made.buffers[1].data() + 16 * slots - (slots - i) * width,
                        width == 4 ? static_cast<void*>(&half) : &offset, width);
        }
        made.buffers[1].erase(made.buffers[1].begin(),
                              made.buffers[1].end() - static_cast<std::ptrdiff_t>(slots * width));
        made.buffers.push_back(arrow_bytes(128, 'x'));
    } else if (format == "vu") {
        const std::size_t count = in.byte() % 3U;
        arrow_bytes sizes;
        for (std::size_t i = 0; i < count; ++i) {
            const std::int64_t size = in.byte() + 1;
            made.buffers.push_back(arrow_bytes(static_cast<std::size_t>(size), 'y'));
            const arrow_bytes eight = test_support::arrow_values({size});
            sizes.insert(sizes.end(), eight.begin(), eight.end());
        }
        made.buffers.push_back(sizes);
    } else if (format.starts_with("+") && format != "+m" && depth < 3) {
        made.children.push_back(
            any_column(in, "inner", format == "+s" ? static_cast<std::int64_t>(slots) : in.byte() % 32, depth + 1));
    }
    if (format == "c" && in.byte() % 2 == 0 && depth < 3)
        made.dictionary = std::make_shared<arrow_made>(any_column(in, "value", in.byte() % 32, depth + 1));
    // What is a lie of lengths is made smaller, so that buffers are as long as the array says, or refused before.
    switch (in.byte() % 16) {
        case 1:
            made.null_count = in.byte() - 3;
            break;
        case 2:
            made.n_buffers = in.byte() % 2;
            break;
        case 3:
            made.n_children = 0;
            break;
        case 4:
            made.length = -static_cast<std::int64_t>(in.byte());
            break;
        case 5:
            made.offset = -1;
            break;
        case 6:
            made.offset = std::numeric_limits<std::int64_t>::max() - in.byte();
            break;
        case 7:
            made.length = std::numeric_limits<std::int64_t>::max() - in.byte();
            break;
        default:
            break;
    }
    return made;
}

template <class T>
void use(const std::optional<T>& value) {
    if (!value) return;
    if constexpr (std::is_same_v<T, std::string_view>) {
        unsigned sum = 0;
        for (const char c : *value) sum += static_cast<unsigned char>(c);
        require(value->size() < 1024 || sum == 1);
    } else if constexpr (detail::is_arrow_list<T>) {
        for (const auto& each : *value) use(each);
    }
}
template <class T>
void read_as(const arrow_reader& table, const arrow_batch& batch, const char* name) {
    try {
        const auto field = table.field<T>(name);
        for (const arrow_row row : batch) {
            try {
                use(field(row));
            } catch (const read_error& error) {
                require(!error.problem().field.empty() && error.problem().reason.starts_with("row "));
            }
        }
    } catch (const std::invalid_argument&) {  // no such column, or of another type
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input in(data, size);
    const std::int64_t rows = in.byte() % 16;
    arrow_made columns = test_support::arrow_struct(rows, {any_column(in, "a", rows, 0), any_column(in, "b", rows, 0)});
    test_support::arrow_stream_made made({columns, columns});
    int batches = 0;
    {
        std::optional<arrow_reader> table;
        try {
            table.emplace(made.stream);
            for (auto batch = table->next(); batch; batch = table->next()) {
                ++batches;
                for (const char* const name : {"a", "b", "a.inner", "b.inner", "a.inner.inner"}) {
                    read_as<bool>(*table, *batch, name);
                    read_as<std::int16_t>(*table, *batch, name);
                    read_as<std::uint64_t>(*table, *batch, name);
                    read_as<double>(*table, *batch, name);
                    read_as<std::string_view>(*table, *batch, name);
                    read_as<std::chrono::sys_days>(*table, *batch, name);
                    read_as<std::chrono::sys_time<std::chrono::nanoseconds>>(*table, *batch, name);
                    read_as<arrow_list<double>>(*table, *batch, name);
                    read_as<arrow_list<std::string_view>>(*table, *batch, name);
                }
            }
        } catch (const read_error& error) {
            require(!error.problem().reason.empty());
            ++batches;  // the one that was refused is released, too; none where the schema was
        }
    }
    require(made.streams_released == 1 && made.schemas_released == 1);
    require(made.arrays_released == batches || made.arrays_released == 0);
    return 0;
}
