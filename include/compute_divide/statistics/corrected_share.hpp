// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_CORRECTED_SHARE_HPP
#define COMPUTE_DIVIDE_STATISTICS_CORRECTED_SHARE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/proportion_comparison.hpp>
#include <compute_divide/test_result.hpp>

/// How well a classifier tells one label, and a share corrected for its errors.
namespace compute_divide::inline v0_2 {

/// What a classifier said of records whose truth is known, for one label: positive means "has the label". Counts are
/// real numbers, fractional where records were weighted. The shares throw std::invalid_argument for a level outside
/// (0, 1) or a count that is negative or not finite; without a record in their denominator they have the status
/// no_data.
struct classification_counts {
    double true_positives = 0;   ///< has the label, and was given it
    double false_positives = 0;  ///< does not have it, but was given it
    double false_negatives = 0;  ///< has it, but was not given it
    double true_negatives = 0;   ///< neither

    /// Of the records given the label, those that have it.
    [[nodiscard]] estimate precision(share_options options = {}) const {
        return share(true_positives, true_positives + false_positives, options);
    }
    /// Of the records that have the label, those given it: sensitivity.
    [[nodiscard]] estimate recall(share_options options = {}) const {
        return share(true_positives, true_positives + false_negatives, options);
    }
    /// Of the records without the label, those not given it.
    [[nodiscard]] estimate specificity(share_options options = {}) const {
        return share(true_negatives, true_negatives + false_positives, options);
    }
    /// The harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN), over the n records that have the label or
    /// were given it. It is 2 j / (1 + j) of the share j = TP / n, and rises with j: its interval is that of j, carried
    /// over (Hand, Christen, Kirielle 2021, Machine Learning 110:451, for the transformation).
    [[nodiscard]] estimate f1(share_options options = {}) const {
        estimate result = share(true_positives, true_positives + false_positives + false_negatives, options);
        const auto of_share = [](double j) { return 2 * j / (1 + j); };
        if (result.value) result.value = of_share(*result.value);
        if (result.bounds) result.bounds = {of_share(result.bounds->lower), of_share(result.bounds->upper)};
        return result;
    }

    void merge(const classification_counts& more) {
        true_positives += more.true_positives;
        false_positives += more.false_positives;
        false_negatives += more.false_negatives;
        true_negatives += more.true_negatives;
    }
    friend bool operator==(const classification_counts&, const classification_counts&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<classification_counts>) {
    return member_list(member{"true_positives", &classification_counts::true_positives},
                       member{"false_positives", &classification_counts::false_positives},
                       member{"false_negatives", &classification_counts::false_negatives},
                       member{"true_negatives", &classification_counts::true_negatives});
}

/// Intervals for a corrected share. Both allow for the errors' own uncertainty, and are cut to [0, 1].
enum class correction_interval {
    lang_reiczigel,  ///< with counts added to all three shares and a shift (Lang, Reiczigel 2014): holds its level
    rogan_gladen     ///< delta method (Rogan, Gladen 1978, eq. 8): too short where a share is near 0 or 1, with fewer
                     ///< than 5 records on a side the status is few_clusters
};
[[nodiscard]] constexpr auto enumerators(correction_interval) {
    using enum correction_interval;
    return std::array{named<correction_interval>{lang_reiczigel, "lang_reiczigel"},
                      named<correction_interval>{rogan_gladen, "rogan_gladen"}};
}

struct correction_options {
    correction_interval interval = correction_interval::lang_reiczigel;
    double level = 0.95;  ///< in (0, 1)
};

/// A share as the classifier sees it and as it must be, given the classifier's errors.
struct share_correction {
    estimate corrected = {};                ///< within [0, 1]
    std::optional<double> unclamped = {};   ///< its value before it was cut: outside [0, 1] where the errors measured
                                            ///< predict more (or fewer) false positives than were seen in all
    estimate classified = {};               ///< k / n as it stands, with the Wilson interval
    classification_counts validation = {};  ///< the errors that were corrected for

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(corrected); }
    friend bool operator==(const share_correction&, const share_correction&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<share_correction>) {
    return member_list(
        member{"corrected", &share_correction::corrected}, member{"unclamped", &share_correction::unclamped},
        member{"classified", &share_correction::classified}, member{"validation", &share_correction::validation});
}

namespace detail {

/// An observed share with the number it is of.
struct sampled_share {
    double p, n;
    [[nodiscard]] double variance() const { return p * (1 - p) / n; }
};

/// (p + sp - 1) / (se + sp - 1).
[[nodiscard]] inline double rogan_gladen_share(sampled_share p, sampled_share se, sampled_share sp) {
    return (p.p + sp.p - 1) / (se.p + sp.p - 1);
}

/// The corrected share's standard error by the delta method, when it is `theta`.
[[nodiscard]] inline double rogan_gladen_error(double theta, sampled_share p, sampled_share se, sampled_share sp) {
    return std::sqrt(p.variance() + theta * theta * se.variance() + (1 - theta) * (1 - theta) * sp.variance()) /
           (se.p + sp.p - 1);
}

}  // namespace detail

/// The share of records that have a label, from the k of n records that a classifier gave it and from what it said of
/// validation records whose truth is known (a sample apart, of the same kind of records):
///
///   theta = (k/n + sp - 1) / (se + sp - 1),   se = TP / (TP + FN),   sp = TN / (TN + FP)
///
/// A classifier that finds 2 % of the others positive turns a share of 5 % into 7 %. Precision cannot be used for this:
/// it moves with the share itself.
///
/// Where all of the interval is outside [0, 1] nothing but that end is left of it: `unclamped` then says that the
/// errors measured do not fit these records.
///
/// Not enough data: n = 0 gives no_data; no validation record with the label, or none without it, too_few; a classifier
/// no better than chance (se + sp <= 1, also after the interval's added counts) degenerate. Throws
/// std::invalid_argument unless 0 <= k <= n < infinity, counts are finite and >= 0, and the level is in (0, 1).
///
/// Source: Rogan, Gladen (1978), American Journal of Epidemiology 107:71; Lang, Reiczigel (2014), Preventive Veterinary
/// Medicine 113:13. Checked against 40-digit arithmetic and by coverage (tests/reference/corrected_share.py).
[[nodiscard]] inline share_correction corrected_share(double k, double n, const classification_counts& validation,
                                                      correction_options options = {}) {
    using detail::sampled_share;
    share_correction result{.classified = share(k, n, {.level = options.level}), .validation = validation};
    estimate& corrected = result.corrected;
    corrected.level = options.level;
    corrected.method = name_of(options.interval);
    detail::state_sample_size(corrected, n);

    const estimate recall = validation.recall(), specificity = validation.specificity();
    if (n == 0) return result;
    corrected.status = estimate_status::too_few;
    if (!recall || !specificity) return result;
    corrected.status = estimate_status::degenerate;

    sampled_share p{k / n, n}, se{*recall.value, validation.true_positives + validation.false_negatives},
        sp{*specificity.value, validation.true_negatives + validation.false_positives};
    if (se.p + sp.p <= 1) return result;
    const double value = detail::rogan_gladen_share(p, se, sp);

    const double z = detail::upper_normal_quantile((1 - options.level) / 2);
    double shift = 0;
    if (options.interval == correction_interval::lang_reiczigel) {
        const auto with_added = [](sampled_share s, double added) {
            return sampled_share{(s.n * s.p + added / 2) / (s.n + added), s.n + added};
        };
        p = with_added(p, z * z);
        se = with_added(se, 2);
        sp = with_added(sp, 2);
        if (se.p + sp.p <= 1) return result;
        const double theta = detail::rogan_gladen_share(p, se, sp);
        shift = 2 * z * z * (theta * se.variance() - (1 - theta) * sp.variance());
    }
    const double theta = detail::rogan_gladen_share(p, se, sp);
    const double half = z * detail::rogan_gladen_error(theta, p, se, sp);
    const auto cut = [](double x) { return std::clamp(x, 0.0, 1.0); };
    result.unclamped = value;
    corrected.value = cut(value);
    corrected.bounds = {cut(theta + shift - half), cut(theta + shift + half)};
    const bool few = options.interval == correction_interval::rogan_gladen && std::min(k, n - k) < 5;
    corrected.status = few ? estimate_status::few_clusters : estimate_status::ok;
    return result;
}

/// Intervals for a difference or slope of corrected shares.
enum class corrected_contrast_interval {
    fieller,  ///< of the ratio of the contrast seen to se + sp - 1 (Fieller 1954): holds its level for small tables too
    delta     ///< value -+ z standard error
};
[[nodiscard]] constexpr auto enumerators(corrected_contrast_interval) {
    using enum corrected_contrast_interval;
    return std::array{named<corrected_contrast_interval>{fieller, "fieller"},
                      named<corrected_contrast_interval>{delta, "delta"}};
}

/// How the groups of a trend of corrected shares count.
enum class corrected_trend_weights {
    records,  ///< by their n
    equal     ///< all alike
};
[[nodiscard]] constexpr auto enumerators(corrected_trend_weights) {
    using enum corrected_trend_weights;
    return std::array{named<corrected_trend_weights>{records, "records"},
                      named<corrected_trend_weights>{equal, "equal"}};
}

struct corrected_contrast_options {
    corrected_contrast_interval interval = corrected_contrast_interval::fieller;
    double level = 0.95;                                                 ///< in (0, 1)
    corrected_trend_weights weights = corrected_trend_weights::records;  ///< of a trend
};

/// A difference or slope of shares corrected for a classifier's errors, and that of the shares as classified.
struct contrast_correction {
    estimate corrected = {};
    estimate classified = {};  ///< as it stands, with the normal interval
    test_result test = {};     ///< that there is none: of the shares as classified, since errors alike in all groups
                               ///< make a difference smaller, but never out of none
    classification_counts validation = {};

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(corrected); }
    friend bool operator==(const contrast_correction&, const contrast_correction&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<contrast_correction>) {
    return member_list(
        member{"corrected", &contrast_correction::corrected}, member{"classified", &contrast_correction::classified},
        member{"test", &contrast_correction::test}, member{"validation", &contrast_correction::validation});
}

namespace detail {

/// A contrast of shares as classified, sum c_t q_t with sum c_t = 0, its variance, and the number of records.
struct seen_contrast {
    double value = 0, variance = 0, n = 0;
    estimate_status status = estimate_status::no_data;
};

[[nodiscard]] inline contrast_correction corrected_contrast(const seen_contrast& seen,
                                                            const classification_counts& validation,
                                                            const corrected_contrast_options& options,
                                                            std::string_view function) {
    require_level(options.level, function);
    contrast_correction result{.validation = validation};
    estimate& corrected = result.corrected;
    corrected.level = result.classified.level = options.level;
    corrected.method = name_of(options.interval);
    result.classified.method = "normal";
    result.test.method = "difference of shares as classified, normal";
    state_sample_size(corrected, seen.n);
    state_sample_size(result.classified, seen.n);
    state_sample_size(result.test, seen.n);
    const estimate recall = validation.recall(), specificity = validation.specificity();
    corrected.status = result.classified.status = result.test.status = seen.status;
    if (seen.status != estimate_status::ok) return result;

    const double z = upper_normal_quantile((1 - options.level) / 2), z2 = z * z, error = std::sqrt(seen.variance);
    if (!std::isfinite(z * error)) {
        corrected.status = result.classified.status = result.test.status = estimate_status::degenerate;
        return result;
    }
    result.classified.value = seen.value;
    result.classified.bounds = {seen.value - z * error, seen.value + z * error};
    result.test.status = error > 0 ? estimate_status::ok : estimate_status::degenerate;
    if (error > 0) {
        result.test.statistic = seen.value / error;
        result.test.p_value = std::erfc(std::fabs(*result.test.statistic) / std::sqrt(2.0));
    }
    corrected.status = estimate_status::too_few;
    if (!recall || !specificity) return result;
    corrected.status = estimate_status::degenerate;
    const sampled_share se{*recall.value, validation.true_positives + validation.false_negatives},
        sp{*specificity.value, validation.true_negatives + validation.false_positives};
    const double j = se.p + sp.p - 1, v_j = se.variance() + sp.variance(), d = seen.value;
    if (!(j > 0)) return result;
    corrected.value = d / j;
    if (options.interval == corrected_contrast_interval::delta) {
        const double half = z * std::sqrt(seen.variance + d / j * (d / j) * v_j) / j;
        corrected.bounds = {d / j - half, d / j + half};
    } else {
        // {r : (d - r j)^2 <= z^2 (v_d + r^2 v_j)}
        const double a = j * j - z2 * v_j;
        if (!(a > 0)) {
            corrected.value.reset();
            return result;
        }
        const double root = std::sqrt(std::max(0.0, d * d * j * j - a * (d * d - z2 * seen.variance)));
        corrected.bounds = {(d * j - root) / a, (d * j + root) / a};
    }
    if (!std::isfinite(corrected.lower()) || !std::isfinite(corrected.upper())) {
        corrected.value.reset();
        corrected.bounds.reset();
        return result;
    }
    corrected.status = estimate_status::ok;
    return result;
}

}  // namespace detail

/// The difference of two shares, the first less the second, both told by one classifier of the same errors:
///
///   (q_1 - q_2) / J,   J = se + sp - 1,   variance (v_1 + v_2 + d^2 (se (1 - se) / m1 + sp (1 - sp) / m0)) / J^2
///
/// with q = k / n as classified, v = q (1 - q) / n and d the difference corrected: the table's own uncertainty is
/// shared by both shares and matters through the size of the difference only; intervals of two corrected_share put side
/// by side overstate it. Of dependent records give the effective numbers: successes value * n_effective of n_effective.
///
/// no_data: n = 0; too_few: no validation record with the label, or without it; degenerate: a classifier no better than
/// chance, for fieller not demonstrably so at the level (the interval would be unbounded), or n so far below 1 that
/// bounds are no doubles. The errors must be the same in both groups, and the validation records a sample apart. Throws
/// std::invalid_argument unless 0 <= successes <= n < infinity, counts of the validation are finite and >= 0, and the
/// level is in (0, 1). Source: Rogan, Gladen (1978); Buonaccorsi (2010), Measurement Error, chapter 2; Fieller (1954).
/// Checked by coverage and against numerical delta variances.
[[nodiscard]] inline contrast_correction corrected_share_difference(share_count first, share_count second,
                                                                    const classification_counts& validation,
                                                                    const corrected_contrast_options& options = {}) {
    const std::string_view function = "corrected_share_difference";
    detail::seen_contrast seen;
    for (const share_count& c : {first, second}) {
        detail::require(c.n >= 0 && c.n <= std::numeric_limits<double>::max(), function, "finite n >= 0", c.n);
        detail::require(c.successes >= 0 && c.successes <= c.n, function, "0 <= successes <= n", c.successes);
    }
    seen.n = first.n + second.n;
    if (first.n > 0 && second.n > 0) {
        const detail::sampled_share p{first.successes / first.n, first.n}, q{second.successes / second.n, second.n};
        seen.value = p.p - q.p;
        seen.variance = p.variance() + q.variance();
        seen.status = estimate_status::ok;
    }
    return detail::corrected_contrast(seen, validation, options, function);
}

/// The slope of corrected shares along a score, by weighted least squares over groups of k of n each, told by one
/// classifier of the same errors. Variance as corrected_share_difference, of the contrast that the slope is; a group
/// with n = 0 is left out. degenerate also where all scores are the same. The groups' fields are as cochran_armitage's.
template <std::ranges::input_range Groups, quantity_field_of<Groups> Score, quantity_field_of<Groups> Successes,
          quantity_field_of<Groups> Size>
[[nodiscard]] contrast_correction corrected_share_trend(Groups&& groups, Score score, Successes successes, Size n,
                                                        const classification_counts& validation,
                                                        const corrected_contrast_options& options = {}) {
    const std::string_view function = "corrected_share_trend";
    struct group_of_records {
        double x, weight;
        detail::sampled_share share;
    };
    std::vector<group_of_records> all;
    std::uint64_t n_missing = 0;
    double weight = 0, mean = 0, spread = 0, origin = 0;
    detail::seen_contrast seen;
    for (auto&& group : groups) {
        const double x = as_double(std::invoke(score, group)), k = as_double(std::invoke(successes, group));
        const double size = as_double(std::invoke(n, group));
        if (!is_known(x) || !is_known(k) || !is_known(size)) {
            ++n_missing;
            continue;
        }
        detail::require(std::isfinite(x), function, "finite score", x);
        detail::require(size >= 0 && size <= std::numeric_limits<double>::max(), function, "finite n >= 0", size);
        detail::require(k >= 0 && k <= size, function, "0 <= successes <= n", k);
        if (size == 0) continue;
        const double w = options.weights == corrected_trend_weights::records ? size : 1;
        if (all.empty()) origin = x;
        all.push_back({x - origin, w, {k / size, size}});
        weight += w;
        mean += (x - origin) * w;
        seen.n += size;
    }
    if (!all.empty()) {
        mean /= weight;
        for (const auto& g : all) spread += g.weight * (g.x - mean) * (g.x - mean);
        seen.status = spread > 0 ? estimate_status::ok : estimate_status::degenerate;
        for (const auto& g : all) {
            const double c = g.weight * (g.x - mean) / spread;
            seen.value += c * g.share.p;
            seen.variance += c * c * g.share.variance();
        }
    }
    auto result = detail::corrected_contrast(seen, validation, options, function);
    result.corrected.n_missing = result.classified.n_missing = result.test.n_missing = n_missing;
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
