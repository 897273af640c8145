// SPDX-License-Identifier: BSL-1.0
// Trends, breaks and comparisons of samples over any doubles and dates: they end, with numbers, a status, or the
// documented error. The first byte chooses.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <compute_divide/statistics.hpp>
#include <compute_divide/trends.hpp>

#include "input.hpp"

using namespace compute_divide;

namespace {

struct record {
    double x = 0, y = 0, date = 0;
    int group = 0;
    bool yes = false;
};

/// A date near others, on one with them, or any number, of which most are none.
double date_of(input& bytes) {
    const int kind = bytes.byte();
    return kind < 250 ? 2000 + kind % 25 + kind / 25 / 10.0 : bytes.number();
}

std::vector<record> records_of(input& bytes) {
    std::vector<record> records;
    while (!bytes.empty() && records.size() < 36) {
        const std::uint8_t labels = bytes.byte();
        record next{bytes.number(), bytes.number(), date_of(bytes), labels % 5, labels % 2 == 0};
        for (int again = 0; again <= (labels >= 240 ? 6 : 0); ++again) records.push_back(next);
    }
    return records;
}

void try_numbers(input& bytes, std::uint8_t choice, double level) {
    const auto records = records_of(bytes);
    require_sound("theil_sen", [&] { return theil_sen(records, &record::x, &record::y); });
    const auto& variances = enumerators(mann_kendall_variance{});
    require_sound("mann_kendall", [&] {
        return mann_kendall(records, &record::x, &record::y, {.variance = variances[choice % variances.size()].value});
    });
    require_sound("block_mann_kendall", [&] { return block_mann_kendall(records, &record::x, &record::y); });
    require_sound("lowess", [&] { return lowess(records, &record::x, &record::y); });
    require_sound("quantile_regression", [&] {
        return quantile_regression(records, &record::x, &record::y, {.quantile = (1 + choice % 9) / 10.0});
    });
    require_sound("quantile", [&] {
        const auto found = quantile(records, level, &record::y);  // infinite of infinite values, as documented
        return found.value && std::isinf(*found.value) ? estimate{} : found;
    });
    require_sound("moments", [&] {
        moments sums;
        for (const record& each : records) sums.add(each.y);
        return sums.result();
    });
    if (choice % 4 != 0) return;  // what resamples, for a part of the inputs
    require_sound("two samples", [&] {
        const two_samples samples(records, &record::y, &record::yes);
        const auto scale = choice % 2 == 0 ? comparison_scale::difference : comparison_scale::ratio;
        require_sound("welch", [&] { return welch(samples, {.scale = scale, .level = level}); });
        require_sound("hodges_lehmann", [&] { return hodges_lehmann(samples, {.scale = scale, .level = level}); });
        require_sound("permutation_test", [&] {
            return permutation_test(
                samples, {.scale = scale, .level = level, .method = permutation_method::monte_carlo, .replicates = 19});
        });
        require_sound("compare_medians",
                      [&] { return compare_medians(samples, {.scale = scale, .bootstrap = {.replicates = 19}}); });
        require_sound("mann_whitney", [&] { return mann_whitney(samples); });
        return brunner_munzel(samples);
    });
}

void try_dates(input& bytes, std::uint8_t choice, double level) {
    const auto records = records_of(bytes);
    const auto interval = enumerators(trend_interval{})[choice % enumerators(trend_interval{}).size()].value;
    const trend_options options{.interval = interval, .level = level, .bootstrap = {.replicates = 19}};
    require_sound("fit_log_trend", [&] {
        const auto trend = fit_log_trend(records, &record::date, &record::y, &record::group);
        require_sound("bands", [&] {
            return std::pair{trend.confidence_band(2010.0, options), trend.prediction_band(2010.0, options)};
        });
        return trend.growth(options);
    });
    require_sound("fit_log_trends", [&] {
        const auto trends = fit_log_trends(records, &record::yes, &record::date, &record::y);
        require_sound("lag", [&] { return trends.lag(false, true, 2010.0); });
        require_sound("level_difference", [&] { return trends.level_difference(false, true, 2010.0); });
        return trends.slope_difference(false, true);
    });
    require_sound("running_maximum", [&] { return running_maximum(records, &record::date, &record::y); });
    require_sound("fit_frontier_trend", [&] { return fit_frontier_trend(records, &record::date, &record::y); });
    require_sound("z_scores", [&] { return z_scores(records, &record::date, &record::y); });
    const auto& rules = enumerators(large_scale_rule{});
    require_sound("large_scale",
                  [&] { return large_scale(records, &record::date, &record::y, rules[choice % rules.size()].value); });
    if (choice % 4 != 0) return;  // what resamples, for a part of the inputs
    require_sound("quantile_lag", [&] {
        return quantile_lag(records, &record::yes, &record::date, &record::y, &record::group, false, true, 2010.0,
                            {.bootstrap = {.replicates = 19}});
    });
    segmented_options segmented{
        .kind = choice % 2 == 0 ? break_kind::continuous : break_kind::discontinuous,
        .most_breaks = 1U + choice % 3U,
        .choice = enumerators(break_choice{})[choice / 8U % enumerators(break_choice{}).size()].value,
        .least_records = std::nullopt,
        .level = level,
        .bootstrap = {.replicates = 9, .jackknife = false}};
    if (choice / 16 % 2 == 0) segmented.breaks = choice / 32 % 3;
    if (segmented.choice == break_choice::penalty) segmented.penalty = 2;
    require_sound("fit_segmented_trend",
                  [&] { return fit_segmented_trend(records, &record::date, &record::y, segmented); });
    require_sound("fit_segmented_trend, clusters",
                  [&] { return fit_segmented_trend(records, &record::date, &record::y, &record::group, segmented); });
    require_sound("bootstrap_breaks", [&] {
        return bootstrap_breaks<1>(records, &record::date, &record::y,
                                   {.kind = segmented.kind, .bootstrap = {.replicates = 9}})[0]
            .interval(bootstrap_interval::percentile, level);
    });
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input bytes(data, size);
    const std::uint8_t kind = bytes.byte(), choice = bytes.byte();
    const double level = kind / 2 == 0 ? bytes.number() : 0.9;
    kind % 2 == 0 ? try_numbers(bytes, choice, level) : try_dates(bytes, choice, level);
    return 0;
}
