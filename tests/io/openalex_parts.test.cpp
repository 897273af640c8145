// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/openalex_parts.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::message_of;

TEST_CASE("a file stands for itself, a folder for the parts in it, in the order of their names") {
    const std::filesystem::path folder = "openalex_parts_test";
    std::filesystem::remove_all(folder);
    for (const char* const path : {"works/b/part_001.gz", "works/b/part_000.jsonl", "works/a/part_000.ndjson",
                                   "works/manifest", "alone.txt", "empty/nothing.txt"}) {
        std::filesystem::create_directories((folder / path).parent_path());
        std::ofstream(folder / path) << "x";
    }
    const auto at = [&](const char* path) { return (folder / path).string(); };
    CHECK(cd::openalex_parts({at("works")}) ==
          std::vector{at("works/a/part_000.ndjson"), at("works/b/part_000.jsonl"), at("works/b/part_001.gz")});
    CHECK(cd::openalex_parts({"-", at("alone.txt")}) == std::vector<std::string>{"-", at("alone.txt")});
    CHECK(cd::openalex_parts({at("works"), at("alone.txt")}).size() == 4);
    CHECK(message_of([&] { return cd::openalex_parts({"/nowhere/at/all"}); }) ==
          "compute_divide::openalex_parts: a file or a folder, got \"/nowhere/at/all\"");
    CHECK(message_of([&] {
              return cd::openalex_parts({at("empty")});
          }).starts_with("compute_divide::openalex_parts: a folder with files that end in"));
    std::filesystem::remove_all(folder);
}
