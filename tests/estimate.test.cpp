// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/estimate.hpp>

#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

#include "support/close.hpp"

namespace cd = compute_divide;

TEST_CASE("an estimate without data has no value, and says why") {
    const cd::estimate none{.n_missing = 4};
    CHECK_FALSE(none);
    CHECK_FALSE(none.value.has_value());
    CHECK_THROWS_WITH_AS((void)none.lower(), "compute_divide::estimate: an interval is required, got none: no data",
                         std::domain_error);
    CHECK_THROWS_AS((void)none.upper(), std::domain_error);
    CHECK(cd::to_string(none) == "no data (n = 0, 4 missing)");
}

TEST_CASE("an estimate prints as one line") {
    const cd::estimate e{.value = 0.65,
                         .bounds = cd::interval{0.4329, 0.8188},
                         .level = 0.95,
                         .method = "wilson",
                         .n = 20,
                         .n_missing = 3,
                         .status = cd::estimate_status::ok};
    CHECK(e);
    CHECK(e.lower() == 0.4329);
    CHECK(e.upper() == 0.8188);
    CHECK(cd::to_string(e, {.digits = 1, .percent = true}) == "65.0 % [43.3, 81.9] (wilson, 95 %, n = 20, 3 missing)");
    CHECK(cd::to_string(e) == "0.65 [0.433, 0.819] (wilson, 95 %, n = 20, 3 missing)");
}

TEST_CASE("no digit that matters is lost in print: large counts, high levels, any value") {
    const cd::estimate e{.value = 1e80,
                         .bounds = cd::interval{0, 1e80},
                         .level = 1 - 1e-9,
                         .method = "m",
                         .n = 12345678,
                         .status = cd::estimate_status::ok};
    CHECK(cd::to_string(e) == "1e+80 [0, 1e+80] (m, 99.9999999 %, n = 12345678)");
    CHECK(test_support::close(std::stod(cd::to_string(e, {.digits = 1, .percent = true})), 1e82, 1e-15));
    CHECK(cd::to_string(cd::estimate{.n = 12, .n_effective = 12.3456789}) == "no data (n = 12, effective 12.35)");
}

TEST_CASE("an interval knows its width and what it holds") {
    constexpr cd::interval i{-1, 2};
    static_assert(i.width() == 3 && i.contains(-1) && i.contains(2) && !i.contains(2.1));
    static_assert(i == cd::interval{-1, 2});
}
