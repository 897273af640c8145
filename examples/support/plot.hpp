// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PLOT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PLOT_HPP

#include <cstddef>
#include <string>

#include <compute_divide/report/figure.hpp>

#include "support/command_line.hpp"

/// Figures drawn: as an SVG by gnuplot, and in letters.
namespace example {

/// Draws a figure into a file, whole or not at all. Series of one name have one colour, shape and dash, and one label
/// at their end with its number. Categories are rows, with a number each. Notes and sources are below. gnuplot gets
/// numbers alone: no text, and no path. Throws usage_error for more series or categories than can be told apart,
/// nothing_to_report for a figure without a number, std::runtime_error where gnuplot is missing or fails,
/// std::system_error where the file cannot be written.
void write_svg(const std::string& path, const compute_divide::figure& f);

/// --svg FILE.
class svg_option {
public:
    void add_to(command_line& line, const std::string& what);
    /// Throws usage_error where the file cannot be made.
    void check() const;
    [[nodiscard]] bool is_wanted() const { return !path_.empty(); }
    /// Draws, where it is wanted.
    void write(const compute_divide::figure& f) const;

private:
    std::string path_;
};

/// The points of a figure in letters, the first of each series' name; empty where there are none.
[[nodiscard]] std::string terminal_plot(const compute_divide::figure& f, std::size_t width, std::size_t height);

}  // namespace example

#endif
