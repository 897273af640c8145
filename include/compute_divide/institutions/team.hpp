// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_TEAM_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_TEAM_HPP

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <optional>
#include <ranges>
#include <set>
#include <string_view>
#include <utility>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>

/// Who wrote it: sectors of institutions, and the kind of team their authors make.
namespace compute_divide {

/// What an institution is.
enum class sector { academia, industry, government, nonprofit, healthcare, facility, other, unknown };
[[nodiscard]] constexpr auto enumerators(sector) {
    using enum sector;
    return std::array{named<sector>{academia, "academia"},     named<sector>{industry, "industry"},
                      named<sector>{government, "government"}, named<sector>{nonprofit, "nonprofit"},
                      named<sector>{healthcare, "healthcare"}, named<sector>{facility, "facility"},
                      named<sector>{other, "other"},           named<sector>{unknown, "unknown"}};
}

/// What a team is, from academia alone to industry alone. `other`: a team the thresholds say nothing about, such as
/// one of government laboratories; `unknown`: no sector of it is known.
enum class team_kind {
    academia_only,
    academia_leaning,
    collaboration,
    industry_leaning,
    industry_only,
    other,
    unknown
};
[[nodiscard]] constexpr auto enumerators(team_kind) {
    using enum team_kind;
    return std::array{named<team_kind>{academia_only, "academia_only"},
                      named<team_kind>{academia_leaning, "academia_leaning"},
                      named<team_kind>{collaboration, "collaboration"},
                      named<team_kind>{industry_leaning, "industry_leaning"},
                      named<team_kind>{industry_only, "industry_only"},
                      named<team_kind>{other, "other"},
                      named<team_kind>{unknown, "unknown"}};
}

/// What decides the kind of a team.
enum class team_rule {
    author_shares,   ///< the academic share of the weights, cut at 30 % and 70 %
    institution_set  ///< which sectors occur at all: academia and industry together are a collaboration
};
[[nodiscard]] constexpr auto enumerators(team_rule) {
    using enum team_rule;
    return std::array{named<team_rule>{author_shares, "author_shares"},
                      named<team_rule>{institution_set, "institution_set"}};
}

/// How the sectors that are neither academia nor industry (nor unknown) count in a team.
enum class other_sectors {
    ignored,         ///< as if they were not there: academia with government is academia_only
    in_denominator,  ///< shares are of all known weights; no side above 70 % and not 30 % on each: other
    make_other       ///< beside academia alone or industry alone they make the team other; beside both, ignored
};
[[nodiscard]] constexpr auto enumerators(other_sectors) {
    using enum other_sectors;
    return std::array{named<other_sectors>{ignored, "ignored"}, named<other_sectors>{in_denominator, "in_denominator"},
                      named<other_sectors>{make_other, "make_other"}};
}

/// A reading of sectors as others; at first every sector as itself.
/// `sector_mapping{}.with(sector::facility, sector::academia)` counts national facilities as academia.
class sector_mapping {
public:
    [[nodiscard]] constexpr sector_mapping with(sector from, sector to) const {
        sector_mapping changed = *this;
        changed.read_as_[static_cast<std::size_t>(from)] = to;
        return changed;
    }
    [[nodiscard]] constexpr sector operator()(sector s) const { return read_as_[static_cast<std::size_t>(s)]; }
    friend constexpr bool operator==(const sector_mapping&, const sector_mapping&) = default;

private:
    std::array<sector, enumerators(sector{}).size()> read_as_{sector::academia,  sector::industry,   sector::government,
                                                              sector::nonprofit, sector::healthcare, sector::facility,
                                                              sector::other,     sector::unknown};
};

/// How much of a team each sector is: authors, or institutions, or fractions of them.
class sector_counts {
public:
    /// Throws std::invalid_argument unless the weight is finite and >= 0.
    constexpr void add(sector s, double weight = 1) {
        detail::require(weight >= 0 && weight <= std::numeric_limits<double>::max(), "sector_counts",
                        "finite weight >= 0", weight);
        weights_[static_cast<std::size_t>(s)] += weight;
    }
    constexpr void merge(const sector_counts& more) {
        for (std::size_t i = 0; i < weights_.size(); ++i) weights_[i] += more.weights_[i];
    }

    [[nodiscard]] constexpr double operator[](sector s) const { return weights_[static_cast<std::size_t>(s)]; }

    /// Sum of the weights, those of unknown sector included.
    [[nodiscard]] constexpr double total() const {
        double sum = 0;
        for (const double weight : weights_) sum += weight;
        return sum;
    }
    /// Sum of the weights whose sector is known.
    [[nodiscard]] constexpr double known() const {
        double sum = 0;
        for (const auto& entry : enumerators(sector{}))
            if (entry.value != sector::unknown) sum += (*this)[entry.value];
        return sum;
    }
    /// Part of the known weights; nothing where none is known.
    [[nodiscard]] constexpr std::optional<double> share(sector s) const {
        if (s == sector::unknown || known() == 0) return std::nullopt;
        return (*this)[s] / known();
    }

    friend constexpr bool operator==(const sector_counts&, const sector_counts&) = default;

private:
    std::array<double, enumerators(sector{}).size()> weights_{};
};

/// How a team is named. The defaults follow the published wording (see `team_of`).
struct team_options {
    team_rule rule = team_rule::author_shares;
    other_sectors others = other_sectors::make_other;
    double collaboration_from = 0.30;  ///< smallest academic share of a collaboration
    double collaboration_to = 0.70;    ///< largest academic share of a collaboration
    sector_mapping read_as = {};       ///< applied to every sector first
};

/// The kind of a team, from the weights of its sectors. With a the academic share of academia and industry together:
///
///   a = 1 academia_only;  a > 0.70 academia_leaning;  0.30 <= a <= 0.70 collaboration;
///   a < 0.30 industry_leaning;  a = 0 industry_only
///
/// Unknown sectors are left out; where nothing else is left the team is unknown. Neither academia nor industry: other.
/// The default for the remaining sectors is `make_other`, since "academia only" is documented as 100 % academic
/// authors, while the thresholds between set academia against industry. Shares are compared to 1e-12, so that the
/// rounding of fractional weights decides nothing.
///
/// Throws std::invalid_argument unless 0 <= collaboration_from <= collaboration_to <= 1.
///
/// Source: Our World in Data's description (2023-06-21) of the organization categories of Epoch AI's table: 100 %,
/// 71-99 %, 30-70 %. It leaves 70 to 71 % open; here the leaning begins above 70 %. The exact rule of Besiroglu et al.
/// (2024) is not public.
[[nodiscard]] constexpr team_kind team_of(const sector_counts& given, const team_options& options = {}) {
    const double from = options.collaboration_from;
    const double to = options.collaboration_to;
    detail::require(from >= 0 && from <= to, "team_of", "0 <= collaboration_from <= collaboration_to", from);
    detail::require(to <= 1, "team_of", "collaboration_to <= 1", to);

    sector_counts counts;
    for (const auto& entry : enumerators(sector{})) counts.add(options.read_as(entry.value), given[entry.value]);
    if (counts.known() == 0) return team_kind::unknown;

    const double academia = counts[sector::academia];
    const double industry = counts[sector::industry];
    if (academia == 0 && industry == 0) return team_kind::other;

    bool has_others = false;
    for (const auto& entry : enumerators(sector{}))
        if (entry.value != sector::academia && entry.value != sector::industry && entry.value != sector::unknown)
            has_others = has_others || counts[entry.value] > 0;
    const bool one_side = academia == 0 || industry == 0;
    const bool by_set = options.rule == team_rule::institution_set;
    const bool others_count = options.others == other_sectors::in_denominator && !by_set;

    if (one_side && !(has_others && others_count)) {
        if (has_others && options.others != other_sectors::ignored) return team_kind::other;
        return industry == 0 ? team_kind::academia_only : team_kind::industry_only;
    }
    if (by_set) return team_kind::collaboration;

    constexpr double rounding = 1e-12;
    const double whole = others_count ? counts.known() : academia + industry;
    const double a = academia / whole;
    const double i = industry / whole;
    if (a > to + rounding) return team_kind::academia_leaning;
    if (i > 1 - from + rounding) return team_kind::industry_leaning;
    if (a >= from - rounding && i >= 1 - to - rounding) return team_kind::collaboration;
    return team_kind::other;
}

/// How the authors of a paper, or their institutions, make up what each sector has of it.
enum class sector_counting {
    author_full,             ///< each author 1 for every sector among the affiliations
    author_fractional,       ///< each author 1, split evenly over the affiliations
    institution_full,        ///< each institution 1
    institution_fractional,  ///< the paper 1, split evenly over its institutions
    paper_full,              ///< the paper 1 for every sector among its affiliations
    paper_fractional         ///< the paper 1, split evenly over its authors, and theirs over their affiliations
};
[[nodiscard]] constexpr auto enumerators(sector_counting) {
    using enum sector_counting;
    return std::array{named<sector_counting>{author_full, "author_full"},
                      named<sector_counting>{author_fractional, "author_fractional"},
                      named<sector_counting>{institution_full, "institution_full"},
                      named<sector_counting>{institution_fractional, "institution_fractional"},
                      named<sector_counting>{paper_full, "paper_full"},
                      named<sector_counting>{paper_fractional, "paper_fractional"}};
}

/// What an affiliation of unknown sector counts.
enum class unknown_affiliations {
    left_out,  ///< nothing where the author (when counting institutions, and in paper_full: the paper) has a known one
    counted    ///< as any other: an author of a university and an unknown place is half unknown
};
[[nodiscard]] constexpr auto enumerators(unknown_affiliations) {
    using enum unknown_affiliations;
    return std::array{named<unknown_affiliations>{left_out, "left_out"},
                      named<unknown_affiliations>{counted, "counted"}};
}

struct counting_options {
    sector_counting counting = sector_counting::author_fractional;
    unknown_affiliations unknowns = unknown_affiliations::left_out;
};

namespace detail {

[[nodiscard]] constexpr sector sector_in(sector affiliation) {
    return affiliation;
}
template <std::totally_ordered Institution>
[[nodiscard]] constexpr sector sector_in(const std::pair<Institution, sector>& affiliation) {
    return affiliation.second;
}

/// Without the unknown part, where that is what the option says and something else is left.
[[nodiscard]] constexpr sector_counts resolved(const sector_counts& given, unknown_affiliations unknowns) {
    if (unknowns == unknown_affiliations::counted || given.known() == 0) return given;
    sector_counts counts;
    for (const auto& entry : enumerators(sector{}))
        if (entry.value != sector::unknown) counts.add(entry.value, given[entry.value]);
    return counts;
}
/// 1 for every sector that occurs.
[[nodiscard]] constexpr sector_counts presence(const sector_counts& given) {
    sector_counts counts;
    for (const auto& entry : enumerators(sector{})) counts.add(entry.value, given[entry.value] > 0);
    return counts;
}
/// In the same proportions, 1 in all; nothing stays nothing.
[[nodiscard]] constexpr sector_counts split(const sector_counts& given) {
    sector_counts counts;
    const double total = given.total();
    for (const auto& entry : enumerators(sector{}))
        if (total > 0) counts.add(entry.value, given[entry.value] / total);
    return counts;
}

}  // namespace detail

/// The authors of a paper: a range that has, for each author, a range of affiliations. An affiliation is a sector, or
/// a pair of the institution (its name or id) and its sector.
template <class Authors>
concept author_list = std::ranges::input_range<Authors> &&
    std::ranges::input_range<std::ranges::range_reference_t<Authors>> &&
    requires(const std::ranges::range_value_t<std::ranges::range_reference_t<Authors>>& affiliation) {
    detail::sector_in(affiliation);
};

/// What each sector has of one paper: `team_of(count_sectors(authors))` is the kind of its team.
///
/// When institutions are counted, one given by name counts once a paper, whoever names it; of bare sectors each stands
/// for an institution of its own. An author without affiliation has one unknown one. A paper without authors counts
/// nothing. Papers add up by sector_counts::merge. One pass; allocates for institutions given by name alone.
///
/// Source of the terms: Waltman, van Eck (2015), Journal of Informetrics 9:872.
template <author_list Authors>
[[nodiscard]] sector_counts count_sectors(Authors&& authors, const counting_options& options = {}) {
    using affiliation = std::ranges::range_value_t<std::ranges::range_reference_t<Authors>>;
    using enum sector_counting;
    const sector_counting counting = options.counting;
    const bool by_name =
        !std::same_as<affiliation, sector> && (counting == institution_full || counting == institution_fractional);

    sector_counts paper;
    std::set<affiliation> seen;
    for (auto&& author : authors) {
        sector_counts own;
        bool has_any = false;
        for (const auto& place : author) {
            has_any = true;
            if (!by_name || seen.insert(place).second) own.add(detail::sector_in(place));
        }
        if (!has_any) own.add(sector::unknown);
        if (counting == author_full)
            own = detail::presence(detail::resolved(own, options.unknowns));
        else if (counting == author_fractional || counting == paper_fractional)
            own = detail::split(detail::resolved(own, options.unknowns));
        paper.merge(own);
    }
    switch (counting) {
        case author_full:
        case author_fractional:
            return paper;
        case paper_fractional:
            return detail::split(paper);
        case institution_full:
            return detail::resolved(paper, options.unknowns);
        case institution_fractional:
            return detail::split(detail::resolved(paper, options.unknowns));
        case paper_full:
            break;
    }
    return detail::presence(detail::resolved(paper, options.unknowns));
}

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
        if (detail::is_spelling_of(spelling.name, cell))
            return options.rule == team_rule::institution_set ? team_kind::collaboration : spelling.value;

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

}  // namespace compute_divide

#endif
