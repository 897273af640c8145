// SPDX-License-Identifier: BSL-1.0
// openalex_teams on any number of processes and machines that see the same files:
//
//   mpirun -n 16 openalex_teams_mpi --works openalex-snapshot/data/works --checkpoint counted
//
// Rank 0 deals the files, the largest first, to whoever is free; itself too, between the works that it counts. In the
// end counts are merged in a tree. With --checkpoint each rank saves its counts after every file: a run that was killed
// is started again, on any number of ranks, and counts only the files that are missing.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
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

using example::openalex_counts;

namespace {

void run(const example::openalex_arguments& arguments, const std::string& checkpoint_folder, double pause) {
    const bool is_first = example::mpi_session::rank() == 0;
    const openalex_counts empty{.choices = arguments.choices.text()};
    if (!is_first) MPI_Barrier(MPI_COMM_WORLD);  // rank 0 makes the folders
    const example::papers_table papers(arguments.papers_out, is_first);
    example::checkpoint saved(checkpoint_folder);
    if (is_first) MPI_Barrier(MPI_COMM_WORLD);

    openalex_counts before = empty;
    std::vector<example::openalex_part> all, parts;
    if (is_first) {
        before = saved.load(empty);
        all = example::parts_of(arguments.works);
        parts = example::parts_to_count(all, before, true);
        papers.require_parts(all, parts);
        std::ranges::stable_sort(parts, std::greater(), [](const auto& part) { return part.identity.size; });
    }
    example::broadcast(parts);

    example::openalex_folder folder(arguments.choices, example::data_folder());
    openalex_counts counts = empty;
    example::deal_to_all_ranks(parts, [&](const example::openalex_part& part, const auto& after_work) {
        papers.write_part(
            part, [&](std::ostream* rows) { folder.fold(part, counts, rows, [&](std::uint64_t) { after_work(); }); });
        saved.save(counts);
        std::this_thread::sleep_for(std::chrono::duration<double>(pause));
    });
    example::merge_in_a_tree(counts, empty);
    if (!is_first) return;
    counts.merge(before);
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
