// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_OPENALEX_PARTS_HPP
#define COMPUTE_DIVIDE_IO_OPENALEX_PARTS_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/io/fields.hpp>

/// The files of a snapshot of OpenAlex, in any of its layouts:
///
///     ROOT/data/jsonl/works/updated_date=2026-06-24/part_0000.gz      since June 2026
///     ROOT/data/works/updated_date=2024-01-15/part_000.gz             before
///     ROOT/works/W2741809807.json                                     a download by the API's command line
///
/// ROOT, data, jsonl or works may be named, or any folder of parts below.
namespace compute_divide::inline v0_2 {

/// What becomes of the manifests of a snapshot.
enum class openalex_manifests {
    checked,  ///< every part of a manifest must be there, as large as it says
    ignored   ///< for a part of a snapshot, or one of which some partitions are older than the manifest
};
[[nodiscard]] constexpr auto enumerators(openalex_manifests) {
    using enum openalex_manifests;
    return std::array{named<openalex_manifests>{checked, "checked", "every part must be there, as large as it says"},
                      named<openalex_manifests>{ignored, "ignored", "not looked at"}};
}

namespace detail {

[[nodiscard]] inline bool is_part_name(const std::filesystem::path& path) {
    const std::string ending = path.extension().string();
    return ending == ".gz" || ending == ".jsonl" || ending == ".ndjson" ||
           (ending == ".json" && path.filename() != "manifest.json");
}
[[noreturn]] inline void refuse_parquet(const std::string& path) {
    fail("openalex_parts",
         "JSON lines, such as those beside Parquet in data/jsonl/works, or Parquet turned into them, which DuckDB does "
         "by COPY (SELECT * FROM 'FILE.parquet') TO 'FILE.jsonl' (FORMAT json), or a stream of Arrow",
         path);
}

}  // namespace detail

/// The folder of works of a snapshot of which a folder is named: the one that has them, data/jsonl/works, jsonl/works,
/// data/works or works in it; itself where it has none of these. Throws std::invalid_argument where it has works in two
/// layouts, or only in Parquet.
[[nodiscard]] inline std::string openalex_works_folder(const std::string& root) {
    namespace fs = std::filesystem;
    std::error_code error;
    std::string found;
    for (const char* const layout : {"data/jsonl/works", "jsonl/works", "data/works", "works"}) {
        const fs::path folder = fs::path(root) / layout;
        if (!fs::is_directory(folder, error)) continue;
        detail::require(found.empty(), "openalex_works_folder", "one folder of works, to be named of " + found + " and",
                        folder.string());
        found = folder.string();
    }
    if (found.empty())
        for (const char* const layout : {"data/parquet/works", "parquet/works"})
            if (fs::is_directory(fs::path(root) / layout, error))
                detail::refuse_parquet((fs::path(root) / layout).string());
    return found.empty() ? root : found;
}

/// The part files that paths stand for: a file, or "-" for standard input, itself; a folder all files in its folder of
/// works, and in the folders there, whose names end in .gz, .jsonl, .ndjson or .json, but manifest.json, in the order
/// of their names. Throws std::invalid_argument for what is not there, for a folder without such files, for Parquet,
/// and as openalex_works_folder does.
[[nodiscard]] inline std::vector<std::string> openalex_parts(const std::vector<std::string>& paths) {
    namespace fs = std::filesystem;
    std::vector<std::string> parts;
    for (const std::string& path : paths) {
        std::error_code error;
        if (path == "-" || !fs::is_directory(path, error)) {
            detail::require(path == "-" || fs::exists(path, error), "openalex_parts", "a file or a folder", path);
            if (fs::path(path).extension() == ".parquet") detail::refuse_parquet(path);
            parts.push_back(path);
            continue;
        }
        const auto before = static_cast<std::ptrdiff_t>(parts.size());
        std::string parquet;
        for (const fs::directory_entry& each : fs::recursive_directory_iterator(openalex_works_folder(path))) {
            if (each.is_directory(error)) continue;
            if (each.path().extension() == ".parquet") parquet = each.path().string();
            if (detail::is_part_name(each.path())) parts.push_back(each.path().string());
        }
        const bool is_none = static_cast<std::ptrdiff_t>(parts.size()) == before;
        if (is_none && !parquet.empty()) detail::refuse_parquet(parquet);
        detail::require(!is_none, "openalex_parts", "a folder with files that end in .gz, .jsonl, .ndjson or .json",
                        path);
        std::sort(parts.begin() + before, parts.end());
    }
    return parts;
}

/// When the works of a part were changed last, by the folder it is in: 2026-06-24 of
/// ".../updated_date=2026-06-24/part_0000.gz". Empty where no folder says so. Throws std::invalid_argument for a folder
/// "updated_date=..." of no date.
[[nodiscard]] inline std::optional<std::chrono::year_month_day> openalex_updated(const std::string& path) {
    constexpr std::string_view name = "updated_date=";
    std::optional<std::chrono::year_month_day> updated;
    const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
    for (const std::filesystem::path& each : folder) {
        const std::string text = each.string();
        if (!text.starts_with(name)) continue;
        updated.reset();
        try {
            if (const auto date = parse_date(std::string_view(text).substr(name.size()))) updated = date->day;
        } catch (const std::invalid_argument&) {  // told below
        }
        detail::require(updated.has_value(), "openalex_updated", "a folder updated_date=YYYY-MM-DD", text);
    }
    return updated;
}

}  // namespace compute_divide::inline v0_2

#endif
