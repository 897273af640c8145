// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_COEFFICIENT_COVARIANCE_HPP
#define COMPUTE_DIVIDE_REGRESSION_COEFFICIENT_COVARIANCE_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>

/// The covariance of a regression's coefficients, and by what rule it was estimated.
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
    return std::array{named<covariance_kind>{classical, "classical"}, named<covariance_kind>{hc0, "hc0", "HC0"},
                      named<covariance_kind>{hc1, "hc1", "HC1"},      named<covariance_kind>{hc2, "hc2", "HC2"},
                      named<covariance_kind>{hc3, "hc3", "HC3"},      named<covariance_kind>{clustered, "clustered"}};
}

/// What a clustered covariance of G clusters is multiplied by. With clusters of two kinds it has three parts, A + B -
/// AB (Cameron, Gelbach and Miller 2011), each with a number of clusters of its own.
enum class cluster_correction {
    none,         ///< 1; R vcovCL(type = "HC0", cadjust = FALSE)
    cr1,          ///< G / (G - 1); R vcovCL(type = "HC0")
    stata,        ///< G / (G - 1) (n - 1) / (n - k) of k parameters; Stata, statsmodels, and R vcovCL's default
    min_clusters  ///< the same with the smallest G in all three parts; fixest, reghdfe
};
[[nodiscard]] constexpr auto enumerators(cluster_correction) {
    using enum cluster_correction;
    return std::array{named<cluster_correction>{none, "none"}, named<cluster_correction>{cr1, "cr1", "CR1"},
                      named<cluster_correction>{stata, "stata", "Stata"},
                      named<cluster_correction>{min_clusters, "min_clusters", "the smallest number of clusters"}};
}

namespace detail {

/// What a correction multiplies by for n records, k parameters and these clusters.
[[nodiscard]] inline double cluster_multiplier(cluster_correction correction, double clusters, double n, double k) {
    if (correction == cluster_correction::none) return 1;
    const double multiplier = clusters / (clusters - 1);
    return correction == cluster_correction::cr1 ? multiplier : multiplier * (n - 1) / (n - k);
}

}  // namespace detail

/// What is done with a covariance that has a negative eigenvalue, as clusters of two kinds or of several labels may
/// give: such a matrix has combinations of coefficients of negative variance, and is no covariance.
enum class covariance_repair {
    eigenvalues_to_zero,  ///< the nearest that is one (Cameron, Gelbach and Miller 2011); the result says so
    none                  ///< it is `degenerate`, without values
};
[[nodiscard]] constexpr auto enumerators(covariance_repair) {
    using enum covariance_repair;
    return std::array{
        named<covariance_repair>{eigenvalues_to_zero, "eigenvalues_to_zero", "negative eigenvalues set to 0"},
        named<covariance_repair>{none, "none"}};
}

/// What a coefficient over its standard error is compared with.
enum class reference_distribution {
    student_t,       ///< with the covariance's degrees of freedom
    standard_normal  ///< whatever the number of records
};
[[nodiscard]] constexpr auto enumerators(reference_distribution) {
    using enum reference_distribution;
    return std::array{named<reference_distribution>{student_t, "student_t", "Student's t"},
                      named<reference_distribution>{standard_normal, "standard_normal", "standard normal"}};
}

/// The covariance of a fit's coefficients; 0 in the rows and columns of dependent ones.
struct coefficient_covariance {
    std::vector<double> values = {};                           ///< p x p by rows; empty where it could not be estimated
    std::size_t p = 0;                                         ///< coefficients
    covariance_kind kind = covariance_kind::classical;         ///< how it was estimated
    cluster_correction correction = cluster_correction::none;  ///< of a clustered one
    std::uint64_t n = 0;                                       ///< records used
    std::uint64_t clusters = 0;                                ///< of a clustered one; of two kinds, the fewer
    double degrees_of_freedom = 0;                             ///< for t intervals: n - k, or clusters - 1
    estimate_status status = estimate_status::no_data;         ///< that of the fit, or why there are no values

    [[nodiscard]] explicit operator bool() const { return status == estimate_status::ok; }

    [[nodiscard]] double operator()(std::size_t i, std::size_t j) const { return values[i * p + j]; }
    [[nodiscard]] double standard_error(std::size_t i) const { return std::sqrt((*this)(i, i)); }

    friend bool operator==(const coefficient_covariance&, const coefficient_covariance&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<coefficient_covariance>) {
    return std::tuple{member{"values", &coefficient_covariance::values},
                      member{"p", &coefficient_covariance::p},
                      member{"kind", &coefficient_covariance::kind},
                      member{"correction", &coefficient_covariance::correction},
                      member{"n", &coefficient_covariance::n},
                      member{"clusters", &coefficient_covariance::clusters},
                      member{"degrees_of_freedom", &coefficient_covariance::degrees_of_freedom},
                      member{"status", &coefficient_covariance::status}};
}

}  // namespace compute_divide

#endif
