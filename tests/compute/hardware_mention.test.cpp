// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/hardware_mention.hpp>

#include <string>

#include <doctest/doctest.h>

#include <compute_divide/results.hpp>

using namespace compute_divide;

TEST_CASE("what is not stated is empty, null in JSON and none in text") {
    const hardware_mention nothing;
    CHECK(nothing == hardware_mention{});
    CHECK(nothing.use == hardware_use::unknown);
    CHECK(to_json(nothing).starts_with(R"({"chip":"","count":null,"hours":null,"chip_hours":null,"utilisation":null,)"
                                       R"("format":null,"use":"unknown","span":{"begin":0,"end":0})"));
    CHECK(to_string(nothing).find("count              none\n") != std::string::npos);
}

TEST_CASE("as JSON") {
    const hardware_mention mention{.chip = "NVIDIA A100",
                                   .count = 64,
                                   .hours = 288,
                                   .format = number_format::fp16_tensor,
                                   .use = hardware_use::training,
                                   .span = {11, 40}};
    CHECK(to_json(mention).starts_with(R"({"chip":"NVIDIA A100","count":64,"hours":288,"chip_hours":null,)"
                                       R"("utilisation":null,"format":"fp16_tensor","use":"training",)"
                                       R"("span":{"begin":11,"end":40})"));
    CHECK(mention != hardware_mention{});
}
