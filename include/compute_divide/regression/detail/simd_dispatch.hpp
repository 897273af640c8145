// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_SIMD_DISPATCH_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_SIMD_DISPATCH_HPP

#include <cstddef>
#include <cstring>
#include <type_traits>

#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/vector_of.hpp>

/// Loops over doubles, several at once, as many as the processor that runs them has room for.
namespace compute_divide::inline v0_2::detail {

/// `Width` doubles, added and multiplied at once.
#ifdef COMPUTE_DIVIDE_EXTENSIONS
template <std::size_t Width>
using doubles = typename vector_of_compiler<double, Width>::in_memory;
#else
template <std::size_t Width>
using doubles = vector_of<double, Width>;
#endif

/// Where blocks that are read as vectors begin.
inline constexpr std::size_t doubles_alignment = 64;

#ifdef COMPUTE_DIVIDE_EXTENSIONS
/// Doubles of a block, as a vector.
template <std::size_t Width>
COMPUTE_DIVIDE_ALWAYS_INLINE inline const doubles<Width>& doubles_at(const double* first) {
    return *reinterpret_cast<const doubles<Width>*>(first);
}
template <std::size_t Width>
COMPUTE_DIVIDE_ALWAYS_INLINE inline void set_doubles(double* first, const doubles<Width>& to) {
    *reinterpret_cast<doubles<Width>*>(first) = to;
}
/// Adds the sizes, without signs.
template <std::size_t Width>
COMPUTE_DIVIDE_ALWAYS_INLINE inline void add_sizes(doubles<Width>& sum, const doubles<Width>& x) {
    sum += x < 0 ? -x : x;
}
#else
template <std::size_t Width>
doubles<Width> doubles_at(const double* first) {
    doubles<Width> x;
    std::memcpy(&x, first, sizeof x);
    return x;
}
template <std::size_t Width>
void set_doubles(double* first, const doubles<Width>& to) {
    std::memcpy(first, &to, sizeof to);
}
template <std::size_t Width>
void add_sizes(doubles<Width>& sum, const doubles<Width>& x) {
    for (std::size_t i = 0; i < Width; ++i) sum[i] += absolute(x[i]);
}
#endif
/// The sum of all of a vector, of halves added to each other.
template <std::size_t Width>
COMPUTE_DIVIDE_ALWAYS_INLINE inline double sum_of(const doubles<Width>& x) {
    if constexpr (Width == 2) {
        return x[0] + x[1];
    } else {
        doubles<Width / 2> low, high;
        std::memcpy(&low, &x, sizeof low);
        std::memcpy(&high, reinterpret_cast<const char*>(&x) + sizeof low, sizeof high);
        return sum_of<Width / 2>(low + high);
    }
}

template <std::size_t Width>
using width_of = std::integral_constant<std::size_t, Width>;

#ifdef COMPUTE_DIVIDE_TARGET
template <class Work>
COMPUTE_DIVIDE_TARGET("avx2,fma")
void in_vectors_of_four(const Work& work) {
    work(width_of<4>{});
}
template <class Work>
COMPUTE_DIVIDE_TARGET("avx512f,avx512dq,avx512vl,fma")
void in_vectors_of_eight(const Work& work) {
    work(width_of<8>{});
}
#endif

/// Calls work(width_of<Width>{}), compiled for the widest vectors that the processor has. `work` is a generic lambda
/// that is always inlined, and so is what it calls; in vectors of four and eight, products are fused with sums.
template <class Work>
void simd_dispatch(const Work& work) {
#ifdef COMPUTE_DIVIDE_TARGET
    if (COMPUTE_DIVIDE_PROCESSOR_HAS("avx512f") && COMPUTE_DIVIDE_PROCESSOR_HAS("avx512dq") &&
        COMPUTE_DIVIDE_PROCESSOR_HAS("avx512vl"))
        return in_vectors_of_eight(work);
    if (COMPUTE_DIVIDE_PROCESSOR_HAS("avx2") && COMPUTE_DIVIDE_PROCESSOR_HAS("fma")) return in_vectors_of_four(work);
#endif
    work(width_of<2>{});
}

}  // namespace compute_divide::inline v0_2::detail

#endif
