// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_TREND_OPTIONS_HPP
#define COMPUTE_DIVIDE_TRENDS_TREND_OPTIONS_HPP

#include <array>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/trends/growth.hpp>

/// What an interval of a fitted trend is made of. Every choice is made when the interval is asked for, so that one fit
/// gives them all.
namespace compute_divide {

/// Where the interval of a trend comes from. The first four are estimate +- quantile * standard error.
enum class trend_interval {
    classical,             ///< independent errors of one variance
    hc1,                   ///< any variances, times n / (n - p) (MacKinnon and White, 1985); p: 2 a line
    hc3,                   ///< any variances, residuals over 1 - leverage (MacKinnon and White, 1985)
    clustered,             ///< errors that depend on each other within a cluster (Liang and Zeger, 1986)
    bootstrap_percentile,  ///< see statistics/bootstrap.hpp
    bootstrap_basic,
    bootstrap_bca,
    /// Percentiles, each log10 drawn having noise uniform in +-log10(2), "a factor of 2", added to it; resamples of 2
    /// distinct records or fewer are skipped (Sevilla et al., 2022).
    sevilla_bootstrap
};
[[nodiscard]] constexpr auto enumerators(trend_interval) {
    using enum trend_interval;
    return std::array{named<trend_interval>{classical, "classical"},
                      named<trend_interval>{hc1, "hc1"},
                      named<trend_interval>{hc3, "hc3"},
                      named<trend_interval>{clustered, "clustered"},
                      named<trend_interval>{bootstrap_percentile, "bootstrap_percentile"},
                      named<trend_interval>{bootstrap_basic, "bootstrap_basic"},
                      named<trend_interval>{bootstrap_bca, "bootstrap_bca"},
                      named<trend_interval>{sevilla_bootstrap, "sevilla_bootstrap"}};
}

/// Whether groups have one residual variance where the interval is `classical`.
enum class residual_variance { pooled, separate };
[[nodiscard]] constexpr auto enumerators(residual_variance) {
    using enum residual_variance;
    return std::array{named<residual_variance>{pooled, "pooled"}, named<residual_variance>{separate, "separate"}};
}

struct trend_options {
    trend_interval interval = trend_interval::classical;
    double level = 0.95;
    derived_interval derived = derived_interval::fieller;
    growth_units units = {};
    /// Degrees of freedom n - p; of `clustered` clusters - 1; of `separate` variances Welch's.
    reference_distribution reference = reference_distribution::student_t;
    cluster_correction correction = cluster_correction::stata;
    residual_variance variance = residual_variance::pooled;         ///< of comparisons only
    bootstrap_resampling resampling = bootstrap_resampling::pairs;  ///< of the bootstraps
    bootstrap_options bootstrap = {};
};

}  // namespace compute_divide

#endif
