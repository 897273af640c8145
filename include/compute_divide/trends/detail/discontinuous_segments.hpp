// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_DISCONTINUOUS_SEGMENTS_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_DISCONTINUOUS_SEGMENTS_HPP

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <compute_divide/trends/detail/time_series.hpp>

/// Least squares of segments that need not meet: a line of its own for every segment (structural breaks).
namespace compute_divide::inline v0_2::detail {

inline constexpr double no_fit = std::numeric_limits<double>::infinity();

/// rss[p - first]: of the line over positions first..p alone.
[[nodiscard]] inline std::vector<double> rss_up_to(const time_series& data, std::size_t first, std::size_t last) {
    std::vector<double> rss{0};
    running_line line;
    for (std::size_t i = first; i < last; ++i) {
        line.add(data, i);
        rss.push_back(line.rss());
    }
    return rss;
}
/// rss[p - first]: of the line over positions p..last alone.
[[nodiscard]] inline std::vector<double> rss_from(const time_series& data, std::size_t first, std::size_t last) {
    std::vector<double> rss(last - first + 1);
    running_line line;
    for (std::size_t i = last; i-- > first;) {
        line.add(data, i);
        rss[i - first] = line.rss();
    }
    return rss;
}

/// breaks[k]: the best positions of k breakpoints, for k up to `most` as long as the segments have room.
///
/// Dynamic programming, exact (Bai and Perron, 2003): the best k breakpoints before p are the best k - 1 before some q
/// and one line over q..p. O(n) for one, O(n^2 most) time and O(n most) memory for more.
[[nodiscard]] inline std::vector<std::vector<std::size_t>> best_discontinuous(const time_series& data, std::size_t most,
                                                                              std::size_t least) {
    const std::size_t n = data.size();
    most = std::min(most, n / 2);  // a segment has two times
    // best[k][p]: RSS up to p with k breakpoints before it; the last of them at last_break[k][p].
    std::vector<std::vector<double>> best(std::max<std::size_t>(most, 1), std::vector<double>(n + 1, no_fit));
    std::vector<std::vector<std::size_t>> last_break(best.size(), std::vector<std::size_t>(n + 1));
    const auto first_line = rss_up_to(data, 0, n);
    for (std::size_t p = 0; p <= n; ++p)
        if (data.is_segment(0, p, least)) best[0][p] = first_line[p];
    for (std::size_t q = 0; most > 1 && q < n; ++q) {
        running_line line;
        for (std::size_t p = q + 1; p <= n; ++p) {
            line.add(data, p - 1);
            if (!data.is_segment(q, p, least)) continue;
            const double rss = line.rss();
            for (std::size_t k = 1; k < most; ++k) {
                if (!(best[k - 1][q] + rss < best[k][p])) continue;
                best[k][p] = best[k - 1][q] + rss;
                last_break[k][p] = q;
            }
        }
    }

    const auto last_line = rss_from(data, 0, n);
    std::vector<std::vector<std::size_t>> breaks(1);
    for (std::size_t k = 1; k <= most; ++k) {
        double smallest = no_fit;
        std::size_t at = 0;
        for (std::size_t p = 0; p < n; ++p) {
            if (!data.is_segment(p, n, least) || !(best[k - 1][p] + last_line[p] < smallest)) continue;
            smallest = best[k - 1][p] + last_line[p];
            at = p;
        }
        if (at == 0) break;
        std::vector<std::size_t> positions(k);
        for (std::size_t j = k; j-- > 0; at = last_break[j][at]) positions[j] = at;
        breaks.push_back(std::move(positions));
    }
    return breaks;
}

/// The segments between breakpoints at these positions.
[[nodiscard]] inline std::vector<fitted_segment> discontinuous_segments(const time_series& data,
                                                                        const std::vector<std::size_t>& breaks) {
    std::vector<fitted_segment> segments;
    for (std::size_t j = 0; j <= breaks.size(); ++j) {
        const std::size_t first = j == 0 ? 0 : breaks[j - 1];
        const std::size_t last = j == breaks.size() ? data.size() : breaks[j];
        running_line own;
        for (std::size_t i = first; i < last; ++i) own.add(data, i);
        segments.push_back({first, last, own.at(data.x[first]), own.slope(), 1 / own.squares_of_x()});
    }
    return segments;
}

/// The RSS from the residuals themselves, right also where next to nothing is left.
[[nodiscard]] inline double residual_squares(const time_series& data, const std::vector<fitted_segment>& segments) {
    double squares = 0;
    for (const fitted_segment& segment : segments) {
        for (std::size_t i = segment.first; i < segment.last; ++i) {
            const double residual = data.y[i] - segment.y - segment.slope * (data.x[i] - data.x[segment.first]);
            squares += data.weight[i] * residual * residual;
        }
    }
    return squares;
}

/// Positions around a breakpoint, and whether the first, or last, that there is room for is among them.
struct position_range {
    std::size_t first, last;
    bool open_before, open_after;
};

/// The first and last position that the breakpoint `at` between the segments `left`..`at` and `at`..`right` may have so
/// that the RSS grows by at most `more`.
[[nodiscard]] inline position_range positions_within(const time_series& data, std::size_t left, std::size_t at,
                                                     std::size_t right, std::size_t least, double more) {
    const auto before = rss_up_to(data, left, right);
    const auto after = rss_from(data, left, right);
    const double allowed = before[at - left] + after[at - left] + more;
    std::optional<std::size_t> first_place;
    position_range range{at, at, false, false};
    for (std::size_t p = left; p <= right; ++p) {
        if (!data.is_segment(left, p, least) || !data.is_segment(p, right, least)) continue;
        if (!first_place) first_place = p;
        range.open_after = p == at || before[p - left] + after[p - left] <= allowed;
        if (!range.open_after) continue;
        range.first = std::min(range.first, p);
        range.last = std::max(range.last, p);
    }
    range.open_before = range.first == first_place;
    return range;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
