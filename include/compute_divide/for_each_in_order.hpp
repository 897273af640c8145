// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_FOR_EACH_IN_ORDER_HPP
#define COMPUTE_DIVIDE_FOR_EACH_IN_ORDER_HPP

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>

/// Results made on several threads, and used in their order on one: classified texts that become objects of an
/// interpreter, or lines of a file, neither of which several threads may make at once.
namespace compute_divide::inline v0_2 {

struct in_order_options {
    unsigned threads = 1;     ///< 0: as many as the machine has
    std::size_t batch = 256;  ///< results that a thread makes before it looks what is next, at least 1
};

/// `Use` takes an index, and what the function that `Maker` returns makes of it.
template <class Use, class Maker>
concept used_in_order = requires(const Use& use, const Maker& maker, std::invoke_result_t<const Maker&>& make,
                                 std::size_t i) {
    maker();
    use(i, make(i));
};

namespace detail {

/// Batches of results, made ahead of their use by whoever has nothing else to do; few at a time.
template <class Result>
class batches_ahead {
public:
    struct batch {
        std::vector<Result> made = {};
        std::exception_ptr error = nullptr;  // thrown after those that were made
        bool is_ready = false;
    };

    batches_ahead(std::size_t count, std::size_t at_once) : batches_(at_once), count_(count) {}

    /// What the other threads do until all are begun, or end() was called: make(number, results) for batches.
    template <class Make>
    void work(const Make& make) {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [&] { return is_ended_ || begun_ == count_ || has_room(); });
            if (is_ended_ || begun_ == count_) return;
            make_next(lock, make);
        }
    }
    /// The next batch in order, after those before it were done with; meanwhile others are made here too.
    template <class Make>
    [[nodiscard]] batch& next(const Make& make) {
        std::unique_lock lock(mutex_);
        batch& found = batches_[used_ % batches_.size()];
        while (!found.is_ready) {
            if (begun_ < count_ && has_room())
                make_next(lock, make);
            else
                changed_.wait(lock);
        }
        return found;
    }
    void done_with_next() {
        const std::lock_guard lock(mutex_);
        batches_[used_ % batches_.size()].is_ready = false;
        ++used_;
        changed_.notify_all();
    }
    void end() {
        const std::lock_guard lock(mutex_);
        is_ended_ = true;
        changed_.notify_all();
    }

private:
    [[nodiscard]] bool has_room() const { return begun_ < used_ + batches_.size(); }
    template <class Make>
    void make_next(std::unique_lock<std::mutex>& lock, const Make& make) {
        const std::size_t number = begun_++;
        batch& its = batches_[number % batches_.size()];
        lock.unlock();
        its.made.clear();
        try {
            make(number, its.made);
        } catch (...) {
            its.error = std::current_exception();
        }
        lock.lock();
        its.is_ready = true;
        changed_.notify_all();
    }

    std::vector<batch> batches_;
    std::size_t count_;
    std::size_t begun_ = 0, used_ = 0;
    bool is_ended_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
};

}  // namespace detail

/// Calls use(i, result) for i = 0, 1, ..., n - 1, in this order and on the calling thread, with result = make(i), which
/// several threads make ahead of it. Each thread has a `make` of its own, what `maker()` returns, and hence memory of
/// its own:
///
///   for_each_in_order(
///       texts.size(),
///       [&] {
///           return [&, memory = classifier::workspace()](std::size_t i) mutable { return who(texts[i], memory); };
///       },
///       [&](std::size_t i, const affiliation& found) { print(i, found); }, {.threads = 0});
///
/// Calls and results are the same for any number of threads, as long as make(i) depends on i alone. `maker` is called
/// on the calling thread. An exception of make(i) comes out after the use of all results before it, one of `use` at
/// once; no thread is left running. Throws std::invalid_argument for batch = 0. Cost: four batches of results a thread
/// are kept, and a lock is taken four times a batch.
template <class Maker, used_in_order<Maker> Use>
void for_each_in_order(std::size_t n, const Maker& maker, const Use& use, const in_order_options& options = {}) {
    using make_type = std::invoke_result_t<const Maker&>;
    using result_type = std::decay_t<std::invoke_result_t<make_type&, std::size_t>>;
    detail::require(options.batch > 0, "for_each_in_order", "at least 1 result a batch", options.batch);
    const std::size_t size = options.batch;
    const std::size_t batches = n / size + (n % size != 0 ? 1 : 0);
    const std::size_t wanted = options.threads == 0 ? detail::joined_threads::of_machine() : options.threads;
    const std::size_t threads = std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(batches, 1));
    std::vector<make_type> makers;
    makers.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) makers.push_back(maker());
    if (threads == 1) {
        for (std::size_t i = 0; i < n; ++i) use(i, makers.front()(i));
        return;
    }
    detail::batches_ahead<result_type> ahead(batches, 4 * threads);
    const auto made_by = [&](std::size_t thread) {
        return [&, thread](std::size_t number, std::vector<result_type>& made) {
            const std::size_t last = std::min(size, n - number * size);
            made.reserve(last);
            for (std::size_t i = 0; i < last; ++i) made.push_back(makers[thread](number * size + i));
        };
    };
    const auto work = [&](std::size_t thread) { ahead.work(made_by(thread)); };
    struct at_end {
        detail::batches_ahead<result_type>& ahead;
        ~at_end() { ahead.end(); }
    };
    detail::joined_threads others;
    const at_end end{ahead};  // before they are waited for
    for (std::size_t i = 1; i < threads; ++i) others.begin(work, i);
    for (std::size_t number = 0; number < batches; ++number) {
        auto& batch = ahead.next(made_by(0));
        for (std::size_t i = 0; i < batch.made.size(); ++i) use(number * size + i, std::move(batch.made[i]));
        if (batch.error) std::rethrow_exception(batch.error);
        ahead.done_with_next();
    }
}

}  // namespace compute_divide::inline v0_2

#endif
