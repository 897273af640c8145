// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_CLUSTERED_SHARE_HPP
#define COMPUTE_DIVIDE_STATISTICS_CLUSTERED_SHARE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/beta_quantile.hpp>
#include <compute_divide/detail/cluster_weights.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/proportion.hpp>

/// Shares of records that depend on each other (models of one organisation, institutions of one paper), weighted or
/// not. With the weights w, answers y of 0 and 1, and clusters g,
///
///   p = sum w y / sum w,   z_i = w_i (y_i - p) / sum w,   v = G / (G - 1) sum_g (sum of z_i in g)^2
///
/// and the share's interval is that of p n_eff successes of n_eff = p (1 - p) / v independent records, with quantiles
/// of Student's t with G - 1 degrees of freedom in the place of the normal ones. Where records have several labels,
///
///   v = G / (G - 1) sum over i, j of z_i z_j [i = j, or i and j share a label]
///
/// (Aronow, Samii, Assenova 2015), G the number of clusters of equal weight that the records are worth, rounded down:
///
///   (sum w)^2 / sum over i, j of w_i w_j [i = j, or i and j share a label]
///
/// (Kish 1965; Satterthwaite's number for the variance of the mean of independent errors with the matrix of shared
/// labels). Of papers by institution and venue it is no more than the venues. A v not above 0 counts as that of
/// independent records.
///
/// Source: Kish (1965); Korn, Graubard (1998), Survey Methodology 24:193. Checked against R's survey
/// (tests/reference/clustered_share.R) and by coverage: 0.93 to 0.97 from 20 clusters on (docs/coverage.md).
namespace compute_divide::inline v0_2 {

/// Of what the clusters are counted, for G / (G - 1) and the degrees of freedom.
enum class cluster_degrees {
    row,   ///< of the records that the share is of; of two groups compared, of the one that has fewer
    table  ///< of all records of the table: R survey's, for domains of a sample
};
[[nodiscard]] constexpr auto enumerators(cluster_degrees) {
    using enum cluster_degrees;
    return std::array{named<cluster_degrees>{row, "row"}, named<cluster_degrees>{table, "table"}};
}

struct clustered_share_options {
    /// As for independent records, with n_eff and t. Clopper-Pearson's and Jeffreys' intervals, which have no quantile
    /// of the normal, take n_eff (t_{n-1} / t_{G-1})^2 instead (Korn, Graubard 1998); likelihood's limit is
    /// t^2 n / (n - 1) (Rao, Scott 1984; R's survey).
    proportion_interval interval = proportion_interval::wilson;
    double level = 0.95;  ///< in (0, 1)
    cluster_degrees degrees = cluster_degrees::row;
    bool at_most_records = true;  ///< n_eff above the number of records counts as that number
    /// Below this number of clusters the status is few_clusters (docs/coverage.md); also where the clusters' weights
    /// are so uneven that they are worth fewer than half as many of equal weight, and where records of several labels
    /// are worth fewer than this number of independent ones (Carter, Schnepel and Steigerwald 2017).
    std::uint64_t few_clusters = 20;
};

/// A share with the design effect: how many times larger its variance is than that of as many independent records.
struct clustered_share {
    estimate share = {};                       ///< its n_effective is n_eff
    std::optional<double> variance = {};       ///< of the share
    std::optional<double> design_effect = {};  ///< variance n / (p (1 - p)); none where p is 0 or 1
    std::uint64_t clusters = 0;                ///< G

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(share); }
    friend bool operator==(const clustered_share&, const clustered_share&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<clustered_share>) {
    return member_list(member{"share", &clustered_share::share}, member{"variance", &clustered_share::variance},
                       member{"design_effect", &clustered_share::design_effect},
                       member{"clusters", &clustered_share::clusters});
}

/// n / n_effective of a share: its design effect, as far as the estimate tells it.
[[nodiscard]] inline std::optional<double> design_effect(const estimate& share) {
    if (!share.n_effective || !(*share.n_effective > 0)) return std::nullopt;
    return static_cast<double>(share.n) / *share.n_effective;
}

namespace detail {

/// Names of the intervals of dependent records, in the order of proportion_interval.
inline constexpr std::array<std::string_view, 9> clustered_interval_names{
    "clustered_wilson",   "clustered_wilson_continuity", "clustered_clopper_pearson",
    "clustered_jeffreys", "clustered_jeffreys_modified", "clustered_agresti_coull",
    "clustered_logit",    "clustered_likelihood",        "clustered_arcsine"};

/// What is known of a share but its interval.
struct measured_share {
    double value;
    double variance;
    std::uint64_t n;
    std::uint64_t clusters;
    double even_clusters;  ///< how many clusters of equal weight these are worth
    double degrees;
};

/// The ends of a share p of n records that are worth `effective`; t of the level and the degrees of freedom, and of
/// n - 1.
[[nodiscard]] inline interval effective_ends(proportion_interval method, double p, double effective, double n, double t,
                                             double t_of_records, double level, bool at_most_records) {
    using enum proportion_interval;
    if (t == 0) return {p, p};  // of a level that is 0 but for rounding
    if (method == clopper_pearson || method == jeffreys || method == jeffreys_modified) {
        double korn_graubard = effective * (t_of_records / t) * (t_of_records / t);
        if (at_most_records) korn_graubard = std::min(korn_graubard, n);
        korn_graubard =
            std::clamp(korn_graubard, std::numeric_limits<double>::min(), std::numeric_limits<double>::max());
        const share_interval of({.interval = method, .level = level});
        return around_share(method, of(korn_graubard * p, korn_graubard), p);
    }
    const interval found = ends_of_any_number(effective * p, effective, [=](double k, double m) -> interval {
        const double h = 0.5 * t * t;
        switch (method) {
            case wilson:
                return wilson_ends(k, m, h);
            case wilson_continuity:
                return wilson_continuity_ends(k, m, h);
            case agresti_coull:
                return agresti_coull_ends(k, m, h);
            case logit:
                return logit_ends(k, m, t);
            case likelihood:
                return likelihood_ends(k, m, t * t * n / (n - 1));
            default:
                return arcsine_ends(k, m, t);
        }
    });
    return around_share(method, found, p);
}

[[nodiscard]] inline clustered_share share_of_variance(const measured_share& measured,
                                                       const clustered_share_options& options,
                                                       std::string_view method = {}) {
    const auto& [p, v, n, clusters, even_clusters, degrees] = measured;
    require_level(options.level, "clustered_share");
    const auto records = static_cast<double>(n);
    clustered_share result;
    estimate& share = result.share;
    result.clusters = clusters;
    share.level = options.level;
    share.method = method.empty() ? clustered_interval_names[static_cast<std::size_t>(options.interval)] : method;
    share.n = n;
    if (n == 0 || !is_known(p)) return result;
    share.value = p;
    share.status = estimate_status::too_few;
    if (clusters < 2 || !(degrees > 0)) return result;
    result.variance = v;
    const double spread = p * (1 - p);
    double effective = even_clusters;  // all records alike: as careful as can be, a cluster is worth one record
    if (spread > 0) {
        result.design_effect = v * records / spread;
        effective = v > 0 ? spread / v : std::numeric_limits<double>::infinity();
        if (options.at_most_records) effective = std::min(effective, records);
    }
    share.status = estimate_status::degenerate;
    if (!std::isfinite(effective)) return result;
    share.n_effective = effective;
    share.degrees_of_freedom = degrees;
    share.bounds = effective_ends(options.interval, p, effective, records, two_sided_t(options.level, degrees),
                                  two_sided_t(options.level, records - 1), options.level, options.at_most_records);
    share.status = clusters < options.few_clusters ? estimate_status::few_clusters : estimate_status::ok;
    return result;
}

/// G / (G - 1).
[[nodiscard]] inline double cluster_factor(std::uint64_t clusters) {
    const auto g = static_cast<double>(clusters);
    return g / (g - 1);
}

/// The share that `yes` has of `yes` and `no`, by the clusters in `scores`, which it clears. `table_clusters` where
/// these are counted over more records.
[[nodiscard]] inline clustered_share share_of_clusters(cluster_scores& scores, const cluster_totals& yes,
                                                       const std::vector<const cluster_totals*>& no, std::uint64_t n,
                                                       const clustered_share_options& options,
                                                       std::optional<std::uint64_t> table_clusters = {}) {
    double weight = yes.weight;
    for (const auto* each : no) weight += each->weight;
    const double p = weight > 0 ? yes.weight / weight : std::numeric_limits<double>::quiet_NaN();
    scores.clear();
    scores.add(yes, (1 - p) / weight);
    for (const auto* each : no) scores.add(*each, -p / weight);
    const std::uint64_t own = scores.clusters(), clusters = table_clusters ? std::max(*table_clusters, own) : own;
    if (own < 2) return share_of_variance({p, 0, n, own, 0, 0}, options);
    const double v = std::max(0.0, cluster_factor(clusters) * scores.square());
    auto result = share_of_variance(
        {p, v, n, clusters, scores.evenly_weighted_clusters(), static_cast<double>(clusters) - 1}, options);
    result.clusters = own;
    if (result && scores.are_few(options.few_clusters)) result.share.status = estimate_status::few_clusters;
    return result;
}

}  // namespace detail

/// Accumulates records of one share: what part of them answers yes. A cluster is a label, a range of labels (records
/// are dependent where they share any), or an optional of either; a record whose cluster is not known depends on no
/// other. `Label` is what a label is kept as: std::string for text.
///
/// Of integer weights the result is the same to the last bit in any order of adding and merging. Memory goes with the
/// number of clusters.
template <label Label>
class clustered_successes {
public:
    /// `yes` may be an optional; where it or the weight is not known the record counts as missing. Throws
    /// std::invalid_argument unless the weight is missing, 0, or from 1e-100 to 1e100.
    template <class Yes, class Cluster, class Weight = int>
    requires detail::yes_or_no<known_t<Yes>> && quantity<known_t<Weight>>
    void add(const Yes& yes, const Cluster& cluster, const Weight& weight = 1) {
        if (!is_known(yes) || !is_known(weight)) {
            ++n_missing_;
            return;
        }
        const double w = as_double(weight);
        detail::require(w == 0 || (w >= 1e-100 && w <= 1e100), "clustered_successes::add",
                        "weight 0, or from 1e-100 to 1e100", w);
        bool success = false;
        if constexpr (detail::is_optional<Yes>)
            success = static_cast<bool>(*yes);
        else
            success = static_cast<bool>(yes);
        (success ? yes_ : no_).add(keys_(cluster), w);
    }

    void merge(const clustered_successes& other) {
        const auto numbers = keys_.adopt(other.keys_);
        yes_.merge(other.yes_, numbers);
        no_.merge(other.no_, numbers);
        n_missing_ += other.n_missing_;
    }

    /// Not enough data: no_data without a record of weight above 0; too_few for one cluster: a value without interval;
    /// few_clusters. Throws std::invalid_argument for a level outside (0, 1).
    [[nodiscard]] clustered_share result(const clustered_share_options& options = {}) const {
        const auto ordered = keys_.by_label_order();
        detail::cluster_weights ordered_yes, ordered_no;
        ordered_yes.merge(yes_, ordered.numbers);
        ordered_no.merge(no_, ordered.numbers);
        const detail::cluster_totals yes(ordered_yes), no(ordered_no);
        detail::cluster_scores scores(keys_.labels(), ordered.sets);
        auto result = detail::share_of_clusters(scores, yes, {&no}, yes_.n() + no_.n(), options);
        result.share.n_missing = n_missing_;
        return result;
    }

private:
    friend struct state_access;
    static constexpr std::string_view state_name = "clustered_successes";
    static auto state(auto& self) { return std::tie(self.keys_, self.yes_, self.no_, self.n_missing_); }
    [[nodiscard]] bool restore() const {
        bool all_known = true;
        const auto look = [&](std::uint32_t number, double) { all_known = all_known && keys_.has(number); };
        yes_.for_each(look);
        no_.for_each(look);
        return all_known;
    }

    detail::cluster_keys<Label> keys_;
    detail::cluster_weights yes_, no_;
    std::uint64_t n_missing_ = 0;
};

namespace detail {

/// What a cluster field's labels are kept as.
template <class Field, class Records>
using cluster_storage_t = label_storage_t<typename cluster_label<known_t<field_value_t<Field, Records>>>::type>;

}  // namespace detail

/// The share of dependent records that the predicate holds for:
/// `share(models, &model::open, clustered_by(&model::organisations))`. Not enough data and errors as
/// clustered_successes. One pass over any input range.
template <std::ranges::input_range Records, predicate_field_of<Records> Predicate, cluster_field_of<Records> Cluster>
[[nodiscard]] clustered_share share(Records&& records, Predicate predicate, clusters_of<Cluster> cluster,
                                    const clustered_share_options& options = {}) {
    clustered_successes<detail::cluster_storage_t<Cluster, Records>> sums;
    for (auto&& record : records) {
        const field_value_t<Predicate, Records> yes = std::invoke(predicate, record);
        const field_value_t<Cluster, Records> of = std::invoke(cluster.field, record);
        sums.add(yes, of);
    }
    return sums.result(options);
}
/// The same with a weight for each record.
template <std::ranges::input_range Records, predicate_field_of<Records> Predicate, cluster_field_of<Records> Cluster,
          quantity_field_of<Records> Weight>
[[nodiscard]] clustered_share share(Records&& records, Predicate predicate, clusters_of<Cluster> cluster, Weight weight,
                                    const clustered_share_options& options = {}) {
    clustered_successes<detail::cluster_storage_t<Cluster, Records>> sums;
    for (auto&& record : records) {
        const field_value_t<Predicate, Records> yes = std::invoke(predicate, record);
        const field_value_t<Cluster, Records> of = std::invoke(cluster.field, record);
        sums.add(yes, of, std::invoke(weight, record));
    }
    return sums.result(options);
}

/// Where a ratio of totals has its interval.
enum class totals_ratio_interval {
    log,    ///< R exp(-+ t s / R), s the standard error: positive always
    linear  ///< R -+ t s
};
[[nodiscard]] constexpr auto enumerators(totals_ratio_interval) {
    using enum totals_ratio_interval;
    return std::array{named<totals_ratio_interval>{log, "log"}, named<totals_ratio_interval>{linear, "linear"}};
}

struct totals_ratio_options {
    totals_ratio_interval interval = totals_ratio_interval::log;
    double level = 0.95;              ///< in (0, 1)
    std::uint64_t few_clusters = 20;  ///< below this number of clusters the status is few_clusters
};

/// The ratio of two totals over dependent records, R = sum u / sum x: what part of the training FLOP is spent by
/// industry, by organisation. Linearised variance, t with G - 1 degrees of freedom:
///
///   v = G / (G - 1) sum_g (sum of u_i - R x_i in g)^2 / (sum x)^2
///
/// Records where a field is not known count as missing. no_data: none; too_few: one cluster; degenerate: sum x = 0,
/// log with R <= 0, or what is beyond the largest double. Weighted totals are totals of fields that multiply. Source:
/// Cochran (1977), chapter 6. Checked against R survey's svyratio.
template <std::ranges::input_range Records, quantity_field_of<Records> Numerator,
          quantity_field_of<Records> Denominator, cluster_field_of<Records> Cluster>
[[nodiscard]] estimate ratio_of_totals(Records&& records, Numerator numerator, Denominator denominator,
                                       clusters_of<Cluster> cluster, const totals_ratio_options& options = {}) {
    detail::require_level(options.level, "ratio_of_totals");
    struct sums {
        double u = 0, x = 0, n = 0;
    };
    detail::cluster_keys<detail::cluster_storage_t<Cluster, Records>> keys;
    std::map<std::uint32_t, sums> totals;
    std::vector<sums> alone;
    sums all;
    estimate result;
    result.level = options.level;
    result.method = options.interval == totals_ratio_interval::log ? "ratio_of_totals, log" : "ratio_of_totals, linear";
    for (auto&& record : records) {
        const double u = as_double(std::invoke(numerator, record)), x = as_double(std::invoke(denominator, record));
        if (!is_known(u) || !is_known(x)) {
            ++result.n_missing;
            continue;
        }
        detail::require(std::isfinite(u) && std::isfinite(x), "ratio_of_totals", "finite numbers",
                        std::isfinite(u) ? x : u);
        ++result.n;
        all.u += u;
        all.x += x;
        const field_value_t<Cluster, Records> of = std::invoke(cluster.field, record);
        const std::uint32_t number = keys(of);
        sums& own = number == detail::unshared_cluster ? alone.emplace_back() : totals[number];
        own.u += u;
        own.x += x;
        ++own.n;
    }
    if (result.n == 0) return result;
    result.status = estimate_status::degenerate;
    const double ratio = all.u / all.x;
    if (!std::isfinite(ratio) || !std::isfinite(all.u) || !std::isfinite(all.x)) return result;
    // In units of powers of two, so that no square is beyond the doubles: scores in that of the largest, sizes of all.
    double largest = 0;
    const auto score_of = [&](const sums& own) { return (own.u - ratio * own.x) / all.x; };
    for (const auto& [number, own] : totals) largest = std::max(largest, std::fabs(score_of(own)));
    for (const sums& own : alone) largest = std::max(largest, std::fabs(score_of(own)));
    const int unit = largest > 0 && std::isfinite(largest) ? std::ilogb(largest) : 0, of_sizes = std::ilogb(all.x);
    detail::shared_label_scores scores(1), sizes(1), records_of(1);
    std::vector<std::uint32_t> labels;
    for (const auto& [number, own] : totals) {
        const double score = std::ldexp(score_of(own), -unit), size = std::ldexp(own.x, -of_sizes);
        labels.clear();
        if (number < detail::first_label_set)
            labels.push_back(number);
        else
            labels = keys.sets()[number - detail::first_label_set];
        scores.add(std::span(&score, 1), labels);
        sizes.add(std::span(&size, 1), labels);
        records_of.add(std::span(&own.n, 1), labels);
    }
    for (const sums& own : alone) {
        const double score = std::ldexp(score_of(own), -unit), size = std::ldexp(own.x, -of_sizes);
        scores.add(std::span(&score, 1), {});
        sizes.add(std::span(&size, 1), {});
    }
    const double squares = sizes.meat().front();
    std::uint64_t clusters = totals.size() + alone.size();
    if (!keys.sets().empty()) {
        const auto n = static_cast<double>(result.n), none = static_cast<double>(alone.size());
        clusters = detail::whole_clusters(n * n / (records_of.meat().front() + none));
    }
    result.value = ratio;
    result.status = estimate_status::too_few;
    if (clusters < 2) return result;
    const double degrees = static_cast<double>(clusters) - 1;
    const double error =
        std::ldexp(std::sqrt(std::max(0.0, detail::cluster_factor(clusters) * scores.meat().front())), unit);
    const double half = detail::two_sided_t(options.level, degrees) * error;
    result.degrees_of_freedom = degrees;
    const auto least = static_cast<double>(options.few_clusters) * (keys.sets().empty() ? 0.5 : 1);
    const double whole = std::ldexp(all.x, -of_sizes);
    const bool few = clusters < options.few_clusters || whole * whole < least * squares;
    result.status = few ? estimate_status::few_clusters : estimate_status::ok;
    if (options.interval == totals_ratio_interval::linear) {
        result.bounds = {ratio - half, ratio + half};
    } else if (ratio > 0) {
        const double factor = std::exp(half / ratio);
        result.bounds = {ratio / factor, ratio * factor};
    }
    if (!result.bounds || !std::isfinite(result.bounds->width())) {
        result.value.reset();
        result.bounds.reset();
        result.status = estimate_status::degenerate;
    }
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
