// SPDX-License-Identifier: BSL-1.0
// is told: table_of_takes_columns_of_a_name_and_a_field
#include <vector>

#include <compute_divide/report/table.hpp>

struct paper {
    int year;
};

int main() {
    namespace cd = compute_divide;
    const std::vector<paper> papers;
#ifdef FAIL
    const auto t = cd::table_of(papers, &paper::year);
#else
    const auto t = cd::table_of(papers, cd::column{"year", &paper::year});
#endif
    return static_cast<int>(t.rows.size());
}
