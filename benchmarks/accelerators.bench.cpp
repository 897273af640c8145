// SPDX-License-Identifier: BSL-1.0
#include <benchmark/benchmark.h>

#include <array>
#include <compute_divide/compute/accelerators.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace compute_divide;

void make_catalogue(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(accelerator_catalogue());
}
BENCHMARK(make_catalogue);

void find(benchmark::State& state, std::array<std::string_view, 4> names) {
    const accelerator_catalogue catalogue;
    for ([[maybe_unused]] auto _ : state)
        for (const std::string_view name : names) benchmark::DoNotOptimize(catalogue.find(name));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(names.size()));
}
BENCHMARK_CAPTURE(find, by_name, {"NVIDIA A100 SXM4 80 GB", "Google TPU v3", "NVIDIA V100", "NVIDIA Tesla K80"});
BENCHMARK_CAPTURE(find, as_written, {"Tesla V100-SXM2-32GB", "RTX 2080Ti", "TPUv3 cores", "RTX 3090 (24GB)"});
BENCHMARK_CAPTURE(find, unknown, {"A1000000", "Xeon Gold 6226", "the A100 motorway", "TPU v9"});

void nearest(benchmark::State& state) {
    const accelerator_catalogue catalogue;
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(catalogue.nearest("RTX 2080 Tie", 3));
}
BENCHMARK(nearest);

}  // namespace

BENCHMARK_MAIN();
