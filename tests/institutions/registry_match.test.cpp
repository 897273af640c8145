// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/registry_match.hpp>

#include <doctest/doctest.h>

#include "support/check_names.hpp"

namespace cd = compute_divide;

TEST_CASE("every kind of match prints and parses") {
    test_support::check_names(cd::match_kind{});
}

TEST_CASE("a match as JSON") {
    const cd::registry_match match{.index = 1,
                                   .id = "052gg0110",
                                   .name = "University of Oxford",
                                   .types = {cd::institution_type::education},
                                   .score = 0.97,
                                   .begin = 18,
                                   .end = 33,
                                   .kind = cd::match_kind::near_name,
                                   .country = "GB",
                                   .city = "Oxford",
                                   .runner_up = "04v48nr57",
                                   .margin = 0.25};
    CHECK(
        cd::to_json(match) ==
        R"({"index":1,"id":"052gg0110","name":"University of Oxford","types":["education"],"score":0.97,)"
        R"("begin":18,"end":33,"kind":"near_name","country":"GB","city":"Oxford","runner_up":"04v48nr57","margin":0.25})");
    CHECK(match != cd::registry_match{});
}
