// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/detail/known_records.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;
using enum cd::institution_type;
using cd::detail::record_claim;

namespace {

const cd::registry& organisations() {
    static const cd::registry made(
        std::vector<cd::organisation>{{"0", {{"Google (United States)"}}, {company}, "US", {}, {}},
                                      {"1", {{"Google (United Kingdom)"}}, {company}, "GB", {}, {}},
                                      {"2", {{"Swarthmore College"}}, {education}, "US", {}, {}},
                                      {"3", {{"Harvey Mudd College"}}, {education}, "US", {}, {}},
                                      {"4", {{"UCB Pharma"}, {"UCB", cd::name_kind::acronym}}, {company}, "BE", {}, {}},
                                      {"5", {{"International Business Machines"}}, {company}, "US", {}, {}}});
    return made;
}
std::vector<std::size_t> records(const cd::known_organisation& known) {
    return cd::detail::records_of(organisations(), known);
}

}  // namespace

TEST_CASE("the records of a known organisation are those that have its names") {
    CHECK(records({company, "Google", "google|brain team"}) == std::vector<std::size_t>{0, 1});
    CHECK(records({education, "Harvey Mudd College", "harvey mudd college"}) == std::vector<std::size_t>{3});
    CHECK(records({company, "IBM", "ibm|=international business machines"}) == std::vector<std::size_t>{5});
    CHECK(records({company, "UCB", "ucb"}).empty());  // an acronym is no proof
    CHECK(records({company, "Nobody", ""}).empty());
    CHECK(cd::detail::is_brief("ucb"));
    CHECK(cd::detail::is_brief("=fair"));
    CHECK_FALSE(cd::detail::is_brief("google"));
    CHECK_FALSE(cd::detail::is_brief("a b"));
}

TEST_CASE("a known name never takes the id of another record") {
    const std::vector<std::size_t> own{0, 1};
    const cd::detail::known_place google{.begin = 10, .end = 16, .brief = false, .records = own};
    CHECK(cd::detail::claim_on(google, 1, 10, 16) == record_claim::same);
    CHECK(cd::detail::claim_on(google, 2, 10, 16) == record_claim::unheard);
    CHECK(cd::detail::claim_on(google, 2, 10, 30) == record_claim::replaced);  // a longer name
    CHECK(cd::detail::claim_on(google, 2, 5, 16) == record_claim::replaced);
    CHECK(cd::detail::claim_on(google, 2, 12, 30) == record_claim::unheard);  // beside it
    CHECK(cd::detail::claim_on(google, 0, 5, 30) == record_claim::same);
    const cd::detail::known_place acronym{.begin = 0, .end = 3, .brief = true, .records = {}};
    CHECK(cd::detail::claim_on(acronym, 4, 0, 3) == record_claim::replaced);
}

TEST_CASE("a type that the id contradicts is not kept") {
    const auto type = [](cd::institution_type known, const std::vector<cd::institution_type>& of_record) {
        return cd::detail::type_with_record(known, of_record);
    };
    CHECK(type(facility, {government}) == government);
    CHECK(type(facility, {government, facility}) == facility);
    CHECK(type(facility, {}) == facility);
    CHECK(type(company, {company}) == company);
}
