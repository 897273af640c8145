// SPDX-License-Identifier: BSL-1.0
// Robust trends at the sizes where the peers still run, and beyond. robust_trends_peers.py and .R do the same under the
// same names.
#include <cmath>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/random.hpp>
#include <compute_divide/trends.hpp>

namespace cd = compute_divide;

namespace {

struct record {
    double x, y;
};

std::vector<record> records(std::int64_t n) {
    cd::random_stream random(1);
    std::vector<record> all;
    for (std::int64_t i = 0; i < n; ++i) {
        const double x = random.uniform(0, 10);
        all.push_back({x, 0.6 * x + std::sin(x) + random.uniform(-1, 1)});
    }
    return all;
}

void theil_sen(benchmark::State& state) {
    const auto all = records(state.range(0));
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::theil_sen(all, &record::x, &record::y));
}

void mann_kendall(benchmark::State& state) {
    const auto all = records(state.range(0));
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::mann_kendall(all, &record::x, &record::y));
}

void lowess(benchmark::State& state) {
    const auto all = records(state.range(0));
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::lowess(all, &record::x, &record::y));
}

/// With the interval; the peers' times are without.
void quantile_regression(benchmark::State& state) {
    const auto all = records(state.range(0));
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::quantile_regression(all, &record::x, &record::y, {.quantile = 0.9}));
}

}  // namespace

BENCHMARK(theil_sen)->Arg(2'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(mann_kendall)->Arg(2'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(lowess)->Arg(5'000)->Unit(benchmark::kMillisecond);
BENCHMARK(quantile_regression)->Arg(20'000)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
