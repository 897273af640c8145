// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/welch.hpp>

#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"
#include "support/two_sample_reference.hpp"

namespace cd = compute_divide;
using cd::comparison_scale;
using cd::estimate_status;
using test_support::check;
using test_support::close;
using test_support::exchanged;
using test_support::message_of;
using test_support::numbers;
using test_support::row_name;
using test_support::samples;

TEST_CASE("Welch agrees with R") {
    int n_compared = 0;
    for (const auto& row : test_support::reference_table("two_sample_r", 5)) {
        CAPTURE(row.text);
        const row_name name(row.name);
        if (!name.method.starts_with("welch_")) continue;
        const auto scale = cd::parse_name<comparison_scale>(name.method.substr(6));
        check(cd::welch(samples().at(name.sample), {.scale = scale, .level = name.level}), row);
        ++n_compared;
    }
    CHECK(n_compared > 5);
}

TEST_CASE("Student's tails agree with R's pt") {
    for (const auto& row : test_support::reference_table("student_t", 3)) {
        CAPTURE(row.text);
        CHECK(close(cd::detail::two_sided_t_p(row.numbers[0], row.numbers[1]), row.numbers[2], 1e-12));
        CHECK(close(cd::detail::two_sided_t_p(-row.numbers[0], row.numbers[1]), row.numbers[2], 1e-12));
    }
}

TEST_CASE("by default means are compared, of values of any sign") {
    const cd::two_samples both(numbers{-1, 3, 4}, numbers{1, 2, 6});
    const auto result = cd::welch(both);
    CHECK(result);
    CHECK(*result.effect.value == -1);
    CHECK(result == cd::welch(both, {.scale = comparison_scale::difference}));
    CHECK(result.test.n == 6);
    CHECK(result.effect.n == 6);
    REQUIRE(result.test.degrees_of_freedom);  // equal in number: (v1 + v2)^2 / (v1^2 + v2^2) (n - 1), v1 = v2 = 7
    CHECK(close(*result.test.degrees_of_freedom, 4, 1e-14));
    CHECK(result.effect.degrees_of_freedom == result.test.degrees_of_freedom);
}

TEST_CASE("exchanging the samples turns the ratio round") {
    for (const auto& [name, both] : samples()) {
        if (name == "tiny") continue;
        const auto one = cd::welch(both, {.scale = comparison_scale::ratio}),
                   two = cd::welch(exchanged(both), {.scale = comparison_scale::ratio});
        CHECK(close(one.effect.lower(), 1 / two.effect.upper(), 1e-12));
        CHECK(close(*one.test.statistic, -*two.test.statistic, 1e-12));
    }
}

TEST_CASE("a ratio of lognormal samples is covered as often as the level says" * doctest::test_suite("long")) {
    cd::random_stream random(11);
    int covered = 0;
    for (int trial = 0; trial < 1000; ++trial) {
        const auto both = test_support::lognormal_samples(random, 12, 5, 9);
        covered += cd::welch(both, {.scale = comparison_scale::ratio, .level = 0.9}).effect.bounds->contains(5);
    }
    CHECK(covered > 872);  // three standard errors of 0.9 of 1000 are 28
    CHECK(covered < 928);
}

TEST_CASE("what the data do not determine is a status") {
    using enum estimate_status;
    for (const auto& row : test_support::undetermined()) {
        CAPTURE(row.name);
        const auto wanted = row.name == "an empty sample"    ? no_data
                            : row.name == "a sample of one"  ? too_few
                            : row.name == "all values equal" ? degenerate
                            : row.name == "one value each"   ? too_few
                                                             : ok;
        test_support::check_status(cd::welch(row.both), wanted);
    }
    CHECK(
        cd::welch({numbers{1e300, 1e308}, numbers{1e-300, 1e-308}}, {.scale = comparison_scale::ratio}).effect.status ==
        degenerate);  // no infinite number comes out
}

TEST_CASE("wrong arguments are refused by name") {
    const cd::two_samples both(numbers{1, 2}, numbers{-1, 3});
    CHECK(message_of([&] { return cd::welch(both, {.scale = comparison_scale::ratio}); }) ==
          "compute_divide::welch: values > 0 for a ratio, got -1");
    CHECK(message_of([&] { return cd::welch(both, {.level = 1}); }) == "compute_divide::welch: level in (0, 1), got 1");
}
