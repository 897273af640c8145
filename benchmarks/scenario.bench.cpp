// SPDX-License-Identifier: BSL-1.0
#include <benchmark/benchmark.h>

#include <compute_divide/policy/scenario.hpp>
#include <cstddef>
#include <cstdint>

namespace {

using namespace compute_divide;

/// Ten sources of uncertainty, a choice of growths, and a programme of six tranches: draws with Sobol's indices, the
/// path and the table of effects.
void full_scenario(benchmark::State& state) {
    const policy_scenario s{
        .from = 2026,
        .by = 2031,
        .within = 10,
        .gap = {100, "gap", 0.5},
        .frontier_growth = {{"published", {4.5, "published", 0.07}}, {"fitted", {4, "fitted", 0.15}}},
        .own_growth = {3, "own", 0.2},
        .frontier = {flop(1e26), "frontier now", 0.3},
        .supply = chip_supply{.price = {us_dollars(60'000), "price", 0.2},
                              .price_performance = {1.35, "price performance", 0.05},
                              .peak = {flop_per_second(989.4e12), "peak", 0.01},
                              .utilisation = {0.3, "utilisation", 0.2},
                              .running = {us_dollars(0.1), "electricity", 0.25}},
        .plan = programme{yearly_tranches(us_dollars(200e6), 2026, 6), 5, 0.75}};
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(run_scenario(s, {.draws = static_cast<std::size_t>(state.range(0)), .threads = 0}));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(full_scenario)->Arg(1'000)->Arg(10'000)->Arg(100'000)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
