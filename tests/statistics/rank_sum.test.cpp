// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/rank_sum.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
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
using cd::rank_sum_method;
using test_support::check;
using test_support::close;
using test_support::exchanged;
using test_support::message_of;
using test_support::numbers;
using test_support::row_name;
using test_support::samples;
using test_support::shifted;

TEST_CASE("Mann-Whitney and Hodges-Lehmann agree with R") {
    std::map<std::pair<std::string, rank_sum_method>, cd::two_sample_result> tests;  // the same at all levels
    for (const auto& row : test_support::reference_table("two_sample_r", 5)) {
        CAPTURE(row.text);
        const row_name name(row.name);
        if (name.method.starts_with("welch_")) continue;
        const auto& both = samples().at(name.sample);
        const auto method = cd::parse_name<rank_sum_method>(name.method);
        const auto [at, is_new] = tests.try_emplace({name.sample, method});
        if (is_new) at->second = cd::mann_whitney(both, {.method = method});
        const auto& test = at->second;
        check(test.test.statistic, row.numbers[0]);
        check(test.test.p_value, row.numbers[1]);
        const auto shift = cd::hodges_lehmann(both, {.level = name.level, .method = method});
        check(shift.value, row.numbers[2]);
        // R gives the extreme differences where there are too few; the others, of 1 and 2 values, are so.
        CHECK(shift.bounds.has_value() == (name.sample != "tiny"));
        if (shift.bounds) check(shift, row);
        CHECK(test.test.method == "mann_whitney, " + name.method);
        CHECK(shift.method == "hodges_lehmann, " + name.method);
    }
}

TEST_CASE("Brunner-Munzel and ties agree with scipy and enumeration") {
    for (const auto& row : test_support::reference_table("two_sample", 5)) {
        CAPTURE(row.text);
        const row_name name(row.name);
        const auto& both = samples().at(name.sample);
        if (name.method == "brunner_munzel") {
            const auto result = cd::brunner_munzel(both);
            check(result, row);
            CHECK(result.test.degrees_of_freedom.has_value());
            CHECK(result.effect.degrees_of_freedom == result.test.degrees_of_freedom);
        } else if (name.method != "monte_carlo" && !name.method.starts_with("permutation_") &&
                   !name.method.starts_with("medians_")) {
            check(cd::mann_whitney(both, {.method = cd::parse_name<rank_sum_method>(name.method)}), row);
        }
    }
}

TEST_CASE("what automatic stands for is told") {
    using pair = std::pair<std::string, std::string>;
    const auto method = [](const char* name) {
        return pair(cd::mann_whitney(samples().at(name)).test.method, cd::hodges_lehmann(samples().at(name)).method);
    };
    CHECK(method("even") == pair("mann_whitney, exact", "hodges_lehmann, exact"));
    CHECK(method("ties") == pair("mann_whitney, normal_continuity", "hodges_lehmann, exact"));
    // three against three, one value tied: no interval of 95 %, whatever the ties
    const cd::two_samples few(test_support::numbers{1, 2, 3}, test_support::numbers{3, 4, 5});
    CHECK_FALSE(cd::hodges_lehmann(few).bounds);
    CHECK(cd::hodges_lehmann(few, {.level = 0.8}).bounds);
    // of 3 and 3 the normal interval is that of .9: all differences
    using test_support::numbers;
    const cd::two_samples three(numbers{1, 2, 3}, numbers{10, 30, 60}),
        four(numbers{1, 2, 3, 4}, numbers{9, 30, 60, 70});
    const cd::hodges_lehmann_options by_normal{.method = cd::rank_sum_method::normal};
    CHECK(cd::hodges_lehmann(three, by_normal).status == estimate_status::few_clusters);
    CHECK(cd::hodges_lehmann(four, by_normal).status == estimate_status::ok);
    CHECK(method("flop") == pair("mann_whitney, normal_continuity", "hodges_lehmann, normal_continuity"));
}

TEST_CASE("exchanging the samples turns every result round") {
    for (const auto& sample : samples()) {
        const auto& name = sample.first;
        const auto& both = sample.second;
        CAPTURE(name);
        const auto other = exchanged(both);
        for (const auto& entry : enumerators(rank_sum_method{})) {
            if (entry.value == rank_sum_method::exact && name == "large") continue;
            const auto one = cd::mann_whitney(both, {.method = entry.value}),
                       two = cd::mann_whitney(other, {.method = entry.value});
            CHECK(close(one.test.p_value.value(), two.test.p_value.value(), 1e-13));
            CHECK(close(one.effect.value.value(), 1 - two.effect.value.value(), 1e-13));
            const cd::hodges_lehmann_options options{.scale = comparison_scale::ratio, .method = entry.value};
            const auto shift = cd::hodges_lehmann(both, options), back = cd::hodges_lehmann(other, options);
            CHECK(close(shift.value.value(), 1 / back.value.value(), 1e-12));
            CHECK(shift.bounds.has_value() == back.bounds.has_value());
            if (shift.bounds) CHECK(close(shift.lower(), 1 / back.upper(), 1e-12));
        }
        if (name == "tiny") continue;
        const auto p_1 = cd::brunner_munzel(both), p_2 = cd::brunner_munzel(other);
        CHECK(p_1.test.status == p_2.test.status);
        if (!p_1) continue;
        CHECK(close(*p_1.test.p_value, *p_2.test.p_value, 1e-12));
        CHECK(std::fabs(p_1.effect.lower() - (1 - p_2.effect.upper())) < 1e-14);
    }
}

TEST_CASE("intervals hold what the same test does not reject") {
    for (const char* name : {"even", "unequal", "flop"}) {
        CAPTURE(name);
        const auto& both = samples().at(name);
        for (const auto method :
             {rank_sum_method::exact, rank_sum_method::normal, rank_sum_method::normal_continuity}) {
            const auto shift = cd::hodges_lehmann(both, {.method = method});
            const auto p_of = [&](double at) {
                return *cd::mann_whitney(shifted(both, at), {.method = method}).test.p_value;
            };
            const double step = 1e-9 * shift.bounds->width();
            CHECK(p_of(shift.lower() - step) <= 0.05);
            CHECK(p_of(shift.lower() + step) > 0.05);
            CHECK(p_of(shift.upper() - step) > 0.05);
            CHECK(p_of(shift.upper() + step) <= 0.05);
        }
    }
}

TEST_CASE("a ratio of lognormal samples is covered as often as the level says" * doctest::test_suite("long")) {
    cd::random_stream random(11);
    int covered = 0;
    for (int trial = 0; trial < 1000; ++trial) {
        const auto both = test_support::lognormal_samples(random, 12, 5, 9);
        covered += cd::hodges_lehmann(both, {.scale = comparison_scale::ratio, .level = 0.9}).bounds->contains(5);
    }
    CHECK(covered > 872);  // three standard errors of 0.9 of 1000 are 28
    CHECK(covered < 960);  // the exact interval is cautious
}

TEST_CASE("missing values are counted") {
    const cd::two_samples both(numbers{8, 4, std::nan("")}, numbers{2, 1});
    for (const auto& result : {cd::mann_whitney(both), cd::brunner_munzel(both)}) {
        CHECK(result.test.n == 4);
        CHECK(result.test.n_missing == 1);
        CHECK(result.effect.n_missing == 1);
    }
    CHECK(cd::hodges_lehmann(both).n_missing == 1);
}

TEST_CASE("what the data do not determine is a status") {
    using enum estimate_status;
    for (const auto& row : test_support::undetermined()) {
        CAPTURE(row.name);
        const bool is_empty = row.name == "an empty sample";
        const bool is_constant = row.name == "all values equal" || row.name == "one value each";
        const bool has_one = row.name == "a sample of one" || row.name == "one value each";
        test_support::check_status(cd::mann_whitney(row.both, {.method = rank_sum_method::exact}),
                                   is_empty ? no_data : ok);
        test_support::check_status(cd::mann_whitney(row.both, {.method = rank_sum_method::normal}), is_empty ? no_data
                                                                                                    : is_constant
                                                                                                        ? degenerate
                                                                                                        : ok);
        test_support::check_status(cd::brunner_munzel(row.both), is_empty ? no_data : has_one ? too_few : degenerate);
        const auto shift = cd::hodges_lehmann(row.both, {.method = rank_sum_method::exact});
        CHECK(shift.status == (is_empty ? no_data : ok));
        CHECK(shift.value.has_value() == !is_empty);
        CHECK_FALSE(shift.bounds);  // so few pairs determine no interval of 95 %
    }
    const numbers two = {1, 4}, same = {2, 2, 2}, high = {8, 9}, huge = {1e300, 1e308}, tiny = {1e-300, 1e-308};
    CHECK(cd::mann_whitney({same, same}, {.method = rank_sum_method::exact}).test.p_value == 1);
    CHECK(cd::mann_whitney({two, high}).effect.value == 0);
    CHECK(cd::hodges_lehmann({huge, tiny}, {.scale = comparison_scale::ratio}).status == degenerate);
    CHECK(cd::mann_whitney({huge, tiny}).effect.value == 1);
}

TEST_CASE("large samples") {
    cd::random_stream random(3);
    numbers first(30'000), second(20'000);
    for (auto& x : first) x = static_cast<double>(random.below(1000)) / 8 + 1;
    for (auto& x : second) x = static_cast<double>(random.below(1000)) / 8;
    const cd::two_samples both(first, second);
    const auto shift = cd::hodges_lehmann(both);
    CHECK(std::fabs(*shift.value - 1) < 1);
    CHECK(shift.lower() <= *shift.value);
    CHECK(*shift.value <= shift.upper());
    CHECK(cd::mann_whitney(both));
}

TEST_CASE("wrong arguments are refused by name") {
    const cd::two_samples both(numbers{1, 2}, numbers{-1, 3}), many(numbers(201, 1), numbers(200, 2));
    const std::vector<std::pair<std::string, std::string>> cases = {
        {message_of([&] { return cd::hodges_lehmann(both, {.scale = comparison_scale::ratio}); }),
         "hodges_lehmann: values > 0 for a ratio, got -1"},
        {message_of([&] { return cd::hodges_lehmann(both, {.level = 2}); }), "hodges_lehmann: level in (0, 1), got 2"},
        {message_of([&] { return cd::brunner_munzel(both, {.level = -1}); }),
         "brunner_munzel: level in (0, 1), got -1"},
        {message_of([&] { return cd::mann_whitney(many, {.method = rank_sum_method::exact}); }),
         "mann_whitney: at most 40000 pairs for the exact method, got 40200"},
        {message_of([&] { return cd::hodges_lehmann(many, {.method = rank_sum_method::exact}); }),
         "hodges_lehmann: at most 40000 pairs for the exact method, got 40200"}};
    for (const auto& [message, expected] : cases) CHECK(message == "compute_divide::" + expected);
}
