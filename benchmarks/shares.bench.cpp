// SPDX-License-Identifier: BSL-1.0
// Ten million records of 32 bytes by year and kind of team, beside a hand-written loop. shares_peers.mjs does the same
// group-by in DuckDB.
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>

namespace cd = compute_divide;

namespace {

enum class team { academia, collaboration, industry };

struct paper {
    std::int64_t id;
    const std::string* institution;
    int year;
    team who;
    float weight;
};
static_assert(sizeof(paper) == 32);

constexpr int first_year = 1950;
constexpr std::size_t n_years = 75;

// Names too long for std::string's small buffer.
const std::vector<std::string>& institutions() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> made;
        for (int i = 0; i < 500; ++i) made.push_back("Institution of Technology " + std::to_string(i));
        return made;
    }();
    return names;
}
std::string_view institution_of(const paper& p) {
    return *p.institution;
}

int number_of_institution(const paper& p) {
    return static_cast<int>(p.institution - institutions().data());
}

const std::vector<paper>& papers() {
    static const std::vector<paper> all = [] {
        std::mt19937_64 random(1);
        std::vector<paper> made(10'000'000);
        std::int64_t id = 0;
        for (auto& p : made)
            p = {id++, &institutions()[random() % 500], first_year + static_cast<int>(random() % n_years),
                 static_cast<team>(random() % 3), 1.0F / static_cast<float>(1 + random() % 4)};
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

void count_by_hand(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        std::array<std::array<std::uint64_t, 3>, n_years> counts{};
        for (const auto& p : records)
            ++counts[static_cast<std::size_t>(p.year - first_year)][static_cast<std::size_t>(p.who)];
        return counts;
    });
}

void count_tabulate(benchmark::State& state) {
    per_record(state,
               [](const std::vector<paper>& records) { return cd::tabulate(records, &paper::year, &paper::who); });
}

void weights_by_hand(benchmark::State& state) {
    struct sums {
        std::uint64_t n;
        double weight, weight_squared;
    };
    per_record(state, [](const std::vector<paper>& records) {
        std::array<std::array<sums, 3>, n_years> cells{};
        for (const auto& p : records) {
            auto& cell = cells[static_cast<std::size_t>(p.year - first_year)][static_cast<std::size_t>(p.who)];
            const auto weight = static_cast<double>(p.weight);
            ++cell.n;
            cell.weight += weight;
            cell.weight_squared += weight * weight;
        }
        return cells;
    });
}

void weights_tabulate(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        return cd::tabulate(records, &paper::year, &paper::who, &paper::weight);
    });
}

// By institution, a cluster; as text and as a number.
void count_clustered_by_text(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        return cd::tabulate(records, &paper::year, &paper::who, cd::clustered_by(institution_of));
    });
}
void count_clustered(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        return cd::tabulate(records, &paper::year, &paper::who, cd::clustered_by(number_of_institution));
    });
}
void shares_clustered(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        return cd::shares(
            cd::tabulate(records, &paper::year, &paper::who, cd::clustered_by(number_of_institution), &paper::weight));
    });
}

void text_by_hand(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        std::unordered_map<std::string_view, std::array<std::uint64_t, 3>> counts;
        for (const auto& p : records) ++counts[institution_of(p)][static_cast<std::size_t>(p.who)];
        return counts.size();
    });
}

void text_tabulate(benchmark::State& state) {
    per_record(state,
               [](const std::vector<paper>& records) { return cd::tabulate(records, institution_of, &paper::who); });
}

}  // namespace

BENCHMARK(count_by_hand)->Unit(benchmark::kMillisecond);
BENCHMARK(count_tabulate)->Unit(benchmark::kMillisecond);
BENCHMARK(weights_by_hand)->Unit(benchmark::kMillisecond);
BENCHMARK(weights_tabulate)->Unit(benchmark::kMillisecond);
BENCHMARK(count_clustered)->Unit(benchmark::kMillisecond);
BENCHMARK(count_clustered_by_text)->Unit(benchmark::kMillisecond);
BENCHMARK(shares_clustered)->Unit(benchmark::kMillisecond);
BENCHMARK(text_by_hand)->Unit(benchmark::kMillisecond);
BENCHMARK(text_tabulate)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
