// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/detail/inversions.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include <doctest/doctest.h>

using compute_divide::detail::sort_counting_inversions;
using compute_divide::detail::sort_passing_inversions;
using compute_divide::detail::sort_visiting_inversions;

namespace {

struct item {
    int key;
    int place;
    friend bool operator==(const item&, const item&) = default;
};
constexpr auto less = [](const item& a, const item& b) { return a.key < b.key; };

enum class kind { any, tied, ascending, descending, near, halves };

std::vector<item> items(kind of, int n) {
    std::mt19937_64 random(static_cast<std::uint64_t>(n));
    const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<std::uint64_t>(limit)); };
    std::vector<item> made;
    for (int i = 0; i < n; ++i)
        made.push_back({of == kind::any          ? below(1'000'000)
                        : of == kind::tied       ? below(5)
                        : of == kind::ascending  ? i
                        : of == kind::descending ? n - i
                        : of == kind::near       ? i + below(20)
                                                 : i % 2 * n + i,
                        i});
    return made;
}

}  // namespace

TEST_CASE("inversions are counted, and elements sorted stably, whatever their order and number") {
    for (const int n : {0, 1, 2, 3, 7, 8, 9, 16, 17, 31, 100, 511, 2'047, 2'048, 2'049, 5'000})
        for (const kind of : {kind::any, kind::tied, kind::ascending, kind::descending, kind::near, kind::halves}) {
            CAPTURE(n);
            CAPTURE(static_cast<int>(of));
            const auto given = items(of, n);
            std::uint64_t pairs = 0;
            for (std::size_t i = 0; i < given.size(); ++i)
                for (std::size_t j = i + 1; j < given.size(); ++j) pairs += given[j].key < given[i].key ? 1U : 0U;
            auto sorted = given;
            std::ranges::stable_sort(sorted, less);

            std::vector<item> scratch;
            auto counted = given;
            CHECK(sort_counting_inversions(counted, scratch, less) == pairs);
            CHECK(counted == sorted);

            auto visited = given;
            std::uint64_t seen = 0;
            sort_visiting_inversions(visited, scratch, less, [&](const item* first, const item* last, const item& x) {
                for (; first != last; ++first) seen += less(x, *first) ? 1U : 1'000'000U;
            });
            CHECK(seen == pairs);
            CHECK(visited == sorted);
        }
}

TEST_CASE("each inversion is passed once") {
    for (const kind of : {kind::any, kind::tied, kind::descending, kind::near}) {
        const auto given = items(of, 300);
        std::vector<int> times(given.size() * given.size());
        std::vector<item> scratch;
        auto sorted = given;
        sort_passing_inversions(sorted, scratch, less, [&](std::ptrdiff_t n, const item* first, const item& x) {
            for (std::ptrdiff_t k = 0; k < n; ++k)
                ++times[static_cast<std::size_t>(first[k].place) * given.size() + static_cast<std::size_t>(x.place)];
        });
        bool right = true;
        for (std::size_t i = 0; i < given.size(); ++i)
            for (std::size_t j = 0; j < given.size(); ++j)
                right = right && times[i * given.size() + j] == (i < j && less(given[j], given[i]) ? 1 : 0);
        CHECK(right);
    }
}

TEST_CASE("where the order is none, all elements are still there") {
    std::mt19937_64 random(7);
    for (int n = 2; n < 400; ++n) {
        auto given = items(kind::any, n);
        std::vector<item> scratch;
        auto shuffled = given;
        sort_passing_inversions(
            shuffled, scratch, [&](const item&, const item&) { return random() % 2 == 0; },
            [](std::ptrdiff_t, const item*, const item&) {});
        std::ranges::sort(shuffled, {}, &item::place);
        REQUIRE(shuffled == given);
    }
}
