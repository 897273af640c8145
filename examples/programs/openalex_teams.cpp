// SPDX-License-Identifier: BSL-1.0
// Who writes the works of OpenAlex? Shares by kind of team, year and topic, and how many works speak of compute, from a
// snapshot of any size: on the threads of one machine, or, in partial states that are merged, on any number of them.
// Each work counts once, in its newest version.
#include <string>
#include <utility>
#include <vector>

#include "support/command_line.hpp"
#include "support/openalex_count.hpp"
#include "support/openalex_fold.hpp"
#include "support/openalex_program.hpp"

using example::openalex_counts;

namespace {

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
        example::load_file(path, part);
        counts.merge(part);
    }
    if (merged.empty() || line.has("--works"))
        counts = example::count_works(example::parts_of(arguments.works, arguments.manifests), std::move(counts), empty,
                                      arguments, threads);
    else if (!arguments.papers_out.empty())
        throw example::usage_error("--papers-out needs --works: states have no papers");
    state.empty() ? example::print(counts, arguments) : example::save_file(state, counts);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("openalex_teams", run, argc, argv);
}
