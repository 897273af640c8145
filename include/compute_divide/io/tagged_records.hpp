// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_TAGGED_RECORDS_HPP
#define COMPUTE_DIVIDE_IO_TAGGED_RECORDS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/io/csv_writer.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/read_problem.hpp>

/// Plain-text exports of bibliographic databases, whose records have a tag before each field, as tables.
namespace compute_divide::inline v0_2 {

/// How the records are written.
enum class tagged_format {
    none,            ///< not in tagged lines that are read here
    web_of_science,  ///< `PT J` to `ER`, a tag of two characters before each field, further lines behind three blanks
    pubmed           ///< `PMID- 1`, a tag in four characters and a dash, further lines behind six blanks
};
[[nodiscard]] constexpr auto enumerators(tagged_format) {
    using enum tagged_format;
    using entry = named<tagged_format>;
    return std::array{entry{none, "none", "not a plain-text export"},
                      entry{web_of_science, "web_of_science", "Web of Science's plain text"},
                      entry{pubmed, "pubmed", "PubMed's format"}};
}

/// The format of a text by its first line with something on it, without a byte order mark.
[[nodiscard]] constexpr tagged_format tagged_format_of(std::string_view first_line) {
    const std::string_view line = trimmed(first_line);
    if (line.starts_with("FN ") && line.find('\t') == std::string_view::npos) return tagged_format::web_of_science;
    if (line.size() == 4 && line.starts_with("PT ")) return tagged_format::web_of_science;
    return line.starts_with("PMID- ") ? tagged_format::pubmed : tagged_format::none;
}

namespace detail {

[[nodiscard]] constexpr bool is_capital_letter(char c) {
    return !is_small_letter(c) && is_small_letter(ascii_lower(c));
}

/// "2024 Aug 19" as 2024-08-19, "2023 Mar-Apr" as 2023-03, "2022 Winter" as 2022; other texts as they are.
[[nodiscard]] inline std::string iso_date_of_pubmed(std::string_view text) {
    constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
    text = trimmed(text);
    if (text.size() < 4 || !detail::all_of(text.substr(0, 4), is_digit) || (text.size() > 4 && text[4] != ' '))
        return std::string(text);
    std::string date(text.substr(0, 4));
    if (text.size() < 8) return date;
    std::string month(text.substr(5, 3));
    std::ranges::transform(month, month.begin(), ascii_lower);
    const std::size_t at = months.find(month);
    const std::string_view rest = text.substr(8);
    const bool is_alone = rest.empty() || rest.front() == ' ' || rest.front() == '-';
    if (at == std::string_view::npos || at % 3 != 0 || !is_alone) return date;
    const auto two_digits = [](std::size_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    date += "-" + two_digits(at / 3 + 1);
    std::size_t day = 0, digits = 0;
    if (rest.starts_with(' '))
        for (std::size_t i = 1; i < rest.size() && is_digit(rest[i]) && digits < 3; ++i, ++digits)
            day = 10 * day + static_cast<std::size_t>(rest[i] - '0');
    return day > 0 && day < 32 ? date + "-" + two_digits(day) : date;
}

}  // namespace detail

/// Plain-text records as CSV for csv_reader: a column for each tag that a record has, in the order in which they first
/// appear, and a row for each record on the line on which the record begins, so that problems name the line of the
/// text. Blank lines are between them, which are no records of a table of several columns.
///
/// Lines of Web of Science that hold one item each (authors, affiliations, references, editors) are joined by "; ", as
/// its tab-delimited export has them, wrapped lines by a blank; a tag that a record has several times, by "; ".
/// PubMed's DP is written as an ISO date of a year, month or day. Files behind each other (`cat`) are read as one. Tabs
/// and line ends within a field are blanks.
///
/// Under `fail` a record of Web of Science without its ER, as of a file that is cut, throws read_error with its line;
/// under `skip` its row has a single field, so that csv_reader leaves it out and counts it. Throws
/// std::invalid_argument for a text of no format. Keeps the text and its table in memory; linear in the text.
///
///     const std::string table = csv_of_tagged(text);
///     csv_reader rows(table);                             // rows["C1"], rows["PY"]
[[nodiscard]] inline std::string csv_of_tagged(std::string_view text, const std::string& file = "",
                                               error_handling on_error = error_handling::fail) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    const auto take_line = [mark](std::string_view& rest) {
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (line.starts_with(mark)) line.remove_prefix(mark.size());
        while (line.ends_with('\r')) line.remove_suffix(1);
        return line;
    };
    tagged_format format = tagged_format::none;
    for (std::string_view rest = text; !rest.empty() && format == tagged_format::none;)
        if (const std::string_view line = take_line(rest); !trimmed(line).empty()) {
            format = tagged_format_of(line);
            break;
        }
    detail::require(format != tagged_format::none, "csv_of_tagged", "Web of Science's plain text or PubMed's format",
                    text.substr(0, std::min<std::size_t>(text.find_first_of("\r\n"), 80)));
    const bool is_wos = format == tagged_format::web_of_science;

    struct record {
        std::uint64_t line = 0;
        std::vector<std::string> cells = {};
        bool complete = true;
    };
    constexpr std::array<std::string_view, 9> itemised{"AU", "AF", "BA", "BF", "BE", "CA", "C1", "CR", "GP"};
    std::vector<record> records;
    std::vector<std::string> tags;
    std::unordered_map<std::string_view, std::size_t> places;  // of the tags, of which the text has the characters
    bool open = false, is_itemised = false;
    std::string* cell = nullptr;  // of the record that is open; null before its first tag
    const auto add = [](std::string& to, std::string_view part, std::string_view separator) {
        if (part.empty()) return;
        if (!to.empty()) to += separator;
        for (const char c : part) to += c == '\t' || c == '\r' || c == '\0' ? ' ' : c;
    };
    std::uint64_t number = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const std::string_view line = take_line(rest);
        ++number;
        std::string_view tag, value = line;
        const std::size_t dash = is_wos ? 2 : 4;  // or the blank
        const auto is_of_tag = [](char c) { return detail::is_capital_letter(c) || detail::is_digit(c); };
        if (const std::string_view start = trimmed(line.substr(0, dash));
            start.size() > 1 && detail::is_capital_letter(line[0]) && detail::all_of(start, is_of_tag) &&
            (is_wos ? line.size() == dash || line[dash] == ' ' : line.size() > dash && line[dash] == '-')) {
            tag = start;
            value = line.substr(std::min(dash + 1, line.size()));
        }
        value = trimmed(value);
        const bool begins = is_wos ? tag == "PT" : tag == "PMID";
        if (is_wos && (tag == "EF" || (!open && (tag == "FN" || tag == "VR")))) continue;
        if (is_wos && tag == "ER") {
            open = false;
            continue;
        }
        if (!is_wos && trimmed(line).empty()) continue;
        if (begins || (!open && !tag.empty())) {
            if (open && is_wos) records.back().complete = false;
            records.push_back({.line = number});
            open = true;
            cell = nullptr;
        }
        if (!open) continue;
        if (tag.empty()) {
            if (cell != nullptr) add(*cell, value, is_itemised ? "; " : " ");
            continue;
        }
        const auto [known, is_new] = places.emplace(tag, tags.size());
        if (is_new) tags.emplace_back(tag);
        auto& cells = records.back().cells;
        if (cells.size() <= known->second) cells.resize(known->second + 1);
        cell = &cells[known->second];
        is_itemised = is_wos && detail::find(itemised, tag) != itemised.end();
        add(*cell, value, "; ");
    }
    if (open && is_wos) records.back().complete = false;

    std::ostringstream table;
    write_csv_row(table, tags);
    std::uint64_t written = 1;
    const auto date = places.find("DP");
    for (record& each : records) {
        if (!each.complete && on_error == error_handling::fail)
            throw read_error(
                "csv_of_tagged",
                {.file = file, .line = each.line, .reason = "a record without ER at its end: is the file cut?"});
        for (; tags.size() > 1 && written + 1 < each.line; ++written) table << '\n';
        each.cells.resize(each.complete ? tags.size() : 1);
        if (!is_wos && date != places.end())
            each.cells[date->second] = detail::iso_date_of_pubmed(each.cells[date->second]);
        write_csv_row(table, each.cells);
        ++written;
    }
    return table.str();
}

}  // namespace compute_divide::inline v0_2

#endif
