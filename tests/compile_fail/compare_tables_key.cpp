// SPDX-License-Identifier: BSL-1.0
// is told: NeedAKeyThatIsALabelOfTheRecords
#include <string>
#include <tuple>
#include <vector>

#include <compute_divide/statistics/table_diff.hpp>

struct model {
    std::string name, team;
};
struct chip {
    std::string name;
};

int main() {
    namespace cd = compute_divide;
    const std::vector<model> older, newer;
    const std::tuple fields{cd::compared_field{"team", &model::team}};
#ifdef FAIL
    const auto diff = cd::compare_tables(older, newer, &chip::name, fields);
#else
    const auto diff = cd::compare_tables(older, newer, &model::name, fields);
#endif
    return static_cast<int>(diff.added.size());
}
