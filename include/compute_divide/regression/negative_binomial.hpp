// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_NEGATIVE_BINOMIAL_HPP
#define COMPUTE_DIVIDE_REGRESSION_NEGATIVE_BINOMIAL_HPP

#include <algorithm>
#include <cmath>
#include <optional>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <utility>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/count_likelihood.hpp>
#include <compute_divide/regression/detail/count_problem.hpp>
#include <compute_divide/regression/detail/fit_units.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/negative_binomial_maximum.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// The regression of counts that scatter more than Poisson's: their variance grows with the square of the mean.
namespace compute_divide::inline v0_2 {

namespace detail {

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

[[nodiscard]] inline regression_fit negative_binomial_fit(regression_frame frame, bool intercept,
                                                          const regression_options& options) {
    constexpr std::string_view function = "fit_negative_binomial";
    auto fit = begun_fit(regression_family::negative_binomial, function, frame, options);
    const bool joint = options.theta == theta_uncertainty::joint;
    fit.theta_kind = options.theta;
    require(!joint || (fit.covariance.kind != covariance_kind::hc2 && fit.covariance.kind != covariance_kind::hc3),
            function, "a covariance without leverages, or theta_uncertainty::given", name_of(fit.covariance.kind));
    require(!adjusts_clusters(fit.covariance.kind), function,
            "classical, hc0, hc1, clustered, or given theta hc2 or hc3, for a covariance",
            name_of(fit.covariance.kind));
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
        if (joint) slopes.auxiliary = likelihood.dispersion_slopes(problem.means(maximum->g), problem.values);
    }
    std::optional<double> variance;  // of log theta
    if (joint) {
        variance = set_covariance(fit, problem.z, frame, cholesky(maximum->information, fit.rank + 1), slopes, options);
    } else {
        const auto expected = sums_at(problem.z, maximum->g, likelihood);
        set_covariance(fit, problem.z, frame, cholesky(expected.information, fit.rank), slopes, options);
        variance = 1 / maximum->information.back();
    }
    if (variance) fit.theta_standard_error = *fit.theta * std::sqrt(*variance);
    return fit;
}

}  // namespace detail

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
    return detail::fit_in_units(detail::frame_of("fit_negative_binomial", records, model), [&](auto frame) {
        return detail::negative_binomial_fit(std::move(frame), model.intercept, options);
    });
}
/// What does not fit; the last template argument in the compiler's message is the reason.
template <class Records, class Model, detail::reason Reason = detail::reason_without_effects_t<Records, Model>>
regression_fit fit_negative_binomial(Records&&, const Model&, const regression_options& = {}) = delete;
template <class Records, class Model, class Options, detail::reason Reason = detail::reason_against_options_t<Options>>
regression_fit fit_negative_binomial(Records&&, const Model&, const Options&) = delete;

}  // namespace compute_divide::inline v0_2

#endif
