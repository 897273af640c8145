// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/type_readings.hpp>

#include <algorithm>

#include <doctest/doctest.h>

#include <compute_divide/institutions/known_organisations.hpp>

#include "support/check_names.hpp"

namespace cd = compute_divide;

TEST_CASE("every source prints and parses") {
    test_support::check_names(cd::type_source{});
}

TEST_CASE("disputed types are of known organisations, and disputed") {
    CHECK(std::ranges::is_sorted(cd::detail::disputed_types, {}, &cd::detail::disputed_type::name));
    for (const auto& each : cd::detail::disputed_types) {
        CAPTURE(each.name);
        const auto known = std::ranges::find(cd::known_organisations, each.name, &cd::known_organisation::name);
        REQUIRE(known != std::ranges::end(cd::known_organisations));
        CHECK(known->type != each.registry);
        CHECK(each.registry != cd::institution_type::unknown);
        REQUIRE(cd::other_reading(each.name));
        CHECK(cd::other_reading(each.name)->type == each.registry);
        CHECK(cd::other_reading(each.name)->source == cd::type_source::registry);
    }
}

TEST_CASE("academies of sciences are government to the registry") {
    CHECK(cd::other_reading("Chinese Academy of Sciences")->type == cd::institution_type::government);
    CHECK(cd::other_reading("CNRS")->type == cd::institution_type::government);
    CHECK_FALSE(cd::other_reading("Stanford University"));
    CHECK_FALSE(cd::other_reading(""));
    CHECK_FALSE(cd::other_reading("nobody"));
}
