// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/share_counts.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/accumulate.hpp>

#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::message_of;

static_assert(cd::accumulator_of<cd::share_counts, bool>);
static_assert(cd::accumulator_of<cd::share_counts, std::optional<bool>>);

TEST_CASE("its result is the share of its counts, with every interval") {
    cd::share_counts counts;
    for (int i = 0; i < 20; ++i) counts.add(i < 13);
    counts.add(std::optional<bool>());
    counts.add(std::optional(true), 0);
    for (const auto& each : enumerators(cd::proportion_interval{})) {
        auto expected = cd::share(13, 20, {.interval = each.value, .level = 0.9});
        expected.n_missing = 1;
        CHECK(counts.result({.interval = each.value, .level = 0.9}) == expected);
    }
    CHECK(cd::to_string(counts.result(), {.digits = 1, .percent = true}) ==
          "65.0 % [43.3, 81.9] (wilson, 95 %, n = 20, 1 missing)");
    CHECK(counts.successes() == 13);
    CHECK(counts.n() == 20);
}

TEST_CASE("parts in any order are the whole; a count is as many records") {
    cd::share_counts whole, many;
    std::vector<cd::share_counts> parts(3);
    for (int i = 0; i < 100; ++i) {
        const std::optional<bool> answer = i % 11 == 0 ? std::nullopt : std::optional(i % 3 == 0);
        whole.add(answer);
        parts[static_cast<std::size_t>(i * i % 3)].add(answer);
    }
    for (const auto& order : {std::vector{0, 1, 2}, std::vector{2, 0, 1}}) {
        cd::share_counts merged;
        for (const int i : order) merged.merge(parts[static_cast<std::size_t>(i)]);
        CHECK(merged == whole);
    }
    many.add(true, whole.successes());
    many.add(false, whole.n() - whole.successes());
    many.add(std::optional<bool>(), 10);
    CHECK(many == whole);
    const std::vector<bool> bits{true, false, true};
    cd::share_counts of_bits;
    for (const auto bit : bits) of_bits.add(bit);
    CHECK(of_bits.result().value == 2.0 / 3);
}

TEST_CASE("no record, all or none, too many, a wrong level") {
    cd::share_counts counts;
    CHECK(counts.result().status == cd::estimate_status::no_data);
    CHECK(!counts.result().value);
    counts.add(std::optional<bool>());
    CHECK(counts.result().status == cd::estimate_status::no_data);
    CHECK(counts.result().n_missing == 1);
    counts.add(true);
    CHECK(counts.result().value == 1);
    CHECK(counts.result().bounds->upper == 1);
    constexpr std::uint64_t most = std::uint64_t{1} << 62;
    CHECK(message_of([&] {
              counts.add(true, most);
              return 0;
          }) == "compute_divide::share_counts: at most 2^62 records in all, got 4611686018427387904");
    counts.add(true, most - 2);
    CHECK(counts.result().n == most - 1);
    CHECK(counts.result().value == 1);
    CHECK(message_of([&] {
              counts.merge(counts);
              return 0;
          }) != "no error");
    CHECK(message_of([&] { return counts.result({.level = 1}); }) != "no error");
}
