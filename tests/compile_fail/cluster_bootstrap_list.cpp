// SPDX-License-Identifier: BSL-1.0
// is told: a_resampled_cluster_must_be_a_single_label
#include <string>
#include <vector>

#include <compute_divide/statistics/bootstrap.hpp>

struct paper {
    double citations;
    std::vector<std::string> organisations;
    std::string first() const { return organisations.front(); }
};

int main() {
    const std::vector<paper> papers;
    const auto mean = [](const auto& drawn) { return drawn.empty() ? 0 : drawn[0].citations; };
#ifdef FAIL
    const auto result = compute_divide::cluster_bootstrap(papers, &paper::organisations, mean);
#else
    const auto result = compute_divide::cluster_bootstrap(papers, &paper::first, mean);
#endif
    return static_cast<int>(result.n);
}
