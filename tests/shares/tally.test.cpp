// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/tally.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"

namespace cd = compute_divide;
using test_support::close;

namespace {

enum class team : signed char { academia = -5, industry = 7, both = 1 };
constexpr team teams[] = {team::academia, team::both, team::industry};

using year_tally = cd::tally<int, team>;
static_assert(cd::accumulator_of<year_tally, int, team> && cd::accumulator_of<year_tally, int, team, double>);
static_assert(!cd::accumulator_of<year_tally, std::string, team>);
static_assert(cd::accumulator_of<cd::tally<std::string, bool>, std::string_view, bool>);

struct observation {
    int year;
    team who;
};

std::vector<observation> observations(std::size_t n, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<observation> made;
    for (std::size_t i = 0; i < n; ++i) made.push_back({1990 + static_cast<int>(random() % 30), teams[random() % 3]});
    return made;
}

}  // namespace

TEST_CASE("full counting: what std::map counts, sorted by key and category") {
    year_tally counted;
    std::map<int, std::map<team, std::uint64_t>> expected;
    for (const auto& [year, who] : observations(5000, 1)) {
        counted.add(year, who);
        ++expected[year][who];
    }
    const auto table = counted.result();
    REQUIRE(table.size() == expected.size());
    auto row = table.begin();
    for (const auto& [year, categories] : expected) {
        CAPTURE(row->key);
        CHECK(row->key == year);
        REQUIRE(row->cells.size() == categories.size());
        auto cell = row->cells.begin();
        std::uint64_t n = 0;
        for (const auto& [who, count] : categories) {
            CHECK(*cell == cd::tally_cell<team>{who, count, static_cast<double>(count), static_cast<double>(count)});
            n += count;
            ++cell;
        }
        CHECK(row->n == n);
        CHECK(row->weight == static_cast<double>(n));
        CHECK(row->n_effective == static_cast<double>(n));
        ++row;
    }
    CHECK(table.categories == std::vector(std::begin(teams), std::end(teams)));
    CHECK(table.n_missing == 0);
}

TEST_CASE("merging random parts, as tallies or as tables, equals one pass over the whole") {
    const auto all = observations(3000, 2);
    for (unsigned seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        year_tally whole, of_tallies, of_tables;
        year_tally parts[4];
        for (const auto& [year, who] : all) {
            auto& part = parts[random() % 4];
            switch (random() % 8) {
                case 0:
                    whole.add(std::optional<int>(), who);
                    part.add(std::optional<int>(), who);
                    break;
                case 1:
                    whole.add(year, std::optional<team>());
                    part.add(year, std::optional<team>());
                    break;
                case 2: {  // quarters add up without rounding
                    const double weight = 0.25 * static_cast<double>(random() % 9);
                    whole.add(year, who, weight);
                    part.add(year, who, weight);
                    break;
                }
                default:
                    whole.add(year, who);
                    part.add(year, who);
            }
        }
        for (const auto& part : parts) {
            of_tallies.merge(part);
            of_tables.merge(part.result());
        }
        CHECK(of_tallies.result() == whole.result());
        CHECK(of_tables.result() == whole.result());
        of_tallies.add(2000, team::both);  // and it goes on counting
        whole.add(2000, team::both);
        CHECK(of_tallies.result() == whole.result());
    }
}

TEST_CASE("the order of records does not matter") {
    auto all = observations(1000, 3);
    year_tally forward;
    for (const auto& [year, who] : all) forward.add(year, who);
    std::shuffle(all.begin(), all.end(), std::mt19937(4));
    year_tally shuffled;
    for (const auto& [year, who] : all) shuffled.add(year, who);
    CHECK(forward.result() == shuffled.result());
}

TEST_CASE("Kish's effective number, in exact arithmetic") {
    const std::vector<std::int64_t> weights_in_sixths[] = {{6, 6, 6, 6},          {3, 3}, {6, 3, 2},
                                                           {1, 1, 1, 1, 1, 1, 6}, {0, 6}, {600, 1}};
    for (const auto& sixths : weights_in_sixths) {
        CAPTURE(sixths.size());
        cd::tally<int, bool> weighted;
        std::int64_t sum = 0;
        std::int64_t sum_of_squares = 0;
        for (const std::int64_t w : sixths) {
            weighted.add(1, w % 2 == 0, static_cast<double>(w) / 6);
            sum += w;
            sum_of_squares += w * w;
        }
        const auto table = weighted.result();
        const double expected = static_cast<double>(sum * sum) / static_cast<double>(sum_of_squares);
        CHECK(close(table.rows[0].n_effective, expected, 1e-15));
        CHECK(close(table.rows[0].weight, static_cast<double>(sum) / 6, 1e-15));
        CHECK(table.rows[0].n == sixths.size());
    }
}

TEST_CASE("equal weights leave the effective number at n; records of weight 0 count as records only") {
    for (const double weight : {1e-100, 1e-3, 1.0, 3.0, 1e100}) {
        cd::tally<int, bool> equal;
        for (int i = 0; i < 7; ++i) equal.add(1, true, weight);
        CHECK(close(equal.result().rows[0].n_effective, 7, 1e-15));
    }
    cd::tally<int, bool> nothing;
    nothing.add(1, true, 0.0);
    const auto row = nothing.result().rows[0];
    CHECK(row.n == 1);
    CHECK(row.weight == 0);
    CHECK(row.n_effective == 0);
}

TEST_CASE("what is not known is counted, under its key where that is known") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    cd::tally<std::string, int> counted;
    counted.add("a", 1);
    counted.add(std::optional<std::string>("a"), std::optional<int>());
    counted.add(std::optional<std::string_view>(), 1);
    counted.add("a", 1, nan);
    counted.add("a", 1, std::optional<float>());
    counted.add("b", std::optional<int>());
    counted.add_missing();
    counted.add_missing("a");
    const auto table = counted.result();
    REQUIRE(table.size() == 2);
    CHECK(table.rows[0].n == 1);
    CHECK(table.rows[0].n_missing == 4);
    CHECK(table.rows[1] == cd::tally_row<std::string, int>{.key = "b", .n_missing = 1});
    CHECK(table.n_missing == 7);
    CHECK(table.categories == std::vector{1});
}

TEST_CASE("weights that are no weights are refused by name") {
    cd::tally<int, bool> counted;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const std::pair<double, const char*> rows[] = {
        {-1, "compute_divide::tally::add: weight 0, or from 1e-100 to 1e100, got -1"},
        {-1e-300, "compute_divide::tally::add: weight 0, or from 1e-100 to 1e100, got -1e-300"},
        {infinity, "compute_divide::tally::add: weight 0, or from 1e-100 to 1e100, got inf"},
        {1e101, "compute_divide::tally::add: weight 0, or from 1e-100 to 1e100, got 1e+101"},
        {1e-101, "compute_divide::tally::add: weight 0, or from 1e-100 to 1e100, got 1e-101"}};
    for (const auto& row : rows) {
        CAPTURE(row.first);
        CHECK_THROWS_WITH_AS(counted.add(1, true, row.first), row.second, std::invalid_argument);
    }
    CHECK(counted.result().empty());
}

TEST_CASE("integer labels of any spread: the extremes neither overflow nor take memory") {
    using limits = std::numeric_limits<std::int64_t>;
    const std::int64_t keys[] = {0, limits::min(), limits::max(), -1, 1, limits::min() + 1, 2010, 1'000'000'007};
    cd::tally<std::int64_t, std::uint64_t> counted;
    for (int pass = 0; pass < 3; ++pass)
        for (const auto key : keys)
            for (const std::uint64_t category : {std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()})
                counted.add(key, category);
    const auto table = counted.result();
    REQUIRE(table.size() == std::size(keys));
    CHECK(table.rows.front().key == limits::min());
    CHECK(table.rows.back().key == limits::max());
    for (const auto& row : table) {
        CAPTURE(row.key);
        CHECK(row.n == 6);
        CHECK(row.cells.size() == 2);
        CHECK(row.weight_of(0) == 3);
        CHECK(row.weight_of(1) == 0);
    }
}

TEST_CASE("a million different keys") {
    cd::tally<std::int64_t, bool> counted;
    constexpr std::int64_t n = 1'000'000;
    for (std::int64_t i = 0; i < n; ++i) counted.add((i * 7919) % n * 1024, true);
    const auto table = counted.result();
    REQUIRE(table.size() == n);
    for (std::int64_t i = 0; i < n; ++i) {
        const auto& row = table.rows[static_cast<std::size_t>(i)];
        if (row.key != i * 1024 || row.n != 1) FAIL("key ", row.key, " in row ", i, " with n ", row.n);
    }
}

TEST_CASE("keys and categories that both spread: no matrix of all pairs is made") {
    cd::tally<int, int> counted;
    for (int pass = 0; pass < 2; ++pass)
        for (int i = 0; i < 8000; ++i) counted.add(i, i);
    const auto table = counted.result();
    CHECK(table.size() == 8000);
    CHECK(std::ranges::all_of(table, [](const auto& row) { return row.n == 2 && row.weight_of(row.key) == 2; }));
}

TEST_CASE("keys that fill the matrix from either side, and beyond") {
    for (const int step : {1, -1}) {
        CAPTURE(step);
        cd::tally<int, team> counted;
        for (int pass = 0; pass < 2; ++pass)
            for (int i = 0; i < 20'000; ++i) counted.add(i * step, teams[i % 3]);
        const auto table = counted.result();
        CHECK(table.size() == 20'000);
        CHECK(std::ranges::all_of(table, [](const auto& row) { return row.n == 2 && row.cells.size() == 1; }));
    }
}

namespace {

struct venue {  // a label of the user's own that can only be compared
    std::string name;
    int year;
    auto operator<=>(const venue&) const = default;
};

template <class Key>
void check_keys(const std::vector<Key>& sorted) {
    cd::tally<Key, std::string> counted;
    for (int pass = 0; pass < 3; ++pass)
        for (const auto& key : sorted) {
            counted.add(key, "x");
            counted.add(key, std::string_view("y"), 0.5);
        }
    const auto table = counted.result();
    REQUIRE(table.size() == sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        CAPTURE(i);
        CHECK(table.rows[i].key == sorted[i]);
        CHECK(table.rows[i].weight_of("x") == 3);
        CHECK(table.rows[i].weight_of("y") == 1.5);
        CHECK(table.find(sorted[i]) == &table.rows[i]);
    }
}

}  // namespace

TEST_CASE("any label is a key") {
    using namespace std::chrono_literals;
    check_keys<short>({-3, 0, 2});
    check_keys<bool>({false, true});
    check_keys<team>({team::academia, team::both, team::industry});
    check_keys<double>({-0.5, 0.25, 1e300});
    check_keys<std::string>({"", "DeepMind", "Mila", std::string(100, 'x')});
    check_keys<std::chrono::year>({1950y, 2012y});
    check_keys<std::chrono::sys_days>({std::chrono::sys_days{2012y / 1 / 2}, std::chrono::sys_days{2012y / 9 / 30}});
    check_keys<std::tuple<int, std::string>>({{2012, "a"}, {2012, "b"}, {2013, "a"}});
    check_keys<std::pair<team, bool>>({{team::academia, true}, {team::industry, false}});
    check_keys<venue>({{"ICML", 2012}, {"NeurIPS", 2011}, {"NeurIPS", 2012}});
}

TEST_CASE("text inside a tuple is kept as text, and a tuple with an unknown part is missing") {
    cd::tally<std::tuple<int, std::string>, bool> counted;
    {
        std::string name = "a name too long for the small buffer of std::string";
        counted.add(std::tuple<int, std::string_view>(2012, name), true);
        name.assign(name.size(), '#');
    }
    CHECK(std::get<1>(counted.result().rows[0].key) == "a name too long for the small buffer of std::string");

    cd::tally<std::tuple<std::optional<int>, double>, bool> partly;
    partly.add(std::tuple<std::optional<int>, double>(2012, 1.0), true);
    partly.add(std::tuple<std::optional<int>, double>(std::nullopt, 1.0), true);
    partly.add(std::tuple<std::optional<int>, double>(2012, std::numeric_limits<double>::quiet_NaN()), true);
    CHECK(partly.result().size() == 1);
    CHECK(partly.result().n_missing == 2);
}

TEST_CASE("a key can be asked for before a record comes, and looked up") {
    cd::tally<int, bool> counted;
    counted.add_key(2011);
    counted.add(2010, true);
    const auto table = counted.result();
    REQUIRE(table.find(2011) != nullptr);
    CHECK(table.find(2011)->n == 0);
    CHECK(table.find(2012) == nullptr);
    CHECK(table.n_missing == 0);
}

TEST_CASE("a tally moved from can be used again") {
    cd::tally<std::string, std::string> counted;
    counted.add("a", "b");
    const auto taken = std::move(counted);
    counted = {};
    counted.add("c", "d");
    CHECK(taken.result().rows[0].key == "a");
    CHECK(counted.result().rows[0].key == "c");
}
