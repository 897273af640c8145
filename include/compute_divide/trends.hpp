// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_HPP
#define COMPUTE_DIVIDE_TRENDS_HPP

/// Trends: how fast something grows, who is behind by how much, when it changed, which models are large-scale; and
/// trends that a few wild records do not move (mann_kendall: is there any, theil_sen: how steep is it,
/// quantile_regression: how steep for the upper part of the records, lowess: what shape has it). Only
/// trends/selected.hpp, a range-v3 view of chosen records, is to be included by itself.
#include <compute_divide/trends/block_mann_kendall.hpp>
#include <compute_divide/trends/bootstrap_breaks.hpp>
#include <compute_divide/trends/breaks.hpp>
#include <compute_divide/trends/catch_up_lag.hpp>
#include <compute_divide/trends/compare.hpp>
#include <compute_divide/trends/frontier.hpp>
#include <compute_divide/trends/growth.hpp>
#include <compute_divide/trends/large_scale.hpp>
#include <compute_divide/trends/log_trend.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>
#include <compute_divide/trends/lowess.hpp>
#include <compute_divide/trends/mann_kendall.hpp>
#include <compute_divide/trends/quantile_lag.hpp>
#include <compute_divide/trends/quantile_regression.hpp>
#include <compute_divide/trends/segmented_options.hpp>
#include <compute_divide/trends/segmented_trend.hpp>
#include <compute_divide/trends/selection.hpp>
#include <compute_divide/trends/theil_sen.hpp>
#include <compute_divide/trends/trend_options.hpp>
#include <compute_divide/trends/z_scores.hpp>

#endif
