// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/pool.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/shares/tabulate.hpp>

#include "support/close.hpp"

namespace cd = compute_divide;

namespace {

struct paper {
    std::optional<int> year;
    std::string institution;
    double weight;
};

std::vector<paper> papers() {
    std::mt19937 random(6);
    const char* names[] = {"Mila", "Google", "OpenAI", "MIT", "Tsinghua"};
    std::vector<paper> made;
    for (int i = 0; i < 2000; ++i) {
        const auto year = random() % 20 == 0 ? std::nullopt : std::optional(2008 + static_cast<int>(random() % 16));
        made.push_back({year, names[random() % 5], 0.25 * static_cast<double>(1 + random() % 4)});
    }
    return made;
}

using window = cd::key_window<>;

}  // namespace

TEST_CASE("pooling a table equals tabulating the records by the pooled key") {
    const auto records = papers();
    const auto decade_of = [](int year) { return year / 10 * 10; };
    const auto decade = [&](const paper& p) { return p.year ? std::optional(decade_of(*p.year)) : std::nullopt; };
    CHECK(cd::pool(cd::tabulate(records, &paper::year, &paper::institution), decade_of) ==
          cd::tabulate(records, decade, &paper::institution));
    CHECK(cd::pool(cd::tabulate(records, &paper::year, &paper::institution, &paper::weight), decade_of) ==
          cd::tabulate(records, decade, &paper::institution, &paper::weight));
}

TEST_CASE("a key that is pooled to nothing is left out and counted") {
    const auto by_year = cd::tabulate(papers(), &paper::year, &paper::institution);
    const auto late = cd::pool(by_year, [](int year) { return year < 2020 ? std::nullopt : std::optional("late"); });
    REQUIRE(late.size() == 1);
    CHECK(late.rows[0].key == "late");
    CHECK(late.rows[0].n + late.n_left_out + late.n_missing == 2000);
    CHECK(late.n_missing == by_year.n_missing);
    CHECK(cd::pool(late, [](const std::string&) { return std::optional<int>(); }).n_left_out == 2000 - late.n_missing);
}

TEST_CASE("what was left out stays counted through every merge") {
    const auto table = cd::tabulate(papers(), &paper::year, &paper::institution);
    const auto late = cd::pool(table, [](int year) { return year < 2020 ? std::nullopt : std::optional(year); });
    REQUIRE(late.n_left_out > 0);
    cd::tally<int, std::string> once;
    once.merge(late);
    CHECK(once.result() == late);
    auto twice = once;
    twice.merge(once);
    CHECK(twice.result().n_left_out == 2 * late.n_left_out);
    CHECK(twice.result().n_missing == 2 * late.n_missing);
}

TEST_CASE("windows: the counts of their years, empty ones too; records outside are counted") {
    const auto by_year = cd::tabulate(papers(), &paper::year, &paper::institution, &paper::weight);
    const auto pooled = cd::windows(by_year, {{2020, 2022}, {2010, 2014}, {1990, 1999}, {2010, 2014}});
    REQUIRE(pooled.size() == 3);
    CHECK(pooled.rows[0] == cd::tally_row<window, std::string>{.key = {1990, 1999}});
    CHECK(pooled.rows[1].key == window{2010, 2014});
    std::uint64_t n = 0;
    std::uint64_t outside = 0;
    double weight = 0;
    double weight_squared = 0;
    for (const auto& row : by_year) {
        if (window{2010, 2014}.contains(row.key)) {
            n += row.n;
            for (const auto& cell : row.cells) {
                weight += cell.weight;
                weight_squared += cell.weight_squared;
            }
        } else if (!window{2020, 2022}.contains(row.key)) {
            outside += row.n;
        }
    }
    CHECK(pooled.rows[1].n == n);
    CHECK(pooled.rows[1].weight == weight);
    CHECK(test_support::close(pooled.rows[1].n_effective, weight * weight / weight_squared, 1e-15));
    CHECK(pooled.n_left_out == outside);
    CHECK(pooled.n_missing == by_year.n_missing);
}

TEST_CASE("windows that overlap count a record in each, and leave out only what is in none") {
    const std::vector<int> years{2010, 2011, 2012, 2013};
    const auto by_year = cd::tabulate(years, std::identity{}, [](int) { return true; });
    const auto pooled = cd::windows(by_year, {{2010, 2011}, {2011, 2012}});
    CHECK(pooled.rows[0].n == 2);
    CHECK(pooled.rows[1].n == 2);
    CHECK(pooled.n_left_out == 1);
}

TEST_CASE("rolling windows are full windows from the first key on") {
    struct row {
        std::vector<int> years;
        cd::rolling_options options;
        std::vector<window> windows;
        std::uint64_t left_out;
    };
    const row rows[] = {
        {{2010, 2011, 2012, 2013, 2014}, {}, {{2010, 2012}, {2011, 2013}, {2012, 2014}}, 0},
        {{2010, 2014}, {.width = 2}, {{2010, 2011}, {2011, 2012}, {2012, 2013}, {2013, 2014}}, 0},
        {{2010, 2011, 2012, 2013, 2014}, {.width = 2, .step = 2}, {{2010, 2011}, {2012, 2013}}, 1},
        {{2010, 2011, 2012, 2013}, {.width = 1, .step = 3}, {{2010, 2010}, {2013, 2013}}, 2},
        {{2010, 2011}, {.width = 3}, {}, 2},
        {{}, {}, {}, 0},
        {{std::numeric_limits<int>::max() - 1, std::numeric_limits<int>::max()},
         {.width = 2},
         {{std::numeric_limits<int>::max() - 1, std::numeric_limits<int>::max()}},
         0},
    };
    for (const auto& [years, options, expected, left_out] : rows) {
        const auto table = cd::rolling(cd::tabulate(years, std::identity{}, [](int) { return true; }), options);
        std::vector<window> got;
        for (const auto& r : table) got.push_back(r.key);
        CHECK(got == expected);
        CHECK(table.n_left_out == left_out);
    }
    const std::vector<int> gap{2010, 2014};
    const auto table = cd::rolling(cd::tabulate(gap, std::identity{}, [](int) { return true; }), {.width = 2});
    CHECK(table.find({2011, 2012})->n == 0);
    CHECK(table.find({2013, 2014})->n == 1);
}

TEST_CASE("rolling windows of any width are the windows of the same keys") {
    std::mt19937 random(61);
    struct record {
        std::optional<int> key;
        std::optional<std::string> category;
        double weight;
    };
    std::vector<record> records;
    for (int i = 0; i < 3000; ++i) {
        const int key = static_cast<int>(random() % 400) - 150;
        if (key % 7 == 0 || (key > 60 && key < 110)) continue;  // gaps
        records.push_back({random() % 30 == 0 ? std::nullopt : std::optional(key),
                           random() % 30 == 0 ? std::nullopt : std::optional("c" + std::to_string(key / 40 % 5)),
                           0.25 * static_cast<double>(1 + random() % 9)});
    }
    records.push_back({250, "last", 1e16});
    for (const double factor : {1.0, 0.1}) {
        const auto table = cd::tabulate(records, &record::key, &record::category,
                                        [&](const record& each) { return each.weight * factor; });
        for (const int width : {1, 16, 17, 40, 150, 399, 400, 401})
            for (const int step : {1, 2, 3, 7, 23}) {
                CAPTURE(width);
                CAPTURE(step);
                const auto got = cd::rolling(table, {.width = width, .step = step});
                std::vector<window> wanted;
                for (int from = table.rows.front().key; from + width - 1 <= table.rows.back().key; from += step)
                    wanted.push_back({from, from + width - 1});
                auto expected = cd::windows(table, wanted);
                if (factor == 1) {
                    CHECK(got == expected);
                    continue;
                }
                CHECK(got.categories == expected.categories);
                CHECK(got.n_left_out == expected.n_left_out);
                REQUIRE(got.size() == expected.size());
                for (std::size_t i = 0; i < got.size(); ++i) {
                    CHECK(got.rows[i].n == expected.rows[i].n);
                    CHECK(got.rows[i].n_missing == expected.rows[i].n_missing);
                    CHECK(test_support::close(got.rows[i].weight, expected.rows[i].weight, 1e-14));
                    CHECK(test_support::close(got.rows[i].n_effective, expected.rows[i].n_effective, 1e-13));
                }
            }
    }
}

TEST_CASE("rolling windows as wide as half of very many keys end within ctest's limit of time") {
    constexpr int keys = 100'000;  // one by one they would add 2.5 10^9 rows
    std::vector<int> each(keys);
    std::iota(each.begin(), each.end(), 0);
    const auto table =
        cd::rolling(cd::tabulate(each, std::identity{}, [](int i) { return i % 3; }), {.width = keys / 2});
    REQUIRE(table.size() == keys / 2 + 1);
    CHECK(std::ranges::all_of(table, [](const auto& row) { return row.n == keys / 2; }));
    CHECK(table.rows[1].weight_of(0) == keys / 2 / 3);
    const auto few = cd::rolling(cd::tabulate(each, std::identity{}, std::identity{}), {.width = keys - 1});
    CHECK(few.size() == 2);
}

TEST_CASE("the largest keys, with the rest pooled or left out") {
    const std::vector<std::string> names{"b", "a", "c", "a", "b", "d", "e", "e"};
    const auto all = cd::tabulate(names, std::identity{}, [](const auto&) { return true; });
    const auto keys = [](const auto& table) {
        std::string joined;
        for (const auto& row : table) joined += row.key + std::to_string(row.n) + " ";
        return joined;
    };
    CHECK(keys(cd::top_keys(all, 2)) == "a2 b2 ");  // e has as many: the smaller key comes first
    CHECK(cd::top_keys(all, 2).n_left_out == 4);
    CHECK(keys(cd::top_keys(all, 2, {.rest = "others"})) == "a2 b2 others4 ");
    CHECK(cd::top_keys(all, 2, {.rest = "others"}).n_left_out == 0);
    CHECK(keys(cd::top_keys(all, 2, {.rest = "e"})) == "a2 b2 e4 ");
    CHECK(cd::top_keys(all, 5) == all);
    CHECK(cd::top_keys(all, 99, {.rest = "others"}) == all);
    CHECK(cd::top_keys(all, 0).n_left_out == 8);
}

TEST_CASE("impossible arguments are refused by name") {
    const std::vector<std::int64_t> keys{std::numeric_limits<std::int64_t>::min(),
                                         std::numeric_limits<std::int64_t>::max()};
    const auto table = cd::tabulate(keys, std::identity{}, [](auto) { return true; });
    CHECK_THROWS_WITH_AS(static_cast<void>(cd::windows(table, {{2014, 2010}})),
                         "compute_divide::windows: windows that do not end before they begin, got \"2014 to 2010\"",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(static_cast<void>(cd::rolling(table, {.width = 0})),
                         "compute_divide::rolling: width of at least 1, got 0", std::invalid_argument);
    CHECK_THROWS_WITH_AS(static_cast<void>(cd::rolling(table, {.step = -1})),
                         "compute_divide::rolling: step of at least 1, got -1", std::invalid_argument);
    CHECK_THROWS_WITH_AS(static_cast<void>(cd::rolling(table)),
                         "compute_divide::rolling: at most 1000000 windows (a larger step), got 18446744073709551616",
                         std::invalid_argument);
    CHECK_THROWS_WITH_AS(
        static_cast<void>(cd::top_keys(table, 1, {.rest = keys[0]})),
        "compute_divide::top_keys: a key for the rest that is none of the top keys, got \"one of them\"",
        std::invalid_argument);
    CHECK(cd::windows(table, {{keys[0], keys[1]}}).rows[0].n == 2);
}
