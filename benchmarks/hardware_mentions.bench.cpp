// SPDX-License-Identifier: BSL-1.0
// Reading hardware mentions, beside one expression for "<count> <chip>" and "<number> <unit of time>" in std::regex
// and, where it is installed, Hyperscan, which find far less and join nothing. COMPUTE_DIVIDE_TEXT names a file to
// read; without it a text is made up, of which every sentence or every hundredth speaks of hardware.
#include <benchmark/benchmark.h>

#include <compute_divide/compute/hardware_reader.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <string_view>

#if __has_include(<hs/hs.h>)
#include <hs/hs.h>
#endif

namespace cd = compute_divide;

namespace {

constexpr std::string_view statements[] = {
    "We trained the large model on 64 nodes with 8 A100 80GB GPUs each for about two weeks at 41% MFU in BF16. ",
    "All experiments were run on a single NVIDIA RTX 2080 Ti and took approximately 3.5 hours per seed. ",
    "The network was trained on a v3-512 TPU pod slice for 3 days; inference on one T4 takes 20 minutes. ",
    "In total we spent 20,480 GPU hours, including the ablations of the appendix. "};
constexpr std::string_view prose[] = {
    "Our method improves on the previous state of the art by a large margin on each of the seven benchmarks. ",
    "We minimise the cross entropy with Adam, a batch of 256 sequences and a cosine schedule of the learning rate. ",
    "The proof follows from the convexity of the loss and is given in the supplementary material, section 3.2. ",
    "Related work on attention, recurrence and convolution is discussed at length by earlier authors [3, 17, 41]. "};

/// 16 MB in lines of ten sentences, one of `every` a statement of hardware.
std::string text_of(std::size_t every) {
    if (const char* const path = std::getenv("COMPUTE_DIVIDE_TEXT")) {
        std::ifstream file(path);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::string text;
    for (std::size_t i = 0; text.size() < std::size_t{1} << 24; ++i) {
        text += i % every == 0 ? statements[i / every % std::size(statements)] : prose[i % std::size(prose)];
        if (i % 10 == 9) text += '\n';
    }
    return text;
}

void set_rate(benchmark::State& state, const std::string& text) {
    state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}

void read_mentions(benchmark::State& state) {
    const std::string text = text_of(static_cast<std::size_t>(state.range(0)));
    const cd::hardware_reader read;
    std::size_t mentions = 0;
    for (auto _ : state) {
        mentions = 0;
        read.for_each(text, [&](const cd::hardware_mention&) { ++mentions; });
    }
    state.counters["mentions"] = static_cast<double>(mentions);
    set_rate(state, text);
}

/// With all mentions kept: of a text that is all hardware three times its bytes.
void keep_mentions(benchmark::State& state) {
    const std::string text = text_of(static_cast<std::size_t>(state.range(0)));
    const cd::hardware_reader read;
    std::size_t mentions = 0;
    for (auto _ : state) mentions = read(text).size();
    state.counters["mentions"] = static_cast<double>(mentions);
    set_rate(state, text);
}

constexpr const char* statement_expression =
    R"((\d[\d,]*|one|two|four|eight|single)[ x]*(NVIDIA )?(A100|V100|H100|T4|RTX 2080 Ti|TPU)|(\d[\d.,]*|two|three) (GPU )?(minutes|hours|days|weeks))";

void standard_regex(benchmark::State& state) {
    std::string text = text_of(static_cast<std::size_t>(state.range(0)));
    text.resize(text.size() / 16);
    const std::regex statement(statement_expression, std::regex::optimize);
    std::ptrdiff_t hits = 0;
    for (auto _ : state)
        hits = std::distance(std::sregex_iterator(text.begin(), text.end(), statement), std::sregex_iterator());
    state.counters["hits"] = static_cast<double>(hits);
    set_rate(state, text);
}

#if __has_include(<hs/hs.h>)
void hyperscan(benchmark::State& state) {
    const std::string text = text_of(static_cast<std::size_t>(state.range(0)));
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_compile(statement_expression, HS_FLAG_SOM_LEFTMOST, HS_MODE_BLOCK, nullptr, &database, &error) !=
        HS_SUCCESS) {
        state.SkipWithError(error->message);
        hs_free_compile_error(error);
        return;
    }
    hs_scratch_t* scratch = nullptr;
    hs_alloc_scratch(database, &scratch);
    std::size_t hits = 0;
    const auto hit = [](unsigned, unsigned long long, unsigned long long, unsigned, void* count) {
        ++*static_cast<std::size_t*>(count);
        return 0;
    };
    for (auto _ : state) {
        hits = 0;
        hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, scratch, hit, &hits);
    }
    hs_free_scratch(scratch);
    hs_free_database(database);
    state.counters["hits"] = static_cast<double>(hits);
    set_rate(state, text);
}
BENCHMARK(hyperscan)->Arg(1)->Arg(100)->Unit(benchmark::kMillisecond);
#endif

void build(benchmark::State& state) {
    for (auto _ : state) {
        const cd::hardware_reader read;
        benchmark::DoNotOptimize(&read);
    }
}

BENCHMARK(read_mentions)->Arg(1)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond);
BENCHMARK(keep_mentions)->Arg(1)->Arg(10)->Arg(100)->Unit(benchmark::kMillisecond);
BENCHMARK(standard_regex)->Arg(1)->Arg(100)->Unit(benchmark::kMillisecond);
BENCHMARK(build)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
