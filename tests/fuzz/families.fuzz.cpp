// SPDX-License-Identifier: BSL-1.0
// Any bytes as a table of families: rows or problems, and a tree that answers every name in it in every year, or says
// that it is none; an answer is a name of the table's, of the known ones, or the name itself.
#include <compute_divide/io/families.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "require.hpp"

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = "organisation,family,since,until\n" + std::string(data, data + size);
    const families_table table = read_families(csv_reader(std::string_view(text), {.on_error = error_handling::skip}),
                                               {.on_error = error_handling::skip});
    const auto rows = table.rows();
    for (const bool known : {true, false}) {
        std::optional<family_tree> families;
        try {
            families.emplace(family_options{.own = rows, .known = known, .campuses = known});
        } catch (const std::invalid_argument&) {
            continue;
        }
        for (const family_record& each : table.records)
            for (const int year : {1995, 2014, each.since.value_or(0), each.until.value_or(9999)}) {
                const std::string family = (*families)(each.organisation, year);
                require(!family.empty());
                require((*families)(family, year) == family);
            }
        static_cast<void>((*families)(std::string_view(text)));
    }
    return 0;
}
