// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/quantile.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <list>
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

/// As in tests/reference/quantile.R.
std::vector<int> integers(double n) {
    std::vector<int> values;
    values.reserve(static_cast<std::size_t>(n));
    for (int i = 0; i < static_cast<int>(n); ++i) values.push_back((37 * i * i + 11 * i) % 101);
    return values;
}

struct model {
    std::optional<double> flop;
};

std::string message_of(double p) {
    return test_support::message_of([&] { (void)cd::quantile(std::vector{1, 2}, p); });
}

}  // namespace

TEST_CASE("quantiles of every definition agree with R") {
    for (const auto& row : test_support::reference_table("quantile", 3)) {
        CAPTURE(row.text);
        const auto values = integers(row.numbers[0]);
        const auto definition = cd::parse_name<cd::quantile_definition>(row.name);
        const auto e = cd::quantile(values, row.numbers[1], {}, {.definition = definition});
        REQUIRE(e);
        CHECK(close(e.value.value(), row.numbers[2], 1e-13));
        CHECK(e.n == row.numbers[0]);
        CHECK(e.method == row.name);
        CHECK(values == integers(row.numbers[0]));
        std::vector<double> sorted(values.begin(), values.end());
        std::ranges::sort(sorted);
        CHECK(cd::detail::quantile_of_sorted(sorted, row.numbers[1], definition) == e.value);
    }
}

TEST_CASE("median and median absolute deviation agree with R") {
    for (const auto& row : test_support::reference_table("median_absolute_deviation", 4)) {
        CAPTURE(row.text);
        const auto values = integers(row.numbers[0]);
        CHECK(cd::median(values).value == row.numbers[1]);
        CHECK(cd::median_absolute_deviation(values).value == row.numbers[2]);
        const auto scaled = cd::median_absolute_deviation(values, {}, {.scale = cd::deviation_scale::normal});
        CHECK(close(scaled.value.value(), row.numbers[3], 1e-14));
        CHECK(scaled.n == row.numbers[0]);
    }
}

TEST_CASE("unknown values are counted, infinite ones have their place") {
    const std::vector<model> models = {{3}, {std::nullopt}, {1}, {std::nan("")}, {2}};
    const auto e = cd::median(models, &model::flop);
    CHECK(e.value == 2);
    CHECK(e.n == 3);
    CHECK(e.n_missing == 2);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(cd::median(std::vector{infinity, 1.0, -infinity}).value == 1);
    CHECK(cd::quantile(std::vector{infinity, infinity, 1.0}, 0.75).value == infinity);
}

TEST_CASE("the largest numbers are no further apart than others; what infinite ones leave undefined is a status") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(cd::median(std::vector{-1e308, 1e308}).value == 0);
    CHECK(cd::median_absolute_deviation(std::vector{1.0, infinity, infinity, infinity}).value == 0);
    for (const auto& e : {cd::median(std::vector{-infinity, infinity}),
                          cd::median_absolute_deviation(std::vector{-infinity, infinity})}) {
        CHECK(e.status == estimate_status::degenerate);
        CHECK_FALSE(e.value);
    }
}

TEST_CASE("no known value is a status") {
    for (const auto& e :
         {cd::quantile(std::vector<double>{}, 0.5), cd::median(std::vector<model>{{std::nullopt}}, &model::flop),
          cd::median_absolute_deviation(std::vector<int>{})}) {
        CHECK(e.status == estimate_status::no_data);
        CHECK_FALSE(e.value);
    }
}

TEST_CASE("any input range will do") {
    const std::vector<double> values = {5, 1, 4, 1, 3};
    CHECK(cd::median(std::list<double>(values.begin(), values.end())).value == 3);
    CHECK(cd::median(test_support::single_pass<double>(values)).value == 3);
    CHECK(cd::median_absolute_deviation(test_support::single_pass<double>(values)).value == 2);
}

TEST_CASE("a probability outside [0, 1] is refused by name") {
    CHECK(message_of(1.5) == "compute_divide::quantile: p in [0, 1], got 1.5");
    CHECK(message_of(-0.5) == "compute_divide::quantile: p in [0, 1], got -0.5");
    CHECK(message_of(std::nan("")) == "compute_divide::quantile: p in [0, 1], got nan");
}
