// SPDX-License-Identifier: BSL-1.0
#include "support/sector_flags.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <stdexcept>

#include <compute_divide/enumerators.hpp>

namespace example {

void sector_flags::add_to(command_line& line) {
    line.add("--sectors", profile, "whose sectors are meant");
    line.add("--sector", changes, "FROM=TO, a sector read as another: facility=academia").commas();
}

cd::sector_mapping sector_flags::mapping() const {
    cd::sector_mapping mapping = cd::mapping_of(profile);
    std::map<cd::sector, cd::sector> seen;
    for (const std::string& change : changes) {
        const std::size_t sign = change.find('=');
        if (sign == std::string::npos) throw usage_error("--sector " + change + ": FROM=TO, two sectors, is required");
        const auto named = [&change](const std::string& word) {
            try {
                return cd::parse_name<cd::sector>(word);
            } catch (const std::invalid_argument& error) {
                throw usage_error("--sector " + change + ": " + error.what());
            }
        };
        const auto from = named(change.substr(0, sign)), to = named(change.substr(sign + 1));
        if (const auto [known, is_new] = seen.emplace(from, to); !is_new && known->second != to)
            throw usage_error("--sector " + change + ": " + std::string(cd::name_of(from)) + " is read as " +
                              std::string(cd::name_of(known->second)) + " already");
        mapping = mapping.with(from, to);
    }
    return mapping;
}

std::string sector_flags::text() const {
    std::string line(cd::name_of(profile));
    for (const std::string& change : changes) line += (&change == changes.data() ? " with " : ", ") + change;
    return line;
}

}  // namespace example
