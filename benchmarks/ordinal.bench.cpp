// SPDX-License-Identifier: BSL-1.0
// Proportional odds of five levels with 6 terms on 200,000 records, coefficients, thresholds and standard errors.
// ordinal_peers.R does the same with MASS::polr, under the same names.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/regression/proportional_odds.hpp>
#include <compute_divide/regression/proportionality_test.hpp>

namespace cd = compute_divide;

namespace {

constexpr std::size_t n = 200'000;

struct record {
    double a, b, c, d, e, f;
    int level;
    std::int32_t organisation;
};

const std::vector<record> records = [] {
    std::mt19937_64 generator(1);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::vector<record> made(n);
    for (auto& r : made) {
        for (double* x : {&r.a, &r.b, &r.c, &r.d, &r.e, &r.f}) *x = normal(generator);
        r.organisation = static_cast<std::int32_t>(generator() % 1'000);
        const double u = uniform(generator);
        const double latent = 0.5 * r.a + r.b - r.c + 0.3 * r.d - 0.2 * r.e + std::log(u / (1 - u));
        r.level = latent < -2 ? 0 : latent < 0 ? 1 : latent < 0.5 ? 2 : latent < 2.5 ? 3 : 4;
    }
    return made;
}();

const auto model = cd::model_of(&record::level)
                       .on(cd::variable("a", &record::a), cd::variable("b", &record::b), cd::variable("c", &record::c),
                           cd::variable("d", &record::d), cd::variable("e", &record::e), cd::variable("f", &record::f));

void proportional_odds(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_proportional_odds(records, model));
}
BENCHMARK(proportional_odds)->Unit(benchmark::kMillisecond);

void proportional_odds_clustered(benchmark::State& state) {
    const auto clustered = model.clustered_by(&record::organisation);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_proportional_odds(records, clustered));
}
BENCHMARK(proportional_odds_clustered)->Unit(benchmark::kMillisecond);

void brant(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::proportionality_test(records, model));
}
BENCHMARK(brant)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
