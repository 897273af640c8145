// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_PAIRED_SAMPLE_HPP
#define COMPUTE_DIVIDE_DETAIL_PAIRED_SAMPLE_HPP

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <ranges>
#include <string_view>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/order_of_bits.hpp>
#include <compute_divide/detail/require.hpp>

namespace compute_divide::inline v0_2::detail {

struct point {
    double x, y;
    friend constexpr auto operator<=>(const point&, const point&) = default;
};

/// A place on the axis of a trend: see axis_field_of.
template <class T>
[[nodiscard]] constexpr double on_axis(const T& x) {
    if constexpr (quantity<known_t<T>>)
        return as_double(x);
    else
        return days_since_1970(x) / 365.25;
}

/// In order of (x, y).
inline void sort_points(std::vector<point>& points) {
    if (points.size() < many_numbers) {
        detail::sort(points);
        return;
    }
    sort_by_digits(points, [](const point& p) { return bits_in_order(p.x); });
    std::vector<point> run;  // of one x
    for (auto first = points.begin(); first != points.end();) {
        const auto last =
            std::find_if(first + 1, points.end(), [&](const point& other) { return other.x != first->x; });
        if (static_cast<std::size_t>(last - first) < many_numbers) {
            std::sort(first, last);
        } else {
            run.assign(first, last);
            sort_by_digits(run, [](const point& p) { return bits_in_order(p.y); });
            std::copy(run.begin(), run.end(), first);
        }
        first = last;
    }
}

/// The records with both fields known, as points in order of (x, y).
struct paired_sample {
    std::vector<point> points = {};
    std::uint64_t n_missing = 0;

    /// Throws std::invalid_argument in the name of `function` for an infinite x or y.
    template <std::ranges::input_range Records, class X, class Y>
    paired_sample(std::string_view function, Records&& records, X& x, Y& y) {
        for (auto&& record : records) {
            const point p{on_axis(std::invoke(x, record)), as_double(std::invoke(y, record))};
            if (is_known(p.x) && is_known(p.y)) {
                require(std::isfinite(p.x), function, "finite x", p.x);
                require(std::isfinite(p.y), function, "finite y", p.y);
                points.push_back(p);
            } else {
                ++n_missing;
            }
        }
        sort_points(points);
    }
};

/// A number of every point: a member of it, or a function.
template <class Number>
[[nodiscard]] std::vector<double> each_of(const std::vector<point>& points, Number number) {
    std::vector<double> values;
    values.reserve(points.size());
    for (const auto& p : points) values.push_back(std::invoke(number, p));
    return values;
}

/// Every slope between points in order, its product with any x, and sums of such are doubles.
[[nodiscard]] inline bool has_bounded_slopes(const std::vector<point>& points) {
    double smallest_step = std::numeric_limits<double>::infinity(), y_range = 0, x_size = 1;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double step = i == 0 ? 0 : points[i].x - points[i - 1].x;
        if (step > 0) smallest_step = std::min(smallest_step, step);
        y_range = std::max(y_range, std::fabs(points[i].y - points[0].y));
        x_size = std::max(x_size, std::fabs(points[i].x));
    }
    const double sum = 4 * static_cast<double>(points.size()) * y_range;
    return std::isfinite(sum) && std::isfinite(2 * x_size) && std::isfinite(sum / smallest_step * x_size);
}

/// Calls visit(k) for every run of k > 1 equal values among those of an ascending range.
template <class Range, class Projection, class Visit>
void for_each_tie(const Range& sorted, Projection projection, const Visit& visit) {
    for (auto first = sorted.begin(); first != sorted.end();) {
        const auto last = std::find_if(first + 1, sorted.end(), [&](const auto& other) {
            return std::invoke(projection, other) != std::invoke(projection, *first);
        });
        if (last - first > 1) visit(static_cast<double>(last - first));
        first = last;
    }
}

}  // namespace compute_divide::inline v0_2::detail

#endif
