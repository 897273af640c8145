// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_TEST_RESULT_HPP
#define COMPUTE_DIVIDE_STATISTICS_TEST_RESULT_HPP

#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>
#include <string_view>

#include <compute_divide/estimate.hpp>

namespace compute_divide {

/// What a test of a hypothesis returns. Where the status is not `ok` there is neither statistic nor p-value.
struct test_result {
    std::optional<double> statistic;                    ///< signed where the test has a direction
    std::optional<double> p_value;                      ///< two-sided unless the test's options say otherwise
    std::string_view method;                            ///< name of the test; text of static storage
    double n = 0;                                       ///< observations used
    std::uint64_t n_missing = 0;                        ///< records left out since a field was not known
    estimate_status status = estimate_status::no_data;  ///< why there is a result, or none

    [[nodiscard]] constexpr explicit operator bool() const { return status == estimate_status::ok; }

    friend constexpr bool operator==(const test_result&, const test_result&) = default;
};

namespace detail {

/// The probability that a standard normal variable is at least as far from 0 as z.
[[nodiscard]] inline double two_sided_normal_p(double z) {
    return std::erfc(std::fabs(z) / std::numbers::sqrt2);
}

}  // namespace detail

}  // namespace compute_divide

#endif
