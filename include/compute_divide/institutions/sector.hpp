// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_SECTOR_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_SECTOR_HPP

#include <array>
#include <cstddef>

#include <compute_divide/enumerators.hpp>

/// The sectors of institutions, and how one may be read as another.
namespace compute_divide {

/// What an institution is, in the terms of studies of science. `unknown`: nothing says it.
enum class sector { academia, industry, government, nonprofit, healthcare, facility, other, unknown };
[[nodiscard]] constexpr auto enumerators(sector) {
    using enum sector;
    return std::array{named<sector>{academia, "academia"},     named<sector>{industry, "industry"},
                      named<sector>{government, "government"}, named<sector>{nonprofit, "nonprofit"},
                      named<sector>{healthcare, "healthcare"}, named<sector>{facility, "facility"},
                      named<sector>{other, "other"},           named<sector>{unknown, "unknown"}};
}

/// A reading of sectors as others; at first every sector as itself.
/// `sector_mapping{}.with(sector::facility, sector::academia)` counts national facilities as academia.
class sector_mapping {
public:
    /// This mapping, but with `from` read as `to`.
    [[nodiscard]] constexpr sector_mapping with(sector from, sector to) const {
        sector_mapping changed = *this;
        changed.read_as_[static_cast<std::size_t>(from)] = to;
        return changed;
    }
    /// What a sector is read as.
    [[nodiscard]] constexpr sector operator()(sector s) const { return read_as_[static_cast<std::size_t>(s)]; }
    friend constexpr bool operator==(const sector_mapping&, const sector_mapping&) = default;

private:
    std::array<sector, enumerators(sector{}).size()> read_as_{sector::academia,  sector::industry,   sector::government,
                                                              sector::nonprofit, sector::healthcare, sector::facility,
                                                              sector::other,     sector::unknown};
};

}  // namespace compute_divide

#endif
