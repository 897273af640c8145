// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PLOT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PLOT_HPP

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/estimate.hpp>
#include <compute_divide/report/figure.hpp>

/// Figures of findings: made, as an SVG by gnuplot, and in letters.
namespace example {

/// Draws a figure into a file, whole or not at all; series of one name have one colour. Names and labels reach gnuplot
/// as text alone, the path not at all. Throws std::runtime_error where gnuplot is missing or fails, std::system_error
/// where the file cannot be written.
void write_svg(const std::string& path, const compute_divide::figure& f);

/// The points of a figure in letters, the first of each series' name; empty where there are none.
[[nodiscard]] std::string terminal_plot(const compute_divide::figure& f, std::size_t width, std::size_t height);

/// A series that estimates are added to, as points and as a band.
struct estimated_series {
    compute_divide::series points, band;

    explicit estimated_series(const std::string& name)
        : points{.name = name}, band{.name = name, .kind = compute_divide::series_kind::band} {}
    /// Nothing is added where there is no estimate.
    void add(double x, const compute_divide::estimate& y, double unit = 1);
    void add_to(compute_divide::figure& f) const;
};

/// The band of an estimate over the range of the points, at 41 places; none of no points.
[[nodiscard]] compute_divide::series band_of(const compute_divide::series& points,
                                             const std::function<compute_divide::estimate(double)>& at,
                                             double unit = 1);

}  // namespace example

#endif
