// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_THEIL_SEN_HPP
#define COMPUTE_DIVIDE_TRENDS_THEIL_SEN_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/order_of_bits.hpp>
#include <compute_divide/detail/paired_sample.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/slope_selection.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/quantile.hpp>

/// A straight trend that outliers do not move.
namespace compute_divide::inline v0_2 {

/// The intercept that goes with the median slope b.
enum class theil_sen_intercept {
    separate,  ///< median(y) - b median(x), as Conover and scipy's default
    joint      ///< median(y - b x)
};
[[nodiscard]] constexpr auto enumerators(theil_sen_intercept) {
    using enum theil_sen_intercept;
    return std::array{named<theil_sen_intercept>{separate, "separate"}, named<theil_sen_intercept>{joint, "joint"}};
}

struct theil_sen_options {
    double level = 0.95;
    theil_sen_intercept intercept = theil_sen_intercept::separate;
};

/// y = intercept + slope x.
struct theil_sen_fit {
    estimate slope = {};
    std::optional<double> intercept = {};

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(slope); }
    friend bool operator==(const theil_sen_fit&, const theil_sen_fit&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<theil_sen_fit>) {
    return member_list(member{"slope", &theil_sen_fit::slope}, member{"intercept", &theil_sen_fit::intercept});
}

namespace detail {

/// sum k (k - 1) (2k + 5) over all values of a sorted field that occur k > 1 times.
template <class Range, class Projection>
[[nodiscard]] double tie_variance(const Range& sorted, Projection projection) {
    double sum = 0;
    for_each_tie(sorted, projection, [&sum](double k) { sum += k * (k - 1) * (2 * k + 5); });
    return sum;
}

/// The binary exponent of the largest size of a number of all points where products of such may leave the range of a
/// double, else 0: sizes between 1e-60 and 1e60 are left as they are.
template <class Number>
[[nodiscard]] int extreme_exponent(const std::vector<point>& points, Number number) {
    double size = 0;
    for (const auto& p : points) size = std::fmax(size, std::fabs(std::invoke(number, p)));
    constexpr double small = 1e-60, large = 1e60;
    return size == 0 || (small <= size && size <= large) ? 0 : std::ilogb(size);
}

}  // namespace detail

/// The Theil-Sen line: its slope is the median of the slopes between all pairs of records with different x, on the real
/// axis, however unequal the steps. The interval holds the slopes of ranks
///
///   (N -+ z s) / 2,   s^2 = [n (n-1) (2n+5) - sum over ties in x and in y of k (k-1) (2k+5)] / 18,
///
/// N the number of pairs, rounded outwards as scipy does. No bounds where there are too few pairs for the level (where
/// scipy gives the extreme slopes), or ties make s^2 negative.
/// Not enough data: no_data, too_few below 3 records, degenerate where all x are equal (or slopes overflow).
/// Throws std::invalid_argument for an infinite x or y, or a level outside (0, 1).
/// O(n log n) expected time by randomised selection, exact, always the same result; some 210 bytes a record.
/// Source: Sen (1968), equation 2.6. Checked against scipy.stats.theilslopes, which is quadratic.
template <std::ranges::input_range Records, axis_field_of<Records> X, quantity_field_of<Records> Y>
[[nodiscard]] theil_sen_fit theil_sen(Records&& records, X x, Y y, const theil_sen_options& options = {}) {
    detail::require_level(options.level, "theil_sen");
    detail::paired_sample sample("theil_sen", records, x, y);
    auto& points = sample.points;
    const auto n = static_cast<double>(points.size());

    theil_sen_fit fit;
    fit.slope.level = options.level;
    fit.slope.method = "theil_sen";
    fit.slope.n = points.size();
    fit.slope.n_missing = sample.n_missing;
    fit.slope.status = points.empty()      ? estimate_status::no_data
                       : points.size() < 3 ? estimate_status::too_few
                       : points.front().x == points.back().x || !detail::has_bounded_slopes(points)
                           ? estimate_status::degenerate
                           : estimate_status::ok;
    if (!fit) return fit;

    const int x_scale = detail::extreme_exponent(points, &detail::point::x);
    const int y_scale = detail::extreme_exponent(points, &detail::point::y);
    if (x_scale != 0 || y_scale != 0)
        for (auto& p : points) p = {std::ldexp(p.x, -x_scale), std::ldexp(p.y, -y_scale)};
    const auto xs = detail::each_of(points, &detail::point::x);
    auto ys = detail::each_of(points, &detail::point::y);
    detail::sort_numbers(ys);
    const double variance = (n * (n - 1) * (2 * n + 5) - detail::tie_variance(xs, std::identity()) -
                             detail::tie_variance(ys, std::identity())) /
                            18;

    detail::slope_selection slope_of_rank(points);
    const std::uint64_t size = slope_of_rank.size(), last = size - 1;
    const double half_width =
        detail::upper_normal_quantile((1 - options.level) / 2) * std::sqrt(std::fmax(variance, 0));
    const auto pairs = static_cast<double>(size);
    const double lower = std::nearbyint((pairs - half_width) / 2) - 1;  // the upper rank is as far from the other end
    const auto rank = [last](double k) {
        return static_cast<std::uint64_t>(std::clamp(std::nearbyint(k), 0.0, static_cast<double>(last)));
    };
    const auto slopes = slope_of_rank({rank(lower), last / 2, size / 2, rank((pairs + half_width) / 2)});

    const double slope = (slopes[1] + slopes[2]) / 2;
    const auto unscaled = [=](double found) { return std::ldexp(found, y_scale - x_scale); };
    fit.slope.value = unscaled(slope);
    if (variance >= 0 && lower >= 0) fit.slope.bounds = interval{unscaled(slopes[0]), unscaled(slopes[3])};
    if (options.intercept == theil_sen_intercept::separate) {
        fit.intercept = detail::quantile_of_sorted(ys, 0.5) - slope * detail::quantile_of_sorted(xs, 0.5);
    } else {
        fit.intercept = detail::quantile_of(
            detail::each_of(points, [slope](const detail::point& p) { return p.y - slope * p.x; }), 0.5);
    }
    *fit.intercept = std::ldexp(*fit.intercept, y_scale);
    return fit;
}

}  // namespace compute_divide::inline v0_2

#endif
