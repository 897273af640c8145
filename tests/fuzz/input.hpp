// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_FUZZ_INPUT_HPP
#define COMPUTE_DIVIDE_TESTS_FUZZ_INPUT_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

#include "support/sound.hpp"

/// Takes numbers and texts off the bytes of an input; where these end, zeros and empty texts.
class input {
public:
    input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

    [[nodiscard]] bool empty() const { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const { return rest_; }

    [[nodiscard]] std::uint8_t byte() {
        if (rest_.empty()) return 0;
        const char first = rest_.front();
        rest_.remove_prefix(1);
        return static_cast<std::uint8_t>(first);
    }
    /// One of a list, an array or what enumerators() gives.
    template <class List>
    [[nodiscard]] auto one_of(const List& list) {
        return list[byte() % list.size()];
    }
    /// A small number, one at an edge, one that is the last but for rounding or a tie with it, or any eight bytes.
    [[nodiscard]] double number() {
        using limits = std::numeric_limits<double>;
        constexpr std::array edges{limits::max(),
                                   -limits::max(),
                                   limits::min(),
                                   limits::denorm_min(),
                                   limits::epsilon(),
                                   1e154,
                                   1.3e154,
                                   1e-154,
                                   1e-170,
                                   1e-18,
                                   1e16,
                                   0x1p53,
                                   -0.0,
                                   limits::infinity(),
                                   limits::quiet_NaN(),
                                   1e308,
                                   1 - 0x1p-53,
                                   1 + 0x1p-52,
                                   1e100,
                                   -1e-300};
        const std::uint8_t kind = byte();
        if (kind < 128) return last_ = kind / 2 - 16 + (kind % 2 == 0 ? 0 : 0.5);
        if (kind < 176) return last_ = edges[kind % edges.size()];
        if (kind < 192) return last_;
        if (kind < 208) return last_ = std::nextafter(last_, kind % 2 == 0 ? limits::infinity() : -limits::infinity());
        if (kind < 224) return last_ = std::ldexp(1 + byte() / 256.0, (kind % 2 == 0 ? 4 : -4) * byte());
        char bytes[8] = {};
        for (char& each : bytes) each = static_cast<char>(byte());
        std::memcpy(&last_, bytes, sizeof bytes);
        return last_;
    }
    /// As many bytes as the next one says.
    [[nodiscard]] std::string text() {
        const std::size_t size = std::min<std::size_t>(byte(), rest_.size());
        std::string taken(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return taken;
    }

private:
    std::string_view rest_;
    double last_ = 1;
};

/// What libFuzzer sees as a failure, where a result is not sound, or refused in another than the documented way.
template <class Compute>
void require_sound(const char* name, const Compute& compute) {
    const std::string wrong = test_support::unsound_in(name, compute);
    if (wrong.empty()) return;
    std::fprintf(stderr, "%s\n", wrong.c_str());
    std::abort();
}

#endif
