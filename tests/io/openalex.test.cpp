// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/openalex.hpp>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <ranges>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/text/term_set.hpp>

#include "support/gzip.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::gzipped;
using test_support::message_of;

static_assert(std::ranges::input_range<cd::openalex_reader&>);
static_assert(!std::ranges::forward_range<cd::openalex_reader&>);

namespace {

using sizes = std::vector<std::size_t>;

constexpr cd::openalex_options skip{.on_error = cd::error_handling::skip};

struct outcome {
    std::vector<cd::openalex_work> works;
    std::vector<std::string> problems;  // "line N: reason"
};

outcome all_of(cd::openalex_reader& reader) {
    outcome made;
    for (const cd::openalex_work& work : reader) made.works.push_back(work);
    for (const auto& each : reader.problems())
        made.problems.push_back("line " + std::to_string(each.line) + ": " + each.reason);
    CHECK(reader.n_works() == made.works.size());
    CHECK(reader.n_problems() == made.problems.size());
    return made;
}
/// From memory, and the same from a stream.
outcome read(std::string_view text, cd::openalex_options options = skip) {
    cd::openalex_reader reader(text, options);
    outcome made = all_of(reader);
    CHECK(reader.bytes_taken() == text.size());
    std::istringstream stream{std::string(text)};
    cd::openalex_reader from_stream(stream, options);
    const outcome streamed = all_of(from_stream);
    CHECK(streamed.works == made.works);
    CHECK(streamed.problems == made.problems);
    CHECK(from_stream.identity() == reader.identity());
    return made;
}
/// Of a record written over several lines.
cd::openalex_work read_one(std::string text) {
    std::erase(text, '\n');
    const outcome made = read(text);
    CAPTURE(text);
    CHECK(made.problems.empty());
    REQUIRE(made.works.size() == 1);
    return made.works[0];
}
std::string work(std::string_view id, std::string_view more = {}) {
    return R"({"id":"https://openalex.org/)" + std::string(id) + '"' + std::string(more.empty() ? "" : ",") +
           std::string(more) + "}";
}
std::string ids(const outcome& made) {
    std::string list;
    for (const auto& each : made.works) list += (list.empty() ? "" : " ") + each.id;
    return list;
}

/// A folder that is there until the end of the test.
struct temporary_folder {
    std::filesystem::path path;
    explicit temporary_folder(const std::string& name)
        : path(std::filesystem::temp_directory_path() / ("compute_divide_openalex_" + name)) {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    ~temporary_folder() { std::filesystem::remove_all(path); }
    std::string write(const std::string& name, std::string_view text) const {
        std::filesystem::create_directories((path / name).parent_path());
        std::ofstream(path / name, std::ios::binary) << text;
        return (path / name).string();
    }
};

}  // namespace

TEST_CASE("a work of a late vintage") {
    const auto made = read_one(
        R"({"id":"https://openalex.org/W2741","doi":null,"title":"A \"title\"","display_name":"x","publication_year":2018,
        "publication_date":"2018-02-13","language":"en","type":"article","is_retracted":false,"is_paratext":true,
        "is_xpac":false,"primary_location":{"is_oa":true,"source":{"id":"https://openalex.org/S17","display_name":"A \"B\"",
        "type":"journal","issn":["1-2"]}},
        "authorships":[{"author_position":"first","author":{"id":"https://openalex.org/A5","display_name":"x"},
          "institutions":[{"id":"https://openalex.org/I13","display_name":"U","ror":"https://ror.org/03vek6s52",
            "country_code":"US","type":"education","lineage":["https://openalex.org/I13"]},
            {"id":"https://openalex.org/I14","ror":null,"country_code":null,"type":"funder"}],
          "countries":["US"],"is_corresponding":true,"raw_affiliation_strings":["U, Caf\u00e9 \"x\"","V"],
          "affiliations":[{"raw_affiliation_string":"U","institution_ids":["https://openalex.org/I13"]}]},
         {"author_position":"last","institutions":[],"is_corresponding":false,"raw_affiliation_strings":[]}],
        "topics":[{"id":"https://openalex.org/T10028","display_name":"Topic","score":0.5,
          "subfield":{"id":"https://openalex.org/subfields/1702","display_name":"AI"},
          "field":{"id":"https://openalex.org/fields/17"},"domain":{"id":"https://openalex.org/domains/3"}}],
        "concepts":[{"id":"https://openalex.org/C41","wikidata":"","display_name":"Computer science","level":0,"score":1}],
        "abstract_inverted_index":{"deep":[1,3],"We":[0],"nets":[2]},"unknown":{"a":[1,{"b":null}]}})");
    using namespace std::chrono;
    CHECK(made.id == "W2741");
    CHECK(made.title == "A \"title\"");
    CHECK(made.year == 2018);
    CHECK(made.date == year{2018} / February / 13);
    CHECK(made.type == "article");
    CHECK(made.language == "en");
    CHECK(made.is_retracted == false);
    CHECK(made.is_paratext == true);
    CHECK(made.is_xpac == false);
    CHECK(made.source == cd::openalex_source{"S17", "A \"B\"", "journal"});
    CHECK(made.authorships_known);
    using type = cd::institution_type;
    const std::vector<cd::openalex_authorship> authorships{
        {cd::author_position::first,
         true,
         {{"I13", "03vek6s52", "US", type::education}, {"I14", "", std::nullopt, type::unknown}},
         {"U, Caf\xC3\xA9 \"x\"", "V"}},
        {cd::author_position::last, false, {}, {}}};
    CHECK(made.authorships == authorships);
    CHECK(made.topics_known);
    CHECK(made.topics == std::vector<cd::openalex_topic>{{"T10028", "Topic", 0.5, 1702, 17, 3}});
    CHECK(made.concepts_known);
    CHECK(made.concepts == std::vector<cd::openalex_concept>{{"C41", "Computer science", 0, 1.0}});
    CHECK(made.abstract.text() == "We deep nets deep");
    CHECK(made.abstract.size() == 4);
}

TEST_CASE("what is not given is missing, not zero") {
    const auto bare = read_one(work("W1"));
    cd::openalex_work expected;
    expected.id = "W1";
    CHECK(bare == expected);
    const auto nulls = read_one(
        work("W1", R"("publication_year":null,"publication_date":null,"type":null,"language":null,"is_retracted":null,
        "is_paratext":null,"is_xpac":null,"title":null,"topics":null,"concepts":null,"authorships":null,"primary_location":null,
        "host_venue":null,"abstract_inverted_index":null)"));
    CHECK(nulls == expected);
    const auto empty =
        read_one(work("W1", R"("topics":[],"concepts":[],"authorships":[],"abstract_inverted_index":{})"));
    CHECK(empty.topics_known);
    CHECK(empty.concepts_known);
    CHECK(empty.authorships_known);
    CHECK(empty.abstract.known());
    CHECK(empty.abstract.text().empty());
    CHECK(empty.topics.empty());
}

TEST_CASE("the shapes of older vintages") {
    // Institutions without anything; affiliations in one text, beside a list or alone, null or empty.
    const auto old = read_one(work("W1", R"("authorships":[
        {"author_position":"middle","institutions":[{"id":null,"display_name":"x","ror":null,"country_code":null,"type":null},
          {"id":"https://openalex.org/I2"},{"ror":"https://ror.org/https://ror.org/01t3wyv61"}],"raw_affiliation_string":"A; B"},
        {"author_position":null,"is_corresponding":null,"institutions":[],"raw_affiliation_string":"A; B","raw_affiliation_strings":["A","B"]},
        {"institutions":[],"raw_affiliation_strings":["A","B"],"raw_affiliation_string":"A; B"},
        {"institutions":[],"raw_affiliation_string":""},{"institutions":[],"raw_affiliation_string":null},{}],
        "host_venue":{"id":"https://openalex.org/S9","display_name":"V","type":null},
        "concepts":[{"id":"https://openalex.org/C1","level":2,"score":"0.25"},{"id":null,"score":null}],
        "topics":[{"id":"https://openalex.org/T1","score":1,"subfield":{"id":1702},"field":{"id":17},"domain":{"id":null}},{}])"));
    REQUIRE(old.authorships.size() == 6);
    CHECK(old.authorships[0].position == cd::author_position::middle);
    CHECK(old.authorships[0].institutions ==
          std::vector<cd::openalex_institution>{{}, {"I2", "", {}, {}}, {"", "01t3wyv61", {}, {}}});
    CHECK(old.authorships[0].raw_affiliations == std::vector<std::string>{"A; B"});
    CHECK(!old.authorships[0].is_corresponding);
    CHECK(!old.authorships[1].position);
    CHECK(!old.authorships[1].is_corresponding);
    for (const std::size_t i : sizes{1, 2})
        CHECK(old.authorships[i].raw_affiliations == std::vector<std::string>{"A", "B"});
    for (const std::size_t i : sizes{3, 4, 5}) CHECK(old.authorships[i].raw_affiliations.empty());
    CHECK(old.source == cd::openalex_source{"S9", "V", ""});
    CHECK(old.concepts == std::vector<cd::openalex_concept>{{"C1", "", 2, 0.25}, {}});
    CHECK(old.topics == std::vector<cd::openalex_topic>{{"T1", "", 1.0, 1702, 17, {}}, {}});
    // The place of a work in two vintages at once: the newer counts, whichever comes first.
    const std::string host = R"("host_venue":{"id":"https://openalex.org/S9"})";
    const std::string place = R"("primary_location":{"source":{"id":"https://openalex.org/S8"}})";
    CHECK(read_one(work("W1", host + "," + place)).source.id == "S8");
    CHECK(read_one(work("W1", place + "," + host)).source.id == "S8");
    CHECK(read_one(work("W1", host + R"(,"primary_location":{"source":null})")).source.id == "S9");
}

TEST_CASE("abstracts in all their shapes") {
    struct row {
        std::string_view json, text;
    };
    constexpr row rows[] = {
        {R"({"a":[0,2],"b":[1]})", "a b a"},
        {R"({"IndexLength":3,"InvertedIndex":{"a":[0,2],"b":[1]}})", "a b a"},
        {R"("{\"IndexLength\":3,\"InvertedIndex\":{\"a\":[0,2],\"b\":[1]}}")", "a b a"},
        {R"("{\"a\\\"\": [1], \"\\u00e9\": [0]}")", "\xC3\xA9 a\""},
        {R"({"IndexLength":[0],"InvertedIndex":[1]})", "IndexLength InvertedIndex"},
        {R"({"a":[5],"b":[7],"c":[8]})", "a\nb c"},
        {R"({"a\"b":[0],"\u00e9\ud83d\ude00":[1],"":[2]})", "a\"b \xC3\xA9\xF0\x9F\x98\x80"},
        {R"({"a":[]})", ""},
    };
    for (const row& each : rows) {
        CAPTURE(each.json);
        const auto made = read_one(work("W1", R"("abstract_inverted_index":)" + std::string(each.json)));
        CHECK(made.abstract.known());
        CHECK(made.abstract.text() == each.text);
    }
}

TEST_CASE("terms are found in abstracts") {
    const auto found_in = [](const std::string& index) {
        const auto made = read_one(work("W1", R"("abstract_inverted_index":)" + index));
        cd::normalised_abstract normalised;
        const cd::term_set terms({{"deep learning", 1}, {"gpu", 2}, {"universite", 3}},
                                 {.plurals = true, .hyphens = true});
        std::vector<std::uint32_t> hits;
        for (int pass = 0; pass < 2; ++pass) {
            hits.clear();
            terms.for_each(normalised(made.abstract), [&](const cd::term_hit& hit) { hits.push_back(hit.id); });
        }
        if (made.abstract.text().find('\n') == std::string::npos)
            CHECK(normalised(made.abstract) == cd::normalised(made.abstract.text()));
        return hits;
    };
    using hits = std::vector<std::uint32_t>;
    CHECK(found_in(R"({"learning,":[1],"Deep":[0]})") == hits{1});
    CHECK(found_in(R"({"learning":[2],"Deep":[0],"-":[1]})").empty());
    CHECK(found_in(R"({"learning":[2],"Deep":[0],"\u200b":[1]})") == hits{1});
    CHECK(found_in(R"({"learning":[2],"Deep":[0]})").empty());  // a gap
    CHECK(found_in(R"x({"deep-learning":[0,3],"(GPUs)":[1],"Universit\u00e9":[2]})x") == hits{1, 2, 3, 1});
    CHECK(found_in(R"({"\u2022":[0,2,4],"deep":[1],"learning":[3],"&amp;":[5]})") == hits{1});
    CHECK(found_in("{}").empty());
}

TEST_CASE("lines, pages and arrays, plain and gzip") {
    const std::string a = work("W1"), b = work("W2"), c = work("W3");
    const std::vector<std::string> texts{
        a + "\n" + b + "\n" + c + "\n",
        a + "\r\n" + b + "\r\n\r\n \n" + c,
        "\xEF\xBB\xBF" + a + "\n" + b + "\n" + c,
        R"({"meta":{"count":3},"results":[)" + a + "," + b + " , " + c + R"(],"group_by":[]})",
        R"({"results":[)" + a + "," + b + "]}\n{\"results\":[]}\n" + c + "\n",
        "[" + a + "," + b + "," + c + "]",
        "[" + a + "]\n[]\n[" + b + "," + c + "]\n",
        "{\n \"meta\": {},\n \"results\": [\n" + a + ",\n" + b + ",\n" + c + "\n]\n}\n",
        "\xEF\xBB\xBF[\n" + a + ",\n" + b + ",\n" + c + "]\n",
    };
    for (const std::string& text : texts) {
        CAPTURE(text);
        for (const std::string& form : {text, gzipped(text), gzipped(text.substr(0, 30)) + gzipped(text.substr(30))})
            for (const std::size_t block_size : sizes{1, 7, 64, 1 << 18}) {
                const auto made = read(form, {.on_error = cd::error_handling::skip, .block_size = block_size});
                CHECK(ids(made) == "W1 W2 W3");
                CHECK(made.problems.empty());
            }
        std::istringstream stream(text);
        cd::openalex_reader reader(stream);
        CHECK(ids(all_of(reader)) == "W1 W2 W3");
        CHECK(reader.bytes_taken() == text.size());
    }
    CHECK(read("").works.empty());
    CHECK(read("\n\n").problems.empty());
}

TEST_CASE("beyond those kept, problems are counted, and no work is lost among them") {
    std::string text;
    std::size_t bad = 0;
    for (const std::string_view line : {"7", "x", "{", "[", "{}", "garbage", R"({"id":7})", "[7]", "null"})
        for (int i = 0; i < 100; ++i, ++bad) text.append(line).append("\n");
    text += work("W9");
    for (const std::size_t kept : {std::size_t{0}, std::size_t{3}, std::size_t{10'000}}) {
        cd::openalex_reader reader(text, {.on_error = cd::error_handling::skip, .most_problems = kept});
        std::string found;
        for (const cd::openalex_work& each : reader) found += each.id;
        CHECK(found == "W9");
        CHECK(reader.n_problems() == bad);
        CHECK(reader.problems().size() == std::min(kept, bad));
    }
}

TEST_CASE("lines that are no works are told") {
    struct row {
        std::string text, reason;
    };
    const std::string deep = std::string(2000, '[') + std::string(2000, ']');
    const std::vector<row> rows{
        {"{", "no valid JSON"},
        {"garbage", "no valid JSON"},
        {"7", "the record is of another type"},
        {"null", "the record is of another type"},
        {R"({"id":"https://openalex.org/W1")", "no valid JSON"},
        {R"({"id":"https://openalex.org/W1","title":"cut)", "no valid JSON"},
        {R"({"id":"https://openalex.org/W1","referenced_works":["a")", "no valid JSON"},
        {R"({"id" "https://openalex.org/W1"})", "no valid JSON"},
        {work("W1") + "}", "text behind the record"},
        {work("W1") + work("W2"), "text behind the record"},
        {work("W1", "\"title\":\"\xFF\""), "no valid JSON"},
        {work("W1", "\"title\":\"\x01\""), "no valid JSON"},
        {work("W1", R"("type":"\ud800")"), "no valid JSON"},
        {work("W1", R"("type":"\x")"), "no valid JSON"},
        {"{}", "the id of a work is required, got \"\""},
        {R"({"error":"Invalid query","message":"x"})", "the id of a work is required, got \"\""},
        {work("A5"), "the id of a work is required, got \"A5\""},
        {R"({"id":7})", "id is of another type"},
        {R"({"id":null})", "the id of a work is required, got \"\""},
        {work("W1", R"("publication_year":"2018")"), "publication_year is of another type"},
        {work("W1", R"("publication_year":20188)"), "publication_year is no whole number from 1 to 9999"},
        {work("W1", R"("publication_year":0)"), "publication_year is no whole number from 1 to 9999"},
        {work("W1", R"("publication_year":-1)"), "publication_year is no whole number from 1 to 9999"},
        {work("W1", R"("publication_year":2018.5)"), "publication_year is no whole number from 1 to 9999"},
        {work("W1", R"("publication_year":99999999999999999999)"),
         "publication_year is no whole number from 1 to 9999"},
        {work("W1", R"("publication_date":"2018-02-30")"),
         "publication_date is no date such as 2021-05-31: \"2018-02-30\""},
        {work("W1", R"("publication_date":"2018")"), "publication_date is no date such as 2021-05-31: \"2018\""},
        {work("W1", R"("publication_date":"")"), "publication_date is no date such as 2021-05-31: \"\""},
        {work("W1", R"("is_retracted":"no")"), "is_retracted is of another type"},
        {work("W1", R"("is_retracted":nope)"), "no valid JSON"},
        {work("W1", R"("topics":{})"), "topics is of another type"},
        {work("W1", R"("topics":[7])"), "a topic is of another type"},
        {work("W1", R"("topics":[{"score":"high"}])"), "score is no number in the range of a double"},
        {work("W1", R"("topics":[{"score":""}])"), "score is no number in the range of a double"},
        {work("W1", R"("topics":[{"score":1e999}])"), "score is no number in the range of a double"},
        {work("W1", R"("concepts":[{"score":"1e999"}])"), "score is no number in the range of a double"},
        {work("W1", R"("concepts":[{"score":"nan"}])"), "score is no number in the range of a double"},
        {work("W1", R"("concepts":[{"level":-1}])"), "level is no whole number from 0 to 1000000"},
        {work("W1", R"("topics":[{"subfield":{"id":"https://openalex.org/subfields/x"}}])"),
         "subfield has an id that ends in no number"},
        {work("W1", R"("topics":[{"subfield":7}])"), "subfield is of another type"},
        {work("W1", R"("authorships":[{"author_position":"fourth"}])"),
         "author_position is none of first, middle and last: \"fourth\""},
        {work("W1", R"("authorships":[{"institutions":{}}])"), "institutions is of another type"},
        {work("W1", R"("authorships":[{"raw_affiliation_strings":"x"}])"),
         "raw_affiliation_strings is of another type"},
        {work("W1", R"("authorships":[{"raw_affiliation_strings":[1]}])"), "a raw affiliation is of another type"},
        {work("W1", R"("abstract_inverted_index":[])"), "abstract_inverted_index is of another type"},
        {work("W1", R"("abstract_inverted_index":"")"), "no valid JSON"},
        {work("W1", R"("abstract_inverted_index":"{\"a\":[0]")"), "no valid JSON"},
        {work("W1", R"("abstract_inverted_index":"{\"a\":[0]}}")"), "text behind the abstract's index"},
        {work("W1", R"("abstract_inverted_index":{"a":0})"), "a word's places is of another type"},
        {work("W1", R"("abstract_inverted_index":{"a":["0"]})"), "a word's place is of another type"},
        {work("W1", R"("abstract_inverted_index":{"a":[-1]})"), "a word's place is no whole number from 0 to 1048575"},
        {work("W1", R"("abstract_inverted_index":{"a":[4000000000]})"),
         "a word's place is no whole number from 0 to 1048575"},
        {work("W1", R"("abstract_inverted_index":{"a":[0],"b":[0]})"), "two words of the abstract have one place"},
        {R"({"results":[)" + work("W1"), "no valid JSON"},
        {R"({"results":[{"results":[]}]})", "a page on a page"},
        {R"({"results":[7]})", "a work is of another type"},
        {"[[]]", "a work is of another type"},
        {R"({"results":[)" + work("A1") + "]}", "the id of a work is required, got \"A1\""},
        {"{\"a\":" + deep, "no valid JSON"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        // The reader and its memory go on to the next line.
        const auto made = read(work("W8", R"("type":"x")") + "\n" + each.text + "\n" + work("W9"));
        CHECK(ids(made) == "W8 W9");
        REQUIRE(made.problems.size() == 1);
        CHECK(made.problems[0].starts_with("line 2: " + each.reason));
        CHECK(!made.works[1].type);
        CHECK(read(each.text).problems.size() == 1);
        // Or it is the end.
        const std::string text = work("W8") + "\n" + each.text + "\n" + work("W9");
        cd::openalex_reader reader(std::string_view(text), {});
        auto at = reader.begin();
        CHECK(at->id == "W8");
        try {
            ++at;
            FAIL("nothing is thrown");
        } catch (const cd::read_error& error) {
            CHECK(error.problem().line == 2);
            CHECK(error.problem().file.empty());
            CHECK(std::string(error.what()) == "compute_divide::openalex_reader: line 2: " + error.problem().reason);
        }
        CHECK(at == reader.end());
    }
}

TEST_CASE("other works of a page are read") {
    const auto made = read(R"({"results":[)" + work("W1") + "," + work("W2", R"("publication_year":0)") + "," +
                           work("W3") + "]}\n" + work("W4"));
    CHECK(ids(made) == "W1 W3 W4");
    CHECK(made.problems == std::vector<std::string>{"line 1: publication_year is no whole number from 1 to 9999"});
}

TEST_CASE("no problem in what is not wanted") {
    const std::string text = work(
        "W1", R"("title":7,"topics":7,"concepts":7,"authorships":7,"primary_location":7,"abstract_inverted_index":7)");
    const cd::openalex_fields none{false, false, false, false, false, false, false};
    CHECK(ids(read(text, {.fields = none})) == "W1");
    CHECK(read(text).problems.size() == 1);
    const auto made = read(work("W1", R"("authorships":[{"raw_affiliation_strings":["x"]}])"),
                           {.fields = {.raw_affiliations = false}});
    CHECK(made.works.at(0).authorships.at(0).raw_affiliations.empty());
}

TEST_CASE("a line that is too long is passed over") {
    const std::string longest = work("W1", R"("title":")" + std::string(300, 'x') + '"');
    const auto limit = [](std::size_t bytes, std::size_t block) {
        return cd::openalex_options{.on_error = cd::error_handling::skip, .most_bytes = bytes, .block_size = block};
    };
    for (const std::size_t block : sizes{1, 100, 500, 5000}) {
        CAPTURE(block);
        const std::string text = work("W0") + "\n" + longest + "\n" + work("W2") + "\n" + longest;
        CHECK(ids(read(text, limit(longest.size(), block))) == "W0 W1 W2 W1");
        const auto made = read(text, limit(longest.size() - 1, block));
        CHECK(ids(made) == "W0 W2");
        const std::string reason = "more than " + std::to_string(longest.size() - 1) + " bytes";
        CHECK(made.problems == std::vector<std::string>{"line 2: " + reason, "line 4: " + reason});
        const auto page = read("{\n\"results\":[" + longest + "]\n}\n", limit(100, block));
        CHECK(page.works.empty());
        CHECK(page.problems == std::vector<std::string>{"line 1: more than 100 bytes"});
    }
}

TEST_CASE("files and folders") {
    const temporary_folder folder("folders");
    folder.write("works/updated_date=2023-02-01/part_001.gz", gzipped(work("W3") + "\n"));
    folder.write("works/updated_date=2023-02-01/part_000.gz", gzipped(work("W2") + "\n"));
    folder.write("works/updated_date=2022-12-31/part_000.jsonl", work("W1"));
    folder.write("works/manifest", "no works");
    const std::string alone = folder.write("alone.txt", work("W4") + "\nbad\n" + work("W5"));
    const std::string works = (folder.path / "works").string();
    auto reader = cd::openalex_reader::open(works);
    CHECK(ids(all_of(reader)) == "W1 W2 W3");
    auto several = cd::openalex_reader::open_parts({alone, works}, skip);
    CHECK(ids(all_of(several)) == "W4 W5 W1 W2 W3");
    REQUIRE(several.problems().size() == 1);
    CHECK(several.problems()[0].file == alone);
    CHECK(several.problems()[0].line == 2);

    // A cut file ends where its last whole line does; the next goes on.
    const std::string lines = work("W1") + "\n" + work("W2") + "\n" + work("W3") + "\n";
    const std::string whole = gzipped(lines);
    const std::string cut = folder.write("cut/a.gz", std::string_view(whole).substr(0, whole.size() - 9));
    folder.write("cut/b.gz", gzipped(work("W9")));
    folder.write("cut/c.gz", gzipped(work("W10") + "\n") + "trailing");
    auto damaged = cd::openalex_reader::open((folder.path / "cut").string(), skip);
    const auto made = all_of(damaged);
    CHECK(made.works.size() >= 2);
    CHECK(made.works.back().id == "W10");
    REQUIRE(damaged.problems().size() == 2);
    CHECK(damaged.problems()[0].file == cut);
    CHECK(damaged.problems()[0].reason == "a gzip member is cut short");
    CHECK(damaged.problems()[1].reason == "bytes that are no gzip member");

    // A download that failed.
    const std::string empty = folder.write("failed/a.gz", "");
    folder.write("failed/b.gz", gzipped(""));
    auto failed = cd::openalex_reader::open((folder.path / "failed").string(), skip);
    CHECK(ids(all_of(failed)) == "");
    REQUIRE(failed.problems().size() == 1);
    CHECK(failed.problems()[0].file == empty);
    CHECK(failed.problems()[0].reason == "a gzip file without a byte, as of a download that failed");

    // A file that went away since.
    auto gone = cd::openalex_reader::open_parts({cut, alone}, skip);
    std::filesystem::remove(cut);
    CHECK(ids(all_of(gone)) == "W4 W5");
    CHECK(gone.problems().front() == cd::read_problem{.file = cut, .reason = "the file cannot be opened"});

    CHECK(message_of([&] { return cd::openalex_reader::open("/nowhere/at/all").n_works(); }) ==
          "compute_divide::openalex_parts: a file or a folder, got \"/nowhere/at/all\"");
    std::filesystem::create_directory(folder.path / "empty");
    CHECK(message_of([&] {
              return cd::openalex_parts({(folder.path / "empty").string()});
          }).starts_with("compute_divide::openalex_parts: a folder with files that end in"));
    CHECK(message_of([] { return cd::openalex_reader(std::string_view(), {.block_size = 0}).n_works(); }) ==
          "compute_divide::openalex_reader: block_size > 0, got 0");
    CHECK(message_of([] { return cd::openalex_reader(std::string_view(), {.most_bytes = 0}).n_works(); }) ==
          "compute_divide::openalex_reader: most_bytes from 1 to 4e9, got 0");
}

TEST_CASE("a file that is cut anywhere") {
    std::string lines;
    for (int i = 0; i < 20; ++i) lines += work("W" + std::to_string(i), R"("publication_year":2020)") + "\n";
    const std::string whole = gzipped(lines);
    const std::size_t works = read(lines).works.size();
    for (std::size_t cut = 2; cut < whole.size(); ++cut) {
        CAPTURE(cut);
        const auto made = read(whole.substr(0, cut));
        REQUIRE(made.problems.size() == 1);
        CHECK(made.problems[0].ends_with(": a gzip member is cut short"));
        CHECK(made.problems[0].starts_with("line " + std::to_string(made.works.size() + 1) + ":"));
        CHECK(made.works.size() <= works);
    }
}

// simdjson refuses this one where a brace is behind it, as one was left there by the record before.
TEST_CASE("what is made of damaged JSON does not depend on what was read before it") {
    const std::string damaged = R"({"id":"https://openalex.org/W1","x"::{}}})";
    const std::string text =
        work("W2", R"("title":"}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}")") + "\n" + damaged;
    const cd::openalex_options options{.on_error = cd::error_handling::skip};
    std::istringstream stream(text);
    cd::openalex_reader of_stream(stream, options), of_memory(std::string_view(text), options),
        alone(std::string_view(damaged), options);
    std::size_t works = 0;
    for (cd::openalex_reader* reader : {&of_stream, &of_memory, &alone})
        for ([[maybe_unused]] const auto& each : *reader) ++works;
    CHECK(of_memory.n_problems() == of_stream.n_problems());
    CHECK(of_memory.n_problems() == alone.n_problems());
    CHECK(works + 3 * alone.n_problems() == 5);
}

TEST_CASE("problems are counted beyond those that are kept") {
    std::string text;
    for (int i = 0; i < 50; ++i) text += "bad\n";
    cd::openalex_reader reader(std::string_view(text), {.on_error = cd::error_handling::skip, .most_problems = 3});
    for (const auto& each : reader) static_cast<void>(each);
    CHECK(reader.n_problems() == 50);
    CHECK(reader.problems().size() == 3);
}

TEST_CASE("ids of authors are read when asked for") {
    const std::string text = work("W1", R"("authorships":[
        {"author_position":"first","author":{"display_name":"x","id":"https://openalex.org/A5023888391","orcid":null}},
        {"author":{"id":null}},{"author":null},{"author":{}},{}])");
    const cd::openalex_options with{.fields = {.authors = true}};
    std::string line = text;
    std::erase(line, '\n');
    cd::openalex_reader reader{std::string_view(line), with};
    const cd::openalex_work made = *reader.begin();
    REQUIRE(made.authorships.size() == 5);
    CHECK(made.authorships[0].author == "A5023888391");
    for (std::size_t i = 1; i < 5; ++i) CHECK(made.authorships[i].author.empty());
    cd::openalex_reader without{std::string_view(line)};
    CHECK(without.begin()->authorships[0].author.empty());

    std::string two = work("W1", R"("authorships":[{"author":{"id":"https://openalex.org/A1"}}])") + "\n" +
                      work("W2", R"("authorships":[{}])") + "\n";
    cd::openalex_reader again{std::string_view(two), with};
    auto at = again.begin();
    CHECK((*at).authorships.at(0).author == "A1");
    ++at;
    CHECK((*at).authorships.at(0).author.empty());  // memory that is used again holds nothing

    const std::string wrong = work("W1", R"("authorships":[{"author":7}])");
    CHECK(message_of<cd::read_error>([&] {
              static_cast<void>(cd::openalex_reader(std::string_view(wrong), with).begin());
          }).find("an author") != std::string::npos);
    const std::string no_text = work("W1", R"("authorships":[{"author":{"id":7}}])");
    CHECK(message_of<cd::read_error>([&] {
              static_cast<void>(cd::openalex_reader(std::string_view(no_text), with).begin());
          }).find("id") != std::string::npos);
    CHECK(cd::openalex_reader(std::string_view(wrong)).begin()->authorships.size() == 1);  // not looked into
}

TEST_CASE("memory goes from work to work") {
    std::string wide = work(
        "W1",
        R"("topics":[{"display_name":"a name of more than fifteen letters"}],"authorships":[{"raw_affiliation_strings":
              ["an affiliation of more than fifteen letters","another"]},{},{}],"abstract_inverted_index":{"a":[0]})");
    std::erase(wide, '\n');
    std::string text;
    for (const std::string& each : {wide, work("W2"), wide, work("W3", R"("authorships":[{}])")}) text += each + "\n";
    cd::openalex_reader reader{std::string_view(text)};
    auto at = reader.begin();
    const cd::openalex_work first = *at;
    const char* const name = at->topics.at(0).name.data();
    ++at;
    CHECK(at->topics.empty());
    CHECK(at->authorships.empty());
    CHECK(!at->abstract.known());
    ++at;
    CHECK(*at == first);
    CHECK(at->topics.at(0).name.data() == name);
    ++at;
    CHECK(at->authorships == std::vector<cd::openalex_authorship>(1));
    ++at;
    CHECK(at == reader.end());
}

namespace {

std::string shown(const std::optional<std::string>& text) {
    return text.value_or("-");
}
std::string shown(std::optional<bool> flag) {
    return flag ? *flag ? "yes" : "no" : "-";
}
std::string shown(std::optional<int> number) {
    return number ? std::to_string(*number) : "-";
}
std::string bits(std::optional<double> score) {
    return score ? std::to_string(std::bit_cast<std::uint64_t>(*score)) : "-";
}
std::string name(const auto& value) {
    return value ? std::string(cd::name_of(*value)) : "-";
}
std::string size(const auto& list, bool known) {
    return known ? std::to_string(list.size()) : "-";
}

/// The facts of a work as tests/reference/openalex_sample.py writes them.
std::string facts_of(const cd::openalex_work& work) {
    std::uint64_t hash = 0xCBF29CE484222325;
    const auto line = [&](const std::string& text) {
        for (const char c : text + "\n") hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    };
    for (const auto& each : work.topics)
        line("T|" + each.id + "|" + each.name + "|" + bits(each.score) + "|" + shown(each.subfield) + "|" +
             shown(each.field) + "|" + shown(each.domain));
    for (const auto& each : work.concepts)
        line("C|" + each.id + "|" + each.name + "|" + shown(each.level) + "|" + bits(each.score));
    std::size_t institutions = 0, affiliations = 0;
    for (const auto& author : work.authorships) {
        line("A|" + name(author.position) + "|" + shown(author.is_corresponding));
        for (const auto& each : author.institutions)
            line("I|" + each.id + "|" + each.ror + "|" + shown(each.country) + "|" + name(each.type));
        for (const std::string& each : author.raw_affiliations) line("R|" + each);
        institutions += author.institutions.size();
        affiliations += author.raw_affiliations.size();
    }
    if (work.abstract.known()) line("X|" + work.abstract.text());
    std::string date = "-";
    if (work.date) {
        char text[32];
        std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(work.date->year()),
                      static_cast<unsigned>(work.date->month()), static_cast<unsigned>(work.date->day()));
        date = text;
    }
    std::string facts;
    for (const std::string& each :
         {work.id, shown(work.year), date, shown(work.type), shown(work.language), shown(work.is_retracted),
          shown(work.is_paratext), shown(work.is_xpac), work.source.id.empty() ? "-" : work.source.id,
          work.source.type.empty() ? "-" : work.source.type, size(work.topics, work.topics_known),
          size(work.concepts, work.concepts_known), size(work.authorships, work.authorships_known),
          std::to_string(institutions), std::to_string(affiliations), size(work.abstract, work.abstract.known()),
          std::to_string(hash)})
        facts.append(facts.empty() ? "" : ",").append(each);
    return facts;
}

}  // namespace

TEST_CASE("653 works of six vintages, field by field as Python reads them") {
    const std::string root = COMPUTE_DIVIDE_SOURCE_DIR;
    auto reader = cd::openalex_reader::open(root + "/examples/data/openalex_sample.jsonl.gz");
    std::ifstream reference(root + "/tests/reference/openalex_sample.csv");
    std::string expected;
    std::getline(reference, expected);
    std::size_t most_authors = 0;
    for (const cd::openalex_work& work : reader) {
        REQUIRE(std::getline(reference, expected));
        CHECK(facts_of(work) == expected);
        most_authors = std::max(most_authors, work.authorships.size());
    }
    CHECK(reader.n_works() == 653);
    CHECK(most_authors == 5103);
    CHECK(!std::getline(reference, expected));
}
