// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_RESAMPLED_SEGMENTS_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_RESAMPLED_SEGMENTS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/trends/detail/continuous_segments.hpp>
#include <compute_divide/trends/detail/dated_logs.hpp>
#include <compute_divide/trends/detail/discontinuous_segments.hpp>
#include <compute_divide/trends/detail/time_series.hpp>
#include <compute_divide/trends/segmented_options.hpp>

/// Breaks looked for again in resamples.
namespace compute_divide::inline v0_2::detail {

/// In order; which is first among equal dates does not depend on the records' order.
inline void sort_by_date(std::vector<grouped_log>& points) {
    detail::sort(points, [](const grouped_log& a, const grouped_log& b) {
        return a.day < b.day || (a.day == b.day && a.log < b.log);
    });
}

[[nodiscard]] inline std::vector<std::size_t> positions_of(const breakpoints& all) {
    std::vector<std::size_t> positions;
    for (const breakpoint& one : all) positions.push_back(one.position);
    return positions;
}
[[nodiscard]] inline std::vector<fitted_segment> segments_of(const time_series& data, const breakpoints& all,
                                                             break_kind kind) {
    return kind == break_kind::continuous ? continuous_segments(data, all)
                                          : discontinuous_segments(data, positions_of(all));
}

/// The best 0, 1, ... breaks.
[[nodiscard]] inline std::vector<segmented_fit> best_breaks(const time_series& data, break_kind kind, std::size_t most,
                                                            std::size_t least) {
    if (kind == break_kind::continuous) return best_continuous(data, most, least);
    std::vector<segmented_fit> fits;
    for (const auto& positions : best_discontinuous(data, most, least)) {
        segmented_fit& fit =
            fits.emplace_back(segmented_fit{{}, residual_squares(data, discontinuous_segments(data, positions))});
        for (const std::size_t position : positions) fit.all.push_back({position, data.x[position]});
    }
    return fits;
}

/// The breaks of a resample, as many as the sample has; none where there is no room for them. Several continuous ones
/// are looked for from those of the sample, of origin `origin`, each between its neighbours.
[[nodiscard]] inline breakpoints breaks_of_resample(const time_series& data, const breakpoints& on_sample,
                                                    double origin, break_kind kind, std::size_t least) {
    if (kind == break_kind::discontinuous || on_sample.size() == 1) {
        const auto fits = best_breaks(data, kind, on_sample.size(), least);
        return fits.size() > on_sample.size() ? fits[on_sample.size()].all : breakpoints{};
    }
    breakpoints all;
    std::size_t left = 0;
    for (const breakpoint& one : on_sample) {
        const double at = origin + one.at - data.origin;
        const auto place = detail::lower_bound(data.x, at) - data.x.begin();
        all.push_back({static_cast<std::size_t>(place), at});
        if (!data.is_segment(left, all.back().position, 2)) return {};
        left = all.back().position;
    }
    if (!data.is_segment(left, data.size(), 2)) return {};
    settle(data, all, least, coarse);
    return all;
}

/// The clusters of points: those of the k-th are members[starts[k]] to members[starts[k + 1]].
struct point_clusters {
    std::vector<std::size_t> members = {}, starts = {0};

    explicit point_clusters(const std::vector<grouped_log>& points) {
        members.resize(points.size());
        for (std::size_t i = 0; i < members.size(); ++i) members[i] = i;
        detail::stable_sort_by(members, [&](std::size_t i) { return points[i].cluster; });
        for (std::size_t i = 1; i < members.size(); ++i)
            if (points[members[i]].cluster != points[members[i - 1]].cluster) starts.push_back(i);
        if (!members.empty()) starts.push_back(members.size());
    }
    [[nodiscard]] std::size_t size() const { return starts.size() - 1; }
};

/// 1 + (m - 1) r, at least 1: by how much the variance of a mean of dependent records is larger (Kish, 1965). m = sum
/// of squared cluster sizes / n; r is the correlation within clusters by analysis of variance of residuals, of a model
/// of `parameters`, which are taken from what is between clusters.
[[nodiscard]] inline double design_effect(const std::vector<double>& residuals, const point_clusters& clusters,
                                          double parameters) {
    const auto n = static_cast<double>(residuals.size());
    const auto groups = static_cast<double>(clusters.size());
    double between = 0, within = 0, squares = 0;
    for (std::size_t g = 0; g < clusters.size(); ++g) {
        const auto size = static_cast<double>(clusters.starts[g + 1] - clusters.starts[g]);
        double mean = 0;
        for (std::size_t i = clusters.starts[g]; i < clusters.starts[g + 1]; ++i)
            mean += residuals[clusters.members[i]] / size;
        for (std::size_t i = clusters.starts[g]; i < clusters.starts[g + 1]; ++i)
            within += (residuals[clusters.members[i]] - mean) * (residuals[clusters.members[i]] - mean);
        between += size * mean * mean;
        squares += size * size;
    }
    const double mean_size = squares / n;
    if (!(groups > 1) || !(n > groups)) return 1;
    const double of_between = between / std::max(groups - parameters, 1.0);
    const double of_within = within / (n - groups);
    const double usual_size = (n - mean_size) / (groups - 1);
    const double correlation = (of_between - of_within) / (of_between + (usual_size - 1) * of_within);
    return std::isfinite(correlation) ? 1 + (mean_size - 1) * std::clamp(correlation, 0.0, 1.0) : 1;
}

/// Of each break its decimal year, of each segment its slope a day, over resamples of whole clusters.
struct resampled_segments {
    std::vector<bootstrap_distribution> years = {}, slopes = {};
};

/// `points` in order of date; `data` of them; `on_sample` their breaks. Replicate b draws from random_stream(seed, b).
[[nodiscard]] inline resampled_segments resample_segments(const std::vector<grouped_log>& points,
                                                          const time_series& data, const breakpoints& on_sample,
                                                          break_kind kind, std::size_t least,
                                                          const bootstrap_options& options) {
    const point_clusters clusters(points);
    const std::size_t breaks = on_sample.size(), columns = 2 * breaks + 1;
    const auto values_of = [&](const time_series& of, const breakpoints& all, double* to) {
        for (std::size_t j = 0; j < breaks; ++j) to[j] = decimal_year(exact(of.origin + all[j].at));
        const auto segments = segments_of(of, all, kind);
        for (std::size_t j = 0; j < segments.size(); ++j) to[breaks + j] = segments[j].slope;
    };
    std::vector<double> rows(options.replicates * columns, std::numeric_limits<double>::quiet_NaN());
    in_parts(options.replicates, options.threads, [&](std::size_t first, std::size_t last) {
        std::vector<grouped_log> drawn;
        for (std::size_t replicate = first; replicate < last; ++replicate) {
            random_stream stream(options.seed, replicate);
            drawn.clear();
            for (std::size_t draw = 0; draw < clusters.size(); ++draw) {
                const std::size_t g = stream.below(clusters.size());
                for (std::size_t i = clusters.starts[g]; i < clusters.starts[g + 1]; ++i)
                    drawn.push_back(points[clusters.members[i]]);
            }
            sort_by_date(drawn);
            const time_series resample(drawn);
            if (resample.size() < 2) continue;
            const auto found =
                breaks == 0 ? breakpoints{} : breaks_of_resample(resample, on_sample, data.origin, kind, least);
            if (found.size() == breaks) values_of(resample, found, rows.data() + replicate * columns);
        }
    });
    std::vector<double> on_all(columns);
    values_of(data, on_sample, on_all.data());
    resampled_segments result;
    for (std::size_t column = 0; column < columns; ++column) {
        bootstrap_distribution one{.value = on_all[column],
                                   .n = points.size(),
                                   .n_units = clusters.size(),
                                   .resampling = bootstrap_resampling::clusters,
                                   .status = clusters.size() < 3 ? estimate_status::too_few : estimate_status::ok};
        for (std::size_t replicate = 0; replicate < options.replicates; ++replicate)
            if (const double x = rows[replicate * columns + column]; std::isfinite(x)) one.replicates.push_back(x);
        one.n_skipped = options.replicates - one.replicates.size();
        detail::sort(one.replicates);
        if (one.status == estimate_status::ok && one.replicates.empty()) one.status = estimate_status::degenerate;
        if (one.status != estimate_status::ok) one.value.reset();
        (column < breaks ? result.years : result.slopes).push_back(std::move(one));
    }
    return result;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
