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
using enum cd::permutation_statistic;
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
            check(cd::permutation_test(both, {.statistic = difference, .method = permutation_method::exact}), row);
        } else if (name.method == "permutation_ratio" || name.method == "monte_carlo") {
            const bool exact = name.method != "monte_carlo";
            const auto method = exact ? permutation_method::exact : permutation_method::monte_carlo;
            const auto test = cd::permutation_test(
                both, {.scale = comparison_scale::ratio, .statistic = difference, .method = method, .replicates = 399});
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
    const auto& small = samples().at("small");
    CHECK(cd::permutation_test(small, {.statistic = difference}).test.method == "permutation, exact");
    CHECK(cd::permutation_test(small, {.statistic = difference, .replicates = 100}).test.method ==
          "permutation, monte_carlo");
    CHECK(cd::permutation_test(small).test.method == "studentised permutation, exact");
    CHECK(cd::permutation_test(small, {.replicates = 100}).test.method == "studentised permutation, monte_carlo");
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
                return *cd::permutation_test(shifted(both, shift),
                                             {.statistic = difference, .method = permutation_method::exact})
                            .test.p_value;
            };
            const auto test = cd::permutation_test(
                both, {.level = level, .statistic = difference, .method = permutation_method::exact});
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
    const auto exact =
        cd::permutation_test(both, {.level = 0.8, .statistic = difference, .method = permutation_method::exact});
    cd::permutation_options options{
        .level = 0.8, .statistic = difference, .method = permutation_method::monte_carlo, .replicates = 100'000};
    const auto random = cd::permutation_test(both, options);
    CHECK(std::fabs(*exact.test.p_value - *random.test.p_value) < 0.005);
    CHECK(random.effect.bounds == exact.effect.bounds);
    options.threads = 3;
    CHECK(cd::permutation_test(both, options) == random);
    options.seed = 2;
    CHECK(cd::permutation_test(both, options).test.p_value != random.test.p_value);
}

TEST_CASE("a ratio of lognormal samples is covered as often as the level says" * doctest::test_suite("long")) {
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

TEST_CASE("studentised permutations agree with complete enumeration") {
    // of methods written anew in R: every arrangement, Welch's t of each, 0 / 0 counting as 0
    struct expected {
        numbers a, b;
        comparison_scale scale;
        double statistic, p;
    };
    const numbers a{3.1, 4.6, 2.2, 7.9, 5.5}, b{2.8, 3, 2.5, 3.3}, c{1, 2, 2, 4}, d{2, 3, 5, 5, 9};
    for (const auto& [x, y, scale, statistic, p] :
         {expected{a, b, comparison_scale::difference, 1.7487278890551254, 17.0 / 126},
          expected{a, b, comparison_scale::ratio, 1.6687357675512704, 19.0 / 126},
          expected{c, d, comparison_scale::difference, -1.882017055691031, 12.0 / 126},
          expected{c, d, comparison_scale::ratio, -1.9632135874755436, 11.0 / 126}}) {
        const auto found = cd::permutation_test({x, y}, {.scale = scale, .method = permutation_method::exact});
        CHECK(test_support::close(*found.test.statistic, statistic, 1e-12));
        CHECK(test_support::close(*found.test.p_value, p, 1e-14));
        const auto random = cd::permutation_test(
            {x, y}, {.scale = scale, .method = permutation_method::monte_carlo, .replicates = 20'000});
        CHECK(std::fabs(*random.test.p_value - p) < 0.012);
    }
}

TEST_CASE("the studentised interval ends where the same test begins to reject") {
    for (const char* name : {"small", "ties"}) {
        CAPTURE(name);
        const auto& both = samples().at(name);
        for (const double level : {0.8, 0.95}) {
            const auto p_of = [&](double shift) {
                return *cd::permutation_test(shifted(both, shift), {.method = permutation_method::exact}).test.p_value;
            };
            const auto test = cd::permutation_test(both, {.level = level, .method = permutation_method::exact});
            REQUIRE(test.effect.bounds);
            CHECK(p_of(test.effect.lower() - 1e-6) <= 1 - level + 1e-12);
            CHECK(p_of(test.effect.lower() + 1e-6) > 1 - level);
            CHECK(p_of(test.effect.upper() - 1e-6) > 1 - level);
            CHECK(p_of(test.effect.upper() + 1e-6) <= 1 - level + 1e-12);
        }
    }
}

TEST_CASE("of equal means with unequal spreads the studentised test rejects as often as it says" *
          doctest::test_suite("long")) {
    cd::random_stream random(21);
    const auto sample = [&random](int n, double spread) {
        numbers made;
        for (int i = 0; i < n; ++i) {
            double sum = 0;
            for (int k = 0; k < 12; ++k) sum += random.uniform() - 0.5;
            made.push_back(spread * sum);
        }
        return made;
    };
    int studentised_rejects = 0, difference_rejects = 0, covered = 0;
    constexpr int trials = 1500;
    for (int trial = 0; trial < trials; ++trial) {
        const cd::two_samples both(sample(8, 5), sample(24, 1));
        const auto found = cd::permutation_test(both, {.replicates = 299});
        studentised_rejects += *found.test.p_value <= 0.05;
        covered += found.effect.bounds->contains(0);
        difference_rejects +=
            *cd::permutation_test(both, {.statistic = difference, .replicates = 299}).test.p_value <= 0.05;
    }
    CHECK(difference_rejects > 0.15 * trials);
    CHECK(studentised_rejects < 0.085 * trials);
    CHECK(covered > 0.915 * trials);
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
        const bool has_one = row.name == "a sample of one" || row.name == "one value each";
        test_support::check_status(cd::permutation_test(row.both), row.name == "an empty sample" ? no_data
                                                                   : has_one                     ? too_few
                                                                   : is_constant                 ? degenerate
                                                                                                 : ok);
        test_support::check_status(cd::permutation_test(row.both, {.statistic = difference}),
                                   row.name == "an empty sample" ? no_data
                                   : is_constant                 ? degenerate
                                                                 : ok);
    }
    CHECK(cd::permutation_test({numbers{1, 1}, numbers{2, 2}}).test.status == degenerate);  // without any spread
    const auto vast = cd::permutation_test({numbers{1e300, 3e300, 2e300, 5e300}, numbers{-1e300, 2e300, 1e299}});
    const auto small = cd::permutation_test({numbers{10, 30, 20, 50}, numbers{-10, 20, 1}});
    CHECK(vast.test.p_value == small.test.p_value);
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
              return cd::permutation_test(many, {.statistic = difference, .method = permutation_method::exact});
          }).starts_with("compute_divide::permutation_test: at most 10^7 permutations for the exact method, got "));
    CHECK(message_of([&] { return cd::permutation_test(many, {.method = permutation_method::exact}); })
              .starts_with("compute_divide::permutation_test: at most 10^6 permutations for the exact studentised "
                           "method, got "));
}
