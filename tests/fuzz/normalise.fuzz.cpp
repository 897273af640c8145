// SPDX-License-Identifier: BSL-1.0
// Any bytes: the normalised text is UTF-8 without capitals, double spaces or control characters, its origins never go
// back, and it does not depend on where the text begins in memory or what was normalised before.
#include <compute_divide/text/normalise.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "require.hpp"

using namespace compute_divide;

namespace {

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length == 0 || i + length > text.size()) return false;
        for (std::size_t tail = 1; tail < length; ++tail)
            if ((text[i + tail] & '\xC0') != '\x80') return false;
        i += length;
    }
    return true;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static normalised_text out;
    const std::string text(data, data + size);
    normalise(text, out);
    const std::string_view view = out.view();
    require(is_utf8(view) && view == normalised(text) && view.find("  ") == view.npos);
    require(out.origin(view.size()) == size);
    for (std::size_t i = 0; i < view.size(); ++i) {
        const auto byte = static_cast<unsigned char>(view[i]);
        require(byte >= ' ' && byte != 0x7F && !(byte >= 'A' && byte <= 'Z'));
        require(out.origin(i) < size && out.origin(i) <= out.origin(i + 1));
    }
    require(normalised("|||" + text) == "|||" + std::string(view) || text.empty() || (text[0] & 0x80) != 0);
    return 0;
}
