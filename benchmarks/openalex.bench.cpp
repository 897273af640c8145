// SPDX-License-Identifier: BSL-1.0
// Works of OpenAlex: COMPUTE_DIVIDE_WORKS names JSON lines to read (make_works.cpp makes some); else short works of the
// excerpt in examples/data, many times, each with the fields that the excerpt leaves out and this library does not
// read, as works published in 2025 have them, with values made by a seeded generator: 3.4 KB in the mean, as all of
// OpenAlex (1.6 TB of text, 470 million works). on_demand is the peer of read: simdjson alone, touching the same
// fields, keeping nothing. The peer of gzip is zcat, in openalex_peers.py.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <isa-l/igzip_lib.h>
#include <simdjson.h>

#include <compute_divide/io/compressed.hpp>
#include <compute_divide/io/openalex.hpp>
#include <compute_divide/text/term_set.hpp>

namespace cd = compute_divide;

namespace {

/// Writes the fields of a work that the library does not read.
class unread_fields {
public:
    void append(std::string& to) {
        const std::string doi = "https://doi.org/10." + digits(4) + "/" + digits(10);
        const std::string location = R"({"id":"doi:10.)" + digits(12) + R"(","is_oa":false,"landing_page_url":")" +
                                     doi +
                                     R"(","pdf_url":null,"source":null,"license":null,"license_id":null,"version":)"
                                     R"("publishedVersion","is_accepted":true,"is_published":true,)"
                                     R"("raw_source_name":null,"raw_type":"article"})";
        to += R"(,"doi":")" + doi + R"(","ids":{"openalex":")" + id("W") + R"(","doi":")" + doi + R"("})";
        to += R"(,"indexed_in":["crossref"],"open_access":{"is_oa":false,"oa_status":"closed","oa_url":null,)"
              R"("any_repository_has_fulltext":false},"countries_distinct_count":1,"institutions_distinct_count":1)";
        to += R"(,"corresponding_author_ids":[")" + id("A") + R"("],"corresponding_institution_ids":[")" + id("I");
        to += R"("],"apc_list":null,"apc_paid":null,"fwci":)" + number(10) + R"(,"has_fulltext":false)";
        to += R"(,"cited_by_count":)" + digits(2) + R"(,"citation_normalized_percentile":{"value":)" + number(1);
        to += R"(,"is_in_top_1_percent":false,"is_in_top_10_percent":false})";
        to += R"(,"cited_by_percentile_year":{"min":)" + digits(2) + R"(,"max":)" + digits(2);
        to +=
            R"(},"biblio":{"volume":")" + digits(2) + R"(","issue":")" + digits(1) + R"(","first_page":")" + digits(3);
        to += R"(","last_page":")" + digits(3) + R"("},"keywords":[)";
        for (int i = 0; i < 3; ++i)
            to += std::string(i == 0 ? "" : ",") + R"({"id":"https://openalex.org/keywords/)" + digits(16) +
                  R"(","display_name":")" + digits(16) + R"(","score":)" + number(1) + "}";
        to += R"(],"mesh":[],"locations_count":1,"locations":[)" + location + R"(],"best_oa_location":null)";
        to += R"(,"sustainable_development_goals":[],"awards":[],"funders":[],"has_content":{"pdf":false,)"
              R"("grobid_xml":false},"content_urls":null,"referenced_works_count":0,"referenced_works":[])";
        to += R"(,"related_works":[)";
        for (int i = 0; i < 10; ++i) to += (i == 0 ? "\"" : ",\"") + id("W") + "\"";
        to += R"(],"counts_by_year":[)";
        for (int year = 2025; year > 2019; --year)
            to += std::string(year == 2025 ? "" : ",") + R"({"year":)" + std::to_string(year) +
                  R"(,"cited_by_count":)" + digits(1) + "}";
        to += R"(],"updated_date":"2026-05-10T08:33:47.465468","created_date":"2025-10-10T00:00:00")";
    }

private:
    std::string digits(int n) {
        std::string made;
        for (int i = 0; i < n; ++i) made += static_cast<char>('1' + random_() % 9);
        return made;
    }
    std::string id(const char* kind) { return std::string("https://openalex.org/").append(kind).append(digits(10)); }
    std::string number(int scale) {
        return std::to_string(scale * (static_cast<double>(random_() % 1'000'000) / 1'000'000));
    }
    std::mt19937 random_;
};

std::string published_works() {
    std::ifstream file(COMPUTE_DIVIDE_OPENALEX_SAMPLE, std::ios::binary);
    cd::byte_source source(file);
    std::string excerpt(std::size_t{1} << 24, '\0');
    excerpt.resize(source.read(excerpt.data(), excerpt.size()));
    std::istringstream lines(excerpt);
    std::vector<std::string> works;
    for (std::string line; std::getline(lines, line);)
        if (line.size() < 1900) works.push_back(line);

    std::string text;
    unread_fields unread;
    while (text.size() < (std::size_t{1} << 26))
        for (const std::string& each : works) {
            text.append(each, 0, each.size() - 1);
            unread.append(text);
            text += "}\n";
        }
    return text;
}
std::string made_text() {
    const char* const given = std::getenv("COMPUTE_DIVIDE_WORKS");
    if (given == nullptr) return published_works();
    std::ifstream file(given, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
const std::string& text() {
    static const std::string made = [] {
        std::string text = made_text();
        text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
        return text;
    }();
    return made;
}

/// The text as a file, plain and packed by gzip(1); openalex_peers.py unpacks the latter.
std::string plain_file() {
    static const std::string path = [] {
        std::string name = (std::filesystem::temp_directory_path() / "compute_divide_works.jsonl").string();
        std::ofstream(name, std::ios::binary) << text();
        return name;
    }();
    return path;
}
std::string gzip_file() {
    static const std::string path = [] {
        const std::string name = plain_file() + ".gz";
        if (std::system(("gzip -6 -c '" + plain_file() + "' > '" + name + "'").c_str()) != 0)
            throw std::runtime_error("gzip fails");
        return name;
    }();
    return path;
}

constexpr cd::openalex_fields no_abstract{.abstract = false, .title = false};

void use(benchmark::State& state, cd::openalex_reader works) {
    std::size_t authors = 0, affiliations = 0;
    for (const cd::openalex_work& work : works) {
        authors += work.authorships.size();
        for (const auto& each : work.authorships) affiliations += each.raw_affiliations.size();
    }
    benchmark::DoNotOptimize(authors + affiliations);
    state.counters["works"] = static_cast<double>(works.n_works());
}
void count_bytes(benchmark::State& state) {
    state.SetBytesProcessed(static_cast<std::int64_t>(text().size()) * state.iterations());
}

void read(benchmark::State& state) {
    const auto& all = text();
    for ([[maybe_unused]] auto _ : state)
        use(state, cd::openalex_reader(std::string_view(all), {.fields = no_abstract}));
    count_bytes(state);
}
BENCHMARK(read)->Unit(benchmark::kMillisecond);

void read_abstracts(benchmark::State& state) {
    const auto& all = text();
    for ([[maybe_unused]] auto _ : state) use(state, cd::openalex_reader(std::string_view(all)));
    count_bytes(state);
}
BENCHMARK(read_abstracts)->Unit(benchmark::kMillisecond);

void read_terms(benchmark::State& state) {
    const cd::term_set terms({{"gpu", 0}, {"deep learning", 1}, {"computational cost", 2}, {"parallel*", 3}},
                             {.plurals = true, .hyphens = true});
    const auto& all = text();
    for ([[maybe_unused]] auto _ : state) {
        cd::openalex_reader works{std::string_view(all)};
        cd::normalised_abstract normalised;
        std::size_t hits = 0;
        for (const cd::openalex_work& work : works)
            terms.for_each(normalised(work.abstract), [&](const cd::term_hit&) { ++hits; });
        benchmark::DoNotOptimize(hits);
        state.counters["works"] = static_cast<double>(works.n_works());
    }
    count_bytes(state);
}
BENCHMARK(read_terms)->Unit(benchmark::kMillisecond);

void plain(benchmark::State& state) {
    const std::string path = plain_file();
    for ([[maybe_unused]] auto _ : state) use(state, cd::openalex_reader::open(path, {.fields = no_abstract}));
    count_bytes(state);
}
BENCHMARK(plain)->Unit(benchmark::kMillisecond);

void gzip(benchmark::State& state) {
    const std::string path = gzip_file();
    for ([[maybe_unused]] auto _ : state) use(state, cd::openalex_reader::open(path, {.fields = no_abstract}));
    count_bytes(state);
}
BENCHMARK(gzip)->Unit(benchmark::kMillisecond);

/// What bounds gzip: the file in memory, unpacked by ISA-L's inflate a block at a time, with its checksum.
void inflate(benchmark::State& state) {
    std::ifstream file(gzip_file(), std::ios::binary);
    std::string packed(std::istreambuf_iterator<char>(file), {});
    std::vector<std::uint8_t> block(std::size_t{1} << 18);
    std::size_t size = 0;
    const auto& all = text();
    for ([[maybe_unused]] auto _ : state) {
        inflate_state stream;
        isal_inflate_init(&stream);
        stream.crc_flag = ISAL_GZIP;
        stream.next_in = reinterpret_cast<std::uint8_t*>(packed.data());
        stream.avail_in = static_cast<std::uint32_t>(packed.size());
        size = 0;
        do {
            stream.next_out = block.data();
            stream.avail_out = static_cast<std::uint32_t>(block.size());
            if (isal_inflate(&stream) != ISAL_DECOMP_OK) break;
            size += block.size() - stream.avail_out;
        } while (stream.block_state != ISAL_BLOCK_FINISH);
    }
    if (size != all.size()) state.SkipWithError("not all was unpacked");
    count_bytes(state);
}
BENCHMARK(inflate)->Unit(benchmark::kMillisecond);

/// Two part files, each a thread's: twice the text.
void gzip_two(benchmark::State& state) {
    const std::string path = gzip_file();
    const auto read = [&] {
        cd::openalex_reader works = cd::openalex_reader::open(path, {.fields = no_abstract});
        std::size_t authors = 0;
        for (const cd::openalex_work& work : works) authors += work.authorships.size();
        benchmark::DoNotOptimize(authors);
    };
    const auto& all = text();
    for ([[maybe_unused]] auto _ : state) {
        const std::jthread other(read);
        read();
    }
    state.SetBytesProcessed(2 * static_cast<std::int64_t>(all.size()) * state.iterations());
}
BENCHMARK(gzip_two)->UseRealTime()->Unit(benchmark::kMillisecond);

// simdjson alone.

using simdjson::ondemand::object;
using simdjson::ondemand::value;

std::size_t length(value of) {
    std::string_view text;
    if (of.is_null() || of.get_string().get(text) != simdjson::SUCCESS) return 0;
    return text.size();
}
std::size_t truth(value of) {
    bool known = false;
    return of.get_bool().get(known) == simdjson::SUCCESS && known ? 1 : 0;
}
std::size_t id_in(value of) {
    std::size_t sum = 0;
    if (!of.is_null())
        for (auto field : of.get_object())
            if (field.key().value() == "id") sum += length(field.value());
    return sum;
}
std::size_t scored(value of) {
    std::size_t sum = 0;
    for (auto field : of.get_object()) {
        const auto key = field.key().value();
        if (key == "id" || key == "display_name") {
            sum += length(field.value());
        } else if (key == "score" || key == "level") {
            double number = 0;
            value score = field.value();
            if (score.get_double().get(number) == simdjson::SUCCESS ||
                score.get_double_in_string().get(number) == simdjson::SUCCESS)  // in old records
                sum += number > 0.5 ? 1 : 0;
        } else if (key == "subfield" || key == "field" || key == "domain") {
            sum += id_in(field.value());
        }
    }
    return sum;
}
std::size_t author(value of) {
    std::size_t sum = 1;
    for (auto field : of.get_object()) {
        const auto key = field.key().value();
        if (key == "author_position") {
            sum += length(field.value());
        } else if (key == "is_corresponding") {
            sum += truth(field.value());
        } else if (key == "raw_affiliation_strings") {
            for (auto each : field.value().get_array()) sum += length(each.value());
        } else if (key == "raw_affiliation_string") {
            sum += length(field.value());
        } else if (key == "institutions") {
            for (auto each : field.value().get_array())
                for (auto part : each.get_object()) {
                    const auto name = part.key().value();
                    if (name == "id" || name == "ror" || name == "country_code" || name == "type")
                        sum += length(part.value());
                }
        }
    }
    return sum;
}
std::size_t source(value of) {
    std::size_t sum = 0;
    if (!of.is_null())
        for (auto field : of.get_object()) {
            const auto key = field.key().value();
            if (key == "id" || key == "display_name" || key == "type") sum += length(field.value());
        }
    return sum;
}
std::size_t touch(object work) {
    std::size_t sum = 0;
    for (auto field : work) {
        const auto key = field.key().value();
        if (key == "id" || key == "publication_date" || key == "type" || key == "language") {
            sum += length(field.value());
        } else if (key == "publication_year") {
            sum += static_cast<std::size_t>(field.value().get_int64().value());
        } else if (key == "is_retracted" || key == "is_paratext" || key == "is_xpac") {
            sum += truth(field.value());
        } else if (key == "topics" || key == "concepts") {
            for (auto each : field.value().get_array()) sum += scored(each.value());
        } else if (key == "authorships") {
            for (auto each : field.value().get_array()) sum += author(each.value());
        } else if (key == "host_venue") {
            sum += source(field.value());
        } else if (key == "primary_location") {
            value location = field.value();
            if (!location.is_null())
                for (auto part : location.get_object())
                    if (part.key().value() == "source") sum += source(part.value());
        }
    }
    return sum;
}

void on_demand(benchmark::State& state) {
    const std::string& all = text();
    simdjson::ondemand::parser parser;
    for ([[maybe_unused]] auto _ : state) {
        std::size_t sum = 0;
        for (std::size_t begin = 0; begin < all.size();) {
            const std::size_t end = std::min(all.find('\n', begin), all.size());
            auto document = parser.iterate(all.data() + begin, end - begin, all.capacity() - begin);
            sum += touch(document.get_object().value());
            begin = end + 1;
        }
        benchmark::DoNotOptimize(sum);
    }
    count_bytes(state);
}
BENCHMARK(on_demand)->Unit(benchmark::kMillisecond);

/// The same as a stream of documents, which takes a second thread to look for structure ahead.
void on_demand_stream(benchmark::State& state) {
    simdjson::ondemand::parser parser;
    const auto& all = text();
    for ([[maybe_unused]] auto _ : state) {
        std::size_t sum = 0;
        simdjson::ondemand::document_stream works = parser.iterate_many(all.data(), all.size(), std::size_t{1} << 23);
        for (auto each : works) sum += touch(each.get_object().value());
        benchmark::DoNotOptimize(sum);
    }
    count_bytes(state);
}
BENCHMARK(on_demand_stream)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
