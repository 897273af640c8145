// SPDX-License-Identifier: BSL-1.0
// is told: share_options_is_required_got_an_enumerator
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
    const auto result =
        compute_divide::share_by(papers, &paper::year, &paper::open, compute_divide::proportion_interval::jeffreys);
#else
    const auto result = compute_divide::share_by(papers, &paper::year, &paper::open,
                                                 {.interval = compute_divide::proportion_interval::jeffreys});
#endif
    return static_cast<int>(result.size());
}
