// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/owner_amounts.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/state.hpp>

#include "support/message_of.hpp"

namespace cd = compute_divide;

namespace {

struct holding {
    std::optional<int> year;
    std::string owner;
    std::optional<double> chips;
};

std::vector<holding> holdings() {
    std::mt19937 random(3);
    const char* owners[] = {"Google", "Microsoft", "Meta", "Amazon", "Oracle"};
    std::vector<holding> made;
    for (int i = 0; i < 3000; ++i)
        made.push_back({random() % 20 == 0 ? std::nullopt : std::optional(2020 + static_cast<int>(random() % 5)),
                        owners[random() % 5],
                        random() % 30 == 0 ? std::nullopt : std::optional(static_cast<double>(random() % 1000))});
    return made;
}

}  // namespace

TEST_CASE("amounts are summed by key and owner, and every record is somewhere") {
    const auto records = holdings();
    cd::owner_amounts<int, std::string> sums;
    for (const auto& h : records) sums.add(h.year, h.owner, h.chips);
    const auto table = sums.result();
    REQUIRE(table.size() == 5);
    std::uint64_t n = table.n_missing;
    for (const auto& row : table) {
        n += row.n;
        for (const auto& each : row.owners) {
            double sum = 0;
            std::uint64_t count = 0;
            for (const auto& h : records)
                if (h.year == row.key && h.owner == each.owner && h.chips) {
                    sum += *h.chips;
                    ++count;
                }
            CHECK(each.amount == sum);
            CHECK(each.n == count);
        }
    }
    CHECK(n == records.size());
}

TEST_CASE("parts merged in any order, and a state saved and loaded, are the whole") {
    const auto records = holdings();
    cd::owner_amounts<int, std::string> whole, first, second;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto& h = records[i];
        whole.add(h.year, h.owner, h.chips);
        (i % 3 == 0 ? first : second).add(h.year, h.owner, h.chips);
    }
    auto merged = second;
    merged.merge(first);
    CHECK(merged.result() == whole.result());
    std::stringstream stream;
    cd::save(stream, first);
    cd::owner_amounts<int, std::string> loaded;
    cd::load(stream, loaded);
    loaded.merge(second);
    CHECK(loaded.result() == whole.result());
}

TEST_CASE("small amounts beside large ones keep their digits") {
    cd::owner_amounts<int, int> sums;
    sums.add(1, 1, 1e17);
    for (int i = 0; i < 1000; ++i) sums.add(1, 1, 1.0);
    CHECK(sums.result().rows[0].owners[0].amount == 1e17 + 1000);
}

TEST_CASE("concentration by year is that of each year's owners") {
    const auto records = holdings();
    const auto rows = cd::concentration_by(records, &holding::year, &holding::owner, &holding::chips);
    cd::owner_amounts<int, std::string> sums;
    for (const auto& h : records) sums.add(h.year, h.owner, h.chips);
    const auto table = sums.result();
    REQUIRE(rows.size() == table.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto own = cd::concentration_of(table.rows[i].owners, &cd::owner_amount<std::string>::amount);
        CHECK(rows[i].key == table.rows[i].key);
        CHECK(rows[i].concentration.gini.value == own.gini.value);
        CHECK(rows[i].concentration.n == 5);
        CHECK(rows[i].concentration.n_missing == table.rows[i].n_missing);
    }
}

TEST_CASE("a range at once is as record by record, of few pairs and of many, whatever the labels") {
    struct sale {
        int year;
        long owner;
        double amount;
    };
    std::mt19937 random(5);
    for (const int n_owners : {3, 300, 20'000}) {
        std::vector<sale> sales;
        for (int i = 0; i < 60'000; ++i) {
            const int year = 2000 + static_cast<int>(random() % 3);
            // Owners of both signs and of all sizes; the last are apart from the others, and met late.
            long owner = static_cast<long>(random() % static_cast<unsigned>(n_owners)) - n_owners / 2;
            if (i > 50'000 && random() % 8 == 0) owner = std::numeric_limits<long>::min() + owner * owner;
            sales.push_back({year, owner, std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 60))});
        }
        cd::owner_amounts<int, long> one_by_one, at_once;
        for (const sale& each : sales) one_by_one.add(each.year, each.owner, each.amount);
        at_once.add_all(sales, &sale::year, &sale::owner, &sale::amount);
        const auto table = at_once.result();
        CHECK(table == one_by_one.result());
        std::map<std::pair<int, long>, std::uint64_t> counts;
        for (const sale& each : sales) ++counts[{each.year, each.owner}];
        std::size_t n = 0;
        for (const auto& row : table) {
            CHECK(std::ranges::is_sorted(row.owners, {}, &cd::owner_amount<long>::owner));
            for (const auto& each : row.owners) CHECK(counts[{row.key, each.owner}] == each.n);
            n += row.owners.size();
        }
        CHECK(n == counts.size());
    }
    // Text, and what is not known.
    const auto records = holdings();
    cd::owner_amounts<int, std::string> one_by_one, at_once;
    for (const auto& h : records) one_by_one.add(h.year, h.owner, h.chips);
    at_once.add_all(records, &holding::year, &holding::owner, &holding::chips);
    CHECK(at_once.result() == one_by_one.result());
    const std::vector<std::pair<std::optional<int>, double>> some{{1, 2.0}, {std::nullopt, 1.0}, {1, 3.0}};
    cd::owner_amounts<std::string, int> with_unknown;
    with_unknown.add_all(
        some, [](const auto&) { return std::string("key"); }, [](const auto& r) { return r.first; },
        [](const auto& r) { return r.second; });
    REQUIRE(with_unknown.result().size() == 1);
    CHECK(with_unknown.result().rows[0].owners[0].amount == 5);
    CHECK(with_unknown.result().rows[0].n_missing == 1);
    CHECK(test_support::message_of([] {
              cd::owner_amounts<int, int> wrong;
              wrong.add_all(
                  std::vector{3.0, -2.0}, [](double) { return 1; }, [](double) { return 2; }, std::identity{});
          }) == "compute_divide::owner_amounts::add: finite amounts >= 0, got -2");
}

TEST_CASE("an amount that cannot be is an error") {
    cd::owner_amounts<int, int> sums;
    CHECK(test_support::message_of([&] { sums.add(1, 1, -1.0); }) ==
          "compute_divide::owner_amounts::add: finite amounts >= 0, got -1");
    sums.add(std::optional<int>{}, 1, 1.0);
    sums.add(2020, std::optional<int>{}, 1.0);
    CHECK(sums.result().n_missing == 2);
}

TEST_CASE("a sum beyond the doubles is infinite, and no owner is lost by it") {
    cd::owner_amounts<int, std::string> sums, more;
    sums.add(2024, "a", 1e308);
    sums.add(2024, "b", 1.0);
    more.add(2024, "a", 1e308);
    more.add(2024, "a", 2.0);
    sums.merge(more);
    sums.add(2024, "a", 1.0);
    const auto table = sums.result();
    REQUIRE(table.size() == 1);
    REQUIRE(table.rows[0].owners.size() == 2);
    CHECK(table.rows[0].owners[0].amount == std::numeric_limits<double>::infinity());
    CHECK(table.rows[0].owners[0].n == 4);
    CHECK_THROWS_WITH_AS(static_cast<void>(cd::concentration_of_keys(table)),
                         "compute_divide::concentration_of: finite amounts >= 0, got inf", std::invalid_argument);
}
