// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_SIMD_DISPATCH_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_SIMD_DISPATCH_HPP

#include <cstddef>
#include <type_traits>

/// Loops over doubles, several at once, as many as the processor that runs them has room for.
namespace compute_divide::inline v0_2::detail {

template <std::size_t Width>
struct doubles_of {
    using type [[gnu::vector_size(8 * Width), gnu::may_alias]] = double;
};
/// `Width` doubles, added and multiplied at once.
template <std::size_t Width>
using doubles = typename doubles_of<Width>::type;

/// Where blocks that are read as vectors begin.
inline constexpr std::size_t doubles_alignment = 64;

/// Doubles of a block, as a vector.
template <std::size_t Width>
[[gnu::always_inline]] inline doubles<Width>& doubles_at(double* first) {
    return *reinterpret_cast<doubles<Width>*>(first);
}
template <std::size_t Width>
[[gnu::always_inline]] inline const doubles<Width>& doubles_at(const double* first) {
    return *reinterpret_cast<const doubles<Width>*>(first);
}
template <std::size_t Width>
[[gnu::always_inline]] inline double sum_of(const doubles<Width>& x) {
    double sum = 0;
    for (std::size_t i = 0; i < Width; ++i) sum += x[i];
    return sum;
}

template <std::size_t Width>
using width_of = std::integral_constant<std::size_t, Width>;

#ifdef __x86_64__
template <class Work>
[[gnu::target("avx2,fma")]] void in_vectors_of_four(const Work& work) {
    work(width_of<4>{});
}
template <class Work>
[[gnu::target("avx512f,avx512dq,avx512vl,fma")]] void in_vectors_of_eight(const Work& work) {
    work(width_of<8>{});
}
#endif

/// Calls work(width_of<Width>{}), compiled for the widest vectors that the processor has. `work` is a generic lambda
/// that is always inlined, and so is what it calls; in vectors of four and eight, products are fused with sums.
template <class Work>
void simd_dispatch(const Work& work) {
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        return in_vectors_of_eight(work);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return in_vectors_of_four(work);
#endif
    work(width_of<2>{});
}

}  // namespace compute_divide::inline v0_2::detail

#endif
