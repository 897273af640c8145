// SPDX-License-Identifier: BSL-1.0
// Any bytes after the header of a table of accelerators, or without one: what is read is written and read back the
// same.
#include <compute_divide/io/accelerator_list.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace compute_divide;

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string header =
        data[0] % 2 == 0 ? "" : "Name,Aliases,Released,Figures are of,Cores per chip,power (W),fp8 sparse (FLOP/s)\n";
    const std::string text = std::string(header).append(data + 1, data + size);
    try {
        const accelerator_list list = read_accelerators(
            csv_reader(std::string_view(text), {.on_error = error_handling::skip}), {.on_error = error_handling::skip});
        std::ostringstream written;
        write_accelerators(written, list.chips());
        const std::string again = written.str();
        if (read_accelerators(csv_reader(std::string_view(again))).chips() != list.chips()) std::abort();
    } catch (const read_error&) {
        return 0;  // the header
    } catch (const std::invalid_argument&) {
        return 0;  // not a table of accelerators
    }
    return 0;
}
