// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/model_domain.hpp>

#include <doctest/doctest.h>

using namespace compute_divide;

TEST_CASE("domains by name") {
    for (const auto& each : enumerators(model_domain{})) CHECK(parse_name<model_domain>(each.name) == each.value);
    CHECK(parse_name<model_domain>("biology") == model_domain::biology);
    CHECK(description_of(model_domain::vision) == "images and video");
    CHECK(description_of(model_domain::other) == "other");
}
