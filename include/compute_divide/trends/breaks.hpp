// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_BREAKS_HPP
#define COMPUTE_DIVIDE_TRENDS_BREAKS_HPP

#include <ranges>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/trends/detail/dated_logs.hpp>
#include <compute_divide/trends/detail/segmented_fit.hpp>
#include <compute_divide/trends/segmented_options.hpp>
#include <compute_divide/trends/segmented_trend.hpp>

/// When growth changed: an exponential trend that breaks at dates which the data decide.
///
///     const segmented_trend trend = fit_segmented_trend(models, &model::published, &model::training_flop);
///     for (const trend_break& one : trend.breaks) to_string(one.year);              // 2010.3 [2008.9, 2011.6] (...)
///     for (const trend_segment& era : trend.segments) to_string(era.growth.doubling);
namespace compute_divide::inline v0_2 {

/// Fits log10(value) on the date by least squares with a trend that breaks; the number of breaks is chosen or given.
///
/// `date`: any calendar_time, see dates.hpp; `value`: of any unit, greater than 0. All breaks are looked for: one is
/// the best of all, as any number of discontinuous ones; for several continuous ones see detail::best_continuous. No
/// break is nearer to another, or an end, than `least_records` records and two dates; records of one date stay
/// together. Intervals take errors as independent, normal and of one variance, and the number of breaks as known: where
/// records depend on each other, give their cluster, or breaks are found that are not there. That
/// of one continuous break is exact; those of several follow the profile outward with the others between their
/// neighbours.
///
/// Not enough data: no_data; too_few for fewer than 3 records, or without room for the number of breaks that is asked
/// for; degenerate where all are on one day. A break's or slope's estimate is degenerate where the data give it no
/// delta interval. Throws std::invalid_argument for a value that is 0, negative or infinite, with the position of the
/// record, a level outside (0, 1), least_records < 3, break_choice::penalty without a penalty > 0, and delta for
/// discontinuous breaks.
/// One pass over the records, 24 bytes each. Time for n dates, sorted: one break O(n); more O(n^2).
/// Checked against exhaustive search (tests/reference/breaks.py), and R's segmented and strucchange (breaks.R).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Value>
[[nodiscard]] segmented_trend fit_segmented_trend(Records&& records, Date date, Value value,
                                                  const segmented_options& options = {}) {
    detail::check(options, "fit_segmented_trend", false);
    auto logs = detail::read_logs("fit_segmented_trend", records, date, value, detail::all_one, detail::all_one);
    detail::sort_by_date(logs.records);
    return detail::segmented(logs.records, logs.n_missing, options);
}

/// The same where records of one cluster (an organisation's models) depend on each other: breaks are chosen by what the
/// records are worth, `n_effective`, and intervals, of the slopes too, are by default those of resamples of whole
/// clusters, few_clusters below 20 of them. A record whose cluster is not known is left out. As many more searches as
/// there are replicates.
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Value,
          cluster_field_of<Records> Cluster>
requires(!has_several_labels<Cluster, Records>) [[nodiscard]] segmented_trend
    fit_segmented_trend(Records&& records, Date date, Value value, Cluster cluster,
                        const segmented_options& options = {}) {
    detail::check(options, "fit_segmented_trend", true);
    auto logs = detail::read_logs("fit_segmented_trend", records, date, value, detail::all_one,
                                  detail::numbered_field<Records, Cluster>{cluster});
    detail::sort_by_date(logs.records);
    return detail::segmented(logs.records, logs.n_missing, options, true);
}

namespace mistake {
struct a_record_has_one_label_where_clusters_are_drawn_such_as_its_first_organisation {};
}  // namespace mistake

/// Clusters that overlap cannot be drawn.
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Value,
          cluster_field_of<Records> Cluster>
requires(has_several_labels<Cluster, Records>)
    mistake::a_record_has_one_label_where_clusters_are_drawn_such_as_its_first_organisation
    fit_segmented_trend(Records&&, Date, Value, Cluster, const segmented_options& = {})
= delete;

}  // namespace compute_divide::inline v0_2

#endif
