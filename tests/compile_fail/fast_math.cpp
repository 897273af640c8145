// SPDX-License-Identifier: BSL-1.0
// is told: compute_divide needs IEEE arithmetic: compile without -ffast-math
// alone: the first header says so, before any is read
#ifdef FAIL
#define __FAST_MATH__ 1  // as -ffast-math does
#endif
#include <compute_divide/concepts.hpp>

int main() {
    return 0;
}
