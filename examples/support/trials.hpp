// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TRIALS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TRIALS_HPP

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <compute_divide/compute/efficiency.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/report/table.hpp>

#include "support/command_line.hpp"

/// Is the gain the idea or the tuning? The best of k trials of each method of a table, and where they cross.
namespace example {

/// A table of all trials that were run, a row each.
struct trials_request {
    std::string file, score = "score", method, cost;  ///< columns; of the method and the cost where there are any
    bool lower_is_better = false;
    double level = 0.95;
    compute_divide::error_handling on_error = compute_divide::error_handling::fail;  ///< of rows that are none

    void add_to(command_line& line);
};

/// The trials of a method.
struct method_trials {
    std::string name;  ///< empty where there is no column of methods
    compute_divide::trial_results results;
    double cost = 1;  ///< mean of a trial; 1 where there is no column of costs
};

/// In the order of their first trial. Throws what cannot be read, by line and column; a cost must be > 0.
[[nodiscard]] std::vector<method_trials> read_trials(const trials_request& asked);

/// The curve of each method at 1, 2, 4, ... trials and at half of them; where there are two methods, who is ahead.
[[nodiscard]] std::string text_of(const std::vector<method_trials>& methods, const trials_request& asked);
/// The curves as a table, a row for each number of trials that is shown.
[[nodiscard]] compute_divide::table table_of(const std::vector<method_trials>& methods);
/// The whole curves, and the comparison of two methods.
[[nodiscard]] compute_divide::json_object json_of(const std::vector<method_trials>& methods,
                                                  const trials_request& asked);

}  // namespace example

#endif
