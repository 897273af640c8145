// SPDX-License-Identifier: BSL-1.0
// Any bytes: the same text and the same problem, whatever the sizes of blocks and pieces.
#include <compute_divide/io/compressed.hpp>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <utility>

#include "require.hpp"

using namespace compute_divide;

namespace {

std::pair<std::string, std::string> read(const std::string& bytes, std::size_t block_size, std::size_t piece) {
    constexpr std::size_t most = std::size_t{1} << 22;  // a kilobyte may hold a megabyte
    std::istringstream stream(bytes);
    byte_source source(stream, block_size);
    std::string text, buffer(piece, '\0');
    for (std::size_t got = piece; got == piece && text.size() < most;) {
        got = source.read(buffer.data(), piece);
        text.append(buffer, 0, got);
    }
    require(source.bytes_taken() <= bytes.size());
    return {text.substr(0, most), text.size() < most ? source.problem() : std::string()};
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string bytes(data + 1, data + size);
    const auto whole = read(bytes, std::size_t{1} << 17, std::size_t{1} << 16);
    const auto pieces = read(bytes, 2 + data[0] % 64, 1 + data[0]);
    // How much of damaged text is unpacked before that is noticed depends on the sizes, and so may what it is.
    require(whole.second.empty() ? whole == pieces : !pieces.second.empty());
    return 0;
}
