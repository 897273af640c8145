// SPDX-License-Identifier: BSL-1.0
// Ten million records into a tally on one and two threads, beside hand-written loops; states saved and loaded; trends
// as sums.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/accumulate.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/moments.hpp>
#include <compute_divide/statistics/share_counts.hpp>
#include <compute_divide/trends/log_trend.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>

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

/// The same 15,000 cells by the name of the institution.
const std::vector<std::string>& institutions() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> made;
        for (int i = 0; i < 5000; ++i) made.push_back("Institution of Technology " + std::to_string(i));
        return made;
    }();
    return names;
}
std::string_view name_of(const paper& p) {
    return institutions()[static_cast<std::size_t>(p.institution / 1000)];
}
void names_by_tally(benchmark::State& state) {
    per_record(state, [](const std::vector<paper>& records) {
        cd::tally<std::string, team> all;
        for (const auto& p : records) all.add(name_of(p), p.who);
        return all.result();
    });
}
void names_accumulate(benchmark::State& state) {
    accumulated(state, cd::tally<std::string, team>{}, [](const paper& p, auto& all) { all.add(name_of(p), p.who); });
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

/// A state of the size that an aggregate sends from worker to worker: `which` of stream (format 1) and bytes (format
/// 2).
template <class A>
void state_there_and_back(benchmark::State& state, const A& accumulator) {
    const bool by_bytes = state.range(0) != 0;
    const std::string bytes = by_bytes ? cd::saved(accumulator) : bytes_of(accumulator);
    A loaded = accumulator;
    for (auto _ : state) {
        if (state.range(1) == 0) {
            benchmark::DoNotOptimize(by_bytes ? cd::saved(accumulator) : bytes_of(accumulator));
        } else if (by_bytes) {
            cd::load(bytes, loaded);
        } else {
            std::istringstream in(bytes);
            cd::load(in, loaded);
        }
    }
    state.counters["bytes"] = static_cast<double>(bytes.size());
}
cd::least_squares line_of(int rows) {
    cd::least_squares sums(1);
    for (int i = 0; i < rows; ++i) {
        const double row[] = {static_cast<double>(i % 97)};
        sums.add(row, 1.0 / (1 + i));
    }
    return sums;
}
void state_of_least_squares(benchmark::State& state) {
    state_there_and_back(state, line_of(static_cast<int>(state.range(2))));
}
void state_of_share_counts(benchmark::State& state) {
    state_there_and_back(state, cd::share_counts{});
}
void state_of_log_trend_sums(benchmark::State& state) {
    cd::log_trend_sums sums;
    for (const paper& p : papers()) sums.add(p.year, p.citations + 1);
    state_there_and_back(state, sums);
}

// The growth of a million values: sums that are exact in any order, the fit that keeps its records, and what regr_slope
// of a database adds up (Youngs and Cramer's updates), which has no interval and other digits in any other order.
constexpr std::size_t n_values = 1'000'000;
void trend_by_sums(benchmark::State& state) {
    const auto& records = papers();
    for (auto _ : state) {
        cd::log_trend_sums sums;
        for (std::size_t i = 0; i < n_values; ++i) sums.add(records[i].year, records[i].citations + 1);
        benchmark::DoNotOptimize(sums.result());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n_values));
}
void trend_by_fit(benchmark::State& state) {
    const std::vector<paper> records(papers().begin(), papers().begin() + n_values);
    for (auto _ : state)
        benchmark::DoNotOptimize(
            cd::fit_log_trend(records, &paper::year, [](const paper& p) { return p.citations + 1; }).growth());
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n_values));
}
void trend_by_hand(benchmark::State& state) {
    const auto& records = papers();
    for (auto _ : state) {
        double n = 0, x = 0, y = 0, xx = 0, xy = 0;
        for (std::size_t i = 0; i < n_values; ++i) {
            const double day = cd::days_since_1970(records[i].year), log = std::log10(records[i].citations + 1);
            const double from_x = day - x, from_y = log - y;
            ++n;
            x += from_x / n;
            y += from_y / n;
            xx += from_x * (day - x);
            xy += from_x * (log - y);
        }
        benchmark::DoNotOptimize(xy / xx);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n_values));
}

}  // namespace

BENCHMARK(count_by_hand)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(count_by_hand_two_threads)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(count_accumulate)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(institutions_by_tally)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(institutions_accumulate)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(names_by_tally)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(names_accumulate)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(moments_accumulate)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(save_tally)->Unit(benchmark::kMillisecond);
BENCHMARK(load_tally)->Unit(benchmark::kMillisecond);
BENCHMARK(checksum_alone)->Unit(benchmark::kMillisecond);
BENCHMARK(state_of_least_squares)->ArgsProduct({{0, 1}, {0, 1}, {0, 7, 32}})->ArgNames({"bytes", "load", "rows"});
BENCHMARK(state_of_share_counts)->ArgsProduct({{0, 1}, {0, 1}})->ArgNames({"bytes", "load"});
BENCHMARK(state_of_log_trend_sums)->ArgsProduct({{0, 1}, {0, 1}})->ArgNames({"bytes", "load"});
BENCHMARK(trend_by_sums)->Unit(benchmark::kMillisecond);
BENCHMARK(trend_by_fit)->Unit(benchmark::kMillisecond);
BENCHMARK(trend_by_hand)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
