// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_POISSON_HPP
#define COMPUTE_DIVIDE_REGRESSION_POISSON_HPP

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <utility>

#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/count_likelihood.hpp>
#include <compute_divide/regression/detail/count_problem.hpp>
#include <compute_divide/regression/detail/fit_units.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// The regression of counts, such as papers by year, on the logarithm of their mean: exp(b) is a ratio of rates
/// (`exponentiated`). A count's exposure, if it has one, goes in as the offset log(exposure).
///
///   const auto model = cd::model_of(&lab::papers).on(cd::variable("gpus", &lab::gpus))
///                          .offset_by([](const lab& l) { return std::log(l.authors); });
///   cd::fit_poisson(labs, model, {.covariance = cd::covariance_kind::hc1});
namespace compute_divide::inline v0_2 {

namespace detail {

/// The log-likelihood of the intercept and offset alone, where the sum of means is that of counts; without log y!.
[[nodiscard]] inline double null_poisson_log_likelihood(const regression_frame& frame) {
    const double log_rate = log_common_rate(frame);
    double sum = 0;
    for (std::size_t i = 0; i < frame.n; ++i)
        if (const double y = frame.response[i]; y > 0) sum += frame.weight[i] * y * (frame.offset[i] + log_rate - 1);
    return sum;
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
    set_covariance(fit, problem.z, frame, cholesky(maximum.sums.information, fit.rank), slopes, options);
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
/// Where terms separate records with a count of 0 from the others, so that no estimate is finite (Correia, Guimaraes
/// and Zylkin 2021), or all counts are 0: `degenerate`, no coefficients, and `separated` names the columns and the
/// records. Leave the term, or those records, out. All counts the same: the terms have coefficients of 0. Fewer records
/// than columns: too_few. Dependent columns are named and left out, the fit is `degenerate` then. Throws
/// std::invalid_argument for a count < 0, naming its record, weights < 0, values beyond 1e300, such as the logarithm of
/// an exposure of 0, and a clustered covariance without clusters. Models that absorb effects do not compile. One pass
/// over the records (two with categorical terms), then O(n p^2) for each of some 6 iterations. Checked against R glm,
/// sandwich 3.0 (vcovHC, vcovCL) and statsmodels.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>> && detail::absorbs_nothing<Model>
[[nodiscard]] regression_fit fit_poisson(Records&& records, const Model& model,
                                         const regression_options& options = {}) {
    return detail::fit_in_units(detail::frame_of("fit_poisson", records, model), [&](auto frame) {
        return detail::poisson_fit(std::move(frame), model.intercept, options);
    });
}
/// What does not fit; the last template argument in the compiler's message is the reason.
template <class Records, class Model, detail::reason Reason = detail::reason_without_effects_t<Records, Model>>
regression_fit fit_poisson(Records&&, const Model&, const regression_options& = {}) = delete;
template <class Records, class Model, class Options, detail::reason Reason = detail::reason_against_options_t<Options>>
regression_fit fit_poisson(Records&&, const Model&, const Options&) = delete;

}  // namespace compute_divide::inline v0_2

#endif
