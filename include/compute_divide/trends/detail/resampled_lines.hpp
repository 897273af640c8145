// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_RESAMPLED_LINES_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_RESAMPLED_LINES_HPP

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/trends/detail/trend_line.hpp>

namespace compute_divide::inline v0_2::detail {

/// A function of the lines fitted to a resample; nothing where one of them has lost its slope.
template <class Function, bool Noisy>
class resampled_lines {
public:
    resampled_lines(std::vector<trend_line> lines, Function function)
        : original_(std::move(lines)),
          fitted_(original_.size()),
          sums_(original_.size()),
          function_(std::move(function)) {}

    template <class Points>
    [[nodiscard]] double operator()(const Points& points) {
        return fit(points, [] { return 0.0; });
    }
    template <class Points>
    requires Noisy [[nodiscard]] double operator()(const Points& points, random_stream& stream) {
        const line_point* one = &*points.begin();
        const line_point* other = one;
        const bool three = detail::any_of(points, [&](const line_point& point) {
            if (other == one) other = &point;
            return &point != one && &point != other;
        });
        if (!three) return no_value;
        const double factor_2 = std::log10(2.0);
        return fit(points, [&] { return stream.uniform(-factor_2, factor_2); });
    }

private:
    static constexpr double no_value = std::numeric_limits<double>::quiet_NaN();
    struct sums {
        double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    };
    struct fitted_line {
        double level, slope;
    };

    template <class Points, class Noise>
    [[nodiscard]] double fit(const Points& points, Noise noise) {
        detail::fill(sums_, sums{});
        for (const line_point& point : points) {
            sums& sum = sums_[point.line];
            const double y = point.residual + noise();
            ++sum.n;
            sum.x += point.x;
            sum.y += y;
            sum.xx += point.x * point.x;
            sum.xy += point.x * y;
        }
        for (std::size_t i = 0; i < sums_.size(); ++i) {
            const sums& sum = sums_[i];
            const double mean = sum.x / sum.n;
            const double sxx = sum.xx - sum.x * mean;
            const double slope = sxx > 1e-12 * sum.xx ? (sum.xy - mean * sum.y) / sxx : no_value;
            fitted_[i] = {original_[i].level + sum.y / sum.n - slope * mean, original_[i].slope + slope};
        }
        return function_(fitted_);
    }

    std::vector<trend_line> original_;
    std::vector<fitted_line> fitted_;
    std::vector<sums> sums_;
    Function function_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
