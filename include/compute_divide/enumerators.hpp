// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_ENUMERATORS_HPP
#define COMPUTE_DIVIDE_ENUMERATORS_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

/// Enumerators by name. Every choice the library offers is an enum whose names can be printed and parsed, so that a
/// program's options and its output speak the same words.
namespace compute_divide::inline v0_2 {

/// One enumerator, its name in snake_case, and where the name does not say enough, a few words of prose.
template <class Enum>
struct named {
    Enum value;
    std::string_view name;
    std::string_view description = {};
};

/// An enum of ours: next to it stands `enumerators(Enum)`, an array of all its values with their names.
template <class Enum>
concept named_enum = std::is_enum_v<Enum> && requires(Enum e) {
    { enumerators(e)[0].name } -> std::convertible_to<std::string_view>;
};

/// The name of an enumerator: `name_of(proportion_interval::wilson)` is "wilson"; "?" for a value that is none.
template <named_enum Enum>
[[nodiscard]] constexpr std::string_view name_of(Enum value) {
    for (const auto& entry : enumerators(value))
        if (entry.value == value) return entry.name;
    return "?";
}

/// An enumerator in words to read: `description_of(estimate_status::too_few)` is "too few records"; its name where that
/// says it already.
template <named_enum Enum>
[[nodiscard]] constexpr std::string_view description_of(Enum value) {
    for (const auto& entry : enumerators(value))
        if (entry.value == value) return entry.description.empty() ? entry.name : entry.description;
    return "?";
}

/// The enumerator with this name. Throws std::invalid_argument that lists the names where there is none.
template <named_enum Enum>
[[nodiscard]] constexpr Enum parse_name(std::string_view name) {
    std::string choices;
    for (const auto& entry : enumerators(Enum{})) {
        if (entry.name == name) return entry.value;
        choices.append(choices.empty() ? "one of " : ", ").append(entry.name);
    }
    throw std::invalid_argument(std::string("compute_divide::parse_name: ")
                                    .append(choices)
                                    .append(", got \"")
                                    .append(name.substr(0, 80))
                                    .append(name.size() > 80 ? "...\"" : "\""));
}

}  // namespace compute_divide::inline v0_2

#endif
