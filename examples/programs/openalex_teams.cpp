// SPDX-License-Identifier: BSL-1.0
// Who writes the works of OpenAlex? Shares of works by kind of team, year and topic, and how many speak of compute,
// from a snapshot of any size: on the threads of one machine, or, in partial states that are merged, on any number of
// them.
#include <cstdio>
#include <exception>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <compute_divide/accumulate.hpp>
#include <compute_divide/progress.hpp>
#include <compute_divide/state.hpp>

#include "support/openalex_fold.hpp"
#include "support/openalex_program.hpp"

namespace cd = compute_divide;

namespace {

/// Folders that no thread has at the moment.
class idle_folders {
public:
    std::unique_ptr<example::openalex_folder> take(const example::openalex_choices& choices) {
        const std::lock_guard lock(mutex_);
        if (folders_.empty()) return std::make_unique<example::openalex_folder>(choices, COMPUTE_DIVIDE_DATA_DIR);
        auto folder = std::move(folders_.back());
        folders_.pop_back();
        return folder;
    }
    void give_back(std::unique_ptr<example::openalex_folder> folder) {
        const std::lock_guard lock(mutex_);
        folders_.push_back(std::move(folder));
    }

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<example::openalex_folder>> folders_;
};

example::openalex_counts count(const std::vector<example::openalex_part>& parts, const example::openalex_counts& empty,
                               const example::openalex_arguments& arguments, unsigned threads) {
    std::vector<std::uint64_t> sizes;
    for (const auto& part : parts) sizes.push_back(part.second);
    const example::papers_table papers(arguments.papers_out);
    cd::progress progress({.files = parts.size(), .bytes = std::reduce(sizes.begin(), sizes.end())});
    idle_folders idle;
    const auto fold_part = [&](const example::openalex_part& part, example::openalex_counts& counts) {
        auto folder = idle.take(arguments.choices);
        papers.write_part(part, [&](std::ostream* rows) {
            std::uint64_t bytes = 0;
            folder->fold(part, counts, rows, [&](const cd::openalex_reader& works) {
                progress.add(1, works.bytes_taken() - std::exchange(bytes, works.bytes_taken()));
            });
        });
        idle.give_back(std::move(folder));
        progress.file_done();
    };
    auto counts = cd::accumulate_parts(parts, empty, fold_part,
                                       {.threads = threads, .sizes = sizes, .order = cd::merge_order::as_finished});
    papers.join(parts);
    return counts;
}

}  // namespace

int main(int argc, char** argv) try {
    example::openalex_arguments arguments;
    std::vector<std::string> merged;
    std::string state;
    unsigned threads = 1;

    CLI::App app("Shares of the works of OpenAlex by kind of team, year and topic");
    example::add_options(app, arguments);
    app.add_option("--threads", threads, "each reads a file at a time; 0: as many as the machine has");
    app.add_option("--merge", merged, "states to begin with; without --works, nothing is read")
        ->check(CLI::ExistingFile);
    app.add_option("--state", state, "write the state to this file, and no tables");
    CLI11_PARSE(app, argc, argv);

    const example::openalex_counts empty{.choices = arguments.choices.text()};
    example::openalex_counts counts = empty;
    for (const std::string& path : merged) {
        example::openalex_counts part = empty;
        cd::load_file(path, part);
        counts.merge(part);
    }
    if (merged.empty() || app.count("--works") > 0)
        counts.merge(count(example::parts_to_count(arguments.works, counts), empty, arguments, threads));
    else if (!arguments.papers_out.empty())
        throw std::runtime_error("--papers-out needs --works: states have no papers");
    if (state.empty())
        example::print(counts, arguments);
    else
        cd::save_file(state, counts);
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "openalex_teams: {}\n", error.what());
    return 1;
}
