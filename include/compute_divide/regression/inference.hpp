// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_INFERENCE_HPP
#define COMPUTE_DIVIDE_REGRESSION_INFERENCE_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/math/special_functions/gamma.hpp>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/special_functions.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/detail/symmetric_eigen.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/adjusted_covariance.hpp>
#include <compute_divide/regression/detail/double_double.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/test_result.hpp>

/// Inference from a regression's coefficients and their covariance: intervals, tests of one coefficient and of several,
/// and predictions. All of it from the fit alone.
namespace compute_divide::inline v0_2 {

/// A coefficient with its interval and its test: a line of the table.
struct coefficient_line {
    std::string name = {};                   ///< of the column
    compute_divide::estimate estimate = {};  ///< the coefficient, its interval at the fit's level
    double standard_error = 0;
    test_result test = {};  ///< of no effect: t or z = coefficient / standard error, two-sided

    friend bool operator==(const coefficient_line&, const coefficient_line&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<coefficient_line>) {
    return member_list(member{"name", &coefficient_line::name}, member{"estimate", &coefficient_line::estimate},
                       member{"standard_error", &coefficient_line::standard_error},
                       member{"test", &coefficient_line::test});
}

namespace detail {

/// What a fit says of a combination of its coefficients.
struct combination {
    double_double value;
    double standard_error = 0;
    double degrees_of_freedom = 0;
    estimate_status status = estimate_status::ok;
};

[[nodiscard]] inline double two_sided_p(const regression_fit& fit, double statistic, double degrees_of_freedom) {
    return fit.reference == reference_distribution::student_t ? two_sided_t_p(statistic, degrees_of_freedom)
                                                              : two_sided_normal_p(statistic);
}

/// How many standard errors an interval of the fit's level reaches to either side.
[[nodiscard]] inline double interval_reach(const regression_fit& fit, double degrees_of_freedom) {
    return fit.reference == reference_distribution::student_t ? two_sided_t(fit.level, degrees_of_freedom)
                                                              : upper_normal_quantile((1 - fit.level) / 2);
}

/// An estimate of the fit before it has a value: of its status, sample and level; its method is the kind of covariance.
[[nodiscard]] inline estimate estimate_without_value(const regression_fit& fit) {
    return {.level = fit.level,
            .method = name_of(fit.covariance.kind),
            .n = fit.n,
            .n_missing = fit.n_missing,
            .status = fit.status};
}
/// The same with the value of a combination and its interval; without them where it has none, or none of doubles.
[[nodiscard]] inline estimate estimate_with_value(const regression_fit& fit, const combination& of) {
    estimate result = estimate_without_value(fit);
    result.status = of.status;
    if (!result) return result;
    const double value = of.value.high, distance = interval_reach(fit, of.degrees_of_freedom) * of.standard_error;
    const interval bounds{value - distance, value + distance};
    if (!std::isfinite(bounds.width())) {
        result.status = estimate_status::degenerate;
        return result;
    }
    result.value = value;
    result.bounds = bounds;
    if (fit.reference == reference_distribution::student_t) result.degrees_of_freedom = of.degrees_of_freedom;
    return result;
}
/// The test that a combination is 0, by its standard error.
[[nodiscard]] inline test_result test_by_standard_error(const regression_fit& fit, const combination& of) {
    const bool student = fit.reference == reference_distribution::student_t;
    test_result test{.method = student ? "t" : "z", .n = fit.n, .n_missing = fit.n_missing, .status = of.status};
    if (of.status != estimate_status::ok && of.status != estimate_status::few_clusters) return test;
    if (!(of.standard_error > 0)) {
        test.status = estimate_status::degenerate;
        return test;
    }
    test.statistic = of.value.high / of.standard_error;
    test.p_value = two_sided_p(fit, *test.statistic, of.degrees_of_freedom);
    if (student) test.degrees_of_freedom = of.degrees_of_freedom;
    return test;
}

[[nodiscard]] inline bool has_inference(const regression_fit& fit) {
    return !fit.coefficients.empty() && !fit.covariance.values.empty() &&
           (fit.reference != reference_distribution::student_t || fit.covariance.degrees_of_freedom > 0);
}

[[nodiscard]] inline std::size_t column_named(const regression_fit& fit, std::string_view name,
                                              std::string_view function) {
    const auto found = detail::find(fit.names, name);
    require(found != fit.names.end(), function, "the name of a column of the fit", name);
    return static_cast<std::size_t>(found - fit.names.begin());
}

/// x' V x, of the values as they are.
[[nodiscard]] inline double_double variance_of(const coefficient_covariance& v, std::span<const double> x) {
    double_double sum = 0;
    for (std::size_t i = 0; i < v.p; ++i)
        for (std::size_t j = 0; j < v.p; ++j)
            if (x[i] != 0 && x[j] != 0) sum += exact_product(x[i], x[j]) * v.values[i * v.p + j];
    return sum;
}

/// A combination of coefficients as one of them in the units of the covariance, divided by a power of two, and that.
[[nodiscard]] inline std::pair<std::vector<double>, int> in_units(const coefficient_covariance& v,
                                                                  std::span<const double> x) {
    std::pair<std::vector<double>, int> scaled{{x.begin(), x.end()}, 0};
    if (v.exponents.empty()) return scaled;
    auto& [factors, exponent] = scaled;
    bool first = true;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (x[i] == 0) continue;
        const int size = std::ilogb(x[i]) + v.exponents[i];
        exponent = std::exchange(first, false) ? size : std::max(exponent, size);
    }
    for (std::size_t i = 0; i < x.size(); ++i) factors[i] = std::ldexp(x[i], v.exponents[i] - exponent);
    return scaled;
}

/// Whether the records determine a combination x'b: whether x is in the span of their rows.
[[nodiscard]] inline bool is_estimable(const regression_fit& fit, std::span<const double> x) {
    constexpr double rounding = 1e-8;
    const std::size_t p = fit.names.size();
    for (std::size_t d = 0; d < fit.dependent.size() && (d + 1) * p <= fit.combinations.size(); ++d) {
        double difference = x[fit.dependent[d]], size = std::fabs(difference);
        for (std::size_t j = 0; j < p; ++j) {
            const double part = fit.combinations[d * p + j] * x[j];
            difference -= part;
            size += std::fabs(part);
        }
        if (std::fabs(difference) > rounding * size) return false;
    }
    return true;
}

/// Degrees of freedom of a combination: the covariance's, or Satterthwaite's.
[[nodiscard]] inline double degrees_of_freedom_of(const regression_fit& fit, std::span<const double> x) {
    const auto& v = fit.covariance;
    if (v.degrees_of.empty()) return v.degrees_of_freedom;
    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < x.size(); ++i)
        if (x[i] != 0 && v.degrees_of[i] > 0) used.push_back(i);
    if (used.size() == 1) return v.degrees_of[used[0]];
    const std::size_t k = v.moments.size, pairs = k * (k + 1) / 2;
    if (k == 0) {
        double fewest = v.degrees_of_freedom;
        for (std::size_t i = 0; i < used.size(); ++i)
            fewest = i == 0 ? v.degrees_of[used[i]] : std::min(fewest, v.degrees_of[used[i]]);
        return fewest;
    }
    std::vector<double> c(k), products(pairs);
    for (std::size_t i = 0; i < x.size(); ++i)
        for (std::size_t j = 0; j < k; ++j) c[j] += x[i] * v.moments.factor[i * k + j];
    double mean = 0, variance = 0;
    for (std::size_t i = 0, at = 0; i < k; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            products[at++] = (i == j ? 1 : 2) * c[i] * c[j];
            mean += (i == j ? 1 : 2) * c[i] * c[j] * v.moments.mean[i * k + j];
        }
    for (std::size_t i = 0; i < pairs; ++i)
        for (std::size_t j = 0; j < pairs; ++j)
            variance += products[i] * products[j] * v.moments.covariance[i * pairs + j];
    const double most = static_cast<double>(fit.n) - static_cast<double>(fit.rank) -
                        (fit.absorbed ? fit.absorbed->degrees_of_freedom : 0);
    return variance > 0 ? std::min(2 * mean * mean / variance, most) : 0;
}

/// x'b with its variance x'Vx. Not determined by the records, of no variance, or no double: degenerate. Of few
/// clusters, or of a column that is so in few: few_clusters. `must_be_estimable`: else coefficients of dependent
/// columns are 0.
[[nodiscard]] inline combination combination_of(const regression_fit& fit, std::span<const double> x,
                                                bool must_be_estimable = true) {
    combination result;
    const auto& v = fit.covariance;
    const auto [factors, exponent] = in_units(v, x);
    double size = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        result.value += exact_product(x[i], fit.coefficients[i]);
        size += std::fabs(factors[i]) * std::sqrt(v.values[i * v.p + i]);
    }
    const double_double whole = variance_of(v, factors);
    constexpr double rounding = 1e-13;  // of the entries, which may cancel
    const double variance = std::fabs(whole.high) <= rounding * size * size ? std::max(whole.high, 0.0) : whole.high;
    result.standard_error = variance >= 0 ? std::ldexp(std::sqrt(variance), exponent) : 0;
    result.degrees_of_freedom = degrees_of_freedom_of(fit, factors);
    const bool student = fit.reference == reference_distribution::student_t;
    const bool is_double = std::isfinite(result.standard_error) && std::isfinite(result.value.high);
    if (!is_double) result.standard_error = 0;
    if ((must_be_estimable && !is_estimable(fit, x)) || !(variance >= 0) || !is_double ||
        (student && !(result.degrees_of_freedom > 0))) {
        result.status = estimate_status::degenerate;
        return result;
    }
    const bool few =
        v.degrees_of.empty() ? v.clusters_are_few() || v.records_are_few() : result.degrees_of_freedom < enough_degrees;
    const bool few_treated = detail::any_of(v.few_treated, [&](std::size_t i) { return x[i] != 0; });
    if (few || few_treated) result.status = estimate_status::few_clusters;
    return result;
}

/// b' V^-1 b of some columns, by Cholesky's factor of V; nothing where V is singular.
[[nodiscard]] inline std::optional<double> wald_statistic(const regression_fit& fit,
                                                          std::span<const std::size_t> columns) {
    const std::size_t n = columns.size();
    constexpr double rounding = 0x1p-48;
    const auto& v = fit.covariance;
    std::vector<double_double> l(n * n), z(n);
    double_double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double_double b = v.exponents.empty() ? fit.coefficients[columns[i]]
                                              : std::ldexp(fit.coefficients[columns[i]], -v.exponents[columns[i]]);
        for (std::size_t j = 0; j <= i; ++j) {
            double_double pivot = v.values[columns[i] * v.p + columns[j]];
            const double whole = pivot.high;
            for (std::size_t k = 0; k < j; ++k) pivot -= l[i * n + k] * l[j * n + k];
            if (j < i) {
                l[i * n + j] = pivot / l[j * n + j];
                b -= l[i * n + j] * z[j];
                continue;
            }
            if (!(pivot.high > rounding * whole)) return std::nullopt;
            const double root = std::sqrt(pivot.high);
            l[i * n + i] = double_double(root) + (pivot - exact_product(root, root)) / (2 * root);
        }
        z[i] = b / l[i * n + i];
        sum += z[i] * z[i];
    }
    return sum.high;
}

/// The combination that is one coefficient.
[[nodiscard]] inline combination of_coefficient(const regression_fit& fit, std::size_t i) {
    combination result;
    const auto& v = fit.covariance;
    result.value = fit.coefficients[i];
    result.standard_error = v.standard_error(i);
    result.degrees_of_freedom = v.degrees_of.empty() ? v.degrees_of_freedom : v.degrees_of[i];
    const bool is_double = std::isfinite(result.standard_error);
    if (!is_double) result.standard_error = 0;
    if (!is_double || (fit.reference == reference_distribution::student_t && !(result.degrees_of_freedom > 0)))
        result.status = estimate_status::degenerate;
    else if (v.degrees_of.empty() ? v.clusters_are_few() || v.records_are_few()
                                  : result.degrees_of_freedom < enough_degrees)
        result.status = estimate_status::few_clusters;
    else if (detail::find(v.few_treated, i) != v.few_treated.end())
        result.status = estimate_status::few_clusters;
    return result;
}
[[nodiscard]] inline coefficient_line line_of(std::string name, const regression_fit& fit, const combination& of) {
    return {.name = std::move(name),
            .estimate = estimate_with_value(fit, of),
            .standard_error = of.standard_error,
            .test = test_by_standard_error(fit, of)};
}

}  // namespace detail

/// A coefficient with its interval and test for each column that is not dependent; none where the fit has no
/// covariance.
[[nodiscard]] inline std::vector<coefficient_line> coefficient_lines(const regression_fit& fit) {
    std::vector<coefficient_line> lines;
    if (!detail::has_inference(fit)) return lines;
    for (std::size_t i = 0; i < fit.names.size(); ++i)
        if (detail::find(fit.dependent, i) == fit.dependent.end())
            lines.push_back(detail::line_of(fit.names[i], fit, detail::of_coefficient(fit, i)));
    return lines;
}

/// The same as factors: odds ratios of a logit or of proportional odds (whose thresholds become the odds of a response
/// no higher where all columns are 0), ratios of rates of counts. exp(b) with the interval's ends exp(b -+ z
/// se) and the delta method's standard error exp(b) se; statistic and p-value are those of b, for no effect: a factor
/// of 1. One beyond the largest double is `degenerate`, without a value.
[[nodiscard]] inline std::vector<coefficient_line> exponentiated(const regression_fit& fit) {
    auto lines = coefficient_lines(fit);
    for (auto& line : lines) {
        if (!line.estimate.value) continue;
        const double factor = std::exp(*line.estimate.value);
        line.estimate.value = factor;
        line.estimate.bounds = interval{std::exp(line.estimate.lower()), std::exp(line.estimate.upper())};
        line.standard_error *= factor;
        if (std::isfinite(line.estimate.upper()) && std::isfinite(line.standard_error)) continue;
        line.estimate.status = estimate_status::degenerate;
        line.estimate.value.reset();
        line.estimate.bounds.reset();
        line.standard_error = 0;
    }
    return lines;
}

/// The coefficient of a column by its name, as an estimate; its method is the kind of covariance. Throws
/// std::invalid_argument for a name that the fit does not have.
[[nodiscard]] inline estimate coefficient(const regression_fit& fit, std::string_view name) {
    const std::size_t at = detail::column_named(fit, name, "coefficient");
    estimate result = detail::estimate_without_value(fit);
    if (fit.coefficients.empty()) return result;
    if (detail::find(fit.dependent, at) != fit.dependent.end()) {
        result.status = estimate_status::degenerate;
        return result;
    }
    if (!detail::has_inference(fit)) {
        result.status = fit.covariance.status;
        return result;
    }
    return detail::estimate_with_value(fit, detail::of_coefficient(fit, at));
}

/// A combination of coefficients, such as the difference of two, as a line of the table: its value, interval and test
/// of being 0. Its degrees of freedom are its own with cr2 and cr3: those of the clusters that inform it. A combination
/// that the records do not determine, as one of a left-out column alone, is `degenerate`, without a value; one of few
/// clusters `few_clusters`. Throws std::invalid_argument for a name that the fit does not have.
///
///   contrast(fit, {{"firm:b", 1}, {"firm:c", -1}})
[[nodiscard]] inline coefficient_line contrast(const regression_fit& fit,
                                               std::span<const std::pair<std::string, double>> factors) {
    coefficient_line line;
    std::vector<double> x(fit.names.size());
    for (const auto& [name, factor] : factors) {
        x[detail::column_named(fit, name, "contrast")] += factor;
        char text[32];
        std::snprintf(text, sizeof text, "%.6g ", factor);
        line.name.append(line.name.empty() ? "" : " + ").append(factor == 1 ? "" : text).append(name);
    }
    line.estimate = detail::estimate_without_value(fit);
    line.test = {.n = fit.n, .n_missing = fit.n_missing, .status = fit.status};
    if (fit.coefficients.empty()) return line;
    if (!detail::has_inference(fit)) {
        line.estimate.status = line.test.status = fit.covariance.status;
        return line;
    }
    return detail::line_of(line.name, fit, detail::combination_of(fit, x));
}
[[nodiscard]] inline coefficient_line contrast(const regression_fit& fit,
                                               std::initializer_list<std::pair<std::string, double>> factors) {
    return contrast(fit, std::span(factors.begin(), factors.size()));
}

/// A test of several coefficients at once.
struct joint_test {
    test_result test = {};  ///< F, with the degrees of freedom of its denominator, or chi_squared, with `restrictions`
    std::uint64_t restrictions = 0;  ///< how many coefficients are 0 by the hypothesis: F's numerator degrees

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(test); }

    friend bool operator==(const joint_test&, const joint_test&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<joint_test>) {
    return member_list(member{"test", &joint_test::test}, member{"restrictions", &joint_test::restrictions});
}

namespace detail {

/// A joint test by F, of this statistic.
inline void set_f_test(joint_test& joint, const regression_fit& fit, std::uint64_t restrictions, double statistic) {
    const double denominator = fit.covariance.degrees_of_freedom;
    joint.restrictions = restrictions;
    joint.test.statistic = statistic;
    joint.test.p_value = upper_f_p(statistic, static_cast<double>(restrictions), denominator);
    joint.test.degrees_of_freedom = denominator;
    joint.test.status = estimate_status::ok;
}

/// A joint test by cr2 or cr3: the statistic's distribution is taken for Hotelling's T^2, whose degrees of freedom eta
/// match the total variance of the estimated covariance of the columns (Tipton and Pustejovsky 2015, "HTZ"):
/// F = (eta - q + 1) / (eta q) wald of q columns, on q and eta - q + 1 degrees. No more than 0 of these: too_few.
inline void set_hotelling_test(joint_test& joint, const regression_fit& fit, std::span<const std::size_t> columns,
                               double wald) {
    const auto& moments = fit.covariance.moments;
    const std::size_t k = moments.size, pairs = k * (k + 1) / 2, q = columns.size();
    joint.restrictions = q;
    joint.test.status = estimate_status::too_few;
    if (k == 0) return;
    std::vector<double> omega(q * q);
    const auto row = [&](std::size_t s) { return std::span(moments.factor).subspan(columns[s] * k, k); };
    for (std::size_t s = 0; s < q; ++s)
        for (std::size_t t = 0; t < q; ++t)
            for (std::size_t i = 0; i < k; ++i)
                for (std::size_t j = 0; j < k; ++j) omega[s * q + t] += row(s)[i] * moments.mean[i * k + j] * row(t)[j];
    const auto root = symmetric_eigen(omega, q).apply([](double x) { return x > 0 ? 1 / std::sqrt(x) : 0; });
    std::vector<double> c(q * k);  // of which the covariance's mean is the identity
    for (std::size_t s = 0; s < q; ++s)
        for (std::size_t t = 0; t < q; ++t)
            for (std::size_t i = 0; i < k; ++i) c[s * k + i] += root[s * q + t] * row(t)[i];
    double total = 0;
    std::vector<double> products(pairs);
    for (std::size_t s = 0; s < q; ++s)
        for (std::size_t t = 0; t < q; ++t) {
            for (std::size_t i = 0, at = 0; i < k; ++i)
                for (std::size_t j = 0; j <= i; ++j, ++at)
                    products[at] = i == j ? c[s * k + i] * c[t * k + i]
                                          : c[s * k + i] * c[t * k + j] + c[s * k + j] * c[t * k + i];
            for (std::size_t i = 0; i < pairs; ++i)
                for (std::size_t j = 0; j < pairs; ++j)
                    total += products[i] * products[j] * moments.covariance[i * pairs + j];
        }
    const auto restrictions = static_cast<double>(q);
    if (!(total > 0)) {  // lost to rounding: one cluster nearly determines a column
        joint.test.status = estimate_status::degenerate;
        return;
    }
    const double eta = restrictions * (restrictions + 1) / total, denominator = eta - restrictions + 1;
    if (!(denominator > 0)) return;
    const double most = static_cast<double>(fit.n) - static_cast<double>(fit.rank) -
                        (fit.absorbed ? fit.absorbed->degrees_of_freedom : 0);
    joint.test.statistic = denominator / (eta * restrictions) * wald;
    joint.test.degrees_of_freedom = std::min(denominator, most);
    joint.test.p_value = upper_f_p(*joint.test.statistic, restrictions, *joint.test.degrees_of_freedom);
    joint.test.status = estimate_status::ok;
}

}  // namespace detail

/// Wald's test that the coefficients of these columns are all 0, b' V^-1 b: divided by their number it is compared with
/// F where the fit's reference is student_t, else with chi-squared. With cr2 and cr3 F has degrees of freedom of its
/// own (HTZ; too_few where there are none). A name that comes twice counts once. Columns that are dependent are left
/// out; where V is singular, as with fewer clusters than columns, the test is `degenerate`. Throws
/// std::invalid_argument for a name that the fit does not have. Checked against R lmtest waldtest.
[[nodiscard]] inline joint_test wald_test(const regression_fit& fit, std::span<const std::string> names) {
    const bool by_f = fit.reference == reference_distribution::student_t;
    joint_test joint{
        .test = {.method = by_f ? "F" : "chi_squared", .n = fit.n, .n_missing = fit.n_missing, .status = fit.status}};
    std::vector<std::size_t> columns;
    for (const auto& name : names) {
        const std::size_t at = detail::column_named(fit, name, "wald_test");
        if (detail::find(fit.dependent, at) == fit.dependent.end() && detail::find(columns, at) == columns.end())
            columns.push_back(at);
    }
    if (fit.coefficients.empty()) return joint;
    joint.test.status = estimate_status::degenerate;
    if (!detail::has_inference(fit) || columns.empty()) return joint;
    const auto wald = detail::wald_statistic(fit, columns);
    if (!wald) return joint;
    const auto restrictions = static_cast<double>(columns.size());
    if (by_f && detail::adjusts_clusters(fit.covariance.kind)) {
        detail::set_hotelling_test(joint, fit, columns, *wald);
        return joint;
    }
    if (by_f) {
        detail::set_f_test(joint, fit, columns.size(), *wald / restrictions);
        return joint;
    }
    joint.restrictions = columns.size();
    joint.test.statistic = *wald;
    joint.test.p_value = boost::math::gamma_q(restrictions / 2, *wald / 2, detail::math_policy{});
    joint.test.degrees_of_freedom = restrictions;
    joint.test.status = estimate_status::ok;
    return joint;
}
[[nodiscard]] inline joint_test wald_test(const regression_fit& fit, std::initializer_list<std::string> names) {
    return wald_test(fit, std::span(names.begin(), names.size()));
}

/// Wald's test of all columns but the intercept, or the thresholds. Of a linear fit with a classical covariance it is
/// R^2 / (1 - R^2) times degrees of freedom, which loses no digits where columns are nearly dependent.
[[nodiscard]] inline joint_test overall_test(const regression_fit& fit) {
    std::vector<std::string> names = fit.names;
    std::erase(names, "(intercept)");
    names.resize(names.size() - fit.thresholds());
    joint_test joint = wald_test(fit, names);
    if (fit.family == regression_family::linear && !fit.absorbed && fit.r_squared && fit.rank > 0 &&
        fit.covariance.kind == covariance_kind::classical && joint.test.method == "F" && !names.empty()) {
        const bool intercept = names.size() < fit.names.size();
        const std::size_t restrictions = fit.rank - (intercept ? 1 : 0);
        if (restrictions == 0 || !(*fit.r_squared < 1)) return joint;
        detail::set_f_test(joint, fit, restrictions,
                           std::max(*fit.r_squared, 0.0) / (1 - *fit.r_squared) * fit.covariance.degrees_of_freedom /
                               static_cast<double>(restrictions));
    }
    return joint;
}

/// The response expected at given values of the columns.
struct prediction {
    estimate mean = {};                                ///< on the scale of the linear predictor, its interval from V
    std::optional<interval> prediction_interval = {};  ///< linear: where a new record's response lies, of weight 1

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(mean); }

    friend bool operator==(const prediction&, const prediction&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<prediction>) {
    return member_list(member{"mean", &prediction::mean},
                       member{"prediction_interval", &prediction::prediction_interval});
}

/// What a fit expects where its columns have these values: named ones, 1 for the intercept, 0 for all others (the bases
/// of categorical terms). A point that is no combination of the records' rows, where columns are dependent, is
/// `degenerate`: the records do not say what to expect there. For linear fits also where a single new record is
/// expected, by sqrt(x' V x + residual_sd^2). The variance is a sum of V's entries that cancel where columns lie far
/// from 0 beside their spread, of years say: it loses twice the digits of that ratio, so centre such columns. Throws
/// std::invalid_argument for a name that the fit does not have, and for a fit with absorbed effects, whose levels it
/// does not know. Checked against R predict.lm.
[[nodiscard]] inline prediction predict(const regression_fit& fit,
                                        std::span<const std::pair<std::string, double>> values) {
    detail::require(!fit.absorbed, "predict", "a fit without absorbed effects", "one with them");
    prediction result;
    result.mean = detail::estimate_without_value(fit);
    std::vector<double> x(fit.names.size());
    if (!fit.names.empty() && fit.names.front() == "(intercept)") x.front() = 1;
    for (const auto& [name, value] : values) x[detail::column_named(fit, name, "predict")] = value;
    if (fit.coefficients.empty()) return result;
    if (!detail::has_inference(fit)) {
        result.mean.status = fit.covariance.status;
        return result;
    }
    const auto mean = detail::combination_of(fit, x);
    result.mean = detail::estimate_with_value(fit, mean);
    if (fit.residual_sd && result.mean) {
        const double distance =
            detail::interval_reach(fit, mean.degrees_of_freedom) * std::hypot(mean.standard_error, *fit.residual_sd);
        result.prediction_interval = interval{mean.value.high - distance, mean.value.high + distance};
    }
    return result;
}
[[nodiscard]] inline prediction predict(const regression_fit& fit,
                                        std::initializer_list<std::pair<std::string, double>> values) {
    return predict(fit, std::span(values.begin(), values.size()));
}

}  // namespace compute_divide::inline v0_2

#endif
