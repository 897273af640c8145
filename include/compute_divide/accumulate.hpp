// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_ACCUMULATE_HPP
#define COMPUTE_DIVIDE_ACCUMULATE_HPP

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/mistake.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>

/// Records, or files of them, into an accumulator, on several threads.
///
/// Both functions cut the work into parts that do not depend on the number of threads. Each part goes into a copy of
/// the empty accumulator, and the copies are merged in the order of the parts. So the result is the same, bit for bit,
/// on any number of threads: counts are exact, and sums of doubles are those of the parts, rounded, added up from the
/// first to the last; they differ by rounding from one pass without parts.
///
/// The first exception stops the work: no further part is begun, and those that are under way end. Of the exceptions
/// thrown by then, that of the first part in order comes out.
namespace compute_divide::inline v0_2 {

/// `Fold` can be called with a record, or a part, and the accumulator to put it into, from several threads at once.
template <class Fold, class Item, class A>
concept fold_of = std::invocable<const Fold&, Item, A&>;

/// When parts are merged.
enum class merge_order {
    of_parts,    ///< in order: sums of doubles are the same bit for bit; finished parts wait for those before them
    as_finished  ///< at once: no waiting, least memory; for accumulators that are exact in any order, such as counts
};
[[nodiscard]] constexpr auto enumerators(merge_order) {
    using enum merge_order;
    return std::array{named<merge_order>{of_parts, "of_parts", "in the order of the parts"},
                      named<merge_order>{as_finished, "as_finished", "as they are finished"}};
}

struct accumulate_options {
    unsigned threads = 1;     ///< 0: as many as the machine has
    std::size_t blocks = 64;  ///< parts that the records are cut into, at least 1; sums depend on it, to rounding
};

struct accumulate_parts_options {
    unsigned threads = 1;                       ///< 0: as many as the machine has
    std::vector<std::uint64_t> sizes = {};      ///< of the parts, such as bytes: the largest are begun first
    merge_order order = merge_order::of_parts;  ///< when parts are merged
};

namespace detail {

/// Merges what threads have finished. One of them at a time merges; the others leave theirs and go on.
template <class A>
class merging {
public:
    merging(const A& empty, merge_order order) : total_(empty), order_(order) {}

    void add(std::size_t part, A&& finished) {
        std::unique_lock lock(mutex_);
        waiting_.emplace(part, std::move(finished));
        if (is_merging_) return;
        is_merging_ = true;
        while (!waiting_.empty() && (order_ == merge_order::as_finished || waiting_.begin()->first == merged_)) {
            auto next = waiting_.extract(waiting_.begin());
            lock.unlock();
            total_.merge(next.mapped());
            next = {};  // which may be long work, too
            lock.lock();
            ++merged_;
        }
        is_merging_ = false;
    }
    [[nodiscard]] A& total() { return total_; }

private:
    A total_;
    merge_order order_;
    std::mutex mutex_;
    std::map<std::size_t, A> waiting_;
    std::size_t merged_ = 0;
    bool is_merging_ = false;
};

/// fold(part, accumulator) for all parts from 0 on, begun in the order of `dealt`, which may be empty.
template <class A, class Fold>
[[nodiscard]] A fold_parts(std::size_t parts, const std::vector<std::size_t>& dealt, const A& empty, merge_order order,
                           unsigned threads, const Fold& fold) {
    merging<A> merged(empty, order);
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> stop = false;
    std::vector<std::exception_ptr> errors(parts);
    in_parts(parts, threads, [&](std::size_t, std::size_t) {
        while (!stop.load(std::memory_order_relaxed)) {
            const std::size_t turn = next.fetch_add(1, std::memory_order_relaxed);
            if (turn >= parts) return;
            const std::size_t part = dealt.empty() ? turn : dealt[turn];
            try {
                A accumulator = empty;
                fold(part, accumulator);
                merged.add(part, std::move(accumulator));
            } catch (...) {
                errors[part] = std::current_exception();
                stop = true;
            }
        }
    });
    for (const auto& error : errors)
        if (error) std::rethrow_exception(error);
    return std::move(merged.total());
}

}  // namespace detail

namespace mistake {
struct the_accumulator_needs_merge_and_result {};
struct the_function_must_take_a_record_and_the_accumulator {};
struct accumulate_options_is_required_got_an_enumerator {};
struct accumulate_parts_options_is_required_got_an_enumerator {};
}  // namespace mistake

struct accumulate_fn {
    /// Puts records into copies of an empty accumulator by `add(record, accumulator)`, and returns their merge:
    ///
    ///   auto teams = accumulate(papers, tally<int, team_kind>{},
    ///                           [](const paper& p, auto& counts) { counts.add(p.year, p.team); }, {.threads = 8});
    ///
    /// Where there are fewer records than blocks, each is a block. Throws std::invalid_argument for blocks = 0, and
    /// what `add` and merging throw. Cost: one pass; merging as many accumulators as blocks, on one thread at a time.
    template <std::ranges::random_access_range Records, mergeable A,
              fold_of<std::ranges::range_reference_t<Records>, A> Add>
    requires std::ranges::sized_range<Records>
    [[nodiscard]] A operator()(Records&& records, const A& empty, const Add& add,
                               const accumulate_options& options = {}) const {
        detail::require(options.blocks > 0, "accumulate", "at least 1 block", options.blocks);
        const auto first = std::ranges::begin(records);
        const auto n = static_cast<std::size_t>(std::ranges::size(records));
        const std::size_t blocks = std::min(options.blocks, n);
        const auto begin_of = [&](std::size_t block) {
            const std::size_t position = n / blocks * block + std::min(block, n % blocks);
            return first + static_cast<std::ranges::range_difference_t<Records>>(position);
        };
        return detail::fold_parts(blocks, {}, empty, merge_order::of_parts, options.threads,
                                  [&](std::size_t block, A& accumulator) {
                                      const auto last = begin_of(block + 1);
                                      for (auto record = begin_of(block); record != last; ++record)
                                          std::invoke(add, *record, accumulator);
                                  });
    }

    /// Mistakes.
    template <mistake::no_range A, class... Rest>
    mistake::the_records_come_first operator()(const A&, Rest&&...) const = delete;
    template <std::ranges::input_range Records, class A, class Add>
    requires(!mergeable<A>) mistake::the_accumulator_needs_merge_and_result operator()(
        Records&&, const A&, const Add&, const accumulate_options& = {}) const = delete;
    template <std::ranges::input_range Records, mergeable A, class Add>
    mistake::the_function_must_take_a_record_and_the_accumulator operator()(Records&&, const A&, const Add&,
                                                                            const accumulate_options& = {}) const
        requires(!fold_of<Add, std::ranges::range_reference_t<Records>, A>) = delete;
    template <std::ranges::input_range Records, class A, class Add, mistake::enumerator Option>
    mistake::accumulate_options_is_required_got_an_enumerator operator()(Records&&, const A&, const Add&,
                                                                         Option) const = delete;
};
inline constexpr accumulate_fn accumulate{};

struct accumulate_parts_fn {
    /// Puts parts, such as the files of a data set, into copies of an empty accumulator, each whole by
    /// `fold_part(part, accumulator)` in one thread, and returns their merge:
    ///
    ///   auto teams = accumulate_parts(paths, tally<int, team_kind>{}, count_file, {.threads = 8, .sizes = bytes});
    ///
    /// Throws std::invalid_argument where there are sizes, but not one for each part, and what `fold_part` and merging
    /// throw. Memory: one accumulator a thread, and with merge_order::of_parts one for each finished part that waits
    /// for one before it: few without sizes, perhaps nearly all with them.
    template <std::ranges::random_access_range Parts, mergeable A,
              fold_of<std::ranges::range_reference_t<Parts>, A> Fold>
    requires std::ranges::sized_range<Parts>
    [[nodiscard]] A operator()(Parts&& parts, const A& empty, const Fold& fold_part,
                               const accumulate_parts_options& options = {}) const {
        const auto first = std::ranges::begin(parts);
        const auto n = static_cast<std::size_t>(std::ranges::size(parts));
        const auto& sizes = options.sizes;
        detail::require(sizes.empty() || sizes.size() == n, "accumulate_parts", "no sizes, or one for each part",
                        sizes.size());
        std::vector<std::size_t> dealt(sizes.size());
        std::iota(dealt.begin(), dealt.end(), std::size_t{0});
        std::ranges::stable_sort(dealt, std::greater(), [&](std::size_t part) { return sizes[part]; });
        return detail::fold_parts(n, dealt, empty, options.order, options.threads,
                                  [&](std::size_t part, A& accumulator) {
                                      const auto at = static_cast<std::ranges::range_difference_t<Parts>>(part);
                                      std::invoke(fold_part, first[at], accumulator);
                                  });
    }

    /// Mistakes.
    template <std::ranges::input_range Parts, class A, class Fold>
    requires(!mergeable<A>) mistake::the_accumulator_needs_merge_and_result operator()(
        Parts&&, const A&, const Fold&, const accumulate_parts_options& = {}) const = delete;
    template <std::ranges::input_range Parts, class A, class Fold, mistake::enumerator Option>
    mistake::accumulate_parts_options_is_required_got_an_enumerator operator()(Parts&&, const A&, const Fold&,
                                                                               Option) const = delete;
};
inline constexpr accumulate_parts_fn accumulate_parts{};

struct with_workers_fn {
    /// A fold of parts, or of records, that needs more than the part: a worker that is costly to make, or that
    /// remembers, such as a classifier with what it has seen. `make()` makes one where a thread finds none that is
    /// idle, so that there are no more than threads; each serves one part at a time, and is kept from part to part:
    ///
    ///   auto teams = accumulate_parts(paths, tally<int, team_kind>{}, with_workers(
    ///       [] { return classifier(); },
    ///       [](classifier& who, const std::string& path, auto& counts) { count_file(who, path, counts); }));
    ///
    /// Parts that go into a result the same way whichever worker they meet keep it independent of the threads. A worker
    /// whose fold threw is not used again. Copies of the fold share their workers.
    template <class Make, class Fold>
    [[nodiscard]] auto operator()(Make make, Fold fold) const {
        using worker = std::remove_cvref_t<std::invoke_result_t<Make&>>;
        struct idle_workers {
            std::mutex mutex;
            std::vector<std::unique_ptr<worker>> idle;
        };
        return [make = std::move(make), fold = std::move(fold), workers = std::make_shared<idle_workers>()](
                   auto&& part, auto& accumulator) {
            std::unique_ptr<worker> mine;
            if (const std::lock_guard lock(workers->mutex); !workers->idle.empty()) {
                mine = std::move(workers->idle.back());
                workers->idle.pop_back();
            }
            if (!mine) mine.reset(new worker(make()));
            std::invoke(fold, *mine, std::forward<decltype(part)>(part), accumulator);
            const std::lock_guard lock(workers->mutex);
            workers->idle.push_back(std::move(mine));
        };
    }
};
inline constexpr with_workers_fn with_workers{};

}  // namespace compute_divide::inline v0_2

#endif
