// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/organisation_families.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;

TEST_CASE("laboratories and subsidiaries are their companies") {
    CHECK(cd::roll_up("Google Brain") == "Alphabet");
    CHECK(cd::roll_up("google brain") == "Alphabet");
    CHECK(cd::roll_up("Facebook AI Research") == "Meta");
    CHECK(cd::roll_up("Stanford University") == "Stanford University");
    CHECK(cd::roll_up("") == "");
}

TEST_CASE("a family has years") {
    CHECK(cd::roll_up("DeepMind") == "Alphabet");
    CHECK(cd::roll_up("DeepMind", {.year = 2014}) == "Alphabet");
    CHECK(cd::roll_up("DeepMind", {.year = 2013}) == "DeepMind");
    CHECK(cd::roll_up("Bell Laboratories", {.year = 1990}) == "AT&T");
    CHECK(cd::roll_up("Bell Laboratories", {.year = 2010}) == "Alcatel-Lucent");
    CHECK(cd::roll_up("Bell Laboratories") == "Nokia");
}

TEST_CASE("a table of one's own comes first, or alone") {
    const cd::organisation_family own[] = {{"DeepMind", "DeepMind"}, {"Mila", "Montreal", 2017, 2019}};
    CHECK(cd::roll_up("DeepMind", {.own = own}) == "DeepMind");
    CHECK(cd::roll_up("Google", {.own = own}) == "Alphabet");
    CHECK(cd::roll_up("Google", {.own = own, .known = false}) == "Google");
    CHECK(cd::roll_up("Mila", {.own = own, .year = 2018}) == "Montreal");
    CHECK(cd::roll_up("Mila", {.own = own, .year = 2020}) == "Mila");
}

TEST_CASE("the families of several organisations, each once") {
    const std::vector<std::string> organisations{"Google", "Stanford University", "DeepMind", "Google Brain"};
    CHECK(cd::roll_up(organisations) == std::vector<std::string>{"Alphabet", "Stanford University"});
}

TEST_CASE("the table names no organisation twice in one year, and no family by two names") {
    for (const auto& a : cd::organisation_families) {
        CHECK(a.since <= a.until);
        CHECK(cd::roll_up(a.family) == a.family);
        for (const auto& b : cd::organisation_families)
            if (&a != &b && a.organisation == b.organisation) CHECK((a.until < b.since || b.until < a.since));
    }
}
