// SPDX-License-Identifier: BSL-1.0
// Is the gain the idea or the tuning? The best of k trials of two methods, and the budget from which one is ahead.
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include <compute_divide/compute/efficiency.hpp>

namespace cd = compute_divide;

struct trial {
    double learning_rate, accuracy;
};

int main() {
    // All trials that were run, each at its own learning rate. The new method is 1 point better where it is tuned well.
    std::vector<trial> baseline, ours;
    for (int i = 0; i < 24; ++i) {
        const double rate = 1e-4 * (1 + i);
        baseline.push_back({rate, 0.80 - 0.0002 * ((i * 7) % 24)});
        ours.push_back({rate, 0.81 - 0.002 * ((i * 11) % 24)});
    }
    const cd::trial_results a(baseline, &trial::accuracy), b(ours, &trial::accuracy);
    for (const std::uint64_t k : {1U, 2U, 6U})
        std::printf("best of %llu: baseline %s, ours %s\n", static_cast<unsigned long long>(k),
                    to_string(a.expected_best(k)).c_str(), to_string(b.expected_best(k)).c_str());

    // A trial of ours takes ten times the compute.
    const cd::tuning_comparison by_trials = cd::compare_tuning(a, b);
    const cd::tuning_comparison by_compute = cd::compare_tuning(a, b, {.cost_a = 1, .cost_b = 10});
    for (const cd::budget_crossing& crossing : by_trials.crossings)
        std::printf("%s ahead from %g trials on\n", crossing.a_ahead ? "baseline" : "ours", crossing.budget);
    std::printf("at equal compute: baseline less ours %s\n", to_string(by_compute.points.front().difference).c_str());
}
