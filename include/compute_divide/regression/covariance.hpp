// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_COVARIANCE_HPP
#define COMPUTE_DIVIDE_REGRESSION_COVARIANCE_HPP

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

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/default_fields.hpp>
#include <compute_divide/regression/detail/linear_scores.hpp>
#include <compute_divide/regression/detail/model_reader.hpp>
#include <compute_divide/regression/least_squares.hpp>

/// Covariances of least-squares coefficients that allow for unequal variances, and for records that are not
/// independent:
///
///   V (sum_i a_i s_i s_i') V,   V = (X'WX)^-1,  s_i = w_i e_i x_i, summed within a cluster first where there are any
namespace compute_divide::inline v0_2 {

namespace detail {

/// Adds the rows that the fit used; label(record) gives the numbers of a row's clusters.
template <class Records, class Terms, class Response, class Weight, class Label>
void add_scores(std::string_view function, Records& records, const Terms& terms, const Response& response,
                const Weight& weight, const least_squares_fit& fit, linear_scores& scores, const Label& label) {
    const auto fields = as_tuple(terms);
    constexpr std::size_t n_terms = std::tuple_size_v<std::remove_const_t<decltype(fields)>>;
    require(fit.p == n_terms || fit.p == n_terms + 1, function, "the terms of the fit", n_terms);
    for (auto&& record : records) {
        const auto values = values_of(fields, record);
        const double y = as_double(std::invoke(response, record)), w = as_double(std::invoke(weight, record));
        if (!(w > 0) || !is_known(y) || !detail::all_of(values, is_known<double>)) continue;
        double* out = scores.row();
        if (fit.p > n_terms) *out++ = 1;
        detail::copy(values, out);
        scores.next_row(y, w, label(record));
    }
    require(scores.n() == fit.n, function, "the records of the fit", scores.n());
}

}  // namespace detail

/// The covariance of a fit's coefficients where records are independent and may differ in variance. Records, fields and
/// weight are those of the fit. For hc2 and hc3, a record of leverage 1 (it alone determines a coefficient) makes it
/// `degenerate`, without values. Throws std::invalid_argument for other records or terms than the fit's, and for
/// `clustered`. One pass, O(n p^2). Checked against R sandwich 3.0 vcovHC.
template <std::ranges::input_range Records, terms_of<Records> Terms, quantity_field_of<Records> Response,
          quantity_field_of<Records> Weight>
[[nodiscard]] coefficient_covariance robust_covariance(Records&& records, Terms terms, Response response, Weight weight,
                                                       const least_squares_fit& fit, covariance_kind kind) {
    constexpr std::string_view function = "robust_covariance";
    detail::require(!detail::of_clusters(kind), function, "a kind without clusters", name_of(kind));
    if (fit.coefficients.empty()) return detail::no_covariance(fit, kind);
    if (kind == covariance_kind::classical) return detail::classical_covariance(fit);
    detail::linear_scores scores(fit, kind, 0);
    detail::add_scores(function, records, terms, response, weight, fit, scores,
                       [](const auto&) { return std::span<const std::uint32_t>(); });
    return scores.covariance(cluster_correction::none);
}
/// The same of a fit with equal weights.
template <std::ranges::input_range Records, terms_of<Records> Terms, quantity_field_of<Records> Response>
[[nodiscard]] coefficient_covariance robust_covariance(Records&& records, Terms terms, Response response,
                                                       const least_squares_fit& fit, covariance_kind kind) {
    return robust_covariance(records, std::move(terms), std::move(response), detail::equal_weights{}, fit, kind);
}

/// The covariance of a fit's coefficients where only records of different clusters are independent, such as models of
/// different organisations. Fewer than 3 clusters: `too_few`. Throws std::invalid_argument for other records or terms
/// than the fit's, and where a record's cluster is not known: leave it out of the fit, or give it a cluster.
/// One pass, O(n p^2), memory O(clusters p). Checked against R sandwich 3.0 vcovCL.
template <std::ranges::input_range Records, terms_of<Records> Terms, quantity_field_of<Records> Response,
          cluster_field_of<Records> Cluster, quantity_field_of<Records> Weight>
[[nodiscard]] coefficient_covariance clustered_covariance(Records&& records, Terms terms, Response response,
                                                          Cluster cluster, Weight weight, const least_squares_fit& fit,
                                                          cluster_correction correction = cluster_correction::stata) {
    constexpr std::string_view function = "clustered_covariance";
    if (fit.coefficients.empty()) {
        auto covariance = detail::no_covariance(fit, covariance_kind::clustered);
        covariance.correction = correction;
        return covariance;
    }
    detail::linear_scores scores(fit, covariance_kind::clustered, 1);
    std::uint32_t number = 0;
    if constexpr (has_several_labels<Cluster, Records>) {
        detail::cluster_numbers<Records, Cluster> labels_of(std::move(cluster));
        detail::label_set_numbers sets;
        detail::add_scores(function, records, terms, response, weight, fit, scores, [&](const auto& record) {
            number = sets(labels_of(record));
            return std::span<const std::uint32_t>(&number, 1);
        });
        return scores.covariance(correction, 0, covariance_repair::eigenvalues_to_zero, &sets.sets());
    } else {
        detail::numbered_field<Records, Cluster> number_of{std::move(cluster)};
        detail::add_scores(function, records, terms, response, weight, fit, scores, [&](const auto& record) {
            const auto found = number_of(record);
            if (!found) detail::fail(function, "a cluster for each record", "none");
            number = *found;
            return std::span<const std::uint32_t>(&number, 1);
        });
        return scores.covariance(correction);
    }
}
/// The same of a fit with equal weights.
template <std::ranges::input_range Records, terms_of<Records> Terms, quantity_field_of<Records> Response,
          cluster_field_of<Records> Cluster>
[[nodiscard]] coefficient_covariance clustered_covariance(Records&& records, Terms terms, Response response,
                                                          Cluster cluster, const least_squares_fit& fit,
                                                          cluster_correction correction = cluster_correction::stata) {
    return clustered_covariance(records, std::move(terms), std::move(response), std::move(cluster),
                                detail::equal_weights{}, fit, correction);
}

}  // namespace compute_divide::inline v0_2

#endif
