// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_COMPUTE_GROWTH_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_COMPUTE_GROWTH_HPP

#include <cstdint>
#include <string>

#include <compute_divide/report/finding.hpp>

#include "support/models.hpp"

/// How fast does training compute grow? Doubling times overall and by kind of team with every interval, the eras found
/// from the data and as published, the growth of the frontier, and by how many years academia is behind industry.
namespace example {

struct compute_growth_inputs {
    models_input models = {};
    std::string definition = "notable";  ///< which models count
    std::string by = "team";             ///< groups: team or none
    std::string clusters = "shared";     ///< models depend on each other by: list, first, shared, families
    double since = 2010, until = 9999;   ///< years, the second left out
    double at = 2022;                    ///< year of the lags
    double level = 0.9;                  ///< of the intervals
    std::uint64_t seed = 1;              ///< of the bootstraps
};

[[nodiscard]] compute_divide::finding compute_growth(const compute_growth_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string compute_growth_json(const compute_growth_inputs& inputs);

}  // namespace example

#endif
