// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_GZIP_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_GZIP_HPP

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <isa-l/igzip_lib.h>

namespace test_support {

/// A text as one gzip member.
inline std::string gzipped(std::string_view text) {
    std::string packed(text.size() + text.size() / 8 + 1000, '\0');
    isal_zstream stream;
    isal_deflate_stateless_init(&stream);
    stream.gzip_flag = IGZIP_GZIP;
    stream.end_of_stream = 1;
    stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<std::uint32_t>(text.size());
    stream.next_out = reinterpret_cast<std::uint8_t*>(packed.data());
    stream.avail_out = static_cast<std::uint32_t>(packed.size());
    if (isal_deflate_stateless(&stream) != COMP_OK) throw std::runtime_error("gzipped: the text cannot be packed");
    packed.resize(stream.total_out);
    return packed;
}

}  // namespace test_support

#endif
