// SPDX-License-Identifier: BSL-1.0
// is told: the_value_must_be_a_number
#include <string>
#include <vector>

#include <compute_divide/statistics/two_samples.hpp>

struct paper {
    int year;
    bool open;
    double citations;
    std::string title;
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const compute_divide::two_samples samples(papers, &paper::title, &paper::open);
#else
    const compute_divide::two_samples samples(papers, &paper::citations, &paper::open);
#endif
    return static_cast<int>(samples.first().size());
}
