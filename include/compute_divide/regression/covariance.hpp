// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_COVARIANCE_HPP
#define COMPUTE_DIVIDE_REGRESSION_COVARIANCE_HPP

#include <algorithm>
#include <array>
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
#include <compute_divide/estimate.hpp>
#include <compute_divide/names.hpp>
#include <compute_divide/regression/least_squares.hpp>

/// Covariances of least-squares coefficients that allow for unequal variances, and for records that are not
/// independent:
///
///   V (sum_i a_i s_i s_i') V,   V = (X'WX)^-1,  s_i = w_i e_i x_i, summed within a cluster first where there are any
namespace compute_divide {

/// How the covariance of coefficients is estimated. h_i = w_i x_i V x_i' is a record's leverage.
enum class covariance_kind {
    classical,  ///< residual_sd^2 V: equal variances, independent records
    hc0,        ///< a_i = 1 (White 1980)
    hc1,        ///< n / (n - rank)
    hc2,        ///< 1 / (1 - h_i) (MacKinnon and White 1985)
    hc3,        ///< 1 / (1 - h_i)^2
    clustered   ///< sums over clusters (Liang and Zeger 1986), times a cluster_correction
};
[[nodiscard]] constexpr auto enumerators(covariance_kind) {
    using enum covariance_kind;
    return std::array{named<covariance_kind>{classical, "classical"},
                      named<covariance_kind>{hc0, "hc0"},
                      named<covariance_kind>{hc1, "hc1"},
                      named<covariance_kind>{hc2, "hc2"},
                      named<covariance_kind>{hc3, "hc3"},
                      named<covariance_kind>{clustered, "clustered"}};
}

/// What a clustered covariance of G clusters is multiplied by.
enum class cluster_correction {
    none,  ///< 1; R vcovCL(type = "HC0", cadjust = FALSE)
    cr1,   ///< G / (G - 1); R vcovCL(type = "HC0")
    stata  ///< G / (G - 1) (n - 1) / (n - rank); Stata, statsmodels, and R vcovCL's default
};
[[nodiscard]] constexpr auto enumerators(cluster_correction) {
    using enum cluster_correction;
    return std::array{named<cluster_correction>{none, "none"}, named<cluster_correction>{cr1, "cr1"},
                      named<cluster_correction>{stata, "stata"}};
}

/// The covariance of a fit's coefficients; 0 in the rows and columns of dependent ones.
struct coefficient_covariance {
    std::vector<double> values;                                ///< p x p by rows; empty where it could not be estimated
    std::size_t p = 0;                                         ///< coefficients
    covariance_kind kind = covariance_kind::classical;         ///< how it was estimated
    cluster_correction correction = cluster_correction::none;  ///< of a clustered one
    std::uint64_t n = 0;                                       ///< records used
    std::uint64_t clusters = 0;                                ///< of a clustered one
    double degrees_of_freedom = 0;                             ///< for t intervals: n - rank, or clusters - 1
    estimate_status status = estimate_status::no_data;         ///< that of the fit, or why there are no values

    [[nodiscard]] explicit operator bool() const { return status == estimate_status::ok; }

    [[nodiscard]] double operator()(std::size_t i, std::size_t j) const { return values[i * p + j]; }
    [[nodiscard]] double standard_error(std::size_t i) const { return std::sqrt((*this)(i, i)); }

    friend bool operator==(const coefficient_covariance&, const coefficient_covariance&) = default;
};

namespace detail {

/// Sums z z' where z = C's are the scores in the basis in which X'WX is the identity: nothing cancels there.
class sandwich_sum {
public:
    explicit sandwich_sum(const least_squares_fit& fit) : fit_(&fit), z_(fit.p), sum_(fit.p * fit.p) {}

    /// z of a row of columns for weight and residual 1; its squared length, times the weight, is the row's leverage.
    std::span<double> standardised(std::span<const double> columns) {
        for (std::size_t k = 0; k < z_.size(); ++k) {
            z_[k] = 0;
            for (std::size_t i = k; i < z_.size(); ++i) z_[k] += fit_->factor[i * z_.size() + k] * columns[i];
        }
        return z_;
    }
    void add(std::span<const double> z, double multiplier) {
        for (std::size_t i = 0; i < z.size(); ++i)
            for (std::size_t j = 0; j <= i; ++j) sum_[i * z.size() + j] += multiplier * (z[i] * z[j]);
    }
    /// multiplier C (sum z z') C'
    [[nodiscard]] std::vector<double> covariance(double multiplier) const {
        const std::size_t p = fit_->p;
        const auto& c = fit_->factor;
        std::vector<double> half(p * p), whole(p * p);
        for (std::size_t i = 0; i < p; ++i)
            for (std::size_t j = 0; j < p; ++j)
                for (std::size_t k = 0; k <= i; ++k)
                    half[i * p + j] += c[i * p + k] * sum_[k < j ? j * p + k : k * p + j];
        for (std::size_t i = 0; i < p; ++i)
            for (std::size_t j = 0; j < p; ++j) {
                for (std::size_t k = 0; k <= j; ++k) whole[i * p + j] += half[i * p + k] * c[j * p + k];
                whole[i * p + j] *= multiplier;
            }
        return whole;
    }

private:
    const least_squares_fit* fit_;
    std::vector<double> z_;
    std::vector<double> sum_;  // lower triangle
};

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

[[nodiscard]] inline coefficient_covariance no_covariance_yet(const least_squares_fit& fit, covariance_kind kind) {
    return {.values = {},
            .p = fit.p,
            .kind = kind,
            .n = fit.n,
            .degrees_of_freedom = fit.residual_degrees_of_freedom(),
            .status = fit.status};
}

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
    auto covariance = detail::no_covariance_yet(fit, kind);
    if (fit.coefficients.empty()) return covariance;
    if (kind == covariance_kind::classical) {
        covariance.values = fit.unscaled_covariance;
        for (double& value : covariance.values) value *= fit.residual_sd * fit.residual_sd;
        return covariance;
    }
    const bool by_leverage = kind == covariance_kind::hc2 || kind == covariance_kind::hc3;
    bool determined = true;
    detail::sandwich_sum sum(fit);
    detail::for_each_score(function, records, terms, response, weight, fit,
                           [&](const auto&, std::span<const double> columns, double score, double w) {
                               const auto z = sum.standardised(columns);
                               double multiplier = score * score;
                               if (by_leverage) {
                                   double leverage = 0;
                                   for (const double x : z) leverage += w * x * x;
                                   constexpr double rounding = 1e-10;
                                   determined = determined && 1 - leverage > rounding;
                                   multiplier /= 1 - leverage;
                                   if (kind == covariance_kind::hc3) multiplier /= 1 - leverage;
                               }
                               sum.add(z, multiplier);
                           });
    if (!determined) {
        covariance.status = estimate_status::degenerate;
        return covariance;
    }
    covariance.values =
        sum.covariance(kind == covariance_kind::hc1 ? static_cast<double>(fit.n) / covariance.degrees_of_freedom : 1);
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
    auto covariance = detail::no_covariance_yet(fit, covariance_kind::clustered);
    covariance.correction = correction;
    if (fit.coefficients.empty()) return covariance;

    detail::sandwich_sum sum(fit);
    detail::numbered_field<Records, Cluster> number_of{std::move(cluster)};
    std::vector<double> scores;  // p for each cluster
    detail::for_each_score(function, records, terms, response, weight, fit,
                           [&](const auto& record, std::span<const double> columns, double score, double) {
                               const auto number = number_of(record);
                               if (!number) detail::fail(function, "a cluster for each record", "none");
                               const std::size_t at = *number * fit.p;
                               if (at == scores.size()) scores.resize(at + fit.p);
                               const auto z = sum.standardised(columns);
                               for (std::size_t j = 0; j < fit.p; ++j) scores[at + j] += score * z[j];
                           });
    covariance.clusters = number_of.numbers.labels().size();
    const auto n_clusters = static_cast<double>(covariance.clusters);
    covariance.degrees_of_freedom = n_clusters - 1;
    if (covariance.clusters < 3) {
        covariance.status = estimate_status::too_few;
        return covariance;
    }
    for (std::size_t at = 0; at < scores.size(); at += fit.p) sum.add(std::span(scores).subspan(at, fit.p), 1);
    double multiplier = 1;
    if (correction != cluster_correction::none) multiplier *= n_clusters / (n_clusters - 1);
    if (correction == cluster_correction::stata)
        multiplier *= (static_cast<double>(fit.n) - 1) / fit.residual_degrees_of_freedom();
    covariance.values = sum.covariance(multiplier);
    return covariance;
}

}  // namespace compute_divide

#endif
