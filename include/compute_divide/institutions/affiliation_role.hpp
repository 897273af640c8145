// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_AFFILIATION_ROLE_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_AFFILIATION_ROLE_HPP

#include <array>

#include <compute_divide/enumerators.hpp>

/// What the parts of an affiliation are.
namespace compute_divide::inline v0_2 {

/// What a part of an affiliation is.
enum class affiliation_role { organisation, unit, street, place, other, postcode, country, email };
[[nodiscard]] constexpr auto enumerators(affiliation_role) {
    using enum affiliation_role;
    return std::array{named<affiliation_role>{organisation, "organisation", "an institution"},
                      named<affiliation_role>{unit, "unit", "a part of an institution"},
                      named<affiliation_role>{street, "street", "a street, building or post box"},
                      named<affiliation_role>{place, "place", "a city, district or state"},
                      named<affiliation_role>{other, "other", "anything else: footnotes, persons"},
                      named<affiliation_role>{postcode, "postcode"},
                      named<affiliation_role>{country, "country"},
                      named<affiliation_role>{email, "email", "an e-mail address"}};
}

}  // namespace compute_divide::inline v0_2

#endif
