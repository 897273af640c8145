// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_UNFUSED_DISPATCH_HPP
#define COMPUTE_DIVIDE_DETAIL_UNFUSED_DISPATCH_HPP

#include <compute_divide/detail/compiler.hpp>

/// Loops over doubles in wide vectors where the processor has them, to the same bits everywhere.
namespace compute_divide::inline v0_2::detail {

#ifdef COMPUTE_DIVIDE_TARGET
template <class Work>
COMPUTE_DIVIDE_TARGET("avx2")
void in_wide_vectors(const Work& work) {
    work();
}
#endif

/// Calls work(), compiled for AVX2 where the processor has it. `work` is a lambda that is always inlined, and so is
/// what it calls. No product is fused with a sum, so that results are those of any other processor of its kind, bit for
/// bit: regression/detail/simd_dispatch.hpp is faster, but does not promise that.
template <class Work>
void unfused_dispatch(const Work& work) {
#ifdef COMPUTE_DIVIDE_TARGET
    if (COMPUTE_DIVIDE_PROCESSOR_HAS("avx2")) return in_wide_vectors(work);
#endif
    work();
}

}  // namespace compute_divide::inline v0_2::detail

#endif
