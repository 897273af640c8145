// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/epoch_model.hpp>

#include <doctest/doctest.h>

using namespace compute_divide;

TEST_CASE("what is not known is empty, and null in JSON") {
    const epoch_model nothing;
    CHECK(nothing == epoch_model{});
    CHECK(nothing.team == team_kind::unknown);
    CHECK(to_json(nothing).starts_with(R"({"name":"","published":null,"year":null,"organisations":[],)"));
}
