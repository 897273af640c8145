// SPDX-License-Identifier: BSL-1.0
// Who is it, and what kind of team wrote the paper? Affiliations to institutions, their sectors, and the team's kind.
#include <cstdio>
#include <string>
#include <vector>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/sector_counts.hpp>
#include <compute_divide/institutions/team.hpp>

namespace cd = compute_divide;

int main() {
    const std::vector<std::string> authors{"Department of Computer Science, University of Toronto, Canada",
                                           "FAIR, Menlo Park; Mila", "Google Research, Mountain View, CA, USA"};
    const cd::classifier who;
    cd::sector_counts sectors;
    for (const std::string& affiliation : authors) {
        const cd::affiliation found = who(affiliation);
        std::printf("%s\n", affiliation.c_str());
        for (const auto& institution : found.institutions)
            std::printf("    %s: %s, confidence %.2f\n", institution.name.c_str(),
                        std::string(cd::name_of(institution.type)).c_str(), institution.confidence);
        for (const cd::sector sector : found.sectors) sectors.add(sector);
    }
    std::printf("The team is %s\n", std::string(cd::name_of(cd::team_of(sectors))).c_str());
}
