// SPDX-License-Identifier: BSL-1.0
// Any bytes: a result, the same twice, whose sectors are those of its institutions.
#include <algorithm>
#include <compute_divide/institutions/classifier.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const classifier who;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const affiliation found = who(text);
    require(found == who(text));
    static classifier::workspace memory;
    require(found == who(text, memory));
    require(!found.sectors.empty());
    require(found.institutions.empty() == (found.sectors.front() == sector::unknown));
    for (const institution& each : found.institutions) {
        require(each.confidence > 0 && each.confidence <= 1);
        require(std::ranges::find(found.sectors, sector_of(each.type)) != found.sectors.end());
    }
    return 0;
}
