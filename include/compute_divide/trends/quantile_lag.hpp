// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_QUANTILE_LAG_HPP
#define COMPUTE_DIVIDE_TRENDS_QUANTILE_LAG_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/paired_sample.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/shared_label_scores.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/trends/growth.hpp>
#include <compute_divide/trends/quantile_regression.hpp>

/// By how many years the upper part of one group is behind that of another.
///
/// The largest of a group so far depends on how many the group has: of two groups alike in all but size, the larger has
/// the higher frontier. A high quantile of what is to be expected on a date does not depend on it.
namespace compute_divide::inline v0_2 {

struct quantile_lag_options {
    double quantile = 0.9;  ///< share of a group's records below its line
    double level = 0.95;    ///< of the intervals
    growth_units units = {};
    bootstrap_options bootstrap = {.replicates = 1'999, .jackknife = false};
};

/// How far the quantile lines of two groups are from each other on a date.
struct quantile_lag_result {
    estimate years = {};       ///< that `behind` needs to reach the level of `ahead`, at the growth of `ahead`
    estimate difference = {};  ///< level of `ahead` less that of `behind` on the date, orders of magnitude
    estimate slope = {};       ///< of the line of `ahead`, orders of magnitude a year
    double quantile = 0.9;
    std::uint64_t n_clusters = 0;  ///< of the group that has fewer

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(years); }
    friend bool operator==(const quantile_lag_result&, const quantile_lag_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<quantile_lag_result>) {
    using result = quantile_lag_result;
    return member_list(member{"years", &result::years}, member{"difference", &result::difference},
                       member{"slope", &result::slope}, member{"quantile", &result::quantile},
                       member{"n_clusters", &result::n_clusters});
}

namespace detail {

/// The smallest number of clusters of one size for which coverage was not seen below .93, even and uneven clusters
/// alike: 25, and of quantiles near an end so many that 6 are to be expected beyond it, 60 of .9. There clusters worth
/// 33 of one size covered .92 (1,000 samples), and 36 even ones with levels of more spread .89 (200).
[[nodiscard]] inline double enough_clusters_of_lag(double quantile) {
    return std::max(25.0, 6 / std::min(quantile, 1 - quantile) - 1e-9);
}

/// Records of one group on an axis of years from the date of the comparison, and which clusters each is of: those of
/// the i-th are labels[starts[i]] to labels[starts[i + 1]].
struct clustered_points {
    std::vector<point> points = {};
    std::vector<std::uint32_t> labels = {};
    std::vector<std::size_t> starts = {0};

    void add(point p, const std::vector<std::uint32_t>& clusters) {
        points.push_back(p);
        labels.insert(labels.end(), clusters.begin(), clusters.end());
        starts.push_back(labels.size());
    }
    [[nodiscard]] std::uint64_t n_clusters() const {
        std::vector<std::uint32_t> distinct = labels;
        detail::sort(distinct);
        return static_cast<std::uint64_t>(std::unique(distinct.begin(), distinct.end()) - distinct.begin());
    }
    /// How many clusters of one size they are worth: n^2 over the pairs of records that share one.
    [[nodiscard]] double evenly_sized_clusters() const {
        if (points.empty()) return 0;
        shared_label_scores pairs(1);
        const double one = 1;
        for (std::size_t i = 0; i < points.size(); ++i)
            pairs.add(std::span(&one, 1), std::span(labels).subspan(starts[i], starts[i + 1] - starts[i]));
        const auto n = static_cast<double>(points.size());
        return n * n / pairs.meat().front();
    }
    [[nodiscard]] bool has_slope() const {
        return detail::any_of(points, [&](const point& p) { return p.x != points.front().x; });
    }
};

/// The quantile line of points at x = 0: level and slope.
struct level_and_slope {
    double level, slope;
};
[[nodiscard]] inline level_and_slope quantile_level(const std::vector<point>& points, double quantile,
                                                    std::span<const double> weights, double near_slope) {
    const quantile_line_search found(points, quantile, weights, near_slope);
    return {found.intercept(), found.slope()};
}

/// Weights of records whose clusters are drawn anew.
///
/// Where every record has one label they are the multiplicities of as many clusters as there are, drawn with
/// replacement. Where some have several, each label has a standard exponential weight e of its own, and a record with k
/// labels the weight 1 + sum (e - 1) / sqrt(k), or 0 where that is below 0: of mean and variance near 1, independent of
/// records that share no label, and with the correlation shared / sqrt(k k') to those that share some.
class drawn_cluster_weights {
public:
    drawn_cluster_weights(std::size_t n_labels, bool several) : of_label_(n_labels), several_(several) {}

    void draw(random_stream& stream) {
        if (several_) {
            for (double& e : of_label_) e = -std::log1p(-stream.uniform());
            return;
        }
        detail::fill(of_label_, 0.0);
        for (std::size_t i = 0; i < of_label_.size(); ++i) ++of_label_[stream.below(of_label_.size())];
    }
    [[nodiscard]] double of(const clustered_points& records, std::size_t i) const {
        const std::size_t first = records.starts[i], last = records.starts[i + 1];
        if (!several_) return of_label_[records.labels[first]];
        double excess = 0;
        for (std::size_t l = first; l < last; ++l) excess += of_label_[records.labels[l]] - 1;
        return std::max(0.0, 1 + excess / std::sqrt(static_cast<double>(last - first)));
    }

private:
    std::vector<double> of_label_;
    bool several_;
};

}  // namespace detail

/// By how many years the upper part of `behind` is behind that of `ahead` on a date:
///
///     quantile_lag(models, &model::team, &model::published, &model::training_flop, &model::organisations,
///                  team_kind::academia_only, team_kind::industry_only, 2022y).years;
///
///   years = (level_ahead(date) - level_behind(date)) / slope_ahead / 365.25 days
///
/// level and slope those of each group's own quantile line of log10(value) (quantile_regression.hpp). Intervals are
/// percentiles of the cluster bootstrap, both groups drawn together. Where `cluster` yields several labels a record,
/// labels are weighted instead of drawn: 1 + sum (e - 1) / sqrt(k) for k labels of standard exponential weights e. A
/// record without a label is a cluster of its own. A replicate where a group is left without two dates, or its leader
/// does not grow, is left out.
///
/// By simulation the interval of 95 % covers .93 to .97 for groups of 60 to 500 records, alike or some years apart, of
/// equal sizes or not, independent or in clusters, and is centred at the truth (docs/coverage.md). few_clusters (value
/// and interval are there): the clusters of a group are worth fewer than 25, or 6 / min(q, 1 - q), of one size, n^2
/// over its pairs of records that share one, or fewer than 5 records are to be expected beyond its line, n min(q, 1 -
/// q). no_data: no record of one of the groups; too_few below 3 records of one, or where hardly a replicate is left;
/// degenerate: records of a group all on one date, `ahead` does not grow, or its growth is not certain at the level:
/// then the lag has no end, and the difference of levels is what can be said. n: records of both groups; n_missing:
/// date, value or group not known. Throws std::invalid_argument for a quantile or level outside (0, 1), a date that is
/// not known, too few replicates for the level, and, with the position of the record, for a value that is 0, negative
/// or infinite. O(replicates n log n). Sources: Koenker and Bassett (1978); cluster bootstrap of quantile regression:
/// Hagemann (2017) for the setting; weights: Praestgaard and Wellner (1993).
template <std::ranges::input_range Records, label_field_of<Records> Group, time_field_of<Records> Date,
          quantity_field_of<Records> Value, cluster_field_of<Records> Cluster, calendar_time At>
[[nodiscard]] quantile_lag_result quantile_lag(Records&& records, Group group, Date date, Value value, Cluster cluster,
                                               const known_t<field_value_t<Group, Records>>& behind,
                                               const known_t<field_value_t<Group, Records>>& ahead, const At& at,
                                               const quantile_lag_options& options = {}) {
    constexpr std::string_view function = "quantile_lag";
    const double q = options.quantile, tail = (1 - options.level) / 2;
    detail::require(q > 0 && q < 1, function, "quantile in (0, 1)", q);
    detail::require_level(options.level, function);
    const double day_of_lag = days_since_1970(at);
    detail::require(is_known(day_of_lag), function, "a known date", day_of_lag);
    detail::require(options.bootstrap.replicates > 0, function, "replicates >= 1", options.bootstrap.replicates);

    // What is read: behind first.
    std::array<detail::clustered_points, 2> groups;
    detail::cluster_numbers<Records, Cluster> number(cluster);
    std::uint32_t n_labels = 0;
    std::uint64_t position = 0, n_missing = 0;
    std::vector<std::pair<std::size_t, std::size_t>> alone;  // records without a label
    for (auto&& record : records) {
        const double x = as_double(std::invoke(value, record));
        const double day = days_since_1970(std::invoke(date, record));
        if (x <= 0 || x > std::numeric_limits<double>::max())
            detail::fail(function, "a finite value > 0 in record " + std::to_string(position), x);
        ++position;
        const field_value_t<Group, Records> label = std::invoke(group, record);
        if (!is_known(x) || !is_known(day) || !is_known(label)) {
            ++n_missing;
            continue;
        }
        for (std::size_t side = 0; side < groups.size(); ++side) {
            if (!(label == (side == 0 ? behind : ahead))) continue;
            auto labels = number(record);
            detail::sort(labels);
            labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
            if (labels.empty()) alone.emplace_back(side, groups[side].labels.size());
            if (labels.empty()) labels.push_back(0);
            groups[side].add({(day - day_of_lag) / options.units.days_per_year(), std::log10(x)}, labels);
        }
    }
    n_labels = static_cast<std::uint32_t>(number.labels());
    for (const auto& [side, place] : alone) groups[side].labels[place] = n_labels++;

    const detail::clustered_points &lower_group = groups[0], &upper_group = groups[1];
    quantile_lag_result result{.quantile = q};
    result.n_clusters = std::min(lower_group.n_clusters(), upper_group.n_clusters());
    bootstrap_distribution distribution;
    distribution.n = lower_group.points.size() + upper_group.points.size();
    distribution.n_units = n_labels;
    distribution.n_missing = n_missing;
    distribution.resampling = bootstrap_resampling::clusters;
    const std::size_t fewest = std::min(lower_group.points.size(), upper_group.points.size());
    distribution.status = fewest == 0                                            ? estimate_status::no_data
                          : fewest < 3                                           ? estimate_status::too_few
                          : !lower_group.has_slope() || !upper_group.has_slope() ? estimate_status::degenerate
                                                                                 : estimate_status::ok;
    const double effective = std::min(lower_group.evenly_sized_clusters(), upper_group.evenly_sized_clusters());
    std::array<bootstrap_distribution, 3> found{distribution, distribution, distribution};
    const auto report = [&] {
        std::array<estimate*, 3> told{&result.years, &result.difference, &result.slope};
        for (std::size_t k = 0; k < told.size(); ++k) {
            *told[k] = found[k].interval(bootstrap_interval::percentile, options.level);
            told[k]->method = "quantile_regression, cluster_bootstrap_percentile";
            const bool few =
                effective < detail::enough_clusters_of_lag(q) || static_cast<double>(fewest) * std::min(q, 1 - q) < 5;
            if (told[k]->status == estimate_status::ok && few) told[k]->status = estimate_status::few_clusters;
        }
    };
    if (distribution.status != estimate_status::ok) {
        report();
        return result;
    }

    const detail::level_and_slope low = detail::quantile_level(lower_group.points, q, {}, 0);
    const detail::level_and_slope high = detail::quantile_level(upper_group.points, q, {}, 0);
    const auto numbers_of = [](const detail::level_and_slope& l, const detail::level_and_slope& h) {
        return std::array{(h.level - l.level) / h.slope, h.level - l.level, h.slope};
    };
    const bool several = lower_group.labels.size() + upper_group.labels.size() > distribution.n;
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<std::array<double, 3>> rows(options.bootstrap.replicates, {none, none, none});
    detail::in_parts(rows.size(), options.bootstrap.threads, [&](std::size_t first, std::size_t last) {
        detail::drawn_cluster_weights drawn(n_labels, several);
        detail::clustered_points kept;
        std::vector<double> weights;
        const auto redrawn = [&](const detail::clustered_points& all,
                                 double near_slope) -> std::optional<detail::level_and_slope> {
            kept.points.clear();
            weights.clear();
            for (std::size_t i = 0; i < all.points.size(); ++i) {
                const double weight = drawn.of(all, i);
                if (!(weight > 0)) continue;
                kept.points.push_back(all.points[i]);
                weights.push_back(weight);
            }
            if (kept.points.empty() || !kept.has_slope()) return std::nullopt;
            return detail::quantile_level(kept.points, q, weights, near_slope);
        };
        for (std::size_t replicate = first; replicate < last; ++replicate) {
            random_stream stream(options.bootstrap.seed, replicate);
            drawn.draw(stream);
            const auto l = redrawn(lower_group, low.slope), h = redrawn(upper_group, high.slope);
            if (l && h) rows[replicate] = numbers_of(*l, *h);
        }
    });

    std::size_t without_growth = 0;
    for (const auto& row : rows) {
        const bool grows = row[2] > 0;
        if (row[2] <= 0) ++without_growth;
        for (std::size_t k = 0; k < found.size(); ++k) {
            if (std::isfinite(row[k]) && (grows || k > 0))
                found[k].replicates.push_back(row[k]);
            else
                ++found[k].n_skipped;
        }
    }
    const auto on_sample = numbers_of(low, high);
    for (std::size_t k = 0; k < found.size(); ++k) {
        detail::sort(found[k].replicates);
        if (std::isfinite(on_sample[k])) found[k].value = on_sample[k];
        if (!found[k].value || found[k].replicates.empty()) found[k].status = estimate_status::degenerate;
    }
    if (!(high.slope > 0)) found[0].status = estimate_status::degenerate;
    report();
    if (static_cast<double>(without_growth) > tail / 2 * static_cast<double>(rows.size())) {
        result.years.bounds.reset();
        result.years.status = estimate_status::degenerate;
        result.years.value.reset();
    }
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
