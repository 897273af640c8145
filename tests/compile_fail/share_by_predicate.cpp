// SPDX-License-Identifier: BSL-1.0
// does not satisfy: predicate_field_of
#include <string>
#include <vector>

#include <compute_divide/shares/share.hpp>

struct paper {
    int year;
    bool open;
    std::string title;
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const auto shares = compute_divide::share_by(papers, &paper::year, &paper::title);
#else
    const auto shares = compute_divide::share_by(papers, &paper::year, &paper::open);
#endif
    return static_cast<int>(shares.size());
}
