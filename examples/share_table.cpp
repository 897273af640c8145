// SPDX-License-Identifier: BSL-1.0
// Who writes the papers? Papers of a CSV table, a projection for each quantity, shares by year with their intervals.
#include <cstdio>
#include <string>
#include <vector>

#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/shares/share.hpp>

namespace cd = compute_divide;

struct paper {
    int year;
    bool academia_only;
};

int main() {
    auto table = cd::csv_reader::open(COMPUTE_DIVIDE_DATA_DIR "/papers.csv");
    const cd::csv_column<std::string> venue(table, "venue");
    const cd::csv_column<int> year(table, "year");
    const cd::csv_column<double> academia(table, "academia"), industry(table, "industry");

    std::vector<paper> papers;
    for (const auto& row : table)
        if (venue(row) == "ICML" && academia(row) + industry(row) > 0)
            papers.push_back({year(row), industry(row) == 0});

    std::puts("Papers of ICML without an author in industry:");
    for (const auto& row : cd::share_by(papers, &paper::year, &paper::academia_only))
        std::printf("%d  %s\n", row.key, to_string(row.share, {.digits = 1, .percent = true}).c_str());
}
