// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_POLICY_HPP
#define COMPUTE_DIVIDE_POLICY_HPP

/// Policy: how far behind, whether the gap closes, what it would take, what a programme buys, and how sure that is.
#include <compute_divide/policy/first_model.hpp>
#include <compute_divide/policy/gap.hpp>
#include <compute_divide/policy/gap_trends.hpp>
#include <compute_divide/policy/programme_yield.hpp>
#include <compute_divide/policy/scenario.hpp>
#include <compute_divide/policy/supply.hpp>

#endif
