// SPDX-License-Identifier: BSL-1.0
// 100,000 intervals for a share at n = 200, each with its own number of successes. statistics_peers.py does the same
// with scipy and statsmodels, under the same names.
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/statistics/proportion.hpp>

namespace cd = compute_divide;

namespace {

constexpr double trials = 200;

std::vector<double> successes() {
    std::mt19937 generator(1);
    std::vector<double> counts(100'000);
    for (auto& k : counts) k = static_cast<double>(generator() % 201);
    return counts;
}

void intervals(benchmark::State& state, cd::proportion_interval method) {
    const auto counts = successes();
    std::vector<cd::interval> bounds(counts.size());
    for ([[maybe_unused]] auto _ : state) {
        const cd::share_interval at({.interval = method});
        for (std::size_t i = 0; i < counts.size(); ++i) bounds[i] = at(counts[i], trials);
        benchmark::DoNotOptimize(bounds.data());
        benchmark::ClobberMemory();
    }
}

}  // namespace

int main(int argc, char** argv) {
    for (const auto& method : enumerators(cd::proportion_interval::wilson))
        benchmark::RegisterBenchmark(std::string(method.name).c_str(), intervals, method.value)
            ->Unit(benchmark::kMillisecond);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
