// SPDX-License-Identifier: BSL-1.0
// Readers and cached classifiers on several threads, each with its own, over one classifier and one set of terms: as on
// one thread. ThreadSanitizer sees this, and the tests of accumulate, progress and bootstrap: see CMakePresets.json.
#include <compute_divide/accumulate.hpp>

#include <cstddef>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/cached_classifier.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/openalex.hpp>
#include <compute_divide/text/term_set.hpp>

#include "support/gzip.hpp"
#include "support/temporary_folder.hpp"

namespace cd = compute_divide;

namespace {

struct counts {
    std::map<std::string, int> of = {};

    void merge(const counts& other) {
        for (const auto& [what, n] : other.of) of[what] += n;
    }
    [[nodiscard]] const auto& result() const { return of; }
};

constexpr const char* places[] = {"University of Oxford", "Google DeepMind, London", "Inria Paris", "CNRS",
                                  "somewhere"};

}  // namespace

TEST_CASE("parts read and classified on several threads are those of one") {
    const test_support::temporary_folder here;
    std::vector<std::string> works, tables;
    for (int part = 0; part < 6; ++part) {
        std::string lines, rows = "affiliation,title\n";
        for (int i = 0; i < 20; ++i) {
            const std::string place = places[(part + i * i) % 5];
            lines += R"({"id":"https://openalex.org/W)" + std::to_string(100 * part + i) + R"(","title":"GPU )" +
                     std::to_string(i) + R"(","authorships":[{"raw_affiliation_strings":[")" + place + "\"]}]}\n";
            rows += "\"" + place + "\",a GPU\n";
        }
        works.push_back(here.path / ("works" + std::to_string(part) + ".gz"));
        tables.push_back(here.path / ("table" + std::to_string(part) + ".csv"));
        std::ofstream(works.back(), std::ios::binary) << test_support::gzipped(lines);
        std::ofstream(tables.back()) << rows;
    }
    const cd::classifier shared;
    const cd::term_set terms({{"gpu", 3}});
    const auto worker = [&shared] { return cd::cached_classifier(shared, {.capacity = 3}); };
    const auto count = [&](cd::cached_classifier& who, const std::string& place, const std::string& title,
                           counts& made) {
        for (const cd::sector each : who(place).sectors) ++made.of[std::string(name_of(each))];
        made.of["terms"] += static_cast<int>(terms.find(title).size());
    };
    const auto of_works = [&](cd::cached_classifier& who, const std::string& path, counts& made) {
        auto reader = cd::openalex_reader::open(path, {.fields = {.raw_affiliations = true}});
        for (const cd::openalex_work& work : reader)
            count(who, work.authorships.at(0).raw_affiliations.at(0), std::string(work.title), made);
    };
    const auto of_tables = [&](cd::cached_classifier& who, const std::string& path, counts& made) {
        auto reader = cd::csv_reader::open(path);
        for (const cd::csv_row& row : reader) count(who, std::string(row[0]), std::string(row[1]), made);
    };
    counts expected_works, expected_tables;
    {
        cd::cached_classifier who(shared);
        for (const auto& path : works) of_works(who, path, expected_works);
        for (const auto& path : tables) of_tables(who, path, expected_tables);
    }
    REQUIRE(expected_works.of.size() > 3);
    REQUIRE(expected_works.of.at("terms") == 120);
    for (const unsigned threads : {2U, 4U}) {
        CAPTURE(threads);
        CHECK(cd::accumulate_parts(works, counts{}, cd::with_workers(worker, of_works), {.threads = threads}).of ==
              expected_works.of);
        CHECK(cd::accumulate_parts(tables, counts{}, cd::with_workers(worker, of_tables), {.threads = threads}).of ==
              expected_tables.of);
    }
}
