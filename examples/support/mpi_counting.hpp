// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_MPI_COUNTING_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_MPI_COUNTING_HPP

#include <mpi.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/progress.hpp>
#include <compute_divide/state.hpp>

#include "support/folder_lock.hpp"
#include "support/openalex_fold.hpp"

/// Counting parts on the ranks of an MPI job: rank 0 deals them, counts travel as states, what is counted is kept.
namespace example {

enum message_tag { request, reply, merged_counts };

class mpi_session {
public:
    mpi_session() { MPI_Init(nullptr, nullptr); }
    ~mpi_session() { MPI_Finalize(); }
    mpi_session(const mpi_session&) = delete;
    mpi_session& operator=(const mpi_session&) = delete;

    [[nodiscard]] static int rank() {
        int rank = 0;
        MPI_Comm_rank(MPI_COMM_WORLD, &rank);
        return rank;
    }
    [[nodiscard]] static int size() {
        int size = 0;
        MPI_Comm_size(MPI_COMM_WORLD, &size);
        return size;
    }
};

/// Whether there is a message from a rank (or MPI_ANY_SOURCE).
inline bool is_there(int from, message_tag tag, MPI_Status& status) {
    int there = 0;
    MPI_Iprobe(from, tag, MPI_COMM_WORLD, &there, &status);
    return there != 0;
}
/// Waits for one without keeping a core busy, which another rank may need.
inline MPI_Status wait_for(int from, message_tag tag) {
    MPI_Status status{};
    while (!is_there(from, tag, status)) std::this_thread::sleep_for(std::chrono::microseconds(200));
    return status;
}

inline int checked_size(const std::string& bytes) {
    if (bytes.size() > std::size_t{std::numeric_limits<int>::max()}) throw std::length_error("a message of over 2 GB");
    return static_cast<int>(bytes.size());
}
inline void send_counts(int to, const openalex_counts& counts) {
    std::ostringstream out;
    cd::save(out, counts);
    const std::string bytes = out.str();
    MPI_Send(bytes.data(), checked_size(bytes), MPI_CHAR, to, merged_counts, MPI_COMM_WORLD);
}
inline void receive_counts(int from, openalex_counts& counts) {
    const MPI_Status status = wait_for(from, merged_counts);
    int size = 0;
    MPI_Get_count(&status, MPI_CHAR, &size);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    MPI_Recv(bytes.data(), size, MPI_CHAR, from, merged_counts, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    std::istringstream in(bytes);
    cd::load(in, counts);
}

/// Merges the counts of all ranks into those of rank 0: in each round, half of the ranks that are left hand theirs
/// over.
inline void merge_in_a_tree(openalex_counts& counts, const openalex_counts& empty) {
    const int rank = mpi_session::rank(), size = mpi_session::size();
    for (int distance = 1; distance < size; distance *= 2) {
        if (rank % (2 * distance) != 0) return send_counts(rank - distance, counts);
        if (rank + distance >= size) continue;
        openalex_counts others = empty;
        receive_counts(rank + distance, others);
        counts.merge(others);
    }
}

/// The parts as rank 0 sees them, on every rank.
inline void broadcast(std::vector<openalex_part>& parts) {
    std::ostringstream lines;
    for (const auto& [path, identity] : parts)
        lines << identity.size << ' ' << identity.checksums[0] << ' ' << identity.checksums[1] << ' ' << path << '\0';
    std::string text = lines.str();
    int size = checked_size(text);
    MPI_Bcast(&size, 1, MPI_INT, 0, MPI_COMM_WORLD);
    text.resize(static_cast<std::size_t>(size));
    MPI_Bcast(text.data(), size, MPI_CHAR, 0, MPI_COMM_WORLD);
    parts.clear();
    std::istringstream in(text);
    openalex_part part;
    auto& [bytes, checksums] = part.identity;
    while (in >> bytes >> checksums[0] >> checksums[1] && in.ignore() && std::getline(in, part.path, '\0'))
        parts.push_back(part);
}

/// Deals the numbers of parts to all ranks; one that is given back after the last part says that there is none left.
class dealer {
public:
    explicit dealer(const std::vector<openalex_part>& parts, std::uint64_t bytes)
        : n_parts_(parts.size()),
          n_asking_(mpi_session::size() - 1),
          progress_({.files = parts.size(), .bytes = bytes}) {}

    /// Rank 0: the next part for itself, after one of so many works and bytes.
    [[nodiscard]] std::uint64_t next(std::uint64_t works, std::uint64_t bytes) {
        if (bytes > 0) {
            progress_.add(works, bytes);
            progress_.file_done();
        }
        return std::min(n_parts_, next_++);
    }
    /// Rank 0: answers those who ask at the moment.
    void answer() {
        MPI_Status status{};
        while (n_asking_ > 0 && is_there(MPI_ANY_SOURCE, request, status)) {
            std::array<std::uint64_t, 2> finished{};
            MPI_Recv(finished.data(), 2, MPI_UINT64_T, status.MPI_SOURCE, request, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            const std::uint64_t part = next(finished[0], finished[1]);
            MPI_Send(&part, 1, MPI_UINT64_T, status.MPI_SOURCE, reply, MPI_COMM_WORLD);
            if (part == n_parts_) --n_asking_;
        }
    }
    /// Rank 0: answers until no rank will ask again.
    void answer_all() {
        while (n_asking_ > 0) {
            wait_for(MPI_ANY_SOURCE, request);
            answer();
        }
    }

    /// The others: asks rank 0.
    [[nodiscard]] static std::uint64_t ask(std::uint64_t works, std::uint64_t bytes) {
        const std::array<std::uint64_t, 2> finished{works, bytes};
        MPI_Send(finished.data(), 2, MPI_UINT64_T, 0, request, MPI_COMM_WORLD);
        std::uint64_t part = 0;
        MPI_Recv(&part, 1, MPI_UINT64_T, 0, reply, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        return part;
    }

private:
    std::uint64_t n_parts_, next_ = 0;
    int n_asking_;
    cd::progress progress_;
};

/// Deals the parts to all ranks until none is left: each counts what it is dealt by count(part, after_work), which
/// calls after_work() after each work, and hands rank 0 the number of its works.
template <class Count>
void deal_to_all_ranks(const std::vector<openalex_part>& parts, const Count& count) {
    const bool is_first = mpi_session::rank() == 0;
    std::uint64_t bytes = 0, n_works = 0, n_bytes = 0;
    for (const auto& part : parts) bytes += part.identity.size;
    dealer deal(parts, bytes);
    for (;;) {
        const std::uint64_t next = is_first ? deal.next(n_works, n_bytes) : dealer::ask(n_works, n_bytes);
        if (next == parts.size()) break;
        n_works = 0;
        n_bytes = parts[next].identity.size;
        count(parts[next], [&] {
            ++n_works;
            if (is_first) deal.answer();
        });
    }
    if (is_first) deal.answer_all();
}

/// A folder of states, one for each rank of each run: what was counted, whatever became of the run.
class checkpoint {
public:
    /// Throws std::runtime_error where another run uses the folder: rank 0 holds a lock on it until the end.
    explicit checkpoint(std::string folder) : folder_(std::move(folder)) {
        if (!is_wanted()) return;
        std::filesystem::create_directories(folder_);
        if (mpi_session::rank() > 0) return;
        lock_ = folder_lock(folder_, "lock");
    }

    /// What earlier runs counted.
    [[nodiscard]] openalex_counts load(const openalex_counts& empty) const {
        openalex_counts counts = empty;
        if (!is_wanted()) return counts;
        for (const auto& file : std::filesystem::directory_iterator(folder_)) {
            if (file.path().extension() != ".state") continue;
            openalex_counts of_rank = empty;
            cd::load_file(file.path().string(), of_rank);
            counts.merge(of_rank);
        }
        return counts;
    }
    /// Saves what this rank has counted in this run, in place of what it saved before.
    void save(const openalex_counts& counts) {
        if (!is_wanted()) return;
        for (int run = 0; file_.empty(); ++run) {
            const std::string file = fmt::format("{}/run{}-rank{}.state", folder_, run, mpi_session::rank());
            if (!std::filesystem::exists(file)) file_ = file;
        }
        cd::save_file(file_, counts);
    }

private:
    [[nodiscard]] bool is_wanted() const { return !folder_.empty(); }

    std::string folder_, file_;
    folder_lock lock_;
};

}  // namespace example

#endif
