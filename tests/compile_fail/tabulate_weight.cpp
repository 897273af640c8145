// SPDX-License-Identifier: BSL-1.0
// does not satisfy: quantity_field_of
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
