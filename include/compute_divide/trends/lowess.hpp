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
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/paired_sample.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/quantile.hpp>

/// A smooth curve through points, for looking at: no interval goes with it.
namespace compute_divide {

struct lowess_options {
    double fraction = 2.0 / 3;   ///< of the points that each local line uses
    std::size_t iterations = 3;  ///< reweightings by biweight after the first fit, so that outliers lose their weight
    double delta =
        0;  ///< x nearer than this to the last fitted point are interpolated; R's default is 0.01 of the range
};

struct lowess_point {
    double x, y, fitted;
    friend constexpr bool operator==(const lowess_point&, const lowess_point&) = default;
};

struct lowess_fit {
    std::vector<lowess_point> points = {};  ///< in order of (x, y)
    std::uint64_t n_missing = 0;
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] explicit operator bool() const { return status == estimate_status::ok; }
    friend bool operator==(const lowess_fit&, const lowess_fit&) = default;
};

namespace detail {

/// Local lines through points in ascending order of x.
class local_lines {
public:
    explicit local_lines(const std::vector<point>& points) : robustness_(points.size(), 1.0) {
        for (const auto& p : points) {
            x_.push_back(p.x);
            y_.push_back(p.y);
        }
    }

    /// Fitted values of all points; each line uses `size` >= 2 neighbours.
    [[nodiscard]] std::vector<double> fitted(std::size_t size, double delta) const {
        std::vector<double> values(x_.size());
        std::size_t left = 0, last = 0;
        for (std::size_t i = 0;;) {
            while (left + size < x_.size() && x_[i] - x_[left] > x_[left + size] - x_[i]) ++left;
            values[i] = fitted_at(i, std::max(x_[i] - x_[left], x_[left + size - 1] - x_[i]));
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
            if (last + 1 == x_.size()) return values;
            i = std::max(last + 1, beyond - 1);
        }
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
    /// Two points side by side: g++ and clang++ make one instruction of each operation (4 times faster than one by
    /// one).
    using two [[gnu::vector_size(16)]] = double;

    /// Weighted sums over points of v = (x - x_i) / width and u = y - y_i.
    template <class T>
    struct sums {
        T w{}, wv{}, wvv{}, wu{}, wuv{};

        void add(T weight, T v, T u) {
            const T weighted_v = weight * v;
            w += weight;
            wv += weighted_v;
            wvv += weighted_v * v;
            wu += weight * u;
            wuv += weighted_v * u;
        }
    };

    /// The local line's value at point i; tricube weights that reach 0 at `width`.
    [[nodiscard]] double fitted_at(std::size_t i, double width) const {
        const auto begin = x_.begin();
        const auto not_before = [&](double offset) {
            return static_cast<std::size_t>(
                std::lower_bound(begin, x_.end(), offset, [&](double x, double o) { return x - x_[i] < o; }) - begin);
        };
        const auto past = [&](double offset) {
            return static_cast<std::size_t>(
                std::upper_bound(begin, x_.end(), offset, [&](double o, double x) { return o < x - x_[i]; }) - begin);
        };
        const std::size_t first = not_before(-0.999 * width), near_first = not_before(-0.001 * width);
        const std::size_t near_last = past(0.001 * width), last = past(0.999 * width);
        sums<double> s;
        if (first < near_first) add_tricube(first, near_first, i, width, s);
        for (std::size_t j = near_first; j < near_last; ++j)
            s.add(robustness_[j], width > 0 ? (x_[j] - x_[i]) / width : 0, y_[j] - y_[i]);
        if (near_last < last) add_tricube(near_last, last, i, width, s);

        if (!(s.w > 0)) return y_[i];
        const double v = s.wv / s.w, u = s.wu / s.w, spread = s.wvv / s.w - v * v;
        const bool has_slope = std::sqrt(std::fmax(spread, 0)) * width > 0.001 * (x_.back() - x_.front());
        return y_[i] + (has_slope ? u - v * (s.wuv / s.w - u * v) / spread : u);
    }

    void add_tricube(std::size_t first, std::size_t last, std::size_t i, double width, sums<double>& s) const {
        const double side = x_[first] < x_[i] ? -1 : 1, scale = 1 / width;
        const auto add = [&]<class T>(std::size_t j, sums<T>& to) {
            T x, y, robustness;
            std::memcpy(&x, x_.data() + j, sizeof(T));
            std::memcpy(&y, y_.data() + j, sizeof(T));
            std::memcpy(&robustness, robustness_.data() + j, sizeof(T));
            const T v = (x - x_[i]) * scale, distance = side * v, root = 1 - distance * distance * distance;
            to.add(root * root * root * robustness, v, y - y_[i]);
        };
        sums<two> pairs;
        for (; first + 2 <= last; first += 2) add(first, pairs);
        if (first < last) add(first, s);
        s.w += pairs.w[0] + pairs.w[1];
        s.wv += pairs.wv[0] + pairs.wv[1];
        s.wvv += pairs.wvv[0] + pairs.wvv[1];
        s.wu += pairs.wu[0] + pairs.wu[1];
        s.wuv += pairs.wuv[0] + pairs.wuv[1];
    }

    std::vector<double> x_, y_, robustness_;
};

}  // namespace detail

/// Locally weighted straight lines, made robust by reweighting: at each x the line through its nearest
/// `fraction` n points (at least 2), with tricube weights of the distance times biweights of the last residuals.
///
/// Points of equal x share a fitted value; points without weight around them keep their own y.
/// Not enough data: no_data, too_few below 2 records. Throws std::invalid_argument for an infinite x or y, a fraction
/// outside (0, 1] or a delta negative or not finite. O(fraction n^2 iterations), less with delta.
/// Source: Cleveland (1979, 1981). Checked against R lowess.
template <std::ranges::input_range Records, axis_field_of<Records> X, quantity_field_of<Records> Y>
[[nodiscard]] lowess_fit lowess(Records&& records, X x, Y y, const lowess_options& options = {}) {
    detail::require(options.fraction > 0 && options.fraction <= 1, "lowess", "fraction in (0, 1]", options.fraction);
    detail::require(options.delta >= 0 && std::isfinite(options.delta), "lowess", "finite delta >= 0", options.delta);
    const detail::paired_sample sample("lowess", records, x, y);
    const std::size_t n = sample.points.size();
    lowess_fit fit;
    fit.n_missing = sample.n_missing;
    fit.status = n == 0 ? estimate_status::no_data : n == 1 ? estimate_status::too_few : estimate_status::ok;
    if (!fit) return fit;

    const auto neighbours = static_cast<std::size_t>(options.fraction * static_cast<double>(n) + 1e-7);
    const std::size_t size = std::clamp<std::size_t>(neighbours, 2, n);
    detail::local_lines lines(sample.points);
    auto fitted = lines.fitted(size, options.delta);
    for (std::size_t i = 0; i < options.iterations && lines.reweight(fitted); ++i)
        fitted = lines.fitted(size, options.delta);
    for (std::size_t i = 0; i < n; ++i) fit.points.push_back({sample.points[i].x, sample.points[i].y, fitted[i]});
    return fit;
}

}  // namespace compute_divide

#endif
