// SPDX-License-Identifier: BSL-1.0
#include "support/openalex_count.hpp"

#include <cstdint>
#include <optional>
#include <ostream>
#include <utility>

#include <compute_divide/accumulate.hpp>
#include <compute_divide/progress.hpp>

#include "support/data_folder.hpp"
#include "support/openalex_once.hpp"

namespace example {

openalex_counts count_works(const openalex_input& works, openalex_counts before, const openalex_counts& empty,
                            const openalex_arguments& arguments, unsigned threads) {
    const auto parts = parts_to_count(works.parts, before);
    std::uint64_t bytes = 0;
    for (const auto& part : parts) bytes += part.identity.size;
    const papers_table papers(arguments.papers_out);
    cd::progress progress({.files = parts.size(), .bytes = bytes});
    seen_works seen(before);
    const auto fold = [&](openalex_folder& folder, const openalex_part& part, openalex_counts& counts, bool first) {
        papers.write_part(part, [&](std::ostream* rows) {
            std::uint64_t seen_bytes = 0;
            folder.fold(
                part, counts, rows,
                [&](std::uint64_t id) {
                    if (works.merged.contains(id)) return work_fate::merged;
                    return seen.is_in_earlier(part, id) ? work_fate::older_version : work_fate::counted;
                },
                [&](std::uint64_t now) {
                    if (first) progress.add(1, now - std::exchange(seen_bytes, now));
                });
        });
        if (first) progress.file_done();
    };
    const auto folder = [&] { return openalex_folder(arguments.choices, data_folder()); };
    std::optional<openalex_folder> for_recounts;
    const auto again = [&](const openalex_part& part, openalex_counts& counts) {
        if (!for_recounts) for_recounts.emplace(folder());
        fold(*for_recounts, part, counts, false);
    };
    const auto each = [&](openalex_folder& mine, const openalex_part& part, counts_in_order& counts) {
        counts.part = &part;
        fold(mine, part, counts.counts, true);
    };
    const counts_in_order none(empty, seen, again);
    openalex_counts counts =
        cd::accumulate_parts(parts, none, cd::with_workers(folder, each), {.threads = threads}).counts;
    counts.merge_but_ids(before);
    counts.ids = seen.take();
    counts.planned.merge(contents_of(parts));
    papers.join(parts);
    return counts;
}

}  // namespace example
