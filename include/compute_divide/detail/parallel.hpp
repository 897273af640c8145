// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_PARALLEL_HPP
#define COMPUTE_DIVIDE_DETAIL_PARALLEL_HPP

#include <algorithm>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace compute_divide::inline v0_2::detail {

#if !defined(__STDCPP_THREADS__)

/// Where there are no threads, as in WebAssembly: the work is done at once.
class joined_threads {
public:
    template <class Work>
    void begin(const Work& work, std::size_t i) {
        work(i);
    }
    [[nodiscard]] static std::size_t of_machine() { return 1; }
};

#else

/// Threads that are waited for at the end, as of std::jthread, which libc++ 19 does not have.
class joined_threads {
public:
    joined_threads() = default;
    joined_threads(const joined_threads&) = delete;
    joined_threads& operator=(const joined_threads&) = delete;
    ~joined_threads() {
        for (std::thread& each : threads_) each.join();
    }
    template <class Work>
    void begin(const Work& work, std::size_t i) {
        threads_.emplace_back(work, i);
    }
    [[nodiscard]] static std::size_t of_machine() { return std::thread::hardware_concurrency(); }

private:
    std::vector<std::thread> threads_;
};

#endif

/// Calls work(first, last) for `threads` parts of [0, count), each in a thread of its own but the first, and waits;
/// threads = 0 means as many as the machine has. An exception comes out here, that of the first part that threw.
template <class Work>
void in_parts(std::size_t count, unsigned threads, const Work& work) {
    const std::size_t wanted = threads == 0 ? joined_threads::of_machine() : threads;
    const std::size_t parts = std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(count, 1));
    std::vector<std::exception_ptr> errors(parts);
    const auto part = [&](std::size_t i) {
        try {
            work(count / parts * i + std::min(i, count % parts),
                 count / parts * (i + 1) + std::min(i + 1, count % parts));
        } catch (...) {
            errors[i] = std::current_exception();
        }
    };
    {
        joined_threads others;
        for (std::size_t i = 1; i < parts; ++i) others.begin(part, i);
        part(0);
    }
    for (const auto& error : errors)
        if (error) std::rethrow_exception(error);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
