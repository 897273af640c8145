// SPDX-License-Identifier: BSL-1.0
// is told: welch_options
#include <string>
#include <vector>

#include <compute_divide/statistics/welch.hpp>

struct paper {
    int year;
    bool open;
    double citations;
    std::string title;
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const compute_divide::two_samples samples(papers, &paper::citations, &paper::open);
    const auto result = compute_divide::welch(samples, {.levle = 0.9});
#else
    const compute_divide::two_samples samples(papers, &paper::citations, &paper::open);
    const auto result = compute_divide::welch(samples, {.level = 0.9});
#endif
    return static_cast<int>(result.test.n);
}
