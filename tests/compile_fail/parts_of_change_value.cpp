// SPDX-License-Identifier: BSL-1.0
// is told: NeedFieldsThatYieldReferences
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
    const std::tuple fields{cd::compared_field{"team", [](const model& m) { return m.team; }}};
#else
    const std::tuple fields{cd::compared_field{"team", &model::team}};
#endif
    const auto diff = cd::compare_tables(older, newer, &model::name, fields);
    const auto rows = [](const std::vector<model>& all) { return static_cast<double>(all.size()); };
    return cd::parts_of_change(diff, older, newer, fields, rows) ? 0 : 1;
}
