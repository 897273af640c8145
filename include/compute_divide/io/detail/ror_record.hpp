// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_DETAIL_ROR_RECORD_HPP
#define COMPUTE_DIVIDE_IO_DETAIL_ROR_RECORD_HPP

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <simdjson.h>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/organisation.hpp>

/// A record of the Research Organization Registry, schema 2 or 1.
namespace compute_divide::inline v0_2::detail {

/// Why a record is not one of ROR.
struct ror_misfit {
    std::string reason;
};

/// A member of an object, of a type; nothing where it is not there or null. Throws ror_misfit for another type.
template <class T>
[[nodiscard]] std::optional<T> ror_member(simdjson::dom::object from, std::string_view key) {
    simdjson::dom::element member;
    if (from[key].get(member) != simdjson::SUCCESS || member.is_null()) return std::nullopt;
    T value;
    if (member.get(value) != simdjson::SUCCESS) throw ror_misfit{"\"" + std::string(key) + "\" is of another type"};
    return value;
}
/// Calls visit(T) for each element of a member that is an array.
template <class T, class Visit>
void ror_each(simdjson::dom::object from, std::string_view key, Visit visit) {
    const auto array = ror_member<simdjson::dom::array>(from, key);
    if (!array) return;
    for (const simdjson::dom::element each : *array) {
        T value;
        if (each.get(value) != simdjson::SUCCESS)
            throw ror_misfit{"\"" + std::string(key) + "\" holds a value of another type"};
        visit(value);
    }
}

/// The host of a web address.
[[nodiscard]] inline std::string_view host_of(std::string_view address) {
    if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos)
        address.remove_prefix(scheme + 3);
    address = address.substr(0, address.find_first_of("/:?#"));
    if (address.starts_with("www.")) address.remove_prefix(4);
    return address;
}

[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return result;
}

inline void add_name(organisation& to, std::string_view text, name_kind kind, bool first = false) {
    if (text.empty()) return;
    to.names.insert(first ? to.names.begin() : to.names.end(), {std::string(text), kind});
}

inline void read_names(simdjson::dom::object from, organisation& to) {
    using simdjson::dom::object;
    if (const auto name = ror_member<std::string_view>(from, "name")) {  // schema 1
        add_name(to, *name, name_kind::label);
        ror_each<object>(from, "labels", [&](object each) {
            add_name(to, ror_member<std::string_view>(each, "label").value_or(""), name_kind::label);
        });
        for (const auto& [key, kind] : {std::pair{"aliases", name_kind::alias}, {"acronyms", name_kind::acronym}})
            ror_each<std::string_view>(from, key,
                                       [&to, kind = kind](std::string_view text) { add_name(to, text, kind); });
    }
    ror_each<object>(from, "names", [&](object each) {
        bool display = false, label = false, acronym = false;
        ror_each<std::string_view>(each, "types", [&](std::string_view type) {
            display = display || type == "ror_display";
            label = label || type == "label";
            acronym = acronym || type == "acronym";
        });
        const auto kind = display || label ? name_kind::label : acronym ? name_kind::acronym : name_kind::alias;
        add_name(to, ror_member<std::string_view>(each, "value").value_or(""), kind, display);
    });
    if (to.names.empty()) throw ror_misfit{"no name"};
}

inline void read_places(simdjson::dom::object from, organisation& to) {
    using simdjson::dom::object;
    const auto add = [&](std::optional<std::string_view> country, std::optional<std::string_view> city) {
        if (country && to.country.empty()) to.country = *country;
        if (city && !city->empty()) to.cities.emplace_back(*city);
    };
    ror_each<object>(from, "locations", [&](object each) {
        if (const auto place = ror_member<object>(each, "geonames_details"))
            add(ror_member<std::string_view>(*place, "country_code"), ror_member<std::string_view>(*place, "name"));
    });
    if (const auto country = ror_member<object>(from, "country"))  // schema 1
        add(ror_member<std::string_view>(*country, "country_code"), std::nullopt);
    ror_each<object>(from, "addresses",
                     [&](object each) { add(std::nullopt, ror_member<std::string_view>(each, "city")); });
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (!to.country.empty() && (to.country.size() != 2 || !detail::all_of(to.country, is_capital)))
        throw ror_misfit{"a country code of two capital letters is required, got " + shown(to.country)};
}

inline void read_domains(simdjson::dom::object from, organisation& to) {
    using simdjson::dom::object;
    ror_each<std::string_view>(from, "domains", [&](std::string_view domain) { to.domains.push_back(lower(domain)); });
    if (!to.domains.empty() || !from["names"].error()) {
        if (to.domains.empty())
            ror_each<object>(from, "links", [&](object each) {
                if (ror_member<std::string_view>(each, "type") == "website")
                    to.domains.push_back(lower(host_of(ror_member<std::string_view>(each, "value").value_or(""))));
            });
        return;
    }
    ror_each<std::string_view>(from, "links",
                               [&](std::string_view link) { to.domains.push_back(lower(host_of(link))); });
}

[[nodiscard]] inline organisation read_ror_record(simdjson::dom::object from) {
    organisation made;
    std::string_view id = ror_member<std::string_view>(from, "id").value_or("");
    id.remove_prefix(std::min(id.size(), id.rfind('/') + 1));
    if (id.empty()) throw ror_misfit{"no id"};
    made.id = id;
    read_names(from, made);
    ror_each<std::string_view>(from, "types", [&](std::string_view text) {
        const std::string name = lower(text);
        if (name == "funder") return;
        auto type = institution_type::unknown;
        for (const auto& entry : enumerators(institution_type{}))
            if (entry.name == name) type = entry.value;
        made.types.push_back(type);
    });
    read_places(from, made);
    read_domains(from, made);
    const std::string_view status = ror_member<std::string_view>(from, "status").value_or("active");
    const auto known = enumerators(organisation_status{});
    const auto found = detail::find(known, status, &named<organisation_status>::name);
    if (found == known.end())
        throw ror_misfit{"a status of active, inactive or withdrawn is required, got " + shown(status)};
    made.status = found->value;
    return made;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
