// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_COMPILER_HPP
#define COMPUTE_DIVIDE_DETAIL_COMPILER_HPP

#include <cstddef>
#include <cstdint>

/// What g++ and clang++ offer beyond the language, and what takes its place elsewhere: no other header names any of it
/// (tests/floors.sh). COMPUTE_DIVIDE_NO_EXTENSIONS takes these compilers for others: what is slower then gives the same
/// results (tests/platforms.sh).
#if defined(__GNUC__) && !defined(COMPUTE_DIVIDE_NO_EXTENSIONS)

/// There is `vector_of_compiler`.
#define COMPUTE_DIVIDE_EXTENSIONS
/// Before a function, or behind the parameters of a lambda.
#define COMPUTE_DIVIDE_ALWAYS_INLINE __attribute__((always_inline))
#define COMPUTE_DIVIDE_NO_INLINE __attribute__((noinline))
/// Of a pointer to what no other pointer of the function leads to.
#define COMPUTE_DIVIDE_RESTRICT __restrict

#if defined(__SIZEOF_INT128__)
/// There are `two_words`.
#define COMPUTE_DIVIDE_TWO_WORDS
#endif

#if defined(__SSE2__)
/// There is `sign_bits`.
#define COMPUTE_DIVIDE_SIGN_BITS
#endif

#if defined(__x86_64__)
/// Before a function that is compiled for these features of processors, and whether this processor has one.
#define COMPUTE_DIVIDE_TARGET(features) __attribute__((target(features)))
#define COMPUTE_DIVIDE_PROCESSOR_HAS(feature) (__builtin_cpu_supports(feature) != 0)
#endif

#else

#define COMPUTE_DIVIDE_ALWAYS_INLINE
#define COMPUTE_DIVIDE_NO_INLINE
#define COMPUTE_DIVIDE_RESTRICT

#endif

namespace compute_divide::inline v0_2::detail {

/// Fetches the memory at `address` meanwhile, which need not be of this program.
COMPUTE_DIVIDE_ALWAYS_INLINE inline void prefetch([[maybe_unused]] const void* address) {
#ifdef COMPUTE_DIVIDE_EXTENSIONS
    __builtin_prefetch(address);
#endif
}
COMPUTE_DIVIDE_ALWAYS_INLINE inline void prefetch_to_write([[maybe_unused]] const void* address) {
#ifdef COMPUTE_DIVIDE_EXTENSIONS
    __builtin_prefetch(address, 1);
#endif
}

/// The size of x, also while compiling; of -0 it may be -0.
[[nodiscard]] constexpr double absolute(double x) {
#ifdef COMPUTE_DIVIDE_EXTENSIONS
    return __builtin_fabs(x);
#else
    return x < 0 ? -x : x;
#endif
}

#ifdef COMPUTE_DIVIDE_EXTENSIONS
/// `Size` numbers as one, each operation on all at once; `in_memory` may be what an array of them is read as.
template <class T, std::size_t Size>
struct vector_of_compiler {
    using type [[gnu::vector_size(Size * sizeof(T))]] = T;
    using in_memory [[gnu::vector_size(Size * sizeof(T)), gnu::may_alias]] = T;
};
#endif

#ifdef COMPUTE_DIVIDE_TWO_WORDS
/// Whole numbers of 128 bits.
__extension__ using two_words = unsigned __int128;
__extension__ using signed_two_words = __int128;
#endif

#ifdef COMPUTE_DIVIDE_SIGN_BITS
/// The highest bit of each of sixteen bytes, the first's the lowest.
[[nodiscard]] inline std::uint16_t sign_bits(const vector_of_compiler<char, 16>::type& bytes) {
    return static_cast<std::uint16_t>(__builtin_ia32_pmovmskb128(bytes));
}
#endif

}  // namespace compute_divide::inline v0_2::detail

#endif
