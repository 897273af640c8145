// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_QUANTILE_REGRESSION_HPP
#define COMPUTE_DIVIDE_TRENDS_QUANTILE_REGRESSION_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/paired_sample.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>

/// A straight trend of a quantile: with 0.9, the trend of the upper tenth.
namespace compute_divide::inline v0_2 {

struct quantile_regression_options {
    double quantile = 0.5;  ///< share of the records below the line
    double level = 0.95;    ///< of the slope's interval
};

/// y = intercept + slope x.
struct quantile_line {
    estimate slope = {};
    std::optional<double> intercept = {};
    double quantile = 0.5;
    double loss = 0;  ///< sum of check losses, what the line minimises

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(slope); }
    friend bool operator==(const quantile_line&, const quantile_line&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<quantile_line>) {
    return member_list(member{"slope", &quantile_line::slope}, member{"intercept", &quantile_line::intercept},
                       member{"quantile", &quantile_line::quantile}, member{"loss", &quantile_line::loss});
}

namespace detail {

/// The line with the least sum of check losses rho(r) = r (q - [r < 0]): a vertex of the linear program, through two
/// points or more. It is found by turning the line about one of the points on it to the best slope, as long as that
/// lowers the loss; where turning about any of its points does not, the line is optimal.
///
/// `weights` of the points, each > 0, where they are not all 1: multiplicities of a bootstrap, say. The search begins
/// at the point whose y - near_slope x is the quantile.
class quantile_line_search {
public:
    quantile_line_search(const std::vector<point>& points, double q, std::span<const double> weights = {},
                         double near_slope = 0)
        : points_(points), weights_(weights), q_(q) {
        std::vector<std::size_t> by_y(points.size());
        for (std::size_t i = 0; i < by_y.size(); ++i) by_y[i] = i;
        const auto middle = by_y.begin() + static_cast<std::ptrdiff_t>(q * static_cast<double>(points.size() - 1));
        std::ranges::nth_element(by_y, middle, {},
                                 [&](std::size_t i) { return points[i].y - near_slope * points[i].x; });
        pivot_ = *middle;
        slope_ = best_slope(pivot_);
        loss_ = loss(pivot_, slope_);
        while (const auto next = better_pivot()) {  // no pivot twice, as the loss falls: n turns at most
            const double slope = best_slope(*next), lower = loss(*next, slope);
            if (!(lower < loss_)) break;
            pivot_ = *next;
            slope_ = slope;
            loss_ = lower;
        }
    }

    [[nodiscard]] double slope() const { return slope_; }
    [[nodiscard]] double intercept() const { return points_[pivot_].y - slope_ * points_[pivot_].x; }
    [[nodiscard]] double loss() const { return loss_; }

private:
    [[nodiscard]] double weight(std::size_t i) const { return weights_.empty() ? 1 : weights_[i]; }

    /// The best line through a point has the weighted quantile of the slopes to all others, weighted by w |x -
    /// x_pivot|.
    [[nodiscard]] double best_slope(std::size_t pivot) {
        slopes_.clear();
        double target = 0;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            const double run = points_[i].x - points_[pivot].x, w = weight(i);
            if (run == 0) continue;
            slopes_.emplace_back((points_[i].y - points_[pivot].y) / run, w * std::fabs(run));
            target += w * (run > 0 ? q_ * run : (q_ - 1) * run);
        }
        // The slope at which the weights of it and all below reach the target: halves that cannot hold it are dropped.
        auto first = slopes_.begin(), last = slopes_.end();
        while (last - first > 24) {
            const auto middle = first + (last - first) / 2;
            std::nth_element(first, middle, last);
            double below = 0;
            for (auto at = first; at != middle; ++at) below += at->second;
            if (below >= target) {
                last = middle;
            } else {
                target -= below;
                first = middle;
            }
        }
        std::sort(first, last);
        for (; first + 1 < last; ++first)
            if ((target -= first->second) <= 0) break;
        return first->first;
    }

    [[nodiscard]] double loss(std::size_t pivot, double slope) const {
        double sum = 0;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            const double r = points_[i].y - points_[pivot].y - slope * (points_[i].x - points_[pivot].x);
            sum += weight(i) * (r < 0 ? (q_ - 1) * r : q_ * r);
        }
        return sum;
    }

    /// The point on the line about which turning it, one way or the other, lowers the loss fastest, if there is any.
    [[nodiscard]] std::optional<std::size_t> better_pivot() const {
        const point origin = points_[pivot_];
        double pull = 0, moment = 0, scale = 0;  // of the points off the line: q or q - 1 each, by the side they are on
        std::vector<std::size_t> on_line;
        for (std::size_t i = 0; i < points_.size(); ++i) {
            const double run = points_[i].x - origin.x, rise = points_[i].y - origin.y;
            const double side = run == 0 ? rise : (rise / run - slope_) * run;
            if (side == 0) {
                on_line.push_back(i);
            } else {
                const double force = weight(i) * (side > 0 ? q_ : q_ - 1);
                pull += force;
                moment += force * run;
            }
            scale += weight(i) * std::fabs(run);
        }
        std::optional<std::size_t> best;
        double steepest = -1e-12 * scale;
        for (std::size_t k = 0; k < on_line.size(); ++k) {
            const std::size_t candidate = on_line[k];
            if (k > 0 && points_[candidate].x == points_[on_line[k - 1]].x) continue;
            const double off_line = moment - (points_[candidate].x - origin.x) * pull;
            double up = -off_line, down = off_line;
            for (const std::size_t i : on_line) {
                const double run = points_[i].x - points_[candidate].x;
                up += weight(i) * (run > 0 ? (1 - q_) * run : -q_ * run);
                down += weight(i) * (run > 0 ? q_ * run : (q_ - 1) * run);
            }
            if (const double rate = std::min(up, down); rate < steepest) {
                steepest = rate;
                best = candidate;
            }
        }
        return best;
    }

    const std::vector<point>& points_;
    std::span<const double> weights_;
    double q_;
    std::size_t pivot_ = 0;
    double slope_ = 0, loss_ = 0;
    std::vector<std::pair<double, double>> slopes_;
};

/// The rank-score statistic of "the slope is b" (Gutenbrunner et al. 1993): falls as b rises; standard normal under it.
class rank_score {
public:
    rank_score(const std::vector<point>& points, double q) : points_(points), q_(q) {
        const auto n = static_cast<double>(points.size());
        for (const auto& p : points) mean_x_ += (p.x - points[0].x) / n;
        mean_x_ += points[0].x;
        const double range = points.back().x - points.front().x;
        double squares = 0;  // in squares of the range, which do not underflow
        for (const auto& p : points) squares += (p.x - mean_x_) / range * ((p.x - mean_x_) / range);
        scale_ = range * std::sqrt(q * (1 - q) * squares);
    }

    /// Records above their quantile score 1, below 0, and those on it share what is left of n (1 - q).
    [[nodiscard]] double operator()(double slope) {
        residuals_.clear();
        for (const auto& p : points_) residuals_.push_back(p.y - slope * (p.x - mean_x_));
        const auto n = static_cast<double>(points_.size());
        sorted_ = residuals_;
        const auto nth = sorted_.begin() + static_cast<std::ptrdiff_t>(std::min(std::floor(q_ * n), n - 1));
        std::nth_element(sorted_.begin(), nth, sorted_.end());
        double above = 0, n_above = 0, on = 0, n_on = 0;
        for (std::size_t i = 0; i < residuals_.size(); ++i) {
            if (residuals_[i] > *nth) {
                above += points_[i].x - mean_x_;
                ++n_above;
            } else if (residuals_[i] == *nth) {
                on += points_[i].x - mean_x_;
                ++n_on;
            }
        }
        return (above + on * (n * (1 - q_) - n_above) / n_on) / scale_;
    }

private:
    const std::vector<point>& points_;
    double q_, mean_x_ = 0, scale_ = 0;
    std::vector<double> residuals_, sorted_;
};

/// All slopes whose rank-score statistic is in [-z, z]; nothing where that has no end.
[[nodiscard]] inline std::optional<interval> rank_inversion(const std::vector<point>& points, double q, double slope,
                                                            double z) {
    rank_score score(points, q);
    const auto end = [&](double direction) -> std::optional<double> {
        const auto beyond = [&](double b) { return -direction * score(b) > z; };
        double inside = slope, outside = slope;
        for (double step = std::fmax(std::fabs(slope), 1e-6) / 8; !beyond(outside); step *= 2) {
            inside = outside;
            outside = slope + direction * step;
            if (!std::isfinite(step * (points.back().x - points.front().x))) return std::nullopt;
        }
        for (int halving = 0; halving < 2200; ++halving) {  // no two doubles are further apart
            const double middle = inside + (outside - inside) / 2;
            if (middle == inside || middle == outside) break;
            (beyond(middle) ? outside : inside) = middle;
        }
        return inside;
    };
    const auto lower = end(-1), upper = end(1);
    if (!lower || !upper) return std::nullopt;
    return interval{*lower, *upper};
}

}  // namespace detail

/// The line that minimises sum rho_q(y - a - b x), rho_q(r) = r (q - [r < 0]): a share q of the records lies below it.
/// `quantile_regression(models, &model::published, &model::log_flop, {.quantile = 0.9})`.
///
/// Exact: a vertex of the linear program (one of them, where several lines are equally good). The slope's interval
/// inverts the rank-score test for identically distributed errors, with normal critical values (Koenker 1994), without
/// interpolation: quantreg's outer ends. Where too few records are above or below the line for the level it has no end,
/// and there are no bounds. O(n) a step of the bisection, some hundred steps. For clusters or errors that
/// are not alike, call this within bootstrap.hpp.
/// few_clusters: an interval of fewer than 7 records, which covers from .6 on (docs/coverage.md).
/// Not enough data: no_data, too_few below 3 records, degenerate where all x are equal (or slopes overflow).
/// Throws std::invalid_argument for a quantile or level outside (0, 1), an infinite x or y.
/// O(n log n) a turn of the line, a few turns. Source: Koenker and Bassett (1978); the search as Bloomfield and Steiger
/// (1983). Checked against R quantreg::rq.
template <std::ranges::input_range Records, axis_field_of<Records> X, quantity_field_of<Records> Y>
[[nodiscard]] quantile_line quantile_regression(Records&& records, X x, Y y,
                                                const quantile_regression_options& options = {}) {
    const auto [quantile, level] = options;
    detail::require(quantile > 0 && quantile < 1, "quantile_regression", "quantile in (0, 1)", quantile);
    detail::require_level(level, "quantile_regression");
    const detail::paired_sample sample("quantile_regression", records, x, y);
    const auto& points = sample.points;

    quantile_line line;
    line.quantile = quantile;
    line.slope.level = level;
    line.slope.method = "quantile_regression, rank_inversion";
    line.slope.n = points.size();
    line.slope.n_missing = sample.n_missing;
    line.slope.status = points.empty()      ? estimate_status::no_data
                        : points.size() < 3 ? estimate_status::too_few
                        : points.front().x == points.back().x || !detail::has_bounded_slopes(points)
                            ? estimate_status::degenerate
                            : estimate_status::ok;
    if (!line) return line;
    const detail::quantile_line_search found(points, quantile);
    line.slope.value = found.slope();
    line.slope.bounds =
        detail::rank_inversion(points, quantile, found.slope(), detail::upper_normal_quantile((1 - level) / 2));
    constexpr std::size_t enough = 7;
    if (line.slope.bounds && points.size() < enough) line.slope.status = estimate_status::few_clusters;
    line.intercept = found.intercept();
    line.loss = found.loss();
    return line;
}

}  // namespace compute_divide::inline v0_2

#endif
