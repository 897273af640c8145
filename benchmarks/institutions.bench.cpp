// SPDX-License-Identifier: BSL-1.0
// Classifying affiliations with full results, guessing types from letters alone, and building a classifier.
// COMPUTE_DIVIDE_TEXT names a file of lines to classify; without it affiliations are made up.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/known_organisations.hpp>
#include <compute_divide/institutions/learned_types.hpp>
#include <compute_divide/text/normalise.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace cd = compute_divide;

namespace {

/// The lines of a file, or made up: a department and an organisation that is known, or a university that is not.
const std::vector<std::string>& lines() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> list;
        if (const char* const name = std::getenv("COMPUTE_DIVIDE_TEXT"); name != nullptr) {
            std::ifstream file(name);
            for (std::string line; std::getline(file, line);) list.push_back(line);
            return list;
        }
        for (int i = 0; list.size() < 12000; ++i)
            for (const cd::known_organisation& each : cd::known_organisations) {
                list.push_back("Department of Computer Science " + std::to_string(i) + ", " + std::string(each.name));
                list.push_back("University of Place " + std::to_string(list.size()));
            }
        return list;
    }();
    return all;
}

void count_strings(benchmark::State& state) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lines().size()));
    std::size_t bytes = 0;
    for (const std::string& line : lines()) bytes += line.size();
    state.counters["mean_bytes"] = static_cast<double>(bytes) / static_cast<double>(lines().size());
}

void classify(benchmark::State& state) {
    const cd::classifier who;
    cd::classifier::workspace memory;
    for ([[maybe_unused]] auto _ : state)
        for (const std::string& line : lines()) benchmark::DoNotOptimize(who(line, memory));
    count_strings(state);
}
BENCHMARK(classify)->Unit(benchmark::kMillisecond);

void normalise_and_guess(benchmark::State& state) {
    cd::normalised_text normalised;
    for ([[maybe_unused]] auto _ : state)
        for (const std::string& line : lines()) {
            cd::normalise(line, normalised);
            benchmark::DoNotOptimize(cd::learned_type(normalised.view()));
        }
    count_strings(state);
}
BENCHMARK(normalise_and_guess)->Unit(benchmark::kMillisecond);

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
