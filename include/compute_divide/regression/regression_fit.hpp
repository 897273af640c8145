// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_REGRESSION_FIT_HPP
#define COMPUTE_DIVIDE_REGRESSION_REGRESSION_FIT_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/results.hpp>

/// What every regression returns, as a value: coefficients with their covariance, and how both were estimated. Its
/// intervals, tests and predictions are in regression/inference.hpp, its table and its JSON in
/// regression/to_string.hpp.
namespace compute_divide::inline v0_2 {

/// The distribution of the response, and how its mean follows from the linear predictor x b.
enum class regression_family {
    linear,             ///< y = x b + e
    logit,              ///< logit P(y = 1) = x b; y may be a share
    firth_logit,        ///< the same by Firth's penalised likelihood (1993)
    poisson,            ///< log E(y) = x b, Var(y) = E(y)
    negative_binomial,  ///< log E(y) = x b, Var(y) = E(y) + E(y)^2 / theta
    proportional_odds   ///< logit P(y <= level) = threshold - x b
};
[[nodiscard]] constexpr auto enumerators(regression_family) {
    using enum regression_family;
    return std::array{named<regression_family>{linear, "linear"},
                      named<regression_family>{logit, "logit"},
                      named<regression_family>{firth_logit, "firth_logit", "Firth's logit"},
                      named<regression_family>{poisson, "poisson", "Poisson"},
                      named<regression_family>{negative_binomial, "negative_binomial", "negative binomial"},
                      named<regression_family>{proportional_odds, "proportional_odds", "proportional odds"}};
}

/// How many degrees of freedom absorbed effects take in the correction of a clustered covariance.
enum class effect_degrees_of_freedom {
    nested,  ///< those of effects within clusters take none (fixest, reghdfe)
    all      ///< those of all (Stata's areg; a column for each level)
};
[[nodiscard]] constexpr auto enumerators(effect_degrees_of_freedom) {
    using enum effect_degrees_of_freedom;
    return std::array{named<effect_degrees_of_freedom>{nested, "nested"}, named<effect_degrees_of_freedom>{all, "all"}};
}

/// What a negative binomial's standard errors come from.
enum class theta_uncertainty {
    joint,  ///< the observed information of coefficients and theta together (Stata nbreg, statsmodels)
    given   ///< the expected information of the coefficients, as if theta were known (R MASS glm.nb)
};
[[nodiscard]] constexpr auto enumerators(theta_uncertainty) {
    using enum theta_uncertainty;
    return std::array{named<theta_uncertainty>{joint, "joint"}, named<theta_uncertainty>{given, "given"}};
}

/// How a regression is fitted, and its covariance estimated. Each family says which covariances it has.
struct regression_options {
    std::optional<covariance_kind> covariance = {};  ///< none: clustered where the model has clusters, else classical
    cluster_correction correction = cluster_correction::stata;  ///< of `clustered`
    covariance_repair repair = covariance_repair::eigenvalues_to_zero;
    std::optional<reference_distribution> reference =
        {};  ///< none: student_t for linear ones, cr2 and cr3, else standard_normal
    double level = 0.95;
    compute_divide::effect_degrees_of_freedom effect_degrees_of_freedom =
        compute_divide::effect_degrees_of_freedom::nested;
    int max_iterations = 100;                            ///< of fits that need them
    int max_projections = 10'000;                        ///< of effects that are absorbed
    theta_uncertainty theta = theta_uncertainty::joint;  ///< negative binomial
};

namespace detail {

/// The kind of covariance asked for, of a model with this many kinds of clusters. Throws std::invalid_argument for
/// options that no fit of such a model has. `shared_labels`: whether records have several labels.
[[nodiscard]] inline covariance_kind covariance_asked_for(const regression_options& options, std::size_t cluster_fields,
                                                          bool shared_labels, std::string_view function) {
    require_level(options.level, function);
    require(cluster_fields <= 2, function, "at most two fields of clusters", cluster_fields);
    const auto kind =
        options.covariance.value_or(cluster_fields > 0 ? covariance_kind::clustered : covariance_kind::classical);
    require(kind != covariance_kind::clustered || cluster_fields > 0, function,
            "a field of clusters for a clustered covariance", cluster_fields);
    require(!adjusts_clusters(kind) || (cluster_fields == 1 && !shared_labels), function,
            "one field of clusters, of one label a record, for cr2 and cr3 (clustered allows two, and several labels)",
            shared_labels         ? "several labels"
            : cluster_fields == 0 ? "none"
                                  : "two");
    return kind;
}

}  // namespace detail

/// Fixed effects that were absorbed.
struct absorbed_effects {
    std::vector<std::uint64_t> levels = {};       ///< of each field, after singletons were dropped
    std::uint64_t singletons = 0;                 ///< records dropped since they alone had a level
    double degrees_of_freedom = 0;                ///< that all effects take
    std::optional<double> r_squared_within = {};  ///< of the terms alone, without the effects
    int iterations = 0;                           ///< steps of the projections

    friend bool operator==(const absorbed_effects&, const absorbed_effects&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<absorbed_effects>) {
    return member_list(member{"levels", &absorbed_effects::levels}, member{"singletons", &absorbed_effects::singletons},
                       member{"degrees_of_freedom", &absorbed_effects::degrees_of_freedom},
                       member{"r_squared_within", &absorbed_effects::r_squared_within},
                       member{"iterations", &absorbed_effects::iterations});
}

/// Separation: a combination of terms whose sign predicts the outcome of some or all records without error, so that
/// the likelihood has no maximum (Albert and Anderson 1984).
struct separation {
    std::vector<std::string> terms = {};      ///< of the combination, in the order of columns
    std::vector<double> direction = {};       ///< their factors: where the sum is not 0, its sign is the outcome
    std::vector<std::uint64_t> records = {};  ///< indices, from 0, of the records it predicts
    bool complete = false;                    ///< whether it predicts all records

    friend bool operator==(const separation&, const separation&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<separation>) {
    return member_list(member{"terms", &separation::terms}, member{"direction", &separation::direction},
                       member{"records", &separation::records}, member{"complete", &separation::complete});
}

/// A fit of p columns: the intercept, if there is one, then those of the terms in their order.
struct regression_fit {
    regression_family family = regression_family::linear;
    std::vector<std::string> names = {};       ///< of the columns
    std::vector<double> coefficients = {};     ///< 0 for a dependent column; empty where nothing could be estimated
    coefficient_covariance covariance = {};    ///< of the coefficients
    std::vector<std::uint64_t> clusters = {};  ///< of each field of clusters; of several labels a record, the labels
    reference_distribution reference = reference_distribution::student_t;
    double level = 0.95;                      ///< of the intervals
    std::vector<std::size_t> dependent = {};  ///< columns left out as combinations of those before them, or of effects
    std::vector<double> combinations = {};    ///< of each dependent column: its combination of all p, by rows
    std::uint64_t n = 0;                      ///< records used
    std::uint64_t n_missing = 0;              ///< records left out since something was not known
    std::size_t rank = 0;                     ///< columns that are not dependent
    std::optional<double> r_squared = {};     ///< linear: about the mean where there is an intercept
    std::optional<double> residual_sd = {};
    std::optional<double> log_likelihood = {};       ///< of iterated fits; Firth's is penalised
    std::optional<double> null_log_likelihood = {};  ///< of the same with the intercept (and offset) alone
    std::optional<double> deviance = {};
    std::optional<double> theta = {};  ///< negative binomial
    std::optional<double> theta_standard_error = {};
    std::optional<theta_uncertainty> theta_kind = {};  ///< how its standard error and the covariance were estimated
    std::optional<absorbed_effects> absorbed = {};
    std::optional<compute_divide::separation> separated = {};  ///< binary, ordinal: why there is no finite estimate
    /// Proportional odds: the values of the response, in order. The last columns are the thresholds between them.
    std::vector<double> levels = {};
    int iterations = 0;
    estimate_status status = estimate_status::no_data;  ///< degenerate: see dependent, separated, covariance.status

    [[nodiscard]] explicit operator bool() const { return has_value(status); }

    /// How many of the columns, the last ones, are thresholds.
    [[nodiscard]] std::size_t thresholds() const { return levels.empty() ? 0 : levels.size() - 1; }

    friend bool operator==(const regression_fit&, const regression_fit&) = default;
};

}  // namespace compute_divide::inline v0_2

#endif
