// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_REGISTRY_MATCH_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_REGISTRY_MATCH_HPP

#include <array>
#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/json.hpp>

/// What a registry finds in an affiliation.
namespace compute_divide::inline v0_2 {

/// How a match was found.
enum class match_kind {
    exact_name,  ///< the words of a name, in their order
    near_name,   ///< small words left out, abbreviations, another order, a letter misspelt
    domain       ///< of an e-mail address, where the text names nobody
};
[[nodiscard]] constexpr auto enumerators(match_kind) {
    using enum match_kind;
    return std::array{named<match_kind>{exact_name, "exact_name", "the name as it is registered"},
                      named<match_kind>{near_name, "near_name", "the name in another spelling or order"},
                      named<match_kind>{domain, "domain", "the domain of an e-mail address"}};
}

/// An organisation that a text names.
struct registry_match {
    std::size_t index = 0;  ///< of the organisation in the registry
    std::string id;
    std::string name;                     ///< the first of its names
    std::vector<institution_type> types;  ///< the main one first
    double score = 0;                     ///< in (0, 1]: how far to trust the match; no probability
    std::size_t begin = 0, end = 0;       ///< where the text names it: its bytes [begin, end)
    match_kind kind = match_kind::exact_name;
    std::string country;    ///< of the record, ISO 3166 code of two letters; empty where it has none
    std::string city;       ///< the first of the record's; empty where it has none
    std::string runner_up;  ///< the id of the organisation that the same words name next best; empty where none does
    double margin = 0;      ///< score less that of the runner-up, or the score where there is none

    friend bool operator==(const registry_match&, const registry_match&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<registry_match>) {
    return member_list(member{"index", &registry_match::index}, member{"id", &registry_match::id},
                       member{"name", &registry_match::name}, member{"types", &registry_match::types},
                       member{"score", &registry_match::score}, member{"begin", &registry_match::begin},
                       member{"end", &registry_match::end}, member{"kind", &registry_match::kind},
                       member{"country", &registry_match::country}, member{"city", &registry_match::city},
                       member{"runner_up", &registry_match::runner_up}, member{"margin", &registry_match::margin});
}

}  // namespace compute_divide::inline v0_2

#endif
