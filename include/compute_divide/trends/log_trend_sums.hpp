// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_LOG_TREND_SUMS_HPP
#define COMPUTE_DIVIDE_TRENDS_LOG_TREND_SUMS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/label_map.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/detail/sums_of_weights.hpp>
#include <compute_divide/detail/wide_integer.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/trends/detail/method_names.hpp>
#include <compute_divide/trends/growth.hpp>
#include <compute_divide/trends/trend_options.hpp>

/// The exponential trend of a quantity in time as an accumulator, for engines that add up in parts: what fit_log_trend
/// gives of all records, without keeping them.
///
///     log_trend_sums sums;
///     for (const model& m : models) sums.add(m.published, m.training_flop);
///     sums.merge(those_of_another_worker);
///     sums.result().factor;  // 4.1 [3.9, 4.4] (classical, 95 %, n = 428)
///
///     clustered_log_trend_sums<std::string> by_lab;  // of records that depend on each other within a cluster
///     by_lab.add(m.published, m.training_flop, m.organisation);
///     by_lab.result();
namespace compute_divide::inline v0_2 {

namespace detail {

/// Sums over records of x, the day in units of 2^-36 (a microsecond), and y, log10 of the value in units of 2^-52:
/// whole numbers, so that no sum is ever rounded.
struct line_sums {
    static constexpr int day_bits = 36, log_bits = 52;

    [[nodiscard]] static constexpr double unit(int bits) { return static_cast<double>(std::uint64_t{1} << bits); }
    /// Of |x| < 2^62; halves away from 0: std::llround without a call.
    [[nodiscard]] static constexpr std::int64_t nearest_whole(double x) {
        const auto whole = static_cast<std::int64_t>(x);
        const double rest = x - static_cast<double>(whole);  // exactly
        return whole + (rest >= 0.5 ? 1 : 0) - (rest <= -0.5 ? 1 : 0);
    }

    std::uint64_t n = 0;
    wide_integer<2> x = {}, y = {};
    wide_integer<3> xx = {}, xy = {}, yy = {};

    void add(double day, double log) {
        const std::int64_t a = nearest_whole(day * unit(day_bits)), b = nearest_whole(log * unit(log_bits));
        ++n;
        x += a;
        y += b;
        xx.add_product(a, a);
        xy.add_product(a, b);
        yy.add_product(b, b);
    }
    void merge(const line_sums& other) {
        n += other.n;
        x += other.x;
        y += other.y;
        xx += other.xx;
        xy += other.xy;
        yy += other.yy;
    }
    friend bool operator==(const line_sums&, const line_sums&) = default;
    static auto state(auto& self) { return std::tie(self.n, self.x, self.y, self.xx, self.xy, self.yy); }
    [[nodiscard]] bool restore() const;
};

/// What follows from sums without any rounding. The bits are enough: n < 2^62, |x| and |y| < 2^61.
struct exact_line {
    using whole = wide_integer<10>;
    using product = wide_integer<4>;

    whole n = {}, x = {}, y = {};
    product xx = {}, xy = {}, yy = {};  ///< n sums of products less products of sums: n^2 times (co)variances

    explicit exact_line(const line_sums& sums)
        : n(whole::of_unsigned(sums.n)),
          x(whole::of(sums.x)),
          y(whole::of(sums.y)),
          xx(about_mean(sums.n, sums.xx, sums.x, sums.x)),
          xy(about_mean(sums.n, sums.xy, sums.x, sums.y)),
          yy(about_mean(sums.n, sums.yy, sums.y, sums.y)) {}

    /// n xx times the residual sum of squares.
    [[nodiscard]] wide_integer<8> residual() const {
        using twice = wide_integer<8>;
        return twice::of(yy) * twice::of(xx) - twice::of(xy) * twice::of(xy);
    }
    /// Sum of (day - mean) residual over the records of `part`.
    [[nodiscard]] double score(const line_sums& part) const {
        const whole m = whole::of_unsigned(part.n), px = whole::of(part.x), py = whole::of(part.y);
        const whole with_y = n * (n * whole::of(part.xy) - x * py - y * px) + m * x * y;
        const whole with_x = n * (n * whole::of(part.xx) - x * px - x * px) + m * x * x;
        const double size = n.as_double();
        return scaled((with_y * whole::of(xx) - whole::of(xy) * with_x).as_double() / xx.as_double() / size / size,
                      line_sums::day_bits + line_sums::log_bits);
    }
    /// Sum of (day - mean) over them.
    [[nodiscard]] double distance(const line_sums& part) const {
        return scaled((n * whole::of(part.x) - whole::of_unsigned(part.n) * x).as_double() / n.as_double(),
                      line_sums::day_bits);
    }
    /// Sum of (day - mean)^2 over all.
    [[nodiscard]] double squares() const { return scaled(xx.as_double() / n.as_double(), 2 * line_sums::day_bits); }
    /// Orders of magnitude a day.
    [[nodiscard]] double slope() const {
        return scaled(xy.as_double() / xx.as_double(), line_sums::log_bits - line_sums::day_bits);
    }
    [[nodiscard]] double residual_squares() const {
        return scaled(residual().as_double() / xx.as_double() / n.as_double(), 2 * line_sums::log_bits);
    }
    [[nodiscard]] double total_squares() const {
        return scaled(yy.as_double() / n.as_double(), 2 * line_sums::log_bits);
    }

private:
    [[nodiscard]] static product about_mean(std::uint64_t n, const wide_integer<3>& products, const wide_integer<2>& a,
                                            const wide_integer<2>& b) {
        return product::of_unsigned(n) * product::of(products) - product::of(a) * product::of(b);
    }
    [[nodiscard]] static double scaled(double x, int bits) { return std::ldexp(x, -bits); }
};

/// Whether there can be n records of such sums: squares that are not negative, and products that they allow.
inline bool line_sums::restore() const {
    if (n > most_records) return false;
    if (n == 0) return *this == line_sums{};
    const exact_line line(*this);
    using product = exact_line::product;
    const product most = product::of_unsigned(n) * product::of_unsigned(std::uint64_t{1} << 61U) *
                         product::of_unsigned(std::uint64_t{1} << 61U);
    return !xx.is_negative() && !yy.is_negative() && !(most - product::of(xx)).is_negative() &&
           !(most - product::of(yy)).is_negative() && !line.xx.is_negative() && !line.yy.is_negative() &&
           !line.residual().is_negative();
}

/// The sum in an order of their own, so that it does not depend on theirs.
[[nodiscard]] inline double sum_in_order(std::vector<double>& numbers) {
    detail::sort(numbers);
    double sum = 0;
    for (const double x : numbers) sum += x;
    return sum;
}

/// Fewer clusters, or clusters of unequal weight that are worth fewer, and intervals by clusters are too narrow.
inline constexpr double enough_clusters_of_sums = 20;

/// The day and log10 of a record; nothing where they are not known.
struct dated_log {
    double day, log;
};
template <class Date, class Value>
[[nodiscard]] std::optional<dated_log> read_dated_log(const Date& date, const Value& value, std::uint64_t n) {
    const double x = as_double(value), day = days_since_1970(date);
    require(!is_known(x) || (x > 0 && x <= std::numeric_limits<double>::max()), "log_trend_sums", "a finite value > 0",
            x);
    require(n < most_records, "log_trend_sums", "at most 2^62 records in all", n);
    if (!is_known(x) || !is_known(day)) return std::nullopt;
    return dated_log{day, std::log10(x)};
}

/// The growth of all, by an interval of `clustered` from the sums of clusters, or by a classical one of none.
[[nodiscard]] inline growth growth_of_sums(const line_sums& all, const std::vector<const line_sums*>& clusters,
                                           std::uint64_t n_missing, const trend_options& options) {
    require_level(options.level, "log_trend_sums");
    const bool by_cluster = options.interval == trend_interval::clustered;
    const bool separate = !by_cluster && options.variance == residual_variance::separate;
    estimate slope{.level = options.level,
                   .method = by_cluster && options.correction != cluster_correction::none
                                 ? prefixed_name<"clustered, ">(options.correction)
                             : separate ? "classical, separate variances"
                                        : name_of(options.interval),
                   .n = all.n,
                   .n_missing = n_missing,
                   .status = all.n == 0  ? estimate_status::no_data
                             : all.n < 3 ? estimate_status::too_few
                                         : estimate_status::ok};
    const growth_options how{.units = options.units, .derived = options.derived};
    if (!slope) return growth_of(slope, how);
    const exact_line line(all);
    const auto g = static_cast<double>(clusters.size()), n = static_cast<double>(all.n);
    if (line.xx.is_zero())
        slope.status = estimate_status::degenerate;
    else if (by_cluster && g < 3)
        slope.status = estimate_status::too_few;
    if (!slope) return growth_of(slope, how);

    const double squares = line.squares();
    double variance = line.residual_squares() / (n - 2) / squares, degrees = n - 2;
    if (by_cluster) {
        std::vector<double> scores, weights, fourths;
        for (const line_sums* const each : clusters) {
            const double score = line.score(*each) / squares, weight = line.distance(*each) / squares;
            scores.push_back(score * score);
            weights.push_back(weight * weight);
            fourths.push_back(weight * weight * weight * weight);
        }
        variance = cluster_multiplier(options.correction, g, n, 2) * sum_in_order(scores);
        degrees = g - 1;
        const double even = sum_in_order(weights), uneven = sum_in_order(fourths);
        const double effective = uneven > 0 ? even * even / uneven : 0;  // Carter, Schnepel and Steigerwald (2017)
        if (std::min(g, effective) < enough_clusters_of_sums) slope.status = estimate_status::few_clusters;
    }
    const bool student = options.reference == reference_distribution::student_t;
    if (student) slope.degrees_of_freedom = degrees;
    const double half =
        (student ? two_sided_t(options.level, degrees) : upper_normal_quantile((1 - options.level) / 2)) *
        std::sqrt(variance);
    const double middle = line.slope();
    slope.value = middle;
    slope.bounds = interval{middle - half, middle + half};
    return growth_of(slope, how);
}

}  // namespace detail

/// A date that may not be known.
template <class Date>
concept calendar_time_or_none = calendar_time<known_t<Date>>;

/// Sums of independent records.
///
/// The result is that of fit_log_trend to the last digits, and the same to the last bit however the records were split
/// and in whatever order they were added and merged: days are rounded to 2^-36, log10 of values to 2^-52 (which only
/// those below 1 notice), and then no sum is rounded. The interval is `classical`; those of other variances (hc0 to
/// hc3) and the bootstraps need the records once more: fit_log_trend.
///
/// 120 bytes; `add` and `merge` are O(1). Checked against fit_log_trend and, in exact fractions, against
/// tests/reference/log_trend_sums.py.
class log_trend_sums {
public:
    /// A record of unknown date or value is counted as missing. Throws std::invalid_argument for a value that is 0,
    /// negative or infinite, and for more than 2^62 records.
    template <calendar_time_or_none Date, class Value>
    requires quantity<known_t<Value>>
    void add(const Date& date, const Value& value) {
        if (const auto found = detail::read_dated_log(date, value, sums_.n))
            sums_.add(found->day, found->log);
        else
            ++n_missing_;
    }
    void merge(const log_trend_sums& other) {
        detail::require(other.sums_.n <= detail::most_records - sums_.n, "log_trend_sums",
                        "at most 2^62 records in all", other.sums_.n);
        sums_.merge(other.sums_);
        n_missing_ += other.n_missing_;
    }

    [[nodiscard]] std::uint64_t n() const { return sums_.n; }

    /// Slope, growth factor and doubling time. no_data: no record; too_few: fewer than 3; degenerate: all on one day.
    /// Throws std::invalid_argument for an interval that is not `classical`, or a level outside (0, 1).
    [[nodiscard]] growth result(const trend_options& options = {}) const {
        detail::require(options.interval == trend_interval::classical, "log_trend_sums::result",
                        "a classical interval (clustered: clustered_log_trend_sums; others: fit_log_trend)",
                        name_of(options.interval));
        return detail::growth_of_sums(sums_, {}, n_missing_, options);
    }
    /// 1 - residual sum of squares / total sum of squares; nothing where there is no trend, or all values are the same.
    [[nodiscard]] std::optional<double> r_squared() const {
        if (sums_.n < 3) return std::nullopt;
        const detail::exact_line line(sums_);
        if (line.xx.is_zero() || line.yy.is_zero()) return std::nullopt;
        return 1 - line.residual_squares() / line.total_squares();
    }

    friend bool operator==(const log_trend_sums&, const log_trend_sums&) = default;

private:
    friend struct state_access;
    static constexpr std::string_view state_name = "log_trend_sums";
    static auto state(auto& self) { return std::tie(self.sums_, self.n_missing_); }

    detail::line_sums sums_ = {};
    std::uint64_t n_missing_ = 0;
};

/// The same of records that depend on each other within a cluster, a label such as their organisation: sums for each.
/// Intervals `classical` and `clustered`; of records with several labels, cr2 and cr3 see fit_log_trend. Memory goes
/// with the number of clusters, 120 bytes and the label each; `merge` and `result` are O(clusters).
template <label Cluster>
class clustered_log_trend_sums {
public:
    /// As log_trend_sums; a record of unknown cluster is missing, too.
    template <calendar_time_or_none Date, class Value, detail::stored_as<Cluster> Label>
    requires quantity<known_t<Value>>
    void add(const Date& date, const Value& value, const Label& cluster) {
        const auto found = detail::read_dated_log(date, value, n_);
        if (!found || !is_known(cluster)) {
            ++n_missing_;
            return;
        }
        sums_.value_of(detail::lookup_form(cluster)).add(found->day, found->log);
        ++n_;
    }
    void merge(const clustered_log_trend_sums& other) {
        detail::require(other.n_ <= detail::most_records - n_, "log_trend_sums", "at most 2^62 records in all",
                        other.n_);
        other.sums_.for_each([this](const Cluster& cluster, const detail::line_sums& more) {
            sums_.value_of(detail::lookup_form(cluster)).merge(more);
        });
        n_ += other.n_;
        n_missing_ += other.n_missing_;
    }

    [[nodiscard]] std::uint64_t n() const { return n_; }
    [[nodiscard]] std::size_t n_clusters() const {
        std::size_t n = 0;
        sums_.for_each([&](const Cluster&, const detail::line_sums&) { ++n; });
        return n;
    }

    /// As log_trend_sums; by clusters also too_few of fewer than 3 clusters, and few_clusters of fewer than 20, or of
    /// clusters so uneven that they are worth fewer.
    [[nodiscard]] growth result(const trend_options& options = {.interval = trend_interval::clustered}) const {
        const bool by_cluster = options.interval == trend_interval::clustered;
        detail::require(by_cluster || options.interval == trend_interval::classical, "clustered_log_trend_sums::result",
                        "a clustered or classical interval (others: fit_log_trend)", name_of(options.interval));
        detail::line_sums all;
        std::vector<const detail::line_sums*> clusters;
        sums_.for_each([&](const Cluster&, const detail::line_sums& each) {
            all.merge(each);
            clusters.push_back(&each);
        });
        return detail::growth_of_sums(all, clusters, n_missing_, options);
    }

private:
    friend struct state_access;
    static constexpr std::string_view state_name = "clustered_log_trend_sums";
    static auto state(auto& self) { return std::tie(self.sums_, self.n_, self.n_missing_); }
    /// No more records than can be counted, each cluster with some.
    [[nodiscard]] bool restore() const {
        detail::record_count all;
        bool none_empty = true;
        sums_.for_each([&](const Cluster&, const detail::line_sums& each) {
            all.add(each.n);
            none_empty = none_empty && each.n > 0;
        });
        return none_empty && all.fits && all.all == n_;
    }

    detail::label_map<detail::line_sums, Cluster> sums_;
    std::uint64_t n_ = 0, n_missing_ = 0;
};

}  // namespace compute_divide::inline v0_2

#endif
