// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_WIDE_VECTORS_HPP
#define COMPUTE_DIVIDE_DETAIL_WIDE_VECTORS_HPP

namespace compute_divide::detail {

#if defined(__x86_64__) && defined(__GNUC__)
/// Calls work(), compiled for AVX2 as far as it is inlined.
template <class Work>
[[gnu::target("avx2,fma")]] void in_wide_vectors(const Work& work) {
    work();
}
#endif

/// Calls work(), in the vector instructions that the processor has where a program is built for any: `work` is a lambda
/// with __attribute__((always_inline)), like the functions in its inner loops. Products and sums may be fused there, so
/// that results differ by rounding from one machine to another.
template <class Work>
void with_wide_vectors(const Work& work) {
#if defined(__x86_64__) && defined(__GNUC__)
    static const bool is_wide = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
    if (is_wide) return in_wide_vectors(work);
#endif
    work();
}

}  // namespace compute_divide::detail

#endif
