// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_CLUSTER_EQUATIONS_HPP
#define COMPUTE_DIVIDE_STATISTICS_CLUSTER_EQUATIONS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/statistics/curve_inference.hpp>
#include <compute_divide/statistics/detail/curve_score.hpp>
#include <compute_divide/statistics/specification_curve.hpp>

/// Joint tests of a specification curve without running anything again: what each cluster adds to the estimating
/// equations of each specification is kept, and a draw of clusters weighs these.
///
///     cluster_equations change({1, -1});                  // of the share in the second period less that in the first
///     for (const auto& m : models) change.add(number_of(m.organisation), m.late ? 0 : 1, 1, m.academic ? 1 : 0);
///     const auto curve = curve_from_equations(as_run, {change, ...}, sizes_of_clusters);
///     curve.joint.stouffer.p_value;                       // of no change under any specification
namespace compute_divide::inline v0_2 {

/// A linear combination of the solution b of A b = s, A and s being sums over clusters: shares and differences of them,
/// least squares, and one step of Newton's from the maximum of a likelihood.
class cluster_equations {
public:
    /// What the equations say of the contrast.
    struct solution {
        double value = 0;  ///< contrast' b
        double error = 0;  ///< by the clusters: G / (G - 1) times the sum of squares of what each adds to it (CR1)
    };

    /// As many equations as the contrast has numbers.
    explicit cluster_equations(std::vector<double> contrast) : contrast_(std::move(contrast)) {}

    /// Adds to those of a cluster: A row by row, and s. Throws std::invalid_argument for other numbers of them than the
    /// contrast's, and for what is not finite.
    void add(std::size_t cluster, std::span<const double> a, std::span<const double> s) {
        const std::size_t k = contrast_.size();
        detail::require(a.size() == k * k, "cluster_equations", "as many numbers as k equations have, k k", a.size());
        detail::require(s.size() == k, "cluster_equations", "as many right sides as equations", s.size());
        double* const to = block_of(cluster);
        for (std::size_t i = 0; i < k * k; ++i) to[i] += checked(a[i]);
        for (std::size_t i = 0; i < k; ++i) to[k * k + i] += checked(s[i]);
    }
    /// Adds to one equation that has no other unknown: a b = s; of a share so many records and how many of them are so.
    void add(std::size_t cluster, std::size_t equation, double a, double s) {
        const std::size_t k = contrast_.size();
        detail::require(equation < k, "cluster_equations", "the number of an equation", equation);
        double* const to = block_of(cluster);
        to[equation * k + equation] += checked(a);
        to[k * k + equation] += checked(s);
    }
    /// Adds a cluster's score and information (minus the score's derivative) at `at`, where all scores sum to 0: draws
    /// are then one step of Newton's from there (Kline, Santos 2012, "A score based approach to wild bootstrap
    /// inference").
    void add_score(std::size_t cluster, std::span<const double> information, std::span<const double> score,
                   std::span<const double> at) {
        const std::size_t k = contrast_.size();
        detail::require(information.size() == k * k && score.size() == k && at.size() == k, "cluster_equations",
                        "as many numbers as equations", at.size());
        std::vector<double> s(score.begin(), score.end());
        for (std::size_t i = 0; i < k; ++i)
            for (std::size_t j = 0; j < k; ++j) s[i] += information[i * k + j] * at[j];
        add(cluster, information, s);
    }

    /// Of clusters that count so often (by their numbers; those beyond the span never). None where A has no inverse or
    /// fewer than two clusters count.
    [[nodiscard]] std::optional<solution> solve(std::span<const std::uint32_t> times) const {
        const std::size_t k = contrast_.size(), size = k * k + k;
        std::vector<double> sum(size);
        double clusters = 0;
        const auto times_of = [&](std::size_t slot) {
            return cluster_[slot] < times.size() ? static_cast<double>(times[cluster_[slot]]) : 0.0;
        };
        for (std::size_t slot = 0; slot < cluster_.size(); ++slot) {
            const double m = times_of(slot);
            if (m == 0) continue;
            clusters += m;
            const double* const from = blocks_.data() + slot * size;
            for (std::size_t i = 0; i < size; ++i) sum[i] += m * from[i];
        }
        if (k == 0 || clusters < 2) return {};
        const std::span<const double> a(sum.data(), k * k), s(sum.data() + k * k, k);
        const auto b = solved(a, s, false), weights = solved(a, contrast_, true);
        if (!b || !weights) return {};
        solution found;
        for (std::size_t i = 0; i < k; ++i) found.value += contrast_[i] * (*b)[i];
        double squares = 0;
        for (std::size_t slot = 0; slot < cluster_.size(); ++slot) {
            const double m = times_of(slot);
            if (m == 0) continue;
            const double* const from = blocks_.data() + slot * size;
            double part = 0;
            for (std::size_t i = 0; i < k; ++i) {
                double left = from[k * k + i];
                for (std::size_t j = 0; j < k; ++j) left -= from[i * k + j] * (*b)[j];
                part += (*weights)[i] * left;
            }
            squares += m * part * part;
        }
        found.error = std::sqrt(squares * clusters / (clusters - 1));
        if (!std::isfinite(found.value) || !std::isfinite(found.error)) return {};
        return found;
    }

    /// What the clusters of the equation that has the fewest are worth (Kish), of those equations that have any: a
    /// difference is no better known than the worse of its two parts. 0 without equations.
    [[nodiscard]] double n_effective() const {
        const std::size_t k = contrast_.size(), size = k * k + k;
        double least = 0;
        for (std::size_t i = 0; i < k; ++i) {
            double sum = 0, squares = 0;
            for (std::size_t slot = 0; slot < cluster_.size(); ++slot) {
                const double a = std::fabs(blocks_[slot * size + i * k + i]);
                sum += a;
                squares += a * a;
            }
            if (!(squares > 0)) continue;
            const double worth = sum * sum / squares;
            least = least == 0 ? worth : std::min(least, worth);
        }
        return least;
    }
    /// One more than the largest number of a cluster.
    [[nodiscard]] std::size_t clusters() const { return clusters_; }

private:
    static double checked(double x) {
        detail::require(std::isfinite(x), "cluster_equations", "finite numbers", x);
        return x;
    }
    double* block_of(std::size_t cluster) {
        const std::size_t size = contrast_.size() * contrast_.size() + contrast_.size();
        const auto [at, is_new] = slot_of_.try_emplace(cluster, cluster_.size());
        if (is_new) {
            cluster_.push_back(cluster);
            clusters_ = std::max(clusters_, cluster + 1);
            blocks_.resize(blocks_.size() + size);
        }
        return blocks_.data() + at->second * size;
    }
    /// The solution of A x = y, or of A' x = y, by elimination with the largest pivots; none where A is singular to
    /// rounding.
    [[nodiscard]] static std::optional<std::vector<double>> solved(std::span<const double> a, std::span<const double> y,
                                                                   bool transposed) {
        const std::size_t k = y.size();
        std::vector<double> m(k * k), x(y.begin(), y.end());
        std::vector<double> largest(k);
        for (std::size_t i = 0; i < k; ++i)
            for (std::size_t j = 0; j < k; ++j) {
                m[i * k + j] = transposed ? a[j * k + i] : a[i * k + j];
                largest[i] = std::max(largest[i], std::fabs(m[i * k + j]));
            }
        for (std::size_t column = 0; column < k; ++column) {
            std::size_t pivot = column;
            const auto of_row = [&](std::size_t i) { return std::fabs(m[i * k + column]) / largest[i]; };
            for (std::size_t i = column; i < k; ++i) {
                if (!(largest[i] > 0)) return {};
                if (of_row(i) > of_row(pivot)) pivot = i;
            }
            if (!(of_row(pivot) > 1e-12)) return {};
            for (std::size_t j = 0; j < k; ++j) std::swap(m[column * k + j], m[pivot * k + j]);
            std::swap(x[column], x[pivot]);
            std::swap(largest[column], largest[pivot]);
            for (std::size_t i = column + 1; i < k; ++i) {
                const double factor = m[i * k + column] / m[column * k + column];
                for (std::size_t j = column; j < k; ++j) m[i * k + j] -= factor * m[column * k + j];
                x[i] -= factor * x[column];
            }
        }
        for (std::size_t i = k; i-- > 0;) {
            for (std::size_t j = i + 1; j < k; ++j) x[i] -= m[i * k + j] * x[j];
            x[i] /= m[i * k + i];
        }
        return x;
    }

    std::vector<double> contrast_, blocks_;  // of each cluster A, then s
    std::vector<std::size_t> cluster_;       // of each block
    std::unordered_map<std::size_t, std::size_t> slot_of_;
    std::size_t clusters_ = 0;
};

/// The curve of specifications that have been run, each with its equations, tested on draws of `n_clusters` whole
/// clusters with replacement: those of resampled_curve, of the same seed. The equations of each specification number
/// the clusters alike, and their contrast is on the curve's scale (a logarithm for ratios). Those of a specification
/// without a value are not read.
///
/// The null is imposed by centring, b* - b over the draw's own error, and both statistics are on the scale of what the
/// specification states: the side of its interval that faces no effect says its error. Where that is larger than the
/// clusters' own, since its records depend on each other in more ways than by the clusters that are drawn, or its value
/// is the equations' over a constant (a correction for errors that are the same in both groups), what the draws differ
/// by is as many times as large. Where it is smaller, since its records were taken as independent, draws differ by
/// what the clusters make them, and the test allows for them. What is chosen from the data before (which records count,
/// and with what weight) is as in the sample on every draw.
///
/// Statuses of `joint` are those of resampled_curve, `n_effective` the median over specifications of
/// cluster_equations::n_effective. Throws std::invalid_argument for other numbers of equations than of specifications,
/// and for clusters beyond n_clusters; else as resampled_curve. Bit-identical for any number of threads.
/// O(draws specifications clusters). Checked against resampled_curve on the same draws, and by simulated size.
[[nodiscard]] inline specification_curve curve_from_equations(const std::vector<specification>& as_run,
                                                              const std::vector<cluster_equations>& equations,
                                                              std::size_t n_clusters,
                                                              const joint_options& options = {}) {
    constexpr std::string_view here = "curve_from_equations";
    detail::check(options, here);
    detail::require(equations.size() == as_run.size(), here, "equations of each specification", equations.size());
    for (const cluster_equations& each : equations)
        detail::require(each.clusters() <= n_clusters, here, "clusters that are numbered from 0 to their number less 1",
                        each.clusters() - 1);
    specification_curve curve = specification_curve_of(as_run, options.curve);
    const comparison_scale scale = options.curve.scale;
    const double null = detail::on_scale(options.curve.null_value(), scale);
    const std::vector<std::size_t> places = detail::curve_order(as_run);
    struct scaling {
        double value = 0;   // of the equations, on the sample
        double effect = 0;  // what differences from it are multiplied by
        double error = 0;   // and its error; 0: not tested
    };
    const std::vector<std::uint32_t> once(n_clusters, 1);
    std::vector<detail::scored_effect> observed;
    std::vector<scaling> scalings;
    std::vector<double> worth;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const specification& s = as_run[places[i]];
        observed.push_back(detail::scored(s, null, scale, false));
        scaling& how = scalings.emplace_back();
        if (!detail::is_counted(curve.specifications[i]) || !std::isfinite(observed[i].effect) || !s.result.bounds)
            continue;
        const auto sample = equations[places[i]].solve(once);
        const interval& bounds = *s.result.bounds;
        const double value = detail::on_scale(*s.result.value, scale);
        const double half =
            std::fabs(value - detail::on_scale(observed[i].effect > 0 ? bounds.lower : bounds.upper, scale));
        const double reach = s.result.degrees_of_freedom
                                 ? detail::two_sided_t(s.result.level, *s.result.degrees_of_freedom)
                                 : detail::upper_normal_quantile((1 - s.result.level) / 2);
        if (!sample || !(sample->error > 0) || !(half > 0) || !std::isfinite(half)) continue;
        const double times = half / reach / sample->error;
        how = {sample->value, std::max(1.0, times), times};
        worth.push_back(equations[places[i]].n_effective());
    }
    detail::sort(worth);
    curve.joint.n_units = n_clusters;
    curve.joint.n_effective = worth.empty() ? 0 : detail::quantile_of_sorted(worth, 0.5);
    std::vector<std::vector<detail::scored_effect>> draws(n_clusters < 2 ? 0 : options.draws);
    detail::in_parts(draws.size(), options.threads, [&](std::size_t first, std::size_t last) {
        std::vector<std::uint32_t> times(n_clusters);
        for (std::size_t b = first; b < last; ++b) {
            random_stream stream(options.seed, b);
            detail::fill(times, 0U);
            for (std::size_t i = 0; i < n_clusters; ++i) ++times[stream.below(n_clusters)];
            for (std::size_t i = 0; i < places.size(); ++i) {
                const scaling& how = scalings[i];
                const auto drawn = how.error > 0 ? equations[places[i]].solve(times) : std::nullopt;
                if (!drawn) {
                    draws[b].push_back({});
                    continue;
                }
                const double effect = how.effect * (drawn->value - how.value), error = how.error * drawn->error;
                const auto& degrees = as_run[places[i]].result.degrees_of_freedom;
                const double t = effect == 0 ? 0 : effect / error;  // infinite where all clusters that were drawn agree
                draws[b].push_back(
                    {effect, degrees && *degrees < 1e9 && std::isfinite(t)
                                 ? detail::normal_score(detail::two_sided_t_p(t, *degrees), t)
                                 : std::clamp(t, -detail::normal_score(0, 1), detail::normal_score(0, 1))});
            }
        }
    });
    detail::set_joint(curve, observed, draws, curve_null::resampled, false, options);
    return curve;
}

}  // namespace compute_divide::inline v0_2

#endif
