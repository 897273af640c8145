// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_COMPUTE_OWNERS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_COMPUTE_OWNERS_HPP

#include <string>

#include <compute_divide/io/read_problem.hpp>
#include <compute_divide/report/finding.hpp>

#include "support/data_folder.hpp"
#include "support/models.hpp"

/// Who holds the compute? The sectors' shares of clusters of GPUs, the part of chips that five hyperscalers have, and
/// that of the largest owners of clusters and trainers of models.
namespace example {

struct compute_owners_inputs {
    models_input models = {};
    std::string clusters = data_file("gpu_clusters.csv");  ///< Epoch AI's, as downloaded or ours
    std::string chips = data_file("chip_owners.csv");      ///< by owner, maker and year
    std::string segments = data_file("top500_segments.csv");
    double level = 0.95;  ///< of the intervals
};

[[nodiscard]] compute_divide::finding compute_owners(const compute_owners_inputs& inputs);

}  // namespace example

#endif
