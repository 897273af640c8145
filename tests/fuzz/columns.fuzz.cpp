// SPDX-License-Identifier: BSL-1.0
// Any bytes as a table with columns of every type: records and problems as many as rows, or an error; and what a strict
// reading takes is what a skipping one does.
#include <chrono>
#include <compute_divide/io/columns.hpp>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "require.hpp"

using namespace compute_divide;

namespace {

struct record {
    std::string text;
    std::optional<double> number;
    int whole = 0;
    std::optional<bool> truth;
    std::optional<std::chrono::sys_days> date;
    std::vector<std::string> list;
};

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size), known = "text,number,whole,truth,date,list\n" + text;
    columns<record> wanted{{"text", &record::text},
                           {"number", &record::number},
                           {"whole", &record::whole, {.required = false}},
                           {"truth", &record::truth},
                           {"date", &record::date, {.dates = date_order::month_first}},
                           {"list", &record::list}};
    try {
        csv_reader any(std::string_view(text), {.on_error = error_handling::skip});
        static_cast<void>(wanted.found_in(any, 3));
        wanted.map(text);
    } catch (const std::exception&) {
    }
    const columns<record> plain{{"text", &record::text},   {"number", &record::number}, {"whole", &record::whole},
                                {"truth", &record::truth}, {"date", &record::date},     {"list", &record::list}};
    csv_reader table(std::string_view(known), {.on_error = error_handling::skip});
    std::size_t rows = 0;
    for (const csv_row& row : table) rows += row.size() > 0 ? 1 : 0;
    csv_reader again(std::string_view(known), {.on_error = error_handling::skip});
    const auto read = read_columns(again, plain, {.on_error = error_handling::skip});
    require(read.size() + read.n_problems == rows + table.n_problems());
    csv_reader strict{std::string_view(known)};
    try {
        require(read_columns(strict, plain).size() == read.size() && read.n_problems == 0);
    } catch (const read_error&) {
        require(read.n_problems > 0);
    }
    return 0;
}
