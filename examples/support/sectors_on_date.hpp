// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SECTORS_ON_DATE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SECTORS_ON_DATE_HPP

#include <string>

#include <compute_divide/report/figure.hpp>
#include <compute_divide/report/table.hpp>

#include "support/command_line.hpp"
#include "support/data_folder.hpp"
#include "support/own_table.hpp"

/// Whose compute it is: the sectors' shares of the performance of GPU clusters.
namespace example {

struct sectors_request {
    std::string clusters = data_file("gpu_clusters.csv");  ///< Epoch AI's table
    std::string on = {};                                   ///< a day, as 2025-05-31
    double level = 0.95;                                   ///< of the intervals
    compute_divide::error_handling on_error = compute_divide::error_handling::fail;
    column_flags columns = {};
};
struct sectors_answer {
    std::string json = {};
    compute_divide::table table = {};
    compute_divide::figure figure = {};
    bool is_something = false;
};

/// Under every choice of which clusters count. Throws read_error.
[[nodiscard]] sectors_answer sectors_on_date(const sectors_request& asked);

}  // namespace example

#endif
