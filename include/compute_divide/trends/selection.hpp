// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_SELECTION_HPP
#define COMPUTE_DIVIDE_TRENDS_SELECTION_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>

/// Which records a rule for large-scale models has chosen.
namespace compute_divide::inline v0_2 {

/// The rules. A rule and its function have the same name.
enum class large_scale_rule {
    known_compute,         ///< every model of known compute
    z_score_outliers,      ///< far above the models of the same time
    largest_of_year,       ///< the k largest of each year
    near_running_maximum,  ///< within d orders of magnitude of the largest so far
    above_trend_quantile,  ///< far above the log-linear trend
    above_threshold        ///< above a fixed compute
};
[[nodiscard]] constexpr auto enumerators(large_scale_rule) {
    using enum large_scale_rule;
    return std::array{named<large_scale_rule>{known_compute, "known_compute"},
                      named<large_scale_rule>{z_score_outliers, "z_score_outliers"},
                      named<large_scale_rule>{largest_of_year, "largest_of_year"},
                      named<large_scale_rule>{near_running_maximum, "near_running_maximum"},
                      named<large_scale_rule>{above_trend_quantile, "above_trend_quantile"},
                      named<large_scale_rule>{above_threshold, "above_threshold"}};
}

/// Which records a rule has chosen. `selected.hpp` gives a view of them.
struct selection {
    std::vector<std::size_t> indices = {};  ///< positions of the chosen records in the range, ascending
    std::uint64_t n = 0;                    ///< records with all the rule needs, chosen or not
    std::uint64_t n_missing = 0;            ///< records left out: compute, or a date that is needed, not known
    large_scale_rule rule = large_scale_rule::known_compute;
    estimate_status status = estimate_status::no_data;  ///< not `ok`: the rule cannot choose, `indices` is empty

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const selection&, const selection&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<selection>) {
    return member_list(member{"indices", &selection::indices}, member{"n", &selection::n},
                       member{"n_missing", &selection::n_missing}, member{"rule", &selection::rule},
                       member{"status", &selection::status});
}

}  // namespace compute_divide::inline v0_2

#endif
