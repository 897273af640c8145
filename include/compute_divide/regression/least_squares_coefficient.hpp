// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_LEAST_SQUARES_COEFFICIENT_HPP
#define COMPUTE_DIVIDE_REGRESSION_LEAST_SQUARES_COEFFICIENT_HPP

#include <cmath>
#include <cstddef>
#include <string_view>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/least_squares.hpp>

/// From the sums of least_squares to an estimate, without a model or its records.
namespace compute_divide::inline v0_2 {

/// A coefficient of a fit by its column, counted from 0, the intercept first where there is one: with Student's t
/// interval of errors that are independent and of one variance ("classical"), n - rank degrees of freedom. Another
/// covariance needs the records: fit_linear, whose `coefficient` this is.
///
/// Statuses are the fit's; degenerate for a dependent column and for an interval that is no double, too_few for one
/// without degrees of freedom. Throws std::invalid_argument for a column that there is not, and for a level outside
/// (0, 1). O(1).
[[nodiscard]] inline estimate coefficient(const least_squares_fit& fit, std::size_t column, double level = 0.95) {
    detail::require_level(level, "coefficient");
    detail::require(column < fit.p, "coefficient", "a column of the fit", column);
    estimate result{
        .level = level, .method = "classical", .n = fit.n, .n_missing = fit.n_missing, .status = fit.status};
    if (fit.coefficients.empty()) return result;
    result.status = detail::find(fit.dependent, column) != fit.dependent.end() ? estimate_status::degenerate
                    : fit.degrees_of_freedom > 0                               ? estimate_status::ok
                                                                               : estimate_status::too_few;
    if (!result) return result;
    const double value = fit.coefficients[column],
                 half = detail::two_sided_t(level, fit.degrees_of_freedom) * fit.standard_errors[column];
    if (!std::isfinite(value - half) || !std::isfinite(value + half)) {
        result.status = estimate_status::degenerate;
        return result;
    }
    result.value = value;
    result.bounds = interval{value - half, value + half};
    result.degrees_of_freedom = fit.degrees_of_freedom;
    return result;
}
/// The same by name, "(intercept)" or that of a term. Throws std::invalid_argument for a name that the fit does not
/// have.
[[nodiscard]] inline estimate coefficient(const least_squares_fit& fit, std::string_view name, double level = 0.95) {
    const auto found = detail::find(fit.names, name);
    detail::require(found != fit.names.end(), "coefficient", "the name of a column of the fit", name);
    return coefficient(fit, static_cast<std::size_t>(found - fit.names.begin()), level);
}

}  // namespace compute_divide::inline v0_2

#endif
