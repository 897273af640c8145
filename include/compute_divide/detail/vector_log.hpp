// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_VECTOR_LOG_HPP
#define COMPUTE_DIVIDE_DETAIL_VECTOR_LOG_HPP

#include <bit>
#include <cstdint>

namespace compute_divide::detail {

/// Two doubles that are worked on at once.
using two_doubles [[gnu::vector_size(16)]] = double;

/// The logarithm of finite normal numbers > 0, to within 1 ulp: log(2^k m) = k log 2 + log m, m in [sqrt(1/2),
/// sqrt(2)), by the polynomial of fdlibm (Sun Microsystems 1993).
[[nodiscard, gnu::always_inline]] inline two_doubles log_of(two_doubles x) {
    using bits [[gnu::vector_size(16)]] = std::uint64_t;
    constexpr std::uint64_t root_half = std::bit_cast<std::uint64_t>(0x1.6a09e667f3bcdp-1);
    const bits shifted = std::bit_cast<bits>(x) + (std::bit_cast<std::uint64_t>(1.0) - root_half);
    // the exponent's bits below those of 2^52 are a whole number that was added to it
    constexpr double exponents_from = 0x1p52 + 1023;
    const two_doubles k =
        std::bit_cast<two_doubles>((shifted >> 52) | std::bit_cast<std::uint64_t>(0x1p52)) - exponents_from;
    const two_doubles f = std::bit_cast<two_doubles>((shifted & ((std::uint64_t{1} << 52) - 1)) + root_half) - 1.0;
    const two_doubles s = f / (2.0 + f), z = s * s, w = z * z;
    const two_doubles odd =
        z * (6.666666666666735130e-01 +
             w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    const two_doubles even =
        w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    const two_doubles half_square = 0.5 * f * f;
    constexpr double log_2_high = 6.93147180369123816490e-01, log_2_low = 1.90821492927058770002e-10;
    return k * log_2_high - ((half_square - (s * (half_square + odd + even) + k * log_2_low)) - f);
}

}  // namespace compute_divide::detail

#endif
