// SPDX-License-Identifier: BSL-1.0
// Tests of what a machine or a standard library may do otherwise - random numbers, arithmetic that is exact, wide
// products, orders of bits, numbers in text - in one program, for tests/platforms.sh.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "detail/normal_quantile.test.cpp"
#include "detail/order_of_bits.test.cpp"
#include "detail/unrounded_sum.test.cpp"
#include "io/fields.test.cpp"
#include "random.test.cpp"
