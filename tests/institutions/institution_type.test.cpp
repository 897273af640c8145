// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/institution_type.hpp>

#include <doctest/doctest.h>

#include "support/check_names.hpp"

namespace cd = compute_divide;
using cd::institution_type;
using cd::sector;

TEST_CASE("every type prints and parses") {
    test_support::check_names(institution_type{});
}

TEST_CASE("the sector of each type, and read as another") {
    const struct {
        institution_type type;
        sector expected;
    } rows[] = {{institution_type::education, sector::academia},    {institution_type::company, sector::industry},
                {institution_type::government, sector::government}, {institution_type::nonprofit, sector::nonprofit},
                {institution_type::healthcare, sector::healthcare}, {institution_type::facility, sector::facility},
                {institution_type::archive, sector::other},         {institution_type::other, sector::other},
                {institution_type::unknown, sector::unknown}};
    for (const auto& row : rows) {
        CAPTURE(cd::name_of(row.type));
        CHECK(cd::sector_of(row.type) == row.expected);
        const auto mapping = cd::sector_mapping{}.with(row.expected, sector::academia);
        CHECK(cd::sector_of(row.type, mapping) == sector::academia);
    }
    static_assert(cd::sector_of(institution_type::education) == sector::academia);
}
