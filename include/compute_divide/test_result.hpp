// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEST_RESULT_HPP
#define COMPUTE_DIVIDE_TEST_RESULT_HPP

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <numbers>
#include <optional>
#include <string>
#include <string_view>

#include <compute_divide/estimate.hpp>

/// What a test of a hypothesis returns, as an estimate is what a statistic does.
namespace compute_divide::inline v0_2 {

/// What a test of a hypothesis returns. Where the status is not `ok` there is neither statistic nor p-value.
struct test_result {
    std::optional<double> statistic = {};               ///< signed where the test has a direction
    std::optional<double> p_value = {};                 ///< two-sided unless the test's options say otherwise
    std::string_view method = {};                       ///< name of the test; text of static storage
    std::uint64_t n = 0;                                ///< records used
    std::optional<double> n_effective = {};             ///< what they are worth, where weights or dependence change it
    std::uint64_t n_missing = 0;                        ///< records left out since a field was not known
    std::optional<double> degrees_of_freedom = {};      ///< of the statistic's distribution (t, chi-squared), if any
    estimate_status status = estimate_status::no_data;  ///< why there is a result, or none

    [[nodiscard]] constexpr explicit operator bool() const { return has_value(status); }

    friend constexpr bool operator==(const test_result&, const test_result&) = default;
};

/// One line: `statistic 2.31, p = 0.021 (welch, 14.2 degrees of freedom, n = 40)`, or the status in words. A p-value
/// below 0.001 is written with an exponent, never as 0.
[[nodiscard]] inline std::string to_string(const test_result& t, estimate_format format = {}) {
    char text[96];
    std::string line;
    if (t.statistic) {
        std::snprintf(text, sizeof text, "statistic %.*g", format.digits, *t.statistic);
        line += text;
    }
    if (t.p_value) {
        std::snprintf(text, sizeof text, "%sp = %.*g", line.empty() ? "" : ", ", format.digits, *t.p_value);
        line += text;
    }
    if (line.empty()) line += description_of(t.status);
    line += " (";
    if (!t.method.empty()) line.append(t.method).append(", ");
    if (t.degrees_of_freedom) {
        std::snprintf(text, sizeof text, "%.4g degrees of freedom, ", *t.degrees_of_freedom);
        line += text;
    }
    line += "n = " + std::to_string(t.n);
    if (t.n_missing > 0) line += ", " + std::to_string(t.n_missing) + " missing";
    return line + ")";
}

/// JSON at full precision, member by member; what is not there is null.
[[nodiscard]] inline std::string to_json(const test_result& t) {
    json_object object;
    object.with("statistic", t.statistic).with("p_value", t.p_value).with("method", t.method).with("n", t.n);
    if (t.n_effective) object.with("n_effective", t.n_effective);
    object.with("n_missing", t.n_missing);
    if (t.degrees_of_freedom) object.with("degrees_of_freedom", t.degrees_of_freedom);
    return object.with("status", t.status).text();
}

namespace detail {

/// The probability that a standard normal variable is at least as far from 0 as z.
[[nodiscard]] inline double two_sided_normal_p(double z) {
    return std::erfc(std::fabs(z) / std::numbers::sqrt2);
}

}  // namespace detail

}  // namespace compute_divide::inline v0_2

#endif
