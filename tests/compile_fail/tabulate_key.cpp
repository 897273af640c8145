// SPDX-License-Identifier: BSL-1.0
// is told: the_label_must_be_copyable_and_ordered
#include <vector>

#include <compute_divide/shares/tabulate.hpp>

struct paper {
    int year;
    bool open;
    struct place {
    } where;  // places have no order
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const auto table = compute_divide::tabulate(papers, &paper::where, &paper::open);
#else
    const auto table = compute_divide::tabulate(papers, &paper::year, &paper::open);
#endif
    return static_cast<int>(table.size());
}
