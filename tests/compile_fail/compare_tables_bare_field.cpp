// SPDX-License-Identifier: BSL-1.0
// is told: NeedATupleOfComparedFieldOfTheRecords
#include <string>
#include <tuple>
#include <vector>

#include <compute_divide/statistics/table_diff.hpp>

struct model {
    std::string name, team;
};

int main() {
    namespace cd = compute_divide;
    const std::vector<model> older, newer;
#ifdef FAIL
    const auto diff = cd::compare_tables(older, newer, &model::name, &model::team);
#else
    const auto diff =
        cd::compare_tables(older, newer, &model::name, std::tuple{cd::compared_field{"team", &model::team}});
#endif
    return static_cast<int>(diff.added.size());
}
