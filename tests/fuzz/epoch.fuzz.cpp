// SPDX-License-Identifier: BSL-1.0
// Any bytes after the header of an old or a new table, or without one: every row is a model or a problem.
#include <compute_divide/io/epoch.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    constexpr std::string_view headers[] = {
        "",
        "System,Organization(s),Organization Categorization,Publication date,Year,Reference,Inclusion criteria,"
        "Inclusion criteria met,Training compute (FLOPs)\n",
        "Model,Organization,Organization categorization,Publication date,Training compute (FLOP),Training hardware\n"};
    const std::string text = std::string(headers[data[0] % 3]).append(data + 1, data + size);
    const csv_options options{.on_error = error_handling::skip};
    try {
        csv_reader rows(std::string_view(text), options);
        std::size_t records = 0;
        for (auto row = rows.begin(); row != std::default_sentinel; ++row) ++records;
        const epoch_table table = read_epoch(csv_reader(std::string_view(text), options));
        if (table.models.size() != records || table.problems.size() < rows.problems().size()) std::abort();
    } catch (const read_error&) {
        return 0;  // the header
    } catch (const std::invalid_argument&) {
        return 0;  // not a table of models
    }
    return 0;
}
