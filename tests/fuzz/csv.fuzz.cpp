// SPDX-License-Identifier: BSL-1.0
// Any bytes: read whole and in small blocks alike, strictly as skipping without a problem, and the same when written
// and read again. The first byte chooses the block size and the delimiter.
#include <compute_divide/io/csv.hpp>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "require.hpp"

using namespace compute_divide;

namespace {

using rows_of_text = std::vector<std::vector<std::string>>;

rows_of_text rows_of(csv_reader& reader) {
    rows_of_text rows;
    for (const csv_row& row : reader) {
        auto& fields = rows.emplace_back(1, std::to_string(row.line()));
        for (std::size_t i = 0; i < row.size(); ++i) fields.emplace_back(row[i]);
    }
    return rows;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string text(data + 1, data + size);
    csv_options options{
        .delimiter = (data[0] & 64) != 0 ? ';' : ',', .header = false, .on_error = error_handling::skip};
    csv_reader whole(std::string_view(text), options);
    rows_of_text rows = rows_of(whole);

    options.block_size = 1 + data[0] % 64U;
    std::istringstream in(text);
    csv_reader blocks(in, options);
    require(rows_of(blocks) == rows);
    require(blocks.problems() == whole.problems());

    options.on_error = error_handling::fail;
    try {
        csv_reader strict(std::string_view(text), options);
        require(rows_of(strict) == rows && whole.problems().empty());
    } catch (const read_error& error) {
        require(whole.problems().at(0) == error.problem());
    }

    std::ostringstream out;
    for (auto& row : rows) {
        row.erase(row.begin());
        write_csv_row(out, row, options.delimiter);
    }
    const std::string written = out.str();
    csv_reader again(std::string_view(written), options);
    rows_of_text read = rows_of(again);
    for (auto& row : read) row.erase(row.begin());
    require(read == rows);
    return 0;
}
