// SPDX-License-Identifier: BSL-1.0
// Concentration of ten million records by a million owners and 20 years, all measures with linearised intervals; and of
// 1,000 owners with intervals from 10,000 draws. concentration_peers.mjs sums the same in DuckDB (the sums alone),
// concentration_peers.R draws the same with R's boot.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/shares/concentration.hpp>
#include <compute_divide/shares/owner_amounts.hpp>

namespace cd = compute_divide;

namespace {

struct record {
    std::int32_t owner, year;
    double amount;
};

/// Owners and years at random: eight million pairs of them.
const std::vector<record>& records() {
    static const std::vector<record> all = [] {
        std::mt19937_64 random(1);
        std::vector<record> made(10'000'000);
        for (auto& r : made)
            r = {static_cast<std::int32_t>(random() % 1'000'000), 2005 + static_cast<std::int32_t>(random() % 20),
                 -std::log(1 - std::ldexp(static_cast<double>(random() >> 11), -53))};
        return made;
    }();
    return all;
}

void sums(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) {
        cd::owner_amounts<std::int32_t, std::int32_t> amounts;
        amounts.add_all(records(), &record::year, &record::owner, &record::amount);
        benchmark::DoNotOptimize(amounts.result());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records().size()));
}
BENCHMARK(sums)->Unit(benchmark::kMillisecond);

void concentration(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::concentration_by(records(), &record::year, &record::owner, &record::amount));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records().size()));
}
BENCHMARK(concentration)->Unit(benchmark::kMillisecond);

void draws(benchmark::State& state) {
    std::vector<double> amounts;
    std::mt19937_64 random(1);
    std::normal_distribution<double> normal;
    for (int i = 0; i < 1'000; ++i) amounts.push_back(std::exp(normal(random)));
    const cd::concentration_options options{.interval = cd::concentration_interval::basic, .replicates = 10'000};
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::concentration_of(amounts, std::identity{}, options));
}
BENCHMARK(draws)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
