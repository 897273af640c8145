// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_INFERENCE_HPP
#define COMPUTE_DIVIDE_REGRESSION_INFERENCE_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/math/special_functions/gamma.hpp>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/special_functions.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/detail/double_double.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/test_result.hpp>

/// What a regression's coefficients and their covariance say: intervals, tests of one coefficient and of several, and
/// predictions. All of it from the fit alone.
namespace compute_divide {

/// A coefficient as a line of the table.
struct coefficient_line {
    std::string name;
    double estimate = 0;
    double standard_error = 0;
    double statistic = 0;  ///< (estimate - what no effect would be) / standard_error
    double p_value = 1;    ///< two-sided
    double lower = 0;      ///< of the interval at the fit's level
    double upper = 0;

    friend bool operator==(const coefficient_line&, const coefficient_line&) = default;
};

namespace detail {

[[nodiscard]] inline double two_sided_p(const regression_fit& fit, double statistic) {
    return fit.reference == reference_distribution::student_t
               ? two_sided_t_p(statistic, fit.covariance.degrees_of_freedom)
               : two_sided_normal_p(statistic);
}

/// How many standard errors an interval of the fit's level reaches to either side.
[[nodiscard]] inline double interval_reach(const regression_fit& fit) {
    return fit.reference == reference_distribution::student_t
               ? two_sided_t(fit.level, fit.covariance.degrees_of_freedom)
               : upper_normal_quantile((1 - fit.level) / 2);
}

[[nodiscard]] inline bool has_inference(const regression_fit& fit) {
    return !fit.coefficients.empty() && !fit.covariance.values.empty() &&
           (fit.reference != reference_distribution::student_t || fit.covariance.degrees_of_freedom > 0);
}

[[nodiscard]] inline std::size_t column_named(const regression_fit& fit, std::string_view name,
                                              std::string_view function) {
    const auto found = std::ranges::find(fit.names, name);
    require(found != fit.names.end(), function, "the name of a column of the fit", name);
    return static_cast<std::size_t>(found - fit.names.begin());
}

/// x' V y
[[nodiscard]] inline double_double covariance_of(const coefficient_covariance& v, std::span<const double> x,
                                                 std::span<const double> y) {
    double_double sum = 0;
    for (std::size_t i = 0; i < v.p; ++i)
        for (std::size_t j = 0; j < v.p; ++j)
            if (x[i] != 0 && y[j] != 0) sum += exact_product(x[i], y[j]) * v(i, j);
    return sum;
}

/// b' V^-1 b of some columns, by Cholesky's factor of V; nothing where V is singular.
[[nodiscard]] inline std::optional<double> wald_statistic(const regression_fit& fit,
                                                          std::span<const std::size_t> columns) {
    const std::size_t n = columns.size();
    constexpr double rounding = 0x1p-48;
    std::vector<double_double> l(n * n), z(n);
    std::vector<double> x(fit.names.size()), y(fit.names.size());
    double_double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        x[columns[i]] = 1;
        double_double b = fit.coefficients[columns[i]];
        for (std::size_t j = 0; j <= i; ++j) {
            y[columns[j]] = 1;
            double_double rest = covariance_of(fit.covariance, x, y);
            y[columns[j]] = 0;
            const double whole = rest.high;
            for (std::size_t k = 0; k < j; ++k) rest -= l[i * n + k] * l[j * n + k];
            if (j < i) {
                l[i * n + j] = rest / l[j * n + j];
                b -= l[i * n + j] * z[j];
                continue;
            }
            if (!(rest.high > rounding * whole)) return std::nullopt;
            const double root = std::sqrt(rest.high);
            l[i * n + i] = double_double(root) + (rest - exact_product(root, root)) / (2 * root);
        }
        x[columns[i]] = 0;
        z[i] = b / l[i * n + i];
        sum += z[i] * z[i];
    }
    return sum.high;
}

}  // namespace detail

/// A coefficient with its interval and test for each column that is not dependent; none where the fit has no
/// covariance.
[[nodiscard]] inline std::vector<coefficient_line> coefficient_lines(const regression_fit& fit) {
    std::vector<coefficient_line> lines;
    if (!detail::has_inference(fit)) return lines;
    const double reach = detail::interval_reach(fit);
    for (std::size_t i = 0; i < fit.names.size(); ++i) {
        if (std::ranges::find(fit.dependent, i) != fit.dependent.end()) continue;
        const double b = fit.coefficients[i], error = fit.covariance.standard_error(i);
        lines.push_back({.name = fit.names[i],
                         .estimate = b,
                         .standard_error = error,
                         .statistic = b / error,
                         .p_value = detail::two_sided_p(fit, b / error),
                         .lower = b - reach * error,
                         .upper = b + reach * error});
    }
    return lines;
}

/// The same as factors: odds ratios of a logit, ratios of rates of counts. exp(b) with the interval's ends exp(b -+ z
/// se) and the delta method's standard error exp(b) se; statistic and p-value are those of b, for no effect: a factor
/// of 1.
[[nodiscard]] inline std::vector<coefficient_line> exponentiated(const regression_fit& fit) {
    auto lines = coefficient_lines(fit);
    for (auto& line : lines) {
        line.estimate = std::exp(line.estimate);
        line.standard_error *= line.estimate;
        line.lower = std::exp(line.lower);
        line.upper = std::exp(line.upper);
    }
    return lines;
}

/// The coefficient of a column by its name, as an estimate; its method is the kind of covariance. Throws
/// std::invalid_argument for a name that the fit does not have.
[[nodiscard]] inline estimate coefficient(const regression_fit& fit, std::string_view name) {
    const std::size_t at = detail::column_named(fit, name, "coefficient");
    estimate result{.level = fit.level,
                    .method = name_of(fit.covariance.kind),
                    .n = fit.n,
                    .n_missing = fit.n_missing,
                    .status = fit.status};
    if (fit.coefficients.empty()) return result;
    if (std::ranges::find(fit.dependent, at) != fit.dependent.end()) {
        result.status = estimate_status::degenerate;
        return result;
    }
    if (!detail::has_inference(fit)) {
        result.status = fit.covariance.status;
        return result;
    }
    const double b = fit.coefficients[at], reach = detail::interval_reach(fit) * fit.covariance.standard_error(at);
    result.value = b;
    result.bounds = interval{b - reach, b + reach};
    result.status = estimate_status::ok;
    return result;
}

/// A test of several coefficients at once.
struct joint_test {
    std::optional<double> statistic = {};  ///< F, or chi-squared
    std::optional<double> p_value = {};
    double degrees = 0;                           ///< how many restrictions
    std::optional<double> residual_degrees = {};  ///< of F
    std::string_view method;                      ///< "F" or "chi_squared"
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] explicit operator bool() const { return status == estimate_status::ok; }

    friend bool operator==(const joint_test&, const joint_test&) = default;
};

/// Wald's test that the coefficients of these columns are all 0, b' V^-1 b: divided by their number it is compared with
/// F where the fit's reference is student_t, else with chi-squared. Columns that are dependent are left out; where V is
/// singular, as with fewer clusters than columns, the test is `degenerate`. Throws std::invalid_argument for a name
/// that the fit does not have. Checked against R lmtest waldtest.
[[nodiscard]] inline joint_test wald_test(const regression_fit& fit, std::span<const std::string> names) {
    joint_test test{.method = fit.reference == reference_distribution::student_t ? "F" : "chi_squared",
                    .status = fit.status};
    std::vector<std::size_t> columns;
    for (const auto& name : names) {
        const std::size_t at = detail::column_named(fit, name, "wald_test");
        if (std::ranges::find(fit.dependent, at) == fit.dependent.end()) columns.push_back(at);
    }
    if (fit.coefficients.empty()) return test;
    test.status = estimate_status::degenerate;
    if (!detail::has_inference(fit) || columns.empty()) return test;
    const auto wald = detail::wald_statistic(fit, columns);
    if (!wald) return test;
    test.degrees = static_cast<double>(columns.size());
    test.status = estimate_status::ok;
    if (fit.reference == reference_distribution::student_t) {
        test.residual_degrees = fit.covariance.degrees_of_freedom;
        test.statistic = *wald / test.degrees;
        test.p_value = detail::upper_f_p(*test.statistic, test.degrees, *test.residual_degrees);
    } else {
        test.statistic = *wald;
        test.p_value = boost::math::gamma_q(test.degrees / 2, *wald / 2, detail::math_policy{});
    }
    return test;
}
[[nodiscard]] inline joint_test wald_test(const regression_fit& fit, std::initializer_list<std::string> names) {
    return wald_test(fit, std::span(names.begin(), names.size()));
}

/// Wald's test of all columns but the intercept. Of a linear fit with a classical covariance it is R^2 / (1 - R^2)
/// times degrees of freedom, which loses no digits where columns are nearly dependent.
[[nodiscard]] inline joint_test overall_test(const regression_fit& fit) {
    std::vector<std::string> names = fit.names;
    std::erase(names, "(intercept)");
    joint_test test = wald_test(fit, names);
    if (fit.family == regression_family::linear && !fit.absorbed && fit.r_squared && fit.rank > 0 &&
        fit.covariance.kind == covariance_kind::classical && test.method == "F" && names.size() > 0) {
        const bool intercept = names.size() < fit.names.size();
        test.degrees = static_cast<double>(fit.rank - (intercept ? 1 : 0));
        if (!(test.degrees > 0) || !(*fit.r_squared < 1)) return test;
        test.residual_degrees = fit.covariance.degrees_of_freedom;
        test.statistic = *fit.r_squared / (1 - *fit.r_squared) * *test.residual_degrees / test.degrees;
        test.p_value = detail::upper_f_p(*test.statistic, test.degrees, *test.residual_degrees);
        test.status = estimate_status::ok;
    }
    return test;
}

/// The response expected at given values of the columns.
struct prediction {
    estimate mean = {};                                ///< on the scale of the linear predictor, its interval from V
    std::optional<interval> prediction_interval = {};  ///< linear: where a new record's response lies, of weight 1
};

/// What a fit expects where its columns have these values: named ones, 1 for the intercept, 0 for all others (the bases
/// of categorical terms). For linear fits also where a single new record is expected, by sqrt(x' V x + residual_sd^2).
/// The variance is a sum of V's entries that cancel where columns lie far from 0 beside their spread, of years say: it
/// loses twice the digits of that ratio, so centre such columns. Throws std::invalid_argument for a name that the fit
/// does not have, and for a fit with absorbed effects, whose levels it does not know. Checked against R predict.lm.
[[nodiscard]] inline prediction predict(const regression_fit& fit,
                                        std::span<const std::pair<std::string, double>> values) {
    detail::require(!fit.absorbed, "predict", "a fit without absorbed effects", "one with them");
    prediction result;
    result.mean = {.level = fit.level,
                   .method = name_of(fit.covariance.kind),
                   .n = fit.n,
                   .n_missing = fit.n_missing,
                   .status = fit.status};
    std::vector<double> x(fit.names.size());
    if (!fit.names.empty() && fit.names.front() == "(intercept)") x.front() = 1;
    for (const auto& [name, value] : values) x[detail::column_named(fit, name, "predict")] = value;
    if (fit.coefficients.empty()) return result;
    if (!detail::has_inference(fit)) {
        result.mean.status = fit.covariance.status;
        return result;
    }
    detail::double_double mean = 0;
    for (std::size_t i = 0; i < x.size(); ++i) mean += detail::exact_product(x[i], fit.coefficients[i]);
    const double variance = detail::covariance_of(fit.covariance, x, x).high, reach = detail::interval_reach(fit);
    const auto around = [&](double spread) {
        const double distance = reach * std::sqrt(spread);
        return interval{mean.high - distance, mean.high + distance};
    };
    result.mean.value = mean.high;
    result.mean.bounds = around(variance);
    result.mean.status = estimate_status::ok;
    if (fit.residual_sd) result.prediction_interval = around(variance + *fit.residual_sd * *fit.residual_sd);
    return result;
}
[[nodiscard]] inline prediction predict(const regression_fit& fit,
                                        std::initializer_list<std::pair<std::string, double>> values) {
    return predict(fit, std::span(values.begin(), values.size()));
}

}  // namespace compute_divide

#endif
