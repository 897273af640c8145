// SPDX-License-Identifier: BSL-1.0
// is told: share_by_needs_a_predicate
#include <vector>

#include <compute_divide/shares/share.hpp>

struct paper {
    int year;
    bool open;
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const auto shares = compute_divide::share_by(papers, &paper::year);
#else
    const auto shares = compute_divide::share_by(papers, &paper::year, &paper::open);
#endif
    return static_cast<int>(shares.size());
}
