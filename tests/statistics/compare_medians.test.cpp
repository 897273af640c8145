// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/compare_medians.hpp>

#include <cmath>
#include <string>
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
using test_support::message_of;
using test_support::numbers;
using test_support::row_name;
using test_support::samples;

TEST_CASE("medians agree with numpy's of the same resamples") {
    int n_compared = 0;
    for (const auto& row : test_support::reference_table("two_sample", 5)) {
        CAPTURE(row.text);
        const row_name name(row.name);
        if (!name.method.starts_with("medians_")) continue;
        const auto& both = samples().at(name.sample);
        const auto scale = cd::parse_name<comparison_scale>(name.method.substr(8));
        const auto compared = cd::compare_medians(both, {.scale = scale, .bootstrap = {.replicates = 399}});
        check(compared, row, 1e-14);
        const auto basic = cd::compare_medians(both, {.scale = scale,
                                                      .interval = cd::bootstrap_interval::basic,
                                                      .bootstrap = {.replicates = 399, .threads = 2}});
        if (scale == comparison_scale::difference) {
            CHECK(basic.lower() == 2 * *compared.value - compared.upper());
        } else {
            CHECK(test_support::close(basic.lower(), *compared.value * *compared.value / compared.upper(), 1e-14));
            CHECK(test_support::close(basic.upper(), *compared.value * *compared.value / compared.lower(), 1e-14));
            CHECK(basic.lower() > 0);
        }
        CHECK(basic.method == "bootstrap_basic");
        ++n_compared;
    }
    CHECK(n_compared > 3);
}

TEST_CASE("by default medians are subtracted, of values of any sign") {
    const cd::two_samples both(numbers{-5, -1, 4}, numbers{1, 2, 6});
    const auto result = cd::compare_medians(both);
    CHECK(result.value == -3);
    CHECK(result == cd::compare_medians(both, {.scale = comparison_scale::difference}));
}

TEST_CASE("missing values are counted") {
    const cd::two_samples both(numbers{8, 4, std::nan("")}, numbers{2, 1});
    const auto ratio = cd::compare_medians(both, {.scale = comparison_scale::ratio});
    CHECK(ratio.value == 4);
    CHECK(ratio.n == 4);
    CHECK(ratio.n_missing == 1);
}

TEST_CASE("a ratio of lognormal samples is covered as often as the level says" * doctest::test_suite("long")) {
    cd::random_stream random(11);
    int covered = 0;
    for (int trial = 0; trial < 1000; ++trial) {
        const auto both = test_support::lognormal_samples(random, 12, 5, 9);
        covered += cd::compare_medians(
                       both, {.scale = comparison_scale::ratio, .level = 0.9, .bootstrap = {.replicates = 199}})
                       .bounds->contains(5);
    }
    CHECK(covered > 872);  // three standard errors of 0.9 of 1000 are 28
    CHECK(covered < 960);  // the bootstrap of a median is cautious
}

TEST_CASE("basic intervals of ratios of medians are positive, whatever the sample") {
    cd::random_stream random(3);
    for (int trial = 0; trial < 200; ++trial) {
        const auto both = test_support::lognormal_samples(random, 6, 5, 6);
        const auto basic = cd::compare_medians(both, {.scale = comparison_scale::ratio,
                                                      .interval = cd::bootstrap_interval::basic,
                                                      .bootstrap = {.replicates = 99}});
        CHECK(basic.lower() > 0);
        CHECK(basic.lower() <= basic.upper());
        CHECK(basic.status == estimate_status::few_clusters);
    }
}

TEST_CASE("what the data do not determine is a status") {
    using enum estimate_status;
    for (const auto& row : test_support::undetermined()) {
        CAPTURE(row.name);
        const auto wanted = row.name == "an empty sample"                                   ? no_data
                            : row.name == "a sample of one" || row.name == "one value each" ? too_few
                                                                                            : few_clusters;
        const auto medians = cd::compare_medians(row.both);
        CHECK(medians.status == wanted);
        CHECK(medians.value.has_value() == (wanted == few_clusters));
    }
    CHECK(cd::compare_medians({numbers{1e300, 1e308}, numbers{1e-300, 1e-308}}, {.scale = comparison_scale::ratio})
              .status == degenerate);  // no infinite number comes out
}

TEST_CASE("wrong arguments are refused by name") {
    const cd::two_samples both(numbers{1, 2}, numbers{-1, 3});
    CHECK(message_of([&] { return cd::compare_medians(both, {.scale = comparison_scale::ratio}); }) ==
          "compute_divide::compare_medians: values > 0 for a ratio, got -1");
    CHECK(message_of([&] { return cd::compare_medians(both, {.level = 0}); }) ==
          "compute_divide::compare_medians: level in (0, 1), got 0");
    CHECK(message_of([&] { return cd::compare_medians(both, {.interval = cd::bootstrap_interval::bca}); }) ==
          "compute_divide::compare_medians: interval percentile or basic, got \"bca\"");
    CHECK(message_of([&] { return cd::compare_medians(both, {.bootstrap = {.replicates = 0}}); }) ==
          "compute_divide::compare_medians: replicates >= 1, got 0");
}
