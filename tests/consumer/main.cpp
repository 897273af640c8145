// SPDX-License-Identifier: BSL-1.0
// What somebody else's program does with the library: a struct of its own, one call, one printed line.
#include <compute_divide/shares.hpp>

#include <cstdio>
#include <vector>

struct my_model {
    int year;
    bool academic;
};

int main() {
    namespace cd = compute_divide;
    const std::vector<my_model> models{{2012, true}, {2012, false}, {2012, true}, {2022, false}, {2022, false}};
    for (const auto& row : cd::share_by(models, &my_model::year, &my_model::academic))
        std::printf("%d %s\n", row.key, cd::to_string(row.share, {.percent = true}).c_str());
}
