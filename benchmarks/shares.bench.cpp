// SPDX-License-Identifier: BSL-1.0
// Ten million records of 32 bytes by year and kind of team, beside a hand-written loop. shares_peers.mjs does the same
// group-by in DuckDB.
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/shares/tabulate.hpp>

namespace cd = compute_divide;

namespace {

enum class team { academia, collaboration, industry };

struct paper {
    std::int64_t id;
    double training_flop;
    int year;
    team who;
    float weight;
};
static_assert(sizeof(paper) == 32);

constexpr int first_year = 1950;
constexpr std::size_t n_years = 75;

const std::vector<paper>& papers() {
    static const std::vector<paper> all = [] {
        std::mt19937_64 random(1);
        std::vector<paper> made(10'000'000);
        std::int64_t id = 0;
        for (auto& p : made)
            p = {id++, 1e20, first_year + static_cast<int>(random() % n_years), static_cast<team>(random() % 3),
                 1.0F / static_cast<float>(1 + random() % 4)};
        return made;
    }();
    return all;
}

template <class Run>
void per_record(benchmark::State& state, const Run& run) {
    const auto& records = papers();
    for (auto _ : state) benchmark::DoNotOptimize(run(records));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records.size()));
}

void by_hand(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        std::array<std::array<std::uint64_t, 3>, n_years> counts{};
        for (const auto& p : records)
            ++counts[static_cast<std::size_t>(p.year - first_year)][static_cast<std::size_t>(p.who)];
        return counts;
    });
}

void tabulate_year_by_team(benchmark::State& state) {
    per_record(state,
               [](const std::vector<paper>& records) { return cd::tabulate(records, &paper::year, &paper::who); });
}

void tabulate_weighted(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        return cd::tabulate(records, &paper::year, &paper::who, &paper::weight);
    });
}

}  // namespace

BENCHMARK(by_hand)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(tabulate_year_by_team)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(tabulate_weighted)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_MAIN();
