// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_GPU_CLUSTERS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_GPU_CLUSTERS_HPP

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/estimate.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/read_problem.hpp>

#include "support/own_table.hpp"

/// Whose clusters of GPUs these are: Epoch AI's table, and the sectors' shares of its performance on a date.
namespace example {

namespace cd = compute_divide;

/// A cluster of known start, sector and performance.
struct gpu_cluster {
    std::string sector;
    std::vector<std::string> owners;
    double flop_per_second = 0;
    bool doubted = false;
    std::chrono::sys_days started = {};
    std::optional<std::chrono::sys_days> ended = {};  ///< taken out of operation, the earliest that it may be
    bool ended_undated = false;
};
/// One that had started or may have, of which something else is not known.
struct incomplete_cluster {
    std::optional<std::chrono::sys_days> started = {};
};
struct gpu_clusters {
    std::vector<gpu_cluster> all = {};
    std::vector<incomplete_cluster> incomplete = {};

    /// Those that are incomplete and not known to have started after a date.
    [[nodiscard]] std::uint64_t n_missing(std::chrono::sys_days on) const;
};
/// Those that were not only planned, and had started by a date or may have. Throws read_error for a performance that is
/// not above 0.
[[nodiscard]] gpu_clusters read_gpu_clusters(const std::string& path, cd::error_handling on_error,
                                             std::chrono::sys_days until,
                                             const column_flags& columns = program_columns());

struct sector_share {
    std::string sector = {};
    std::uint64_t n = 0;
    cd::estimate share = {};
};
/// Which clusters count, and the shares of the sectors that they are of.
struct sectors_of_clusters {
    std::string name = {}, meaning = {};
    std::uint64_t n = 0;
    std::vector<sector_share> sectors = {};

    /// Without data where there is no cluster of the sector.
    [[nodiscard]] cd::estimate share_of(const std::string& sector) const;
};
/// Of 16-bit performance, clusters of one owner dependent on each other, under each way to say which clusters count.
[[nodiscard]] std::vector<sectors_of_clusters> sectors_on(const gpu_clusters& clusters, std::chrono::sys_days on,
                                                          double level);

/// The first day that a date may be.
[[nodiscard]] inline std::optional<std::chrono::sys_days> first_day_of(const std::optional<cd::partial_date>& date) {
    return date ? std::optional(cd::first_day(*date)) : std::nullopt;
}

}  // namespace example

#endif
