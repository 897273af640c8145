// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/render_options.hpp>

#include <doctest/doctest.h>

namespace cd = compute_divide;

TEST_CASE("formats by their names") {
    for (const auto& format : enumerators(cd::table_format{}))
        CHECK(cd::parse_name<cd::table_format>(format.name) == format.value);
    CHECK(cd::parse_name<cd::table_format>("latex") == cd::table_format::latex);
}
