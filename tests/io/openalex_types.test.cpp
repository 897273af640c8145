// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/openalex_types.hpp>

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/evaluation.hpp>

namespace cd = compute_divide;
using cd::institution_type;
using cd::openalex_types;
using cd::sector;

namespace {

using types = std::vector<std::optional<institution_type>>;

cd::openalex_authorship author(const types& given, std::vector<std::string> raw) {
    cd::openalex_authorship made;
    for (const auto& type : given) made.institutions.push_back({"I1", "", std::nullopt, type});
    made.raw_affiliations = std::move(raw);
    return made;
}

const std::string university = "University of Foo";
const std::string company = "Foo Inc.";
const std::string nothing = "Xyzzy Qwrt";
constexpr auto education = institution_type::education;
constexpr auto unknown = institution_type::unknown;

}  // namespace

TEST_CASE("types by OpenAlex, the classifier, either and both") {
    const cd::classifier who({.learned = false});
    using list = std::vector<sector>;
    struct row {
        cd::openalex_authorship author;
        list given, classified, either, both;
    };
    const list academia{sector::academia}, industry{sector::industry};
    const std::vector<row> rows{
        {author({education}, {university}), academia, academia, academia, academia},
        {author({education}, {company}), academia, industry, academia, {}},
        {author({education}, {}), academia, {}, academia, {}},
        {author({education}, {nothing}), academia, {}, academia, {}},
        {author({std::nullopt}, {company}), {sector::unknown}, industry, industry, {}},
        {author({unknown}, {company}), {sector::unknown}, industry, industry, {}},
        {author({}, {company}), {}, industry, industry, {}},
        {author({}, {}), {}, {}, {}, {}},
        {author({education, std::nullopt}, {company}),
         {sector::academia, sector::unknown},
         industry,
         {sector::academia, sector::unknown},
         {}},
        {author({education, institution_type::company}, {university, company}),
         {sector::academia, sector::industry},
         {sector::academia, sector::industry},
         {sector::academia, sector::industry},
         {sector::academia, sector::industry}},
        {author({education, institution_type::company}, {company, company}),
         {sector::academia, sector::industry},
         industry,
         {sector::academia, sector::industry},
         industry},
    };
    struct column {
        openalex_types choice;
        list row::*wanted;
    };
    for (const column& each_choice :
         {column{openalex_types::given, &row::given}, column{openalex_types::classified, &row::classified},
          column{openalex_types::either, &row::either}, column{openalex_types::both, &row::both}}) {
        const openalex_types choice = each_choice.choice;
        cd::openalex_sectors sectors(who, choice);
        cd::openalex_work all;
        for (const row& each : rows) {
            cd::openalex_work work;
            work.authorships = {each.author};
            CAPTURE(cd::name_of(choice));
            CAPTURE(&each - rows.data());
            CHECK(sectors(work) == std::vector<list>{each.*each_choice.wanted});
            all.authorships.push_back(each.author);
        }
        CHECK(sectors(all).size() == rows.size());
        CHECK(sectors(cd::openalex_work{}).empty());
    }
    const auto read_as = cd::sector_mapping{}.with(sector::industry, sector::other);
    cd::openalex_sectors mapped(who, openalex_types::given, read_as);
    cd::openalex_work work;
    work.authorships = {author({institution_type::company}, {})};
    CHECK(mapped(work) == std::vector<list>{{sector::other}});
    CHECK(cd::team_of(cd::count_sectors(mapped(work))) == cd::team_kind::other);
}

TEST_CASE("the two compared") {
    const cd::classifier who({.learned = false});
    cd::openalex_sectors sectors(who);
    cd::openalex_work work;
    work.authorships = {
        author({education}, {university}),
        author({education}, {"University of Bar"}),  // the same is said
        author({education, unknown}, {company, nothing}),
        author({education}, {nothing}),
        author({education}, {}),
        author({std::nullopt}, {university}),
        author({unknown}, {university}),
    };
    cd::evaluation<institution_type> agreement;
    int pairs = 0;
    sectors.compare(work, [&](const cd::openalex_type_pair& pair) {
        agreement.add(pair.given, pair.classified);
        ++pairs;
    });
    CHECK(pairs == 3);
    const auto table = agreement.result();
    REQUIRE(table.find(education) != nullptr);
    CHECK(table.find(education)->counts.true_positives == 1);
    CHECK(table.find(education)->counts.false_negatives == 2);
    CHECK(table.find(institution_type::company)->counts.false_positives == 1);
    CHECK(table.abstention.value == 1.0 / 3);
}
