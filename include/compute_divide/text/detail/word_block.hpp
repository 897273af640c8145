// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_DETAIL_WORD_BLOCK_HPP
#define COMPUTE_DIVIDE_TEXT_DETAIL_WORD_BLOCK_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/detail/vector_of.hpp>

/// Where words begin and end in normalised text.
namespace compute_divide::inline v0_2::detail {

/// What a byte is to the boundaries of words. The first byte of a character of a script written without spaces (all
/// from U+3000 on: kana, Chinese, Hangul) is an `ideograph`.
enum class byte_kind : std::uint8_t { separator, word, continuation, ideograph };

[[nodiscard]] constexpr byte_kind kind_of(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
        return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ? byte_kind::word : byte_kind::separator;
    return byte < 0xC0 ? byte_kind::continuation : byte < 0xE3 ? byte_kind::word : byte_kind::ideograph;
}

/// Whether a word ends before a byte of that kind.
[[nodiscard]] constexpr bool ends_word_before(byte_kind kind) {
    return kind == byte_kind::separator || kind == byte_kind::ideograph;
}

/// Up to 64 bytes of a text read in order. Keeps what the next block needs to know of the one before.
struct word_block {
    /// Reads the next block of a text of which `size` bytes are left and returns, a bit a byte, where a term may begin:
    /// at each character but a space and but a letter or digit that follows another.
    std::uint64_t read(const char* at, std::size_t size) {
        text = at;
        if (size < 64 + 7) {  // short of the seven bytes that a look at eight needs behind the last
            padded_ = {};
            std::memcpy(padded_.data(), at, size);
            text = padded_.data();
        }
        const std::uint64_t word_before = words_ >> 63, ideographs_before = ideographs_;
        words_ = ideographs_ = spaces_ = continuations_ = 0;
        bytes_ = ~std::uint64_t{0};
        if (size < 64) bytes_ >>= 64 - size;
#ifdef COMPUTE_DIVIDE_SIGN_BITS
        for (std::size_t i = 0; i < 64 && i < size; i += 16) read_sixteen(i);
#else
        for (std::size_t i = 0; i < 64 && i < size; i += 8) read_eight(i);
#endif
        const std::uint64_t after_ideograph = ideographs_ << 1 | ideographs_ << 2 | ideographs_ << 3 |
                                              ideographs_before >> 63 | ideographs_before >> 62 |
                                              ideographs_before >> 61;
        const std::uint64_t first_bytes = words_;
        words_ |= continuations_ & ~after_ideograph;
        return characters() & ~(first_bytes & (words_ << 1 | word_before));
    }

    /// Where a character other than a space begins.
    [[nodiscard]] std::uint64_t characters() const {
        return bytes_ & ~(continuations_ | spaces_);
    }

    const char* text = nullptr;  ///< the block's bytes and at least seven behind them

private:
#ifdef COMPUTE_DIVIDE_SIGN_BITS
    /// In a vector where all are ASCII.
    void read_sixteen(std::size_t i) {
        using answers = vector_of<char, 16>;
        vector_of<unsigned char, 16> all;
        std::memcpy(&all, text + i, sizeof all);
        const auto as_bits = [](auto yes) { return std::uint64_t{sign_bits(reinterpret_cast<const answers&>(yes))}; };
        if (as_bits(all) != 0) {
            read_eight(i);
            read_eight(i + 8);
            return;
        }
        constexpr unsigned char n_digits = 10, n_letters = 26;
        words_ |= as_bits((all - '0' < n_digits) | (all - 'a' < n_letters)) << i;
        spaces_ |= as_bits(all == ' ') << i;
    }
#endif
    void read_eight(std::size_t i) {
        const std::uint64_t eight = load_eight(text + i);
        const std::uint64_t low = eight & ~high_bits, high = eight & high_bits;
        const std::uint64_t digits = at_least(low, '0') & ~at_least(low, '9' + 1);
        const std::uint64_t letters = at_least(low, 'a') & ~at_least(low, 'z' + 1);
        std::uint64_t word = (digits | letters) & ~high;
        if (high != 0) {
            const std::uint64_t lead = high & eight << 1, ideograph = high & at_least(low, 0xE3 - 0x80);
            word |= lead & ~ideograph;
            continuations_ |= as_bits(high & ~lead) << i;
            ideographs_ |= as_bits(ideograph) << i;
        }
        words_ |= as_bits(word) << i;
        spaces_ |= as_bits(equal_to(low, ' ') & ~high) << i;
    }

    std::uint64_t bytes_ = 0, words_ = 0, continuations_ = 0, ideographs_ = 0, spaces_ = 0;
    std::array<char, 64 + 8> padded_ = {};
};

}  // namespace compute_divide::inline v0_2::detail

#endif
