// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_DATED_LOGS_HPP
#define COMPUTE_DIVIDE_DETAIL_DATED_LOGS_HPP

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <ranges>
#include <string>
#include <string_view>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/require.hpp>

namespace compute_divide::detail {

/// Calls `use(record, day, log)` with days since 1970-01-01 and log10 of the value for every record that has both;
/// `use` returns whether it could use the record. Returns the number of the other records. Throws
/// std::invalid_argument, with the position of the record, for a value that is 0, negative or infinite.
template <std::ranges::input_range Records, class Date, class Value, class Use>
[[nodiscard]] std::uint64_t for_each_dated_log(std::string_view function, Records&& records, Date& date, Value& value,
                                               Use use) {
    std::uint64_t n_missing = 0;
    std::uint64_t position = 0;
    for (auto&& record : records) {
        const double x = as_double(std::invoke(value, record));
        const double day = days_since_1970(std::invoke(date, record));
        if (x <= 0 || x > std::numeric_limits<double>::max())
            fail(function, "a finite value > 0 in record " + std::to_string(position), x);
        const bool used = is_known(x) && is_known(day) && use(record, day, std::log10(x));
        if (!used) ++n_missing;
        ++position;
    }
    return n_missing;
}

}  // namespace compute_divide::detail

#endif
