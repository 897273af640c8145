// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/affiliation.hpp>

#include <string>

#include <doctest/doctest.h>

#include <compute_divide/results.hpp>

#include "support/check_names.hpp"

namespace cd = compute_divide;

TEST_CASE("every rule prints and parses") {
    test_support::check_names(cd::classifier_rule{});
}

TEST_CASE("an affiliation as JSON and as text") {
    const cd::affiliation found{
        {{"Google", cd::institution_type::company, "Google", cd::classifier_rule::known_organisation, 0.98, {}}},
        {cd::sector::industry},
        false};
    CHECK(
        cd::to_json(found) ==
        R"({"institutions":[{"name":"Google","type":"company","evidence":"Google","rule":"known_organisation",)"
        R"("confidence":0.98,"id":"","country":"","city":"","other_reading":null}],"sectors":["industry"],"is_independent":false})");
    CHECK(cd::to_string(found.institutions[0]) ==
          "name           Google\n"
          "type           company\n"
          "evidence       Google\n"
          "rule           a known organisation\n"
          "confidence     0.98\n"
          "id             \n"
          "country        \n"
          "city           \n"
          "other reading  none");
    CHECK(cd::to_string(cd::affiliation{{}, {cd::sector::unknown}, true}) ==
          "institutions    none\n"
          "sectors         unknown\n"
          "is independent  yes");
}
