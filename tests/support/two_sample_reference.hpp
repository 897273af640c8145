// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_TWO_SAMPLE_REFERENCE_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_TWO_SAMPLE_REFERENCE_HPP

#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>
#include <compute_divide/statistics/two_samples.hpp>

#include "support/close.hpp"
#include "support/reference.hpp"

/// The samples of tests/reference/two_sample_data.csv, and how results are compared with what others made of them.
namespace test_support {

using numbers = std::vector<double>;

/// tests/reference/two_sample_data.csv, by name.
inline const std::map<std::string, compute_divide::two_samples>& samples() {
    static const auto read = [] {
        std::map<std::string, std::pair<numbers, numbers>> values;
        for (const auto& row : reference_table("two_sample_data", 2)) {
            auto& [first, second] = values[row.name];
            (row.numbers[0] == 1 ? first : second).push_back(row.numbers[1]);
        }
        std::map<std::string, compute_divide::two_samples> by_name;
        for (const auto& [name, both] : values)
            by_name.emplace(name, compute_divide::two_samples(both.first, both.second));
        return by_name;
    }();
    return read;
}

/// SAMPLE/METHOD or SAMPLE/METHOD/LEVEL in parts.
struct row_name {
    std::string sample, method;
    double level = 0.95;

    explicit row_name(const std::string& name) {
        const auto first = name.find('/'), second = name.find('/', first + 1);
        sample = name.substr(0, first);
        method = name.substr(first + 1, second - first - 1);
        if (second != std::string::npos) level = std::stod(name.substr(second + 1));
    }
};

/// A number that the reference has agrees with ours.
inline void check(const std::optional<double>& ours, double reference, double tolerance = 1e-10) {
    if (std::isnan(reference)) return;
    REQUIRE(ours);
    CHECK(close(*ours, reference, tolerance));
}

inline void check(const compute_divide::estimate& ours, const reference_row& row, double tolerance = 1e-10) {
    check(ours.value, row.numbers[2], tolerance);
    if (std::isnan(row.numbers[3])) return;
    check(ours.lower(), row.numbers[3], tolerance);
    check(ours.upper(), row.numbers[4], tolerance);
}

inline void check(const compute_divide::two_sample_result& ours, const reference_row& row) {
    CHECK(ours);
    check(ours.test.statistic, row.numbers[0]);
    check(ours.test.p_value, row.numbers[1]);
    check(ours.effect, row);
}

inline compute_divide::two_samples shifted(const compute_divide::two_samples& both, double shift) {
    numbers first = both.first();
    for (auto& x : first) x -= shift;
    return {first, both.second()};
}

inline compute_divide::two_samples exchanged(const compute_divide::two_samples& both) {
    return {both.second(), both.first()};
}

/// Lognormal samples of n_1 and n_2 values, the first `factor` times as large as the second.
inline compute_divide::two_samples lognormal_samples(compute_divide::random_stream& random, std::size_t n_1,
                                                     double factor, std::size_t n_2) {
    const auto draw = [&](std::size_t n, double times) {
        numbers values(n);
        for (auto& x : values) {
            double sum = 0;
            for (int i = 0; i < 12; ++i) sum += random.uniform();
            x = times * std::exp(sum - 6);
        }
        return values;
    };
    const numbers first = draw(n_1, factor);
    return {first, draw(n_2, 1)};
}

/// Samples of which something is not determined.
struct undetermined_samples {
    std::string_view name;
    compute_divide::two_samples both;
};
inline std::vector<undetermined_samples> undetermined() {
    const numbers none, one = {3}, two = {1, 4}, same = {2, 2, 2}, high = {8, 9};
    return {{"an empty sample", {none, two}}, {"an empty sample", {two, none}},   {"a sample of one", {one, two}},
            {"one value each", {one, one}},   {"all values equal", {same, same}}, {"no overlap", {two, high}}};
}

/// Effect and test have this status, and numbers where it is ok alone.
inline void check_status(const compute_divide::two_sample_result& result, compute_divide::estimate_status wanted) {
    const bool is_ok = wanted == compute_divide::estimate_status::ok;
    CHECK(result.test.status == wanted);
    CHECK(result.effect.status == wanted);
    CHECK(result.test.p_value.has_value() == is_ok);
    CHECK(result.test.statistic.has_value() == is_ok);
    CHECK(result.effect.value.has_value() == is_ok);
}

}  // namespace test_support

#endif
