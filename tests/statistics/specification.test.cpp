// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/specification.hpp>

#include <string>

#include <doctest/doctest.h>

namespace cd = compute_divide;

TEST_CASE("a specification in words and as JSON") {
    cd::specification s{.choices = {{"definition", "notable"}, {"weights", "none"}}, .headline = true, .why = "plain"};
    CHECK(name_of(s) == "notable, none");
    CHECK(name_of(cd::specification{}) == "as is");
    CHECK(to_json(s) == R"({"choices":[{"name":"definition","option":"notable"},{"name":"weights","option":"none"}],)"
                        R"("result":{"value":null,"lower":null,"upper":null,"level":0.95,"method":"","n":0,)"
                        R"("n_missing":0,"status":"no_data"},"headline":true,"why":"plain","standing":"equivalent",)"
                        R"("p_value":null,"adjusted_p_value":null,"failure":""})");
    s.standing = cd::option_standing::debatable;
    s.p_value = 0.25;
    s.adjusted_p_value = 0.5;
    s.failure = "no \"x\"";
    CHECK(to_json(s).ends_with(R"("why":"plain","standing":"debatable","p_value":0.25,"adjusted_p_value":0.5,)"
                               R"("failure":"no \"x\""})"));
}
