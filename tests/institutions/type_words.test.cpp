// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/type_words.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <doctest/doctest.h>

#include "support/check_names.hpp"

namespace cd = compute_divide;

TEST_CASE("every strength prints and parses") {
    test_support::check_names(cd::word_strength{});
}

TEST_CASE("only words that say nothing of a type are without one, and no term is empty") {
    using enum cd::word_strength;
    for (const cd::type_words& each : cd::known_type_words) {
        CAPTURE(each.terms.substr(0, 40));
        CHECK((each.type == cd::institution_type::unknown) ==
              (each.strength == operator_follows || each.strength == ignored || each.strength == department ||
               each.strength == unaffiliated));
        if (each.strength == legal_form || each.strength == short_legal_form)
            CHECK(each.type == cd::institution_type::company);
        for (std::size_t begin = 0; begin <= each.terms.size();) {
            const std::size_t end = std::min(each.terms.find('|', begin), each.terms.size());
            const std::string_view term = each.terms.substr(begin, end - begin);
            CAPTURE(term);
            CHECK(term.find_first_not_of(" =*") != std::string_view::npos);
            CHECK(term.find_first_of(",;+/()") == std::string_view::npos);
            begin = end + 1;
        }
    }
}
