// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_IEEE_ARITHMETIC_HPP
#define COMPUTE_DIVIDE_DETAIL_IEEE_ARITHMETIC_HPP

// Under these flags NaN, which means "not known", is a number like any other, and sums that are carried in two doubles
// lose the second: results would be wrong without a word. (GCC before 13 and Clang do not tell -fassociative-math
// alone.)
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__ != 0) || \
    defined(__ASSOCIATIVE_MATH__) || defined(_M_FP_FAST)
#error "compute_divide needs IEEE arithmetic: compile without -ffast-math, -Ofast, -ffinite-math-only, /fp:fast"
#endif

#endif
