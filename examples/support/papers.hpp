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
#include <compute_divide/statistics/corrected_share.hpp>

#include "support/command_line.hpp"
#include "support/data_folder.hpp"

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
    std::vector<std::string> institutions = {};  ///< of its authors, by name or number
    std::optional<bool> code;                    ///< whether it has a link to its code
    std::optional<bool> code_in_abstract = {};   ///< whether its abstract has one
    std::optional<bool> official_code = {};      ///< whether a list of links, of some papers, has an official one
    std::optional<bool> code_in_anthology = {};  ///< whether a second source links it, of the papers that source has
    std::string text;                            ///< what was searched for terms: "title and abstract", say
    std::vector<std::string> compute_terms;      ///< groups of terms found in it
    std::vector<std::string> topics;             ///< found in it
    std::vector<std::string> pretrained_terms;   ///< groups of terms found in it
    /// Groups of terms of scrutiny, adaptation and foundation models of which its title has one, its abstract one, its
    /// abstract two or more.
    std::vector<std::string> title_terms = {}, abstract_terms = {}, repeated_terms = {};
    std::vector<std::string> institution_sectors = {};  ///< of each of its institutions
};

/// The parts of a list with ; between.
[[nodiscard]] std::vector<std::string> parts_of(std::string_view list);

/// Which table of papers, and how it is read.
struct papers_input {
    std::string path = data_file("papers.csv");
    cd::error_handling on_error = cd::error_handling::fail;  ///< of rows that are none, or have no year

    void add_to(command_line& line, const std::string& what);
    [[nodiscard]] bool is_shipped() const { return path == papers_input{}.path; }
    /// What a figure of these papers says of where they are from.
    [[nodiscard]] std::vector<std::string> sources() const;
};

/// Reads, once in a program, the papers of the main conference in a table like data/papers.csv: venue, year, and a
/// column of authors for each sector; where there is a column of the status, not those rejected, withdrawn, undecided
/// or of a workshop. What the table has no column for is empty; where institutions are required and it has no column of
/// these it throws. A row without a year is an error. Throws nothing_to_report where there is no paper.
[[nodiscard]] const std::vector<paper>& read_papers(const papers_input& input, bool requires_institutions = false);

/// Whether any paper's institutions are known.
[[nodiscard]] inline bool have_institutions(const std::vector<paper>& papers) {
    return std::ranges::any_of(papers, [](const paper& p) { return !p.institutions.empty(); });
}

/// What the classifier made of the papers of one kind, and of those of others.
struct team_errors {
    std::string kind;
    cd::classification_counts counts;
};

/// Reads a table like data/team_errors.csv.
[[nodiscard]] std::vector<team_errors> read_team_errors(const std::string& path);

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
