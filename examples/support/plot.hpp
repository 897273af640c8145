// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PLOT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PLOT_HPP

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

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

/// A row of dots below a figure: where the points of x = 0, 1, 2, ... have an option of a choice.
struct option_row {
    std::string choice, option;
    std::vector<bool> has = {};
};
/// A figure as part of a page.
struct page_picture {
    std::string id = {};                ///< of its title and description, in the page
    std::string finding = {};           ///< what it shows, in words, before the numbers
    std::vector<option_row> rows = {};  ///< makes a specification curve of points at 0, 1, 2, ...
};

/// The same as an element of an HTML page: role, title and description; the colours of the page; no caption, which a
/// page has beside it. Its marks are those of `page_marks()`, which the page must have once. Groups of a series have
/// data-series, its points data-point in words. Throws what write_svg does, except for the file.
[[nodiscard]] std::string page_svg(const compute_divide::figure& f, const page_picture& how);

/// The pictures of a page, drawn together: gnuplot is started once.
class page_pictures {
public:
    page_pictures();
    ~page_pictures();
    page_pictures(const page_pictures&) = delete;
    page_pictures& operator=(const page_pictures&) = delete;

    /// Adds the picture of a figure, and returns its number, from 0. Throws what page_svg does of figures.
    std::size_t add(const compute_divide::figure& f, const page_picture& how);
    /// All that were added, each as page_svg draws it.
    [[nodiscard]] std::vector<std::string> drawn() const;

private:
    struct entry;
    std::vector<std::unique_ptr<entry>> all_;
};

/// The shapes of points, for all pictures of a page.
[[nodiscard]] std::string page_marks();

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
