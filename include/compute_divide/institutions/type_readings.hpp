// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_TYPE_READINGS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_TYPE_READINGS_HPP

#include <array>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/detail/disputed_types.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/json.hpp>

/// Types that people dispute: an academy of sciences is a facility to some, government to others.
namespace compute_divide::inline v0_2 {

/// Who says of which type an organisation is.
enum class type_source {
    library,  ///< known_organisations: research organisations of governments are facilities
    registry  ///< the Research Organization Registry
};
[[nodiscard]] constexpr auto enumerators(type_source) {
    using enum type_source;
    return std::array{named<type_source>{library, "library", "this library"},
                      named<type_source>{registry, "registry", "ROR"}};
}

/// A type and who says it.
struct type_reading {
    institution_type type = institution_type::unknown;
    type_source source = type_source::library;

    friend constexpr bool operator==(const type_reading&, const type_reading&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<type_reading>) {
    return member_list(member{"type", &type_reading::type}, member{"source", &type_reading::source});
}

/// The registry's reading of a known organisation, by its name in `known_organisations`, where that is another than the
/// library's; nothing where they agree, and where the registry has no such record, or several. O(log n).
///
/// From the records of the registry (CC0) that have the name; made by examples/tools/make_disputed_types.cpp.
[[nodiscard]] constexpr std::optional<type_reading> other_reading(std::string_view known_name) {
    const auto found = detail::lower_bound_by(detail::disputed_types, known_name, &detail::disputed_type::name);
    if (found == std::end(detail::disputed_types) || found->name != known_name) return std::nullopt;
    return type_reading{found->registry, type_source::registry};
}

}  // namespace compute_divide::inline v0_2

#endif
