// SPDX-License-Identifier: BSL-1.0
// is told: the_field_does_not_take_these_records
#include <string>
#include <vector>

#include <compute_divide/shares/share.hpp>

struct paper {
    int year;
    bool open;
    double citations;
    std::string title;
};
struct model {
    bool open;
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const auto result = compute_divide::share_by(papers, &paper::year, [](const model& m) { return m.open; });
#else
    const auto result = compute_divide::share_by(papers, &paper::year, [](const paper& p) { return p.open; });
#endif
    return static_cast<int>(result.size());
}
