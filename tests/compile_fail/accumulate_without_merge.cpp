// SPDX-License-Identifier: BSL-1.0
// is told: the_accumulator_needs_merge_and_result
#include <vector>

#include <compute_divide/accumulate.hpp>

struct paper {
    int year;
};
struct counter {
    int n = 0;
#ifndef FAIL
    void merge(const counter& other) {
        n += other.n;
    }
#endif
    [[nodiscard]] int result() const {
        return n;
    }
};

int main() {
    const std::vector<paper> papers;
    const auto all = compute_divide::accumulate(papers, counter(), [](const paper&, counter& c) { ++c.n; });
    return all.n;
}
