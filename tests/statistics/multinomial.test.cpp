// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/multinomial.hpp>

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;

namespace {

struct sector {
    std::string name;
    std::optional<int> papers;
};

std::string message_of(const std::vector<double>& counts, double level = 0.95) {
    return test_support::message_of([&] { (void)cd::simultaneous_shares(counts, {}, {.level = level}); });
}

}  // namespace

TEST_CASE("intervals agree with Goodman's formula in high precision") {
    const auto rows = test_support::reference_table("multinomial", 6);
    for (std::size_t first = 0; first < rows.size();) {
        const auto categories = static_cast<std::size_t>(rows[first].numbers[3]);
        std::vector<double> counts;
        for (std::size_t i = 0; i < categories; ++i) counts.push_back(rows[first + i].numbers[1]);
        const auto shares = cd::simultaneous_shares(counts, {}, {.level = rows[first].numbers[0]});
        REQUIRE(shares.size() == categories);
        for (std::size_t i = 0; i < categories; ++i) {
            const auto& v = rows[first + i].numbers;
            CAPTURE(rows[first + i].text);
            CHECK(close(*shares[i].value, v[1] / v[2], 1e-15));
            CHECK(close(shares[i].lower(), v[4], 1e-13));
            CHECK(close(shares[i].upper(), v[5], 1e-13));
            CHECK(shares[i].n == v[2]);
            CHECK(shares[i].method == "goodman");
        }
        first += categories;
    }
}

TEST_CASE("one category alone has its Wilson interval") {
    const auto share = cd::simultaneous_shares(std::vector{3}).front();
    CHECK(share.bounds == cd::share(3, 3).bounds);
}

TEST_CASE("records of any kind and unknown counts") {
    const std::vector<sector> sectors = {{"academia", 18}, {"industry", 78}, {"other", std::nullopt}};
    const auto shares = cd::simultaneous_shares(sectors, &sector::papers);
    REQUIRE(shares.size() == 3);
    CHECK(shares[0].value == 18.0 / 96);
    CHECK(shares[0].n_missing == 1);
    CHECK(shares[2].status == estimate_status::no_data);
    CHECK_FALSE(shares[2].value);
    CHECK(shares[0].bounds == cd::simultaneous_shares(std::vector{18, 78})[0].bounds);
    CHECK(cd::simultaneous_shares(test_support::single_pass<sector>(sectors), &sector::papers) == shares);
}

TEST_CASE("no observations are a status") {
    CHECK(cd::simultaneous_shares(std::vector<int>{}).empty());
    for (const auto& share : cd::simultaneous_shares(std::vector{0, 0, 0})) {
        CHECK(share.status == estimate_status::no_data);
        CHECK_FALSE(share.bounds);
    }
}

TEST_CASE("impossible arguments are refused by name") {
    CHECK(message_of({1, -2}) == "compute_divide::simultaneous_shares: finite counts >= 0, got -2");
    CHECK(message_of({std::numeric_limits<double>::infinity()}) ==
          "compute_divide::simultaneous_shares: finite counts >= 0, got inf");
    CHECK(message_of({5e-324, 0}) ==
          "compute_divide::simultaneous_shares: counts that sum to 0, or to 2.3e-308 and more, got 5e-324");
    CHECK(message_of({1, 2}, 1.5) == "compute_divide::simultaneous_shares: level in (0, 1), got 1.5");
}
