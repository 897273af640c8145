// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_POLYNOMIAL_HPP
#define COMPUTE_DIVIDE_REGRESSION_POLYNOMIAL_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <ranges>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/regression/detail/cross_products.hpp>
#include <compute_divide/regression/detail/double_double.hpp>
#include <compute_divide/regression/least_squares.hpp>

/// A polynomial in one variable by least squares, of high degree, too.
namespace compute_divide::inline v0_2 {

namespace detail {

/// The t of x = centre + t 2^exponent that lies in [-1, 1] for x in [lower, upper].
class unit_scale {
public:
    unit_scale(double lower, double upper) : centre_(lower / 2 + upper / 2) {
        const double reach = std::max(upper - centre_, centre_ - lower);
        exponent_ = reach > 0 ? std::ilogb(reach) + 1 : 0;
    }

    [[nodiscard]] double_double operator()(double x) const { return scaled(exact_sum(x, -centre_)); }

    /// Column k has the coefficients of t^k in powers of x.
    [[nodiscard]] matrix powers_in_x(std::size_t p) const {
        matrix powers(p);
        powers(0, 0) = 1;
        for (std::size_t k = 1; k < p; ++k)
            for (std::size_t j = 0; j <= k; ++j)
                powers(j, k) = scaled((j > 0 ? powers(j - 1, k - 1) : double_double()) - powers(j, k - 1) * centre_);
        return powers;
    }

private:
    [[nodiscard]] double_double scaled(double_double x) const {
        return {std::ldexp(x.high, -exponent_), std::ldexp(x.low, -exponent_)};
    }

    double centre_;
    int exponent_;
};

/// Sums for the normal equations of (1, t, ..., t^degree) and y.
class polynomial_products {
public:
    explicit polynomial_products(std::size_t degree) : powers_(2 * degree + 1), responses_(degree + 1) {}

    void add(double_double t, double y) {
        double_double power = 1;
        for (std::size_t k = 0; k < powers_.size(); ++k) {
            powers_[k] += power;
            if (k < responses_.size()) responses_[k] += power * y;
            power = power * t;
        }
        squares_ += exact_product(y, y);
    }

    [[nodiscard]] matrix sums() const {
        const std::size_t p = responses_.size();
        matrix all(p + 1);
        for (std::size_t i = 0; i < p; ++i) {
            for (std::size_t j = 0; j < p; ++j) all(i, j) = powers_[i + j];
            all(i, p) = all(p, i) = responses_[i];
        }
        all(p, p) = squares_;
        return all;
    }

private:
    std::vector<double_double> powers_, responses_;
    double_double squares_;
};

/// The swept products in the basis whose columns `basis` holds: B b for the coefficients, B V B' for the inverse.
[[nodiscard]] inline matrix in_basis(const matrix& basis, const matrix& swept) {
    const std::size_t p = basis.size;
    matrix half(p + 1), whole(p + 1);
    for (std::size_t i = 0; i < p; ++i)
        for (std::size_t j = 0; j <= p; ++j)
            for (std::size_t k = i; k < p; ++k) half(i, j) += basis(i, k) * swept(k, j);
    for (std::size_t i = 0; i < p; ++i) {
        for (std::size_t j = 0; j < p; ++j)
            for (std::size_t k = j; k < p; ++k) whole(i, j) += half(i, k) * basis(j, k);
        whole(i, p) = half(i, p);
    }
    whole(p, p) = swept(p, p);
    return whole;
}

}  // namespace detail

/// The polynomial of a degree in x that fits y best:
///
///   y = b_0 + b_1 x + ... + b_degree x^degree + e
///
/// Its powers are formed about the centre of x with some 31 digits and turned into those of x with as many, so that
/// coefficients and standard errors are right where the powers themselves, rounded to double, no longer determine them:
/// NIST's Filip, of degree 10, to 13 digits where a solver that is given its powers cannot have 8. Records of which x
/// or y is not known are left out and counted. Fewer distinct x than coefficients: `degenerate`, the highest powers are
/// left out. Throws std::invalid_argument for x or y beyond 1e300. Two passes, O(n degree).
/// Checked against NIST's certified values (StRD).
template <std::ranges::forward_range Records, quantity_field_of<Records> X, quantity_field_of<Records> Y>
[[nodiscard]] least_squares_fit fit_polynomial(Records&& records, X x, Y y, std::size_t degree) {
    least_squares_fit fit;
    fit.p = degree + 1;
    double lower = std::numeric_limits<double>::max(), upper = std::numeric_limits<double>::lowest();
    const auto for_each_known = [&](const auto& visit) {
        for (auto&& record : records) {
            const double x_value = as_double(std::invoke(x, record)), y_value = as_double(std::invoke(y, record));
            if (is_known(x_value) && is_known(y_value)) visit(x_value, y_value);
        }
    };
    for_each_known([&](double x_value, double y_value) {
        detail::require_regression_value(x_value, "fit_polynomial");
        detail::require_regression_value(y_value, "fit_polynomial");
        lower = std::min(lower, x_value);
        upper = std::max(upper, x_value);
        ++fit.n;
    });
    fit.n_missing = static_cast<std::uint64_t>(std::ranges::distance(records)) - fit.n;

    const detail::unit_scale t(lower, upper);
    detail::polynomial_products products(degree);
    for_each_known([&](double x_value, double y_value) { products.add(t(x_value), y_value); });
    detail::solve(products.sums(), true, fit,
                  [&](const detail::matrix& swept) { return detail::in_basis(t.powers_in_x(fit.p), swept); });
    return fit;
}

}  // namespace compute_divide::inline v0_2

#endif
