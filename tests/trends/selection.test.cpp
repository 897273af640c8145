// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/selection.hpp>

#include <doctest/doctest.h>

namespace cd = compute_divide;
using cd::large_scale_rule;

TEST_CASE("a selection says what was chosen, from how many, and by which rule") {
    const cd::selection chosen{.indices = {1, 4},
                               .n = 5,
                               .n_missing = 2,
                               .rule = large_scale_rule::above_threshold,
                               .status = cd::estimate_status::ok};
    CHECK(chosen);
    CHECK_FALSE(cd::selection{});
    CHECK(cd::to_json(chosen) == R"({"indices":[1,4],"n":5,"n_missing":2,"rule":"above_threshold","status":"ok"})");
    CHECK(cd::to_string(chosen) ==
          "indices    1, 4\n"
          "n          5\n"
          "n missing  2\n"
          "rule       above_threshold\n"
          "status     ok");
}

TEST_CASE("every rule prints and parses") {
    for (const auto& entry : enumerators(large_scale_rule{}))
        CHECK(cd::parse_name<large_scale_rule>(entry.name) == entry.value);
}
