// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/permutation_test.hpp>

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
using cd::permutation_method;
using test_support::check;
using test_support::message_of;
using test_support::numbers;
using test_support::row_name;
using test_support::samples;
using test_support::shifted;

TEST_CASE("permutations agree with scipy and enumeration") {
    int n_compared = 0;
    for (const auto& row : test_support::reference_table("two_sample", 5)) {
        CAPTURE(row.text);
        const row_name name(row.name);
        const auto& both = samples().at(name.sample);
        if (name.method == "permutation_difference") {
            check(cd::permutation_test(both, {.method = permutation_method::exact}), row);
        } else if (name.method == "permutation_ratio" || name.method == "monte_carlo") {
            const bool exact = name.method != "monte_carlo";
            const auto method = exact ? permutation_method::exact : permutation_method::monte_carlo;
            const auto test =
                cd::permutation_test(both, {.scale = comparison_scale::ratio, .method = method, .replicates = 399});
            check(test.test.statistic, row.numbers[0]);
            check(test.test.p_value, row.numbers[1]);
            check(test.effect.value, std::exp(row.numbers[2]));
            CHECK(test.test.method == (exact ? "permutation, exact" : "permutation, monte_carlo"));
        } else {
            continue;
        }
        ++n_compared;
    }
    CHECK(n_compared > 5);
}

TEST_CASE("what automatic stands for is told") {
    CHECK(cd::permutation_test(samples().at("small")).test.method == "permutation, exact");
    CHECK(cd::permutation_test(samples().at("small"), {.replicates = 100}).test.method == "permutation, monte_carlo");
}

TEST_CASE("by default means are compared, of values of any sign") {
    const cd::two_samples both(numbers{-1, 3, 4}, numbers{1, 2, 6});
    CHECK(cd::permutation_test(both).effect.value == -1);
    CHECK(cd::permutation_test(both) == cd::permutation_test(both, {.scale = comparison_scale::difference}));
}

TEST_CASE("intervals hold what the same test does not reject") {
    for (const char* name : {"small", "ties", "two_values"}) {
        CAPTURE(name);
        const auto& both = samples().at(name);
        for (const double level : {0.5, 0.8, 0.95}) {
            const auto p_of = [&](double shift) {
                return *cd::permutation_test(shifted(both, shift), {.method = permutation_method::exact}).test.p_value;
            };
            const auto test = cd::permutation_test(both, {.level = level, .method = permutation_method::exact});
            if (!test.effect.bounds) continue;
            CHECK(p_of(test.effect.lower() - 1e-6) <= 1 - level + 1e-12);
            CHECK(p_of(test.effect.lower() + 1e-6) > 1 - level);
            CHECK(p_of(test.effect.upper() - 1e-6) > 1 - level);
            CHECK(p_of(test.effect.upper() + 1e-6) <= 1 - level + 1e-12);
        }
    }
}

TEST_CASE("a permutation at random in the long run is every one") {
    const auto& both = samples().at("small");
    const auto exact = cd::permutation_test(both, {.level = 0.8, .method = permutation_method::exact});
    cd::permutation_options options{.level = 0.8, .method = permutation_method::monte_carlo, .replicates = 100'000};
    const auto random = cd::permutation_test(both, options);
    CHECK(std::fabs(*exact.test.p_value - *random.test.p_value) < 0.005);
    CHECK(random.effect.bounds == exact.effect.bounds);
    options.threads = 3;
    CHECK(cd::permutation_test(both, options) == random);
    options.seed = 2;
    CHECK(cd::permutation_test(both, options).test.p_value != random.test.p_value);
}

TEST_CASE("a ratio of lognormal samples is covered as often as the level says") {
    cd::random_stream random(11);
    int covered = 0;
    for (int trial = 0; trial < 1000; ++trial) {
        const auto both = test_support::lognormal_samples(random, 12, 5, 9);
        covered += cd::permutation_test(both, {.scale = comparison_scale::ratio, .level = 0.9, .replicates = 499})
                       .effect.bounds->contains(5);
    }
    CHECK(covered > 872);  // three standard errors of 0.9 of 1000 are 28
    CHECK(covered < 928);
}

TEST_CASE("missing values are counted") {
    const cd::two_samples both(numbers{8, 4, std::nan("")}, numbers{2, 1});
    const auto result = cd::permutation_test(both);
    CHECK(result.test.n == 4);
    CHECK(result.test.n_missing == 1);
    CHECK(result.effect.n_missing == 1);
}

TEST_CASE("what the data do not determine is a status") {
    using enum estimate_status;
    for (const auto& row : test_support::undetermined()) {
        CAPTURE(row.name);
        const bool is_constant = row.name == "all values equal" || row.name == "one value each";
        test_support::check_status(cd::permutation_test(row.both), row.name == "an empty sample" ? no_data
                                                                   : is_constant                 ? degenerate
                                                                                                 : ok);
    }
    CHECK_FALSE(cd::permutation_test({numbers{1, 4}, numbers{8, 9}}).effect.bounds);
    CHECK(cd::permutation_test({numbers{1e300, 1e308}, numbers{1e-300, 1e-308}}, {.scale = comparison_scale::ratio})
              .effect.status == degenerate);  // no infinite number comes out
}

TEST_CASE("wrong arguments are refused by name") {
    const cd::two_samples both(numbers{1, 2}, numbers{-1, 3}), many(numbers(201, 1), numbers(200, 2));
    CHECK(message_of([&] { return cd::permutation_test(both, {.scale = comparison_scale::ratio}); }) ==
          "compute_divide::permutation_test: values > 0 for a ratio, got -1");
    CHECK(message_of([&] { return cd::permutation_test(both, {.level = 1.5}); }) ==
          "compute_divide::permutation_test: level in (0, 1), got 1.5");
    CHECK(message_of([&] { return cd::permutation_test(both, {.replicates = 0}); }) ==
          "compute_divide::permutation_test: replicates >= 1, got 0");
    CHECK(message_of([&] {
              return cd::permutation_test(many, {.method = permutation_method::exact});
          }).starts_with("compute_divide::permutation_test: at most 10^7 permutations for the exact method, got "));
}
