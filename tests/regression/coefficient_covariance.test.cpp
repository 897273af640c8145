// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/coefficient_covariance.hpp>

#include <doctest/doctest.h>

namespace cd = compute_divide;

TEST_CASE("a covariance is read by rows, and its standard errors are the roots of the diagonal") {
    const cd::coefficient_covariance covariance{
        .values = {4, 1, 1, 9}, .p = 2, .n = 12, .status = cd::estimate_status::ok};
    CHECK(covariance);
    CHECK(covariance(0, 1) == 1);
    CHECK(covariance(1, 1) == 9);
    CHECK(covariance.standard_error(0) == 2);
    CHECK(covariance.standard_error(1) == 3);
    CHECK(covariance == cd::coefficient_covariance(covariance));
    CHECK_FALSE(cd::coefficient_covariance{});
}
