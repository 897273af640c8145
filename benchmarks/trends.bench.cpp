// SPDX-License-Identifier: BSL-1.0
// The growth of 428 models of 200 organisations: a fit with its standard-error intervals, and bootstraps of 10,000
// replicates. trends_peers.py and trends_peers.R do the same under the same names.
#include <cmath>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/trends/log_trend.hpp>

namespace cd = compute_divide;

namespace {

struct model {
    double published, training_flop;
    int organization;
};

std::vector<model> models() {
    std::mt19937 engine(1);
    std::vector<model> all;
    for (int i = 0; i < 428; ++i) {
        const double year = 2010 + static_cast<double>(engine() % 5500) / 365.25;
        const double noise = static_cast<double>(engine() % 6000) / 1000;
        all.push_back({year, std::pow(10, 14 + 0.67 * (year - 2010) + noise), static_cast<int>(engine() % 200)});
    }
    return all;
}

cd::log_trend fit(const std::vector<model>& all) {
    return cd::fit_log_trend(all, &model::published, &model::training_flop, &model::organization);
}

void fit_with_intervals(benchmark::State& state) {
    const auto all = models();
    for ([[maybe_unused]] auto _ : state) {
        const auto trend = fit(all);
        for (const auto interval : {cd::trend_interval::classical, cd::trend_interval::hc1, cd::trend_interval::hc3,
                                    cd::trend_interval::clustered})
            benchmark::DoNotOptimize(trend.growth({.interval = interval}));
    }
}

void bootstrap(benchmark::State& state, cd::trend_interval interval, cd::bootstrap_resampling resampling) {
    const auto trend = fit(models());
    cd::trend_options options{.interval = interval, .resampling = resampling};
    options.bootstrap.replicates = 10'000;
    options.bootstrap.threads = static_cast<unsigned>(state.range(0));
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(trend.growth(options));
}

constexpr auto pairs = cd::bootstrap_resampling::pairs;
constexpr auto clusters = cd::bootstrap_resampling::clusters;

}  // namespace

BENCHMARK(fit_with_intervals)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(bootstrap, pairs_percentile, cd::trend_interval::bootstrap_percentile, pairs)
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(bootstrap, pairs_bca, cd::trend_interval::bootstrap_bca, pairs)
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(bootstrap, clusters_percentile, cd::trend_interval::bootstrap_percentile, clusters)
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(bootstrap, sevilla, cd::trend_interval::sevilla_bootstrap, pairs)
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
