// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_DIVIDE_HPP
#define COMPUTE_DIVIDE_COMPUTE_DIVIDE_HPP

/// All of the library but io/ror.hpp, which needs simdjson. A program that needs one room includes that room's headers
/// alone, which is faster to compile.
#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/operation_counts.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/compute/training_compute.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/evaluation.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/known_organisations.hpp>
#include <compute_divide/institutions/learned_types.hpp>
#include <compute_divide/institutions/organisation.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/institutions/type_words.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/names.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/regression/covariance.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/regression/polynomial.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/statistics/calibration.hpp>
#include <compute_divide/statistics/corrected_share.hpp>
#include <compute_divide/statistics/multinomial.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/proportion_comparison.hpp>
#include <compute_divide/statistics/proportion_trend.hpp>
#include <compute_divide/statistics/quantile.hpp>
#include <compute_divide/statistics/test_result.hpp>
#include <compute_divide/statistics/two_sample.hpp>
#include <compute_divide/text/fold.hpp>
#include <compute_divide/text/term_set.hpp>
#include <compute_divide/trends/bootstrap_breaks.hpp>
#include <compute_divide/trends/breaks.hpp>
#include <compute_divide/trends/compare.hpp>
#include <compute_divide/trends/frontier.hpp>
#include <compute_divide/trends/growth.hpp>
#include <compute_divide/trends/large_scale.hpp>
#include <compute_divide/trends/log_trend.hpp>
#include <compute_divide/trends/lowess.hpp>
#include <compute_divide/trends/mann_kendall.hpp>
#include <compute_divide/trends/quantile_regression.hpp>
#include <compute_divide/trends/robust.hpp>
#include <compute_divide/trends/selected.hpp>
#include <compute_divide/trends/theil_sen.hpp>
#include <compute_divide/trends/trend_options.hpp>
#include <compute_divide/version.hpp>

#endif
