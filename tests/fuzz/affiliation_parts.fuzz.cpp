// SPDX-License-Identifier: BSL-1.0
// Any bytes: parts in order, within the text, none empty, the same from a parser that has read other texts.
#include <compute_divide/institutions/affiliation_parts.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static affiliation_parser parser;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parts = affiliation_parts(text);
    require(parts == parser(text));
    std::size_t before = 0;
    for (const affiliation_part& each : parts) {
        require(before <= each.from && each.from < each.to && each.to <= size);
        before = each.to;
    }
    return 0;
}
