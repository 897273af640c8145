// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_MULTIPLY_WORDS_HPP
#define COMPUTE_DIVIDE_DETAIL_MULTIPLY_WORDS_HPP

#include <cstdint>

#include <compute_divide/detail/compiler.hpp>

namespace compute_divide::inline v0_2::detail {

struct product_of_words {
    std::uint64_t low, high;
};
/// All 128 bits of the product of two words.
[[nodiscard]] constexpr product_of_words multiply_words(std::uint64_t a, std::uint64_t b) {
#if defined(COMPUTE_DIVIDE_TWO_WORDS) && !defined(__wasm__)  // where it is a function to call
    const two_words product = static_cast<two_words>(a) * b;
    return {static_cast<std::uint64_t>(product), static_cast<std::uint64_t>(product >> 64U)};
#else
    constexpr std::uint64_t half = 0xFFFFFFFF;
    const std::uint64_t a0 = a & half, a1 = a >> 32U, b0 = b & half, b1 = b >> 32U;
    const std::uint64_t middle = a1 * b0 + ((a0 * b0) >> 32U), other = a0 * b1 + (middle & half);
    return {(other << 32U) | ((a0 * b0) & half), a1 * b1 + (middle >> 32U) + (other >> 32U)};
#endif
}

}  // namespace compute_divide::inline v0_2::detail

#endif
