// SPDX-License-Identifier: BSL-1.0
// openalex_teams on any number of processes and machines that see the same files:
//
//   mpirun -n 16 openalex_teams_mpi --works openalex-snapshot/data/works --checkpoint counted
//
// Rank 0 deals the files, the newest first, to whoever is free; itself too, between the works that it counts. It also
// knows the ids of all works, so that each counts once, in its newest version. In the end counts are merged in a tree.
// With --checkpoint each rank saves its counts after files, at most a twentieth of the time: a run that was killed is
// started again, on any number of ranks, and counts only the files that are missing.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <map>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include <compute_divide/visible_text.hpp>

#include "support/command_line.hpp"
#include "support/data_folder.hpp"
#include "support/mpi_counting.hpp"
#include "support/openalex_fold.hpp"
#include "support/openalex_program.hpp"

namespace cd = compute_divide;
using example::openalex_counts;
using example::openalex_part;
using example::work_fate;

namespace {

void run(const example::openalex_arguments& arguments, const std::string& checkpoint_folder, double pause) {
    const bool is_first = example::mpi_session::rank() == 0;
    const openalex_counts empty{.choices = arguments.choices.text()};
    if (!is_first) MPI_Barrier(MPI_COMM_WORLD);  // rank 0 makes the folders
    const example::papers_table papers(arguments.papers_out, is_first);
    example::checkpoint saved(checkpoint_folder);
    if (is_first) MPI_Barrier(MPI_COMM_WORLD);

    openalex_counts before = empty;
    example::openalex_input works;
    std::vector<openalex_part> all;
    if (is_first) {
        before = saved.load(empty);
        works = example::parts_of(arguments.works, arguments.manifests);
        all = works.parts;
        works.parts = example::parts_to_count(all, before, true);
        papers.require_parts(all, works.parts);
    }
    example::broadcast(works);
    example::seen_works seen(before);

    example::openalex_folder folder(arguments.choices, example::data_folder());
    openalex_counts counts = empty;
    counts.planned = example::contents_of(works.parts);
    struct own_part {
        openalex_counts counts;
        cd::work_ids left_out;  // of earlier parts
    };
    std::map<std::uint64_t, own_part> own;  // parts whose turn is still to come
    bool has_older = false;                 // whether there are older versions at all: until then, nothing is looked up
    const auto fold = [&](std::uint64_t number, own_part& part, const auto& fate_of_id, const auto& after_work) {
        papers.write_part(works.parts[number], [&](std::ostream* rows) {
            folder.fold(works.parts[number], part.counts, rows, fate_of_id, [&](std::uint64_t) { after_work(); });
        });
    };
    const auto count = [&](std::uint64_t number, const auto& after_work) {
        own_part part{.counts = empty, .left_out = {}};
        const auto is_in_earlier = [&](std::uint64_t id) {
            return counts.ids.contains(id) ||
                   std::ranges::any_of(own, [&](const auto& other) { return other.second.counts.ids.contains(id); });
        };
        const auto fate_of_id = [&](std::uint64_t id) {
            if (works.merged.contains(id)) return work_fate::merged;
            if (!has_older || !is_in_earlier(id)) return work_fate::counted;
            part.left_out.insert(id);
            return work_fate::older_version;
        };
        fold(number, part, fate_of_id, after_work);
        std::this_thread::sleep_for(std::chrono::duration<double>(pause));
        return own.emplace(number, std::move(part)).first->second.counts.ids;
    };
    const auto take = [&](std::uint64_t number, const cd::work_ids& of_earlier) {
        own_part part = std::move(own.extract(number).mapped());
        if (!of_earlier.empty()) {  // it was counted at the same time as one that has some of its works
            has_older = true;
            part.counts = empty;
            part.left_out.merge(of_earlier);
            const auto fate_of_id = [&](std::uint64_t id) {
                if (works.merged.contains(id)) return work_fate::merged;
                return part.left_out.contains(id) ? work_fate::older_version : work_fate::counted;
            };
            fold(number, part, fate_of_id, [] {});
        }
        counts.merge(part.counts);
        saved.save(counts);
    };
    example::deal_to_all_ranks(works.parts, &seen, count, take);
    saved.save(counts, true);
    counts.ids = {};  // what is printed needs none
    example::merge_in_a_tree(counts, empty);
    if (!is_first) return;
    counts.merge_but_ids(before);
    papers.join(all);
    example::print(counts, arguments);
}

}  // namespace

int main(int argc, char** argv) {
    const example::mpi_session session;
    try {
        example::openalex_arguments arguments;
        std::string checkpoint_folder;
        double pause = 0;
        example::command_line line("openalex_teams under MPI",
                                   "mpirun -n 8 openalex_teams_mpi --works snapshot/works --checkpoint counted");
        example::add_options(line, arguments);
        line.add("--checkpoint", checkpoint_folder,
                 "a folder that all ranks see: what is counted there is not counted again");
        line.add("--pause", pause, "seconds to wait after each file, so that a test can end a rank").hidden();
        if (const auto end = line.parse(argc, argv, example::mpi_session::rank() != 0)) return *end;
        if (example::mpi_session::rank() == 0) example::check_options(line, arguments);
        run(arguments, checkpoint_folder, pause);
        if (example::mpi_session::rank() == 0) example::finish_output();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "openalex_teams_mpi: rank %d: %s\n", example::mpi_session::rank(),
                     compute_divide::visible_line(error.what()).c_str());
        MPI_Abort(MPI_COMM_WORLD, example::code_of(error));
    }
    return 1;
}
