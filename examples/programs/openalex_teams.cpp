// SPDX-License-Identifier: BSL-1.0
// Who writes the works of OpenAlex? Shares by kind of team, year and topic, and how many works speak of compute, from a
// snapshot of any size: on the threads of one machine, or, in partial states that are merged, on any number of them.
// Each work counts once, in its newest version.
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <compute_divide/accumulate.hpp>
#include <compute_divide/progress.hpp>
#include <compute_divide/state.hpp>

#include "support/command_line.hpp"
#include "support/data_folder.hpp"
#include "support/openalex_fold.hpp"
#include "support/openalex_once.hpp"
#include "support/openalex_program.hpp"

namespace cd = compute_divide;
using example::openalex_counts;
using example::openalex_folder;
using example::openalex_part;
using example::work_fate;

namespace {

/// What was counted before, and the parts that were not.
openalex_counts count(const example::openalex_input& works, openalex_counts before, const openalex_counts& empty,
                      const example::openalex_arguments& arguments, unsigned threads) {
    const auto parts = example::parts_to_count(works.parts, before);
    std::uint64_t bytes = 0;
    for (const auto& part : parts) bytes += part.identity.size;
    const example::papers_table papers(arguments.papers_out);
    cd::progress progress({.files = parts.size(), .bytes = bytes});
    example::seen_works seen(before);
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
    const auto folder = [&] { return openalex_folder(arguments.choices, example::data_folder()); };
    std::optional<openalex_folder> for_recounts;
    const auto again = [&](const openalex_part& part, openalex_counts& counts) {
        if (!for_recounts) for_recounts.emplace(folder());
        fold(*for_recounts, part, counts, false);
    };
    const auto each = [&](openalex_folder& mine, const openalex_part& part, example::counts_in_order& counts) {
        counts.part = &part;
        fold(mine, part, counts.counts, true);
    };
    const example::counts_in_order none(empty, seen, again);
    openalex_counts counts =
        cd::accumulate_parts(parts, none, cd::with_workers(folder, each), {.threads = threads}).counts;
    counts.merge_but_ids(before);
    counts.ids = seen.take();
    counts.planned.merge(example::contents_of(parts));
    papers.join(parts);
    return counts;
}

int run(int argc, char** argv) {
    example::openalex_arguments arguments;
    std::vector<std::string> merged;
    std::string state;
    unsigned threads = 1;
    example::command_line line("Shares of the works of OpenAlex by kind of team, year and topic",
                               "openalex_teams --works snapshot/works --threads 0 --years 2016-2024 --topics concepts");
    example::add_options(line, arguments);
    line.add("--threads", threads, "each reads a file at a time; 0: as many as the machine has").between(0, 1024);
    line.add("--merge", merged, "states to begin with; without --works, nothing is read").existing_file();
    line.add("--state", state, "write the state to this file, and no tables");
    if (const auto end = line.parse(argc, argv)) return *end;
    example::check_options(line, arguments);
    for (const char* const of_tables : {"--json", "--format", "--level", "--output", "--svg"})
        exclude(line, "--state", of_tables);
    if (!state.empty()) example::require_writable("--state", state);

    const openalex_counts empty{.choices = arguments.choices.text()};
    openalex_counts counts = empty;
    for (const std::string& path : merged) {
        openalex_counts part = empty;
        cd::load_file(path, part);
        counts.merge(part);
    }
    if (merged.empty() || line.has("--works"))
        counts = count(example::parts_of(arguments.works, arguments.manifests), std::move(counts), empty, arguments,
                       threads);
    else if (!arguments.papers_out.empty())
        throw example::usage_error("--papers-out needs --works: states have no papers");
    state.empty() ? example::print(counts, arguments) : cd::save_file(state, counts);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("openalex_teams", run, argc, argv);
}
