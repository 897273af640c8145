// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_HARDWARE_GAP_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_HARDWARE_GAP_HPP

#include <cstdint>
#include <string>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/report/finding.hpp>

#include "support/models.hpp"

/// How much more powerful is the hardware of industry? Teams with industry against those without, by the chip they
/// train on, by all their chips, and by the compute they spend: every statistic side by side, since the answer moves
/// with it.
namespace example {

struct hardware_gap_inputs {
    models_input models = {};      ///< a vintage with hardware
    std::string chips = {};        ///< a table of chips besides the known ones
    int from = 2020, to = 2022;    ///< years
    std::string industry = "any";  ///< teams with any author of industry, or of industry "only"
    compute_divide::training_format format = compute_divide::training_format::by_era;  ///< of the peaks
    bool notable = false;                                                              ///< only notable models
    dependence clusters = dependence::shared;  ///< which models depend on each other
    double level = 0.95;                       ///< of the intervals
    std::uint64_t seed = 1;                    ///< of what is drawn at random
};

/// Throws std::invalid_argument where `from` is after `to`.
[[nodiscard]] compute_divide::finding hardware_gap(const hardware_gap_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string hardware_gap_json(const hardware_gap_inputs& inputs);

}  // namespace example

#endif
