// SPDX-License-Identifier: BSL-1.0
// is told: the_function_must_take_a_record_and_the_accumulator
#include <vector>

#include <compute_divide/accumulate.hpp>
#include <compute_divide/shares/tally.hpp>

struct paper {
    int year;
    bool open;
};

int main() {
    const std::vector<paper> papers;
    const compute_divide::tally<int, bool> empty;
#ifdef FAIL
    const auto add = [](const paper& p) { return p.year; };
#else
    const auto add = [](const paper& p, compute_divide::tally<int, bool>& counts) { counts.add(p.year, p.open); };
#endif
    return static_cast<int>(compute_divide::accumulate(papers, empty, add).result().size());
}
