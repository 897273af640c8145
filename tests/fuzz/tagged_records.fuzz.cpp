// SPDX-License-Identifier: BSL-1.0
// Any bytes behind the first line of a plain-text export: a table of which every row can be read, on a line of the
// text, or an error that is documented.
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/tagged_records.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

#include "require.hpp"

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const bool is_pubmed = data[0] % 2 == 1;
    std::string text = is_pubmed ? "PMID- 1\n" : "FN x\n";
    text.append(data + 1, data + size);
    const std::string skipping = csv_of_tagged(text, "", error_handling::skip);
    csv_reader rows(skipping, {.on_error = error_handling::skip});
    std::size_t n = 0;
    for (const csv_row& row : rows) n += row.size() == rows.columns().size() ? 1U : 0U;
    try {
        const std::string table = csv_of_tagged(text);
        csv_reader strict(table);
        std::size_t all = 0;
        for ([[maybe_unused]] const csv_row& row : strict) ++all;
        require(all == n && rows.n_problems() == 0);
        require(!is_pubmed || n > 0);
    } catch (const read_error& error) {
        require(!is_pubmed && error.problem().line > 1);
    }
    return 0;
}
