// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_CHECK_NAMES_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_CHECK_NAMES_HPP

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <doctest/doctest.h>

#include <compute_divide/enumerators.hpp>

namespace test_support {

/// Every enumerator of a choice prints, parses, and stands at its place; names are snake_case, prose is not.
template <class Enum>
void check_names(Enum choice) {
    namespace cd = compute_divide;
    const auto all = enumerators(choice);
    for (std::size_t i = 0; i < all.size(); ++i) {
        CAPTURE(all[i].name);
        CHECK(static_cast<std::size_t>(all[i].value) == i);
        CHECK(cd::name_of(all[i].value) == all[i].name);
        CHECK(cd::parse_name<Enum>(all[i].name) == all[i].value);
        CHECK(std::ranges::all_of(all[i].name,
                                  [](char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }));
        CHECK(cd::description_of(all[i].value).find('_') == std::string_view::npos);
    }
}

}  // namespace test_support

#endif
