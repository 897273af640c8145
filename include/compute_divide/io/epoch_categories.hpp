// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_EPOCH_CATEGORIES_HPP
#define COMPUTE_DIVIDE_IO_EPOCH_CATEGORIES_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/sector.hpp>
#include <compute_divide/institutions/sector_counts.hpp>
#include <compute_divide/institutions/team.hpp>

/// How the column of team categories in Epoch AI's tables of models is read, in the spellings of all years.
namespace compute_divide::inline v0_2 {

namespace detail {

/// Whether a spelling is these words, letter case, spaces, hyphens and parentheses aside. `words` is lower case.
[[nodiscard]] constexpr bool is_spelling_of(std::string_view words, std::string_view text) {
    std::size_t matched = 0;
    for (const char c : text) {
        if (c == ' ' || c == '-' || c == '(' || c == ')') continue;
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (matched == words.size() || words[matched] != lower) return false;
        ++matched;
    }
    return matched == words.size();
}

}  // namespace detail

/// The sector of one entry of Epoch's category column: Academia, Industry, Government, Non-profit, Research collective
/// (-> other), blank (-> unknown), in any letter case. Nothing for any other spelling.
[[nodiscard]] constexpr std::optional<sector> find_epoch_sector(std::string_view entry) {
    constexpr std::array spellings{
        named<sector>{sector::academia, "academia"},        named<sector>{sector::industry, "industry"},
        named<sector>{sector::government, "government"},    named<sector>{sector::nonprofit, "nonprofit"},
        named<sector>{sector::other, "researchcollective"}, named<sector>{sector::unknown, ""}};
    for (const auto& spelling : spellings)
        if (detail::is_spelling_of(spelling.name, entry)) return spelling.value;
    return std::nullopt;
}

/// The kind of team that a cell of Epoch's category column says, in the spellings of all years; nothing for a spelling
/// that is none of them.
///
/// - One value for the team (to 2024-02): a sector as in `find_epoch_sector`, or "Industry - Academia Collaboration",
///   plain or with "(Academia leaning)" or "(Industry leaning)"; under `institution_set` all three are collaborations.
/// - One value per organisation, comma between (since): "Academia,Industry,Academia". The organisations take the place
///   of the authors in `team_of`: 2 of 3 are academic, a collaboration.
[[nodiscard]] constexpr std::optional<team_kind> find_epoch_category(std::string_view cell,
                                                                     const team_options& options = {}) {
    constexpr std::array collaborations{
        named<team_kind>{team_kind::collaboration, "industryacademiacollaboration"},
        named<team_kind>{team_kind::academia_leaning, "industryacademiacollaborationacademialeaning"},
        named<team_kind>{team_kind::industry_leaning, "industryacademiacollaborationindustryleaning"}};
    for (const auto& spelling : collaborations)
        if (detail::is_spelling_of(spelling.name, cell)) {
            switch (options.rule) {
                case team_rule::author_shares:
                    return spelling.value;
                case team_rule::institution_set:
                    return team_kind::collaboration;
            }
        }

    sector_counts organisations;
    for (std::size_t begin = 0; begin <= cell.size();) {
        const std::size_t end = std::min(cell.find(',', begin), cell.size());
        const std::optional<sector> found = find_epoch_sector(cell.substr(begin, end - begin));
        if (!found) return std::nullopt;
        organisations.add(*found);
        begin = end + 1;
    }
    return team_of(organisations, options);
}

/// As `find_epoch_category`, but throws std::invalid_argument that shows the cell where its spelling is not known.
[[nodiscard]] constexpr team_kind team_of_epoch_category(std::string_view cell, const team_options& options = {}) {
    const std::optional<team_kind> found = find_epoch_category(cell, options);
    detail::require(found.has_value(), "team_of_epoch_category", "a category of Epoch's table, or a comma list of them",
                    cell);
    return *found;
}

}  // namespace compute_divide::inline v0_2

#endif
