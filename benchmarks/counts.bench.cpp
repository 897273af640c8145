// SPDX-License-Identifier: BSL-1.0
// Regressions of counts with p = 6 columns (an intercept and five terms) on 200,000 records, coefficients and standard
// errors. counts_peers.py and counts_peers.R do the same with statsmodels and R, under the same names.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/regression/negative_binomial.hpp>
#include <compute_divide/regression/poisson.hpp>

namespace cd = compute_divide;

namespace {

constexpr std::size_t n = 200'000;

struct record {
    double a, b, c, d, e, poisson, negative_binomial;
    std::int32_t organisation;
};

const std::vector<record> records = [] {
    std::mt19937_64 generator(1);
    std::normal_distribution<double> normal;
    std::gamma_distribution<double> gamma(2, 0.5);
    std::vector<record> made(n);
    for (auto& r : made) {
        r = {normal(generator), normal(generator), normal(generator), normal(generator), normal(generator), 0, 0, 0};
        r.organisation = static_cast<std::int32_t>(generator() % 1'000);
        const double mean = std::exp(1 + 0.3 * r.a + 0.5 * r.b - 0.2 * r.c + 0.1 * r.d);
        r.poisson = std::poisson_distribution<int>(mean)(generator);
        r.negative_binomial = std::poisson_distribution<int>(mean * gamma(generator))(generator);
    }
    return made;
}();

auto model_of_counts(double record::*response) {
    return cd::model_of(response).on(cd::variable("a", &record::a), cd::variable("b", &record::b),
                                     cd::variable("c", &record::c), cd::variable("d", &record::d),
                                     cd::variable("e", &record::e));
}

void poisson(benchmark::State& state) {
    const auto model = model_of_counts(&record::poisson);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_poisson(records, model));
}
BENCHMARK(poisson)->Unit(benchmark::kMillisecond);

void poisson_clustered(benchmark::State& state) {
    const auto model = model_of_counts(&record::poisson).clustered_by(&record::organisation);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_poisson(records, model));
}
BENCHMARK(poisson_clustered)->Unit(benchmark::kMillisecond);

void negative_binomial(benchmark::State& state) {
    const auto model = model_of_counts(&record::negative_binomial);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_negative_binomial(records, model));
}
BENCHMARK(negative_binomial)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
