// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/regression_fit.hpp>

#include <doctest/doctest.h>

namespace cd = compute_divide;

TEST_CASE("a fit of nothing says that there was no data") {
    const cd::regression_fit none;
    CHECK_FALSE(none);
    CHECK(none.status == cd::estimate_status::no_data);
    CHECK(none.coefficients.empty());
    CHECK_FALSE(none.absorbed.has_value());
    CHECK(none == cd::regression_fit{});
}

TEST_CASE("options are those of the field's software: what a model asks for, at 95 %") {
    const cd::regression_options options;
    CHECK_FALSE(options.covariance.has_value());
    CHECK_FALSE(options.reference.has_value());
    CHECK(options.correction == cd::cluster_correction::stata);
    CHECK(options.level == 0.95);
}
