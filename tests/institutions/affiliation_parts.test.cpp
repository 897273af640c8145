// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/affiliation_parts.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

/// "unit:Dept. of Foo organisation:University of Bar"
std::string told(std::string_view text) {
    std::string parts;
    for (const cd::affiliation_part& each : cd::affiliation_parts(text))
        parts.append(parts.empty() ? "" : " ")
            .append(cd::name_of(each.role))
            .append(":")
            .append(text.substr(each.from, each.to - each.from));
    return parts;
}

}  // namespace

// The texts are made up; the parses are those of a reader.
TEST_CASE("parts and their roles") {
    struct row {
        std::string_view text, parts;
    };
    constexpr row rows[] = {
        {"Dept. of Informatics, Univ. of Norrland, SE-901 87 Norrby, Sweden",
         "unit:Dept. of Informatics organisation:Univ. of Norrland postcode:SE-901 87 place:Norrby country:Sweden"},
        {"Faculty of Engineering, University of Harwick, 12 Mill Lane, Harwick HW2 7QT, UK",
         "unit:Faculty of Engineering organisation:University of Harwick street:12 Mill Lane place:Harwick "
         "postcode:HW2 7QT country:UK"},
        {"Lakeside Institute of Technology, Dayville, OH 45409 USA",
         "organisation:Lakeside Institute of Technology place:Dayville place:OH postcode:45409 country:USA"},
        {"School of AI, Eastlake University, No. 5 Xueyuan Road, Beijing 100083, P.R. China",
         "unit:School of AI organisation:Eastlake University street:No. 5 Xueyuan Road "
         "place:Beijing postcode:100083 country:P.R. China"},
        {"Nordlys AI AB, Storgatan 14, 111 51 Stockholm",
         "organisation:Nordlys AI AB street:Storgatan 14 postcode:111 51 place:Stockholm"},
        {"Kestrel Labs, Inc., San Mateo, CA", "organisation:Kestrel Labs, Inc. place:San Mateo place:CA"},
        {"Hochschule Esslingen, Robert-Bosch-Straße 1, 71701 Schwieberdingen",
         "organisation:Hochschule Esslingen street:Robert-Bosch-Straße 1 postcode:71701 place:Schwieberdingen"},
        {"Leiden University, 2333 AG Leiden, The Netherlands",
         "organisation:Leiden University postcode:2333 AG place:Leiden country:The Netherlands"},
        {"University of Washington, One Microsoft Way, Redmond",
         "organisation:University of Washington street:One Microsoft Way place:Redmond"},
        {"Department of Chemistry of the University of Norrland",
         "unit:Department of Chemistry organisation:University of Norrland"},
        {"Massachusetts Inst Technol, Dept Elect Engn, Cambridge, MA 02139 USA",
         "organisation:Massachusetts Inst Technol unit:Dept Elect Engn place:Cambridge place:MA postcode:02139 "
         "country:USA"},
        {"University of Luxembourg, L-2721 Luxembourg, Luxembourg",
         "organisation:University of Luxembourg postcode:L-2721 place:Luxembourg country:Luxembourg"},
        {"Hajee Danesh University (HDU), Dinajpur, Bangladesh",
         "organisation:Hajee Danesh University (HDU) place:Dinajpur country:Bangladesh"},
        {"UNIVERSITY OF HARWICK, HARWICK, UNITED KINGDOM",
         "organisation:UNIVERSITY OF HARWICK place:HARWICK country:UNITED KINGDOM"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(told(each.text) == each.parts);
    }
}

TEST_CASE("units behind a university's name are parts of their own") {
    for (const std::string_view unit : {"School of Medicine", "Faculty of Medicine", "Business School",
                                        "Graduate School", "Department of Chemistry", "Clinical Research Unit"})
        for (const std::string_view name :
             {"Harwick University", "University of Harwick", "Nordlys State University"}) {
            const std::string text = std::string(name) + " " + std::string(unit) + ", Norrby, Sweden";
            CAPTURE(text);
            CHECK(told(text) ==
                  "organisation:" + std::string(name) + " unit:" + std::string(unit) + " place:Norrby country:Sweden");
        }
    CHECK(told("New York University Tandon School of Engineering") ==
          "organisation:New York University unit:Tandon School of Engineering");
    // These are names.
    for (const std::string_view name : {"Harwick University Medical Center", "University School of Nordlys"}) {
        CAPTURE(name);
        CHECK(cd::affiliation_parts(name).size() == 1);
    }
}

TEST_CASE("streets and post boxes behind a name are parts of their own") {
    CHECK(told("Department of Foo, University of Harwick Rue Charles Bar, Norrby, Sweden") ==
          "unit:Department of Foo organisation:University of Harwick street:Rue Charles Bar place:Norrby "
          "country:Sweden");
    CHECK(told("Department of Foo, University of Harwick PO Box 55, Norrby, Sweden") ==
          "unit:Department of Foo organisation:University of Harwick street:PO Box 55 place:Norrby country:Sweden");
    // The number of a house is the street's, on either side of the comma.
    CHECK(told("University of Harwick, 41, rue du Bar, Norrby, Sweden") ==
          "organisation:University of Harwick street:41 street:rue du Bar place:Norrby country:Sweden");
    CHECK(told("University of Harwick, via Bar, 4, Norrby, Sweden") ==
          "organisation:University of Harwick street:via Bar street:4 place:Norrby country:Sweden");
}

TEST_CASE("two units that are joined are two parts, a field with \"and\" is one") {
    CHECK(told("Department of Chemistry and Centre for Optics, University of Harwick") ==
          "unit:Department of Chemistry unit:Centre for Optics organisation:University of Harwick");
    CHECK(told("Department of Chemistry and Physics, University of Harwick") ==
          "unit:Department of Chemistry and Physics organisation:University of Harwick");
}

TEST_CASE("the number of a unit is not the council's that has it") {
    CHECK(told("Inserm U 1127, Université de Harwick, Paris, France") ==
          "organisation:Inserm unit:U 1127 organisation:Université de Harwick place:Paris country:France");
}

TEST_CASE("countries behind which something is written") {
    CHECK(told("University of Harwick, Norrby, Sweden. Electronic address: a@b.org") ==
          "organisation:University of Harwick place:Norrby country:Sweden other:Electronic address email:a@b.org");
    CHECK(told("University of Harwick, Beijing, China 100080") ==
          "organisation:University of Harwick place:Beijing country:China postcode:100080");
    CHECK(told("University of Harwick, Taipei, Taiwan, ROC") ==
          "organisation:University of Harwick place:Taipei country:Taiwan country:ROC");
    // The next address, of which no sign says where it begins.
    CHECK(told("University of Harwick, Boston, MA 02115, USA Department of Foo, University of Bar") ==
          "organisation:University of Harwick place:Boston place:MA postcode:02115 country:USA unit:Department of Foo "
          "organisation:University of Bar");
    for (const std::string_view country :
         {"Viet Nam", "Lao PDR", "the Bahamas", "Fiji Islands", "Federated States of Micronesia", "U.S.A."}) {
        CAPTURE(country);
        CHECK(told("University of Harwick, " + std::string(country)) ==
              "organisation:University of Harwick country:" + std::string(country));
    }
}

TEST_CASE("states that are legal forms too are states behind a city") {
    for (const std::string_view place : {"Denver, CO", "Las Vegas, NV", "Boston, MA"}) {
        const std::string text = "University of Harwick, " + std::string(place) + " 80225, USA";
        CAPTURE(text);
        const auto parts = cd::affiliation_parts(text);
        REQUIRE(parts.size() == 5);
        CHECK(parts[1].role == cd::affiliation_role::place);
        CHECK(parts[2].role == cd::affiliation_role::place);
    }
    CHECK(told("Kestrel Labs, Inc., Denver") == "organisation:Kestrel Labs, Inc. place:Denver");
}

TEST_CASE("the full stop of an abbreviation is the part's") {
    CHECK(told("Harwick Univ., Norrby, Sweden.") == "organisation:Harwick Univ. place:Norrby country:Sweden");
}

TEST_CASE("e-mail addresses are parts of their own, sets of them too") {
    CHECK(told("University of Harwick, a.b@harwick.ac.uk") ==
          "organisation:University of Harwick email:a.b@harwick.ac.uk");
    CHECK(told("{a.b, c.d}@kestrel.ai") == "email:{a.b, c.d}@kestrel.ai");
    CHECK(told("Ministry of Health, Oman. x@moh.gov.om") ==
          "organisation:Ministry of Health country:Oman email:x@moh.gov.om");
}

TEST_CASE("spans are of the original bytes") {
    const std::string_view text =
        "Universit\xC2\xB4"
        "e de Foo, 75013 Paris, France";
    const auto parts = cd::affiliation_parts(text);
    REQUIRE(parts.size() == 4);
    CHECK(text.substr(parts[0].from, parts[0].to - parts[0].from) ==
          "Universit\xC2\xB4"
          "e de Foo");
    CHECK(text.substr(parts[1].from, parts[1].to - parts[1].from) == "75013");
    CHECK(parts[3].role == cd::affiliation_role::country);
}

TEST_CASE("every city of a list is a place behind a firm, and every country a country") {
    for (const std::string_view city : {"Toyota", "Hitachi", "McLean", "State College", "College Park", "Collegeville",
                                        "University Park", "Princeton", "Bell", "Merck", "Cambridge", "Paris",
                                        "San Sebastián", "Århus", "Xi'an", "Saint-Étienne", "The Hague"})
        for (const std::string_view country : {"Japan", "USA", "France", "P.R. China", "Republic of Korea", "UK"}) {
            const std::string text = "Acme Robotics Ltd, " + std::string(city) + ", " + std::string(country);
            CAPTURE(text);
            CHECK(told(text) ==
                  "organisation:Acme Robotics Ltd place:" + std::string(city) + " country:" + std::string(country));
        }
}

TEST_CASE("nothing in, nothing out") {
    CHECK(cd::affiliation_parts("").empty());
    CHECK(cd::affiliation_parts(" , ;; + ").empty());
}

TEST_CASE("one parser for many texts tells what a new one tells") {
    cd::affiliation_parser parser;
    const std::vector<std::string_view> texts{"University of Foo, Paris, France", "", "x@y.org",
                                              "Department of Bar, 12 Baz Street, London SW7 2AZ, UK"};
    for (int round = 0; round < 2; ++round)
        for (const std::string_view text : texts) CHECK(parser(text) == cd::affiliation_parts(text));
}

TEST_CASE("a long text of one sign or word is read in linear time" * doctest::test_suite("long")) {
    // A quadratic reader would not come to an end here.
    for (const std::string_view piece : {",",
                                         "+",
                                         "University",
                                         "University ",
                                         "1 Street ",
                                         "of the ",
                                         "USA, ",
                                         "a@b ",
                                         "}@",
                                         "(",
                                         "Dept. of ",
                                         "Inst Technol ",
                                         "-1 ",
                                         "12345 ",
                                         "Republic of ",
                                         "School ",
                                         "University School ",
                                         "Foo University School ",
                                         "University of ",
                                         "Department and ",
                                         "Dept of Foo and ",
                                         "Rue Foo ",
                                         "PO Box ",
                                         "Inserm U1 ",
                                         "Sweden 5 ",
                                         "Foo, Sweden Institute "}) {
        std::string text;
        while (text.size() < 1'000'000) text += piece;
        const auto parts = cd::affiliation_parts(text);
        std::size_t before = 0;
        bool ordered = true;
        for (const auto& each : parts) {
            ordered = ordered && before <= each.from && each.from < each.to && each.to <= text.size();
            before = each.to;
        }
        CAPTURE(piece);
        CHECK(ordered);
    }
}

TEST_CASE("addresses in braces begin behind the address before") {
    std::size_t before = 0;
    for (const auto& part : cd::affiliation_parts("{a, b}@c.de; 12 Mill Lane, 23b}@c.de, Leiden")) {
        CHECK(before <= part.from);
        before = part.to;
    }
}

TEST_CASE("a parser that has read much cuts a text as a new one does") {
    const std::vector<std::string> parts = {"Department of Physics",
                                            "Foo University",
                                            "Box 5",
                                            "Norrby",
                                            "12345",
                                            "901 87 Norrby",
                                            "USA",
                                            "Georgia",
                                            "1 Foo",
                                            "a Bar",
                                            "Foo Austin TX",
                                            "Canada N2L 3G1",
                                            "Ltd",
                                            "Foo Univ.",
                                            "Taiwan",
                                            "Rue Foo",
                                            "12",
                                            "USA Foo Laboratory"};
    cd::affiliation_parser parser;
    for (int round = 0; round < 4; ++round)
        for (std::size_t i = 0; i < parts.size() * parts.size() * parts.size(); ++i) {
            const std::size_t n = parts.size();
            const std::string text =
                parts[i % n] + ", " + parts[i / n % n] + (round % 2 == 0 ? ", " : "; ") + parts[i / n / n];
            REQUIRE(parser(text) == cd::affiliation_parts(text));
        }
}

TEST_CASE("a part within a character that becomes several is that character, and no two parts overlap") {
    for (const std::string& text :
         {std::string("Foo, a@b.org \u249f more"), std::string("Foo University \u00bd Bar Institute, Paris"),
          std::string("\u2474 Foo, \u00bd, \u33c4"), std::string("12 Mill@@@\u013f\xbf@@@ t")}) {
        std::size_t before = 0;
        for (const auto& part : cd::affiliation_parts(text)) {
            CAPTURE(text);
            CHECK(before <= part.from);
            CHECK(part.from < part.to);
            before = part.to;
        }
        CHECK(before <= text.size());
    }
}
