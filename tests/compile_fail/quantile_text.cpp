// SPDX-License-Identifier: BSL-1.0
// is told: the_value_must_be_a_number
#include <string>
#include <vector>

#include <compute_divide/statistics/quantile.hpp>

struct paper {
    int year;
    bool open;
    double citations;
    std::string title;
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const auto result = compute_divide::quantile(papers, 0.9, &paper::title);
#else
    const auto result = compute_divide::quantile(papers, 0.9, &paper::citations);
#endif
    return static_cast<int>(result.n);
}
