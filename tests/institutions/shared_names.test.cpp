// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/shared_names.hpp>

#include <algorithm>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace cd = compute_divide;

TEST_CASE("the table is sound") {
    CHECK(std::ranges::is_sorted(cd::shared_names, {}, &cd::shared_name::acronym));
    for (const cd::shared_name& each : cd::shared_names) {
        CAPTURE(each.name);
        CHECK(each.type != cd::institution_type::unknown);
        CHECK(each.country.size() == 2);
        CHECK(std::ranges::any_of(cd::detail::countries, [&](const auto& c) { return c.code == each.country; }));
        CHECK(!each.places.empty());
        CHECK(each.places.find("||") == std::string_view::npos);
        CHECK(std::ranges::count(cd::shared_names, each.acronym, &cd::shared_name::acronym) > 1);
        CHECK(cd::is_shared_name(each.acronym));
        // Its first place and its country decide for it.
        const std::string text =
            std::string(each.acronym) + " , " + std::string(each.places.substr(0, each.places.find('|')));
        const auto read = cd::read_shared_name(each.acronym, text);
        REQUIRE(read);
        CHECK(read->name == each.name);
        CHECK(read->type == each.type);
        CHECK(read->country == each.country);
    }
}

TEST_CASE("places decide, and nothing else does") {
    using enum cd::institution_type;
    struct row {
        std::string_view acronym, text, name;
        cd::institution_type type;
    };
    constexpr row rows[] = {
        {"ucb", "ucb , berkeley , ca", "University of California, Berkeley", education},
        {"ucb", "univ claude bernard lyon 1 , ucb", "Université Claude Bernard Lyon 1", education},
        {"ucb", "ucb , belgium", "UCB", company},
        {"ucb", "ucb", "", unknown},          // a company or a university
        {"ucb", "ucb , usa", "", education},  // Berkeley or Boulder
        {"iit", "iit , chicago , usa", "Illinois Institute of Technology", education},
        {"iit", "iit cnr , pisa , italy", "Istituto di Informatica e Telematica", facility},
        {"iit", "iit , genova", "Istituto Italiano di Tecnologia", facility},
        {"iit", "iit , universidad pontificia comillas , madrid", "Institute for Research in Technology, Comillas",
         education},
        {"iit", "iit , india", "Indian Institute of Technology", education},
        {"nit", "nit hamirpur , hamirpur ( hp ) , india", "National Institute of Technology", education},
        {"mit", "mit", "", education},  // by name nobody, but a university
        {"mit", "mit , cambridge", "Massachusetts Institute of Technology", education},
        {"mit", "mit , manipal , india", "Manipal Institute of Technology", education},
        {"sait", "sait polytechnic , calgary", "Southern Alberta Institute of Technology", education},
        {"sait", "sait , south korea", "Samsung Advanced Institute of Technology", company},
        {"usc", "usc , los angeles", "University of Southern California", education},
        {"usc", "usc , australia", "University of the Sunshine Coast", education},
        {"um", "um , cambridgeshire", "", education},  // no whole word
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        const auto read = cd::read_shared_name(each.acronym, each.text);
        REQUIRE(read);
        CHECK(read->name == each.name);
        CHECK(read->type == each.type);
        CHECK(read->country.empty() == each.name.empty());
    }
    CHECK_FALSE(cd::read_shared_name("mit", "mit , zurich , switzerland"));  // none of them
    CHECK_FALSE(cd::read_shared_name("kaist", "kaist , korea"));
    CHECK_FALSE(cd::read_shared_name("", ""));
    CHECK_FALSE(cd::is_shared_name("kaist"));
    static_assert(cd::read_shared_name("isi", "isi , torino")->name == "ISI Foundation");
}
