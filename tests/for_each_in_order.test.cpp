// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/for_each_in_order.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::message_of;

namespace {

/// What is used of squares, as "0 1 4 9 ", and by whom.
std::string squares(std::size_t n, const cd::in_order_options& options) {
    std::string all;
    const auto here = std::this_thread::get_id();
    std::size_t next = 0;
    cd::for_each_in_order(
        n, [] { return [](std::size_t i) { return i * i; }; },
        [&](std::size_t i, std::size_t square) {
            REQUIRE(std::this_thread::get_id() == here);
            REQUIRE(i == next++);
            all += std::to_string(square) + ' ';
        },
        options);
    return all;
}

}  // namespace

TEST_CASE("results come once, in order, on the calling thread, whatever the threads and batches") {
    for (const std::size_t n : {0UL, 1UL, 2UL, 7UL, 255UL, 256UL, 257UL, 3000UL}) {
        const std::string expected = squares(n, {});
        for (const unsigned threads : {0U, 1U, 2U, 3U, 16U})
            for (const std::size_t batch : {1UL, 2UL, 7UL, 256UL, std::numeric_limits<std::size_t>::max()}) {
                CAPTURE(n);
                CAPTURE(threads);
                CAPTURE(batch);
                CHECK(squares(n, {.threads = threads, .batch = batch}) == expected);
            }
    }
}

TEST_CASE("each thread makes with memory of its own, and results may be moved alone") {
    std::atomic<int> calls = 0;
    int makers = 0;
    std::vector<int> used;
    cd::for_each_in_order(
        1000,
        [&] {
            ++makers;  // on the calling thread: no lock
            return [&calls, memory = std::make_unique<std::vector<int>>()](std::size_t i) {
                memory->assign(100, static_cast<int>(i));
                calls.fetch_add(1);
                for (const int each : *memory)
                    if (each != static_cast<int>(i)) throw std::logic_error("somebody else's memory");
                return std::make_unique<int>(memory->front());
            };
        },
        [&](std::size_t, std::unique_ptr<int> made) { used.push_back(*made); }, {.threads = 4, .batch = 3});
    CHECK(makers == 4);
    CHECK(calls == 1000);
    REQUIRE(used.size() == 1000);
    for (std::size_t i = 0; i < used.size(); ++i) REQUIRE(used[i] == static_cast<int>(i));
}

TEST_CASE("no more is made ahead than four batches a thread") {
    std::atomic<std::size_t> made = 0;
    std::size_t most = 0;
    cd::for_each_in_order(
        5000, [&] { return [&](std::size_t i) { return made.fetch_add(1), i; }; },
        [&](std::size_t i, std::size_t) {
            most = std::max(most, made.load() - i);
            if (i % 1000 == 999) std::this_thread::yield();
        },
        {.threads = 3, .batch = 10});
    CHECK(most <= 4 * 3 * 10 + 10);
}

TEST_CASE("an exception of what makes comes out after all before it; one of the use at once") {
    for (const unsigned threads : {1U, 2U, 5U}) {
        CAPTURE(threads);
        std::vector<std::size_t> used;
        const auto make_until = [](std::size_t last) {
            return [last] {
                return [last](std::size_t i) {
                    if (i >= last) throw std::runtime_error("cannot make " + std::to_string(i));
                    return i;
                };
            };
        };
        const auto use = [&](std::size_t i, std::size_t) { used.push_back(i); };
        const std::string told = message_of<std::runtime_error>(
            [&] { cd::for_each_in_order(1000, make_until(537), use, {.threads = threads, .batch = 10}); });
        CHECK(told == "cannot make 537");
        CHECK(used.size() == 537);
        const auto refuse = [&](std::size_t i, std::size_t) {
            if (i == 123) throw std::runtime_error("cannot use 123");
        };
        CHECK(message_of<std::runtime_error>([&] {
                  cd::for_each_in_order(1000, make_until(1000), refuse, {.threads = threads, .batch = 10});
              }) == "cannot use 123");
    }
}

TEST_CASE("errors") {
    CHECK(message_of<std::invalid_argument>([] { (void)squares(3, {.batch = 0}); }) ==
          "compute_divide::for_each_in_order: at least 1 result a batch, got 0");
}
