// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_LOGISTIC_HPP
#define COMPUTE_DIVIDE_REGRESSION_LOGISTIC_HPP

#include <ranges>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/fit_units.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/logit_likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/separation.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// Regressions of yes or no, and of shares: log(E(y) / (1 - E(y))) = offset + x b.
namespace compute_divide::inline v0_2 {

namespace detail {

[[nodiscard]] inline regression_fit logit_fit(regression_frame frame, bool intercept,
                                              const regression_options& options) {
    constexpr std::string_view function = "fit_logit";
    regression_fit fit = begun_fit(regression_family::logit, function, frame, options);
    require_shares(frame, function);
    if (!fit) return fit;

    const orthonormal_design z(frame, std::move(frame.columns), level_basis::groups);
    fit.dependent = z.dependent();
    fit.combinations = z.combinations();
    fit.rank = z.rank();
    const logit_likelihood likelihood(frame);
    const auto side = [](double y) {
        return y == 0 ? row_side::falls : y == 1 ? row_side::rises : row_side::has_a_peak;
    };
    const auto best =
        maximum_if_any(z, likelihood, std::vector<double>(z.rank()), frame, side, options.max_iterations, fit);
    if (!best.converged) return fit;
    fit.coefficients = z.coefficients(best.g);
    fit.log_likelihood = best.sums.log_likelihood;
    fit.deviance = 2 * (saturated_log_likelihood(frame) - best.sums.log_likelihood);
    if (intercept) fit.null_log_likelihood = null_log_likelihood(frame, false, options.max_iterations);
    const bool classical = fit.covariance.kind == covariance_kind::classical;
    set_covariance(fit, z, frame, cholesky(best.sums.information, z.rank()),
                   classical ? likelihood_slopes{} : slopes_at(z, best.g, likelihood), options);
    return fit;
}

[[nodiscard]] inline regression_fit firth_logit_fit(regression_frame frame, bool intercept,
                                                    const regression_options& options) {
    constexpr std::string_view function = "fit_firth_logit";
    regression_fit fit = begun_fit(regression_family::firth_logit, function, frame, options);
    require(fit.covariance.kind == covariance_kind::classical, function, "a classical covariance, and no clusters",
            name_of(fit.covariance.kind));
    require_shares(frame, function);
    if (!fit) return fit;

    const orthonormal_design z(frame, std::move(frame.columns), level_basis::groups);
    fit.dependent = z.dependent();
    fit.combinations = z.combinations();
    fit.rank = z.rank();
    if (fit.rank == 0) {
        fit.status = fit.covariance.status = estimate_status::degenerate;
        return fit;
    }
    const logit_likelihood likelihood(frame);
    const auto best = firth_maximum_of(z, likelihood, frame, options.max_iterations);
    fit.iterations = best.iterations;
    if (!best.converged) {
        fit.status = fit.covariance.status = estimate_status::not_converged;
        return fit;
    }
    fit.coefficients = z.coefficients(best.g);
    fit.log_likelihood = best.sums.log_likelihood - z.log_determinant();
    if (intercept) fit.null_log_likelihood = null_log_likelihood(frame, true, options.max_iterations);
    if (!fit.dependent.empty()) fit.status = estimate_status::degenerate;
    fit.covariance.status = fit.status;
    set_covariance(fit, z, frame, cholesky(best.sums.information, z.rank()), {}, options);
    return fit;
}

}  // namespace detail

/// The logit of a response of yes or no, 0 or 1, or a share from 0 to 1, by maximum likelihood: Newton's method on all
/// records at once. Of shares, `weighted_by` is the number each is of (binomial), or nothing (fractional: ask for hc1
/// or clusters; Papke and Wooldridge 1996). Weights count as so many records.
///
/// The covariance is classical (the inverse information), hc0 to hc3 (leverages those of the weighted least squares
/// that Newton's method solves) or clustered in one or two ways. Log-likelihoods are those of records, without binomial
/// coefficients; McFadden's R2 is 1 - log_likelihood / null_log_likelihood.
///
/// Where a combination of columns separates the outcomes without error, for all records (complete separation, as with a
/// response of one value) or for some (quasi-complete), no estimate is finite: the fit is `degenerate`, has no
/// coefficients, and `separated` names the columns, the direction and the records. Leave the term out, or use
/// `fit_firth_logit`. A fit is `ok` only where Newton's method converged, which it does at a finite maximum alone;
/// else linear inequalities decide (regression/detail/separation.hpp), in which records within 1e-9
/// of the plane that separates, as a share of their own length in standardised columns, lie on it.
///
/// Fewer records than columns: too_few. Dependent columns are named and left out, the fit is `degenerate` then.
/// Throws std::invalid_argument for a response outside [0, 1], naming its record, weights < 0, values beyond 1e300,
/// and a clustered covariance without clusters. Models that absorb effects do not compile. One pass over the records
/// (two with categorical terms), then O(n p^2) for each of some 5 iterations, O(n k^2 + p^3) where all but k columns
/// are levels of one factor, of 8 levels or more. Checked against R glm, sandwich 3.0 (vcovHC, vcovCL) and statsmodels
/// Logit.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>> && detail::absorbs_nothing<Model>
[[nodiscard]] regression_fit fit_logit(Records&& records, const Model& model, const regression_options& options = {}) {
    return detail::fit_in_units(detail::frame_of("fit_logit", records, model), [&](auto frame) {
        return detail::logit_fit(std::move(frame), model.intercept, options);
    });
}
/// What does not fit; the last template argument in the compiler's message is the reason.
template <class Records, class Model, detail::reason Reason = detail::reason_without_effects_t<Records, Model>>
regression_fit fit_logit(Records&&, const Model&, const regression_options& = {}) = delete;
template <class Records, class Model, class Options, detail::reason Reason = detail::reason_against_options_t<Options>>
regression_fit fit_logit(Records&&, const Model&, const Options&) = delete;

/// The same by Firth's (1993) penalised likelihood, log L + log |information| / 2: estimates are finite whatever the
/// data, and their bias of order 1 / n is gone (Heinze and Schemper 2002). The covariance is the inverse information,
/// and classical only: throws std::invalid_argument for another kind, and for a model with clusters.
/// `log_likelihood` is the penalised one. Checked against R brglm2 (type = "AS_mean").
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>> && detail::absorbs_nothing<Model>
[[nodiscard]] regression_fit fit_firth_logit(Records&& records, const Model& model,
                                             const regression_options& options = {}) {
    return detail::fit_in_units(detail::frame_of("fit_firth_logit", records, model), [&](auto frame) {
        return detail::firth_logit_fit(std::move(frame), model.intercept, options);
    });
}
/// What does not fit; the last template argument in the compiler's message is the reason.
template <class Records, class Model, detail::reason Reason = detail::reason_without_effects_t<Records, Model>>
regression_fit fit_firth_logit(Records&&, const Model&, const regression_options& = {}) = delete;
template <class Records, class Model, class Options, detail::reason Reason = detail::reason_against_options_t<Options>>
regression_fit fit_firth_logit(Records&&, const Model&, const Options&) = delete;

}  // namespace compute_divide::inline v0_2

#endif
