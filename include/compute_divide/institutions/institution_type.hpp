// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_INSTITUTION_TYPE_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_INSTITUTION_TYPE_HPP

#include <array>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/sector.hpp>

/// What kind of organisation an institution is, in the words of the Research Organization Registry.
namespace compute_divide::inline v0_2 {

/// The types of ROR (schema v2; its "funder" says what an organisation does beside, not what it is), and unknown.
enum class institution_type {
    education,
    company,
    government,
    nonprofit,
    healthcare,
    facility,
    archive,
    other,
    unknown
};
[[nodiscard]] constexpr auto enumerators(institution_type) {
    using enum institution_type;
    return std::array{
        named<institution_type>{education, "education"},   named<institution_type>{company, "company"},
        named<institution_type>{government, "government"}, named<institution_type>{nonprofit, "nonprofit"},
        named<institution_type>{healthcare, "healthcare"}, named<institution_type>{facility, "facility"},
        named<institution_type>{archive, "archive"},       named<institution_type>{other, "other"},
        named<institution_type>{unknown, "unknown"}};
}

/// The sector of a type: education is academia, company is industry, archive is other, the rest keep their names.
/// `read_as` is applied last: `sector_mapping{}.with(sector::facility, sector::academia)` counts facilities as
/// academia.
[[nodiscard]] constexpr sector sector_of(institution_type type, const sector_mapping& read_as = {}) {
    switch (type) {
        case institution_type::education:
            return read_as(sector::academia);
        case institution_type::company:
            return read_as(sector::industry);
        case institution_type::government:
            return read_as(sector::government);
        case institution_type::nonprofit:
            return read_as(sector::nonprofit);
        case institution_type::healthcare:
            return read_as(sector::healthcare);
        case institution_type::facility:
            return read_as(sector::facility);
        case institution_type::archive:
        case institution_type::other:
            return read_as(sector::other);
        case institution_type::unknown:
            break;
    }
    return read_as(sector::unknown);
}

}  // namespace compute_divide::inline v0_2

#endif
