// SPDX-License-Identifier: BSL-1.0
// Any text: numbers in order and inside it, their bounds about their value, each the same when asked for by its place.
#include <compute_divide/compute/stated_sizes.hpp>
#include <compute_divide/text/quantities.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::size_t before = 0;
    for_each_number(text, [&](const written_number& each) {
        require(each.begin >= before && each.begin < each.end && each.end <= size);
        before = each.end;
        require(!each || (each.lower <= each.value && each.value <= each.upper));
        const std::string_view unit = unit_after(text, each);
        require(unit.empty() ||
                (unit.data() >= text.data() + each.end && unit.data() + unit.size() <= text.data() + size));
        const written_number again = number_at(text, each.begin);
        require(again.end == each.end && (!each || again == each));
    });
    for (const stated_size& each : sizes_in(text))
        require(each.span.begin == each.number.begin && each.number.end <= each.span.end && each.span.end <= size);
    return 0;
}
