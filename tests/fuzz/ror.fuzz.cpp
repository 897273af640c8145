// SPDX-License-Identifier: BSL-1.0
// Any bytes: organisations and problems, or a read_error that is within the text.
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
        for (const read_problem& each : table.problems)
            if (each.reason.empty() || each.column == 0 || each.column > size) std::abort();
    } catch (const read_error& error) {
        const read_problem& problem = error.problem();
        if (problem.line == 0 || problem.column == 0 || problem.column > size + 1) std::abort();
    }
    return 0;
}
