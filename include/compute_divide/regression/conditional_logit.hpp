// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_CONDITIONAL_LOGIT_HPP
#define COMPUTE_DIVIDE_REGRESSION_CONDITIONAL_LOGIT_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/fit_units.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/within_transformation.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// The logit with an effect of each group, absorbed: groups of few records, whose effects no number of groups would
/// estimate well, are conditioned on (Chamberlain 1980; of matched cases and controls, Breslow and Day 1980).
namespace compute_divide::inline v0_2 {

namespace detail {

/// The records of a group that has both outcomes.
struct outcome_group {
    std::vector<std::size_t> rows;
    std::size_t successes = 0;
    std::uint32_t cluster = 0;
};

/// The sum over all choices of s of the rows of exp(their linear predictors), scaled: its logarithm, and gradient and
/// second derivatives over it. Howard's (1972) recursion, by rows. O(n s p^2).
class choices_sum {
public:
    explicit choices_sum(std::size_t p) : p_(p), width_(1 + p + p * p) {}

    void of(const std::vector<double>& x, std::span<const double> eta, std::size_t s) {
        const std::size_t n = eta.size();
        sums_.assign((s + 1) * width_, 0);
        sums_[0] = 1;
        log_scale_ = 0;
        const double largest = *detail::max_element(eta);
        for (std::size_t j = 0; j < n; ++j) {
            const double e = std::exp(eta[j] - largest);
            const double* const row = x.data() + j * p_;
            const std::size_t last = std::min(j + 1, s), left = n - 1 - j, first = s > left ? s - left : 1;
            for (std::size_t m = last; m >= std::max<std::size_t>(first, 1); --m) add(m, e, row);
            rescale(last);
        }
        log_scale_ += static_cast<double>(s) * largest;
        result_ = sums_.data() + s * width_;
    }
    [[nodiscard]] double log() const { return std::log(result_[0]) + log_scale_; }
    [[nodiscard]] double slope(std::size_t k) const { return result_[1 + k] / result_[0]; }
    [[nodiscard]] double curvature(std::size_t k, std::size_t l) const {
        return result_[1 + p_ + k * p_ + l] / result_[0] - slope(k) * slope(l);
    }

private:
    void add(std::size_t m, double e, const double* row) {
        double* const to = sums_.data() + m * width_;
        const double* const from = to - width_;
        double* const second = to + 1 + p_;
        const double* const second_from = from + 1 + p_;
        for (std::size_t k = 0; k < p_; ++k)
            for (std::size_t l = 0; l < p_; ++l)
                second[k * p_ + l] += e * (row[k] * row[l] * from[0] + row[k] * from[1 + l] + from[1 + k] * row[l] +
                                           second_from[k * p_ + l]);
        for (std::size_t k = 0; k < p_; ++k) to[1 + k] += e * (row[k] * from[0] + from[1 + k]);
        to[0] += e * from[0];
    }
    void rescale(std::size_t last) {
        double largest = 0;
        for (std::size_t m = 0; m <= last; ++m) largest = std::max(largest, sums_[m * width_]);
        if (largest < 1e100) return;
        for (double& each : sums_) each /= largest;
        log_scale_ += std::log(largest);
    }

    std::size_t p_, width_;
    std::vector<double> sums_;  // of each number chosen: the sum, its slopes, its second derivatives
    double log_scale_ = 0;
    const double* result_ = nullptr;
};

[[nodiscard]] inline regression_fit conditional_logit_fit(regression_frame frame, const regression_options& options) {
    constexpr std::string_view function = "fit_conditional_logit";
    const std::size_t p = frame.p();
    require(frame.effects.size() == 1, function, "one field of effects to absorb", frame.effects.size());
    require(frame.clusters.size() <= 1 && frame.label_sets.empty(), function, "one field of clusters, of one label",
            frame.clusters.size());
    regression_fit fit = begun_fit(regression_family::logit, function, frame, options);
    require(fit.covariance.kind == covariance_kind::classical || fit.covariance.kind == covariance_kind::clustered,
            function, "a classical or clustered covariance", name_of(fit.covariance.kind));
    for (std::size_t i = 0; i < frame.n; ++i) {
        require(frame.response[i] == 0 || frame.response[i] == 1, function, "a response of yes or no, 0 or 1",
                frame.response[i]);
        require(frame.weight[i] == 1, function, "no weights", frame.weight[i]);
    }
    std::vector<outcome_group> groups(count_of_levels(frame.effects[0]));
    for (std::size_t i = 0; i < frame.n; ++i) {
        outcome_group& group = groups[frame.effects[0][i]];
        const std::uint32_t cluster = frame.clusters.empty() ? 0 : frame.clusters[0][i];
        require(group.rows.empty() || group.cluster == cluster, function,
                "each level of the effect within one cluster: the likelihood is of whole levels", cluster);
        group.cluster = cluster;
        group.rows.push_back(i);
        if (frame.response[i] == 1) ++group.successes;
    }
    std::erase_if(groups, [](const outcome_group& g) { return g.successes == 0 || g.successes == g.rows.size(); });
    absorbed_effects absorbed{.levels = {groups.size()}};
    std::uint64_t used = 0;
    for (const outcome_group& g : groups) used += g.rows.size();
    absorbed.singletons = frame.n - used;
    fit.n = fit.covariance.n = used;
    fit.absorbed = absorbed;
    const auto without_values = [&](estimate_status status) {
        fit.status = fit.covariance.status = status;
        return fit;
    };
    if (frame.n == 0) return without_values(estimate_status::no_data);
    if (groups.size() < p + 1) return without_values(estimate_status::too_few);

    // Columns about their group's mean, which changes nothing but rounding; and which of them vary.
    std::vector<double> squares(p * p);
    std::vector<std::vector<double>> columns;
    for (const outcome_group& g : groups) {
        auto& x = columns.emplace_back();
        std::vector<double> mean(p);
        for (const std::size_t row : g.rows)
            for (std::size_t k = 0; k < p; ++k) mean[k] += frame.row(row)[k] / static_cast<double>(g.rows.size());
        for (const std::size_t row : g.rows)
            for (std::size_t k = 0; k < p; ++k) x.push_back(frame.row(row)[k] - mean[k]);
        for (std::size_t j = 0; j < x.size(); j += p)
            for (std::size_t k = 0; k < p; ++k)
                for (std::size_t l = 0; l < p; ++l) squares[k * p + l] += x[j + k] * x[j + l];
    }
    for (std::size_t k = 0; k < p; ++k) {
        std::vector<double> leading;
        for (std::size_t i = 0; i <= k; ++i)
            for (std::size_t j = 0; j <= k; ++j) leading.push_back(squares[i * p + j]);
        double size = 0;
        for (const outcome_group& g : groups)
            for (const std::size_t row : g.rows) size += frame.row(row)[k] * frame.row(row)[k];
        if (squares[k * p + k] <= 1e-20 * size || !cholesky(leading, k + 1)) fit.dependent.push_back(k);
        if (!fit.dependent.empty()) break;
    }
    if (!fit.dependent.empty()) return without_values(estimate_status::degenerate);

    choices_sum sum(p);
    std::vector<double> scores(groups.size() * p);
    const auto at = [&](std::span<const double> b) {
        likelihood_sums sums{0, std::vector<double>(p), std::vector<double>(p * p)};
        detail::fill(scores, 0);
        for (std::size_t i = 0; i < groups.size(); ++i) {
            std::vector<double> eta;
            for (std::size_t j = 0; j < groups[i].rows.size(); ++j) {
                double linear = frame.offset[groups[i].rows[j]];
                for (std::size_t k = 0; k < p; ++k) linear += columns[i][j * p + k] * b[k];
                eta.push_back(linear);
                if (frame.response[groups[i].rows[j]] != 1) continue;
                sums.log_likelihood += linear;
                for (std::size_t k = 0; k < p; ++k) scores[i * p + k] += columns[i][j * p + k];
            }
            sum.of(columns[i], eta, groups[i].successes);
            sums.log_likelihood -= sum.log();
            for (std::size_t k = 0; k < p; ++k) {
                scores[i * p + k] -= sum.slope(k);
                sums.score[k] += scores[i * p + k];
                for (std::size_t l = 0; l < p; ++l) sums.information[k * p + l] += sum.curvature(k, l);
            }
        }
        return sums;
    };
    std::vector<double> b(p);
    likelihood_sums best = at(b);
    fit.null_log_likelihood = best.log_likelihood;
    bool converged = false;
    while (!converged && fit.iterations < options.max_iterations) {
        const cholesky information(best.information, p);
        if (!information || !std::isfinite(best.log_likelihood)) return without_values(estimate_status::degenerate);
        ++fit.iterations;
        double size = 0;
        for (const double z : information.half_solved(best.score)) size += z * z;
        std::vector<double> step = information.solved(best.score);
        if (size < 1e-16) converged = true;
        for (int halvings = 0; halvings < 60; ++halvings) {
            std::vector<double> next = b;
            for (std::size_t k = 0; k < p; ++k) next[k] += step[k];
            likelihood_sums sums = at(next);
            if (converged || sums.log_likelihood >= best.log_likelihood - 1e-13 * std::fabs(best.log_likelihood)) {
                b = std::move(next);
                best = std::move(sums);
                break;
            }
            for (double& each : step) each /= 2;
        }
    }
    // A linear predictor beyond this is on its way to infinity: the terms separate the outcomes within groups.
    constexpr double separated_at = 30;
    for (const auto& x : columns)
        for (std::size_t j = 0; j < x.size(); j += p) {
            double linear = 0;
            for (std::size_t k = 0; k < p; ++k) linear += x[j + k] * b[k];
            if (std::fabs(linear) > separated_at) return without_values(estimate_status::degenerate);
        }
    if (!converged) return without_values(estimate_status::not_converged);
    const cholesky information(best.information, p);
    if (!information) return without_values(estimate_status::degenerate);
    fit.coefficients = b;
    fit.rank = p;
    fit.log_likelihood = best.log_likelihood;
    fit.status = fit.covariance.status = estimate_status::ok;
    fit.covariance.values = information.inverse();
    if (fit.covariance.kind == covariance_kind::classical) return fit;

    std::vector<std::vector<double>> of_clusters(count_of_levels(frame.clusters[0]));
    for (std::size_t i = 0; i < groups.size(); ++i) {
        auto& score = of_clusters[groups[i].cluster];
        score.resize(p);
        for (std::size_t k = 0; k < p; ++k) score[k] += scores[i * p + k];
    }
    std::erase_if(of_clusters, [](const std::vector<double>& score) { return score.empty(); });
    const auto n_clusters = static_cast<double>(of_clusters.size());
    fit.clusters = {of_clusters.size()};
    fit.covariance.clusters = of_clusters.size();
    fit.covariance.effective_clusters = n_clusters;
    fit.covariance.correction = options.correction;
    fit.covariance.degrees_of_freedom = n_clusters - 1;
    if (of_clusters.size() < 3) {
        fit.covariance.values.clear();
        fit.covariance.status = estimate_status::too_few;
        return fit;
    }
    std::vector<double> values(p * p);
    // Stata's correction is that of maximum likelihood, G / (G - 1).
    const double multiplier = options.correction == cluster_correction::none ? 1 : n_clusters / (n_clusters - 1);
    for (const auto& score : of_clusters) {
        const std::vector<double> u = information.solved(score);
        for (std::size_t k = 0; k < p; ++k)
            for (std::size_t l = 0; l < p; ++l) values[k * p + l] += multiplier * u[k] * u[l];
    }
    fit.covariance.values = std::move(values);
    if (fit.covariance.clusters_are_few()) fit.covariance.status = estimate_status::few_clusters;
    return fit;
}

}  // namespace detail

/// The conditional logit of a response of yes or no, with an effect of each level of the one field that the model
/// absorbs: given how many records of a level say yes, the likelihood of which they are,
///
///   exp(sum over those that say yes of x b) / sum over all choices of as many records of exp(their sum of x b),
///
/// which does not depend on the effects (Chamberlain 1980, Review of Economic Studies 47:225). Exact, by Howard's
/// recursion. Levels where all or none say yes tell nothing: their records are dropped, and counted as
/// `absorbed->singletons`. There is no intercept; n counts the records that are left.
///
/// The covariance is the inverse information, or clustered, by sums of the scores of whole levels, each of which must
/// lie within one cluster; its correction is G / (G - 1) unless it is `none`.
///
/// Status: too_few where no more levels are left than there are terms; degenerate where a term does not vary within
/// levels, or is a combination of those before it there (it is named in `dependent`), and where terms separate the
/// outcomes within levels, both without coefficients; not_converged. Throws std::invalid_argument for another number of
/// fields than one to absorb, weights other than 1, a response that is not 0 or 1, other covariances, and a level in
/// two clusters. O(sum over levels of n s p^2) an iteration for s that say yes of n. Checked against R's
/// survival::clogit (method "exact") and sandwich.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>>
[[nodiscard]] regression_fit fit_conditional_logit(Records&& records, const Model& model,
                                                   const regression_options& options = {}) {
    return detail::fit_in_units(detail::frame_of("fit_conditional_logit", records, model.without_intercept()),
                                [&](auto frame) { return detail::conditional_logit_fit(std::move(frame), options); });
}
/// What does not fit; the last template argument in the compiler's message is the reason.
template <class Records, class Model, detail::reason Reason = detail::reason_against_t<Records, Model>>
regression_fit fit_conditional_logit(Records&&, const Model&, const regression_options& = {}) = delete;
template <class Records, class Model, class Options, detail::reason Reason = detail::reason_against_options_t<Options>>
regression_fit fit_conditional_logit(Records&&, const Model&, const Options&) = delete;

}  // namespace compute_divide::inline v0_2

#endif
