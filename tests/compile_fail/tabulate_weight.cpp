// SPDX-License-Identifier: BSL-1.0
// is told: the_weight_must_be_a_number
#include <string>
#include <vector>

#include <compute_divide/shares/tabulate.hpp>

struct paper {
    int year;
    bool open;
    double weight;
    std::string title;
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const auto table = compute_divide::tabulate(papers, &paper::year, &paper::open, &paper::title);
#else
    const auto table = compute_divide::tabulate(papers, &paper::year, &paper::open, &paper::weight);
#endif
    return static_cast<int>(table.size());
}
