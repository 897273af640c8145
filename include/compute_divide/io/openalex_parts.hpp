// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_OPENALEX_PARTS_HPP
#define COMPUTE_DIVIDE_IO_OPENALEX_PARTS_HPP

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <compute_divide/detail/require.hpp>

/// The files of a snapshot of OpenAlex.
namespace compute_divide {

/// The part files that paths stand for: a file, or "-" for standard input, itself; a folder all files in it and its
/// folders whose names end in .gz, .jsonl, .ndjson or .json, in the order of their names. Throws std::invalid_argument
/// for what is not there, and for a folder without such files.
[[nodiscard]] inline std::vector<std::string> openalex_parts(const std::vector<std::string>& paths) {
    namespace fs = std::filesystem;
    std::vector<std::string> parts;
    for (const std::string& path : paths) {
        std::error_code error;
        if (path == "-" || !fs::is_directory(path, error)) {
            detail::require(path == "-" || fs::exists(path, error), "openalex_parts", "a file or a folder", path);
            parts.push_back(path);
            continue;
        }
        const auto before = static_cast<std::ptrdiff_t>(parts.size());
        for (const fs::directory_entry& each : fs::recursive_directory_iterator(path)) {
            const std::string ending = each.path().extension().string();
            if ((ending == ".gz" || ending == ".jsonl" || ending == ".ndjson" || ending == ".json") &&
                !each.is_directory(error))
                parts.push_back(each.path().string());
        }
        detail::require(static_cast<std::ptrdiff_t>(parts.size()) > before, "openalex_parts",
                        "a folder with files that end in .gz, .jsonl, .ndjson or .json", path);
        std::sort(parts.begin() + before, parts.end());
    }
    return parts;
}

}  // namespace compute_divide

#endif
