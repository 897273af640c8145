// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/scored_compute.hpp>

#include <doctest/doctest.h>

using namespace compute_divide;

TEST_CASE("a score and its compute") {
    CHECK(scored_compute{.score = 1, .compute = 2} == scored_compute{1, 2});
    CHECK(to_json(scored_compute{.score = 76.5, .compute = 1e19}) == R"({"score":76.5,"compute":1e+19})");
    CHECK(parse_name<score_direction>("lower_is_better") == score_direction::lower_is_better);
    CHECK(description_of(score_direction::higher_is_better) == "higher is better");
}
