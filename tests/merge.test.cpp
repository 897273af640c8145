// SPDX-License-Identifier: BSL-1.0
// The property every accumulator has: those of two parts, merged, give the result of the whole.
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/concepts.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/calibration.hpp>
#include <compute_divide/statistics/moments.hpp>
#include <compute_divide/statistics/proportion_trend.hpp>

#include "support/close.hpp"

namespace cd = compute_divide;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr int n_records = 40;
/// Sizes of the parts: unequal ones, one record, and none.
const std::vector<std::vector<int>> partitions = {{40},    {13, 27},   {1, 39},       {39, 1}, {0, 40},
                                                  {40, 0}, {0, 0, 40}, {5, 0, 34, 1}, {20, 20}};

/// Counts are compared exactly, sums of doubles to rounding.
bool same(const std::vector<double>& merged, const std::vector<double>& whole) {
    if (merged.size() != whole.size()) return false;
    for (std::size_t i = 0; i < merged.size(); ++i)
        if (!test_support::close(merged[i], whole[i], 1e-12)) return false;
    return true;
}

double or_none(const std::optional<double>& x) {
    return x.value_or(-1);
}

/// `add(accumulator, i)` puts the i-th record in, `numbers(result)` reads all numbers off.
template <cd::mergeable A>
void check_merging(const A& empty, const std::function<void(A&, int)>& add,
                   const std::function<std::vector<double>(const A&)>& numbers) {
    A whole = empty;
    for (int i = 0; i < n_records; ++i) add(whole, i);
    for (const auto& sizes : partitions) {
        CAPTURE(sizes);
        A merged = empty;
        int i = 0;
        for (const int size : sizes) {
            A part = empty;
            for (const int end = i + size; i < end; ++i) add(part, i);
            merged.merge(part);
        }
        CHECK(i == n_records);
        CHECK(same(numbers(merged), numbers(whole)));
    }
    A none = empty;
    none.merge(empty);
    CHECK(same(numbers(none), numbers(empty)));
}

std::vector<double> numbers_of(const cd::estimate& e) {
    return {or_none(e.value),         e.bounds ? e.lower() : -1,        e.bounds ? e.upper() : -1,
            static_cast<double>(e.n), static_cast<double>(e.n_missing), static_cast<double>(e.status)};
}

}  // namespace

TEST_CASE("moments of parts") {
    check_merging<cd::moments>(
        {}, [](cd::moments& all, int i) { all.add(i % 7 == 3 ? unknown : 1.0 / (i + 1)); },
        [](const cd::moments& all) {
            auto numbers = numbers_of(all.result().mean);
            numbers.push_back(or_none(all.result().variance));
            return numbers;
        });
}

TEST_CASE("tallies of parts, of indices, text and labels that can only be ordered") {
    const auto numbers = [](const auto& counts) {
        std::vector<double> all;
        const auto table = counts.result();
        for (const auto& row : table) {
            all.insert(all.end(),
                       {static_cast<double>(row.n), static_cast<double>(row.n_missing), row.weight, row.n_effective});
            for (const auto& cell : row.cells)
                all.insert(all.end(), {static_cast<double>(cell.n), cell.weight, cell.weight_squared});
        }
        all.insert(all.end(), {static_cast<double>(table.n_missing), static_cast<double>(table.n_left_out)});
        return all;
    };
    using years = cd::tally<int, bool>;
    check_merging<years>(
        {},
        [](years& counts, int i) {
            if (i % 5 == 4)
                counts.add(i % 3, std::optional<bool>());
            else
                counts.add(1000 * (i % 3), i % 2 == 0);
        },
        numbers);
    using words = cd::tally<std::string, std::string>;
    check_merging<words>(
        {}, [](words& counts, int i) { counts.add(std::to_string(i % 6), std::to_string(i % 4), 1.0 / (1 + i % 3)); },
        numbers);
    using pairs = cd::tally<std::pair<int, int>, int>;
    check_merging<pairs>(
        {}, [](pairs& counts, int i) { counts.add(std::pair(i % 2, i % 3), i % 4); }, numbers);
}

TEST_CASE("calibrations of parts") {
    check_merging<cd::calibration>(
        cd::calibration(4), [](cd::calibration& all, int i) { all.add(i % 9 == 8 ? unknown : i / 40.0, i % 3 == 0); },
        [](const cd::calibration& all) {
            const auto table = all.result();
            auto numbers = numbers_of(table.brier_score);
            numbers.push_back(or_none(table.expected_error.value));
            for (const auto& bin : table.bins) {
                const auto accuracy = numbers_of(bin.accuracy);
                numbers.push_back(bin.confidence_sum);
                numbers.insert(numbers.end(), accuracy.begin(), accuracy.end());
            }
            return numbers;
        });
}

TEST_CASE("tests for trend of parts") {
    check_merging<cd::share_trend_test>(
        {}, [](cd::share_trend_test& all, int i) { all.add(i % 11 == 10 ? unknown : i % 5, i % 3, 3); },
        [](const cd::share_trend_test& all) {
            const auto test = all.result();
            return std::vector{or_none(test.statistic), or_none(test.p_value), static_cast<double>(test.n),
                               static_cast<double>(test.n_missing), static_cast<double>(test.status)};
        });
}
