// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_HPP
#define COMPUTE_DIVIDE_COMPUTE_HPP

/// Compute: accelerators, training FLOP, hardware in text, energy, carbon, cost and efficiency.
#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/compute_estimate.hpp>
#include <compute_divide/compute/compute_from_data.hpp>
#include <compute_divide/compute/compute_from_hardware.hpp>
#include <compute_divide/compute/compute_from_size.hpp>
#include <compute_divide/compute/efficiency.hpp>
#include <compute_divide/compute/electricity_price.hpp>
#include <compute_divide/compute/footprint.hpp>
#include <compute_divide/compute/grid_intensity.hpp>
#include <compute_divide/compute/hardware_mention.hpp>
#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/compute/learned_compute.hpp>
#include <compute_divide/compute/mentioned_run.hpp>
#include <compute_divide/compute/model_domain.hpp>
#include <compute_divide/compute/operation_counts.hpp>
#include <compute_divide/compute/pareto_frontier.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/compute/reconcile.hpp>
#include <compute_divide/compute/score_line.hpp>
#include <compute_divide/compute/scored_compute.hpp>
#include <compute_divide/compute/stated_sizes.hpp>
#include <compute_divide/compute/training_compute.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/compute/uncertain_trend.hpp>

#endif
