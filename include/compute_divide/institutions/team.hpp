// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_TEAM_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_TEAM_HPP

#include <array>
#include <concepts>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/sector.hpp>
#include <compute_divide/institutions/sector_counts.hpp>

/// The kind of team that the authors of a paper make: academia, industry, or both.
namespace compute_divide::inline v0_2 {

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
    return std::array{named<team_kind>{academia_only, "academia_only", "academia only"},
                      named<team_kind>{academia_leaning, "academia_leaning", "academia-leaning"},
                      named<team_kind>{collaboration, "collaboration"},
                      named<team_kind>{industry_leaning, "industry_leaning", "industry-leaning"},
                      named<team_kind>{industry_only, "industry_only", "industry only"},
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
    return std::array{named<team_rule>{author_shares, "author_shares", "shares of the authors"},
                      named<team_rule>{institution_set, "institution_set", "set of the sectors"}};
}

/// How the sectors that are neither academia nor industry (nor unknown) count in a team.
enum class other_sectors {
    ignored,         ///< as if they were not there: academia with government is academia_only
    in_denominator,  ///< shares are of all known weights; no side above 70 % and not 30 % on each: other
    make_other       ///< beside academia alone or industry alone they make the team other; beside both, ignored
};
[[nodiscard]] constexpr auto enumerators(other_sectors) {
    using enum other_sectors;
    return std::array{named<other_sectors>{ignored, "ignored", "as if they were not there"},
                      named<other_sectors>{in_denominator, "in_denominator", "in the denominator of shares"},
                      named<other_sectors>{make_other, "make_other", "make the team other"}};
}

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
    const bool others_count =
        options.others == other_sectors::in_denominator && options.rule == team_rule::author_shares;

    if (one_side && !(has_others && others_count)) {
        if (has_others && options.others != other_sectors::ignored) return team_kind::other;
        return industry == 0 ? team_kind::academia_only : team_kind::industry_only;
    }
    switch (options.rule) {
        case team_rule::institution_set:
            return team_kind::collaboration;
        case team_rule::author_shares:
            break;
    }
    constexpr double rounding = 1e-12;
    const double whole = others_count ? counts.known() : academia + industry;
    const double a = academia / whole;
    const double i = industry / whole;
    if (a > to + rounding) return team_kind::academia_leaning;
    if (i > 1 - from + rounding) return team_kind::industry_leaning;
    if (a >= from - rounding && i >= 1 - to - rounding) return team_kind::collaboration;
    return team_kind::other;
}

/// Not for the authors themselves. (Compilers tell the name of the parameter in their first lines.)
template <class NeedsCountSectorsOfTheAuthors>
requires(!std::convertible_to<const NeedsCountSectorsOfTheAuthors&, const sector_counts&>) team_kind
    team_of(const NeedsCountSectorsOfTheAuthors&, const team_options& = {})
= delete;

}  // namespace compute_divide::inline v0_2

#endif
