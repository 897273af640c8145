// SPDX-License-Identifier: BSL-1.0
// What bounds the other benchmarks, measured in the same run on one core: memory that is read, copied or updated at
// random places, by its size; fused multiply-adds and divisions of doubles at the machine's vector width; random
// numbers of the library; a radix sort. The rate of inflate is in openalex.bench.cpp, on the file that it reads.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <benchmark/benchmark.h>

#include <compute_divide/random.hpp>

namespace cd = compute_divide;

namespace {

using numbers = std::vector<std::uint64_t>;

#if defined(__x86_64__)
#define AT_WIDTH(features) __attribute__((target(features)))
#else
#define AT_WIDTH(features)
#endif

// The compiler makes vectors of the machine's width of this loop.
#define SUM_OF                                                                 \
    {                                                                          \
        std::array<std::uint64_t, 64> sums{};                                  \
        for (std::size_t i = 0; i < n; i += sums.size())                       \
            for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += x[i + j]; \
        std::uint64_t sum = 0;                                                 \
        for (const std::uint64_t each : sums) sum += each;                     \
        return sum;                                                            \
    }
AT_WIDTH("avx512f,prefer-vector-width=512")
std::uint64_t sum_512(const std::uint64_t* x, std::size_t n) SUM_OF AT_WIDTH("avx2") std::uint64_t
    sum_256(const std::uint64_t* x, std::size_t n) SUM_OF std::uint64_t
    sum_128(const std::uint64_t* x, std::size_t n) SUM_OF

    // Twelve vectors at a time: as many as are under way in two units of six steps.
    constexpr std::size_t under_way = 12;
#if defined(__x86_64__)
AT_WIDTH("avx512f") double fused_512(std::int64_t steps, double x) {
    const __m512d one = _mm512_set1_pd(x);
    __m512d all[under_way];
    for (__m512d& each : all) each = one;
    for (std::int64_t i = 0; i < steps; ++i)
        for (__m512d& each : all) each = _mm512_fmadd_pd(each, one, one);
    for (const __m512d& each : all) all[0] = _mm512_add_pd(all[0], each);
    return _mm512_cvtsd_f64(all[0]);
}
AT_WIDTH("avx512f") double divided_512(std::int64_t steps, double x) {
    const __m512d one = _mm512_set1_pd(x);
    __m512d all[under_way];
    for (__m512d& each : all) each = one;
    for (std::int64_t i = 0; i < steps; ++i)
        for (__m512d& each : all) each = _mm512_div_pd(one, each);
    for (const __m512d& each : all) all[0] = _mm512_add_pd(all[0], each);
    return _mm512_cvtsd_f64(all[0]);
}
AT_WIDTH("avx2,fma") double fused_256(std::int64_t steps, double x) {
    const __m256d one = _mm256_set1_pd(x);
    __m256d all[under_way];
    for (__m256d& each : all) each = one;
    for (std::int64_t i = 0; i < steps; ++i)
        for (__m256d& each : all) each = _mm256_fmadd_pd(each, one, one);
    for (const __m256d& each : all) all[0] = _mm256_add_pd(all[0], each);
    return _mm256_cvtsd_f64(all[0]);
}
AT_WIDTH("avx2") double divided_256(std::int64_t steps, double x) {
    const __m256d one = _mm256_set1_pd(x);
    __m256d all[under_way];
    for (__m256d& each : all) each = one;
    for (std::int64_t i = 0; i < steps; ++i)
        for (__m256d& each : all) each = _mm256_div_pd(one, each);
    for (const __m256d& each : all) all[0] = _mm256_add_pd(all[0], each);
    return _mm256_cvtsd_f64(all[0]);
}
const bool has_512 = __builtin_cpu_supports("avx512f"), has_256 = __builtin_cpu_supports("avx2");
const bool has_fused = __builtin_cpu_supports("fma");
#else
constexpr bool has_512 = false, has_256 = false, has_fused = false;
double fused_512(std::int64_t, double) {
    return 0;
}
double divided_512(std::int64_t, double) {
    return 0;
}
double fused_256(std::int64_t, double) {
    return 0;
}
double divided_256(std::int64_t, double) {
    return 0;
}
#endif
/// A multiplication and an addition, where they are not one instruction; vectors of two.
double fused_128(std::int64_t steps, double x) {
    std::array<double, 2 * under_way> all;
    all.fill(x);
    for (std::int64_t i = 0; i < steps; ++i)
        for (double& each : all) each = each * x + x;
    double sum = 0;
    for (const double each : all) sum += each;
    return sum;
}
double divided_128(std::int64_t steps, double x) {
    std::array<double, 2 * under_way> all;
    all.fill(x);
    for (std::int64_t i = 0; i < steps; ++i)
        for (double& each : all) each = x / each;
    double sum = 0;
    for (const double each : all) sum += each;
    return sum;
}

const std::size_t lanes = has_512 ? 8 : has_256 ? 4 : 2;

void read(benchmark::State& state) {
    const numbers from(static_cast<std::size_t>(state.range(0)) / 8, 1);
    const auto sum = has_512 ? sum_512 : has_256 ? sum_256 : sum_128;
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(sum(from.data(), from.size()));
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}

void copy(benchmark::State& state) {
    const numbers from(static_cast<std::size_t>(state.range(0)) / 8, 1);
    numbers to(from.size());
    for ([[maybe_unused]] auto _ : state) {
        std::memcpy(to.data(), from.data(), from.size() * 8);
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(state.iterations() * state.range(0));
}

/// A count is added to at a random place, of which the next does not wait for this one.
void scatter(benchmark::State& state) {
    numbers counts(static_cast<std::size_t>(state.range(0)) / 8, 1);
    constexpr std::int64_t n = 1 << 20;
    const int shift = 64 - std::countr_zero(counts.size());
    std::uint64_t place = 1;
    for ([[maybe_unused]] auto _ : state) {
        for (std::int64_t i = 0; i < n; ++i) {
            place += 0x9e3779b97f4a7c15;
            ++counts[(place * 0xbf58476d1ce4e5b9) >> shift];
        }
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * n);
}

void fused_multiply_adds(benchmark::State& state) {
    constexpr std::int64_t steps = 10'000;
    const auto run = has_512 ? fused_512 : has_256 && has_fused ? fused_256 : fused_128;
    double x = 0.5;
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(x);
        benchmark::DoNotOptimize(run(steps, x));
    }
    state.SetItemsProcessed(state.iterations() * steps * static_cast<std::int64_t>(under_way * lanes));
    state.counters["vector"] = static_cast<double>(lanes);
}

void divisions(benchmark::State& state) {
    constexpr std::int64_t steps = 10'000;
    const auto run = has_512 ? divided_512 : has_256 ? divided_256 : divided_128;
    double x = 0.7;
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(x);
        benchmark::DoNotOptimize(run(steps, x));
    }
    state.SetItemsProcessed(state.iterations() * steps * static_cast<std::int64_t>(under_way * lanes));
}

void random_numbers(benchmark::State& state) {
    cd::random_stream random(1);
    constexpr std::int64_t n = 100'000;
    for ([[maybe_unused]] auto _ : state) {
        std::uint64_t sum = 0;
        for (std::int64_t i = 0; i < n; ++i) sum += random();
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * n);
}

/// Keys of 64 bits by six digits of eleven, from the last to the first; the digits of all are counted in one reading.
void radix_sort(benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    cd::random_stream random(1);
    numbers keys(n), from(n), to(n);
    for (auto& key : keys) key = random();
    constexpr std::size_t digits = 6, values = 2048;
    std::vector<std::array<std::uint32_t, values>> counts(digits);
    for ([[maybe_unused]] auto _ : state) {
        for (auto& each : counts) each.fill(0);
        for (std::size_t i = 0; i < n; ++i) {
            const std::uint64_t key = from[i] = keys[i];
            for (std::size_t digit = 0; digit < digits; ++digit) ++counts[digit][key >> (11 * digit) & (values - 1)];
        }
        for (std::size_t digit = 0; digit < digits; ++digit) {
            std::uint32_t before = 0;
            for (auto& each : counts[digit]) before += std::exchange(each, before);
            for (const std::uint64_t key : from) to[counts[digit][key >> (11 * digit) & (values - 1)]++] = key;
            from.swap(to);
        }
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

constexpr std::int64_t smallest = std::int64_t{1} << 14, largest = std::int64_t{1} << 29;

}  // namespace

BENCHMARK(read)->RangeMultiplier(8)->Range(smallest, largest);
BENCHMARK(copy)->RangeMultiplier(8)->Range(smallest, largest);
BENCHMARK(scatter)->RangeMultiplier(8)->Range(smallest, largest);
BENCHMARK(fused_multiply_adds);
BENCHMARK(divisions);
BENCHMARK(random_numbers);
BENCHMARK(radix_sort)->Arg(2'000)->Arg(200'000)->Arg(1'000'000)->Arg(8'000'000);
BENCHMARK_MAIN();
