// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_TREND_LINES_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_TREND_LINES_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/cluster_moments.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/shared_label_scores.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/detail/symmetric_eigen.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/test_result.hpp>
#include <compute_divide/trends/detail/dated_logs.hpp>
#include <compute_divide/trends/detail/method_names.hpp>
#include <compute_divide/trends/detail/resampled_lines.hpp>
#include <compute_divide/trends/detail/trend_line.hpp>
#include <compute_divide/trends/trend_options.hpp>

/// Least-squares lines of log10 against days, one a group, with all their intervals.
namespace compute_divide::inline v0_2::detail {

[[nodiscard]] constexpr bool is_bootstrap(trend_interval interval) {
    return bootstrap_interval_of(interval).has_value();
}

/// cr2 or cr3.
[[nodiscard]] constexpr bool is_adjusted(trend_interval interval) {
    return interval == trend_interval::cr2 || interval == trend_interval::cr3;
}

/// Whether the options ask for clusters: those of a covariance, or those that are drawn.
[[nodiscard]] constexpr bool is_by_cluster(const trend_options& options) {
    return is_bootstrap(options.interval)
               ? options.resampling == bootstrap_resampling::clusters
               : options.interval == trend_interval::clustered || is_adjusted(options.interval);
}

/// Fewer clusters of a line than these, or clusters of unequal weight that are worth fewer, and intervals by
/// `clustered` and by drawing clusters are known to be too narrow.
inline constexpr double enough_clusters_of_trend = 20;
/// Fewer records than these, and intervals by hc0 and hc1 are known to be too narrow (Long and Ervin, 2000).
inline constexpr double enough_records_of_trend = 30;
/// Fewer of Satterthwaite's degrees of freedom than these, and his approximation is poor (Tipton, 2015).
inline constexpr double enough_degrees_of_freedom = 4;

inline void require_derivable(const trend_options& options, std::string_view function) {
    require(!(is_bootstrap(options.interval) && options.derived == derived_interval::delta), function,
            "an interval by standard error for delta", name_of(options.interval));
}

/// The name of the method of an interval: "clustered, stata", "clustered by shared labels, stata", "classical, separate
/// variances", "cluster_bootstrap_bca", or that of the interval.
[[nodiscard]] constexpr std::string_view method_of(const trend_options& options, bool shared_labels = false,
                                                   bool repaired = false) {
    if (options.interval == trend_interval::clustered && shared_labels)
        return repaired ? prefixed_name<"clustered by shared labels, eigenvalues to zero, ">(options.correction)
                        : prefixed_name<"clustered by shared labels, ">(options.correction);
    if (options.interval == trend_interval::clustered && options.correction != cluster_correction::none)
        return prefixed_name<"clustered, ">(options.correction);
    if (options.interval == trend_interval::classical && options.variance == residual_variance::separate)
        return "classical, separate variances";
    if (is_bootstrap(options.interval) && options.resampling == bootstrap_resampling::clusters)
        return prefixed_name<"cluster_">(options.interval);
    return name_of(options.interval);
}

class trend_lines {
    static constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

public:
    /// Lines 0..n_lines-1 of the records. One of fewer than 3 records (`too_few`), or all on one day (`degenerate`),
    /// has no slope and takes no part in any variance. `has_clusters`: whether the records' clusters mean anything.
    /// `label_sets`: where a record has several labels, its cluster is the number of its set of them; else empty.
    trend_lines(const std::vector<grouped_log>& records, std::size_t n_lines, bool has_clusters,
                std::optional<label_sets> sets = std::nullopt)
        : lines_(n_lines), has_clusters_(has_clusters), sets_(std::move(sets)) {
        centre_lines(records);
        for (const grouped_log& record : records) {
            trend_line& line = lines_[record.line];
            if (line.status != estimate_status::ok) continue;
            const double x = record.day - line.centre;
            const double residual = record.log - line.level - line.slope * x;
            points_.push_back({x, residual, record.line, record.cluster});
            line.rss += residual * residual;
        }
        number_clusters();
    }

    /// One of the lines, as if it had been fitted alone.
    [[nodiscard]] trend_lines only(std::size_t line) const {
        trend_lines result = *this;
        result.lines_ = {lines_[line]};
        std::erase_if(result.points_, [line](const line_point& point) { return point.line != line; });
        for (line_point& point : result.points_) point.line = 0;
        result.number_clusters();
        return result;
    }

    [[nodiscard]] const trend_line& line(std::size_t i) const { return lines_[i]; }
    /// Clusters, or where records have several labels, labels; a record without one is a label of its own.
    [[nodiscard]] std::size_t n_clusters() const {
        return has_clusters_ ? clusters_of(std::vector<bool>(lines_.size(), true)) : 0;
    }

    [[nodiscard]] double value(const line_contrast& u) const { return value_of(u, lines_); }
    [[nodiscard]] line_contrast level(std::size_t line, double day) const {
        return {{line, 1, day - lines_[line].centre}};
    }

    /// A contrast with its interval. `more_variance` is added to its variance, for predictions.
    [[nodiscard]] estimate interval_of(const line_contrast& u, const trend_options& options,
                                       double more_variance = 0) const {
        estimate result = without_value(u, options);
        if (result.status != estimate_status::ok) return result;
        if (is_bootstrap(options.interval)) {
            result = read_off(bootstrap_of(u, options), result, options);
            if (result.status == estimate_status::ok) result.status = status_of(u, options, variance_of(u, options));
            return result;
        }
        const variance_of_lines of_lines = variance_of(u, options);
        if (!of_lines.estimable) return not_estimable(result);
        result.method = method_of(options, sets_.has_value(), of_lines.repaired);
        result.degrees_of_freedom = degrees_of_freedom(u, options, of_lines);
        const double variance = std::max(covariance(u, u, options, of_lines), 0.0) + more_variance;
        const double half = quantile(options.level, result.degrees_of_freedom) * std::sqrt(variance);
        const double middle = value(u);
        result.value = middle;
        result.bounds = interval{middle - half, middle + half};
        result.status = status_of(u, options, of_lines);
        return result;
    }

    /// The test that a contrast is 0, by its standard error: t, or z where the reference is the normal distribution.
    /// `degenerate` where the standard error is 0; nothing for the bootstraps, which are no test.
    [[nodiscard]] std::optional<test_result> test_of(const line_contrast& u, const trend_options& options) const {
        if (is_bootstrap(options.interval)) return std::nullopt;
        const estimate sample = without_value(u, options);
        test_result test{.method = sample.method, .n = sample.n, .status = sample.status};
        if (test.status != estimate_status::ok) return test;
        const variance_of_lines of_lines = variance_of(u, options);
        test.method = method_of(options, sets_.has_value(), of_lines.repaired);
        const double statistic = of_lines.estimable
                                     ? value(u) / std::sqrt(std::max(covariance(u, u, options, of_lines), 0.0))
                                     : not_a_number;
        if (of_lines.estimable) test.degrees_of_freedom = degrees_of_freedom(u, options, of_lines);
        if (!std::isfinite(statistic)) {
            test.status = estimate_status::degenerate;
            return test;
        }
        test.statistic = statistic;
        test.p_value = test.degrees_of_freedom ? two_sided_t_p(statistic, *test.degrees_of_freedom)
                                               : two_sided_normal_p(statistic);
        test.status = status_of(u, options, of_lines);
        return test;
    }

    /// The ratio of two contrasts: by Fieller's (1954) theorem, the delta method or the bootstrap. `degenerate` where
    /// the interval of the denominator, of the same kind, contains 0.
    [[nodiscard]] estimate ratio_of(const line_contrast& above, const line_contrast& below,
                                    const trend_options& options) const {
        require_derivable(options, "trend_options");
        estimate result = without_value(difference(above, below), options);
        if (result.status != estimate_status::ok) return result;
        const estimate divisor = interval_of(below, options);
        if (!divisor || divisor.bounds->contains(0)) {
            result.status = divisor ? estimate_status::degenerate : divisor.status;
            return result;
        }
        const double b = *divisor.value;
        const double ratio = value(above) / b;
        if (is_bootstrap(options.interval)) {
            result = read_off(
                replicates_of(
                    [above, below](const auto& lines) { return value_of(above, lines) / value_of(below, lines); },
                    options),
                result, options);
            if (result.status == estimate_status::ok)
                result.status =
                    status_of(difference(above, below), options, variance_of(difference(above, below), options));
            return result;
        }
        // Fieller: ratio + d belongs to the interval where null - d * below, of value -d b, is within q standard errors
        // of 0, null being above - ratio * below, of value 0. The delta method takes that value, -d b, as certain.
        line_contrast scaled = below;
        for (line_term& term : scaled) term = {term.line, ratio * term.level, ratio * term.slope};
        const line_contrast null = difference(above, scaled);
        const bool fieller = options.derived == derived_interval::fieller;
        const variance_of_lines of_lines = variance_of(null, options);
        if (!of_lines.estimable) return not_estimable(result);
        result.method = method_of(options, sets_.has_value(), of_lines.repaired);
        result.degrees_of_freedom = degrees_of_freedom(null, options, of_lines);
        const double q = quantile(options.level, result.degrees_of_freedom);
        const double variance = covariance(null, null, options, of_lines);
        const double crossed = fieller ? q * covariance(null, below, options, of_lines) : 0;
        const double leading = b * b - (fieller ? q * q * covariance(below, below, options, of_lines) : 0);
        if (!(leading > 0)) {
            result.status = estimate_status::degenerate;
            return result;
        }
        const double middle = ratio - q * crossed / leading;
        const double half = q * std::sqrt(crossed * crossed + leading * variance) / leading;
        result.value = ratio;
        result.bounds = interval{middle - half, middle + half};
        result.status = status_of(null, options, of_lines);
        return result;
    }

    /// The bootstrap distribution of a contrast.
    [[nodiscard]] bootstrap_distribution bootstrap_of(const line_contrast& u, const trend_options& options) const {
        bootstrap_distribution result = replicates_of([u](const auto& lines) { return value_of(u, lines); }, options);
        if (const auto status = without_value(u, options).status; status != estimate_status::ok) {
            result.value.reset();
            result.status = status;
        }
        return result;
    }

    /// The lines that a contrast is about, as an estimate without a value whose status says whether there can be one.
    [[nodiscard]] estimate without_value(const line_contrast& u, const trend_options& options) const {
        require_level(options.level, "trend_options");
        const bool by_cluster = is_by_cluster(options);
        require(!by_cluster || has_clusters_, "trend_options", "a fit with a cluster field for clusters",
                name_of(options.interval));
        require(!by_cluster || !sets_ || options.interval == trend_interval::clustered, "trend_options",
                "clustered where records have several labels (or a fit whose cluster field yields one label, such as "
                "the first)",
                method_of(options));
        estimate result{
            .level = options.level, .method = method_of(options, sets_.has_value()), .status = estimate_status::ok};
        std::vector<bool> counted(lines_.size());
        for (const line_term& term : u) {
            if (counted[term.line]) continue;
            counted[term.line] = true;
            const trend_line& line = lines_[term.line];
            result.n += static_cast<std::uint64_t>(line.n);
            if (result.status == estimate_status::ok) result.status = line.status;
        }
        if (result.status != estimate_status::ok) return result;
        for (std::size_t i = 0; i < lines_.size(); ++i)
            if (counted[i] && by_cluster && clusters_of_line(i) < 3) result.status = estimate_status::too_few;
        const bool by_leverage = options.interval == trend_interval::hc2 || options.interval == trend_interval::hc3;
        if (by_leverage && detail::any_of(points_, [&](const line_point& point) {
                return counted[point.line] && 1 - leverage(point) < 1e-12;
            }))
            result.status = estimate_status::degenerate;
        return result;
    }

private:
    void centre_lines(const std::vector<grouped_log>& records) {
        using wide = long double;
        struct sums {
            wide day = 0, log = 0, sxx = 0, sxy = 0, syy = 0;
            double first_log = 0, first = std::numeric_limits<double>::infinity(), last = -first;
        };
        std::vector<sums> of_line(lines_.size());
        for (const grouped_log& record : records) {
            sums& sum = of_line[record.line];
            if (++lines_[record.line].n == 1) sum.first_log = record.log;
            sum.day += wide(record.day);
            sum.log += wide(record.log) - wide(sum.first_log);  // values that are all the same have exactly that mean
            sum.first = std::min(sum.first, record.day);
            sum.last = std::max(sum.last, record.day);
        }
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            trend_line& line = lines_[i];
            if (line.n == 0) continue;
            line.centre = static_cast<double>(of_line[i].day / wide(line.n));
            line.level = static_cast<double>(wide(of_line[i].first_log) + of_line[i].log / wide(line.n));
            line.status = line.n < 3                            ? estimate_status::too_few
                          : of_line[i].first == of_line[i].last ? estimate_status::degenerate
                                                                : estimate_status::ok;
        }
        for (const grouped_log& record : records) {
            sums& sum = of_line[record.line];
            const auto x = static_cast<wide>(record.day - lines_[record.line].centre);
            const auto y = static_cast<wide>(record.log - lines_[record.line].level);
            sum.sxx += x * x;
            sum.sxy += x * y;
            sum.syy += y * y;
        }
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            trend_line& line = lines_[i];
            if (line.status != estimate_status::ok) continue;
            line.sxx = static_cast<double>(of_line[i].sxx);
            line.tss = static_cast<double>(of_line[i].syy);
            line.slope = static_cast<double>(of_line[i].sxy / of_line[i].sxx);
        }
    }

    /// Numbers the clusters that there are points of.
    void number_clusters() {
        constexpr auto not_numbered = std::numeric_limits<std::uint32_t>::max();
        std::vector<std::uint32_t> numbers, set_of_cluster;
        n_clusters_ = 0;
        for (line_point& point : points_) {
            if (point.cluster >= numbers.size()) numbers.resize(point.cluster + std::size_t{1}, not_numbered);
            std::uint32_t& number = numbers[point.cluster];
            if (number == not_numbered) {
                number = n_clusters_++;
                if (sets_)
                    set_of_cluster.push_back(set_of_cluster_.empty() ? point.cluster : set_of_cluster_[point.cluster]);
            }
            point.cluster = number;
        }
        set_of_cluster_ = std::move(set_of_cluster);
    }

    /// Clusters (or labels) that have a record in any of these lines.
    [[nodiscard]] std::size_t clusters_of(const std::vector<bool>& lines) const {
        std::vector<bool> seen(n_clusters_);
        for (const line_point& point : points_)
            if (lines[point.line]) seen[point.cluster] = true;
        if (!sets_) return static_cast<std::size_t>(detail::count(seen, true));
        std::vector<bool> labels(sets_->n_labels);
        std::size_t without = 0;
        for (std::size_t set = 0; set < seen.size(); ++set) {
            if (!seen[set]) continue;
            const auto& own = sets_->sets[set_of_cluster_[set]];
            if (own.empty()) ++without;
            for (const std::uint32_t label : own) labels[label] = true;
        }
        return static_cast<std::size_t>(detail::count(labels, true)) + without;
    }
    [[nodiscard]] std::size_t clusters_of_line(std::size_t line) const {
        std::vector<bool> only(lines_.size());
        only[line] = true;
        return clusters_of(only);
    }
    /// What the variance of contrasts of some lines is made of, where it goes by clusters. Only these lines, and the
    /// clusters that have a record in them, inform it: the joint fit of all is that of these beside the others.
    struct variance_of_lines {
        std::vector<std::size_t> column;  ///< of each line, its first in the basis
        std::size_t k = 0;                ///< columns: the level and the slope of each line, orthonormal
        std::vector<double> meat;         ///< k x k by rows, factor included
        std::optional<adjusted_clusters> adjusted;
        double clusters = 0;
        double effective = 0;   ///< clusters of equal weight that the line_contrast's clusters are worth
        bool estimable = true;  ///< else a cluster is all there is of a slope, or a variance is negative
        bool repaired = false;
    };

    /// few_clusters where one of the lines that a contrast is about has fewer than 20 clusters, or all are worth no
    /// more than 20 of equal weight; of cr2 and cr3, where their degrees of freedom are below 4.
    [[nodiscard]] estimate_status status_of(const line_contrast& u, const trend_options& options,
                                            const variance_of_lines& of_lines) const {
        const bool needs_many = options.interval == trend_interval::hc0 || options.interval == trend_interval::hc1;
        if (needs_many && static_cast<double>(points_.size()) < enough_records_of_trend)
            return estimate_status::few_clusters;
        if (!is_by_cluster(options)) return estimate_status::ok;
        if (of_lines.adjusted) {
            const double degrees = of_lines.adjusted->degrees_of_freedom(in_basis(u, of_lines));
            return degrees < enough_degrees_of_freedom ? estimate_status::few_clusters : estimate_status::ok;
        }
        if (of_lines.effective < enough_clusters_of_trend) return estimate_status::few_clusters;
        for (const line_term& term : u)
            if (static_cast<double>(clusters_of_line(term.line)) < enough_clusters_of_trend)
                return estimate_status::few_clusters;
        return estimate_status::ok;
    }

    [[nodiscard]] double leverage(const line_point& point) const {
        const trend_line& line = lines_[point.line];
        return 1 / line.n + point.x * point.x / line.sxx;
    }

    /// A contrast as the weights that it gives to the records: level / n + slope x / sxx.
    [[nodiscard]] std::vector<line_term> weights(const line_contrast& u) const {
        std::vector<line_term> of_line(lines_.size(), line_term{});
        for (const line_term& term : u) {
            of_line[term.line].level += term.level / lines_[term.line].n;
            of_line[term.line].slope += term.slope / lines_[term.line].sxx;
        }
        return of_line;
    }

    /// Records and parameters of the joint fit of all lines.
    struct joint_size {
        double n = 0, p = 0, rss = 0;
    };
    [[nodiscard]] joint_size joint() const {
        joint_size size{.n = static_cast<double>(points_.size())};
        for (const trend_line& line : lines_) {
            if (line.status != estimate_status::ok) continue;
            size.p += 2;
            size.rss += line.rss;
        }
        return size;
    }

    /// What one line adds to a classical covariance, per unit of residual variance.
    [[nodiscard]] double unscaled(std::size_t line, const line_term& u, const line_term& v) const {
        return u.level * v.level * lines_[line].n + u.slope * v.slope * lines_[line].sxx;
    }

    [[nodiscard]] static estimate not_estimable(estimate result) {
        result.status = estimate_status::degenerate;
        return result;
    }

    [[nodiscard]] variance_of_lines variance_of(const line_contrast& u, const trend_options& options) const {
        variance_of_lines result;
        if (!is_by_cluster(options)) return result;
        constexpr auto no_column = std::numeric_limits<std::size_t>::max();
        result.column.assign(lines_.size(), no_column);
        std::vector<bool> informing(lines_.size());
        for (const line_term& term : u) {
            if (informing[term.line]) continue;
            informing[term.line] = true;
            result.column[term.line] = result.k;
            result.k += 2;
        }
        result.clusters = static_cast<double>(clusters_of(informing));
        const std::size_t k = result.k;
        cluster_moments moments(k, false);
        std::vector<double> z(k);
        double n = 0;
        std::vector<std::uint32_t> numbers(n_clusters_, std::numeric_limits<std::uint32_t>::max());
        std::vector<std::uint32_t> clusters;  // that inform the line_contrast
        std::vector<double> weight;           // of each in it
        const std::vector<double> c = in_basis(u, result);
        for (const line_point& point : points_) {
            if (!informing[point.line]) continue;
            ++n;
            const trend_line& line = lines_[point.line];
            const std::size_t at = result.column[point.line];
            std::fill(z.begin(), z.end(), 0.0);
            z[at] = 1 / std::sqrt(line.n);
            z[at + 1] = point.x / std::sqrt(line.sxx);
            std::uint32_t& number = numbers[point.cluster];
            if (number == std::numeric_limits<std::uint32_t>::max()) {
                number = static_cast<std::uint32_t>(clusters.size());
                clusters.push_back(point.cluster);
                weight.push_back(0);
            }
            weight[number] += c[at] * z[at] + c[at + 1] * z[at + 1];
            moments.add(number, z, 1, point.residual);
        }
        result.effective = effective_clusters(weight, clusters);
        if (is_bootstrap(options.interval)) return result;
        if (is_adjusted(options.interval)) {
            const bool jackknife = options.interval == trend_interval::cr3;
            result.estimable = !jackknife || !has_indispensable_cluster(moments);
            if (!result.estimable) return result;
            result.adjusted.emplace(moments, jackknife ? cluster_adjustment::cr3 : cluster_adjustment::cr2);
            result.meat = result.adjusted->meat();
            return result;
        }
        if (sets_) {
            shared_label_scores scores(k);
            for (std::size_t g = 0; g < moments.clusters(); ++g)
                scores.add(moments.score(g), sets_->sets[set_of_cluster_[clusters[g]]]);
            result.meat = scores.meat();
            repair(result, options.repair);
        } else {
            result.meat.assign(k * k, 0);
            for (std::size_t g = 0; g < moments.clusters(); ++g)
                for (std::size_t i = 0; i < k; ++i)
                    for (std::size_t j = 0; j < k; ++j)
                        result.meat[i * k + j] += moments.score(g)[i] * moments.score(g)[j];
        }
        const double factor = cluster_multiplier(options.correction, result.clusters, n, static_cast<double>(k));
        for (double& x : result.meat) x *= factor;
        return result;
    }

    /// (sum a^2)^2 / sum a^4 over clusters, or labels; a: what a contrast makes of an error that all records of one
    /// have in common. So many clusters of equal weight are as good (Carter, Schnepel and Steigerwald, 2017).
    [[nodiscard]] double effective_clusters(const std::vector<double>& weight,
                                            const std::vector<std::uint32_t>& clusters) const {
        std::vector<double> common;
        if (sets_) common.resize(sets_->n_labels);
        for (std::size_t g = 0; g < clusters.size(); ++g) {
            const auto* const labels = sets_ ? &sets_->sets[set_of_cluster_[clusters[g]]] : nullptr;
            if (labels == nullptr || labels->empty())
                common.push_back(weight[g]);
            else
                for (const std::uint32_t label : *labels) common[label] += weight[g];
        }
        double squares = 0, fourths = 0;
        for (const double a : common) {
            squares += a * a;
            fourths += a * a * a * a;
        }
        return fourths > 0 ? squares * squares / fourths : 0;
    }

    /// Records that share labels may give a matrix that is no covariance: negative eigenvalues become 0.
    static void repair(variance_of_lines& result, covariance_repair how) {
        const symmetric_eigen eigen(result.meat, result.k);
        const double largest = std::ranges::max(eigen.values());
        if (std::ranges::min(eigen.values()) >= -1e-12 * std::max(largest, 0.0)) return;
        if (how == covariance_repair::none) {
            result.estimable = false;
            return;
        }
        result.repaired = true;
        result.meat = eigen.apply([](double value) { return std::max(value, 0.0); });
    }

    /// Whether some line has no slope, or no level, without the records of one cluster.
    [[nodiscard]] static bool has_indispensable_cluster(const cluster_moments& moments) {
        const std::size_t k = moments.k();
        for (std::size_t g = 0; g < moments.clusters(); ++g)
            for (std::size_t at = 0; at < k; at += 2) {
                const auto gram = moments.gram(g);
                const double a = 1 - gram[at * k + at], b = gram[(at + 1) * k + at],
                             c = 1 - gram[(at + 1) * k + at + 1];
                if (a * c - b * b <= 1e-10 * std::max(a + c, 0.0)) return true;
            }
        return false;
    }

    [[nodiscard]] std::vector<double> in_basis(const line_contrast& u, const variance_of_lines& of_lines) const {
        std::vector<double> c(of_lines.k);
        for (const line_term& term : u) {
            const trend_line& line = lines_[term.line];
            c[of_lines.column[term.line]] += term.level / std::sqrt(line.n);
            c[of_lines.column[term.line] + 1] += term.slope / std::sqrt(line.sxx);
        }
        return c;
    }

    /// The estimated covariance of two contrasts, by a covariance_kind; by clusters from those of their lines.
    [[nodiscard]] double covariance(const line_contrast& u, const line_contrast& v, const trend_options& options,
                                    const variance_of_lines& of_lines) const {
        if (is_by_cluster(options)) {
            const auto c = in_basis(u, of_lines), d = in_basis(v, of_lines);
            double sum = 0;
            for (std::size_t i = 0; i < of_lines.k; ++i)
                for (std::size_t j = 0; j < of_lines.k; ++j) sum += c[i] * of_lines.meat[i * of_lines.k + j] * d[j];
            return sum;
        }
        const auto of_u = weights(u);
        const auto of_v = weights(v);
        const joint_size size = joint();
        const auto score = [](const std::vector<line_term>& weight, const line_point& point) {
            return (weight[point.line].level + weight[point.line].slope * point.x) * point.residual;
        };
        const auto sum_of_squares = [&](auto multiplier) {
            double sum = 0;
            for (const line_point& point : points_) {
                const double product = score(of_u, point) * score(of_v, point);
                if (product == 0) continue;  // also in lines that the contrasts are not about, whatever its leverage
                sum += multiplier(product, point);
            }
            return sum;
        };
        switch (covariance_of(options.interval).value()) {
            using enum covariance_kind;
            case classical:
                return classical_covariance(of_u, of_v, size, options.variance);
            case hc0:
            case hc1: {
                const double sum = sum_of_squares([](double product, const line_point&) { return product; });
                return options.interval == trend_interval::hc0 ? sum : sum * size.n / (size.n - size.p);
            }
            case hc2:
                return sum_of_squares(
                    [&](double product, const line_point& point) { return product / (1 - leverage(point)); });
            case hc3:
                return sum_of_squares([&](double product, const line_point& point) {
                    const double unexplained = 1 - leverage(point);
                    return product / (unexplained * unexplained);
                });
            case clustered:
            case cr2:
            case cr3:
                break;
        }
        return 0;  // by clusters: above
    }

    [[nodiscard]] double classical_covariance(const std::vector<line_term>& of_u, const std::vector<line_term>& of_v,
                                              const joint_size& size, residual_variance variance) const {
        double sum = 0;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (lines_[i].status != estimate_status::ok) continue;
            const bool pooled = variance == residual_variance::pooled;
            sum += unscaled(i, of_u[i], of_v[i]) *
                   (pooled ? size.rss / (size.n - size.p) : lines_[i].rss / (lines_[i].n - 2));
        }
        return sum;
    }

    /// Of the t distribution that a contrast over its standard error is compared with; nothing for the normal one.
    [[nodiscard]] std::optional<double> degrees_of_freedom(const line_contrast& u, const trend_options& options,
                                                           const variance_of_lines& of_lines) const {
        if (options.reference == reference_distribution::standard_normal) return std::nullopt;
        if (of_lines.adjusted) {
            const double degrees = of_lines.adjusted->degrees_of_freedom(in_basis(u, of_lines));
            // of a line less itself: 0 +- 0; no less than 1 but by rounding
            return degrees > 0 ? std::max(degrees, 1.0) : of_lines.clusters - 1;
        }
        if (options.interval == trend_interval::clustered) return of_lines.clusters - 1;
        const joint_size size = joint();
        if (options.interval != trend_interval::classical || options.variance == residual_variance::pooled)
            return size.n - size.p;
        // Welch (1947), Satterthwaite (1946)
        const auto of_u = weights(u);
        double sum = 0, squares = 0, only = size.n - size.p;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const double degrees = lines_[i].n - 2;
            const double part = unscaled(i, of_u[i], of_u[i]);
            if (part == 0) continue;
            const double variance = part * lines_[i].rss / degrees;
            sum += variance;
            squares += variance * variance / degrees;
            only = degrees;
        }
        return squares > 0 ? sum * sum / squares : only;
    }

    /// What standard errors are multiplied by.
    [[nodiscard]] static double quantile(double level, std::optional<double> degrees_of_freedom) {
        return degrees_of_freedom ? two_sided_t(level, *degrees_of_freedom) : upper_normal_quantile((1 - level) / 2);
    }

    /// The bootstrap distribution of a function of the fitted lines.
    template <class Function>
    [[nodiscard]] bootstrap_distribution replicates_of(Function function, const trend_options& options) const {
        bootstrap_options draws = options.bootstrap;
        draws.jackknife = options.interval == trend_interval::bootstrap_bca;
        const auto run = [&](const auto& statistic) {
            return options.resampling == bootstrap_resampling::clusters
                       ? cluster_bootstrap(points_, &line_point::cluster, statistic, draws)
                       : bootstrap(points_, statistic, draws);
        };
        if (options.interval == trend_interval::sevilla_bootstrap)
            return run(resampled_lines<Function, true>(lines_, function));
        return run(resampled_lines<Function, false>(lines_, function));
    }

    [[nodiscard]] static estimate read_off(const bootstrap_distribution& distribution, estimate result,
                                           const trend_options& options) {
        const estimate read = distribution.interval(bootstrap_interval_of(options.interval).value(), options.level);
        result.value = read.value;
        result.bounds = read.bounds;
        result.status = read.status;
        return result;
    }

    std::vector<trend_line> lines_;
    std::vector<line_point> points_;
    std::uint32_t n_clusters_ = 0;
    bool has_clusters_;
    std::optional<label_sets> sets_;             // where records have several labels: a cluster is a set of them
    std::vector<std::uint32_t> set_of_cluster_;  // in sets_
};

}  // namespace compute_divide::inline v0_2::detail

#endif
