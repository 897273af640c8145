// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/sector.hpp>

#include <doctest/doctest.h>

#include "support/check_names.hpp"

namespace cd = compute_divide;
using cd::sector;

TEST_CASE("every sector prints and parses") {
    test_support::check_names(sector{});
    test_support::check_names(cd::sector_profile{});
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

TEST_CASE("one mapping after another") {
    const auto first = cd::sector_mapping{}.with(sector::facility, sector::government);
    const auto next =
        cd::sector_mapping{}.with(sector::government, sector::other).with(sector::facility, sector::unknown);
    const auto both = first.then(next);
    for (const auto& entry : enumerators(sector{})) CHECK(both(entry.value) == next(first(entry.value)));
    CHECK(both(sector::facility) == sector::other);
}

TEST_CASE("profiles read sectors as their sources do") {
    using enum sector;
    using enum cd::sector_profile;
    struct row {
        cd::sector_profile profile;
        sector academia, industry, government, nonprofit, healthcare, facility;
    };
    constexpr row rows[] = {
        // OpenAlex: its types. Study: academia against industry. Epoch: no place for three of them.
        {openalex, academia, industry, government, nonprofit, healthcare, facility},
        {study, academia, industry, other, other, academia, academia},
        {epoch, academia, industry, government, other, academia, academia},
        // Frascati Manual 2015, chapter 3: public institutes and hospitals are of the government sector.
        {frascati, academia, industry, government, nonprofit, government, government},
    };
    for (const row& each : rows) {
        const auto read = cd::mapping_of(each.profile);
        CAPTURE(cd::name_of(each.profile));
        CHECK(read(academia) == each.academia);
        CHECK(read(industry) == each.industry);
        CHECK(read(government) == each.government);
        CHECK(read(nonprofit) == each.nonprofit);
        CHECK(read(healthcare) == each.healthcare);
        CHECK(read(facility) == each.facility);
        CHECK(read(unknown) == unknown);
        CHECK(read(other) == other);
    }
    static_assert(cd::mapping_of(openalex) == cd::sector_mapping{});
}
