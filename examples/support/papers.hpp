// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PAPERS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PAPERS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/statistics/corrected_share.hpp>

/// Papers by their authors' sectors, and how often the kind of a paper's team is told wrong.
namespace example {

namespace cd = compute_divide;

/// Sectors beside academia and industry are as if they were not there, so that "with industry" is what it says.
inline constexpr cd::team_options team_rule{.others = cd::other_sectors::ignored};

struct paper {
    std::string venue;
    int year = 0;
    cd::sector_counts authors;  ///< one with affiliations of two sectors counts in both
    std::optional<double> n_authors;
    std::optional<bool> code;                   ///< whether it has a link to its code
    std::string text;                           ///< what was searched for terms: "title and abstract", say
    std::vector<std::string> compute_terms;     ///< groups of terms found in it
    std::vector<std::string> topics;            ///< found in it
    std::vector<std::string> pretrained_terms;  ///< groups of terms found in it
};

/// The parts of a list with ; between.
inline std::vector<std::string> parts_of(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(';'), list.size());
        parts.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

/// Reads the papers of the main conference in a table like data/papers.csv: venue, year, and a column of authors for
/// each sector; where there is a column of the status, not those rejected, withdrawn, undecided or of a workshop. What
/// the table has no column for is empty.
inline std::vector<paper> read_papers(const std::string& path) {
    cd::csv_reader table = cd::csv_reader::open(path);
    const std::size_t venue = table.column("venue"), year = table.column("year");
    const auto status = table.find_column("status"), n_authors = table.find_column("authors"),
               code = table.find_column("code"), text = table.find_column("text"),
               compute_terms = table.find_column("compute terms"), topics = table.find_column("topics"),
               pretrained_terms = table.find_column("pretrained terms");
    constexpr std::array<std::string_view, 4> left_out{"reject", "withdraw", "active", "workshop"};
    std::array<std::size_t, cd::enumerators(cd::sector{}).size()> columns{};
    for (const auto& entry : cd::enumerators(cd::sector{}))
        columns[static_cast<std::size_t>(entry.value)] = table.column(entry.name);
    std::vector<paper> papers;
    for (const auto row : table) {
        if (status && std::ranges::find(left_out, row[*status]) != left_out.end()) continue;
        const auto cell = [&row](std::optional<std::size_t> column) {
            return column ? row[*column] : std::string_view();
        };
        papers.push_back({.venue = std::string(row[venue]),
                          .year = static_cast<int>(cd::parse_number(row[year]).value_or(0)),
                          .authors = {},
                          .n_authors = cd::parse_number(cell(n_authors)),
                          .code = cell(code).empty() ? std::nullopt : std::optional(cell(code) == "yes"),
                          .text = std::string(cell(text)),
                          .compute_terms = parts_of(cell(compute_terms)),
                          .topics = parts_of(cell(topics)),
                          .pretrained_terms = parts_of(cell(pretrained_terms))});
        for (const auto& entry : cd::enumerators(cd::sector{}))
            papers.back().authors.add(
                entry.value, cd::parse_number(row[columns[static_cast<std::size_t>(entry.value)]]).value_or(0));
    }
    return papers;
}

/// What the classifier made of the papers of one kind, and of those of others.
struct team_errors {
    std::string kind;
    cd::classification_counts counts;
};

/// Reads a table like data/team_errors.csv.
inline std::vector<team_errors> read_team_errors(const std::string& path) {
    cd::csv_reader table = cd::csv_reader::open(path);
    std::vector<team_errors> errors;
    for (const auto row : table) {
        const auto count = [&row](const char* column) { return cd::parse_number(row[column]).value_or(0); };
        errors.push_back(
            {std::string(row["kind"]),
             {count("true_positives"), count("false_positives"), count("false_negatives"), count("true_negatives")}});
    }
    return errors;
}

/// The kinds that the shares are of: some of the five kinds of team, together.
inline bool is_kind(const std::string& kind, cd::team_kind team) {
    using enum cd::team_kind;
    const bool mixed = team == academia_leaning || team == collaboration || team == industry_leaning;
    if (kind == "mixed") return mixed;
    if (kind == "with industry") return mixed || team == industry_only;
    return cd::name_of(team) == kind;
}
inline const std::array<std::string, 4> kinds{"academia_only", "mixed", "industry_only", "with industry"};

}  // namespace example

#endif
