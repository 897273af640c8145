// SPDX-License-Identifier: BSL-1.0
// Authors' moves: records a second, and bytes per author-year, of made authors of 2.5 years each on average. Memory
// is least just before the tables grow and most after it, so two numbers of records.
#include <malloc.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/institutions/careers.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/state.hpp>

namespace cd = compute_divide;

namespace {

struct record {
    std::uint64_t author;
    int year;
    cd::sector where;
};

/// A year more with a chance of 0.6, a work more in a year with 0.5; shuffled, as files of works are.
const std::vector<record>& records() {
    static const std::vector<record> made = [] {
        std::vector<record> all;
        cd::random_stream random(1);
        for (std::uint64_t author = 0; all.size() < 4'800'000; ++author) {
            bool is_industry = random.below(5) == 0;
            int year = 2010 + static_cast<int>(random.below(10));
            do {
                do
                    all.push_back(
                        {5'000'000'000 + author * 37, year, is_industry ? cd::sector::industry : cd::sector::academia});
                while (random.below(2) == 0);
                year += 1 + static_cast<int>(random.below(2));
                if (random.below(25) == 0) is_industry = !is_industry;
            } while (random.uniform() < 0.6);
        }
        for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[random.below(i)]);
        return all;
    }();
    return made;
}

std::size_t bytes_in_use() {
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

template <class Author, class Name>
void add(benchmark::State& state, const Name& name) {
    const auto& rows = records();
    const auto n = static_cast<std::size_t>(state.range(0));
    double bytes = 0, saved = 0, years = 0;
    for ([[maybe_unused]] auto _ : state) {
        const std::size_t before = bytes_in_use();
        cd::careers<Author> careers;
        for (std::size_t i = 0; i < n; ++i) {
            const record& each = rows[i];
            careers.add(name(each.author), each.year, each.where);
        }
        state.PauseTiming();
        years = static_cast<double>(careers.size());
        bytes = static_cast<double>(bytes_in_use() - before) / years;
        saved = static_cast<double>(cd::saved(careers).size()) / years;
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.counters["author_years"] = years;
    state.counters["bytes_per_author_year"] = bytes;
    state.counters["bytes_saved"] = saved;
}
void add_numbers(benchmark::State& state) {
    add<std::uint64_t>(state, [](std::uint64_t author) { return author; });
}
void add_text(benchmark::State& state) {
    add<std::string>(state, [](std::uint64_t author) { return std::string("A").append(std::to_string(author)); });
}
BENCHMARK(add_numbers)->Arg(3'700'000)->Arg(4'800'000)->Unit(benchmark::kMillisecond);
BENCHMARK(add_text)->Arg(3'700'000)->Arg(4'800'000)->Unit(benchmark::kMillisecond);

void result(benchmark::State& state) {
    const auto careers = cd::careers_of(records(), &record::author, &record::year, &record::where);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(careers.result());
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(careers.size()));
}
BENCHMARK(result)->Unit(benchmark::kMillisecond);

void merge(benchmark::State& state) {
    cd::careers<std::uint64_t> halves[2];
    std::size_t i = 0;
    for (const record& each : records()) halves[i++ % 2].add(each.author, each.year, each.where);
    for ([[maybe_unused]] auto _ : state) {
        auto all = halves[0];
        all.merge(halves[1]);
        benchmark::DoNotOptimize(all);
    }
}
BENCHMARK(merge)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
