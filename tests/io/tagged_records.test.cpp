// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/tagged_records.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/io/bibliographic_exports.hpp>
#include <compute_divide/io/csv_reader.hpp>

using namespace compute_divide;
using texts = std::vector<std::string>;

namespace {

/// The cells of a column, and the lines on which the rows begin.
struct column_cells {
    texts cells;
    std::vector<std::uint64_t> lines;
};
column_cells column_of(const std::string& table, std::string_view name) {
    column_cells found;
    csv_reader rows(table);
    for (const csv_row& row : rows) {
        found.cells.emplace_back(row[name]);
        found.lines.push_back(row.line());
    }
    return found;
}

constexpr std::string_view two_papers =
    "\xEF\xBB\xBF"
    "FN Clarivate Analytics Web of Science\r\nVR 1.0\r\n"
    "PT J\r\nAU Doe, A\r\n   Roe, B\r\nTI A title that is\r\n   wrapped, \"so\"\r\n"
    "C1 [Doe, A; Roe, B] Univ Oslo, Oslo, Norway.\r\n   Acme Inc, Springfield, IL USA.\r\n"
    "C3 University of\r\n   Oslo; Acme\r\nPY 2020\r\nER\r\n\r\n"
    "PT C\r\nAU Poe, C\r\nPY 2021\r\nEA JAN 2021\r\nER\r\n\r\nEF";

constexpr std::string_view two_of_pubmed =
    "\nPMID- 1\nOWN - NLM\nDP  - 2024 Aug 9\nTI  - A title that is \n      wrapped\nFAU - Doe, Ann\n"
    "AD  - Univ of Oslo, Norway; Acme\n      Inc, Springfield.\nFAU - Roe, Bo\nAD  - Univ of Bergen.\nJT  - J Tests\n\n"
    "PMID- 2\nDP  - 2023 Mar-Apr\n\n";

}  // namespace

TEST_CASE("formats by the first line") {
    CHECK(tagged_format_of("FN Clarivate Analytics Web of Science\r") == tagged_format::web_of_science);
    CHECK(tagged_format_of("FN ISI Export Format") == tagged_format::web_of_science);
    CHECK(tagged_format_of("PT J") == tagged_format::web_of_science);
    CHECK(tagged_format_of("PMID- 39166637") == tagged_format::pubmed);
    // Tables that begin alike.
    for (const auto* const line : {"PT\tAU\tBA", "FN\tAU", "PT J,AU", "PMID,Title", "FN x\ty", "", "year,C1"})
        CHECK(tagged_format_of(line) == tagged_format::none);
}

TEST_CASE("Web of Science's plain text") {
    const std::string table = csv_of_tagged(two_papers);
    csv_reader rows(table);
    CHECK(rows.columns() == texts{"PT", "AU", "TI", "C1", "C3", "PY", "EA"});
    CHECK(export_of(rows.columns()).affiliation == "C1");
    CHECK(column_of(table, "AU").cells == texts{"Doe, A; Roe, B", "Poe, C"});
    CHECK(column_of(table, "TI").cells == texts{"A title that is wrapped, \"so\"", ""});
    // A line is an address, whether or not it has authors before it; C3 is wrapped.
    const texts addresses = column_of(table, "C1").cells;
    CHECK(affiliations_in(addresses[0]) ==
          std::vector<std::string_view>{"Univ Oslo, Oslo, Norway.", "Acme Inc, Springfield, IL USA."});
    CHECK(column_of(table, "C3").cells == texts{"University of Oslo; Acme", ""});
    CHECK(column_of(table, "PY").cells == texts{"2020", "2021"});
    CHECK(column_of(table, "PY").lines == std::vector<std::uint64_t>{3, 15});  // of PT, in the text
}

TEST_CASE("files of Web of Science behind each other, and lines that have no tag") {
    const std::string twice = std::string(two_papers) + "\n" + std::string(two_papers);
    CHECK(column_of(csv_of_tagged(twice), "PY").cells == texts{"2020", "2021", "2020", "2021"});
    const std::string table = csv_of_tagged("PT J\nTI One\nand two\n   three\tfour\nTI five\nER\n");
    CHECK(column_of(table, "TI").cells == texts{"One and two three four; five"});
    CHECK(column_of(csv_of_tagged("PT J\nAU \nPY 2020\nER\n"), "AU").cells == texts{""});
    CHECK(column_of(csv_of_tagged("FN x\nVR 1.0\nEF\n"), "").cells.empty());
}

TEST_CASE("records that are cut") {
    const std::string_view cut = two_papers.substr(0, two_papers.find("EA JAN"));
    CHECK_THROWS_WITH_AS(static_cast<void>(csv_of_tagged(cut, "savedrecs.txt")),
                         "compute_divide::csv_of_tagged: savedrecs.txt, line 15: a record without ER at its end: is "
                         "the file cut?",
                         read_error);
    const std::string table = csv_of_tagged(cut, "", error_handling::skip);
    csv_reader rows(table, {.on_error = error_handling::skip});
    int n = 0;
    for ([[maybe_unused]] const csv_row& row : rows) ++n;
    CHECK(n == 1);
    REQUIRE(rows.problems().size() == 1);
    CHECK(rows.problems()[0].line == 15);
    // Where the next record begins before it ends.
    CHECK_THROWS_AS(static_cast<void>(csv_of_tagged("PT J\nPY 2020\nPT J\nPY 2021\nER\n")), read_error);
}

TEST_CASE("PubMed's format") {
    const std::string table = csv_of_tagged(two_of_pubmed);
    csv_reader rows(table);
    CHECK(rows.columns() == texts{"PMID", "OWN", "DP", "TI", "FAU", "AD", "JT"});
    const export_columns known = export_of(rows.columns());
    CHECK(known.source == export_source::pubmed);
    CHECK(known.affiliation == "AD");
    CHECK(column_of(table, "PMID").cells == texts{"1", "2"});
    CHECK(column_of(table, "PMID").lines == std::vector<std::uint64_t>{2, 14});
    CHECK(column_of(table, "DP").cells == texts{"2024-08-09", "2023-03"});
    CHECK(column_of(table, "TI").cells == texts{"A title that is wrapped", ""});
    CHECK(column_of(table, "FAU").cells[0] == "Doe, Ann; Roe, Bo");
    const std::string addresses = column_of(table, "AD").cells[0];
    CHECK(affiliations_in(addresses) ==
          std::vector<std::string_view>{"Univ of Oslo, Norway", "Acme Inc, Springfield.", "Univ of Bergen."});
}

TEST_CASE("dates of PubMed") {
    const struct {
        std::string_view text, date;
    } table[] = {{"2024 Aug 19", "2024-08-19"},
                 {"2024 Aug", "2024-08"},
                 {"2024", "2024"},
                 {"2023 Mar-Apr", "2023-03"},
                 {"2022 Winter", "2022"},
                 {"2022 Dec 28-2023 Jan 3", "2022-12-28"},
                 {"2022-2023", "2022-2023"},
                 {"1998 Dec-1999 Jan", "1998-12"},
                 {"2024 Aug 99", "2024-08"},
                 {"2024 ugs 1", "2024"},
                 {"2024 Augustus 1", "2024"},
                 {"Summer 2020", "Summer 2020"},
                 {"2024 Dec 1st", "2024-12-01"},
                 {"", ""}};
    for (const auto& each : table) {
        CAPTURE(each.text);
        CHECK(detail::iso_date_of_pubmed(each.text) == each.date);
    }
}

TEST_CASE("texts of no format") {
    CHECK_THROWS_WITH_AS(static_cast<void>(csv_of_tagged("a,b\n1,2\n")),
                         "compute_divide::csv_of_tagged: Web of Science's plain text or PubMed's format, got \"a,b\"",
                         std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(csv_of_tagged("")), std::invalid_argument);
}
