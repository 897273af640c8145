// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/sector.hpp>

#include <doctest/doctest.h>

#include "support/check_names.hpp"

namespace cd = compute_divide;
using cd::sector;

TEST_CASE("every sector prints and parses") {
    test_support::check_names(sector{});
}

TEST_CASE("a mapping reads sectors as others, in one step") {
    constexpr auto plain = cd::sector_mapping{};
    for (const auto& entry : enumerators(sector{})) CHECK(plain(entry.value) == entry.value);
    constexpr auto changed = plain.with(sector::facility, sector::academia).with(sector::academia, sector::other);
    static_assert(changed(sector::facility) == sector::academia);
    CHECK(changed(sector::academia) == sector::other);
    CHECK(changed(sector::industry) == sector::industry);
    CHECK(changed != plain);
    CHECK(changed.with(sector::facility, sector::facility).with(sector::academia, sector::academia) == plain);
}
