// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_AFFILIATION_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_AFFILIATION_HPP

#include <array>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/sector.hpp>
#include <compute_divide/institutions/type_readings.hpp>
#include <compute_divide/json.hpp>

/// What a classifier reads in an affiliation: institutions, each with its type, and why.
namespace compute_divide::inline v0_2 {

/// What decided, in the order of precedence.
enum class classifier_rule { user, known_organisation, registry, type_word, email_domain, learned };
[[nodiscard]] constexpr auto enumerators(classifier_rule) {
    using enum classifier_rule;
    return std::array{named<classifier_rule>{user, "user", "an organisation or a word of the user's"},
                      named<classifier_rule>{known_organisation, "known_organisation", "a known organisation"},
                      named<classifier_rule>{registry, "registry", "an organisation of the registry"},
                      named<classifier_rule>{type_word, "type_word", "a word that gives the type away"},
                      named<classifier_rule>{email_domain, "email_domain", "the domain of an e-mail address"},
                      named<classifier_rule>{learned, "learned", "the learned model"}};
}

/// An institution that an affiliation names.
struct institution {
    std::string name;  ///< canonical where it is known, else as the text has it
    institution_type type = institution_type::unknown;
    std::string evidence;  ///< the piece of the text that decided
    classifier_rule rule = classifier_rule::type_word;
    double confidence = 0;     ///< that the type is right, in [0, 1]
    std::string id;            ///< in the registry; empty where it is not found there
    std::string country = {};  ///< ISO 3166 code of two letters: its record's, else as the text states; empty: neither
    std::string city = {};     ///< its record's, else what the text states first of its place; empty: neither
    std::optional<type_reading> other_reading = {};  ///< where the type is disputed, and who reads it so

    friend bool operator==(const institution&, const institution&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<institution>) {
    return member_list(member{"name", &institution::name}, member{"type", &institution::type},
                       member{"evidence", &institution::evidence}, member{"rule", &institution::rule},
                       member{"confidence", &institution::confidence}, member{"id", &institution::id},
                       member{"country", &institution::country}, member{"city", &institution::city},
                       member{"other_reading", &institution::other_reading});
}

/// What an affiliation says.
struct affiliation {
    std::vector<institution> institutions;  ///< in the order of the text, each once
    std::vector<sector> sectors;            ///< of the institutions, in the order of the enum, each once; or {unknown}
    bool is_independent = false;            ///< "Independent Researcher", and no institution

    friend bool operator==(const affiliation&, const affiliation&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<affiliation>) {
    return member_list(member{"institutions", &affiliation::institutions}, member{"sectors", &affiliation::sectors},
                       member{"is_independent", &affiliation::is_independent});
}

}  // namespace compute_divide::inline v0_2

#endif
