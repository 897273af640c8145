// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_AUTHOR_PLACES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_AUTHOR_PLACES_HPP

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/text/normalise.hpp>

/// The columns of a table of papers that say where the authors are: what tools make of affiliations.
namespace example {

/// What a source lists author by author with ; between; nothing of an empty list.
[[nodiscard]] inline std::vector<std::string> split_authors(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(';'), list.size());
        parts.emplace_back(list.substr(0, end));
        const bool more = end < list.size();
        list.remove_prefix(std::min(end + 1, list.size()));
        if (more && list.empty()) parts.emplace_back();  // an author without one, at the end
    }
    return parts;
}

/// Where an author is: sectors, and institutions as numbers, in the order in which their names first appear.
struct author_place {
    std::vector<compute_divide::sector> sectors;
    std::vector<std::size_t> institutions;
};

/// Affiliations to places; each distinct string is classified once.
class places_of_authors {
public:
    /// The place of one author; by the e-mail domain where the affiliation says nothing.
    const author_place& operator()(const std::string& affiliation, const std::string& domain) {
        auto& known = known_[affiliation + " @" + domain];
        if (!known.sectors.empty()) return known;
        auto said = classify_(affiliation);
        if (said.sectors == std::vector{compute_divide::sector::unknown} && !domain.empty())
            said = classify_("@" + domain);
        known.sectors = said.sectors;
        for (const auto& each : said.institutions) {
            const auto [number, is_new] = numbers_.try_emplace(compute_divide::normalised(each.name), numbers_.size());
            if (is_new) sectors_.push_back(sector_of(each.type));
            known.institutions.push_back(number->second);
        }
        return known;
    }
    /// Of an institution that was found, by its number: that of the type that it was first found with.
    [[nodiscard]] compute_divide::sector sector_of_institution(std::size_t number) const { return sectors_[number]; }

private:
    compute_divide::classifier classify_;
    std::map<std::string, author_place> known_;
    std::map<std::string, std::size_t> numbers_;
    std::vector<compute_divide::sector> sectors_;
};

/// The cells `authors`, the sectors' columns and `institutions` of a paper with so many authors, of whom these are the
/// affiliations and e-mail domains (of the same number, or not used).
struct author_cells {
    std::string authors;               ///< blank where no author has an affiliation
    std::vector<std::string> sectors;  ///< in the order of the enumerators
    std::string institutions;
    std::string institution_sectors;  ///< of each of these, in the same order
};
[[nodiscard]] inline author_cells cells_of_authors(places_of_authors& places, std::size_t authors,
                                                   const std::vector<std::string>& affiliations,
                                                   std::vector<std::string> domains) {
    if (domains.size() != affiliations.size()) domains.assign(affiliations.size(), "");
    std::map<compute_divide::sector, std::size_t> with;
    std::set<std::size_t> institutions;
    for (std::size_t i = 0; i < affiliations.size(); ++i) {
        const author_place& where = places(affiliations[i], domains[i]);
        for (const auto sector : where.sectors) ++with[sector];
        institutions.insert(where.institutions.begin(), where.institutions.end());
    }
    // Where no author has an affiliation, their number is not known either: the sources then say 1.
    const bool known = !affiliations.empty();
    if (known && authors > affiliations.size()) with[compute_divide::sector::unknown] += authors - affiliations.size();
    author_cells cells;
    if (known) cells.authors = std::to_string(std::max(authors, affiliations.size()));
    for (const auto& sector : compute_divide::enumerators(compute_divide::sector{}))
        cells.sectors.push_back(std::to_string(with[sector.value]));
    for (const std::size_t each : institutions) {
        cells.institutions.append(cells.institutions.empty() ? "" : ";").append(std::to_string(each));
        cells.institution_sectors.append(cells.institution_sectors.empty() ? "" : ";")
            .append(compute_divide::name_of(places.sector_of_institution(each)));
    }
    return cells;
}

}  // namespace example

#endif
