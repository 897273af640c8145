// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_CONTINUOUS_SEGMENTS_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_CONTINUOUS_SEGMENTS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/trends/detail/time_series.hpp>

/// Least squares of segments that meet at their breakpoints (segmented, or joinpoint, regression). Every RSS here is
/// that of the means of equal times: less time_series::pure_error.
namespace compute_divide::inline v0_2::detail {

/// Where two segments meet: `at` in [x[position - 1], x[position]].
struct breakpoint {
    std::size_t position;
    double at;
};
/// In ascending order.
using breakpoints = std::vector<breakpoint>;

[[nodiscard]] inline breakpoints with(breakpoints all, breakpoint one) {
    all.insert(detail::upper_bound_by(all, one.position, &breakpoint::position), one);
    return all;
}
[[nodiscard]] inline breakpoints without(breakpoints all, std::size_t j) {
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(j));
    return all;
}

/// An orthonormal basis of functions of time, whose products are weighted by the observations. Modified Gram-Schmidt,
/// twice, which is orthogonal to rounding (Giraud, Langou and Rozloznik, 2005).
class orthonormal_basis {
public:
    explicit orthonormal_basis(const time_series& data) : data_(&data) {}

    [[nodiscard]] static double dot(const std::vector<double>& a, const std::vector<double>& b) {
        return std::transform_reduce(a.begin(), a.end(), b.begin(), 0.0);
    }
    /// A function's values times the roots of the weights: a column that plain products serve.
    template <class Function>
    [[nodiscard]] std::vector<double> column(Function function) const {
        std::vector<double> values(data_->size());
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = data_->root_weight[i] * function(i);
        return values;
    }
    /// What of a column the basis does not span.
    [[nodiscard]] std::vector<double> remainder(std::vector<double> column) const {
        for (int pass = 0; pass < 2; ++pass) {
            for (const auto& q : columns_) {
                const double along = dot(q, column);
                for (std::size_t i = 0; i < column.size(); ++i) column[i] -= along * q[i];
            }
        }
        return column;
    }
    void append(std::vector<double> column) {
        column = remainder(std::move(column));
        const double norm = std::sqrt(dot(column, column));
        for (double& value : column) value /= norm;
        columns_.push_back(std::move(column));
    }
    [[nodiscard]] std::vector<double> column(const breakpoint& one) const {
        return column([&](std::size_t i) { return i < one.position ? 0 : data_->x[i] - one.at; });
    }
    /// What of y the basis does not span.
    [[nodiscard]] std::vector<double> residual() const {
        return remainder(column([&](std::size_t i) { return data_->y[i]; }));
    }
    [[nodiscard]] double rss() const {
        const auto left_over = residual();
        return dot(left_over, left_over);
    }
    [[nodiscard]] const std::vector<std::vector<double>>& columns() const { return columns_; }

private:
    const time_series* data_;
    std::vector<std::vector<double>> columns_ = {};
};

/// That of all continuous functions that are straight between these breakpoints.
[[nodiscard]] inline orthonormal_basis basis_of(const time_series& data, const breakpoints& all) {
    orthonormal_basis basis(data);
    basis.append(basis.column([](std::size_t) { return 1.0; }));
    basis.append(basis.column([&](std::size_t i) { return data.x[i]; }));
    for (const breakpoint& one : all) basis.append(basis.column(one));
    return basis;
}

/// A breakpoint and by how much it reduces the RSS.
struct placed_breakpoint {
    breakpoint one;
    double reduction;
};

/// By how much one more breakpoint at origin + s, `lower` <= s <= 0, reduces the RSS of a fit with others:
///
///   (a - b s)^2 / (c - 2 d s + e s^2)
///
/// Its column is v - s, with v = x - origin, over the times to its right. a and b are the products of v and 1
/// with the residuals; c, d and e those among what the basis does not span of them.
struct breakpoint_gap {
    std::size_t position;
    double origin;
    std::size_t rank;  ///< number of other breakpoints before it
    double a, b, c, d, e;
    double lower;

    [[nodiscard]] double reduction(double s) const {
        const double size = c - 2 * d * s + e * s * s;
        return size > 0 ? (a - b * s) * (a - b * s) / size : 0;
    }
    /// The largest reduction: at the one stationary point that is no zero, or at an end (Hudson, 1966).
    [[nodiscard]] placed_breakpoint best() const {
        double at = 0;
        double largest = reduction(0);
        const double stationary = (a * d - b * c) / (a * e - b * d);
        for (const double s : {lower, stationary}) {
            if (!(s >= lower && s < 0 && reduction(s) > largest)) continue;
            at = s;
            largest = reduction(s);
        }
        return {{position, origin + at}, largest};
    }
    /// The least and the largest s whose reduction is at least `wanted`.
    [[nodiscard]] std::optional<std::pair<double, double>> reaching(double wanted) const {
        std::optional<std::pair<double, double>> found;
        const auto add = [&](double s) {
            found = found ? std::pair{std::min(found->first, s), std::max(found->second, s)} : std::pair{s, s};
        };
        for (const double end : {lower, 0.0})
            if (reduction(end) >= wanted) add(end);
        // The roots of (a - b s)^2 - wanted (c - 2 d s + e s^2).
        const double square = b * b - wanted * e;
        const double half_linear = wanted * d - a * b;
        const double constant = a * a - wanted * c;
        const double discriminant = half_linear * half_linear - square * constant;
        if (!(wanted > 0 && discriminant >= 0)) return found;
        const double sum = -(half_linear + std::copysign(std::sqrt(discriminant), half_linear));
        for (const double root : {sum / square, constant / sum})
            if (root > lower && root < 0) add(root);
        return found;
    }
};

/// Every place for one more breakpoint, from right to left, and what is left without it.
struct breakpoint_gaps {
    std::vector<breakpoint_gap> gaps = {};
    std::vector<double> residual = {};
    double rss = 0;

    /// The best place, or that with `rank` other breakpoints before it; nothing where there is none. Exact.
    [[nodiscard]] std::optional<placed_breakpoint> best(std::optional<std::size_t> rank = {}) const {
        std::optional<placed_breakpoint> found;
        for (const breakpoint_gap& gap : gaps) {
            if (rank && gap.rank != *rank) continue;
            const placed_breakpoint here = gap.best();
            if (!found || here.reduction > found->reduction) found = here;
        }
        return found;
    }
};

/// `basis`: that of the breakpoints `others`. One pass from the right, whose sums move along with the origin and only
/// ever grow: O(n breakpoints).
[[nodiscard]] inline breakpoint_gaps gaps_beside(const time_series& data, const breakpoints& others,
                                                 const orthonormal_basis& basis, std::size_t least) {
    const auto& columns = basis.columns();
    breakpoint_gaps found{.residual = basis.residual()};
    const auto& residual = found.residual;
    found.rss = orthonormal_basis::dot(residual, residual);
    found.gaps.reserve(data.size());
    double a = 0, b = 0, vv = 0, v = 0, weight = 0;
    std::vector<double> along_v(columns.size()), along_1(columns.size());
    std::size_t right = data.size();
    std::size_t rank = others.size();
    for (std::size_t i = data.size(); i-- > 1;) {
        const double step = i + 1 < data.size() ? data.x[i + 1] - data.x[i] : 0;
        const double root = data.root_weight[i];
        a += step * b;
        b += root * residual[i];
        vv += step * (2 * v + step * weight);
        v += step * weight;
        weight += data.weight[i];
        for (std::size_t j = 0; j < columns.size(); ++j) {
            along_v[j] += step * along_1[j];
            along_1[j] += root * columns[j][i];
        }

        while (rank > 0 && others[rank - 1].position >= i) right = others[--rank].position;
        const std::size_t left = rank == 0 ? 0 : others[rank - 1].position;
        if (!data.is_segment(left, i, least) || !data.is_segment(i, right, least)) continue;
        breakpoint_gap gap{i, data.x[i], rank, a, b, vv, v, weight, data.x[i - 1] - data.x[i]};
        for (std::size_t j = 0; j < columns.size(); ++j) {
            gap.c -= along_v[j] * along_v[j];
            gap.d -= along_v[j] * along_1[j];
            gap.e -= along_1[j] * along_1[j];
        }
        found.gaps.push_back(gap);
    }
    return found;
}
[[nodiscard]] inline breakpoint_gaps gaps_beside(const time_series& data, const breakpoints& others,
                                                 std::size_t least) {
    return gaps_beside(data, others, basis_of(data, others), least);
}

/// The best place beside another breakpoint at the origin of `first`, one of the gaps `beside` a basis; its reduction
/// is that of both. The gaps' sums less those along the column that `first` adds to the basis: O(n).
[[nodiscard]] inline std::optional<placed_breakpoint> best_beside(const time_series& data,
                                                                  const breakpoint_gaps& beside,
                                                                  const orthonormal_basis& basis,
                                                                  const breakpoint_gap& first, std::size_t least) {
    auto column = basis.remainder(basis.column(breakpoint{first.position, first.origin}));
    const double norm = std::sqrt(orthonormal_basis::dot(column, column));
    for (double& value : column) value /= norm;
    const double along_residual = orthonormal_basis::dot(column, beside.residual);
    std::optional<placed_breakpoint> found;
    double along_v = 0, along_1 = 0;
    std::size_t i = data.size();
    for (breakpoint_gap gap : beside.gaps) {
        for (; i > gap.position; along_1 += data.root_weight[i] * column[i]) {
            --i;
            if (i + 1 < data.size()) along_v += (data.x[i + 1] - data.x[i]) * along_1;
        }
        const auto [early, late] = std::minmax(first.position, gap.position);
        if (!data.is_segment(early, late, least)) continue;
        gap.a -= along_residual * along_v;
        gap.b -= along_residual * along_1;
        gap.c -= along_v * along_v;
        gap.d -= along_v * along_1;
        gap.e -= along_1 * along_1;
        const placed_breakpoint here = gap.best();
        if (!found || here.reduction > found->reduction) found = here;
    }
    if (found) found->reduction += along_residual * along_residual;
    return found;
}

/// Tolerances of a search and of its result, in shares of the time there is.
inline constexpr double coarse = 1e-6, fine = 1e-13;

/// Moves each breakpoint but the one at `kept` to its best place between its neighbours, in turn, until none moves by
/// more than `tolerance` of the time there is. Returns the RSS.
inline double settle(const time_series& data, breakpoints& all, std::size_t least, double tolerance,
                     std::optional<std::size_t> kept = {}) {
    const double little = tolerance * (data.x.back() - data.x.front());
    bool moving = true;
    for (int sweep = 0; sweep < 100 && moving; ++sweep) {
        moving = false;
        for (std::size_t j = 0; j < all.size(); ++j) {
            if (j == kept) continue;
            const auto place = gaps_beside(data, without(all, j), least).best(j);
            if (!place) continue;
            moving = moving || std::fabs(place->one.at - all[j].at) > little;
            all[j] = place->one;
        }
    }
    return basis_of(data, all).rss();
}

struct segmented_fit {
    breakpoints all;
    double rss;
};

/// How many starts of a search settle; more find no better ends.
inline constexpr std::size_t most_starts = 8;

/// `others` and the best two more: starts are one at each of the times with the best other one; the best of those that
/// are better than their neighbours settle. O(n^2 breakpoints).
[[nodiscard]] inline std::optional<segmented_fit> best_two_more(const time_series& data, const breakpoints& others,
                                                                std::size_t least) {
    const auto basis = basis_of(data, others);
    const auto beside = gaps_beside(data, others, basis, least);
    std::vector<segmented_fit> starts;
    for (const breakpoint_gap& first : beside.gaps) {
        const auto second = best_beside(data, beside, basis, first, least);
        if (second)
            starts.push_back(
                {with(with(others, {first.position, first.origin}), second->one), beside.rss - second->reduction});
    }
    std::vector<segmented_fit> minima;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const bool first_rises = i > 0 && starts[i - 1].rss < starts[i].rss;
        const bool then_falls = i + 1 < starts.size() && starts[i + 1].rss <= starts[i].rss;
        if (!first_rises && !then_falls) minima.push_back(starts[i]);
    }
    detail::sort_by(minima, &segmented_fit::rss);
    std::optional<segmented_fit> best;
    for (std::size_t i = 0; i < std::min(minima.size(), most_starts); ++i) {
        minima[i].rss = settle(data, minima[i].all, least, coarse);
        if (!best || minima[i].rss < best->rss) best = minima[i];
    }
    return best;
}

/// The breakpoints as far left as there is room; nothing where there is too little for all.
[[nodiscard]] inline std::optional<breakpoints> leftmost_breakpoints(const time_series& data, std::size_t count,
                                                                     std::size_t least) {
    breakpoints all;
    std::size_t left = 0;
    for (std::size_t p = 1; p < data.size() && all.size() < count; ++p) {
        if (!data.is_segment(left, p, least)) continue;
        all.push_back({p, data.x[p]});
        left = p;
    }
    if (all.size() < count || !data.is_segment(left, data.size(), least)) return std::nullopt;
    return all;
}

/// fits[k]: the best k breakpoints, for k up to `most` as long as the segments have room.
///
/// One breakpoint: exact, O(n). More: from the best k - 1 and one more, replacing any two by the best two until that
/// helps no more. Of 300 random series compared with exhaustive search, two breakpoints were the best of all in every
/// one; three in all but 6, whose RSS was within 2 % of it. O(n^2 k^3) for all pairs once.
[[nodiscard]] inline std::vector<segmented_fit> best_continuous(const time_series& data, std::size_t most,
                                                                std::size_t least) {
    std::vector<segmented_fit> fits{{{}, basis_of(data, {}).rss()}};
    while (fits.size() <= most) {
        const auto one_more = gaps_beside(data, fits.back().all, least).best();
        const auto start =
            one_more ? with(fits.back().all, one_more->one) : leftmost_breakpoints(data, fits.size(), least);
        if (!start) break;
        segmented_fit fit{*start, 0};
        fit.rss = settle(data, fit.all, least, coarse);
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        for (std::size_t late = 1; late < fit.all.size(); ++late)
            for (std::size_t early = 0; early < late; ++early) pairs.emplace_back(early, late);
        for (std::size_t tried = 0, in_vain = 0; in_vain < pairs.size() && tried < 1000 * pairs.size(); ++tried) {
            const auto [early, late] = pairs[tried % pairs.size()];
            const auto other = best_two_more(data, without(without(fit.all, late), early), least);
            const bool better = other && other->rss < fit.rss * (1 - 1e-9);
            if (better) fit = *other;
            in_vain = better && pairs.size() > 1 ? 0 : in_vain + 1;
        }
        fit.rss = settle(data, fit.all, least, fine);
        fits.push_back(std::move(fit));
    }
    return fits;
}

/// An end of the profile of a breakpoint: how far it may move.
struct profile_end {
    double at;
    bool open;  ///< the end of the room there is for it
};

/// How far breakpoint j may move, to the left or the right, so that the best line with it there has an RSS of at most
/// `allowed`. It moves out as far as the others as they are allow, they settle round it, and so on until it no longer
/// moves: the profile of the RSS, followed outward. With one breakpoint that is exact: the last place that is allowed.
[[nodiscard]] inline profile_end furthest(const time_series& data, breakpoints all, std::size_t j, std::size_t least,
                                          double allowed, bool to_the_left) {
    const double out = to_the_left ? -1 : 1;
    const double little = 1e-12 * (data.x.back() - data.x.front());
    for (profile_end end{all[j].at, false};; settle(data, all, least, fine, j)) {
        const double before = end.at;
        const auto beside = gaps_beside(data, without(all, j), least);
        double room = end.at;
        for (const breakpoint_gap& gap : beside.gaps) {
            if (gap.rank != j) continue;
            room = out * std::max(out * room, out * (gap.origin + (to_the_left ? gap.lower : 0)));
            const auto reached = gap.reaching(beside.rss - allowed);
            if (!reached) continue;
            const double at = gap.origin + (to_the_left ? reached->first : reached->second);
            if (!(out * at > out * end.at)) continue;
            end.at = at;
            all[j] = {gap.position, at};
        }
        end.open = end.at == room;
        if (all.size() == 1 || std::fabs(end.at - before) <= little) return end;
    }
}

/// The segments between these breakpoints. Their variances take the breakpoints as estimated with them: the linearised
/// model has a step at every breakpoint besides (Muggeo, 2003). They are infinite where the data beside a breakpoint do
/// not determine them.
[[nodiscard]] inline std::vector<fitted_segment> continuous_segments(const time_series& data, const breakpoints& all) {
    const double infinity = std::numeric_limits<double>::infinity();
    const auto basis = basis_of(data, all);
    const auto residual = basis.residual();
    const auto fitted = [&](std::size_t i) { return data.y[i] - residual[i] / data.root_weight[i]; };
    std::vector<fitted_segment> segments;
    std::vector<std::vector<double>> columns;  // the coefficients are the slopes, then shifts of the breakpoints
    for (std::size_t j = 0; j <= all.size(); ++j) {
        const std::size_t first = j == 0 ? 0 : all[j - 1].position;
        const std::size_t last = j == all.size() ? data.size() : all[j].position;
        const double rise = fitted(last - 1) - fitted(first);
        segments.push_back({first, last, fitted(first), rise / (data.x[last - 1] - data.x[first]), infinity, infinity});
        const double start = j == 0 ? data.x.front() : all[j - 1].at;
        const double end = j == all.size() ? data.x.back() : all[j].at;
        columns.push_back(basis.column([&](std::size_t i) { return std::clamp(data.x[i], start, end) - start; }));
    }
    for (std::size_t j = 0; j < all.size(); ++j) {
        const double turn = segments[j].slope - segments[j + 1].slope;
        columns.push_back(basis.column([&](std::size_t i) { return data.x[i] > all[j].at ? turn : 0; }));
    }
    for (std::size_t j = 0; j < columns.size(); ++j) {
        orthonormal_basis others(data);
        others.append(others.column([](std::size_t) { return 1.0; }));
        for (std::size_t k = 0; k < columns.size(); ++k)
            if (k != j) others.append(columns[k]);
        const auto own = others.remainder(columns[j]);
        const double squares = orthonormal_basis::dot(own, own);
        if (!(squares > 1e-20 * orthonormal_basis::dot(columns[j], columns[j]))) continue;
        (j < segments.size() ? segments[j].slope_variance : segments[j - all.size()].start_variance) = 1 / squares;
    }
    return segments;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
