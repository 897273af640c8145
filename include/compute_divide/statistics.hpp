// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_HPP
#define COMPUTE_DIVIDE_STATISTICS_HPP

/// All of the module: proportions, means and quantiles, two samples, the bootstrap, classifiers' errors.
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/statistics/calibration.hpp>
#include <compute_divide/statistics/capture_recapture.hpp>
#include <compute_divide/statistics/cluster_equations.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/compare_medians.hpp>
#include <compute_divide/statistics/corrected_share.hpp>
#include <compute_divide/statistics/corrected_slope.hpp>
#include <compute_divide/statistics/curve_inference.hpp>
#include <compute_divide/statistics/curve_verdict.hpp>
#include <compute_divide/statistics/event_rate.hpp>
#include <compute_divide/statistics/kaplan_meier.hpp>
#include <compute_divide/statistics/mantel_haenszel.hpp>
#include <compute_divide/statistics/moments.hpp>
#include <compute_divide/statistics/multinomial.hpp>
#include <compute_divide/statistics/multiple_draws.hpp>
#include <compute_divide/statistics/permutation_test.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/proportion_comparison.hpp>
#include <compute_divide/statistics/proportion_trend.hpp>
#include <compute_divide/statistics/quantile.hpp>
#include <compute_divide/statistics/rank_sum.hpp>
#include <compute_divide/statistics/shapley_parts.hpp>
#include <compute_divide/statistics/share_bounds.hpp>
#include <compute_divide/statistics/share_counts.hpp>
#include <compute_divide/statistics/sobol_indices.hpp>
#include <compute_divide/statistics/specification.hpp>
#include <compute_divide/statistics/specification_curve.hpp>
#include <compute_divide/statistics/specification_set.hpp>
#include <compute_divide/statistics/step_down.hpp>
#include <compute_divide/statistics/table_diff.hpp>
#include <compute_divide/statistics/two_samples.hpp>
#include <compute_divide/statistics/welch.hpp>

#endif
