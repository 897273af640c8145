// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_ORGANISATION_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_ORGANISATION_HPP

#include <array>
#include <string>
#include <type_traits>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/json.hpp>

/// An organisation as a registry has it.
namespace compute_divide::inline v0_2 {

/// What a name is to its organisation.
enum class name_kind { label, alias, acronym };
[[nodiscard]] constexpr auto enumerators(name_kind) {
    using enum name_kind;
    return std::array{named<name_kind>{label, "label"}, named<name_kind>{alias, "alias"},
                      named<name_kind>{acronym, "acronym"}};
}

/// A name of an organisation.
struct organisation_name {
    std::string text;
    name_kind kind = name_kind::label;

    friend bool operator==(const organisation_name&, const organisation_name&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<organisation_name>) {
    return member_list(member{"text", &organisation_name::text}, member{"kind", &organisation_name::kind});
}

/// Whether it still exists; what was withdrawn should never have been registered.
enum class organisation_status { active, inactive, withdrawn };
[[nodiscard]] constexpr auto enumerators(organisation_status) {
    using enum organisation_status;
    return std::array{named<organisation_status>{active, "active"}, named<organisation_status>{inactive, "inactive"},
                      named<organisation_status>{withdrawn, "withdrawn"}};
}

/// A record of a registry.
struct organisation {
    std::string id;                        ///< in the registry
    std::vector<organisation_name> names;  ///< the first is the one to show
    std::vector<institution_type> types;   ///< the main one first
    std::string country;                   ///< ISO 3166 code of two letters; empty where it is not known
    std::vector<std::string> cities;       ///< that it is in
    std::vector<std::string> domains;      ///< of its e-mail addresses and web sites
    organisation_status status = organisation_status::active;

    friend bool operator==(const organisation&, const organisation&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<organisation>) {
    return member_list(member{"id", &organisation::id}, member{"names", &organisation::names},
                       member{"types", &organisation::types}, member{"country", &organisation::country},
                       member{"cities", &organisation::cities}, member{"domains", &organisation::domains},
                       member{"status", &organisation::status});
}

}  // namespace compute_divide::inline v0_2

#endif
