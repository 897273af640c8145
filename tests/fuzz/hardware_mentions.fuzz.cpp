// SPDX-License-Identifier: BSL-1.0
// Any text: mentions in order, with spans inside it and figures that can be.
#include <compute_divide/compute/hardware_reader.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const hardware_reader read;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::size_t before = 0;
    for (const hardware_mention& one : read(text)) {
        require(one.span.begin >= before && one.span.begin < one.span.end && one.span.end <= size);
        before = one.span.begin;
        for (const text_span& part :
             {one.chip_span, one.count_span, one.time_span, one.utilisation_span, one.format_span})
            require(part == text_span{} || (part.begin >= one.span.begin && part.end <= one.span.end));
        require(!one.count || *one.count >= 1);
        require(!one.hours || *one.hours > 0);
        require(!one.chip_hours || *one.chip_hours > 0);
        for (const stated_bounds& ends : {one.count_bounds, one.hours_bounds, one.chip_hours_bounds})
            require(!ends.lower || !ends.upper || *ends.lower <= *ends.upper);
        require(!one.utilisation || (*one.utilisation > 0 && *one.utilisation <= 1));
    }
    return 0;
}
