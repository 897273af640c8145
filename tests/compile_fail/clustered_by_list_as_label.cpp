// SPDX-License-Identifier: BSL-1.0
// is told: the_cluster_must_be_a_label_or_a_range_of_labels
#include <string>
#include <vector>

#include <compute_divide/shares/share.hpp>

struct paper {
    int year;
    bool open;
    std::vector<std::vector<std::string>> organisations;  // of each author: no labels, but lists of them
    std::vector<std::string> all() const { return {}; }
};

int main() {
    const std::vector<paper> papers;
#ifdef FAIL
    const auto result = compute_divide::share_by(papers, &paper::year, &paper::open,
                                                 compute_divide::clustered_by(&paper::organisations));
#else
    const auto result =
        compute_divide::share_by(papers, &paper::year, &paper::open, compute_divide::clustered_by(&paper::all));
#endif
    return static_cast<int>(result.size());
}
