// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_PROPORTIONAL_ODDS_HPP
#define COMPUTE_DIVIDE_REGRESSION_PROPORTIONAL_ODDS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/fit_units.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/ordinal_likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/score_products.hpp>
#include <compute_divide/regression/detail/separation.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// Regressions of a response that is ordered and no more, such as how open a model is: the odds of being higher than
/// any level change by the same factor with a term.
namespace compute_divide::inline v0_2 {

namespace detail {

/// "2|3": the threshold between two levels.
[[nodiscard]] inline std::string threshold_name(double below, double above) {
    return shown(below).append("|").append(shown(above));
}

/// The records as two binary ones each, above and below the thresholds at their level: the likelihood has no maximum
/// where these are separated, since its logarithm is that of a logit of them but for the gaps between thresholds.
[[nodiscard]] inline std::optional<separation> ordinal_separation(const regression_frame& frame,
                                                                  const ordinal_response& response,
                                                                  std::span<const std::string> names) {
    const std::size_t terms = frame.p() - 1, m = response.thresholds();
    regression_frame stacked;
    stacked.names.assign(names.begin(), names.end());
    std::vector<row_side> sides;
    for (std::size_t i = 0; i < frame.n; ++i) {
        const std::size_t level = response.level_of[i];
        for (const bool above : {true, false}) {
            if (above ? level == m : level == 0) continue;
            for (std::size_t k = 0; k < terms; ++k) stacked.columns.push_back(-frame.row(i)[k + 1]);
            stacked.columns.resize(stacked.columns.size() + m);
            stacked.columns[stacked.columns.size() - m + level - (above ? 0 : 1)] = 1;
            stacked.weight.push_back(1);
            stacked.records_of_rows.push_back(frame.record(i));
            sides.push_back(above ? row_side::rises : row_side::falls);
        }
    }
    stacked.n = sides.size();
    const orthonormal_design z(stacked);
    auto found = separation_of(z, stacked, sides);
    if (found) found->records.erase(std::unique(found->records.begin(), found->records.end()), found->records.end());
    return found;
}

[[nodiscard]] inline double ordinal_null_log_likelihood(const regression_frame& frame, const ordinal_response& response,
                                                        int max_iterations) {
    if (detail::any_of(frame.offset, [](double x) { return x != 0; })) {
        const regression_frame null = intercept_alone(frame);
        const orthonormal_design z(null);
        const ordinal_likelihood likelihood(z, null, response);
        return ordinal_maximum(likelihood, likelihood.start(), max_iterations).sums.log_likelihood;
    }
    double all = 0, sum = 0;
    for (const double weight : response.weights) all += weight;
    for (const double weight : response.weights) sum += weight * std::log(weight / all);
    return sum;
}

/// What turns parameters in the basis of the design, thresholds and g, into coefficients and thresholds, by rows.
[[nodiscard]] inline std::vector<double> ordinal_turn(const orthonormal_design& z, std::size_t thresholds) {
    const std::size_t terms = z.p() - 1, parameters = thresholds + z.rank() - 1;
    std::vector<double> turn((terms + thresholds) * parameters);
    for (std::size_t i = 0; i < terms; ++i)
        for (std::size_t k = 1; k < z.rank(); ++k)
            turn[i * parameters + thresholds + k - 1] = z.factor()[(i + 1) * z.rank() + k];
    for (std::size_t j = 0; j < thresholds; ++j) {
        turn[(terms + j) * parameters + j] = 1;
        for (std::size_t k = 1; k < z.rank(); ++k) turn[(terms + j) * parameters + thresholds + k - 1] = -z.factor()[k];
    }
    return turn;
}

/// The covariance of a fit's coefficients and thresholds, of the kind that it says.
inline void set_ordinal_covariance(regression_fit& fit, const orthonormal_design& z, const regression_frame& frame,
                                   const ordinal_likelihood& likelihood, const likelihood_maximum& best,
                                   const regression_options& options) {
    const std::size_t parameters = likelihood.parameters(), p = fit.names.size();
    const auto n = static_cast<double>(fit.n), k = static_cast<double>(parameters);
    const covariance_kind kind = fit.covariance.kind;
    const cholesky information(best.sums.information, parameters);
    const std::vector<double> turn = ordinal_turn(z, fit.thresholds());
    if (kind != covariance_kind::classical && kind != covariance_kind::hc0 && n <= k) {
        fit.covariance.status = estimate_status::too_few;
        return;
    }
    // Each row of the turn, in the basis in which the information is the identity.
    std::vector<double> bread;
    for (std::size_t i = 0; i < p; ++i) {
        const auto row = std::span(turn).subspan(i * parameters, parameters);
        const auto half = information.half_solved({row.begin(), row.end()});
        bread.insert(bread.end(), half.begin(), half.end());
    }
    if (kind == covariance_kind::classical) {
        fit.covariance.values.assign(p * p, 0);
        for (std::size_t i = 0; i < p; ++i)
            for (std::size_t j = 0; j <= i; ++j) {
                double sum = 0;
                for (std::size_t l = 0; l < parameters; ++l)
                    sum += bread[i * parameters + l] * bread[j * parameters + l];
                fit.covariance.values[i * p + j] = fit.covariance.values[j * p + i] = sum;
            }
        fit.covariance.degrees_of_freedom = n - k;
        return;
    }
    const bool clustered = kind == covariance_kind::clustered;
    score_products products(parameters, clustered ? frame.clusters.size() : 0);
    std::array<std::uint32_t, 2> clusters = {};
    likelihood.for_each_slope(best.g, [&](std::size_t row, std::span<const double> slopes) {
        if (clustered)
            for (std::size_t j = 0; j < frame.clusters.size(); ++j) clusters[j] = frame.clusters[j][row];
        products.add(information.half_solved({slopes.begin(), slopes.end()}), clusters);
    });
    if (clustered) fit.clusters = products.clusters();
    std::vector<std::size_t> few_treated = std::move(fit.covariance.few_treated);
    fit.covariance = products.covariance(bread, kind, options.correction, fit.n, parameters, options.repair,
                                         frame.label_sets.empty() ? nullptr : &frame.label_sets);
    if (fit.covariance.shared_labels) fit.clusters = {count_of_labels(frame.label_sets)};
    if (fit.covariance) fit.covariance.few_treated = std::move(few_treated);
}

/// Columns that are combinations of those before them, as such of coefficients and thresholds: a constant part is one
/// of all thresholds.
inline void set_ordinal_dependence(regression_fit& fit, const orthonormal_design& z) {
    const std::size_t terms = z.p() - 1;
    for (std::size_t d = 0; d < z.dependent().size(); ++d) {
        const auto of = std::span(z.combinations()).subspan(d * z.p(), z.p());
        fit.dependent.push_back(z.dependent()[d] - 1);
        fit.combinations.insert(fit.combinations.end(), of.begin() + 1, of.end());
        fit.combinations.insert(fit.combinations.end(), fit.names.size() - terms, -of[0]);
    }
    fit.rank = z.rank() - 1 + fit.thresholds();
}

[[nodiscard]] inline regression_fit proportional_odds_fit(const regression_frame& frame,
                                                          const regression_options& options) {
    constexpr std::string_view function = "fit_proportional_odds";
    regression_fit fit = begun_fit(regression_family::proportional_odds, function, frame, options);
    const covariance_kind kind = fit.covariance.kind;
    require(kind == covariance_kind::classical || kind == covariance_kind::hc0 || kind == covariance_kind::hc1 ||
                kind == covariance_kind::clustered,
            function, "a classical, hc0, hc1 or clustered covariance", name_of(kind));
    const ordinal_response response(frame, function);
    fit.levels = response.levels;
    fit.names.erase(fit.names.begin());
    for (std::size_t j = 0; j < fit.thresholds(); ++j)
        fit.names.push_back(threshold_name(fit.levels[j], fit.levels[j + 1]));
    fit.covariance.p = fit.names.size();
    std::erase(fit.covariance.few_treated, std::size_t{0});
    for (std::size_t& column : fit.covariance.few_treated) --column;
    if (!fit) return fit;
    if (frame.n < fit.names.size()) {
        fit.status = fit.covariance.status = estimate_status::too_few;
        return fit;
    }

    const orthonormal_design z(frame);
    set_ordinal_dependence(fit, z);
    if (fit.levels.size() < 2) {
        fit.status = fit.covariance.status = estimate_status::degenerate;
        return fit;
    }
    const ordinal_likelihood likelihood(z, frame, response);
    const auto best = maximum_unless_separated(
        [&](std::vector<double> from, int most) { return ordinal_maximum(likelihood, std::move(from), most); },
        likelihood.start(), 16, options.max_iterations, [&] { return ordinal_separation(frame, response, fit.names); },
        fit);
    if (!best.converged) return fit;

    std::vector<double> g(z.rank());
    std::copy(best.g.begin() + static_cast<std::ptrdiff_t>(fit.thresholds()), best.g.end(), g.begin() + 1);
    const std::vector<double> b = z.coefficients(g);
    fit.coefficients.assign(b.begin() + 1, b.end());
    for (std::size_t j = 0; j < fit.thresholds(); ++j) fit.coefficients.push_back(best.g[j] - b[0]);
    fit.log_likelihood = best.sums.log_likelihood;
    fit.deviance = -2 * best.sums.log_likelihood;
    fit.null_log_likelihood = ordinal_null_log_likelihood(frame, response, options.max_iterations);
    set_ordinal_covariance(fit, z, frame, likelihood, best, options);
    return fit;
}

/// The fit of a frame whose columns are in units of powers of two.
[[nodiscard]] inline regression_fit proportional_odds_fit_in_units(regression_frame frame,
                                                                   const regression_options& options) {
    std::vector<int> units = into_units(frame, false);
    regression_fit fit = proportional_odds_fit(frame, options);
    units.erase(units.begin());  // of the intercept; thresholds, response and weights are as they are
    units.resize(fit.names.size() + 2);
    for (std::size_t j = fit.names.size() - fit.thresholds(); j < units.size(); ++j) units[j] = 0;
    from_units(fit, units);
    return fit;
}

}  // namespace detail

/// The proportional-odds model (McCullagh 1980) of an ordered response, whose values tell their order and no more:
///
///   logit P(y <= level j) = threshold j - (offset + x b),
///
/// so that b > 0 is for higher levels, and exp(b) is the factor by which the odds of being above any level grow. Levels
/// are the values that the response has, at most 100; whole numbers between them that no record has are told in the
/// text of the fit, and have no threshold. By maximum likelihood: Newton's method from the thresholds of equal odds for
/// all, its steps halved until thresholds stay in order and the likelihood does not fall, to rounding; the likelihood
/// is concave. Weights count as so many records. Thresholds are the intercepts: they are the last columns of the
/// fit, named "0|1". Whether odds are proportional, `proportionality_test` asks.
///
/// The covariance is the inverse of the observed information, hc0, hc1, or clustered in one or two ways or by shared
/// labels. McFadden's R2 is 1 - log_likelihood / null_log_likelihood.
///
/// Where a combination of terms tells the levels of some records without error there is no finite estimate: the fit is
/// `degenerate`, has no coefficients, and `separated` names the columns, thresholds among them, and the records.
/// Separation of one threshold alone, which would leave its logit without an estimate, need not do that. A response of
/// one level: degenerate. Fewer records than coefficients and thresholds: too_few. Dependent columns, constant ones
/// among them, are named and left out, the fit is `degenerate` then.
///
/// Throws std::invalid_argument for more than 100 levels, another covariance, a model without intercept, weights < 0,
/// values beyond 1e300, and a clustered covariance without clusters. Models that absorb effects do not compile. One
/// pass over the records (two with categorical terms), then O(n p^2) for each of some 6 iterations. Source: Agresti
/// (2010), Analysis of Ordinal Categorical Data, ch. 3. Checked against R MASS::polr, ordinal::clm and
/// sandwich::vcovCL.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>> && detail::absorbs_nothing<Model>
[[nodiscard]] regression_fit fit_proportional_odds(Records&& records, const Model& model,
                                                   const regression_options& options = {}) {
    detail::require(model.intercept, "fit_proportional_odds", "a model with an intercept: thresholds take its place",
                    "one without");
    return detail::proportional_odds_fit_in_units(detail::frame_of("fit_proportional_odds", records, model), options);
}
/// What does not fit; the last template argument in the compiler's message is the reason.
template <class Records, class Model, detail::reason Reason = detail::reason_without_effects_t<Records, Model>>
regression_fit fit_proportional_odds(Records&&, const Model&, const regression_options& = {}) = delete;
template <class Records, class Model, class Options, detail::reason Reason = detail::reason_against_options_t<Options>>
regression_fit fit_proportional_odds(Records&&, const Model&, const Options&) = delete;

}  // namespace compute_divide::inline v0_2

#endif
