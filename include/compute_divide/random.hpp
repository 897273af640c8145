// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_RANDOM_HPP
#define COMPUTE_DIVIDE_RANDOM_HPP

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

#include <compute_divide/detail/multiply_words.hpp>

/// Random numbers that are the same on every platform, compiler and number of threads.
namespace compute_divide::inline v0_2 {

namespace detail {

inline constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15u;

/// The output function of splitmix64 (Steele, Lea, Flood 2014): a bijection that mixes all bits.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

}  // namespace detail

/// A stream of random 64-bit numbers for each pair (seed, stream), a std::uniform_random_bit_generator. Work that is
/// done in parts, such as replicates, takes one stream a part, and its numbers do not depend on who does which part.
///
/// xoshiro256++ (Blackman, Vigna 2021), its state filled by splitmix64: 32 bytes that cost 6 multiplications to seed.
/// Boost.Random (1.74) has no generator of this quality that can be seeded for every replicate (mt19937_64 fills
/// 2.5 kB), and std's distributions differ between platforms. Checked against the authors' published outputs
/// (tests/reference/bootstrap.py).
class random_stream {
public:
    using result_type = std::uint64_t;

    constexpr explicit random_stream(std::uint64_t seed, std::uint64_t stream = 0) {
        std::uint64_t counter = detail::mixed(detail::mixed(seed + detail::golden_gamma) + stream);
        for (auto& word : state_) word = detail::mixed(counter += detail::golden_gamma);
    }

    [[nodiscard]] static constexpr result_type min() { return 0; }
    [[nodiscard]] static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    /// The next number of the stream, of 64 bits.
    constexpr result_type operator()() {
        auto& [a, b, c, d] = state_;
        const result_type result = std::rotl(a + d, 23) + a;
        const result_type shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = std::rotl(d, 45);
        return result;
    }

    /// An integer in [0, bound), each exactly as probable; bound >= 1. Lemire (2019), algorithm 5: almost never
    /// divides.
    constexpr std::uint64_t below(std::uint64_t bound) {
        detail::product_of_words product = detail::multiply_words((*this)(), bound);
        if (product.low < bound) {
            const std::uint64_t surplus = (0 - bound) % bound;
            while (product.low < surplus) product = detail::multiply_words((*this)(), bound);
        }
        return product.high;
    }

    /// A double in [0, 1): a multiple of 2^-53.
    constexpr double uniform() { return static_cast<double>((*this)() >> 11) * 0x1p-53; }
    /// A double between `lower` and `upper`.
    constexpr double uniform(double lower, double upper) { return lower + (upper - lower) * uniform(); }

    friend constexpr bool operator==(const random_stream&, const random_stream&) = default;

private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace compute_divide::inline v0_2

#endif
