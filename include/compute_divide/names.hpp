// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_NAMES_HPP
#define COMPUTE_DIVIDE_NAMES_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include <compute_divide/detail/require.hpp>

/// Enumerators by name. Every choice the library offers is an enum whose names can be printed and parsed, so that a
/// program's options and its output speak the same words.
namespace compute_divide {

/// One enumerator and its name.
template <class Enum>
struct named {
    Enum value;
    std::string_view name;
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

/// The enumerator with this name. Throws std::invalid_argument that lists the names where there is none.
template <named_enum Enum>
[[nodiscard]] constexpr Enum parse_name(std::string_view name) {
    std::string choices;
    for (const auto& entry : enumerators(Enum{})) {
        if (entry.name == name) return entry.value;
        choices.append(choices.empty() ? "one of " : ", ").append(entry.name);
    }
    detail::fail("parse_name", choices, name);
}

}  // namespace compute_divide

#endif
