// SPDX-License-Identifier: BSL-1.0
// is told: the_field_does_not_take_these_records
#include <vector>

#include <compute_divide/shares/tabulate.hpp>

struct paper {
    int year;
    bool open;
};
struct model {
    int year;
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const auto table = compute_divide::tabulate(papers, &model::year, &paper::open);
#else
    const auto table = compute_divide::tabulate(papers, &paper::year, &paper::open);
#endif
    return static_cast<int>(table.size());
}
