// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_COEFFICIENT_COVARIANCE_HPP
#define COMPUTE_DIVIDE_REGRESSION_COEFFICIENT_COVARIANCE_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>

/// The covariance of a regression's coefficients, and by what rule it was estimated.
namespace compute_divide::inline v0_2 {

/// How the covariance of coefficients is estimated. h_i = w_i x_i V x_i' is a record's leverage.
enum class covariance_kind {
    classical,  ///< residual_sd^2 V: equal variances, independent records
    hc0,        ///< a_i = 1 (White 1980)
    hc1,        ///< n / (n - rank)
    hc2,        ///< 1 / (1 - h_i) (MacKinnon and White 1985)
    hc3,        ///< 1 / (1 - h_i)^2
    clustered,  ///< sums over clusters (Liang and Zeger 1986), times a cluster_correction: CR1
    cr2,  ///< of clusters, their residuals times (1 - H)^-1/2: unbiased where variances are equal (Bell, McCaffrey)
    cr3   ///< of clusters, their residuals times (1 - H)^-1: the jackknife by clusters
};
[[nodiscard]] constexpr auto enumerators(covariance_kind) {
    using enum covariance_kind;
    return std::array{named<covariance_kind>{classical, "classical"}, named<covariance_kind>{hc0, "hc0", "HC0"},
                      named<covariance_kind>{hc1, "hc1", "HC1"},      named<covariance_kind>{hc2, "hc2", "HC2"},
                      named<covariance_kind>{hc3, "hc3", "HC3"},      named<covariance_kind>{clustered, "clustered"},
                      named<covariance_kind>{cr2, "cr2", "CR2"},      named<covariance_kind>{cr3, "cr3", "CR3"}};
}

namespace detail {

/// Fewer clusters than these, and a covariance of kind `clustered` is known to be too small.
inline constexpr std::uint64_t enough_clusters = 20;
/// Fewer records than these, and covariances of kinds hc0 and hc1 are (Long and Ervin 2000, The American Statistician
/// 54:217; docs/coverage.md).
inline constexpr std::uint64_t enough_records = 30;

/// Kinds that are of clusters.
[[nodiscard]] constexpr bool of_clusters(covariance_kind kind) {
    return kind == covariance_kind::clustered || kind == covariance_kind::cr2 || kind == covariance_kind::cr3;
}
/// Kinds that come with Satterthwaite's degrees of freedom.
[[nodiscard]] constexpr bool adjusts_clusters(covariance_kind kind) {
    return kind == covariance_kind::cr2 || kind == covariance_kind::cr3;
}

}  // namespace detail

/// What a covariance of kind `clustered` of G clusters is multiplied by; cr2 and cr3 need none. Stata's is its own for
/// linear models alone: for maximum likelihood it multiplies by G / (G - 1), which is `cr1`. Where records have several
/// labels, G is `coefficient_covariance::clusters` (no theorem says so; none is Aronow, Samii and Assenova's). With
/// clusters of two kinds it has three parts, A + B - AB (Cameron, Gelbach and Miller 2011), each with a number of
/// clusters of its own.
enum class cluster_correction {
    none,         ///< 1; R vcovCL(type = "HC0", cadjust = FALSE)
    cr1,          ///< G / (G - 1); R vcovCL(type = "HC0")
    stata,        ///< G / (G - 1) (n - 1) / (n - k) of k parameters; Stata's regress, statsmodels, R vcovCL of lm
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
    none                  ///< left as it is; `degenerate` where a variance is negative, as combinations of one are
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

/// What Satterthwaite's degrees of freedom of any contrast follow from: the mean and covariance of the estimated
/// covariance V itself, were all records independent and of equal variance. They are of V in a basis of `size` columns
/// in which X'WX is the identity, so that no digits are lost to columns far from 0. Of more than 16 columns nothing is
/// kept, and a contrast takes the fewest degrees of freedom of its coefficients.
struct covariance_moments {
    std::size_t size = 0;                 ///< k; 0 where none are kept
    std::vector<double> factor = {};      ///< p x k by rows: a contrast c of coefficients is factor' c in the basis
    std::vector<double> mean = {};        ///< k x k by rows: E(V)
    std::vector<double> covariance = {};  ///< of V's elements i >= j, k (k + 1) / 2 squared, by rows

    friend bool operator==(const covariance_moments&, const covariance_moments&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<covariance_moments>) {
    return member_list(member{"size", &covariance_moments::size}, member{"factor", &covariance_moments::factor},
                       member{"mean", &covariance_moments::mean},
                       member{"covariance", &covariance_moments::covariance});
}

/// The covariance of a fit's coefficients; 0 in the rows and columns of dependent ones.
struct coefficient_covariance {
    std::vector<double> values = {};  ///< p x p by rows; empty where it could not be estimated
    /// Where variances are far beyond doubles: of each coefficient, the power of two in whose unit `values` and
    /// `moments` have it; else empty.
    std::vector<int> exponents = {};
    std::size_t p = 0;                                         ///< coefficients
    covariance_kind kind = covariance_kind::classical;         ///< how it was estimated
    cluster_correction correction = cluster_correction::none;  ///< of a clustered one
    std::uint64_t n = 0;                                       ///< records used
    /// Of one by clusters; of two kinds, the fewer. Of several labels a record, how many clusters of one size their
    /// records are worth, effective_clusters rounded down: labels that come beside one of a few count as these few.
    std::uint64_t clusters = 0;
    bool shared_labels = false;  ///< records depend where they share any of several labels
    bool repaired = false;       ///< negative eigenvalues were set to 0
    bool rows_scaled = false;    ///< cr2 of rows scaled by the root of their weight, or by their standard deviation
    /// Clusters of one size that these are worth, n^2 over the pairs of records that share one (Kish 1965); of two
    /// kinds of clusters, the fewer. With S the matrix of which records share one, it is Satterthwaite's number,
    /// (tr S)^2 / tr(S S), of the variance of a mean of independent errors. 0: not known.
    double effective_clusters = 0;
    double degrees_of_freedom = 0;        ///< for t: n - k, of clusters at most clusters - 1; the fewest of several
    std::vector<double> degrees_of = {};  ///< cr2, cr3: Satterthwaite's of each coefficient; else none
    covariance_moments moments = {};      ///< cr2, cr3: what those of contrasts follow from
    /// The columns that are yes or no, and so in fewer than 6 clusters, or not so in fewer than 6: the covariance by
    /// `clustered` is then far too small.
    std::vector<std::size_t> few_treated = {};
    /// That of the fit, or why there are no values; few_clusters: there are, but clusters_are_few() or
    /// records_are_few().
    estimate_status status = estimate_status::no_data;

    /// Whether there are values.
    [[nodiscard]] explicit operator bool() const { return has_value(status); }

    /// Whether it is by a number of clusters that is known to make it too small: fewer than 20, or worth fewer than
    /// 20 of one size (Carter, Schnepel and Steigerwald 2017).
    [[nodiscard]] bool clusters_are_few() const {
        if (kind != covariance_kind::clustered) return false;
        constexpr auto least = static_cast<double>(detail::enough_clusters);
        return clusters < detail::enough_clusters || (effective_clusters > 0 && effective_clusters < least - 1e-9);
    }
    /// Whether it is hc0 or hc1 of fewer records than are known to be enough, 30.
    [[nodiscard]] bool records_are_few() const {
        return (kind == covariance_kind::hc0 || kind == covariance_kind::hc1) && n < detail::enough_records;
    }

    /// The covariance of two coefficients, as far as it is a double; standard errors are so in any case.
    [[nodiscard]] double operator()(std::size_t i, std::size_t j) const {
        return exponents.empty() ? values[i * p + j] : std::ldexp(values[i * p + j], exponents[i] + exponents[j]);
    }
    /// The standard error of a coefficient.
    [[nodiscard]] double standard_error(std::size_t i) const {
        const double error = std::sqrt(values[i * p + i]);
        return exponents.empty() ? error : std::ldexp(error, exponents[i]);
    }

    friend bool operator==(const coefficient_covariance&, const coefficient_covariance&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<coefficient_covariance>) {
    return member_list(
        member{"values", &coefficient_covariance::values}, member{"exponents", &coefficient_covariance::exponents},
        member{"p", &coefficient_covariance::p}, member{"kind", &coefficient_covariance::kind},
        member{"correction", &coefficient_covariance::correction}, member{"n", &coefficient_covariance::n},
        member{"clusters", &coefficient_covariance::clusters},
        member{"shared_labels", &coefficient_covariance::shared_labels},
        member{"repaired", &coefficient_covariance::repaired},
        member{"rows_scaled", &coefficient_covariance::rows_scaled},
        member{"effective_clusters", &coefficient_covariance::effective_clusters},
        member{"degrees_of_freedom", &coefficient_covariance::degrees_of_freedom},
        member{"degrees_of", &coefficient_covariance::degrees_of}, member{"moments", &coefficient_covariance::moments},
        member{"few_treated", &coefficient_covariance::few_treated}, member{"status", &coefficient_covariance::status});
}

}  // namespace compute_divide::inline v0_2

#endif
