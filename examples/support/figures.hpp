// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_FIGURES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_FIGURES_HPP

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/estimate.hpp>
#include <compute_divide/report/figure.hpp>
#include <compute_divide/report/finding.hpp>
#include <compute_divide/report/table.hpp>

/// Figures made of estimates, of trends, of the rows of a table, of claims.
namespace example {

/// A figure in the making. Shares count from 1 and are drawn in percent. How many records values are of, and level and
/// method of the intervals, get into its notes by themselves.
class figure_builder {
public:
    /// `of`: name, title and axes.
    explicit figure_builder(compute_divide::figure of) : made_(std::move(of)) {}

    /// Nothing is added where there is no estimate.
    void add(const std::string& series, double x, const compute_divide::estimate& y);
    void add(const std::string& series, const std::string& category, const compute_divide::estimate& y);
    /// Points, and the line and the band of their trend over their range; what is said of it.
    void add_trend(compute_divide::series points, const std::function<compute_divide::estimate(double)>& at,
                   const compute_divide::estimate& number, const std::string& unit);
    void add_line(compute_divide::series line) { made_.all_series.push_back(std::move(line)); }

    /// Rows of a table: `x` and `y` are columns of years or names, and of estimates; `series`, where it is not empty,
    /// one of names. Rows of which `keeps` is false are left out. Where all x are whole numbers they are
    /// on an axis of numbers, of years where they have four digits; else each is a category.
    void add_rows(const compute_divide::table& t, std::string_view series, std::string_view x, std::string_view y,
                  const std::function<bool(const std::vector<compute_divide::cell>&)>& keeps = {});

    [[nodiscard]] compute_divide::figure figure(const std::vector<std::string>& sources = {}) const;

private:
    void count(const compute_divide::estimate& y);
    [[nodiscard]] compute_divide::series& series_of(const std::string& name, compute_divide::series_kind kind);
    void add_point(compute_divide::series& s, double x, const compute_divide::estimate& y) const;

    compute_divide::figure made_;
    std::vector<std::string> categories_;
    std::vector<double> levels_;
    std::vector<std::string_view> methods_;
    std::uint64_t least_n_ = std::numeric_limits<std::uint64_t>::max(), most_n_ = 0, n_few_ = 0;
    bool are_trends_ = false;
};

/// The estimates of claims, a row for each specification; what the study says is in the notes. Percentages are so
/// drawn.
[[nodiscard]] compute_divide::figure figure_of_claims(const std::vector<compute_divide::claim>& claims,
                                                      compute_divide::figure of,
                                                      const std::vector<std::string>& sources);

}  // namespace example

#endif
