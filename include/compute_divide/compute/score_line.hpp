// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_SCORE_LINE_HPP
#define COMPUTE_DIVIDE_COMPUTE_SCORE_LINE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/compute/detail/scored_records.hpp>
#include <compute_divide/compute/scored_compute.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/covariance.hpp>
#include <compute_divide/regression/least_squares.hpp>

/// Is a gain worth its compute? What a doubling of compute buys, and what part of a gain over a baseline compute alone
/// explains.
///
///     const score_line line = fit_score_line(models, &model::training_flop, &model::accuracy);
///     to_string(line.decompose({.score = 76, .compute = 1e19}, {.score = 81, .compute = 8e19}).unexplained);
namespace compute_divide::inline v0_2 {

/// What the interval of the unexplained part of a gain allows for.
enum class unexplained_interval {
    prediction,  ///< the line's uncertainty, and that two records scatter round it: an idea must stand out of both
    confidence   ///< the line's uncertainty alone
};
[[nodiscard]] constexpr auto enumerators(unexplained_interval) {
    using enum unexplained_interval;
    return std::array{named<unexplained_interval>{prediction, "prediction", "prediction interval"},
                      named<unexplained_interval>{confidence, "confidence", "confidence interval"}};
}

/// Options of `fit_score_line`.
struct score_line_options {
    score_direction direction = score_direction::higher_is_better;
};

/// Options of the intervals of a score_line.
struct score_interval_options {
    covariance_kind covariance = covariance_kind::hc3;  ///< of the line; `clustered` where it has a cluster field
    cluster_correction correction = cluster_correction::stata;
    unexplained_interval unexplained = unexplained_interval::prediction;
    double level = 0.95;  ///< in (0, 1)
};

/// A gain over a baseline in its parts. Gains count in the direction of better: a fall of an error is positive.
struct gain_decomposition {
    double gain = 0;                ///< the new score less the baseline's
    double doublings = 0;           ///< of compute: log2(new / baseline)
    estimate explained = {};        ///< by compute alone: slope doublings
    estimate explained_share = {};  ///< explained / gain; degenerate unless gain > 0
    estimate unexplained = {};      ///< gain - explained
    estimate compute_equivalent =
        {};  ///< the unexplained part as compute: the factor 2^(unexplained / slope) that would buy it

    [[nodiscard]] constexpr explicit operator bool() const { return static_cast<bool>(explained); }
    friend constexpr bool operator==(const gain_decomposition&, const gain_decomposition&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<gain_decomposition>) {
    using result = gain_decomposition;
    return member_list(member{"gain", &result::gain}, member{"doublings", &result::doublings},
                       member{"explained", &result::explained}, member{"explained_share", &result::explained_share},
                       member{"unexplained", &result::unexplained},
                       member{"compute_equivalent", &result::compute_equivalent});
}

namespace detail {
struct score_line_maker;
}

/// score = a + b log2(compute) + error, by least squares: what one gets for compute as the records have it.
///
/// Where the status is not `ok` there is no line: `no_data`, `too_few` (fewer than 3 records) or `degenerate` (all of
/// one compute). Every estimate then has that status; also where only its interval fails: `too_few` for fewer than 3
/// clusters, `degenerate` for hc2 and hc3 where a record alone decides its own fitted value. Intervals are
/// estimate +- t quantile * standard error, degrees of freedom n - 2 (clusters - 1). All throw std::invalid_argument
/// for a level outside (0, 1), and for `clustered` without a cluster field. O(n) an interval.
///
/// It is a line through other people's results, not an experiment: whatever came along with more compute (better data,
/// later years) is in its slope.
class score_line {
public:
    [[nodiscard]] estimate_status status() const { return fit_.status; }
    [[nodiscard]] std::uint64_t n() const { return rows_.size(); }
    [[nodiscard]] std::uint64_t n_missing() const { return n_missing_; }
    /// The least-squares fit itself: intercept, and slope per doubling in the units of the score.
    [[nodiscard]] const least_squares_fit& fit() const { return fit_; }

    /// What a doubling of compute goes along with, counted in the direction of better.
    [[nodiscard]] estimate gain_per_doubling(const score_interval_options& options = {}) const {
        return spread(line(options), 0, sign_, 0);
    }

    /// The score that the line expects of this compute, with the interval of the line.
    /// Throws std::invalid_argument unless the compute is finite and greater than 0.
    [[nodiscard]] estimate expected_score(double compute, const score_interval_options& options = {}) const {
        require_compute(compute, "score_line::expected_score");
        return spread(line(options), 1, std::log2(compute), 0);
    }

    /// What part of the gain over a baseline compute alone explains, and what it leaves unexplained.
    ///
    ///   explained = b d,  unexplained = gain - b d,  d = log2(compute / baseline's compute)
    ///   var(unexplained) = d^2 var(b) + 2 s^2 (prediction, s: the records' residual sd),  d^2 var(b) (confidence)
    ///   compute equivalent = 2^(gain / b - d), its interval that of b transformed; without bounds where b may be <= 0,
    ///   degenerate where b <= 0
    ///
    /// Both scores are taken as given. Neither needs to be among the records; the new one should not: it would explain
    /// itself. Throws std::invalid_argument unless both computes are finite and > 0 and both scores finite. Checked
    /// against statsmodels (tests/reference/efficiency.py).
    [[nodiscard]] gain_decomposition decompose(const scored_compute& baseline, const scored_compute& result,
                                               const score_interval_options& options = {}) const {
        constexpr std::string_view function = "score_line::decompose";
        for (const scored_compute& given : {baseline, result}) {
            require_compute(given.compute, function);
            detail::require(std::isfinite(given.score), function, "finite scores", given.score);
        }
        const auto covariance = line(options);
        gain_decomposition parts;
        parts.gain = sign_ * (result.score - baseline.score);
        parts.doublings = std::log2(result.compute) - std::log2(baseline.compute);
        parts.explained = spread(covariance, 0, sign_ * parts.doublings, 0);
        parts.explained_share = share_of(parts.explained, parts.gain);
        const double scatter = options.unexplained == unexplained_interval::prediction ? 2 * fit_variance() : 0;
        parts.unexplained = remainder_of(spread(covariance, 0, sign_ * parts.doublings, scatter), parts.gain);
        parts.compute_equivalent = equivalent_of(spread(covariance, 0, sign_, 0), parts);
        return parts;
    }

private:
    friend struct detail::score_line_maker;

    struct row {
        double log2_compute;
        double score;
        std::uint32_t cluster;
    };

    explicit score_line(std::vector<row> rows, std::uint64_t n_missing, score_direction direction, bool has_clusters)
        : rows_(std::move(rows)),
          n_missing_(n_missing),
          sign_(detail::sign_of(direction)),
          has_clusters_(has_clusters),
          fit_(fit_least_squares(rows_, &row::log2_compute, &row::score)) {}

    struct fitted {
        coefficient_covariance covariance;
        double level;
    };

    static void require_compute(double compute, std::string_view function) {
        detail::require(compute > 0 && std::isfinite(compute), function, "finite compute > 0", compute);
    }
    [[nodiscard]] double fit_variance() const { return fit_.residual_sd * fit_.residual_sd; }

    [[nodiscard]] fitted line(const score_interval_options& options) const {
        constexpr std::string_view function = "score_line";
        detail::require_level(options.level, function);
        if (options.covariance != covariance_kind::clustered)
            return {robust_covariance(rows_, &row::log2_compute, &row::score, fit_, options.covariance), options.level};
        detail::require(has_clusters_, function, "a cluster field for clustered intervals", "none");
        return {clustered_covariance(rows_, &row::log2_compute, &row::score, &row::cluster, fit_, options.correction),
                options.level};
    }

    /// constant * intercept + doublings * slope, with `more_variance` added to its own.
    [[nodiscard]] estimate spread(const fitted& of, double constant, double doublings, double more_variance) const {
        const auto& [covariance, level] = of;
        estimate e{.level = level,
                   .method = name_of(covariance.kind),
                   .n = fit_.n,
                   .n_missing = n_missing_,
                   .status = fit_.status == estimate_status::ok ? covariance.status : fit_.status};
        if (!e) return e;
        const double value = constant * fit_.coefficients[0] + doublings * fit_.coefficients[1];
        const double variance = constant * constant * covariance(0, 0) + 2 * constant * doublings * covariance(0, 1) +
                                doublings * doublings * covariance(1, 1) + more_variance;
        // Rounding may leave a variance of nothing below 0.
        const double half =
            detail::two_sided_t(level, covariance.degrees_of_freedom) * std::sqrt(std::max(variance, 0.0));
        e.value = value;
        e.bounds = interval{value - half, value + half};
        return e;
    }

    [[nodiscard]] static estimate without_value(estimate e) {
        e.value.reset();
        e.bounds.reset();
        e.status = estimate_status::degenerate;
        return e;
    }
    [[nodiscard]] static estimate share_of(estimate explained, double gain) {
        if (!explained) return explained;
        if (!(gain > 0)) return without_value(explained);
        explained.value = *explained.value / gain;
        explained.bounds = interval{explained.bounds->lower / gain, explained.bounds->upper / gain};
        return explained;
    }
    [[nodiscard]] static estimate remainder_of(estimate explained, double gain) {
        if (!explained) return explained;
        explained.value = gain - *explained.value;
        explained.bounds = interval{gain - explained.bounds->upper, gain - explained.bounds->lower};
        return explained;
    }
    [[nodiscard]] static estimate equivalent_of(estimate slope, const gain_decomposition& parts) {
        if (!slope) return slope;
        const auto factor = [&](double b) { return std::exp2(parts.gain / b - parts.doublings); };
        const double value = factor(*slope.value);
        if (!(*slope.value > 0) || !std::isfinite(value)) return without_value(slope);
        slope.value = value;
        const auto [low, high] = *slope.bounds;
        const std::array ends{factor(low), factor(high)};
        if (low > 0 && std::isfinite(ends[0]) && std::isfinite(ends[1]))
            slope.bounds = interval{std::min(ends[0], ends[1]), std::max(ends[0], ends[1])};
        else
            slope.bounds.reset();
        return slope;
    }

    std::vector<row> rows_;
    std::uint64_t n_missing_;
    double sign_;
    bool has_clusters_;
    least_squares_fit fit_;
};

namespace detail {

/// Constructs score lines.
struct score_line_maker {
    using row = score_line::row;

    [[nodiscard]] static score_line line_of(std::vector<row> rows, std::uint64_t n_missing,
                                            const score_line_options& options, bool has_clusters) {
        return score_line(std::move(rows), n_missing, options.direction, has_clusters);
    }
};

}  // namespace detail

/// Fits the line of `score` on log2(`compute`); `cluster`: a label that dependent records share, such as their
/// organisation. A score that is bounded or spans magnitudes is better transformed first: the logarithm of an
/// error, the logit of an accuracy.
///
/// A record without score or compute (or cluster) is counted in n_missing. Throws std::invalid_argument, with the
/// position of the record, for compute that is 0, negative or infinite and for an infinite score. Any input range, one
/// pass; 24 bytes a record are kept.
template <std::ranges::input_range Records, quantity_field_of<Records> Compute, quantity_field_of<Records> Score,
          label_field_of<Records> Cluster>
[[nodiscard]] score_line fit_score_line(Records&& records, Compute compute, Score score, Cluster cluster,
                                        score_line_options options = {}) {
    std::vector<detail::score_line_maker::row> rows;
    detail::numbered_field<Records, Cluster> number_of{std::move(cluster)};
    const auto n_missing = detail::for_each_scored("fit_score_line", records, compute, score,
                                                   [&](const auto& record, std::size_t, double c, double s) {
                                                       const auto number = number_of(record);
                                                       if (number) rows.push_back({std::log2(c), s, *number});
                                                       return number.has_value();
                                                   });
    return detail::score_line_maker::line_of(std::move(rows), n_missing, options, true);
}

/// Without clusters.
template <std::ranges::input_range Records, quantity_field_of<Records> Compute, quantity_field_of<Records> Score>
[[nodiscard]] score_line fit_score_line(Records&& records, Compute compute, Score score,
                                        score_line_options options = {}) {
    std::vector<detail::score_line_maker::row> rows;
    const auto n_missing = detail::for_each_scored("fit_score_line", records, compute, score,
                                                   [&](const auto&, std::size_t, double c, double s) {
                                                       rows.push_back({std::log2(c), s, 0});
                                                       return true;
                                                   });
    return detail::score_line_maker::line_of(std::move(rows), n_missing, options, false);
}

}  // namespace compute_divide::inline v0_2

#endif
