// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_CLUSTERED_SHARE_HPP
#define COMPUTE_DIVIDE_STATISTICS_CLUSTERED_SHARE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <tuple>
#include <type_traits>

#include <compute_divide/detail/beta_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/proportion.hpp>

/// Shares of records that depend on each other (models of one organisation, institutions of one paper) or that are
/// weighted: their variance is measured from the sums within clusters, and goes into an interval for proportions as an
/// effective number of records.
namespace compute_divide {

/// The interval of a share whose variance v has been measured with d degrees of freedom, t the quantile of Student's t
/// with d. n_eff = p (1 - p) / v; Korn and Graubard's number is n_eff (t_{n-1} / t_d)^2.
enum class clustered_share_interval {
    wilson,      ///< |p - q| = t sqrt(q (1 - q) / n_eff) (R survey 4.2 svyciprop("wilson"))
    beta,        ///< Clopper and Pearson's of Korn and Graubard's number (1998)
    logit,       ///< logit p -+ t sqrt(v) / (p (1 - p))
    likelihood,  ///< of the binomial likelihood of n_eff records, to t^2 n / (n - 1) (Rao, Scott 1984)
    arcsine,     ///< of the variance-stabilising transformation
    mean         ///< p -+ t sqrt(v), cut to [0, 1]
};
[[nodiscard]] constexpr auto enumerators(clustered_share_interval) {
    using enum clustered_share_interval;
    using entry = named<clustered_share_interval>;
    return std::array{entry{wilson, "clustered_wilson"},   entry{beta, "clustered_beta"},
                      entry{logit, "clustered_logit"},     entry{likelihood, "clustered_likelihood"},
                      entry{arcsine, "clustered_arcsine"}, entry{mean, "clustered_mean"}};
}

struct clustered_share_options {
    clustered_share_interval interval = clustered_share_interval::wilson;
    double level = 0.95;              ///< in (0, 1)
    bool at_most_records = true;      ///< an effective number above the number of records counts as that number
    std::uint64_t few_clusters = 20;  ///< below this number of clusters the status is few_clusters (docs/coverage.md)
};

/// A share with the design effect: how many times larger its variance is than that of as many independent records.
struct clustered_share {
    estimate share = {};
    std::optional<double> variance = {};       ///< of the share
    std::optional<double> design_effect = {};  ///< variance n / (p (1 - p)); none where p is 0 or 1
    std::uint64_t clusters = 0;

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(share); }
    friend bool operator==(const clustered_share&, const clustered_share&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<clustered_share>) {
    return std::tuple{member{"share", &clustered_share::share}, member{"variance", &clustered_share::variance},
                      member{"design_effect", &clustered_share::design_effect},
                      member{"clusters", &clustered_share::clusters}};
}

namespace detail {

/// {h : 2 n (p log(p / h) + (1 - p) log((1 - p) / (1 - h))) <= limit}, by bisection to the last bit.
[[nodiscard]] inline interval likelihood_ends(double p, double n, double limit) {
    const auto beyond = [&](double h) {
        const double a = p > 0 ? p * std::log(p / h) : 0, b = p < 1 ? (1 - p) * std::log((1 - p) / (1 - h)) : 0;
        return 2 * n * (a + b) > limit;
    };
    const auto end = [&](double inside, double outside) {
        for (int halving = 0; halving < 2000; ++halving) {
            const double middle = inside + (outside - inside) / 2;
            if (middle == inside || middle == outside) break;
            (beyond(middle) ? outside : inside) = middle;
        }
        return inside;
    };
    return {p == 0 ? 0 : end(p, 0), p == 1 ? 1 : end(p, 1)};
}

/// The interval of a share p of n records in `clusters` clusters, its variance v with `degrees` degrees of freedom.
[[nodiscard]] inline clustered_share share_of_variance(double p, double v, std::uint64_t n, std::uint64_t clusters,
                                                       double degrees, const clustered_share_options& options) {
    using enum clustered_share_interval;
    require_level(options.level, "clustered_share");
    const auto records = static_cast<double>(n);
    clustered_share result;
    estimate& share = result.share;
    result.clusters = clusters;
    share.level = options.level;
    share.method = name_of(options.interval);
    share.n = n;
    if (n == 0) return result;
    share.value = p;
    share.status = estimate_status::too_few;
    if (clusters < 2 || !(degrees > 0)) return result;
    result.variance = v;
    const double spread = p * (1 - p), t = two_sided_t(options.level, degrees);
    const double ratio = two_sided_t(options.level, records - 1) / t;
    double effective = records, korn_graubard = records;
    if (spread > 0) {
        result.design_effect = v * records / spread;
        effective = v > 0 ? spread / v : std::numeric_limits<double>::infinity();
        korn_graubard = effective * ratio * ratio;
        if (options.at_most_records) {
            effective = std::min(effective, records);
            korn_graubard = std::min(korn_graubard, records);
        }
    } else {
        // All records alike: nothing is seen of the variance. As careful as can be: a cluster is worth one record.
        effective = korn_graubard = static_cast<double>(clusters);
    }
    share.status = estimate_status::degenerate;
    share.n_effective = effective;
    share.degrees_of_freedom = degrees;
    if (!std::isfinite(effective)) return result;
    const double effective_variance = spread > 0 ? spread / effective : 0;
    const auto cut = [](double x) { return std::clamp(x, 0.0, 1.0); };
    switch (options.interval) {
        case wilson: {
            // t_d with n_eff
            const double h = 0.5 * t * t;
            share.bounds = wilson_ends(effective * p, effective * (1 - p), h);
            break;
        }
        case beta: {
            const beta_quantile quantile((1 - options.level) / 2);
            const double k = korn_graubard * p, m = korn_graubard * (1 - p);
            share.bounds = {k == 0 ? 0 : quantile(k, m + 1).x, m == 0 ? 1 : quantile(m, k + 1).y};
            break;
        }
        case logit: {
            if (spread == 0) return result;
            const double at = std::log(p / (1 - p)), half = t * std::sqrt(effective_variance) / spread;
            const auto back = [](double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); };
            share.bounds = {back(at - half), back(at + half)};
            break;
        }
        case likelihood:
            share.bounds = likelihood_ends(p, effective, t * t * records / (records - 1));
            break;
        case arcsine: {
            if (spread == 0) return result;
            const double at = std::asin(std::sqrt(p)), half = t * std::sqrt(effective_variance / spread) / 2;
            const double quarter = std::asin(1.0);
            const auto back = [&](double x) { return std::pow(std::sin(std::clamp(x, 0.0, quarter)), 2); };
            share.bounds = {back(at - half), back(at + half)};
            break;
        }
        case mean: {
            if (spread == 0) return result;
            const double half = t * std::sqrt(effective_variance);
            share.bounds = {cut(p - half), cut(p + half)};
            break;
        }
    }
    share.status = clusters < options.few_clusters ? estimate_status::few_clusters : estimate_status::ok;
    return result;
}

}  // namespace detail

}  // namespace compute_divide

#endif
