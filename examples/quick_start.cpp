// SPDX-License-Identifier: BSL-1.0
// The smallest whole program: records of your own, a projection for each quantity, shares with their intervals.
#include <cstdio>
#include <vector>

#include <compute_divide/shares/share.hpp>

struct paper {
    int year;
    bool academia_only;
};

int main() {
    const std::vector<paper> papers{{2012, true},  {2012, true}, {2012, false},
                                    {2022, false}, {2022, true}, {2022, false}};
    for (const auto& row : compute_divide::share_by(papers, &paper::year, &paper::academia_only))
        std::printf("%d  %s\n", row.key, to_string(row.share, {.digits = 1, .percent = true}).c_str());
}
