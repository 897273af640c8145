// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_FUZZ_REQUIRE_HPP
#define COMPUTE_DIVIDE_TESTS_FUZZ_REQUIRE_HPP

#include <cstdlib>

/// What libFuzzer sees as a failure.
inline void require(bool condition) {
    if (!condition) std::abort();
}

#endif
