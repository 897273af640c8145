// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_BIBLIOGRAPHIC_EXPORTS_HPP
#define COMPUTE_DIVIDE_IO_BIBLIOGRAPHIC_EXPORTS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/io/fields.hpp>

/// Tables that bibliographic databases export: told by their headers, with the columns that say who, when and where,
/// and the affiliations of a cell one by one.
namespace compute_divide::inline v0_2 {

/// How several affiliations are written in a cell.
enum class affiliation_cell {
    listed,        ///< with ; | or a line break between; names of authors in brackets before them are left out
    parenthesised  ///< behind their authors, "Doe, A (Univ. of X; Y Inc.); Roe, B (Univ. of X)"
};
[[nodiscard]] constexpr auto enumerators(affiliation_cell) {
    using enum affiliation_cell;
    return std::array{named<affiliation_cell>{listed, "listed"},
                      named<affiliation_cell>{parenthesised, "parenthesised"}};
}

/// Whose export a table is.
enum class export_source { unknown, epoch, openalex, scopus, web_of_science, dimensions, bibliometrix, lens, pubmed };
[[nodiscard]] constexpr auto enumerators(export_source) {
    using enum export_source;
    using entry = named<export_source>;
    return std::array{entry{unknown, "unknown", "a table of its own kind"},
                      entry{epoch, "epoch", "Epoch AI's table of models"},
                      entry{openalex, "openalex", "OpenAlex's CSV export"},
                      entry{scopus, "scopus", "Scopus' CSV export"},
                      entry{web_of_science, "web_of_science", "Web of Science's export"},
                      entry{dimensions, "dimensions", "Dimensions' export"},
                      entry{bibliometrix, "bibliometrix", "bibliometrix' table"},
                      entry{lens, "lens", "Lens.org's export"},
                      entry{pubmed, "pubmed", "PubMed's export"}};
}

/// What an export calls its columns; empty where it has no such column.
struct export_columns {
    export_source source = export_source::unknown;
    std::array<std::string_view, 3> told_by = {};  ///< headers that it has and the others before it have not all
    std::string_view without = {};                 ///< where it names no affiliation: how to export it with them
    std::string_view affiliation = {};
    affiliation_cell form = affiliation_cell::listed;
    std::string_view year = {};
    std::string_view venue = {};
    std::string_view id = {};
    std::string_view authors = {};
};

/// The exports that are known, as they were in 2008 to 2026. Of those of one database the ones with the affiliations as
/// papers write them come first, and last the ones that name none; bibliometrix' is before Web of Science's, whose tags
/// it has.
inline constexpr std::array known_exports{
    export_columns{.source = export_source::epoch,
                   .told_by = {"Publication date", "Organization", "Parameters"},
                   .affiliation = "Organization",
                   .year = "Publication date",
                   .id = "Model"},
    export_columns{.source = export_source::openalex,
                   .told_by = {"id", "publication_year", "authorships.raw_affiliation_strings"},
                   .affiliation = "authorships.raw_affiliation_strings",
                   .year = "publication_year",
                   .venue = "primary_location.source.display_name",
                   .id = "id",
                   .authors = "authorships.author.display_name"},
    export_columns{.source = export_source::openalex,
                   .told_by = {"id", "publication_year", "authorships.institutions.display_name"},
                   .affiliation = "authorships.institutions.display_name",
                   .year = "publication_year",
                   .venue = "primary_location.source.display_name",
                   .id = "id",
                   .authors = "authorships.author.display_name"},
    export_columns{.source = export_source::openalex,
                   .told_by = {"id", "publication_year", "cited_by_count"},
                   .without = "export it with authorships.raw_affiliation_strings among its columns",
                   .year = "publication_year",
                   .venue = "primary_location.source.display_name",
                   .id = "id",
                   .authors = "authorships.author.display_name"},
    export_columns{.source = export_source::scopus,
                   .told_by = {"Source title", "Year", "Affiliations"},
                   .affiliation = "Affiliations",
                   .year = "Year",
                   .venue = "Source title",
                   .id = "EID",
                   .authors = "Authors"},
    export_columns{.source = export_source::scopus,
                   .told_by = {"Source title", "Year", "Authors with affiliations"},
                   .affiliation = "Authors with affiliations",
                   .year = "Year",
                   .venue = "Source title",
                   .id = "EID",
                   .authors = "Authors"},
    export_columns{.source = export_source::scopus,
                   .told_by = {"EID", "Title", "Year"},
                   .without = "export it with Affiliations ticked, under Bibliographical information",
                   .year = "Year",
                   .venue = "Source title",
                   .id = "EID",
                   .authors = "Authors"},
    export_columns{.source = export_source::scopus,
                   .told_by = {"Author(s) ID", "Title", "Year"},
                   .without = "export it with Affiliations ticked, under Bibliographical information",
                   .year = "Year",
                   .venue = "Source title",
                   .id = "EID",
                   .authors = "Authors"},
    export_columns{.source = export_source::dimensions,
                   .told_by = {"Publication ID", "PubYear", "Authors (Raw Affiliation)"},
                   .affiliation = "Authors (Raw Affiliation)",
                   .form = affiliation_cell::parenthesised,
                   .year = "PubYear",
                   .venue = "Source title",
                   .id = "Publication ID",
                   .authors = "Authors"},
    export_columns{.source = export_source::dimensions,
                   .told_by = {"Publication ID", "PubYear", "Authors Affiliations"},
                   .affiliation = "Authors Affiliations",
                   .form = affiliation_cell::parenthesised,
                   .year = "PubYear",
                   .venue = "Source title",
                   .id = "Publication ID",
                   .authors = "Authors"},
    export_columns{.source = export_source::dimensions,
                   .told_by = {"Publication ID", "PubYear", "Authors Affiliations - Name of Research organization"},
                   .affiliation = "Authors Affiliations - Name of Research organization",
                   .year = "PubYear",
                   .venue = "Source title/Anthology title",
                   .id = "Publication ID",
                   .authors = "Authors"},
    export_columns{.source = export_source::dimensions,
                   .told_by = {"Publication ID", "PubYear", "Research Organizations - standardized"},
                   .affiliation = "Research Organizations - standardized",
                   .year = "PubYear",
                   .venue = "Source title",
                   .id = "Publication ID",
                   .authors = "Authors"},
    export_columns{.source = export_source::dimensions,
                   .told_by = {"Publication ID", "PubYear", "Title"},
                   .without = "export it with Authors (Raw Affiliation) among its columns",
                   .year = "PubYear",
                   .venue = "Source title",
                   .id = "Publication ID",
                   .authors = "Authors"},
    export_columns{.source = export_source::bibliometrix,
                   .told_by = {"C1", "PY", "SR"},
                   .affiliation = "C1",
                   .year = "PY",
                   .venue = "SO",
                   .id = "UT",
                   .authors = "AU"},
    export_columns{.source = export_source::web_of_science,
                   .told_by = {"PT", "C1", "PY"},
                   .affiliation = "C1",
                   .year = "PY",
                   .venue = "SO",
                   .id = "UT",
                   .authors = "AU"},
    export_columns{.source = export_source::web_of_science,
                   .told_by = {"PT", "AU", "PY"},
                   .without = "export the Full Record, whose C1 has the addresses",
                   .year = "PY",
                   .venue = "SO",
                   .id = "UT",
                   .authors = "AU"},
    export_columns{.source = export_source::web_of_science,  // as a spreadsheet
                   .told_by = {"Publication Type", "Addresses", "Publication Year"},
                   .affiliation = "Addresses",
                   .year = "Publication Year",
                   .venue = "Source Title",
                   .id = "UT (Unique WOS ID)",
                   .authors = "Authors"},
    export_columns{.source = export_source::web_of_science,
                   .told_by = {"Publication Type", "Article Title", "Publication Year"},
                   .without = "export the Full Record, which has Addresses",
                   .year = "Publication Year",
                   .venue = "Source Title",
                   .id = "UT (Unique WOS ID)",
                   .authors = "Authors"},
    export_columns{.source = export_source::pubmed,  // its format of tagged lines, read by csv_of_tagged
                   .told_by = {"PMID", "DP", "AD"},
                   .affiliation = "AD",
                   .year = "DP",
                   .venue = "JT",
                   .id = "PMID",
                   .authors = "FAU"},
    export_columns{.source = export_source::pubmed,
                   .told_by = {"PMID", "Journal/Book", "Publication Year"},
                   .without = "PubMed's CSV never does; save its PubMed format, whose AD has them",
                   .year = "Publication Year",
                   .venue = "Journal/Book",
                   .id = "PMID",
                   .authors = "Authors"},
    export_columns{.source = export_source::lens,
                   .told_by = {"Lens ID", "Title", "Publication Year"},
                   .without = "Lens.org's CSV never does; OpenAlex, Scopus, Web of Science and Dimensions export the "
                              "same works, by their DOI, with them",
                   .year = "Publication Year",
                   .venue = "Source Title",
                   .id = "Lens ID",
                   .authors = "Author/s"}};

/// The export that has these headers (texts); `unknown`, without columns, where it is none of them. A column that this
/// export lacks all the same is for the reader to name.
template <class Headers>
[[nodiscard]] constexpr export_columns export_of(const Headers& headers) {
    const auto has = [&headers](std::string_view name) {
        return detail::any_of(headers, [name](std::string_view header) { return trimmed(header) == name; });
    };
    for (const export_columns& each : known_exports)
        if (detail::all_of(each.told_by, has)) return each;
    return {};
}

/// How to get an export like this one with affiliations, also where it has their column, with nothing in it; empty
/// where that is not known.
[[nodiscard]] constexpr std::string_view how_to_export(const export_columns& known) {
    for (const export_columns& each : known_exports)
        if (each.source == known.source && each.year == known.year && !each.without.empty()) return each.without;
    return {};
}

/// What an export calls "affiliation", "year", "venue", "id" or "authors"; empty for other words, and where it has
/// none.
[[nodiscard]] constexpr std::string_view column_called(const export_columns& known, std::string_view word) {
    if (word == "affiliation") return known.affiliation;
    if (word == "year") return known.year;
    if (word == "venue") return known.venue;
    if (word == "id") return known.id;
    return word == "authors" ? known.authors : std::string_view();
}

namespace detail {

/// Whether text[at], a ;, ends a character reference, `&amp;` or `&#38;`, as in "AT&amp;T". There is none of one
/// letter, as in "Texas A&M; R&D; AT&T".
[[nodiscard]] constexpr bool ends_reference(std::string_view text, std::size_t at) {
    std::size_t begin = at;
    while (begin > 0 && at - begin < 8 &&
           (is_digit(text[begin - 1]) || is_small_letter(ascii_lower(text[begin - 1])) || text[begin - 1] == '#'))
        --begin;
    return begin > 0 && at - begin > 1 && text[begin - 1] == '&';
}

/// Whether a text is what R, pandas and Python write where there is nothing.
[[nodiscard]] constexpr bool stands_for_nothing(std::string_view text) {
    constexpr std::array<std::string_view, 6> marks{"NA", "N/A", "NaN", "nan", "None", "null"};
    return detail::find(marks, text) != marks.end();
}

/// Calls `give` with each text of a list as Python writes it, `['A, B', "C's"]`; false where a cell is none.
template <class Give>
constexpr bool for_each_of_python_list(std::string_view cell, Give give) {
    cell = trimmed(cell);
    if (cell.size() < 4 || cell.front() != '[' || cell.back() != ']') return false;
    const auto is_quote = [](char c) { return c == '\'' || c == '"'; };
    cell = cell.substr(1, cell.size() - 2);
    if (!is_quote(cell.front()) || !is_quote(cell.back())) return false;
    while (!cell.empty()) {
        const char quote = cell.front();
        if (!is_quote(quote)) {  // a None
            cell.remove_prefix(std::min(cell.find(','), cell.size() - 1) + 1);
            cell = trimmed(cell);
            continue;
        }
        // A text ends where a comma or nothing is behind its quote.
        std::size_t end = 1;
        while (end < cell.size() && !(cell[end] == quote && (end + 1 == cell.size() || cell[end + 1] == ','))) ++end;
        give(cell.substr(1, end - 1));
        cell.remove_prefix(std::min(end + 2, cell.size()));
        cell = trimmed(cell);
    }
    return true;
}

}  // namespace detail

/// Calls `use` with each affiliation of a cell, in their order and as often as they are named, without white space
/// around it; none for a cell without one, and none where NA, N/A, NaN, nan, None or null stands for it. Where a cell
/// begins with authors in brackets, brackets behind a full stop and a blank begin another affiliation too, as in lines
/// of Web of Science's that were joined: "[Doe, A] Univ Oslo. [Poe, C] Google". Behind their authors in parentheses,
/// affiliations have ; between them alone. Linear in the cell; any bytes are accepted: brackets that are not closed are
/// text. A list as Python writes it, `['A', 'B']`, is read as one.
///
///     for_each_affiliation("[Doe, A; Roe, B] Univ Oslo; [Poe, C] Google", affiliation_cell::listed, use);
template <class Use>
constexpr void for_each_affiliation(std::string_view cell, affiliation_cell form, Use use) {
    const auto give = [&use](std::string_view text) {
        if (const std::string_view found = trimmed(text); !found.empty() && !detail::stands_for_nothing(found))
            use(found);
    };
    const auto separates = [cell](std::size_t at) {
        const char c = cell[at];
        return c == '|' || c == '\n' || (c == ';' && !detail::ends_reference(cell, at));
    };
    std::size_t begin = 0;
    if (form == affiliation_cell::listed) {
        if (detail::for_each_of_python_list(cell, give)) return;
        const std::size_t last_bracket = cell.rfind(']');
        const bool has_authors = trimmed(cell).starts_with('[');
        for (std::size_t at = 0; at < cell.size(); ++at) {
            // Names of authors stand where an affiliation would begin.
            if (cell[at] == '[' && last_bracket != std::string_view::npos && at < last_bracket &&
                (trimmed(cell.substr(begin, at - begin)).empty() ||
                 (has_authors && cell.substr(0, at).ends_with(". ")))) {
                give(cell.substr(begin, at - begin));
                at = cell.find(']', at);
                begin = at + 1;
            } else if (separates(at)) {
                give(cell.substr(begin, at - begin));
                begin = at + 1;
            }
        }
        return give(cell.substr(begin));
    }
    int depth = 0;  // of the parentheses that stand within those of an author
    for (std::size_t at = 0; at < cell.size(); ++at) {
        if (cell[at] == '(' && ++depth == 1) {
            begin = at + 1;
        } else if (depth > 0 && (cell[at] == ')' || (depth == 1 && cell[at] == ';' && separates(at)))) {
            if (cell[at] == ')') --depth;
            if (depth == 0 || cell[at] != ')') {
                give(cell.substr(begin, at - begin));
                begin = at + 1;
            }
        }
    }
    if (depth > 0) give(cell.substr(begin));
}

/// The affiliations of a cell.
[[nodiscard]] inline std::vector<std::string_view> affiliations_in(std::string_view cell,
                                                                   affiliation_cell form = affiliation_cell::listed) {
    std::vector<std::string_view> found;
    for_each_affiliation(cell, form, [&found](std::string_view each) { found.push_back(each); });
    return found;
}

}  // namespace compute_divide::inline v0_2

#endif
