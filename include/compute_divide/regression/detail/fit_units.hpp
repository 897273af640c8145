// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_FIT_UNITS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_FIT_UNITS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/binary_units.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// Regressions of numbers that are far from 1 in size, in units of powers of two: see detail/binary_units.hpp.
namespace compute_divide::inline v0_2::detail {

/// Turns the fit of columns, response and weights in units, whose exponents these are, into that of the numbers. The
/// covariance keeps its units: variances may be no doubles where standard errors are. Where a coefficient or the
/// residuals' deviation is none, all go, and the fit is degenerate.
inline void from_units(regression_fit& fit, std::span<const int> units) {
    if (detail::all_of(units, [](int exponent) { return exponent == 0; })) return;
    const std::size_t p = fit.names.size();
    const int of_response = units[p], of_weights = units[p + 1];
    for (std::size_t d = 0; (d + 1) * p <= fit.combinations.size() && d < fit.dependent.size(); ++d)
        for (std::size_t j = 0; j < p; ++j)
            fit.combinations[d * p + j] = std::ldexp(fit.combinations[d * p + j], units[fit.dependent[d]] - units[j]);
    if (fit.separated) {
        auto& direction = fit.separated->direction;
        int smallest = 1200;
        std::vector<int> of_terms;
        for (const auto& term : fit.separated->terms) {
            of_terms.push_back(units[static_cast<std::size_t>(detail::find(fit.names, term) - fit.names.begin())]);
            smallest = std::min(smallest, of_terms.back());
        }
        for (std::size_t i = 0; i < direction.size(); ++i)
            direction[i] = std::ldexp(direction[i], smallest - of_terms[i]);
    }
    if (fit.residual_sd) fit.residual_sd = std::ldexp(*fit.residual_sd, of_response + of_weights / 2);
    const bool has_residual_sd = !fit.residual_sd || std::isfinite(*fit.residual_sd);
    if (!has_residual_sd) fit.residual_sd.reset();
    if (fit.coefficients.empty()) return;
    for (std::size_t j = 0; j < p; ++j) {
        fit.covariance.exponents.push_back(of_response - units[j]);
        fit.coefficients[j] = std::ldexp(fit.coefficients[j], of_response - units[j]);
    }
    if (fit.covariance.values.empty()) fit.covariance.exponents.clear();
    if (has_residual_sd && detail::all_of(fit.coefficients, [](double x) { return std::isfinite(x); })) return;
    fit.coefficients.clear();
    fit.covariance.values.clear();
    fit.covariance.exponents.clear();
    fit.covariance.moments = {};
    fit.status = fit.covariance.status = estimate_status::degenerate;
}

/// Brings the columns of a frame into units of their own, with `all` its response (and offset) and weights, too;
/// returns the exponents, of columns, response and weights.
[[nodiscard]] inline std::vector<int> into_units(regression_frame& frame, bool all) {
    const std::size_t p = frame.p();
    std::vector<double> sizes(p + 2);
    const auto look_at = [](double& size, double x) { size = std::max(size, std::fabs(x)); };
    // Several rows at once, so that the loop over their values becomes vector instructions.
    const std::size_t at_once = 8 * p, whole = p == 0 ? 0 : frame.columns.size() - frame.columns.size() % at_once;
    std::vector<double> sizes_at_once(at_once);
    for (std::size_t first = 0; first < whole; first += at_once)
        for (std::size_t at = 0; at < at_once; ++at) look_at(sizes_at_once[at], frame.columns[first + at]);
    for (std::size_t at = 0; at < at_once; ++at) look_at(sizes[at % p], sizes_at_once[at]);
    for (std::size_t at = whole; at < frame.columns.size(); ++at) look_at(sizes[at % p], frame.columns[at]);
    for (std::size_t i = 0; all && i < frame.n; ++i) {
        look_at(sizes[p], frame.response[i]);
        look_at(sizes[p], frame.offset[i]);
        look_at(sizes[p + 1], frame.weight[i]);
    }
    std::vector<int> units;
    units.reserve(sizes.size());
    for (const double size : sizes) units.push_back(size > 0 ? unit_exponent(size) : 0);
    const auto change = [](double& x, int exponent) {
        if (exponent != 0) x = std::ldexp(x, -exponent);
    };
    for (std::size_t j = 0; j < p; ++j)
        for (std::size_t i = 0; units[j] != 0 && i < frame.n; ++i) change(frame.columns[i * p + j], units[j]);
    if (!all) return units;
    for (double& x : frame.response) change(x, units[p]);
    for (double& x : frame.offset) change(x, units[p]);
    for (double& x : frame.weight) change(x, units[p + 1]);
    return units;
}

/// The fit that `fit_of` makes of a frame whose columns are in units.
template <class Fit>
[[nodiscard]] regression_fit fit_in_units(regression_frame frame, const Fit& fit_of) {
    const auto units = into_units(frame, false);
    regression_fit fit = fit_of(std::move(frame));
    from_units(fit, units);
    return fit;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
