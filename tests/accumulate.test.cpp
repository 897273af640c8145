// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/accumulate.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <numeric>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/moments.hpp>
#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

struct paper {
    int year;
    std::string venue;
    double citations;
};

std::vector<paper> papers(std::size_t n) {
    std::mt19937 random(5);
    std::vector<paper> made;
    for (std::size_t i = 0; i < n; ++i)
        made.push_back({2000 + static_cast<int>(random() % 20), std::string(1, static_cast<char>('a' + random() % 7)),
                        std::exp(static_cast<double>(random() % 1000) / 100)});
    return made;
}

/// Everything that could depend on the order of sums, to the last bit.
struct statistics {
    cd::tally<int, std::string> venues;
    cd::tally<std::string, bool> weighted;
    cd::moments citations;
    cd::least_squares line = cd::least_squares(1);

    void add(const paper& p) {
        venues.add(p.year, p.venue);
        weighted.add(p.venue, p.year > 2010, 1 / p.citations);
        citations.add(p.citations);
        const double year[] = {static_cast<double>(p.year)};
        line.add(year, std::log(p.citations));
    }
    void merge(const statistics& other) {
        venues.merge(other.venues);
        weighted.merge(other.weighted);
        citations.merge(other.citations);
        line.merge(other.line);
    }
    [[nodiscard]] auto result() const { return citations.result(); }
    static auto state(auto& self) { return std::tie(self.venues, self.weighted, self.citations, self.line); }
};
constexpr auto add_paper = [](const paper& p, statistics& all) { all.add(p); };

std::string bytes_of(const statistics& all) {
    std::ostringstream out;
    cd::save(out, all);
    return out.str();
}

/// An accumulator that keeps the order in which things came.
struct list {
    std::vector<int> all;
    void merge(const list& other) { all.insert(all.end(), other.all.begin(), other.all.end()); }
    [[nodiscard]] const std::vector<int>& result() const { return all; }
};
constexpr auto add_number = [](int x, list& numbers) { numbers.all.push_back(x); };

std::vector<int> numbers_to(int n) {
    std::vector<int> numbers(static_cast<std::size_t>(n));
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

}  // namespace

TEST_CASE("the same bits on any number of threads; counts are those of one pass") {
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{65}, std::size_t{5003}}) {
        CAPTURE(n);
        const auto all = papers(n);
        statistics one_pass;
        for (const auto& p : all) one_pass.add(p);
        const std::string expected = bytes_of(cd::accumulate(all, statistics{}, add_paper));
        for (unsigned threads = 1; threads <= 8; ++threads) {
            CAPTURE(threads);
            for (int repeat = 0; repeat < 5; ++repeat) {
                const auto sums = cd::accumulate(all, statistics{}, add_paper, {.threads = threads});
                CHECK(bytes_of(sums) == expected);
                CHECK(sums.venues.result() == one_pass.venues.result());
            }
        }
        const auto sums = cd::accumulate(all, statistics{}, add_paper, {.threads = 0});
        CHECK(bytes_of(sums) == expected);
        if (n == 0) continue;
        CHECK(close(*sums.citations.result().mean.value, *one_pass.citations.result().mean.value, 1e-14));
    }
}

TEST_CASE("each record once, in order, whatever the blocks") {
    for (const int n : {0, 1, 2, 7, 100})
        for (const std::size_t blocks : {1U, 2U, 3U, 7U, 128U})
            for (const unsigned threads : {1U, 3U}) {
                CAPTURE(n);
                CAPTURE(blocks);
                const auto numbers = numbers_to(n);
                const auto found = cd::accumulate(numbers, list{}, add_number, {.threads = threads, .blocks = blocks});
                CHECK(found.all == numbers);
            }
    const std::deque<int> deque{1, 2, 3};
    CHECK(cd::accumulate(deque, list{}, add_number).all == std::vector{1, 2, 3});
}

TEST_CASE("parts are merged in order, and dealt largest first") {
    const std::vector<std::string> parts{"a", "bbb", "", "cc", "dddd", "ee"};
    std::vector<std::uint64_t> sizes;
    for (const auto& part : parts) sizes.push_back(part.size());
    std::vector<std::string> begun;
    const auto fold = [&](const std::string& part, list& letters) {
        begun.push_back(part);
        for (const char c : part) letters.all.push_back(c);
    };
    const std::vector<int> in_order{'a', 'b', 'b', 'b', 'c', 'c', 'd', 'd', 'd', 'd', 'e', 'e'};
    CHECK(cd::accumulate_parts(parts, list{}, fold).all == in_order);
    CHECK(begun == parts);
    begun.clear();
    CHECK(cd::accumulate_parts(parts, list{}, fold, {.sizes = sizes}).all == in_order);
    CHECK(begun == std::vector<std::string>{"dddd", "bbb", "cc", "ee", "a", ""});
    const auto as_finished =
        cd::accumulate_parts(parts, list{}, fold, {.sizes = sizes, .order = cd::merge_order::as_finished});
    CHECK(as_finished.all == std::vector<int>{'d', 'd', 'd', 'd', 'b', 'b', 'b', 'c', 'c', 'e', 'e', 'a'});

    const auto slow_fold = [](int part, list& found) {
        std::this_thread::sleep_for(std::chrono::microseconds(part * 7919 % 13 * 100));
        found.all.push_back(part);
    };
    const auto numbers = numbers_to(40);
    std::vector<std::uint64_t> spread;
    for (const int i : numbers) spread.push_back(static_cast<std::uint64_t>(i * 31 % 17));
    for (unsigned threads = 1; threads <= 8; ++threads) {
        CAPTURE(threads);
        CHECK(cd::accumulate_parts(numbers, list{}, slow_fold, {.threads = threads, .sizes = spread}).all == numbers);
        auto any = cd::accumulate_parts(numbers, list{}, slow_fold,
                                        {.threads = threads, .order = cd::merge_order::as_finished});
        std::ranges::sort(any.all);
        CHECK(any.all == numbers);
    }
    CHECK(cd::accumulate_parts(std::vector<int>(), list{}, slow_fold, {.threads = 4}).all.empty());
}

TEST_CASE("of two threads, both work at the same time") {
    std::mutex mutex;
    std::condition_variable both_here;
    int here = 0;
    bool met = true;
    const auto meet = [&](int, list&) {
        std::unique_lock lock(mutex);
        ++here;
        both_here.notify_all();
        met = both_here.wait_for(lock, std::chrono::seconds(20), [&] { return here >= 2; }) && met;
    };
    static_cast<void>(cd::accumulate_parts(numbers_to(2), list{}, meet, {.threads = 2}));
    CHECK(met);
}

TEST_CASE("an exception comes out, that of the first part in order, and the others stop") {
    const auto numbers = numbers_to(1000);
    for (unsigned threads = 1; threads <= 8; ++threads)
        for (int repeat = 0; repeat < 10; ++repeat) {
            CAPTURE(threads);
            std::atomic<int> seen = 0;
            const auto add = [&](int x, list&) {
                ++seen;
                if (x >= 500) throw std::invalid_argument(std::to_string(x));
            };
            // 100 blocks of 10: the first that throws is that of 500, and is always begun before the later ones.
            CHECK(message_of([&] {
                      return cd::accumulate(numbers, list{}, add, {.threads = threads, .blocks = 100});
                  }) == "500");
            CHECK(seen <= 501 + static_cast<int>(threads) * 10);
        }
}

namespace {

struct unmergeable {
    int n = 0;
    void merge(const unmergeable& other) {
        if (other.n == 3) throw std::invalid_argument("cannot merge 3");
    }
    [[nodiscard]] int result() const { return n; }
};

}  // namespace

TEST_CASE("what merging throws comes out, too") {
    for (const unsigned threads : {1U, 4U}) {
        CAPTURE(threads);
        CHECK(message_of([&] {
                  return cd::accumulate_parts(numbers_to(50), unmergeable{},
                                              [](int x, unmergeable& made) { made.n = x; }, {.threads = threads});
              }) == "cannot merge 3");
    }
}

TEST_CASE("options that are none are refused by name") {
    CHECK(message_of([] { return cd::accumulate(numbers_to(3), list{}, add_number, {.blocks = 0}); }) ==
          "compute_divide::accumulate: at least 1 block, got 0");
    CHECK(message_of([] {
              return cd::accumulate_parts(numbers_to(3), list{}, add_number, {.sizes = {1, 2}});
          }) == "compute_divide::accumulate_parts: no sizes, or one for each part, got 2");
}

TEST_CASE("workers are made where none is idle, and kept from part to part") {
    struct counting_worker {
        int served = 0;
    };
    for (const unsigned threads : {1U, 2U, 8U}) {
        CAPTURE(threads);
        std::atomic<unsigned> made = 0;
        const auto fold = cd::with_workers([&made] { return ++made, counting_worker{}; },
                                           [](counting_worker& worker, int x, list& numbers) {
                                               ++worker.served;
                                               add_number(worker.served > 0 ? x : -1, numbers);
                                           });
        CHECK(cd::accumulate_parts(numbers_to(50), list{}, fold, {.threads = threads}).result() ==
              cd::accumulate_parts(numbers_to(50), list{}, add_number).result());
        CHECK(made >= 1);
        CHECK(made <= threads);
    }
}

TEST_CASE("a worker whose fold threw is not used again") {
    int made = 0;
    const auto fold = cd::with_workers([&made] { return ++made; },
                                       [](int, int x, list&) {
                                           if (x == 7) throw std::invalid_argument("7");
                                       });
    list numbers;
    fold(1, numbers);
    fold(2, numbers);
    CHECK(made == 1);
    CHECK_THROWS_AS(fold(7, numbers), std::invalid_argument);
    CHECK(made == 1);
    fold(8, numbers);
    CHECK(made == 2);
}
