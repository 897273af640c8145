// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/openalex_snapshot.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/message_of.hpp"

namespace cd = compute_divide;
namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test_support::message_of;

namespace {

/// A folder that is there for one test.
class temporary_folder {
public:
    explicit temporary_folder(fs::path path) : path_(std::move(path)) { fs::remove_all(path_); }
    ~temporary_folder() { fs::remove_all(path_); }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    void write(const std::string& file, const std::string& text) const {
        fs::create_directories((path_ / file).parent_path());
        std::ofstream(path_ / file, std::ios::binary) << text;
    }
    [[nodiscard]] std::string at(const std::string& file = {}) const { return (path_ / file).string(); }

private:
    fs::path path_;
};

std::string entry(const std::string& path, const std::string& bytes, const std::string& works) {
    return R"({"url":"s3://openalex/data/jsonl/works/)" + path + R"(","meta":{"content_length":)" + bytes +
           R"(,"record_count":)" + works + "}}";
}
const std::string newer = "updated_date=2026-06-24/part_0000.gz", older = "updated_date=2025-01-02/part_0000.gz";

}  // namespace

TEST_CASE("parts come newest first, of both layouts, with what the manifest says of them") {
    const temporary_folder root("openalex_snapshot_test_layouts");
    for (const std::string layout : {"new/data/jsonl/works/", "old/data/works/"}) {
        root.write(layout + older, "12345");
        root.write(layout + newer, "123");
        root.write(layout + "updated_date=2025-01-02/part_0001.gz", "1234");
    }
    root.write("new/data/parquet/works/" + newer, "PAR1");
    root.write("new/data/jsonl/manifest.json", "{}");
    root.write("new/data/jsonl/authors/" + newer, "1");
    root.write(
        "new/data/jsonl/works/manifest.json",
        R"({"date":"2026-06-25","format":"jsonl","entity":"works","record_count":5,"content_length":8,"files":[)" +
            entry(older, "5", "2") + "," + entry(newer, "3", "3") + "]}");
    root.write("old/data/works/manifest", R"({"entries":[)" + entry(older, "5", "2") + "," + entry(newer, "3", "3") +
                                              R"(],"meta":{"content_length":8,"record_count":5}})");
    root.write("old/data/merged_ids/works/2024-01-01.csv", "merge_date,id,merge_into_id\n");
    for (const std::string name :
         {"new", "new/data", "new/data/jsonl", "new/data/jsonl/works", "old", "old/data/works"}) {
        const auto found = cd::open_snapshot({root.at(name)});
        const std::string works = name.starts_with("new") ? "new/data/jsonl/works/" : "old/data/works/";
        CHECK(found.parts == std::vector<cd::openalex_snapshot_part>{
                                 {root.at(works + newer), 2026y / 6 / 24, 3},
                                 {root.at(works + older), 2025y / 1 / 2, 2},
                                 {root.at(works + "updated_date=2025-01-02/part_0001.gz"), 2025y / 1 / 2, {}}});
        CHECK(found.manifests.size() == 1);
        CHECK(found.not_listed == std::vector{root.at(works + "updated_date=2025-01-02/part_0001.gz")});
        CHECK(found.merged_ids.size() == (name.starts_with("old") ? 1 : 0));
    }
    const auto unchecked = cd::open_snapshot({root.at("new")}, cd::openalex_manifests::ignored);
    CHECK(unchecked.manifests.empty());
    CHECK(unchecked.not_listed.empty());
    // A file alone, and one of no date, which is last.
    root.write("W1.json", "{}");
    const auto files = cd::open_snapshot({root.at("W1.json"), root.at("old/data/works/" + older)});
    CHECK(files.parts[0].updated == 2025y / 1 / 2);
    CHECK(!files.parts[1].updated);
}

TEST_CASE("what is missing or short is named") {
    const temporary_folder root("openalex_snapshot_test_missing");
    root.write("works/" + older, "12345");
    const auto with = [&](const std::string& files) {
        root.write("works/manifest.json", "{\"files\":[" + files + "]}");
        return message_of<std::runtime_error>([&] { return cd::open_snapshot({root.at()}); });
    };
    CHECK(with(entry(older, "5", "2")) == "no error");
    CHECK(with(entry(older, "6", "2")).ends_with("of another size: " + root.at("works/" + older) + " (5 of 6 bytes)"));
    CHECK(with(entry(older, "5", "2") + "," + entry(newer, "3", "3"))
              .ends_with("manifest.json: not there: " + root.at("works/" + newer)));
    CHECK(with(entry("a.gz", "1", "1") + "," + entry("b.gz", "1", "1") + "," + entry("c.gz", "1", "1") + "," +
               entry("d.gz", "1", "1"))
              .ends_with(root.at("works/c.gz") + " and 1 more"));
}

TEST_CASE("a manifest that lies is refused") {
    const temporary_folder root("openalex_snapshot_test_lies");
    root.write("works/" + older, "12345");
    const auto with = [&](const std::string& manifest) {
        root.write("works/manifest.json", manifest);
        return message_of<std::runtime_error>([&] { return cd::open_snapshot({root.at()}); });
    };
    const auto refused = [&](const std::string& manifest, const std::string& words) {
        const std::string said = with(manifest);
        CAPTURE(said);
        CHECK(said.find("manifest.json: ") != std::string::npos);
        CHECK(said.find(words) != std::string::npos);
    };
    const std::string good = entry(older, "5", "2");
    refused("", "JSON");
    refused("[]", "an object of JSON");
    refused("{}", "a list of files");
    refused(R"({"files":[]})", "at least one file");
    refused(R"({"format":"parquet","files":[)" + good + "]}", R"(format "jsonl" required, got "parquet")");
    refused(R"({"entity":"authors","files":[)" + good + "]}", R"(entity "works" required, got "authors")");
    refused(R"({"files":[)" + good + "," + good + "]}", "each file once");
    refused(R"({"files":[{"meta":{}}]})", "a url of each file");
    refused(R"({"files":[1]})", "a url of each file");
    for (const std::string path : {"../../../etc/passwd", "a/../../b.gz", "/etc/passwd", ".", "", "a/", "a\\\\b.gz",
                                   "C:x.gz", "a/./b.gz", "a\\u0000.gz"})
        refused(R"({"files":[)" + entry(path, "5", "2") + "]}", "urls of files in /works/");
    refused(R"({"files":[{"url":"s3://openalex/data/authors/part.gz"}]})", "urls of files in /works/");
    for (const std::string number : {"-1", "1.5", "\"5\"", "1e30", "18446744073709551615", "9007199254740993"})
        refused(R"({"files":[)" + entry(older, number, "2") + "]}", "a whole content_length from 0 to 2^53");
    refused(R"({"record_count":3,"files":[)" + good + "]}", "record_count that is the sum of its files', 2");
    refused(R"({"entries":[)" + good + R"(],"meta":{"content_length":4}})", "sum of its files', 5");
}

TEST_CASE("Parquet, two layouts and wrong dates are refused, with what to do") {
    const temporary_folder root("openalex_snapshot_test_refused");
    root.write("parquet/works/" + newer + ".parquet", "PAR1");
    root.write("only/data/parquet/works/updated_date=2026-06-24/part_0000.parquet", "PAR1");
    for (const std::string path : {"only", "only/data", "only/data/parquet", "only/data/parquet/works",
                                   "only/data/parquet/works/updated_date=2026-06-24/part_0000.parquet"}) {
        const std::string said = message_of([&] { return cd::openalex_parts({root.at(path)}); });
        CAPTURE(path);
        CHECK(said.find("DuckDB") != std::string::npos);
        CHECK(said.find("data/jsonl/works") != std::string::npos);
    }
    root.write("two/data/jsonl/works/a.gz", "1");
    root.write("two/data/works/a.gz", "1");
    CHECK(message_of([&] { return cd::openalex_parts({root.at("two")}); }).find("one folder of works") !=
          std::string::npos);
    for (const std::string date : {"yesterday", "2026-02-30", "2026-06", ""}) {
        const std::string part = root.at("updated_date=" + date + "/part.gz");
        CHECK(message_of([&] { return cd::openalex_updated(part); }).find("a folder updated_date=YYYY-MM-DD") !=
              std::string::npos);
    }
    CHECK(cd::openalex_updated("x/updated_date=2024-02-29/part.gz") == 2024y / 2 / 29);
    CHECK(!cd::openalex_updated("x/part.gz"));
}

TEST_CASE("works that were merged into others") {
    const temporary_folder root("openalex_snapshot_test_merged");
    root.write("a.csv", "merge_date,id,merge_into_id\n2024-01-01,W1,W2\n2024-01-01,https://openalex.org/W3,W2\n");
    root.write("b.csv", "merge_date,id,merge_into_id\n2024-01-02,W5,W5\n2024-01-02,W1,W6\n");
    CHECK(cd::merged_work_ids({root.at("a.csv"), root.at("b.csv")}).ids() == std::vector<std::uint64_t>{1, 3});
    CHECK(cd::merged_work_ids({}).empty());
    root.write("c.csv", "merge_date,id,merge_into_id\n2024-01-02,A5,W5\n");
    CHECK(message_of([&] { return cd::merged_work_ids({root.at("c.csv")}); }).find("c.csv: the id of a work") !=
          std::string::npos);
    root.write("d.csv", "id,other\nW1,W2\n");
    CHECK(message_of([&] { return cd::merged_work_ids({root.at("d.csv")}); }).find("merge_into_id") !=
          std::string::npos);
}
