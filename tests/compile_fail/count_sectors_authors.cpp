// SPDX-License-Identifier: BSL-1.0
// is told: NeedsASectorForEachAffiliation
#include <vector>

#include <compute_divide/institutions/sector_counts.hpp>

int main() {
#ifdef FAIL
    const std::vector<std::vector<int>> authors;
#else
    const std::vector<std::vector<compute_divide::sector>> authors;
#endif
    return static_cast<int>(compute_divide::count_sectors(authors).total());
}
