// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/affiliation_role.hpp>

#include <doctest/doctest.h>

namespace cd = compute_divide;

TEST_CASE("roles have names") {
    CHECK(cd::name_of(cd::affiliation_role::organisation) == "organisation");
    CHECK(cd::parse_name<cd::affiliation_role>("postcode") == cd::affiliation_role::postcode);
    CHECK(cd::enumerators(cd::affiliation_role{}).size() == 8);
}
