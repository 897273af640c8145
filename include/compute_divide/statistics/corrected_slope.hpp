// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_CORRECTED_SLOPE_HPP
#define COMPUTE_DIVIDE_STATISTICS_CORRECTED_SLOPE_HPP

#include <cmath>
#include <optional>
#include <string>
#include <type_traits>

#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/corrected_share.hpp>

/// The slope of a share on another share, where the records that the shares are of were told by a classifier: the share
/// of a topic's papers that are by academia alone, on the share whose abstract a list of terms finds to speak of
/// compute. A share as classified is q = J pi + 1 - sp of the true share pi, J = se + sp - 1 (Rogan, Gladen 1978), so
/// that
///
///   slope of the true shares = slope as classified * J of the predictor / J of the response
///
/// whatever else is held fixed: a predictor's errors make slopes on shares steeper, not flatter as they do those on
/// single records, for q varies less than pi.
namespace compute_divide::inline v0_2 {

/// What a classifier said of validation records, of either or both shares; an empty one is taken to be without error.
struct slope_validation {
    std::optional<classification_counts> predictor = {};
    std::optional<classification_counts> response = {};

    friend bool operator==(const slope_validation&, const slope_validation&) = default;
};

/// A slope with its correction.
struct slope_correction {
    estimate corrected = {};
    estimate classified = {};  ///< the slope as it came
    double factor = 1;         ///< J of the predictor over J of the response
    double log_error = 0;      ///< standard error of its logarithm

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(corrected); }
    friend bool operator==(const slope_correction&, const slope_correction&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<slope_correction>) {
    using result = slope_correction;
    return member_list(member{"corrected", &result::corrected}, member{"classified", &result::classified},
                       member{"factor", &result::factor}, member{"log_error", &result::log_error});
}

namespace detail {

/// J = se + sp - 1 with its variance; none where there are no records with the label, or without it.
struct youden_index {
    double value, variance;
};
[[nodiscard]] inline std::optional<youden_index> youden_of(const classification_counts& counts) {
    const estimate recall = counts.recall(), specificity = counts.specificity();
    if (!recall || !specificity) return std::nullopt;
    const sampled_share se{*recall.value, counts.true_positives + counts.false_negatives},
        sp{*specificity.value, counts.true_negatives + counts.false_positives};
    // Of shares of 1, as if half a record more were otherwise: no finite table shows a classifier without error.
    const auto variance = [](sampled_share s) {
        const double p = (s.p * s.n + 0.5) / (s.n + 1);
        return p * (1 - p) / s.n;
    };
    return youden_index{se.p + sp.p - 1, variance(se) + variance(sp)};
}

}  // namespace detail

/// The slope corrected for the errors of the shares' classifiers. Its interval has the slope's own sides, stretched by
/// the factor, and the uncertainty of the validation, each side by the root of the sum of squares (Zou and Donner's
/// recovery of variances); a slope of 0 stays what it is, and so does the test of none: take the p-value of the slope.
///
/// The errors must be the same whatever the record's other values (non-differential) and in all groups, and the
/// validation records a sample apart. Weighted validation counts are given as effective numbers. What shares of few
/// records add in noise is not corrected.
///
/// Status: too_few: no validation record with the label, or none without; degenerate: a classifier no better than
/// chance; else the slope's own. Throws std::invalid_argument for counts that are negative or not
/// finite. Sources: Rogan, Gladen (1978); Zou, Donner (2008), Statistics in Medicine 27:1693. Checked by coverage of a
/// known truth.
[[nodiscard]] inline slope_correction corrected_slope(const estimate& slope, const slope_validation& validation) {
    slope_correction result{.corrected = slope, .classified = slope};
    double variance = 0;
    for (const auto* side : {&validation.predictor, &validation.response}) {
        if (!*side) continue;
        const auto j = detail::youden_of(**side);
        if (!j || !(j->value > 0)) {
            result.corrected.value.reset();
            result.corrected.bounds.reset();
            result.corrected.status = j ? estimate_status::degenerate : estimate_status::too_few;
            return result;
        }
        result.factor *= side == &validation.predictor ? j->value : 1 / j->value;
        variance += j->variance / (j->value * j->value);
    }
    result.log_error = std::sqrt(variance);
    if (!slope.value) return result;
    const double value = *slope.value * result.factor;
    result.corrected.value = value;
    if (!slope.bounds) return result;
    const double reach = slope.degrees_of_freedom ? detail::two_sided_t(slope.level, *slope.degrees_of_freedom)
                                                  : detail::upper_normal_quantile((1 - slope.level) / 2);
    const double of_validation = reach * value * result.log_error;
    const auto side = [&](double distance) { return std::hypot(result.factor * distance, of_validation); };
    result.corrected.bounds = {value - side(*slope.value - slope.bounds->lower),
                               value + side(slope.bounds->upper - *slope.value)};
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
