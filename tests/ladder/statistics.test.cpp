// SPDX-License-Identifier: BSL-1.0
// Whatever takes numbers and is no regression or trend, over one ladder of scales; ctest limits the time.
#include <compute_divide/statistics.hpp>

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/compute/efficiency.hpp>
#include <compute_divide/compute/pareto_frontier.hpp>
#include <compute_divide/compute/score_line.hpp>
#include <compute_divide/shares.hpp>

#include "support/ladder.hpp"

namespace cd = compute_divide;
using test_support::check_sound;
using test_support::ladder_record;

TEST_CASE("two samples, means and quantiles of every scale: numbers, or a status") {
    for (const auto& rung : test_support::ladder()) {
        const auto& records = rung.records;
        CAPTURE(rung.name);
        const cd::two_samples samples(records, &ladder_record::y, &ladder_record::yes);
        for (const auto scale : {cd::comparison_scale::difference, cd::comparison_scale::ratio}) {
            check_sound("welch", [&] { return cd::welch(samples, {.scale = scale}); });
            for (const auto& statistic : enumerators(cd::permutation_statistic{}))
                check_sound("permutation_test", [&] {
                    return cd::permutation_test(samples, {.scale = scale,
                                                          .statistic = statistic.value,
                                                          .method = cd::permutation_method::monte_carlo,
                                                          .replicates = 49});
                });
            check_sound("hodges_lehmann", [&] { return cd::hodges_lehmann(samples, {.scale = scale}); });
            for (const auto interval : {cd::bootstrap_interval::percentile, cd::bootstrap_interval::basic})
                check_sound("compare_medians", [&] {
                    return cd::compare_medians(samples,
                                               {.scale = scale, .interval = interval, .bootstrap = {.replicates = 49}});
                });
        }
        check_sound("mann_whitney", [&] { return cd::mann_whitney(samples); });
        check_sound("brunner_munzel", [&] { return cd::brunner_munzel(samples); });
        check_sound("moments", [&] {
            cd::moments sums;
            for (const auto& each : records) sums.add(each.y);
            return sums.result();
        });
        check_sound("quantile", [&] { return cd::quantile(records, 0.3, &ladder_record::y); });
        check_sound("median", [&] { return cd::median(records, &ladder_record::y); });
        check_sound("median_absolute_deviation",
                    [&] { return cd::median_absolute_deviation(records, &ladder_record::y); });
        check_sound("cochran_armitage",
                    [&] { return cd::cochran_armitage(records, &ladder_record::y, &ladder_record::yes); });
        const auto mean = [](const auto& sample) {
            double sum = 0;
            for (const auto& each : sample) sum += each.y / 24;
            return sum;
        };
        for (const auto& kind : enumerators(cd::bootstrap_interval{}))
            check_sound("bootstrap, " + std::string(kind.name),
                        [&] { return cd::bootstrap(records, mean, {.replicates = 49}).interval(kind.value, 0.9); });
        check_sound("ratio_of_totals", [&] {
            return cd::ratio_of_totals(records, &ladder_record::y, &ladder_record::x,
                                       cd::clustered_by(&ladder_record::group));
        });
    }
}

TEST_CASE("counts, weights and levels of every scale: numbers, or a status") {
    const std::vector<double> numbers{0,   5e-324, 1e-300, 1e-154, 1e-9, 0.5,   1,     2,    29,
                                      1e5, 1e16,   1e24,   1e33,   1e77, 1e154, 1e300, 1e308};
    const std::vector<double> levels{1e-300, 1e-17, 0.5, 0.95, 0.999999, 1 - 0x1p-53};
    for (const double n : numbers)
        for (const double share : {0.0, 1e-12, 0.3, 0.5, 1.0}) {
            const double k = n * share;
            CAPTURE(k);
            CAPTURE(n);
            for (const double level : levels) {
                for (const auto& interval : enumerators(cd::proportion_interval{}))
                    check_sound("share, " + std::string(interval.name),
                                [&] { return cd::share(k, n, {.interval = interval.value, .level = level}); });
                for (const auto& interval : enumerators(cd::difference_interval{}))
                    check_sound("share_difference, " + std::string(interval.name), [&] {
                        return cd::share_difference({k, n}, {3, 10}, {.interval = interval.value, .level = level});
                    });
                for (const auto& interval : enumerators(cd::risk_ratio_interval{}))
                    check_sound("risk_ratio, " + std::string(interval.name), [&] {
                        return cd::risk_ratio({k, n}, {3, 10}, {.interval = interval.value, .level = level});
                    });
                for (const auto& interval : enumerators(cd::odds_ratio_interval{}))
                    check_sound("odds_ratio, " + std::string(interval.name), [&] {
                        return cd::odds_ratio({k, n}, {3, 10}, {.interval = interval.value, .level = level});
                    });
                check_sound("simultaneous_shares", [&] {
                    return cd::simultaneous_shares(std::vector<double>{k, n, 3}, {}, {.level = level});
                });
                for (const auto& interval : enumerators(cd::capture_interval{}))
                    check_sound("capture_recapture, " + std::string(interval.name), [&] {
                        return cd::capture_recapture({n, n, k}, {.interval = interval.value, .level = level});
                    });
                check_sound("mantel_haenszel", [&] {
                    cd::mantel_haenszel_sums sums;
                    sums.add({k, n}, {3, 10});
                    sums.add({4, 10}, {n - k, n});
                    return sums.result({.level = level});
                });
                check_sound("corrected_share", [&] {
                    return cd::corrected_share(
                        k, n, {.true_positives = 40, .false_positives = 3, .false_negatives = 5, .true_negatives = 52},
                        {.level = level});
                });
            }
        }
}

TEST_CASE("weighted and clustered shares of weights of every scale: numbers, or a status") {
    for (const auto& rung : test_support::ladder()) {
        const auto& records = rung.records;
        CAPTURE(rung.name);
        check_sound("share, clusters", [&] {
            return cd::share(records, &ladder_record::yes, cd::clustered_by(&ladder_record::group), &ladder_record::y);
        });
        check_sound("shares of a tally", [&] {
            cd::tally<int, bool> counts;
            for (const auto& each : records) counts.add(each.group, each.yes, each.y);
            return cd::shares(counts.result(), true);
        });
    }
}

TEST_CASE("scores and compute of every scale: numbers, or a status") {
    for (const auto& rung : test_support::ladder()) {
        const auto& records = rung.records;
        CAPTURE(rung.name);
        check_sound("find_pareto_frontier",
                    [&] { return cd::find_pareto_frontier(records, &ladder_record::x, &ladder_record::y); });
        check_sound("score_line", [&] {
            const auto line = cd::fit_score_line(records, &ladder_record::x, &ladder_record::y, &ladder_record::group);
            return std::array{line.gain_per_doubling(), line.expected_score(8), line.expected_score(1e300)};
        });
        check_sound("trial_results", [&] {
            const cd::trial_results trials(records, &ladder_record::y);
            return std::array{trials.expected_best(1), trials.expected_best(10), trials.expected_best(24)};
        });
        check_sound("compare_tuning", [&] {
            const std::vector<ladder_record> half(records.begin(), records.begin() + 12),
                rest(records.begin() + 12, records.end());
            return cd::compare_tuning(cd::trial_results(half, &ladder_record::y),
                                      cd::trial_results(rest, &ladder_record::y));
        });
    }
}
