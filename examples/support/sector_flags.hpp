// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SECTOR_FLAGS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SECTOR_FLAGS_HPP

#include <string>
#include <vector>

#include <compute_divide/institutions/sector.hpp>

#include "support/command_line.hpp"

/// How sectors are read, from the command line: `--sectors frascati --sector healthcare=academia`.
namespace example {

namespace cd = compute_divide;

struct sector_flags {
    cd::sector_profile profile = cd::sector_profile::openalex;
    std::vector<std::string> changes = {};  ///< "FROM=TO", of the sectors as they are found, over the profile's

    void add_to(command_line& line);

    /// Throws usage_error for a change that is not of two sectors' names, and for one sector read as two.
    [[nodiscard]] cd::sector_mapping mapping() const;

    /// "openalex", "frascati with healthcare=academia".
    [[nodiscard]] std::string text() const;
};

}  // namespace example

#endif
