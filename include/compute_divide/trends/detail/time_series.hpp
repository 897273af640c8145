// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_TIME_SERIES_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_TIME_SERIES_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <compute_divide/trends/detail/dated_logs.hpp>

namespace compute_divide::inline v0_2::detail {

/// Observations by time: one value a distinct time, the mean of its observations. What those differ by among
/// themselves is pure error: no function of time explains it. x and y count from their means, so that nothing cancels.
///
/// A breakpoint at position p has p distinct times before it, and is somewhere in [x[p - 1], x[p]].
struct time_series {
    std::vector<double> x = {}, y = {};
    std::vector<double> weight = {}, root_weight = {};  ///< number of observations, and its square root
    std::vector<std::size_t> before = {0};              ///< before[p]: observations before position p
    double pure_error = 0;                              ///< sum of squares about the means of equal times
    double tss = 0;                                     ///< total sum of squares, about the mean
    double origin = 0, level = 0;                       ///< the means, which were subtracted

    /// `points`: at least one, in ascending order of day.
    explicit time_series(const std::vector<grouped_log>& points) {
        for (const grouped_log& point : points) {
            origin += point.day;
            level += point.log - points.front().log;  // values that are all the same have exactly that mean
        }
        origin /= static_cast<double>(points.size());
        level = points.front().log + level / static_cast<double>(points.size());
        for (std::size_t first = 0, last = 0; first < points.size(); first = last) {
            double mean = 0;
            for (; last < points.size() && points[last].day == points[first].day; ++last) {
                const double value = points[last].log - level;
                const double step = value - mean;
                mean += step / static_cast<double>(last - first + 1);
                pure_error += step * (value - mean);
                tss += value * value;
            }
            x.push_back(points[first].day - origin);
            y.push_back(mean);
            weight.push_back(static_cast<double>(last - first));
            root_weight.push_back(std::sqrt(weight.back()));
            before.push_back(last);
        }
    }

    [[nodiscard]] std::size_t size() const { return x.size(); }
    [[nodiscard]] std::size_t observations() const { return before.back(); }
    /// Whether positions first..last are enough for a line: two distinct times and `least` observations.
    [[nodiscard]] bool is_segment(std::size_t first, std::size_t last, std::size_t least) const {
        return last >= first + 2 && before[last] - before[first] >= least;
    }
};

/// The least-squares line through what was added so far, by updated means (Welford), never by sums of squares.
class running_line {
public:
    void add(const time_series& data, std::size_t i) {
        const double w = data.weight[i];
        weight_ += w;
        const double dx = data.x[i] - mean_x_;
        const double dy = data.y[i] - mean_y_;
        mean_x_ += dx * (w / weight_);
        mean_y_ += dy * (w / weight_);
        xx_ += w * dx * (data.x[i] - mean_x_);
        xy_ += w * dx * (data.y[i] - mean_y_);
        yy_ += w * dy * (data.y[i] - mean_y_);
    }
    [[nodiscard]] double rss() const { return xx_ > 0 ? std::max(0.0, yy_ - xy_ / xx_ * xy_) : yy_; }
    [[nodiscard]] double slope() const { return xy_ / xx_; }
    [[nodiscard]] double squares_of_x() const { return xx_; }
    [[nodiscard]] double at(double x) const { return mean_y_ + slope() * (x - mean_x_); }

private:
    double weight_ = 0, mean_x_ = 0, mean_y_ = 0, xx_ = 0, xy_ = 0, yy_ = 0;
};

/// The line over positions first..last. Variances are over that of the errors.
struct fitted_segment {
    std::size_t first, last;
    double y;  ///< at x[first]
    double slope;
    double slope_variance;
    double start_variance = 0;  ///< of the time of the breakpoint it starts at
};

}  // namespace compute_divide::inline v0_2::detail

#endif
