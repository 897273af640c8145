// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_LEAST_SQUARES_HPP
#define COMPUTE_DIVIDE_REGRESSION_LEAST_SQUARES_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/detail/cross_products.hpp>
#include <compute_divide/regression/detail/default_fields.hpp>
#include <compute_divide/regression/detail/double_double.hpp>
#include <compute_divide/regression/detail/regression_value.hpp>
#include <compute_divide/results.hpp>

/// Least squares, right to the last digits: y = X b + e, b the minimiser of sum w (y - x b)^2.
namespace compute_divide::inline v0_2 {

struct least_squares_options {
    bool intercept = true;                ///< whether a column of ones comes before the terms
    std::vector<std::string> names = {};  ///< of the terms, or none
};

/// A fit of p columns: the intercept, if there is one, then the terms in their order.
struct least_squares_fit {
    std::vector<double> coefficients = {};     ///< 0 for a dependent column
    std::vector<double> standard_errors = {};  ///< classical: residual_sd sqrt(((X'X)^-1)_jj); 0 for a dependent column
    std::vector<double> unscaled_covariance = {};  ///< (X'WX)^-1, p x p by rows; 0 for a dependent column
    std::vector<double> factor = {};               ///< the lower triangular C of (X'WX)^-1 = C C', p x p by rows
    std::vector<std::string> names = {};           ///< of the columns; empty where none were given
    std::vector<std::size_t> dependent = {};       ///< columns left out as combinations of columns before them
    double rss = 0;                                ///< residual sum of squares, weighted; 0 where it is no double
    double residual_sd = 0;                        ///< sqrt(rss / degrees_of_freedom)
    std::optional<double> r_squared = {};  ///< about the mean where there is an intercept; none for a constant y
    std::uint64_t n = 0;                   ///< rows used: known, and of weight > 0
    std::uint64_t n_missing = 0;           ///< rows left out since something in them was not known
    std::size_t p = 0;                     ///< columns
    std::size_t rank = 0;                  ///< columns that are not dependent
    double degrees_of_freedom = 0;         ///< n - rank; 0 where nothing was estimated
    /// too_few: n <= p, all vectors but `names` are empty. degenerate: rank < p, the fit is that of the other columns;
    /// or numbers too large for a double, all vectors are empty then, too.
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] explicit operator bool() const { return has_value(status); }

    friend bool operator==(const least_squares_fit&, const least_squares_fit&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<least_squares_fit>) {
    return member_list(
        member{"names", &least_squares_fit::names}, member{"coefficients", &least_squares_fit::coefficients},
        member{"standard_errors", &least_squares_fit::standard_errors},
        member{"unscaled_covariance", &least_squares_fit::unscaled_covariance},
        member{"factor", &least_squares_fit::factor}, member{"dependent", &least_squares_fit::dependent},
        member{"rss", &least_squares_fit::rss}, member{"residual_sd", &least_squares_fit::residual_sd},
        member{"r_squared", &least_squares_fit::r_squared}, member{"n", &least_squares_fit::n},
        member{"n_missing", &least_squares_fit::n_missing}, member{"p", &least_squares_fit::p},
        member{"rank", &least_squares_fit::rank}, member{"degrees_of_freedom", &least_squares_fit::degrees_of_freedom},
        member{"status", &least_squares_fit::status});
}

namespace detail {

/// Takes all numbers from a fit some of which are no doubles.
inline void without_what_is_no_double(least_squares_fit& fit) {
    const auto all_finite = [](const std::vector<double>& numbers) {
        return detail::all_of(numbers, [](double x) { return std::isfinite(x); });
    };
    if (all_finite(fit.coefficients) && all_finite(fit.standard_errors) && all_finite(fit.unscaled_covariance) &&
        all_finite(fit.factor) && std::isfinite(fit.rss) && std::isfinite(fit.residual_sd))
        return;
    for (auto* numbers : {&fit.coefficients, &fit.standard_errors, &fit.unscaled_covariance, &fit.factor})
        numbers->clear();
    fit.rss = fit.residual_sd = 0;
    fit.r_squared.reset();
    fit.status = estimate_status::degenerate;
}

/// Fills in the fit of n rows from their cross products, the response's in the last row and column. `finish` may
/// turn the swept products into those of another basis. `combinations`: of dependent columns, see `sweep`.
template <class Finish = std::identity>
void solve(matrix products, bool intercept, least_squares_fit& fit, const Finish& finish = {},
           std::vector<double>* combinations = nullptr) {
    // A residual below 2^-46 = 1.4e-14 of the response is the rounding of the sums: an exact fit.
    constexpr double negligible = 0x1p-92;
    const std::size_t p = fit.p;
    if (fit.n == 0) return;
    fit.status = estimate_status::too_few;
    if (fit.n <= p) return;

    const double_double total = products(p, p);
    const auto beyond_rounding = [&](double_double squares) {
        return squares.high > negligible * total.high ? squares.high : 0;
    };
    const double about_mean =
        intercept ? beyond_rounding(total - products(0, p) * products(0, p) / products(0, 0)) : total.high;
    fit.dependent = sweep(products, combinations);
    products = finish(products);
    fit.rank = p - fit.dependent.size();
    fit.degrees_of_freedom = static_cast<double>(fit.n) - static_cast<double>(fit.rank);
    fit.rss = beyond_rounding(products(p, p));
    fit.residual_sd = std::sqrt(fit.rss / fit.degrees_of_freedom);
    if (about_mean > 0) fit.r_squared = 1 - fit.rss / about_mean;
    for (std::size_t i = 0; i < p; ++i) {
        fit.coefficients.push_back(products(i, p).high);
        fit.standard_errors.push_back(fit.residual_sd * std::sqrt(products(i, i).high));
        for (std::size_t j = 0; j < p; ++j) fit.unscaled_covariance.push_back(products(i, j).high);
    }
    fit.factor = triangular_factor(products, p);
    fit.status = fit.dependent.empty() ? estimate_status::ok : estimate_status::degenerate;
    without_what_is_no_double(fit);
}

/// Turns the fit of columns, response and weights in units, whose exponents these are, into that of the numbers.
inline void from_units(least_squares_fit& fit, std::span<const int> units) {
    if (fit.coefficients.empty() || detail::all_of(units, [](int exponent) { return exponent == 0; })) return;
    const std::size_t p = fit.p;
    const int of_response = units[p], of_weights = units[p + 1];
    const auto change = [](double& x, int exponent) { x = std::ldexp(x, exponent); };
    for (std::size_t i = 0; i < p; ++i) {
        change(fit.coefficients[i], of_response - units[i]);
        change(fit.standard_errors[i], of_response - units[i]);
        for (std::size_t j = 0; j < p; ++j) {
            change(fit.unscaled_covariance[i * p + j], -units[i] - units[j] - of_weights);
            change(fit.factor[i * p + j], -units[i] - of_weights / 2);
        }
    }
    change(fit.rss, 2 * of_response + of_weights);
    change(fit.residual_sd, of_response + of_weights / 2);
    without_what_is_no_double(fit);
}

}  // namespace detail

/// Accumulates rows of `terms` values each and a response. O(p^2) memory whatever the number of rows, O(p^2) time a
/// row; `result` takes O(p^3). Sums are carried to some 28 digits, so one pass gives coefficients and standard errors
/// to full double accuracy where the condition number of the columns (scaled to equal length) is below 1e6, and loses
/// digits only beyond, for columns, responses and weights of any size: what is small beside 1 is summed in units of its
/// own. `rss` is 0 where it is below the smallest double; coefficients and errors are right all the same. Needs IEEE
/// arithmetic: no -ffast-math.
///
/// A column that is no further than 1e-12 of its length from the span of those before it is dependent: it is named in
/// the fit and left out. Checked against NIST's certified values (StRD), R lm, and exact rational arithmetic.
class least_squares {
public:
    /// Throws std::invalid_argument where there is no column, or not one name for each term.
    explicit least_squares(std::size_t terms, least_squares_options options = {})
        : terms_(terms), options_(std::move(options)), products_(terms + (options_.intercept ? 1 : 0) + 1) {
        detail::require(columns() > 0, "least_squares", "at least one term or an intercept", columns());
        detail::require(options_.names.empty() || options_.names.size() == terms, "least_squares",
                        "no names, or one for each term", options_.names.size());
    }

    /// One row. A NaN among the numbers counts the row as missing; a weight of 0 leaves it out.
    /// Throws std::invalid_argument for another number of terms, a weight that is negative, and a number beyond 1e300.
    void add(std::span<const double> row, double y, double weight = 1) {
        if (row.size() != terms_) detail::fail("least_squares", "a row of as many values as terms", row.size());
        bool usable = detail::is_regression_value(y) && weight > 0 && detail::is_regression_value(weight);
        double* out = products_.row();
        if (options_.intercept) *out++ = 1;
        for (const double x : row) {
            usable &= detail::is_regression_value(x);
            *out++ = x;
        }
        *out = y;
        if (!usable) return leave_out(row, y, weight);
        products_.next_row(weight);
        ++n_;
    }

    /// Throws std::invalid_argument where the other has other columns.
    void merge(const least_squares& other) {
        detail::require(other.terms_ == terms_ && other.options_.intercept == options_.intercept, "least_squares",
                        "the same columns to merge", other.columns());
        products_.merge(other.products_);
        n_ += other.n_;
        n_missing_ += other.n_missing_;
    }

    /// Sums up the rows, at most 63, that are kept to be summed in blocks. Then a state takes some 220 bytes of one
    /// term (24 more a row kept otherwise); what is added later gives the same numbers to some 28 digits, if not the
    /// same bits, as if this had not been called.
    void fold_rows() { products_.fold_rows(); }

    [[nodiscard]] least_squares_fit result() const {
        least_squares_fit fit;
        fit.n = n_;
        fit.n_missing = n_missing_;
        fit.p = columns();
        if (!options_.names.empty()) {
            if (options_.intercept) fit.names.emplace_back("(intercept)");
            fit.names.insert(fit.names.end(), options_.names.begin(), options_.names.end());
        }
        std::vector<int> units;
        detail::solve(products_.sums(&units), options_.intercept, fit);
        detail::from_units(fit, units);
        return fit;
    }

private:
    [[nodiscard]] std::size_t columns() const { return terms_ + (options_.intercept ? 1 : 0); }

    COMPUTE_DIVIDE_NO_INLINE void leave_out(std::span<const double> row, double y, double weight) {
        for (const double x : row) detail::require_regression_value(x, "least_squares");
        detail::require_regression_value(y, "least_squares");
        detail::require_regression_value(weight, "least_squares");
        detail::require(weight >= 0 || !is_known(weight), "least_squares", "weight >= 0", weight);
        if (!is_known(y) || !is_known(weight) || !detail::all_of(row, is_known<double>)) ++n_missing_;
    }

    friend struct state_access;
    static constexpr std::string_view state_name = "least_squares";
    [[nodiscard]] auto shape() const { return std::tie(terms_, options_.intercept, options_.names); }
    static auto state(auto& self) { return std::tie(self.products_, self.n_, self.n_missing_); }
    [[nodiscard]] bool restore() const { return products_.least_rows() <= n_; }

    std::size_t terms_;
    least_squares_options options_;
    detail::cross_products products_;
    std::uint64_t n_ = 0;
    std::uint64_t n_missing_ = 0;
};

namespace detail {

template <class Terms>
[[nodiscard]] constexpr auto as_tuple(Terms terms) {
    if constexpr (is_tuple<Terms>)
        return terms;
    else
        return std::tuple<Terms>(std::move(terms));
}

template <class Records, class Terms>
inline constexpr bool all_quantity_fields = quantity_field_of<Terms, Records>;
template <class Records, class... Fields>
inline constexpr bool all_quantity_fields<Records, std::tuple<Fields...>> = (quantity_field_of<Fields, Records> && ...);

/// The values of a tuple of fields, in one full expression.
template <class... Fields, class Record>
[[nodiscard]] constexpr std::array<double, sizeof...(Fields)> values_of(const std::tuple<Fields...>& fields,
                                                                        Record&& record) {
    return std::apply(
        [&](const auto&... field) {
            return std::array<double, sizeof...(Fields)>{as_double(std::invoke(field, record))...};
        },
        fields);
}

}  // namespace detail

/// The terms of a regression on records: one field that yields numbers, or a std::tuple of such fields.
template <class Terms, class Records>
concept terms_of = std::ranges::input_range<Records> && detail::all_quantity_fields<Records, Terms>;

/// The fit of `response` on `terms` (and an intercept) over records, weighted:
///
///   fit_least_squares(models, std::tuple(&model::year, &model::log_parameters), &model::log_flop, &model::weight)
///
/// One pass, any input range. A record with a term, response or weight that is not known is left out and counted.
/// Throws and returns what `least_squares` does.
template <std::ranges::input_range Records, terms_of<Records> Terms, quantity_field_of<Records> Response,
          quantity_field_of<Records> Weight>
[[nodiscard]] least_squares_fit fit_least_squares(Records&& records, Terms terms, Response response, Weight weight,
                                                  const least_squares_options& options = {}) {
    const auto fields = detail::as_tuple(std::move(terms));
    least_squares sums(std::tuple_size_v<decltype(fields)>, options);
    for (auto&& record : records)
        sums.add(detail::values_of(fields, record), as_double(std::invoke(response, record)),
                 as_double(std::invoke(weight, record)));
    return sums.result();
}

/// The same with equal weights.
template <std::ranges::input_range Records, terms_of<Records> Terms, quantity_field_of<Records> Response>
[[nodiscard]] least_squares_fit fit_least_squares(Records&& records, Terms terms, Response response,
                                                  const least_squares_options& options = {}) {
    return fit_least_squares(records, std::move(terms), std::move(response), detail::equal_weights{}, options);
}

/// The fit of `y` on a matrix of y.size() rows, by rows: its terms are the columns. Throws also where the matrix is not
/// a whole number of terms wide.
[[nodiscard]] inline least_squares_fit fit_least_squares(std::span<const double> matrix, std::span<const double> y,
                                                         const least_squares_options& options = {}) {
    const std::size_t terms = y.empty() ? options.names.size() : matrix.size() / y.size();
    detail::require(matrix.size() == terms * y.size(), "fit_least_squares", "a matrix of as many rows as responses",
                    matrix.size());
    least_squares sums(terms, options);
    for (std::size_t i = 0; i < y.size(); ++i) sums.add(matrix.subspan(i * terms, terms), y[i]);
    return sums.result();
}

}  // namespace compute_divide::inline v0_2

#endif
