// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_MPI_COUNTING_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_MPI_COUNTING_HPP

#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/progress.hpp>
#include <compute_divide/state.hpp>

#include "support/folder_lock.hpp"
#include "support/openalex_fold.hpp"
#include "support/openalex_once.hpp"

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
template <class T>
void send_state(int to, message_tag tag, const T& value) {
    using cd::saved;  // unless the value is openalex_counts, which have their own
    const std::string bytes = saved(value);
    MPI_Send(bytes.data(), checked_size(bytes), MPI_CHAR, to, tag, MPI_COMM_WORLD);
}
template <class T>
void receive_state(const MPI_Status& status, message_tag tag, T& value) {
    int size = 0;
    MPI_Get_count(&status, MPI_CHAR, &size);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    MPI_Recv(bytes.data(), size, MPI_CHAR, status.MPI_SOURCE, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    using cd::load;
    load(std::string_view(bytes), value);
}

/// Merges the counts of all ranks into those of rank 0: in each round, half of the ranks that are left hand theirs
/// over.
inline void merge_in_a_tree(openalex_counts& counts, const openalex_counts& empty) {
    const int rank = mpi_session::rank(), size = mpi_session::size();
    for (int distance = 1; distance < size; distance *= 2) {
        if (rank % (2 * distance) != 0) return send_state(rank - distance, merged_counts, counts);
        if (rank + distance >= size) continue;
        openalex_counts others = empty;
        receive_state(wait_for(rank + distance, merged_counts), merged_counts, others);
        counts.merge(others);
    }
}

/// The input as rank 0 sees it, on every rank.
inline void broadcast(openalex_input& input) {
    std::string bytes = cd::saved(input);
    int size = checked_size(bytes);
    MPI_Bcast(&size, 1, MPI_INT, 0, MPI_COMM_WORLD);
    bytes.resize(static_cast<std::size_t>(size));
    MPI_Bcast(bytes.data(), size, MPI_CHAR, 0, MPI_COMM_WORLD);
    cd::load(std::string_view(bytes), input);
}

/// What a rank tells rank 0: the part that it has counted, and the ids of its works.
struct rank_report {
    std::optional<std::uint64_t> part;
    std::uint64_t works = 0;
    cd::work_ids ids;

    static constexpr std::string_view state_name = "rank_report";
    static auto state(auto& self) { return std::tie(self.part, self.works, self.ids); }
};
/// Of a part of the rank's, whose turn it is, the works that are in earlier ones.
struct turn {
    std::uint64_t part = 0;
    cd::work_ids of_earlier;

    static constexpr std::string_view state_name = "turn";
    static auto state(auto& self) { return std::tie(self.part, self.of_earlier); }
};
/// What rank 0 answers.
struct rank_orders {
    std::optional<std::uint64_t> part;  ///< to be counted next; none where none is left
    std::vector<turn> turns;            ///< of parts that the rank has told of
    std::uint64_t open = 0;             ///< parts of the rank whose turn is still to come

    static constexpr std::string_view state_name = "rank_orders";
    static auto state(auto& self) { return std::tie(self.part, self.turns, self.open); }
};

/// Rank 0: deals the parts to all ranks, itself too, and sees to the order in which they were dealt.
class dealer {
public:
    dealer(const std::vector<openalex_part>& parts, seen_works* seen)
        : parts_(&parts),
          seen_(seen),
          ranks_(static_cast<std::size_t>(mpi_session::size())),
          n_asking_(mpi_session::size() - 1),
          progress_({.files = parts.size(), .bytes = bytes_of(parts)}) {}

    [[nodiscard]] rank_orders orders_for(int rank, rank_report&& report) {
        rank_orders& orders = ranks_[static_cast<std::size_t>(rank)];
        if (report.part) {
            progress_.add(report.works, (*parts_)[*report.part].identity.size);
            progress_.file_done();
            ++orders.open;
            waiting_.emplace(*report.part, waiting{rank, std::move(report.ids)});
        }
        for (auto first = waiting_.begin(); first != waiting_.end() && first->first == turn_;
             first = waiting_.begin()) {
            auto& [of_rank, ids] = first->second;
            cd::work_ids earlier = seen_->of_earlier((*parts_)[turn_], ids);
            ids.remove(earlier);
            seen_->add(ids);
            rank_orders& theirs = ranks_[static_cast<std::size_t>(of_rank)];
            theirs.turns.push_back({turn_, std::move(earlier)});
            --theirs.open;
            waiting_.erase(first);
            ++turn_;
        }
        rank_orders now{.part = {}, .turns = std::exchange(orders.turns, {}), .open = orders.open};
        if (next_ < parts_->size()) now.part = next_++;
        return now;
    }
    /// Answers those who ask at the moment.
    void answer() {
        MPI_Status status{};
        while (n_asking_ > 0 && is_there(MPI_ANY_SOURCE, request, status)) {
            rank_report report;
            receive_state(status, request, report);
            const rank_orders orders = orders_for(status.MPI_SOURCE, std::move(report));
            send_state(status.MPI_SOURCE, reply, orders);
            if (!orders.part && orders.open == 0) --n_asking_;
        }
    }
    [[nodiscard]] bool is_asked() const { return n_asking_ > 0; }

private:
    struct waiting {
        int rank;
        cd::work_ids ids;
    };
    [[nodiscard]] static std::uint64_t bytes_of(const std::vector<openalex_part>& parts) {
        std::uint64_t bytes = 0;
        for (const openalex_part& part : parts) bytes += part.identity.size;
        return bytes;
    }

    const std::vector<openalex_part>* parts_;
    seen_works* seen_;
    std::vector<rank_orders> ranks_;
    std::map<std::uint64_t, waiting> waiting_;  // parts whose turn is still to come
    std::uint64_t next_ = 0, turn_ = 0;
    int n_asking_;
    cd::progress progress_;
};

/// Deals the parts to all ranks until none is left: each counts what it is dealt by count(number, after_work), which
/// calls after_work() after each work and returns the ids, and takes a part whose turn it is by take(number, ids of
/// works that are in earlier parts). `seen` is rank 0's.
template <class Count, class Take>
void deal_to_all_ranks(const std::vector<openalex_part>& parts, seen_works* seen, const Count& count,
                       const Take& take) {
    constexpr std::chrono::milliseconds moment(1);
    std::optional<dealer> deal;
    if (mpi_session::rank() == 0) deal.emplace(parts, seen);
    rank_report report;
    for (;;) {
        rank_orders orders;
        if (deal) {
            orders = deal->orders_for(0, std::exchange(report, {}));
        } else {
            send_state(0, request, std::exchange(report, {}));
            receive_state(wait_for(0, reply), reply, orders);
        }
        for (const turn& each : orders.turns) take(each.part, each.of_earlier);
        if (orders.part) {
            report.part = orders.part;
            report.ids = count(*orders.part, [&] {
                ++report.works;
                if (deal) deal->answer();
            });
            continue;
        }
        if (orders.open == 0) break;
        if (deal) deal->answer();
        std::this_thread::sleep_for(moment);
    }
    for (; deal && deal->is_asked(); std::this_thread::sleep_for(moment)) deal->answer();
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
            load_file(file.path().string(), of_rank);
            counts.merge(of_rank);
        }
        return counts;
    }
    /// Saves what this rank has counted in this run, in place of what it saved before; unless that would take more than
    /// a twentieth of the time since it did so, or it is the last time.
    void save(const openalex_counts& counts, bool is_last = false) {
        if (!is_wanted() || counts.parts.empty()) return;
        using clock = std::chrono::steady_clock;
        const auto begin = clock::now();
        if (!is_last && !file_.empty() && begin - saved_at_ < 20 * took_) return;
        for (int run = 0; file_.empty(); ++run) {
            const std::string file = fmt::format("{}/run{}-rank{}.state", folder_, run, mpi_session::rank());
            if (!std::filesystem::exists(file)) file_ = file;
        }
        save_file(file_, counts);
        saved_at_ = clock::now();
        took_ = saved_at_ - begin;
    }

private:
    [[nodiscard]] bool is_wanted() const { return !folder_.empty(); }

    std::chrono::steady_clock::time_point saved_at_;
    std::chrono::steady_clock::duration took_{};

    std::string folder_, file_;
    folder_lock lock_;
};

}  // namespace example

#endif
