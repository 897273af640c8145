// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_SIMEX_HPP
#define COMPUTE_DIVIDE_REGRESSION_SIMEX_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/results.hpp>

/// Simulation and extrapolation: what any fit would be, had one of its columns been measured without error. Error is
/// added, the fits are followed as it grows, and the curve is continued back to none.
namespace compute_divide::inline v0_2 {

/// The curve by which estimates are continued to no error.
enum class extrapolant {
    linear,     ///< a + b lambda: takes out the least of the bias
    quadratic,  ///< a + b lambda + c lambda^2: the usual choice (Cook and Stefanski 1994)
    rational    ///< a + b / (c + lambda): exact for the slope of least squares on one term
};
[[nodiscard]] constexpr auto enumerators(extrapolant) {
    using enum extrapolant;
    return std::array{named<extrapolant>{linear, "linear"}, named<extrapolant>{quadratic, "quadratic"},
                      named<extrapolant>{rational, "rational"}};
}

struct simex_options {
    std::vector<double> lambda = {0.5, 1, 1.5, 2};  ///< how much error is added, in variances of what there is
    std::size_t draws = 100;                        ///< at each
    extrapolant curve = extrapolant::quadratic;
    std::uint64_t seed = 1;
    double level = 0.95;
    unsigned threads = 1;  ///< 0: as many as the machine has; the fit is then called from several threads
};

/// What a fit says of one number: its value and the square of its standard error.
struct simex_value {
    double value = 0;
    double variance = 0;

    friend bool operator==(const simex_value&, const simex_value&) = default;
};

/// Each number that the fit gives, without the error.
struct simex_result {
    std::vector<estimate> corrected = {};               ///< extrapolated to no error, its interval with that of the fit
    std::vector<simex_value> naive = {};                ///< of the data as they are
    std::vector<double> lambda = {};                    ///< 0, then those of the options
    std::vector<std::vector<double>> means = {};        ///< at each lambda, of each number: the mean over draws
    extrapolant curve = extrapolant::quadratic;         ///< that was used
    std::size_t draws = 0;                              ///< at each lambda
    std::uint64_t failed = 0;                           ///< draws of which the fit gave nothing
    estimate_status status = estimate_status::no_data;  ///< too_few where the fit gives nothing

    [[nodiscard]] explicit operator bool() const { return has_value(status); }

    friend bool operator==(const simex_result&, const simex_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<simex_value>) {
    return member_list(member{"value", &simex_value::value}, member{"variance", &simex_value::variance});
}
[[nodiscard]] constexpr auto members(std::type_identity<simex_result>) {
    return member_list(member{"corrected", &simex_result::corrected}, member{"naive", &simex_result::naive},
                       member{"lambda", &simex_result::lambda}, member{"means", &simex_result::means},
                       member{"curve", &simex_result::curve}, member{"draws", &simex_result::draws},
                       member{"failed", &simex_result::failed}, member{"status", &simex_result::status});
}

/// A function of a column that gives some numbers with their variances, none where it has no fit.
template <class Fit, class T>
concept simex_fit = std::invocable<const Fit&, std::span<const T>> &&
    std::convertible_to<std::invoke_result_t<const Fit&, std::span<const T>>, std::vector<simex_value>>;

namespace detail {

/// Least squares of y on 1, x, ..., x^degree, at x = -1.
[[nodiscard]] inline double polynomial_at_minus_one(std::span<const double> x, std::span<const double> y,
                                                    std::size_t degree) {
    const std::size_t m = degree + 1;
    std::vector<double> a(m * (m + 1));
    for (std::size_t i = 0; i < x.size(); ++i) {
        std::array<double, 3> power = {1, x[i] + 1, (x[i] + 1) * (x[i] + 1)};  // so that the value is the constant
        for (std::size_t k = 0; k < m; ++k) {
            for (std::size_t l = 0; l < m; ++l) a[k * (m + 1) + l] += power[k] * power[l];
            a[k * (m + 1) + m] += power[k] * y[i];
        }
    }
    for (std::size_t k = m; k-- > 0;)  // eliminates the last first
        for (std::size_t i = 0; i < k; ++i) {
            const double ratio = a[i * (m + 1) + k] / a[k * (m + 1) + k];
            for (std::size_t l = 0; l <= m; ++l) a[i * (m + 1) + l] -= ratio * a[k * (m + 1) + l];
        }
    return a[m] / a[0];
}

/// The same of a + b / (c + x), c > 1: for each c least squares, the best c by golden section of its logarithm.
[[nodiscard]] inline double rational_at_minus_one(std::span<const double> x, std::span<const double> y) {
    const auto n = static_cast<double>(x.size());
    struct line {
        double rss, at;
    };
    const auto of = [&](double log_excess) {
        const double c = 1 + std::exp(log_excess);
        double mean_u = 0, mean_y = 0, uu = 0, uy = 0, rss = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            mean_u += 1 / (c + x[i]) / n;
            mean_y += y[i] / n;
        }
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double u = 1 / (c + x[i]) - mean_u;
            uu += u * u;
            uy += u * (y[i] - mean_y);
        }
        const double b = uu > 0 ? uy / uu : 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double e = y[i] - mean_y - b * (1 / (c + x[i]) - mean_u);
            rss += e * e;
        }
        return line{rss, mean_y + b * (1 / (c - 1) - mean_u)};
    };
    constexpr double first = -3, step = 0.125;
    constexpr int steps = 80;
    double best = first;
    for (int i = 1; i <= steps; ++i)
        if (const double at = first + i * step; of(at).rss < of(best).rss) best = at;
    double low = best - step, high = best + step;
    constexpr double golden = 0.6180339887498949;
    while (high - low > 1e-10) {
        const double left = high - golden * (high - low), right = low + golden * (high - low);
        (of(left).rss < of(right).rss ? high : low) = of(left).rss < of(right).rss ? right : left;
    }
    return of((low + high) / 2).at;
}

[[nodiscard]] inline double extrapolated(extrapolant curve, std::span<const double> lambda,
                                         std::span<const double> values) {
    return curve == extrapolant::linear      ? polynomial_at_minus_one(lambda, values, 1)
           : curve == extrapolant::quadratic ? polynomial_at_minus_one(lambda, values, 2)
                                             : rational_at_minus_one(lambda, values);
}

/// `with_error(lambda, stream)` is the column with that much error added.
template <class T, class Fit, class WithError>
[[nodiscard]] simex_result simulated_and_extrapolated(std::string_view function, std::string_view method,
                                                      std::span<const T> column, const Fit& fit,
                                                      const WithError& with_error, const simex_options& options) {
    require_level(options.level, function);
    require(options.draws > 1, function, "at least two draws", options.draws);
    const std::size_t needed = options.curve == extrapolant::linear ? 1 : 2;
    require(options.lambda.size() >= needed, function, "two lambdas or more (one for a line)", options.lambda.size());
    for (const double lambda : options.lambda) require(lambda > 0, function, "lambdas > 0", lambda);
    simex_result result{.curve = options.curve, .draws = options.draws};
    if (column.empty()) return result;
    result.status = estimate_status::too_few;
    result.naive = fit(column);
    const std::size_t numbers = result.naive.size();
    if (numbers == 0) return result;
    result.lambda.push_back(0);
    std::vector<std::vector<double>> variances(1);
    result.means.resize(1);
    for (const simex_value& each : result.naive) {
        result.means[0].push_back(each.value);
        variances[0].push_back(each.variance);
    }
    for (std::size_t at = 0; at < options.lambda.size(); ++at) {
        std::vector<std::vector<simex_value>> fits(options.draws);
        in_parts(options.draws, options.threads, [&](std::size_t first, std::size_t last) {
            for (std::size_t b = first; b < last; ++b) {
                random_stream random(options.seed, b + at * options.draws);
                const std::vector<T> changed = with_error(options.lambda[at], random);
                fits[b] = fit(std::span<const T>(changed));
            }
        });
        std::vector<double> mean(numbers), variance(numbers), squares(numbers);
        double n = 0;
        for (const auto& each : fits) {
            if (each.size() != numbers) {
                ++result.failed;
                continue;
            }
            ++n;
            for (std::size_t j = 0; j < numbers; ++j) {  // Welford's sums
                const double distance = each[j].value - mean[j];
                mean[j] += distance / n;
                squares[j] += distance * (each[j].value - mean[j]);
                variance[j] += each[j].variance;
            }
        }
        if (n < 2) return result;
        for (std::size_t j = 0; j < numbers; ++j) variance[j] = variance[j] / n - squares[j] / (n - 1);
        result.lambda.push_back(options.lambda[at]);
        result.means.push_back(std::move(mean));
        variances.push_back(std::move(variance));
    }
    const double reach = upper_normal_quantile((1 - options.level) / 2);
    result.status = estimate_status::ok;
    for (std::size_t j = 0; j < numbers; ++j) {
        std::vector<double> values, errors;
        for (std::size_t at = 0; at < result.lambda.size(); ++at) {
            values.push_back(result.means[at][j]);
            errors.push_back(variances[at][j]);
        }
        const double variance = extrapolated(
            options.curve == extrapolant::rational ? extrapolant::quadratic : options.curve, result.lambda, errors);
        estimate e{.value = extrapolated(options.curve, result.lambda, values),
                   .level = options.level,
                   .method = method,
                   .n = column.size(),
                   .status = estimate_status::ok};
        if (variance > 0) {
            const double half = reach * std::sqrt(variance);
            e.bounds = interval{*e.value - half, *e.value + half};
        } else {
            e.value.reset();
            result.status = e.status = estimate_status::degenerate;
        }
        result.corrected.push_back(e);
    }
    return result;
}

}  // namespace detail

/// What a fit would be, had a column been measured without error: SIMEX (Cook and Stefanski 1994; variance by Stefanski
/// and Cook 1995). `errors` are the standard deviations of the column's measurements, one for each or one for all; the
/// errors are normal, independent of all else. `fit` gives, of a column in the place of the measured one, the numbers
/// that are wanted with their variances:
///
///   simex(flop, std::array{0.3}, [&](std::span<const double> x) {
///       const auto fit = fit_linear(of(x), model);
///       return std::vector{simex_value{fit.coefficients[1], fit.covariance(1, 1)}};
///   });
///
/// Takes out most of the bias where errors are smaller than the column's spread; the `rational` curve all of it for a
/// slope of least squares. A fit that gives nothing for a draw is left out and counted; nothing for the data: too_few.
/// A variance that is continued to less than 0: degenerate. Throws std::invalid_argument for errors < 0 or of another
/// number, and lambdas <= 0. lambdas draws fits.
template <simex_fit<double> Fit>
[[nodiscard]] simex_result simex(std::span<const double> column, std::span<const double> errors, const Fit& fit,
                                 const simex_options& options = {}) {
    constexpr std::string_view function = "simex";
    detail::require(errors.size() == 1 || errors.size() == column.size(), function,
                    "one standard deviation, or one for each measurement", errors.size());
    for (const double error : errors) detail::require(error >= 0, function, "standard deviations >= 0", error);
    return detail::simulated_and_extrapolated<double>(
        function, "SIMEX", column, fit,
        [&](double lambda, random_stream& random) {
            std::vector<double> changed(column.begin(), column.end());
            const double root = std::sqrt(lambda);
            for (std::size_t i = 0; i < changed.size(); ++i) {
                const double u = 1 - random.uniform(), angle = random.uniform(0, 6.283185307179586);
                changed[i] += root * errors[errors.size() == 1 ? 0 : i] * std::sqrt(-2 * std::log(u)) * std::cos(angle);
            }
            return changed;
        },
        options);
}

/// The same of yes and no, 1 and 0, that are read with errors: MC-SIMEX (Kuechenhoff, Mwalili and Lesaffre 2006).
/// `table` has P(read r | true t) in row r and column t, 2 x 2 by rows, most labels being read right. Throws
/// std::invalid_argument for a table
/// that is none, and labels beyond it.
template <simex_fit<int> Fit>
[[nodiscard]] simex_result mc_simex(std::span<const int> labels, std::span<const double> table, const Fit& fit,
                                    const simex_options& options = {}) {
    constexpr std::string_view function = "mc_simex";
    detail::require(table.size() == 4, function, "a table of 2 x 2 probabilities", table.size());
    for (const double p : table) detail::require(p >= 0 && p <= 1, function, "probabilities", p);
    for (std::size_t t = 0; t < 2; ++t)
        detail::require(std::fabs(table[t] + table[2 + t] - 1) < 1e-9, function, "columns of sum 1",
                        table[t] + table[2 + t]);
    const double right = table[0] + table[3] - 1;
    detail::require(right > 0, function, "a table in which most labels are read right", right);
    for (const int label : labels) detail::require(label == 0 || label == 1, function, "labels of the table", label);
    // Pi^lambda takes a share p to f + right^lambda (p - f), f the share that reading leaves as it is.
    const double fixed = right < 1 ? table[2] / (1 - right) : 0;
    return detail::simulated_and_extrapolated<int>(
        function, "MC-SIMEX", labels, fit,
        [&](double lambda, random_stream& random) {
            std::vector<int> changed(labels.begin(), labels.end());
            const double kept = std::pow(right, lambda);
            for (int& label : changed)
                label = random.uniform() < fixed + kept * (static_cast<double>(label) - fixed) ? 1 : 0;
            return changed;
        },
        options);
}

}  // namespace compute_divide::inline v0_2

#endif
