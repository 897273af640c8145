// SPDX-License-Identifier: BSL-1.0
// Reading a registry, building its index, finding its organisations in affiliations, alone and in the classifier.
// COMPUTE_DIVIDE_ROR names a dump (JSON), COMPUTE_DIVIDE_TEXT a file of affiliations, one a line; without them the
// repository's sample of ROR, and the short affiliations of texts.hpp, of which a part are of its names. The rows of a
// `large` registry are of 125,000 organisations, as many as ROR has, and affiliations of them, made up from a seed.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/io/ror.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "texts.hpp"

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

const std::vector<cd::organisation>& made_up_organisations();

/// Those of the dump; without one those of the sample, and as many as ROR has, made up.
const std::vector<cd::organisation>& organisations() {
    static const std::vector<cd::organisation> read = [] {
        std::istringstream stream(dump());
        auto all = cd::read_ror(stream).organisations;
        if (std::getenv("COMPUTE_DIVIDE_ROR") == nullptr)
            all.insert(all.end(), made_up_organisations().begin(), made_up_organisations().end());
        return all;
    }();
    return read;
}

const std::shared_ptr<const cd::registry>& index() {
    static const auto built = std::make_shared<const cd::registry>(organisations());
    return built;
}

const texts::lines& affiliations(bool are_long) {
    static const texts::lines both[] = {texts::given_or(texts::short_affiliations),
                                        texts::given_or(texts::long_affiliations)};
    return both[are_long ? 1 : 0];
}

void count_strings(benchmark::State& state, bool are_long) {
    std::size_t bytes = 0;
    for (const std::string& each : affiliations(are_long)) bytes += each.size();
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(affiliations(are_long).size()));
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

void find(benchmark::State& state, bool are_long) {
    const cd::registry& finds = *index();
    cd::registry::workspace memory;
    const auto& all = affiliations(are_long);
    for (auto _ : state)
        for (const std::string& each : all) benchmark::DoNotOptimize(finds(each, memory));
    count_strings(state, are_long);
}
BENCHMARK_CAPTURE(find, short_ones, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(find, long_ones, true)->Unit(benchmark::kMillisecond);

void classify(benchmark::State& state, bool are_long, bool with_registry) {
    cd::classifier_options options;
    if (with_registry) options.registry = index();
    const cd::classifier who(options);
    cd::classifier::workspace memory;
    const auto& all = affiliations(are_long);
    for (auto _ : state)
        for (const std::string& each : all) benchmark::DoNotOptimize(who(each, memory));
    count_strings(state, are_long);
}
BENCHMARK_CAPTURE(classify, short_ones_without_registry, false, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify, short_ones_with_registry, false, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify, long_ones_without_registry, true, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify, long_ones_with_registry, true, true)->Unit(benchmark::kMillisecond);

/// Names as ROR has them, 3.1 an organisation: universities, institutes, hospitals, firms and ministries of made-up
/// places and founders, in English, in another language and as an acronym.
class made_up {
public:
    std::vector<cd::organisation> organisations;
    std::vector<std::string> affiliations;

    made_up() {
        for (int i = 0; i < 9'000; ++i) cities_.push_back({proper(), below(std::size(countries))});
        for (std::size_t i = 0; i < 125'000; ++i) organisations.push_back(organisation(i));
        for (int i = 0; i < 12'000; ++i) affiliations.push_back(affiliation());
    }

private:
    struct country {
        const char *code, *name, *university;
    };
    static constexpr country countries[] = {{"US", "USA", "Universidad de "},
                                            {"GB", "United Kingdom", "Prifysgol "},
                                            {"DE", "Germany", "Universität "},
                                            {"FR", "France", "Université de "},
                                            {"IT", "Italy", "Università di "},
                                            {"ES", "Spain", "Universidad de "},
                                            {"CN", "China", "Daxue "},
                                            {"JP", "Japan", "Daigaku "},
                                            {"IN", "India", "Vishwavidyalaya "},
                                            {"BR", "Brazil", "Universidade de "},
                                            {"CA", "Canada", "Université de "},
                                            {"NL", "Netherlands", "Universiteit "},
                                            {"PL", "Poland", "Uniwersytet "},
                                            {"SE", "Sweden", "Universitet "},
                                            {"KR", "South Korea", "Daehakgyo "},
                                            {"AU", "Australia", "University of "},
                                            {"CH", "Switzerland", "Universität "},
                                            {"RU", "Russia", "Universitet "}};
    static constexpr const char* fields[] = {"Physics",       "Technology",   "Chemistry",     "Marine Biology",
                                             "Medicine",      "Economics",    "Oncology",      "Materials",
                                             "Public Health", "Agriculture",  "Computing",     "Education",
                                             "Energy",        "Neuroscience", "Space Research"};
    struct city {
        std::string name;
        std::size_t country;
    };

    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
    template <class T>
    const auto& one_of(const T& list) {
        return list[below(std::size(list))];
    }
    std::string proper() {
        static constexpr const char* begins[] = {"Al",  "Bar",  "Cor", "Dun", "El",  "Fal", "Gran",
                                                 "Hol", "Is",   "Kar", "Lan", "Mar", "Nor", "Ost",
                                                 "Pel", "Quin", "Ros", "Sal", "Tor", "Wes"};
        static constexpr const char* middles[] = {"a",   "ber", "den", "e",   "fi", "gar", "ho", "i", "ka",  "lin",
                                                  "men", "no",  "o",   "per", "ri", "san", "ti", "u", "ven", "zo"};
        static constexpr const char* ends[] = {"burg", "ton", "ville", "grad",  "stad", "mouth", "ia",  "polis", "heim",
                                               "ford", "mar", "nova",  "shire", "wick", "zaki",  "pur", "nagar", "ów"};
        return std::string(one_of(begins)) + one_of(middles) + (below(3) == 0 ? one_of(middles) : "") + one_of(ends);
    }
    static std::string initials(const std::string& name) {
        std::string letters;
        for (std::size_t i = 0; i < name.size(); ++i)
            if (name[i] >= 'A' && name[i] <= 'Z' && (i == 0 || name[i - 1] == ' ')) letters += name[i];
        return letters;
    }
    cd::organisation organisation(std::size_t number) {
        using enum cd::institution_type;
        const city& where = one_of(cities_);
        const country& in = countries[where.country];
        const std::string founder = proper(), field = one_of(fields);
        cd::organisation made{.id = "https://ror.org/0" + std::to_string(1'000'000 + number),
                              .names = {},
                              .types = {},
                              .country = in.code,
                              .cities = {where.name},
                              .domains = {}};
        std::string name, elsewhere;
        const auto be = [&](cd::institution_type type, std::string english, std::string local) {
            made.types.push_back(type);
            name = std::move(english);
            elsewhere = std::move(local);
        };
        const std::size_t kind = below(100);
        if (kind < 27)
            be(company, founder + (below(2) == 0 ? " Technologies (" : " (") + in.name + ")", founder + " Ltd");
        else if (kind < 37)
            be(education, (below(2) == 0 ? "University of " : founder + " University of ") + where.name,
               in.university + where.name);
        else if (kind < 47)
            be(education, founder + " College of " + field, in.university + founder);
        else if (kind < 60)
            be(nonprofit, founder + " Foundation for " + field, "Fondation " + founder);
        else if (kind < 74)
            be(healthcare, below(2) == 0 ? where.name + " " + founder + " Hospital" : "Hospital of " + founder,
               "Hôpital " + founder);
        else if (kind < 88)
            be(facility, founder + " Institute of " + field, "Institut " + founder + " " + where.name);
        else
            be(government, "Ministry of " + field + " of " + founder, "Ministerio " + founder);
        made.names.push_back({name, cd::name_kind::label});
        made.names.push_back({elsewhere, cd::name_kind::alias});
        if (below(10) < 7) made.names.push_back({name + " " + where.name, cd::name_kind::alias});
        if (const std::string letters = initials(name); letters.size() > 1 && below(10) < 5)
            made.names.push_back({letters, cd::name_kind::acronym});
        made.domains.push_back("www." + founder + std::to_string(number) + ".org");
        return made;
    }
    std::string affiliation() {
        const cd::organisation& of = one_of(organisations);
        const std::string name = of.names[below(10) < 8 ? 0 : 1].text;
        const std::string field = one_of(fields);
        switch (below(4)) {
            case 0:
                return name;
            case 1:
                return "Dept. of " + field + ", " + name;
            case 2:
                return name + ", " + of.cities.front();
            default:
                return "School of " + field + ", " + name + ", " + of.cities.front() + ", " + of.country;
        }
    }

    std::mt19937_64 random_{125};
    std::vector<city> cities_;
};
const made_up& large() {
    static const made_up all;
    return all;
}

const std::vector<cd::organisation>& made_up_organisations() {
    return large().organisations;
}

double heap_megabytes() {
    return static_cast<double>(mallinfo2().uordblks + mallinfo2().hblkhd) / 1e6;
}

void build_large(benchmark::State& state) {
    large();
    for (auto _ : state) benchmark::DoNotOptimize(cd::registry(large().organisations).size());
    const double before = heap_megabytes();
    const cd::registry one(large().organisations);
    state.counters["MB"] = heap_megabytes() - before;
    double names = 0;
    for (const auto& each : large().organisations) names += static_cast<double>(each.names.size());
    state.counters["names"] = names;
}
BENCHMARK(build_large)->Unit(benchmark::kMillisecond);

void classify_large(benchmark::State& state, bool with_registry) {
    cd::classifier_options options;
    if (with_registry) options.registry = std::make_shared<const cd::registry>(large().organisations);
    const cd::classifier who(options);
    cd::classifier::workspace memory;
    std::size_t found = 0;
    for (auto _ : state) {
        found = 0;
        for (const std::string& each : large().affiliations) {
            const cd::affiliation read = who(each, memory);
            if (std::ranges::any_of(read.institutions, [](const auto& one) { return !one.id.empty(); })) ++found;
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(large().affiliations.size()));
    state.counters["found"] = static_cast<double>(found) / static_cast<double>(large().affiliations.size());
}
BENCHMARK_CAPTURE(classify_large, without_registry, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(classify_large, with_registry, true)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
