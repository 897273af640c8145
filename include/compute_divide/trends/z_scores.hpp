// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_Z_SCORES_HPP
#define COMPUTE_DIVIDE_TRENDS_Z_SCORES_HPP

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <optional>
#include <ranges>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/trends/detail/model_points.hpp>
#include <compute_divide/trends/detail/window_moments.hpp>
#include <compute_divide/trends/selection.hpp>

/// How far a model is above or below the models of the same time, and the outliers among them.
namespace compute_divide::inline v0_2 {

/// Which side of the models of their time. Sevilla et al. remove the low outliers before they fit trends.
enum class outlier_side { high, low };
[[nodiscard]] constexpr auto enumerators(outlier_side) {
    using enum outlier_side;
    return std::array{named<outlier_side>{high, "high"}, named<outlier_side>{low, "low"}};
}

struct z_score_options {
    double half_window_days = 364;  ///< models so many days before or after are of the same time, both ends included
    outlier_side side = outlier_side::high;
    double high = 0.76;                                    ///< high: z above this
    double low = -2;                                       ///< low: z below this
    std::optional<std::chrono::sys_days> only_after = {};  ///< choose only later dates; windows still use all
};

namespace detail {

/// z of each point of `points`, which are in order of day; nothing where the window has no spread.
[[nodiscard]] inline std::vector<std::optional<double>> window_z_scores(const std::vector<model_point>& points,
                                                                        double half_window_days) {
    std::vector<std::optional<double>> z(points.size());
    window_moments window;
    std::size_t first = 0;
    std::size_t past = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (; past < points.size() && points[past].day - points[i].day <= half_window_days; ++past)
            window.push(points[past].log_flop);
        for (; points[i].day - points[first].day > half_window_days; ++first) window.pop();
        const centred_moments m = window.result();
        if (m.squares > 0) z[i] = (points[i].log_flop - m.mean) / std::sqrt(m.squares / m.n);
    }
    return z;
}

}  // namespace detail

/// z-scores of log10 training compute among the models of the same time, one for each record, in their order:
///
///   z_i = (log10 C_i - mean) / sd   over all j with |date_j - date_i| <= half_window_days; sd with divisor n
///
/// Nothing where date or compute is not known, and where the window holds fewer than 2 models or only equal ones.
/// Throws std::invalid_argument for half_window_days negative or not a number. O(n log n).
/// Checked against numpy (tests/reference/large_scale.py).
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Flop>
[[nodiscard]] std::vector<std::optional<double>> z_scores(Records&& records, Date date, Flop training_flop,
                                                          double half_window_days = 364) {
    detail::require(half_window_days >= 0, "z_scores", "half_window_days >= 0", half_window_days);
    selection counted{.rule = large_scale_rule::z_score_outliers};
    const auto points = detail::dated_points(records, date, training_flop, counted);
    const auto z = detail::window_z_scores(points, half_window_days);
    std::vector<std::optional<double>> in_order(counted.n + counted.n_missing);
    for (std::size_t i = 0; i < points.size(); ++i) in_order[points[i].position] = z[i];
    return in_order;
}

/// The outliers among the models of the same time: `z_scores` strictly above `high`, or below `low`. A model without a
/// z-score is no outlier. Throws as `z_scores`, and for a bound that is not a number.
///
/// Source: Sevilla et al. (2022), section 3 and its published notebook: 364 days, z > 0.76 and date after 2015-09-01
/// are its large-scale models, z < -2 its low outliers. Defaults are those, for all dates. Checked as `z_scores`.
template <std::ranges::input_range Records, time_field_of<Records> Date, quantity_field_of<Records> Flop>
[[nodiscard]] selection z_score_outliers(Records&& records, Date date, Flop training_flop,
                                         const z_score_options& options = {}) {
    detail::require(options.half_window_days >= 0, "z_score_outliers", "half_window_days >= 0",
                    options.half_window_days);
    detail::require(is_known(options.high), "z_score_outliers", "a number for high", options.high);
    detail::require(is_known(options.low), "z_score_outliers", "a number for low", options.low);
    selection chosen{.rule = large_scale_rule::z_score_outliers};
    const auto points = detail::dated_points(records, date, training_flop, chosen);
    const auto z = detail::window_z_scores(points, options.half_window_days);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!z[i] || (options.only_after && points[i].day <= days_since_1970(*options.only_after))) continue;
        if (options.side == outlier_side::high ? *z[i] > options.high : *z[i] < options.low)
            chosen.indices.push_back(points[i].position);
    }
    detail::sort(chosen.indices);
    return chosen;
}

}  // namespace compute_divide::inline v0_2

#endif
