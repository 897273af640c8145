// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/organisation.hpp>

#include <doctest/doctest.h>

#include "support/check_names.hpp"

namespace cd = compute_divide;

TEST_CASE("every choice prints and parses") {
    test_support::check_names(cd::name_kind{});
    test_support::check_names(cd::organisation_status{});
}

TEST_CASE("an organisation as JSON") {
    const cd::organisation one{"05gq02987",
                               {{"Brown University"}, {"BU", cd::name_kind::acronym}},
                               {cd::institution_type::education},
                               "US",
                               {"Providence"},
                               {"brown.edu"}};
    CHECK(cd::to_json(one) ==
          R"({"id":"05gq02987","names":[{"text":"Brown University","kind":"label"},{"text":"BU","kind":"acronym"}],)"
          R"("types":["education"],"country":"US","cities":["Providence"],"domains":["brown.edu"],"status":"active"})");
    CHECK(one == one);
    CHECK(one != cd::organisation{});
}
