// SPDX-License-Identifier: BSL-1.0
// Any bytes as a formula: a formula within its limits, or std::invalid_argument.
#include <compute_divide/regression/formula.hpp>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>

#include "require.hpp"

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto f = compute_divide::parse_formula({reinterpret_cast<const char*>(data), size});
        require(!f.response.column.empty() && !f.response.levels);
        require(f.terms.size() <= 1000);
        for (const auto& term : f.terms) {
            require(!term.empty() && term.size() <= 8);
            for (const auto& factor : term) {
                require(!factor.column.empty() && factor.power >= 1 && factor.power <= 9);
                require(!factor.levels || (factor.function.empty() && factor.power == 1));
            }
        }
        for (const auto& effect : f.effects) require(!effect.empty() && !effect.front().empty());
    } catch (const std::invalid_argument&) {
        return 0;
    }
    return 0;
}
