// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_ROBUST_HPP
#define COMPUTE_DIVIDE_TRENDS_ROBUST_HPP

/// Trends that a few wild records do not move: is there any (mann_kendall), how steep is it (theil_sen), how steep is
/// it for the upper part of the records (quantile_regression), and what shape has it (lowess)?
#include <compute_divide/trends/lowess.hpp>
#include <compute_divide/trends/mann_kendall.hpp>
#include <compute_divide/trends/quantile_regression.hpp>
#include <compute_divide/trends/theil_sen.hpp>

#endif
