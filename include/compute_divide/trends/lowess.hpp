// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_LOWESS_HPP
#define COMPUTE_DIVIDE_TRENDS_LOWESS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <numeric>
#include <ranges>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/paired_sample.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/unfused_dispatch.hpp>
#include <compute_divide/detail/vector_of.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/quantile.hpp>

/// A smooth curve through points, for looking at: no interval goes with it.
namespace compute_divide::inline v0_2 {

struct lowess_options {
    double fraction = 2.0 / 3;   ///< of the points that each local line uses
    std::size_t iterations = 3;  ///< reweightings by biweight after the first fit, so that outliers lose their weight
    /// x nearer than this to the last fitted point are interpolated; R's default is 0.01 of the range.
    double delta = 0;
};

/// A point with its smoothed value.
struct lowess_point {
    double x = 0;
    double y = 0;
    double fitted = 0;

    friend constexpr bool operator==(const lowess_point&, const lowess_point&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<lowess_point>) {
    return member_list(member{"x", &lowess_point::x}, member{"y", &lowess_point::y},
                       member{"fitted", &lowess_point::fitted});
}

/// All points, in order.
struct lowess_fit {
    std::vector<lowess_point> points = {};  ///< in order of (x, y)
    std::uint64_t n = 0;
    std::uint64_t n_missing = 0;
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const lowess_fit&, const lowess_fit&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<lowess_fit>) {
    return member_list(member{"points", &lowess_fit::points}, member{"n", &lowess_fit::n},
                       member{"n_missing", &lowess_fit::n_missing}, member{"status", &lowess_fit::status});
}

namespace detail {

/// Local lines through points in ascending order of x.
class local_lines {
public:
    explicit local_lines(const std::vector<point>& points)
        : x_(each_of(points, &point::x)), y_(each_of(points, &point::y)), robustness_(points.size(), 1.0) {}

    /// Fitted values of all points; each line uses `size` >= 2 neighbours.
    [[nodiscard]] std::vector<double> fitted(std::size_t size, double delta) const {
        std::vector<double> values(x_.size());
        unfused_dispatch([&]() COMPUTE_DIVIDE_ALWAYS_INLINE { fit(size, delta, values); });
        return values;
    }

    /// Biweights of the residuals, 0 beyond six times their median size. False where that is practically 0.
    [[nodiscard]] bool reweight(const std::vector<double>& fitted) {
        std::vector<double> sizes(y_.size());
        for (std::size_t i = 0; i < y_.size(); ++i) sizes[i] = std::fabs(y_[i] - fitted[i]);
        const double six_medians = 6 * quantile_of(sizes, 0.5);
        const double mean = std::accumulate(sizes.begin(), sizes.end(), 0.0) / static_cast<double>(sizes.size());
        if (six_medians < 1e-7 * mean || six_medians == 0) return false;
        for (std::size_t i = 0; i < y_.size(); ++i) {
            const double u = sizes[i] / six_medians;
            robustness_[i] = u <= 0.001 ? 1 : u <= 0.999 ? (1 - u * u) * (1 - u * u) : 0;
        }
        return true;
    }

private:
    /// Four points side by side: g++ and clang++ make one instruction of each operation, or two.
    using four = vector_of<double, 4>;

    COMPUTE_DIVIDE_ALWAYS_INLINE void fit(std::size_t size, double delta, std::vector<double>& values) const {
        std::size_t left = 0, last = 0;
        for (std::size_t i = 0;;) {
            while (left + size < x_.size() && x_[i] - x_[left] > x_[left + size] - x_[i]) ++left;
            values[i] = fitted_at(i, left, left + size);
            for (std::size_t j = last + 1; j < i; ++j) {
                const double part = (x_[j] - x_[last]) / (x_[i] - x_[last]);
                values[j] = part * values[i] + (1 - part) * values[last];
            }
            last = i;
            std::size_t beyond = i + 1;
            for (; beyond < x_.size() && x_[beyond] <= x_[i] + delta; ++beyond)
                if (x_[beyond] == x_[i]) {
                    values[beyond] = values[i];
                    last = beyond;
                }
            if (last + 1 == x_.size()) return;
            i = std::max(last + 1, beyond - 1);
        }
    }

    /// Weighted sums over points of the distance d from x_i, in widths, and of y.
    template <class T>
    struct sums {
        T w{}, wd{}, wdd{}, wy{}, wdy{};

        COMPUTE_DIVIDE_ALWAYS_INLINE void add(const T& weight, const T& d, const T& y) {
            const T weighted_d = weight * d;
            w += weight;
            wd += weighted_d;
            wdd += weighted_d * d;
            wy += weight * y;
            wdy += weighted_d * y;
        }
    };

    /// The value at point i of the line through points left..right-1, and others as near as they are. Tricube weights
    /// reach 0 at the distance of the farthest of them; within 0.001 of that they are taken as 1, beyond 0.999 as 0.
    [[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE double fitted_at(std::size_t i, std::size_t left,
                                                                std::size_t right) const {
        const double width = std::max(x_[i] - x_[left], x_[right - 1] - x_[i]), near = 0.001 * width,
                     far = 0.999 * width;
        std::size_t near_left = i, near_right = i + 1;
        while (x_[i] - x_[left] > far) ++left;
        while (near_left > 0 && x_[i] - x_[near_left - 1] <= near) --near_left;
        while (near_right < x_.size() && x_[near_right] - x_[i] <= near) ++near_right;
        while (x_[right - 1] - x_[i] > far) --right;
        while (right < x_.size() && x_[right] - x_[i] <= far) ++right;

        sums<double> s = tricube_sums(near_right, right, x_[i], 1 / width);
        const sums<double> before = tricube_sums(left, near_left, x_[i], -1 / width);
        s = {s.w + before.w, s.wd - before.wd, s.wdd + before.wdd, s.wy + before.wy, s.wdy - before.wdy};
        for (std::size_t j = near_left; j < near_right; ++j)
            s.add(robustness_[j], width > 0 ? (x_[j] - x_[i]) / width : 0, y_[j]);

        if (!(s.w > 0)) return y_[i];
        const double d = s.wd / s.w, y = s.wy / s.w, spread = s.wdd / s.w - d * d;
        const bool has_slope = std::sqrt(std::fmax(spread, 0)) * width > 0.001 * (x_.back() - x_.front());
        return has_slope ? y - d * (s.wdy / s.w - d * y) / spread : y;
    }

    [[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE static double sum_of(const four& x) {
        return (x[0] + x[1]) + (x[2] + x[3]);
    }

    /// Over points that are all on one side of x_i, where `scale` makes distances positive.
    [[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE sums<double> tricube_sums(std::size_t first, std::size_t last,
                                                                         double x_i, double scale) const {
        const auto add = [&]<class T>(std::size_t j, sums<T>& to) COMPUTE_DIVIDE_ALWAYS_INLINE {
            T x, y, robustness;
            std::memcpy(&x, x_.data() + j, sizeof(T));
            std::memcpy(&y, y_.data() + j, sizeof(T));
            std::memcpy(&robustness, robustness_.data() + j, sizeof(T));
            const T d = (x - x_i) * scale, root = 1 - d * d * d;
            to.add(root * root * root * robustness, d, y);
        };
        sums<four> fours;
        for (; first + 4 <= last; first += 4) add(first, fours);
        sums<double> s{sum_of(fours.w), sum_of(fours.wd), sum_of(fours.wdd), sum_of(fours.wy), sum_of(fours.wdy)};
        for (; first < last; ++first) add(first, s);
        return s;
    }

    std::vector<double> x_, y_, robustness_;
};

}  // namespace detail

/// Locally weighted straight lines, made robust by reweighting: at each x the line through its nearest
/// `fraction` n points (at least 2), with tricube weights of the distance times biweights of the last residuals.
///
/// Points of equal x share a fitted value; points without weight around them keep their own y.
/// Not enough data: no_data, too_few below 2 records, degenerate where slopes overflow. Throws std::invalid_argument
/// for an infinite x or y, a fraction outside (0, 1] or a delta negative or not finite. O(fraction n^2 iterations),
/// less with delta. Source: Cleveland (1979, 1981). Checked against R lowess.
template <std::ranges::input_range Records, axis_field_of<Records> X, quantity_field_of<Records> Y>
[[nodiscard]] lowess_fit lowess(Records&& records, X x, Y y, const lowess_options& options = {}) {
    detail::require(options.fraction > 0 && options.fraction <= 1, "lowess", "fraction in (0, 1]", options.fraction);
    detail::require(options.delta >= 0 && std::isfinite(options.delta), "lowess", "finite delta >= 0", options.delta);
    detail::paired_sample sample("lowess", records, x, y);
    const std::size_t n = sample.points.size();
    lowess_fit fit;
    fit.n = n;
    fit.n_missing = sample.n_missing;
    fit.status = n == 0                                       ? estimate_status::no_data
                 : n == 1                                     ? estimate_status::too_few
                 : !detail::has_bounded_slopes(sample.points) ? estimate_status::degenerate
                                                              : estimate_status::ok;
    if (!fit) return fit;

    const auto neighbours = static_cast<std::size_t>(options.fraction * static_cast<double>(n) + 1e-7);
    const std::size_t size = std::clamp<std::size_t>(neighbours, 2, n);
    for (const auto& p : sample.points) fit.points.push_back({p.x, p.y, 0});
    const double level = sample.points[n / 2].y;  // sums of small numbers
    for (auto& p : sample.points) p.y -= level;
    detail::local_lines lines(sample.points);
    auto fitted = lines.fitted(size, options.delta);
    for (std::size_t i = 0; i < options.iterations && lines.reweight(fitted); ++i)
        fitted = lines.fitted(size, options.delta);
    for (std::size_t i = 0; i < n; ++i) fit.points[i].fitted = level + fitted[i];
    return fit;
}

}  // namespace compute_divide::inline v0_2

#endif
