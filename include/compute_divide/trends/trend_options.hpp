// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_TREND_OPTIONS_HPP
#define COMPUTE_DIVIDE_TRENDS_TREND_OPTIONS_HPP

#include <array>
#include <optional>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/trends/detail/method_names.hpp>
#include <compute_divide/trends/growth.hpp>

/// What an interval of a fitted trend is made of. Every choice is made when the interval is asked for, so that one fit
/// gives them all.
namespace compute_divide::inline v0_2 {

/// Where the interval of a trend comes from: one choice, and one name on a command line, for every covariance_kind of
/// regression (estimate +- quantile * standard error) and every bootstrap_interval.
enum class trend_interval {
    classical,  ///< independent errors of one variance
    hc0,        ///< any variances (White, 1980); of fewer than 30 records few_clusters, as hc1
    hc1,        ///< the same, times n / (n - p) (MacKinnon and White, 1985); p: 2 a line
    hc2,        ///< squared residuals over 1 - leverage (MacKinnon and White, 1985)
    hc3,        ///< residuals over 1 - leverage (MacKinnon and White, 1985)
    /// Errors that depend on each other within a cluster (Liang and Zeger, 1986), or where records have several labels,
    /// wherever two share any (Aronow, Samii and Assenova, 2015): {Google} and {Google, Stanford} do. t with as many
    /// degrees of freedom as clusters, or labels, less 1. Too narrow where clusters are few or a few are large: the
    /// status is few_clusters below 20 in any group that it is about, or where they are worth fewer than 20 of equal
    /// weight (Carter, Schnepel and Steigerwald, 2017).
    clustered,
    /// Of clusters, their residuals times (1 - H)^-1/2, with Satterthwaite's degrees of freedom of each contrast (Bell
    /// and McCaffrey, 2002; Pustejovsky and Tipton, 2018): the one to take where clusters are few or uneven. Fewer than
    /// 4 of these degrees of freedom: few_clusters (Tipton, 2015). Records have one label.
    cr2,
    cr3,                   ///< the same, times (1 - H)^-1: the jackknife by clusters, wider
    bootstrap_percentile,  ///< see statistics/bootstrap.hpp
    bootstrap_basic,
    bootstrap_bca,
    /// Percentiles, each log10 drawn having noise uniform in +-log10(2), "a factor of 2", added to it; resamples of 2
    /// distinct records or fewer are skipped (Sevilla et al., 2022).
    sevilla_bootstrap
};
[[nodiscard]] constexpr auto enumerators(trend_interval) {
    using enum trend_interval;
    constexpr auto bootstrap_name = [](bootstrap_interval kind) { return detail::prefixed_name<"bootstrap_">(kind); };
    return std::array{named<trend_interval>{classical, name_of(covariance_kind::classical)},
                      named<trend_interval>{hc0, name_of(covariance_kind::hc0)},
                      named<trend_interval>{hc1, name_of(covariance_kind::hc1)},
                      named<trend_interval>{hc2, name_of(covariance_kind::hc2)},
                      named<trend_interval>{hc3, name_of(covariance_kind::hc3)},
                      named<trend_interval>{clustered, name_of(covariance_kind::clustered)},
                      named<trend_interval>{cr2, "cr2", "CR2"},
                      named<trend_interval>{cr3, "cr3", "CR3"},
                      named<trend_interval>{bootstrap_percentile, bootstrap_name(bootstrap_interval::percentile)},
                      named<trend_interval>{bootstrap_basic, bootstrap_name(bootstrap_interval::basic)},
                      named<trend_interval>{bootstrap_bca, bootstrap_name(bootstrap_interval::bca)},
                      named<trend_interval>{sevilla_bootstrap, "sevilla_bootstrap"}};
}

/// The covariance whose standard errors make the interval; nothing for the bootstraps.
[[nodiscard]] constexpr std::optional<covariance_kind> covariance_of(trend_interval interval) {
    for (const auto& [kind, name, description] : enumerators(covariance_kind{}))
        if (name == name_of(interval)) return kind;
    return std::nullopt;
}

/// How the interval is read off the replicates; nothing for those by standard error.
[[nodiscard]] constexpr std::optional<bootstrap_interval> bootstrap_interval_of(trend_interval interval) {
    if (interval == trend_interval::sevilla_bootstrap) return bootstrap_interval::percentile;
    for (const auto& [kind, name, description] : enumerators(bootstrap_interval{}))
        if (detail::prefixed_name<"bootstrap_">(kind) == name_of(interval)) return kind;
    return std::nullopt;
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
    /// Degrees of freedom n - p; of `clustered` clusters - 1; of cr2, cr3 Satterthwaite's; of `separate` variances
    /// Welch's.
    reference_distribution reference = reference_distribution::student_t;
    /// Of `clustered`: n records, p parameters and G clusters of the groups that it is about. Where records have
    /// several labels, G is the number of labels: L / (L - 1) (n - 1) / (n - p) by default, for which no theorem is.
    cluster_correction correction = cluster_correction::stata;
    /// Of `clustered` where records have several labels, which may give variances below 0. The method says where it was
    /// done.
    covariance_repair repair = covariance_repair::eigenvalues_to_zero;
    residual_variance variance = residual_variance::pooled;         ///< of comparisons, where `classical`
    bootstrap_resampling resampling = bootstrap_resampling::pairs;  ///< of the bootstraps
    bootstrap_options bootstrap = {};
};

}  // namespace compute_divide::inline v0_2

#endif
