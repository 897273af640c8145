// SPDX-License-Identifier: BSL-1.0
// is told: NeedsCountSectorsOfTheAuthors
#include <string>
#include <vector>

#include <compute_divide/institutions/team.hpp>

int main() {
#ifdef FAIL
    const std::vector<std::vector<std::string>> authors{{"Academia"}, {"Academia", "Industry"}};
    const auto team = compute_divide::team_of(authors);
#else
    using enum compute_divide::sector;
    const std::vector<std::vector<compute_divide::sector>> authors{{academia}, {academia, industry}};
    const auto team = compute_divide::team_of(compute_divide::count_sectors(authors));
#endif
    return static_cast<int>(team);
}
