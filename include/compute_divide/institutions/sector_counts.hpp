// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_SECTOR_COUNTS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_SECTOR_COUNTS_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <utility>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/institutions/sector.hpp>
#include <compute_divide/json.hpp>

/// What each sector has of a paper: its authors, its institutions, or fractions of them.
namespace compute_divide::inline v0_2 {

/// How much of a team each sector is: authors, or institutions, or fractions of them.
class sector_counts {
public:
    /// Adds to the weight of a sector. Throws std::invalid_argument unless the weight is finite and >= 0.
    constexpr void add(sector s, double weight = 1) {
        detail::require(weight >= 0 && weight <= std::numeric_limits<double>::max(), "sector_counts",
                        "finite weight >= 0", weight);
        weights_[static_cast<std::size_t>(s)] += weight;
    }
    /// Adds the weights of another paper, or of another part of this one.
    constexpr void merge(const sector_counts& more) {
        for (std::size_t i = 0; i < weights_.size(); ++i) weights_[i] += more.weights_[i];
    }

    /// The weight of a sector.
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

/// JSON: each sector by its name with its weight.
[[nodiscard]] inline std::string to_json(const sector_counts& counts) {
    json_object object;
    for (const auto& entry : enumerators(sector{})) object.with(entry.name, counts[entry.value]);
    return object.text();
}
/// One line: the sectors that have a weight, "academia 2, industry 1"; "none" where none has.
[[nodiscard]] inline std::string to_string(const sector_counts& counts, estimate_format format = {}) {
    std::string text;
    for (const auto& entry : enumerators(sector{})) {
        if (counts[entry.value] == 0) continue;
        char weight[64];
        std::snprintf(weight, sizeof weight, " %.*g", format.digits, counts[entry.value]);
        text.append(text.empty() ? "" : ", ").append(description_of(entry.value)).append(weight);
    }
    return text.empty() ? "none" : text;
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
    return std::array{
        named<sector_counting>{author_full, "author_full", "authors, full counting"},
        named<sector_counting>{author_fractional, "author_fractional", "authors, fractional counting"},
        named<sector_counting>{institution_full, "institution_full", "institutions, full counting"},
        named<sector_counting>{institution_fractional, "institution_fractional", "institutions, fractional counting"},
        named<sector_counting>{paper_full, "paper_full", "papers, full counting"},
        named<sector_counting>{paper_fractional, "paper_fractional", "papers, fractional counting"}};
}

/// What an affiliation of unknown sector counts.
enum class unknown_affiliations {
    left_out,  ///< nothing where the author (when counting institutions, and in paper_full: the paper) has a known one
    counted    ///< as any other: an author of a university and an unknown place is half unknown
};
[[nodiscard]] constexpr auto enumerators(unknown_affiliations) {
    using enum unknown_affiliations;
    return std::array{named<unknown_affiliations>{left_out, "left_out", "left out beside known ones"},
                      named<unknown_affiliations>{counted, "counted", "counted as any other"}};
}

/// How `count_sectors` counts.
struct count_sectors_options {
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
[[nodiscard]] sector_counts count_sectors(Authors&& authors, const count_sectors_options& options = {}) {
    using affiliation_type = std::ranges::range_value_t<std::ranges::range_reference_t<Authors>>;
    using enum sector_counting;
    const sector_counting counting = options.counting;
    const bool by_name =
        !std::same_as<affiliation_type, sector> && (counting == institution_full || counting == institution_fractional);

    sector_counts paper;
    std::set<affiliation_type> seen;
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

/// Not for other ranges. (Compilers tell the name of the parameter in their first lines.)
template <class NeedsASectorForEachAffiliation>
requires(!author_list<NeedsASectorForEachAffiliation>) sector_counts
    count_sectors(NeedsASectorForEachAffiliation&&, const count_sectors_options& = {})
= delete;

}  // namespace compute_divide::inline v0_2

#endif
