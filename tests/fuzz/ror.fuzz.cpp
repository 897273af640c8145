// SPDX-License-Identifier: BSL-1.0
// Any bytes: organisations and problems, or a ror_error that is within the text.
#include <compute_divide/io/ror.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream stream(std::string(data, data + size));
    try {
        const ror_table table = read_ror(stream, {.inactive = true});
        for (const organisation& each : table.organisations)
            if (each.id.empty() || each.names.empty() || each.status == organisation_status::withdrawn) std::abort();
        for (const ror_problem& each : table.problems)
            if (each.reason.empty() || each.byte == 0 || each.byte > size) std::abort();
    } catch (const ror_error& error) {
        if (error.line == 0 || error.byte == 0 || error.byte > size + 1) std::abort();
    }
    return 0;
}
