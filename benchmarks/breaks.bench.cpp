// SPDX-License-Identifier: BSL-1.0
// Breaks in the trend of 400 models. breaks_peers.R does the same under the same names.
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/trends/bootstrap_breaks.hpp>
#include <compute_divide/trends/breaks.hpp>

namespace cd = compute_divide;

namespace {

struct model {
    double published, training_flop;
};

std::vector<model> models(int n) {
    std::mt19937 engine(1);
    std::vector<model> all;
    for (int i = 0; i < n; ++i) {
        const double year = 2010 + static_cast<double>(engine() % 54000) / 3600;
        const double noise = static_cast<double>(engine() % 2000) / 1000;
        const double bends = 0.6 * std::max(0.0, year - 2014.6) - 0.7 * std::max(0.0, year - 2020.3);
        all.push_back({year, std::pow(10, 14 + 0.2 * (year - 2010) + bends + noise)});
    }
    return all;
}

void breaks(benchmark::State& state, const cd::segmented_options& options) {
    const auto all = models(static_cast<int>(state.range(0)));
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::fit_segmented_trend(all, &model::published, &model::training_flop, options));
}

void bootstrap(benchmark::State& state) {
    const auto all = models(400);
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::bootstrap_breaks<1>(all, &model::published, &model::training_flop,
                                                         {.bootstrap = {.replicates = 1000, .jackknife = false}}));
}

constexpr auto discontinuous = cd::break_kind::discontinuous;

}  // namespace

BENCHMARK_CAPTURE(breaks, one_continuous, {.breaks = 1})->Unit(benchmark::kMillisecond)->Arg(400)->Arg(40'000);
BENCHMARK_CAPTURE(breaks, two_continuous, {.breaks = 2})->Unit(benchmark::kMillisecond)->Arg(400);
BENCHMARK_CAPTURE(breaks, continuous_by_bic, {})->Unit(benchmark::kMillisecond)->Arg(400);
BENCHMARK_CAPTURE(breaks, one_discontinuous, {.kind = discontinuous, .breaks = 1})
    ->Unit(benchmark::kMillisecond)
    ->Arg(400)
    ->Arg(40'000);
BENCHMARK_CAPTURE(breaks, discontinuous_by_bic, {.kind = discontinuous})->Unit(benchmark::kMillisecond)->Arg(400);
BENCHMARK(bootstrap)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
