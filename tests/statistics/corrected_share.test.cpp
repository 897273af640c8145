// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/corrected_share.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::correction_interval;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

/// The probabilities of 0 to n successes of n.
std::vector<double> binomial(int n, double p) {
    std::vector<double> probabilities;
    for (int k = 0; k <= n; ++k)
        probabilities.push_back(std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                                         k * std::log(p) + (n - k) * std::log1p(-p)));
    return probabilities;
}

/// How often the interval holds the true share, over all that can be sampled: n records, and as many validation
/// records with and without the label as are given.
double coverage(correction_interval interval, double share, double se, double sp, int n, int with, int without) {
    const auto of_k = binomial(n, share * se + (1 - share) * (1 - sp));
    const auto of_true_positives = binomial(with, se), of_true_negatives = binomial(without, sp);
    double covered = 0, all = 0;
    for (int tp = 0; tp <= with; ++tp)
        for (int tn = 0; tn <= without; ++tn)
            for (int k = 0; k <= n; ++k) {
                const double probability = of_k[static_cast<std::size_t>(k)] *
                                           of_true_positives[static_cast<std::size_t>(tp)] *
                                           of_true_negatives[static_cast<std::size_t>(tn)];
                if (probability < 1e-9) continue;
                const auto found = cd::corrected_share(k, n,
                                                       {.true_positives = static_cast<double>(tp),
                                                        .false_positives = static_cast<double>(without - tn),
                                                        .false_negatives = static_cast<double>(with - tp),
                                                        .true_negatives = static_cast<double>(tn)},
                                                       {.interval = interval});
                if (!found.corrected) continue;
                all += probability;
                if (found.corrected.bounds->contains(share)) covered += probability;
            }
    return covered / all;
}

}  // namespace

TEST_CASE("corrected shares and F1 are those of 40-digit arithmetic") {
    for (const auto& row : test_support::reference_table("corrected_share", 10)) {
        CAPTURE(row.text);
        const auto& x = row.numbers;
        const cd::classification_counts counts{
            .true_positives = x[2], .false_positives = x[3], .false_negatives = x[4], .true_negatives = x[5]};
        cd::estimate found;
        double value = 0;
        if (row.name == "f1") {
            found = counts.f1({.level = x[6]});
            value = found.value.value_or(0);
        } else {
            const auto method = cd::parse_name<correction_interval>(row.name);
            const auto correction = cd::corrected_share(x[0], x[1], counts, {.interval = method, .level = x[6]});
            found = correction.corrected;
            value = correction.unclamped.value_or(0);
            CHECK(correction.unclamped.has_value() == bool(found));
            CHECK(correction.validation == counts);
            CHECK(correction.classified == cd::share(x[0], x[1], {.level = x[6]}));
            CHECK(found.method == row.name);
            CHECK(found.n == x[1]);
            if (found) CHECK(*found.value == std::clamp(value, 0.0, 1.0));
        }
        CHECK(found.level == x[6]);
        REQUIRE(bool(found) == !std::isnan(x[7]));
        if (!found) continue;
        // Where terms cancel, small numbers are as good as 1 is.
        CHECK(close(1 + value, 1 + x[7], 1e-14));
        CHECK(close(1 + found.lower(), 1 + x[8], 1e-13));
        CHECK(close(1 + found.upper(), 1 + x[9], 1e-13));
    }
}

TEST_CASE("an interval of Lang and Reiczigel holds its level, one of Rogan and Gladen not near 0") {
    const struct {
        double share, se, sp;
    } rows[] = {{0.02, 0.9, 0.98}, {0.05, 0.95, 0.98}, {0.05, 0.95, 0.998}, {0.5, 0.9, 0.9}, {0.95, 0.95, 0.9}};
    double worst_delta = 1;
    for (const auto& row : rows) {
        CAPTURE(row.share);
        const double held = coverage(correction_interval::lang_reiczigel, row.share, row.se, row.sp, 60, 25, 40);
        CHECK(held > 0.945);
        worst_delta =
            std::min(worst_delta, coverage(correction_interval::rogan_gladen, row.share, row.se, row.sp, 60, 25, 40));
    }
    CHECK(worst_delta < 0.93);
}

TEST_CASE("with errors known ever better the correction becomes exact, without errors it changes nothing") {
    for (const auto method : {correction_interval::lang_reiczigel, correction_interval::rogan_gladen}) {
        const cd::correction_options options{.interval = method};
        const cd::classification_counts none{.true_positives = 1e12, .true_negatives = 1e12};
        const auto unchanged = cd::corrected_share(30, 100, none, options);
        CHECK(close(*unchanged.corrected.value, 0.3, 1e-14));
        CHECK(close(*unchanged.unclamped, *unchanged.classified.value, 1e-14));

        // 5 % true, 90 % and 98 % told right: 6.4 % are seen, and 5 % come back.
        const auto errors = [](double n) { return cd::classification_counts{0.9 * n, 0.02 * n, 0.1 * n, 0.98 * n}; };
        double width = 1;
        for (const double n : {100.0, 1e4, 1e6}) {
            const auto found = cd::corrected_share(6.4e6, 1e8, errors(n), options).corrected;
            CHECK(close(*found.value, 0.05, 1e-13));
            CHECK(found.bounds->contains(0.05));
            CHECK(found.bounds->width() < 0.3 * width);
            width = found.bounds->width();
        }
    }
}

TEST_CASE("what cannot be corrected says so") {
    const cd::classification_counts good{90, 2, 10, 98};
    const auto status = [](const cd::share_correction& c) {
        CHECK_FALSE(c.corrected.value);
        CHECK_FALSE(c.corrected.bounds);
        CHECK_FALSE(c.unclamped);
        return c.corrected.status;
    };
    CHECK(status(cd::corrected_share(0, 0, good)) == estimate_status::no_data);
    CHECK(status(cd::corrected_share(5, 10, {})) == estimate_status::too_few);
    CHECK(status(cd::corrected_share(5, 10, {.true_positives = 9})) == estimate_status::too_few);
    CHECK(status(cd::corrected_share(5, 10, {.true_negatives = 9})) == estimate_status::too_few);
    CHECK(status(cd::corrected_share(5, 10, {50, 50, 50, 50})) == estimate_status::degenerate);
    CHECK(status(cd::corrected_share(5, 10, {40, 50, 60, 50})) == estimate_status::degenerate);
    // Better than chance as sampled, but not with the counts Lang and Reiczigel add.
    const cd::classification_counts few{.true_positives = 1, .false_positives = 900, .true_negatives = 100};
    CHECK(status(cd::corrected_share(9, 10, few)) == estimate_status::degenerate);
    CHECK(cd::corrected_share(9, 10, few, {.interval = correction_interval::rogan_gladen}).corrected);

    const auto outside = cd::corrected_share(0, 100, good);
    CHECK(*outside.unclamped < 0);
    CHECK(*outside.corrected.value == 0);
    CHECK(outside.corrected.lower() == 0);
    CHECK(outside.corrected.upper() > 0);
}

TEST_CASE("precision, recall, specificity and F1 of counts") {
    cd::classification_counts counts{
        .true_positives = 40, .false_positives = 10, .false_negatives = 20, .true_negatives = 130};
    CHECK(counts.precision() == cd::share(40, 50));
    CHECK(counts.recall({.level = 0.9}) == cd::share(40, 60, {.level = 0.9}));
    CHECK(counts.specificity() == cd::share(130, 140));
    const auto f1 = counts.f1();
    CHECK(close(*f1.value, 2 * 0.8 * (2.0 / 3) / (0.8 + 2.0 / 3), 1e-14));
    CHECK(f1.n == 70);
    CHECK(cd::classification_counts{.true_negatives = 5}.f1().status == estimate_status::no_data);

    cd::classification_counts sum{1, 2, 3, 4};
    sum.merge({10, 20, 30, 40});
    CHECK(sum == cd::classification_counts{11, 22, 33, 44});
}

TEST_CASE("impossible counts and levels are errors") {
    const cd::classification_counts good{90, 2, 10, 98};
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const auto says = [&](double k, double n, const cd::classification_counts& counts, double level = 0.95) {
        return message_of([&] { (void)cd::corrected_share(k, n, counts, {.level = level}); });
    };
    CHECK(says(11, 10, good) == "compute_divide::share_interval: 0 <= successes <= n, got 11");
    CHECK(says(1, nan, good) == "compute_divide::share_interval: finite n > 0, got nan");
    CHECK(says(1, 10, good, 1) == "compute_divide::share_interval: level in (0, 1), got 1");
    CHECK(says(1, 10, {-1, 2, 10, 98}) == "compute_divide::share_interval: 0 <= successes <= n, got -1");
    CHECK(says(1, 10, {90, 2, nan, 98}) == "compute_divide::share_interval: finite n > 0, got nan");
    CHECK(message_of([&] { (void)good.f1({.level = 0}); }) == "compute_divide::share_interval: level in (0, 1), got 0");
}

TEST_CASE("every choice prints and parses") {
    for (const auto& entry : enumerators(correction_interval{})) {
        CHECK(cd::name_of(entry.value) == entry.name);
        CHECK(cd::parse_name<correction_interval>(entry.name) == entry.value);
    }
}

TEST_CASE("differences and trends of corrected shares agree with closed forms and numerical delta variances") {
    struct year {
        double x, k, n;
    };
    const std::vector<year> six{{2013, 12, 80},  {2014, 31, 130},  {2016, 44, 150},
                                {2018, 90, 240}, {2020, 160, 390}, {2021, 211, 480}};
    const cd::classification_counts table{172, 11, 14, 240};
    using enum cd::corrected_contrast_interval;
    const auto fieller_ends = cd::corrected_share_difference({211, 480}, {12, 80}, table);
    CHECK(close(*fieller_ends.corrected.value, 0.3287333438700578, 1e-13));
    CHECK(close(fieller_ends.corrected.lower(), 0.22593717712400516, 1e-12));
    CHECK(close(fieller_ends.corrected.upper(), 0.4332955543557333, 1e-12));
    CHECK(close(*fieller_ends.test.statistic, 6.3087523489391, 1e-12));
    CHECK(close(*fieller_ends.classified.value, 211.0 / 480 - 0.15, 1e-14));
    const auto delta_ends = cd::corrected_share_difference({211, 480}, {12, 80}, table, {.interval = delta});
    CHECK(close(delta_ends.corrected.lower(), 0.22519687877518135, 1e-12));
    CHECK(close(delta_ends.corrected.upper(), 0.4322698089649343, 1e-12));

    const auto slope = cd::corrected_share_trend(six, &year::x, &year::k, &year::n, table,
                                                 {.interval = delta, .weights = cd::corrected_trend_weights::equal});
    constexpr double z = 1.959963984540054;
    CHECK(close(*slope.corrected.value, 0.03832120339082059, 1e-12));
    CHECK(close((slope.corrected.upper() - slope.corrected.lower()) / 2, z * 0.005183323955453759, 1e-12));

    const std::vector<year> three{{2019, 9, 40}, {2020, 14, 45}, {2021, 25, 60}};
    const cd::classification_counts small{27, 4, 6, 35};
    const auto few = cd::corrected_share_difference({25, 60}, {9, 40}, small, {.level = 0.9});
    CHECK(close(few.corrected.lower(), 0.056765776860567975, 1e-12));
    CHECK(close(few.corrected.upper(), 0.49907030711688394, 1e-12));
    const auto few_slope = cd::corrected_share_trend(
        three, &year::x, &year::k, &year::n, small, {.interval = delta, .weights = cd::corrected_trend_weights::equal});
    CHECK(close(*few_slope.corrected.value, 0.13391693811074917, 1e-12));
    CHECK(close((few_slope.corrected.upper() - few_slope.corrected.lower()) / 2, z * 0.06592597457405752, 1e-12));
    // two groups: by records or alike, the slope is the difference
    const std::vector<year> two{{2019, 9, 40}, {2020, 25, 60}};
    CHECK(close(*cd::corrected_share_trend(two, &year::x, &year::k, &year::n, small).corrected.value,
                *few.corrected.value, 1e-13));
}

TEST_CASE("intervals of a corrected difference cover, with a small table too") {
    cd::random_stream random(12);
    const auto binomial_draw = [&random](int n, double p) {
        int k = 0;
        for (int i = 0; i < n; ++i) k += random.uniform() < p;
        return static_cast<double>(k);
    };
    constexpr double se = 0.85, sp = 0.9, first = 0.7, second = 0.3;
    int covered = 0, all = 0;
    for (int trial = 0; trial < 4000; ++trial) {
        const double tp = binomial_draw(30, se), tn = binomial_draw(30, sp);
        const auto seen = [&](double share) { return binomial_draw(150, share * se + (1 - share) * (1 - sp)); };
        const auto found =
            cd::corrected_share_difference({seen(first), 150}, {seen(second), 150}, {tp, 30 - tn, 30 - tp, tn});
        if (!found) continue;
        ++all;
        covered += found.corrected.bounds->contains(first - second);
    }
    CHECK(all > 3900);
    CHECK(covered > 0.93 * all);
    CHECK(covered < 0.97 * all);
}

TEST_CASE("what data do not determine of a corrected difference is a status") {
    const cd::classification_counts good{90, 5, 10, 95};
    CHECK(cd::corrected_share_difference({0, 0}, {1, 5}, good).corrected.status == estimate_status::no_data);
    CHECK(cd::corrected_share_difference({1, 5}, {2, 5}, {}).corrected.status == estimate_status::too_few);
    CHECK(cd::corrected_share_difference({1, 5}, {2, 5}, {5, 5, 5, 5}).corrected.status == estimate_status::degenerate);
    // better than chance, but not demonstrably
    const cd::classification_counts doubtful{3, 2, 2, 3};
    CHECK(cd::corrected_share_difference({1, 5}, {2, 5}, doubtful).corrected.status == estimate_status::degenerate);
    CHECK(cd::corrected_share_difference({1, 5}, {2, 5}, doubtful, {.interval = cd::corrected_contrast_interval::delta})
              .corrected.status == estimate_status::ok);
    struct year {
        double x, k, n;
    };
    const auto trend = [&](const std::vector<year>& years) {
        return cd::corrected_share_trend(years, &year::x, &year::k, &year::n, good);
    };
    CHECK(trend({}).corrected.status == estimate_status::no_data);
    CHECK(trend({{2010, 1, 5}, {2010, 2, 5}}).corrected.status == estimate_status::degenerate);
    const auto missing = trend({{2010, 1, 5}, {2011, 2, 5}, {2012, std::numeric_limits<double>::quiet_NaN(), 5}});
    CHECK(missing.corrected.n == 10);
    CHECK(missing.corrected.n_missing == 1);
    CHECK(message_of([&] {
              (void)cd::corrected_share_difference({6, 5}, {1, 5}, good);
          }) == "compute_divide::corrected_share_difference: 0 <= successes <= n, got 6");
    CHECK(message_of([&] {
              (void)trend({{2010, -1, 5}});
          }) == "compute_divide::corrected_share_trend: 0 <= successes <= n, got -1");
}

TEST_CASE("Rogan and Gladen's interval of few on a side says so, Lang and Reiczigel's need not") {
    using enum compute_divide::estimate_status;
    for (const double k : {4.0, 5.0, 45.0, 46.0})
        for (const auto& kind : enumerators(compute_divide::correction_interval{})) {
            const bool few = kind.value == compute_divide::correction_interval::rogan_gladen && (k < 5 || k > 45);
            const auto found = compute_divide::corrected_share(k, 50, {90, 10, 10, 90}, {.interval = kind.value});
            CAPTURE(k);
            CHECK(found.corrected.status == (few ? few_clusters : ok));
        }
}

TEST_CASE("where n is so far below 1 that bounds are no doubles there are none") {
    using compute_divide::estimate_status;
    for (const auto& kind : enumerators(compute_divide::corrected_contrast_interval{})) {
        const auto found = compute_divide::corrected_share_difference({1e-320, 2e-320}, {60, 100}, {90, 10, 10, 90},
                                                                      {.interval = kind.value});
        CHECK(found.classified.status == estimate_status::degenerate);
        CHECK(found.corrected.status == estimate_status::degenerate);
        CHECK_FALSE(found.classified.bounds);
        CHECK_FALSE(found.corrected.bounds);
        CHECK_FALSE(found.test.p_value);
    }
}
