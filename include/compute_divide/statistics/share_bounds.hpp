// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_SHARE_BOUNDS_HPP
#define COMPUTE_DIVIDE_STATISTICS_SHARE_BOUNDS_HPP

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <optional>
#include <ranges>
#include <string>
#include <type_traits>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/clustered_share.hpp>

/// What a share can be where the answers of some records are not known: with k yes, m no and u not known,
///
///   k / (k + m + u)  <=  share  <=  (k + u) / (k + m + u)
///
/// whatever makes answers missing (Manski's bounds). Leaving the unknown out, k / (k + m), takes them to be like the
/// others, which they need not be: a base model is told oftener of models that have one.
///
///     const auto open = share_bounds(models, &model::open, clustered_by(&model::organisations));  // an optional<bool>
///     open.lowest.value, open.highest.value;   // between these
///     *open.covering;                          // and, with what sampling adds, within these at 95 %
namespace compute_divide::inline v0_2 {

/// A share with its bounds.
struct bounded_share {
    estimate known = {};      ///< the unknown left out; its n_missing counts them, and the records without a weight
    estimate lowest = {};     ///< none of the unknown answers yes
    estimate highest = {};    ///< all of them do
    double unknown_part = 0;  ///< of the weight of all records
    std::optional<interval> covering = {};  ///< holds the share at the level, whatever the unknown are

    /// Whether there is an interval; the status is that of the bounds.
    [[nodiscard]] explicit operator bool() const { return covering.has_value(); }
    /// `ok` where both bounds are; else why one of them is not.
    [[nodiscard]] estimate_status status() const {
        return lowest.status == estimate_status::ok ? highest.status : lowest.status;
    }
    friend bool operator==(const bounded_share&, const bounded_share&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<bounded_share>) {
    return member_list(member{"known", &bounded_share::known}, member{"lowest", &bounded_share::lowest},
                       member{"highest", &bounded_share::highest}, member{"unknown_part", &bounded_share::unknown_part},
                       member{"covering", &bounded_share::covering});
}

/// `between 30.7 % and 83.2 % [22.4, 89.5] (clustered_wilson, 95 %, n = 101, 53 not known)`, or the status.
[[nodiscard]] inline std::string to_string(const bounded_share& b) {
    if (!b.lowest.value || !b.highest.value) return std::string(description_of(b.status()));
    char text[256];
    std::snprintf(text, sizeof text, "between %.1f %% and %.1f %%", 100 * *b.lowest.value, 100 * *b.highest.value);
    std::string all = text;
    if (b.covering) {
        std::snprintf(text, sizeof text, " [%.1f, %.1f]", 100 * b.covering->lower, 100 * b.covering->upper);
        all += text;
    }
    std::snprintf(text, sizeof text, " (%s, %g %%, n = %llu, %llu not known)", std::string(b.lowest.method).c_str(),
                  100 * b.lowest.level, static_cast<unsigned long long>(b.lowest.n),
                  static_cast<unsigned long long>(b.known.n_missing - b.lowest.n_missing));
    return all + text;
}

namespace detail {

/// The c of Imbens and Manski: Phi(c + width) - Phi(-c) = level, width in standard errors of the less sure end. From
/// the two-sided quantile where nothing is unknown down to the one-sided one.
[[nodiscard]] inline double imbens_manski_quantile(double level, double width) {
    const auto phi = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
    double low = upper_normal_quantile(1 - level), high = upper_normal_quantile((1 - level) / 2);
    for (int step = 0; step < 200 && low < high; ++step) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) break;
        (phi(middle + width) - phi(-middle) < level ? low : high) = middle;
    }
    return high;
}

}  // namespace detail

/// The bounds of the share of records that answer yes. `predicate` gives an std::optional<bool> (or what is like it):
/// nothing where the answer is not known. A record whose weight is not known is left out, and counted as missing.
///
/// `covering` reaches from the lower end of `lowest` to the upper end of `highest`, at the level 2 Phi(c) - 1 of the c
/// of Imbens and Manski: it holds the share at `options.level`, and is narrower than what holds both bounds. The
/// standard errors for c are half widths of intervals, so that a bound of 0 has one too. Of levels of 0.5 and less, c
/// may be 0: then it is the bounds.
///
/// Not enough data and errors as clustered_successes; without two clusters there are bounds and no `covering`. One pass
/// over any input range. Sources: Manski (1989), Journal of Human Resources 24:343; Imbens, Manski (2004), Econometrica
/// 72:1845; Stoye (2009), Econometrica 77:1299, for why it holds where both bounds are of one sample. Checked against
/// tests/reference/share_bounds.py and by coverage.
template <std::ranges::input_range Records, predicate_field_of<Records> Predicate, cluster_field_of<Records> Cluster,
          quantity_field_of<Records> Weight>
[[nodiscard]] bounded_share share_bounds(Records&& records, Predicate predicate, clusters_of<Cluster> cluster,
                                         Weight weight, const clustered_share_options& options = {}) {
    clustered_successes<detail::cluster_storage_t<Cluster, Records>> known, lowest, highest;
    double weight_known = 0, weight_unknown = 0;
    for (auto&& record : records) {
        const field_value_t<Predicate, Records> yes = std::invoke(predicate, record);
        const field_value_t<Cluster, Records> of = std::invoke(cluster.field, record);
        const field_value_t<Weight, Records> w = std::invoke(weight, record);
        known.add(yes, of, w);
        if (is_known(yes)) {
            lowest.add(yes, of, w);
            highest.add(yes, of, w);
        } else {
            lowest.add(false, of, w);
            highest.add(true, of, w);
        }
        if (is_known(w)) (is_known(yes) ? weight_known : weight_unknown) += as_double(w);
    }
    bounded_share result{.known = known.result(options).share,
                         .lowest = lowest.result(options).share,
                         .highest = highest.result(options).share};
    const double weights = weight_known + weight_unknown;
    if (weights > 0) result.unknown_part = weight_unknown / weights;
    if (!result.lowest.bounds || !result.highest.bounds) return result;
    const double z = detail::upper_normal_quantile((1 - options.level) / 2);
    const auto error = [z](const interval& ends) { return (ends.upper - ends.lower) / (2 * z); };
    const double width = (*result.highest.value - *result.lowest.value) /
                         std::max(error(*result.lowest.bounds), error(*result.highest.bounds));
    const double c = detail::imbens_manski_quantile(options.level, width);
    clustered_share_options narrower = options;
    narrower.level = c > 0 ? std::erf(c / std::sqrt(2.0)) : 0;
    if (narrower.level > 0)
        result.covering = interval{lowest.result(narrower).share.lower(), highest.result(narrower).share.upper()};
    else
        result.covering = interval{*result.lowest.value, *result.highest.value};
    return result;
}
/// The same of records that weigh alike.
template <std::ranges::input_range Records, predicate_field_of<Records> Predicate, cluster_field_of<Records> Cluster>
[[nodiscard]] bounded_share share_bounds(Records&& records, Predicate predicate, clusters_of<Cluster> cluster,
                                         const clustered_share_options& options = {}) {
    return share_bounds(
        records, predicate, cluster, [](const auto&) { return 1; }, options);
}

}  // namespace compute_divide::inline v0_2

#endif
