// SPDX-License-Identifier: BSL-1.0
// is told: the_predicate_must_say_yes_or_no
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
