// SPDX-License-Identifier: BSL-1.0
// is told: the_records_come_first
#include <string>
#include <vector>

#include <compute_divide/shares/share.hpp>

struct paper {
    int year;
    bool open;
    double citations;
    std::string title;
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const auto result = compute_divide::share_by(&paper::year, &paper::open, papers);
#else
    const auto result = compute_divide::share_by(papers, &paper::year, &paper::open);
#endif
    return static_cast<int>(result.size());
}
