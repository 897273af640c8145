// SPDX-License-Identifier: BSL-1.0
// Reading a registry, building its index, finding its organisations in affiliations, alone and in the classifier.
// COMPUTE_DIVIDE_ROR names a dump (JSON), COMPUTE_DIVIDE_TEXT a file of affiliations, one a line; without them the
// repository's sample of ROR, and affiliations made of its names.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/io/ror.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace cd = compute_divide;

namespace {

const std::string& dump() {
    static const std::string text = [] {
        const char* const path = std::getenv("COMPUTE_DIVIDE_ROR");
        std::ifstream file(path != nullptr ? path : COMPUTE_DIVIDE_ROR_SAMPLE);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    return text;
}

const std::vector<cd::organisation>& organisations() {
    static const std::vector<cd::organisation> read = [] {
        std::istringstream stream(dump());
        return cd::read_ror(stream).organisations;
    }();
    return read;
}

const std::shared_ptr<const cd::registry>& index() {
    static const auto built = std::make_shared<const cd::registry>(organisations());
    return built;
}

const std::vector<std::string>& affiliations() {
    static const std::vector<std::string> lines = [] {
        std::vector<std::string> read;
        if (const char* const path = std::getenv("COMPUTE_DIVIDE_TEXT")) {
            std::ifstream file(path);
            for (std::string line; std::getline(file, line);) read.push_back(line);
        } else {
            for (std::size_t i = 0; i < 12'000; ++i)
                read.push_back("Dept. of Physics, " + organisations()[i % organisations().size()].names[0].text);
        }
        return read;
    }();
    return lines;
}

void count_strings(benchmark::State& state) {
    std::size_t bytes = 0;
    for (const std::string& each : affiliations()) bytes += each.size();
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(affiliations().size()));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void read_dump(benchmark::State& state) {
    for (auto _ : state) {
        std::istringstream stream(dump());
        benchmark::DoNotOptimize(cd::read_ror(stream).organisations.size());
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(dump().size()));
}
BENCHMARK(read_dump)->Unit(benchmark::kMillisecond);

void build(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(cd::registry(organisations()).size());
    organisations();
    const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
    const cd::registry one(organisations());
    const std::size_t after = mallinfo2().uordblks + mallinfo2().hblkhd;
    state.counters["MB"] = static_cast<double>(after - before) / 1e6;
    state.counters["organisations"] = static_cast<double>(one.size());
}
BENCHMARK(build)->Unit(benchmark::kMillisecond);

void find(benchmark::State& state) {
    cd::registry::workspace memory;
    for (auto _ : state)
        for (const std::string& each : affiliations()) benchmark::DoNotOptimize((*index())(each, memory));
    count_strings(state);
}
BENCHMARK(find)->Unit(benchmark::kMillisecond);

void classify(benchmark::State& state, bool with_registry) {
    cd::classifier_options options;
    if (with_registry) options.registry = index();
    const cd::classifier who(options);
    cd::classifier::workspace memory;
    for (auto _ : state)
        for (const std::string& each : affiliations()) benchmark::DoNotOptimize(who(each, memory));
    count_strings(state);
}
BENCHMARK_CAPTURE(classify, without_registry, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify, with_registry, true)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
