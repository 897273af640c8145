// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_OPENALEX_SNAPSHOT_HPP
#define COMPUTE_DIVIDE_IO_OPENALEX_SNAPSHOT_HPP

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <simdjson.h>

#include <compute_divide/io/compressed.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/openalex_parts.hpp>
#include <compute_divide/io/work_ids.hpp>

/// A snapshot of OpenAlex: its parts, in the order in which each work counts once, and whether they are all there.
/// Needs simdjson, ISA-L and CRoaring.
///
/// A snapshot that is kept in step by downloading the newer partitions holds older versions of works: those that were
/// changed are in a newer partition, and still in the one that was downloaded before. Parts come newest first, so that
/// who skips the ids that were seen before (work_ids) counts each work once, in its newest version, in one pass:
///
///     const openalex_snapshot snapshot = open_snapshot({"openalex-snapshot"});
///     work_ids seen = merged_work_ids(snapshot.merged_ids);
///     for (const openalex_snapshot_part& part : snapshot.parts)
///         for (const openalex_work& work : openalex_reader::open(part.path))
///             if (seen.insert(openalex_number(work.id, 'W').value())) count(work);
namespace compute_divide::inline v0_2 {

/// A file of works.
struct openalex_snapshot_part {
    std::string path;
    std::optional<std::chrono::year_month_day> updated = {};  ///< when its works were changed last
    std::optional<std::uint64_t> works = {};                  ///< how many it holds, by the manifest

    friend bool operator==(const openalex_snapshot_part&, const openalex_snapshot_part&) = default;
};

/// What open_snapshot finds.
struct openalex_snapshot {
    std::vector<openalex_snapshot_part> parts;  ///< newest first; of one date, and without one, which are last, by name
    std::vector<std::string> manifests;         ///< that were read
    std::vector<std::string> not_listed;        ///< parts beside a manifest that it has not: of an earlier release
    std::vector<std::string> merged_ids;        ///< files of works that were merged into others

    friend bool operator==(const openalex_snapshot&, const openalex_snapshot&) = default;
};

/// A part as a manifest has it.
struct openalex_manifest_entry {
    std::string path;  ///< in the folder of works
    std::optional<std::uint64_t> bytes = {}, works = {};

    friend bool operator==(const openalex_manifest_entry&, const openalex_manifest_entry&) = default;
};

namespace detail {

/// Reads a manifest, of either form: {"format": "jsonl", "entity": "works", "record_count": ..., "content_length": ...,
/// "files": [...]}, or {"entries": [...], "meta": {"record_count": ..., "content_length": ...}}, with {"url":
/// "s3://openalex/data/jsonl/works/updated_date=.../part_0000.gz", "meta": {"content_length": ..., "record_count":
/// ...}} for each file.
class manifest_reader {
public:
    explicit manifest_reader(std::string path) : path_(std::move(path)) {}

    [[nodiscard]] std::vector<openalex_manifest_entry> read() {
        constexpr std::uintmax_t most_bytes = 64 << 20;
        std::error_code error;
        const std::uintmax_t size = std::filesystem::file_size(path_, error);
        if (error || size > most_bytes) fail("a file of at most 64 MB", error ? error.message() : shown(size));
        simdjson::dom::parser parser;
        simdjson::dom::object manifest;
        const auto problem = parser.load(path_).get(manifest);
        if (problem != simdjson::SUCCESS) fail("an object of JSON", simdjson::error_message(problem));
        require_text(manifest, "format", "jsonl");
        require_text(manifest, "entity", "works");
        simdjson::dom::array files;
        if (manifest["files"].get(files) != simdjson::SUCCESS && manifest["entries"].get(files) != simdjson::SUCCESS)
            fail("a list of files", "none");
        std::vector<openalex_manifest_entry> entries;
        std::set<std::string> seen;
        openalex_manifest_entry sum{.path = {}, .bytes = 0, .works = 0};
        for (const simdjson::dom::element file : files) {
            const auto& entry = entries.emplace_back(entry_of(file, entries.size() + 1));
            if (!seen.insert(entry.path).second) fail("each file once", shown(entry.path));
            add(sum.bytes, entry.bytes);
            add(sum.works, entry.works);
        }
        if (entries.empty()) fail("at least one file", "none");
        simdjson::dom::object totals;
        if (manifest["meta"].get(totals) != simdjson::SUCCESS) totals = manifest;
        require_sum(totals, "content_length", sum.bytes);
        require_sum(totals, "record_count", sum.works);
        return entries;
    }

private:
    static constexpr std::uint64_t most = std::uint64_t{1} << 53;  // bytes and works of all of OpenAlex are far fewer

    [[noreturn]] void fail(std::string_view required, std::string_view got) const {
        throw std::runtime_error(std::string("compute_divide::read_openalex_manifest: ")
                                     .append(path_)
                                     .append(": ")
                                     .append(required)
                                     .append(" required, got ")
                                     .append(got));
    }
    void require_text(simdjson::dom::object of, std::string_view key, std::string_view expected) const {
        std::string_view text;
        if (of[key].get(text) == simdjson::SUCCESS && text != expected)
            fail(std::string(key).append(" ").append(shown(expected)), shown(text));
    }
    [[nodiscard]] std::optional<std::uint64_t> number(simdjson::dom::object of, std::string_view key) const {
        simdjson::dom::element found;
        std::uint64_t value = 0;
        if (of[key].get(found) != simdjson::SUCCESS || found.is_null()) return std::nullopt;
        if (found.get(value) != simdjson::SUCCESS || value > most)
            fail(std::string("a whole ").append(key).append(" from 0 to 2^53"), "another");
        return value;
    }
    static void add(std::optional<std::uint64_t>& sum, std::optional<std::uint64_t> more) {
        sum = sum && more && *sum <= most ? std::optional(*sum + *more) : std::nullopt;
    }
    void require_sum(simdjson::dom::object totals, std::string_view key, std::optional<std::uint64_t> sum) const {
        const auto total = number(totals, key);
        if (total && sum && *total != *sum)
            fail(std::string("a ").append(key).append(" that is the sum of its files', ").append(shown(*sum)),
                 shown(*total));
    }
    [[nodiscard]] openalex_manifest_entry entry_of(simdjson::dom::element file, std::size_t at) const {
        std::string_view url;
        if (file["url"].get(url) != simdjson::SUCCESS) fail("a url of each file", "none of number " + shown(at));
        constexpr std::string_view folder = "/works/";
        const std::size_t begin = url.rfind(folder);
        const std::string path(begin == std::string_view::npos ? url : url.substr(begin + folder.size()));
        const std::filesystem::path inside = path;
        // A manifest may not lead out of the folder that it is in.
        bool is_inside = !path.empty() && begin != std::string_view::npos && inside.is_relative() &&
                         path.find_first_of(std::string_view("\\\0:", 3)) == std::string::npos;
        for (const std::filesystem::path& each : inside)
            is_inside = is_inside && each != ".." && each != "." && !each.empty();
        if (!is_inside) fail("urls of files in /works/", shown(url));
        openalex_manifest_entry entry{.path = path};
        simdjson::dom::object meta;
        if (file["meta"].get(meta) == simdjson::SUCCESS) {
            entry.bytes = number(meta, "content_length");
            entry.works = number(meta, "record_count");
        }
        return entry;
    }

    std::string path_;
};

/// Names the first few.
[[nodiscard]] inline std::string named_few(const std::vector<std::string>& all) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), 3); ++i) text += (i > 0 ? ", " : "") + all[i];
    return all.size() > 3 ? text + " and " + std::to_string(all.size() - 3) + " more" : text;
}

}  // namespace detail

/// The files of a manifest of works, data/jsonl/works/manifest.json or, before June 2026, data/works/manifest. Throws
/// std::runtime_error that names it where it is none, of another entity or format, names a file twice or outside of its
/// folder, or gives sums that are not those of its files.
[[nodiscard]] inline std::vector<openalex_manifest_entry> read_openalex_manifest(const std::string& path) {
    return detail::manifest_reader(path).read();
}

/// The parts that paths stand for, as openalex_parts finds them, newest first. A folder of works with a manifest is
/// checked against it: throws std::runtime_error that names the parts that are not there, or are not as large as it
/// says, and std::invalid_argument as openalex_parts and openalex_updated do. Cost: no part is opened.
[[nodiscard]] inline openalex_snapshot open_snapshot(const std::vector<std::string>& paths,
                                                     openalex_manifests manifests = openalex_manifests::checked) {
    namespace fs = std::filesystem;
    openalex_snapshot snapshot;
    std::error_code error;
    for (const std::string& path : paths) {
        std::map<std::string, openalex_manifest_entry> listed;  // by the path of the part
        const bool is_folder = path != "-" && fs::is_directory(path, error);
        const fs::path works = is_folder ? openalex_works_folder(path) : "";
        const auto parts = openalex_parts({path});
        fs::path manifest = works / "manifest.json";
        if (!fs::is_regular_file(manifest, error)) manifest = works / "manifest";
        const bool is_checked =
            is_folder && manifests == openalex_manifests::checked && fs::is_regular_file(manifest, error);
        if (is_checked) {
            snapshot.manifests.push_back(manifest.string());
            std::vector<std::string> missing, other;
            for (openalex_manifest_entry& entry : read_openalex_manifest(manifest.string())) {
                const fs::path part = works / entry.path;
                const std::uintmax_t size = fs::is_regular_file(part, error) ? fs::file_size(part, error) : 0;
                if (!fs::is_regular_file(part, error))
                    missing.push_back(part.string());
                else if (entry.bytes && *entry.bytes != size)
                    other.push_back(part.string() + " (" + std::to_string(size) + " of " +
                                    std::to_string(*entry.bytes) + " bytes)");
                listed.emplace(part.string(), std::move(entry));
            }
            if (!missing.empty() || !other.empty()) {
                std::string text = "compute_divide::open_snapshot: " + manifest.string() + ": ";
                if (!missing.empty()) text += "not there: " + detail::named_few(missing);
                if (!missing.empty() && !other.empty()) text += "; ";
                if (!other.empty()) text += "of another size: " + detail::named_few(other);
                throw std::runtime_error(text);
            }
        }
        for (const std::string& part : parts) {
            openalex_snapshot_part found{.path = part};
            if (part != "-") found.updated = openalex_updated(part);
            if (const auto entry = listed.find(part); entry != listed.end())
                found.works = entry->second.works;
            else if (is_checked)
                snapshot.not_listed.push_back(part);
            snapshot.parts.push_back(std::move(found));
        }
        if (!is_folder) continue;
        for (const char* const folder :
             {"../merged_ids/works", "../../merged_ids/works", "../../legacy-data/merged_ids/works"}) {
            const fs::path merged = (works / folder).lexically_normal();
            if (!fs::is_directory(merged, error)) continue;
            const std::size_t before = snapshot.merged_ids.size();
            for (const fs::directory_entry& each : fs::directory_iterator(merged))
                if (each.path().string().ends_with(".csv.gz") || each.path().string().ends_with(".csv"))
                    snapshot.merged_ids.push_back(each.path().string());
            std::sort(snapshot.merged_ids.begin() + static_cast<std::ptrdiff_t>(before), snapshot.merged_ids.end());
        }
    }
    std::stable_sort(snapshot.parts.begin(), snapshot.parts.end(),
                     [](const auto& a, const auto& b) { return a.updated && (!b.updated || *a.updated > *b.updated); });
    return snapshot;
}

/// The works that files of merged ids say were merged into others (columns `id` and `merge_into_id`): they are no
/// longer works of their own. Of one that was merged into itself nothing is said. Files may be gzip. Throws
/// std::invalid_argument where a file cannot be read, has no such columns, or an id is none of a work; read_error for
/// no CSV; std::runtime_error where gzip is damaged, or there is more than 1 GB.
[[nodiscard]] inline work_ids merged_work_ids(const std::vector<std::string>& files) {
    std::vector<std::uint64_t> merged;
    for (const std::string& path : files) {
        std::ifstream file(path, std::ios::binary);
        detail::require(file.is_open(), "merged_work_ids", "a file that can be read", path);
        byte_source source(file);
        constexpr std::size_t most_bytes = std::size_t{1} << 30, step = std::size_t{1} << 20;
        std::string text;
        for (std::size_t got = step; got == step;) {
            const std::size_t before = text.size();
            text.resize(before + step);
            text.resize(before + (got = source.read(text.data() + before, step)));
            if (text.size() > most_bytes)
                throw std::runtime_error("compute_divide::merged_work_ids: " + path + ": more than 1 GB");
        }
        if (!source.problem().empty())
            throw std::runtime_error("compute_divide::merged_work_ids: " + path + ": " + source.problem());
        csv_reader rows{std::string_view(text)};
        const std::size_t id = rows.column("id"), into = rows.column("merge_into_id");
        const auto number = [&](std::string_view written) {
            written = trimmed(written);
            const auto found = openalex_number(written.substr(written.rfind('/') + 1), 'W');
            detail::require(found.has_value(), "merged_work_ids: " + path, "the id of a work", written);
            return *found;
        };
        for (const csv_row& row : rows)
            if (const std::uint64_t from = number(row[id]); from != number(row[into])) merged.push_back(from);
    }
    return work_ids(std::move(merged));
}

}  // namespace compute_divide::inline v0_2

#endif
