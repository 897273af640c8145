// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/polynomial.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <list>
#include <optional>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/strd.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;

TEST_CASE("NIST's certified values to 13 digits, Filip's too") {
    for (const auto& set : test_support::strd_sets()) {
        if (set.degree == 0) continue;
        CAPTURE(set.name);
        const auto fit = cd::fit_polynomial(
            set.rows, [](const test_support::strd_row& row) { return row.x[0]; }, &test_support::strd_row::y,
            set.degree);
        REQUIRE(fit);
        for (std::size_t j = 0; j < fit.p; ++j) {
            CAPTURE(j);
            CHECK(close(fit.coefficients[j], set.coefficients[j], 1e-13));
            CHECK(std::fabs(fit.standard_errors[j] - set.standard_errors[j]) <=
                  (set.residual_sd == 0 ? 1e-9 : 1e-13 * set.standard_errors[j]));
        }
        CHECK(std::fabs(fit.residual_sd - set.residual_sd) <= (set.residual_sd == 0 ? 1e-9 : 1e-13 * set.residual_sd));
        CHECK(close(fit.r_squared.value(), set.r_squared, 1e-13));
    }
}
