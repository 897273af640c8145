// SPDX-License-Identifier: BSL-1.0
// Intervals from 9,999 resamples, by any statistic. bootstrap_peers.py and .R do the same under the same names.
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/random.hpp>
#include <compute_divide/statistics/bootstrap.hpp>

namespace cd = compute_divide;

namespace {

std::vector<double> sample() {
    cd::random_stream random(1);
    std::vector<double> values(200);
    for (auto& x : values) x = random.uniform();
    return values;
}

constexpr auto mean = [](const auto& drawn) {
    double sum = 0;
    for (const double x : drawn) sum += x;
    return sum / static_cast<double>(drawn.size());
};

void mean_of_200_bca(benchmark::State& state) {
    const auto values = sample();
    const cd::bootstrap_options options{.threads = static_cast<unsigned>(state.range(0))};
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::bootstrap(values, mean, options).interval(cd::bootstrap_interval::bca));
}

}  // namespace

BENCHMARK(mean_of_200_bca)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
