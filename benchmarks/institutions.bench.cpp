// SPDX-License-Identifier: BSL-1.0
// Classifying affiliations with full results, guessing types from letters alone, and building a classifier.
// COMPUTE_DIVIDE_TEXT names a file of lines to classify; without it short and long ones of texts.hpp, which
// institutions_peers.py reads in the temporary folder.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/learned_types.hpp>
#include <compute_divide/text/normalise.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "texts.hpp"

namespace cd = compute_divide;

namespace {

const texts::lines& lines(bool are_long) {
    static const texts::lines both[] = {texts::given_or(texts::short_affiliations),
                                        texts::given_or(texts::long_affiliations)};
    return both[are_long ? 1 : 0];
}

void count_strings(benchmark::State& state, bool are_long) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lines(are_long).size()));
    std::size_t bytes = 0;
    for (const std::string& line : lines(are_long)) bytes += line.size();
    state.counters["mean_bytes"] = static_cast<double>(bytes) / static_cast<double>(lines(are_long).size());
    texts::write_for_peers(lines(are_long), are_long ? "long_affiliations" : "short_affiliations");
}

void classify(benchmark::State& state, bool are_long) {
    const cd::classifier who;
    cd::classifier::workspace memory;
    const auto& all = lines(are_long);
    for ([[maybe_unused]] auto _ : state)
        for (const std::string& line : all) benchmark::DoNotOptimize(who(line, memory));
    count_strings(state, are_long);
}
BENCHMARK_CAPTURE(classify, short_ones, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify, long_ones, true)->Unit(benchmark::kMillisecond);

/// As one who keeps no memory between the strings.
void classify_anew(benchmark::State& state, bool are_long) {
    const cd::classifier who;
    const auto& all = lines(are_long);
    for ([[maybe_unused]] auto _ : state)
        for (const std::string& line : all) benchmark::DoNotOptimize(who(line));
    count_strings(state, are_long);
}
BENCHMARK_CAPTURE(classify_anew, short_ones, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify_anew, long_ones, true)->Unit(benchmark::kMillisecond);

void normalise_and_guess(benchmark::State& state, bool are_long) {
    cd::normalised_text normalised;
    const auto& all = lines(are_long);
    for ([[maybe_unused]] auto _ : state)
        for (const std::string& line : all) {
            cd::normalise(line, normalised);
            benchmark::DoNotOptimize(cd::learned_type(normalised.view()));
        }
    count_strings(state, are_long);
}
BENCHMARK_CAPTURE(normalise_and_guess, short_ones, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(normalise_and_guess, long_ones, true)->Unit(benchmark::kMillisecond);

std::size_t bytes_in_use() {
    const auto heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
}

void build(benchmark::State& state) {
    const std::size_t before = bytes_in_use();
    const cd::classifier who;
    state.counters["heap_bytes"] = static_cast<double>(bytes_in_use() - before);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::classifier());
}
BENCHMARK(build)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
