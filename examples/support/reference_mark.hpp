// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REFERENCE_MARK_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REFERENCE_MARK_HPP

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

/// What a model was published in, told apart without its title.
namespace example {

/// "#" and ten hexadecimal digits: FNV-1a (64 bits, the lower 40 of them) over letters and digits in lower case and all
/// bytes that are not ASCII. A mark stays as it is; nothing of nothing.
[[nodiscard]] inline std::string reference_mark(std::string_view reference) {
    if (reference.size() == 11 && reference.front() == '#') return std::string(reference);
    std::uint64_t hash = 14695981039346656037ULL;
    bool says_something = false;
    for (char c : reference) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) continue;
        says_something = true;
        hash = (hash ^ byte) * 1099511628211ULL;
    }
    if (!says_something) return "";
    char text[16];
    std::snprintf(text, sizeof text, "#%010llx", static_cast<unsigned long long>(hash & 0xFFFFFFFFFFULL));
    return text;
}

}  // namespace example

#endif
