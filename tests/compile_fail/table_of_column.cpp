// SPDX-License-Identifier: BSL-1.0
// is told: a_column_needs_a_field_of_the_records_that_yields_text_a_number_a_date_or_an_estimate
#include <vector>

#include <compute_divide/report/table.hpp>

struct paper {
    int year;
    std::vector<int> citations;  // a list makes no cell
};

int main() {
    namespace cd = compute_divide;
    const std::vector<paper> papers;
#ifdef FAIL
    const auto t = cd::table_of(papers, cd::column{"citations", &paper::citations});
#else
    const auto t = cd::table_of(papers, cd::column{"year", &paper::year});
#endif
    return static_cast<int>(t.rows.size());
}
