// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_EIGHT_BYTES_HPP
#define COMPUTE_DIVIDE_DETAIL_EIGHT_BYTES_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// Eight bytes of text handled at once in a 64-bit word. A test's answer is the high bit of each byte it holds for.
namespace compute_divide::inline v0_2::detail {

inline constexpr std::uint64_t low_bits = 0x0101010101010101;
inline constexpr std::uint64_t high_bits = 0x80 * low_bits;

[[nodiscard]] constexpr std::uint64_t eight_times(char byte) {
    return low_bits * static_cast<unsigned char>(byte);
}

/// Its bytes turned round where the machine has the highest first.
[[nodiscard]] constexpr std::uint64_t lowest_first(std::uint64_t word) {
    if constexpr (std::endian::native == std::endian::big) {
        word = (word & 0x00FF00FF00FF00FF) << 8 | (word >> 8 & 0x00FF00FF00FF00FF);
        word = (word & 0x0000FFFF0000FFFF) << 16 | (word >> 16 & 0x0000FFFF0000FFFF);
        word = word << 32 | word >> 32;
    }
    return word;
}
/// The first byte is the lowest.
[[nodiscard]] inline std::uint64_t load_eight(const char* text) {
    std::uint64_t word = 0;
    std::memcpy(&word, text, 8);
    return lowest_first(word);
}
/// The same of `size` bytes, up to seven, with zeros behind.
[[nodiscard]] inline std::uint64_t load_less_than_eight(const char* text, std::size_t size) {
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(text[i])} << 8 * i; };
    if (size < 4) return size == 0 ? 0 : byte(0) | byte(size / 2) | byte(size - 1);
    const auto four = [](const char* at) {
        std::uint32_t half = 0;
        std::memcpy(&half, at, 4);
        return std::endian::native == std::endian::big ? lowest_first(half) >> 32 : half;
    };
    return four(text) | four(text + size - 4) << 8 * (size - 4);
}
inline void store_eight(std::uint64_t word, char* text) {
    word = lowest_first(word);
    std::memcpy(text, &word, 8);
}

/// Which bytes of `word`, all below 0x80, are at least `bound`, or are `byte`.
[[nodiscard]] constexpr std::uint64_t at_least(std::uint64_t word, char bound) {
    return (word + (high_bits - eight_times(bound))) & high_bits;
}
[[nodiscard]] constexpr std::uint64_t equal_to(std::uint64_t word, char byte) {
    return ~((word ^ eight_times(byte)) + (high_bits - low_bits)) & high_bits;
}

/// The answers as bits 0 to 7.
[[nodiscard]] constexpr std::uint64_t as_bits(std::uint64_t answers) {
    return ((answers >> 7) * 0x0102040810204080) >> 56;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
