// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_TREND_LINES_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_TREND_LINES_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/special_functions.hpp>
#include <compute_divide/detail/student_t.hpp>
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
namespace compute_divide::detail {

[[nodiscard]] constexpr bool is_bootstrap(trend_interval interval) {
    return bootstrap_interval_of(interval).has_value();
}

/// Whether the options ask for clusters: those of a covariance, or those that are drawn.
[[nodiscard]] constexpr bool is_by_cluster(const trend_options& options) {
    return is_bootstrap(options.interval) ? options.resampling == bootstrap_resampling::clusters
                                          : options.interval == trend_interval::clustered;
}

inline void require_derivable(const trend_options& options, std::string_view function) {
    require(!(is_bootstrap(options.interval) && options.derived == derived_interval::delta), function,
            "an interval by standard error for delta", name_of(options.interval));
}

/// The name of the method of an interval: "clustered, stata", "classical, separate variances",
/// "cluster_bootstrap_bca", or that of the interval.
[[nodiscard]] constexpr std::string_view method_of(const trend_options& options) {
    if (options.interval == trend_interval::clustered && options.correction != cluster_correction::none)
        return prefixed_name<"clustered, ">(options.correction);
    if (options.interval == trend_interval::classical && options.variance == residual_variance::separate)
        return "classical, separate variances";
    if (is_bootstrap(options.interval) && options.resampling == bootstrap_resampling::clusters)
        return prefixed_name<"cluster_">(options.interval);
    return name_of(options.interval);
}

class trend_lines {
public:
    /// Lines 0..n_lines-1 of the records. One of fewer than 3 records (`too_few`), or all on one day (`degenerate`),
    /// has no slope and takes no part in any variance. `has_clusters`: whether the records' clusters mean anything.
    trend_lines(const std::vector<grouped_log>& records, std::size_t n_lines, bool has_clusters)
        : lines_(n_lines), has_clusters_(has_clusters) {
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
    [[nodiscard]] std::size_t n_clusters() const { return has_clusters_ ? n_clusters_ : 0; }

    [[nodiscard]] double value(const contrast& u) const { return value_of(u, lines_); }
    [[nodiscard]] contrast level(std::size_t line, double day) const { return {{line, 1, day - lines_[line].centre}}; }

    /// A contrast with its interval. `more_variance` is added to its variance, for predictions.
    [[nodiscard]] estimate interval_of(const contrast& u, const trend_options& options,
                                       double more_variance = 0) const {
        estimate result = without_value(u, options);
        if (result.status != estimate_status::ok) return result;
        if (is_bootstrap(options.interval)) return read_off(bootstrap_of(u, options), result, options);
        result.degrees_of_freedom = degrees_of_freedom(u, options);
        const double variance = covariance(u, u, options) + more_variance;
        const double half = quantile(options.level, result.degrees_of_freedom) * std::sqrt(variance);
        const double middle = value(u);
        result.value = middle;
        result.bounds = interval{middle - half, middle + half};
        return result;
    }

    /// The test that a contrast is 0, by its standard error: t, or z where the reference is the normal distribution.
    /// `degenerate` where the standard error is 0; nothing for the bootstraps, which are no test.
    [[nodiscard]] std::optional<test_result> test_of(const contrast& u, const trend_options& options) const {
        if (is_bootstrap(options.interval)) return std::nullopt;
        const estimate sample = without_value(u, options);
        test_result test{.method = sample.method, .n = sample.n, .status = sample.status};
        if (test.status != estimate_status::ok) return test;
        test.degrees_of_freedom = degrees_of_freedom(u, options);
        const double statistic = value(u) / std::sqrt(covariance(u, u, options));
        if (!std::isfinite(statistic)) {
            test.status = estimate_status::degenerate;
            return test;
        }
        test.statistic = statistic;
        test.p_value = test.degrees_of_freedom ? two_sided_t_p(statistic, *test.degrees_of_freedom)
                                               : two_sided_normal_p(statistic);
        return test;
    }

    /// The ratio of two contrasts: by Fieller's (1954) theorem, the delta method or the bootstrap. `degenerate` where
    /// the interval of the denominator, of the same kind, contains 0.
    [[nodiscard]] estimate ratio_of(const contrast& above, const contrast& below, const trend_options& options) const {
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
        if (is_bootstrap(options.interval))
            return read_off(
                replicates_of(
                    [above, below](const auto& lines) { return value_of(above, lines) / value_of(below, lines); },
                    options),
                result, options);
        // Fieller: ratio + d belongs to the interval where null - d * below, of value -d b, is within q standard errors
        // of 0, null being above - ratio * below, of value 0. The delta method takes that value, -d b, as certain.
        contrast scaled = below;
        for (line_term& term : scaled) term = {term.line, ratio * term.level, ratio * term.slope};
        const contrast null = difference(above, scaled);
        const bool fieller = options.derived == derived_interval::fieller;
        result.degrees_of_freedom = degrees_of_freedom(null, options);
        const double q = quantile(options.level, result.degrees_of_freedom);
        const double variance = covariance(null, null, options);
        const double crossed = fieller ? q * covariance(null, below, options) : 0;
        const double leading = b * b - (fieller ? q * q * covariance(below, below, options) : 0);
        if (!(leading > 0)) {
            result.status = estimate_status::degenerate;
            return result;
        }
        const double middle = ratio - q * crossed / leading;
        const double half = q * std::sqrt(crossed * crossed + leading * variance) / leading;
        result.value = ratio;
        result.bounds = interval{middle - half, middle + half};
        return result;
    }

    /// The bootstrap distribution of a contrast.
    [[nodiscard]] bootstrap_distribution bootstrap_of(const contrast& u, const trend_options& options) const {
        bootstrap_distribution result = replicates_of([u](const auto& lines) { return value_of(u, lines); }, options);
        if (const auto status = without_value(u, options).status; status != estimate_status::ok) {
            result.value.reset();
            result.status = status;
        }
        return result;
    }

    /// The lines that a contrast is about, as an estimate without a value whose status says whether there can be one.
    [[nodiscard]] estimate without_value(const contrast& u, const trend_options& options) const {
        require_level(options.level, "trend_options");
        const bool by_cluster = is_by_cluster(options);
        require(!by_cluster || has_clusters_, "trend_options", "a fit with a cluster field for clusters",
                name_of(options.interval));
        estimate result{.level = options.level, .method = method_of(options), .status = estimate_status::ok};
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
            if (counted[i] && by_cluster && n_clusters_of(i) < 3) result.status = estimate_status::too_few;
        const bool by_leverage = options.interval == trend_interval::hc2 || options.interval == trend_interval::hc3;
        if (by_leverage && std::ranges::any_of(points_, [&](const line_point& point) {
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
        std::vector<std::uint32_t> numbers;
        n_clusters_ = 0;
        for (line_point& point : points_) {
            if (point.cluster >= numbers.size()) numbers.resize(point.cluster + std::size_t{1}, not_numbered);
            std::uint32_t& number = numbers[point.cluster];
            if (number == not_numbered) number = n_clusters_++;
            point.cluster = number;
        }
    }

    [[nodiscard]] std::size_t n_clusters_of(std::size_t line) const {
        std::vector<bool> seen(n_clusters_);
        for (const line_point& point : points_)
            if (point.line == line) seen[point.cluster] = true;
        return static_cast<std::size_t>(std::ranges::count(seen, true));
    }

    [[nodiscard]] double leverage(const line_point& point) const {
        const trend_line& line = lines_[point.line];
        return 1 / line.n + point.x * point.x / line.sxx;
    }

    /// A contrast as the weights that it gives to the records: level / n + slope x / sxx.
    [[nodiscard]] std::vector<line_term> weights(const contrast& u) const {
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

    /// The estimated covariance of two contrasts, by a covariance_kind.
    [[nodiscard]] double covariance(const contrast& u, const contrast& v, const trend_options& options) const {
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
        std::vector<double> scores_u(n_clusters_), scores_v(n_clusters_);
        for (const line_point& point : points_) {
            scores_u[point.cluster] += score(of_u, point);
            scores_v[point.cluster] += score(of_v, point);
        }
        double sum = 0;
        for (std::size_t i = 0; i < n_clusters_; ++i) sum += scores_u[i] * scores_v[i];
        return sum * cluster_multiplier(options.correction, static_cast<double>(n_clusters_), size.n, size.p);
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
    [[nodiscard]] std::optional<double> degrees_of_freedom(const contrast& u, const trend_options& options) const {
        if (options.reference == reference_distribution::standard_normal) return std::nullopt;
        if (options.interval == trend_interval::clustered) return static_cast<double>(n_clusters_ - 1);
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
};

}  // namespace compute_divide::detail

#endif
