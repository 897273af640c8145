// SPDX-License-Identifier: BSL-1.0
// Ten million records into a tally on one and two threads, beside hand-written loops; states saved and loaded.
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/accumulate.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/moments.hpp>

namespace cd = compute_divide;

namespace {

enum class team { academia, collaboration, industry };

struct paper {
    std::int64_t id;
    double citations;
    int year;
    team who;
    std::int64_t institution;
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
            p = {id++, static_cast<double>(random() % 1000), first_year + static_cast<int>(random() % n_years),
                 static_cast<team>(random() % 3), static_cast<std::int64_t>(random() % 5000 * 1000)};
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

using counts = std::array<std::array<std::uint64_t, 3>, n_years>;

void count(const paper* first, const paper* last, counts& into) {
    for (; first != last; ++first)
        ++into[static_cast<std::size_t>(first->year - first_year)][static_cast<std::size_t>(first->who)];
}

void count_by_hand(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        counts all{};
        count(records.data(), records.data() + records.size(), all);
        return all;
    });
}

void count_by_hand_two_threads(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        counts all{}, second{};
        const paper* const middle = records.data() + records.size() / 2;
        {
            const std::jthread other([&] { count(middle, records.data() + records.size(), second); });
            count(records.data(), middle, all);
        }
        for (std::size_t i = 0; i < n_years; ++i)
            for (std::size_t j = 0; j < 3; ++j) all[i][j] += second[i][j];
        return all;
    });
}

template <class A, class Add>
void accumulated(benchmark::State& state, const A& empty, const Add& add) {
    const auto threads = static_cast<unsigned>(state.range(0));
    per_record(state, [&](const std::vector<paper>& records) {
        return cd::accumulate(records, empty, add, {.threads = threads}).result();
    });
}

void count_accumulate(benchmark::State& state) {
    accumulated(state, cd::tally<int, team>{}, [](const paper& p, auto& all) { all.add(p.year, p.who); });
}

void institutions_by_tally(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        cd::tally<std::int64_t, team> all;
        for (const auto& p : records) all.add(p.institution, p.who);
        return all.result();
    });
}

void institutions_accumulate(benchmark::State& state) {
    accumulated(state, cd::tally<std::int64_t, team>{},
                [](const paper& p, auto& all) { all.add(p.institution, p.who); });
}

void moments_accumulate(benchmark::State& state) {
    accumulated(state, cd::moments{}, [](const paper& p, auto& all) { all.add(p.citations); });
}

cd::tally<std::string, team> large_tally() {
    cd::tally<std::string, team> all;
    for (int i = 0; i < 100'000; ++i)
        for (const auto who : {team::academia, team::industry}) all.add("Institution " + std::to_string(i), who);
    return all;
}

std::string bytes_of(const auto& accumulator) {
    std::ostringstream out;
    cd::save(out, accumulator);
    return out.str();
}

void save_tally(benchmark::State& state) {
    const auto all = large_tally();
    std::size_t bytes = 0;
    for (auto _ : state) bytes = bytes_of(all).size();
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void load_tally(benchmark::State& state) {
    const std::string bytes = bytes_of(large_tally());
    for (auto _ : state) {
        std::istringstream in(bytes);
        cd::tally<std::string, team> all;
        cd::load(in, all);
        benchmark::DoNotOptimize(all);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void checksum_alone(benchmark::State& state) {
    const std::string bytes = bytes_of(large_tally());
    for (auto _ : state) benchmark::DoNotOptimize(cd::detail::checksum(bytes));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

}  // namespace

BENCHMARK(count_by_hand)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(count_by_hand_two_threads)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(count_accumulate)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(institutions_by_tally)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(institutions_accumulate)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(moments_accumulate)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(save_tally)->Unit(benchmark::kMillisecond);
BENCHMARK(load_tally)->Unit(benchmark::kMillisecond);
BENCHMARK(checksum_alone)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
