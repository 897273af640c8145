// SPDX-License-Identifier: BSL-1.0
// Least squares of p = 5 terms with absorbed effects on 200,000 records: 1,000 organisations, and 15 years beside them,
// errors clustered by organisation; the same where records of an organisation and a year are few (200 years), and where
// the two effects are hard to tell apart (people who seldom change their employer). Then graphs that are hard for
// alternating projections: a chain of workers and firms, and workers near firms, 800,000 records, the hard case of
// FixedEffectModels.jl's benchmark. fixed_effects_peers.R does the same, under the same names.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include <compute_divide/regression/fixed_effects.hpp>

namespace cd = compute_divide;

namespace {

constexpr std::size_t n = 200'000;

struct record {
    double a, b, c, d, e, y;
    std::int32_t organisation, year, person, employer;
};

std::vector<record> records_of(std::uint64_t years) {
    std::mt19937_64 generator(1);
    std::normal_distribution<double> normal;
    std::vector<record> made(n);
    std::uint64_t employer = 0;
    for (std::size_t i = 0; i < n; ++i) {
        auto& r = made[i];
        r = {normal(generator),
             normal(generator),
             normal(generator),
             normal(generator),
             normal(generator),
             0,
             0,
             0,
             0,
             0};
        r.organisation = static_cast<std::int32_t>(generator() % 1'000);
        r.year = static_cast<std::int32_t>(generator() % years);
        r.person = static_cast<std::int32_t>(i / 10);
        if (i % 10 == 0 || generator() % 30 == 0) employer = generator() % 2'000;
        r.employer = static_cast<std::int32_t>(employer);
        r.y = r.a + 2 * r.b - r.c + 0.5 * r.d + 0.01 * r.organisation + 0.1 * r.year + normal(generator);
    }
    return made;
}
const auto terms = cd::model_of(&record::y)
                       .on(cd::variable("a", &record::a), cd::variable("b", &record::b), cd::variable("c", &record::c),
                           cd::variable("d", &record::d), cd::variable("e", &record::e));

template <class Model>
void fit(benchmark::State& state, const std::vector<record>& records, const Model& model) {
    for ([[maybe_unused]] auto _ : state) {
        const auto fit = cd::fit_fixed_effects(records, model);
        state.counters["steps"] = fit.iterations;
    }
}

/// Of two terms, as in that benchmark.
std::vector<record> near_records(bool chain) {
    constexpr int workers = 40'000, firms = 5'000, reach = 10;
    std::mt19937_64 generator(1);
    std::normal_distribution<double> normal;
    std::vector<record> made(chain ? n : 800'000);
    for (std::size_t i = 0; i < made.size(); ++i) {
        auto& r = made[i];
        r.person = static_cast<std::int32_t>(chain ? i / 4 : 1 + generator() % workers);
        const int least = std::max(1, r.person / 8 - reach), most = std::min(firms, r.person / 8 + reach);
        r.employer = chain ? static_cast<std::int32_t>(i / 4 + i % 4 / 2)
                           : least + static_cast<int>(generator() % static_cast<unsigned>(most - least + 1));
        r.a = 5 * std::cos(r.person) + 5 * std::sin(r.employer) + normal(generator);
        r.b = std::cos(r.person) + std::sin(r.employer) + normal(generator);
        r.y = 3 * r.a + 5 * r.b + std::cos(r.person) + std::cos(r.employer) * std::cos(r.employer) + normal(generator);
    }
    return made;
}
const auto of_two = cd::model_of(&record::y)
                        .on(cd::variable("a", &record::a), cd::variable("b", &record::b))
                        .absorbing(&record::person, &record::employer);

const auto few_years = records_of(15), many_years = records_of(200);
const auto one = terms.absorbing(&record::organisation).clustered_by(&record::organisation);
const auto two = one.absorbing(&record::year);
const auto people = terms.absorbing(&record::person, &record::employer).clustered_by(&record::person);

void one_way(benchmark::State& state) {
    fit(state, few_years, one);
}
BENCHMARK(one_way)->Unit(benchmark::kMillisecond);
void two_way(benchmark::State& state) {
    fit(state, few_years, two);
}
BENCHMARK(two_way)->Unit(benchmark::kMillisecond);
void two_way_200_years(benchmark::State& state) {
    fit(state, many_years, two);
}
BENCHMARK(two_way_200_years)->Unit(benchmark::kMillisecond);
void people_and_employers(benchmark::State& state) {
    fit(state, few_years, people);
}
BENCHMARK(people_and_employers)->Unit(benchmark::kMillisecond);
void chain_of_workers_and_firms(benchmark::State& state) {
    fit(state, near_records(true), of_two);
}
BENCHMARK(chain_of_workers_and_firms)->Unit(benchmark::kMillisecond);
void workers_near_firms(benchmark::State& state) {
    fit(state, near_records(false), of_two);
}
BENCHMARK(workers_near_firms)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
