// SPDX-License-Identifier: BSL-1.0
// Any bytes as a cell of affiliations: every one is a part of the cell, not blank, and behind the one before.
#include <compute_divide/io/bibliographic_exports.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.hpp"

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const std::string_view cell(text);
    for (const affiliation_cell form : {affiliation_cell::listed, affiliation_cell::parenthesised}) {
        const char* last = cell.data();
        for_each_affiliation(cell, form, [&](std::string_view each) {
            require(each.data() >= last && each.data() + each.size() <= cell.data() + cell.size());
            require(!each.empty() && trimmed(each) == each);
            last = each.data() + each.size();
        });
    }
    static_cast<void>(export_of(affiliations_in(cell)));
    return 0;
}
