// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/openalex_work.hpp>

#include <doctest/doctest.h>

using namespace compute_divide;

TEST_CASE("what is not given is not known, never zero") {
    const openalex_work nothing;
    CHECK(nothing == openalex_work{});
    CHECK_FALSE(nothing.year);
    CHECK_FALSE(nothing.is_retracted);
    CHECK_FALSE(nothing.topics_known);
    CHECK_FALSE(nothing.abstract.known());
    openalex_work some;
    some.id = "W1";
    CHECK(some != nothing);
    CHECK(parse_name<author_position>("middle") == author_position::middle);
}
