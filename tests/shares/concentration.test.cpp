// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/concentration.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>
#include <compute_divide/statistics/multiple_draws.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using test_support::message_of;

namespace {

struct firm {
    double chips, weight;
};
const std::vector<firm> eight_firms{{120, 1}, {80, 1}, {45, 2}, {45, 1}, {20, 3}, {7.5, 1}, {3, 1}, {1, 4}};

std::vector<double> amounts_of(const std::string& name) {
    if (name == "ten") return {541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261};
    if (name == "equal") return {5, 5, 5, 5};
    if (name == "one_holds_nearly_all") return {1000, 1, 1, 1, 1, 2};
    if (name == "counts") return {30, 17, 9, 9, 2, 1};
    if (name == "with_a_zero") return {0, 1, 3};
    std::vector<double> amounts;
    for (const firm& f : eight_firms) amounts.push_back(f.chips);
    return amounts;
}

/// In the order of the reference table.
std::vector<std::optional<double>> values_of(const cd::owner_concentration& c) {
    std::vector<std::optional<double>> values;
    for (const auto measure : enumerators(cd::concentration_measure{})) values.push_back(c.of(measure.value).value);
    for (const auto& top : c.top) values.push_back(top.share.value);
    return values;
}

const test_support::reference_row& row_of(const std::string& name) {
    static const auto rows = test_support::reference_table("concentration", 13);
    for (const auto& row : rows)
        if (row.name == name) return row;
    throw std::runtime_error(name);
}

double variance_of(const cd::estimate& e) {
    const double error = e.bounds->width() / 2 / cd::detail::two_sided_t(e.level, *e.degrees_of_freedom);
    return error * error;
}

}  // namespace

TEST_CASE("all measures agree with their definitions, in exact fractions") {
    for (const std::string name :
         {"ten", "eight_firms", "equal", "one_holds_nearly_all", "counts", "with_a_zero", "weighted_eight_firms"}) {
        CAPTURE(name);
        const auto& expected = row_of(name).numbers;
        const bool weighted = name == "weighted_eight_firms";
        const auto values = values_of(weighted ? cd::concentration_of(eight_firms, &firm::chips, &firm::weight)
                                               : cd::concentration_of(amounts_of(name)));
        for (std::size_t i = 0; i < (weighted ? 9 : values.size()); ++i) {
            CAPTURE(i);
            REQUIRE(values[i].has_value() == !std::isnan(expected[i]));
            if (values[i]) CHECK(*values[i] == doctest::Approx(expected[i]).epsilon(1e-13));
        }
    }
}

TEST_CASE("R's vegan, laeken and boot have the same numbers") {
    for (const auto& row : test_support::reference_table("concentration_r", 8)) {
        CAPTURE(row.name);
        std::vector<double> made;
        for (int i = 1; i <= 60; ++i) made.push_back(std::pow(37 * i % 101, 2) + 1);
        const bool weighted = row.name == "weighted_eight_firms";
        const auto c = weighted
                           ? cd::concentration_of(eight_firms, &firm::chips, &firm::weight)
                           : cd::concentration_of(row.name == "made" ? made : amounts_of(row.name), std::identity{},
                                                  {.interval = cd::concentration_interval::jackknife});
        const cd::estimate* const all[] = {&c.hhi,  &c.effective_owners, &c.shannon, &c.theil_t,
                                           &c.gini, &c.hhi_unbiased};
        for (std::size_t i = 0; i < std::size(all); ++i)
            if (!std::isnan(row.numbers[i]))
                CHECK(std::abs(*all[i]->value - row.numbers[i]) < 1e-12 * (1 + row.numbers[i]));
        if (row.name != "ten" && row.name != "eight_firms" && row.name != "made") continue;  // others end at 0 or 1
        CHECK(test_support::close(variance_of(c.hhi), row.numbers[6], 1e-10));
        CHECK(test_support::close(variance_of(c.gini), row.numbers[7], 1e-10));
    }
}

TEST_CASE("published values: Horvath's of 1, 2, 1") {
    CHECK(*cd::concentration_of(std::vector{1, 2, 1}).horvath.value == 0.71875);
}

TEST_CASE("measures do not depend on order, unit, or owners repeated by weight") {
    const auto ten = amounts_of("ten");
    const auto whole = cd::concentration_of(ten);
    for (const double unit : {1e-300, 1e-18, 1e20, 1e300}) {
        std::vector<double> others;
        for (auto i = ten.rbegin(); i != ten.rend(); ++i) others.push_back(*i * unit);
        const auto scaled = cd::concentration_of(others);
        for (const auto measure : enumerators(cd::concentration_measure{})) {
            if (measure.value == cd::concentration_measure::hhi_unbiased) continue;  // of counts alone
            CHECK(*scaled.of(measure.value).value == doctest::Approx(*whole.of(measure.value).value).epsilon(1e-13));
            CHECK(scaled.of(measure.value).upper() == doctest::Approx(whole.of(measure.value).upper()).epsilon(1e-10));
        }
    }
    std::vector<double> repeated;
    for (const firm& f : eight_firms) repeated.insert(repeated.end(), static_cast<std::size_t>(f.weight), f.chips);
    const auto by_weight = cd::concentration_of(eight_firms, &firm::chips, &firm::weight);
    const auto by_record = cd::concentration_of(repeated);
    for (const auto measure : enumerators(cd::concentration_measure{}))
        if (by_record.of(measure.value).value)
            CHECK(*by_weight.of(measure.value).value ==
                  doctest::Approx(*by_record.of(measure.value).value).epsilon(1e-13));
    CHECK(*by_weight.top[1].share.value == doctest::Approx(*by_record.top[1].share.value).epsilon(1e-13));
}

TEST_CASE("errors: linearised as Langel and Tille, the jackknife from all samples without one") {
    const auto variance = [](const cd::owner_concentration& c) { return variance_of(c.gini); };
    CHECK(variance(cd::concentration_of(eight_firms, &firm::chips)) ==
          doctest::Approx(row_of("linearised_variance").numbers[4]).epsilon(1e-10));
    CHECK(variance(cd::concentration_of(eight_firms, &firm::chips, &firm::weight)) ==
          doctest::Approx(row_of("linearised_variance_weighted").numbers[4]).epsilon(1e-10));
    const auto jackknife = cd::concentration_of(
        eight_firms, &firm::chips, cd::concentration_options{.interval = cd::concentration_interval::jackknife});
    const auto& expected = row_of("jackknife_variance").numbers;
    CHECK(variance_of(jackknife.hhi) == doctest::Approx(expected[0]).epsilon(1e-10));
    CHECK(variance_of(jackknife.gini_unbiased) == doctest::Approx(expected[5]).epsilon(1e-10));
    CHECK(variance_of(jackknife.theil_t) == doctest::Approx(expected[6]).epsilon(1e-10));
}

TEST_CASE("every linearised error is near the jackknife's of many owners") {
    cd::random_stream stream(4);
    std::vector<double> amounts;
    for (int i = 0; i < 2000; ++i) amounts.push_back(std::floor(100 * std::exp(0.5 * cd::standard_normal(stream))));
    const auto linearised = cd::concentration_of(amounts);
    const auto jackknife =
        cd::concentration_of(amounts, std::identity{}, {.interval = cd::concentration_interval::jackknife});
    for (const auto measure : enumerators(cd::concentration_measure{})) {
        CAPTURE(measure.name);
        CHECK(linearised.of(measure.value).bounds->width() ==
              doctest::Approx(jackknife.of(measure.value).bounds->width()).epsilon(0.02));
    }
}

TEST_CASE("a bootstrap is the same for a seed on any number of threads, and another for another") {
    using enum cd::concentration_interval;
    for (const auto kind : {basic, bca, studentised}) {
        const auto one = cd::concentration_of(eight_firms, &firm::chips,
                                              cd::concentration_options{.interval = kind, .replicates = 999});
        CHECK(one ==
              cd::concentration_of(eight_firms, &firm::chips,
                                   cd::concentration_options{.interval = kind, .replicates = 999, .threads = 3}));
        CHECK(one != cd::concentration_of(eight_firms, &firm::chips,
                                          cd::concentration_options{.interval = kind, .replicates = 999, .seed = 2}));
        CHECK(one.gini.lower() < *one.gini.value);
        CHECK(one.gini.upper() > *one.gini.value);
        CHECK(one.gini.status == cd::estimate_status::few_clusters);
    }
}

TEST_CASE("the basic bootstrap of hhi is not biased as the percentile's is") {
    // Owners alike: H of n is 1 / n times (1 + cv^2), on a resample too large by (1 - H) / n.
    std::vector<double> amounts;
    cd::random_stream stream(9);
    for (int i = 0; i < 40; ++i) amounts.push_back(1 + 0.1 * stream.uniform());
    const auto c = cd::concentration_of(amounts, std::identity{}, {.interval = cd::concentration_interval::basic});
    CHECK(c.hhi.upper() < 0.03);
}

TEST_CASE("intervals of skewed owners do not cover, and all say so") {
    // log-normal amounts whose logarithms spread by 1: H is e / n, Gini's coefficient erf(1 / 2).
    constexpr int samples = 400, owners = 200;
    int hhi = 0, gini = 0;
    for (int sample = 0; sample < samples; ++sample) {
        cd::random_stream stream(7, static_cast<std::uint64_t>(sample));
        std::vector<double> amounts;
        for (int i = 0; i < owners; ++i) amounts.push_back(std::exp(cd::standard_normal(stream)));
        const auto c = cd::concentration_of(amounts);
        hhi += c.hhi.bounds->contains(std::exp(1.0) / owners) ? 1 : 0;
        gini += c.gini.bounds->contains(std::erf(0.5)) ? 1 : 0;
        for (const auto measure : enumerators(cd::concentration_measure{}))
            if (c.of(measure.value).bounds) CHECK(c.of(measure.value).status == cd::estimate_status::few_clusters);
        for (const auto& top : c.top) CHECK(top.share.status == cd::estimate_status::few_clusters);
    }
    CHECK(hhi < 0.8 * samples);  // of 95 %
    CHECK(gini < 0.93 * samples);
    CHECK(gini > 0.85 * samples);
}

TEST_CASE("no owner, one owner, nothing owned, equal amounts: a status, and no interval that looks like one") {
    using enum cd::estimate_status;
    const auto none = cd::concentration_of(std::vector<double>{});
    CHECK(none.status == no_data);
    CHECK(none.gini.status == no_data);
    CHECK(!none.gini.value);
    const auto one = cd::concentration_of(std::vector{7.0});
    CHECK(one.status == ok);
    CHECK(one.hhi.value == 1);
    CHECK(!one.hhi.bounds);
    CHECK(one.hhi.status == few_clusters);
    CHECK(one.hhi_normalised.status == degenerate);
    CHECK(one.gini_unbiased.status == degenerate);
    CHECK(one.top[0].share.value == 1);
    CHECK(one.top[1].share.status == degenerate);
    const auto nothing = cd::concentration_of(std::vector{0.0, 0.0});
    CHECK(nothing.status == degenerate);
    CHECK(nothing.hhi.status == degenerate);
    CHECK(nothing.n == 2);
    const auto equal = cd::concentration_of(std::vector<double>(50, 3.0));
    CHECK(equal.gini.value == 0);
    CHECK(equal.hhi.status == few_clusters);
    CHECK(cd::concentration_of(std::vector{0.0, 2.0, 3.0}).theil_l.status == degenerate);
    CHECK(cd::concentration_of(std::vector{0.5, 2.0, 3.0}).hhi_unbiased.status == degenerate);
}

TEST_CASE("what is not known is counted, what cannot be is an error") {
    const std::vector<std::optional<double>> amounts{3, std::nullopt, 1, std::numeric_limits<double>::quiet_NaN()};
    const auto c = cd::concentration_of(amounts);
    CHECK(c.n == 2);
    CHECK(c.n_missing == 2);
    CHECK(c.hhi.n_missing == 2);
    CHECK(message_of([] {
              static_cast<void>(cd::concentration_of(std::vector{1.0, -2.0}));
          }) == "compute_divide::concentration_of: finite amounts >= 0, got -2");
    const double infinite = std::numeric_limits<double>::infinity();
    CHECK(message_of([&] {
              static_cast<void>(cd::concentration_of(std::vector{1.0, infinite}));
          }) == "compute_divide::concentration_of: finite amounts >= 0, got inf");
    const std::vector<firm> unweighted{{1, 0}};
    CHECK(message_of([&] { static_cast<void>(cd::concentration_of(unweighted, &firm::chips, &firm::weight)); }) ==
          "compute_divide::concentration_of: weights from 1e-100 to 1e100, got 0");
    const std::vector<double> two{1, 2};
    const auto message = [&](const cd::concentration_options& options) {
        return message_of([&] { static_cast<void>(cd::concentration_of(two, std::identity{}, options)); });
    };
    CHECK(message({.level = 1}) == "compute_divide::concentration_of: level in (0, 1), got 1");
    CHECK(message({.top = {4, 1}}) == "compute_divide::concentration_of: sizes of the top >= 1, ascending, got 1");
    CHECK(message({.top = {0}}) == "compute_divide::concentration_of: sizes of the top >= 1, ascending, got 0");
    CHECK(message({.replicates = 0}) == "compute_divide::concentration_of: replicates >= 1, got 0");
    CHECK(message({.top = {1, 2, 3, 4, 5, 6, 7, 8, 9}}) ==
          "compute_divide::concentration_of: at most 8 sizes of the top, got 9");
}

TEST_CASE("the Lorenz curve ends in (1, 1), and twice the area under the diagonal is Gini's coefficient") {
    const auto amounts = amounts_of("ten");
    const auto curve = cd::lorenz_curve(amounts);
    REQUIRE(curve.size() == 11);
    CHECK(curve.front() == cd::lorenz_point{0, 0});
    CHECK(curve.back() == cd::lorenz_point{1, 1});
    double area = 0;
    for (std::size_t i = 1; i < curve.size(); ++i)
        area += (curve[i].owners - curve[i - 1].owners) * (curve[i].amount + curve[i - 1].amount) / 2;
    CHECK(1 - 2 * area == doctest::Approx(row_of("ten").numbers[4]).epsilon(1e-13));
    CHECK(cd::lorenz_curve(std::vector{0.0, 0.0}).empty());
}

TEST_CASE("amounts whose total is beyond the doubles are refused") {
    CHECK(cd::concentration_of(std::vector{8e307, 8e307}).total == 1.6e308);
    CHECK_THROWS_WITH_AS(static_cast<void>(cd::concentration_of(std::vector{1e308, 1e308})),
                         "compute_divide::concentration_of: amounts with a finite total, got inf",
                         std::invalid_argument);
}
