// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_COVARIANCE_HPP
#define COMPUTE_DIVIDE_REGRESSION_COVARIANCE_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/score_products.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/names.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/least_squares.hpp>

/// Covariances of least-squares coefficients that allow for unequal variances, and for records that are not
/// independent:
///
///   V (sum_i a_i s_i s_i') V,   V = (X'WX)^-1,  s_i = w_i e_i x_i, summed within a cluster first where there are any
namespace compute_divide {

namespace detail {

/// z = x C, of a row's columns x: in this basis X'WX is the identity, so w z z' is the row's leverage.
inline void standardise(std::span<const double> factor, std::span<const double> columns, std::span<double> z) {
    for (std::size_t k = 0; k < z.size(); ++k) {
        z[k] = 0;
        for (std::size_t i = k; i < z.size(); ++i) z[k] += factor[i * z.size() + k] * columns[i];
    }
}

/// Calls visit(record, columns, w e, w) for each record that the fit used.
template <class Records, class Terms, class Response, class Weight, class Visit>
void for_each_score(std::string_view function, Records& records, const Terms& terms, const Response& response,
                    const Weight& weight, const least_squares_fit& fit, const Visit& visit) {
    const auto fields = as_tuple(terms);
    constexpr std::size_t n_terms = std::tuple_size_v<std::remove_const_t<decltype(fields)>>;
    require(fit.p == n_terms || fit.p == n_terms + 1, function, "the terms of the fit", n_terms);
    std::vector<double> columns(fit.p, 1.0);
    std::uint64_t n = 0;
    for (auto&& record : records) {
        const auto values = values_of(fields, record);
        const double y = as_double(std::invoke(response, record)), w = as_double(std::invoke(weight, record));
        if (!(w > 0) || !is_known(y) || !std::ranges::all_of(values, is_known<double>)) continue;
        std::ranges::copy(values, columns.end() - n_terms);
        double residual = y;
        for (std::size_t j = 0; j < fit.p; ++j) residual -= fit.coefficients[j] * columns[j];
        visit(record, columns, w * residual, w);
        ++n;
    }
    require(n == fit.n, function, "the records of the fit", n);
}

/// Without values: those of a fit that has none.
[[nodiscard]] inline coefficient_covariance no_covariance(const least_squares_fit& fit, covariance_kind kind) {
    return {.values = {},
            .p = fit.p,
            .kind = kind,
            .n = fit.n,
            .degrees_of_freedom = fit.residual_degrees_of_freedom(),
            .status = fit.status};
}

/// residual_sd^2 (X'WX)^-1
[[nodiscard]] inline coefficient_covariance classical_covariance(const least_squares_fit& fit) {
    auto covariance = no_covariance(fit, covariance_kind::classical);
    covariance.values = fit.unscaled_covariance;
    for (double& value : covariance.values) value *= fit.residual_sd * fit.residual_sd;
    return covariance;
}

/// What is left of a record's variance, 1 - leverage, hc2 and hc3 divide by. At rounding, the record alone determines
/// a coefficient.
inline constexpr double smallest_free_share = 1e-10;

}  // namespace detail

/// The covariance of a fit's coefficients where records are independent and may differ in variance. Records, fields and
/// weight are those of the fit. For hc2 and hc3, a record of leverage 1 (it alone determines a coefficient) makes it
/// `degenerate`, without values. Throws std::invalid_argument for other records or terms than the fit's, and for
/// `clustered`. One pass, O(n p^2). Checked against R sandwich 3.0 vcovHC.
template <std::ranges::input_range Records, terms_of<Records> Terms, quantity_field_of<Records> Response,
          class Weight = detail::equal_weights>
requires quantity_field_of<Weight, Records>
[[nodiscard]] coefficient_covariance robust_covariance(Records&& records, Terms terms, Response response,
                                                       const least_squares_fit& fit, covariance_kind kind,
                                                       Weight weight = {}) {
    constexpr std::string_view function = "robust_covariance";
    detail::require(kind != covariance_kind::clustered, function, "a kind without clusters", name_of(kind));
    if (fit.coefficients.empty()) return detail::no_covariance(fit, kind);
    if (kind == covariance_kind::classical) return detail::classical_covariance(fit);
    const bool by_leverage = kind == covariance_kind::hc2 || kind == covariance_kind::hc3;
    bool determined = true;
    detail::score_products sums(fit.p, 0);
    std::vector<double> z(fit.p);
    detail::for_each_score(function, records, terms, response, weight, fit,
                           [&](const auto&, std::span<const double> columns, double score, double w) {
                               detail::standardise(fit.factor, columns, z);
                               if (by_leverage) {
                                   double leverage = 0;
                                   for (const double x : z) leverage += w * x * x;
                                   determined = determined && 1 - leverage > detail::smallest_free_share;
                                   score /= kind == covariance_kind::hc2 ? std::sqrt(1 - leverage) : 1 - leverage;
                               }
                               for (double& x : z) x *= score;
                               sums.add(z);
                           });
    if (!determined) {
        auto covariance = detail::no_covariance(fit, kind);
        covariance.status = estimate_status::degenerate;
        return covariance;
    }
    auto covariance = sums.covariance(fit.factor, kind, cluster_correction::none, fit.n, fit.rank);
    covariance.status = fit.status;
    return covariance;
}

/// The covariance of a fit's coefficients where only records of different clusters are independent, such as models of
/// different organisations. Fewer than 3 clusters: `too_few`. Throws std::invalid_argument for other records or terms
/// than the fit's, and where a record's cluster is not known: leave it out of the fit, or give it a cluster.
/// One pass, O(n p^2), memory O(clusters p). Checked against R sandwich 3.0 vcovCL.
template <std::ranges::input_range Records, terms_of<Records> Terms, quantity_field_of<Records> Response,
          label_field_of<Records> Cluster, class Weight = detail::equal_weights>
requires quantity_field_of<Weight, Records>
[[nodiscard]] coefficient_covariance clustered_covariance(Records&& records, Terms terms, Response response,
                                                          Cluster cluster, const least_squares_fit& fit,
                                                          cluster_correction correction = cluster_correction::stata,
                                                          Weight weight = {}) {
    constexpr std::string_view function = "clustered_covariance";
    if (fit.coefficients.empty()) {
        auto covariance = detail::no_covariance(fit, covariance_kind::clustered);
        covariance.correction = correction;
        return covariance;
    }
    detail::score_products sums(fit.p, 1);
    detail::numbered_field<Records, Cluster> number_of{std::move(cluster)};
    std::vector<double> z(fit.p);
    detail::for_each_score(function, records, terms, response, weight, fit,
                           [&](const auto& record, std::span<const double> columns, double score, double) {
                               const auto number = number_of(record);
                               if (!number) detail::fail(function, "a cluster for each record", "none");
                               detail::standardise(fit.factor, columns, z);
                               for (double& x : z) x *= score;
                               sums.add(z, {&*number, 1});
                           });
    auto covariance = sums.covariance(fit.factor, covariance_kind::clustered, correction, fit.n, fit.rank);
    if (covariance) covariance.status = fit.status;
    return covariance;
}

}  // namespace compute_divide

#endif
