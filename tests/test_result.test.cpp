// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/test_result.hpp>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/results.hpp"

namespace cd = compute_divide;

TEST_CASE("a test without a result says why") {
    const cd::test_result none{.n_missing = 2};
    CHECK_FALSE(none);
    CHECK(cd::to_string(none) == "no data (n = 0, 2 missing)");
    CHECK(cd::to_json(none) ==
          R"({"statistic":null,"p_value":null,"method":"","n":0,"n_missing":2,"status":"no_data"})");
}

TEST_CASE("a test prints as one line, and as JSON at full precision") {
    const cd::test_result t{.statistic = 2.3123,
                            .p_value = 0.0213,
                            .method = "welch",
                            .n = 40,
                            .n_effective = 31.5,
                            .degrees_of_freedom = 14.2,
                            .status = cd::estimate_status::ok};
    CHECK(t);
    CHECK(cd::to_string(t) == "statistic 2.31, p = 0.0213 (welch, 14.2 degrees of freedom, n = 40)");
    CHECK(cd::to_string(t, {.digits = 2}) == "statistic 2.3, p = 0.021 (welch, 14.2 degrees of freedom, n = 40)");
    CHECK(cd::to_json(t) == R"({"statistic":2.3123,"p_value":0.0213,"method":"welch","n":40,"n_effective":31.5,)"
                            R"("n_missing":0,"degrees_of_freedom":14.2,"status":"ok"})");
    CHECK(cd::to_string(cd::test_result{.p_value = 1e-200, .n = 3, .status = cd::estimate_status::ok}) ==
          "p = 1e-200 (n = 3)");
    CHECK(test_support::json_check::is_valid(cd::to_json(t)));
    CHECK(t == cd::test_result(t));
    CHECK(t != cd::test_result{});
}

// erfc(z / sqrt 2) by mpmath, 15 digits.
TEST_CASE("two-sided normal p-values keep their digits in the far tail") {
    CHECK(test_support::close(cd::detail::two_sided_normal_p(1.959963984540054), 0.05, 1e-14));
    CHECK(test_support::close(cd::detail::two_sided_normal_p(-1.959963984540054), 0.05, 1e-14));
    CHECK(cd::detail::two_sided_normal_p(0) == 1);
    CHECK(test_support::close(cd::detail::two_sided_normal_p(30), 9.81342785429753e-198, 1e-12));
}
