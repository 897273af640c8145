// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_WIDE_INTEGER_HPP
#define COMPUTE_DIVIDE_DETAIL_WIDE_INTEGER_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>

#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/multiply_words.hpp>

/// Whole numbers of several 64-bit words, in two's complement: sums that are the same in any order.
namespace compute_divide::inline v0_2::detail {

/// Arithmetic is modulo 2^(64 Words), as that of unsigned integers: nothing is undefined.
template <std::size_t Words>
struct wide_integer {
    std::array<std::uint64_t, Words> words = {};  ///< the lowest first

    constexpr wide_integer() = default;
    constexpr explicit wide_integer(std::int64_t x) {
        words.fill(x < 0 ? ~std::uint64_t{0} : 0);
        words[0] = static_cast<std::uint64_t>(x);
    }
    [[nodiscard]] static constexpr wide_integer of_unsigned(std::uint64_t x) {
        wide_integer made;
        made.words[0] = x;
        return made;
    }
    /// Of one of fewer words.
    template <std::size_t Fewer>
    requires(Fewer < Words) [[nodiscard]] static constexpr wide_integer of(const wide_integer<Fewer>& x) {
        wide_integer made;
        made.words.fill(x.is_negative() ? ~std::uint64_t{0} : 0);
        for (std::size_t i = 0; i < Fewer; ++i) made.words[i] = x.words[i];
        return made;
    }

    [[nodiscard]] constexpr bool is_negative() const { return words[Words - 1] >> 63U != 0; }
    [[nodiscard]] constexpr bool is_zero() const { return words == decltype(words){}; }

    constexpr wide_integer& operator+=(const wide_integer& other) {
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < Words; ++i) carry = add_to(words[i], other.words[i], carry);
        return *this;
    }
    constexpr wide_integer& operator+=(std::int64_t x) {
#ifdef COMPUTE_DIVIDE_TWO_WORDS
        if constexpr (Words >= 2) {
            add_two(static_cast<two_words>(static_cast<signed_two_words>(x)), x < 0);
            return *this;
        }
#endif
        const std::uint64_t rest = x < 0 ? ~std::uint64_t{0} : 0;
        std::uint64_t carry = add_to(words[0], static_cast<std::uint64_t>(x), 0);
        for (std::size_t i = 1; i < Words; ++i) carry = add_to(words[i], rest, carry);
        return *this;
    }
    /// Adds a b.
    constexpr void add_product(std::int64_t a, std::int64_t b) {
        static_assert(Words > 1);
#ifdef COMPUTE_DIVIDE_TWO_WORDS
        const signed_two_words product = static_cast<signed_two_words>(a) * b;
        add_two(static_cast<two_words>(product), product < 0);
#else
        auto [low, high] = multiply_words(static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(b));
        high -= (a < 0 ? static_cast<std::uint64_t>(b) : 0) + (b < 0 ? static_cast<std::uint64_t>(a) : 0);
        const std::uint64_t rest = high >> 63U != 0 ? ~std::uint64_t{0} : 0;
        std::uint64_t carry = add_to(words[0], low, 0);
        carry = add_to(words[1], high, carry);
        for (std::size_t i = 2; i < Words; ++i) carry = add_to(words[i], rest, carry);
#endif
    }
    [[nodiscard]] constexpr wide_integer operator-() const {
        wide_integer negative;
        for (std::size_t i = 0; i < Words; ++i) negative.words[i] = ~words[i];
        return negative += wide_integer(1);
    }
    [[nodiscard]] friend constexpr wide_integer operator+(wide_integer a, const wide_integer& b) {
        return a += b;
    }
    [[nodiscard]] friend constexpr wide_integer operator-(wide_integer a, const wide_integer& b) {
        return a += -b;
    }
    [[nodiscard]] friend constexpr wide_integer operator*(const wide_integer& a, const wide_integer& b) {
        wide_integer product;
        for (std::size_t i = 0; i < Words; ++i) {
            std::uint64_t carry = 0;
            for (std::size_t j = 0; i + j < Words; ++j) {
                auto [low, high] = multiply_words(a.words[i], b.words[j]);
                std::uint64_t& word = product.words[i + j];
                low += carry;
                high += low < carry ? 1U : 0U;
                word += low;
                high += word < low ? 1U : 0U;
                carry = high;
            }
        }
        return product;
    }
    friend constexpr bool operator==(const wide_integer&, const wide_integer&) = default;

    /// The nearest double but for some units of its last place; the same everywhere.
    [[nodiscard]] double as_double() const {
        if (is_negative()) return -(-*this).as_double();
        double sum = 0;
        for (std::size_t i = Words; i-- > 0;)
            sum += std::ldexp(static_cast<double>(words[i]), static_cast<int>(64 * i));
        return sum;
    }

    static auto state(auto& self) {
        return std::tie(self.words);
    }

private:
#ifdef COMPUTE_DIVIDE_TWO_WORDS
    /// Adds two words, which those above continue with zeros, or with ones where `negative`: instructions with carry.
    constexpr void add_two(two_words more, bool negative) {
        const two_words sum = (static_cast<two_words>(words[1]) << 64U | words[0]) + more;
        words[0] = static_cast<std::uint64_t>(sum);
        words[1] = static_cast<std::uint64_t>(sum >> 64U);
        std::uint64_t carry = sum < more ? 1 : 0;
        const std::uint64_t rest = negative ? ~std::uint64_t{0} : 0;
        for (std::size_t i = 2; i < Words; ++i) carry = add_to(words[i], rest, carry);
    }
#endif
    /// Adds to a word; returns what is to be added to the next.
    static constexpr std::uint64_t add_to(std::uint64_t& word, std::uint64_t more, std::uint64_t carry) {
        const std::uint64_t sum = word + more, all = sum + carry;
        const std::uint64_t next = (sum < more ? 1U : 0U) | (all < sum ? 1U : 0U);
        word = all;
        return next;
    }
};

}  // namespace compute_divide::inline v0_2::detail

#endif
