// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/organisation_families.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/shares/tabulate.hpp>

namespace cd = compute_divide;

TEST_CASE("laboratories and subsidiaries are their companies") {
    CHECK(cd::roll_up("Google Brain") == "Alphabet");
    CHECK(cd::roll_up("google brain") == "Alphabet");
    CHECK(cd::roll_up("Facebook AI Research") == "Meta");
    CHECK(cd::roll_up("FAIR") == "Meta");
    CHECK(cd::roll_up("MSRA") == "Microsoft");
    CHECK(cd::roll_up("Stanford University") == "Stanford University");
    CHECK(cd::roll_up("MIT-IBM Watson AI Lab") == "MIT-IBM Watson AI Lab");  // of two
    CHECK(cd::roll_up("") == "");
    CHECK(cd::roll_up("Inc.") == "Inc.");
}

TEST_CASE("names are compared as words") {
    for (const std::string_view name : {"Google", "GOOGLE, Inc.", "Google LLC", " google ", "Google Co., Ltd."})
        CHECK(cd::roll_up(name) == "Alphabet");
    CHECK(cd::roll_up("Huawei Noah\xE2\x80\x99s Ark Lab") == "Huawei");
    CHECK(cd::roll_up("IBM T. J. Watson Research Center") == "IBM");
    CHECK(cd::roll_up("Google Brainstorm") == "Google Brainstorm");
    CHECK(cd::roll_up("The Google Story") == "The Google Story");
}

TEST_CASE("a family has years") {
    struct row {
        std::string_view name;
        int year;
        std::string_view family;
    };
    constexpr row rows[] = {
        {"DeepMind", 2013, "DeepMind"},
        {"DeepMind", 2014, "Alphabet"},
        {"LinkedIn", 2015, "LinkedIn"},
        {"LinkedIn", 2016, "Microsoft"},
        {"Bell Laboratories", 1990, "AT&T"},
        {"Bell Laboratories", 2010, "Alcatel-Lucent"},
        {"Bell Laboratories", 2020, "Nokia"},
        {"Boston Dynamics", 2012, "Boston Dynamics"},
        {"Boston Dynamics", 2015, "Alphabet"},
        {"Boston Dynamics", 2019, "SoftBank"},
        {"Boston Dynamics", 2022, "Hyundai"},
        {"VMware", 2018, "Dell"},
        {"VMware", 2022, "VMware"},
        {"VMware", 2024, "Broadcom"},
        {"VMware", 2010, "EMC"},
        {"Prescient Design", 2020, "Prescient Design"},
        {"Prescient Design", 2022, "Roche"},
        {"Twitter", 2022, "Twitter"},
        {"Magic Pony", 2020, "Twitter"},
        {"Magic Pony", 2024, "X Corp"},
        {"Lucent Technologies", 2017, "Nokia"},
        {"Whetlab", 2025, "xAI"},
    };
    const cd::family_tree families;
    for (const row& each : rows) {
        CAPTURE(each.name);
        CAPTURE(each.year);
        CHECK(families(each.name, each.year) == each.family);
        CHECK(cd::roll_up(each.name, {.year = each.year}) == each.family);
        CHECK(cd::family_tree({.year = each.year})(each.name) == each.family);
    }
    // The latest, where no year is given.
    CHECK(cd::roll_up("DeepMind") == "Alphabet");
    CHECK(cd::roll_up("Bell Laboratories") == "Nokia");
    CHECK(cd::roll_up("Boston Dynamics") == "Hyundai");
}

TEST_CASE("a table of one's own comes first, or alone") {
    const cd::organisation_family own[] = {
        {"DeepMind", "DeepMind"}, {"Mila", "Montreal", 2017, 2019}, {"Acme Lab", "Acme"}, {"Acme", "Google Brain"}};
    CHECK(cd::roll_up("DeepMind", {.own = own}) == "DeepMind");
    CHECK(cd::roll_up("Google", {.own = own}) == "Alphabet");
    CHECK(cd::roll_up("Google", {.own = own, .known = false}) == "Google");
    CHECK(cd::roll_up("Mila", {.own = own, .year = 2018}) == "Montreal");
    CHECK(cd::roll_up("Mila", {.own = own, .year = 2020}) == "Mila");
    CHECK(cd::roll_up("Mila", {.own = own}) == "Montreal");
    CHECK(cd::roll_up("Acme Lab", {.own = own}) == "Alphabet");  // and then the known ones
    CHECK(cd::roll_up("Acme Lab", {.own = own, .known = false}) == "Google Brain");
}

TEST_CASE("a tree keeps its texts") {
    std::string name = "Acme", family = "Foo Group";
    const cd::organisation_family own[] = {{name, family}};
    const cd::family_tree families({.own = own});
    name = family = "gone, and longer than it was before";
    CHECK(families("ACME Ltd.") == "Foo Group");
}

TEST_CASE("campuses are their system, where that is asked for") {
    const cd::family_tree with({.campuses = true}), without;
    CHECK(with("University of California, Berkeley") == "University of California System");
    CHECK(with("University of California San Diego") == "University of California System");
    CHECK(with("Hunter College") == "City University of New York");
    CHECK(with("Stanford University") == "Stanford University");
    CHECK(with("Google") == "Alphabet");
    CHECK(without("University of California, Berkeley") == "University of California, Berkeley");
    const cd::organisation_family own[] = {{"Hunter College", "Hunter College"}};
    CHECK(cd::roll_up("Hunter College", {.own = own, .campuses = true}) == "Hunter College");
}

TEST_CASE("the families of several organisations, each once") {
    const std::vector<std::string> organisations{"Google", "Stanford University", "DeepMind", "Google Brain"};
    CHECK(cd::roll_up(organisations) == std::vector<std::string>{"Alphabet", "Stanford University"});
    CHECK(cd::family_tree()(organisations, 2010) ==
          std::vector<std::string>{"Alphabet", "Stanford University", "DeepMind"});
}

TEST_CASE("families count as one institution, and concentrate") {
    const std::vector<std::string> makers{"Google", "DeepMind", "Google Brain", "OpenAI"};
    const cd::family_tree families;
    const auto all = [](const std::string&) { return 0; };
    const auto by_name = cd::tabulate(makers, all, [](const std::string& each) { return each; });
    const auto by_family = cd::tabulate(makers, all, [&](const std::string& each) { return families(each); });
    CHECK(by_name.begin()->cells.size() == 4);
    CHECK(by_family.begin()->cells.size() == 2);
    CHECK(by_family.begin()->weight_of("Alphabet") == 3);
}

TEST_CASE("tables that contradict themselves") {
    using rows = std::vector<cd::organisation_family>;
    const auto made = [](const rows& own) { return cd::family_tree({.own = own}); };
    CHECK_THROWS_AS(made({{"A", "B"}, {"B", "A"}}), std::invalid_argument);
    CHECK_THROWS_AS(made({{"A", "B", 2000, 2010}, {"B", "C", 2005}, {"C", "A", 2010}}), std::invalid_argument);
    CHECK_NOTHROW(made({{"A", "B", 2000, 2010}, {"B", "C", 2005}, {"C", "A", 2011}}));
    CHECK_THROWS_AS(made({{"Alphabet", "DeepMind"}}), std::invalid_argument);                     // with the known ones
    CHECK_THROWS_AS(made({{"Alphabet", "Boston Dynamics", 2000, 2020}}), std::invalid_argument);  // in some years
    CHECK_NOTHROW(cd::family_tree({.own = rows{}, .known = false}));
    CHECK_THROWS_AS(made({{"A", "B"}, {"a, Inc.", "C"}}), std::invalid_argument);
    CHECK_THROWS_AS(made({{"A", "B", 2000, 2005}, {"A", "C", 2005, 2010}}), std::invalid_argument);
    CHECK_THROWS_AS(made({{"A", "B", 2005, 2000}}), std::invalid_argument);
    CHECK_THROWS_AS(made({{"", "B"}}), std::invalid_argument);
    CHECK_THROWS_AS(made({{"A", " , "}}), std::invalid_argument);
    rows ladder;
    std::vector<std::string> names;
    for (std::size_t i = 0; i <= cd::family_tree::most_steps + 1; ++i) names.push_back("step " + std::to_string(i));
    for (std::size_t i = 1; i < names.size(); ++i) ladder.push_back({names[i - 1], names[i]});
    CHECK_THROWS_AS(made(ladder), std::invalid_argument);
    ladder.erase(ladder.begin());
    CHECK(made(ladder)(names[1]) == names.back());
}

TEST_CASE("the table is sound") {
    for (const auto& a : cd::organisation_families) {
        CAPTURE(a.organisation);
        CHECK(a.since <= a.until);
        for (int year = 1900; year < 2030; ++year)
            CHECK_NOTHROW(static_cast<void>(cd::family_tree()(a.organisation, year)));
        for (const auto& b : cd::organisation_families)
            if (&a != &b && a.organisation == b.organisation) CHECK((a.until < b.since || b.until < a.since));
    }
}
