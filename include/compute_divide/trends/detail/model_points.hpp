// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_MODEL_POINTS_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_MODEL_POINTS_HPP

#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <ranges>
#include <string>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/trends/selection.hpp>

/// The models that the rules for large-scale models choose from.
namespace compute_divide::inline v0_2::detail {

struct model_point {
    std::size_t position;
    double day;  ///< days since 1970-01-01
    double flop;
    double log_flop;  ///< log10
};

/// The usable records as points. `chosen` gets n, n_missing and the status for "there are some".
template <std::ranges::input_range Records, class Day, class Flop>
[[nodiscard]] std::vector<model_point> model_points(Records&& records, Day day, Flop& training_flop,
                                                    selection& chosen) {
    std::vector<model_point> points;
    std::size_t position = 0;
    for (auto&& record : records) {
        const double flop = as_double(std::invoke(training_flop, record));
        const double when = day(record);
        if (flop < 0 || flop > std::numeric_limits<double>::max())
            fail(name_of(chosen.rule), "finite training_flop >= 0 in record " + std::to_string(position), flop);
        if (is_known(flop) && flop != 0 && is_known(when))
            points.push_back({position, when, flop, std::log10(flop)});
        else
            ++chosen.n_missing;
        ++position;
    }
    chosen.n = points.size();
    chosen.status = points.empty() ? estimate_status::no_data : estimate_status::ok;
    return points;
}

template <std::ranges::input_range Records, class Date, class Flop>
[[nodiscard]] std::vector<model_point> dated_points(Records&& records, Date& date, Flop& training_flop,
                                                    selection& chosen) {
    auto points = model_points(
        records, [&date](auto&& record) { return days_since_1970(std::invoke(date, record)); }, training_flop, chosen);
    detail::sort_by(points, &model_point::day);
    return points;
}

template <std::ranges::input_range Records, class Flop>
[[nodiscard]] std::vector<model_point> undated_points(Records&& records, Flop& training_flop, selection& chosen) {
    return model_points(
        records, [](auto&&) { return 0.0; }, training_flop, chosen);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
