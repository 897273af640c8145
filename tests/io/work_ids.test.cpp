// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/work_ids.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <compute_divide/state.hpp>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

/// As those of OpenAlex lie: many far apart, and a dense range.
std::set<std::uint64_t> drawn(unsigned seed, std::size_t n) {
    std::mt19937_64 random(seed);
    std::set<std::uint64_t> ids;
    while (ids.size() < n / 2) ids.insert(random() % 4'400'000'000u);
    while (ids.size() < n) ids.insert(7'000'000'000u + random() % (2 * n));
    return ids;
}
cd::work_ids set_of(const std::vector<std::uint64_t>& ids) {
    cd::work_ids set;
    for (const std::uint64_t id : ids) set.insert(id);
    return set;
}
cd::work_ids set_of(const std::set<std::uint64_t>& ids) {
    return set_of(std::vector(ids.begin(), ids.end()));
}

}  // namespace

TEST_CASE("the number of an id is all its digits, and nothing else") {
    CHECK(cd::openalex_number("W2741809807", 'W') == 2741809807u);
    CHECK(cd::openalex_number("A0", 'A') == 0u);
    CHECK(cd::openalex_number("W18446744073709551615", 'W') == std::numeric_limits<std::uint64_t>::max());
    for (const char* const wrong : {"", "W", "W1x", "A1", "W-1", "W+1", "W 1", "W18446744073709551616", "1"})
        CHECK(!cd::openalex_number(wrong, 'W'));
}

TEST_CASE("a set is what std::set is") {
    for (const unsigned seed : {1u, 2u, 3u}) {
        const auto a = drawn(seed, 40'000), b = drawn(seed + 10, 30'000);
        const cd::work_ids of_a = set_of(a), of_b = set_of(b);
        CHECK(of_a.size() == a.size());
        std::vector<std::uint64_t> twice(a.rbegin(), a.rend());
        twice.insert(twice.end(), a.begin(), a.end());
        CHECK(cd::work_ids(twice) == of_a);
        CHECK(of_a.ids() == std::vector(a.begin(), a.end()));
        CHECK(std::ranges::all_of(b, [&](std::uint64_t id) { return of_a.contains(id) == a.contains(id); }));
        std::vector<std::uint64_t> both, either, only;
        std::ranges::set_intersection(a, b, std::back_inserter(both));
        std::ranges::set_union(a, b, std::back_inserter(either));
        std::ranges::set_difference(a, b, std::back_inserter(only));
        CHECK(!both.empty());
        const cd::work_ids of_both = set_of(both), of_either = set_of(either), of_only = set_of(only);
        // Of ids that were given together and of those that were put in one by one.
        const cd::work_ids list_of_a(std::vector(a.begin(), a.end())), list_of_b(std::vector(b.begin(), b.end()));
        CHECK(list_of_a.ids() == of_a.ids());
        CHECK(list_of_a.first() == of_a.first());
        CHECK(cd::saved(list_of_a) == cd::saved(of_a));
        CHECK(std::ranges::all_of(b, [&](std::uint64_t id) { return list_of_a.contains(id) == a.contains(id); }));
        CHECK(!(list_of_a == of_b));
        for (const cd::work_ids* const x : {&of_a, &list_of_a})
            for (const cd::work_ids* const y : {&of_b, &list_of_b}) {
                CHECK(x->common_with(*y) == of_both);
                CHECK(y->common_with(*x) == of_both);
                CHECK(x->common_with({}).empty());
                cd::work_ids merged = *x, rest = *x, one_more = *x, from_none;
                merged.merge(*y);
                rest.remove(*y);
                CHECK(merged == of_either);
                CHECK(merged.size() == either.size());
                CHECK(rest == of_only);
                CHECK(rest.size() == only.size());
                rest.remove(*x);
                CHECK(rest == cd::work_ids{});
                CHECK(rest.empty());
                CHECK(!one_more.insert(*a.begin()));
                CHECK(one_more.insert(5'000'000'000));
                CHECK(one_more.size() == a.size() + 1);
                from_none.merge(*x);
                from_none.merge(*y);
                CHECK(from_none == merged);
            }
    }
    // Of parts, as a snapshot's are, so many that lists are put into sets, at first and later.
    std::vector<std::uint64_t> many(560'000);
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = i * 2'654'435'761 % 7'500'000'000;
    cd::work_ids whole;
    for (std::size_t first = 0; first < many.size(); first += 135'000) {
        const auto end = std::min(many.size(), first + 140'000);  // some twice
        const cd::work_ids part(std::vector(many.begin() + static_cast<std::ptrdiff_t>(first),
                                            many.begin() + static_cast<std::ptrdiff_t>(end)));
        CHECK(whole.common_with(part).size() == (first == 0 ? 0 : std::min<std::size_t>(5'000, part.size())));
        whole.merge(part);
        CHECK(whole.size() == end);
    }
    CHECK(whole == cd::work_ids(many));
    std::ranges::sort(many);
    CHECK(whole.ids() == many);
    CHECK(cd::saved(whole) == cd::saved(cd::work_ids(many)));
    cd::work_ids without = whole, some(std::vector(many.begin() + 100'000, many.begin() + 400'000));
    without.remove(some);
    CHECK(without.size() == 260'000);
    CHECK(without.common_with(some).empty());
    without.merge(some);
    CHECK(without == whole);
    CHECK(some.insert(1));
    CHECK(some.first() == 1u);
    some.merge(cd::work_ids(std::vector<std::uint64_t>{0}));
    CHECK(some.first() == 0u);
    CHECK(some.size() == 300'002);
    cd::work_ids twice;
    CHECK(twice.insert(7));
    CHECK(!twice.insert(7));
    CHECK(twice.insert(std::numeric_limits<std::uint64_t>::max()));
    CHECK(twice.insert(0));
    CHECK(twice.size() == 3);
}

TEST_CASE("a state is the same whatever the order, and loads as what was saved") {
    auto ids = drawn(5, 50'000);
    for (std::uint64_t id = 65'536; id < 3 * 65'536; ++id) ids.insert(id);  // two full blocks
    std::vector<std::uint64_t> shuffled(ids.begin(), ids.end());
    std::ranges::shuffle(shuffled, std::mt19937_64(1));
    const cd::work_ids set = set_of(ids);
    CHECK(cd::saved(set) == cd::saved(set_of(shuffled)));
    CHECK(cd::saved(set).size() < 2 * ids.size() + 20 * 70'000);
    cd::work_ids loaded = set_of(drawn(6, 10));
    cd::load(cd::saved(set), loaded);
    CHECK(loaded == set);
    // Bytes by hand: the number 65537 of block 1.
    CHECK(set_of(std::vector<std::uint64_t>{65'537}).packed() == std::string("\1\0\0\0\0\0\0\0\1\0", 10));
}

TEST_CASE("a set may be merged with itself, and taken away from itself") {
    cd::work_ids set = set_of(drawn(3, 5'000));
    const cd::work_ids as_it_was = set;
    set.merge(set);
    CHECK(set == as_it_was);
    set.remove(set);
    CHECK(set == cd::work_ids());
    CHECK(set.empty());
}

TEST_CASE("bytes that are not those of a set are refused") {
    const auto bytes = [](std::initializer_list<int> values) {
        std::string text;
        for (const int value : values) text += static_cast<char>(value);
        return text;
    };
    cd::work_ids set;
    CHECK(set.unpack(""));
    CHECK(set.unpack(bytes({1, 0, 0, 0, 0, 0, 1, 0, 3, 0, 9, 0})));
    CHECK(set == set_of(std::vector<std::uint64_t>{65'539, 65'545}));
    for (const std::string& wrong :
         {bytes({1}), bytes({1, 0, 0, 0, 0, 0, 1, 0, 3, 0}), bytes({1, 0, 0, 0, 0, 0, 1, 0, 9, 0, 3, 0}),
          bytes({1, 0, 0, 0, 0, 0, 1, 0, 3, 0, 3, 0}), bytes({1, 0, 0, 0, 0, 0, 255, 255}),
          bytes({1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0}),
          bytes({0, 0, 0, 0, 0, 0, 255, 255}) + std::string(8192, '\1')}) {
        CHECK(!set.unpack(wrong));
        CHECK(set.empty());
    }
    CHECK(set.unpack(bytes({0, 0, 0, 0, 0, 0, 255, 255}) + std::string(8192, '\xFF')));
    CHECK(set.size() == 65'536);
}
