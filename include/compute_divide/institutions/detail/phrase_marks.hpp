// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_PHRASE_MARKS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_PHRASE_MARKS_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/random.hpp>

/// Which kinds a phrase is of, from a table that holds no phrases: as many facts as a program needs, in a few bytes
/// each.
namespace compute_divide::inline v0_2::detail {

/// FNV-1a, of 64 bits: the key of a word that goes on with a byte, and of a word.
[[nodiscard]] constexpr std::uint64_t word_key(char next, std::uint64_t key) {
    return (key ^ static_cast<unsigned char>(next)) * 0x100000001B3u;
}
[[nodiscard]] constexpr std::uint64_t word_key(std::string_view word) {
    std::uint64_t key = 0xCBF29CE484222325u;
    for (const char c : word) key = word_key(c, key);
    return key;
}
/// A short list of words by their keys. Most that are asked for are not in it, which one bit tells.
template <std::size_t N>
class word_list {
public:
    explicit consteval word_list(const std::string_view (&words)[N]) {
        for (std::size_t i = 0; i < N; ++i) {
            keys_[i] = word_key(words[i]);
            bits_ |= bit_of(keys_[i]);
        }
    }
    [[nodiscard]] constexpr bool has(std::uint64_t key) const {
        return (bits_ & bit_of(key)) != 0 && detail::find(keys_, key) != keys_.end();
    }

private:
    static constexpr std::uint64_t bit_of(std::uint64_t key) { return std::uint64_t{1} << (key * golden_gamma >> 58); }

    std::array<std::uint64_t, N> keys_ = {};
    std::uint64_t bits_ = 0;
};

/// The key of a phrase that goes on with a word; that of no words is 0.
[[nodiscard]] constexpr std::uint64_t phrase_key(std::uint64_t phrase, std::uint64_t word) {
    return ((phrase << 23 | phrase >> 41) ^ word) * golden_gamma;
}
/// The key of a phrase whose words have one space between.
[[nodiscard]] constexpr std::uint64_t phrase_key(std::string_view phrase) {
    std::uint64_t key = 0;
    for (std::size_t begin = 0; begin < phrase.size();) {
        const std::size_t end = phrase.find(' ', begin) < phrase.size() ? phrase.find(' ', begin) : phrase.size();
        key = phrase_key(key, word_key(phrase.substr(begin, end - begin)));
        begin = end + 1;
    }
    return key;
}

/// Where a phrase stands in a table of `slots` slots (a multiple of 3), and its mark there, of 14 bits.
struct phrase_place {
    std::array<std::size_t, 3> slots;
    std::uint32_t mark;
};
[[nodiscard]] constexpr phrase_place place_of(std::uint64_t key, std::size_t slots) {
    const std::uint64_t x = mixed(key);
    const std::uint64_t y = mixed(x);
    const std::uint64_t third = slots / 3;
    const auto at = [&](std::uint64_t bits, std::uint64_t part) {
        return static_cast<std::size_t>(part * third + ((bits & 0xFFFFFFFFu) * third >> 32));
    };
    return {{at(x, 0), at(x >> 32, 1), at(y, 2)}, static_cast<std::uint32_t>(y >> 50)};
}

/// Slots of 18 bits, as three characters of six bits from '#' on. The slots of a phrase of the table xor to its mark
/// and, in the lowest four bits, its kinds; those of any other phrase to another mark, but for one in 16,384
/// (Botelho, Pagh and Ziviani 2007, Simple and space-efficient minimal perfect hash functions; Graf and Lemire 2020,
/// Xor filters).
inline constexpr std::size_t slots_per_block = 21'000;  // longer literals are not portable
inline constexpr char slot_zero = '#';

/// The kinds of a phrase, as bits; 0 where the table does not have it.
template <std::size_t Blocks>
[[nodiscard]] constexpr unsigned kinds_of(const char (&blocks)[Blocks][3 * slots_per_block + 1], std::uint64_t key) {
    const phrase_place place = place_of(key, Blocks * slots_per_block);
    std::uint32_t bits = place.mark << 4;
    for (const std::size_t slot : place.slots) {
        const char* const at = blocks[slot / slots_per_block] + 3 * (slot % slots_per_block);
        for (int i = 0; i < 3; ++i) bits ^= static_cast<std::uint32_t>(at[i] - slot_zero) << 6 * i;
    }
    return bits < 16 ? bits : 0;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
