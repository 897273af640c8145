// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/known_organisations.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;

TEST_CASE("the table of known organisations names each term once") {
    std::vector<std::string_view> terms;
    for (const cd::known_organisation& each : cd::known_organisations) {
        CHECK(!each.name.empty());
        CHECK(each.type != cd::institution_type::unknown);
        for (std::size_t begin = 0; begin <= each.terms.size();) {
            const std::size_t end = std::min(each.terms.find('|', begin), each.terms.size());
            terms.push_back(each.terms.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    std::ranges::sort(terms);
    const auto twice = std::ranges::adjacent_find(terms);
    CHECK((twice == terms.end() ? std::string_view{} : *twice) == "");
    CHECK(terms.front() != "");
}
