// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_SECTOR_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_SECTOR_HPP

#include <array>
#include <cstddef>

#include <compute_divide/enumerators.hpp>

/// The sectors of institutions, and how one may be read as another.
namespace compute_divide::inline v0_2 {

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
    /// One mapping after another: what this one gives is read by `next`.
    [[nodiscard]] constexpr sector_mapping then(const sector_mapping& next) const {
        sector_mapping changed;
        for (std::size_t i = 0; i < read_as_.size(); ++i) changed.read_as_[i] = next(read_as_[i]);
        return changed;
    }
    friend constexpr bool operator==(const sector_mapping&, const sector_mapping&) = default;

private:
    std::array<sector, enumerators(sector{}).size()> read_as_{sector::academia,  sector::industry,   sector::government,
                                                              sector::nonprofit, sector::healthcare, sector::facility,
                                                              sector::other,     sector::unknown};
};

/// Whose sectors are meant. The sources draw other lines around facilities, non-profits and hospitals.
enum class sector_profile {
    /// OpenAlex, and the Research Organization Registry behind it: a sector for each type (docs.openalex.org,
    /// institution object, `type`). The default: nothing is read as another.
    openalex,
    /// Besiroglu et al. (2024): academia against industry, with the categories of Epoch AI's table: facilities and
    /// hospitals are academia. What is on neither side (government, non-profits, the rest) is other.
    study,
    /// Epoch AI's column of organizations: Academia, Industry, Government, Research collective (here: other). It has no
    /// place for facilities, hospitals and non-profits, and is not of one mind about them: most public institutes and
    /// hospitals are Academia (Inria, Chinese Academy of Sciences, AIST, Max Planck, Cleveland Clinic; but Oak Ridge
    /// and
    /// Argonne are Government), most non-profits collectives (Allen Institute, Broad Institute, LAION).
    epoch,
    /// OECD, Frascati Manual 2015, chapter 3: higher education (academia), business enterprise (industry), government
    /// with public institutes and hospitals, private non-profit. Hospitals of universities and of firms belong to
    /// these;
    /// their type does not tell, so that where it matters they are to be named (`classifier_options::organisations`).
    frascati
};
[[nodiscard]] constexpr auto enumerators(sector_profile) {
    using enum sector_profile;
    return std::array{
        named<sector_profile>{openalex, "openalex", "OpenAlex and ROR: each type its own sector"},
        named<sector_profile>{study, "study", "Besiroglu et al. (2024): academia, industry, other"},
        named<sector_profile>{epoch, "epoch", "Epoch AI's categories: academia, industry, government, other"},
        named<sector_profile>{frascati, "frascati", "OECD, Frascati Manual 2015"}};
}

/// How sectors are read under a profile; `with` changes single ones.
///
///     mapping_of(sector_profile::frascati).with(sector::healthcare, sector::academia)  // university hospitals
[[nodiscard]] constexpr sector_mapping mapping_of(sector_profile profile) {
    using enum sector;
    switch (profile) {
        case sector_profile::openalex:
            break;
        case sector_profile::study:
            return sector_mapping{}
                .with(facility, academia)
                .with(healthcare, academia)
                .with(government, other)
                .with(nonprofit, other);
        case sector_profile::epoch:
            return sector_mapping{}.with(facility, academia).with(healthcare, academia).with(nonprofit, other);
        case sector_profile::frascati:
            return sector_mapping{}.with(facility, government).with(healthcare, government);
    }
    return {};
}

}  // namespace compute_divide::inline v0_2

#endif
