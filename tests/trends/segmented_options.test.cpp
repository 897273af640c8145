// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/segmented_options.hpp>

#include <doctest/doctest.h>

namespace cd = compute_divide;

TEST_CASE("every choice prints and parses") {
    for (const auto& entry : enumerators(cd::break_kind{}))
        CHECK(cd::parse_name<cd::break_kind>(entry.name) == entry.value);
    for (const auto& entry : enumerators(cd::break_choice{}))
        CHECK(cd::parse_name<cd::break_choice>(entry.name) == entry.value);
    for (const auto& entry : enumerators(cd::break_interval{}))
        CHECK(cd::parse_name<cd::break_interval>(entry.name) == entry.value);
    CHECK(cd::name_of(cd::break_kind::continuous) == "continuous");
}
