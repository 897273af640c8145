// SPDX-License-Identifier: BSL-1.0
// Two samples of lognormal values compared: two_sample_peers.py and .R do the same, under the same names.
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/random.hpp>
#include <compute_divide/statistics/compare_medians.hpp>
#include <compute_divide/statistics/permutation_test.hpp>
#include <compute_divide/statistics/rank_sum.hpp>
#include <compute_divide/statistics/two_samples.hpp>
#include <compute_divide/statistics/welch.hpp>

namespace cd = compute_divide;

namespace {

cd::two_samples samples(std::size_t n_1, std::size_t n_2) {
    cd::random_stream random(1);
    std::vector<double> first(n_1), second(n_2);
    for (auto* sample : {&first, &second})
        for (auto& x : *sample) x = std::exp(6 * random.uniform());
    return {first, second};
}

/// Reading and sorting included, as the peers do.
template <class Compare>
void run(benchmark::State& state, std::size_t n_1, std::size_t n_2, const Compare& compare) {
    const cd::two_samples ready = samples(n_1, n_2);
    std::vector<double> first = ready.first(), second = ready.second();
    for (std::size_t i = 0; i < first.size(); ++i) std::swap(first[i], first[i * 7919 % first.size()]);
    for (std::size_t i = 0; i < second.size(); ++i) std::swap(second[i], second[i * 7919 % second.size()]);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(compare(cd::two_samples(first, second)));
}

/// The samples being sorted already: that is for ranks and medians.
void welch_100_000(benchmark::State& state) {
    const cd::two_samples both = samples(100'000, 100'000);
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::welch(both, {.scale = cd::comparison_scale::ratio}));
}
void mann_whitney_100_000(benchmark::State& state) {
    run(state, 100'000, 100'000, [](const auto& both) { return cd::mann_whitney(both); });
}
void mann_whitney_exact_49(benchmark::State& state) {
    run(state, 49, 49, [](const auto& both) { return cd::mann_whitney(both, {.method = cd::rank_sum_method::exact}); });
}
void brunner_munzel_100_000(benchmark::State& state) {
    run(state, 100'000, 100'000, [](const auto& both) { return cd::brunner_munzel(both); });
}
void hodges_lehmann_1_000(benchmark::State& state) {
    run(state, 1'000, 1'000, [](const auto& both) { return cd::hodges_lehmann(both); });
}
/// Of the difference of means, as the peer does; and studentised, which is the default here.
cd::permutation_options permutations(cd::permutation_statistic statistic, bool every_one) {
    return {.scale = cd::comparison_scale::ratio,
            .statistic = statistic,
            .method = every_one ? cd::permutation_method::exact : cd::permutation_method::automatic};
}
void permutation_exact_10_10(benchmark::State& state, cd::permutation_statistic statistic) {
    run(state, 10, 10, [&](const auto& both) { return cd::permutation_test(both, permutations(statistic, true)); });
}
void permutation_9999_of_200(benchmark::State& state, cd::permutation_statistic statistic) {
    run(state, 100, 100, [&](const auto& both) { return cd::permutation_test(both, permutations(statistic, false)); });
}
void medians_9999_of_200(benchmark::State& state) {
    run(state, 100, 100,
        [](const auto& both) { return cd::compare_medians(both, {.scale = cd::comparison_scale::ratio}); });
}

BENCHMARK(welch_100_000)->Unit(benchmark::kMillisecond);
BENCHMARK(mann_whitney_100_000)->Unit(benchmark::kMillisecond);
BENCHMARK(mann_whitney_exact_49)->Unit(benchmark::kMillisecond);
BENCHMARK(brunner_munzel_100_000)->Unit(benchmark::kMillisecond);
BENCHMARK(hodges_lehmann_1_000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(permutation_exact_10_10, difference, cd::permutation_statistic::difference)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(permutation_exact_10_10, studentised, cd::permutation_statistic::studentised)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(permutation_9999_of_200, difference, cd::permutation_statistic::difference)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(permutation_9999_of_200, studentised, cd::permutation_statistic::studentised)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(medians_9999_of_200)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
