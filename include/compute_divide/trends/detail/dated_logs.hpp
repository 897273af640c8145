// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_DATED_LOGS_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_DATED_LOGS_HPP

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/require.hpp>

namespace compute_divide::detail {

/// A record as trends see it.
struct grouped_log {
    double day;  ///< since 1970-01-01
    double log;  ///< log10 of the value
    std::uint32_t line = 0, cluster = 0;
};
struct grouped_logs {
    std::vector<grouped_log> records = {};
    std::uint64_t n_missing = 0;
};

/// Where there are no groups, or no clusters.
inline constexpr auto all_one = [](const auto&) { return std::optional<std::uint32_t>(0); };

/// Reads every record of which all is known, the others are counted; `line` and `cluster` give std::optional numbers.
/// Throws std::invalid_argument, with the position of the record, for a value that is 0, negative or infinite.
template <std::ranges::input_range Records, class Date, class Value, class Line, class Cluster>
[[nodiscard]] grouped_logs read_logs(std::string_view function, Records&& records, Date& date, Value& value,
                                     Line&& line, Cluster&& cluster) {
    grouped_logs logs;
    std::uint64_t position = 0;
    for (auto&& record : records) {
        const double x = as_double(std::invoke(value, record));
        const double day = days_since_1970(std::invoke(date, record));
        if (x <= 0 || x > std::numeric_limits<double>::max())
            fail(function, "a finite value > 0 in record " + std::to_string(position), x);
        ++position;
        const bool dated = is_known(x) && is_known(day);
        const auto own_line = dated ? line(record) : std::nullopt;
        const auto own_cluster = own_line ? cluster(record) : std::nullopt;
        if (own_cluster)
            logs.records.push_back({day, std::log10(x), *own_line, *own_cluster});
        else
            ++logs.n_missing;
    }
    return logs;
}

}  // namespace compute_divide::detail

#endif
