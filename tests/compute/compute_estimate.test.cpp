// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/compute_estimate.hpp>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include <doctest/doctest.h>

#include "support/close.hpp"

using namespace compute_divide;
using test_support::close;

TEST_CASE("levels") {
    const compute_estimate wide = compute_of_count(flop(1e20), {.log10_sigma = 1, .level = 0.95});
    CHECK(close(wide.flop.upper(), 1e20 * std::pow(10, 1.9599639845400545), 1e-12));
    CHECK(close(wide.flop.lower(), 1e20 / std::pow(10, 1.9599639845400545), 1e-12));
    for (const double bad : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
        CHECK_THROWS_AS(static_cast<void>(compute_of_count(flop(1), {.level = bad})), std::invalid_argument);
}

TEST_CASE("a count that is none is refused") {
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double bad : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), infinity})
        CHECK_THROWS_AS(static_cast<void>(compute_of_count(flop(bad))), std::invalid_argument);
    CHECK_THROWS_WITH_AS(static_cast<void>(compute_of_count(flop(1), {.log10_sigma = -1})),
                         "compute_divide::compute_of_count: log10_sigma >= 0, got -1", std::invalid_argument);
}

TEST_CASE("in words") {
    compute_estimate e = compute_of_count(flop(1e20), {.log10_sigma = 0});
    CHECK(to_string(e) == "1e+20 [1e+20, 1e+20] (operation_counting, 90 %, n = 1)");
    e.assumptions = {compute_assumption::typical_utilisation, compute_assumption::epochs_not_known};
    CHECK(to_string(e) ==
          "1e+20 [1e+20, 1e+20] (operation_counting, 90 %, n = 1); epochs not known, typical utilisation");
}

TEST_CASE("names are read and written, assumptions as a set") {
    CHECK(parse_name<compute_method>("hardware") == compute_method::hardware);
    CHECK(description_of(compute_method::operation_counting) == "operation counting");
    CHECK(parse_name<compute_assumption>("typical_utilisation") == compute_assumption::typical_utilisation);
    CHECK(to_string(compute_assumptions{}) == "none");
    CHECK(to_json(compute_assumptions{}) == "[]");
    CHECK(to_json(compute_assumptions{compute_assumption::dense_model, compute_assumption::epochs_not_known}) ==
          R"(["dense_model","epochs_not_known"])");
}

TEST_CASE("as JSON: the estimate within") {
    const compute_estimate e = compute_of_count(flop(4), {.log10_sigma = 0, .level = 0.5});
    CHECK(to_json(e) ==
          R"({"flop":)" + to_json(e.flop) + R"(,"log10_sigma":0,"method":"operation_counting","assumptions":[]})");
    CHECK_FALSE(compute_estimate{});
}
