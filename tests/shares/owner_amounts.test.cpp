// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/owner_amounts.hpp>

#include <cstddef>
#include <limits>
#include <optional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
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
