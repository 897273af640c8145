// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/classifier.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

const cd::classifier& who() {
    static const cd::classifier built;
    return built;
}

std::string sectors(const cd::affiliation& found) {
    std::string names;
    for (const cd::sector each : found.sectors) names.append(names.empty() ? "" : "+").append(cd::name_of(each));
    return names;
}

}  // namespace

TEST_CASE("sectors of affiliations") {
    struct row {
        std::string_view text, sectors;
    };
    constexpr row rows[] = {
        // words within words
        {"Department of Physics, University of Cincinnati", "academia"},
        {"Texas A&M University, Corpus Christi, TX", "academia"},
        {"University of Evansville, Evansville, IN", "academia"},
        {"Province Hospital of Traditional Medicine", "healthcare"},
        {"University of Colorado, Boulder, CO", "academia"},
        {"Cincinnati, Province of Corpus Christi", "unknown"},
        {"Texas A&M University, College Station", "academia"},
        // who takes whom over
        {"University Hospital Zurich", "healthcare"},
        {"Seoul National University Bundang Hospital, Seongnam", "healthcare"},
        {"Huashan Hospital, Fudan University", "academia+healthcare"},
        {"University of Foo and Bar Hospital", "academia+healthcare"},
        {"Institute of Things Inc.", "industry"},
        {"Institute of Things, Inc.", "industry"},
        {"Hitachi General Hospital", "healthcare"},
        {"Oak Ridge National Laboratory, operated by the University of Tennessee", "facility"},
        {"Foo National Laboratory, managed by the University of Bar", "facility"},
        {"School of Medicine, University of Foo", "academia"},
        {"Institute of Physics, University of Foo", "academia"},
        {"Institute of Physics, Chinese Academy of Sciences", "facility"},
        {"University of Chinese Academy of Sciences", "academia"},
        {"Department of Pharmaceutical Chemistry, University of Foo", "academia"},
        // several
        {"MIT-IBM Watson AI Lab", "academia+industry"},
        {"FAIR, Menlo Park; Mila", "industry+facility"},
        {"Stanford University + Google Brain", "academia+industry"},
        {"University of Bern/AstraZeneca", "academia+industry"},
        {"Courant Institute and Google, New York, NY 10012", "academia+industry"},
        {"Carnegie Mellon University & Petuum Inc.", "academia+industry"},
        {"Inria - École Normale Supérieure", "academia+facility"},
        // nothing said
        {"Department of Computer Science", "unknown"},
        {"Independent Researcher", "unknown"},
        {"", "unknown"},
        {" , ;; ", "unknown"},
        // places
        {"Boston Scientific", "industry"},
        {"Texas Instruments, Dallas", "industry"},
        {"Boston Dynamics", "industry"},
        {"Shenzhen Widgets Co., Ltd.", "industry"},
        {"NEC Laboratories America, Princeton, NJ", "industry"},
        // forms of writing
        {"SUN YAT-SEN UNIVERSITY", "academia"},
        {"Univeristy of Foo", "academia"},
        {"Unversity of Foo", "academia"},
        {"Universit´e de Foo", "academia"},
        {"Universit&eacute; de Foo", "academia"},
        {"1University of Foo", "academia"},
        {"#N#Foo State University#N#", "academia"},
        {"Inst. of Technol., Foo", "academia"},
        {"Lexington High School", "academia"},
        {"Lockheed Martin Space Systems Co.", "industry"},
        {"Widgets S.A.", "industry"},
        {"Widgets Research, Cornell University, Ithaca, New York, U.S.A.", "academia"},
        // languages
        {"北京大学", "academia"},
        {"東京大学医学部附属病院", "healthcare"},
        {"中国科学院自动化研究所", "facility"},
        {"华为技术有限公司", "industry"},
        {"株式会社フー", "industry"},
        {"서울대학교", "academia"},
        {"Московский государственный университет", "academia"},
        {"İstanbul Üniversitesi", "academia"},
        {"Hochschule München", "academia"},
        {"Uniwersytet Warszawski", "academia"},
        {"Budapesti Corvinus Egyetem", "academia"},
        {"Lapin yliopisto", "academia"},
        {"Ospedale Maggiore", "healthcare"},
        {"Universitätsklinikum Foo", "healthcare"},
        {"Widgets GmbH", "industry"},
        {"Widgets S.p.A.", "industry"},
        {"Widgets Oy, Helsinki", "industry"},
        // e-mail domains
        {"someone@google.com", "industry"},
        {"a.b@cs.foo.edu", "academia"},
        {"a.b@foo.ac.uk", "academia"},
        {"a.b@foo.gov", "government"},
        {"a.b@gmail.com", "unknown"},
        {"Stanford University, someone@google.com", "academia"},
        // the rest of the types
        {"Ministry of Health, Foo", "government"},
        {"Allen Institute for Artificial Intelligence", "nonprofit"},
        {"Max-Planck-Institut für Physik", "nonprofit"},
        {"Natural History Museum, London", "other"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(sectors(who()(each.text)) == each.sectors);
    }
}

TEST_CASE("names, evidence and rules") {
    const std::string text = "Department of Physics, University of Foo; Google Brain";
    const cd::affiliation found = who()(text);
    REQUIRE(found.institutions.size() == 2);
    CHECK(found.institutions[0].name == "University of Foo");
    CHECK(found.institutions[0].type == cd::institution_type::education);
    CHECK(found.institutions[0].evidence == "University");
    CHECK(found.institutions[0].rule == cd::classifier_rule::type_word);
    CHECK(found.institutions[1].name == "Google");
    CHECK(found.institutions[1].evidence == "Google");
    CHECK(found.institutions[1].rule == cd::classifier_rule::known_organisation);
    CHECK(found.institutions[1].confidence > found.institutions[0].confidence);
    CHECK(found.institutions[1].confidence <= 1);

    const cd::affiliation again = who()("Technion, Technion");
    REQUIRE(again.institutions.size() == 1);
    CHECK(again.institutions[0].name == "Technion – Israel Institute of Technology");

    const cd::affiliation mail = who()("a.b@cs.foo.edu");
    REQUIRE(mail.institutions.size() == 1);
    CHECK(mail.institutions[0].rule == cd::classifier_rule::email_domain);
    CHECK(mail.institutions[0].evidence == "cs.foo.edu");

    const cd::affiliation both = who()("University of Foo and Bar Hospital");
    REQUIRE(both.institutions.size() == 2);
    CHECK(both.institutions[0].name == "University of Foo");
    CHECK(both.institutions[1].name == "Bar Hospital");
}

TEST_CASE("independent authors have their own flag") {
    CHECK(who()("Independent Researcher").is_independent);
    CHECK(who()("Independent Researcher").institutions.empty());
    CHECK(!who()("Department of Physics").is_independent);
    CHECK(!who()("Independent Researcher, University of Foo").is_independent);
}

TEST_CASE("the user's names and words come first") {
    using enum cd::institution_type;
    cd::classifier_options options;
    options.organisations = {{nonprofit, "Alphabet's search engine", "google"}, {company, "Foo", "university of foo"}};
    options.words = {{archive, cd::word_strength::strong, "fonds"}};
    options.read_as = cd::sector_mapping{}.with(cd::sector::facility, cd::sector::academia);
    const cd::classifier mine(options);

    const cd::affiliation google = mine("Google Brain");
    REQUIRE(google.institutions.size() == 1);
    CHECK(google.institutions[0].name == "Alphabet's search engine");
    CHECK(google.institutions[0].rule == cd::classifier_rule::user);
    CHECK(google.institutions[0].confidence == 1);
    CHECK(sectors(google) == "nonprofit");
    CHECK(sectors(mine("University of Foo")) == "industry");
    CHECK(sectors(mine("Fonds Bar")) == "other");
    CHECK(sectors(mine("Inria")) == "academia");
    CHECK(sectors(who()("Inria")) == "facility");

    options.organisations = {{company, "nothing", ""}};
    CHECK_THROWS_AS(cd::classifier{options}, std::invalid_argument);
}

TEST_CASE("options switch rules off") {
    cd::classifier_options options;
    options.known = options.email_domains = options.learned = false;
    const cd::classifier words(options);
    CHECK(sectors(words("Google")) == "unknown");
    CHECK(sectors(words("a@foo.edu")) == "unknown");
    CHECK(sectors(words("University of Foo")) == "academia");
    options.learned = true;
    options.learned_threshold = 0;
    CHECK(sectors(cd::classifier(options)("Zyxwv")) != "unknown");
    CHECK(cd::classifier(options)("Zyxwv").institutions[0].rule == cd::classifier_rule::learned);
    options.learned_threshold = 1;
    CHECK(sectors(cd::classifier(options)("Zyxwv")) == "unknown");
}

TEST_CASE("any bytes give a result, whose evidence is in the text") {
    const std::vector<std::string> texts = {
        std::string("MIT\0Google", 10),
        "\xFF\xFE University \xC3",
        "\xE2\x80\x8FGoogle\xE2\x80\x8F",
        std::string(1 << 20, 'a'),
        std::string(1 << 20, ','),
        std::string(1 << 18, '@'),
        "@",
        "@@.edu",
        ".",
        "a@.",
        "#N#",
        "#",
        "Inc.",
        ", Inc.",
        "& and &",
        "1Univ",
    };
    for (const std::string& text : texts)
        for (const cd::institution& each : who()(text).institutions) {
            const bool is_mail = each.rule == cd::classifier_rule::email_domain;
            CHECK((is_mail || text.find(each.evidence) != text.npos));
        }
    CHECK(sectors(who()(texts[0])) == "academia+industry");
    CHECK(sectors(who()(texts[1])) == "academia");
    CHECK(sectors(who()(texts[2])) == "industry");

    // linear time: any two names compared would be 10^10 comparisons
    for (const std::string_view repeated :
         {"University of Foo, ", "university ", "inc ", "university and ", "a@b.edu "}) {
        std::string many;
        while (many.size() < 1 << 20) many.append(repeated).append(std::to_string(many.size())).append(" ");
        CHECK(who()(many).institutions.size() <= cd::classifier::most_institutions);
    }
}

TEST_CASE("one classifier serves many threads") {
    const std::vector<std::string_view> texts = {"Google", "University of Foo; Inria", "Bar Hospital", "Zyx Inc."};
    std::vector<cd::affiliation> expected;
    for (const std::string_view text : texts) expected.push_back(who()(text));
    std::vector<int> wrong(4, 0);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < wrong.size(); ++t)
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < 2000; ++i)
                if (who()(texts[i % 4]) != expected[i % 4]) ++wrong[t];
        });
    for (std::thread& each : threads) each.join();
    CHECK(std::ranges::count(wrong, 0) == 4);
}

TEST_CASE("the table of known organisations names each term once") {
    std::vector<std::string_view> terms;
    for (const cd::known_organisation& each : cd::known_organisations) {
        CHECK(!each.name.empty());
        CHECK(each.type != cd::institution_type::unknown);
        for (std::size_t begin = 0; begin <= each.terms.size();) {
            const std::size_t end = std::min(each.terms.find('|', begin), each.terms.size());
            terms.push_back(each.terms.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    std::ranges::sort(terms);
    const auto twice = std::ranges::adjacent_find(terms);
    CHECK((twice == terms.end() ? std::string_view{} : *twice) == "");
    CHECK(terms.front() != "");
}
