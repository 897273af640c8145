// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_COUNTS_HPP
#define COMPUTE_DIVIDE_REGRESSION_COUNTS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/detail/count_likelihood.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/separation.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/test_result.hpp>

/// Regressions of counts, such as papers by year, on the logarithm of their mean: exp(b) is a ratio of rates
/// (`exponentiated`). A count's exposure, if it has one, goes in as the offset log(exposure).
///
///   const auto model = cd::model_of(&lab::papers).on(cd::variable("gpus", &lab::gpus))
///                          .offset_by([](const lab& l) { return std::log(l.authors); });
///   cd::fit_poisson(labs, model, {.covariance = cd::covariance_kind::hc1});
///   cd::fit_negative_binomial(labs, model);
namespace compute_divide {

namespace detail {

/// A frame of counts in the orthonormal_design basis, which takes the memory of its columns.
struct count_problem {
    explicit count_problem(regression_frame& frame)
        : z(frame, std::move(frame.columns)), rows(z, frame), values(frame.response, frame.weight) {}

    orthonormal_design z;
    count_rows rows;
    count_values values;

    /// Of all rows, and of those that fill the last block.
    [[nodiscard]] std::vector<double> means(std::span<const double> g) const {
        constexpr std::size_t size = orthonormal_design::block_rows;
        std::vector<double> all(rows.count.size());
        simd_dispatch([&](auto) __attribute__((always_inline)) {
            double eta[size], predictor[size];
            for (std::size_t block = 0; block < z.blocks(); ++block) {
                predictors(z, block, g, eta);
                rows.means(block, eta, predictor, all.data() + block * size);
            }
        });
        return all;
    }
};

[[nodiscard]] inline double sum_of_products(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

/// The logarithm of the rate that all counts have together: sum w y / sum w exp(offset); -infinity where all are 0.
[[nodiscard]] inline double log_common_rate(const regression_frame& frame) {
    const double largest = std::ranges::max(frame.offset);
    double exposure = 0;
    for (std::size_t i = 0; i < frame.n; ++i) {
        const double below = frame.offset[i] - largest;
        exposure += frame.weight[i] * (below == 0 ? 1 : std::exp(below));
    }
    return std::log(sum_of_products(frame.weight, frame.response)) - std::log(exposure) - largest;
}

/// The g of a constant linear predictor, or of the columns' nearest to it.
[[nodiscard]] inline std::vector<double> constant_predictor(const count_problem& problem, double constant) {
    std::vector<double> g(problem.z.rank());
    if (!std::isfinite(constant)) return g;
    for (std::size_t block = 0; block < problem.z.blocks(); ++block)
        for (std::size_t k = 0; k < g.size(); ++k)
            for (std::size_t i = 0; i < orthonormal_design::block_rows; ++i)
                g[k] += constant * problem.rows.weight[block * orthonormal_design::block_rows + i] *
                        problem.z.column(block, k)[i];
    return g;
}

/// A negative binomial's log-likelihood where log mean = offset + Z g and the dispersion is exp(log_dispersion); its
/// slope, and minus its curvature, by g and log_dispersion, which comes last.
struct negative_binomial_point {
    std::vector<double> g;
    double log_dispersion = 0;
    double log_likelihood = 0;  ///< without log y!
    std::vector<double> score = {};
    std::vector<double> information = {};
    int iterations = 0;
    bool converged = false;

    [[nodiscard]] double dispersion() const { return std::exp(log_dispersion); }
};

class negative_binomial_maximiser {
public:
    explicit negative_binomial_maximiser(const count_problem& problem)
        : problem_(&problem), cross_(problem.rows.count.size()) {}

    /// The maximum, from that of the Poisson likelihood; nothing where none is at a dispersion > 0.
    [[nodiscard]] std::optional<negative_binomial_point> maximum(const likelihood_maximum& poisson,
                                                                 int max_iterations) {
        const auto means = problem_->means(poisson.g);
        const auto& [count, weight, offset] = problem_->rows;
        double excess = 0, squares = 0;
        for (std::size_t i = 0; i < count.size(); ++i) {
            const double residual = count[i] - means[i];
            excess += weight[i] * (residual * residual - count[i]);  // twice the slope at a dispersion of 0
            squares += weight[i] * means[i] * means[i];
        }
        if (!(excess > 0)) return std::nullopt;
        return climb(at(poisson.g, best_log_dispersion(means, std::log(excess / squares))), max_iterations);
    }

    [[nodiscard]] negative_binomial_point at(std::vector<double> g, double log_dispersion) {
        const std::size_t rank = problem_->z.rank(), size = rank + 1;
        const double dispersion = std::exp(log_dispersion);
        dispersion_sums sums;
        const auto by_g = sums_at(
            problem_->z, g, negative_binomial_likelihood{&problem_->rows, dispersion, false, &sums, cross_.data()});
        const auto rising = problem_->values.rising(dispersion);
        const double slope = dispersion * (sums.slope + rising.slope);
        negative_binomial_point point{.g = std::move(g),
                                      .log_dispersion = log_dispersion,
                                      .log_likelihood = by_g.log_likelihood + rising.value,
                                      .score = by_g.score,
                                      .information = std::vector<double>(size * size)};
        point.score.push_back(slope);
        std::vector<double> cross(rank);
        simd_dispatch([&](auto) __attribute__((always_inline)) {
            for (std::size_t block = 0; block < problem_->z.blocks(); ++block)
                for (std::size_t k = 0; k < rank; ++k)
                    cross[k] += block_dot<4>(cross_.data() + block * orthonormal_design::block_rows,
                                             problem_->z.column(block, k));
        });
        for (std::size_t k = 0; k < rank; ++k) {
            std::copy_n(&by_g.information[k * rank], rank, &point.information[k * size]);
            point.information[k * size + rank] = point.information[rank * size + k] = cross[k];
        }
        point.information.back() = -slope - dispersion * dispersion * (sums.curvature + rising.curvature);
        return point;
    }

private:
    /// Newton's method, by halves where a step does not raise the likelihood, on the dispersion alone. No further than
    /// e^5: means that are still far off ask for too much.
    [[nodiscard]] double best_log_dispersion(std::span<const double> means, double log_dispersion) const {
        constexpr double near_enough = 1e-2, longest_step = 2, largest = 5;
        const auto sums_there = [&](double there) {
            const double dispersion = std::exp(there);
            const negative_binomial_likelihood likelihood{&problem_->rows, dispersion};
            dispersion_sums sums = problem_->values.rising(dispersion);
            simd_dispatch([&](auto) __attribute__((always_inline)) {
                for (std::size_t block = 0; block < problem_->z.blocks(); ++block) {
                    const auto part = likelihood.of_means(block, means.data() + block * orthonormal_design::block_rows);
                    sums.value += part.value;
                    sums.slope += part.slope;
                    sums.curvature += part.curvature;
                }
            });
            sums.slope *= dispersion;
            sums.curvature = sums.slope + dispersion * dispersion * sums.curvature;
            return sums;
        };
        dispersion_sums here = sums_there(log_dispersion);
        for (int i = 0; i < 50; ++i) {
            double step = std::clamp(here.slope / std::abs(here.curvature), -longest_step, longest_step);
            if (!(std::abs(step) > near_enough)) break;
            dispersion_sums there = sums_there(log_dispersion + step);
            for (int halvings = 0; !(there.value > here.value) && halvings < 30; ++halvings)
                there = sums_there(log_dispersion + (step /= 2));
            if (!(there.value > here.value)) break;
            log_dispersion += step;
            here = there;
        }
        return std::min(log_dispersion, largest);
    }

    /// Newton's method on all together; where a step does not raise the likelihood, which may be far from the maximum
    /// only, first on the coefficients by the expected information and then on the dispersion.
    [[nodiscard]] negative_binomial_point climb(negative_binomial_point best, int max_iterations) {
        // Steps in standard errors: the next one would be some 1e-20, or is rounding already.
        constexpr double tolerance = 1e-10, nearly = 1e-6, longest_step = 2;
        const std::size_t rank = problem_->z.rank();
        double last_length = std::numeric_limits<double>::infinity();
        for (int iterations = 1; iterations <= max_iterations; ++iterations) {
            std::optional<negative_binomial_point> next;
            if (const cholesky information(best.information, rank + 1); information) {
                const auto step = information.solved(best.score);
                const double length = std::sqrt(sum_of_products(step, best.score));
                auto g = best.g;
                for (std::size_t k = 0; k < rank; ++k) g[k] += step[k];
                if (length <= tolerance || (length <= nearly && length > last_length / 2)) {
                    best.g = std::move(g);
                    best.log_dispersion += step.back();
                    best.converged = true;
                    break;
                }
                last_length = length;
                if (std::abs(step.back()) <= longest_step) {
                    next = at(std::move(g), best.log_dispersion + step.back());
                    const double enough = best.log_likelihood - 1e-13 * std::abs(best.log_likelihood);
                    if (!(next->log_likelihood >= enough)) next.reset();
                }
            }
            if (!next) {
                const negative_binomial_likelihood given{&problem_->rows, best.dispersion(), true};
                const auto by_g = maximum_of(problem_->z, given, best.g, max_iterations);
                next = at(by_g.g, best_log_dispersion(problem_->means(by_g.g), best.log_dispersion));
            }
            best = std::move(*next);
            best.iterations = iterations;
        }
        return best;
    }

    const count_problem* problem_;
    std::vector<double> cross_;
};

inline void require_counts(const regression_frame& frame, bool whole, std::string_view function) {
    for (std::size_t i = 0; i < frame.n; ++i) {
        const double y = frame.response[i];
        if (!(y >= 0) || (whole && y != std::floor(y)))
            fail(
                function,
                (whole ? "a whole count >= 0 in record " : "a count >= 0 in record ") + std::to_string(frame.record[i]),
                y);
    }
}

/// The maximum of the Poisson likelihood; also fills in what the columns are, and where there is none, why.
[[nodiscard]] inline likelihood_maximum poisson_maximum(const count_problem& problem, const regression_frame& frame,
                                                        int max_iterations, regression_fit& fit) {
    fit.dependent = problem.z.dependent();
    fit.rank = problem.z.rank();
    const auto side = [](double y) { return y > 0 ? row_side::has_a_peak : row_side::falls; };
    return maximum_if_any(problem.z, poisson_likelihood{&problem.rows},
                          constant_predictor(problem, log_common_rate(frame)), frame, side, max_iterations, fit);
}

/// Of the intercept and offset alone, where the sum of means is that of counts.
[[nodiscard]] inline double null_poisson_log_likelihood(const regression_frame& frame) {
    const double log_rate = log_common_rate(frame);
    double sum = 0;
    for (std::size_t i = 0; i < frame.n; ++i)
        if (const double y = frame.response[i]; y > 0) sum += frame.weight[i] * y * (frame.offset[i] + log_rate - 1);
    return sum;
}
[[nodiscard]] inline std::optional<double> null_negative_binomial_log_likelihood(const regression_frame& frame,
                                                                                 int max_iterations) {
    regression_frame constant = intercept_alone(frame);
    const count_problem problem(constant);
    const auto poisson = maximum_of(problem.z, poisson_likelihood{&problem.rows},
                                    constant_predictor(problem, log_common_rate(constant)), max_iterations);
    const auto maximum = negative_binomial_maximiser(problem).maximum(poisson, max_iterations);
    const double log_likelihood = maximum ? maximum->log_likelihood : poisson.sums.log_likelihood;
    if (!(maximum ? maximum->converged : poisson.converged)) return std::nullopt;
    return log_likelihood;
}

[[nodiscard]] inline regression_fit poisson_fit(regression_frame frame, bool intercept,
                                                const regression_options& options) {
    constexpr std::string_view function = "fit_poisson";
    auto fit = begun_fit(regression_family::poisson, function, frame, options);
    require_counts(frame, false, function);
    if (!fit) return fit;
    const count_problem problem(frame);
    const auto maximum = poisson_maximum(problem, frame, options.max_iterations, fit);
    if (!maximum.converged) return fit;

    const double log_factorials = problem.values.log_factorials();
    fit.coefficients = problem.z.coefficients(maximum.g);
    fit.log_likelihood = maximum.sums.log_likelihood - log_factorials;
    if (intercept) fit.null_log_likelihood = null_poisson_log_likelihood(frame) - log_factorials;
    fit.deviance = std::max(0.0, 2 * (problem.values.saturated(0) - maximum.sums.log_likelihood));
    likelihood_slopes slopes;
    if (fit.covariance.kind != covariance_kind::classical)
        slopes = slopes_at(problem.z, maximum.g, poisson_likelihood{&problem.rows});
    set_covariance(fit, problem.z, frame, cholesky(maximum.sums.information, fit.rank), slopes, options.correction);
    return fit;
}

[[nodiscard]] inline regression_fit negative_binomial_fit(regression_frame frame, bool intercept,
                                                          const regression_options& options) {
    constexpr std::string_view function = "fit_negative_binomial";
    auto fit = begun_fit(regression_family::negative_binomial, function, frame, options);
    const bool joint = options.theta == theta_uncertainty::joint;
    fit.theta_kind = options.theta;
    require(!joint || (fit.covariance.kind != covariance_kind::hc2 && fit.covariance.kind != covariance_kind::hc3),
            function, "a covariance without leverages, or theta_uncertainty::given", name_of(fit.covariance.kind));
    require_counts(frame, true, function);
    if (!fit) return fit;
    const count_problem problem(frame);
    const auto poisson = poisson_maximum(problem, frame, options.max_iterations, fit);
    if (!poisson.converged) return fit;
    const auto maximum = negative_binomial_maximiser(problem).maximum(poisson, options.max_iterations);
    const double log_factorials = problem.values.log_factorials();
    if (!maximum) {
        fit.log_likelihood = poisson.sums.log_likelihood - log_factorials;
        fit.status = fit.covariance.status = estimate_status::degenerate;
        return fit;
    }
    fit.iterations += maximum->iterations;
    if (!maximum->converged) {
        fit.status = fit.covariance.status = estimate_status::not_converged;
        return fit;
    }

    const double dispersion = maximum->dispersion();
    fit.coefficients = problem.z.coefficients(maximum->g);
    fit.theta = 1 / dispersion;
    fit.log_likelihood = maximum->log_likelihood - log_factorials;
    if (intercept)
        if (const auto null = null_negative_binomial_log_likelihood(frame, options.max_iterations))
            fit.null_log_likelihood = *null - log_factorials;
    fit.deviance = std::max(0.0, 2 * (problem.values.saturated(dispersion) + problem.values.rising(dispersion).value -
                                      maximum->log_likelihood));
    const negative_binomial_likelihood likelihood{&problem.rows, dispersion, !joint};
    likelihood_slopes slopes;
    if (fit.covariance.kind != covariance_kind::classical) {
        slopes = slopes_at(problem.z, maximum->g, likelihood);
        if (joint) slopes.of_one_more = likelihood.dispersion_slopes(problem.means(maximum->g), problem.values);
    }
    std::optional<double> variance;  // of log theta
    if (joint) {
        variance = set_covariance(fit, problem.z, frame, cholesky(maximum->information, fit.rank + 1), slopes,
                                  options.correction);
    } else {
        const auto expected = sums_at(problem.z, maximum->g, likelihood);
        set_covariance(fit, problem.z, frame, cholesky(expected.information, fit.rank), slopes, options.correction);
        variance = 1 / maximum->information.back();
    }
    if (variance) fit.theta_standard_error = *fit.theta * std::sqrt(*variance);
    return fit;
}

}  // namespace detail

/// The regression of counts >= 0 whose mean is exp(offset + x b), by maximum likelihood: Newton's method to rounding.
/// The response may be any number >= 0, since the coefficients are right wherever the mean is (Gourieroux, Monfort and
/// Trognon 1984); the classical covariance, the inverse information, is right only where Var(y) = E(y), so that counts
/// that scatter more, or are not whole, ask for hc1 or clusters. Weights count as so many records.
///
/// The covariance is classical, hc0 to hc3 (leverages those of the weighted least squares that Newton's method solves)
/// or clustered in one or two ways.
///
/// Where terms tell records without counts from the others so that no estimate is finite (Correia, Guimaraes and Zylkin
/// 2021), or all counts are 0: `degenerate`, no coefficients, and `separated` names the columns and the records. Leave
/// the term, or those records, out. All counts the same: the terms have coefficients of 0. Fewer records than columns:
/// too_few. Dependent columns are named and left out, the fit is `degenerate` then.
/// Throws std::invalid_argument for a count < 0, naming its record, weights < 0, values beyond 1e150, such as the
/// logarithm of an exposure of 0, and a clustered covariance without clusters. Models that absorb effects do not
/// compile. One pass over the records (two with categorical terms), then O(n p^2) for each of some 6 iterations.
/// Checked against R glm, sandwich 3.0 (vcovHC, vcovCL) and statsmodels.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>> && detail::absorbs_nothing<Model>
[[nodiscard]] regression_fit fit_poisson(Records&& records, const Model& model,
                                         const regression_options& options = {}) {
    return detail::poisson_fit(detail::frame_of("fit_poisson", records, model), model.intercept, options);
}

/// The regression of whole counts whose mean is exp(offset + x b) and whose variance is mean + mean^2 / theta (NB2), by
/// maximum likelihood of b and theta together.
///
/// Standard errors, of theta, too, come from the observed information of both (Stata, statsmodels), or with
/// `theta_uncertainty::given` from the expected information of b as if theta were known, and theta's as if b were (R
/// MASS glm.nb). hc0, hc1 and clustered covariances are of the joint scores, k = rank + 1 parameters; given theta,
/// those and hc2 and hc3 are of b alone, k = rank, and theta's error remains the classical one (R sandwich).
///
/// Where the counts scatter no more than Poisson's, sum w ((y - mean)^2 - y) <= 0 at the Poisson fit, the likelihood
/// rises with theta without end: `degenerate`, without coefficients and theta; `log_likelihood` is what it rises to.
/// Use fit_poisson then. Throws std::invalid_argument also for counts that are not whole, and for hc2 and hc3 of joint
/// scores. All else is as there. Checked against R MASS and sandwich, statsmodels, and 50-digit arithmetic.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>> && detail::absorbs_nothing<Model>
[[nodiscard]] regression_fit fit_negative_binomial(Records&& records, const Model& model,
                                                   const regression_options& options = {}) {
    return detail::negative_binomial_fit(detail::frame_of("fit_negative_binomial", records, model), model.intercept,
                                         options);
}

/// The likelihood-ratio test that counts scatter no more than Poisson's, of both fits of the same records and terms:
/// LR = 2 (log L_nb - log L_poisson). Since 1 / theta = 0 is the end of its range, the p-value is half that of
/// chi-squared with 1 degree of freedom, and 1 for LR = 0 (Self and Liang 1987; Stata's chibar2). Throws
/// std::invalid_argument for fits of other families, records or terms. A fit without a likelihood: its status.
[[nodiscard]] inline test_result overdispersion_test(const regression_fit& poisson,
                                                     const regression_fit& negative_binomial) {
    constexpr std::string_view function = "overdispersion_test";
    detail::require(poisson.family == regression_family::poisson, function, "a Poisson fit", name_of(poisson.family));
    detail::require(negative_binomial.family == regression_family::negative_binomial, function,
                    "a negative binomial fit", name_of(negative_binomial.family));
    detail::require(poisson.n == negative_binomial.n && poisson.names == negative_binomial.names, function,
                    "two fits of the same records and terms", negative_binomial.n);
    test_result test{.statistic = {},
                     .p_value = {},
                     .method = "likelihood ratio, half chi-squared",
                     .n = poisson.n,
                     .n_missing = poisson.n_missing,
                     .status = poisson.log_likelihood ? negative_binomial.status : poisson.status};
    if (!poisson.log_likelihood || !negative_binomial.log_likelihood) return test;
    test.statistic = std::max(0.0, 2 * (*negative_binomial.log_likelihood - *poisson.log_likelihood));
    test.p_value = *test.statistic > 0 ? detail::two_sided_normal_p(std::sqrt(*test.statistic)) / 2 : 1;
    test.status = estimate_status::ok;
    return test;
}

}  // namespace compute_divide

#endif
