// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/registry.hpp>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/detail/country_names.hpp>

namespace cd = compute_divide;

namespace {

using enum cd::institution_type;
using enum cd::name_kind;

/// What the guards are about: facts of the Research Organization Registry, and made-up traps.
std::vector<cd::organisation> organisations() {
    return {
        {"ucl", {{"University College London"}, {"UCL", acronym}}, {education}, "GB", {"London"}, {"ucl.ac.uk"}},
        {"oxford", {{"University of Oxford"}}, {education}, "GB", {"Oxford"}, {"ox.ac.uk"}},
        {"northwestern", {{"Northwestern University"}, {"NU", acronym}}, {education}, "US", {"Evanston"}, {}},
        {"northwestern_ph", {{"Northwestern University"}}, {education}, "PH", {"Laoag"}, {}},
        {"nwpu", {{"Northwestern Polytechnical University"}}, {education}, "CN", {"Xi'an"}, {}},
        {"paris_cite", {{"Université Paris Cité"}, {"University of Paris", alias}}, {education}, "FR", {"Paris"}, {}},
        {"paris_7", {{"Paris Diderot University"}, {"Université Paris VII", alias}}, {education}, "FR", {"Paris"}, {}},
        {"ontotext", {{"Ontotext (Bulgaria)"}, {"AI", alias}}, {company}, "BG", {"Sofia"}, {"ontotext.com"}},
        {"iop", {{"Institute of Physics"}, {"IOP", acronym}}, {nonprofit}, "GB", {"London"}, {}},
        {"medicine", {{"Faculty of Medicine"}}, {education}, "GB", {"Cardiff"}, {}},
        {"nanjing", {{"Nanjing University"}}, {education}, "CN", {"Nanjing"}, {}},
        {"washington", {{"University of Washington"}}, {education}, "US", {"Seattle"}, {"uw.edu"}},
        {"wustl", {{"Washington University in St. Louis"}}, {education}, "US", {"St Louis"}, {}},
        {"bonn", {{"University of Bonn"}}, {education}, "DE", {"Bonn"}, {}},
        {"hust", {{"Huazhong University of Science and Technology"}}, {education}, "CN", {"Wuhan"}, {}},
        {"berkeley", {{"University of California, Berkeley"}}, {education}, "US", {"Berkeley"}, {}},
        {"system", {{"University of California"}}, {education}, "US", {"Oakland"}, {}},
        {"brown", {{"Brown University"}}, {education}, "US", {"Providence"}, {}},
        {"providence", {{"University of Providence"}}, {education}, "US", {"Great Falls"}, {}},
        {"cambridge", {{"Cambridge", alias}, {"Cambridge Systems"}}, {company}, "GB", {"Cambridge"}, {}},
        {"new_york", {{"New York Systems"}, {"New York", alias}}, {company}, "US", {"New York"}, {}},
        {"google_us", {{"Google (United States)"}}, {company}, "US", {"Mountain View"}, {}},
        {"google_gb", {{"Google (United Kingdom)"}}, {company}, "GB", {"London"}, {}},
        {"cnrs",
         {{"Centre National de la Recherche Scientifique"}, {"CNRS", acronym}},
         {facility},
         "FR",
         {"Paris"},
         {}},
        {"cuhk", {{"Chinese University of Hong Kong"}}, {education}, "HK", {"Hong Kong"}, {}},
        {"tsinghua", {{"Tsinghua University"}, {"清华大学"}}, {education}, "CN", {"Beijing"}, {}},
        {"harvard", {{"Harvard University"}}, {education}, "US", {"Cambridge"}, {}},
        {"ucla", {{"University of California, Los Angeles"}}, {education}, "US", {"Los Angeles"}, {}},
        {"milan", {{"University of Milan"}, {"Università degli Studi di Milano"}}, {education}, "IT", {"Milan"}, {}},
        {"duke", {{"Duke University"}}, {education}, "US", {"Durham"}, {}},
        {"nanyang", {{"Nanyang Technological University"}}, {education}, "SG", {"Singapore"}, {}},
        {"research_america", {{"Research America"}}, {company}, "US", {"Arlington"}, {}},
        {"quantum", {{"Quantum Institute of Foo"}}, {facility}, "GB", {"Oxford"}, {}},
        {"nih", {{"National Institutes of Health"}}, {government}, "US", {"Bethesda"}, {}},
    };
}

const cd::registry& known() {
    static const cd::registry built(organisations());
    return built;
}

/// Their ids, "+" between.
std::string ids(std::string_view text) {
    std::string all;
    for (const cd::registry_match& each : known()(text)) all.append(all.empty() ? "" : "+").append(each.id);
    return all;
}

}  // namespace

TEST_CASE("who is named, and who is not") {
    struct row {
        std::string_view text, ids;
    };
    constexpr row rows[] = {
        // as it is written
        {"University of Oxford", "oxford"},
        {"Dept. of Physics, UNIVERSITY OF OXFORD, Oxford OX1 3PU, UK", "oxford"},
        {"The University of Oxford and Tsinghua University", "oxford+tsinghua"},
        {"University of Oxford; Tsinghua University; University of Oxford", "oxford+tsinghua"},
        {"清华大学计算机系", "tsinghua"},
        {"Universit&eacute; Paris Cit&eacute;, Paris, France", "paris_cite"},
        // what follows begins an address: it repeats the name's end, or stands behind a gap
        {"Università degli Studi di Milano Milano Italy", "milan"},
        {"School of Law University of Milan  Lodi Lombardy Italy", "milan"},
        {"School of Law University of Milan Lodi Lombardy Italy", ""},
        // nearly
        {"Univ. Oxford, UK", "oxford"},
        {"Hong Kong, Chinese Univ. of Hong Kong", "cuhk"},
        {"Huazhong Univ. of Sci. & Technol., Wuhan, China", "hust"},
        {"Huazhong Science & Technology University, Wuhan 430030, China", "hust"},
        {"Tsinhgua University, China", "tsinghua"},
        {"Univeristy of Oxford, UK", "oxford"},
        {"Bonn University, Germany", "bonn"},
        {"Mathematisches Institut Universität Bonn", "bonn"},
        {"Medizinische Technische Universität Bonn", ""},
        {"Università di Milano, Italy", "milan"},
        // schools
        {"Harvard Medical School, Boston, MA, USA", "harvard"},
        {"School of Public Health, Harvard, USA", ""},
        {"Harvard Law School", "harvard"},
        {"Harvard Driving School", ""},
        // another order is another name
        {"Washington University", ""},
        {"Washington University, USA", ""},
        {"Washington University in St. Louis, MO", "wustl"},
        {"Oxford University Press, Oxford Street, Boston, USA", ""},
        // longer names
        {"University of California, Berkeley", "berkeley"},
        {"University of California, Berkeley, Berkeley, CA 94720", "berkeley"},
        {"Department of Bioengineering University of California Los Angeles California USA", "ucla"},
        {"Nanjing University of Technology, Nanjing, China", ""},
        {"Nanjing University, Nanjing, China", "nanjing"},
        {"Royal Nanjing University", ""},
        {"Duke University Medical Center, Durham, NC", ""},
        {"The First Affiliated Hospital of Nanjing University", ""},
        {"Brown University, Providence, Rhode Island", "brown"},
        {"Heriot-Watt University Oxford", ""},
        // numbered universities
        {"University of Paris 8, Paris, France", ""},
        {"University of Paris VII, Paris, France", "paris_7"},
        {"Université Paris 7, Paris, France", "paris_7"},
        {"University of Paris, France", "paris_cite"},
        {"Université de Paris-Sud, Orsay, France", ""},
        // countries and cities
        {"University College London, Gower Street, London", "ucl"},
        {"University College London, Adelaide, Australia", ""},
        {"Northwestern University", ""},
        {"Northwestern University, Evanston, IL 60208", "northwestern"},
        {"Northwestern University, USA", "northwestern"},
        {"Northwestern University, Laoag, Philippines", "northwestern_ph"},
        {"Chinese University of Hong Kong, Hong Kong, China", "cuhk"},
        {"Google, London, UK", "google_gb"},
        {"Google, Mountain View, USA", "google_us"},
        {"Google", ""},
        {"Google Research, USA", "google_us"},
        // short names
        {"AI", ""},
        {"AI, Sofia, Bulgaria", ""},
        {"UCL", ""},
        {"UCL, London, UK", "ucl"},
        {"ucl, London, UK", ""},
        {"ontotext, Sofia", ""},
        {"ucl street, London, UK", ""},
        {"UCL Street, London, UK", ""},
        {"CNRS, Paris, France", "cnrs"},
        {"CNRS, Wuhan, China", ""},
        {"Ontotext, Sofia", "ontotext"},
        {"Mundotextil, Sofia, Bulgaria", ""},
        {"Cambridge", ""},
        {"Cambridge, UK", ""},
        {"Hudson in New York Harbour", ""},
        {"Hudson in New York Harbour, USA", ""},
        // companies
        {"Research America, USA", "research_america"},
        {"Research America", "research_america"},
        {"Samsung Research America, USA", ""},
        {"Research in America Programme", ""},
        // abbreviations
        {"Sch. of Electr. Eng., Nanyang Technol. Univ., Singapore", "nanyang"},
        {"Univ. of Technol., Nanyang, Singapore", ""},
        // the number of a footnote behind a university
        {"Department of Physics, Duke University 2 , Durham, NC, USA", "duke"},
        // common names
        {"Faculty of Medicine", ""},
        {"Faculty of Medicine, Wuhan, China", ""},
        {"Faculty of Medicine, University of Oxford, UK", "oxford"},
        {"Institute of Physics, Beijing, China", ""},
        {"Institute of Physics, London, UK", "iop"},
        {"Department of Computer Science", ""},
        {"Quantum Institute of Foo, Oxford, UK", "quantum"},
        {"Quantum Institute of Foo, University of Oxford, UK", "oxford"},
        // addresses
        {"someone@cs.ox.ac.uk", "oxford"},
        {"someone@ox.ac.uk.com", ""},
        {"Tsinghua University, someone@ox.ac.uk", "tsinghua"},
        // nothing
        {"", ""},
        {",;,", ""},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(ids(each.text) == each.ids);
    }
}

TEST_CASE("a match tells where and how") {
    const std::string text = "Dept.\xC2\xA0of Physics, Université Paris Cité, Paris";
    const auto found = known()(text);
    REQUIRE(found.size() == 1);
    CHECK(text.substr(found[0].begin, found[0].end - found[0].begin) == "Université Paris Cité");
    CHECK(found[0].kind == cd::match_kind::exact_name);
    CHECK(found[0].name == "Université Paris Cité");
    CHECK(found[0].id == known().id(found[0].index));
    REQUIRE(found[0].types.size() == 1);
    CHECK(found[0].types[0] == education);
    CHECK(found[0].country == "FR");
    CHECK(found[0].city == "Paris");
    CHECK(known().country(found[0].index) == "FR");
    CHECK(known().city(found[0].index) == "Paris");

    CHECK(known()("Univ. Oxford")[0].kind == cd::match_kind::near_name);
    CHECK(known()("a@ox.ac.uk")[0].kind == cd::match_kind::domain);
    // The more agrees, the higher the score.
    const auto score = [](std::string_view of) { return known()(of).at(0).score; };
    CHECK(score("University of Oxford, Oxford, UK") == 1);
    CHECK(score("University of Oxford, UK") > score("University of Oxford"));
    CHECK(score("University of Oxford") > score("Univ. Oxford"));
    CHECK(score("Huazhong University of Science and Technology, Wuhan, China") >
          score("Huazhong Science and Technology University, Wuhan, China"));
}

TEST_CASE("a match tells who else is called so, and by how much it is behind") {
    const auto alone = known()("University of Oxford, Oxford, UK").at(0);
    CHECK(alone.runner_up.empty());
    CHECK(alone.margin == alone.score);
    // Two records of one name; the city of the one is said.
    const std::vector<cd::organisation> twins{{"here", {{"Northern Foo University"}}, {education}, "GB", {"Leeds"}, {}},
                                              {"there", {{"Northern Foo University"}}, {education}, "GB", {"York"}, {}},
                                              {"nowhere", {{"Northern Foo University"}}, {education}, "", {}, {}}};
    const cd::registry both(twins);
    CHECK(both("Northern Foo University, UK").empty());
    const auto match = both("Northern Foo University, York, UK").at(0);
    CHECK(match.id == "there");
    CHECK(match.runner_up == "here");
    CHECK(match.margin > 0);
    CHECK(match.margin < match.score);
    CHECK(both.country(2).empty());
    CHECK(both.city(2).empty());
    CHECK(both.find_names("Northern Foo University") == std::vector<std::size_t>{0, 1, 2});
    CHECK_FALSE(both.find_name("Northern Foo University"));
    CHECK(known().find_names("University of Nowhere").empty());
}

TEST_CASE("names are looked up") {
    CHECK(known().id(known().find_name("University of Oxford").value()) == "oxford");
    CHECK(known().id(known().find_name("University of Paris").value()) == "paris_cite");
    CHECK_FALSE(known().find_name("Northwestern University"));
    CHECK_FALSE(known().find_name("UCL"));
    CHECK_FALSE(known().find_name("University of Nowhere"));
    CHECK_FALSE(known().find_name(""));
}

TEST_CASE("records are the user's") {
    struct school {
        int number;
        std::string title;
    };
    const std::vector<school> schools{{7, "Lyceum of Foo"}, {8, "Gymnasium of Bar"}};
    const cd::registry mine(
        schools, [](const school& s) { return std::to_string(s.number); },
        [](const school& s) { return std::vector{cd::organisation_name{s.title}}; },
        [](const school&) { return std::vector{education}; }, [](const school&) { return std::string("FR"); },
        [](const school&) { return std::vector<std::string>{}; },
        [](const school&) { return std::vector<std::string>{}; });
    REQUIRE(mine("Gymnasium of Bar").size() == 1);
    CHECK(mine("Gymnasium of Bar")[0].id == "8");
    CHECK(mine.size() == 2);
    CHECK(cd::registry(std::vector<cd::organisation>{})("University of Oxford").empty());
}

TEST_CASE("records that are none") {
    const auto with = [](auto change) {
        std::vector<cd::organisation> one{{"x", {{"Foo University"}}, {education}, "FR", {}, {}}};
        change(one[0]);
        return one;
    };
    CHECK_NOTHROW(cd::registry(with([](auto&) {})));
    CHECK_THROWS_AS(cd::registry(with([](auto& o) { o.id.clear(); })), std::invalid_argument);
    CHECK_THROWS_AS(cd::registry(with([](auto& o) { o.names.clear(); })), std::invalid_argument);
    CHECK_THROWS_AS(cd::registry(with([](auto& o) { o.country = "France"; })), std::invalid_argument);
    CHECK_THROWS_AS(cd::registry(with([](auto& o) { o.country = "fr"; })), std::invalid_argument);
    CHECK_NOTHROW(cd::registry(with([](auto& o) { o.country.clear(); })));
}

TEST_CASE("any bytes, from several threads") {
    for (const std::string& text :
         {std::string("\0University of Oxford\0", 22), std::string("\xFF\xE3\xC3"), std::string("\xE6\xB8\x85\xE5"),
          std::string(1 << 20, 'a'), std::string(1 << 20, ','), std::string(1 << 19, '&')}) {
        CHECK_NOTHROW(static_cast<void>(known()(text)));
    }
    std::string many;
    while (many.size() < 1 << 20) many += "university of oxford california ";
    CHECK(known()(many).size() <= known().size());
    std::vector<std::string> found(4);
    std::vector<std::thread> threads;
    threads.reserve(found.size());
    for (std::string& each : found) threads.emplace_back([&each] { each = ids("University of Oxford; CNRS, France"); });
    for (std::thread& each : threads) each.join();
    for (const std::string& each : found) CHECK(each == "oxford");
}

TEST_CASE("the classifier takes ids, names and types from a registry") {
    cd::classifier_options options;
    options.registry = std::make_shared<const cd::registry>(organisations());
    const cd::classifier with(options), without;
    struct row {
        std::string_view text, name, id;
        cd::institution_type type;
        cd::classifier_rule rule;
    };
    constexpr row rows[] = {
        {"Univ. of Oxford, UK", "University of Oxford", "oxford", education, cd::classifier_rule::registry},
        {"Ontotext, Sofia", "Ontotext (Bulgaria)", "ontotext", company, cd::classifier_rule::registry},
        {"University of Nowhere", "University of Nowhere", "", education, cd::classifier_rule::type_word},
        // What is known keeps its name and type.
        {"Google, London, UK", "Google", "google_gb", company, cd::classifier_rule::known_organisation},
        {"Google", "Google", "", company, cd::classifier_rule::known_organisation},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        const cd::affiliation found = with(each.text);
        REQUIRE(found.institutions.size() == 1);
        CHECK(found.institutions[0].name == each.name);
        CHECK(found.institutions[0].id == each.id);
        CHECK(found.institutions[0].type == each.type);
        CHECK(found.institutions[0].rule == each.rule);
        CHECK(found.institutions[0].confidence > 0.8);
    }
    CHECK(with("University of Oxford; Nowhere Ltd").institutions.size() == 2);
    CHECK(with("University of Oxford; University of Oxford").institutions.size() == 1);
    // Named by a part of it first, an institution has the id of its name behind.
    const cd::affiliation twice = with("National Cancer Institute, National Institutes of Health, Bethesda, USA");
    REQUIRE(twice.institutions.size() == 1);
    CHECK(twice.institutions[0].id == "nih");
    CHECK(twice.institutions[0].city == "Bethesda");
    // A company of one word does not stand beside another institution, but in a section of its own.
    CHECK(with("Ontotext, University of Nowhere, Sofia").institutions.size() == 1);
    CHECK(with("Ontotext, Sofia; University of Nowhere").institutions.size() == 2);
    CHECK(without("University of Oxford").institutions[0].id.empty());

    options.organisations = {{nonprofit, "The place", "university of oxford"}};
    const cd::classifier mine(options);
    const cd::affiliation own = mine("University of Oxford");
    REQUIRE(own.institutions.size() == 1);
    CHECK(own.institutions[0].rule == cd::classifier_rule::user);
    CHECK(own.institutions[0].type == nonprofit);
    CHECK(own.institutions[0].id == "oxford");
}

TEST_CASE("memory of earlier searches changes nothing") {
    cd::registry::workspace memory;
    for (const std::string_view text : {"University of Oxford; CNRS, Paris, France", "Univ. Oxford", "", "a@ox.ac.uk",
                                        "Huazhong Science and Technology University, Wuhan, China"}) {
        CAPTURE(text);
        CHECK(known()(text, memory) == known()(text));
    }
}

TEST_CASE("territories are their countries', by the table as by the list") {
    using namespace cd::detail;
    CHECK(sovereign_of("HK") == "CN");
    CHECK(sovereign_of("CN") == "CN");
    CHECK(sovereign_of("AX") == "FI");
    CHECK(sovereign_of("IE") == "IE");
    CHECK(packed_sovereign_of(0) == 0);
    for (char first = 'A'; first <= 'Z'; ++first)
        for (char second = 'A'; second <= 'Z'; ++second) {
            const std::string code{first, second};
            CAPTURE(code);
            CHECK(packed_sovereign_of(packed_country(code)) == packed_country(sovereign_of(code)));
        }
}
