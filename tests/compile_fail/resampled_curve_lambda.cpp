// SPDX-License-Identifier: BSL-1.0
// is told: clusters_that_are_drawn_twice_need_new_labels_by_a_member_or_a_function
#include <vector>

#include <compute_divide/statistics/curve_inference.hpp>

struct paper {
    int venue;
};

int main() {
    const std::vector<paper> papers;
    const compute_divide::specification_set set(
        compute_divide::alternatives<bool>{"weights", {{"none", false}, {"papers", true}}});
    const auto f = [](const std::vector<paper>&, bool) { return compute_divide::estimate{}; };
    const auto venue = [](const paper& p) { return p.venue; };
#ifdef FAIL
    const auto curve = compute_divide::resampled_curve(papers, venue, set, f);
#else
    const auto curve = compute_divide::resampled_curve(
        papers, venue, [](paper& p, std::size_t number) { p.venue = static_cast<int>(number); }, set, f);
#endif
    return static_cast<int>(curve.n_estimated);
}
