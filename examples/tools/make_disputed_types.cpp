// SPDX-License-Identifier: BSL-1.0
// Writes include/compute_divide/institutions/detail/disputed_types.hpp: the known organisations whose record in a
// dump of the Research Organization Registry (CC0), the one that has their name or else their first term but acronyms,
// is of no such type.
//   make_disputed_types ror_v2_records.jsonl > disputed_types.hpp
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <map>
#include <stdexcept>
#include <string_view>

#include <fmt/format.h>

#include <compute_divide/institutions/known_organisations.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/io/ror.hpp>

namespace cd = compute_divide;

int main(int argc, char** argv) try {
    if (argc != 2) throw std::invalid_argument("one argument is required, a dump of the registry");
    const cd::registry organisations(cd::read_ror(argv[1]).organisations);
    std::map<std::string_view, cd::institution_type> disputed;
    for (const cd::known_organisation& known : cd::known_organisations) {
        if (known.type == cd::institution_type::company) continue;
        auto found = organisations.find_name(known.name);
        for (std::string_view left = known.terms; !found && !left.empty();) {
            const std::string_view term = left.substr(0, left.find('|'));
            left.remove_prefix(std::min(term.size() + 1, left.size()));
            const bool acronym = term.starts_with('=') || (term.size() < 6 && term.find(' ') == std::string_view::npos);
            if (!acronym) found = organisations.find_name(term);
        }
        if (!found) continue;
        const auto types = organisations.types(*found);
        if (!types.empty() && types.front() != cd::institution_type::company &&
            std::ranges::find(types, known.type) == types.end())
            disputed.emplace(known.name, types.front());
    }
    fmt::print(R"(// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_DISPUTED_TYPES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_DISPUTED_TYPES_HPP

#include <string_view>

#include <compute_divide/institutions/institution_type.hpp>

/// Known organisations of which the registry says another type.
namespace compute_divide::inline v0_2::detail {{

struct disputed_type {{
    std::string_view name;
    institution_type registry;
}};

// Written by examples/tools/make_disputed_types.cpp, in the order of bytes. Source: Research Organization Registry (CC0).
// clang-format off
inline constexpr disputed_type disputed_types[] = {{
)");
    for (const auto& [name, type] : disputed)
        fmt::print("    {{\"{}\", institution_type::{}}},\n", name, cd::name_of(type));
    fmt::print(R"(}};
// clang-format on

}}  // namespace compute_divide::inline v0_2::detail

#endif
)");
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "make_disputed_types: {}\n", error.what());
    return 1;
}
