// SPDX-License-Identifier: BSL-1.0
// Logits with p = 6 columns (an intercept and five terms) on 200,000 records, coefficients and standard errors.
// logistic_peers.py and logistic_peers.R do the same with statsmodels, R glm and brglm2, under the same names.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>

namespace cd = compute_divide;

namespace {

constexpr std::size_t n = 200'000;

struct record {
    double a, b, c, d, e;
    bool yes;
    std::int32_t organisation;
};

const std::vector<record> records = [] {
    std::mt19937_64 generator(1);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::vector<record> made(n);
    for (auto& r : made) {
        r = {normal(generator), normal(generator), normal(generator), normal(generator), normal(generator), false, 0};
        r.organisation = static_cast<std::int32_t>(generator() % 1'000);
        r.yes = uniform(generator) < 1 / (1 + std::exp(0.5 - 0.5 * r.a - r.b + r.c - 0.3 * r.d));
    }
    return made;
}();

const auto model = cd::model_of(&record::yes)
                       .on(cd::variable("a", &record::a), cd::variable("b", &record::b), cd::variable("c", &record::c),
                           cd::variable("d", &record::d), cd::variable("e", &record::e));

void logit(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_logit(records, model));
}
BENCHMARK(logit)->Unit(benchmark::kMillisecond);

void logit_hc1(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::fit_logit(records, model, {.covariance = cd::covariance_kind::hc1}));
}
BENCHMARK(logit_hc1)->Unit(benchmark::kMillisecond);

void logit_clustered(benchmark::State& state) {
    const auto clustered = model.clustered_by(&record::organisation);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_logit(records, clustered));
}
BENCHMARK(logit_clustered)->Unit(benchmark::kMillisecond);

void firth_logit(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_firth_logit(records, model));
}
BENCHMARK(firth_logit)->Unit(benchmark::kMillisecond);

void marginal_effects(benchmark::State& state) {
    const auto fit = cd::fit_logit(records, model);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::average_marginal_effects(records, model, fit));
}
BENCHMARK(marginal_effects)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
