// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_CORRECTED_SHARES_HPP
#define COMPUTE_DIVIDE_SHARES_CORRECTED_SHARES_HPP

#include <algorithm>
#include <type_traits>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/shares/clustered_shares.hpp>
#include <compute_divide/shares/clustered_tally.hpp>
#include <compute_divide/statistics/corrected_share.hpp>

/// Shares and their differences corrected for a classifier's errors, of records that depend on each other.
namespace compute_divide::inline v0_2 {

namespace detail {

/// The quantile of the normal over that of t which the records of an estimate have.
[[nodiscard]] inline double normal_over_t(double level, const estimate& e) {
    return e.degrees_of_freedom ? upper_normal_quantile((1 - level) / 2) / two_sided_t(level, *e.degrees_of_freedom)
                                : 1;
}

}  // namespace detail

/// corrected_share of a share as it was estimated, also of dependent records: its n_eff (z / t)^2 records, z and t the
/// quantiles of the normal and of t with the share's degrees of freedom, are those that count (Korn, Graubard 1998).
/// `classified` is the share given. Status: that of the share where it has none or no interval, few_clusters where it
/// says so, else as corrected_share. Throws std::invalid_argument as corrected_share.
[[nodiscard]] inline share_correction corrected_share(const estimate& seen, const classification_counts& validation,
                                                      const correction_options& options = {}) {
    detail::require_level(options.level, "corrected_share");
    const bool known = seen && seen.value && seen.bounds;
    const double ratio = detail::normal_over_t(options.level, seen);
    const double worth = known ? seen.n_effective.value_or(static_cast<double>(seen.n)) * ratio * ratio : 0;
    share_correction result = corrected_share(known ? *seen.value * worth : 0, worth, validation, options);
    estimate& corrected = result.corrected;
    corrected.n = seen.n;
    corrected.n_effective = seen.n_effective;
    corrected.n_missing = seen.n_missing;
    corrected.degrees_of_freedom = seen.degrees_of_freedom;
    if (!known)
        corrected.status = seen ? estimate_status::degenerate : seen.status;
    else if (corrected && seen.status == estimate_status::few_clusters)
        corrected.status = seen.status;
    result.classified = seen;
    return result;
}

/// corrected_share_difference of a category's shares in two keys of dependent records, the first less the second: the
/// variance of the difference as classified is that of share_difference, with the covariance of two years that have
/// the same organisations, and t in the place of the normal quantile. `classified` (Newcombe's interval) and `test` are
/// those of share_difference. Statuses as these, few_clusters too. Errors as these. Checked by coverage with 40
/// clusters that are in both keys and errors measured on 600 records: .93 to .97 of .95.
template <label Key, label Category>
[[nodiscard]] contrast_correction corrected_share_difference(const clustered_table<Key, Category>& table,
                                                             const std::type_identity_t<Key>& first,
                                                             const std::type_identity_t<Key>& second,
                                                             const std::type_identity_t<Category>& category,
                                                             const classification_counts& validation,
                                                             const corrected_contrast_options& options = {}) {
    const auto seen = share_difference(table, first, second, category, {.share = {.level = options.level}});
    const auto linear =
        share_difference(table, first, second, category,
                         {.interval = clustered_difference_interval::linear, .share = {.level = options.level}})
            .effect;
    detail::seen_contrast contrast{.n = static_cast<double>(linear.n), .status = linear.status};
    if (linear && linear.bounds) {
        const double half = std::max(linear.upper() - *linear.value, *linear.value - linear.lower());
        const double error = half / detail::upper_normal_quantile((1 - options.level) / 2);
        contrast.value = *linear.value;
        contrast.variance = error * error;
        contrast.status = estimate_status::ok;
    }
    auto result = detail::corrected_contrast(contrast, validation, options, "corrected_share_difference");
    result.corrected.n_missing = linear.n_missing;
    result.corrected.degrees_of_freedom = linear.degrees_of_freedom;
    if (result.corrected && linear.status == estimate_status::few_clusters) result.corrected.status = linear.status;
    result.classified = seen.effect;
    result.test = seen.test;
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
