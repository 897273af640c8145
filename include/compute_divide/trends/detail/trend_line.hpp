// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_TREND_LINE_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_TREND_LINE_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <compute_divide/estimate.hpp>

/// A least-squares line of log10 against days is kept as its level at its mean day and its slope, which are
/// uncorrelated, so that closed forms lose no digits. Whatever is asked of lines is a sum of multiples of levels and
/// slopes, here a line_contrast, or the ratio of two.
namespace compute_divide::inline v0_2::detail {

struct line_point {
    double x;  ///< days from the line's centre
    double residual;
    std::uint32_t line, cluster;
};

struct trend_line {
    double n = 0;
    double centre = 0;  ///< the mean day
    double level = 0;   ///< at the centre
    double slope = 0;   ///< a day
    double sxx = 0;     ///< sum of x^2
    double tss = 0;     ///< total sum of squares, about the mean
    double rss = 0;     ///< residual sum of squares
    estimate_status status = estimate_status::no_data;
};

/// Multiples of one line's level at its centre and of its slope.
struct line_term {
    std::size_t line;
    double level, slope;
};
using line_contrast = std::vector<line_term>;

[[nodiscard]] inline line_contrast slope_of(std::size_t line) {
    return {{line, 0, 1}};
}

[[nodiscard]] inline line_contrast difference(line_contrast a, const line_contrast& b) {
    for (const line_term& term : b) a.push_back({term.line, -term.level, -term.slope});
    return a;
}

/// The value of a line_contrast of lines.
template <class Lines>
[[nodiscard]] double value_of(const line_contrast& terms, const Lines& lines) {
    double sum = 0;
    for (const line_term& term : terms)
        sum += term.level * lines[term.line].level + term.slope * lines[term.line].slope;
    return sum;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
