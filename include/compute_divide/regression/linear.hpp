// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_LINEAR_HPP
#define COMPUTE_DIVIDE_REGRESSION_LINEAR_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/cluster_moments.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/adjusted_covariance.hpp>
#include <compute_divide/regression/detail/cross_products.hpp>
#include <compute_divide/regression/detail/double_double.hpp>
#include <compute_divide/regression/detail/fit_units.hpp>
#include <compute_divide/regression/detail/linear_scores.hpp>
#include <compute_divide/regression/detail/model_reader.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// Linear regression of records by least squares, its fitted values and residuals.
namespace compute_divide::inline v0_2 {

namespace detail {

/// Cross products of the columns about their means, from those about 0, with a column of ones first; 0 for the columns
/// that are left out.
[[nodiscard]] inline matrix about_means(const matrix& products, std::span<const double> means,
                                        std::span<const std::size_t> left_out) {
    matrix centred = products;
    const std::size_t p = means.size();
    for (std::size_t i = 0; i <= p; ++i)
        for (std::size_t j = 0; j <= p; ++j) {
            const double_double of_i = i < p ? means[i] : 0, of_j = j < p ? means[j] : 0;
            centred(i, j) -= of_i * products(0, j) + of_j * (products(i, 0) - of_i * products(0, 0));
        }
    for (const std::size_t k : left_out)
        for (std::size_t i = 0; i <= p; ++i) centred(i, k) = centred(k, i) = 0;
    return centred;
}

/// The covariance of records that a fit used, from another pass over them. Where there is an intercept, columns are
/// taken about their means, so that far origins (years and their squares) cost no digits.
template <class Records, class Model>
[[nodiscard]] coefficient_covariance robust_covariance_of_rows(model_reader<Records, Model>& reader, Records& records,
                                                               const matrix& products, bool intercept,
                                                               least_squares_fit squares, covariance_kind kind,
                                                               bool weighted, const regression_options& options,
                                                               std::string_view function) {
    std::vector<double> means(squares.p);
    if (intercept) {
        for (std::size_t j = 1; j < squares.p; ++j) means[j] = (products(0, j) / products(0, 0)).high;
        matrix centred = about_means(products, means, squares.dependent);
        static_cast<void>(sweep(centred));
        for (std::size_t j = 0; j < squares.p; ++j) squares.coefficients[j] = centred(j, squares.p).high;
        squares.factor = triangular_factor(centred, squares.p);
    }
    reader.restart();
    if (adjusts_clusters(kind)) {
        const std::size_t p = squares.p;
        cluster_moments sums(p, weighted);
        std::vector<double> x(p), z(p);
        reader.write_to(x.data());
        for (auto&& record : records) {
            if (!reader.read(record)) continue;
            double residual = reader.response() - reader.offset();
            for (std::size_t j = 0; j < p; ++j) residual -= squares.coefficients[j] * (x[j] -= means[j]);
            for (std::size_t j = 0; j < p; ++j) {
                z[j] = 0;
                for (std::size_t i = j; i < p; ++i) z[j] += squares.factor[i * p + j] * x[i];
            }
            sums.add(reader.clusters()[0], z, reader.weight(), residual);
        }
        require(reader.n() == squares.n, function, "the same records in each pass", reader.n());
        auto factor = squares.factor;
        for (std::size_t i = 1; i < p; ++i)
            for (std::size_t j = 0; j < p; ++j) factor[j] -= means[i] * factor[i * p + j];
        auto covariance = adjusted_covariance(sums, kind, factor, p, squares.n, squares.degrees_of_freedom);
        if (covariance && squares.status != estimate_status::ok) covariance.status = squares.status;
        return covariance;
    }
    linear_scores scores(squares, kind, reader.clusters().size(), means);
    std::vector<treated_clusters> treated(kind == covariance_kind::clustered ? reader.clusters().size() : 0,
                                          treated_clusters(squares.p));
    for (auto&& record : records) {
        reader.write_to(scores.row());
        if (!reader.read(record)) continue;
        for (std::size_t i = 0; i < treated.size(); ++i) treated[i].add(reader.columns(), reader.clusters()[i]);
        scores.next_row(reader.response() - reader.offset(), reader.weight(), reader.clusters());
    }
    require(reader.n() == squares.n, function, "the same records in each pass", reader.n());
    auto covariance = scores.covariance(options.correction, 0, options.repair,
                                        reader.label_sets().empty() ? nullptr : &reader.label_sets());
    if (covariance) covariance.few_treated = few_treated_of(treated, reader.label_sets());
    return covariance;
}

/// Sums of squares of y that differ from it in the 24th digit are known to few digits from sums about 0 (y = 1e14 with
/// a noise of 1): there they are taken anew, from each residual. A fit is exact where residuals are the rounding of y
/// and of the terms' parts in it.
template <class Records, class Model>
void take_squares_anew(model_reader<Records, Model>& reader, Records& records, const matrix& products, bool intercept,
                       least_squares_fit& fit) {
    const std::size_t p = fit.p;
    const double total = products(p, p).high;
    if (!(total > 0) || fit.rss > 0x1p-80 * total) return;
    std::vector<double> x(p);
    reader.write_to(x.data());
    reader.restart();
    double_double squares, about_mean;
    double rounding = 0;
    const double_double mean = intercept ? products(0, p) / products(0, 0) : 0;
    for (auto&& record : records) {
        if (!reader.read(record)) continue;
        const double y = reader.response() - reader.offset();
        double_double residual = y;
        double size = std::abs(y);
        for (std::size_t j = 0; j < p; ++j) {
            const double_double part = exact_product(fit.coefficients[j], x[j]);
            residual -= part;
            size = std::max(size, std::abs(part.high));
        }
        const double_double distance = double_double(y) - mean;
        squares += reader.weight() * (residual * residual);
        about_mean += reader.weight() * (distance * distance);
        rounding += reader.weight() * (size * 0x1p-50) * (size * 0x1p-50);
    }
    const auto beyond = [&](double_double sum) { return sum.high > rounding ? sum.high : 0; };
    const double rss = beyond(squares), scale = beyond(about_mean);
    const double errors = fit.rss > 0 || rss > 0 ? std::sqrt(rss / fit.degrees_of_freedom) : 0;
    fit.rss = rss;
    fit.residual_sd = errors;
    for (std::size_t j = 0; j < p; ++j) fit.standard_errors[j] = errors * std::sqrt(fit.unscaled_covariance[j * p + j]);
    fit.r_squared.reset();
    if (scale > 0) fit.r_squared = 1 - rss / scale;
}

/// value(y, offset + x b) of each record that a linear fit used, none of the others.
template <class Records, class Model, class Value>
[[nodiscard]] std::vector<std::optional<double>> of_each_record(Records& records, const Model& model,
                                                                const regression_fit& fit, std::string_view function,
                                                                const Value& value) {
    require(fit.family == regression_family::linear && !fit.absorbed, function, "a fit by fit_linear",
            fit.absorbed ? "one with absorbed effects" : name_of(fit.family));
    model_reader<Records, Model> reader(function, records, model);
    require(reader.names() == fit.names, function, "the terms of the fit", reader.names().size());
    std::vector<std::optional<double>> values;
    for (auto&& record : records) {
        values.emplace_back();
        if (!reader.read_row(record) || fit.coefficients.empty()) continue;
        double_double fitted = reader.offset();
        for (std::size_t j = 0; j < fit.coefficients.size(); ++j)
            fitted += exact_product(fit.coefficients[j], reader.columns()[j]);
        values.back() = value(reader.response(), fitted);
    }
    return values;
}

}  // namespace detail

/// Least squares of the response on the model's terms, y = x b + e, weighted where the model has weights: ordinary and
/// weighted least squares, with the covariance that the options ask for.
///
///   fit_linear(papers, model_of(&paper::citations).on(variable("year", &paper::year), categorical("venue",
///              &paper::venue)).clustered_by(&paper::venue), {.correction = cluster_correction::cr1})
///
/// Any range that can be read several times: vectors, or a file that is opened again (`begins_anew`). One pass for the
/// levels of categorical terms, one for the coefficients, one for a covariance that is not classical. Memory
/// O(p^2 + clusters p) of p columns whatever the number of records; time O(n p^2 + p^3), so that a categorical term of
/// hundreds of levels takes seconds: where its coefficients are not asked for, fit_fixed_effects absorbs it in O(n),
/// and gives those of the other terms. Sums have some 28 digits, so that coefficients and classical errors have all
/// those of a double (see `least_squares`).
///
/// An offset is taken from the response. Records of which anything is not known are counted in n_missing, those of
/// weight 0 left out. r_squared is about the mean where there is an intercept (none for a constant response), weighted;
/// residual_sd is sqrt(sum w e^2 / (n - rank)).
///
/// Not enough: no_data without a usable record, too_few for n <= p, both without coefficients. A column that is a
/// combination of those before it (a constant one, where there is an intercept) is `dependent`, and the fit degenerate:
/// that of the others. The covariance has no values and a status of its own where the fit is exact, such as of a
/// constant response, or where for hc2 and hc3 one record alone determines a coefficient (degenerate); with fewer than
/// 3 clusters (too_few; 2 for cr2 and cr3). A covariance by two kinds of clusters, or by several labels, that has a
/// negative eigenvalue is repaired unless options.repair is `none`.
///
/// With few clusters ask for cr2 or cr3: their degrees of freedom are Satterthwaite's, of each coefficient and
/// contrast, from the clusters that inform it (Pustejovsky and Tipton 2018), equal variances with weights being those
/// of sampling (as clubSandwich has it). Fewer than 20 clusters of kind `clustered`, a column that is so in fewer than
/// 6, or fewer than 4 degrees of freedom of cr2 and cr3, make estimates `few_clusters`: their intervals are not known
/// to cover.
///
/// Throws std::invalid_argument for weights below 0, values beyond 1e300, a base that is no level, a model without
/// columns, or with more than 2,000 (absorb the field of many levels), a clustered covariance without clusters, more
/// than two kinds of them, a level outside (0, 1), and records that differ from pass to pass. A model with effects does
/// not compile.
///
/// Checked against R 4.2 lm, sandwich 3.0 vcovHC and vcovCL, clubSandwich 0.5.8, lmtest, and NIST's certified values.
template <repeatable_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>> && detail::absorbs_nothing<Model>
[[nodiscard]] regression_fit fit_linear(Records&& records, const Model& model, const regression_options& options = {}) {
    constexpr std::string_view function = "fit_linear";
    detail::model_reader<std::remove_reference_t<Records>, Model> reader(function, records, model);
    const std::size_t p = reader.names().size();
    const auto kind = detail::covariance_asked_for(options, reader.clusters().size(), reader.shares_labels, function);
    detail::require(p > 0, function, "at least one term or an intercept", p);

    detail::cross_products sums(p + 1);
    bool weighted = false;
    for (auto&& record : records) {
        reader.write_to(sums.row());
        if (!reader.read(record)) continue;
        weighted = weighted || reader.weight() != 1;
        sums.row()[p] = reader.response() - reader.offset();
        sums.next_row(reader.weight());
    }
    // From here on all is in units of powers of two, that squares of tiny numbers are doubles; most often of 1.
    std::vector<int> units;
    const detail::matrix products = sums.sums(&units);
    reader.set_units(units);
    least_squares_fit squares;
    squares.n = reader.n();
    squares.n_missing = reader.n_missing();
    squares.p = p;
    std::vector<double> combinations;
    detail::solve(products, model.intercept, squares, {}, &combinations);
    if (!squares.coefficients.empty()) detail::take_squares_anew(reader, records, products, model.intercept, squares);

    regression_fit fit{.names = reader.names(),
                       .coefficients = squares.coefficients,
                       .covariance = detail::no_covariance(squares, kind),
                       .clusters = reader.cluster_counts(),
                       .reference = options.reference.value_or(reference_distribution::student_t),
                       .level = options.level,
                       .dependent = squares.dependent,
                       .combinations = std::move(combinations),
                       .n = squares.n,
                       .n_missing = squares.n_missing,
                       .rank = squares.rank,
                       .status = squares.status};
    if (squares.coefficients.empty()) return fit;
    fit.r_squared = squares.r_squared;
    fit.residual_sd = squares.residual_sd;
    if (squares.rss == 0)
        fit.covariance.status = estimate_status::degenerate;
    else if (kind == covariance_kind::classical)
        fit.covariance = detail::classical_covariance(squares);
    else
        fit.covariance = detail::robust_covariance_of_rows(reader, records, products, model.intercept, squares, kind,
                                                           weighted, options, function);
    detail::from_units(fit, units);
    return fit;
}
/// What does not fit; the last template argument in the compiler's message is the reason.
template <class Records, class Model, detail::reason Reason = detail::reason_against_linear_t<Records, Model>>
regression_fit fit_linear(Records&&, const Model&, const regression_options& = {}) = delete;
template <class Records, class Model, class Options, detail::reason Reason = detail::reason_against_options_t<Options>>
regression_fit fit_linear(Records&&, const Model&, const Options&) = delete;

/// offset + x b of each record that a linear fit used, of its records and model; none for those that were left out.
/// Throws std::invalid_argument for another model's fit.
template <repeatable_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>>
[[nodiscard]] std::vector<std::optional<double>> fitted_values(Records&& records, const Model& model,
                                                               const regression_fit& fit) {
    return detail::of_each_record(records, model, fit, "fitted_values",
                                  [](double, detail::double_double fitted) { return fitted.high; });
}

/// y less the fitted value, not weighted; otherwise the same.
template <repeatable_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>>
[[nodiscard]] std::vector<std::optional<double>> residuals(Records&& records, const Model& model,
                                                           const regression_fit& fit) {
    return detail::of_each_record(records, model, fit, "residuals", [](double response, detail::double_double fitted) {
        return (response - fitted).high;
    });
}

}  // namespace compute_divide::inline v0_2

#endif
