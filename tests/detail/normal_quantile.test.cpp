// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/detail/normal_quantile.hpp>

#include <cstdlib>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/reference.hpp"

TEST_CASE("normal quantiles agree with 60-digit arithmetic, to the smallest tail") {
    for (const auto& row : test_support::reference_table("normal_quantile", 1)) {
        CAPTURE(row.text);
        const double tail = std::strtod(row.name.c_str(), nullptr);
        CHECK(test_support::close(compute_divide::detail::upper_normal_quantile(tail), row.numbers[0], 1e-15));
    }
}

TEST_CASE("tails of one size on both sides are as far from 0") {
    for (const double tail : {0.5, 0.25, 0.0625, 0x1p-20, 0x1p-52})  // 1 - tail is exact
        CHECK(compute_divide::detail::upper_normal_quantile(1 - tail) ==
              -compute_divide::detail::upper_normal_quantile(tail));
}
