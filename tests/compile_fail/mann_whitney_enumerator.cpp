// SPDX-License-Identifier: BSL-1.0
// is told: mann_whitney_options
#include <string>
#include <vector>

#include <compute_divide/statistics/rank_sum.hpp>

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
    const auto result = compute_divide::mann_whitney(samples, compute_divide::rank_sum_method::exact);
#else
    const compute_divide::two_samples samples(papers, &paper::citations, &paper::open);
    const auto result = compute_divide::mann_whitney(samples, {.method = compute_divide::rank_sum_method::exact});
#endif
    return static_cast<int>(result.test.n);
}
