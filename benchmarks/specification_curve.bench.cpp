// SPDX-License-Identifier: BSL-1.0
// A curve of eight regressions with clustered errors, tested on 199 draws of whole clusters.
// specification_curve_peers.py does the same under the same name.
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/random.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/statistics/curve_inference.hpp>

namespace cd = compute_divide;

namespace {

struct record {
    double y, x, z;
    int year, cluster;
};

std::vector<record> records() {
    cd::random_stream random(1);
    std::vector<record> all;
    for (int i = 0; i < 2000; ++i) all.push_back({random.uniform(), random.uniform(), random.uniform(), i % 8, i % 50});
    return all;
}

constexpr auto slope = [](const std::vector<record>& drawn, bool control, bool years, bool recent) {
    std::vector<record> kept;
    for (const record& r : drawn)
        if (!recent || r.year >= 4) kept.push_back(r);
    const auto y = cd::model_of(&record::y).clustered_by(&record::cluster);
    const auto x = cd::variable("x", &record::x), z = cd::variable("z", &record::z);
    const auto year = cd::categorical("year", &record::year);
    return cd::coefficient(control && years ? cd::fit_linear(kept, y.on(x, z, year))
                           : control        ? cd::fit_linear(kept, y.on(x, z))
                           : years          ? cd::fit_linear(kept, y.on(x, year))
                                            : cd::fit_linear(kept, y.on(x)),
                           "x");
};

void eight_regressions_199_draws(benchmark::State& state) {
    const auto all = records();
    const cd::specification_set set(cd::alternatives<bool>{"control", {{"no", false}, {"yes", true}}},
                                    cd::alternatives<bool>{"years", {{"no", false}, {"yes", true}}},
                                    cd::alternatives<bool>{"recent", {{"no", false}, {"yes", true}}});
    const cd::joint_options options{.draws = 199, .threads = static_cast<unsigned>(state.range(0))};
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::resampled_curve(all, &record::cluster, set, slope, options));
}

}  // namespace

BENCHMARK(eight_regressions_199_draws)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
