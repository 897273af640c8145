// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/bibliographic_exports.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/io/csv_reader.hpp>

using namespace compute_divide;
using texts = std::vector<std::string_view>;

TEST_CASE("exports by their headers") {
    // As the databases write them; of Epoch's table the first columns of 2023, 2024 and 2026.
    const struct {
        export_source source;
        std::string_view headers;
        char delimiter = ',';
    } table[] = {
        {export_source::epoch,
         "Model,Domain,Task,Organization,Authors,Publication date,Reference,Link,Citations,Notability criteria,"
         "Parameters,Training compute (FLOP)"},
        {export_source::openalex,
         "id,title,display_name,publication_year,publication_date,doi,type,cited_by_count,"
         "primary_location.source.display_name,authorships.author.display_name,authorships.raw_affiliation_strings"},
        {export_source::scopus,
         "\"Authors\",\"Author full names\",\"Author(s) ID\",\"Title\",\"Year\",\"Source title\",\"Cited by\",\"DOI\","
         "\"Affiliations\",\"Authors with affiliations\",\"Source\",\"EID\""},
        {export_source::web_of_science, "PT\tAU\tBA\tAF\tTI\tSO\tC1\tC3\tRP\tPY\tUT\tDA", '\t'},
        {export_source::web_of_science,
         "Publication Type,Authors,Article Title,Source Title,Addresses,Affiliations,Publication Year,UT (Unique WOS "
         "ID)"},
        {export_source::dimensions,
         "Rank,Publication ID,DOI,Title,Source title,PubYear,Authors,Authors (Raw Affiliation),Corresponding Author,"
         "Authors Affiliations,Research Organizations - standardized"},
        {export_source::bibliometrix, "PT,AU,TI,SO,C1,PY,UT,DB,AU_UN,SR_FULL,SR"},
        // Those of fewer columns, of which the affiliations are where they can be had.
        {export_source::openalex,
         "id,authorships.author.display_name,authorships.institutions.display_name,cited_by_count,"
         "primary_location.source.display_name,publication_year"},
        {export_source::scopus, "Authors,Title,Year,Source title,Authors with affiliations,Source,EID"},
        {export_source::dimensions, "Rank,Publication ID,Title,Source title,PubYear,Authors,Authors Affiliations"},
        {export_source::dimensions,
         "Publication ID,DOI,Title,Source title/Anthology title,PubYear,Authors,Authors Affiliations - Name of "
         "Research organization,Authors Affiliations - Country of Research organization"},
        {export_source::dimensions,
         "Publication ID,Title,Source title,PubYear,Authors,Research Organizations - standardized"},
        {export_source::pubmed, "PMID,OWN,DP,TI,AB,FAU,AU,AD,JT"},
        {export_source::unknown, "year,affiliation"},
        {export_source::unknown, "C1,PY"},
        {export_source::unknown, ""}};
    for (const auto& each : table) {
        CAPTURE(each.headers);
        csv_reader reader(each.headers, {.delimiter = each.delimiter});
        const export_columns found = export_of(reader.columns());
        CHECK(found.source == each.source);
        if (each.source == export_source::unknown) continue;
        CHECK(reader.find_column(found.affiliation));
        CHECK(reader.find_column(found.year));
        CHECK(reader.find_column(found.id));
        CHECK((found.venue.empty() || reader.find_column(found.venue)));
        CHECK((found.authors.empty() || reader.find_column(found.authors)));
    }
}

TEST_CASE("exports that name no affiliations say how to get them") {
    const struct {
        export_source source;
        std::string_view headers;
        char delimiter = ',';
    } table[] = {
        {export_source::openalex, "id,doi,title,publication_year,cited_by_count,type"},
        {export_source::scopus, "Authors,Author(s) ID,Title,Year,Source title,Cited by,DOI,Link,Source,EID"},
        {export_source::scopus, "Authors,Author(s) ID,Title,Year,Source title,Abstract,Source"},
        {export_source::dimensions, "Publication ID,DOI,Title,PubYear,Authors,Times cited"},
        {export_source::web_of_science, "PT\tAU\tTI\tSO\tAB\tPY\tUT", '\t'},
        {export_source::web_of_science, "Publication Type,Authors,Article Title,Source Title,Publication Year"},
        {export_source::pubmed,
         "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI"},
        {export_source::lens,
         "Lens ID,Title,Date Published,Publication Year,Publication Type,Source Title,Source Country,Author/s"}};
    for (const auto& each : table) {
        CAPTURE(each.headers);
        csv_reader reader(each.headers, {.delimiter = each.delimiter});
        const export_columns found = export_of(reader.columns());
        CHECK(found.source == each.source);
        CHECK(found.affiliation.empty());
        CHECK(reader.find_column(found.year));
        CHECK(!found.without.empty());
    }
    // Of those that have the column, too.
    csv_reader tags("PT,AU,C1,PY");
    csv_reader sheet("Publication Type,Article Title,Addresses,Publication Year");
    CHECK(how_to_export(export_of(tags.columns())) == "export the Full Record, whose C1 has the addresses");
    CHECK(how_to_export(export_of(sheet.columns())) == "export the Full Record, which has Addresses");
    CHECK(how_to_export(export_columns{}).empty());
    // Its id is not always there.
    csv_reader scopus("Authors,Title,Year,Source title,Affiliations,Source");
    CHECK(export_of(scopus.columns()).affiliation == "Affiliations");
    // One or the other.
    for (const export_columns& each : known_exports) CHECK(each.affiliation.empty() != each.without.empty());
}

TEST_CASE("what an export calls a column") {
    const export_columns& known = *std::ranges::find(known_exports, export_source::scopus, &export_columns::source);
    CHECK(column_called(known, "affiliation") == "Affiliations");
    CHECK(column_called(known, "year") == "Year");
    CHECK(column_called(known, "venue") == "Source title");
    CHECK(column_called(known, "id") == "EID");
    CHECK(column_called(known, "authors") == "Authors");
    CHECK(column_called(known, "Year").empty());
    CHECK(column_called(export_columns{}, "year").empty());
}

TEST_CASE("affiliations of a cell that lists them") {
    CHECK(affiliations_in("Univ Oslo; Google|MIT\nMila") == texts{"Univ Oslo", "Google", "MIT", "Mila"});
    CHECK(affiliations_in("[Doe, A; Roe, B] Univ Oslo, Norway; [Poe, C] Google Inc; Mila") ==
          texts{"Univ Oslo, Norway", "Google Inc", "Mila"});
    CHECK(affiliations_in("AT&amp;T Labs; AT&#38;T; Procter & Gamble;IBM") ==
          texts{"AT&amp;T Labs", "AT&#38;T", "Procter & Gamble", "IBM"});
    CHECK(affiliations_in("Texas A&M; R&D; AT&T; Google") == texts{"Texas A&M", "R&D", "AT&T", "Google"});
    // Lines that were joined; a bracket behind a full stop alone says nothing.
    CHECK(affiliations_in("[Doe, A; Roe, B] Univ Oslo, Norway. [Poe, C] Acme [Norway] Inc, Oslo. [Doe, A] Mila.") ==
          texts{"Univ Oslo, Norway.", "Acme [Norway] Inc, Oslo.", "Mila."});
    CHECK(affiliations_in("Acme Inc. [Norway]; Google") == texts{"Acme Inc. [Norway]", "Google"});
    CHECK(affiliations_in(" ;; | \n").empty());
    CHECK(affiliations_in("").empty());
    CHECK(affiliations_in("Inst [Oslo]; Google") == texts{"Inst [Oslo]", "Google"});
    CHECK(affiliations_in("[Doe, A Univ Oslo; Google") == texts{"[Doe, A Univ Oslo", "Google"});
    CHECK(affiliations_in("Google; Google") == texts{"Google", "Google"});
    CHECK(affiliations_in("[Doe]") == texts{});
    CHECK(affiliations_in("NA").empty());
    CHECK(affiliations_in("NA;Univ Oslo; None") == texts{"Univ Oslo"});
    CHECK(affiliations_in("NASA; N") == texts{"NASA", "N"});
    CHECK(affiliations_in("['Univ Oslo, Norway', \"Huawei Noah's Ark Lab; Shenzhen\"]") ==
          texts{"Univ Oslo, Norway", "Huawei Noah's Ark Lab; Shenzhen"});
    CHECK(affiliations_in("['Univ Oslo']") == texts{"Univ Oslo"});
    CHECK(affiliations_in("['A', None, 'B']") == texts{"A", "B"});
    CHECK(affiliations_in("[]") == texts{});
    CHECK(affiliations_in("['']").empty());
    CHECK(affiliations_in("Google;\r\nMIT\r\n") == texts{"Google", "MIT"});
}

TEST_CASE("affiliations behind their authors") {
    const auto in = [](std::string_view cell) { return affiliations_in(cell, affiliation_cell::parenthesised); };
    CHECK(in("Doe, A (Univ. of Oslo, Norway; Google (Norway)); Roe, B (MIT); Poe, C ()") ==
          texts{"Univ. of Oslo, Norway", "Google (Norway)", "MIT"});
    CHECK(in("Doe, A; Roe, B").empty());
    CHECK(in("Doe, A (Univ. of Oslo") == texts{"Univ. of Oslo"});
    CHECK(in("a) Doe (AT&amp;T) )(") == texts{"AT&amp;T"});
    CHECK(in("Doe, A (Inst. of X | Dept. of Y, Univ. Z; Mila)") == texts{"Inst. of X | Dept. of Y, Univ. Z", "Mila"});
    CHECK(in("").empty());
}
