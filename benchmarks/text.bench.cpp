// SPDX-License-Identifier: BSL-1.0
// Folding, and finding 500 terms, beside Hyperscan (where it is installed) and an alternation in std::regex.
// COMPUTE_DIVIDE_TEXT names a file of lines to search; without it affiliations and abstracts of texts.hpp.
#include <benchmark/benchmark.h>
#if __has_include(<hs/hs.h>)
#include <hs/hs.h>
#define HAS_HYPERSCAN 1
#endif

#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/term_set.hpp>
#include <cstddef>
#include <cstdint>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "texts.hpp"

namespace cd = compute_divide;

namespace {

constexpr std::string_view places[] = {
    "amsterdam",  "athens",    "barcelona", "beijing",    "berlin",   "bern",    "bologna",   "bristol",
    "california", "cambridge", "chicago",   "colorado",   "delhi",    "dresden", "edinburgh", "florida",
    "freiburg",   "geneva",    "georgia",   "groningen",  "haifa",    "hamburg", "helsinki",  "hong kong",
    "illinois",   "jerusalem", "kyoto",     "leuven",     "lisbon",   "london",  "madrid",    "maryland",
    "melbourne",  "michigan",  "milan",     "minnesota",  "montreal", "moscow",  "munich",    "new york",
    "oslo",       "oxford",    "paris",     "pisa",       "prague",   "rome",    "seoul",     "shanghai",
    "singapore",  "stuttgart", "sydney",    "texas",      "tokyo",    "toronto", "tubingen",  "utah",
    "vienna",     "virginia",  "warsaw",    "washington", "zurich"};
constexpr std::string_view around_places[] = {"university of ",       " university", "institute of ",   " hospital",
                                              " national laboratory", "bank of ",    " research center"};
constexpr std::string_view words[] = {"university",
                                      "universite",
                                      "universitat",
                                      "universidad",
                                      "universita",
                                      "universiteit",
                                      "college",
                                      "school of",
                                      "faculty of",
                                      "department of",
                                      "institute of technology",
                                      "polytechnic",
                                      "ecole",
                                      "hochschule",
                                      "academy of sciences",
                                      "inc",
                                      "ltd",
                                      "llc",
                                      "gmbh",
                                      "corp",
                                      "corporation",
                                      "company",
                                      "co",
                                      "ag",
                                      "plc",
                                      "technologies",
                                      "laboratories",
                                      "google",
                                      "google research",
                                      "google brain",
                                      "deepmind",
                                      "microsoft",
                                      "microsoft research",
                                      "facebook",
                                      "meta ai",
                                      "amazon",
                                      "apple",
                                      "ibm",
                                      "ibm research",
                                      "nvidia",
                                      "intel",
                                      "intel labs",
                                      "huawei",
                                      "noah's ark lab",
                                      "baidu",
                                      "tencent",
                                      "tencent ai lab",
                                      "alibaba",
                                      "damo academy",
                                      "sensetime",
                                      "megvii",
                                      "naver",
                                      "yandex",
                                      "samsung",
                                      "sony",
                                      "bosch",
                                      "siemens",
                                      "adobe",
                                      "salesforce",
                                      "uber",
                                      "twitter",
                                      "openai",
                                      "mit",
                                      "cmu",
                                      "eth",
                                      "epfl",
                                      "kaist",
                                      "ministry of",
                                      "hospital",
                                      "clinic",
                                      "foundation",
                                      "national laboratory",
                                      "cnrs",
                                      "inria",
                                      "max planck"};

const std::vector<std::string>& terms() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> list(std::begin(words), std::end(words));
        for (const std::string_view place : places)
            for (const std::string_view around : around_places)
                list.push_back(around.starts_with(' ') ? std::string(place).append(around)
                                                       : std::string(around).append(place));
        return list;
    }();
    return all;
}

constexpr bool affiliations = false, abstracts = true;

const texts::lines& lines(bool of_abstracts) {
    static const texts::lines both[] = {texts::given_or(texts::short_affiliations), texts::given_or(texts::abstracts)};
    return both[of_abstracts ? 1 : 0];
}

std::string joined(const std::vector<std::string>& parts, char between) {
    std::string all;
    for (const std::string& part : parts) all.append(part) += between;
    return all;
}
const std::string& normalised_text(bool of_abstracts) {
    static const std::string both[] = {cd::normalised(joined(lines(false), '|')),
                                       cd::normalised(joined(lines(true), '|'))};
    return both[of_abstracts ? 1 : 0];
}

cd::term_set ours() {
    std::vector<cd::term> list;
    for (const std::string& text : terms()) list.push_back({text, static_cast<std::uint32_t>(list.size())});
    return cd::term_set(list);
}

void count_bytes(benchmark::State& state, std::size_t bytes, std::size_t hits) {
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
    state.counters["hits"] = static_cast<double>(hits);
}

void normalise_lines(benchmark::State& state, bool of_abstracts) {
    cd::normalised_text out;
    std::size_t bytes = 0;
    const auto& all = lines(of_abstracts);
    for ([[maybe_unused]] auto _ : state) {
        bytes = 0;
        for (const std::string& line : all) {
            cd::normalise(line, out);
            benchmark::DoNotOptimize(out.view().data());
            bytes += line.size();
        }
    }
    count_bytes(state, bytes, 0);
}
BENCHMARK_CAPTURE(normalise_lines, affiliations, affiliations)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(normalise_lines, abstracts, abstracts)->Unit(benchmark::kMillisecond);

void normalise_and_find_lines(benchmark::State& state, bool of_abstracts) {
    const cd::term_set set = ours();
    cd::normalised_text out;
    std::size_t bytes = 0, hits = 0;
    const auto& all = lines(of_abstracts);
    for ([[maybe_unused]] auto _ : state) {
        bytes = hits = 0;
        for (const std::string& line : all) {
            cd::normalise(line, out);
            set.for_each(out, [&](const cd::term_hit&) { ++hits; });
            bytes += line.size();
        }
    }
    count_bytes(state, bytes, hits);
}
BENCHMARK_CAPTURE(normalise_and_find_lines, affiliations, affiliations)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(normalise_and_find_lines, abstracts, abstracts)->Unit(benchmark::kMillisecond);

void build(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(ours());
}
BENCHMARK(build)->Unit(benchmark::kMillisecond);

void find(benchmark::State& state, bool of_abstracts) {
    const cd::term_set set = ours();
    std::size_t hits = 0;
    const auto& text = normalised_text(of_abstracts);
    for ([[maybe_unused]] auto _ : state) {
        hits = 0;
        set.for_each(std::string_view(text), [&](const cd::term_hit&) { ++hits; });
    }
    count_bytes(state, normalised_text(of_abstracts).size(), hits);
}
BENCHMARK_CAPTURE(find, affiliations, affiliations)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(find, abstracts, abstracts)->Unit(benchmark::kMillisecond);

#ifdef HAS_HYPERSCAN
/// Hyperscan's literals match inside words too, and overlap; as expressions with \b they ask what we ask.
void hyperscan(benchmark::State& state, bool whole_words, bool of_abstracts) {
    std::vector<std::string> patterns = terms();
    if (whole_words)
        for (std::string& pattern : patterns) pattern = "\\b" + pattern + "\\b";
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    std::vector<unsigned> ids;
    for (const std::string& pattern : patterns) {
        ids.push_back(static_cast<unsigned>(ids.size()));
        texts.push_back(pattern.c_str());
        sizes.push_back(pattern.size());
    }
    const std::vector<unsigned> flags(patterns.size(), 0);
    const auto n = static_cast<unsigned>(patterns.size());
    hs_database_t* database = nullptr;
    hs_compile_error_t* error = nullptr;
    if (whole_words)
        hs_compile_multi(texts.data(), flags.data(), ids.data(), n, HS_MODE_BLOCK, nullptr, &database, &error);
    else
        hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), sizes.data(), n, HS_MODE_BLOCK, nullptr, &database,
                             &error);
    hs_scratch_t* scratch = nullptr;
    hs_alloc_scratch(database, &scratch);
    std::size_t hits = 0;
    const auto hit = [](unsigned, unsigned long long, unsigned long long, unsigned, void* count) {
        ++*static_cast<std::size_t*>(count);
        return 0;
    };
    const auto& text = normalised_text(of_abstracts);
    for ([[maybe_unused]] auto _ : state) {
        hits = 0;
        hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, scratch, hit, &hits);
    }
    count_bytes(state, normalised_text(of_abstracts).size(), hits);
    hs_free_scratch(scratch);
    hs_free_database(database);
}
BENCHMARK_CAPTURE(hyperscan, literals_in_affiliations, false, affiliations)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(hyperscan, whole_words_in_affiliations, true, affiliations)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(hyperscan, literals_in_abstracts, false, abstracts)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(hyperscan, whole_words_in_abstracts, true, abstracts)->Unit(benchmark::kMillisecond);
#endif

void regex_alternation(benchmark::State& state, bool of_abstracts) {
    std::string pattern = joined(terms(), '|');
    pattern.pop_back();
    const std::regex regex("\\b(?:" + pattern + ")\\b", std::regex::optimize);
    const std::string text = normalised_text(of_abstracts).substr(0, 100000);
    std::size_t hits = 0;
    for ([[maybe_unused]] auto _ : state) {
        hits = 0;
        for (std::sregex_iterator at(text.begin(), text.end(), regex), last; at != last; ++at) ++hits;
    }
    count_bytes(state, text.size(), hits);
}
BENCHMARK_CAPTURE(regex_alternation, affiliations, affiliations)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(regex_alternation, abstracts, abstracts)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
