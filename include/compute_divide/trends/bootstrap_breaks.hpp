// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_BOOTSTRAP_BREAKS_HPP
#define COMPUTE_DIVIDE_TRENDS_BOOTSTRAP_BREAKS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/trends/detail/continuous_segments.hpp>
#include <compute_divide/trends/detail/dated_logs.hpp>
#include <compute_divide/trends/detail/resampled_segments.hpp>
#include <compute_divide/trends/detail/segmented_fit.hpp>
#include <compute_divide/trends/detail/time_series.hpp>
#include <compute_divide/trends/segmented_options.hpp>

/// The bootstrap of the dates of breaks.
namespace compute_divide::inline v0_2 {

struct bootstrap_breaks_options {
    break_kind kind = break_kind::continuous;
    std::optional<std::size_t> least_records = {};  ///< as in segmented_options
    bootstrap_options bootstrap = {};
};

namespace detail {

/// The days of `Breaks` breaks as decimal years: the statistic of bootstrap_breaks.
template <std::size_t Breaks>
class break_years {
public:
    break_years(breakpoints on_sample, double origin, break_kind kind, std::size_t least)
        : on_sample_(std::move(on_sample)), origin_(origin), kind_(kind), least_(least) {}

    template <class Resample>
    [[nodiscard]] std::array<std::optional<double>, Breaks> operator()(const Resample& drawn) {
        points_.clear();
        for (const grouped_log& point : drawn) points_.push_back(point);
        sort_by_date(points_);
        const time_series data(points_);
        const auto found = breaks_of_resample(data, on_sample_, origin_, kind_, least_);
        std::array<std::optional<double>, Breaks> years;
        for (std::size_t j = 0; j < found.size(); ++j) years[j] = decimal_year(exact(data.origin + found[j].at));
        return years;
    }

private:
    breakpoints on_sample_;
    double origin_;
    break_kind kind_;
    std::size_t least_;
    std::vector<grouped_log> points_ = {};
};

template <std::size_t Breaks, class Draw>
[[nodiscard]] std::array<bootstrap_distribution, Breaks> bootstrap_of_breaks(grouped_logs logs,
                                                                             const bootstrap_breaks_options& options,
                                                                             const Draw& draw) {
    std::array<bootstrap_distribution, Breaks> result;
    for (auto& distribution : result) {
        distribution.n = logs.records.size();
        distribution.status = logs.records.empty() ? estimate_status::no_data : estimate_status::too_few;
    }
    if (logs.records.size() >= 3) {
        sort_by_date(logs.records);
        const time_series data(logs.records);
        const std::size_t least = least_records(options.least_records, data.observations());
        const auto fits = best_breaks(data, options.kind, Breaks, least);
        if (fits.size() > Breaks)
            result = draw(logs.records, break_years<Breaks>(fits[Breaks].all, data.origin, options.kind, least));
    }
    for (auto& distribution : result) distribution.n_missing = logs.n_missing;
    return result;
}

}  // namespace detail

/// The bootstrap of the dates of `Breaks` breaks, drawn as pairs, as decimal years in their order; intervals of every
/// kind and level are read off by `interval`:
///
///     bootstrap_breaks<1>(models, &model::published, &model::training_flop)[0].interval(bootstrap_interval::bca)
///
/// Several continuous breaks of a replicate are looked for from those of the sample, each between its neighbours.
/// Status too_few: fewer than 3 records, or no room for the breaks. Throws as fit_segmented_trend, and for replicates
/// = 0. Cost: as many searches as there are replicates (and records, for bca).
template <std::size_t Breaks, std::ranges::input_range Records, time_field_of<Records> Date,
          quantity_field_of<Records> Value>
[[nodiscard]] std::array<bootstrap_distribution, Breaks> bootstrap_breaks(
    Records&& records, Date date, Value value, const bootstrap_breaks_options& options = {}) {
    detail::require_least_records(options.least_records, "bootstrap_breaks");
    return detail::bootstrap_of_breaks<Breaks>(
        detail::read_logs("bootstrap_breaks", records, date, value, detail::all_one, detail::all_one), options,
        [&](const auto& sample, auto statistic) { return bootstrap(sample, std::move(statistic), options.bootstrap); });
}

/// The same of whole clusters, such as the models of an organisation. A record whose cluster is not known is left out.
template <std::size_t Breaks, std::ranges::input_range Records, time_field_of<Records> Date,
          quantity_field_of<Records> Value, cluster_field_of<Records> Cluster>
requires(!has_several_labels<Cluster, Records>)
    [[nodiscard]] std::array<bootstrap_distribution, Breaks> bootstrap_breaks(
        Records&& records, Date date, Value value, Cluster cluster, const bootstrap_breaks_options& options = {}) {
    detail::require_least_records(options.least_records, "bootstrap_breaks");
    return detail::bootstrap_of_breaks<Breaks>(
        detail::read_logs("bootstrap_breaks", records, date, value, detail::all_one,
                          detail::numbered_field<Records, Cluster>{cluster}),
        options, [&](const auto& sample, auto statistic) {
            return cluster_bootstrap(sample, &detail::grouped_log::cluster, std::move(statistic), options.bootstrap);
        });
}

}  // namespace compute_divide::inline v0_2

#endif
