// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_HPP
#define COMPUTE_DIVIDE_REGRESSION_HPP

/// Regressions, or what goes with what: models of records, fits by least squares and by maximum likelihood, robust and
/// clustered covariances, absorbed effects, tests, predictions and marginal effects.
#include <compute_divide/regression/clustered_scores.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/conditional_logit.hpp>
#include <compute_divide/regression/covariance.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/formula.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/regression/least_squares_coefficient.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/regression/misclassified_logit.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/negative_binomial.hpp>
#include <compute_divide/regression/overdispersion_test.hpp>
#include <compute_divide/regression/poisson.hpp>
#include <compute_divide/regression/polynomial.hpp>
#include <compute_divide/regression/proportional_odds.hpp>
#include <compute_divide/regression/proportionality_test.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/regression/simex.hpp>
#include <compute_divide/regression/terms.hpp>
#include <compute_divide/regression/to_string.hpp>
#include <compute_divide/regression/wild_bootstrap.hpp>
#include <compute_divide/regression/within_between.hpp>

#endif
