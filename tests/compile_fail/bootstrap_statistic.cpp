// SPDX-License-Identifier: BSL-1.0
// is told: the_statistic_must_make_a_number_of_records
#include <string>
#include <vector>

#include <compute_divide/statistics/bootstrap.hpp>

struct paper {
    int year;
    bool open;
    double citations;
    std::string title;
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const auto result = compute_divide::bootstrap(papers, [](const auto& drawn) { return (*drawn.begin()).title; });
#else
    const auto result = compute_divide::bootstrap(papers, [](const auto& drawn) { return (*drawn.begin()).citations; });
#endif
    return static_cast<int>(result.n);
}
