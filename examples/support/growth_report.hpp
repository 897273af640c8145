// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_GROWTH_REPORT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_GROWTH_REPORT_HPP

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/report/table.hpp>
#include <compute_divide/trends/trend_options.hpp>

#include "support/figures.hpp"

/// Growth of a quantity, overall and by group.
namespace example {

/// A row with a quantity that grows.
struct growth_record {
    std::optional<std::chrono::sys_days> date = {};
    std::optional<double> value = {};
    std::optional<std::string> by = {};
    std::vector<std::string> cluster = {};
};

/// Whether an interval goes by clusters, which a column then has to name.
[[nodiscard]] constexpr bool needs_clusters(compute_divide::trend_interval interval) {
    using enum compute_divide::trend_interval;
    return interval == clustered || interval == cr2 || interval == cr3;
}

/// Growth of all records and of groups, where `by_group`, and by how much each group is faster than each other one.
/// Where `by_cluster`, records depend on each other that share a label; one without a label depends on no other.
/// Records and trends are added to the figure. Throws what fit_log_trend does.
[[nodiscard]] compute_divide::table growth_table(std::vector<growth_record> records, bool by_group, bool by_cluster,
                                                 const compute_divide::trend_options& how, figure_builder& figure);

}  // namespace example

#endif
